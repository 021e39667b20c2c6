//! What comes again: 每周四, 每月5日前, 每季度最后一个周五, 每年2月底前, 按月, 逐月.

use super::clock;
use super::grammar::Frame;
use super::phrase::phrase;
use super::reader::Reader;
use super::reader::before;
use super::rule::Frequency;
use super::rule::Rule;
use crate::span::Span;

/// A recurrence as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Recurrence {
    pub(super) span: Span,
    pub(super) rule: Rule,
    /// Whether something is to be done by then (前).
    pub(super) due: bool,
}

const BEFORE: [&str; 6] = ["之前", "以前", "下班前", "前后", "左右", "前"];
const WORKDAYS: [&str; 5] = ["MO", "TU", "WE", "TH", "FR"];

/// Reads the recurrence that begins with 每, 按 or 逐 at byte `at`.
pub(super) fn recurrence(text: &str, at: usize, frame: &Frame) -> Option<Recurrence> {
    let mut r = Reader::new(text, at);
    let rule = match r.bump()? {
        '每' if !is_rate(text, at) => every(&mut r, text, frame)?,
        '按' => by(&mut r)?,
        '逐' => one_by_one(&mut r)?,
        _ => return None,
    };
    clock::aside(&mut r);
    let mark = r;
    r.blanks();
    let due = match r.eat_word(&BEFORE) {
        Some(word) => word != 3 && word != 4,
        None => {
            r = mark;
            text.get(at..r.at).is_some_and(|t| t.ends_with('前'))
        }
    };
    Some(Recurrence {
        span: Span::new(at, r.at),
        rule,
        due,
    })
}

/// 每人每年, 每亩每年: so much a head, not a rhythm.
fn is_rate(text: &str, at: usize) -> bool {
    const HEADS: [&str; 24] = [
        "人",
        "户",
        "亩",
        "生",
        "吨",
        "床",
        "例",
        "头",
        "只",
        "台",
        "辆",
        "车",
        "株",
        "名",
        "位",
        "桶",
        "袋",
        "公里",
        "平方米",
        "公顷",
        "床位",
        "千瓦",
        "立方米",
        "名学生",
    ];
    let head = before(text, at, 5);
    HEADS.iter().any(|h| {
        head.strip_suffix(h)
            .is_some_and(|h| h.ends_with(['每', '/']))
    })
}

fn every(r: &mut Reader<'_>, text: &str, frame: &Frame) -> Option<Rule> {
    let skipped = r.eat_word(&["隔", "间隔"]).is_some();
    r.eat('逢');
    r.blanks();
    let count = count(r)?;
    let interval = if skipped && count > 1 {
        count + 1
    } else if skipped {
        2
    } else {
        count
    };
    if count == 1 && !skipped && r.eat('半') {
        r.eat('个');
        return Some(match r.eat_word(&["月", "年度", "年"])? {
            0 => Rule::new(Frequency::Weekly, 2),
            _ => Rule::new(Frequency::Monthly, 6),
        });
    }
    let double = count == 1 && r.eat_word(&["双", "两个", "隔"]).is_some();
    let interval = if double { 2 } else { interval };
    if r.sees(&[
        "季节", "月龄", "日常", "天然", "年龄", "周期", "周岁", "周边", "周围", "年级", "月饼",
        "年均",
    ]) {
        return None;
    }
    let unit = r.eat_word(&[
        "工作日",
        "周",
        "星期",
        "礼拜",
        "季度",
        "季",
        "年度",
        "年",
        "月份",
        "月",
        "日",
        "天",
        "晚",
        "早",
        "旬",
        "晨",
        "夜",
    ])?;
    let plain = Rule::new(
        match unit {
            0..=3 => Frequency::Weekly,
            4 | 5 | 8 | 9 | 14 => Frequency::Monthly,
            6 | 7 => Frequency::Yearly,
            _ => Frequency::Daily,
        },
        if matches!(unit, 4 | 5) {
            interval * 3
        } else {
            interval
        },
    );
    if r.sees(&[
        "每人", "每户", "每亩", "每生", "每名", "每车", "每吨", "每床",
    ]) || is_price(r)
    {
        return None;
    }
    Some(match unit {
        0 => plain.on_weekdays(WORKDAYS.map(str::to_owned)),
        1..=3 if interval == 1 => weekly(r, plain),
        4 | 5 if interval == 1 => quarterly(r, plain),
        6 | 7 if interval == 1 => yearly(r, text, frame, plain),
        8 | 9 if interval == 1 => monthly(r, plain),
        14 => plain.on_days([1, 11, 21]),
        _ => plain,
    })
}

