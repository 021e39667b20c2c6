//! The operators of a content stream (ISO 32000-1 §7.8.2), one at a time.

/// An operand.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Number(f32),
    Name(Vec<u8>),
    Text(Vec<u8>),
    /// The numbers and texts of an array, those of arrays within it too.
    Array(Vec<Operand>),
    /// A dictionary, as written.
    Dictionary(Vec<u8>),
}

impl Operand {
    pub(super) fn number(&self) -> Option<f32> {
        match self {
            Operand::Number(n) => Some(*n),
            _ => None,
        }
    }
}

/// A content stream that is read operator by operator.
#[derive(Debug)]
pub(super) struct Content<'b> {
    bytes: &'b [u8],
    at: usize,
}

/// Operands that one operator may have; those before are forgotten.
const MAX_OPERANDS: usize = 64;

impl<'b> Content<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next operator; its operands are put into `operands`. None at the end. An inline image is the operator `BI`.
    pub(super) fn next(&mut self, operands: &mut Vec<Operand>) -> Option<&'b [u8]> {
        operands.clear();
        let mut arrays: Option<Vec<Operand>> = None;
        let mut depth = 0_u32;
        loop {
            self.skip_blanks();
            let byte = *self.bytes.get(self.at)?;
            let operand = match byte {
                b'(' => Operand::Text(self.literal()),
                b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                    Operand::Dictionary(self.dictionary())
                }
                b'<' => Operand::Text(self.hexadecimal()),
                b'/' => Operand::Name(self.name()),
                b'[' => {
                    self.at += 1;
                    depth += 1;
                    arrays.get_or_insert_default();
                    continue;
                }
                b']' => {
                    self.at += 1;
                    depth = depth.saturating_sub(1);
                    match arrays.take() {
                        Some(all) if depth == 0 => Operand::Array(all),
                        open => {
                            arrays = open;
                            continue;
                        }
                    }
                }
                b'0'..=b'9' | b'+' | b'-' | b'.' => Operand::Number(self.number()),
                b'\'' | b'"' => {
                    self.at += 1;
                    return self.bytes.get(self.at - 1..self.at);
                }
                b if b.is_ascii_alphabetic() => {
                    let start = self.at;
                    while self
                        .bytes
                        .get(self.at)
                        .is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'*')
                    {
                        self.at += 1;
                    }
                    let word = &self.bytes[start..self.at];
                    match word {
                        b"true" | b"false" | b"null" => continue,
                        b"BI" => self.skip_image(),
                        _ => {}
                    }
                    return Some(word);
                }
                _ => {
                    self.at += 1;
                    continue;
                }
            };
            match &mut arrays {
                Some(all) if depth > 0 => all.push(operand),
                _ => {
                    if operands.len() >= MAX_OPERANDS {
                        operands.remove(0);
                    }
                    operands.push(operand);
                }
            }
        }
    }

    fn skip_blanks(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | 0 | 12 => self.at += 1,
                b'%' => {
                    let line = &self.bytes[self.at..];
                    self.at += memchr::memchr2(b'\n', b'\r', line).unwrap_or(line.len());
                }
                _ => return,
            }
        }
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut out = Vec::new();
        let mut depth = 1;
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escape(&mut out);
                    continue;
                }
                _ => {}
            }
            out.push(byte);
        }
        out
    }

    fn escape(&mut self, out: &mut Vec<u8>) {
        let Some(&byte) = self.bytes.get(self.at) else {
            return;
        };
        self.at += 1;
        match byte {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'\n' => {}
            b'\r' => {
                if self.bytes.get(self.at) == Some(&b'\n') {
                    self.at += 1;
                }
            }
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.bytes.get(self.at) {
                        Some(b @ b'0'..=b'7') => {
                            value = value * 8 + u32::from(b - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                out.push((value & 0xff) as u8);
            }
            other => out.push(other),
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut out = Vec::new();
        let mut high: Option<u8> = None;
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            let digit = match byte {
                b'>' => break,
                b'0'..=b'9' => byte - b'0',
                b'a'..=b'f' => byte - b'a' + 10,
                b'A'..=b'F' => byte - b'A' + 10,
                _ => continue,
            };
            match high.take() {
                Some(h) => out.push(h << 4 | digit),
                None => high = Some(digit),
            }
        }
        if let Some(h) = high {
            out.push(h << 4);
        }
        out
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut out = Vec::new();
        while let Some(&byte) = self.bytes.get(self.at) {
            if matches!(
                byte,
                b' ' | b'\t'
                    | b'\n'
                    | b'\r'
                    | 0
                    | 12
                    | b'('
                    | b')'
                    | b'<'
                    | b'>'
                    | b'['
                    | b']'
                    | b'/'
                    | b'%'
                    | b'{'
                    | b'}'
            ) {
                break;
            }
            self.at += 1;
            let escaped = (byte == b'#')
                .then(|| self.bytes.get(self.at..self.at + 2))
                .flatten()
                .and_then(|hex| std::str::from_utf8(hex).ok())
                .and_then(|hex| u8::from_str_radix(hex, 16).ok());
            match escaped {
                Some(byte) => {
                    out.push(byte);
                    self.at += 2;
                }
                None => out.push(byte),
            }
        }
        out
    }

    fn number(&mut self) -> f32 {
        let start = self.at;
        self.at += 1;
        while self
            .bytes
            .get(self.at)
            .is_some_and(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'))
        {
            self.at += 1;
        }
        let word = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        // 12-34, which some write, is 12
        let end = word
            .get(1..)
            .and_then(|rest| rest.find('-'))
            .map_or(word.len(), |i| i + 1);
        word.get(..end)
            .and_then(|word| word.parse().ok())
            .unwrap_or(0.0)
    }

    fn dictionary(&mut self) -> Vec<u8> {
        let start = self.at;
        let mut depth = 0_u32;
        while self.at < self.bytes.len() {
            match self.bytes[self.at..] {
                [b'<', b'<', ..] => {
                    depth += 1;
                    self.at += 2;
                }
                [b'>', b'>', ..] => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        break;
                    }
                }
                [b'(', ..] => {
                    self.literal();
                }
                _ => self.at += 1,
            }
        }
        self.bytes[start..self.at.min(self.bytes.len())].to_vec()
    }

    /// Goes past an inline image: its dictionary, `ID`, its bytes, `EI` between blanks.
    fn skip_image(&mut self) {
        let blank = |b: Option<&u8>| b.is_none_or(|b| matches!(b, b' ' | b'\n' | b'\r' | b'\t'));
        let mut from = self.at;
        while let Some(found) = memchr::memmem::find(&self.bytes[from..], b"EI") {
            let at = from + found;
            from = at + 2;
            if blank(self.bytes.get(at.wrapping_sub(1))) && blank(self.bytes.get(from)) {
                self.at = from;
                return;
            }
        }
        self.at = self.bytes.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn operators_come_with_their_operands() {
        let mut content = Content::new(b"q 1 0 0 1 -.5 2 cm /F#31 12 Tf [(a\\051) -120 <4E00>]TJ %c\n(x(y)\\\n) ' BI /W 1 ID \x00EI EI Q");
        let mut operands = Vec::new();
        assert_eq!(content.next(&mut operands), Some(&b"q"[..]));
        assert_eq!(content.next(&mut operands), Some(&b"cm"[..]));
        assert_eq!(operands[4], Operand::Number(-0.5));
        assert_eq!(content.next(&mut operands), Some(&b"Tf"[..]));
        assert_eq!(operands[0], Operand::Name(b"F1".to_vec()));
        assert_eq!(content.next(&mut operands), Some(&b"TJ"[..]));
        let parts = vec![
            Operand::Text(b"a)".to_vec()),
            Operand::Number(-120.0),
            Operand::Text(vec![0x4e, 0]),
        ];
        assert_eq!(operands, [Operand::Array(parts)]);
        assert_eq!(content.next(&mut operands), Some(&b"'"[..]));
        assert_eq!(operands, [Operand::Text(b"x(y)".to_vec())]);
        assert_eq!(content.next(&mut operands), Some(&b"BI"[..]));
        assert_eq!(content.next(&mut operands), Some(&b"Q"[..]));
        assert_eq!(content.next(&mut operands), None);
    }

    proptest! {
        #[test]
        fn any_bytes_come_to_an_end(bytes in prop::collection::vec(prop::sample::select(&b"()<>[]/%aBIE 1.-\\\n\x00"[..]), 0..200)) {
            let mut content = Content::new(&bytes);
            let mut operands = Vec::new();
            let mut count = 0;
            while content.next(&mut operands).is_some() {
                count += 1;
                prop_assert!(count <= bytes.len());
            }
        }
    }
}
