//! The title: lines gathered until they read as one, and what a page puts around it taken off.

use super::super::kind;
use super::super::organ;
use super::super::page;
use super::super::paragraph::Paragraph;
use super::super::quote;
use super::super::quote::Balance;
use super::super::shape;
use super::super::shape::Shape;
use crate::span::Span;
use crate::text::fold;
use crate::text::words::words;
use std::borrow::Cow;

/// A title runs over at most this many lines.
const TITLE_LINES: usize = 5;
/// A line of a title holds at most this many characters.
const TITLE_LINE: usize = 120;

/// The lines of the title that begins at paragraph `at`: complete, or null.
#[must_use]
pub(in super::super) fn title_block(
    text: &str,
    paragraphs: &[Paragraph],
    at: usize,
) -> Option<TitleBlock> {
    let of_page = |line: Span| page::is_page_line(line.of(text));
    let (lines, complete, _) = gather(text, paragraphs, at, of_page);
    complete.then_some(lines)
}

/// The line less the end of a comment that a page's source left behind it.
pub(super) fn without_comment(text: &str, line: Span) -> Span {
    match line.of(text).strip_suffix("-->") {
        Some(words) => Span::new(line.start, line.start + words.len()).trimmed(text),
        None => line,
    }
}

/// The lines of a title, [`TITLE_LINES`] and a subtitle at most.
#[derive(Clone, Copy, Debug, Default)]
pub(in super::super) struct TitleBlock {
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
    pub(in super::super) fn lines(&self) -> &[Span] {
        self.lines.get(..self.len).unwrap_or_default()
    }

    /// Whether a bracket or quotation mark of the lines is left open.
    fn is_open(&self, text: &str) -> bool {
        let mut quotes = Balance::default();
        for line in self.lines() {
            quotes.take(line.of(text));
        }
        quotes.is_open()
    }

    /// The lines above the first that is `of_page`.
    pub(super) fn until_page(mut self, of_page: impl Fn(Span) -> bool) -> Self {
        if let Some(at) = self.lines().iter().position(|line| of_page(*line)) {
            self.len = at;
        }
        self
    }

    /// Takes off the lines above one that is a whole title itself and begins as one (甲局关于…, 关于…), where they are no
    /// organs: they are a page's.
    pub(super) fn drop_lead(&mut self, text: &str) -> Vec<Span> {
        if self.len < 2 {
            return Vec::new();
        }
        let lines = self.lines().to_vec();
        let whole = |line: &Span| {
            let words = line.of(text);
            let words = &words[column(words).unwrap_or_default()..];
            words
                .find("关于")
                .is_some_and(|at| at == 0 || organ::is_organ(&words[..at]))
                && is_complete(words)
        };
        let Some(from) = (1..lines.len()).find(|i| whole(&lines[*i])) else {
            return Vec::new();
        };
        // what stands above a title that names its organ may be long
        let bare = lines[from].of(text).starts_with("关于");
        let of_title = |line: &Span| {
            let words = line.of(text);
            // 甲县林业局⏎甲县林业局关于…: the letterhead
            if lines[from].of(text).starts_with(words) {
                return false;
            }
            organ::is_organ(words)
                || is_organ_of_many(words)
                || words.ends_with(['、', '和', '与', '件'])
                || ["关于", "发", "转", "《"]
                    .iter()
                    .any(|act| words.contains(act))
                || bare && fold::count_within(words, 12).is_none()
        };
        let broken = || breaks_organ(lines[from - 1].of(text), lines[from].of(text));
        if lines[..from].iter().any(of_title) || broken() {
            return Vec::new();
        }
        *self = Self::default();
        for line in &lines[from..] {
            self.push(*line);
        }
        lines[..from].to_vec()
    }

