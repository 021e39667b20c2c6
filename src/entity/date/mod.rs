//! When: date expressions with their days, roles and recurrences.

mod account;
mod anchor;
mod clock;
mod column;
mod cycle;
mod done;
mod dotted;
mod early;
mod edtf;
mod festival;
mod grammar;
mod list;
mod lone;
mod numeric;
mod phrase;
mod point;
mod reader;
mod recurrence;
mod relative;
mod resolve;
mod role;
mod rule;
mod scan;
mod season;
mod section;
mod settle;
mod told;
mod turn;

#[cfg(test)]
mod form_tests;
#[cfg(test)]
mod list_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod told_tests;
#[cfg(test)]
mod turn_tests;
#[cfg(test)]
mod year_tests;

pub use festival::festivals;
pub use point::Precision;
pub use relative::Mentioned;
pub use relative::find_in_mentions;

use crate::span::Span;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a date does in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DateRole {
    /// Something goes on from the first day to the last.
    Period,
    /// Something is to be done by the last day.
    Deadline,
    /// Something happens on the day, or within the part of a month.
    Event,
    /// It comes again; see `rrule`.
    Recurrence,
    /// Told, not planned.
    Mention,
    /// 成文日期.
    Issued,
}

/// A date expression found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateExpr {
    /// The whole expression, 前 or 起 included.
    pub span: Span,
    /// First day, null where open or unresolved.
    pub start: Option<Date>,
    /// Last day, null where open or unresolved.
    pub end: Option<Date>,
    /// What it does.
    pub role: DateRole,
    /// RFC 5545 rule of a recurrence.
    pub rrule: Option<String>,
    /// ISO 8601-2 form.
    pub edtf: Option<String>,
    /// Whether the year was taken from the context.
    pub inferred: bool,
    /// Whether the expression names no day that exists (2月30日).
    pub unresolved: bool,
}

/// What a notice knows before its dates are read.
#[derive(Clone, Debug, Default)]
pub struct DateContext<'a> {
    /// The year that the notice plans for.
    pub year: Option<i16>,
    /// 成文日期.
    pub issued: Option<Date>,
    /// Where the date of issue stands (signature, 印发 line), in order.
    pub issued_at: &'a [Span],
    /// Headings of sections, in order.
    pub headings: &'a [Span],
    /// Whether the document is of a kind that tells of what was (通报, 总结), so that what is over is told.
    pub tells: bool,
}

/// The date expressions of `text`, in order, never overlapping.
///
/// A year that is not said comes from the sentence, else from the context; bare years (2022年) are none.
///
/// ```
/// use gongwen::entity::date::{DateContext, DateRole, find};
///
/// let context = DateContext { year: Some(2023), ..DateContext::default() };
/// let dates = find("各单位要在6月30日前完成自查，每月5日前报送情况。", &context);
/// assert_eq!(dates[0].end.map(|d| d.to_string()).as_deref(), Some("2023-06-30"));
/// assert_eq!(dates[0].role, DateRole::Deadline);
/// assert_eq!(dates[1].rrule.as_deref(), Some("FREQ=MONTHLY;BYMONTHDAY=5"));
/// ```
#[must_use]
pub fn find(text: &str, context: &DateContext<'_>) -> Vec<DateExpr> {
    scan::scan(text, context, false)
        .into_iter()
        .map(|m| m.date)
        .collect()
}
