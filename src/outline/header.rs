//! What stands above the body: letterhead, number, title over one to five lines, addressees.

use super::kind;
use super::paragraph::Paragraph;
use super::quote::Balance;
use super::shape::Shape;
use crate::span::Span;
use crate::text::fold;
use crate::text::lexicon::Lexicon;
use std::borrow::Cow;
use std::sync::LazyLock;

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
}

impl Header {
    /// The title with its line breaks joined.
    #[must_use]
    pub fn title_text(&self, text: &str) -> String {
        let lines: Vec<&str> = self.title.iter().map(|s| s.of(text)).collect();
        fold::joined(&lines.join("\n"))
    }
}

/// A title runs over at most this many lines.
const TITLE_LINES: usize = 5;
/// A line of a title holds at most this many characters.
const TITLE_LINE: usize = 120;

/// Reads the header that begins at paragraph `from`; gives the index of the first paragraph below it.
/// Only the notice itself has letterhead, number and addressees.
#[must_use]
pub fn read(text: &str, paragraphs: &[Paragraph], from: usize, notice: bool) -> (Header, usize) {
    let mut reader = Reader {
        text,
        paragraphs,
        header: Header::default(),
        at: from,
    };
    if notice {
        reader.above_title();
    }
    reader.title();
    if notice {
        reader.below_title();
        reader.addressees();
    }
    (reader.header, reader.at)
}

/// The lines of the title that begins at paragraph `at`: complete, or null.
#[must_use]
pub(super) fn title_block(text: &str, paragraphs: &[Paragraph], at: usize) -> Option<TitleBlock> {
    let (lines, complete, _) = gather(text, paragraphs, at);
    complete.then_some(lines)
}

/// The lines of a title, [`TITLE_LINES`] and a subtitle at most.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TitleBlock {
    lines: [Span; TITLE_LINES + 1],
    len: usize,
}

impl TitleBlock {
    fn push(&mut self, line: Span) {
        if let Some(free) = self.lines.get_mut(self.len) {
            *free = line;
            self.len += 1;
        }
    }

    /// The lines in order.
    pub(super) fn lines(&self) -> &[Span] {
        self.lines.get(..self.len).unwrap_or_default()
    }

    /// The words of all lines, one behind the other.
    pub(super) fn words<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.lines() {
            [line] => Cow::Borrowed(line.of(text)),
            lines => lines.iter().map(|s| s.of(text)).collect(),
        }
    }
}

/// Gathers lines until they read as a title: the lines, whether they do, and the index of the next paragraph.
fn gather(text: &str, paragraphs: &[Paragraph], from: usize) -> (TitleBlock, bool, usize) {
    let mut block = TitleBlock::default();
    let mut quotes = Balance::default();
    let mut blanks = 0;
    for (i, paragraph) in paragraphs.iter().enumerate().skip(from) {
        if paragraph.is_blank() {
            blanks += 1;
            if blanks > 2 {
                break;
            }
            continue;
        }
        let fits = matches!(paragraph.shape, Shape::Text | Shape::SignedDate)
            || (paragraph.shape == Shape::Bracketed && block.len > 0 && quotes.is_open());
        if !fits || block.len == TITLE_LINES || !may_be_of_title(paragraph.content.of(text)) {
            break;
        }
        if block.len == 0 {
            blanks = 0;
        }
        block.push(paragraph.content);
        quotes.take(paragraph.content.of(text));
        let ends = kind::may_end_title(paragraph.content.of(text)) && !quotes.is_open();
        if ends && kind::ends_as_title(&block.words(text)) {
            let next = extend(text, paragraphs, i + 1, &mut block);
            return (block, true, next);
        }
    }
    (block, false, from)
}

/// Whether a title may hold such a line: short, and no sentence.
fn may_be_of_title(line: &str) -> bool {
    !line.ends_with(['：', ':', '；'])
        && fold::count_within(line, TITLE_LINE).is_some()
        && !line.contains('。')
}

/// …的通知 on one line and 的通知 on the next: the first was the cited notice's.
fn extend(text: &str, paragraphs: &[Paragraph], next: usize, block: &mut TitleBlock) -> usize {
    let Some(paragraph) = paragraphs.get(next) else {
        return next;
    };
    let line = paragraph.content.of(text);
    let subtitle = paragraph.shape == Shape::Bracketed
        && fold::count_within(line, 16).is_some()
        && (line.contains('年')
            || line.contains("稿")
            || line.contains("行")
            || line.contains("版"))
        && !line.contains(['月', '日']);
    if (paragraph.shape == Shape::Text && line.starts_with('的') && kind::ends_with_kind(line))
        || subtitle
    {
        block.push(paragraph.content);
        return next + 1;
    }
    next
}

