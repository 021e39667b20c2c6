//! Telephone numbers: mobile, landline with area code and extension, service numbers.
//!
//! Numbering as in the Chinese plan: area codes 010, 02X, 03XX–09XX; mobile numbers of eleven digits from 13 to
//! 19; 400 and 800 numbers; service codes 12XXX, 95XXX, 96XXX and the emergency numbers.

mod service;
mod shape;

use crate::entity::doc_number::is_dash;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::words::Words;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) use service::is_service;
pub(super) use service::services;
use shape::Digits;
pub(super) use shape::full;
pub(super) use shape::local;

/// What a telephone number reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PhoneKind {
    /// A person's mobile.
    Mobile,
    /// A line in an office.
    Landline,
    /// A number for the public: 12345, 119, 95598, one of 400 or 800.
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

/// Bytes that a number can begin with: digits, plus, bracket, and the first of the full-width forms.
static STARTS: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = b'0';
    while b <= b'9' {
        table[b as usize] = true;
        b += 1;
    }
    table[b'+' as usize] = true;
    table[b'(' as usize] = true;
    table[0xef] = true;
    table
};

fn next_start(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|b| STARTS[*b as usize])?;
        // full-width digits, plus and bracket: U+FF08, FF0B, FF10–FF19
        let wide = bytes.get(at + 1) == Some(&0xbc)
            && matches!(bytes.get(at + 2), Some(0x88 | 0x8b | 0x90..=0x99));
        if bytes[at] != 0xef || wide {
            return Some(at);
        }
        at += 1;
    }
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
    let read = may_be_full(text, at)
        .then(|| full(text, at))
        .flatten()
        .or_else(|| service::service(text, at))
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

/// Whether the first character can begin a number with area code, a mobile, a 400 number or the country's code.
fn may_be_full(text: &str, at: usize) -> bool {
    text[at..]
        .chars()
        .next()
        .is_some_and(|c| matches!(fold(c), '0' | '1' | '4' | '8' | '+' | '('))
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

fn is_list_gap(gap: &str) -> bool {
    gap.len() <= 8
        && !gap.is_empty()
        && gap.chars().all(|c| {
            matches!(c, '、' | '，' | ',' | '/' | '／' | ';' | '；' | '或' | '和')
                || (c != '\n' && is_blank(c))
        })
}

fn announced(text: &str, at: usize) -> bool {
    static WORDS: Words = Words::new(&[
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
    ]);
    let before: String = clause_before(text, at, 10)
        .chars()
        .map(fold)
        .filter(|c| !is_blank(*c))
        .collect::<String>()
        .to_lowercase();
    let before = before.trim_end_matches([':', '为', '是', '号', '(', ')', '.', '-']);
    WORDS.end(before) && !before.ends_with("qq号码")
}
