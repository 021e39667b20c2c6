//! One point of time at a place in the text: 2023年6月1日, 第三季度, 今年年底, 6—8月, 2023-06-01, 6·16.

use super::clock;
use super::numeric::numeric;
use super::point::Field;
use super::point::Part;
use super::point::Point;
use super::point::Precision;
use super::point::Year;
use super::reader::Number;
use super::reader::Reader;
use super::relative;
use super::season::half;
use super::season::quarter;
use crate::text::words::Words;
use crate::text::words::words;
use jiff::civil::Date;

/// What the words are read against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// The day of issue, or of reference.
    pub(super) today: Option<Date>,
    /// The year planned for.
    pub(super) year: Option<i16>,
    /// Whether bare years and relative days are wanted too.
    pub(super) mentions: bool,
}

/// Years by name.
static YEAR_WORDS: Words = Words::new(&[
    "今年",
    "本年",
    "明年",
    "去年",
    "上年",
    "前年",
    "后年",
    "次年",
    "翌年",
    "来年",
    "第二年",
    "当年",
    "同年",
    "上一年",
]);

/// Reads a point; `first` is the range's first end, from which the second takes what it leaves out.
pub(super) fn point(r: &mut Reader<'_>, frame: &Frame, first: Option<Point>) -> Option<Point> {
    let mark = *r;
    let found = match r.peek()? {
        '今' | '本' | '明' | '去' | '上' | '前' | '后' | '次' | '翌' | '来' | '当' | '同'
        | '第' | '下' | '首' | '年' | '月' => named(r, frame, first),
        '大' | '昨' | '这' | '周' | '星' if frame.mentions => relative::point(r, frame),
        '元' if r.is_behind_sum() => None,
        '元' => first_month(r).map(|field| Point::new(Year::Unsaid, field)),
        _ => numbered(r, frame, first),
    };
    if found.is_none() {
        *r = mark;
    }
    found
}

fn named(r: &mut Reader<'_>, frame: &Frame, first: Option<Point>) -> Option<Point> {
    let mark = *r;
    if let Some(word) = r.eat_word(&YEAR_WORDS) {
        let year = match word {
            0 | 1 => Year::Offset(0),
            2 => Year::Offset(1),
            3 | 4 | 13 => Year::Offset(-1),
            5 => Year::Offset(-2),
            6 => Year::Offset(2),
            7..=10 => Year::Following,
            _ => Year::Unsaid,
        };
        let found = within_year(r, year);
        let bare = found.field == Field::Year;
        // 当年 and 次年 alone say nothing of a day
        if !bare || !matches!(year, Year::Unsaid | Year::Following) {
            return Some(found);
        }
        *r = mark;
        return None;
    }
    if let Some(field) = half(r, false).or_else(|| quarter(r)) {
        return Some(Point::new(Year::Unsaid, field));
    }
    if r.eat_word(words!["年底", "年末"]).is_some() {
        return Some(Point::new(Year::Unsaid, Field::YearEnd));
    }
    if let Some(month) = first.and_then(Point::month)
        && r.eat_word(words!["月底", "月末"]).is_some()
    {
        return Some(Point::new(
            Year::Unsaid,
            Field::Months(month, month, Part::End),
        ));
    }
    relative::month(r, frame).or_else(|| match frame.mentions {
        true => relative::point(r, frame),
        false => None,
    })
}

/// What stands after a year; the year itself when nothing does.
fn within_year(r: &mut Reader<'_>, year: Year) -> Point {
    let bare = *r;
    r.eat('度');
    r.blanks();
    r.eat('的');
    r.blanks();
    if r.eat_word(words!["年底", "年末", "底", "末"]).is_some() {
        return Point::new(year, Field::YearEnd);
    }
    if let Some(field) = half(r, true).or_else(|| quarter(r)) {
        return Point::new(year, field);
    }
    let mark = *r;
    // 2031年初, but 2031年初中毕业生
    if r.eat('初')
        && !r.sees(words![
            "步", "审", "评", "赛", "选", "核", "级", "中", "期", "一", "二", "三", "始", "衷",
            "心", "次"
        ])
    {
        return Point::new(year, Field::Months(1, 1, Part::Whole));
    }
    *r = mark;
    if let Some(n) = r.number()
        && let Some(field) = months(r, n)
    {
        return Point::new(year, field);
    }
    *r = mark;
    if let Some(field) = first_month(r) {
        return Point::new(year, field);
    }
    *r = bare;
    Point::new(year, Field::Year)
}