/// How many of the unit: 每两周 2, 每3个月 3, 每个月 1. Null when another thing is counted.
fn count(r: &mut Reader<'_>) -> Option<u32> {
    let mark = *r;
    if r.eat('个') {
        return Some(1);
    }
    match r.number() {
        None => Some(1),
        Some(n) => {
            r.eat('个');
            let unit = r.sees(&["周", "星期", "季度", "年", "月", "日", "天", "工作日"]);
            if unit && (1..=60).contains(&n.value) {
                Some(n.value)
            } else {
                *r = mark;
                None
            }
        }
    }
}

/// 每年5万元, 每月1000元: a price.
fn is_price(r: &Reader<'_>) -> bool {
    let mut ahead = *r;
    ahead.blanks();
    if ahead.number().is_none() {
        return false;
    }
    if ahead.eat('.') {
        ahead.number();
    }
    ahead.eat_word(&["万", "亿"]);
    ahead.eat('元')
}

fn weekly(r: &mut Reader<'_>, plain: Rule) -> Rule {
    /// What 每周一… counts or does once, where 一 is no Monday.
    const NOT_MONDAY: [&str; 42] = [
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
        "更",
        "查",
        "检",
        "巡",
        "调度",
        "通报",
        "研判",
        "会商",
        "学",
        "课",
        "讲",
        "练",
        "考",
        "评",
        "晒",
        "督",
        "结",
        "题",
        "案",
        "星",
        "主题",
        "清",
        "扫",
        "例会",
        "至两次",
    ];
    let mark = *r;
    r.eat('的');
    let _ = r.eat_word(&["周", "星期"]);
    if mark.at == r.at && r.eat_word(&["末", "周末"]).is_some() {
        return plain.on_weekdays(["SA".into(), "SU".into()]);
    }
    let mut ahead = *r;
    let number = ahead.number();
    let report = number.is_some()
        && ahead.sees(&["报"])
        && !ahead.sees(&[
            "报送", "报告", "报区", "报市", "报至", "报县", "报街", "报镇",
        ]);
    let counted = number.is_some() && (ahead.sees(&NOT_MONDAY) || report)
        || number.is_some_and(|n| n.arabic || n.len > 1)
        || r.sees(&["日常", "天天"]);
    if counted && !r.sees(&["六日", "六、日"]) {
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
        let ranged = r.to();
        let listed = !ranged && r.eat_word(&["、", "和", "及", "或"]).is_some();
        if !(ranged || listed || r.sees(&["六", "日"])) {
            break;
        }
        let _ = r.eat_word(&["每周", "每星期", "周", "星期"]);
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

/// 最后一个周五, 第一个工作日, 最后一天; the rule without change when none stands there.
fn placed_day(r: &mut Reader<'_>, rule: Rule) -> Option<Rule> {
    let mark = *r;
    let nth: i8 = if r
        .eat_word(&["最后一个", "最后1个", "最末一个", "最后一", "最后"])
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
    if r.eat_word(&["工作日"]).is_some() {
        return Some(
            rule.on_weekdays(WORKDAYS.map(str::to_owned))
                .at_position(nth),
        );
    }
    if nth == -1 && r.eat_word(&["天", "日"]).is_some() {
        return Some(rule.on_days([-1]));
    }
    let week = *r;
    if r.eat_word(&["周的"]).is_some() || r.eat('周') && r.sees(&["周", "星期"]) {
        // 第一周的周五
    } else {
        *r = week;
    }
    if let Some(day) = clock::named_weekday(r) {
        return Some(rule.on_weekdays([format!("{nth}{day}")]));
    }
    if r.eat_word(&["周", "星期"]).is_some() {
        return Some(rule);
    }
    *r = mark;
    None
}

/// The days of a month that follow: 5日、20日, 10日至15日, 底, 上旬.
fn month_days(r: &mut Reader<'_>) -> Option<Vec<i8>> {
    let mark = *r;
    if r.eat_word(&["月底", "月末", "底", "末"]).is_some() {
        // 每季度末25日前, 每月末28日
        let end = *r;
        return Some(month_days(r).filter(|d| d.len() == 1).unwrap_or_else(|| {
            *r = end;
            vec![-1]
        }));
    }
    if let Some(part) = r.eat_word(&["上旬", "中旬", "下旬", "月初", "初"]) {
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
        let unit = r.eat_word(&["日", "号"]).is_some();
        if unit || r.sees(&["前"]) && !r.sees(&["前后"]) {
            named = true;
            done = *r;
        }
        if r.to() {
            let _ = r.eat_word(&["次月", "下月"]);
            let mut ahead = *r;
            let Some(last) = ahead.number().and_then(|n| n.within(31)) else {
                break;
            };
            if ahead.eat_word(&["日", "号"]).is_none() {
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
        if r.eat_word(&["、", "和", "及", "或"]).is_none() {
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

fn monthly(r: &mut Reader<'_>, plain: Rule) -> Rule {
    let mark = *r;
    r.blanks();
    r.eat('的');
    r.blanks();
    if r.eat('第') || r.sees(&["最后"]) {
        if let Some(rule) = placed_day(r, plain.clone()) {
            return rule;
        }
    } else if let Some(days) = month_days(r) {
        return plain.on_days(days);
    }
    *r = mark;
    plain
}

fn quarterly(r: &mut Reader<'_>, plain: Rule) -> Rule {
    let mark = *r;
    r.blanks();
    r.eat('的');
    let first = [
        "首月",
        "第一个月",
        "第1个月",
        "次月",
        "下月",
        "结束后次月",
        "结束后下月",
        "结束次月",
        "结束后首月",
    ];
    let months = if r.eat_word(&first).is_some() {
        [1, 4, 7, 10]
    } else if r.eat_word(&["第二个月", "第2个月", "中间月"]).is_some() {
        [2, 5, 8, 11]
    } else if r
        .eat_word(&[
            "末月",
            "最后一个月",
            "最后1个月",
            "第三个月",
            "第3个月",
            "尾月",
            "最后一月",
        ])
        .is_some()
    {
        [3, 6, 9, 12]
    } else if r.sees(&["最后", "末", "底"]) {
        let ends = plain.clone().in_months([3, 6, 9, 12]);
        if r.sees(&["最后一周"]) {
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
    if (r.eat('第') || r.sees(&["最后"]))
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

fn yearly(r: &mut Reader<'_>, text: &str, frame: &Frame, plain: Rule) -> Rule {
    let mark = *r;
    r.blanks();
    r.eat('的');
    r.blanks();
    if r.eat_word(&["年底", "年末", "底", "末"]).is_some() {
        return plain.in_months([12]).on_days([-1]);
    }
    if r.eat_word(&["年初"]).is_some() {
        return plain.in_months([1]);
    }
    let Some((mut rule, mut end)) = part_of_year(text, r.at, frame) else {
        *r = mark;
        return plain;
    };
    // 每年的3月、6月和9月
    loop {
        let mut ahead = Reader::new(text, end);
        if ahead.eat_word(&["、", "和", "及", "与", "或"]).is_none() {
            break;
        }
        match part_of_year(text, ahead.at, frame) {
            Some((next, next_end)) if rule.join(&next) => end = next_end,
            _ => break,
        }
    }
    r.at = end;
    rule
}

/// A date without a year, as a rule of every year, with the byte where it ends.
fn part_of_year(text: &str, at: usize, frame: &Frame) -> Option<(Rule, usize)> {
    let found = phrase(text, at, frame, None)?;
    if matches!(found.from.year, super::point::Year::Given(_)) {
        return None;
    }
    Some((Rule::yearly(&found)?, found.span.end))
}

/// 按月, 按季度: at that rhythm. 按年龄, 按日常 and 按年度计划 are none.
fn by(r: &mut Reader<'_>) -> Option<Rule> {
    const NOT: [&str; 30] = [
        "月份",
        "月球",
        "月龄",
        "月均",
        "季节",
        "年龄",
        "年级",
        "年代",
        "年初",
        "年限",
        "年均",
        "年度计划",
        "年度工作",
        "年度目标",
        "年度任务",
        "年度预算",
        "年度考核",
        "年度安排",
        "年度重点",
        "年度要求",
        "周期",
        "周边",
        "周围",
        "周岁",
        "日常",
        "日期",
        "日程",
        "日照",
        "日均",
        "天然",
    ];
    if r.sees(&NOT) {
        return None;
    }
    let rule = rhythm(r)?;
    Some(rule)
}

fn rhythm(r: &mut Reader<'_>) -> Option<Rule> {
    let unit = r.eat_word(&[
        "半年", "双月", "月度", "月", "季度", "季", "年度", "年", "周", "日", "天", "旬",
    ])?;
    Some(match unit {
        0 => Rule::new(Frequency::Monthly, 6),
        1 => Rule::new(Frequency::Monthly, 2),
        2 | 3 => Rule::new(Frequency::Monthly, 1),
        4 | 5 => Rule::new(Frequency::Monthly, 3),
        6 | 7 => Rule::new(Frequency::Yearly, 1),
        8 => Rule::new(Frequency::Weekly, 1),
        9 | 10 => Rule::new(Frequency::Daily, 1),
        _ => Rule::new(Frequency::Monthly, 1).on_days([1, 11, 21]),
    })
}

/// 逐月, 逐季度; 逐年 and 逐月提高 tell a trend.
fn one_by_one(r: &mut Reader<'_>) -> Option<Rule> {
    if r.sees(&["年", "半", "双"]) {
        return None;
    }
    let rule = rhythm(r)?;
    let mut ahead = *r;
    ahead.blanks();
    let trend = [
        "提高", "提升", "递", "下降", "上升", "增", "减", "好转", "改善", "回升", "走", "向好",
        "扩大", "回落",
    ];
    (!ahead.sees(&trend)).then_some(rule)
}
