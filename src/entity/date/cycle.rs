//! What a week, month, quarter or year is narrowed to: 每周一至周五, 每月5日, 每季度末月28日, 每年2月底.

use super::clock;
use super::grammar::Frame;
use super::phrase::phrase;
use super::point::Year;
use super::reader::Reader;
use super::reader::after;
use super::reader::before;
use super::recurrence::WORKDAYS;
use super::rule::Rule;
use crate::text::fold::is_han;
use crate::text::words::Words;
use crate::text::words::words;

pub(super) fn weekly(r: &mut Reader<'_>, text: &str, plain: Rule) -> Rule {
    /// What 每周三… counts.
    static COUNTED: Words = Words::new(&[
        "次",
        "场",
        "期",
        "回",
        "个",
        "份",
        "篇",
        "遍",
        "天",
        "小时",
        "条",
        "批",
        "班",
        "节",
        "名",
        "人",
        "项",
        "课",
        "题",
        "案",
        "至两次",
    ]);
    /// What 每周一… does once, where 一 is no Monday; 每周五通报 is on the Friday.
    static NOT_MONDAY: Words = Words::new(&[
        "更", "查", "检", "巡", "调度", "通报", "研判", "会商", "学", "讲", "练", "考", "评", "晒",
        "督", "结", "星", "主题", "清", "扫", "例会",
    ]);
    let mark = *r;
    r.eat('的');
    let _ = r.eat_word(words!["周", "星期"]);
    if mark.at == r.at && r.eat_word(words!["末", "周末"]).is_some() {
        return plain.on_weekdays(["SA".into(), "SU".into()]);
    }
    let mut ahead = *r;
    let number = ahead.number();
    let report = number.is_some()
        && ahead.sees(words!["报"])
        && !ahead.sees(words![
            "报送", "报告", "报区", "报市", "报至", "报县", "报街", "报镇"
        ]);
    let once = number.is_some_and(|n| n.value == 1 && !n.arabic);
    let counted = number.is_some() && ahead.sees(&COUNTED)
        || number.is_some_and(|n| n.value == 1) && (ahead.sees(&NOT_MONDAY) || report)
        || once && is_once_each(text, mark.at, ahead.at)
        || number.is_some_and(|n| n.arabic || n.len > 1)
        || r.sees(words!["日常", "天天"]);
    if counted && !r.sees(words!["六日", "六、日"]) {
        *r = mark;
        return plain;
    }
    let Some(first) = clock::weekday(r) else {
        *r = mark;
        return plain;
    };
    let mut days = vec![first.to_owned()];
    loop {
        let mark = *r;
        // 周二、周四晚间和星期日
        let mut hour = *r;
        if hour
            .eat_word(words![
                "上午", "下午", "中午", "晚间", "晚上", "早上", "晚", "早"
            ])
            .is_some()
            && hour.sees(words!["、周", "、星期", "和周", "和星期", "及周", "及星期"])
        {
            *r = hour;
        }
        let ranged = r.to();
        let listed = !ranged && r.eat_word(words!["、", "和", "及", "或"]).is_some();
        if !(ranged || listed || r.sees(words!["六", "日"])) {
            break;
        }
        let _ = r.eat_word(words!["每周", "每星期", "周", "星期"]);
        let Some(next) = clock::weekday(r) else {
            *r = mark;
            break;
        };
        if ranged {
            const WEEK: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
            let place = |d: &str| WEEK.iter().position(|w| *w == d);
            let from = days.last().and_then(|d| place(d));
            if let (Some(a), Some(b)) = (from, place(next)) {
                days.extend(WEEK.iter().take(b).skip(a + 1).map(|d| (*d).to_owned()));
            }
        }
        days.push(next.to_owned());
    }
    plain.on_weekdays(days)
}