/// 元月, which is January: 元月10日, 元月下旬.
fn first_month(r: &mut Reader<'_>) -> Option<Field> {
    r.eat_word(words!["元月"])?;
    month_rest(r, 1, false)
}

/// What begins with a number.
fn numbered(r: &mut Reader<'_>, frame: &Frame, first: Option<Point>) -> Option<Point> {
    let start = *r;
    if frame.mentions
        && first.is_none()
        && let Some(found) = relative::counted(r, frame)
    {
        return Some(found);
    }
    let n = r.number()?;
    let number_end = *r;
    r.blanks();
    match r.peek()? {
        '年' => {
            let year = n.year();
            let short = n.len == 2 && (n.arabic || n.placed);
            let year = match year {
                Some(y) => y,
                None if short => short_year(n.value, frame.year)?,
                None => return None,
            };
            r.bump();
            if r.sees(words!["代", "级", "限", "货"]) {
                return None;
            }
            let found = within_year(r, Year::Given(year));
            // 21年 alone is a length of time
            let long = n.year().is_some() || found.field != Field::Year;
            return long.then_some(found);
        }
        '日' | '号' if first.is_some() => {
            let month = first.and_then(Point::month)?;
            let day = n.within(31)?;
            r.bump();
            return Some(Point::new(Year::Unsaid, Field::Days(month, day, day)));
        }
        // 3月15-20日，21-25日
        '至' | '到' | '-' | '—' | '~' if first.is_some_and(Point::is_day) => {
            *r = number_end;
            let month = first.and_then(Point::month)?;
            if let Some(day) = n.within(31)
                && let Some(field) = days(r, n, month, day)
            {
                return Some(Point::new(Year::Unsaid, field));
            }
            *r = number_end;
            if let Some(found) = numeric(r, n, first) {
                return Some(found);
            }
            *r = number_end;
        }
        '.' | '·' | '•' | '・' | '‧' | '∙' | '⋅' | '-' | '/' => {
            *r = number_end;
            if let Some(found) = numeric(r, n, first) {
                return Some(found);
            }
            *r = number_end;
        }
        _ => {}
    }
    *r = number_end;
    if let Some(field) = months(r, n) {
        return Some(Point::new(Year::Unsaid, field));
    }
    if let Some(from) = n.year().filter(|_| frame.mentions && n.arabic) {
        // 1995–1997年
        *r = number_end;
        if r.to()
            && let Some(to) = r.number().and_then(Number::year)
            && r.eat('年')
            && from < to
        {
            return Some(Point::new(
                Year::Given(from),
                Field::Fixed(
                    Date::new(from, 1, 1).ok()?,
                    Date::new(to, 12, 31).ok()?,
                    Precision::Year,
                ),
            ));
        }
    }
    *r = start;
    quarter(r).map(|field| Point::new(Year::Unsaid, field))
}

/// The century of 23年6月: the one that brings it next to the year planned for.
fn short_year(value: u32, near: Option<i16>) -> Option<i16> {
    let value = i16::try_from(value).ok()?;
    let century = if value <= near.map_or(50, |y| (y % 100 + 20).min(99)) {
        2000
    } else {
        1900
    };
    Some(century + value)
}

/// What follows the number of a month: 月 with its part or day, or —8月.
fn months(r: &mut Reader<'_>, n: Number) -> Option<Field> {
    static NO_MONTH: Words = Words::new(&[
        "龄", "以上", "以下", "革命", "球", "饼", "嫂", "经", "亮", "均", "台", "薪", "饷", "租",
        "供",
    ]);
    let month = n.within(12)?;
    let mark = *r;
    r.blanks();
    if r.eat('月') {
        if r.sees(&NO_MONTH) {
            return None;
        }
        return month_rest(r, month, n.arabic);
    }
    *r = mark;
    if !r.to() {
        return None;
    }
    let last = r.number().filter(|l| l.arabic == n.arabic)?.within(12)?;
    r.blanks();
    if !r.eat('月') || r.sees(&NO_MONTH) || last == month {
        return None;
    }
    r.eat('份');
    let part = match r.eat_word(words!["底", "末"]) {
        Some(_) => Part::End,
        None => Part::Whole,
    };
    Some(Field::Months(month, last, part))
}

