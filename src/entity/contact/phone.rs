//! Telephone numbers: mobile, landline with area code and extension, service numbers.
//!
//! Numbering as in the Chinese plan: area codes 010, 02X, 03XX–09XX; mobile numbers of eleven digits from 13 to
//! 19; 400 and 800 numbers; service codes 12XXX, 95XXX, 96XXX and the emergency numbers.

use crate::entity::doc_number::is_dash;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a telephone number reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PhoneKind {
    /// A person's mobile.
    Mobile,
    /// A line in an office, or one of 400/800.
    Landline,
    /// A short number for the public: 12345, 119, 95598.
    Hotline,
}

/// A telephone number as found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneFound {
    /// Where it stands, country code and extension included.
    pub span: Span,
    /// Digits, the area code parted by `-`, an extension after `#`; no country code.
    pub number: String,
    /// What it reaches.
    pub kind: PhoneKind,
}

/// The telephone numbers of `text`.
///
/// A number without area code counts after a word such as 电话 or after another number of the same list; a service
/// number counts where the words beside it say that it is one.
///
/// ```
/// use gongwen::entity::contact::phone::phones;
///
/// let found = phones("电话：+86 27 5908 1185转802");
/// assert_eq!(found[0].number, "027-59081185#802");
/// assert!(phones("2023-2025年，共12350元").is_empty());
/// ```
#[must_use]
pub fn phones(text: &str) -> Vec<PhoneFound> {
    let bytes = text.as_bytes();
    let mut out: Vec<PhoneFound> = Vec::new();
    let mut from = 0;
    while let Some(at) = next_start(bytes, from) {
        let Some(found) = number_at(text, at, &out) else {
            from = after_run(text, at);
            continue;
        };
        from = found.span.end.max(at + 1);
        out.push(found);
        while let Some(next) = out.last().and_then(|last| slash_sibling(text, last)) {
            from = next.span.end;
            out.push(next);
        }
    }
    out
}

/// The service numbers alone, for which the words beside them speak.
pub(super) fn services(text: &str) -> Vec<PhoneFound> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(at) = next_start(bytes, from) {
        let end = after_run(text, at);
        if (3..=18).contains(&(end - at))
            && may_begin(text, at)
            && let Some(read) = service(text, at)
            && may_end(text, read.end)
        {
            out.push(PhoneFound {
                span: Span::new(at, read.end),
                number: read.normal(),
                kind: read.kind,
            });
        }
        from = end;
    }
    out
}

/// The number that `/58` makes of 0991-5093157: its last digits replaced.
fn slash_sibling(text: &str, last: &PhoneFound) -> Option<PhoneFound> {
    if last.kind == PhoneKind::Hotline || last.number.contains('#') {
        return None;
    }
    let (start, digits) = slash_digits(text, last.span.end)?;
    let kept = last.number.len().checked_sub(digits.len())?;
    Some(PhoneFound {
        span: Span::new(start.0, start.1),
        number: format!("{}{digits}", last.number.get(..kept)?),
        kind: last.kind,
    })
}

/// The one to four digits after a slash at `at`, and where they stand.
pub(super) fn slash_digits(text: &str, at: usize) -> Option<((usize, usize), String)> {
    let mut here = Digits { text, at };
    while here.peek() == Some(' ') {
        here.bump();
    }
    if here.peek() != Some('/') {
        return None;
    }
    here.bump();
    while here.peek() == Some(' ') {
        here.bump();
    }
    let start = here.at;
    let digits = here.run(4);
    ((1..=4).contains(&digits.len()) && may_end(text, here.at))
        .then_some(((start, here.at), digits))
}

/// A number with its surface, as a labelled field reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) end: usize,
    pub(super) area: Option<String>,
    pub(super) local: String,
    pub(super) extension: Option<String>,
    pub(super) kind: PhoneKind,
}

impl Read {
    fn normal(&self) -> String {
        let mut out = String::new();
        if let Some(area) = &self.area {
            out.push_str(area);
            out.push('-');
        }
        out.push_str(&self.local);
        if let Some(extension) = &self.extension {
            out.push('#');
            out.push_str(extension);
        }
        out
    }
}

