//! The shapes of lines and brackets that hold units, persons or a deadline.

use super::clause;
use super::clause::Parts;
use super::clause::Reading;
use super::function;
use super::label;
use super::label::Label;
use super::list;
use super::name;
use crate::span::Span;
use crate::text::fold::is_blank;

/// Whether the line (or its whole bracket) is one of units, persons or a deadline for the item above it:
/// 责任单位：…, 牵头领导：…, 完成时限：…, （区教育局负责）.
#[must_use]
pub fn unit_line(text: &str, line: Span) -> bool {
    let line = line.trimmed(text);
    let words = line.of(text);
    if words.is_empty() {
        return false;
    }
    if let Some(inner) = whole_bracket(text, line) {
        return holds_units(text, inner);
    }
    begins_with_label(text, line, false) || goes_on_from_label(text, line)
}

/// Whether the line is names alone that go on with the list of a line of units above: …、⏎县水务局.
fn goes_on_from_label(text: &str, line: Span) -> bool {
    let mut start = line.start;
    for _ in 0..3 {
        let above = text[..start].trim_end_matches(is_blank);
        if !above.ends_with(['、', '，', ',', '；', ';']) {
            return false;
        }
        let begin = above
            .bytes()
            .rev()
            .take(600)
            .position(|b| b == b'\n')
            .map_or(0, |i| above.len() - i);
        if begin == 0 && above.len() > 600 {
            return false;
        }
        let upper = Span::new(begin, above.len()).trimmed(text);
        if begins_with_label(text, upper, false) {
            return all_units(text, line);
        }
        start = upper.start;
    }
    false
}

/// The bracket at the end of a heading that holds units, persons, a deadline or a period, brackets included;
/// a mark after it does not matter. （试行） and （含管道燃气） are ordinary brackets: null.
#[must_use]
pub fn trailing_bracket(text: &str, heading: Span) -> Option<Span> {
    let (outer, inner) = last_bracket(text, heading)?;
    holds_units(text, inner).then_some(outer)
}

/// The bracket that ends the words, a mark after it aside: whole, and its content.
fn last_bracket(text: &str, heading: Span) -> Option<(Span, Span)> {
    let words = heading.of(text);
    let kept = words.trim_end_matches(|c: char| {
        is_blank(c) || matches!(c, '。' | '；' | ';' | '：' | ':' | '，' | '.')
    });
    let last = kept.chars().next_back().filter(|c| is_closer(*c))?;
    let mut depth = 0;
    let (open, opener) = kept.char_indices().rev().find(|(_, c)| {
        if is_closer(*c) {
            depth += 1;
        } else if is_opener(*c) {
            depth -= 1;
        }
        depth == 0
    })?;
    let outer = Span::new(open, kept.len()).shifted(heading.start);
    let inner = Span::new(outer.start + opener.len_utf8(), outer.end - last.len_utf8());
    Some((outer, inner))
}

/// Whether a label of units, persons or a deadline, or a bracket of units, stands within `scope`.
#[must_use]
pub fn has_label(text: &str, scope: Span) -> bool {
    let scope = Span::new(scope.start, scope.end.min(text.len()));
    scope
        .of(text)
        .split_inclusive('\n')
        .scan(scope.start, |at, l| {
            let line = Span::new(*at, *at + l.len());
            *at = line.end;
            Some(line)
        })
        .any(|line| {
            unit_line(text, line)
                || trailing_bracket(text, line).is_some()
                || !super::parts(text, line).is_empty()
                || deadline_label(text, line)
        })
}

/// Whether a label of a deadline stands within the line: …一堂课，完成时间：4月25日之前。
fn deadline_label(text: &str, line: Span) -> bool {
    line.of(text).match_indices('时').any(|(at, _)| {
        let at = line.start + at;
        let before = &text[line.start..at];
        ["完成", "办结", "办理", "整改"].iter().any(|w| {
            before.ends_with(w)
                && label::parse(text, at - w.len(), line.end)
                    .is_some_and(|l| l.colon && l.label == Label::Deadline)
        })
    })
}

/// Whether a bracket's content says who or when.
fn holds_units(text: &str, inner: Span) -> bool {
    let inner = inner.trimmed(text);
    let words = inner.of(text);
    if words.is_empty() || inner.len() > 3000 {
        return false;
    }
    is_period(words)
        || is_time_and_place(words)
        || begins_with_label(text, inner, true)
        || !clause::parse(text, inner, Reading::Bracket).is_empty()
        || all_departments(text, inner)
        || all_offices(text, inner)
}