/// What follows 月: a part of the month, a day or nothing.
pub(super) fn month_rest(r: &mut Reader<'_>, month: u8, arabic: bool) -> Option<Field> {
    let near = *r;
    r.eat('份');
    let whole = *r;
    // 三月初三: of the lunar calendar
    if !arabic && r.eat('初') && r.number().is_some_and(|n| !n.arabic) {
        return None;
    }
    *r = whole;
    r.blanks();
    r.eat('的');
    r.blanks();
    if let Some(part) = part(r) {
        return Some(Field::Months(month, month, part));
    }
    let mark = *r;
    if let Some(n) = r.number() {
        if let Some(field) = n.within(31).and_then(|d| days(r, n, month, d)) {
            return Some(field);
        }
        // 三月三, 一月一调度: a festival or a rhythm
        if !arabic && !n.arabic && mark.at == near.at {
            return None;
        }
    }
    *r = whole;
    // 2023年6月  日: a form that was left blank
    r.blanks();
    if r.at > whole.at && r.sees(words!["日"]) {
        return None;
    }
    *r = whole;
    Some(Field::Months(month, month, Part::Whole))
}

/// 上旬, 中下旬, 初, 底, 上半月, 第二周.
fn part(r: &mut Reader<'_>) -> Option<Part> {
    static PARTS: Words = Words::new(&[
        "上中旬",
        "中下旬",
        "中、下旬",
        "上、中旬",
        "上旬",
        "中旬",
        "下旬",
        "上半月",
        "下半月",
        "月底",
        "月末",
        "底",
        "末",
        "月初",
        "初",
    ]);
    const MEANING: [Part; 15] = [
        Part::Days(1, 20),
        Part::Days(11, 31),
        Part::Days(11, 31),
        Part::Days(1, 20),
        Part::Days(1, 10),
        Part::Days(11, 20),
        Part::Days(21, 31),
        Part::Days(1, 15),
        Part::Days(16, 31),
        Part::End,
        Part::End,
        Part::End,
        Part::End,
        Part::Days(1, 10),
        Part::Days(1, 10),
    ];
    let mark = *r;
    if let Some(part) = r.eat_word(&PARTS).map(|i| MEANING[i]) {
        if part == Part::Days(1, 10)
            && r.sees(words!["步", "审", "评", "赛", "选", "核", "级", "中", "期"])
        {
            *r = mark;
            return None;
        }
        return Some(part);
    }
    if r.eat('第') {
        let week = r.number().and_then(|n| n.within(5));
        r.eat('个');
        // 5月第二个星期日; 第二周周日 is of the week
        let mut ahead = *r;
        if let Some(nth) = week.and_then(|n| i8::try_from(n).ok())
            && let Some(weekday) = clock::day_of_week(&mut ahead)
        {
            *r = ahead;
            return Some(Part::Nth(nth, weekday));
        }
        if let Some(week) = week
            && r.eat_word(words!["周", "星期"]).is_some()
        {
            return Some(Part::Days(week * 7 - 6, (week * 7).min(31)));
        }
        *r = mark;
    }
    None
}

/// The day after its month: 1日, 1-7日, 1、2日, 30前.
fn days(r: &mut Reader<'_>, n: Number, month: u8, day: u8) -> Option<Field> {
    let bare = *r;
    r.blanks();
    if r.eat_word(words!["日", "号"]).is_some() {
        return Some(Field::Days(month, day, day));
    }
    *r = bare;
    if r.to()
        && let Some(last) = r.number().and_then(|n| n.within(31))
    {
        r.blanks();
        if r.eat_word(words!["日", "号"]).is_some() {
            return Some(Field::Days(month, day, last));
        }
    }
    // 3月21-4月4日: the unit is left out before the second end
    *r = bare;
    let next = r.to() && r.number().is_some() && (r.sees(words!["月", "年"]));
    *r = bare;
    if next && n.arabic {
        return Some(Field::Days(month, day, day));
    }
    let lone = n.arabic && r.sees(words!["前", "之前", "以前"]);
    // 20、21日: days that follow each other are one time
    if let Some(last) = run_of_days(r, day) {
        return Some(Field::Days(month, day, last));
    }
    *r = bare;
    let listed = r.eat_word(words!["、", "和"]).is_some()
        && r.number().is_some_and(|n| n.within(31).is_some())
        && (r.sees(words!["日", "号"]) || r.sees(words!["、"]));
    *r = bare;
    (lone || listed).then_some(Field::Days(month, day, day))
}

/// 、21、22日 behind the 20: the last of days that follow each other and share one unit.
fn run_of_days(r: &mut Reader<'_>, first: u8) -> Option<u8> {
    let mut last = first;
    while r.eat('、') {
        r.blanks();
        let next = r.number().filter(|n| n.arabic)?.within(31)?;
        if next != last + 1 {
            return None;
        }
        last = next;
        r.blanks();
    }
    (last > first && r.eat_word(words!["日", "号"]).is_some()).then_some(last)
}
