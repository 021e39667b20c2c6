//! Lines that hold a page's number and nothing else, in text that was copied page for page: read as if they were not there.
//!
//! A number between dashes or with the word for page is written for nothing else. A bare number, or one of so many
//! (3/5), is as often a cell of a table whose cells stand on a line each: it needs a reason, which is where it stands
//! (at a page's break, below the signature of a cover, at the end) or that the numbers count up with a page's text
//! between each two.

use super::Edits;
use super::Reflow;
use super::ends_sentence;
use super::kind;
use super::shape;
use super::shape::Shape;
use crate::outline::organ;
use crate::span::Span;
use crate::text::fold;
use crate::text::line;
use crate::text::line::Line;

mod form;

use form::Folio;

/// A line that may be a page's.
#[derive(Clone, Copy, Debug)]
struct Found {
    /// Which line.
    at: usize,
    folio: Folio,
}

/// The text without the numbers of its pages, or null where it holds none.
pub(super) fn without(text: &str, lines: &[Span]) -> Option<Reflow> {
    let found: Vec<Found> = lines
        .iter()
        .enumerate()
        .filter(|(_, whole)| form::may_be(&text.as_bytes()[whole.start..whole.end]))
        .filter_map(|(at, whole)| Some((at, form::read(whole.of(text))?)))
        .map(|(at, folio)| Found { at, folio })
        .collect();
    if found.is_empty() {
        return None;
    }
    let page = Page { text, lines };
    let mut drop: Vec<usize> = page.chains(&found).flatten().map(|f| f.at).collect();
    drop.extend(found.iter().filter(|f| f.folio.is_sure).map(|f| f.at));
    drop.sort_unstable();
    drop.dedup();
    let mut edits = Edits::default();
    for at in drop {
        edits.drop(page.gap(at));
    }
    edits.of(text)
}

/// The lines of a text that may be parted by its pages.
struct Page<'t> {
    text: &'t str,
    lines: &'t [Span],
}

impl<'t> Page<'t> {
    fn line(&self, at: usize) -> Option<Line> {
        self.lines
            .get(at)
            .map(|whole| line::line(self.text, *whole))
    }

    /// The nearest lines above and below that are not blank.
    fn above(&self, at: usize) -> Option<(usize, &'t str)> {
        let mut lines = (0..at).rev().take(FARTHEST);
        lines.find_map(|at| self.words(at))
    }

    fn below(&self, at: usize) -> Option<(usize, &'t str)> {
        (at + 1..self.lines.len())
            .take(FARTHEST)
            .find_map(|at| self.words(at))
    }

    fn words(&self, at: usize) -> Option<(usize, &'t str)> {
        let line = self.line(at)?;
        (!line.is_blank()).then(|| (at, line.content.of(self.text)))
    }

    /// What goes with the number on this line: where a long line above ends within a sentence the blank lines that set the
    /// number apart do too, for the sentence goes on below.
    fn gap(&self, at: usize) -> Span {
        let own = self.lines[at];
        let open = |line: &str| {
            line.len() >= BROKEN && line.chars().next_back().is_some_and(|c| !ends_sentence(c))
        };
        let above = self.above(at).filter(|(_, line)| open(line));
        match (above, self.below(at)) {
            (Some((above, _)), Some((below, _))) => {
                Span::new(self.lines[above].end, self.lines[below].start)
            }
            _ => own,
        }
    }

    /// The numbers that have no dashes and no word, but a reason: runs that count up.
    fn chains(&self, found: &[Found]) -> impl Iterator<Item = Vec<Found>> {
        let counted = |weak: &Found| !weak.folio.is_sure;
        let mut weak: Vec<Found> = found.iter().copied().filter(counted).collect();
        if weak.iter().any(|f| f.folio.of == 0)
            && let Some(rows) = self.first_rows()
        {
            weak.retain(|f| f.folio.of > 0 || f.at < rows);
        }
        let of_total = |total: bool| {
            let same = weak.iter().filter(|f| (f.folio.of > 0) == total);
            runs(same.copied())
        };
        let mut chains = of_total(false);
        chains.extend(of_total(true));
        for chain in &mut chains {
            if !self.is_of_pages(chain) {
                chain.retain(|f| self.is_last(f));
            }
        }
        chains.into_iter()
    }

    /// The line that names the column of row numbers: what counts up below it may be rows.
    fn first_rows(&self) -> Option<usize> {
        (0..self.lines.len()).find(|at| {
            let line = self.lines[*at].of(self.text);
            line.len() <= 300 && fold::trimmed_start(line).starts_with('序')
        })
    }

    fn is_of_pages(&self, chain: &[Found]) -> bool {
        chain.iter().any(|f| self.is_set_apart(f)) || self.counts_pages(chain)
    }

