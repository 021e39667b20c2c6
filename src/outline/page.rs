//! What a web page prints around a notice: paths, tools, counters, and the fields that it states about the document.
//!
//! Text that was copied out of a page or saved from one keeps such lines. They are told by their words where they stand above
//! or just below a title; in a body the same words may be the notice's own.

use crate::text::fold;
use crate::text::fold::is_blank;
use crate::text::lexicon::{Characters, Lexicon};
use memchr::{memchr, memchr_iter};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word of a page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Word {
    /// It stands before a colon or in 【】, with a value behind it.
    label: bool,
    /// It stands alone, or among others of its sort.
    tool: bool,
    /// It begins a path of pages.
    path: bool,
}

/// The words of pages, without blanks.
static WORDS: LazyLock<Lexicon<Word>> = LazyLock::new(|| {
    let mut words: HashMap<&'static str, Word> = HashMap::new();
    // the labels of a page's table are the same when the table has become text
    for line in rows(include_str!("../text/page_labels.tsv")) {
        let label = line.split('\t').next().unwrap_or_default();
        words.entry(label).or_default().label = true;
    }
    for line in rows(include_str!("page/words.tsv")) {
        if let Some((word, sort)) = line.split_once('\t') {
            let known = words.entry(word).or_default();
            known.label |= sort == "label";
            known.tool |= sort == "tool";
            known.path |= sort == "path";
        }
    }
    Lexicon::new(words)
});

/// The characters that words and labels without a colon begin with: few lines of notices do.
static INITIALS: LazyLock<Characters> = LazyLock::new(|| {
    let columns = COLUMNS.iter().filter_map(|label| label.chars().next());
    Characters::new(WORDS.initials().chain(columns))
});

/// Whether the text is one of the words, of the sort asked for.
fn is_word(text: &str, sort: impl Fn(&Word) -> bool) -> bool {
    let first = text.chars().next().filter(|c| WORDS.begins(*c));
    first.is_some_and(|first| {
        WORDS
            .words(first)
            .any(|(word, of)| word == text && sort(of))
    })
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// Labels and tools hold at most so many characters.
const LONGEST_WORD: usize = 10;
/// A longer line, in characters, is no line of a page.
const LONGEST_LINE: usize = 400;

/// A label and its value, as a page states them in a line of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The label without blanks: 发文字号.
    pub label: String,
    /// What stands behind it up to the next label; empty where the line ends with the label.
    pub value: String,
}

/// Whether a page prints such a line above or below a document: only asked where no sentence of the notice has begun.
pub(super) fn is_page_line(line: &str) -> bool {
    if !fold::fits(line, LONGEST_LINE) {
        return false;
    }
    let look = Look::at(line);
    let (fields, leads) = read_as(line, &look);
    if look.stops {
        // a summary is in sentences
        let told =
            |f: &Field| matches!(f.label.as_str(), "内容概述" | "概述" | "摘要" | "信息概况");
        return leads && fields.first().is_some_and(told);
    }
    leads
        || fields.len() > 1
        || look.steps > 1 && !look.quotes
        || look.begins && (is_path(line, &look) || is_tools(line))
        || is_site(line)
        || is_index(line)
        || is_issue(line)
        || look.bars > 0 && is_ruled(line)
}

/// What one pass over a line tells of it: most lines of notices are told from those of pages by it.
#[derive(Debug, Default)]
struct Look {
    /// Whether it may begin with a word of pages.
    begins: bool,
    /// Whether a label stands in it with what closes one behind.
    labels: bool,
    /// 。
    stops: bool,
    /// <
    quotes: bool,
    /// How many steps of a path it holds.
    steps: usize,
    /// How many bars.
    bars: usize,
}

