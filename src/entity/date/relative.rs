//! What is counted from a day of reference: 昨天, 下周三, 上个月15号, 本月20日, 三天后; and bare years.

use super::DateContext;
use super::DateExpr;
use super::clock;
use super::grammar::Frame;
use super::grammar::month_rest;
use super::point::Field;
use super::point::Part;
use super::point::Point;
use super::point::Precision;
use super::point::Year;
use super::reader::Reader;
use super::scan::scan;
use crate::text::words::Words;
use crate::text::words::words;
use jiff::Span as Length;
use jiff::civil::Date;

/// A date expression of running text, with how fine it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentioned {
    /// The expression; its days are null when they depend on a reference that was not given.
    pub date: DateExpr,
    /// How fine it is: year, half, quarter, month, part, week or day.
    pub precision: Precision,
}

/// Every date expression of `text`, bare years and relative days too (2009年, 去年, 上个月15号, 下周三).
///
/// `reference` stands for the day of issue and the year planned for. In order, never overlapping.
#[must_use]
pub fn find_in_mentions(text: &str, reference: Option<Date>) -> Vec<Mentioned> {
    let context = DateContext {
        year: reference.map(Date::year),
        issued: reference,
        ..DateContext::default()
    };
    scan(text, &context, true)
}

/// 本月, 上个月, 下月 with the day or part that follows; without one only where mentions are wanted.
pub(super) fn month(r: &mut Reader<'_>, frame: &Frame) -> Option<Point> {
    static MONTHS: Words = Words::new(&[
        "上上个月",
        "上上月",
        "上个月",
        "上月",
        "本月",
        "当月",
        "这个月",
        "这月",
        "下下个月",
        "下下月",
        "下个月",
        "下月",
        "次月",
        "前月",
        "上半月",
        "下半月",
        "月底",
        "月末",
    ]);
    const AWAY: [i32; 18] = [-2, -2, -1, -1, 0, 0, 0, 0, 2, 2, 1, 1, 1, -2, 0, 0, 0, 0];
    let mark = *r;
    let place = r.eat_word(&MONTHS)?;
    let (word, by) = (MONTHS.list()[place], AWAY[place]);
    let half = word.ends_with("半月");
    let bare_end = word.starts_with("月");
    if (half || bare_end) && !frame.mentions {
        *r = mark;
        return None;
    }
    let there = frame.today.and_then(|d| {
        d.first_of_month()
            .checked_add(Length::new().months(by))
            .ok()
    });
    let number = there.map_or(1, |d| d.month().unsigned_abs());
    let field = match word {
        "上半月" => Field::Months(number, number, Part::Days(1, 15)),
        "下半月" => Field::Months(number, number, Part::Days(16, 31)),
        "月底" | "月末" => Field::Months(number, number, Part::End),
        _ => month_rest(r, number, true)?,
    };
    let whole = matches!(field, Field::Months(_, _, Part::Whole));
    if whole && !frame.mentions {
        *r = mark;
        return None;
    }
    let Some((there, today)) = there.zip(frame.today) else {
        let point = Point::new(Year::Unsaid, field);
        return frame
            .mentions
            .then(|| Point::new(Year::Unsaid, Field::Unknown(point.precision())));
    };
    Some(Point::new(Year::Offset(there.year() - today.year()), field))
}

/// 昨天, 下周三, 上季度末, 上个半年.
pub(super) fn point(r: &mut Reader<'_>, frame: &Frame) -> Option<Point> {
    let mark = *r;
    for read in [near_day, week, quarter, month] {
        if let Some(found) = read(r, frame) {
            return Some(found);
        }
        *r = mark;
    }
    None
}

fn fixed(days: Option<(Date, Date)>, precision: Precision) -> Point {
    Point::new(
        Year::Unsaid,
        match days {
            Some((a, b)) => Field::Fixed(a, b, precision),
            None => Field::Unknown(precision),
        },
    )
}

fn shifted(today: Option<Date>, days: i64) -> Option<Date> {
    today?.checked_add(Length::new().days(days)).ok()
}

