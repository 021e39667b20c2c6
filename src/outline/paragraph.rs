//! Paragraphs: the lines of a file with their shapes, the unit that parts and sections are made of.

use super::decimal;
use super::marker;
use super::marker::{Marker, Style};
use super::shape;
use super::shape::Shape;
use crate::span::Span;
use crate::text::fold::is_blank;
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

/// The paragraphs of a text: its lines; 第一章 and the 第一条 behind it on one line are two.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut out = Vec::new();
    for line in line::lines(text) {
        let mut rest = paragraph(text, line.whole, line.content);
        while let Some(at) = inner_article(text, &rest) {
            out.push(paragraph(
                text,
                Span::new(rest.whole.start, at),
                Span::new(rest.content.start, at).trimmed(text),
            ));
            rest = paragraph(
                text,
                Span::new(at, rest.whole.end),
                Span::new(at, rest.content.end),
            );
        }
        out.push(rest);
    }
    decimal::mark(text, &mut out);
    out
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

/// Where, on the line of a chapter, the section or article behind a blank begins.
fn inner_article(text: &str, paragraph: &Paragraph) -> Option<usize> {
    let marker = paragraph.marker?;
    if !matches!(
        marker.style,
        Style::Division | Style::Chapter | Style::Section
    ) {
        return None;
    }
    // a chapter's title is short: an article named far behind is prose
    let rest = Span::new(marker.span.end, paragraph.content.end);
    let mut gap = false;
    for (i, c) in rest.of(text).char_indices().take(40) {
        let at = rest.start + i;
        if gap && c == '第' {
            let inner = marker::read(text, Span::new(at, paragraph.content.end));
            if inner.is_some_and(|m| {
                m.style > marker.style && matches!(m.style, Style::Section | Style::Article)
            }) {
                return Some(at);
            }
        }
        gap = is_blank(c);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_and_its_article_on_one_line_are_two() {
        let text = "第一章　总　则　第一条　为了加强管理，制定本办法。\n第二条　本办法适用于第三章 第四条所列单位。\n";
        let found: Vec<&str> = paragraphs(text)
            .iter()
            .map(|p| p.content.of(text))
            .collect();
        let want = [
            "第一章　总　则",
            "第一条　为了加强管理，制定本办法。",
            "第二条　本办法适用于第三章 第四条所列单位。",
        ];
        assert_eq!(found, want);
        let tiled: String = paragraphs(text).iter().map(|p| p.whole.of(text)).collect();
        assert_eq!(tiled, text);
    }
}
