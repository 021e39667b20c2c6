//! What stands above the body: letterhead, number, title over one to five lines, addressees.

use super::kind;
use super::page;
use super::paragraph::Paragraph;
use super::shape;
use super::shape::Shape;
use crate::span::Span;
use crate::text::fold;
use crate::text::words::words;
use std::cell::Cell;

mod addressed;
mod copies;
mod maker;
mod navigation;
mod telegram;
mod title;

use title::TitleBlock;
pub(super) use title::title_block;

/// The parts above the body; spans are lines or parts of lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// 发文机关标志: lines above the number.
    pub letterhead: Vec<Span>,
    /// 发文字号.
    pub doc_number: Option<Span>,
    /// 份号, 密级, 紧急程度, 签发人.
    pub marks: Vec<Span>,
    /// The lines of the title.
    pub title: Vec<Span>,
    /// Lines in brackets, and organ and date, below the title.
    pub notes: Vec<Span>,
    /// 主送机关, from the first name to the colon.
    pub addressees: Option<Span>,
    /// Lines that a web page prints around the title, with the fields that it states, and between attachments listed.
    pub page: Vec<Span>,
}

impl Header {
    /// The lines of the title, one behind the other.
    pub(super) fn title_words(&self, text: &str) -> String {
        title::run_together(text, &self.title)
    }

    /// The title with its line breaks joined.
    #[must_use]
    pub fn title_text(&self, text: &str) -> String {
        let lines: Vec<&str> = self.title.iter().map(|s| s.of(text)).collect();
        fold::joined(&lines.join("\n"))
    }
}

/// Reads the header that begins at paragraph `from`; gives the index of the first paragraph below it.
/// Only the notice itself has letterhead, number and addressees.
#[must_use]
pub fn read(text: &str, paragraphs: &[Paragraph], from: usize, notice: bool) -> (Header, usize) {
    let mut reader = Reader {
        text,
        paragraphs,
        header: Header::default(),
        at: from,
        copies: 0,
        asked: Cell::new(None),
    };
    if notice {
        reader.above_title();
        reader.letterhead_of_many();
    }
    reader.title();
    if notice {
        reader.below_title();
        reader.addressees();
    }
    (reader.header, reader.at)
}

/// 2031年5月6日甲市人民政府令第3号公布: what was done to a text, as it stands in brackets below the title of others.
fn is_act(line: &str) -> bool {
    let words = line.trim_end_matches(['）', ')', '，', '。']);
    let acts = words![
        "通过", "公布", "发布", "批准", "修订", "修正", "印发", "施行"
    ];
    acts.end(words)
        && shape::date_len(line).is_some()
        && fold::count_within(line, 120).is_some()
        && !words.contains('。')
}

/// 第7期, （第七期）, 总第12期: the number of an issue below the title of minutes.
fn is_issue(line: &str) -> bool {
    let line = line.trim_matches(['（', '）', '(', ')']);
    let number = line
        .strip_suffix('期')
        .and_then(|head| head.strip_prefix('总').unwrap_or(head).strip_prefix('第'));
    number.is_some_and(|n| crate::text::numeral::value(n.trim()).is_some())
}

/// 征稿时间：即日起至5月1日: a label with its value, as no title has one; 倡议书：人人护林 may be one.
fn is_labelled(line: &str) -> bool {
    const ENDS: [&str; 12] = [
        "时间",
        "日期",
        "地点",
        "地址",
        "电话",
        "联系人",
        "方式",
        "邮箱",
        "来源",
        "作者",
        "对象",
        "单位",
    ];
    let label = line.split_once(['：', ':']).map(|(label, _)| label);
    label.is_some_and(|label| ENDS.iter().any(|end| label.ends_with(end)))
}

struct Reader<'t> {
    text: &'t str,
    paragraphs: &'t [Paragraph],
    header: Header,
    at: usize,
    /// How often the title was seen again.
    copies: usize,
    /// The line that was last asked for a page's, and whether it is: most are asked for in several ways.
    asked: Cell<Option<(Span, bool)>>,
}

