//! A diagnostic as a person reads it: the place, the line with carets under what is meant, the rule, what would mend it.

use super::Diagnostic;
use crate::span::CodePoints;
use crate::span::Span;
use memchr::memchr_iter;
use std::fmt::Write;
use unicode_width::UnicodeWidthChar;

/// The widest line that is shown, in columns of the terminal; a longer one is cut around the carets.
const WIDEST: usize = 76;

/// How many columns are kept before the carets where a line is cut.
const BEFORE: usize = 24;

/// Draws the diagnostics of one text.
#[derive(Debug)]
pub struct Page<'t> {
    name: &'t str,
    text: &'t str,
    points: CodePoints<'t>,
    /// Where each line begins.
    lines: Vec<usize>,
    colours: bool,
}

/// Where a diagnostic stands: line and column from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

impl<'t> Page<'t> {
    /// A page for the text of the file called `name`; `colours` for a terminal that shows them.
    #[must_use]
    pub fn new(name: &'t str, text: &'t str, colours: bool) -> Self {
        let feeds = memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        Self {
            name,
            text,
            points: CodePoints::new(text),
            lines: std::iter::once(0).chain(feeds).collect(),
            colours,
        }
    }

    /// Where `span` begins.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        let line = self.lines.partition_point(|begin| *begin <= span.start);
        let begin = self.lines[line.max(1) - 1];
        Place {
            line: line.max(1),
            column: 1 + self.points.at(span.start) - self.points.at(begin),
        }
    }

    /// The lines for one diagnostic, a line feed at the end of each.
    ///
    /// ```
    /// use gongwen::diagnostic::{Code, Diagnostic, render::Page};
    /// use gongwen::span::Span;
    ///
    /// let text = "一、总则\n三、附则\n";
    /// let gap = Diagnostic::new(Code::NumberingGap, Span::new(13, 19), "三、 follows number 1; number 2 is missing");
    /// let shown = Page::new("a.txt", text, false).frame(&gap);
    /// assert!(shown.starts_with("a.txt:2:1: numbering-gap: 三、 follows"));
    /// assert!(shown.contains("2 | 三、附则\n  | ^^^^\n"));
    /// ```
    #[must_use]
    pub fn frame(&self, diagnostic: &Diagnostic) -> String {
        let Place { line, column } = self.place(diagnostic.span);
        let code = self.painted(diagnostic.code.as_str(), "1;33");
        let place = self.painted(&format!("{}:{line}:{column}", shown(self.name)), "1");
        let mut out = format!("{place}: {code}: {}\n", shown(&diagnostic.message));
        let number = line.to_string();
        let gutter = " ".repeat(number.len());
        let bar = self.painted("|", "34");
        let excerpt = self.excerpt(diagnostic.span, line);
        if !excerpt.line.is_empty() {
            let carets = self.painted(&"^".repeat(excerpt.carets), "1;33");
            let number = self.painted(&number, "34");
            let indent = " ".repeat(excerpt.indent);
            let _ = writeln!(out, "{number} {bar} {}", excerpt.line);
            let _ = writeln!(out, "{gutter} {bar} {indent}{carets}");
        }
        let equals = self.painted("=", "34");
        if let Some(rule) = diagnostic.code.rule() {
            let _ = writeln!(out, "{gutter} {equals} rule: GB/T 9704-2012, {rule}");
        }
        let _ = writeln!(out, "{gutter} {equals} mend: {}", diagnostic.code.mend());
        out
    }

    fn painted(&self, words: &str, colour: &str) -> String {
        match self.colours {
            true => format!("\u{1b}[{colour}m{words}\u{1b}[0m"),
            false => words.to_owned(),
        }
    }

    /// The line in which `span` begins, cut to what fits, with the place of the carets under it.
    fn excerpt(&self, span: Span, line: usize) -> Excerpt {
        let begin = self.lines[line - 1];
        let end = self
            .lines
            .get(line)
            .map_or(self.text.len(), |next| next - 1);
        let start = span.start.clamp(begin, end);
        // blanks that set a paragraph in are no more than that
        let before = Span::new(begin, start).of(self.text).trim_start();
        let marked = Span::new(start, span.end.min(end)).of(self.text);
        let after = Span::new(span.end.clamp(start, end), end).of(self.text);
        // what is far too long is not measured
        let fits = before.len() + marked.len() + after.len() <= 4 * WIDEST
            && width(before) + width(marked) + width(after) <= WIDEST;
        let head = match fits {
            true => before,
            false => last_columns(before, BEFORE),
        };
        let mut shown_line = String::new();
        if head.len() < before.len() {
            shown_line.push('…');
        }
        shown_line.push_str(&shown(head));
        let indent = width(&shown_line);
        let (middle, cut_within) = first_columns(marked, WIDEST.saturating_sub(indent));
        shown_line.push_str(&shown(middle));
        let carets = width(middle).max(1);
        let room = WIDEST.saturating_sub(width(&shown_line));
        let (tail, cut_after) = match cut_within {
            true => ("", true),
            false => first_columns(after, room),
        };
        shown_line.push_str(&shown(tail));
        if cut_after {
            shown_line.push('…');
        }
        Excerpt {
            line: shown_line.trim_end().to_owned(),
            indent,
            carets,
        }
    }
}

