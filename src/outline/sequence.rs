//! Sequence: which level each marker counts on. Depth is nesting in this document, not the rank of the style.
//!
//! A marker that goes on with its siblings' count belongs to them whatever it was typed with (一、 2、 三、); a count
//! may run on across parents (一是 … 三是 under （一）, 四是 under （二）). Each marker is settled by what is open above it
//! and by the next marker of each style below it, so the whole is linear in time; it keeps at most [`DEEPEST`] open levels,
//! where the next marker of each style stands, and at most [`MOST_REMARKS`] remarks: nothing for each marker.

use super::lead;
use super::marker::{Form, Marker, STYLES, Style};
use super::paragraph::Paragraph;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::fold;
use crate::text::numeral;
use std::cell::Cell;
use std::fmt;

/// A marker with its place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Which paragraph of the body it opens.
    pub index: usize,
    /// The marker.
    pub marker: Marker,
    /// From 1, at most [`DEEPEST`].
    pub depth: usize,
    /// The parent: how many were placed before it.
    pub parent: Option<usize>,
}

/// Sections nested deeper are cut to this depth.
pub const DEEPEST: usize = 16;

/// So many oddities of a text are remarked on, and one more remark says that there are others: a person stops reading
/// earlier, and what is kept for a marker is bounded.
pub const MOST_REMARKS: usize = 1000;

/// So many numbers may stand within the paragraph of another.
const MOST_BETWEEN: usize = 20;

/// The body of a part: of these paragraphs, those with the indices in `body`.
#[derive(Clone, Copy, Debug)]
pub struct Body<'p> {
    /// The paragraphs of the whole text.
    pub paragraphs: &'p [Paragraph],
    /// Which of them are the body's.
    pub body: &'p [usize],
}

impl<'p> Body<'p> {
    /// The markers from paragraph `from` of the body on, with where they stand in it.
    fn markers(self, from: usize) -> impl Iterator<Item = (usize, Marker)> + use<'p> {
        let rest = self.body.get(from..).unwrap_or_default();
        let marker = move |at: &usize| self.paragraphs.get(*at)?.marker;
        rest.iter()
            .zip(from..)
            .filter_map(move |(at, index)| Some((index, marker(at)?)))
    }
}

/// Places the markers of one part, each given to `take` as it is settled. Weak readings that nothing asks for are left out.
pub fn place(
    text: &str,
    body: Body<'_>,
    diagnostics: &mut Vec<Diagnostic>,
    take: impl FnMut(Placed),
) {
    let mut settle = Settle {
        text,
        body,
        ahead: Ahead::default(),
        open: Vec::with_capacity(DEEPEST),
        closed: [None; STYLES.len()],
        above: [None; STYLES.len()],
        placed: 0,
        take,
        diagnostics,
    };
    for (index, marker) in body.markers(0) {
        settle.settle(index, marker);
    }
}

/// Where the next marker of each style stands: looked for when it is asked for, and never backwards.
#[derive(Default)]
struct Ahead([Cell<Next>; STYLES.len()]);

/// Where the body was searched up to, and what was found there.
#[derive(Clone, Copy, Default)]
struct Next {
    at: usize,
    ordinal: Option<u32>,
}

impl Ahead {
    /// What the first marker of the style behind paragraph `index` counts. The indices asked for never fall.
    fn next(&self, body: Body<'_>, index: usize, style: Style) -> Option<u32> {
        let kept = &self.0[style.rank()];
        if kept.get().at <= index {
            let mut markers = body.markers(index + 1);
            let found = markers.find(|(_, m)| m.style == style);
            kept.set(Next {
                at: found.map_or(usize::MAX, |(at, _)| at),
                ordinal: found.map(|(_, m)| m.ordinal),
            });
        }
        kept.get().ordinal
    }
}

struct Settle<'t, 'd, F> {
    text: &'t str,
    body: Body<'t>,
    ahead: Ahead,
    open: Vec<Level>,
    /// The last count of each style whose level was closed.
    closed: [Option<Closed>; STYLES.len()],
    /// The style of the level above, where a style was last opened.
    above: [Option<Style>; STYLES.len()],
    /// How many were placed.
    placed: usize,
    take: F,
    diagnostics: &'d mut Vec<Diagnostic>,
}

