//! Paragraphs: the lines of a file with their shapes, the unit that parts and sections are made of.

use super::contents;
use super::decimal::Decimals;
use super::marker;
use super::marker::{Marker, Style};
use super::page;
use super::shape;
use super::shape::{Ahead, Shape};
use crate::span::Span;
use crate::text::fold::is_blank;
use crate::text::line;
use memchr::memchr_iter;

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
    // exact for all but such lines: growing would need twice the room
    let lines = memchr_iter(b'\n', text.as_bytes()).count() + 1;
    let mut out = Vec::with_capacity(lines);
    let mut shapes = Ahead::new(text);
    let mut decimals = Decimals::default();
    let mut paragraph = |whole: Span, content: Span| {
        let (shape, marker) = shapes.classify(text, content);
        Paragraph {
            whole,
            content,
            shape,
            marker,
        }
    };
    // a table of contents ends where its first entry stands again
    let mut contents = 0;
    for line in line::each(text) {
        let mut first = paragraph(line.whole, line.content);
        if first.shape == Shape::Text && contents::heads(line.content.of(text)) {
            contents = contents::end(text, line.whole.end).unwrap_or_default();
        }
        if line.whole.start < contents && !first.is_blank() {
            first.shape = Shape::Web;
            first.marker = None;
            out.push(first);
            continue;
        }
        while let Some(at) = inner_article(text, &first) {
            // the first of the two was read with the second on its line
            let rest = paragraph(
                Span::new(at, first.whole.end),
                Span::new(at, first.content.end),
            );
            let content = Span::new(first.content.start, at).trimmed(text);
            let shape = shape::shape(text, content);
            let outer = Paragraph {
                whole: Span::new(first.whole.start, at),
                content,
                shape,
                marker: first.marker.filter(|_| shape == Shape::Marked),
            };
            decimals.take(text, out.len(), &outer);
            out.push(outer);
            first = rest;
        }
        decimals.take(text, out.len(), &first);
        out.push(first);
    }
    decimals.mark(&mut out);
    leave_footer(text, &mut out);
    out
}

/// What a web page prints below the document is the page's.
fn leave_footer(text: &str, paragraphs: &mut [Paragraph]) {
    let filled = || paragraphs.iter().rev().filter(|p| !p.is_blank());
    let lines = page::footer(filled().map(|p| p.content.of(text)));
    let filled = paragraphs.iter_mut().rev().filter(|p| !p.is_blank());
    for paragraph in filled.take(lines) {
        paragraph.shape = Shape::Web;
        paragraph.marker = None;
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
