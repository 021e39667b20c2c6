//! Paragraphs: the lines of a file with their shapes, the unit that parts and sections are made of.

use super::marker;
use super::marker::Marker;
use super::shape;
use super::shape::Shape;
use crate::span::Span;
use crate::text::line;

/// A paragraph of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// All of it, with the blanks around and the line feed: in order, these are the text.
    pub whole: Span,
    /// Without the blanks at its ends.
    pub content: Span,
    /// What it looks like.
    pub shape: Shape,
    /// The marker that it begins with, where its shape is [`Shape::Marked`].
    pub marker: Option<Marker>,
}

impl Paragraph {
    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.shape == Shape::Blank
    }
}

/// The paragraphs of a text.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Paragraph> {
    line::lines(text)
        .into_iter()
        .map(|line| paragraph(text, line.whole, line.content))
        .collect()
}

fn paragraph(text: &str, whole: Span, content: Span) -> Paragraph {
    let shape = shape::shape(text, content);
    Paragraph {
        whole,
        content,
        shape,
        marker: (shape == Shape::Marked)
            .then(|| marker::read(text, content))
            .flatten(),
    }
}