/// 每日一巡查、每周一汇总、每月一通报: once a week, among what is done once a day or month. `at` is behind 每周, `end` behind 一.
fn is_once_each(text: &str, at: usize, end: usize) -> bool {
    let each = |part: &str| {
        part.match_indices('每').any(|(i, word)| {
            let mut r = Reader::new(part, i + word.len());
            r.eat('半');
            let unit = r
                .eat_word(words![
                    "日", "天", "月", "季度", "季", "年", "旬", "班", "晚"
                ])
                .is_some();
            unit && r.eat('一') && r.peek().is_some_and(is_han) && !r.sees(words!["日", "号"])
        })
    };
    // what is listed behind a day is a day: 每周一、三
    let listed = Reader::new(text, end).sees(words!["、", "至", "和", "到"]);
    let stops = ['。', '；', '\n'];
    let head = before(text, at, 16);
    let head = head.rsplit(stops).next().unwrap_or(head);
    !listed && (each(head) || each(after(text, end, 14, &stops)))
}

/// 最后一个周五, 第一个工作日, 最后一天; the rule without change when none stands there.
fn placed_day(r: &mut Reader<'_>, rule: Rule) -> Option<Rule> {
    let mark = *r;
    let nth: i8 = if r
        .eat_word(words!["最后一个", "最后1个", "最末一个", "最后一", "最后"])
        .is_some()
    {
        -1
    } else {
        r.eat('第');
        let n = r.number().and_then(|n| n.within(5));
        r.eat('个');
        match n.and_then(|n| i8::try_from(n).ok()) {
            Some(n) => n,
            None => {
                *r = mark;
                return None;
            }
        }
    };
    if r.eat_word(words!["工作日"]).is_some() {
        return Some(
            rule.on_weekdays(WORKDAYS.map(str::to_owned))
                .at_position(nth),
        );
    }
    if nth == -1 && r.eat_word(words!["天", "日"]).is_some() {
        return Some(rule.on_days([-1]));
    }
    let week = *r;
    if r.eat_word(words!["周的"]).is_some() || r.eat('周') && r.sees(words!["周", "星期"]) {
        // 第一周的周五
    } else {
        *r = week;
    }
    if let Some(day) = clock::named_weekday(r) {
        return Some(rule.on_weekdays([format!("{nth}{day}")]));
    }
    if r.eat_word(words!["周", "星期"]).is_some() {
        return Some(rule);
    }
    *r = mark;
    None
}

/// The days of a month that follow: 5日、20日, 10日至15日, 底, 上旬.
fn month_days(r: &mut Reader<'_>) -> Option<Vec<i8>> {
    let mark = *r;
    if r.eat_word(words!["月底", "月末", "底", "末"]).is_some() {
        // 每季度末25日前, 每月末28日
        let end = *r;
        return Some(month_days(r).filter(|d| d.len() == 1).unwrap_or_else(|| {
            *r = end;
            vec![-1]
        }));
    }
    if let Some(part) = r.eat_word(words!["上旬", "中旬", "下旬", "月初", "初"]) {
        return Some(match part {
            0 => (1..=10).collect(),
            1 => (11..=20).collect(),
            2 => (21..=31).collect(),
            _ => vec![1],
        });
    }
    let mut days: Vec<i8> = Vec::new();
    let mut done = *r;
    let mut named = false;
    loop {
        r.blanks();
        let Some(day) = r.number().and_then(|n| n.within(31)) else {
            break;
        };
        let Ok(day) = i8::try_from(day) else { break };
        days.push(day);
        r.blanks();
        let unit = r.eat_word(words!["日", "号"]).is_some();
        if unit || r.sees(words!["前"]) && !r.sees(words!["前后"]) {
            named = true;
            done = *r;
        }
        if r.to() {
            let _ = r.eat_word(words!["次月", "下月"]);
            let mut ahead = *r;
            let Some(last) = ahead.number().and_then(|n| n.within(31)) else {
                break;
            };
            if ahead.eat_word(words!["日", "号"]).is_none() {
                break;
            }
            let last = i8::try_from(last).unwrap_or(31);
            if last > day {
                days.extend(day + 1..=last);
                *r = ahead;
                done = ahead;
                named = true;
            } else {
                // 每月26日至次月25日 is the whole month
                *r = ahead;
                return Some(Vec::new());
            }
        }
        if r.eat_word(words!["、", "和", "及", "或"]).is_none() {
            break;
        }
    }
    if named {
        *r = done;
        return Some(days);
    }
    *r = mark;
    None
}