/// A level of the tree that is open: its siblings count on.
#[derive(Clone, Copy)]
struct Level {
    style: Style,
    last: u32,
    form: Form,
    /// What the first sibling was typed with: who returns to it is not odd.
    usual: Form,
    /// Whether the last sibling repeated a number: who then counts as if it had not leaves no gap.
    repeated: bool,
    /// Index among the placed of the last sibling, and of the parent of all.
    node: usize,
    parent: Option<usize>,
    /// Where that sibling's marker ends in the text.
    end: usize,
}

#[derive(Clone, Copy)]
struct Closed {
    last: u32,
    depth: usize,
}

/// What a marker was found to be.
enum Move {
    /// A sibling on the open level with this index.
    Sibling(usize),
    /// The first on a new level below the level count given.
    Child(usize),
    /// No marker at all.
    Nothing,
}

impl<F: FnMut(Placed)> Settle<'_, '_, F> {
    fn settle(&mut self, index: usize, marker: Marker) {
        match self.decide(index, marker) {
            Move::Sibling(level) => self.sibling(index, marker, level),
            Move::Child(below) => self.child(index, marker, below),
            Move::Nothing => {}
        }
    }

    /// What the next marker of the style counts.
    fn next(&self, index: usize, style: Style) -> Option<u32> {
        self.ahead.next(self.body, index, style)
    }

    fn decide(&self, index: usize, marker: Marker) -> Move {
        let same = self.open.iter().rposition(|l| l.style == marker.style);
        let continues = |l: &Level| l.last + 1 == marker.ordinal;
        if let Some(level) = same
            && continues(&self.open[level])
        {
            let pair = marker.weak && self.is_pair(marker) && !self.is_asked_for(index, marker);
            return match pair {
                true => Move::Nothing,
                false => Move::Sibling(level),
            };
        }
        if marker.ordinal > 1 && same.is_none() && self.runs_on(marker) {
            return Move::Child(self.open.len());
        }
        if marker.weak
            && (!self.is_asked_for(index, marker)
                || same.is_some() && !self.restarts(index, marker))
        {
            return Move::Nothing;
        }
        if marker.ordinal == 1 {
            return match same {
                Some(level) => Move::Sibling(level),
                None => Move::Child(self.parent_level(index, marker)),
            };
        }
        if let Some(level) = same {
            // （三） then 四、 then 三、: the second goes on with the count of the first, as the third shows
            let resumes = || self.next(index, marker.style) == Some(self.open[level].last + 1);
            let deeper = self
                .open
                .iter()
                .rposition(continues)
                .filter(|i| *i > level && resumes());
            return Move::Sibling(deeper.unwrap_or(level));
        }
        match self.mistyped(index, marker) {
            Some(level) => Move::Sibling(level),
            None if marker.weak => Move::Nothing,
            None => Move::Child(self.parent_level(index, marker)),
        }
    }

    /// The count of this style went as far as this under an earlier parent.
    fn runs_on(&self, marker: Marker) -> bool {
        let Some(closed) = self.closed[marker.style.rank()] else {
            return false;
        };
        closed.last + 1 == marker.ordinal
            && !self.open.is_empty()
            && (closed.depth == self.open.len() + 1 || marker.style == Style::Article)
    }

    /// Whether the next of the same style counts on from a weak reading.
    fn is_asked_for(&self, index: usize, marker: Marker) -> bool {
        self.next(index, marker.style) == Some(marker.ordinal + 1)
    }

    /// Whether a list begins anew with the marker, below a line that stands over it.
    #[cold]
    fn restarts(&self, index: usize, marker: Marker) -> bool {
        let heads = |p: &Paragraph| lead::heads(self.text, p);
        marker.ordinal == 1 && self.above_line(index).is_some_and(heads)
    }

    /// 注：1.表格用A4纸。⏎2.一式两份。: whether the line above holds the number before this one.
    #[cold]
    fn begins_in_line(&self, index: usize, marker: Marker) -> bool {
        let Some(earlier) = marker.ordinal.checked_sub(1) else {
            return false;
        };
        let above = self.above_line(index).map(|p| p.content.of(self.text));
        above.is_some_and(|line| counts_in(line, &self.written_as(marker, earlier)))
    }

    /// The last line above that is not blank.
    fn above_line(&self, index: usize) -> Option<&Paragraph> {
        let above = self.body.body.get(..index).unwrap_or_default();
        let mut above = above.iter().rev().map(|at| &self.body.paragraphs[*at]);
        above.find(|p| !p.is_blank())
    }

