//! The shapes of lines and brackets that hold units, persons or a deadline.

use super::clause;
use super::clause::Reading;
use super::function;
use super::label;
use super::label::Label;
use super::line::all_named;
use super::line::receives;
use super::line::without_time;
use super::list;
use super::member;
use super::name;
use super::standing::is_body;
use super::when::is_period;
use super::when::is_time_and_place;
use crate::span::Span;
use crate::text::fold::is_blank;
use crate::text::words::words;

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

/// Whether the line is names alone below a label that has its line to itself: 牵头单位：⏎县水利局.
#[must_use]
pub fn names_below_label(text: &str, label: Span, line: Span) -> bool {
    const LONGEST: usize = 40;
    let label = label.trimmed(text);
    label.len() <= LONGEST
        && label::parse(text, label.start, label.end).is_some_and(|found| {
            matches!(found.label, Label::Units { .. }) && found.end >= label.end
        })
        && all_units(text, line)
}

/// Whether the line is names alone that go on with the list of a line of units above: …、⏎县水务局.
fn goes_on_from_label(text: &str, line: Span) -> bool {
    let mut start = line.start;
    for _ in 0..3 {
        let above = text[..start].trim_end_matches(is_blank);
        let parted = above.ends_with(['、', '，', ',', '；', ';']);
        if !parted && (start > line.start || above.len() + 1 < start) {
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
        if !parted {
            let member = upper
                .of(text)
                .rfind(|c| list::is_separator(c) || c == '：' || c == ':');
            let member = member.map_or(upper.start, |i| upper.start + i);
            let member = member + text[member..].chars().next().map_or(0, char::len_utf8);
            return begins_with_label(text, upper, false)
                && super::extent::completes(text, member, upper.end, line.end);
        }
        if begins_with_label(text, upper, false) {
            return all_units(text, line);
        }
        start = upper.start;
    }
    false
}

/// The bracket at the end of a heading that holds units, persons, a deadline or a period, brackets included;
/// a mark after it does not matter. Two that touch are one. （试行） and （含管道燃气） are ordinary brackets: null; so is
/// the one behind an organ to which something is sent, 情况报县安委办（县应急局）.
#[must_use]
pub fn trailing_bracket(text: &str, heading: Span) -> Option<Span> {
    let mut found: Option<Span> = None;
    let mut words = heading;
    for _ in 0..2 {
        let Some((outer, inner)) = last_bracket(text, words) else {
            break;
        };
        let touches = found.is_none_or(|f| f.start == outer.end);
        let labels = || match bare_names(text, inner) {
            true => !receives(
                Span::new(heading.start, outer.start)
                    .of(text)
                    .trim_end_matches(is_blank),
            ),
            false => holds_units(text, inner),
        };
        if !touches || !labels() {
            break;
        }
        found = Some(Span::new(outer.start, found.map_or(outer.end, |f| f.end)));
        words = Span::new(heading.start, outer.start);
    }
    found
}

/// Whether the bracket's content is names without label or verb, times beside them aside.
fn bare_names(text: &str, inner: Span) -> bool {
    let names = without_time(text, inner.trimmed(text));
    inner.len() <= 3000 && all_named(text, names)
}

/// The bracket that ends the words, a mark after it aside: whole, and its content.
pub(super) fn last_bracket(text: &str, heading: Span) -> Option<(Span, Span)> {
    let words = heading.of(text);
    let kept = words.trim_end_matches(|c: char| {
        matches!(c, '。' | '；' | ';' | '：' | ':' | '，' | '.') || is_blank(c)
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
        || clause_is_labelled(text, inner)
        || !clause::parse(text, inner, Reading::Bracket).is_empty()
        || bare_names(text, inner)
}

/// Whether a label stands behind one of the first commas: （6月底完成并持续推进，牵头考核单位：区教育局）.
fn clause_is_labelled(text: &str, inner: Span) -> bool {
    let commas = inner.of(text).char_indices();
    let mut commas = commas.filter(|(_, c)| matches!(c, '，' | ',' | '；' | ';'));
    commas.by_ref().take(3).any(|(at, c)| {
        let clause = Span::new(inner.start + at + c.len_utf8(), inner.end);
        begins_with_label(text, clause.trimmed(text), false)
    })
}

fn begins_with_label(text: &str, span: Span, bare: bool) -> bool {
    let words = span.of(text);
    let start = span.start;
    let after = words.strip_prefix(['【', '〔', '[']).unwrap_or(words);
    let start = start + (words.len() - after.len());
    // up to six characters may stand before the label's first word: 市级牵头单位
    for (skip, c) in after.char_indices().take(7) {
        let found = (label::may_begin(c))
            .then(|| label::parse(text, start + skip, span.end))
            .flatten();
        if let Some(found) = found {
            let list = Span::new(found.end, span.end);
            return found.colon
                || bare
                    && skip == 0
                    && matches!(found.label, Label::Units { .. })
                    && all_units(text, list);
        }
        if matches!(
            c,
            '各' | '的' | '请' | '：' | ':' | '，' | '、' | '。' | ' '
        ) {
            return false;
        }
    }
    false
}

/// Whether every member of the list is a unit's name; a list of none is not.
pub(super) fn all_units(text: &str, list: Span) -> bool {
    let names = list::split_names(text, list);
    !names.is_empty()
        && names.iter().all(|(_, n)| {
            let kept = member::trimmed_len(n);
            name::looks_like_unit(&n[..kept]) || member::is_time(n)
        })
}

/// Whether every member is a department by its function or collective name, so that no label is needed.
pub(super) fn all_departments(text: &str, list: Span) -> bool {
    let names = list::split_names(text, list);
    let known = |n: &str| n.chars().nth(2).is_some() && function::of(n).is_some();
    // 有结对任务的单位, 相关区
    let concerned = |n: &str| {
        words!["相关", "有关", "其他", "派出"].begin(n) && name::ends_like_unit(n)
            || n.starts_with('有') && words!["的单位", "的部门"].end(n)
    };
    names.iter().any(|(_, n)| known(n))
        && names.iter().all(|(_, n)| {
            let n = &n[..member::trimmed_len(n)];
            if concerned(n) {
                return true;
            }
            name::looks_like_unit(n)
                && (known(n)
                    || is_body(n)
                    || words!["机关党委", "党组", "工委"].end(name::without_note(n))
                    || n.starts_with('各')
                    || n.ends_with("街道")
                    || n.ends_with('镇')
                    || n.ends_with('乡'))
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

pub(super) fn is_opener(c: char) -> bool {
    matches!(c, '（' | '(' | '【' | '〔' | '[' | '［')
}

pub(super) fn is_closer(c: char) -> bool {
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
