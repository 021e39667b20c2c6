//! Numbers for the public: 12350, 119, 举报电话.

use super::HotlineFound;
use super::phone::PhoneKind;
use super::phone::clause_after;
use super::phone::clause_before;
use super::phone::services;
use crate::span::Span;

/// The hotlines: service numbers that the words beside them announce, and what the labels announce; each number once.
pub(super) fn hotlines(text: &str, labelled: Vec<(String, Span)>) -> Vec<HotlineFound> {
    let mut all: Vec<(String, Span)> = services(text)
        .into_iter()
        .filter(|p| p.kind == PhoneKind::Hotline)
        .map(|p| (p.number, p.span))
        .chain(labelled)
        .collect();
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

/// The clause around the number, without the quotes and blanks at its ends.
fn context(text: &str, span: Span) -> Span {
    let start = span.start - clause_before(text, span.start, 30).len();
    let end = span.end + clause_after(text, span.end, 30).len();
    Span::new(start, end).trimmed(text)
}
