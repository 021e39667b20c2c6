//! Titles that a web page prints: the second copy of a title, and a title below lines that no list of a page's words holds.

use super::super::organ;
use super::super::page;
use super::super::paragraph::Paragraph;
use super::super::shape::Shape;
use super::Reader;
use super::title;
use super::title::{TitleBlock, gather};
use crate::span::Span;
use crate::text::fold;

/// At most so many lines of a page stand between two copies of the title.
const BETWEEN_TITLES: usize = 24;

impl Reader<'_> {
    /// Where a title that says what kind of document it is begins below short lines that are none: a page's, which no list of
    /// its words holds.
    pub(super) fn title_below_page(&self) -> Option<usize> {
        let below = self.paragraphs.iter().enumerate().skip(self.at);
        let filled = below
            .filter(|(_, p)| !p.is_blank())
            .take(BETWEEN_TITLES / 2);
        for (i, paragraph) in filled {
            let line = paragraph.content.of(self.text);
            let short = fold::count_within(line, 40).is_some();
            if i > self.at
                && let (block, true, _) = gather(self.text, self.paragraphs, i)
                && title::says_of_what(&block.words(self.text))
            {
                return Some(i);
            }
            if line.contains(['。', '；'])
                || line.ends_with(['：', ':', '，', '、', '的'])
                || line.contains("关于")
                || !short
                || matches!(
                    paragraph.shape,
                    Shape::Marked | Shape::Attachment { .. } | Shape::Date
                )
            {
                return None;
            }
        }
        None
    }

    /// The index below a second copy of the title: web pages print it above the document, perhaps shortened, and fields
    /// between the two.
    pub(super) fn repeated_title(&mut self) -> Option<usize> {
        if let Some((block, next)) = self.same_title(self.at, false) {
            self.prefer(&block);
            return Some(next);
        }
        let (at, block, next) = self.title_further_down()?;
        for paragraph in &self.paragraphs[self.at..at] {
            match paragraph.shape {
                Shape::Blank => {}
                Shape::Header => self.header.marks.push(paragraph.content),
                Shape::DocNumber => {
                    self.header.doc_number.get_or_insert(paragraph.content);
                }
                _ => self.header.page.push(paragraph.content),
            }
        }
        self.prefer(&block);
        Some(next)
    }

    /// The same title again below lines that are no sentences, items or addressees: where it stands, and what is below it.
    fn title_further_down(&self) -> Option<(usize, TitleBlock, usize)> {
        let below = self.paragraphs.iter().enumerate().skip(self.at);
        let filled = below.filter(|(_, p)| !p.is_blank()).take(BETWEEN_TITLES);
        let told = |p: &Paragraph| {
            let line = p.content.of(self.text);
            matches!(p.shape, Shape::Marked | Shape::Attachment { .. })
                || line.contains('。')
                || line.ends_with(['：', ':'])
                    && fold::count_within(line, 3).is_none()
                    && !page::is_page_line(line)
                || p.shape == Shape::Date && line.contains('年')
        };
        for (i, paragraph) in filled {
            if told(paragraph) {
                return None;
            }
            if paragraph.shape == Shape::Text
                && let Some((block, next)) = self.same_title(i, true)
            {
                return Some((i, block, next));
            }
        }
        None
    }

    /// The title that stands at paragraph `at`, if it is the header's: in full, or with another organ before it (`strict`);
    /// else one that shares its end.
    fn same_title(&self, at: usize, strict: bool) -> Option<(TitleBlock, usize)> {
        let (mut block, complete, next) = gather(self.text, self.paragraphs, at);
        if !complete {
            return None;
        }
        block.drop_lead(self.text);
        let first = self.squeezed(&self.header.title);
        let second = self.squeezed(&block.trimmed(self.text).0);
        let whole = first.ends_with(&second) || second.ends_with(&first);
        let alike = || {
            let pairs = first.chars().rev().zip(second.chars().rev());
            let shared = pairs.take_while(|(a, b)| a == b).count();
            shared >= 8 || first.contains(&second) || second.contains(&first)
        };
        (whole && first.chars().count() >= 6 || !strict && alike()).then_some((block, next))
    }

    fn squeezed(&self, lines: &[Span]) -> String {
        fold::without_blanks(&lines.iter().map(|s| s.of(self.text)).collect::<String>())
    }

    /// Of two copies of the title the one that names the organ; else the one without what a page puts before it.
    fn prefer(&mut self, second: &TitleBlock) {
        let a = self.squeezed(&self.header.title);
        let b = self.squeezed(&second.trimmed(self.text).0);
        let takes = match (a.strip_suffix(&b), b.strip_suffix(&a)) {
            (Some(before), _) => !before.is_empty() && !organ::is_organ(before),
            // a title that names its organ has it only as a letterhead above
            (None, Some(before)) => {
                let acts = ["关于", "印发", "转发", "批转", "对"];
                organ::is_organ(before) && acts.iter().any(|act| a.starts_with(act))
            }
            (None, None) => false,
        };
        if takes {
            self.take_title(second);
        }
    }
}
