//! A line as its visible characters: folded, each with its place and the blanks before it.

use super::email::EmailFound;
use super::email::emails;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;

/// The visible characters of one line.
pub(super) struct Cells<'t> {
    pub(super) text: &'t str,
    pub(super) chars: Vec<char>,
    /// Byte in the text of each character, and of the line's end.
    at: Vec<usize>,
    /// Whether a blank stands before the character.
    gap: Vec<bool>,
    /// Bracket depth at the character.
    pub(super) depth: Vec<usize>,
    /// The characters as a string, and the byte in it where each begins.
    pub(super) compact: String,
    starts: Vec<usize>,
    /// The e-mail addresses of the line.
    pub(super) emails: Vec<EmailFound>,
}

impl<'t> Cells<'t> {
    pub(super) fn new(text: &'t str, line: Span) -> Self {
        let inner = line.of(text);
        let most = inner.len() / 2 + 1;
        let mut cells = Self {
            text,
            chars: Vec::with_capacity(most),
            at: Vec::with_capacity(most + 1),
            gap: Vec::with_capacity(most),
            depth: Vec::with_capacity(most),
            compact: String::with_capacity(inner.len()),
            starts: Vec::with_capacity(most),
            emails: Vec::new(),
        };
        let mut gap = false;
        let mut depth = 0usize;
        let mut end = line.start;
        for (i, c) in inner.char_indices() {
            if is_blank(c) {
                gap = true;
                continue;
            }
            let folded = fold(c);
            if folded == '(' {
                depth += 1;
            }
            cells.chars.push(folded);
            cells.at.push(line.start + i);
            cells.gap.push(gap);
            cells.depth.push(depth);
            cells.starts.push(cells.compact.len());
            cells.compact.push(folded);
            if folded == ')' {
                depth = depth.saturating_sub(1);
            }
            gap = false;
            end = line.start + i + c.len_utf8();
        }
        cells.at.push(end);
        cells.emails = emails(inner)
            .into_iter()
            .map(|e| EmailFound {
                span: e.span.shifted(line.start),
                email: e.email,
            })
            .collect();
        cells
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    pub(super) fn get(&self, i: usize) -> Option<char> {
        self.chars.get(i).copied()
    }

    /// Whether a blank stands before character `i`; the line's ends count as blanks.
    pub(super) fn gap(&self, i: usize) -> bool {
        self.gap.get(i).copied().unwrap_or(true)
    }

    /// Whether a blank stands between characters `from` and `to`.
    pub(super) fn gap_within(&self, from: usize, to: usize) -> bool {
        (from + 1..to).any(|i| self.gap(i))
    }

    /// Byte in the text where character `i` begins.
    pub(super) fn byte(&self, i: usize) -> usize {
        self.at.get(i).or(self.at.last()).copied().unwrap_or(0)
    }

    /// Byte in the text where character `i - 1` ends.
    pub(super) fn end_byte(&self, i: usize) -> usize {
        match i.checked_sub(1) {
            Some(last) => {
                let from = self.byte(last);
                from + self.text[from..].chars().next().map_or(0, char::len_utf8)
            }
            None => self.byte(0),
        }
    }

    /// The first character at or after byte `at` of the text.
    pub(super) fn index(&self, at: usize) -> usize {
        self.at[..self.len()].partition_point(|b| *b < at)
    }

    /// The character that begins at byte `at` of the compact form.
    pub(super) fn of_compact(&self, at: usize) -> usize {
        self.starts.partition_point(|b| *b < at)
    }

    pub(super) fn string(&self, from: usize, to: usize) -> String {
        self.chars
            .get(from..to.min(self.len()))
            .unwrap_or_default()
            .iter()
            .collect()
    }

    /// The e-mail address that begins at character `i`.
    pub(super) fn email(&self, i: usize) -> Option<&EmailFound> {
        let at = self.byte(i);
        let n = self.emails.partition_point(|e| e.span.start < at);
        self.emails.get(n).filter(|e| e.span.start == at)
    }

    /// Whether character `i` lies within an e-mail address.
    pub(super) fn in_email(&self, i: usize) -> bool {
        let at = self.byte(i);
        let n = self.emails.partition_point(|e| e.span.end <= at);
        self.emails.get(n).is_some_and(|e| e.span.start <= at)
    }
}
