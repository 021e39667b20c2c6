//! Where a date may begin or a sentence ends: one table look-up a character, nothing else is looked at.

use super::reader::is_dash;
use crate::text::fold::fold;
use crate::text::numeral;

/// Characters that may begin an expression, or that change what the next one means.
const ANCHORS: &str = "一二三四五六七八九十〇零○◯两廿卅０１２３４５６７８９今本明去上前后次翌来当同第下首年月每按逐即日昨大这周星元《》。！？；";

const WORDS: usize = 1024;

const fn table() -> [u64; WORDS] {
    let bytes = ANCHORS.as_bytes();
    let mut table = [0u64; WORDS];
    let mut i = 0;
    while i + 2 < bytes.len() {
        let c = code(bytes[i], bytes[i + 1], bytes[i + 2]);
        table[c / 64] |= 1 << (c % 64);
        i += 3;
    }
    table
}

static TABLE: [u64; WORDS] = table();

/// The code point of a three-byte character.
const fn code(a: u8, b: u8, c: u8) -> usize {
    ((a as usize & 0x0f) << 12) | ((b as usize & 0x3f) << 6) | (c as usize & 0x3f)
}

/// The first byte from `at` on where an anchor stands; `at` is a character boundary.
pub(super) fn next(bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some(&first) = bytes.get(at) {
        if (0xe0..0xf0).contains(&first) {
            let &[b, c] = bytes.get(at + 1..at + 3)? else {
                return None;
            };
            let point = code(first, b, c);
            if TABLE[point / 64] >> (point % 64) & 1 == 1 {
                return Some(at);
            }
            at += 3;
        } else if first < 0x80 {
            if first.is_ascii_digit() || matches!(first, b'\n' | b'!' | b'?' | b';') {
                return Some(at);
            }
            at += 1;
        } else if first < 0xe0 {
            at += 2;
        } else {
            at += 4;
        }
    }
    None
}

/// Whether an expression that begins with the word `c` can go on with `next`.
pub(super) fn goes_on(c: char, next: Option<char>, mentions: bool) -> bool {
    let Some(next) = next else { return false };
    if mentions {
        return true;
    }
    match c {
        '今' | '明' | '去' | '后' | '翌' | '来' | '同' => next == '年',
        '本' | '当' | '次' => matches!(next, '年' | '月'),
        '上' => matches!(next, '年' | '半' | '个' | '月'),
        '下' => matches!(next, '半' | '个' | '月'),
        '前' | '第' => next == '年' || fold(next) == ' ' || is_number(fold(next)),
        '首' => next == '季',
        '年' => matches!(next, '底' | '末'),
        '即' => next == '日',
        '元' => next == '月',
        _ => false,
    }
}

/// Whether a number that begins a date can go on with `c`, folded.
pub(super) fn follows_number(c: char) -> bool {
    matches!(
        c,
        '年' | '月'
            | '日'
            | '号'
            | '季'
            | '、'
            | '至'
            | '到'
            | '和'
            | '及'
            | '.'
            | '·'
            | '•'
            | '・'
            | '‧'
            | '∙'
            | '⋅'
            | '/'
            | '天'
            | '周'
            | '个'
            | '星'
    ) || is_number(c)
        || is_dash(c)
}

/// Whether the character, folded, stands in a number.
pub(super) fn is_number(c: char) -> bool {
    c.is_ascii_digit() || numeral::is_chinese(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_anchor_is_found_and_nothing_else() {
        for c in ANCHORS.chars() {
            let text = format!("é的{c}");
            assert_eq!(next(text.as_bytes(), 0), Some(5), "{c}");
        }
        assert_eq!(next("各部门要认真组织😀，abc".as_bytes(), 0), None);
        assert_eq!(next("a1".as_bytes(), 0), Some(1));
    }
}