fn next_start(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let mut i = 0;
    while i < rest.len() {
        match rest[i] {
            b'0'..=b'9' | b'+' | b'(' => return Some(from + i),
            // full-width digits, plus and bracket: U+FF08, FF0B, FF10–FF19
            0xef if rest.get(i + 1) == Some(&0xbc)
                && matches!(rest.get(i + 2), Some(0x88 | 0x8b | 0x90..=0x99)) =>
            {
                return Some(from + i);
            }
            _ => i += 1,
        }
    }
    None
}

/// Past the run of digits (or the one sign) at `at`.
fn after_run(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let mut chars = rest.char_indices();
    let first = chars.next().map_or(' ', |(_, c)| c);
    if !fold(first).is_ascii_digit() {
        return at + first.len_utf8();
    }
    chars
        .find(|(_, c)| !fold(*c).is_ascii_digit())
        .map_or(text.len(), |(i, _)| at + i)
}

fn number_at(text: &str, at: usize, before: &[PhoneFound]) -> Option<PhoneFound> {
    if !may_begin(text, at) {
        return None;
    }
    let read = full(text, at)
        .or_else(|| service(text, at))
        .or_else(|| bare(text, at, before))?;
    if !may_end(text, read.end) {
        return None;
    }
    Some(PhoneFound {
        span: Span::new(at, read.end),
        number: read.normal(),
        kind: read.kind,
    })
}

/// Whether what stands before `at` leaves room for a number: no digit, no sign of a longer code.
fn may_begin(text: &str, at: usize) -> bool {
    let mut back = text[..at].chars().rev().map(fold);
    let Some(last) = back.next() else {
        return true;
    };
    let further = back.next().unwrap_or(' ');
    if last.is_ascii_digit() || last.is_ascii_uppercase() || matches!(last, '_' | '@' | '=' | '%') {
        return false;
    }
    if is_dash(last)
        || matches!(
            last,
            '.' | '*' | '/' | '+' | ',' | '(' | '#' | '&' | '$' | '￥'
        )
    {
        // a sign after a digit or a letter continues a code, an address or a sum
        return if matches!(last, ',' | '(') {
            true
        } else if last == '/' {
            !further.is_ascii_alphabetic()
        } else {
            !further.is_ascii_alphanumeric() && !matches!(last, '$' | '￥' | '*' | '#')
        };
    }
    true
}

/// Whether what follows leaves the number a number: no further digit, letter or measure.
fn may_end(text: &str, end: usize) -> bool {
    let mut rest = text[end..].chars().map(fold);
    let Some(next) = rest.next() else {
        return true;
    };
    let further = rest.next().unwrap_or(' ');
    if next.is_ascii_digit()
        || next.is_ascii_uppercase()
        || matches!(next, '@' | '_' | '%' | '*' | '=')
    {
        return false;
    }
    if next == '.' || next == ',' {
        return !further.is_ascii_digit() || next == ',';
    }
    if is_dash(next) {
        return !further.is_ascii_alphanumeric();
    }
    !matches!(
        next,
        '元' | '万' | '亿' | '份' | '吨' | '年' | '倍' | '名' | '册' | '套'
    )
}

/// A cursor over folded characters.
#[derive(Clone, Copy)]
struct Digits<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Digits<'t> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next().map(fold)
    }

    fn bump(&mut self) {
        if let Some(c) = self.text[self.at..].chars().next() {
            self.at += c.len_utf8();
        }
    }

    /// The run of digits here; of one more than `max` digits the rest is left, so that length tells.
    fn run(&mut self, max: usize) -> String {
        let mut out = String::new();
        while let Some(c) = self.peek().filter(char::is_ascii_digit) {
            out.push(c);
            self.bump();
            if out.len() > max {
                break;
            }
        }
        out
    }

    /// One separator: a dash with blanks around it, or one or two blanks of the line.
    fn separator(&mut self) -> bool {
        let start = self.at;
        let mut dashes = 0;
        let mut blanks = 0;
        while let Some(c) = self.peek() {
            if is_dash(c) && dashes < 2 {
                dashes += 1;
            } else if c != '\n' && c != '\t' && is_blank(c) && blanks < 3 {
                blanks += 1;
            } else {
                break;
            }
            self.bump();
        }
        self.at > start
    }
}

