//! Telephone numbers and mail addresses that reach nobody.

use super::Reading;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use memchr::memchr_iter;

/// Mobiles of another length than 11 digits, and mail addresses without a domain.
pub(super) fn contacts(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    for label in ["电话", "手机", "联系方式", "号码"] {
        for (at, _) in reading.text.match_indices(label) {
            let list = value_of(reading.text, at + label.len());
            numbers(reading.text, list, found);
        }
    }
    addresses(reading.text, found);
    for label in ["邮箱", "邮件", "E-mail", "e-mail", "Email", "email"] {
        for (at, _) in reading.text.match_indices(label) {
            let value = value_of(reading.text, at + label.len());
            unaddressed(reading.text, value, found);
        }
    }
}

/// The farthest that the values behind a label reach, in bytes.
const REACH: usize = 120;

/// What stands behind the colon of a label, as far as the line or a stop; empty where no colon stands there.
fn value_of(text: &str, at: usize) -> Span {
    let rest = &text[at..];
    let after =
        rest.trim_start_matches(|c: char| matches!(fold(c), ' ' | '、' | '及' | '传' | '真' | ')'));
    let Some(colon) = after.chars().next().filter(|c| fold(*c) == ':') else {
        return Span::new(at, at);
    };
    let start = at + (rest.len() - after.len()) + colon.len_utf8();
    let value = &text[start..];
    let end = value
        .char_indices()
        .find(|(i, c)| *i >= REACH || matches!(c, '\n' | '。' | '；' | '）'))
        .map_or(value.len(), |(i, _)| i);
    Span::new(start, start + end)
}

/// Numbers that begin as a mobile does (13 to 19) and have 9, 10, 12 or 13 digits.
fn numbers(text: &str, list: Span, found: &mut Vec<Diagnostic>) {
    let mut start = None;
    let inner = list.of(text);
    let mut digits = String::new();
    for (at, c) in inner.char_indices().chain([(inner.len(), '\n')]) {
        let folded = fold(c);
        if folded.is_ascii_digit() {
            start.get_or_insert(at);
            digits.push(folded);
            continue;
        }
        // what is parted by a dash or a blank is a landline, or grouped
        let grouped = matches!(folded, '-' | '—' | '–' | '@' | '_' | '.' | '*' | '/')
            || folded.is_ascii_alphabetic();
        if let Some(from) = start.take() {
            let before = inner[..from].chars().next_back().map(fold);
            let joined = before.is_some_and(|c| c.is_ascii_alphanumeric() || "-—–_.+@".contains(c));
            let goes_on = c == ' '
                && inner[at..]
                    .trim_start()
                    .starts_with(|c: char| c.is_ascii_digit());
            let apart = !joined && !goes_on;
            let mobile = digits.starts_with('1')
                && digits
                    .as_bytes()
                    .get(1)
                    .is_some_and(|d| (b'3'..=b'9').contains(d));
            let n = digits.len();
            if apart
                && !grouped
                && mobile
                && matches!(n, 9 | 10 | 12 | 13)
                && !is_second(inner, from)
            {
                let span = Span::new(list.start + from, list.start + at);
                let message = format!("{} has {n} digits; a mobile has 11", span.of(text));
                found.push(Diagnostic::new(Code::ContactMalformed, span, message));
            }
        }
        digits.clear();
    }
}

/// Whether the digits go on with those before a blank: 136 0000 0000.
fn is_second(inner: &str, from: usize) -> bool {
    let before = &inner[..from];
    let trimmed = before.trim_end_matches(is_blank);
    trimmed.len() < before.len()
        && trimmed
            .chars()
            .next_back()
            .is_some_and(|c| fold(c).is_ascii_digit())
}

/// Mail addresses whose domain has no point, or that have none.
fn addresses(text: &str, found: &mut Vec<Diagnostic>) {
    let bytes = text.as_bytes();
    for at in memchr_iter(b'@', bytes) {
        let is_local = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+');
        let before = bytes[..at]
            .iter()
            .rev()
            .take(64)
            .take_while(|b| is_local(b))
            .count();
        let after = bytes[at + 1..]
            .iter()
            .take(128)
            .take_while(|b| is_local(b))
            .count();
        if before == 0 {
            continue;
        }
        let domain = &text[at + 1..at + 1 + after];
        let next = text[at + 1 + after..].chars().next();
        // a full-width point, or a broken line, is the writer's way of setting it
        let goes_on =
            next.is_some_and(|c| fold(c) == '.' || matches!(c, '．' | '@' | '＠' | '#' | '\n'));
        let trimmed = domain.trim_end_matches(['.', '-', '_']);
        if trimmed.contains('.') || goes_on {
            continue;
        }
        let span = Span::new(at - before, at + 1 + after);
        let message = format!("{} has no domain behind the @", span.of(text));
        found.push(Diagnostic::new(Code::ContactMalformed, span, message));
    }
}

/// A value behind 邮箱： that is written like an address and has no @.
fn unaddressed(text: &str, value: Span, found: &mut Vec<Diagnostic>) {
    let value = value.trimmed(text);
    let inner = value.of(text);
    let is_of_address = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let len = inner
        .find(|c: char| !is_of_address(c))
        .unwrap_or(inner.len());
    let token = inner[..len].trim_end_matches('.');
    let behind = inner[len..].chars().next();
    let ends = [".com", ".cn", ".net", ".org"]
        .iter()
        .any(|end| token.ends_with(end));
    let apart =
        behind.is_none_or(|c| is_blank(c) || matches!(fold(c), ',' | '、' | '，' | ')' | '('));
    let site =
        token.starts_with("www.") || token.starts_with("mail.") || token.matches('.').count() > 2;
    if ends && apart && !site {
        let span = Span::new(value.start, value.start + token.len());
        let message = format!("{token} has no @");
        found.push(Diagnostic::new(Code::ContactMalformed, span, message));
    }
}
