//! Service numbers of the public: 119, 12345, 95598; told by the words beside them.

use super::PhoneFound;
use super::PhoneKind;
use super::Read;
use super::after_run;
use super::clause_after;
use super::clause_before;
use super::may_begin;
use super::may_end;
use super::next_start;
use super::shape::Digits;
use super::shape::area_at_end;
use crate::entity::doc_number::is_dash;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::words::Words;
use crate::text::words::words;

/// The service numbers alone, for which the words beside them speak; `long` is given where the digits of a number begin
/// that may be a whole one.
pub(in crate::entity::contact) fn services(
    text: &str,
    mut long: impl FnMut(usize),
) -> Vec<PhoneFound> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(at) = next_start(bytes, from) {
        let end = after_run(text, at);
        if matches!(end - at, 7 | 8 | 11 | 12) {
            long(at);
        }
        // three, five or six digits, half or full width
        if matches!(end - at, 3 | 5 | 6 | 9 | 15 | 18) {
            out.extend(alone(text, at));
        }
        from = end;
    }
    out
}

/// The service number at `at`, with the area code before it: 拨打0571-12345.
fn alone(text: &str, at: usize) -> Option<PhoneFound> {
    let mut read = service(text, at)?;
    let area = area_at_end(&text[..at]).filter(|_| read.local.len() > 3);
    let from = area.unwrap_or(at);
    read.area = area.map(|from| text[from..at].trim_end_matches(is_dash).to_owned());
    (may_begin(text, from) && may_end(text, read.end)).then(|| PhoneFound {
        span: Span::new(from, read.end),
        number: read.normal(),
        kind: read.kind,
    })
}

/// A short number of the public services, where the words beside it say so.
pub(super) fn service(text: &str, at: usize) -> Option<Read> {
    let mut here = Digits { text, at };
    let digits = here.run(6);
    if !is_service(&digits) {
        return None;
    }
    let spoken = speaks_of_calls(text, at, here.at, digits.len() == 3);
    let listed = || match digits.len() {
        3 => follows_service(text, at, here.at),
        _ => is_listed(text, at, here.at),
    };
    if !(spoken || listed()) {
        return None;
    }
    Some(Read {
        end: here.at,
        area: None,
        local: digits,
        extension: None,
        kind: PhoneKind::Hotline,
    })
}

/// Whether 、 stands before the number, and before that a service number that the words tell: 拨打110、119、120.
fn follows_service(text: &str, at: usize, end: usize) -> bool {
    const MOST: usize = 3;
    // 拨打110、120人待命
    if is_measured(clause_after(text, end, 2)) {
        return false;
    }
    let (mut at, mut end) = (at, end);
    for _ in 0..MOST {
        let before = &text[..at];
        let Some(head) = before.strip_suffix(['、', '，', '/']) else {
            return false;
        };
        // 拨打110，120辆车待命: a comma may part clauses
        if before.ends_with('，') && !stands_alone(text, end) {
            return false;
        }
        let from = head.len().saturating_sub(3);
        let number = head.get(from..).unwrap_or_default();
        if !is_service(number) || head[..from].ends_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        if speaks_of_calls(text, from, head.len(), true) {
            return true;
        }
        (at, end) = (from, head.len());
    }
    false
}

/// Whether the digits are a service number: emergency, 12XXX, 95XXX, 96XXX, 10XXX of the carriers.
pub(in crate::entity::contact) fn is_service(digits: &str) -> bool {
    match digits.len() {
        3 => matches!(digits, "110" | "119" | "120" | "122"),
        5 => words!["12", "95", "96", "11", "10"].begin(digits),
        6 => words!["95", "96"].begin(digits),
        _ => false,
    }
}

/// Words that tell a service number, to be looked for beside it.
static CALL_BEFORE: Words = Words::new(&[
    "电话", "热线", "拨打", "拨", "致电", "报警", "举报", "投诉", "咨询", "平台", "号码", "求助",
    "火警", "客服", "急救",
]);
static CALL_AFTER: Words = Words::new(&[
    "电话",
    "热线",
    "举报",
    "投诉",
    "报警",
    "平台",
    "咨询",
    "火警",
    "急救",
    "指挥中心",
    "便民",
    "政务",
    "服务",
    "有奖",
    "安全生产",
    "求助",
    "接警",
]);

fn blank_of_line(c: char) -> bool {
    c != '\n' && is_blank(c)
}

/// Whether what follows the number is a sign or the end of a line.
fn stands_alone(text: &str, end: usize) -> bool {
    matches!(
        text[end..].trim_start_matches(blank_of_line).chars().next(),
        None | Some('。' | '；' | ';' | '，' | ',' | '、' | '\n' | '）' | ')')
    )
}

/// Whether what follows a figure makes it an amount: 120人.
fn is_measured(after: &str) -> bool {
    let counted = |c: char| {
        "元人份次件个条万名户家处场张台套米吨年月日号部多余起例封本册只项%-—~至".contains(fold(c))
    };
    // 119号码
    after.chars().next().is_some_and(counted) && !after.starts_with("号码")
}

/// Whether the number stands alone between the signs of a list of numbers: 热线：400 555 0101；96119.
fn is_listed(text: &str, start: usize, end: usize) -> bool {
    let alone = stands_alone(text, end);
    // as far back as a list with its word may reach
    const REACH: usize = 48;
    let from = text[..start].char_indices().rev().take(REACH).last();
    let before = &text[from.map_or(start, |(at, _)| at)..start];
    let before = before.trim_end_matches(blank_of_line);
    if !alone || !before.ends_with(['；', ';', '，', ',', '、', '/', '或']) {
        return false;
    }
    let before = before.trim_end_matches(['；', ';', '，', ',', '、', '/', '或']);
    // the number before it, and the word that announces the list
    let number = before.trim_end_matches(|c: char| {
        fold(c).is_ascii_digit() || is_dash(c) || blank_of_line(c) || "；;，,、/或".contains(c)
    });
    let digits = before[number.len()..]
        .chars()
        .filter(|c| fold(*c).is_ascii_digit());
    digits.take(3).count() == 3
        && words!["热线", "电话", "拨打", "举报", "客服", "咨询", "致电"]
            .end(number.trim_end_matches(['：', ':', '为', '是']))
}

fn speaks_of_calls(text: &str, start: usize, end: usize, short: bool) -> bool {
    let before = clause_before(text, start, 8);
    let after = clause_after(text, end, 10);
    // “119”消防宣传月 is a campaign
    static NAMES: Words = Words::new(&["宣传月", "宣传日", "宣传周", "消防日", "消防月", "活动"]);
    if NAMES.is_in(after) {
        return false;
    }
    if is_measured(after) {
        return false;
    }
    let near = if short { 4 } else { 8 };
    CALL_BEFORE.is_in(last(before, near))
        || CALL_AFTER.is_in(if short { first(after, near) } else { after })
}

/// The last `n` characters.
fn last(s: &str, n: usize) -> &str {
    let start = s.char_indices().rev().take(n).last();
    start.map_or("", |(i, _)| &s[i..])
}

/// The first `n` characters.
fn first(s: &str, n: usize) -> &str {
    s.char_indices().nth(n).map_or(s, |(i, _)| &s[..i])
}