fn begins_with_label(text: &str, span: Span, bare: bool) -> bool {
    let words = span.of(text);
    let start = span.start;
    let after = words.strip_prefix(['【', '〔', '[']).unwrap_or(words);
    let start = start + (words.len() - after.len());
    // up to six characters may stand before the label's first word: 市级牵头单位
    let offsets = after.char_indices().map(|(i, _)| i).take(7);
    for skip in offsets {
        if after[..skip].contains(['各', '的', '请', '：', ':', '，', '、', '。', ' ']) {
            return false;
        }
        if let Some(found) = label::parse(text, start + skip, span.end) {
            let list = Span::new(found.end, span.end);
            return found.colon
                || bare
                    && skip == 0
                    && matches!(found.label, Label::Units { .. })
                    && all_units(text, list);
        }
    }
    false
}

/// 5月17日，文化广场: a day and after the comma where it is, or with what.
fn is_time_and_place(words: &str) -> bool {
    let Some((when, rest)) = words.split_once(['，', ',', '；', ' ', '\u{3000}']) else {
        return false;
    };
    when.starts_with(|c: char| c.is_numeric() || matches!(c, '每' | '一'..='十'))
        && when.contains(['月', '日', '周', '季'])
        && is_period(when)
        && rest.chars().take(25).count() <= 24
        && !rest.contains(['。', '：', ':'])
}

/// Whether the words are a deadline or a period and nothing else: 6月底前, 2018年8月－9月上旬.
fn is_period(words: &str) -> bool {
    const DATE: &[&str] = &[
        "年",
        "月",
        "日",
        "号",
        "份",
        "上旬",
        "中旬",
        "下旬",
        "旬",
        "底",
        "初",
        "末",
        "前",
        "起",
        "至",
        "到",
        "第",
        "季度",
        "上半",
        "下半",
        "半",
        "周",
        "星期",
        "每",
        "次",
        "之",
        "以",
        "后",
        "内",
        "完成",
        "时间",
        "时限",
        "截止",
        "截至",
        "开始",
        "结束",
        "持续",
        "长期",
        "坚持",
        "全",
        "开展",
        "进行",
        "实施",
        "推进",
        "即",
        "今",
        "明",
        "当",
        "适时",
        "贯穿",
        "全过程",
        "分",
        "时",
        "上午",
        "下午",
        "期间",
        "左右",
        "本",
        "一",
        "二",
        "三",
        "四",
        "五",
        "六",
        "七",
        "八",
        "九",
        "十",
        "〇",
        "○",
        "零",
        "廿",
        "约",
        "为",
        "从",
        "自",
        "于",
        "中",
        "止",
        "和",
        "启动",
        "达标",
        "阶段",
        "常态化",
        "常年",
    ];
    if words.chars().take(41).count() > 40 || !DATE_MARKS.iter().any(|m| words.contains(m)) {
        return false;
    }
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        if let Some(word) = DATE
            .iter()
            .filter(|w| rest.starts_with(**w))
            .max_by_key(|w| w.len())
        {
            rest = &rest[word.len()..];
        } else if c.is_alphabetic() {
            return false;
        } else {
            rest = &rest[c.len_utf8()..];
        }
    }
    true
}

/// What a deadline or period holds at least one of; a year alone is none.
const DATE_MARKS: &[&str] = &[
    "月",
    "日",
    "季度",
    "旬",
    "底",
    "年前",
    "年内",
    "半年",
    "周",
    "全年",
    "长期",
    "持续",
    "常年",
    "适时",
    "常态化",
    "全过程",
];

/// Whether every member of the list is a unit's name; a list of none is not.
pub(super) fn all_units(text: &str, list: Span) -> bool {
    let names = list::split_names(text, list);
    !names.is_empty()
        && names.iter().all(|(_, n)| {
            let kept = name::trimmed_len(n);
            name::looks_like_unit(&n[..kept]) || name::is_time(n)
        })
}

/// Whether every member is a department by its function or collective name, so that no label is needed.
fn all_departments(text: &str, list: Span) -> bool {
    let names = list::split_names(text, list);
    let known = |n: &str| n.chars().nth(2).is_some() && function::of(n).is_some();
    names.iter().any(|(_, n)| known(n))
        && names.iter().all(|(_, n)| {
            let n = &n[..name::trimmed_len(n)];
            name::looks_like_unit(n)
                && (known(n)
                    || n.starts_with('各')
                    || n.ends_with("街道")
                    || n.ends_with('镇')
                    || n.ends_with('乡'))
        })
}

