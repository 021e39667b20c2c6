//! The parts of a file (GB/T 9704-2012, 7): header, title, addressees, body, attachment list, closing, notes; then the
//! documents that a cover notice encloses and the bodies of attachments, each with a title of its own.

use super::header;
use super::header::Header;
use super::kind;
use super::paragraph::Paragraph;
use super::quote::quoted_titles;
use super::shape::Shape;
use crate::span::Span;
use crate::text::fold;
use crate::text::words::words;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

mod item;
mod listed;
mod signed;

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
    /// How many paragraphs of all bodies begin with a marker.
    pub marked: usize,
}

/// Splits the paragraphs of a file into parts.
#[must_use]
pub fn parts(text: &str, paragraphs: &[Paragraph]) -> Parts {
    let mut reader = Reader {
        text,
        paragraphs,
        parts: Vec::new(),
        listed: Vec::new(),
        listed_numbers: HashSet::new(),
        listed_titles: HashSet::new(),
        enclosed: HashSet::new(),
        initials: HashSet::new(),
        closed: false,
        titles: HashSet::new(),
        titled: 0,
        is_bare: true,
        has_sections: false,
        marked: 0,
    };
    reader.read();
    Parts {
        parts: reader.parts,
        listed: reader.listed,
        marked: reader.marked,
    }
}

struct Reader<'t> {
    text: &'t str,
    paragraphs: &'t [Paragraph],
    parts: Vec<Part>,
    listed: Vec<Listed>,
    listed_numbers: HashSet<Option<u32>>,
    /// Titles of the list, without blanks, but for the last, which may still go on.
    listed_titles: HashSet<String>,
    /// The titles of the first `titled` parts, without blanks.
    titles: HashSet<String>,
    titled: usize,
    /// Whether all behind the notice are attachments without a number.
    is_bare: bool,
    /// Titles in 《》 in the notice's title, without blanks: what a cover notice encloses.
    enclosed: HashSet<String>,
    /// With which characters the titles named and listed begin.
    initials: HashSet<char>,
    /// Whether the notice itself has been signed or dated.
    closed: bool,
    /// Whether a line with a marker stands in the body of the last part.
    has_sections: bool,
    /// How many such lines stand in the bodies of all parts.
    marked: usize,
}

impl<'t> Reader<'t> {
    fn read(&mut self) {
        let mut at = self.open(PartKind::Notice, None, 0, 0);
        let title = self.parts[0].header.title_words(self.text);
        self.enclosed = quoted_titles(&title).into_iter().collect();
        if self.enclosed.is_empty() {
            self.enclosed
                .extend(passed_on(&title).map(fold::without_blanks));
        }
        let initials = self.enclosed.iter().filter_map(|t| t.chars().next());
        self.initials = initials.collect();
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
        self.push_part(kind, number, header, start);
        next
    }

