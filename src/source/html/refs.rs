//! Character references: `&nbsp;`, `&#12288;`, `&#x3000;`.

use memchr::memchr;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A character, and whether its name may stand without semicolon.
type Named = HashMap<&'static str, (char, bool)>;

static NAMED: LazyLock<Named> = LazyLock::new(|| {
    include_str!("refs.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let name = columns.next()?;
            let code = u32::from_str_radix(columns.next()?, 16).ok()?;
            Some((name, (char::from_u32(code)?, columns.next().is_some())))
        })
        .collect()
});

/// No name is longer.
const LONGEST: usize = 24;

/// What 0x80 to 0x9F mean in windows-1252, which the standard (WHATWG 13.2.5.80) reads such references as.
const WINDOWS_1252: [u16; 32] = [
    0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8d, 0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178,
];

/// Calls `put` with the pieces of the text, each reference as its character.
pub(super) fn resolve(text: &str, in_attribute: bool, mut put: impl FnMut(&str)) {
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        if at > 0 {
            put(&rest[..at]);
        }
        rest = &rest[at..];
        match reference(&rest[1..], in_attribute) {
            Some((c, length)) => {
                put(c.encode_utf8(&mut [0; 4]));
                rest = &rest[1 + length..];
            }
            None => {
                put("&");
                rest = &rest[1..];
            }
        }
    }
    if !rest.is_empty() {
        put(rest);
    }
}

/// The text with its references resolved.
pub(super) fn resolved(text: &str, in_attribute: bool) -> String {
    let mut out = String::with_capacity(text.len());
    resolve(text, in_attribute, |piece| out.push_str(piece));
    out
}

/// The character of the reference that follows `&`, and the reference's length.
fn reference(text: &str, in_attribute: bool) -> Option<(char, usize)> {
    let bytes = text.as_bytes();
    if let Some(digits) = bytes.strip_prefix(b"#") {
        return numeric(digits).map(|(c, length)| (c, length + 1));
    }
    let length = bytes
        .iter()
        .take(LONGEST)
        .position(|b| !b.is_ascii_alphanumeric())
        .unwrap_or(bytes.len().min(LONGEST));
    let name = &text[..length];
    if bytes.get(length) == Some(&b';')
        && let Some((c, _)) = NAMED.get(name)
    {
        return Some((*c, length + 1));
    }
    // Without semicolon the longest name counts that may stand so; in an address, `&copy=1` is a parameter.
    (2..=length).rev().find_map(|end| {
        let (c, is_free) = NAMED.get(&name[..end])?;
        let next = bytes.get(end).copied().unwrap_or(b' ');
        let is_parameter = in_attribute && (next == b'=' || next.is_ascii_alphanumeric());
        (*is_free && !is_parameter).then_some((*c, end))
    })
}

fn numeric(text: &[u8]) -> Option<(char, usize)> {
    let (radix, prefix) = match text.first() {
        Some(b'x' | b'X') => (16, 1),
        _ => (10, 0),
    };
    let digits = &text[prefix..];
    let length = digits
        .iter()
        .position(|b| !(*b as char).is_digit(radix))
        .unwrap_or(digits.len());
    if length == 0 {
        return None;
    }
    let code = digits[..length].iter().fold(0u32, |code, b| {
        let digit = (*b as char).to_digit(radix).unwrap_or(0);
        code.saturating_mul(radix).saturating_add(digit)
    });
    let c = match code {
        0x80..=0x9f => char::from_u32(WINDOWS_1252[code as usize - 0x80].into()),
        0 => None,
        code => char::from_u32(code),
    };
    let semicolon = usize::from(digits.get(length) == Some(&b';'));
    Some((c.unwrap_or('\u{fffd}'), prefix + length + semicolon))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn references_are_characters() {
        for (text, shown) in [
            (
                "&nbsp;&#12288;&#x3000;&emsp;一",
                "\u{a0}\u{3000}\u{3000}\u{2003}一",
            ),
            ("&ldquo;双随机&rdquo;&hellip;&mdash;", "“双随机”…—"),
            ("&nbsp一&ltp&gt", "\u{a0}一<p>"),
            ("A&B &unknown; & &; &#; &#x;", "A&B &unknown; & &; &#; &#x;"),
            (
                "&#150;&#0;&#xD800;&#99999999999;",
                "–\u{fffd}\u{fffd}\u{fffd}",
            ),
            ("&amp;nbsp;", "&nbsp;"),
            ("&notit;", "¬it;"),
        ] {
            assert_eq!(resolved(text, false), shown, "{text}");
        }
    }

    #[test]
    fn parameters_of_an_address_are_no_references() {
        let address = "down.jsp?id=1&copy=2&amp;para=3&lang";
        assert_eq!(resolved(address, true), "down.jsp?id=1&copy=2&para=3&lang");
    }

    proptest! {
        #[test]
        fn any_text_is_resolved(text in "[&#x;a-z0-9甲]{0,40}") {
            resolved(&text, false);
            prop_assert_eq!(resolved(&text.replace('&', ""), true), text.replace('&', ""));
        }
    }
}
