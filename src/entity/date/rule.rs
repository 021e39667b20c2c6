//! A recurrence rule of RFC 5545, section 3.3.10, built part by part.

use super::phrase::Bound;
use super::phrase::Phrase;
use super::point::Field;
use super::point::Part;
use super::point::Point;
use std::fmt;

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// A rule; its text is what records carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    frequency: Frequency,
    interval: u32,
    months: Vec<u8>,
    days: Vec<i8>,
    weekdays: Vec<String>,
    position: Option<i8>,
}

impl Rule {
    /// Every `interval` days, weeks, months or years.
    pub(super) fn new(frequency: Frequency, interval: u32) -> Self {
        Self {
            frequency,
            interval,
            months: Vec::new(),
            days: Vec::new(),
            weekdays: Vec::new(),
            position: None,
        }
    }

    /// Only in these months; an interval of months is then said by them.
    pub(super) fn in_months(mut self, months: impl IntoIterator<Item = u8>) -> Self {
        self.months.extend(months);
        self.months.sort_unstable();
        self.months.dedup();
        self.interval = 1;
        self
    }

    /// Only on these days of the month; −1 is the last.
    pub(super) fn on_days(mut self, days: impl IntoIterator<Item = i8>) -> Self {
        self.days.extend(days);
        self.days.sort_unstable();
        self.days.dedup();
        self
    }

    /// Only on these weekdays (`MO`, `-1FR`).
    pub(super) fn on_weekdays(mut self, days: impl IntoIterator<Item = String>) -> Self {
        for day in days {
            if !self.weekdays.contains(&day) {
                self.weekdays.push(day);
            }
        }
        self
    }

    /// Only the nth of those, −1 the last.
    pub(super) fn at_position(mut self, position: i8) -> Self {
        self.position = Some(position);
        self
    }

    pub(super) fn frequency(&self) -> Frequency {
        self.frequency
    }

    /// Whether nothing but how often is said.
    pub(super) fn is_plain(&self) -> bool {
        self.months.is_empty() && self.days.is_empty() && self.weekdays.is_empty()
    }

    /// The rule of a date that comes every year.
    pub(super) fn yearly(phrase: &Phrase) -> Option<Self> {
        let rule = Self::new(Frequency::Yearly, 1);
        let (from, to) = (phrase.from, phrase.to.unwrap_or(phrase.from));
        let (first, last) = (from.months()?.0, to.months()?.1);
        let last_day = phrase.bound == Bound::Before || phrase.to.is_none() && from.is_end();
        if phrase.to.is_none() && last_day && !from.is_day() {
            let day = match from.field {
                Field::Months(_, _, Part::Days(_, j)) if j < 28 => i8::try_from(j).ok()?,
                _ => -1,
            };
            return Some(rule.in_months([last]).on_days([day]));
        }
        let rule = rule.in_months(round(first, last));
        if first != last {
            return Some(rule);
        }
        let (a, b) = (first_day(from)?, final_day(to)?);
        let whole = a == 1 && b >= month_length(last);
        Some(if whole || a > b {
            rule
        } else {
            rule.on_days((a..=b).filter_map(|d| i8::try_from(d).ok()))
        })
    }

    /// Joins another date of every year (6月、12月) when both can be said in one rule.
    pub(super) fn join(&mut self, other: &Self) -> bool {
        let same = self.frequency == other.frequency && self.days == other.days;
        if same {
            self.months.extend(&other.months);
            self.months.sort_unstable();
            self.months.dedup();
        }
        same
    }

    /// Joins another date of every year whose day is that of these months too: 1月、7月的10日.
    pub(super) fn share_days(&mut self, other: &Self) -> bool {
        let open = self.days.is_empty() && self.weekdays.is_empty();
        let shares = open && !other.days.is_empty() && self.frequency == other.frequency;
        if shares {
            self.days.clone_from(&other.days);
            self.join(other);
        }
        shares
    }
}

/// The months from `a` to `b`, over the new year when `b` is less.
fn round(a: u8, b: u8) -> Vec<u8> {
    if a <= b {
        (a..=b).collect()
    } else {
        (a..=12).chain(1..=b).collect()
    }
}

fn month_length(month: u8) -> u8 {
    match month {
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn first_day(point: Point) -> Option<u8> {
    match point.field {
        Field::Days(_, a, _) | Field::Months(_, _, Part::Days(a, _)) => Some(a),
        Field::Months(_, m, Part::End) => Some(month_length(m)),
        Field::Months(..) => Some(1),
        _ => None,
    }
}

fn final_day(point: Point) -> Option<u8> {
    match point.field {
        Field::Days(_, _, b) | Field::Months(_, _, Part::Days(_, b)) => Some(b),
        Field::Months(..) | Field::YearEnd => Some(31),
        _ => None,
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.frequency {
            Frequency::Daily => "FREQ=DAILY",
            Frequency::Weekly => "FREQ=WEEKLY",
            Frequency::Monthly => "FREQ=MONTHLY",
            Frequency::Yearly => "FREQ=YEARLY",
        })?;
        if self.interval != 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        let lists = [
            ("BYMONTH", strings(&self.months)),
            ("BYMONTHDAY", strings(&self.days)),
            ("BYDAY", self.weekdays.clone()),
        ];
        for (name, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
            write!(f, ";{name}={}", list.join(","))?;
        }
        if let Some(n) = self.position {
            write!(f, ";BYSETPOS={n}")?;
        }
        Ok(())
    }
}

fn strings<T: ToString>(list: &[T]) -> Vec<String> {
    list.iter().map(T::to_string).collect()
}
