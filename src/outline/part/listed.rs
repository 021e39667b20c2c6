//! The list of attachments below the body, and the headings of their bodies.

use super::super::header::Header;
use super::super::kind;
use super::super::marker;
use super::super::organ::is_organ;
use super::super::quote::unbalanced;
use super::super::shape::Shape;
use super::Listed;
use super::PartKind;
use super::Reader;
use super::item::divided;
use super::item::is_item;
use super::item::numbered;
use super::item::second_title;
use super::item::unstopped;
use super::item::without_extension;
use crate::span::Span;
use crate::text::fold;
use crate::text::numeral;

/// The title of an attachment runs over at most this many lines of the list.
const LISTED_LINES: usize = 8;

impl Reader<'_> {
    pub(super) fn attachment(
        &mut self,
        at: usize,
        number: Option<u32>,
        rest: usize,
        colon: bool,
    ) -> usize {
        let content = self.paragraphs[at].content;
        let bare = rest >= content.end;
        let next = self.next_filled(at + 1);
        // 附件：⏎甲县林业局⏎2031年5月6日: nothing is listed
        if bare && number.is_none() && !self.closed && next.is_some_and(|i| self.signs_at(i)) {
            return at + 1;
        }
        let list_follows = next.is_some_and(|i| {
            self.paragraphs[i]
                .marker
                .is_some_and(|m| m.ordinal == 1 && self.item_is_short(i))
        });
        let heading = if bare {
            next.is_some()
                && !(number.is_none()
                    && list_follows
                    && (colon || self.listed.is_empty())
                    && !self.closed)
                && !(colon && number.is_none() && list_follows)
        } else {
            (number.is_some() && (self.closed || self.listed_numbers.contains(&number)))
                || (number.is_none() && !self.listed.is_empty() && !self.in_list_place(at))
                || (number.is_none() && self.listed.is_empty() && self.heads_body(rest, at))
        };
        if colon
            && bare
            && number.is_none()
            && let Some(title) = next.filter(|i| self.heads_again(*i))
        {
            self.list_line(self.paragraphs[title].content, None);
            return title + 1;
        }
        let lists = colon || !self.closed && self.listed.is_empty();
        if lists && bare && number.is_none() && next.is_some_and(|i| self.names_file(i)) {
            return self.files(at + 1);
        }
        if !heading {
            return self.list(at, number, rest);
        }
        if !bare && !self.closed && next.is_some_and(|i| self.signs_at(i)) {
            // 附件：巡山记录表, once more above the signature
            return at + 1;
        }
        let next = self.open(PartKind::Attachment, number, at, at + 1);
        if !bare {
            // the lines below are read as its body, whatever a header would take them for
            self.part().header = Header {
                title: vec![Span::new(rest, content.end)],
                ..Header::default()
            };
            return at + 1;
        }
        next
    }

    /// Whether the body of the attachment named below the signature follows it: 附：参会单位名单⏎县水利局、县林业局.
    fn heads_body(&self, rest: usize, at: usize) -> bool {
        let title = Span::new(rest, self.paragraphs[at].content.end);
        let below = self.paragraphs.get(at + 1).filter(|p| !p.is_blank());
        let follows = below.is_some_and(|p| match p.shape {
            Shape::TableRow => true,
            Shape::Text => {
                let line = p.content.of(self.text);
                line.contains(['、', '。']) && !line.starts_with(['（', '('])
            }
            _ => false,
        });
        self.closed
            && follows
            && marker::read(self.text, title).is_none()
            && kind::ends_as_title(title.of(self.text))
    }

    /// Whether the line is the name of a file: 巡山记录表.docx.
    fn names_file(&self, at: usize) -> bool {
        let paragraph = self.paragraphs[at];
        let line = paragraph.content.of(self.text);
        paragraph.shape == Shape::Text && without_extension(line) != line
    }

    /// Lists the files that are named from paragraph `from` on, a line each.
    fn files(&mut self, from: usize) -> usize {
        let mut next = from;
        while let Some(at) = self.next_filled(next).filter(|at| self.names_file(*at)) {
            self.list_line(self.paragraphs[at].content, None);
            next = at + 1;
        }
        next
    }

    /// Whether the line below a bare 附件： names what the next 附件 is the heading of: 附件：⏎巡山记录表⏎附件⏎巡山记录表.
    fn heads_again(&self, title: usize) -> bool {
        let line = |i: usize| self.paragraphs[i].content;
        let Some(heading) = self.next_filled(title + 1) else {
            return false;
        };
        let Shape::Attachment { rest, .. } = self.paragraphs[heading].shape else {
            return false;
        };
        let behind = Span::new(line(heading).start + rest as usize, line(heading).end);
        let named = match behind.is_empty() {
            true => self.next_filled(heading + 1).map(line),
            false => Some(behind),
        };
        let words = |span: Span| fold::without_blanks(span.of(self.text));
        self.item_is_short(title) && named.is_some_and(|named| words(named) == words(line(title)))
    }

    /// Whether an organ with its date below it, or a date alone, stands at the paragraph.
    fn signs_at(&self, at: usize) -> bool {
        let paragraph = self.paragraphs[at];
        let dated = |i: usize| self.paragraphs[i].shape == Shape::Date;
        match paragraph.shape {
            Shape::Date | Shape::SignedDate => true,
            Shape::Text if is_organ(paragraph.content.of(self.text)) => {
                self.next_filled(at + 1).is_some_and(dated)
            }
            _ => false,
        }
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
        // the last entry of a list may end with a stop; a sentence is no entry
        let words = match content.strip_suffix('。') {
            Some(words) if kind::ends_as_title(words) || words.ends_with('》') => words,
            _ => content,
        };
        fold::count_within(words, 80).is_some() && !words.contains('。')
    }

    /// Reads the list 附件：1.… 2.… that begins at `at`.
    fn list(&mut self, at: usize, number: Option<u32>, rest: usize) -> usize {
        let content = self.paragraphs[at].content;
        let first = Span::new(rest.min(content.end), content.end);
        // 附件：（略）, 附件：无
        if matches!(
            first.of(self.text),
            "（略）" | "(略)" | "略" | "（无）" | "无"
        ) {
            return at + 1;
        }
        // 附件：1巡山记录表⏎2值守记录表
        let second = || {
            let below = self.next_filled(at + 1).map(|i| self.paragraphs[i].content);
            below.is_some_and(|line| unstopped(line.of(self.text), 2).is_some())
        };
        // 附件：点此下载⏎1：巡山记录表
        let hint = || {
            let below = self.next_filled(at + 1).map(|i| self.paragraphs[i]);
            first.of(self.text).ends_with("下载")
                && fold::count_within(first.of(self.text), 8).is_some()
                && below.is_some_and(|p| {
                    p.marker.is_some_and(|m| m.ordinal == 1)
                        || unstopped(p.content.of(self.text), 1).is_some()
                })
        };
        match unstopped(first.of(self.text), 1).filter(|_| number.is_none() && second()) {
            _ if number.is_none() && hint() => {}
            Some(len) => self.list_line(Span::new(first.start + len, first.end), Some(1)),
            None if first.is_empty() => {}
            None => self.list_line(first, number),
        }
        let mut next = at + 1;
        while let Some(i) = self.next_filled(next) {
            let paragraph = self.paragraphs[i];
            let expected = self
                .listed
                .last()
                .and_then(|l| l.number)
                .map_or(1, |n| n + 1);
            let bare = unstopped(paragraph.content.of(self.text), expected);
            // 1-1.巡山表⏎1-2.值守表⏎2.名册
            let part = divided(paragraph.content.of(self.text));
            let of_part = part.is_some_and(|(n, _)| n == expected || n + 1 == expected);
            let counts = bare.is_some()
                || of_part
                || paragraph.marker.is_some_and(|m| m.ordinal == expected);
            let item = counts && self.item_is_short(i);
            // 附件1：… 附件2：… one a line
            let repeated = matches!(paragraph.shape, Shape::Attachment { number: Some(n), rest, .. }
                if u32::from(n) == expected && (rest as usize) < paragraph.content.len() && !self.closed);
            // 附件：1.…⏎附件：2.…
            let labelled = self.labelled_item(i, expected);
            // 附件1-1：…⏎附件1-2：…
            let is_divided = |n: u8| {
                u32::from(n) + 1 == expected
                    && fold::without_blanks(paragraph.content.of(self.text))
                        .trim_start_matches("附件")
                        .trim_start_matches(|c: char| c.is_ascii_digit())
                        .starts_with(['-', '－', '—', '–'])
            };
            let repeated = repeated
                || matches!(paragraph.shape, Shape::Attachment { number: Some(n), rest, .. }
                    if (rest as usize) < paragraph.content.len() && !self.closed && is_divided(n));
            if let Some(title) = labelled {
                self.list_line(title, None);
            } else if item {
                match bare {
                    Some(len) => {
                        let title = Span::new(paragraph.content.start + len, paragraph.content.end);
                        self.list_line(title, Some(expected));
                    }
                    None => self.list_line(paragraph.content, None),
                }
            } else if let (true, Shape::Attachment { number, rest, .. }) =
                (repeated, paragraph.shape)
            {
                let start = paragraph.content.start + rest as usize;
                let title = Span::new(start, paragraph.content.end);
                self.list_line(title, number.map(u32::from));
            } else if self.hangs_below(i) {
                self.list_line(paragraph.content, None);
            } else if paragraph.shape == Shape::Text && self.continues_item(paragraph.content) {
                if let Some(last) = self.listed.last_mut() {
                    last.title.push(paragraph.content);
                }
            } else if let Some(further) = self.item_further_down(i, expected) {
                let between = self.paragraphs[i..further].iter();
                let captions = between.filter(|p| !p.is_blank()).map(|p| p.content);
                self.part().header.page.extend(captions);
                next = further;
                continue;
            } else {
                break;
            }
            next = i + 1;
        }
        next
    }

    /// Whether a title of its own stands deep below the one title without a number: 附：巡山记录表⏎　　　值守记录表.
    fn hangs_below(&self, at: usize) -> bool {
        // deeper than a paragraph begins
        const PARAGRAPH: usize = 4;
        let paragraph = self.paragraphs[at];
        let line = paragraph.content.of(self.text);
        let whole = |l: &Listed| l.number.is_none() && kind::ends_as_title(&self.squeezed_title(l));
        paragraph.shape == Shape::Text
            && fold::indent(paragraph.whole.of(self.text)) > PARAGRAPH
            && kind::ends_as_title(line)
            && fold::count_within(line, 40).is_some()
            && !line.contains(['。', '：', '，'])
            && !is_organ(line)
            && self.listed.last().is_some_and(whole)
    }

    /// The item with its number where the label of the list stands once more before it: 附件：2.值守记录表.
    fn labelled_item(&self, at: usize, expected: u32) -> Option<Span> {
        let paragraph = self.paragraphs[at];
        let Shape::Attachment {
            number: None, rest, ..
        } = paragraph.shape
        else {
            return None;
        };
        let title = Span::new(
            paragraph.content.start + rest as usize,
            paragraph.content.end,
        );
        let counts =
            expected > 1 && marker::read(self.text, title).is_some_and(|m| m.ordinal == expected);
        (counts && !self.closed).then_some(title)
    }

    /// The next item of the list below one or two captions that a page put between (识别二维码查看).
    fn item_further_down(&self, from: usize, expected: u32) -> Option<usize> {
        if self.closed || expected == 1 {
            return None;
        }
        let mut at = from;
        for _ in 0..2 {
            let paragraph = self.paragraphs.get(at)?;
            let line = paragraph.content.of(self.text);
            let caption = paragraph.shape == Shape::Text
                && fold::count_within(line, 24).is_some()
                && !line.contains(['。', '：', '，'])
                && !is_organ(line);
            if !caption {
                return None;
            }
            at = self.next_filled(at + 1)?;
            let below = self.paragraphs.get(at)?;
            if below.marker.is_some_and(|m| m.ordinal == expected) && self.item_is_short(at) {
                return Some(at);
            }
        }
        None
    }

    /// One line of the list: an item, or several run together.
    fn list_line(&mut self, line: Span, number: Option<u32>) {
        let mut line = line;
        let mut number = number;
        loop {
            if number.is_none()
                && let Some((n, len)) = divided(line.of(self.text))
            {
                number = Some(n);
                line = Span::new(line.start + len, line.end).trimmed(self.text);
            } else if number.is_none()
                && let Some(marker) = marker::read(self.text, line)
            {
                number = Some(marker.ordinal);
                line = Span::new(marker.span.end, line.end).trimmed(self.text);
            }
            if number.is_none()
                && let Some(rest) = line.of(self.text).strip_prefix("附件")
                && let Some((n, len)) = numbered(rest)
            {
                number = Some(n);
                line = Span::new(line.end - rest.len() + len, line.end).trimmed(self.text);
            }
            let next = match number {
                Some(n) => self.next_item(line, n + 1),
                None => second_title(line.of(self.text)).map(|at| line.start + at),
            };
            let end = next.unwrap_or(line.end);
            let title = Span::new(line.start, end).trimmed(self.text);
            let inner = title
                .of(self.text)
                .trim_end_matches(['；', ';', '。', '，', ',', '、', '和', '及']);
            let inner = without_extension(inner);
            let title = Span::new(title.start, title.start + inner.len());
            if !title.is_empty() {
                self.push_listed(number, title);
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

    fn push_listed(&mut self, number: Option<u32>, title: Span) {
        if let Some(last) = self.listed.last() {
            self.listed_titles.insert(self.squeezed_title(last));
        }
        self.listed_numbers.insert(number);
        let words = title.of(self.text).chars();
        self.initials
            .extend(words.filter(|c| !fold::is_blank(*c)).take(1));
        self.listed.push(Listed {
            number,
            title: vec![title],
        });
    }

    pub(super) fn squeezed_title(&self, listed: &Listed) -> String {
        let lines: String = listed.title.iter().map(|s| s.of(self.text)).collect();
        fold::without_blanks(&lines)
    }

    /// Whether the list names an attachment of this title (without blanks).
    pub(super) fn is_listed_title(&self, title: &str) -> bool {
        self.listed_titles.contains(title)
            || self
                .listed
                .last()
                .is_some_and(|last| self.squeezed_title(last) == title)
    }

    /// Where the item numbered `n` begins within a line of the list, behind a blank or a stop.
    fn next_item(&self, line: Span, n: u32) -> Option<usize> {
        let inner = line.of(self.text);
        let mut gap = false;
        for (i, c) in inner.char_indices() {
            // 1.巡山记录表2.值守记录表
            let follows = || kind::ends_as_title(&inner[..i]) && is_item(&inner[i..]);
            let begins = match c.is_ascii_digit() {
                true => gap || i > 0 && follows(),
                false => gap && matches!(c, '（' | '(' | '附'),
            };
            if begins || numeral::circled(c).is_some() {
                let at = Span::new(line.start + i, line.end);
                // 附件1：甲；附件2：乙
                let words = at.of(self.text);
                let named = words
                    .strip_prefix("附件")
                    .and_then(|rest| unstopped(rest, n));
                if marker::read(self.text, at).is_some_and(|m| m.ordinal == n) || named.is_some() {
                    return Some(at.start);
                }
            }
            gap = fold::is_blank(c) || matches!(c, '；' | ';' | '，' | ',' | '。');
        }
        None
    }

    /// Whether the line goes on with the last item of the list: the item is not yet a title, with the line it is one.
    fn continues_item(&self, line: Span) -> bool {
        let Some(last) = self.listed.last().filter(|l| l.title.len() < LISTED_LINES) else {
            return false;
        };
        let so_far: String = last.title.iter().map(|s| s.of(self.text)).collect();
        let rest = line.of(self.text);
        let open = unbalanced(&so_far);
        // a file with its ending is named in full, and those who sign go on with no name
        let whole = without_extension(&so_far) != so_far;
        if whole || !open && is_organ(rest) {
            return false;
        }
        (open || !kind::ends_as_title(&so_far))
            && fold::count_within(rest, 40).is_some()
            && !rest.contains(['。', '：'])
            && kind::ends_as_title(rest)
    }
}

#[cfg(test)]
mod tests;