    /// 7、8月, 3、4季度, 1、2号楼: a number and the next, which count one thing; 5.6月26日 is the fifth item.
    fn is_pair(&self, marker: Marker) -> bool {
        if !marker.span.of(self.text).ends_with(['、', '﹑']) {
            return false;
        }
        let rest = self.text.get(marker.span.end..).unwrap_or_default();
        let digits = rest.len() - rest.trim_start_matches(numeral::is_figure).len();
        let next = numeral::arabic(rest.get(..digits.min(9)).unwrap_or_default());
        let counted = [
            "月", "日", "号", "季度", "年级", "级", "班", "组", "周", "楼", "标段",
        ];
        next == Some(marker.ordinal + 1) && counted.iter().any(|c| rest[digits..].starts_with(c))
    }

    /// The open level whose count this marker of another style goes on with.
    fn mistyped(&self, index: usize, marker: Marker) -> Option<usize> {
        let mut far = None;
        for (i, level) in self.open.iter().enumerate().rev() {
            if level.last + 1 != marker.ordinal {
                continue;
            }
            let next = self.next(index, level.style);
            if level.style.is_near(marker.style) && next != Some(marker.ordinal) {
                return Some(i);
            }
            if next == Some(marker.ordinal + 1) && far.is_none() {
                far = Some(i);
            }
        }
        far
    }

    /// How many open levels stay open above a new one: all, but for lower styles whose count is over.
    fn parent_level(&self, index: usize, marker: Marker) -> usize {
        if let Some(level) = self.decimal_parent(marker) {
            return level + 1;
        }
        let mut keep = self.open.len();
        // articles may stand above the first chapter, and never above one in the tree
        if matches!(
            marker.style,
            Style::Division | Style::Chapter | Style::Section
        ) && let Some(article) = self.open.iter().position(|l| l.style == Style::Article)
        {
            keep = article;
        }
        while let Some(level) = keep.checked_sub(1).map(|i| self.open[i]) {
            let goes_on = || self.next(index, level.style) == Some(level.last + 1);
            let usual = self.above[marker.style.rank()] == Some(level.style);
            if level.style.rank() > marker.style.rank() && !usual && !goes_on() {
                keep -= 1;
            } else {
                break;
            }
        }
        keep
    }

    /// The open level whose last section 1.2 stands below by its figures: 1. or 一、, and of 1.2.1 it is 1.2.
    fn decimal_parent(&self, marker: Marker) -> Option<usize> {
        let above: &[Style] = match marker.style {
            Style::DecimalTwo => &[Style::Decimal, Style::ArabicDot, Style::HanDot],
            Style::DecimalThree => &[Style::DecimalTwo],
            Style::DecimalFour => &[Style::DecimalThree],
            _ => return None,
        };
        let written = marker
            .span
            .of(self.text)
            .trim_end_matches(['.', '．', '、']);
        let mut figures = written.rsplit(['.', '．']);
        let number = numeral::arabic(figures.nth(1)?)?;
        let stands_above = |l: &Level| above.contains(&l.style) && l.last == number;
        self.open.iter().rposition(stands_above)
    }

    fn close_to(&mut self, levels: usize) {
        while self.open.len() > levels {
            let depth = self.open.len();
            if let Some(level) = self.open.pop() {
                self.closed[level.style.rank()] = Some(Closed {
                    last: level.last,
                    depth,
                });
            }
        }
    }

    fn sibling(&mut self, index: usize, marker: Marker, at: usize) {
        self.close_to(at + 1);
        let level = self.open[at];
        let span = marker.span;
        let text = self.text;
        let written = || span.of(text).trim();
        if marker.style != level.style {
            self.remark(
                Code::MixedNumbering,
                marker,
                format_args!("{} counts on in another style than its siblings", written()),
            );
        } else if form_differs(marker.form, level.form) && marker.form != level.usual {
            self.remark(
                Code::MixedNumbering,
                marker,
                format_args!("{} has other brackets than its siblings", written()),
            );
        }
        if marker.ordinal <= level.last && self.restarts(index, marker) {
            // no sibling of those above the line
        } else if marker.ordinal == level.last {
            self.remark(
                Code::NumberingRepeat,
                marker,
                format_args!("{} stands twice among its siblings", written()),
            );
        } else if marker.ordinal < level.last {
            self.remark(
                Code::NumberingRepeat,
                marker,
                format_args!("{} stands after number {}", written(), level.last),
            );
        } else if marker.ordinal > level.last + 1 + u32::from(level.repeated)
            && !self.stands_between(level, marker)
        {
            self.remark(
                Code::NumberingGap,
                marker,
                format_args!(
                    "{} follows number {}; number {} is missing",
                    written(),
                    level.last,
                    level.last + 1
                ),
            );
        }
        let node = self.push(index, marker, at + 1, level.parent);
        self.open[at] = Level {
            last: marker.ordinal,
            repeated: marker.ordinal == level.last,
            form: if marker.form == Form::Mismatched {
                level.form
            } else {
                marker.form
            },
            node,
            end: span.end,
            ..level
        };
    }

