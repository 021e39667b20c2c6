//! One character, one fold: full-width forms to half-width, the bracket and zero variants to one.

/// The half-width form of a full-width character, and the common form of a variant; else itself.
///
/// Full-width ASCII (U+FF01–FF5E) and the ideographic space fold as in Unicode's NFKC; 〇, ○ and ◯ are
/// one zero; 〔〕〖〗【】﹝﹞［］ are one pair; the small forms (﹒﹐﹑﹔﹕﹙﹚) are the common ones. Always one character for one, so offsets hold.
#[must_use]
#[inline]
pub fn fold(c: char) -> char {
    match c {
        // most characters are of these
        ' '..='Z' | 'a'..='z' => c,
        '\u{4e00}'..='\u{9fff}' if c != '零' => c,
        _ => folded(c),
    }
}

fn folded(c: char) -> char {
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
        '﹒' => '.',
        '﹐' => ',',
        '﹑' => '、',
        '﹔' => ';',
        '﹕' => ':',
        _ => c,
    }
}

/// Whether the character is white space on the page: Unicode's, the zero-width ones and the BOM.
#[must_use]
#[inline]
pub fn is_blank(c: char) -> bool {
    // most characters are Han or of ASCII
    match c {
        '\u{3001}'.. => return c == '\u{feff}',
        '!'..='~' => return false,
        _ => {}
    }
    matches!(c, '\t'..='\r' | ' ' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200d}' | '\u{2028}' | '\u{2029}'
        | '\u{202f}' | '\u{205f}' | '\u{2060}' | '\u{3000}')
}

/// The text without the blanks at its ends.
#[must_use]
pub fn trimmed(text: &str) -> &str {
    trimmed_end(trimmed_start(text))
}

/// The text without the blanks at its end.
#[must_use]
#[inline]
pub fn trimmed_end(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    if ends_in_word(text.as_bytes()) {
        return text;
    }
    before_blanks(text)
}

fn before_blanks(text: &str) -> &str {
    let mut chars = text.chars();
    loop {
        let rest = chars.as_str();
        match chars.next_back() {
            Some(c) if is_blank(c) => {}
            _ => return rest,
        }
    }
}

/// How many columns of blanks the line begins with; an ideographic blank takes two.
#[must_use]
pub fn indent(line: &str) -> usize {
    let blanks = line.chars().take_while(|c| is_blank(*c) && *c != '\n');
    blanks.map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// The text without the blanks at its start.
#[must_use]
#[inline]
pub fn trimmed_start(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~' | IDEOGRAPH_MIN..=IDEOGRAPH_MAX, ..] => text,
        _ => behind_blanks(text),
    }
}

fn behind_blanks(text: &str) -> &str {
    let mut text = text;
    // indents are of these
    while let Some(rest) = text.strip_prefix('\u{3000}') {
        text = rest;
    }
    after(text, is_blank)
}

/// The first bytes of the Han ideographs U+4000 to U+9FFF, which are of three bytes: most of a notice.
const IDEOGRAPH_MIN: u8 = 0xe4;
const IDEOGRAPH_MAX: u8 = 0xe9;

/// Whether the last character is one of those, a sign of ASCII, or a stop or a sign of full width: no blank, as most lines
/// end. No other byte is as great as the first of three but the first of a character.
#[inline]
fn ends_in_word(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [.., b'!'..=b'~']
            | [.., IDEOGRAPH_MIN..=IDEOGRAPH_MAX, _, _]
            | [.., 0xe3, 0x80, 0x81..=0xbf]
            | [.., 0xef, 0xbc..=0xbd, _]
    )
}

/// What is left of the text behind the characters at its start that `are`.
#[inline]
pub(crate) fn after(text: &str, are: impl Fn(char) -> bool) -> &str {
    let mut chars = text.chars();
    loop {
        let rest = chars.as_str();
        match chars.next() {
            Some(c) if are(c) => {}
            _ => return rest,
        }
    }
}

/// The characters of the text with where they begin, but for the Han ideographs U+4000 to U+9FFF, which are passed over
/// without being read: most of a notice is of these, and every blank, bracket and stop is of the others.
#[inline]
pub fn marks(text: &str) -> Marks<'_> {
    Marks { text, at: 0 }
}

