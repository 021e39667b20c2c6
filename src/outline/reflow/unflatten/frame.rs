//! The frame of a notice whose paragraphs are parted by single blanks: title, number, addressees, 附件 and the date below.
//!
//! A notice without sections has no markers to part it at; that enough of its frame stands on one line shows what it is.

use super::super::kind;
use super::super::shape;
use super::super::shape::Shape;
use super::Gap;
use crate::outline::organ;
use crate::span::Span;

/// So many parts of the frame are enough.
const ENOUGH: usize = 3;
/// A longer piece, in bytes, is of the body.
const LONGEST: usize = 240;

/// What has been seen of the frame.
pub(super) struct Frame<'t> {
    text: &'t str,
    line: Span,
    /// Where the last gap ended.
    from: usize,
    title: bool,
    number: bool,
    addressees: bool,
    attached: bool,
    dated: bool,
    /// Whether the piece before the last gap ends a sentence or names an organ: what a date of issue stands below.
    closes: bool,
}

impl<'t> Frame<'t> {
    pub(super) fn new(text: &'t str, line: Span) -> Self {
        Self {
            text,
            line,
            from: line.start,
            title: false,
            number: false,
            addressees: false,
            attached: false,
            dated: false,
            closes: false,
        }
    }

    /// Takes the piece before this gap.
    pub(super) fn parts(&mut self, gap: &Gap, sentence: bool) {
        let piece = Span::new(self.from, gap.span.start);
        self.piece(piece);
        self.closes = sentence || piece.len() <= LONGEST && organ::is_organ(piece.of(self.text));
        self.from = gap.span.end;
    }

    fn piece(&mut self, piece: Span) {
        if piece.len() > LONGEST {
            return;
        }
        let words = piece.of(self.text);
        match shape::shape(self.text, piece) {
            Shape::DocNumber => self.number = true,
            Shape::Bracketed if shape::bracketed_number(self.text, piece).is_some() => {
                self.number = true;
            }
            Shape::Attachment { .. } => self.attached = true,
            Shape::Date | Shape::SignedDate if self.closes && words.contains('年') => {
                self.dated = true;
            }
            _ if words.ends_with(['：', ':']) && (self.title || words.starts_with('各')) => {
                self.addressees = true;
            }
            _ => {
                let all = Span::new(self.line.start, piece.end);
                self.title =
                    self.title || all.len() <= LONGEST && kind::ends_as_title(all.of(self.text));
            }
        }
    }

    /// Whether enough of a frame stands on the line, with so many sections.
    pub(super) fn is_whole(&mut self, sections: usize) -> bool {
        self.piece(Span::new(self.from, self.line.end));
        let seen = [
            self.title,
            self.number,
            self.addressees,
            self.attached,
            self.dated,
            sections > 0,
        ];
        (self.addressees || self.number) && seen.iter().filter(|s| **s).count() >= ENOUGH
    }
}