impl Look {
    fn at(line: &str) -> Self {
        let first = line.chars().find(|c| !is_frame(*c) && !is_around_tools(*c));
        let mut look = Self {
            begins: first.is_some_and(|c| INITIALS.hold(c)),
            bars: bars(line),
            ..Self::default()
        };
        let mut from = 0;
        for (at, c) in fold::marks(line) {
            match c {
                '。' => look.stops = true,
                '<' | '＜' | '«' | '‹' => look.quotes = true,
                '>' | '＞' | '»' | '›' => look.steps += 1,
                c if closes_label(c, look.bars) => {
                    look.labels = look.labels || ends_with_label(&line[from..at]);
                    from = at + c.len_utf8();
                }
                _ => {}
            }
        }
        look
    }
}

/// How many bars the line holds; most hold none.
fn bars(line: &str) -> usize {
    match memchr(b'|', line.as_bytes()) {
        Some(_) => memchr_iter(b'|', line.as_bytes()).count(),
        None => 0,
    }
}

/// Whether a label ends with this character: bars part cells, of which a row has several.
fn closes_label(c: char, bars: usize) -> bool {
    matches!(c, ':' | '：' | '】' | ']') || bars > 1 && c == '|'
}

/// Whether the last characters, blanks aside, are a label.
fn ends_with_label(text: &str) -> bool {
    let written = text.chars().rev().filter(|c| !is_blank(*c));
    let mut last = ['\0'; LONGEST_WORD];
    let mut from = LONGEST_WORD;
    for c in written.take(LONGEST_WORD) {
        from -= 1;
        last[from] = c;
    }
    (from..LONGEST_WORD - 1).any(|at| is_label(&last[at..]))
}

/// Whether the characters are a label.
fn is_label(characters: &[char]) -> bool {
    let first = characters.first().filter(|c| WORDS.begins(**c));
    first.is_some_and(|first| {
        WORDS
            .words(*first)
            .any(|(word, of)| (of.label || of.path) && word.chars().eq(characters.iter().copied()))
    })
}

/// Whether the line ends with a label whose value is to follow on the next.
pub(super) fn awaits_value(line: &str) -> bool {
    line.trim_end_matches(is_blank).ends_with(['：', ':'])
        && matches!(read(line).0.as_slice(), [only] if only.value.is_empty())
}

/// The fields that these lines of a page state; a value may stand on the line below its label.
#[must_use]
pub fn fields<'t>(lines: impl Iterator<Item = &'t str>) -> Vec<Field> {
    let mut out: Vec<Field> = Vec::new();
    let mut waits = false;
    for line in lines {
        let (found, _) = read(line);
        if let (true, true, Some(last)) = (found.is_empty(), waits, out.last_mut()) {
            line.trim().clone_into(&mut last.value);
        }
        waits = !found.is_empty() && awaits_value(line);
        out.extend(found);
    }
    out.retain(|f| !f.value.is_empty());
    out
}

/// The fields of a line whose labels no colon follows: 发布机构 甲县林业局 文 号 甲林发〔2031〕3号. Two are needed.
fn columns(squeezed: &[char]) -> Vec<Field> {
    let label_at = |at: usize| {
        COLUMNS.iter().find(|label| {
            let mut rest = squeezed[at..].iter();
            label.chars().all(|c| rest.next() == Some(&c))
        })
    };
    let mut out: Vec<Field> = Vec::new();
    if label_at(0).is_none() {
        return out;
    }
    let mut value = String::new();
    let mut at = 0;
    while at < squeezed.len() {
        match label_at(at) {
            Some(label) => {
                finish(&mut out, &mut value);
                out.push(Field {
                    label: (*label).to_owned(),
                    value: String::new(),
                });
                at += label.chars().count();
            }
            _ => {
                value.push(squeezed[at]);
                at += 1;
            }
        }
    }
    finish(&mut out, &mut value);
    if out.len() > 1 { out } else { Vec::new() }
}

/// Labels that are no words of a notice: they need no colon where two stand on a line.
const COLUMNS: [&str; 14] = [
    "索引号",
    "发文字号",
    "文号",
    "成文日期",
    "发文日期",
    "发布日期",
    "公开日期",
    "生成日期",
    "发布机构",
    "发文机关",
    "发文机构",
    "主题分类",
    "有效性",
    "主题词",
];

