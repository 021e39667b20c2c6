//! A point of time as written, and the days that it covers once its year is known.

use jiff::civil::Date;
use jiff::civil::Weekday;

/// A year as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// 2023年.
    Given(i16),
    /// 今年 0, 明年 1, 去年 −1: counted from the day of issue.
    Offset(i16),
    /// 次年, 翌年, 来年: the one after that of which was just spoken.
    Following,
    /// None stands there (当年 too).
    Unsaid,
}

/// Which days of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All.
    Whole,
    /// 上旬, 中旬, 下旬 and the like: first and last day, 31 for the month's last.
    Days(u8, u8),
    /// 底, 末.
    End,
    /// 第三个星期六: which of them, and the weekday.
    Nth(i8, Weekday),
}

/// What is named within the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// The year itself.
    Year,
    /// 年底.
    YearEnd,
    /// 上半年 1, 下半年 2.
    Half(u8),
    /// 第二季度, 二至三季度: first, last, and whether its end alone is meant (季度末).
    Quarters(u8, u8, bool),
    /// 6月, 6—8月, 6月上旬.
    Months(u8, u8, Part),
    /// 6月1日, 6月1—7日.
    Days(u8, u8, u8),
    /// 即日: the day of issue.
    Today,
    /// Days reckoned from the day of reference, with their precision.
    Fixed(Date, Date, Precision),
    /// What would be reckoned from a day that is not known.
    Unknown(Precision),
}

/// How fine an expression is.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// One or more whole years.
    Year,
    /// 上半年.
    Half,
    /// 第三季度.
    Quarter,
    /// 6月.
    Month,
    /// 上旬, 上半月: a part of a month.
    Part,
    /// 下周.
    Week,
    /// 6月1日.
    Day,
}

/// A point of time as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) year: Year,
    pub(super) field: Field,
}

impl Point {
    pub(super) fn new(year: Year, field: Field) -> Self {
        Self { year, field }
    }

    /// Its first and last day in `year`; null when there is no such day.
    pub(super) fn days(self, year: i16, today: Option<Date>) -> Option<(Date, Date)> {
        match self.field {
            Field::Year => Some((day(year, 1, 1)?, day(year, 12, 31)?)),
            Field::YearEnd => Some((day(year, 12, 31)?, day(year, 12, 31)?)),
            Field::Half(1) => Some((day(year, 1, 1)?, day(year, 6, 30)?)),
            Field::Half(_) => Some((day(year, 7, 1)?, day(year, 12, 31)?)),
            Field::Quarters(a, b, end) => {
                let last = month_end(year, b * 3)?;
                let first = day(year, a * 3 - 2, 1)?;
                Some((if end { last } else { first }, last))
            }
            Field::Months(a, b, part) => {
                let to = if b < a { year.checked_add(1)? } else { year };
                let last = month_end(to, b)?;
                match part {
                    Part::Whole => Some((day(year, a, 1)?, last)),
                    Part::End if a != b => Some((day(year, a, 1)?, last)),
                    Part::End => Some((last, last)),
                    Part::Nth(n, weekday) => {
                        let found = day(year, a, 1)?.nth_weekday_of_month(n, weekday).ok()?;
                        Some((found, found))
                    }
                    Part::Days(i, j) => {
                        let cut = j.min(last.day().unsigned_abs());
                        Some((day(year, a, i)?, day(to, b, cut)?))
                    }
                }
            }
            Field::Days(m, a, b) => {
                let (first, last) = (day(year, m, a)?, day(year, m, b)?);
                (first <= last).then_some((first, last))
            }
            Field::Today => today.map(|d| (d, d)),
            Field::Fixed(a, b, _) => Some((a, b)),
            Field::Unknown(_) => None,
        }
    }

    /// The month in which it ends, where it names one.
    pub(super) fn month(self) -> Option<u8> {
        match self.field {
            Field::Months(_, m, _) | Field::Days(m, ..) => Some(m),
            Field::Fixed(_, last, Precision::Day | Precision::Month) => {
                Some(last.month().unsigned_abs())
            }
            _ => None,
        }
    }

    /// The months that it touches, in their order within one round of the year.
    pub(super) fn months(self) -> Option<(u8, u8)> {
        Some(match self.field {
            Field::Months(a, b, _) => (a, b),
            Field::Days(m, ..) => (m, m),
            Field::Quarters(a, b, end) => (if end { b * 3 } else { a * 3 - 2 }, b * 3),
            Field::Half(1) => (1, 6),
            Field::Half(_) => (7, 12),
            Field::YearEnd => (12, 12),
            _ => return None,
        })
    }

    /// Whether it names the end of a month, quarter or year: what is said to be over by then.
    pub(super) fn is_end(self) -> bool {
        matches!(
            self.field,
            Field::YearEnd | Field::Quarters(_, _, true) | Field::Months(_, _, Part::End)
        )
    }

    /// Whether it is one day or a run of days within a month.
    pub(super) fn is_day(self) -> bool {
        matches!(
            self.field,
            Field::Days(..)
                | Field::Today
                | Field::Fixed(_, _, Precision::Day)
                | Field::Months(_, _, Part::Nth(..))
        )
    }

    /// Whether it is a part of a month (上旬).
    pub(super) fn is_part(self) -> bool {
        matches!(self.field, Field::Months(_, _, Part::Days(..)))
    }

    /// How fine it is.
    pub(super) fn precision(self) -> Precision {
        match self.field {
            Field::Year => Precision::Year,
            Field::Half(_) => Precision::Half,
            Field::Quarters(_, _, false) => Precision::Quarter,
            Field::Months(_, _, Part::Whole) => Precision::Month,
            Field::Months(_, _, Part::Days(..)) => Precision::Part,
            Field::Fixed(_, _, p) | Field::Unknown(p) => p,
            _ => Precision::Day,
        }
    }
}

fn day(year: i16, month: u8, day: u8) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn month_end(year: i16, month: u8) -> Option<Date> {
    day(year, month, 1).map(Date::last_of_month)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(field: Field) -> Option<(String, String)> {
        Point::new(Year::Unsaid, field)
            .days(2023, None)
            .map(|(a, b)| (a.to_string(), b.to_string()))
    }

    #[test]
    fn fields_cover_their_days() {
        let of = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(
            days(Field::Months(2, 2, Part::Days(21, 31))),
            of("2023-02-21", "2023-02-28")
        );
        assert_eq!(
            days(Field::Months(12, 1, Part::Whole)),
            of("2023-12-01", "2024-01-31")
        );
        assert_eq!(
            days(Field::Quarters(2, 3, false)),
            of("2023-04-01", "2023-09-30")
        );
        assert_eq!(
            days(Field::Months(5, 5, Part::Nth(2, Weekday::Sunday))),
            of("2023-05-14", "2023-05-14")
        );
        assert_eq!(days(Field::Half(2)), of("2023-07-01", "2023-12-31"));
        assert_eq!(days(Field::Days(2, 30, 30)), None);
        assert_eq!(days(Field::Days(6, 7, 1)), None);
    }
}