struct Excerpt {
    line: String,
    indent: usize,
    carets: usize,
}

/// Columns that a character takes on a terminal: two for Han, none for what combines; a tab is shown as a blank.
fn columns(c: char) -> usize {
    match c.is_control() {
        true => 1,
        // quotation marks are of ambiguous width, and drawn narrow by terminals
        false => c.width().unwrap_or(0),
    }
}

fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// The text with what would move the cursor replaced by a blank.
fn shown(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// As much of the start as fits, and whether something was left out.
fn first_columns(text: &str, most: usize) -> (&str, bool) {
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        taken += columns(c);
        if taken > most {
            return (&text[..at], true);
        }
    }
    (text, false)
}

/// As much of the end as fits.
fn last_columns(text: &str, most: usize) -> &str {
    let mut taken = 0;
    for (at, c) in text.char_indices().rev() {
        taken += columns(c);
        if taken > most {
            return &text[at + c.len_utf8()..];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::Code;
    use super::*;
    use proptest::prelude::*;

    fn frame(text: &str, part: &str) -> String {
        let start = text.find(part).unwrap_or(0);
        let span = Span::new(start, start + part.len());
        Page::new("a.txt", text, false).frame(&Diagnostic::new(Code::NumberingGap, span, "odd"))
    }

    #[test]
    fn carets_are_as_wide_as_what_they_mark() {
        let shown = frame("甲\n　　（二）abc，乙\n", "abc");
        assert!(shown.starts_with("a.txt:2:6: "), "{shown}");
        assert!(
            shown.contains("2 | （二）abc，乙\n  |       ^^^\n"),
            "{shown}"
        );
        let shown = frame("1\t（三）\n", "（三）");
        assert!(shown.contains("1 | 1 （三）\n  |   ^^^^^^\n"), "{shown}");
    }

    #[test]
    fn long_lines_are_cut_around_the_carets() {
        let text = format!("{}目标{}", "前".repeat(200), "后".repeat(200));
        let shown = frame(&text, "目标");
        let line = shown.lines().nth(1).unwrap_or_default();
        assert!(
            line.starts_with("1 | …前") && line.ends_with("后…"),
            "{line}"
        );
        assert!(width(line) <= WIDEST + 8, "{line}");
        let carets = shown.lines().nth(2).unwrap_or_default();
        let at = carets.find('^').unwrap_or_default();
        let before = &line[..line.find('目').unwrap_or_default()];
        assert_eq!(at, width(before));
        assert_eq!(carets.matches('^').count(), 4);
    }

    #[test]
    fn a_span_over_lines_is_marked_on_its_first() {
        let shown = frame("关于开展\n演练的通知\n", "开展\n演练");
        assert!(shown.contains("1 | 关于开展\n  |     ^^^^\n"), "{shown}");
    }

    #[test]
    fn colours_are_only_for_those_who_see_them() {
        let remark = Diagnostic::new(Code::Empty, Span::default(), "the file is empty");
        assert!(!Page::new("a", "", false).frame(&remark).contains('\u{1b}'));
        assert!(
            Page::new("a", "", true)
                .frame(&remark)
                .contains("\u{1b}[1;33mempty")
        );
    }

    proptest! {
        #[test]
        fn any_span_of_any_text_is_drawn(text in "[\\PC\n\t一（]{0,120}", a in 0usize..400, b in 0usize..400) {
            let boundary = |mut at: usize| {
                at = at.min(text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let (a, b) = (boundary(a), boundary(b));
            let span = Span::new(a.min(b), a.max(b));
            let remark = Diagnostic::new(Code::HeadingEmpty, span, "odd");
            let page = Page::new("a.txt", &text, false);
            let shown = page.frame(&remark);
            prop_assert!(shown.lines().count() <= 5);
            prop_assert!(shown.lines().skip(1).all(|l| width(l) <= WIDEST + 100));
        }
    }
}
