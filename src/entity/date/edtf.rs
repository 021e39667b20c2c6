//! The ISO 8601-2 (EDTF) form of an expression: 2023-06-01/2023-06-30, ../2023-06-30, 2023-35.

use super::phrase::Bound;
use super::phrase::Phrase;
use super::point::Field;
use super::point::Part;
use super::resolve::Resolved;
use jiff::civil::Date;

/// The form; null when the days are not known.
///
/// ISO 8601-2:2019 4.8 gives quarters the codes 33–36 and halves 40–41 in the month's place; clause 4.4
/// writes an open end as `..`.
pub(super) fn edtf(phrase: &Phrase, days: &Resolved) -> Option<String> {
    let (Some(start), Some(end)) = (days.start, days.end) else {
        return match (days.start, days.end) {
            (None, Some(end)) => Some(until(end)),
            (Some(start), None) => Some(day(start) + "/.."),
            _ => None,
        };
    };
    let whole = phrase.bound == Bound::Whole && phrase.lasting.is_none();
    let month = |d: Date| format!("{:04}-{:02}", d.year(), d.month());
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
        day(start)
    } else {
        day(start) + "/" + &day(end)
    })
}

/// What is open to a last day: `../2023-06-30`.
pub(super) fn until(end: Date) -> String {
    String::from("../") + &day(end)
}

/// The day by ISO 8601.
pub(super) fn day(date: Date) -> String {
    let Ok(year @ 0..=9999) = u16::try_from(date.year()) else {
        return date.to_string();
    };
    let digit = |n: u16| char::from(b'0' + (n % 10) as u8);
    let (month, day) = (
        u16::from(date.month().unsigned_abs()),
        u16::from(date.day().unsigned_abs()),
    );
    let mut out = String::with_capacity(2 * "2023-06-01/".len());
    for place in [1000, 100, 10, 1] {
        out.push(digit(year / place));
    }
    for part in [month, day] {
        out.push('-');
        out.push(digit(part / 10));
        out.push(digit(part));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn days_are_written_as_the_calendar_writes_them(days in -719_528i64..2_932_897) {
            let date = Date::constant(1970, 1, 1).checked_add(jiff::Span::new().days(days));
            if let Ok(date) = date {
                prop_assert_eq!(day(date), date.to_string());
            }
        }
    }
}
