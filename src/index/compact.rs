//! Chinese text in fewer bytes: one for a frequent character, two for most others.
//!
//! UTF-8 takes three for each, the first two of which tell little, and what compresses afterwards makes a third less
//! of these codes than of those. The codes: ASCII as it is; from 0x80 on the [`SHORT`] most frequent characters; from
//! [`LONG`] on the first byte of two; and [`OTHER`] before the UTF-8 of a character that is not in the list.

use std::sync::LazyLock;

/// The characters in the order of how frequent they are, in lines.
const FREQUENT: &str = include_str!("frequent.txt");

/// How many characters have one byte.
const SHORT: usize = 112;
/// The first byte of the first characters of two.
const LONG: u8 = 0x80 + SHORT as u8;
/// Before a character that is not in the list.
const OTHER: u8 = 0xff;
/// How many characters have a code.
const MOST: usize = SHORT + (OTHER - LONG) as usize * 256;

static LISTED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let lines = FREQUENT.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::chars).take(MOST).collect()
});

/// Of each character of the basic plane, its place in the list from 1 on; 0 for the others.
static PLACES: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut places = vec![0; 0x1_0000];
    for (place, c) in (1..).zip(LISTED.iter()) {
        if let Some(slot) = places.get_mut(*c as usize) {
            *slot = place;
        }
    }
    places
});

/// The text in these codes.
pub(super) fn written(text: &str) -> Vec<u8> {
    let places = &*PLACES;
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c as u8);
            continue;
        }
        let place = places.get(c as usize).copied().unwrap_or(0);
        match usize::from(place).checked_sub(1) {
            Some(at) if at < SHORT => out.push(0x80 + at as u8),
            Some(at) => {
                let at = at - SHORT;
                out.extend([LONG + (at / 256) as u8, (at % 256) as u8]);
            }
            None => {
                out.push(OTHER);
                out.extend(c.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
    }
    out
}

/// The text of such codes; none where they are none.
pub(super) fn read(bytes: &[u8]) -> Option<String> {
    let listed = &*LISTED;
    let mut out = String::with_capacity(bytes.len() * 2);
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        at += 1;
        match first {
            0..0x80 => out.push(char::from(first)),
            0x80..LONG => out.push(*listed.get(usize::from(first - 0x80))?),
            LONG..OTHER => {
                let second = usize::from(*bytes.get(at)?);
                at += 1;
                out.push(*listed.get(SHORT + usize::from(first - LONG) * 256 + second)?);
            }
            OTHER => {
                let length = match bytes.get(at)? {
                    0xc0..0xe0 => 2,
                    0xe0..0xf0 => 3,
                    _ => 4,
                };
                out.push_str(std::str::from_utf8(bytes.get(at..at + length)?).ok()?);
                at += length;
            }
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn each_character_has_one_code() {
        let listed: HashSet<char> = LISTED.iter().copied().collect();
        assert_eq!(listed.len(), LISTED.len());
        assert!((1000..=MOST).contains(&listed.len()));
        assert!(listed.iter().all(|c| !c.is_ascii()));
    }

    #[test]
    fn a_notice_takes_half_of_its_bytes() {
        let text = "各镇要组织中小学校开展消防安全演练，并于6月20日前报送总结。";
        assert!(written(text).len() * 2 <= text.len());
        assert_eq!(read(&written(text)).as_deref(), Some(text));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(text in "(\\PC|[，。的安\u{fdd0}𠮷é\n\"]){0,60}") {
            prop_assert_eq!(read(&written(&text)), Some(text));
        }

        #[test]
        fn any_bytes_are_a_text_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            if let Some(text) = read(&bytes) {
                prop_assert_eq!(read(&written(&text)), Some(text));
            }
        }
    }
}
