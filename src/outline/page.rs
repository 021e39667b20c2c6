//! What a web page prints around a notice: paths, tools, counters, and the fields that it states about the document.
//!
//! Text that was copied out of a page or saved from one keeps such lines. They are told by their words where they stand above
//! or just below a title; in a body the same words may be the notice's own.

use super::kind;
use crate::text::fold;
use crate::text::fold::is_blank;
use crate::text::lexicon::{Characters, Lexicon};
use crate::text::words::words;
use memchr::{memchr, memchr_iter};
use std::collections::HashMap;
use std::sync::LazyLock;

mod line;

use line::{
    is_around_tools, is_hint, is_index, is_issue, is_path, is_ruled, is_site, is_step, is_tools,
};

/// What a word of a page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Word {
    /// It stands before a colon or in 【】, with a value behind it.
    label: bool,
    /// It stands alone, or among others of its sort.
    tool: bool,
    /// It begins a path of pages.
    path: bool,
    /// It begins a hint how to share, keep or open the page.
    hint: bool,
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
            known.hint |= sort == "hint";
        }
    }
    Lexicon::new(words)
});

/// The characters that labels without a colon begin with.
static INITIALS: LazyLock<Characters> =
    LazyLock::new(|| Characters::new(COLUMNS.iter().filter_map(|label| label.chars().next())));

/// The characters that labels end with.
static FINALS: LazyLock<Characters> =
    LazyLock::new(|| Characters::new(WORDS.all().filter_map(|word| word.chars().next_back())));

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

/// Labels of the title itself.
pub const TITLE_LABELS: [&str; 11] = [
    "标题",
    "名称",
    "文件名称",
    "信息名称",
    "公文名称",
    "发文标题",
    "公文标题",
    "文件标题",
    "文章标题",
    "信息标题",
    "ArticleTitle",
];

/// Whether the line states what a page knows of a document (its day, source or readers), and whether the title is among that.
pub(super) fn states(line: &str) -> Option<bool> {
    fold::count_within(line, LONGEST_LINE)?;
    let (fields, leads) = read(line);
    let titled = |f: &Field| TITLE_LABELS.contains(&f.label.as_str()) && !f.value.is_empty();
    let places = |f: &Field| is_word(&f.label, |of| of.path);
    (leads && !fields.iter().all(places)).then(|| fields.iter().any(titled))
}

/// Whether a page prints such a line above or below a document: only asked where no sentence of the notice has begun.
pub(super) fn is_page_line(line: &str) -> bool {
    if !fold::fits(line, LONGEST_LINE) {
        return false;
    }
    let look = Look::at(line);
    if look.begins && is_hint(line) {
        return true;
    }
    if look.stops && !look.begins {
        return false;
    }
    let (fields, leads) = read_as(line, &look);
    if look.stops {
        // a summary is in sentences
        let told = |f: &Field| {
            matches!(
                f.label.as_str(),
                "内容概述" | "概述" | "摘要" | "信息概况" | "简介"
            )
        };
        return leads && fields.first().is_some_and(told);
    }
    leads
        || fields.len() > 1
        || !look.quotes && (look.steps > 1 || look.steps == 1 && is_step(line))
        || look.begins && (is_path(line, &look) || is_tools(line))
        || is_site(line)
        || is_index(line)
        || is_issue(line)
        || look.bars && is_ruled(line)
        || line.len() <= 12 && line.chars().all(is_frame)
        || is_rest(line)
}

/// What a page's source leaves where a comment ended or a counter was to be filled in.
fn is_rest(line: &str) -> bool {
    matches!(line, "-->" | "<!--" | "0" | "次" | "-次" | "0次" | "--次")
}

/// 转发：甲市教育局关于护林的通知: a title behind what was done with it, as a site puts it.
fn passes_on(line: &str) -> bool {
    ["转发", "转载"].iter().any(|act| line.starts_with(act))
        && line.contains("关于")
        && kind::ends_as_title(line)
}

