//! The days of an expression, once the year that it leaves out is known.

use super::grammar::Frame;
use super::phrase::Bound;
use super::phrase::Phrase;
use super::point::Field;
use super::point::Point;
use super::point::Precision;
use super::point::Year;
use jiff::civil::Date;

/// The days of an expression.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Resolved {
    pub(super) start: Option<Date>,
    pub(super) end: Option<Date>,
    /// Whether the year came from elsewhere.
    pub(super) inferred: bool,
    /// Whether it names a day that is not.
    pub(super) unresolved: bool,
}

impl Phrase {
    /// The days, with `base` for the year that the expression leaves out.
    pub(super) fn resolve(&self, frame: &Frame, base: Option<i16>) -> Resolved {
        let said =
            |p: Point| matches!(p.year, Year::Given(_)) || matches!(p.field, Field::Fixed(..));
        let inferred = !said(self.from) && !self.to.is_some_and(said);
        let lost = Resolved {
            inferred,
            unresolved: true,
            ..Resolved::default()
        };
        let anchor = frame.today.map(Date::year).or(frame.year);
        let year = |p: Point, base: Option<i16>| match p.year {
            Year::Given(y) => Some(y),
            Year::Offset(k) => anchor.and_then(|a| a.checked_add(k)),
            Year::Following => base.and_then(|b| b.checked_add(1)),
            Year::Unsaid => base,
        };
        let base = base.or(anchor);
        let from_today = self.from.field == Field::Today;
        let to_year = self.to.and_then(|to| match to.year {
            Year::Given(_) | Year::Offset(_) => year(to, base),
            _ => None,
        });
        // 11月至2024年3月: the first end lies before the second
        let base = match (self.from.year, to_year) {
            (Year::Unsaid, Some(y)) => Some(y),
            _ => base,
        };
        let today_year = if from_today { anchor } else { None };
        let first_year = year(self.from, base).or(today_year);
        let days = |p: Point, y: i16| p.days(y, frame.today);
        let first = if from_today && frame.today.is_none() {
            None
        } else {
            let fixed = matches!(self.from.field, Field::Fixed(..));
            let Some(first_year) = first_year.or(fixed.then_some(0)) else {
                return lost;
            };
            let Some(found) = days(self.from, first_year) else {
                return lost;
            };
            Some(found)
        };
        let Some(to) = self.to else {
            return self.single(first, inferred).unwrap_or(lost);
        };
        let Some(last_year) = year(to, first_year.or(base)) else {
            return lost;
        };
        let Some(mut last) = days(to, last_year) else {
            return lost;
        };
        let mut start = first.map(|(a, _)| a);
        if let Some(begin) = start
            && last.1 < begin
        {
            if to.year == Year::Unsaid {
                match last_year.checked_add(1).and_then(|y| days(to, y)) {
                    Some(next) => last = next,
                    None => return lost,
                }
            } else if self.from.year == Year::Unsaid && !from_today {
                match last_year.checked_sub(1).and_then(|y| days(self.from, y)) {
                    Some(found) => start = Some(found.0),
                    None => return lost,
                }
            }
        }
        if start.is_some_and(|s| s > last.1) {
            return lost;
        }
        Resolved {
            start,
            end: Some(last.1),
            inferred,
            unresolved: false,
        }
    }

    fn single(&self, days: Option<(Date, Date)>, inferred: bool) -> Option<Resolved> {
        let (start, end) = match self.bound {
            Bound::Before => (None, days.map(|d| d.1)),
            Bound::From | Bound::Since => (days.map(|d| d.0), None),
            Bound::Whole if self.from.is_end() => (None, days.map(|d| d.1)),
            Bound::Whole => (days.map(|d| d.0), days.map(|d| d.1)),
        };
        let end = match (self.lasting, start) {
            (Some(length), Some(start)) => {
                let past = start.checked_add(length).ok()?;
                Some(past.yesterday().ok()?.max(start))
            }
            _ => end,
        };
        Some(Resolved {
            start,
            end,
            inferred,
            unresolved: false,
        })
    }

    /// Whether it is a year or years and nothing finer.
    pub(super) fn is_bare_year(&self) -> bool {
        let year = |p: Point| {
            p.field == Field::Year
                || matches!(p.field, Field::Fixed(..)) && p.precision() == Precision::Year
        };
        year(self.from) && self.to.is_none_or(year)
    }

    /// Whether something is to be over by its last day.
    pub(super) fn is_deadline(&self) -> bool {
        self.to.is_none()
            && self.lasting.is_none()
            && (self.bound == Bound::Before || self.bound == Bound::Whole && self.from.is_end())
    }

    /// Whether it is a part of a month (上旬).
    pub(super) fn is_part(&self) -> bool {
        self.to.is_none() && self.from.is_part()
    }
}
