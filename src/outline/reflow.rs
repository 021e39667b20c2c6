//! Reflow: a text whose paragraphs were lost becomes one with a paragraph a line.
//!
//! Text copied out of a web page may hold its paragraphs on one line, parted by ideographic spaces or by a single
//! blank before a marker, its figures on lines of their own, or a cell of a table on each line; text out of a PDF may be
//! broken at a fixed width and hold its pages' numbers; a converter may have left marks of Markdown. All further stages
//! read the reflowed text; its spans are brought back to the original by [`Reflow::original`].

use super::decimal;
use super::kind;
use super::marker;
use super::marker::{Marker, Style};
use super::quote;
use super::shape;
use crate::span::Span;
use crate::text::fold::is_blank;
use crate::text::line;
use crate::text::line::Line;
use std::borrow::Cow;

mod folio;
mod markdown;
mod scattered;
mod tabled;
mod torn;
mod unflatten;
mod unwrap;

/// A text with its paragraphs restored, and the way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reflow {
    /// The text to read.
    pub text: String,
    /// Runs taken over unchanged, in order; between them line feeds and tabs were put in or blanks, breaks, marks and
    /// pages' numbers left out.
    runs: Vec<Run>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// Where the run begins in the reflowed text.
    at: usize,
    /// Where it begins in the original.
    from: usize,
    len: usize,
}

impl Reflow {
    /// The span of the original text that `span` of the reflowed text stands for; breaks left out within it are in it.
    #[must_use]
    pub fn original(&self, span: Span) -> Span {
        let start = self.start(span.start);
        Span::new(
            start,
            if span.is_empty() {
                start
            } else {
                self.end(span.end)
            },
        )
    }

    /// Where byte `at` of the original stands in the reflowed text; for what was left out, where the text goes on.
    #[must_use]
    pub fn reflowed(&self, at: usize) -> usize {
        let next = self.runs.partition_point(|r| r.from + r.len <= at);
        match self.runs.get(next) {
            Some(run) => run.at + at.saturating_sub(run.from),
            None => self.text.len(),
        }
    }

    /// The same reading of the text that `below` was reflowed from: `self` was reflowed from the text of `below`.
    fn upon(self, below: &Reflow) -> Reflow {
        let mut runs = Vec::with_capacity(self.runs.len() + below.runs.len());
        for run in &self.runs {
            let mut next = below.runs.partition_point(|r| r.at + r.len <= run.from);
            let (mut at, end) = (run.from, run.from + run.len);
            while let Some(under) = below.runs.get(next) {
                // what was put in there stands for nothing
                at = at.max(under.at);
                if at >= end {
                    break;
                }
                let len = end.min(under.at + under.len) - at;
                runs.push(Run {
                    at: run.at + (at - run.from),
                    from: under.from + (at - under.at),
                    len,
                });
                at += len;
                next += 1;
            }
        }
        Reflow {
            text: self.text,
            runs,
        }
    }

    fn start(&self, at: usize) -> usize {
        let next = self.runs.partition_point(|r| r.at + r.len <= at);
        match self.runs.get(next) {
            Some(run) => run.from + at.saturating_sub(run.at),
            None => self.runs.last().map_or(0, |r| r.from + r.len),
        }
    }

    fn end(&self, at: usize) -> usize {
        let run = self
            .runs
            .partition_point(|r| r.at < at)
            .checked_sub(1)
            .map(|i| self.runs[i]);
        run.map_or(0, |r| r.from + (at - r.at).min(r.len))
    }
}

/// The reflowed text, or null where the text has its paragraphs and its tabs, and holds no pages' numbers and no marks.
#[must_use]
pub fn reflow(text: &str) -> Option<Reflow> {
    let lines: Vec<Span> = line::wholes(text).collect();
    of_lines(text, &lines)
}

/// The same of a text whose lines are these.
pub(super) fn of_lines(text: &str, lines: &[Span]) -> Option<Reflow> {
    type Stage = fn(&str, &[Span]) -> Option<Reflow>;
    const STAGES: [Stage; 4] = [folio::without, markdown::plain, tabled::tabled, restored];
    let mut done: Option<(Reflow, Vec<Span>)> = None;
    for stage in STAGES {
        let found = match &done {
            Some((below, lines)) => stage(&below.text, lines).map(|r| r.upon(below)),
            None => stage(text, lines),
        };
        if let Some(reflow) = found {
            let lines = line::wholes(&reflow.text).collect();
            done = Some((reflow, lines));
        }
    }
    done.map(|(reflow, _)| reflow)
}

