//! The ISO 8601-2 (EDTF) form of an expression: 2023-06-01/2023-06-30, ../2023-06-30, 2023-35.

use super::phrase::Bound;
use super::phrase::Phrase;
use super::point::Field;
use super::point::Part;
use super::resolve::Resolved;

/// The form; null when the days are not known.
///
/// ISO 8601-2:2019 4.8 gives quarters the codes 33–36 and halves 40–41 in the month's place; clause 4.4
/// writes an open end as `..`.
pub(super) fn edtf(phrase: &Phrase, days: &Resolved) -> Option<String> {
    let (Some(start), Some(end)) = (days.start, days.end) else {
        return match (days.start, days.end) {
            (None, Some(end)) => Some(format!("../{end}")),
            (Some(start), None) => Some(format!("{start}/..")),
            _ => None,
        };
    };
    let whole = phrase.bound == Bound::Whole && phrase.lasting.is_none();
    let month = |d: jiff::civil::Date| format!("{:04}-{:02}", d.year(), d.month());
    let months = |field: Field| matches!(field, Field::Months(_, _, Part::Whole));
    if whole {
        match (phrase.from.field, phrase.to.map(|p| p.field)) {
            (Field::Year, None) => return Some(format!("{:04}", start.year())),
            (Field::Year, Some(Field::Year)) => {
                return Some(format!("{:04}/{:04}", start.year(), end.year()));
            }
            (Field::Half(n), None) => return Some(format!("{:04}-{}", start.year(), 39 + n)),
            (Field::Quarters(a, b, false), None) if a == b => {
                return Some(format!("{:04}-{}", start.year(), 32 + a));
            }
            (Field::Quarters(a, b, false), None) => {
                let year = start.year();
                return Some(format!("{year:04}-{}/{year:04}-{}", 32 + a, 32 + b));
            }
            (a, b) if months(a) && b.is_none_or(months) => {
                let (first, last) = (month(start), month(end));
                return Some(if first == last {
                    first
                } else {
                    format!("{first}/{last}")
                });
            }
            _ => {}
        }
    }
    Some(if start == end {
        start.to_string()
    } else {
        format!("{start}/{end}")
    })
}