/// The fields of a line, and whether it begins with a label.
fn read(line: &str) -> (Vec<Field>, bool) {
    read_as(line, &Look::at(line))
}

/// The same of a line that was looked at.
fn read_as(line: &str, look: &Look) -> (Vec<Field>, bool) {
    if !look.labels && !look.begins {
        return (Vec::new(), false);
    }
    let squeezed = squeezed(line);
    if !look.labels {
        let out = columns(&squeezed);
        let leads = !out.is_empty();
        return (out, leads);
    }
    let mut out: Vec<Field> = Vec::new();
    let mut leads = false;
    let mut value = String::new();
    let mut at = 0;
    while at < squeezed.len() {
        if let Some(len) = label_at(&squeezed[at..], look.bars) {
            let opening = squeezed[..at].iter().all(|c| is_frame(*c));
            leads |= opening;
            finish(&mut out, &mut value);
            out.push(Field {
                label: squeezed[at..at + len].iter().collect(),
                value: String::new(),
            });
            at += len + 1;
            continue;
        }
        value.push(squeezed[at]);
        at += 1;
    }
    finish(&mut out, &mut value);
    (out, leads)
}

/// Gives the field read last what stood behind it.
fn finish(fields: &mut [Field], value: &mut String) {
    if let Some(last) = fields.last_mut() {
        value.trim_matches(is_frame).clone_into(&mut last.value);
    }
    value.clear();
}

/// How many characters the label holds that `rest` begins with and a colon follows: the longest of several.
fn label_at(rest: &[char], bars: usize) -> Option<usize> {
    rest.first().filter(|c| WORDS.begins(**c))?;
    let until = rest
        .iter()
        .take(LONGEST_WORD + 1)
        .position(|c| closes_label(*c, bars))?;
    (until > 1 && is_label(&rest[..until])).then_some(until)
}

/// What may stand around labels and values.
fn is_frame(c: char) -> bool {
    is_blank(c)
        || matches!(
            c,
            '|' | '【' | '】' | '[' | ']' | '•' | '·' | '●' | '◆' | '■' | ':' | '：' | '*'
        )
}

/// The characters without blanks, but for one between two figures: 2021-04-01 10:20.
fn squeezed(line: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(line.len() / 3);
    let mut gap = false;
    for c in line.chars() {
        if is_blank(c) {
            gap = true;
            continue;
        }
        if gap && c.is_ascii_digit() && out.last().is_some_and(char::is_ascii_digit) {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    out
}

/// 首页 > 政务公开 > 文件: a path of pages, which begins with a word of them; two steps are told without one.
fn is_path(line: &str, look: &Look) -> bool {
    let first = line.trim_start_matches(is_frame);
    let initial = first.chars().next();
    let begins = initial.is_some_and(|c| {
        WORDS
            .words(c)
            .any(|(word, of)| of.path && first.strip_prefix(word).is_some_and(goes_apart))
    });
    begins && (!look.quotes && look.steps == 1 || line.split(is_blank).count() > 2)
}

fn goes_apart(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_none_or(|c| is_blank(c) || !fold::is_han(c))
}

/// 打印 关闭 分享: words of tools and nothing else.
fn is_tools(line: &str) -> bool {
    let is_tool = |word: &str| is_word(word, |of| of.tool);
    let parts = |c: char| is_frame(c) || is_around_tools(c);
    let mut words = line.split(parts).filter(|w| !w.is_empty()).peekable();
    words.peek().is_some() && (words.all(is_tool) || is_tool(fold::without_blanks(line).as_str()))
}

/// What parts tools, beside frames.
fn is_around_tools(c: char) -> bool {
    matches!(c, '/' | '>' | '＞' | '(' | ')' | '（' | '）')
}

/// 甲县人民政府门户网站: the name of the site.
fn is_site(line: &str) -> bool {
    const ENDS: [&str; 7] = [
        "门户网",
        "门户网站",
        "政府网",
        "政府网站",
        "政务网",
        "信息公开网",
        "信息网",
    ];
    line.ends_with(['网', '站'])
        && fold::count_within(line, 24).is_some()
        && !line.contains("关于")
        && ENDS.iter().any(|end| line.ends_with(end))
}

/// 113701130042070099-A/2021-4059841: the index number of a page, with nothing that it would be a date or a copy number.
fn is_index(line: &str) -> bool {
    line.len() >= 10
        && line
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'/' | b'_'))
        && line.bytes().filter(u8::is_ascii_digit).count() >= 8
        && (line.len() > 12 || line.bytes().any(|b| b.is_ascii_alphabetic()))
}

