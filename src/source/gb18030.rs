//! GB18030 by one look at a table for each pair of bytes: twenty years of notices are written in it, and nearly all of
//! them hold pairs alone. The table is made with `encoding_rs`, and what is no pair is left to it.

use encoding_rs::GB18030;
use std::sync::LazyLock;

/// The character of each pair of bytes; NUL for what is no pair.
static PAIRS: LazyLock<Box<[char; 1 << 16]>> = LazyLock::new(|| {
    let mut out = Box::new(['\0'; 1 << 16]);
    for (pair, slot) in (0..=u16::MAX).zip(out.iter_mut()) {
        let pair = pair.to_be_bytes();
        let (text, faulty) = GB18030.decode_without_bom_handling(&pair);
        let mut chars = text.chars();
        if let (false, Some(only), None) = (faulty, chars.next(), chars.next()) {
            *slot = only;
        }
    }
    out
});

/// The text of these bytes, and whether some of them were no character: each such place is a U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> (String, bool) {
    match whole(bytes) {
        Some(text) => (text, false),
        None => {
            let (text, faulty) = GB18030.decode_without_bom_handling(bytes);
            (text.into_owned(), faulty)
        }
    }
}

/// The text; none when a sequence of bytes is no character.
fn whole(bytes: &[u8]) -> Option<String> {
    let pairs: &[char; 1 << 16] = &PAIRS;
    // Two bytes become three at most, four become four
    let mut out = String::with_capacity(bytes.len() + bytes.len() / 2);
    let mut at = 0;
    while let Some(&lead) = bytes.get(at) {
        if lead.is_ascii() {
            out.push(char::from(lead));
            at += 1;
            continue;
        }
        let trail = *bytes.get(at + 1)?;
        let c = pairs[usize::from(u16::from_be_bytes([lead, trail]))];
        if c != '\0' {
            out.push(c);
            at += 2;
            continue;
        }
        let quad = bytes.get(at..at + 4)?;
        let (text, faulty) = GB18030.decode_without_bom_handling(quad);
        if faulty || !trail.is_ascii_digit() {
            return None;
        }
        out.push_str(&text);
        at += 4;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::decode;
    use encoding_rs::GB18030;
    use proptest::prelude::*;

    fn agrees(bytes: &[u8]) {
        let (text, faulty) = GB18030.decode_without_bom_handling(bytes);
        assert_eq!(decode(bytes), (text.into_owned(), faulty), "{bytes:x?}");
    }

    #[test]
    fn every_pair_and_every_lead_is_read_as_the_standard_does() {
        for lead in 0..=0xff {
            agrees(&[lead]);
            agrees(&[lead, 0x30, 0x81, 0x30]);
            for trail in 0..=0xff {
                agrees(&[lead, trail]);
                agrees(&[0xb9, lead, trail, b'a']);
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_as_the_standard_does(bytes: Vec<u8>) {
            agrees(&bytes);
        }

        #[test]
        fn any_text_comes_back(text: String) {
            let (bytes, ..) = GB18030.encode(&text);
            agrees(&bytes);
        }
    }
}
