//! The parts of a file (GB/T 9704-2012, 7): header, title, addressees, body, attachment list, closing, notes; then the
//! documents that a cover notice encloses and the bodies of attachments, each with a title of its own.

use super::header;
use super::header::Header;
use super::kind;
use super::paragraph::Paragraph;
use super::shape;
use super::shape::Shape;
use crate::span::Span;
use crate::text::fold;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which of the three a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PartKind {
    /// The notice itself.
    Notice,
    /// A document that a cover notice encloses.
    Enclosure,
    /// The body of an attachment.
    Attachment,
}

/// A part of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which of the three.
    pub kind: PartKind,
    /// The number behind 附件, for the body of an attachment.
    pub number: Option<u32>,
    /// What stands above the body.
    pub header: Header,
    /// Indices of the paragraphs of the body.
    pub body: Vec<usize>,
    /// What stands below the body.
    pub closing: Closing,
    /// From the part's first paragraph to its last, blanks included.
    pub span: Span,
}

/// What stands below the body of a part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closing {
    /// Lines (or what stands before the date on a line) that hold the signing organs.
    pub signers: Vec<Span>,
    /// Dates of issue.
    pub dates: Vec<Span>,
    /// Lines in brackets: （此件公开发布）.
    pub notes: Vec<Span>,
    /// 抄送 lines.
    pub copied_to: Vec<Span>,
    /// 印发 lines.
    pub printed: Vec<Span>,
}

/// An attachment as the list below the body names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its number; null for a single one without.
    pub number: Option<u32>,
    /// Its title; several spans where it runs over lines.
    pub title: Vec<Span>,
}

/// The parts of a file and the attachments that it lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The notice itself first.
    pub parts: Vec<Part>,
    /// In the order of the list.
    pub listed: Vec<Listed>,
}

/// Splits the paragraphs of a file into parts.
#[must_use]
pub fn parts(text: &str, paragraphs: &[Paragraph]) -> Parts {
    let mut reader = Reader {
        text,
        paragraphs,
        parts: Vec::new(),
        listed: Vec::new(),
        enclosed: Vec::new(),
        closed: false,
    };
    reader.read();
    Parts {
        parts: reader.parts,
        listed: reader.listed,
    }
}

struct Reader<'t> {
    text: &'t str,
    paragraphs: &'t [Paragraph],
    parts: Vec<Part>,
    listed: Vec<Listed>,
    /// Titles in 《》 in the notice's title, without blanks: what a cover notice encloses.
    enclosed: Vec<String>,
    /// Whether the notice itself has been signed or dated.
    closed: bool,
}

/// The most lines that a signature holds: several organs, one a line.
const SIGNERS: usize = 30;

impl<'t> Reader<'t> {
    fn read(&mut self) {
        let mut at = self.open(PartKind::Notice, None, 0, 0);
        let title = self.parts[0].header.title_text(self.text);
        self.enclosed = quoted_titles(&title);
        while at < self.paragraphs.len() {
            at = self.step(at);
        }
        self.finish(self.text.len());
        self.sign_without_date();
    }

    /// Opens a part whose heading (附件1) is at `from` and whose header begins at `header`.
    fn open(&mut self, kind: PartKind, number: Option<u32>, from: usize, header: usize) -> usize {
        let start = match self.parts.is_empty() {
            true => 0,
            false => self.paragraphs[from].whole.start,
        };
        self.finish(start);
        let (header, next) =
            header::read(self.text, self.paragraphs, header, kind == PartKind::Notice);
        self.parts.push(Part {
            kind,
            number,
            header,
            body: Vec::new(),
            closing: Closing::default(),
            span: Span::new(start, self.text.len()),
        });
        next
    }

    fn finish(&mut self, end: usize) {
        if let Some(part) = self.parts.last_mut() {
            part.span = Span::new(part.span.start, end);
        }
    }

    fn part(&mut self) -> &mut Part {
        let last = self.parts.len() - 1;
        &mut self.parts[last]
    }

    fn in_notice(&self) -> bool {
        self.parts.len() == 1
    }

    /// Takes the paragraph at `at`, gives the index of the next.
    fn step(&mut self, at: usize) -> usize {
        let paragraph = self.paragraphs[at];
        match paragraph.shape {
            Shape::Blank => at + 1,
            Shape::Attachment {
                number,
                rest,
                colon,
            } => self.attachment(at, number, rest, colon),
            Shape::Date | Shape::SignedDate if self.closes(at) => self.close(at),
            Shape::Printed => {
                self.part().closing.printed.push(paragraph.content);
                at + 1
            }
            Shape::CopyTo if self.is_footer(at) => {
                self.part().closing.copied_to.push(paragraph.content);
                at + 1
            }
            Shape::Bracketed if self.is_note(paragraph.content) => {
                self.part().closing.notes.push(paragraph.content);
                at + 1
            }
            Shape::Text | Shape::Bracketed | Shape::Marked => {
                self.enclosure(at).unwrap_or_else(|| self.body(at))
            }
            _ => self.body(at),
        }
    }