fn near_day(r: &mut Reader<'_>, frame: &Frame) -> Option<Point> {
    static DAYS: Words = Words::new(&[
        "大前天",
        "前天",
        "昨天",
        "昨日",
        "昨晚",
        "昨夜",
        "今天",
        "今日",
        "今晚",
        "今早",
        "今晨",
        "当天",
        "明天",
        "明日",
        "明晚",
        "明早",
        "大后天",
        "后天",
        "前日",
        "次日",
    ]);
    const AWAY: [i64; 20] = [
        -3, -2, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 3, 2, -2, 1,
    ];
    let by = AWAY[r.eat_word(&DAYS)?];
    let day = shifted(frame.today, by);
    Some(fixed(day.map(|d| (d, d)), Precision::Day))
}

fn week(r: &mut Reader<'_>, frame: &Frame) -> Option<Point> {
    let mark = *r;
    let by = match r.eat_word(words!["上上", "下下", "上", "下", "本", "这"]) {
        Some(0) => -2,
        Some(1) => 2,
        Some(2) => -1,
        Some(3) => 1,
        _ => 0,
    };
    let said = r.at > mark.at;
    r.eat('个');
    r.eat_word(words!["周", "星期", "礼拜"])?;
    let monday = frame.today.and_then(|d| {
        let past = i64::from(d.weekday().to_monday_zero_offset());
        shifted(Some(d), by * 7 - past)
    });
    let week = *r;
    const WEEK: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    if let Some(day) = clock::weekday(r).and_then(|d| WEEK.iter().position(|w| *w == d)) {
        let day = i64::try_from(day).ok().and_then(|n| shifted(monday, n));
        return Some(fixed(day.map(|d| (d, d)), Precision::Day));
    }
    *r = week;
    if r.eat('末') {
        let days = shifted(monday, 5).zip(shifted(monday, 6));
        return Some(fixed(days, Precision::Day));
    }
    if !said || r.sees(words!["期", "年", "岁", "边", "围"]) {
        return None;
    }
    Some(fixed(monday.zip(shifted(monday, 6)), Precision::Week))
}

fn quarter(r: &mut Reader<'_>, frame: &Frame) -> Option<Point> {
    let by: i32 = match r.eat_word(words!["上", "下", "本", "这"])? {
        0 => -1,
        1 => 1,
        _ => 0,
    };
    r.eat('个');
    let unit = r.eat_word(words!["季度", "半年", "季末"])?;
    let months: i32 = if unit == 1 { 6 } else { 3 };
    let first = frame.today.and_then(|d| {
        let into = (i32::from(d.month()) - 1) % months;
        d.first_of_month()
            .checked_add(Length::new().months(by * months - into))
            .ok()
    });
    let last = first.and_then(|d| {
        let end = d.checked_add(Length::new().months(months - 1)).ok()?;
        Some(end.last_of_month())
    });
    if unit == 2 || unit == 0 && r.eat_word(words!["末", "底"]).is_some() {
        return Some(fixed(last.map(|d| (d, d)), Precision::Day));
    }
    let precision = if unit == 1 {
        Precision::Half
    } else {
        Precision::Quarter
    };
    Some(fixed(first.zip(last), precision))
}

/// 三天后, 2个月前, 10年前: a number with its unit and side, from the reference.
pub(super) fn counted(r: &mut Reader<'_>, frame: &Frame) -> Option<Point> {
    let mark = *r;
    let found = (|| {
        let n = r.number().filter(|n| n.value <= 999)?;
        let n = i64::from(n.value);
        let unit = r.eat_word(words!["天", "日", "周", "个星期", "星期", "个月", "年"])?;
        let side = r.eat_word(words!["之前", "以前", "前", "之后", "以后", "后"])?;
        let n = if side < 3 { -n } else { n };
        let length = match unit {
            0 | 1 => Length::new().try_days(n),
            2..=4 => Length::new().try_weeks(n),
            5 => Length::new().try_months(n),
            _ => Length::new().try_years(n),
        };
        let day = frame.today.and_then(|d| d.checked_add(length.ok()?).ok());
        Some(match (unit, day) {
            (6, Some(d)) => fixed(Some((d.first_of_year(), d.last_of_year())), Precision::Year),
            (5, Some(d)) => fixed(
                Some((d.first_of_month(), d.last_of_month())),
                Precision::Month,
            ),
            (_, day) => fixed(day.map(|d| (d, d)), Precision::Day),
        })
    })();
    if found.is_none() {
        *r = mark;
    }
    found
}