/// What tells a sentence before a colon from a list of addressees.
static TOLD: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    let words = [
        "如下", "以下", "下列", "通知", "主题", "时间", "包括", "《", "“", "。", "根据", "为了",
        "按照",
    ];
    Lexicon::new(words.map(|word| (word, ())))
});

struct Reader<'t> {
    text: &'t str,
    paragraphs: &'t [Paragraph],
    header: Header,
    at: usize,
}

impl Reader<'_> {
    fn current(&self) -> Option<Paragraph> {
        self.paragraphs.get(self.at).copied()
    }

    fn above_title(&mut self) {
        while let Some(paragraph) = self.current() {
            match paragraph.shape {
                Shape::Blank | Shape::Web => {}
                Shape::Header => self.header.marks.push(paragraph.content),
                Shape::DocNumber => {
                    self.header.doc_number.get_or_insert(paragraph.content);
                }
                Shape::Text if self.is_letterhead() => {
                    self.header.letterhead.push(paragraph.content)
                }
                _ => return,
            }
            self.at += 1;
        }
    }

    /// A short line that ends with 文件, or one that stands above the number and is no title.
    fn is_letterhead(&self) -> bool {
        let line = self.paragraphs[self.at].content.of(self.text);
        let mut written = line.chars().filter(|c| !fold::is_blank(*c));
        if written.by_ref().take(40).count() == 40 && written.next().is_some() {
            return false;
        }
        if line.ends_with('件') {
            let squeezed = fold::without_blanks(line);
            if squeezed.ends_with("文件") && !squeezed.starts_with("关于") {
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
        self.header.doc_number.is_none()
            && number_below()
            && !gather(self.text, self.paragraphs, self.at).1
    }

    fn title(&mut self) {
        while self
            .current()
            .is_some_and(|p| p.is_blank() || p.shape == Shape::Web)
        {
            self.at += 1;
        }
        let (block, complete, next) = gather(self.text, self.paragraphs, self.at);
        if complete {
            self.header.title = block.lines().to_vec();
            self.at = next;
            return;
        }
        // no known ending: the lines that stand together
        let start = self.at;
        for (i, paragraph) in self.paragraphs.iter().enumerate().skip(start).take(3) {
            let together = block.lines().contains(&paragraph.content) && !paragraph.is_blank();
            if !together {
                break;
            }
            self.header.title.push(paragraph.content);
            self.at = i + 1;
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
        let (block, complete, next) = gather(self.text, self.paragraphs, self.at);
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
                Shape::Blank | Shape::Web => {}
                Shape::Header => self.header.marks.push(paragraph.content),
                Shape::DocNumber => {
                    self.header.doc_number.get_or_insert(paragraph.content);
                }
                Shape::Bracketed
                    if paragraph.content.of(self.text).contains(['日', '号', '年']) =>
                {
                    self.header.notes.push(paragraph.content);
                }
                Shape::SignedDate if self.header.doc_number.is_some() => {
                    self.header.notes.push(paragraph.content)
                }
                Shape::Text => {
                    let next = match self.own_title() {
                        Some((block, next)) => {
                            self.header.letterhead.append(&mut self.header.title);
                            self.header.title = block.lines().to_vec();
                            Some(next)
                        }
                        None => self.repeated_title(),
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

    /// The index below a second copy of the title (web pages print it above the document, perhaps shortened).
    fn repeated_title(&self) -> Option<usize> {
        let (block, complete, next) = gather(self.text, self.paragraphs, self.at);
        if !complete {
            return None;
        }
        let squeeze = |lines: &[Span]| {
            fold::without_blanks(&lines.iter().map(|s| s.of(self.text)).collect::<String>())
        };
        let first = squeeze(&self.header.title);
        let second = squeeze(block.lines());
        let shared = first
            .chars()
            .rev()
            .zip(second.chars().rev())
            .take_while(|(a, b)| a == b)
            .count();
        (shared >= 8 || first.contains(&second) || second.contains(&first)).then_some(next)
    }

    fn addressees(&mut self) {
        let start = self.at;
        let mut first: Option<Span> = None;
        let mut lines = 0;
        for (i, paragraph) in self.paragraphs.iter().enumerate().skip(start) {
            if paragraph.is_blank() {
                continue;
            }
            let line = paragraph.content.of(self.text);
            lines += 1;
            if paragraph.shape != Shape::Text
                || lines > 6
                || line.contains('。') && !line.contains(['：', ':'])
            {
                return;
            }
            let begin = first.get_or_insert(paragraph.content).start;
            if let Some(end) = self.list_end(begin, paragraph.content) {
                self.header.addressees = Some(Span::new(begin, end));
                let rest = Span::new(end, paragraph.content.end).trimmed(self.text);
                // text that was flattened goes on behind the colon: it stays in the body
                self.at = if rest.len() <= '：'.len_utf8() {
                    i + 1
                } else {
                    i
                };
                return;
            }
            if fold::count_within(line, 400).is_none() {
                return;
            }
        }
    }

    /// Where the list of addressees ends (its colon), when the colon in `line` closes one that began at `begin`.
    fn list_end(&self, begin: usize, line: Span) -> Option<usize> {
        let inner = line.of(self.text);
        let colon = inner.find(['：', ':'])?;
        let list = Span::new(begin, line.start + colon);
        let names = list.of(self.text);
        let n = fold::count_within(names, 800)?;
        let whole = inner[colon..].chars().nth(1).is_none();
        let plural = names.starts_with('各')
            || names.contains("、")
            || names.contains("，各")
            || names.contains("各有关");
        let fits = n >= 2 && !TOLD.occurs(names);
        (fits && (whole || (plural && n <= 200))).then_some(list.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::paragraph;

    /// The header of a notice, and how many paragraphs stand above its body.
    fn of(text: &str) -> (Header, usize) {
        read(text, &paragraph::paragraphs(text), 0, true)
    }

    fn words<'t>(text: &'t str, spans: &[Span]) -> Vec<&'t str> {
        spans.iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn a_full_header_is_read_line_by_line() {
        let text = "000012\n机密★1年\n特急\n甲县林业局文件\n甲林发〔2031〕7号\n甲县林业局关于做好\n春季护林工作的通知\n各林场、护林站：\n请照办。\n";
        let (header, next) = of(text);
        assert_eq!(words(text, &header.marks), ["000012", "机密★1年", "特急"]);
        assert_eq!(words(text, &header.letterhead), ["甲县林业局文件"]);
        assert_eq!(
            header.doc_number.map(|n| n.of(text)),
            Some("甲林发〔2031〕7号")
        );
        assert_eq!(
            header.title_text(text),
            "甲县林业局关于做好春季护林工作的通知"
        );
        assert_eq!(
            header.addressees.map(|a| a.of(text)),
            Some("各林场、护林站")
        );
        assert_eq!(next, 8);
    }

    #[test]
    fn a_quoted_title_over_lines_goes_on_to_its_own_kind() {
        let text = "关于转发《护林工作方案\n（试行）》的通知\n各林场：\n";
        assert_eq!(
            of(text).0.title_text(text),
            "关于转发《护林工作方案（试行）》的通知"
        );
        let text = "关于印发护林通知\n的通知\n各林场：\n";
        assert_eq!(of(text).0.title_text(text), "关于印发护林通知的通知");
    }

    #[test]
    fn what_may_stand_below_a_title_is_no_body() {
        let text = "护林工作会议纪要\n2031年第7号\n甲县林业局 2031年3月1日\n关于春季护林有关问题的纪要\n会议议定如下。\n";
        let (header, next) = of(text);
        assert_eq!(header.title_text(text), "关于春季护林有关问题的纪要");
        assert_eq!(next, 4);
        let text = "护林工作方案\n（2031年3月1日甲县林业局印发）\n甲县护林工作方案\n一、目标\n";
        let (header, next) = of(text);
        assert_eq!(words(text, &header.notes).len(), 1);
        assert_eq!(
            (header.title_text(text).as_str(), next),
            ("护林工作方案", 3)
        );
    }

    #[test]
    fn a_sentence_before_a_colon_names_no_addressees() {
        for text in [
            "护林通知\n现将有关事项通知如下：\n",
            "护林通知\n主题：护林\n",
            "护林通知\n为了护林，请各站：\n",
        ] {
            assert_eq!(of(text).0.addressees, None, "{text}");
        }
        let flat = "护林通知\n各林场、各站：请照办。\n";
        let (header, next) = of(flat);
        assert_eq!(header.addressees.map(|a| a.of(flat)), Some("各林场、各站"));
        assert_eq!(next, 1, "what follows the colon is of the body");
    }

    #[test]
    fn a_text_without_a_title_has_its_first_lines_for_one() {
        let text = "春季护林\n我们怎么做\n\n一、巡山\n";
        assert_eq!(words(text, &of(text).0.title), ["春季护林", "我们怎么做"]);
        assert_eq!(of("一、巡山\n").0.title, []);
        assert_eq!(of("").0, Header::default());
    }
}