impl Reader<'_> {
    fn current(&self) -> Option<Paragraph> {
        self.paragraphs.get(self.at).copied()
    }

    fn above_title(&mut self) {
        while let Some(paragraph) = self.current() {
            match paragraph.shape {
                Shape::Blank => {}
                Shape::Header => self.header.marks.push(paragraph.content),
                Shape::DocNumber => {
                    self.header.doc_number.get_or_insert(paragraph.content);
                }
                // 附件1 above the title of what was attached to a notice and saved by itself
                Shape::Attachment { rest, .. }
                    if rest as usize >= paragraph.content.len() && self.is_first() =>
                {
                    self.header.page.push(paragraph.content);
                }
                // （甲政发〔2031〕3号）
                Shape::Bracketed
                    if self.header.doc_number.is_none()
                        && let Some(number) =
                            shape::bracketed_number(self.text, paragraph.content) =>
                {
                    self.header.doc_number = Some(number);
                }
                _ if self.is_telegram(paragraph.content) => self.telegram(paragraph.content),
                _ if self.is_of_page(paragraph) => self.header.page.push(paragraph.content),
                Shape::Text if self.is_letterhead() => {
                    self.header.letterhead.push(paragraph.content)
                }
                _ => return,
            }
            self.at += 1;
        }
    }

    /// Whether nothing stands above the current line, and a title below it.
    fn is_first(&self) -> bool {
        self.paragraphs[..self.at].iter().all(Paragraph::is_blank) && self.gather(self.at + 1).1
    }

    /// Whether a web page prints this line, or it is the value of the label that the page's last line ends with.
    fn is_of_page(&self, paragraph: Paragraph) -> bool {
        let line = paragraph.content.of(self.text);
        let awaited = || {
            self.header.page.last().is_some_and(|last| {
                self.at > 0
                    && self.paragraphs[..self.at]
                        .iter()
                        .rev()
                        .find(|p| !p.is_blank())
                        .is_some_and(|above| above.content == *last)
                    && page::awaits_value(last.of(self.text))
                    && fold::count_within(line, 40).is_some()
                    && !line.ends_with(['：', ':'])
                    && !kind::ends_as_title(line)
                    && !self.title_begins(line)
            })
        };
        paragraph.shape == Shape::Web
            || self.is_page_line(paragraph.content)
            || awaited()
            || self.header.title.is_empty()
                && (self.is_below_page() && page::may_be_field(line) || self.is_glued_field())
    }

    /// Whether the current line says of what a document is, and a whole title begins with it: 甲县人民政府关于印发《护林⏎方案》的通知.
    fn title_begins(&self, line: &str) -> bool {
        ["关于", "印发", "转发"]
            .iter()
            .any(|act| line.contains(act))
            && self.gather(self.at).1
    }

    /// Whether a page prints such a line.
    fn is_page_line(&self, line: Span) -> bool {
        match self.asked.get() {
            Some((asked, is_page_line)) if asked == line => is_page_line,
            _ => {
                let is_page_line = page::is_page_line(line.of(self.text));
                self.asked.set(Some((line, is_page_line)));
                is_page_line
            }
        }
    }

    /// The title that may begin at paragraph `from`, as [`title::gather`] gives it.
    fn gather(&self, from: usize) -> (TitleBlock, bool, usize) {
        title::gather(self.text, self.paragraphs, from, |line| {
            self.is_page_line(line)
        })
    }

    /// Whether the line is one of several whose labels nothing parts from their values.
    fn is_glued_field(&self) -> bool {
        let is_glued = |p: &Paragraph| page::glued(p.content.of(self.text)).is_some();
        self.current().is_some_and(|p| is_glued(&p))
            && (self.is_below_page() || self.filled_from(self.at + 1).is_some_and(is_glued))
    }

    /// Whether the last line with words above is a page's.
    fn is_below_page(&self) -> bool {
        let mut above = self.paragraphs[..self.at].iter().rev();
        let line = above.find(|p| !p.is_blank());
        line.is_some_and(|p| self.header.page.last() == Some(&p.content))
    }

    /// A short line that ends with 文件, or one that stands above the number and is no title.
    fn is_letterhead(&self) -> bool {
        let line = self.paragraphs[self.at].content.of(self.text);
        let is_above = self.header.title.is_empty() && self.header.doc_number.is_none();
        if !is_above && !line.ends_with(['件', '纸']) {
            return false;
        }
        let mut written = line.chars().filter(|c| !fold::is_blank(*c));
        if !fold::fits(line, 40) && written.nth(40).is_some() {
            return false;
        }
        if line.ends_with(['件', '纸']) {
            let squeezed = fold::without_blanks(line);
            let of_paper = words!["文件", "公文稿纸", "发文稿纸", "公文用纸"].end(&squeezed);
            if of_paper && !squeezed.contains("关于") {
                return true;
            }
        }
        let number_below = || {
            self.paragraphs[self.at..]
                .iter()
                .filter(|p| !p.is_blank())
                .take(6)
                .any(|p| p.shape == Shape::DocNumber)
        };
        is_above && number_below() && !line.contains("关于") && !self.gather(self.at).1
    }

    fn title(&mut self) {
        while self
            .current()
            .is_some_and(|p| p.is_blank() || p.shape == Shape::Web)
        {
            self.at += 1;
        }
        let is_column = self.at < self.paragraphs.len()
            && self.is_led_to(self.at)
            && self.gather(self.at + 1).1;
        if is_column {
            self.leave_to_page(self.at + 1);
        }
        let (mut block, mut complete, mut next) = self.gather(self.at);
        let found = || {
            let below = self.title_below_page();
            below
                .or_else(|| self.below_navigation())
                .or_else(|| self.below_report())
        };
        if !complete && let Some(at) = found() {
            self.leave_to_page(at);
            if self.is_of_page(self.paragraphs[at]) {
                self.above_title();
            }
            (block, complete, next) = self.gather(self.at);
        }
        if complete {
            self.header.page.extend(block.drop_lead(self.text));
            self.take_title(&block);
            self.at = next;
            return;
        }
        // no known ending: the lines that stand together
        let block = block.until_page(|line| self.is_page_line(line));
        let start = self.at;
        for (i, paragraph) in self.paragraphs.iter().enumerate().skip(start).take(3) {
            let line = paragraph.content.of(self.text);
            let together = block.lines().contains(&paragraph.content) && !paragraph.is_blank();
            // a label with its value, a row of a table
            if !together
                || line.contains('\t')
                || is_labelled(line)
                || i > start && line.contains(['：', ':'])
            {
                break;
            }
            let line = title::without_comment(self.text, paragraph.content);
            self.header.title.push(line);
            self.at = i + 1;
        }
    }

    /// Takes the title, less the number and the 《》 that a page puts around it.
    fn take_title(&mut self, block: &TitleBlock) {
        let (lines, number) = block.trimmed(self.text);
        self.header.title = lines;
        if let Some(number) = number {
            self.header.doc_number.get_or_insert(number);
        }
    }

    /// Below the head of a series (专题会议纪要, 第7号, organ and date) stands the document's own title: 关于….
    fn own_title(&self) -> Option<(TitleBlock, usize)> {
        let numbered = self
            .header
            .doc_number
            .is_some_and(|n| self.header.title.last().is_some_and(|t| t.end <= n.start));
        let first = self.header.title.first()?.of(self.text);
        if !numbered || first.contains("关于") {
            return None;
        }
        let (block, complete, next) = self.gather(self.at);
        let own = block
            .lines()
            .first()
            .is_some_and(|l| l.of(self.text).contains("关于"));
        (complete && own).then_some((block, next))
    }

    /// The title again, the number, lines in brackets, an author and a date: all that may stand between title and addressees.
    fn below_title(&mut self) {
        while let Some(paragraph) = self.current() {
            match paragraph.shape {
                Shape::Blank => {}
                Shape::Header => self.header.marks.push(paragraph.content),
                Shape::DocNumber => {
                    self.header.doc_number.get_or_insert(paragraph.content);
                }
                Shape::Bracketed
                    if paragraph.content.of(self.text).contains(['日', '号', '年']) =>
                {
                    match shape::bracketed_number(self.text, paragraph.content) {
                        Some(number) => {
                            self.header.doc_number.get_or_insert(number);
                        }
                        None => self.header.notes.push(paragraph.content),
                    }
                }
                _ if self.is_of_page(paragraph) => self.header.page.push(paragraph.content),
                Shape::Text if self.is_letterhead() => {
                    self.header.letterhead.push(paragraph.content)
                }
                Shape::Text if is_issue(paragraph.content.of(self.text)) => {
                    self.header.page.push(paragraph.content);
                }
                Shape::Date if self.is_below_issue() => self.header.notes.push(paragraph.content),
                Shape::Text if self.stands_above_number(paragraph) => {
                    self.header.page.push(paragraph.content);
                }
                Shape::Text if is_act(paragraph.content.of(self.text)) => {
                    self.header.notes.push(paragraph.content);
                }
                Shape::SignedDate if self.header.doc_number.is_some() => {
                    self.header.notes.push(paragraph.content)
                }
                Shape::Text if self.is_title_again(paragraph) => {
                    self.copies += 1;
                    self.header.page.push(paragraph.content);
                }
                Shape::Text if self.is_broken_number() || self.is_cut_title() => {
                    self.header.page.push(paragraph.content)
                }
                Shape::Text if self.is_maker() => self.header.letterhead.push(paragraph.content),
                Shape::Date if self.is_below_maker() => self.header.notes.push(paragraph.content),
                Shape::Text | Shape::Date | Shape::SignedDate | Shape::Bracketed
                    if self.is_stamp(paragraph) =>
                {
                    self.stamp(paragraph);
                }
                Shape::Text | Shape::Date | Shape::SignedDate => {
                    let next = match self.own_title() {
                        Some((block, next)) => {
                            self.header.letterhead.append(&mut self.header.title);
                            self.header.title = block.lines().to_vec();
                            Some(next)
                        }
                        None => self
                            .repeated_title()
                            .or_else(|| self.title_below_headline()),
                    };
                    match next {
                        Some(next) => self.at = next,
                        None => return,
                    }
                    continue;
                }
                _ => return,
            }
            self.at += 1;
        }
    }

    /// Whether the number of an issue stands right above: 第7期⏎2031年5月6日.
    fn is_below_issue(&self) -> bool {
        let mut above = self.paragraphs[..self.at].iter().rev();
        let line = above.find(|p| !p.is_blank());
        line.is_some_and(|p| is_issue(p.content.of(self.text)))
    }

    /// A类: a mark of a few characters above the number.
    fn stands_above_number(&self, paragraph: Paragraph) -> bool {
        let mut below = self.paragraphs[self.at + 1..]
            .iter()
            .filter(|p| !p.is_blank());
        let line = paragraph.content.of(self.text);
        self.header.doc_number.is_none()
            && fold::count_within(line, 6).is_some()
            && !line.ends_with(['：', ':', '。'])
            && below.next().is_some_and(|p| p.shape == Shape::DocNumber)
    }

    /// A number, the date of issue, or a page's own line, as they may stand below a title.
    fn stamp(&mut self, paragraph: Paragraph) {
        let line = paragraph.content.of(self.text);
        if let Some(number) = self.number_with_date(paragraph) {
            self.header.doc_number.get_or_insert(number);
        } else if matches!(paragraph.shape, Shape::Date | Shape::SignedDate) && line.contains('年')
        {
            self.header.notes.push(paragraph.content);
        } else {
            self.header.page.push(paragraph.content);
        }
    }
}

#[cfg(test)]
mod tests;
