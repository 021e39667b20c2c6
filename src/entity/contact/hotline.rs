//! Numbers for the public: 12350, 119, 举报电话.

use super::HotlineFound;
use super::number::as_written;
use super::phone::PhoneKind;
use super::phone::clause_after;
use super::phone::clause_before;
use super::phone::full;
use super::phone::services;
use crate::span::Span;

/// The hotlines: service numbers that the words beside them announce, and what the labels announce; each number once.
/// `long` is given where the digits of each longer number begin.
pub(super) fn hotlines(
    text: &str,
    labelled: Vec<(String, Span)>,
    long: impl FnMut(usize),
) -> Vec<HotlineFound> {
    let mut all: Vec<(String, Span)> = Vec::new();
    for service in services(text, long) {
        if service.kind == PhoneKind::Hotline {
            all.push((service.number, service.span));
        }
        all.extend(beside(text, service.span.end));
    }
    all.extend(labelled);
    all.sort_by_key(|(_, span)| *span);
    let mut seen = std::collections::HashSet::new();
    all.into_iter()
        .filter(|(number, _)| seen.insert(number.clone()))
        .map(|(number, span)| HotlineFound {
            span,
            number,
            context: context(text, span),
        })
        .collect()
}

/// The local number that stands beside a service number: 拨打12350或者0571-5550101.
fn beside(text: &str, end: usize) -> Option<(String, Span)> {
    let rest = text.get(end..)?;
    let word = ["或者", "或", "、", "/", "和", "及"]
        .into_iter()
        .find(|word| rest.starts_with(word))?;
    let at = end + word.len();
    let read = full(text, at)?;
    let span = Span::new(at, read.end);
    Some((as_written(span.of(text)), span))
}

/// The clause around the number, without the quotes and blanks at its ends.
fn context(text: &str, span: Span) -> Span {
    let start = span.start - clause_before(text, span.start, 30).len();
    let end = span.end + clause_after(text, span.end, 30).len();
    Span::new(start, end).trimmed(text)
}
