//! A line with its brackets and its last sentence, each read once for the units that it names.

use super::clause;
use super::clause::Parts;
use super::clause::Reading;
use super::led;
use super::member;
use super::name;
use super::office::all_offices;
use super::shape::all_departments;
use super::shape::is_closer;
use super::shape::is_opener;
use super::shape::last_bracket;
use super::standing::close_sentence;
use super::when::is_period;
use crate::span::Span;
use crate::text::fold::is_blank;
use crate::text::words::Words;
use crate::text::words::words;

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
        led::lists(text, self.span, at, &mut self.led)
    }
}

/// Whether the content of such a bracket is names alone.
pub(super) fn all_named(text: &str, list: Span) -> bool {
    all_departments(text, list) || all_offices(text, list) || close_sentence(text, list)
}

/// The content of a bracket after the sentence that ends the line: it may be （市教育局、市公安局）, without label or verb.
pub(super) fn bare_bracket(text: &str, line: Span) -> Option<Span> {
    let (mut outer, mut inner) = last_bracket(text, line)?;
    let mut place = line;
    // （县教育局）（12月底前）: the bracket before says who
    if is_time_alone(text, inner)
        && let Some((first, names)) = last_bracket(text, Span::new(line.start, outer.start))
        && first.end == outer.start
    {
        place = Span::new(line.start, outer.start);
        (outer, inner) = (first, names);
    }
    // （12月底前完成）（县住建局）
    if let Some((first, time)) = last_bracket(text, Span::new(place.start, outer.start))
        && first.end == outer.start
        && is_time_alone(text, time)
    {
        outer = Span::new(first.start, outer.end);
    }
    let before = Span::new(place.start, outer.start).of(text);
    let before = before.trim_end_matches(is_blank);
    // 采购教具（计财科）: a heading alone on its line, the marker before it aside
    let heading = || {
        let words = before
            .split_once(['、', '.', '）', ')'])
            .map_or(before, |(_, rest)| rest);
        !words.contains(['，', '：', ':', '。', '；', '、', '（', '(']) && !receives(words)
    };
    (inner.len() <= 600 && (before.ends_with(['。', '；', '！']) || heading()))
        .then(|| without_time(text, inner))
}

/// Whether the content of a bracket says when and nothing else.
fn is_time_alone(text: &str, inner: Span) -> bool {
    let words = inner.of(text);
    let mut members = words
        .split(['，', ',', '；', ';'])
        .filter(|m| !m.trim().is_empty());
    let first = members.next().is_some_and(is_when);
    first && members.all(is_when)
}

/// Whether the words end with an organ to which something is sent: 情况报县安委办, 材料交局办公室.
pub(super) fn receives(words: &str) -> bool {
    static SENDS: Words = Words::new(&[
        "报送", "上报", "报", "送", "交", "至", "到", "给", "向", "抄送", "反馈", "函告",
    ]);
    let clause = words
        .rsplit(['，', ',', '。', '；', '：', '、'])
        .next()
        .unwrap_or_default();
    let from = clause.char_indices().rev().nth(30).map_or(0, |(at, _)| at);
    let clause = &clause[from..];
    clause.char_indices().any(|(at, _)| {
        SENDS.longest_at(&clause[at..]).is_some_and(|word| {
            let receiver = &clause[at + SENDS.list()[word].len()..];
            receiver.chars().nth(1).is_some() && name::looks_like_unit(receiver)
        })
    })
}

/// The content less the times that its first and its last members say: 甲局、乙局；12月底前 and 12月底前完成，甲局、乙局.
pub(super) fn without_time(text: &str, list: Span) -> Span {
    // （县水利局 12月底前完成）
    const PARTS: [char; 6] = ['；', ';', '，', ',', ' ', '\u{3000}'];
    let mut list = list;
    while let Some(at) = list.of(text).rfind(PARTS)
        && is_when(list.of(text)[at..].trim_start_matches(PARTS))
    {
        list = Span::new(list.start, list.start + at);
    }
    let all = list;
    let mut on_a_day = false;
    while let Some(at) = list.of(text).find(PARTS)
        && is_when(&list.of(text)[..at])
    {
        let when = &list.of(text)[..at];
        on_a_day |= when.contains('日') && !when.contains(['前', '底', '至', '—', '-']);
        let past = list.of(text)[at..].trim_start_matches(PARTS).len();
        list = Span::new(list.end - past, list.end);
    }
    // （6月16日，县文化中心）: behind a day it is the place
    let is_place = |name: &str| {
        words![
            "中心", "馆", "站", "院", "园", "村", "社区", "校", "小学", "中学", "场", "楼", "室",
            "学院", "街道", "镇", "乡"
        ]
        .end(name)
    };
    match on_a_day
        && list
            .of(text)
            .split(super::list::is_separator)
            .any(|m| is_place(m.trim()))
    {
        true => all,
        false => list,
    }
}

/// Whether a member of a bracket says when: 12月底前完成, 长期坚持.
fn is_when(words: &str) -> bool {
    member::is_time(words) || is_period(words.trim_matches(is_blank))
}

/// The byte of the bracket that opens just before `content`.
fn floor_open(text: &str, content: usize) -> usize {
    super::floor(text, content.saturating_sub(1))
}