    /// The lines less what a page puts around them, and that number: 甲政发〔2031〕3号《…的通知》, …的通知（甲政发〔2031〕3号）.
    pub(super) fn trimmed(&self, text: &str) -> (Vec<Span>, Option<Span>) {
        let mut lines = self.lines().to_vec();
        let mut number = None;
        if let Some(first) = lines.first_mut()
            && let Some(len) = column(first.of(text))
            && is_complete(&self.words(text)[len..])
        {
            *first = Span::new(first.start + len, first.end).trimmed(text);
        }
        if let Some(first) = lines.first_mut()
            && let Some(len) = shape::leading_number(first.of(text))
        {
            let rest = Span::new(first.start + len, first.end);
            let words = rest.of(text);
            let parts = |c: char| {
                fold::is_blank(c) || matches!(c, '-' | '－' | '—' | '_' | '：' | ':' | '丨' | '｜')
            };
            let apart =
                words.starts_with(parts) || words.starts_with('《') || words.starts_with("关于");
            let title = words.trim_start_matches(parts);
            if apart && !title.starts_with('文') {
                number = Some(Span::new(first.start, first.start + len));
                *first = Span::new(first.end - title.len(), first.end).trimmed(text);
            }
        }
        if let Some(last) = lines.last_mut()
            && let Some(open) = quote::closing_bracket(last.of(text)).filter(|at| *at > 0)
        {
            let bracket = Span::new(last.start + open, last.end);
            if let Some(inner) = shape::bracketed_number(text, bracket) {
                number = number.or(Some(inner));
                *last = Span::new(last.start, bracket.start).trimmed(text);
            }
        } else if let Some(last) = lines.last_mut()
            && let Some(at) = number_behind(last.of(text))
        {
            number = number.or(Some(Span::new(last.start + at, last.end)));
            *last = Span::new(last.start, last.start + at).trimmed(text);
        }
        if let (Some(first), Some(last)) = (lines.first().copied(), lines.len().checked_sub(1))
            // A number that goes over a line may stand before the mark
            && first.of(text).starts_with('《')
            && lines[last].of(text).ends_with('》')
            && unquoted(&run_together(text, &lines)).is_some()
        {
            lines[0] = Span::new(first.start + '《'.len_utf8(), first.end);
            let end = lines[last];
            lines[last] = Span::new(end.start, end.end - '》'.len_utf8());
        }
        lines.retain(|line| !line.is_empty());
        (lines, number)
    }

    /// Takes off the organ above a title that does not name it (关于…): the maker, as collections of rules set it, where
    /// blank lines part the two or `apart`.
    pub(super) fn drop_maker(&mut self, text: &str, apart: bool) -> Option<Span> {
        let (maker, title) = self.lines().split_first()?;
        let first = title.first()?;
        let gap = text.get(maker.end..first.start)?;
        let blank = gap.bytes().filter(|b| *b == b'\n').count() > 2;
        if !(blank || apart) || !organ::is_organ(maker.of(text)) {
            return None;
        }
        let whole: String = title.iter().map(|s| s.of(text)).collect();
        let begins = whole.starts_with("关于") || apart;
        if !begins || !is_complete(&whole) {
            return None;
        }
        let (maker, title) = (*maker, title.to_vec());
        *self = Self::default();
        for line in title {
            self.push(line);
        }
        Some(maker)
    }

    /// The words of all lines, one behind the other.
    pub(in super::super) fn words<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.lines() {
            [line] => Cow::Borrowed(line.of(text)),
            lines => Cow::Owned(run_together(text, lines)),
        }
    }
}

/// 甲县教育局等五部门: the first of the organs, and how many they are.
fn is_organ_of_many(line: &str) -> bool {
    let Some((organ, count)) = line.rsplit_once('等') else {
        return false;
    };
    let many = ["部门", "单位", "部委", "局"]
        .iter()
        .any(|end| count.ends_with(end));
    many && fold::count_within(count, 6).is_some() && organ::is_organ(organ)
}

pub(super) fn run_together(text: &str, lines: &[Span]) -> String {
    let mut out = String::with_capacity(lines.iter().map(|line| line.len()).sum());
    out.extend(lines.iter().map(|line| line.of(text)));
    out
}

