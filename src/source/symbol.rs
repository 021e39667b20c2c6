//! What the fonts of pictographs show: Wingdings and Symbol give characters to codes that mean something else elsewhere.

/// The character that looks like what `font` shows for `c`: a code of the font, as it is or in U+F000–U+F0FF.
///
/// Codes that are not known, and other fonts, keep the character.
pub(super) fn shown_in(font: &str, c: char) -> char {
    let code = match c as u32 {
        code @ 0x20..=0xff => code,
        code @ 0xf020..=0xf0ff => code - 0xf000,
        _ => return c,
    };
    let name = font.trim();
    let begins = |with: &str| {
        name.get(..with.len())
            .is_some_and(|n| n.eq_ignore_ascii_case(with))
    };
    let found = if name.eq_ignore_ascii_case("Wingdings 2") {
        wingdings_2(code)
    } else if begins("Wingdings") {
        wingdings(code)
    } else if begins("Symbol") {
        symbol(code)
    } else {
        None
    };
    found.unwrap_or(c)
}

fn wingdings(code: u32) -> Option<char> {
    Some(match code {
        0x28 => '☎',
        0x2a => '✉',
        0x46 => '☞',
        0x6c => '●',
        0x6d => '❍',
        0x6e => '■',
        0x6f | 0x71 | 0x72 | 0xa8 => '□',
        0x73..=0x75 | 0x77 => '◆',
        0x76 => '❖',
        0x80..=0x8a => digit('\u{24ea}', code - 0x80),
        0x8b..=0x95 => digit('\u{24ff}', code - 0x8b),
        0x9e => '·',
        0x9f => '•',
        0xa1 => '○',
        0xa7 => '▪',
        0xab => '★',
        0xd8 => '➢',
        0xe8 => '➔',
        0xf0 => '⇨',
        0xfb => '✗',
        0xfd => '☒',
        0xfc => '✓',
        0xfe => '☑',
        _ => return None,
    })
}

fn wingdings_2(code: u32) -> Option<char> {
    Some(match code {
        0x50 => '✓',
        0x4f => '✗',
        0x51 | 0x53 | 0x54 => '☒',
        0x52 => '☑',
        0xa3 | 0x2a | 0x30 => '□',
        _ => return None,
    })
}

fn symbol(code: u32) -> Option<char> {
    Some(match code {
        0xb7 => '•',
        0xb4 => '×',
        0xb8 => '÷',
        0xb1 => '±',
        0xb0 => '°',
        0xa3 => '≤',
        0xb3 => '≥',
        0xb9 => '≠',
        0xa5 => '∞',
        0xd6 => '√',
        0xe5 => '∑',
        0xae => '→',
        0xac => '←',
        0x61 => 'α',
        0x62 => 'β',
        0x67 => 'γ',
        0x64 => 'δ',
        0x6d => 'μ',
        0x70 => 'π',
        0x71 => 'θ',
        0x57 => 'Ω',
        0x44 => 'Δ',
        0x2d => '−',
        _ => return None,
    })
}

/// Zero and the numbers to ten in circles: the zero, then ① or ❶ and on.
fn digit(zero: char, n: u32) -> char {
    let first = match zero {
        '\u{24ea}' => 0x2460,
        _ => 0x2776,
    };
    match n {
        0 => zero,
        n => char::from_u32(first + n - 1).unwrap_or(zero),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_and_bullets_are_seen() {
        assert_eq!(shown_in("Wingdings", '\u{f0a8}'), '□');
        assert_eq!(shown_in("Wingdings 2", 'R'), '☑');
        assert_eq!(shown_in("Symbol", '\u{b7}'), '•');
        assert_eq!(shown_in("Wingdings", '\u{81}'), '①');
        assert_eq!(shown_in("Wingdings", '\u{95}'), '❿');
    }

    #[test]
    fn other_fonts_show_what_stands_there() {
        assert_eq!(shown_in("宋体", '\u{b7}'), '\u{b7}');
        assert_eq!(shown_in("Wingdings", '通'), '通');
        assert_eq!(shown_in("Wingdings", '\u{f0c0}'), '\u{f0c0}');
    }
}
