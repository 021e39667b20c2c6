//! Shapes: what a line looks like, without knowing what it says.

mod attachment;
mod date;
mod number;

use super::marker;
use super::marker::Marker;
use crate::span::Span;
use crate::text::fold::after;
use crate::text::fold::fold;
use crate::text::fold::holds_blank;
use crate::text::fold::is_blank;
use crate::text::fold::trimmed_start;
use crate::text::fold::without_blanks;
use crate::text::lexicon::{Characters, Lexicon};
use crate::text::numeral::is_figure;
use crate::text::words::Words;
use memchr::memmem::Finder;
use std::borrow::Cow;
use std::sync::LazyLock;

use attachment::attachment;
use date::dated;
pub(super) use date::is_left_open;
pub use date::{date_len, date_span};
use number::is_doc_number;
pub(super) use number::{bracketed_number, leading_number};

/// What a line looks like. A line has the first shape of this list that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing but blanks.
    Blank,
    /// Cells parted by tabs.
    TableRow,
    /// 鄂安办发〔2022〕28号 and nothing else but 签发人.
    DocNumber,
    /// A date and nothing else.
    Date,
    /// A name and a date: XX局 2023年5月29日.
    SignedDate,
    /// XX办公室 2023年5月29日印发.
    Printed,
    /// 抄送：…
    CopyTo,
    /// 附件：… or 附件1：…
    Attachment {
        /// The number behind the word, if any, at most 99.
        number: Option<u8>,
        /// Bytes from the start of the line to the words after the number and colon.
        rest: u32,
        /// Whether a colon stands behind.
        colon: bool,
    },
    /// A whole line in brackets: （此件公开发布）.
    Bracketed,
    /// A label of units, persons or time with what it labels: 责任单位：…
    Label,
    /// 联系人：…
    Contact,
    /// 机密★1年, 特急, 签发人：… above the title.
    Header,
    /// A web page's own line (索引号, 打印, 上一篇), or a rule drawn with characters.
    Web,
    /// A line that begins with a marker.
    Marked,
    /// Anything else.
    Text,
}

/// The shape of a line with this content.
#[must_use]
pub fn shape(text: &str, content: Span) -> Shape {
    marked(text, content).0
}

/// The same, with the marker of a line that is [`Shape::Marked`].
pub(super) fn marked(text: &str, content: Span) -> (Shape, Option<Marker>) {
    Ahead::of_line(text, content).classify(text, content)
}

/// Reads the shapes of lines in the order of the text. What only few lines hold is looked for once, over all of them.
#[derive(Debug)]
pub(super) struct Ahead<'t> {
    tab: Next<'t>,
    number: Next<'t>,
    rows: bool,
}

impl<'t> Ahead<'t> {
    /// For one line only.
    fn of_line(text: &'t str, line: Span) -> Self {
        let text = text.get(..line.end).unwrap_or_default();
        Self {
            tab: Next::new(text, &TAB, line.start),
            number: Next::new(text, &NUMBER, line.start),
            rows: false,
        }
    }

    pub(super) fn new(text: &'t str) -> Self {
        Self {
            tab: Next::new(text, &TAB, 0),
            number: Next::new(text, &NUMBER, 0),
            rows: false,
        }
    }

    /// Whether any line so far was a row of a table.
    pub(super) fn has_rows(&self) -> bool {
        self.rows
    }

    /// The shape, and the marker where it is [`Shape::Marked`]. Most lines are told by their first and last characters.
    pub(super) fn classify(&mut self, text: &str, content: Span) -> (Shape, Option<Marker>) {
        let line = content.of(text);
        let Some(first) = line.chars().next() else {
            return (Shape::Blank, None);
        };
        if self.tab.within(content).is_some() {
            // 甲县办公室⇥2031年7月6日印发
            let printed = line.ends_with("印发") && line.len() <= LONGEST;
            if let Some(Shape::Printed) = printed.then(|| dated(line)).flatten() {
                return (Shape::Printed, None);
            }
            self.rows = true;
            return (Shape::TableRow, None);
        }
        let number = self.number.within(content).map(|at| at - content.start);
        if let Some(shape) = told(line, first, number) {
            return (shape, None);
        }
        let marker = marker::read(text, content);
        // （一） alone is a marker behind which nothing stands
        if is_bracketed(line, first) && marker.is_none_or(|m| m.span.end < content.end) {
            return (Shape::Bracketed, None);
        }
        match marker {
            Some(_) => (Shape::Marked, marker),
            None => (Shape::Text, None),
        }
    }
}

