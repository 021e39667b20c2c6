//! The passages of a text that match, in its own characters, with exact marks.

use super::answer::Fragment;
use super::field::Field;
use super::query::Term;
use super::reading::Reading;
use crate::index::folded::Folded;
use crate::text::fold::is_blank;

/// The most passages of one hit.
const MOST: usize = 3;
/// How wide the marks of one passage may lie, in characters.
const REACH: usize = 60;
/// How far a passage reaches beyond its marks to the bounds of its sentence.
const MARGIN: usize = 40;
/// Marks beyond this many weigh no more.
const MARKS: usize = 400;

/// What a query wants marked: its terms, those under a NOT aside.
#[derive(Clone, Debug, Default)]
pub(super) struct Needles {
    terms: Vec<Needle>,
}

#[derive(Clone, Debug)]
struct Needle {
    field: Field,
    whole: Vec<char>,
    /// What is marked where the whole does not stand.
    chunks: Vec<Vec<char>>,
}

impl Needles {
    pub(super) fn of(reading: &Reading) -> Self {
        let terms = reading.terms().into_iter();
        Self {
            terms: terms.map(|term| needle(reading, term)).collect(),
        }
    }

    /// The marks in a title: code points, in order, apart from one another.
    pub(super) fn in_title(&self, title: &str) -> Vec<[usize; 2]> {
        let marks = self.marks(title, |field| matches!(field, Field::Any | Field::Title));
        joined(marks.iter().map(|m| [m.start, m.end]).collect())
    }

    /// The passages of a text that begins at code point `start` of its notice; its beginning when nothing in
    /// it matches.
    pub(super) fn in_text(&self, text: &str, start: usize) -> Vec<Fragment> {
        passages(
            text,
            start,
            &self.marks(text, |field| !matches!(field, Field::Title)),
        )
    }

    fn marks(&self, text: &str, wanted: impl Fn(Field) -> bool) -> Vec<Mark> {
        let folded = Folded::new(text);
        let mut out = Vec::new();
        for (term, needle) in self.terms.iter().enumerate() {
            if !wanted(needle.field) {
                continue;
            }
            let mut found = folded.find(&needle.whole);
            if found.is_empty() {
                found = needle.chunks.iter().flat_map(|c| folded.find(c)).collect();
            }
            for (from, to) in found.into_iter().take(MARKS) {
                let (start, end) = folded.original(from, to);
                out.push(Mark { start, end, term });
            }
        }
        out.sort_unstable_by_key(|m| (m.start, m.end, m.term));
        out
    }
}

/// The passages of a text around ranges of its code points, which are marked; its beginning when there are none.
pub(super) fn around(text: &str, start: usize, ranges: &[(usize, usize)]) -> Vec<Fragment> {
    let mut marks: Vec<Mark> = (0..)
        .zip(ranges)
        .map(|(term, &(start, end))| Mark { start, end, term })
        .collect();
    marks.sort_unstable_by_key(|m| (m.start, m.end, m.term));
    passages(text, start, &marks)
}

fn passages(text: &str, start: usize, marks: &[Mark]) -> Vec<Fragment> {
    let chars: Vec<char> = text.chars().collect();
    let mut bounds: Vec<(usize, usize)> = best(marks)
        .into_iter()
        .map(|(from, to)| sentence(&chars, from, to))
        .collect();
    if bounds.is_empty() {
        let from = chars.iter().position(|c| !is_blank(*c)).unwrap_or(0);
        bounds.push(sentence(&chars, from, (from + REACH).min(chars.len())));
    }
    bounds.sort_unstable();
    let mut apart: Vec<(usize, usize)> = Vec::new();
    for (from, to) in bounds {
        match apart.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => apart.push((from, to)),
        }
    }
    apart
        .into_iter()
        .map(|(from, to)| Fragment {
            text: chars[from..to].iter().collect(),
            start: start + from,
            highlights: joined(
                marks
                    .iter()
                    .filter(|m| from <= m.start && m.end <= to)
                    .map(|m| [m.start - from, m.end - from])
                    .collect(),
            ),
        })
        .filter(|fragment| !fragment.text.is_empty())
        .collect()
}

fn needle(reading: &Reading, term: &Term) -> Needle {
    let sought = reading.sought(term);
    Needle {
        field: term.field,
        whole: sought.whole,
        chunks: sought
            .chunks
            .into_iter()
            .chain(sought.synonyms)
            .chain(sought.others.into_iter().flatten())
            .collect(),
    }
}

/// Code points of the text that match a term.
#[derive(Clone, Copy, Debug)]
struct Mark {
    start: usize,
    end: usize,
    term: usize,
}