/// 2031年第8期（总第90期）: the issue of a gazette.
fn is_issue(line: &str) -> bool {
    let figures = |c: char| fold::fold(c).is_ascii_digit();
    if !line.starts_with(figures) {
        return false;
    }
    let Some((year, rest)) = line.split_once("年第") else {
        return false;
    };
    let rest = rest.trim_start_matches(figures);
    year.chars().count() == 4
        && year.chars().all(figures)
        && rest.starts_with('期')
        && fold::count_within(rest, 12).is_some()
}

/// ---|---|: the rule below the head of a table.
fn is_ruled(line: &str) -> bool {
    line.contains('|') && line.chars().all(|c| is_frame(c) || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_pages_are_told() {
        for line in [
            "首页 > 政务公开 > 政策文件",
            "您现在的位置：首页 » 公告",
            "当前位置: 甲县 > 通知",
            "首页      新闻中心      公告公示",
            "无障碍浏览  长者模式  返回首页",
            "返 回",
            "【打印】【关闭】",
            "字体：【大 中 小】",
            "索引号：AB/2031-1 公开日期：2031-05-06",
            "发文机构 | 甲县教育局 | 有效性 | 有效 |",
            "主动公开发布机构：法制办所属主题：农业",
            "【发文字号】 甲政发[2031]3号",
            "• 发文机关:",
            "甲县人民政府门户网站",
            "113701130042070099-A/2031-4059841",
            "2031年第8期（总第90期）",
            "文  号 甲政办发〔2031〕9号 主 题 词 甲县 政府办公室",
            "---|---|---|",
        ] {
            assert!(is_page_line(line), "{line}");
        }
    }

    #[test]
    fn lines_of_notices_are_not() {
        for line in [
            "甲县教育局关于印发<护林办法>的通知",
            "关于开展“首页工程”活动的通知",
            "各乡镇人民政府，县直各单位：",
            "甲县人民政府文件",
            "2031年5月6日",
            "000012",
            "关于办好政府网站的通知",
            "总体目标：到2035年建成",
            "2031年第8号",
            "中小学春季开学安排",
        ] {
            assert!(!is_page_line(line), "{line}");
        }
    }

    #[test]
    fn fields_are_read_off_lines() {
        let lines = [
            "索 引 号：AB/2031-1发布日期：2031-05-06 10:20 文  号：甲政规〔2031〕1号 主题词：",
            "成文日期 | 2031-05-06 | 有效性 | |",
            "• 发文机关:",
            "甲县林业局",
            "发 布 机 构 甲县 公开日期 2031-05-06",
            "【发文字号】 甲林发[2031]3号",
        ];
        let found = fields(lines.into_iter());
        let told: Vec<(&str, &str)> = found
            .iter()
            .map(|f| (f.label.as_str(), f.value.as_str()))
            .collect();
        let want = [
            ("索引号", "AB/2031-1"),
            ("发布日期", "2031-05-06 10:20"),
            ("文号", "甲政规〔2031〕1号"),
            ("成文日期", "2031-05-06"),
            ("发文机关", "甲县林业局"),
            ("发布机构", "甲县"),
            ("公开日期", "2031-05-06"),
            ("发文字号", "甲林发[2031]3号"),
        ];
        assert_eq!(told, want);
    }
}
