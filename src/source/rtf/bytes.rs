//! Bytes of a rich text as characters: the font, or else the file's code page, says which.

use crate::source::symbol::shown_in;
use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, IBM866, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874,
    WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255,
    WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};

/// How bytes are characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// By this encoding.
    Known(&'static Encoding),
    /// By the encoding of a Western font; where they are nothing but pairs of this one, by it: many writers name a
    /// Western font for Chinese text.
    Western(&'static Encoding),
    /// Pictures of the font with this number among the pictograph fonts.
    Pictographs(usize),
}

/// The encoding of this Windows code page; none where it is not known.
pub(super) fn of_code_page(page: i32) -> Option<&'static Encoding> {
    Some(match page {
        936 | 54936 | 20936 | 10008 => GB18030,
        950 | 951 | 10002 => BIG5,
        932 | 10001 => SHIFT_JIS,
        949 | 1361 | 10003 => EUC_KR,
        866 => IBM866,
        874 => WINDOWS_874,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        437 | 850 | 1252 => WINDOWS_1252,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 => MACINTOSH,
        65001 => UTF_8,
        _ => return None,
    })
}

/// The code page of a font's `\fcharset`; none for one that leaves it to the file.
pub(super) fn code_page_of_charset(charset: i32) -> Option<i32> {
    Some(match charset {
        0 => 1252,
        77 => 10000,
        78 => 10001,
        80 => 10008,
        81 => 10002,
        128 => 932,
        129 => 949,
        130 => 1361,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178..=180 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

/// Bytes that wait to be decoded together: the halves of a character may stand in different runs.
#[derive(Debug)]
pub(super) struct Bytes {
    raw: Vec<u8>,
    script: Script,
    place: Place,
    /// The names of the pictograph fonts.
    pub(super) pictographs: Vec<String>,
    /// How many byte sequences were no character.
    pub(super) replaced: usize,
}

/// What the next byte may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    First,
    Second,
    /// Of four, as GB 18030 has them.
    Third,
    Fourth,
}

impl Bytes {
    pub(super) fn new() -> Self {
        Self {
            raw: Vec::new(),
            script: Script::Known(WINDOWS_1252),
            place: Place::First,
            pictographs: Vec::new(),
            replaced: 0,
        }
    }

    /// Takes a byte in; what is complete goes to `out` sooner or later, at the latest by [`Bytes::flush`].
    pub(super) fn push(&mut self, byte: u8, script: Script, out: &mut String) {
        if self.place == Place::First && script != self.script {
            self.flush(out);
            self.script = script;
        }
        self.raw.push(byte);
        self.place = match (self.place, self.script) {
            (Place::First, Script::Known(e)) if leads(e, byte) => Place::Second,
            (Place::First, Script::Western(_)) if byte >= 0xa1 => Place::Second,
            (Place::Second, Script::Known(e)) if e == GB18030 && byte.is_ascii_digit() => {
                Place::Third
            }
            (Place::Third, _) => Place::Fourth,
            _ => Place::First,
        };
    }

    /// Takes bytes in that stand in the file as they are.
    pub(super) fn plain(&mut self, mut bytes: &[u8], script: Script, out: &mut String) {
        let ends = |place: Place, byte: u8| match place {
            Place::First => false,
            // A digit may be the second of four; it is given back where it is not.
            Place::Second => matches!(byte, b'0'..=b'9' | 0x40..=0x7e | 0x80..),
            Place::Third => byte >= 0x80,
            Place::Fourth => byte.is_ascii_digit(),
        };
        while let Some((first, rest)) = bytes.split_first() {
            if !ends(self.place, *first) {
                break;
            }
            self.push(*first, script, out);
            bytes = rest;
        }
        let is_plain = bytes.is_ascii() && !matches!(script, Script::Pictographs(_));
        match std::str::from_utf8(bytes) {
            Ok(text) if is_plain => {
                self.flush(out);
                out.push_str(text);
            }
            _ => bytes.iter().for_each(|b| self.push(*b, script, out)),
        }
    }

    /// Decodes what waits.
    pub(super) fn flush(&mut self, out: &mut String) {
        if self.raw.is_empty() {
            return;
        }
        // A digit behind half a character was none of its bytes.
        let digit = match self.place {
            Place::Third => self.raw.pop(),
            _ => None,
        };
        self.place = Place::First;
        let encoding = match self.script {
            Script::Known(encoding) => encoding,
            Script::Western(double) if are_pairs(&self.raw) => double,
            Script::Western(_) => WINDOWS_1252,
            Script::Pictographs(font) => {
                let name = self.pictographs.get(font).map_or("", String::as_str);
                out.extend(self.raw.iter().map(|b| picture(name, *b)));
                self.raw.clear();
                return;
            }
        };
        let (text, is_faulty) = encoding.decode_without_bom_handling(&self.raw);
        if is_faulty {
            self.replaced += text.matches('\u{fffd}').count();
        }
        out.push_str(&text);
        out.extend(digit.map(char::from));
        self.raw.clear();
    }

    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }
}

fn picture(font: &str, byte: u8) -> char {
    match shown_in(font, char::from(byte)) {
        // A code whose picture is not known is no letter either.
        same if same == char::from(byte) && byte >= 0x80 => {
            char::from_u32(0xf000 + u32::from(byte)).unwrap_or(same)
        }
        shown => shown,
    }
}

fn leads(encoding: &'static Encoding, byte: u8) -> bool {
    match byte {
        0x81..=0xfe if encoding == GB18030 || encoding == BIG5 || encoding == EUC_KR => true,
        0x81..=0x9f | 0xe0..=0xfc => encoding == SHIFT_JIS,
        _ => false,
    }
}

/// Whether all bytes above ASCII are pairs as GB 2312 has them.
fn are_pairs(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        match rest {
            [] => return true,
            [0xa1..=0xf7, 0xa1..=0xfe, after @ ..] => rest = after,
            [first, after @ ..] if first.is_ascii() => rest = after,
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], script: Script) -> String {
        let (mut pending, mut out) = (Bytes::new(), String::new());
        bytes
            .iter()
            .for_each(|b| pending.push(*b, script, &mut out));
        pending.flush(&mut out);
        out
    }

    #[test]
    fn a_font_tells_what_bytes_are() {
        assert_eq!(decoded(b"\xb9\xab\xce\xc4", Script::Known(GB18030)), "公文");
        assert_eq!(decoded(b"\xa4\xbd\xa4\xe5", Script::Known(BIG5)), "公文");
        assert_eq!(decoded(b"\xb7", Script::Known(WINDOWS_1252)), "·");
    }

    #[test]
    fn a_western_font_may_hold_chinese() {
        let script = Script::Western(GB18030);
        assert_eq!(decoded(b"\xb9\xab\xce\xc4", script), "公文");
        assert_eq!(decoded(b"\x93a\x94", script), "“a”");
        assert_eq!(decoded(b"\xb7", script), "·");
    }

    #[test]
    fn halves_in_different_runs_meet() {
        let (mut bytes, mut out) = (Bytes::new(), String::new());
        bytes.push(0xb9, Script::Known(GB18030), &mut out);
        bytes.push(0xab, Script::Western(GB18030), &mut out);
        // 丂 is 0x81 0x40: the second byte is written as the letter that it is in ASCII.
        bytes.push(0x81, Script::Known(GB18030), &mut out);
        bytes.plain(b"@ 1", Script::Known(GB18030), &mut out);
        assert_eq!(out, "公丂 1");
        assert_eq!(bytes.replaced, 0);
    }

    #[test]
    fn four_bytes_are_one_character() {
        let bytes = GB18030.encode("㙍村").0.into_owned();
        assert_eq!(decoded(&bytes, Script::Known(GB18030)), "㙍村");
    }

    #[test]
    fn a_half_alone_is_counted() {
        let (mut bytes, mut out) = (Bytes::new(), String::new());
        bytes.push(0xb9, Script::Known(GB18030), &mut out);
        bytes.plain(b"1", Script::Known(GB18030), &mut out);
        bytes.flush(&mut out);
        assert_eq!((out.as_str(), bytes.replaced), ("\u{fffd}1", 1));
    }
}
