//! 成文日期: the days on which the parts were signed, noted below their titles, or printed.

use super::header::day;
use super::noted::Noted;
use super::noted::noted;
use crate::outline::Outline;
use crate::outline::part::Closing;
use crate::outline::shape;
use crate::outline::shape::Shape;
use crate::span::Span;
use jiff::civil::Date;

/// The date of issue and every place where one stands.
pub(super) fn issued(text: &str, outline: &Outline) -> (Option<Date>, Vec<Span>) {
    let mut at = Vec::new();
    let mut date = None;
    // a column of days is a timetable: nobody signs so often, but the last may be the day on which somebody does
    const SIGNED: usize = 4;
    let signed = outline.parts.iter().flat_map(|p| {
        let Closing { dates, signers, .. } = &p.closing;
        let from = match dates.len() > SIGNED {
            true => dates.len() - usize::from(!signers.is_empty()),
            false => 0,
        };
        &dates[from..]
    });
    for span in signed {
        date = date.or_else(|| day(span.of(text)));
        at.push(*span);
    }
    let notes = outline.parts[0].header.notes.iter();
    let mut acts: Vec<Noted> = notes.filter_map(|n| noted(text, *n)).collect();
    // 2031-5-6 below the organ that stands below the title
    for note in outline.parts[0].header.notes.iter() {
        if shape::date_span(text, *note) == Some(*note) && noted(text, *note).is_none() {
            let told = day(note.of(text));
            date = date.or(told);
            // a day that the signature does not bear is that of the page
            if date == told {
                at.push(*note);
            }
        }
    }
    // on several lines as on one: the act that makes the text public
    acts.sort_by_key(|noted| noted.rank);
    for noted in acts {
        let told = day(noted.date.of(text));
        date = date.or(told);
        let bracket = || text[..noted.date.start].ends_with(['（', '(']);
        if date == told || !noted.bare || bracket() {
            at.push(noted.date);
        }
    }
    // （二○○六年六月十二日） below the title of what is enclosed: its own date of issue
    for part in outline.parts.iter().skip(1) {
        let head = part.body.iter().take(4).map(|i| &outline.paragraphs[*i]);
        for line in head.take_while(|p| p.shape != Shape::Marked) {
            let noted = (line.shape == Shape::Bracketed).then(|| noted(text, line.content));
            at.extend(noted.flatten().filter(|n| n.bare).map(|n| n.date));
        }
    }
    for line in outline.parts.iter().flat_map(|p| &p.closing.printed) {
        if let Some(span) = shape::date_span(text, *line) {
            date = date.or_else(|| day(span.of(text)));
            at.push(span);
        }
    }
    at.sort_unstable();
    (date, at)
}