    fn body(&mut self, at: usize) -> usize {
        self.part().body.push(at);
        at + 1
    }

    fn next_filled(&self, from: usize) -> Option<usize> {
        (from..self.paragraphs.len()).find(|i| !self.paragraphs[*i].is_blank())
    }

    fn previous_filled(&self, before: usize) -> Option<usize> {
        (0..before).rev().find(|i| !self.paragraphs[*i].is_blank())
    }

    fn attachment(&mut self, at: usize, number: Option<u32>, rest: usize, colon: bool) -> usize {
        let content = self.paragraphs[at].content;
        let bare = rest >= content.end;
        let next = self.next_filled(at + 1);
        let list_follows = next.is_some_and(|i| {
            self.paragraphs[i]
                .marker
                .is_some_and(|m| m.ordinal == 1 && self.item_is_short(i))
        });
        let is_listed = |n: Option<u32>| self.listed.iter().any(|l| l.number == n);
        let heading = if bare {
            next.is_some()
                && !(number.is_none()
                    && list_follows
                    && (colon || self.listed.is_empty())
                    && !self.closed)
                && !(colon && number.is_none() && list_follows)
        } else {
            (number.is_some() && (self.closed || is_listed(number)))
                || (number.is_none() && !self.listed.is_empty() && !self.in_list_place(at))
        };
        if !heading {
            return self.list(at, number, rest);
        }
        let next = self.open(PartKind::Attachment, number, at, at + 1);
        if !bare {
            self.part().header.title = vec![Span::new(rest, content.end)];
            return at + 1;
        }
        next
    }

    /// Whether no body of an attachment has begun, so that a second 附件： may still be of the list.
    fn in_list_place(&self, at: usize) -> bool {
        !self.closed
            && self.in_notice()
            && self
                .next_filled(at + 1)
                .is_some_and(|i| matches!(self.paragraphs[i].shape, Shape::Attachment { .. }))
    }

    fn item_is_short(&self, at: usize) -> bool {
        let content = self.paragraphs[at].content.of(self.text);
        content.chars().count() <= 80 && !content.contains('。')
    }

    /// Reads the list 附件：1.… 2.… that begins at `at`.
    fn list(&mut self, at: usize, number: Option<u32>, rest: usize) -> usize {
        let content = self.paragraphs[at].content;
        let first = Span::new(rest.min(content.end), content.end);
        if !first.is_empty() {
            self.list_line(first, number);
        }
        let mut next = at + 1;
        while let Some(i) = self.next_filled(next) {
            let paragraph = self.paragraphs[i];
            let expected = self
                .listed
                .last()
                .and_then(|l| l.number)
                .map_or(1, |n| n + 1);
            let item =
                paragraph.marker.is_some_and(|m| m.ordinal == expected) && self.item_is_short(i);
            // 附件1：… 附件2：… one a line
            let repeated = matches!(paragraph.shape, Shape::Attachment { number: Some(n), rest, .. }
                if n == expected && rest < paragraph.content.end && !self.closed);
            if item {
                self.list_line(paragraph.content, None);
            } else if let (true, Shape::Attachment { number, rest, .. }) =
                (repeated, paragraph.shape)
            {
                self.list_line(Span::new(rest, paragraph.content.end), number);
            } else if paragraph.shape == Shape::Text && self.continues_item(paragraph.content) {
                if let Some(last) = self.listed.last_mut() {
                    last.title.push(paragraph.content);
                }
            } else {
                break;
            }
            next = i + 1;
        }
        next
    }

    /// One line of the list: an item, or several run together.
    fn list_line(&mut self, line: Span, number: Option<u32>) {
        let mut line = line;
        let mut number = number;
        loop {
            if number.is_none()
                && let Some(marker) = super::marker::read(self.text, line)
            {
                number = Some(marker.ordinal);
                line = Span::new(marker.span.end, line.end).trimmed(self.text);
            }
            let next = number.and_then(|n| self.next_item(line, n + 1));
            let end = next.unwrap_or(line.end);
            let title = Span::new(line.start, end).trimmed(self.text);
            let inner = title
                .of(self.text)
                .trim_end_matches(['；', ';', '。', '，']);
            let title = Span::new(title.start, title.start + inner.len());
            if !title.is_empty() {
                self.listed.push(Listed {
                    number,
                    title: vec![title],
                });
            }
            match next {
                Some(at) => {
                    line = Span::new(at, line.end);
                    number = None;
                }
                None => return,
            }
        }
    }