/// Where a word next stands in a text that is read from its start to its end.
#[derive(Debug)]
struct Next<'t> {
    text: &'t str,
    word: &'static Finder<'static>,
    at: usize,
}

/// Finders are made once: a single line is often asked for too.
static TAB: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\t"));
static NUMBER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("号"));

impl<'t> Next<'t> {
    fn new(text: &'t str, word: &'static Finder<'static>, from: usize) -> Self {
        let mut next = Self { text, word, at: 0 };
        next.find(from);
        next
    }

    fn find(&mut self, from: usize) {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        let found = self.word.find(rest);
        self.at = found.map_or(usize::MAX, |at| from + at);
    }

    /// Where the word first stands within the span, which does not begin before that last asked for.
    fn within(&mut self, span: Span) -> Option<usize> {
        if self.at < span.start {
            self.find(span.start);
        }
        (self.at < span.end).then_some(self.at)
    }
}

/// A longer line, in bytes, is prose or begins with a marker.
const LONGEST: usize = 240;

/// The shape of a line that is told by its words; `number` is where its first 号 stands.
fn told(line: &str, first: char, number: Option<usize>) -> Option<Shape> {
    let is_short = line.len() <= LONGEST;
    let telling = TELLING.hold(first);
    if telling
        && first == '附'
        && let Some(attachment) = attachment(line)
    {
        return Some(attachment);
    }
    if is_short {
        if number.is_some_and(|at| is_doc_number(line, at)) {
            return Some(Shape::DocNumber);
        }
        if let Some(shape) = dated(line) {
            return Some(shape);
        }
    }
    if !telling {
        return None;
    }
    if is_figure(first) {
        return (is_short && is_copy_number(line)).then_some(Shape::Header);
    }
    if matches!(first, '（' | '(') {
        let inner = initial(after(line, |c| matches!(c, '（' | '(' | '【' | '[')));
        if !inner.is_some_and(|c| LABELLING.hold(c)) {
            return None;
        }
    } else if is_short {
        if is_web(line, first) || is_drawn(line) {
            return Some(Shape::Web);
        }
        if is_header(line, first) {
            return Some(Shape::Header);
        }
    }
    if matches!(first, '抄' | '主' | '分' | '报') && names_copies(line) {
        return Some(Shape::CopyTo);
    }
    if is_label(line) {
        return Some(Shape::Label);
    }
    is_contact(line).then_some(Shape::Contact)
}

/// The characters with which a line may begin that is told by its first words; most begin with another.
static TELLING: LazyLock<Characters> = LazyLock::new(|| {
    let listed = "附抄主分报绝机秘特加平急签紧等（(【[】]><|".chars();
    let figures = ('0'..='9').chain('０'..='９');
    let words = WEB.initials().chain(labelling());
    Characters::new(listed.chain(DRAWN).chain(figures).chain(words))
});

/// The characters with which labels begin.
static LABELLING: LazyLock<Characters> = LazyLock::new(|| Characters::new(labelling()));

fn labelling() -> impl Iterator<Item = char> {
    let labels = LABELS_BEGIN.list().iter();
    let initials = labels.filter_map(|label| label.chars().next());
    initials.chain(CONTACTS.initials())
}

/// The first character that is no blank: what most lines are told by.
fn initial(line: &str) -> Option<char> {
    line.chars().find(|c| !is_blank(*c))
}

fn starts_with_any(line: &str, words: &[&str]) -> bool {
    words.iter().any(|w| line.starts_with(w))
}