/// The windows with the most terms, then the most marks, the earliest first among equals.
fn best(marks: &[Mark]) -> Vec<(usize, usize)> {
    let mut left: Vec<Mark> = marks.iter().take(MARKS).copied().collect();
    let mut out = Vec::new();
    while out.len() < MOST && !left.is_empty() {
        let mut winner = (0, 0, 0);
        for (i, first) in left.iter().enumerate() {
            let within = left[i..]
                .iter()
                .take_while(|m| m.start < first.start + REACH)
                .filter(|m| m.end <= first.end.max(first.start + REACH));
            let mut terms: Vec<usize> = within.clone().map(|m| m.term).collect();
            terms.sort_unstable();
            let marks = terms.len();
            terms.dedup();
            if (terms.len(), marks) > (winner.0, winner.1) {
                winner = (terms.len(), marks, i);
            }
        }
        let first = left[winner.2];
        let limit = first.end.max(first.start + REACH);
        let end = left[winner.2..]
            .iter()
            .take_while(|m| m.start < first.start + REACH)
            .filter(|m| m.end <= limit)
            .map(|m| m.end)
            .max()
            .unwrap_or(first.end);
        out.push((first.start, end));
        left.retain(|m| m.end <= first.start || m.start >= end);
    }
    out
}

/// The range widened to the bounds of its sentences, at most a margin to each side; blanks at its ends left out.
fn sentence(chars: &[char], from: usize, to: usize) -> (usize, usize) {
    let least = from.saturating_sub(MARGIN);
    let mut start = (least..from)
        .rev()
        .find(|at| ends_sentence(chars[*at]))
        .map_or(least, |at| at + 1);
    let most = (to + MARGIN).min(chars.len());
    let mut end = (to..most)
        .find(|at| ends_sentence(chars[*at]))
        .map_or(most, |at| if chars[at] == '\n' { at } else { at + 1 });
    while start < from && is_blank(chars[start]) {
        start += 1;
    }
    while end > to && is_blank(chars[end - 1]) {
        end -= 1;
    }
    (start, end)
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '；' | '！' | '？' | '\n')
}

/// Ranges in order, those that touch or overlap made one.
fn joined(mut ranges: Vec<[usize; 2]>) -> Vec<[usize; 2]> {
    ranges.sort_unstable();
    let mut out: Vec<[usize; 2]> = Vec::new();
    for range in ranges {
        match out.last_mut() {
            Some(last) if range[0] <= last[1] => last[1] = last[1].max(range[1]),
            _ => out.push(range),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::query::parse;
    use super::*;
    use crate::index::fields;
    use proptest::prelude::*;

    /// Over an index without a document, in which no word is known.
    fn needles(query: &str) -> Needles {
        let (schema, fields) = fields::schema();
        let index = tantivy::Index::create_in_ram(schema);
        let searcher = index.reader().expect("it is empty").searcher();
        let node = parse(query).expect(query);
        Needles::of(&Reading::new(node, &searcher, &fields.activity))
    }

    fn snippet(query: &str, text: &str) -> Vec<Fragment> {
        needles(query).in_text(text, 100)
    }

    fn marked(fragment: &Fragment) -> Vec<String> {
        let chars: Vec<char> = fragment.text.chars().collect();
        fragment
            .highlights
            .iter()
            .map(|[from, to]| chars[*from..*to].iter().collect())
            .collect()
    }

    #[test]
    fn marks_what_stands_in_the_text_not_its_fold() {
        let text = "各镇要组织消 防 演 练。其他工作照常。";
        let found = snippet("消防演练", text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].text, "各镇要组织消 防 演 练。");
        assert_eq!(found[0].start, 100);
        assert_eq!(marked(&found[0]), ["消 防 演 练"]);
    }

    #[test]
    fn overlapping_marks_are_one() {
        let found = snippet("安全生产 生产月", "开展安全生产月活动");
        assert_eq!(marked(&found[0]), ["安全生产月"]);
    }

    #[test]
    fn several_passages_in_the_order_of_the_text() {
        let far = "无关文字。".repeat(40);
        let text = format!("先办演练。{far}再办竞赛。");
        let found = snippet("竞赛 演练", &text);
        assert_eq!(
            found.iter().map(|f| f.text.as_str()).collect::<Vec<_>>(),
            ["先办演练。", "再办竞赛。"]
        );
    }

    #[test]
    fn what_is_forbidden_is_not_marked() {
        let found = snippet("演练 -消防", "应急演练");
        assert_eq!(marked(&found[0]), ["演练"]);
    }

    #[test]
    fn a_hit_found_elsewhere_shows_its_beginning() {
        let found = snippet("湖北", "  组织开展宣讲。再办一次。");
        assert_eq!(
            (found[0].text.as_str(), found[0].start),
            ("组织开展宣讲。再办一次。", 102)
        );
        assert!(found[0].highlights.is_empty());
    }

    proptest! {
        #[test]
        fn marks_lie_within_and_fold_to_the_term(text in "[演练消防。\n 　a]{0,200}", word in "[演练消防a]{1,3}") {
            for fragment in snippet(&word, &text) {
                let length = fragment.text.chars().count();
                let there: String = text.chars().skip(fragment.start - 100).take(length).collect();
                prop_assert_eq!(&there, &fragment.text);
                let mut last = 0;
                for [from, to] in fragment.highlights.iter().copied() {
                    prop_assert!(last <= from && from < to && to <= length);
                    last = to;
                }
                let wanted = Folded::new(&word).chars;
                for mark in marked(&fragment) {
                    prop_assert!(!Folded::new(&mark).find(&wanted).is_empty());
                }
            }
        }
    }
}