/// Gathers lines until they read as a title: the lines, whether they do, and the index of the next paragraph. Lines that do
/// not may be a page's (see [`TitleBlock::until_page`]): most are asked for in passing, and only a title is looked at again.
pub(super) fn gather(
    text: &str,
    paragraphs: &[Paragraph],
    from: usize,
    of_page: impl Fn(Span) -> bool,
) -> (TitleBlock, bool, usize) {
    let mut block = TitleBlock::default();
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
            || (paragraph.shape == Shape::Bracketed && block.len > 0 && block.is_open(text));
        let line = paragraph.content.of(text);
        if !fits || block.len == TITLE_LINES || !may_be_of_title(line) {
            break;
        }
        if block.len == 0 {
            blanks = 0;
            if let Some(len) = before_site(line) {
                block.push(Span::new(
                    paragraph.content.start,
                    paragraph.content.start + len,
                ));
                return match of_page(paragraph.content) {
                    true => (TitleBlock::default(), false, from),
                    false => (block, true, i + 1),
                };
            }
        }
        block.push(paragraph.content);
        let ends = kind::may_end_title(line) || line.ends_with('号');
        if ends && !block.is_open(text) && is_complete(&block.words(text)) {
            let own = block.until_page(of_page);
            if own.len < block.len {
                return (own, false, from);
            }
            let next = extend(text, paragraphs, i + 1, &mut block);
            return (block, true, next);
        }
    }
    (block, false, from)
}

/// Whether the words end as a title does, its number behind it aside; one all in 《》 ends within them.
fn is_complete(words: &str) -> bool {
    let words =
        number_behind(words).map_or(words, |at| words[..at].trim_end_matches(fold::is_blank));
    kind::ends_as_title(words) || unquoted(without_number(words)).is_some_and(kind::ends_as_title)
}

/// Where the number begins that stands behind a title and a blank: 关于护林的通知 甲政发〔2031〕3号.
fn number_behind(words: &str) -> Option<usize> {
    let before = words.strip_suffix('号')?.rfind(fold::is_blank)?;
    let number = words[before..].trim_start_matches(fold::is_blank);
    let at = words.len() - number.len();
    (shape::leading_number(number) == Some(number.len())).then_some(at)
}

/// The words less the number in brackets behind them: 《…的通知》（甲政发〔2031〕3号）.
fn without_number(words: &str) -> &str {
    match quote::closing_bracket(words) {
        Some(open)
            if shape::bracketed_number(words, Span::new(open, words.trim_end().len()))
                .is_some() =>
        {
            words[..open].trim_end_matches(fold::is_blank)
        }
        _ => words,
    }
}

/// Whether the line above a whole title begins the name of the organ that the title's line ends: 甲县护林⏎委员会关于….
fn breaks_organ(above: &str, title: &str) -> bool {
    const LONGEST: usize = 24;
    let organ = title.find("关于").map_or("", |at| &title[..at]);
    let short = fold::count_within(above, LONGEST).is_some();
    let written = |c: char| fold::is_han(c) || fold::is_blank(c) || matches!(c, '（' | '）');
    let of_page = words![
        "网", "公开", "公告", "文件", "信息", "政务", "政策", "首页", "通知", "动态", "平台",
        "门户", "公示", "专栏", "位置", "来源", "政府"
    ];
    short
        && above.chars().all(written)
        && !of_page.is_in(above)
        && begins_with_division(above)
        && !begins_with_division(organ)
        && !organ.is_empty()
}

/// 甲县…, 中共甲市…: the second to the sixth character names a kind of division.
fn begins_with_division(name: &str) -> bool {
    let name = name.strip_prefix("中共").unwrap_or(name);
    let mut kinds = name.chars().skip(1).take(5);
    kinds.any(|c| matches!(c, '省' | '市' | '县' | '区' | '州' | '旗' | '镇' | '乡'))
}

/// How many bytes the name of a page's column takes before a title: 政策 | 关于…的通知, 【转发】关于…的通知,
/// 转发：关于…的通知.
fn column(line: &str) -> Option<usize> {
    const LONGEST: usize = 12;
    let bracket = line.starts_with(['【', '[', '［']);
    let after = ["转发", "转载"]
        .iter()
        .find_map(|act| line.strip_prefix(act));
    let passed = after.is_some_and(|rest| rest.starts_with(['：', ':']));
    let mut characters = line.char_indices().take(LONGEST);
    let (at, c) = characters.find(|(_, c)| match c {
        '】' | ']' | '］' => bracket,
        '丨' | '｜' | '|' | '│' => !bracket,
        '：' | ':' => passed,
        _ => false,
    })?;
    let name = line[..at].trim_start_matches(['【', '[', '［']);
    let named = !name.is_empty() && name.chars().all(|c| fold::is_han(c) || fold::is_blank(c));
    (named && !name.contains("关于")).then_some(at + c.len_utf8())
}

