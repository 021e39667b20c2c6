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
        let (shape, marker) = match marker {
            // 一、总则........1
            Some(_) if contents::is_entry(content.of(text)) => (Shape::Web, None),
            marker => (shape, marker),
        };
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
    leave_downloads(text, &mut out);
    leave_footer(text, &mut out);
    out
}

/// 附件下载：1.名册.xls⏎2.地图.jpg: what a page lists is all the page's.
fn leave_downloads(text: &str, paragraphs: &mut [Paragraph]) {
    let lists = |p: &Paragraph| {
        let behind = p.content.of(text).strip_prefix("附件下载");
        behind.is_some_and(|rest| rest.is_empty() || rest.starts_with(['：', ':']))
    };
    let Some(from) = paragraphs.iter().position(lists) else {
        return;
    };
    let mut listed = 0;
    for paragraph in paragraphs[from..].iter_mut().filter(|p| !p.is_blank()) {
        let line = paragraph.content.of(text);
        let behind = line
            .find(['：', ':'])
            .map(|at| at + line[at..].chars().next().map_or(1, char::len_utf8));
        let item = match (paragraph.marker, behind) {
            (Some(marker), _) => Some(marker),
            (None, Some(at)) if listed == 0 => marker::read(
                text,
                Span::new(paragraph.content.start + at, paragraph.content.end),
            ),
            _ => None,
        };
        match item {
            Some(item) if item.ordinal == listed + 1 && !line.contains('。') => listed += 1,
            _ if listed == 0 && lists(paragraph) => {}
            _ => return,
        }
        paragraph.shape = Shape::Web;
        paragraph.marker = None;
    }
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
    fn what_a_page_lists_or_prints_below_is_its_own() {
        let text = "一、护林\n请照办。\n附件下载：1.名册.xls\n2.地图.jpg\n网站地图\n甲县林业局 版权所有\n电话：65550100\n";
        let of_page: Vec<&str> = paragraphs(text)
            .iter()
            .filter(|p| p.shape == Shape::Web)
            .map(|p| p.content.of(text))
            .collect();
        let want = [
            "附件下载：1.名册.xls",
            "2.地图.jpg",
            "网站地图",
            "甲县林业局 版权所有",
            "电话：65550100",
        ];
        assert_eq!(of_page, want);
        let none = "一、护林\n附件下载后请填写。\n1.名册\n";
        assert!(paragraphs(none).iter().all(|p| p.shape != Shape::Web));
    }

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