    /// Where the item numbered `n` begins within a line of the list, behind a blank or a stop.
    fn next_item(&self, line: Span, n: u32) -> Option<usize> {
        let inner = line.of(self.text);
        let mut gap = false;
        for (i, c) in inner.char_indices() {
            if gap && c.is_ascii_digit() {
                let at = Span::new(line.start + i, line.end);
                if super::marker::read(self.text, at).is_some_and(|m| m.ordinal == n) {
                    return Some(at.start);
                }
            }
            gap = fold::is_blank(c) || matches!(c, '；' | ';' | '，' | '。');
        }
        None
    }

    /// Whether the line goes on with the last item of the list: the item is not yet a title, with the line it is one.
    fn continues_item(&self, line: Span) -> bool {
        let Some(last) = self.listed.last() else {
            return false;
        };
        let so_far: String = last.title.iter().map(|s| s.of(self.text)).collect();
        let rest = line.of(self.text);
        let open = unbalanced(&so_far);
        (open || !kind::ends_as_title(&so_far))
            && rest.chars().count() <= 40
            && !rest.contains(['。', '：'])
            && kind::ends_as_title(rest)
    }

    /// Whether the date on this line is the date of issue, not what stands under a heading such as 活动时间.
    fn closes(&self, at: usize) -> bool {
        if self.paragraphs[at].shape == Shape::SignedDate && !is_organ(self.signed_name(at)) {
            return false;
        }
        let above = self
            .parts
            .last()
            .and_then(|p| p.body.last())
            .map(|i| self.paragraphs[*i]);
        let under_heading = above.is_some_and(|above| {
            let line = above.content.of(self.text);
            above.shape == Shape::Marked
                && !line.contains('。')
                && line.chars().count() <= 24
                && self.paragraphs[at].content.start - above.content.end < 40
        });
        let before_item = self
            .next_filled(at + 1)
            .and_then(|i| self.paragraphs[i].marker)
            .is_some_and(|m| m.ordinal > 1);
        !under_heading && !before_item
    }