/// Whether the line begins with 抄送： or another label of those who get copies, blanks within it or not.
fn names_copies(line: &str) -> bool {
    const LABELS: [&str; 5] = ["抄送", "抄报", "主送", "分送", "报送"];
    let mut written = line.chars().take(16).filter(|c| !is_blank(*c));
    let (Some(first), Some(second)) = (written.next(), written.next()) else {
        return false;
    };
    let is_label = |label: &&str| label.chars().eq([first, second]);
    LABELS.iter().any(is_label) && written.take(2).any(|c| fold(c) == ':')
}

/// A line that labels units, persons or times for the item above it.
#[must_use]
pub fn is_label(line: &str) -> bool {
    let line = after(line, |c| matches!(c, '（' | '(' | '【' | '['));
    let words = trimmed_start(line);
    let Some(first) = words.chars().next().filter(|c| LABELS_BEGIN.may_begin(*c)) else {
        return false;
    };
    // the two characters of the first word may be set apart
    let second = &words[first.len_utf8()..];
    if !LABELS_BEGIN.begin(words) && !second.starts_with(is_blank) {
        return false;
    }
    let mut colon = None;
    for (i, c) in line.char_indices().take(16) {
        match c {
            '：' | ':' => {
                colon = Some(i);
                break;
            }
            '。' | '，' | '；' | '“' => return false,
            _ => {}
        }
    }
    let Some(label) = colon.map(|at| &line[..at]) else {
        return false;
    };
    let label = if holds_blank(label) {
        Cow::Owned(without_blanks(label))
    } else {
        Cow::Borrowed(label)
    };
    LABELS_BEGIN.begin(&label) && LABELS_HOLD.is_in(&label)
}

/// What labels of units, persons and times begin with.
static LABELS_BEGIN: Words = Words::new(&[
    "责任", "牵头", "配合", "参加", "实施", "落实", "主办", "承办", "协办", "支撑", "分管", "完成",
    "整改", "参与", "协同",
]);

/// What they label.
static LABELS_HOLD: Words = Words::new(&[
    "单位", "部门", "处室", "科室", "领导", "人", "时限", "时间", "股室", "机构", "人员",
]);

fn is_contact(line: &str) -> bool {
    let line = after(line, |c| matches!(c, '（' | '('));
    initial(line).is_some_and(|first| {
        CONTACTS.begins(first)
            && CONTACTS.words(first).any(|(label, ())| {
                set_apart(line, label).is_some_and(|rest| rest.starts_with([':', '：', '（', '(']))
            })
    })
}

/// What labels of contacts are.
static CONTACTS: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    let words = [
        "联系人",
        "联系电话",
        "联系方式",
        "电话",
        "传真",
        "邮箱",
        "电子邮箱",
        "电子邮件",
        "通信地址",
        "通讯地址",
        "联系地址",
        "地址",
        "邮编",
        "QQ邮箱",
        "咨询电话",
        "邮政编码",
    ];
    Lexicon::new(words.map(|word| (word, ())))
});

fn is_bracketed(line: &str, first: char) -> bool {
    if !matches!(fold(first), '(' | '〔' | ')' | '〕') {
        return false;
    }
    let mut depth = 0usize;
    let mut closed = false;
    for c in line.chars() {
        if closed {
            return matches!(c, '。' | '.');
        }
        match fold(c) {
            '(' | '〔' => depth += 1,
            ')' | '〕' => {
                depth = depth.saturating_sub(1);
                closed = depth == 0;
            }
            _ if depth == 0 => return false,
            _ => {}
        }
    }
    closed
}

/// A rule drawn with characters, as below the letterhead: ━━━━, -----, ★.
fn is_drawn(line: &str) -> bool {
    line.chars().all(|c| DRAWN.contains(&c) || is_blank(c))
}

const DRAWN: [char; 12] = ['━', '─', '—', '＿', '_', '-', '=', '*', '★', '☆', '～', '~'];

