//! Paragraphs: the lines of a file with their shapes, the unit that parts and sections are made of.

use super::contents;
use super::decimal::Decimals;
use super::marker;
use super::marker::{Marker, Style};
use super::shape;
use super::shape::{Ahead, Shape};
use crate::span::Span;
use crate::text::fold::is_blank;
use crate::text::line;
use crate::text::numeral;

mod below;
mod cells;

use below::{DOWNLOADS, leave_downloads, leave_footer};
use cells::Heads;

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

    /// Takes it for a line of a web page: its number counts nothing.
    fn leave_to_page(&mut self) {
        self.shape = Shape::Web;
        self.marker = None;
    }
}

/// The paragraphs of a text: its lines; 第一章 and the 第一条 behind it on one line are two.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Paragraph> {
    let lines: Vec<Span> = line::wholes(text).collect();
    of_lines(text, &lines)
}

/// The same of a text whose lines are these.
pub(super) fn of_lines(text: &str, lines: &[Span]) -> Vec<Paragraph> {
    // exact for all but such lines: growing would need twice the room
    let mut out = Vec::with_capacity(lines.len());
    let mut shapes = Ahead::new(text);
    let mut decimals = Decimals::default();
    let mut heads = Heads::default();
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
    // what is settled when all lines are known, where there is any such
    let (mut parts, mut lists) = (false, false);
    // a table of contents ends where its first entry stands again
    let mut contents = 0;
    for line in lines.iter().map(|whole| line::line(text, *whole)) {
        let mut first = paragraph(line.whole, line.content);
        if first.shape == Shape::Text && contents::heads(line.content.of(text)) {
            contents = contents::end(text, line.whole.end).unwrap_or_default();
        }
        if line.whole.start < contents && !first.is_blank() {
            first.leave_to_page();
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
        parts = parts || first.marker.is_some_and(|m| is_parted(text, &m));
        lists = lists || first.content.of(text).starts_with(DOWNLOADS);
        decimals.take(text, out.len(), &first);
        heads.take(text, out.len(), &first);
        out.push(first);
    }
    decimals.mark(&mut out);
    heads.leave_cells(text, &mut out);
    if parts {
        settle_parted(text, &mut out);
    }
    if shapes.has_rows() {
        cells::take_heads_of_rows(text, &mut out);
    }
    if lists {
        leave_downloads(text, &mut out);
    }
    leave_footer(text, &mut out);
    out
}

/// Whether only a blank parts the numeral from its heading: 一　指导思想.
fn is_parted(text: &str, marker: &Marker) -> bool {
    let last = || marker.span.of(text).chars().next_back();
    marker.style == Style::HanDot && last().is_some_and(numeral::is_chinese)
}

/// Numerals that only a blank parts from their headings count where three or more do so from 一 on, and no other is
/// followed by a stop: 二 年级全体学生 is the end of a line that was broken.
fn settle_parted(text: &str, paragraphs: &mut [Paragraph]) {
    let parts = |p: &Paragraph| p.marker.is_some_and(|m| is_parted(text, &m));
    let is_han = |p: &&Paragraph| p.marker.is_some_and(|m| m.style == Style::HanDot);
    let all = || paragraphs.iter().filter(is_han);
    let counts = |(p, n): (&Paragraph, u32)| parts(p) && p.marker.is_some_and(|m| m.ordinal == n);
    if all().nth(2).is_some() && all().zip(1..).all(counts) {
        return;
    }
    for paragraph in paragraphs.iter_mut().filter(|p| parts(p)) {
        paragraph.shape = Shape::Text;
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
    fn numerals_that_a_blank_parts_count_together_or_not_at_all() {
        let marked = |text: &str| {
            paragraphs(text)
                .iter()
                .filter(|p| p.marker.is_some())
                .count()
        };
        let plan =
            "护林方案\n一  指导思想：\n为了护林。\n二  主要活动\n巡山。\n三 具体要求\n抓好。\n";
        assert_eq!(marked(plan), 3);
        assert_eq!(marked("一、评奖\n公布\n二 等奖获奖名单\n二、领奖\n"), 2);
        assert_eq!(marked("参加的有一年级和\n二 年级全体学生\n"), 0);
    }

    #[test]
    fn a_row_with_one_filled_cell_is_a_row() {
        let text = "序号\t任务\t单位\n一、巡山\t\t\n1\t早巡\t甲场\n二、防火\n";
        let shapes: Vec<Shape> = paragraphs(text).iter().map(|p| p.shape).collect();
        use Shape::{Marked, TableRow};
        assert_eq!(shapes, [TableRow, TableRow, TableRow, Marked]);
        // no table above
        assert_eq!(paragraphs("一、巡山\t\n")[0].shape, Marked);
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
