//! The document number (GB/T 9704-2012, 7.2.5), the signature and the date of issue (7.3.5).

use super::Reading;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::entity::doc_number;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;

/// Kinds that an organ signs; plans, rules and minutes stand behind a cover, or bear their date in a note.
const SIGNED: [&str; 10] = [
    "通知", "通报", "通告", "公告", "报告", "请示", "批复", "议案", "函", "意见",
];

/// A notice that bears neither organ nor date, or the organ alone.
pub(super) fn closing(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let kind = reading.notice.kind.as_deref().unwrap_or_default();
    let Some(notice) = reading.outline.parts.first() else {
        return;
    };
    let parts = &reading.outline.parts;
    // 2031年3月　日: a day left open is none
    let has_day = |date: &Span| !date.of(reading.text).ends_with('月');
    let dated = reading.notice.issued.is_some()
        || parts.iter().any(|p| p.closing.dates.iter().any(has_day))
        || !notice.header.notes.is_empty();
    let is_official = reading.notice.doc_number.is_some() || !reading.notice.addressees.is_empty();
    if dated || reading.is_cut() || !SIGNED.contains(&kind) || !is_official {
        return;
    }
    match notice.closing.signers.last() {
        Some(signer) => {
            let message = "the date of issue is missing below the signature";
            found.push(Diagnostic::new(Code::MissingDate, *signer, message));
        }
        None => {
            let last = notice
                .body
                .last()
                .map(|i| reading.outline.paragraphs[*i].content);
            let end = last.map_or(notice.span.start, |c| c.end);
            // the mark stands under the last character of the body
            let from = Span::new(notice.span.start, end).of(reading.text);
            let len = from.chars().next_back().map_or(0, char::len_utf8);
            let message =
                format!("this {kind} ends without the issuing organ and the date of issue");
            found.push(Diagnostic::new(
                Code::MissingClosing,
                Span::new(end - len, end),
                message,
            ));
        }
    }
}

/// A document number with other brackets than 〔〕, with 第 or zeros before the number, or of another year than the notice.
pub(super) fn doc_number(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let line = reading
        .outline
        .parts
        .first()
        .and_then(|p| p.header.doc_number);
    let Some(number) = line.and_then(|line| doc_number::whole_line(reading.text, line)) else {
        return;
    };
    // an order (第7号令) and an announcement (2022年第5号) have numbers of another form
    let Some((_, rest)) = number.normal.split_once('〔') else {
        return;
    };
    let (year, serial) = rest.split_once('〕').unwrap_or((rest, ""));
    let written = number.span.of(reading.text);
    let squeezed: String = written.chars().filter(|c| !is_blank(*c)).collect();
    let faults = [
        // ﹝﹞ are the same brackets in their small form
        (
            !(squeezed.contains(['〔', '﹝']) && squeezed.contains(['〕', '﹞'])),
            "the year stands in other brackets than 〔〕",
        ),
        (
            after_year(&squeezed).starts_with('第'),
            "第 stands before the number",
        ),
        (
            after_year(&squeezed)
                .trim_start_matches('第')
                .starts_with(['0', '０']),
            "zeros stand before the number",
        ),
        (serial.is_empty(), "the number is missing"),
    ];
    let told: Vec<&str> = faults
        .iter()
        .filter(|(is, _)| *is)
        .map(|(_, told)| *told)
        .collect();
    if !told.is_empty() {
        let message = format!("{written}: {}", told.join(", "));
        found.push(Diagnostic::new(Code::DocNumberForm, number.span, message));
    }
    // a number given in December may be of a notice that is dated in January
    if let (Ok(year), Some(issued)) = (year.parse::<i16>(), reading.notice.issued)
        && year != issued.year()
        && !(year + 1 == issued.year() && issued.month() == 1)
    {
        let message = format!("{written} is a number of {year}; the notice is dated {issued}");
        found.push(Diagnostic::new(Code::YearMismatch, number.span, message));
    }
}

/// What stands behind the closing bracket of the year.
fn after_year(squeezed: &str) -> &str {
    let close = squeezed
        .char_indices()
        .filter(|(_, c)| matches!(fold(*c), '〕' | ')' | '>' | '〉'))
        .find(|(at, _)| {
            squeezed[..*at]
                .chars()
                .next_back()
                .is_some_and(|c| fold(c).is_ascii_digit())
        });
    close.map_or("", |(at, c)| &squeezed[at + c.len_utf8()..])
}
