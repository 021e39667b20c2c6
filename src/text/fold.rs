//! One character, one fold: full-width forms to half-width, the bracket and zero variants to one.

/// The half-width form of a full-width character, and the common form of a variant; else itself.
///
/// Full-width ASCII (U+FF01–FF5E) and the ideographic space fold as in Unicode's NFKC; 〇, ○ and ◯ are
/// one zero; 〔〕〖〗【】﹝﹞［］ are one pair. Always one character for one, so offsets hold.
#[must_use]
pub fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' if !matches!(c, '［' | '］') => {
            char::from_u32(c as u32 - 0xfee0).unwrap_or(c)
        }
        '\u{3000}' | '\u{a0}' | '\u{2002}'..='\u{200a}' => ' ',
        '○' | '◯' | '零' => '〇',
        '〖' | '【' | '﹝' | '［' | '[' => '〔',
        '〗' | '】' | '﹞' | '］' | ']' => '〕',
        '﹙' => '(',
        '﹚' => ')',
        _ => c,
    }
}

/// Whether the character is white space on the page: Unicode's, the zero-width ones and the BOM.
#[must_use]
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Whether the character is a Han ideograph.
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{323af}' | '\u{f900}'..='\u{faff}' | '〇')
}

/// The text with line breaks joined and the blanks next to Han characters or punctuation left out; others
/// become one space.
#[must_use]
pub fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if is_blank(c) {
            gap = true;
            continue;
        }
        if gap && is_word(c) && out.chars().next_back().is_some_and(is_word) {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

/// The text without any blank.
#[must_use]
pub fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_as_a_reader_would() {
        assert_eq!(
            joined("关于开展\n  “安全生产月” 活动的通知"),
            "关于开展“安全生产月”活动的通知"
        );
        assert_eq!(joined("DB31/T 1393-2023 规程"), "DB31/T 1393-2023规程");
    }

    #[test]
    fn folds_width_and_variants() {
        let folded: String = "（２０２３）【】○\u{3000}Ａ".chars().map(fold).collect();
        assert_eq!(folded, "(2023)〔〕〇 A");
    }
}