    /// 二是 may stand within the paragraph of 一是, and （二） behind the sentence of （一）: then 三是 on a line of its own
    /// leaves no gap.
    #[cold]
    fn stands_between(&self, level: Level, marker: Marker) -> bool {
        let between = self
            .text
            .get(level.end..marker.span.start)
            .unwrap_or_default();
        let mut lost = level.last + 1..marker.ordinal;
        lost.len() <= MOST_BETWEEN && lost.all(|n| counts_in(between, &self.written_as(marker, n)))
    }

    /// The marker with another number: （三） and 2 are （二）.
    fn written_as(&self, marker: Marker, n: u32) -> String {
        let counts = |c: char| numeral::is_figure(c) || numeral::is_chinese(c);
        let written = marker.span.of(self.text);
        let open = &written[..written.len() - fold::after(written, |c| !counts(c)).len()];
        let close = fold::after(&written[open.len()..], counts);
        match written[open.len()..].starts_with(numeral::is_figure) {
            true => format!("{open}{n}{close}"),
            false => format!("{open}{}{close}", numeral::to_counting(n)),
        }
    }

    fn child(&mut self, index: usize, marker: Marker, below: usize) {
        self.close_to(below);
        if marker.form == Form::Mismatched {
            let written = marker.span.of(self.text).trim();
            self.remark(
                Code::MixedNumbering,
                marker,
                format_args!("{written} has brackets that do not match"),
            );
        }
        let first = marker.ordinal == 1
            || self.closed[marker.style.rank()].is_some_and(|c| c.last + 1 == marker.ordinal);
        if !first && !self.begins_in_line(index, marker) {
            let written = marker.span.of(self.text).trim();
            self.remark(
                Code::NumberingGap,
                marker,
                format_args!("{written} is the first of its siblings; number 1 is missing"),
            );
        }
        if self.open.len() == DEEPEST {
            self.remark(
                Code::NestingCut,
                marker,
                format_args!("sections nest deeper than {DEEPEST}"),
            );
            self.close_to(DEEPEST - 1);
        }
        let parent = self.open.last().map(|l| l.node);
        self.above[marker.style.rank()] = self.open.last().map(|l| l.style);
        let node = self.push(index, marker, self.open.len() + 1, parent);
        let form = match marker.form {
            Form::Mismatched => Form::Full,
            form => form,
        };
        self.open.push(Level {
            style: marker.style,
            last: marker.ordinal,
            form,
            usual: form,
            repeated: false,
            node,
            parent,
            end: marker.span.end,
        });
    }

    fn push(&mut self, index: usize, marker: Marker, depth: usize, parent: Option<usize>) -> usize {
        (self.take)(Placed {
            index,
            marker,
            depth,
            parent,
        });
        self.placed += 1;
        self.placed - 1
    }

    fn remark(&mut self, code: Code, marker: Marker, message: fmt::Arguments<'_>) {
        let message = match self.diagnostics.len() {
            n if n < MOST_REMARKS => message.to_string(),
            MOST_REMARKS => {
                "the numbering is odd from here on in more places than are named".into()
            }
            _ => return,
        };
        self.diagnostics
            .push(Diagnostic::new(code, marker.span, message));
    }
}

/// Whether the marker stands in the words as one: not the 2. of 2.5万元, not the 二、 of 十二、.
fn counts_in(words: &str, marker: &str) -> bool {
    let counts = |c: char| numeral::is_figure(c) || numeral::is_chinese(c);
    words.match_indices(marker).any(|(at, _)| {
        let behind = &words[at + marker.len()..];
        !words[..at].ends_with(counts) && !behind.starts_with(numeral::is_figure)
    })
}

fn form_differs(a: Form, b: Form) -> bool {
    a != b && a != Form::Bare && b != Form::Bare || a == Form::Mismatched
}

#[cfg(test)]
mod tests;