/// Whether every member is an office of an organ, a school or a hospital (计财科, 教务处), or a collective name of such.
fn all_offices(text: &str, list: Span) -> bool {
    let names = list::split_names(text, list);
    !names.is_empty()
        && names.iter().all(|(_, n)| {
            let n = &n[..name::trimmed_len(n)];
            name::looks_like_unit(n) && name::is_office(n)
        })
}

/// The list less what follows a blank and is no unit: 区教育局 张三 under 责任单位及责任人.
pub(super) fn without_persons(text: &str, list: Span) -> Span {
    let words = list.of(text);
    for (at, c) in words.char_indices() {
        if is_blank(c) && !name::ends_like_unit(words[at..].trim()) {
            return Span::new(list.start, list.start + at);
        }
    }
    list
}

/// The next line that is not blank, when it can be a list of names.
pub(super) fn line_below(text: &str, feed: usize, end: usize) -> Option<Span> {
    let mut at = feed;
    for line in text.get(feed..end)?.split_inclusive('\n').take(4) {
        let span = Span::new(at, at + line.len()).trimmed(text);
        at += line.len();
        if span.is_empty() {
            continue;
        }
        return all_units(text, span).then_some(span);
    }
    None
}

fn is_opener(c: char) -> bool {
    matches!(c, '（' | '(' | '【' | '〔' | '[' | '［')
}

fn is_closer(c: char) -> bool {
    matches!(c, '）' | ')' | '】' | '〕' | ']' | '］')
}

/// The content of the bracket that is the whole line.
fn whole_bracket(text: &str, line: Span) -> Option<Span> {
    let words = line.of(text).trim_end_matches(['。', '；', ';']);
    let mut depth = 0;
    let mut content = None;
    for (at, c) in words.char_indices() {
        if content.is_some() {
            return None;
        }
        if is_opener(c) {
            depth += 1;
        } else if is_closer(c) {
            depth -= 1;
        }
        if depth == 0 {
            let open = words.chars().next().map_or(0, char::len_utf8);
            content = (at >= open).then(|| Span::new(open, at).shifted(line.start));
            content?;
        }
    }
    // one that never closes is broken over lines
    content.or_else(|| {
        let open = words.chars().next().filter(|c| is_opener(*c))?;
        Some(Span::new(line.start + open.len_utf8(), line.end))
    })
}

/// A line with its brackets and its last sentence, so that each is read once.
pub(super) struct LineShape {
    /// The line within the scope, without its feed.
    pub(super) span: Span,
    /// Contents of the outermost brackets.
    brackets: Vec<Span>,
    /// Where the last sentence begins, and where its words end; none once it was read.
    last: Option<Span>,
    /// Before this, no 由 is left to try.
    led: usize,
}

impl LineShape {
    /// The line around byte `at`.
    pub(super) fn around(text: &str, scope: Span, at: usize) -> Self {
        let start = text[scope.start..at]
            .rfind('\n')
            .map_or(scope.start, |i| scope.start + i + 1);
        let end = text[at..scope.end].find('\n').map_or(scope.end, |i| at + i);
        Self::of(text, Span::new(start, end))
    }

    pub(super) fn of(text: &str, span: Span) -> Self {
        let mut brackets = Vec::new();
        let mut depth = 0;
        let mut open = 0;
        let mut sentence = span.start;
        let mut ended = false;
        for (i, c) in span.of(text).char_indices() {
            let at = span.start + i;
            if ended && !is_blank(c) && !is_opener(c) {
                sentence = at;
                ended = false;
            }
            if is_opener(c) {
                if depth == 0 {
                    open = at + c.len_utf8();
                }
                depth += 1;
            } else if is_closer(c) && depth > 0 {
                depth -= 1;
                if depth == 0 {
                    brackets.push(Span::new(open, at));
                }
            }
            if depth == 0 && matches!(c, '。' | '；' | ';' | '！' | '？') {
                ended = true;
            }
        }
        let mut end = span.trimmed(text).end;
        // a bracket of a deadline after the sentence is not part of it
        if let Some(last) = brackets.last().filter(|b| b.start > sentence)
            && text[last.end..end].chars().count() == 1
        {
            end = floor_open(text, last.start);
        }
        let words = Span::new(sentence, end).of(text);
        let kept = words.trim_end_matches(|c: char| is_blank(c) || matches!(c, '。' | '；' | ';'));
        Self {
            span,
            brackets,
            last: Some(Span::new(sentence, sentence + kept.len())),
            led: span.start,
        }
    }

