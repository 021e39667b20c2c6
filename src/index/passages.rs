//! Where the parts of a notice stand in it, and what of its text stands in none of them.
//!
//! Each character of a notice is indexed once: with the activity or the section that holds it, else with the notice.
//! A term that runs over the end of a part is the notice's own too, so that every run of characters of the notice can be
//! put together of what is indexed somewhere.

use super::folded::Folded;
use super::tokenizer::LONGEST;
use std::ops::Range;

/// A notice's text and its parts.
#[derive(Debug)]
pub(super) struct Passages {
    folded: Folded,
    /// Where each part begins and ends, in folded characters of the notice; in the order in which they were given.
    parts: Vec<Range<usize>>,
    /// How far the parts reach that begin no later than each folded character.
    reach: Vec<usize>,
}

impl Passages {
    /// The notice's text, and of each part the code point at which it begins and its text.
    pub(super) fn new<'t>(text: &str, parts: impl Iterator<Item = (usize, &'t str)>) -> Self {
        let folded = Folded::new(text);
        let mut reach = vec![0; folded.chars.len()];
        let parts = parts.map(|(start, text)| {
            let start = u32::try_from(start).unwrap_or(u32::MAX);
            let mut begin = folded.from.partition_point(|from| *from < start);
            // What is blank at its beginning is folded away in a part, and is one character within a text
            while folded.chars.get(begin).is_some_and(|c| is_gap(*c)) {
                begin += 1;
            }
            let end = begin + Folded::new(text).chars.len();
            begin..end.min(folded.chars.len()).max(begin)
        });
        let parts: Vec<Range<usize>> = parts.collect();
        for part in &parts {
            if let Some(reach) = reach.get_mut(part.start) {
                *reach = part.end.max(*reach);
            }
        }
        let mut far = 0;
        for reach in &mut reach {
            far = far.max(*reach);
            *reach = far;
        }
        Self {
            folded,
            parts,
            reach,
        }
    }

    /// How many folded characters the notice has.
    pub(super) fn length(&self) -> usize {
        self.folded.chars.len()
    }

    /// The folded character at which each part begins.
    pub(super) fn starts(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().map(|part| part.start)
    }

    /// Whether a run of folded characters stands within a part.
    pub(super) fn holds(&self, run: &Range<usize>) -> bool {
        self.reach
            .get(run.start)
            .is_some_and(|reach| *reach >= run.end)
    }

    /// The stretches in which every term stands that no part holds, each with the folded character at which it begins.
    pub(super) fn stretches(&self) -> Vec<(usize, &[char])> {
        let chars = &self.folded.chars;
        let mut out: Vec<Range<usize>> = Vec::new();
        for at in 0..chars.len() {
            // Where the longest term that could begin here is held, all are
            let run = at..(at + LONGEST).min(chars.len());
            if self.holds(&run) {
                continue;
            }
            match out.last_mut() {
                Some(last) if run.start <= last.end => last.end = run.end,
                _ => out.push(run),
            }
        }
        let stretches = out.into_iter().map(|run| (run.start, &chars[run]));
        stretches.collect()
    }
}

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::entry::CharOffsets;
    use crate::span::CharSpan;
    use proptest::prelude::*;

    #[test]
    fn a_notice_without_parts_is_one_stretch() {
        let passages = Passages::new("护河 通知\n", std::iter::empty());
        assert_eq!(passages.stretches(), [(0, &['护', '河', '通', '知'][..])]);
        assert!(!passages.holds(&(0..1)));
        assert!(Passages::new("", std::iter::empty()).stretches().is_empty());
    }

    proptest! {
        #[test]
        fn parts_fold_as_the_text_does(text in "[演练消ａ0。\n 　]{0,60}", cuts in proptest::collection::vec((0usize..60, 0usize..40), 0..5)) {
            let offsets = CharOffsets::new(&text);
            let parts: Vec<(usize, &str)> = cuts
                .iter()
                .map(|(from, length)| (*from, offsets.slice(CharSpan(*from, from + length))))
                .collect();
            let passages = Passages::new(&text, parts.iter().copied());
            let chars = &passages.folded.chars;
            for ((_, text), place) in parts.iter().zip(&passages.parts) {
                prop_assert_eq!(&Folded::new(text).chars, &chars[place.clone()]);
            }
            // Every run is held by a part, or stands in a stretch
            for from in 0..chars.len() {
                for to in from + 1..=(from + LONGEST).min(chars.len()) {
                    let held = passages.parts.iter().any(|p| p.start <= from && to <= p.end);
                    prop_assert_eq!(passages.holds(&(from..to)), held);
                    let stretched = passages.stretches().iter().any(|(at, run)| *at <= from && to <= at + run.len());
                    prop_assert!(held || stretched, "{from}..{to}");
                }
            }
        }
    }
}