/// The text with its paragraphs restored, or null where it has them.
fn restored(text: &str, lines: &[Span]) -> Option<Reflow> {
    let mut is_scattered = false;
    let mut holds_width = false;
    let mut long: Vec<Line> = Vec::with_capacity(16);
    for &whole in lines {
        is_scattered = is_scattered || whole.start > 0 && scattered::is_unit(&text[whole.start..]);
        holds_width = holds_width || whole.len() >= unwrap::FEWEST_BYTES;
        if whole.len() > unwrap::WIDEST_COLUMNS {
            long.push(line::line(text, whole));
        }
    }
    if is_scattered && let Some(gathered) = scattered::gather(text) {
        return Some(gathered);
    }
    let is_narrow = !long.iter().any(unwrap::is_surely_too_long);
    // what a width would be is only counted where some line is long enough for one and none too long
    if holds_width
        && is_narrow
        && unwrap::may_be_broken(text, lines)
        && !long.iter().any(|line| unwrap::is_too_long(text, line))
        && let Some(unwrapped) = unwrap::unwrap(text)
    {
        return Some(unwrapped);
    }
    let is_torn = || {
        let mut pairs = lines.windows(2);
        is_narrow && pairs.any(|pair| torn::may_tear(text, pair[0], pair[1]))
    };
    unflatten::unflatten(text, long.into_iter()).or_else(|| is_torn().then(|| torn::mend(text)))
}

/// Places of a text, in order, with what is read there instead.
#[derive(Debug, Default)]
struct Edits(Vec<(Span, Cow<'static, str>)>);

impl Edits {
    fn drop(&mut self, span: Span) {
        self.put(span, "");
    }

    fn put(&mut self, span: Span, instead: impl Into<Cow<'static, str>>) {
        self.0.push((span, instead.into()));
    }

    /// The text so edited, or null where it is as it was.
    fn of(mut self, text: &str) -> Option<Reflow> {
        if self.0.is_empty() {
            return None;
        }
        self.0.sort_by_key(|(span, _)| *span);
        let mut out = Builder::new(text);
        let mut from = 0;
        for (span, instead) in self.0 {
            out.keep(Span::new(from, span.start.max(from)));
            out.text.push_str(&instead);
            from = span.end.max(from);
        }
        out.keep(Span::new(from, text.len()));
        Some(out.done())
    }
}

/// Puts a reflowed text together.
struct Builder<'t> {
    original: &'t str,
    text: String,
    runs: Vec<Run>,
}

impl<'t> Builder<'t> {
    fn new(original: &'t str) -> Self {
        Self {
            original,
            text: String::with_capacity(original.len()),
            runs: Vec::new(),
        }
    }

    fn keep(&mut self, span: Span) {
        if span.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(last)
                if last.from + last.len == span.start && last.at + last.len == self.text.len() =>
            {
                last.len += span.len()
            }
            _ => self.runs.push(Run {
                at: self.text.len(),
                from: span.start,
                len: span.len(),
            }),
        }
        self.text.push_str(span.of(self.original));
    }

    fn feed(&mut self) {
        self.text.push('\n');
    }

    fn done(self) -> Reflow {
        Reflow {
            text: self.text,
            runs: self.runs,
        }
    }
}

/// The marker that surely begins at `at`.
fn marker_at(text: &str, at: usize, end: usize) -> Option<Marker> {
    // a marker is short: a bound keeps the look-ups of a long line linear
    let mut bound = (at + 64).min(end);
    while !text.is_char_boundary(bound) {
        bound -= 1;
    }
    marker::read(text, Span::new(at, bound)).filter(|m| !m.weak)
}

/// Styles of sections, which seldom stand within a sentence.
fn opens_sections(style: Style) -> bool {
    matches!(
        style,
        Style::Division
            | Style::Chapter
            | Style::Section
            | Style::Article
            | Style::HanDot
            | Style::HanParen
    )
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '：' | ':' | ';')
}