/// How many bytes a whole title takes before the name of its site: 关于…的通知_甲县人民政府, 关于…的通知 - 甲大学; or before the
/// name of a kind of file.
fn before_site(line: &str) -> Option<usize> {
    const LONGEST: usize = 40;
    if line.ends_with(|c: char| c.is_ascii_lowercase())
        && let Some((head, name)) = line.rsplit_once('.')
        && ["doc", "docx", "pdf", "wps", "ofd"].contains(&name)
    {
        return (says_of_what(head) && is_complete(head)).then_some(head.len());
    }
    // a title behind the mark, or no mark in one
    if kind::ends_as_title(line) {
        return None;
    }
    let (at, c) = fold::marks(line)
        .find(|(_, c)| matches!(c, '_' | '|' | '-' | '－' | '–' | '—' | '丨' | '｜'))?;
    let head = fold::trimmed_end(&line[..at]);
    let site = &line[at + c.len_utf8()..];
    let named = site.chars().any(fold::is_han) && fold::count_within(site, LONGEST).is_some();
    (named && !kind::ends_as_title(site) && says_of_what(head) && is_complete(head))
        .then_some(head.len())
}

/// What stands in the 《》 that the words are all in, a number before it aside.
fn unquoted(words: &str) -> Option<&str> {
    let inner = words.strip_suffix('》')?;
    let open = match inner.starts_with('《') {
        true => 0,
        false => shape::leading_number(inner).filter(|at| inner[*at..].starts_with('《'))?,
    };
    let inner = &inner[open + '《'.len_utf8()..];
    // 《甲》和《乙》 is not one
    let mut depth = 0i32;
    let closes = inner.chars().any(|c| {
        depth += i32::from(c == '《') - i32::from(c == '》');
        depth < 0
    });
    (!closes).then_some(inner)
}

/// Whether a title may hold such a line: short, and no sentence.
fn may_be_of_title(line: &str) -> bool {
    !line.ends_with(['：', ':', '；']) && fold::fits(line, TITLE_LINE) && !line.contains('。')
}

/// …的通知 on one line and 的通知 on the next: the first was the cited notice's. …公示制度 on one and 审核制度的意见 on
/// the next: the first ended within what the title is about.
fn extend(text: &str, paragraphs: &[Paragraph], next: usize, block: &mut TitleBlock) -> usize {
    let blank = paragraphs.get(next).is_some_and(Paragraph::is_blank);
    let at = next + usize::from(blank);
    let Some(paragraph) = paragraphs.get(at) else {
        return next;
    };
    let line = paragraph.content.of(text);
    // （2031年第5号） is a number
    let subtitle = paragraph.shape == Shape::Bracketed
        && !line.contains('号')
        && fold::count_within(line, 16).is_some()
        && (line.contains('年')
            || line.contains("稿")
            || line.contains("草案")
            || line.contains("行")
            || line.contains("版"))
        && !line.contains(['月', '日']);
    let words = block.words(text);
    let goes_on = !blank && paragraph.shape == Shape::Text && kind::ends_with_kind(line) && {
        let about = words.contains("关于") && !said_of(&words) && !line.contains("关于");
        line.starts_with('的') || about && said_of(line) && !words.ends_with(['》', '）', ')'])
    };
    // 甲县护林规划⏎和防火工作纲要
    let joint = !blank
        && paragraph.shape == Shape::Text
        && line.starts_with(['和', '与', '及'])
        && kind::ends_as_title(line)
        && fold::count_within(line, 40).is_some();
    // …的答复⏎函
    let letter = !blank && line == "函";
    if goes_on || subtitle || joint || letter {
        block.push(paragraph.content);
        return at + 1;
    }
    next
}

/// Whether the words are a title in full: of an organ or of nothing said before 关于, 印发, 转发, and …的 and a kind behind.
pub(super) fn says_of_what(words: &str) -> bool {
    let acts = ["关于", "印发", "转发", "批转"];
    said_of(words) && acts.iter().any(|act| words.contains(act))
}

/// Whether the words end with 的 and a kind of document, 紧急 or 实施 between them at most: 关于…的通知.
fn said_of(words: &str) -> bool {
    let words = kind::without_trailing_brackets(words);
    let kind = kind::last_kind(words).unwrap_or_default();
    let before = words.strip_suffix(kind).unwrap_or_default();
    let mut last = before.chars().rev();
    (0..5).any(|_| last.next() == Some('的'))
}
