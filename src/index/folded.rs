//! A text as the index compares it, with a map back to the characters it came from.

use crate::text::fold;
use std::sync::LazyLock;

const SIMPLIFIED: &str = include_str!("simplified.txt");

/// Folded characters, each with the code point of the original that it came from.
///
/// Width, case, traditional forms and the variants of zero and brackets are folded character by character, so that a part of a
/// text folds to a part of its fold. A run of blanks is dropped next to Han characters and punctuation, is one
/// space between two words of letters or digits, and one line feed where it holds a line feed: a phrase never
/// runs from one paragraph into the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// What is compared.
    pub chars: Vec<char>,
    /// For each of `chars`, its code point in the original.
    pub from: Vec<u32>,
}

impl Folded {
    /// Folds a text; linear in it.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut out = Self::default();
        let mut gap: Option<(bool, u32)> = None;
        let forms = simplified();
        out.chars.reserve(text.len() / 3);
        out.from.reserve(text.len() / 3);
        for (at, c) in (0u32..).zip(text.chars()) {
            // Most of a notice: an ideograph beside another
            if gap.is_none()
                && let Some(form) = form(forms, c)
            {
                out.push(form, at);
                continue;
            }
            if fold::is_blank(c) {
                let (broken, since) = gap.unwrap_or((false, at));
                gap = Some((broken || is_break(c), since));
                continue;
            }
            if let (Some((broken, since)), Some(&last)) = (gap.take(), out.chars.last()) {
                if broken {
                    out.push('\n', since);
                } else if is_word(last) && is_word(c) {
                    out.push(' ', since);
                }
            }
            let plain = variant(fold::fold(c));
            match plain {
                'a'..='z' | '0'..='9' => out.push(plain, at),
                '\u{4e00}'..='\u{9fff}' => out.push(form(forms, plain).unwrap_or(plain), at),
                _ => {
                    for lower in plain.to_lowercase() {
                        out.push(lower, at);
                    }
                }
            }
        }
        out
    }

    fn push(&mut self, c: char, from: u32) {
        self.chars.push(c);
        self.from.push(from);
    }

    /// The folded characters as a string.
    #[must_use]
    pub fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// The code points of the original that the folded range `start..end` came from; empty for an empty range.
    #[must_use]
    pub fn original(&self, start: usize, end: usize) -> (usize, usize) {
        match (
            self.from.get(start),
            end.checked_sub(1).and_then(|e| self.from.get(e)),
        ) {
            (Some(&first), Some(&last)) if start < end => (first as usize, last as usize + 1),
            _ => (0, 0),
        }
    }

    /// Where `needle` (folded) stands, overlapping ones too, as ranges of folded characters.
    #[must_use]
    pub fn find(&self, needle: &[char]) -> Vec<(usize, usize)> {
        if needle.is_empty() || needle.len() > self.chars.len() {
            return Vec::new();
        }
        self.chars
            .windows(needle.len())
            .enumerate()
            .filter(|(_, window)| *window == needle)
            .map(|(at, _)| (at, at + needle.len()))
            .collect()
    }
}

/// The first of the common ideographs.
const FIRST: u32 = 0x4e00;

/// The common ideographs from [`FIRST`] on: the simplified form of a traditional one, any other as it folds.
fn simplified() -> &'static [u16] {
    static FORMS: LazyLock<Vec<u16>> = LazyLock::new(|| {
        let number = |c: char| u16::try_from(u32::from(c)).ok();
        let mut forms: Vec<u16> = (0x4e00..=0x9fff).collect();
        for slot in &mut forms {
            let folded = char::from_u32((*slot).into()).map(fold::fold);
            *slot = folded.and_then(number).unwrap_or(*slot);
        }
        for line in SIMPLIFIED.lines().filter(|line| !line.starts_with('#')) {
            let mut chars = line.chars();
            let form = chars.next().and_then(number);
            for c in chars {
                let slot = forms.get_mut((u32::from(c) as usize).wrapping_sub(FIRST as usize));
                if let (Some(form), Some(slot)) = (form, slot) {
                    *slot = form;
                }
            }
        }
        forms
    });
    &FORMS
}

/// The folded form of a common ideograph; none for any other character.
fn form(forms: &[u16], c: char) -> Option<char> {
    let at = u32::from(c).checked_sub(FIRST)?;
    let form = forms.get(at as usize)?;
    char::from_u32((*form).into())
}

/// Quotes, dashes and middle dots have one form each.
fn variant(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '〝' | '〞' | '＂' => '"',
        '‘' | '’' => '\'',
        '•' | '・' | '‧' | '∙' | '⋅' | '･' => '·',
        '—' | '–' | '‐' | '‑' | '−' | '―' | '﹣' => '-',
        _ => c,
    }
}

fn is_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !fold::is_han(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_what_officials_type_differently() {
        let folded = |text| Folded::new(text).text();
        assert_eq!(folded("ＡＢ２０２３年"), "ab2023年");
        assert_eq!(folded("二零二三 二○二三"), "二〇二三二〇二三");
        assert_eq!(folded("通 \u{3000} 知"), "通知");
        assert_eq!(folded("關於開展應急演練的通知"), "关于开展应急演练的通知");
        assert_eq!(folded("著名"), "著名");
        assert_eq!(folded("DB31/T 1393"), "db31/t 1393");
        assert_eq!(folded("\n标题\n\n  正文 \n"), "标题\n正文");
        assert_eq!(folded("〔2022〕"), folded("［２０２２］"));
    }

    #[test]
    fn maps_back_over_blanks() {
        let folded = Folded::new("关于 开 展");
        assert_eq!(folded.find(&['开', '展']), [(2, 4)]);
        assert_eq!(folded.original(2, 4), (3, 6));
    }

    proptest! {
        #[test]
        fn a_part_folds_to_a_part(text in "[一二〇零應应AaＡ 0０\u{3000}\n（(İ·•\u{200b}]{1,40}", a in 0usize..40, n in 1usize..40) {
            let chars: Vec<char> = text.chars().collect();
            let a = a.min(chars.len() - 1);
            let part: String = chars[a..(a + n).min(chars.len())].iter().collect();
            let part = Folded::new(&part).chars;
            let whole = Folded::new(&text);
            prop_assert!(part.is_empty() || !whole.find(&part).is_empty());
        }

        #[test]
        fn the_map_points_at_what_was_folded(text in "\\PC{0,60}") {
            let folded = Folded::new(&text);
            let original: Vec<char> = text.chars().collect();
            prop_assert_eq!(folded.chars.len(), folded.from.len());
            for (c, from) in folded.chars.iter().zip(&folded.from) {
                let source = original[*from as usize];
                let plain = variant(fold::fold(source));
                prop_assert!(*c == ' ' || *c == '\n' || form(simplified(), plain) == Some(*c) || plain.to_lowercase().any(|l| l == *c));
            }
        }
    }
}