/// A number that is one by its own shape: mobile, area code and local number, 400.
pub(super) fn full(text: &str, at: usize) -> Option<Read> {
    let here = Digits { text, at };
    let (here, abroad) = country(here);
    mobile(here)
        .or_else(|| (!abroad).then(|| toll_free(here)).flatten())
        .or_else(|| landline(here, abroad))
}

/// Skips +86, 0086, （+86）, 86-; tells whether it stood there.
fn country(start: Digits<'_>) -> (Digits<'_>, bool) {
    let mut here = start;
    let bracket = here.peek() == Some('(');
    if bracket {
        here.bump();
    }
    let plus = here.peek() == Some('+');
    if plus {
        here.bump();
        here.separator();
    }
    let run = {
        let mut probe = here;
        probe.run(4)
    };
    let code = if run.starts_with("0086") && !plus {
        4
    } else if run.starts_with("86") {
        2
    } else {
        return (start, false);
    };
    for _ in 0..code {
        here.bump();
    }
    let closed = bracket && here.peek() == Some(')');
    if closed {
        here.bump();
    }
    if bracket && !closed {
        return (start, false);
    }
    let parted = here.separator();
    // a bare 86 is the country's code only before a whole mobile number or a separator
    if !plus && !closed && code == 2 && !parted {
        let mut probe = here;
        if probe.run(11).len() != 11 || !matches!(here.peek(), Some('1')) {
            return (start, false);
        }
    }
    (here, true)
}

fn mobile(start: Digits<'_>) -> Option<Read> {
    let mut here = start;
    let mut digits = String::new();
    let mut groups = Vec::new();
    loop {
        let run = here.run(11);
        if run.is_empty() {
            return None;
        }
        groups.push(run.len());
        digits.push_str(&run);
        if digits.len() >= 11 {
            break;
        }
        if !here.separator() {
            return None;
        }
    }
    let shaped = matches!(
        groups.as_slice(),
        [11] | [3, 4, 4] | [3, 8] | [4, 3, 4] | [7, 4] | [5, 6] | [3, 3, 5]
    );
    let mut chars = digits.chars();
    let valid = chars.next() == Some('1') && matches!(chars.next(), Some('3'..='9'));
    (digits.len() == 11 && shaped && valid).then_some(Read {
        end: here.at,
        area: None,
        local: digits,
        extension: None,
        kind: PhoneKind::Mobile,
    })
}

/// 400-820-8820, 4008208820, 800-810-1234.
fn toll_free(start: Digits<'_>) -> Option<Read> {
    let mut here = start;
    let mut digits = String::new();
    let mut groups = 0;
    while digits.len() < 10 && groups < 4 {
        let run = here.run(10);
        if run.is_empty() {
            return None;
        }
        digits.push_str(&run);
        groups += 1;
        if digits.len() < 10 && !here.separator() {
            return None;
        }
    }
    let valid = digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"));
    if !valid {
        return None;
    }
    let extension = extension(&mut here, false);
    Some(Read {
        end: here.at,
        area: None,
        local: digits,
        extension,
        kind: PhoneKind::Landline,
    })
}

/// Area code (its 0 may be missing after the country's code) and local number.
fn landline(start: Digits<'_>, abroad: bool) -> Option<Read> {
    let mut here = start;
    let bracket = here.peek() == Some('(');
    if bracket {
        here.bump();
    }
    let mut run = here.run(12);
    // +86 (0)10 5908 1185
    if bracket && abroad && run == "0" && here.peek() == Some(')') {
        here.bump();
        here.separator();
        run.push_str(&here.run(12));
        return local_after(here, run, false);
    }
    if bracket {
        if here.peek() != Some(')') || run.len() > 4 {
            return None;
        }
        here.bump();
        let mut probe = here;
        if !probe.separator() && !probe.peek().is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
    }
    if abroad && !run.starts_with('0') {
        run.insert(0, '0');
    }
    local_after(here, run, bracket)
}