/// What one pass over a line tells of it: most lines of notices are told from those of pages by it.
#[derive(Debug, Default)]
struct Look {
    /// Whether it may begin with a word of pages, blanks within it or not.
    begins: bool,
    /// Whether it may begin with a label that no colon follows.
    columns: bool,
    /// Whether a label stands in it with what closes one behind.
    labels: bool,
    /// 。
    stops: bool,
    /// <
    quotes: bool,
    /// How many steps of a path it holds.
    steps: usize,
    /// Whether it holds bars.
    bars: bool,
}

impl Look {
    fn at(line: &str) -> Self {
        let words = fold::after(line, |c| is_frame(c) || is_around_tools(c));
        let mut first = words.chars();
        let initial = first.next().unwrap_or_default();
        let spaced = || first.clone().next().is_some_and(is_blank);
        let mut look = Self {
            begins: WORDS.begins(initial) && (WORDS.at(words).is_some() || spaced()),
            columns: INITIALS.hold(initial),
            ..Self::default()
        };
        let mut from = 0;
        let mut several = None;
        for (at, c) in fold::marks(line) {
            if c == '|' {
                look.bars = true;
                several = several.or_else(|| Some(bars(line)));
            }
            match c {
                '。' => {
                    look.stops = true;
                    // a sentence is a page's only behind a label at its start
                    if !look.begins {
                        return look;
                    }
                }
                '<' | '＜' | '«' | '‹' => look.quotes = true,
                '>' | '＞' | '»' | '›' => look.steps += 1,
                c if closes_label(c, several.unwrap_or_default()) => {
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
    let mut written = text.chars().rev().filter(|c| !is_blank(*c)).peekable();
    if !written.peek().is_some_and(|c| FINALS.hold(*c)) {
        return false;
    }
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

/// At most so many lines close a page.
const FOOTER: usize = 12;

/// How many of the lines, given from the last to the first and without empty ones, a page prints below a document: from one
/// that names its owner or its licence on, with nothing of a document behind it.
pub(super) fn footer<'t>(lines: impl Iterator<Item = &'t str>) -> usize {
    let told = |c| matches!(c, '。' | '；' | '《');
    let is_footer = |line: &&str| fold::fits(line, 100) && !fold::marks(line).any(|(_, c)| told(c));
    let lines: Vec<&str> = lines.take(FOOTER).take_while(is_footer).collect();
    let Some(owner) = lines.iter().rposition(|line| names_owner(line)) else {
        return 0;
    };
    // 主办单位：甲县林业局 above it: who runs the site
    let runs = |line: &&&str| {
        words!["主办单位", "承办单位", "技术支持", "主管单位"].begin(line.trim_start())
    };
    owner + 1 + lines[owner + 1..].iter().take_while(runs).count()
}

/// 甲县林业局 版权所有, 甲ICP备12345678号: whether the line says whose page it is; 作品版权所有归主办方 does not.
fn names_owner(line: &str) -> bool {
    let owner = words!["版权所有", "Copyright", "ICP备", "公网安备", "网站标识码"];
    if !owner.is_in(line) {
        return line.starts_with("网站地图") && is_tools(line);
    }
    let behind = owner.find(line).map(|at| &line[at..]).unwrap_or_default();
    let behind = behind
        .trim_start_matches(|c: char| fold::is_han(c) && "版权所有备公网安站标识码".contains(c))
        .trim_start_matches("Copyright")
        .trim_start_matches("ICP备");
    behind
        .chars()
        .next()
        .is_none_or(|c| !fold::is_han(c) || c == '号')
}

/// Whether the line ends with a label whose value is to follow on the next.
pub(super) fn awaits_value(line: &str) -> bool {
    // 分享到：, 浏览次数：: what a script would have filled
    const FILLED: [&str; 6] = ["分享", "字体", "浏览", "点击", "阅读", "访问"];
    line.trim_end_matches(is_blank).ends_with(['：', ':'])
        && matches!(read(line).0.as_slice(), [only] if only.value.is_empty()
            && !FILLED.iter().any(|word| only.label.starts_with(word)))
}

/// The fields that these lines of a page state; a value may stand on the line below its label.
#[must_use]
pub fn fields<'t>(lines: impl Iterator<Item = &'t str>) -> Vec<Field> {
    let mut out: Vec<Field> = Vec::new();
    let mut waits = false;
    for line in lines {
        let (mut found, _) = read(line);
        if found.is_empty() {
            found.extend(glued(line));
        }
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
const COLUMNS: [&str; 18] = [
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
    "时效性",
    "效力级别",
    "施行日期",
    "实施日期",
];

/// The field of a line whose label nothing parts from its value: 发文机关甲县林业局.
pub(super) fn glued(line: &str) -> Option<Field> {
    let line = line.trim_matches(is_frame);
    let initial = line.chars().next().filter(|c| INITIALS.hold(*c))?;
    let label = COLUMNS
        .iter()
        .find(|label| label.starts_with(initial) && line.starts_with(**label))?;
    let value = line[label.len()..].trim_matches(is_frame);
    let told = value.contains(['，', '。', '；']) || value.starts_with(['的', '为', '是', '和']);
    (!value.is_empty() && !told && fold::count_within(value, 60).is_some()).then(|| Field {
        label: (*label).to_owned(),
        value: value.to_owned(),
    })
}

/// The fields of a line, and whether it begins with a label.
fn read(line: &str) -> (Vec<Field>, bool) {
    read_as(line, &Look::at(line))
}

/// The same of a line that was looked at.
fn read_as(line: &str, look: &Look) -> (Vec<Field>, bool) {
    if !look.labels && !look.columns || look.begins && passes_on(line) {
        return (Vec::new(), false);
    }
    let squeezed = squeezed(line);
    if !look.labels {
        let out = columns(&squeezed);
        let leads = !out.is_empty();
        return (out, leads);
    }
    let bars = bars(line);
    let mut out: Vec<Field> = Vec::new();
    let mut leads = false;
    let mut value = String::new();
    let mut at = 0;
    while at < squeezed.len() {
        if let Some(len) = label_at(&squeezed[at..], bars) {
            let before = &squeezed[..at];
            leads |= before.iter().all(|c| is_frame(*c)) || ends_with_moment(before);
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

/// 2031-05-06 10:20, 甲县林业局 2031-05-06: the day of a page as machines write it, behind no more than a name.
fn ends_with_moment(characters: &[char]) -> bool {
    const NAME: usize = 16;
    let part = |c: &char| {
        c.is_ascii_digit() || is_frame(*c) || matches!(c, '/' | '.' | '年' | '月' | '日')
    };
    let day = characters.iter().rev().take_while(|c| part(c)).count();
    let (name, day) = characters.split_at(characters.len() - day);
    let figures = day.iter().filter(|c| c.is_ascii_digit()).count();
    let year = day.iter().skip_while(|c| !c.is_ascii_digit());
    name.len() <= NAME
        && name.iter().all(|c| fold::is_han(*c))
        && (6..=14).contains(&figures)
        && year.take_while(|c| c.is_ascii_digit()).count() == 4
}

/// What may stand around labels and values.
fn is_frame(c: char) -> bool {
    is_blank(c)
        || matches!(
            c,
            '-' | '|' | '【' | '】' | '[' | ']' | '•' | '·' | '●' | '◆' | '■' | ':' | '：' | '*'
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

/// 政策咨询机关：县应急局: a label that no list holds with its value, as it may stand among the fields of a page.
pub(super) fn may_be_field(line: &str) -> bool {
    let Some((label, value)) = line.split_once(['：', ':']) else {
        return false;
    };
    let label = label.trim_matches(is_frame);
    let calls = ["各", "有关", "单位", "全体"];
    fold::count_within(line, 80).is_some()
        && fold::count_within(label, 10).is_some_and(|n| n > 1)
        && label.chars().all(|c| fold::is_han(c) || is_blank(c))
        && !calls.iter().any(|word| label.contains(word))
        && !value.trim().is_empty()
        && !kind::ends_as_title(value)
        && !line.contains(['。', '；', '《'])
}

#[cfg(test)]
mod tests;
