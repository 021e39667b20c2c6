//! What stands below a title and is neither body nor addressees: the organ that made the document, the title cut off, a number
//! that lost figures.

use super::super::kind;
use super::super::organ;
use super::super::page;
use super::super::paragraph::Paragraph;
use super::super::shape;
use super::super::shape::Shape;
use super::Reader;
use crate::span::Span;
use crate::text::fold;
use crate::text::numeral;

/// Whether the line is the name of an organ that makes rules: of a government, its offices or a committee.
pub(super) fn is_seat(line: &str) -> bool {
    const ENDS: [&str; 10] = [
        "政府",
        "办公室",
        "办公厅",
        "委员会",
        "局",
        "厅",
        "部",
        "院",
        "署",
        "会",
    ];
    fold::count_within(line, 40).is_some()
        && organ::is_organ(line)
        && !line.starts_with('各')
        && ENDS.iter().any(|end| line.ends_with(end))
}

/// Whether the line ends as a list of addressees does: 各林场、有关单位：.
pub(super) fn names_many(line: &str) -> bool {
    line.ends_with(['：', ':'])
        && fold::count_within(line, 400).is_some()
        && (line.starts_with('各') || line.contains(['、', '，', ',']))
        && !line.contains(['。', '《'])
}

impl Reader<'_> {
    /// Whether the line is what a page stamps between a title and those who are addressed: a day, a counter, an address, words
    /// parted by bars. Those who are addressed, or the number, stand a few lines below it.
    pub(super) fn is_stamp(&self, paragraph: Paragraph) -> bool {
        const BEFORE_ADDRESSEES: usize = 4;
        let line = paragraph.content.of(self.text);
        let stamped = |c: char| c.is_ascii_alphanumeric() || numeral::is_figure(c);
        if self.header.title.is_empty()
            || line.ends_with(['：', ':'])
            || fold::count_within(line, 60).is_none()
            || line.contains(['。', '、', '，', '；', '《', '“'])
            || !line.contains(|c| c == '|' || stamped(c))
            || line.contains("关于")
            || kind::ends_as_title(line)
        {
            return false;
        }
        let below = self.paragraphs.iter().skip(self.at + 1);
        let filled = below.filter(|p| !p.is_blank()).take(BEFORE_ADDRESSEES);
        for p in filled {
            let next = p.content.of(self.text);
            match p.shape {
                Shape::DocNumber => return true,
                // 2031-02-09⏎来源：甲市人民政府办公厅
                _ if next.starts_with("来源") && page::is_page_line(next) => return true,
                Shape::Text if names_many(next) => return true,
                Shape::Marked | Shape::Attachment { .. } => return false,
                _ if next.contains('。') => return false,
                _ => {}
            }
        }
        false
    }

    /// The number that stands at the start of the line, a date or nothing but dashes around it: 甲林发〔2031〕3号 2031年5月6日.
    pub(super) fn number_with_date(&self, paragraph: Paragraph) -> Option<Span> {
        let line = paragraph.content.of(self.text);
        let dash = |c: char| matches!(c, '-' | '－' | '—' | '─' | '_') || fold::is_blank(c);
        let inner = line.trim_start_matches(dash);
        let len = shape::leading_number(inner)?;
        let rest = inner[len..].trim_matches(dash);
        let from = paragraph.content.end - inner.len();
        (rest.is_empty() || shape::date_len(rest) == Some(rest.len()))
            .then(|| Span::new(from, from + len))
    }

    /// Whether the line is the whole title again; one with an ending that titles have is read as a title.
    pub(super) fn is_title_again(&self, paragraph: Paragraph) -> bool {
        let line = paragraph.content.of(self.text);
        let [title] = self.header.title.as_slice() else {
            return false;
        };
        !kind::ends_as_title(line)
            && fold::count_within(line, 5).is_none()
            && title.of(self.text) == line
    }

    /// Whether the line is a number of which figures or brackets were lost: 甲政办〔20313号.
    pub(super) fn is_broken_number(&self) -> bool {
        let Some(paragraph) = self.paragraphs.get(self.at) else {
            return false;
        };
        let line = paragraph.content.of(self.text);
        let closes = ['号', '〕', '］', ']', '】', '﹞'];
        let inner = line.trim_end_matches(closes);
        if !inner.ends_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let Some((code, figures)) = inner.split_once(['〔', '［', '[', '【', '﹝']) else {
            return false;
        };
        !self.header.title.is_empty()
            && fold::count_within(code, 12).is_some_and(|n| n > 1)
            && code.chars().all(fold::is_han)
            && (4..=12).contains(&figures.len())
            && figures.bytes().all(|b| b.is_ascii_digit())
    }

    /// Whether the line is the title again, cut off at the end of its first line.
    pub(super) fn is_cut_title(&self) -> bool {
        let Some(paragraph) = self.paragraphs.get(self.at) else {
            return false;
        };
        if !self.is_page_below_title() {
            return false;
        }
        let line = fold::without_blanks(paragraph.content.of(self.text));
        fold::count_within(&line, 9).is_none()
            && self.squeezed(&self.header.title).starts_with(&line)
            && self
                .filled_from(self.at + 1)
                .is_some_and(|below| below.shape == Shape::DocNumber)
    }

    /// Whether the line is the organ that made the document, set below its title: a number, a date, the addressees or the
    /// title again stand below it.
    pub(super) fn is_maker(&self) -> bool {
        let Some(paragraph) = self.paragraphs.get(self.at) else {
            return false;
        };
        let line = paragraph.content.of(self.text);
        if self.header.title.is_empty()
            || fold::count_within(line, 60).is_none()
            || line.starts_with('各')
            || !organ::is_organ(line)
        {
            return false;
        }
        let Some(below) = self.filled_from(self.at + 1) else {
            return false;
        };
        let next = below.content.of(self.text);
        let title = self.squeezed(&self.header.title);
        let known = |s: &Span| s.of(self.text) == line;
        match below.shape {
            Shape::DocNumber | Shape::Date => true,
            Shape::Bracketed => next.contains(['日', '号']),
            _ if self.header.letterhead.iter().any(known) => true,
            _ if self.copies > 0 && is_seat(line) => true,
            Shape::Text => {
                let next = fold::without_blanks(next);
                next.starts_with('各') && names_many(&next)
                    || self.copies > 0 && next == title
                    || self.copies > 0 && next.chars().count() > 9 && title.starts_with(&next)
            }
            _ => false,
        }
    }

    /// Whether the maker's line stands right above.
    pub(super) fn is_below_maker(&self) -> bool {
        let above = self.paragraphs[..self.at]
            .iter()
            .rev()
            .find(|p| !p.is_blank());
        let end = self.header.title.last().map_or(0, |s| s.end);
        above.is_some_and(|p| {
            p.content.start >= end && self.header.letterhead.last() == Some(&p.content)
        })
    }
}