/// The rest of a landline whose leading digits, area code first, are `run`.
fn local_after(mut here: Digits<'_>, run: String, closed: bool) -> Option<Read> {
    let length = area_length(&run)?;
    let area = run[..length].to_string();
    let local = if run.len() > length {
        if closed {
            return None;
        }
        let joined = run[length..].to_string();
        // 0106228 8559
        if joined.len() == 4 {
            let mut probe = here;
            if probe.separator() && probe.run(4).len() == 4 {
                local_number(&mut here, joined)?
            } else {
                return None;
            }
        } else {
            joined
        }
    } else {
        here.separator();
        let first = here.run(8);
        local_number(&mut here, first)?
    };
    let fits = match local.len() {
        8 => true,
        7 => length == 4,
        _ => false,
    };
    if !fits || local.starts_with('0') {
        return None;
    }
    let extension = extension(&mut here, true);
    Some(Read {
        end: here.at,
        area: Some(area),
        local,
        extension,
        kind: PhoneKind::Landline,
    })
}

/// A local number in one group or two: 62288559, 6228 8559, 509-3157.
fn local_number(here: &mut Digits<'_>, first: String) -> Option<String> {
    if matches!(first.len(), 3 | 4) {
        let mut probe = *here;
        if probe.separator() {
            let second = probe.run(4);
            if second.len() == 4 && !probe.peek().is_some_and(|c| c.is_ascii_digit()) {
                *here = probe;
                return Some(first + &second);
            }
        }
        return None;
    }
    Some(first)
}

/// Length of the area code that `digits` begin with.
fn area_length(digits: &str) -> Option<usize> {
    let mut bytes = digits.bytes();
    match (bytes.next()?, bytes.next()?, bytes.next()?) {
        (b'0', b'1', b'0') => Some(3),
        (b'0', b'2', b'0'..=b'9') => Some(3),
        (b'0', b'3'..=b'9', b'0'..=b'9') if digits.len() >= 4 => Some(4),
        _ => None,
    }
}

/// 转802, -8001, #12, ext. 5: taken from `here` on when it is whole.
fn extension(here: &mut Digits<'_>, dash: bool) -> Option<String> {
    let mut probe = *here;
    while probe.peek().is_some_and(|c| c == ' ') {
        probe.bump();
    }
    let rest = &probe.text[probe.at..];
    const WORDS: [&str; 10] = [
        "转分机",
        "转接",
        "转",
        "分机号",
        "分机",
        "ext.",
        "ext",
        "Ext",
        "EXT",
        "x",
    ];
    let word = WORDS.iter().find(|w| rest.starts_with(**w));
    let (max, min) = if let Some(word) = word {
        probe.at += word.len();
        while probe.peek().is_some_and(|c| matches!(c, ' ' | ':' | '.')) {
            probe.bump();
        }
        (6, 1)
    } else if probe.peek() == Some('#') || (probe.peek() == Some('*') && dash) {
        probe.bump();
        (6, 1)
    } else if dash && probe.at == here.at && probe.peek().is_some_and(is_dash) {
        probe.bump();
        (5, 1)
    } else {
        return None;
    };
    let digits = probe.run(max);
    if !(min..=max).contains(&digits.len()) {
        return None;
    }
    *here = probe;
    Some(digits)
}