    /// The content of the outermost bracket around `at`.
    pub(super) fn bracket_around(&self, at: usize) -> Option<Span> {
        let i = self.brackets.partition_point(|b| b.end <= at);
        self.brackets.get(i).copied().filter(|b| b.start <= at)
    }

    /// The lists of the sentence around the verb at `at`: the line's last one when it says nothing else,
    /// or 由…牵头 anywhere; and how far was read.
    pub(super) fn sentence(&mut self, text: &str, at: usize) -> Option<(Parts, usize)> {
        const LONGEST: usize = 900;
        if let Some(last) = self.last.filter(|l| l.start <= at && at < l.end) {
            self.last = None;
            let words = last.of(text);
            let fits = last.len() <= LONGEST && clause::ends_in_verb(words);
            let by = words.match_indices('由').map(|(i, _)| i).take(4);
            let after = words
                .rfind(['：', ':'])
                .map(|i| i + words[i..].chars().next().map_or(1, char::len_utf8));
            let starts = [0].into_iter().chain(after).chain(by);
            for start in starts.filter(|_| fits) {
                let span = Span::new(last.start + start, last.end).trimmed(text);
                let lists = clause::parse(text, span, Reading::Sentence);
                if !lists.is_empty() {
                    return Some((lists, last.end));
                }
            }
        }
        self.led_by(text, at)
    }

    /// 由区教育局牵头，区卫健委配合，… in the middle of a sentence.
    fn led_by(&mut self, text: &str, at: usize) -> Option<(Parts, usize)> {
        let verb = text.get(at..self.span.end)?;
        if !["牵头", "主办", "承办"].iter().any(|v| verb.starts_with(v)) {
            return None;
        }
        let from = super::floor(text, at.saturating_sub(300).max(self.span.start));
        let before = text.get(from..at)?;
        let before = &before[before
            .rfind(['。', '；'])
            .map_or(0, |i| i + '。'.len_utf8())..];
        let by = before.rfind('由').map(|i| at - before.len() + i)?;
        if by < self.led {
            return None;
        }
        self.led = by + 1;
        let names = Span::new(by + '由'.len_utf8(), at);
        if !all_units(text, names) {
            return None;
        }
        let window = super::floor(text, (at + 240).min(self.span.end));
        let after = &text[at..window];
        let mut best = None;
        let mut end = after.len();
        for (i, c) in after.char_indices() {
            if matches!(c, '。' | '；') {
                end = i;
                break;
            }
        }
        let cuts = after[..end]
            .match_indices(['，', ','])
            .map(|(i, _)| i)
            .take(3);
        for cut in cuts.chain([end]) {
            let span = Span::new(by, at + cut);
            let lists = clause::parse(text, span, Reading::Sentence);
            if !lists.is_empty() {
                best = Some((lists, span.end));
            }
        }
        // 由甲局、乙局牵头组成检查组: what they lead is said, and they lead
        best.or_else(|| {
            let does = verb.strip_prefix("牵头")?;
            [
                "组成", "组建", "组织", "会同", "制定", "编制", "开展", "成立", "推进",
            ]
            .iter()
            .any(|word| does.starts_with(word))
            .then(|| (vec![(names, super::UnitRole::Lead)], at + "牵头".len()))
        })
    }
}

/// The content of （市教育局、市公安局） after the sentence that ends the line, without label or verb.
pub(super) fn bare_bracket(text: &str, line: Span) -> Option<Span> {
    let (outer, inner) = last_bracket(text, line)?;
    let before = Span::new(line.start, outer.start).of(text);
    let before = before.trim_end_matches(is_blank);
    // 采购教具（计财科）: a heading alone on its line, the marker before it aside
    let heading = || {
        let words = before
            .split_once(['、', '.', '）', ')'])
            .map_or(before, |(_, rest)| rest);
        !words.contains(['，', '：', ':', '。', '；', '、', '（', '('])
    };
    (inner.len() <= 600
        && (before.ends_with(['。', '；', '！']) || heading())
        && (all_departments(text, inner) || all_offices(text, inner)))
    .then_some(inner)
}

/// The byte of the bracket that opens just before `content`.
fn floor_open(text: &str, content: usize) -> usize {
    super::floor(text, content.saturating_sub(1))
}