pub(super) fn monthly(r: &mut Reader<'_>, plain: Rule) -> Rule {
    let mark = *r;
    r.blanks();
    r.eat('的');
    r.eat('逢');
    r.blanks();
    if r.eat('第') || r.sees(words!["最后"]) {
        if let Some(rule) = placed_day(r, plain.clone()) {
            return rule;
        }
    } else if let Some(days) = month_days(r) {
        return plain.on_days(days);
    }
    *r = mark;
    plain
}

pub(super) fn quarterly(r: &mut Reader<'_>, plain: Rule) -> Rule {
    let mark = *r;
    r.blanks();
    r.eat('的');
    let first = words![
        "首月",
        "第一个月",
        "第1个月",
        "次月",
        "下月",
        "结束后次月",
        "结束后下月",
        "结束次月",
        "结束后首月"
    ];
    let months = if r.eat_word(first).is_some() {
        [1, 4, 7, 10]
    } else if r
        .eat_word(words!["第二个月", "第2个月", "中间月"])
        .is_some()
    {
        [2, 5, 8, 11]
    } else if r
        .eat_word(words![
            "末月",
            "最后一个月",
            "最后1个月",
            "第三个月",
            "第3个月",
            "尾月",
            "最后一月"
        ])
        .is_some()
    {
        [3, 6, 9, 12]
    } else if r.sees(words!["最后", "末", "底"]) {
        let ends = plain.clone().in_months([3, 6, 9, 12]);
        if r.sees(words!["最后一周"]) {
            *r = mark;
            return plain;
        }
        if let Some(rule) = placed_day(r, ends.clone()) {
            return rule;
        }
        return match month_days(r) {
            Some(days) => ends.on_days(days),
            None => {
                *r = mark;
                plain
            }
        };
    } else {
        if let Some(days) = month_days(r) {
            let months = if days == [1] {
                [1, 4, 7, 10]
            } else {
                [3, 6, 9, 12]
            };
            return plain.in_months(months).on_days(days);
        }
        *r = mark;
        return plain;
    };
    let rule = plain.in_months(months);
    r.blanks();
    r.eat('的');
    let near = *r;
    if (r.eat('第') || r.sees(words!["最后"]))
        && let Some(rule) = placed_day(r, rule.clone())
    {
        return rule;
    }
    *r = near;
    match month_days(r) {
        Some(days) => rule.on_days(days),
        None => rule,
    }
}

pub(super) fn yearly(r: &mut Reader<'_>, text: &str, frame: &Frame, plain: Rule) -> Rule {
    let mark = *r;
    r.blanks();
    r.eat('的');
    r.blanks();
    if r.eat_word(words!["年底", "年末", "底", "末"]).is_some() {
        return plain.in_months([12]).on_days([-1]);
    }
    if r.eat_word(words!["年初"]).is_some() {
        return plain.in_months([1]);
    }
    let Some((mut rule, mut end)) = part_of_year(text, r.at, frame) else {
        *r = mark;
        return plain;
    };
    // 每年的3月、6月和9月; 每年1月、7月的10日前, 每年6月、12月底前: the last tells the day of them all
    loop {
        let mut ahead = Reader::new(text, end);
        if ahead
            .eat_word(words!["、", "和", "及", "与", "或"])
            .is_none()
        {
            break;
        }
        match part_of_year(text, ahead.at, frame) {
            Some((next, next_end)) => {
                let written = text.get(ahead.at..next_end).unwrap_or_default();
                let shared = words!["月的", "月底", "月末", "份的", "份底"].is_in(written);
                if !(rule.join(&next) || shared && rule.share_days(&next)) {
                    break;
                }
                end = next_end;
            }
            None => break,
        }
    }
    r.at = end;
    rule
}

/// A date without a year, as a rule of every year, with the byte where it ends.
fn part_of_year(text: &str, at: usize, frame: &Frame) -> Option<(Rule, usize)> {
    let found = phrase(text, at, frame, None)?;
    if matches!(found.from.year, Year::Given(_)) {
        return None;
    }
    Some((Rule::yearly(&found)?, found.span.end))
}