    /// Whether only a page's number stands there: before a page's break, between a cover and what it encloses.
    fn is_set_apart(&self, found: &Found) -> bool {
        let below = self.below(found.at).and_then(|(at, _)| self.line(at));
        let end = below.map_or(self.text.len(), |l| l.content.start);
        let gap = Span::new(self.lines[found.at].start, end);
        gap.of(self.text).contains(PAGE_BREAK)
            || self.above(found.at).is_some_and(|(at, _)| self.signs(at))
                && self
                    .below(found.at)
                    .is_some_and(|(at, _)| self.begins_document(at))
    }

    /// Whether nothing stands below, and what stands above may end a document that holds so many pages.
    fn is_last(&self, found: &Found) -> bool {
        let pages = usize::from(found.folio.number) - 1;
        self.below(found.at).is_none()
            && self.lines[found.at].start >= pages * LEAST_PAGE
            && self.above(found.at).is_some_and(|(at, words)| {
                words.ends_with(['。', '；']) || words.ends_with("印发") || self.signs(at)
            })
    }

    /// Whether a signature ends with this line: an organ and a date, or the note on publicity below them.
    fn signs(&self, at: usize) -> bool {
        let shape = |at: usize| self.line(at).map(|l| shape::shape(self.text, l.content));
        match shape(at) {
            Some(Shape::Date) => self
                .above(at)
                .is_some_and(|(_, line)| organ::is_organ(line)),
            Some(Shape::Bracketed) => self
                .above(at)
                .is_some_and(|(above, _)| shape(above) == Some(Shape::Date)),
            Some(Shape::SignedDate | Shape::Printed) => true,
            _ => false,
        }
    }

    /// Whether the title of a document, perhaps over some lines, or 附件 stands here.
    fn begins_document(&self, at: usize) -> bool {
        let lines = (at..self.lines.len())
            .map_while(|at| self.words(at))
            .take(3);
        for (at, line) in lines {
            let content = self.line(at).map(|l| l.content).unwrap_or_default();
            if matches!(shape::shape(self.text, content), Shape::Attachment { .. })
                || kind::ends_as_title(line)
            {
                return true;
            }
            if line.contains(['。', '：', '；']) {
                return false;
            }
        }
        false
    }

    /// Whether the numbers count up from the first pages, or for long, with the text of a page between each two, and
    /// stand within or behind sentences, not above headings as the numbers of chapters do.
    fn counts_pages(&self, chain: &[Found]) -> bool {
        let (Some(first), true) = (chain.first(), chain.len() > 1) else {
            return false;
        };
        let start = |f: &Found| self.lines[f.at].start;
        let few = if first.folio.of > 0 || first.folio.number <= 2 {
            2
        } else {
            3
        };
        let of_page = |pair: &[Found]| start(&pair[1]) - start(&pair[0]) >= LEAST_PAGE;
        let behind_words = |f: &&Found| {
            let above = self.above(f.at);
            above.is_some_and(|(_, line)| line.len() >= BROKEN || line.ends_with(ends_sentence))
        };
        let above_heading = |f: &&Found| {
            let below = self.below(f.at).map_or("", |(_, line)| line);
            !below.is_empty() && fold::fits(below, 20) && !below.contains(['。', '，', '；', '：'])
        };
        chain.len() >= few
            && start(first) >= LEAST_COVER
            && chain.windows(2).all(of_page)
            && chain.iter().filter(behind_words).count() * 2 >= chain.len()
            && chain.iter().filter(above_heading).count() * 2 <= chain.len()
    }
}

/// Runs of numbers each of which is one more than the one before it, of as many.
fn runs(found: impl Iterator<Item = Found>) -> Vec<Vec<Found>> {
    let mut out: Vec<Vec<Found>> = Vec::new();
    for f in found {
        let goes_on = |run: &&mut Vec<Found>| {
            let last = run.last().map(|l| (l.folio.number + 1, l.folio.of));
            last == Some((f.folio.number, f.folio.of))
        };
        match out.last_mut().filter(goes_on) {
            Some(run) => run.push(f),
            None => out.push(vec![f]),
        }
    }
    out
}

/// What printers break a page at.
const PAGE_BREAK: char = '\u{c}';
/// So many lines are looked through for one that is not blank.
const FARTHEST: usize = 12;
/// A page holds no less text, in bytes: some 150 characters.
const LEAST_PAGE: usize = 450;
/// The first page may be a short cover.
const LEAST_COVER: usize = 200;
/// A line of so many bytes (20 characters) is one of prose, and may have been broken at its end.
const BROKEN: usize = 60;

#[cfg(test)]
mod tests;
