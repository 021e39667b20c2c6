//! The automatic numbers of lists, as doc and rtf files state them: levels, what overrides them, and the counting.

use super::numfmt::NumberFormat;
use super::numfmt::gap_after;
use super::numfmt::render;
use std::collections::HashMap;
use std::collections::HashSet;

/// Levels of a list.
pub(super) const LEVELS: usize = 9;

/// One level of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Level {
    pub(super) start: u32,
    pub(super) format: NumberFormat,
    /// What is shown, U+0000–U+0008 standing for the numbers of the levels.
    pub(super) text: String,
    /// Whether the numbers of all levels are shown in plain decimals.
    pub(super) is_legal: bool,
    /// Paragraphs of the levels before this one begin it anew: none for 0, all above it for [`LEVELS`].
    pub(super) restart: usize,
    /// Whether the text follows the number at once, without tab or space.
    pub(super) is_close: bool,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: NumberFormat::default(),
            text: String::new(),
            is_legal: false,
            restart: LEVELS,
            is_close: false,
        }
    }
}

/// What a paragraph's reference to a list changes in one of its levels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    /// Where the level begins to count for this reference.
    pub(super) start: Option<u32>,
    pub(super) level: Option<Level>,
}

/// What paragraphs refer to: a list, with changes by level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) list: u32,
    pub(super) changes: Vec<(usize, Change)>,
}

/// All lists of a file, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    levels: HashMap<u32, Vec<Level>>,
    references: HashMap<u32, Reference>,
    counters: HashMap<u32, [Option<u32>; LEVELS]>,
    begun: HashSet<(u32, usize)>,
}

impl Lists {
    pub(super) fn add_list(&mut self, id: u32, levels: Vec<Level>) {
        self.levels.insert(id, levels);
    }

    pub(super) fn add_reference(&mut self, id: u32, reference: Reference) {
        self.references.insert(id, reference);
    }

    /// Whether the text follows this level's number at once.
    pub(super) fn is_close(&self, reference: u32, level: usize) -> bool {
        let level = self.references.get(&reference).and_then(|named| {
            let change = named.changes.iter().find(|(at, _)| *at == level);
            let changed = change.and_then(|(_, change)| change.level.as_ref());
            changed.or_else(|| self.levels.get(&named.list)?.get(level))
        });
        level.is_some_and(|level| level.is_close)
    }

    /// Counts a paragraph at this level of the list that the reference names, and gives its number as it is shown
    /// before a paragraph that begins with `next`; none where there is no such list.
    pub(super) fn number(
        &mut self,
        reference: u32,
        level: usize,
        next: Option<char>,
    ) -> Option<String> {
        let named = self.references.get(&reference)?;
        let levels = self.levels.get(&named.list)?;
        let change = |k: usize| {
            named
                .changes
                .iter()
                .find(|(at, _)| *at == k)
                .map(|(_, change)| change)
        };
        let level_at = |k: usize| {
            change(k)
                .and_then(|c| c.level.as_ref())
                .or_else(|| levels.get(k))
        };
        let own = level_at(level).filter(|_| level < LEVELS)?;

        let counters = self.counters.entry(named.list).or_default();
        let counted = match change(level).and_then(|c| c.start) {
            Some(start) if self.begun.insert((reference, level)) => start,
            _ => counters[level].map_or(own.start, |n| n.saturating_add(1)),
        };
        counters[level] = Some(counted);
        for (below, counter) in counters.iter_mut().enumerate().skip(level + 1) {
            if level_at(below).is_none_or(|l| level < l.restart) {
                *counter = None;
            }
        }

        if own.format == NumberFormat::Bullet {
            // Nothing is pointed at in an empty paragraph.
            next?;
        }
        let mut shown = String::new();
        for c in own.text.chars() {
            let Some(of) = level_at(c as usize).filter(|_| (c as usize) < LEVELS) else {
                shown.push(bullet(c));
                continue;
            };
            let format = match own.is_legal && of.format.counts() {
                true => NumberFormat::Decimal,
                false => of.format,
            };
            shown.push_str(&render(format, counters[c as usize].unwrap_or(of.start)));
        }
        if !own.is_close {
            let gap = gap_after(&shown, next);
            shown.push_str(gap);
        }
        Some(shown)
    }
}

/// A character of a level's text as it is seen; a code of a font that is not known is a dot.
fn bullet(c: char) -> char {
    match c {
        '\u{f0b7}' => '•',
        '\u{e000}'..='\u{f8ff}' => '●',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(format: NumberFormat, text: &str) -> Level {
        Level {
            format,
            text: text.to_owned(),
            ..Level::default()
        }
    }

    fn lists() -> Lists {
        let mut lists = Lists::default();
        lists.add_list(
            7,
            vec![
                level(NumberFormat::ChineseTens, "\0、"),
                level(NumberFormat::ChineseTens, "（\u{1}）"),
                Level {
                    is_legal: true,
                    ..level(NumberFormat::Decimal, "\0.\u{2}")
                },
            ],
        );
        let list = 7;
        let changes = vec![(
            0,
            Change {
                start: Some(5),
                level: None,
            },
        )];
        lists.add_reference(
            1,
            Reference {
                list,
                changes: Vec::new(),
            },
        );
        lists.add_reference(2, Reference { list, changes });
        lists
    }

    #[test]
    fn levels_count_and_begin_anew() {
        let mut lists = lists();
        let shown: Vec<String> = [0, 1, 1, 2, 0, 1, 2]
            .into_iter()
            .filter_map(|level| lists.number(1, level, Some('抓')))
            .collect();
        assert_eq!(
            shown,
            ["一、", "（一）", "（二）", "1.1 ", "二、", "（一）", "2.1 "]
        );
    }

    #[test]
    fn a_reference_begins_anew_once() {
        let mut lists = lists();
        let mut number = |reference| lists.number(reference, 0, None).unwrap_or_default();
        assert_eq!(
            [1, 1, 2, 2, 1].map(&mut number),
            ["一、", "二、", "五、", "六、", "七、"]
        );
        assert_eq!(number(3), "");
    }

    #[test]
    fn a_level_that_does_not_exist_gives_no_number() {
        let mut lists = lists();
        assert_eq!(lists.number(1, 3, None), None);
        assert_eq!(lists.number(1, 99, None), None);
    }
}
