//! How far the list of names after a label goes.

use super::label::Label;
use super::label::LabelFound;
use super::label::parse;
use super::label::skip_blanks;
use super::list::is_separator;
use super::name;
use crate::span::Span;
use crate::text::fold;
use crate::text::fold::is_blank;
use crate::text::letter::is_numeric;
use crate::text::words::Words;

/// Where the list of names that begins at `from` ends: at the bracket that closes around it, the line's end
/// (unless the list goes on below), a full stop, or the next label.
pub(super) fn list_end(text: &str, from: usize, end: usize) -> usize {
    let mut depth = 0;
    let mut quotes = 0;
    let mut member = from;
    let mut fresh = true;
    let mut last = ' ';
    let body = text.get(from..end).unwrap_or_default();
    for (i, c) in body.char_indices() {
        let at = from + i;
        if c == '\n' {
            if !is_separator(last) && completes(text, member, at, end) {
                continue;
            }
            if !is_separator(last) && hangs(text, at, end) {
                member = at + 1;
                fresh = true;
                continue;
            }
            let semicolon = matches!(last, '；' | ';');
            if !is_separator(last)
                || next_line_begins_label(text, at, end)
                || semicolon && !next_line_is_list(text, at, end)
            {
                return at;
            }
            member = at + 1;
            fresh = true;
            continue;
        }
        match c {
            '“' | '《' | '「' => quotes += 1,
            '”' | '》' | '」' => quotes = (quotes - 1i32).max(0),
            _ => match super::list::depth_change(c) {
                1 => depth += 1,
                -1 if depth == 0 => return at,
                -1 => depth -= 1,
                _ => {}
            },
        }
        let top = depth == 0 && quotes == 0;
        if top && matches!(c, '。' | '！' | '？') {
            return at;
        }
        if top && matches!(c, '：' | ':') {
            // a colon makes its member a label of another sort
            return member;
        }
        let blank = is_blank(c);
        if top && (blank || is_separator(c)) {
            member = if blank && is_separator(last) {
                member
            } else {
                at + c.len_utf8()
            };
            fresh = true;
        } else if fresh {
            fresh = false;
            if member > from || at > from {
                member = at;
                if parse(text, at, end)
                    .is_some_and(|l| l.colon || l.label != Label::Persons && no_name(text, &l))
                {
                    return at;
                }
            }
        }
        if !blank {
            last = c;
        }
    }
    end
}

/// Whether the line that the feed at `feed` ends breaks off within the name that begins at `member`, and the next line
/// gives the rest: …、县消防救援⏎大队、县公安局.
pub(super) fn completes(text: &str, member: usize, feed: usize, end: usize) -> bool {
    let next = text.get(feed + 1..end).unwrap_or_default();
    let next = next.split('\n').next().unwrap_or_default();
    let begun = text.get(member..feed).unwrap_or_default().trim();
    if begun.is_empty() || begun.len() > 90 || next.len() > 600 || next.starts_with(is_blank) {
        return false;
    }
    let first = next.split(is_separator).next().unwrap_or_default().trim();
    let whole = first.trim_end_matches(['。', '；', '）', ')']);
    let broken = !name::looks_like_unit(begun) || TAILS.hold(whole);
    let rest = Span::new(feed + 1 + first.len(), feed + 1 + next.len());
    broken
        && name::looks_like_unit(&format!("{begun}{whole}"))
        && !whole.contains(is_blank)
        && (rest
            .trimmed(text)
            .of(text)
            .trim_matches(is_separator)
            .is_empty()
            || super::shape::all_units(text, rest))
}

/// Whether the next line stands below the names of this one, deeper than a paragraph begins, and is names alone:
/// 责任单位：县疾控中心⏎　　　　　县妇幼保健院.
fn hangs(text: &str, feed: usize, end: usize) -> bool {
    const PARAGRAPH: usize = 4;
    let line = text.get(feed + 1..end).unwrap_or_default();
    fold::indent(line) > PARAGRAPH && next_line_is_list(text, feed, end)
}

/// What only ends a name: no unit is called so.
pub(super) static TAILS: Words = Words::new(&[
    "局",
    "委",
    "办",
    "厅",
    "大队",
    "支队",
    "总队",
    "中队",
    "分局",
    "委员会",
    "办公室",
    "管理局",
    "管委会",
    "人民政府",
    "公司",
    "救援大队",
    "救援支队",
    "保障局",
    "监管局",
    "监督管理局",
    "事务局",
    "事务中心",
    "服务中心",
    "执法局",
    "执法大队",
    "办事处",
]);

/// A label without colon ends a list only where a blank or a name of a unit follows.
pub(super) fn no_name(text: &str, label: &LabelFound) -> bool {
    if !matches!(label.label, Label::Units { .. }) {
        return false;
    }
    let rest = &text[label.end..];
    let name = rest
        .split(|c: char| is_separator(c) || is_blank(c) || matches!(c, '）' | ')' | '。'))
        .next()
        .unwrap_or_default();
    name::looks_like_unit(name)
}

fn next_line_begins_label(text: &str, feed: usize, end: usize) -> bool {
    let at = skip_blanks(text, feed + 1, end);
    let line = text.get(at..end).unwrap_or_default();
    let line = line.split('\n').next().unwrap_or_default();
    parse(text, at, end).is_some_and(|l| l.colon)
        || line.trim().is_empty()
        || begins_marker(line)
        || line
            .chars()
            .take(60)
            .any(|c| matches!(c, '。' | '：' | ':'))
}

/// Whether the line has a marker of its own: 2. 三、 （四） ⑤.
fn begins_marker(line: &str) -> bool {
    let count = |c: char| is_numeric(c) || "一二三四五六七八九十".contains(c);
    let rest = line.trim_start_matches(count);
    line.starts_with(['（', '(', '①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '⑩'])
        || rest.len() < line.len() && rest.starts_with(['、', '.', '．', '）', ')'])
}

/// Whether the next line is nothing but names of units.
fn next_line_is_list(text: &str, feed: usize, end: usize) -> bool {
    let at = skip_blanks(text, feed + 1, end);
    let line = text.get(at..end).unwrap_or_default();
    let line = line.split('\n').next().unwrap_or_default();
    super::shape::all_units(text, Span::new(at, at + line.len()))
}