    fn push_part(&mut self, kind: PartKind, number: Option<u32>, header: Header, start: usize) {
        self.has_sections = false;
        let bare = kind == PartKind::Attachment && number.is_none();
        self.is_bare = self.is_bare && (bare || self.parts.is_empty());
        self.parts.push(Part {
            kind,
            number,
            header,
            body: Vec::with_capacity(16),
            closing: Closing::default(),
            span: Span::new(start, self.text.len()),
        });
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
            } => {
                let rest = paragraph.content.start + rest as usize;
                self.attachment(at, number.map(u32::from), rest, colon)
            }
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
            Shape::Text | Shape::Web if self.tells_publicity(paragraph.content) => {
                self.part().closing.notes.push(paragraph.content);
                at + 1
            }
            Shape::Text if let Some((date, last)) = self.date_over_lines(at) => {
                self.close_with(at, date, last + 1)
            }
            Shape::Text | Shape::Bracketed | Shape::Marked => {
                self.enclosure(at).unwrap_or_else(|| self.body(at))
            }
            _ => self.body(at),
        }
    }

    /// Takes what the lead names beside the title: 现将《…方案》《…办法》印发给你们.
    fn enclosed_by_lead(&mut self, at: usize) {
        let line = self.paragraphs[at].content.of(self.text);
        let passes = || words!["印发", "转发", "下发", "发布", "公布"].is_in(line);
        if line.starts_with("现将《") && passes() {
            let titles = quoted_titles(line);
            let initials = titles.iter().filter_map(|t| t.chars().next());
            self.initials.extend(initials);
            self.enclosed.extend(titles);
        }
    }

    fn body(&mut self, at: usize) -> usize {
        if !self.closed && self.in_notice() {
            self.enclosed_by_lead(at);
        }
        let is_marked = self.paragraphs[at].marker.is_some();
        self.has_sections |= is_marked;
        self.marked += usize::from(is_marked);
        self.part().body.push(at);
        at + 1
    }

    fn next_filled(&self, from: usize) -> Option<usize> {
        (from..self.paragraphs.len()).find(|i| !self.paragraphs[*i].is_blank())
    }

    fn previous_filled(&self, before: usize) -> Option<usize> {
        (0..before).rev().find(|i| !self.paragraphs[*i].is_blank())
    }

    /// 抄送 stands below the closing, or is the last but for the 印发 line.
    fn is_footer(&self, at: usize) -> bool {
        // 内部发送：研究局、条法司。
        let inner = |i: &usize| {
            self.paragraphs[*i]
                .content
                .of(self.text)
                .starts_with("内部")
        };
        let below = || {
            let next = self.next_filled(at + 1);
            match next.filter(inner) {
                Some(inner) => self.next_filled(inner + 1),
                None => next,
            }
        };
        self.closed
            || below()
                .is_none_or(|i| matches!(self.paragraphs[i].shape, Shape::Printed | Shape::CopyTo))
    }

    fn is_note(&self, content: Span) -> bool {
        let line = content.of(self.text);
        line.contains("此件") || line.contains("公开") || (self.closed && self.in_notice())
    }

    /// 公开方式：主动公开, 信息公开选项：依申请公开 below the signature.
    fn tells_publicity(&self, content: Span) -> bool {
        let line = content.of(self.text);
        let bare = line.starts_with("此件")
            && line.contains("公开")
            && fold::count_within(line, 12).is_some();
        bare && self.closed
            || self.closed
                && line.ends_with("公开")
                && fold::count_within(line, 20).is_some()
                && line
                    .split_once(['：', ':'])
                    .is_some_and(|(label, _)| label.contains("公开"))
    }

    /// Opens an enclosure where its title stands at `at`.
    fn enclosure(&mut self, at: usize) -> Option<usize> {
        if !self.in_notice() {
            return self.next_enclosed(at).or_else(|| self.next_listed(at));
        }
        let marked = self.paragraphs[at].marker;
        if let Some(marker) = marked {
            // a plan that begins without a title, below a signed cover without sections
            let cover = self.closed && marker.ordinal == 1 && !self.has_sections;
            return cover.then(|| self.open_untitled(at));
        }
        if self.part().body.is_empty() || !self.may_be_title(at) {
            return None;
        }
        let block = header::title_block(self.text, self.paragraphs, at)?;
        let title = fold::without_blanks(&block.words(self.text));
        let named = self.enclosed.contains(title.trim_matches(['《', '》']));
        let listed = self.is_listed_title(&title);
        let below = self.closed
            && kind::ends_as_title(&title)
            && block.lines().iter().all(|s| s.len() < 240);
        if !(named || listed || below) {
            return None;
        }
        let kind = if listed && !named {
            PartKind::Attachment
        } else {
            PartKind::Enclosure
        };
        Some(self.open(kind, None, at, at))
    }

    /// Opens the next of several enclosures that the notice's title names: 印发《…办法》《…细则》.
    fn next_enclosed(&mut self, at: usize) -> Option<usize> {
        let last = self.parts.last()?;
        let may_follow = self.enclosed.len() > 1
            && last.kind == PartKind::Enclosure
            && self.paragraphs[at].marker.is_none()
            && self.is_initial(at);
        if !may_follow {
            return None;
        }
        let block = header::title_block(self.text, self.paragraphs, at)?;
        let title = fold::without_blanks(&block.words(self.text));
        let title = title.trim_matches(['《', '》']);
        let is_new = self.enclosed.contains(title) && !self.is_opened(title);
        is_new.then(|| self.open(PartKind::Enclosure, None, at, at))
    }

    /// Whether a part with this title was opened.
    fn is_opened(&mut self, title: &str) -> bool {
        for part in &self.parts[self.titled..] {
            let words = part.header.title_words(self.text);
            self.titles.insert(fold::without_blanks(&words));
        }
        self.titled = self.parts.len();
        self.titles.contains(title)
    }

    /// Opens the body of the next attachment listed, where the bodies stand one behind the other by their titles alone.
    fn next_listed(&mut self, at: usize) -> Option<usize> {
        let may_follow = self.listed.len() > 1
            && self.closed
            && self.paragraphs[at].shape == Shape::Text
            && self.is_initial(at)
            && self.parts.last().is_some_and(|p| !p.body.is_empty())
            && self.is_bare;
        if !may_follow {
            return None;
        }
        let title = fold::without_blanks(self.paragraphs[at].content.of(self.text));
        let title = title.trim_matches(['《', '》']);
        let is_new = self.is_listed_title(title) && !self.is_opened(title);
        is_new.then(|| self.open(PartKind::Attachment, None, at, at))
    }

    /// Whether a title may begin here: below a signed cover any, else one that is named or listed, told by its first character.
    fn may_be_title(&self, at: usize) -> bool {
        if self.closed {
            return true;
        }
        self.is_initial(at)
    }

    /// Whether the line begins as a title does that is named or listed.
    fn is_initial(&self, at: usize) -> bool {
        if self.initials.is_empty() {
            return false;
        }
        let line = self.paragraphs[at].content.of(self.text);
        let mut written = line.chars().filter(|c| !fold::is_blank(*c));
        let quoted = |c: &char| matches!(c, '《' | '》');
        match written.next() {
            Some(c) if self.initials.contains(&c) => true,
            Some(c) if quoted(&c) => written
                .find(|c| !quoted(c))
                .is_none_or(|c| self.initials.contains(&c)),
            _ => false,
        }
    }

    fn open_untitled(&mut self, at: usize) -> usize {
        let start = self.paragraphs[at].whole.start;
        self.finish(start);
        self.push_part(PartKind::Enclosure, None, Header::default(), start);
        self.body(at)
    }
}

