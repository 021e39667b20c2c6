//! A line with its brackets and its last sentence, each read once for the units that it names.

use super::clause;
use super::clause::Parts;
use super::clause::Reading;
use super::member;
use super::office::all_offices;
use super::shape::all_departments;
use super::shape::all_units;
use super::shape::is_closer;
use super::shape::is_opener;
use super::shape::last_bracket;
use crate::span::Span;
use crate::text::fold::is_blank;
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
        self.led_by(text, at)
    }

    /// 由区教育局牵头，区卫健委配合，… in the middle of a sentence.
    fn led_by(&mut self, text: &str, at: usize) -> Option<(Parts, usize)> {
        let verb = text.get(at..self.span.end)?;
        if !words!["牵头", "主办", "承办"].begin(verb) {
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
            words![
                "组成", "组建", "组织", "会同", "制定", "编制", "开展", "成立", "推进"
            ]
            .begin(does)
            .then(|| (vec![(names, super::UnitRole::Lead)], at + "牵头".len()))
        })
    }
}

/// Whether the content of such a bracket is names alone.
pub(super) fn all_named(text: &str, list: Span) -> bool {
    all_departments(text, list) || all_offices(text, list)
}

/// The content of a bracket after the sentence that ends the line: it may be （市教育局、市公安局）, without label or verb.
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
    (inner.len() <= 600 && (before.ends_with(['。', '；', '！']) || heading()))
        .then(|| without_time(text, inner))
}

/// The content less the time that its last member says: 甲局、乙局；12月底前.
fn without_time(text: &str, list: Span) -> Span {
    let words = list.of(text);
    match words.rfind(['；', ';', '，', ',']) {
        Some(at) if member::is_time(words[at..].trim_start_matches(['；', ';', '，', ','])) => {
            Span::new(list.start, list.start + at)
        }
        _ => list,
    }
}

/// The byte of the bracket that opens just before `content`.
fn floor_open(text: &str, content: usize) -> usize {
    super::floor(text, content.saturating_sub(1))
}
