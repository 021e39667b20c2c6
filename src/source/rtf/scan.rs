//! The bytes of rich text as tokens.

use memchr::memchr3;

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'b> {
    /// `{`.
    Open,
    /// `}`.
    Close,
    /// A control word without its backslash, and its number.
    Word(&'b [u8], Option<i32>),
    /// A backslash and one character that is no letter.
    Symbol(u8),
    /// `\'hh`.
    Byte(u8),
    /// Bytes as they stand, without line breaks.
    Plain(&'b [u8]),
}

/// Cuts bytes into tokens.
#[derive(Clone, Debug)]
pub(super) struct Scan<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Scan<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Goes past raw data that `\bin` announced.
    pub(super) fn pass(&mut self, length: usize) {
        self.at = self.at.saturating_add(length).min(self.bytes.len());
    }

    fn control(&mut self) -> Option<Token<'b>> {
        let first = *self.bytes.get(self.at)?;
        if first == b'\'' {
            let hex = |at: usize| self.bytes.get(at).and_then(|b| (*b as char).to_digit(16));
            return match (hex(self.at + 1), hex(self.at + 2)) {
                (Some(high), Some(low)) => {
                    self.at += 3;
                    Some(Token::Byte((high * 16 + low) as u8))
                }
                _ => {
                    self.at += 1;
                    Some(Token::Symbol(b'\''))
                }
            };
        }
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return Some(Token::Symbol(first));
        }
        let rest = &self.bytes[self.at..];
        let letters = rest
            .iter()
            .position(|b| !b.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        let (word, mut rest) = rest.split_at(letters);
        self.at += letters;
        let is_negative =
            rest.first() == Some(&b'-') && rest.get(1).is_some_and(u8::is_ascii_digit);
        if is_negative {
            rest = &rest[1..];
            self.at += 1;
        }
        let mut value: Option<i32> = None;
        for digit in rest.iter().take_while(|b| b.is_ascii_digit()) {
            let so_far = value.unwrap_or(0);
            value = Some(
                so_far
                    .saturating_mul(10)
                    .saturating_add(i32::from(digit - b'0')),
            );
            self.at += 1;
        }
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        let value = match is_negative {
            true => value.map(|v| -v),
            false => value,
        };
        Some(Token::Word(word, value))
    }
}

impl<'b> Iterator for Scan<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let first = *self.bytes.get(self.at)?;
            match first {
                b'{' => {
                    self.at += 1;
                    return Some(Token::Open);
                }
                b'}' => {
                    self.at += 1;
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.at += 1;
                    return self.control();
                }
                b'\r' | b'\n' | 0 => self.at += 1,
                _ => {
                    let rest = &self.bytes[self.at..];
                    let end = memchr3(b'{', b'}', b'\\', rest).unwrap_or(rest.len());
                    let plain = &rest[..end];
                    let breaks = plain.iter().position(|b| matches!(b, b'\r' | b'\n' | 0));
                    let plain = &plain[..breaks.unwrap_or(end)];
                    self.at += plain.len();
                    return Some(Token::Plain(plain));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_bytes_and_text_are_told_apart() {
        let tokens: Vec<Token> =
            Scan::new(b"{\\u-4014\\'b9 a\r\nb\\par}\\'zz\\b0x\\~\\a").collect();
        assert_eq!(
            tokens,
            [
                Token::Open,
                Token::Word(b"u", Some(-4014)),
                Token::Byte(0xb9),
                Token::Plain(b" a"),
                Token::Plain(b"b"),
                Token::Word(b"par", None),
                Token::Close,
                Token::Symbol(b'\''),
                Token::Plain(b"zz"),
                Token::Word(b"b", Some(0)),
                Token::Plain(b"x"),
                Token::Symbol(b'~'),
                Token::Word(b"a", None),
            ]
        );
    }

    #[test]
    fn a_cut_is_no_panic() {
        for end in 0..12 {
            let bytes = &b"{\\u-12\\'b9\\"[..end.min(11)];
            assert!(Scan::new(bytes).count() <= 4);
        }
        let mut scan = Scan::new(b"\\bin5 {{{{{}");
        assert_eq!(scan.next(), Some(Token::Word(b"bin", Some(5))));
        scan.pass(5);
        assert_eq!(scan.next(), Some(Token::Close));
        scan.pass(usize::MAX);
        assert_eq!(scan.next(), None);
    }
}