/// What a title without 《》 says is passed on: 关于印发甲县护林方案的通知.
fn passed_on(title: &str) -> Option<&str> {
    let head = title.strip_suffix("的通知")?;
    let acts = words!["印发", "转发", "批转", "发布"];
    let named = &head[acts.find(head)? + "印发".len()..];
    kind::ends_as_title(named).then_some(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_title_names_is_enclosed_with_quotes_or_without() {
        let titles = |text: &str| -> Vec<String> {
            let outline = outline::read(text);
            let parts = outline.parts.iter().skip(1);
            parts.map(|p| p.header.title_words(text)).collect()
        };
        let bare = "甲县林业局关于印发甲县护林工作方案的通知\n各林场：\n现将《甲县护林工作方案》印发给你们，请贯彻执行。\n甲县护林工作方案\n一、目标\n无火情。\n二、任务\n巡山。\n甲县林业局\n2031年5月6日\n";
        assert_eq!(titles(bare), ["甲县护林工作方案"]);
        let two = "关于印发《护林工作方案》《巡山考核办法》的通知\n各林场：\n请贯彻执行。\n甲县林业局\n2031年5月6日\n护林工作方案\n一、目标\n无火情。\n二、任务\n巡山。\n巡山考核办法\n一、对象\n护林员。\n";
        assert_eq!(titles(two), ["护林工作方案", "巡山考核办法"]);
        let led = "关于印发《护林工作方案》的通知\n各林场：\n现将《护林工作方案》《巡山考核办法》印发给你们，请贯彻执行。\n甲县林业局\n2031年5月6日\n护林工作方案\n一、目标\n无火情。\n二、任务\n巡山。\n巡山考核办法\n一、对象\n护林员。\n";
        assert_eq!(titles(led), ["护林工作方案", "巡山考核办法"]);
        assert_eq!(outline::read(two).diagnostics, []);
    }
    use crate::outline;

    /// Kind, number and title of each part.
    fn parts_of(text: &str) -> Vec<(PartKind, Option<u32>, String)> {
        let parts = outline::read(text).parts;
        let told = |p: &Part| (p.kind, p.number, p.header.title_text(text));
        parts.iter().map(told).collect()
    }

    const COVER: &str = "关于做好护林工作的通知\n各林场：\n请遵照执行。\n";

    #[test]
    fn the_body_of_a_listed_attachment_is_a_part() {
        let text = format!(
            "{COVER}附件：巡山记录表\n甲县林场\n2031年3月1日\n附件1\n巡山记录表\n日期\t巡山人\n"
        );
        let want = (PartKind::Attachment, Some(1), "巡山记录表".to_owned());
        assert_eq!(parts_of(&text)[1..], [want]);
        assert_eq!(parts_of("护林通知\n附件材料要齐全。\n").len(), 1);
    }

    #[test]
    fn a_signature_is_taken_off_the_body_and_a_deadline_is_not() {
        let text = format!("{COVER}甲县林场\n甲县防火办公室\n2031年3月1日\n");
        let outline = outline::read(&text);
        let signers = &outline.parts[0].closing.signers;
        let names: Vec<&str> = signers.iter().map(|s| s.of(&text)).collect();
        assert_eq!(names, ["甲县林场", "甲县防火办公室"]);
        let text = format!("{COVER}一、活动时间\n2031年3月1日\n二、活动地点\n");
        assert!(outline::read(&text).parts[0].closing.dates.is_empty());
    }

    #[test]
    fn a_signature_may_lack_seal_or_date() {
        let names = |text: &str| {
            let signers = outline::read(text).parts[0].closing.signers.clone();
            let names: Vec<String> = signers.iter().map(|s| s.of(text).to_owned()).collect();
            names.join("|")
        };
        let text = format!("{COVER}甲县林业局 甲县公安局\n甲县气象局（代章）\n2031年3月1日\n");
        assert_eq!(names(&text), "甲县林业局 甲县公安局|甲县气象局（代章）");
        assert_eq!(
            names(&format!("{COVER}附：名册\n甲县林业局\n")),
            "甲县林业局"
        );
        // 附件, 抄送 and who answers questions may stand below who signed
        for below in [
            "附件：1.名册\n2.回执\n",
            "抄送：县政府办公室。\n",
            "（联系人：周一，电话：0999-8000001）\n",
            "（此件公开发布）\n",
            "5月8日\n",
        ] {
            let text = format!("{COVER}甲县林业局防火处\n{below}");
            assert_eq!(names(&text), "甲县林业局防火处", "{below}");
        }
        // an organ that stands among what is told has signed nothing
        for told in [
            "表扬单位如下：\n甲县林业局\n",
            "请送以下单位。\n甲县林业局\n甲县公安局\n以上单位要回执。\n",
            "报送地点。\n二、县林业局\n",
            "请转发到林场各支部\n",
        ] {
            assert_eq!(names(&format!("{COVER}{told}")), "", "{told}");
        }
    }

    #[test]
    fn who_may_read_it_stands_below_the_signature() {
        let text = format!("{COVER}甲县林场\n2031年3月1日\n公开方式：主动公开\n");
        let outline = outline::read(&text);
        let notes = &outline.parts[0].closing.notes;
        assert_eq!(
            notes.first().map(|n| n.of(&text)),
            Some("公开方式：主动公开")
        );
        let told = format!("{COVER}要求：名册公开\n甲县林场\n2031年3月1日\n");
        assert!(outline::read(&told).parts[0].closing.notes.is_empty());
    }

    #[test]
    fn a_plan_below_a_signed_cover_is_enclosed() {
        let signed = "甲县林场\n2031年3月1日\n";
        let named = format!(
            "关于印发《护林工作方案》的通知\n各林场：\n现印发给你们。\n{signed}护林工作方案\n一、目标\n"
        );
        let want = (PartKind::Enclosure, None, "护林工作方案".to_owned());
        assert_eq!(parts_of(&named)[1..], [want]);
        let untitled = format!("{COVER}{signed}一、目标\n二、任务\n");
        assert_eq!(
            parts_of(&untitled)[1..],
            [(PartKind::Enclosure, None, String::new())]
        );
        // a cover that has sections of its own encloses nothing
        let text = format!("{COVER}一、目标\n{signed}一、任务\n");
        assert_eq!(parts_of(&text).len(), 1);
    }
}
