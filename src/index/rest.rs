//! What of a notice's text stands in none of its activities and sections: its lead, its closing, what stands between its
//! parts. Each such stretch is searched as a section is.

use super::entry::CharOffsets;
use crate::record::notice::Section;
use crate::span::CharSpan;

/// The stretches of the text that none of `held` covers, in order, without what is blank at their ends. A stretch ends
/// where one of `parts` begins, the parts of the notice.
pub(super) fn stretches(
    text: &str,
    offsets: &CharOffsets<'_>,
    parts: impl Iterator<Item = CharSpan>,
    mut held: Vec<CharSpan>,
) -> Vec<CharSpan> {
    // As if nothing were held there
    held.extend(parts.map(|part| CharSpan(part.0, part.0)));
    let length = text.chars().count();
    held.push(CharSpan(length, length));
    held.sort_unstable_by_key(|span| (span.0, span.1));
    let mut out = Vec::new();
    let mut at = 0;
    for span in held {
        let until = span.0.min(length);
        if at < until {
            let text = offsets.slice(CharSpan(at, until));
            let blank = |text: &str, rest: &str| text[..text.len() - rest.len()].chars().count();
            let solid = text.trim_start();
            let start = at + blank(text, solid);
            let end = start + solid.trim_end().chars().count();
            if start < end {
                out.push(CharSpan(start, end));
            }
        }
        at = at.max(span.1);
    }
    out
}

/// The headings of the sections that hold each of these stretches, from the top down. Both stand in the order of the text.
pub(super) fn headings(outline: &[Section], stretches: &[CharSpan]) -> Vec<Vec<String>> {
    let mut open: Vec<&Section> = Vec::new();
    let mut coming = outline.iter().peekable();
    let above = |stretch: &CharSpan| {
        while let Some(section) = coming.next_if(|s| s.span.0 <= stretch.0) {
            open.retain(|s| s.span.1 > section.span.0 && s.depth < section.depth);
            open.push(section);
        }
        open.retain(|s| s.span.1 >= stretch.1);
        open.iter().filter_map(|s| s.heading.clone()).collect()
    };
    stretches.iter().map(above).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rest(text: &str, held: &[(usize, usize)], parts: &[(usize, usize)]) -> Vec<String> {
        let spans = |all: &[(usize, usize)]| -> Vec<CharSpan> {
            all.iter().map(|(a, b)| CharSpan(*a, *b)).collect()
        };
        let offsets = CharOffsets::new(text);
        let found = stretches(text, &offsets, spans(parts).into_iter(), spans(held));
        let found = found.into_iter();
        found.map(|span| offsets.slice(span).to_owned()).collect()
    }

    #[test]
    fn what_is_not_held_is_told_part_by_part() {
        let text = "关于演练的通知\n\n一、内容\n　\n落款\n附件\n";
        assert_eq!(
            rest(text, &[(9, 13)], &[]),
            ["关于演练的通知", "落款\n附件"]
        );
        let parts = [(0, 18), (19, 22)];
        assert_eq!(
            rest(text, &[(9, 13), (10, 12)], &parts),
            ["关于演练的通知", "落款", "附件"]
        );
        assert_eq!(rest(text, &[(0, 99)], &parts), [""; 0]);
        assert_eq!(rest("\n　", &[], &[]), [""; 0]);
    }

    proptest! {
        #[test]
        fn every_character_is_held_or_blank_or_of_one_stretch(
            text in "[通知 \n　a]{0,40}",
            held in proptest::collection::vec((0usize..45, 0usize..12), 0..6),
        ) {
            let held: Vec<CharSpan> = held.into_iter().map(|(a, n)| CharSpan(a, a + n)).collect();
            let offsets = CharOffsets::new(&text);
            let found = stretches(&text, &offsets, std::iter::empty(), held.clone());
            for (at, c) in text.chars().enumerate() {
                let within = |span: &&CharSpan| (span.0..span.1).contains(&at);
                let is_held = held.iter().any(|s| within(&s));
                let times = found.iter().filter(within).count();
                prop_assert!(times <= usize::from(!is_held));
                prop_assert!(is_held || times == 1 || c.is_whitespace(), "{at}");
            }
        }
    }
}