/// How a line of a web page begins: with a label and a colon (true), or it is these words and nothing else.
static WEB: LazyLock<Lexicon<bool>> = LazyLock::new(|| {
    const LABELS: [&str; 36] = [
        "索引号",
        "发布日期",
        "发布时间",
        "发布机构",
        "信息来源",
        "来源",
        "浏览次数",
        "浏览量",
        "点击数",
        "阅读次数",
        "字体",
        "字号",
        "主题分类",
        "公开方式",
        "公开日期",
        "有效性",
        "文件编号",
        "时间",
        "责任编辑",
        "文号",
        "分类",
        "生成日期",
        "上一篇",
        "下一篇",
        "当前位置",
        "您的位置",
        "所在位置",
        "您现在的位置",
        "分享到",
        "发布部门",
        "浏览",
        "阅读数",
        "阅读量",
        "访问量",
        "视力保护色",
        "主题词",
    ];
    const WHOLE: [&str; 30] = [
        "打印",
        "关闭",
        "打印本页",
        "关闭窗口",
        "返回顶部",
        "分享到",
        "收藏",
        "首页",
        "当前位置",
        "上一篇",
        "下一篇",
        "扫一扫在手机打开当前页",
        "相关文章",
        "打印关闭",
        "打印此页",
        "关闭本页",
        "返回列表",
        "返回首页",
        "回到顶部",
        "加入收藏",
        "收藏本页",
        "网站首页",
        "上一条",
        "下一条",
        "相关信息",
        "相关推荐",
        "相关链接",
        "相关文档",
        "相关解读",
        "附件下载",
    ];
    let labels = LABELS.map(|label| (label, true));
    Lexicon::new(labels.into_iter().chain(WHOLE.map(|words| (words, false))))
});

fn is_web(line: &str, first: char) -> bool {
    let frame = |c: char| matches!(c, '【' | '】' | '[' | ']' | '>' | '<' | '|');
    let first = if frame(first) {
        match initial(after(line, frame)) {
            Some(c) => c,
            None => return false,
        }
    } else {
        first
    };
    if !WEB.begins(first) {
        return false;
    }
    let line = line.trim_matches(frame);
    WEB.words(first)
        .any(|(words, is_label)| match set_apart(line, words) {
            Some(rest) if *is_label => rest.starts_with([':', '：']),
            Some(rest) => rest.is_empty(),
            None => false,
        })
}

/// What follows the word that the line begins with, the blanks between and behind its characters aside.
fn set_apart<'t>(line: &'t str, word: &str) -> Option<&'t str> {
    let mut rest = trimmed_start(line);
    for c in word.chars() {
        let mut chars = rest.chars();
        if chars.next() != Some(c) {
            return None;
        }
        rest = trimmed_start(chars.as_str());
    }
    Some(rest)
}

/// GB/T 9704-2012, 7.2.1: six figures and nothing else.
fn is_copy_number(line: &str) -> bool {
    let mut count = 0;
    let are_figures = line.chars().all(|c| {
        let is_figure = is_figure(c);
        count += usize::from(is_figure);
        is_figure && count <= 6 || is_blank(c)
    });
    are_figures && count == 6
}

/// GB/T 9704-2012, 7.2: secrecy, urgency and signer stand above the title.
fn is_header(line: &str, first: char) -> bool {
    match first {
        '绝' | '机' | '秘' | '特' | '加' | '平' | '急' | '签' | '★' | '紧' | '等' => {}
        _ => return false,
    }
    let squeezed = without_blanks(line);
    let n = squeezed.chars().count();
    let urgency = ["紧急程度：", "等级："]
        .iter()
        .find_map(|label| squeezed.strip_prefix(label))
        .unwrap_or(&squeezed)
        .trim_matches('★');
    // 特急·明电
    let urgency = urgency.strip_suffix("·明电").unwrap_or(urgency);
    (n <= 12
        && starts_with_any(&squeezed, &["绝密", "机密", "秘密"])
        && (n <= 2 || squeezed.contains(['★', '年', '月', '期'])))
        || matches!(
            urgency,
            "特急" | "加急" | "特提" | "平急" | "急件" | "急" | "特急件"
        )
        || (starts_with_any(&squeezed, &["签发人", "签发：", "签发:"]) && n <= 20)
}

#[cfg(test)]
mod tests;