/// A short number of the public services, where the words beside it say so.
fn service(text: &str, at: usize) -> Option<Read> {
    let mut here = Digits { text, at };
    let digits = here.run(6);
    if !is_service(&digits) || !speaks_of_calls(text, at, here.at, digits.len() == 3) {
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

/// Whether the digits are a service number: emergency, 12XXX, 95XXX, 96XXX, 10XXX of the carriers.
pub(super) fn is_service(digits: &str) -> bool {
    match digits.len() {
        3 => matches!(digits, "110" | "119" | "120" | "122"),
        5 => ["12", "95", "96", "11", "10"]
            .iter()
            .any(|p| digits.starts_with(p)),
        6 => ["95", "96"].iter().any(|p| digits.starts_with(p)),
        _ => false,
    }
}

/// Words that tell a service number, to be looked for beside it.
const CALL_BEFORE: [&str; 13] = [
    "电话", "热线", "拨打", "拨", "致电", "报警", "举报", "投诉", "咨询", "平台", "号码", "求助",
    "火警",
];
const CALL_AFTER: [&str; 17] = [
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
];

fn speaks_of_calls(text: &str, start: usize, end: usize, short: bool) -> bool {
    let before = clause_before(text, start, 8);
    let after = clause_after(text, end, 10);
    // “119”消防宣传月 is a campaign
    const NAMES: [&str; 6] = ["宣传月", "宣传日", "宣传周", "消防日", "消防月", "活动"];
    if NAMES.iter().any(|w| after.contains(w)) {
        return false;
    }
    let measured = after.chars().next().is_some_and(|c| {
        "元人份次件个条万名户家处场张台套米吨年月日号部多余起例封本册只项%-—~至".contains(fold(c))
    });
    if measured {
        return false;
    }
    let near = if short { 4 } else { 8 };
    let close: String = tail(before, near);
    CALL_BEFORE.iter().any(|w| close.contains(w))
        || CALL_AFTER.iter().any(|w| {
            if short {
                tail_of(after, near).contains(w)
            } else {
                after.contains(w)
            }
        })
}

fn tail(s: &str, n: usize) -> String {
    let count = s.chars().count();
    s.chars().skip(count.saturating_sub(n)).collect()
}

fn tail_of(s: &str, n: usize) -> String {
    s.chars().take(n).collect()
}

/// At most `max` characters before `at`, within the clause.
pub(super) fn clause_before(text: &str, at: usize, max: usize) -> &str {
    let mut start = at;
    for (i, c) in text[..at].char_indices().rev().take(max) {
        if ends_clause(c) {
            break;
        }
        start = i;
    }
    &text[start..at]
}

/// At most `max` characters after `at`, within the clause.
pub(super) fn clause_after(text: &str, at: usize, max: usize) -> &str {
    let mut end = at;
    for (i, c) in text[at..].char_indices().take(max) {
        if ends_clause(c) {
            break;
        }
        end = at + i + c.len_utf8();
    }
    &text[at..end]
}

fn ends_clause(c: char) -> bool {
    matches!(c, '。' | '；' | ';' | '，' | ',' | '\n' | '！' | '？')
}

/// A local number without area code: after a word that announces it, or after another number of its list.
fn bare(text: &str, at: usize, before: &[PhoneFound]) -> Option<Read> {
    let read = local(text, at)?;
    let listed = before.last().is_some_and(|last| {
        let gap = &text[last.span.end.min(at)..at];
        last.kind == PhoneKind::Landline && is_list_gap(gap)
    });
    if listed || announced(text, at) {
        return Some(read);
    }
    None
}

/// A local number by shape alone: seven or eight digits, an extension after them.
pub(super) fn local(text: &str, at: usize) -> Option<Read> {
    let mut here = Digits { text, at };
    let first = here.run(8);
    let digits = if first.len() == 4 {
        local_number(&mut here, first)?
    } else {
        first
    };
    if !matches!(digits.len(), 7 | 8) || digits.starts_with(['0', '1']) {
        return None;
    }
    let extension = extension(&mut here, true);
    Some(Read {
        end: here.at,
        area: None,
        local: digits,
        extension,
        kind: PhoneKind::Landline,
    })
}

pub(super) fn is_list_gap(gap: &str) -> bool {
    gap.len() <= 8
        && !gap.is_empty()
        && gap.chars().all(|c| {
            matches!(c, '、' | '，' | ',' | '/' | '／' | ';' | '；' | '或' | '和')
                || (c != '\n' && is_blank(c))
        })
}

fn announced(text: &str, at: usize) -> bool {
    const WORDS: [&str; 12] = [
        "电话",
        "座机",
        "传真",
        "固话",
        "致电",
        "拨打",
        "热线",
        "电话号码",
        "电话是",
        "号码",
        "tel",
        "fax",
    ];
    let before: String = clause_before(text, at, 10)
        .chars()
        .map(fold)
        .filter(|c| !is_blank(*c))
        .collect::<String>()
        .to_lowercase();
    let before = before.trim_end_matches([':', '为', '是', '号', '(', ')', '.', '-']);
    WORDS.iter().any(|w| before.ends_with(w)) && !before.ends_with("qq号码")
}
