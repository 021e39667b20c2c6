//! Titles that a web page prints: the second copy of a title, and the document's own below a headline.

use super::super::kind;
use super::super::organ;
use super::super::paragraph::Paragraph;
use super::super::shape;
use super::super::shape::Shape;
use super::Reader;
use super::maker::{is_seat, names_many};
use super::navigation::calls;
use super::title;
use super::title::TitleBlock;
use crate::span::Span;
use crate::text::fold;

/// At most so many lines of a page stand between two copies of the title.
const BETWEEN_TITLES: usize = 24;

impl Reader<'_> {
    /// Below the headline of a page stands the document's own title, worded otherwise: with 关于… and a kind, and with the
    /// number or the addressees below it.
    pub(super) fn title_below_headline(&mut self) -> Option<usize> {
        // most lines below a title are told at once
        if self
            .filled_from(self.at)
            .is_none_or(|below| self.is_told(below))
        {
            return None;
        }
        let title = self.squeezed(&self.header.title);
        if title.is_empty() {
            return None;
        }
        let headed = !title::says_of_what(&title) || self.is_page_below_title();
        let below = self.paragraphs.iter().enumerate().skip(self.at);
        // right below a title in full there is no other but the document's own
        let lines = if headed { BETWEEN_TITLES } else { 1 };
        let filled = below.filter(|(_, p)| !p.is_blank()).take(lines);
        for (i, paragraph) in filled {
            if self.is_told(paragraph) {
                return None;
            }
            if paragraph.shape != Shape::Text {
                continue;
            }
            let (mut block, complete, next) = self.gather(i);
            if complete && self.heads_a_notice(&block, next) {
                self.leave_to_page(i);
                self.header.page.append(&mut self.header.title);
                self.header
                    .letterhead
                    .extend(block.drop_maker(self.text, false));
                self.take_title(&block);
                return Some(next);
            }
        }
        None
    }

    /// Whether a page's own line stands below the title.
    pub(super) fn is_page_below_title(&self) -> bool {
        let end = self.header.title.last().map_or(0, |s| s.end);
        self.header.page.last().is_some_and(|p| p.start >= end)
    }

    /// Whether the title says what kind of document it is, and the number or the addressees stand below it.
    fn heads_a_notice(&self, block: &TitleBlock, next: usize) -> bool {
        title::says_of_what(&block.words(self.text))
            && self.filled_from(next).is_some_and(|below| {
                let line = below.content.of(self.text);
                below.shape == Shape::DocNumber
                    || below.shape == Shape::Bracketed
                        && shape::bracketed_number(self.text, below.content).is_some()
                    || below.shape == Shape::Text && names_many(line)
            })
    }

    /// The first line with words from paragraph `at` on.
    pub(super) fn filled_from(&self, at: usize) -> Option<&Paragraph> {
        self.paragraphs.iter().skip(at).find(|p| !p.is_blank())
    }

    /// Whether the line can stand between no two titles: a sentence, an item, addressees, a date of issue.
    fn is_told(&self, paragraph: &Paragraph) -> bool {
        let line = paragraph.content.of(self.text);
        matches!(paragraph.shape, Shape::Marked | Shape::Attachment { .. })
            || (line.contains('。') || calls(line)) && !self.is_page_line(paragraph.content)
            || paragraph.shape == Shape::Date && line.contains('年')
    }

    /// The index below a second copy of the title: web pages print it above the document, perhaps shortened, and fields
    /// between the two.
    pub(super) fn repeated_title(&mut self) -> Option<usize> {
        if let Some((block, next)) = self.same_title(self.at, false) {
            self.see_again(block, next);
            return Some(next);
        }
        let (at, block, next) = self.title_further_down()?;
        let above = (self.at..at)
            .rev()
            .find(|i| !self.paragraphs[*i].is_blank());
        for (i, paragraph) in self.paragraphs[..at].iter().enumerate().skip(self.at) {
            match paragraph.shape {
                Shape::Blank => {}
                // the maker, as collections of rules set it between title and text
                Shape::Text if above == Some(i) && is_seat(paragraph.content.of(self.text)) => {
                    self.header.letterhead.push(paragraph.content);
                }
                Shape::Header => self.header.marks.push(paragraph.content),
                Shape::DocNumber => {
                    self.header.doc_number.get_or_insert(paragraph.content);
                }
                _ => self.header.page.push(paragraph.content),
            }
        }
        self.see_again(block, next);
        Some(next)
    }

    /// Takes notice of another copy of the title, with `next` below it.
    fn see_again(&mut self, mut block: TitleBlock, next: usize) {
        let title = self.squeezed(&self.header.title);
        let below = block.lines().get(1..).unwrap_or_default();
        let same = self.squeezed(below) == title;
        let apart = same && (self.copies > 0 || !title.starts_with("关于"));
        let maker = block.drop_maker(self.text, apart);
        self.header.letterhead.extend(maker);
        self.copies += 1;
        self.prefer(&block, next);
    }

    /// The same title again below lines that are no sentences, items or addressees: where it stands, and what is below it.
    fn title_further_down(&self) -> Option<(usize, TitleBlock, usize)> {
        let below = self.paragraphs.iter().enumerate().skip(self.at);
        let filled = below.filter(|(_, p)| !p.is_blank()).take(BETWEEN_TITLES);
        for (i, paragraph) in filled {
            if self.is_told(paragraph) {
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
        let (mut block, complete, next) = self.gather(at);
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
        let long = fold::count_within(&first, 5).is_none();
        let same = long && whole || !strict && (first == second || long && alike());
        same.then_some((block, next))
    }

    pub(super) fn squeezed(&self, lines: &[Span]) -> String {
        let mut out = String::with_capacity(lines.iter().map(|line| line.len()).sum());
        for line in lines {
            out.extend(line.of(self.text).split(fold::is_blank));
        }
        out
    }

    /// Of two copies of the title the one that names the organ; else the one without what a page puts before it.
    fn prefer(&mut self, second: &TitleBlock, next: usize) {
        let a = self.squeezed(&self.header.title);
        let b = self.squeezed(&second.trimmed(self.text).0);
        let takes = match (a.strip_suffix(&b), b.strip_suffix(&a)) {
            // …的通知（2031修订）: a collection of rules says which version it has
            (None, None) if kind::without_trailing_brackets(&a) == b => true,
            (Some(before), _) => !before.is_empty() && !organ::is_organ(before),
            // a title that names its organ has it only as a letterhead above
            (None, Some(before)) => {
                let acts = ["关于", "印发", "转发", "批转", "对"];
                organ::is_organ(before) && acts.iter().any(|act| a.starts_with(act))
            }
            // worded otherwise: the document's own
            (None, None) => self.is_page_below_title() && self.heads_a_notice(second, next),
        };
        if takes {
            self.take_title(second);
        }
    }
}