/// The iterator of [`marks`].
#[derive(Clone, Debug)]
pub struct Marks<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Marks<'_> {
    type Item = (usize, char);

    #[inline]
    fn next(&mut self) -> Option<(usize, char)> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while let Some(IDEOGRAPH_MIN..=IDEOGRAPH_MAX) = bytes.get(at) {
            at += 3;
        }
        let first = *bytes.get(at)?;
        let (c, len) = match first {
            ..0x80 => (char::from(first), 1),
            // of three bytes: four bits of the first and six of each of the others
            0xe0..=0xef => {
                let low = |by: usize| Some(u32::from(bytes.get(at + by)? & 0x3f));
                let c = u32::from(first & 0x0f) << 12 | low(1)? << 6 | low(2)?;
                (char::from_u32(c)?, 3)
            }
            _ => rare(self.text, at)?,
        };
        self.at = at + len;
        Some((at, c))
    }
}

/// The character of two or four bytes that begins at `at`, and how many.
#[cold]
fn rare(text: &str, at: usize) -> Option<(char, usize)> {
    let c = text.get(at..)?.chars().next()?;
    Some((c, c.len_utf8()))
}

/// Whether a blank stands anywhere in the text.
#[must_use]
pub fn holds_blank(text: &str) -> bool {
    marks(text).any(|(_, c)| is_blank(c))
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
    if !holds_blank(text) {
        return text.to_owned();
    }
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

/// How many characters the text holds, where that is at most `most`; a long text is not counted to its end.
#[must_use]
pub fn count_within(text: &str, most: usize) -> Option<usize> {
    // a character is of four bytes at most
    let may_fit = text.len() <= most.saturating_mul(4);
    may_fit.then(|| text.chars().count()).filter(|n| *n <= most)
}

/// Whether the text holds at most so many characters.
#[must_use]
pub fn fits(text: &str, most: usize) -> bool {
    // no character is of less than a byte
    text.len() <= most || count_within(text, most).is_some()
}

/// The text without any blank.
#[must_use]
pub fn without_blanks(text: &str) -> String {
    if !holds_blank(text) {
        return text.to_owned();
    }
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
    fn blanks_are_white_space_and_what_has_no_width() {
        for c in '\0'..=char::MAX {
            let wide = matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
            assert_eq!(is_blank(c), c.is_whitespace() || wide, "{c:?}");
        }
    }

    #[test]
    fn blanks_go_at_the_ends_or_everywhere() {
        let text = "\u{3000} 护 林\u{200b}\n";
        assert_eq!(trimmed(text), "护 林");
        assert_eq!(trimmed_start(text), "护 林\u{200b}\n");
        assert_eq!(trimmed(" \u{feff}"), "");
        assert_eq!(without_blanks(text), "护林");
        assert!(holds_blank("护林 员") && !holds_blank("护林员“巡山”——怀"));
    }

    #[test]
    fn every_blank_goes_at_an_end_and_nothing_else() {
        for c in '\0'..=char::MAX {
            let (before, behind) = (format!("{c}林"), format!("林{c}"));
            let kept = |whole| if is_blank(c) { "林" } else { whole };
            assert_eq!(trimmed_start(&before), kept(&before), "{c:?}");
            assert_eq!(trimmed_end(&behind), kept(&behind), "{c:?}");
        }
    }

    #[test]
    fn marks_are_all_but_common_ideographs() {
        for c in ('\0'..='\u{ffff}').chain(['😀', '𠀀', char::MAX]) {
            let text = format!("护{c}林。");
            let want: Vec<(usize, char)> = text
                .char_indices()
                .filter(|(_, c)| !('\u{4000}'..='\u{9fff}').contains(c))
                .collect();
            let found: Vec<(usize, char)> = marks(&text).collect();
            assert_eq!(found, want);
        }
        assert_eq!(without_blanks("护林"), "护林");
    }

    #[test]
    fn characters_are_counted_up_to_a_bound() {
        assert_eq!(count_within("护林", 2), Some(2));
        assert_eq!(count_within("护林员", 2), None);
        assert_eq!(count_within(&"a".repeat(9), 2), None);
        assert!(fits("护林", 2) && fits("护林", 9) && !fits("护林员", 2));
    }

    #[test]
    fn folds_width_and_variants() {
        let folded: String = "（２０２３）【】○\u{3000}Ａ".chars().map(fold).collect();
        assert_eq!(folded, "(2023)〔〕〇 A");
    }
}
