//! What is joined to a day and set aside: the weekday in brackets, the part of the day, the time.

use super::reader::Reader;
use crate::text::words::Words;
use crate::text::words::words;
use jiff::civil::Weekday;

const WEEKDAYS: [(char, &str); 8] = [
    ('一', "MO"),
    ('二', "TU"),
    ('三', "WE"),
    ('四', "TH"),
    ('五', "FR"),
    ('六', "SA"),
    ('日', "SU"),
    ('天', "SU"),
];

/// Takes the character of a weekday after 周 or 星期; its RFC 5545 name.
pub(super) fn weekday(r: &mut Reader<'_>) -> Option<&'static str> {
    let c = r.peek()?;
    let (_, name) = WEEKDAYS.iter().find(|(w, _)| *w == c)?;
    r.bump();
    Some(name)
}

/// The weekday that an expression names: 12月30日（星期日）.
pub(super) fn weekday_in(expression: &str) -> Option<Weekday> {
    let at = words!["星期", "周", "礼拜"].find(expression)?;
    let mut r = Reader::new(expression, at);
    day_of_week(&mut r)
}

/// Takes 周三, 星期三; the weekday itself.
pub(super) fn day_of_week(r: &mut Reader<'_>) -> Option<Weekday> {
    let named = named_weekday(r)?;
    let place = WEEKDAYS.iter().position(|(_, name)| *name == named)?;
    Weekday::from_monday_zero_offset(i8::try_from(place).ok()?).ok()
}

/// Takes 周三, 星期三, 礼拜三.
pub(super) fn named_weekday(r: &mut Reader<'_>) -> Option<&'static str> {
    let mark = *r;
    r.eat_word(words!["周", "星期", "礼拜"])?;
    let found = weekday(r);
    if found.is_none() {
        *r = mark;
    }
    found
}

/// Steps over the weekday, 含当日 in brackets, the part of the day and the time or times.
pub(super) fn aside(r: &mut Reader<'_>) {
    for _ in 0..4 {
        if !(bracket(r) || loose_weekday(r) || part_of_day(r) || times(r)) {
            return;
        }
    }
}

/// （星期五）, （周五上午）, （含当日）, （农历五月初五）, （正月初六）: short, and about the day alone.
fn bracket(r: &mut Reader<'_>) -> bool {
    let mark = *r;
    r.blanks();
    if r.eat('(') {
        r.blanks();
        if r.sees(words![
            "星期",
            "周",
            "礼拜",
            "含",
            "农历",
            "阴历",
            "正月",
            "冬月",
            "腊月",
            "初",
            "除夕",
            "大年",
            "当日",
            "当天",
            "全天",
            "本周",
            "下周",
            "这周",
            "本星期",
            "下星期"
        ]) {
            for _ in 0..16 {
                match r.bump() {
                    Some(')') => return true,
                    Some('\n' | '(' | '。') | None => break,
                    Some(_) => {}
                }
            }
        }
    }
    *r = mark;
    false
}

fn loose_weekday(r: &mut Reader<'_>) -> bool {
    let mark = *r;
    r.blanks();
    if r.eat_word(words![",", "、"]).is_some() {
        r.blanks();
    }
    if named_weekday(r).is_some() {
        return true;
    }
    *r = mark;
    false
}

fn part_of_day(r: &mut Reader<'_>) -> bool {
    static LONG: Words = Words::new(&[
        "上午", "下午", "中午", "晚上", "凌晨", "早上", "早晨", "清晨", "傍晚", "夜间", "晚间",
        "夜里", "午后", "当晚",
    ]);
    let mark = *r;
    r.blanks();
    if r.eat_word(&LONG).is_some() {
        return true;
    }
    if r.eat_word(words!["早", "晚", "晨", "夜", "午"]).is_some()
        // 每日晨检, 6月1日晚自习: the part of the day is of a name
        && !r.sees(words![
            "于", "日", "期", "点名", "会", "餐", "班", "间", "检", "午检", "读", "诵", "练", "跑",
            "操", "休", "自习", "修", "查", "巡", "托", "训"
        ])
    {
        return true;
    }
    *r = mark;
    false
}

fn times(r: &mut Reader<'_>) -> bool {
    if !time(r) {
        return false;
    }
    let mark = *r;
    if r.to() {
        part_of_day(r);
        if time(r) {
            return true;
        }
    }
    *r = mark;
    true
}

/// 9:00, 9：00：00, 9时, 9时30分, 九点零九, 8点半, 17:00时.
fn time(r: &mut Reader<'_>) -> bool {
    let mark = *r;
    r.blanks();
    // 零点, 零时: a zero alone is no numeral
    let hour = r.eat_word(words!["〇时", "〇点"]).is_some();
    if hour {
        return true;
    }
    let hour = r.number().is_some_and(|n| n.value <= 24 && n.len <= 3);
    if hour {
        r.blanks();
        if r.eat(':') {
            let minute = r.number();
            if minute.is_some_and(|n| n.value < 60 && n.len == 2) {
                if r.eat(':') && r.number().is_none() {
                    *r = mark;
                    return false;
                }
                let _ = r.eat_word(words!["时", "分"]);
                return true;
            }
        } else if r.eat_word(words!["时", "点"]).is_some()
            && !r.sees(words!["间", "期", "候", "位", "击", "评", "对"])
        {
            if r.eat_word(words!["整", "半", "钟"]).is_none() {
                let minutes = *r;
                r.eat('〇');
                let read = r.number().is_some_and(|n| n.value < 60) || r.at > minutes.at;
                if !read || r.sees(words!["个", "项", "月", "年", "次", "家"]) {
                    *r = minutes;
                } else {
                    r.eat('分');
                }
            }
            return true;
        }
    }
    *r = mark;
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_aside_what_belongs_to_the_day() {
        for (text, left) in [
            ("（星期五）上午9:00—11:30在", "在"),
            ("（周五）前", "前"),
            (" 晚上九点零九分到", "到"),
            ("17:00时前", "前"),
            ("８时至１２时，", "，"),
            ("9:00至6月3日", "至6月3日"),
            ("，星期一", ""),
            ("24时止", "止"),
            ("8点半开会", "开会"),
            ("早到达", "到达"),
            ("晚于", "晚于"),
            ("（报名）", "（报名）"),
            ("9时间", "9时间"),
            ("5个", "5个"),
        ] {
            let mut r = Reader::new(text, 0);
            aside(&mut r);
            assert_eq!(r.rest(), left, "{text}");
        }
    }
}