    fn signed_name(&self, at: usize) -> &'t str {
        let content = self.paragraphs[at].content;
        let date = shape::date_span(self.text, content).unwrap_or(content);
        Span::new(content.start, date.start).of(self.text).trim()
    }

    fn close(&mut self, at: usize) -> usize {
        let content = self.paragraphs[at].content;
        let date = shape::date_span(self.text, content).unwrap_or(content);
        let mut signers = Vec::new();
        let name = Span::new(content.start, date.start).trimmed(self.text);
        if !name.is_empty() {
            signers.push(name);
        }
        let mut before = at;
        while signers.len() < SIGNERS {
            let Some(i) = self.previous_filled(before) else {
                break;
            };
            let is_body = self.parts.last().is_some_and(|p| p.body.last() == Some(&i));
            let paragraph = self.paragraphs[i];
            if !is_body
                || paragraph.shape != Shape::Text
                || !is_organ(paragraph.content.of(self.text))
            {
                break;
            }
            self.part().body.pop();
            signers.push(paragraph.content);
            before = i;
        }
        signers.reverse();
        let mut next = at + 1;
        if signers.is_empty()
            && let Some(below) = self.organ_below(at)
        {
            signers.push(self.paragraphs[below].content);
            next = below + 1;
        }
        let closing = &mut self.part().closing;
        closing.signers.append(&mut signers);
        closing.dates.push(date);
        self.closed = true;
        next
    }

    /// The organ that stands below its date, where nothing that could be a title follows.
    fn organ_below(&self, at: usize) -> Option<usize> {
        let below = self.next_filled(at + 1)?;
        let paragraph = self.paragraphs[below];
        let last = self
            .next_filled(below + 1)
            .is_none_or(|i| !matches!(self.paragraphs[i].shape, Shape::Text | Shape::Marked));
        (last && paragraph.shape == Shape::Text && is_organ(paragraph.content.of(self.text)))
            .then_some(below)
    }

    /// 抄送 stands below the closing, or is the last but for the 印发 line.
    fn is_footer(&self, at: usize) -> bool {
        self.closed
            || self
                .next_filled(at + 1)
                .is_none_or(|i| matches!(self.paragraphs[i].shape, Shape::Printed | Shape::CopyTo))
    }

    fn is_note(&self, content: Span) -> bool {
        let line = content.of(self.text);
        line.contains("此件") || line.contains("公开") || (self.closed && self.in_notice())
    }

    /// Opens an enclosure where its title stands at `at`.
    fn enclosure(&mut self, at: usize) -> Option<usize> {
        if !self.in_notice() {
            return None;
        }
        let marked = self.paragraphs[at].marker;
        if let Some(marker) = marked {
            // a plan that begins without a title, below a signed cover without sections
            let cover = self.closed && marker.ordinal == 1 && !self.has_sections();
            return cover.then(|| self.open_untitled(at));
        }
        let block = header::title_block(self.text, self.paragraphs, at)?;
        let title: String = block.iter().map(|s| s.of(self.text)).collect();
        let title = fold::without_blanks(&title);
        let named = self
            .enclosed
            .contains(&title.trim_matches(['《', '》']).to_owned());
        let listed = self.listed.iter().any(|l| {
            fold::without_blanks(&l.title.iter().map(|s| s.of(self.text)).collect::<String>())
                == title
        });
        let below =
            self.closed && kind::ends_as_title(&title) && block.iter().all(|s| s.len() < 240);
        if !(named || listed || below) || self.part().body.is_empty() {
            return None;
        }
        let kind = if listed && !named {
            PartKind::Attachment
        } else {
            PartKind::Enclosure
        };
        Some(self.open(kind, None, at, at))
    }

    fn has_sections(&self) -> bool {
        self.parts
            .last()
            .is_some_and(|p| p.body.iter().any(|i| self.paragraphs[*i].marker.is_some()))
    }

    fn open_untitled(&mut self, at: usize) -> usize {
        let start = self.paragraphs[at].whole.start;
        self.finish(start);
        self.parts.push(Part {
            kind: PartKind::Enclosure,
            number: None,
            header: Header::default(),
            body: Vec::new(),
            closing: Closing::default(),
            span: Span::new(start, self.text.len()),
        });
        self.body(at)
    }

    /// A notice that is signed and not dated: the organs at the end of its body, set to the right or named in its title.
    fn sign_without_date(&mut self) {
        let title = fold::without_blanks(&self.parts[0].header.title_text(self.text));
        let part = &mut self.parts[0];
        if !part.closing.dates.is_empty() {
            return;
        }
        let mut signers = Vec::new();
        while let Some(&last) = part.body.last() {
            let paragraph = self.paragraphs[last];
            let name = paragraph.content.of(self.text);
            let set_right = paragraph.content.start - paragraph.whole.start >= 12;
            let named = title.starts_with(&fold::without_blanks(name));
            if paragraph.shape != Shape::Text
                || !is_organ(name)
                || !(set_right || named)
                || signers.len() == SIGNERS
            {
                break;
            }
            signers.push(paragraph.content);
            part.body.pop();
        }
        signers.reverse();
        part.closing.signers = signers;
    }
}

/// Whether a short line reads as the name of one organ, or of several parted by blanks.
#[must_use]
pub fn is_organ(line: &str) -> bool {
    if line.len() <= LONGEST_ORGANS {
        return is_organ_name(line.trim());
    }
    let mut pieces = line.split(fold::is_blank).filter(|p| !p.is_empty());
    line.len() < 3000 && pieces.all(is_organ_name)
}

/// The name of an organ, or of several run together, holds at most so many bytes.
const LONGEST_ORGANS: usize = 360;

fn is_organ_name(name: &str) -> bool {
    const ENDS: &str = "局会府办室处厅院部委心司队团所校站社行署联盟馆组厂园区镇乡村央学协关台场店";
    let name = name.trim_end_matches(['）', ')']);
    (4..=LONGEST_ORGANS).contains(&name.len())
        && !name.contains(['。', '：', ':', '；', '，', '？', '！'])
        && name.chars().next_back().is_some_and(|c| ENDS.contains(c))
}

/// The outermost titles in 《》, without blanks.
fn quoted_titles(title: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut depth = 0usize;
    let mut current = String::new();
    for c in title.chars().filter(|c| !fold::is_blank(*c)) {
        match c {
            '《' => {
                depth += 1;
                if depth == 1 {
                    current.clear();
                    continue;
                }
            }
            '》' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && !current.is_empty() {
                    out.push(std::mem::take(&mut current));
                    continue;
                }
            }
            _ => {}
        }
        if depth > 0 {
            current.push(c);
        }
    }
    out
}

/// Whether a bracket or quotation mark is left open.
#[must_use]
pub fn unbalanced(text: &str) -> bool {
    let mut open = [0i64; 4];
    for c in text.chars() {
        match c {
            '《' => open[0] += 1,
            '》' => open[0] -= 1,
            '“' => open[1] += 1,
            '”' => open[1] -= 1,
            '（' => open[2] += 1,
            '）' => open[2] -= 1,
            '〈' => open[3] += 1,
            '〉' => open[3] -= 1,
            _ => {}
        }
    }
    open.iter().any(|count| *count > 0)
}
