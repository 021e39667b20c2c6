//! Dates in digits alone: 2023-06-01, 2023/6/1, 2023.6.1, 6·16.

use super::point::Field;
use super::point::Part;
use super::point::Point;
use super::point::Year;
use super::reader::Number;
use super::reader::Reader;
use crate::text::words::words;

/// 2023-06-01, 2023/6/1, 2023.6.1; 6·16 and 6.16; 2023.6 as an end of a range or alone in brackets.
pub(super) fn numeric(r: &mut Reader<'_>, n: Number, first: Option<Point>) -> Option<Point> {
    if !n.arabic {
        return None;
    }
    let sign = r.bump()?;
    let second = r.number().filter(|n| n.arabic)?;
    if let Some(year) = n.year() {
        let month = second.within(12)?;
        let short = *r;
        if r.eat(sign)
            && let Some(day) = r.number().and_then(|n| n.within(31))
        {
            return ends_here(r)
                .then_some(Point::new(Year::Given(year), Field::Days(month, day, day)));
        }
        *r = short;
        let ranged = first.is_some_and(|p| matches!(p.year, Year::Given(_)) && p.month().is_some());
        let mut ahead = *r;
        let opens = ahead.to()
            && ahead.number().is_some_and(|n| n.year().is_some())
            && ahead.eat(sign)
            && ahead.number().is_some_and(|n| n.within(12).is_some());
        let whole = sign == '.' && (ranged || opens) && ends_here(r);
        return whole.then_some(Point::new(
            Year::Given(year),
            Field::Months(month, month, Part::Whole),
        ));
    }
    let month = n.within(12)?;
    let day = second.within(31)?;
    let ranged = first.is_some_and(Point::is_day);
    // 8.15日截止
    if sign == '.' && names_day(r) {
        return Some(Point::new(Year::Unsaid, Field::Days(month, day, day)));
    }
    if matches!(sign, '-' | '/') && !(sign == '/' && ranged) || !ends_here(r) {
        return None;
    }
    Some(Point::new(Year::Unsaid, Field::Days(month, day, day)))
}

/// Takes the 日 behind month and day where what follows is said of a day: 8.15日前; 平均住院8.15日 counts.
fn names_day(r: &mut Reader<'_>) -> bool {
    let mut ahead = *r;
    let named = ahead.eat_word(words!["日", "号"]).is_some()
        && ahead.sees(words![
            "前", "截止", "截至", "至", "到", "起", "止", "下午", "上午", "晚", "之前", "以前",
            "(周", "(星期"
        ]);
    if named {
        *r = ahead;
    }
    named
}

/// Whether no further digit, letter or unit runs on from a numeric date.
fn ends_here(r: &Reader<'_>) -> bool {
    let mut ahead = *r;
    match ahead.bump() {
        None => true,
        Some('.' | '-' | '/' | '·') => {
            !ahead.peek().is_some_and(|c| c.is_ascii_alphanumeric())
                || ahead.number().is_some_and(|n| n.value <= 2100)
                    && ahead.sees(words![".", "·", "/", "-", "年", "月"])
        }
        Some('月' | '日' | '年' | '号' | '%' | '‰' | '℃' | '°' | '章' | '条' | '款' | '项') => {
            false
        }
        Some(c) => !c.is_ascii_alphanumeric(),
    }
}
