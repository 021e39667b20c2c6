//! What comes again: 每周四, 每月5日前, 每季度最后一个周五, 每年2月底前, 按月, 逐月.

use super::clock;
use super::cycle::monthly;
use super::cycle::quarterly;
use super::cycle::weekly;
use super::cycle::yearly;
use super::grammar::Frame;
use super::reader::Reader;
use super::reader::after;
use super::reader::before;
use super::rule::Frequency;
use super::rule::Rule;
use crate::span::Span;
use crate::text::words::Words;
use crate::text::words::words;

/// A recurrence as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Recurrence {
    pub(super) span: Span,
    pub(super) rule: Rule,
    /// Whether something is to be done by then (前).
    pub(super) due: bool,
}

static BEFORE: Words = Words::new(&["之前", "以前", "下班前", "前后", "左右", "前", "上班前"]);
/// Days on which offices work.
pub(super) const WORKDAYS: [&str; 5] = ["MO", "TU", "WE", "TH", "FR"];

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
    // 每户每月评比一次 is a rhythm: something is done so often
    let next = after(text, at, 16, &['，', '。', '；', '、', '\n']);
    let most = words!["限", "最多", "至多", "不超过", "只享受", "只能", "仅"].is_in(next);
    if !most && words!["一次", "1次", "两次", "2次"].is_in(next) {
        return false;
    }
    is_limit(text, at)
        || HEADS.iter().any(|h| {
            head.strip_suffix(h)
                .is_some_and(|h| h.ends_with(['每', '/']))
        })
}

/// 每家企业每年最高补助100万元, 每年提升1至3个百分点, 每月最低生活保障标准: how much, and no rhythm of what is done;
/// 每月租金于5日前缴纳 is one.
fn is_limit(text: &str, at: usize) -> bool {
    let next = after(text, at, 28, &['，', '。', '；', '、', '\n']);
    let Some(what) = words!["每年度", "每年", "每月", "每季度"].strip(next) else {
        return false;
    };
    let most = words![
        "最高",
        "最多",
        "累计不超过",
        "不超过",
        "补助不超过",
        "奖励不超过",
        "上限",
        "限额"
    ];
    let grows = words![
        "提升", "提高", "增加", "增长", "递增", "上升", "下降", "降低", "减少", "压减"
    ];
    let ratio = words!["百分点", "%", "％"];
    let income = words![
        "最低生活保障",
        "最低工资",
        "基本工资",
        "基本养老金",
        "收入",
        "缴费基数",
        "租金",
        "房租"
    ];
    let paid = words!["前", "于每", "发放", "缴纳", "报送", "上报", "申报", "兑付"];
    // 每家企业每年最高补助100万元
    let of_each = || before(text, at, 6).contains('每');
    most.begin(what) && what.contains('元') && of_each()
        || grows.begin(what) && ratio.is_in(what)
        || income.begin(what)
            && words!["标准", "低于", "不超过", "水平", "元"].is_in(what)
            && !paid.is_in(what)
}

fn every(r: &mut Reader<'_>, text: &str, frame: &Frame) -> Option<Rule> {
    let skipped = r.eat_word(words!["隔", "间隔"]).is_some();
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
        return Some(match r.eat_word(words!["月", "年度", "年"])? {
            0 => Rule::new(Frequency::Weekly, 2),
            _ => Rule::new(Frequency::Monthly, 6),
        });
    }
    // 每单月10日前
    let odd = count == 1 && r.eat_word(words!["单"]).is_some();
    let double = count == 1 && r.eat_word(words!["双", "两个", "隔"]).is_some();
    let interval = if double { 2 } else { interval };
    if r.sees(words![
        "季节", "月龄", "日常", "天然", "年龄", "周期", "周岁", "周边", "周围", "年级", "月饼",
        "年均"
    ]) {
        return None;
    }
    let unit = r.eat_word(words![
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
        "夜"
    ])?;
    // 每个夜市, 每个晚会: another thing is counted
    if matches!(unit, 12 | 13 | 15 | 16)
        && r.sees(words![
            "市", "校", "班", "场", "会", "总", "景", "点", "餐", "教", "报", "稻", "读"
        ])
    {
        return None;
    }
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
    if r.sees(words![
        "每人", "每户", "每亩", "每生", "每名", "每车", "每吨", "每床"
    ]) || is_price(r)
    {
        return None;
    }
    Some(match unit {
        0 => plain.on_weekdays(WORKDAYS.map(str::to_owned)),
        1..=3 if interval == 1 => weekly(r, text, plain),
        4 | 5 if interval == 1 => quarterly(r, plain),
        6 | 7 if interval == 1 => yearly(r, text, frame, plain),
        8 | 9 if odd => monthly(r, plain).in_months([1, 3, 5, 7, 9, 11]),
        _ if odd => return None,
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
            let unit = r.sees(words![
                "周",
                "星期",
                "季度",
                "年",
                "月",
                "日",
                "天",
                "工作日"
            ]);
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
    ahead.eat_word(words!["万", "亿"]);
    ahead.eat('元')
}

/// 按月, 按季度: at that rhythm. 按年龄, 按日常 and 按年度计划 are none.
fn by(r: &mut Reader<'_>) -> Option<Rule> {
    static NOT: Words = Words::new(&[
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
    ]);
    if r.sees(&NOT) {
        return None;
    }
    let rule = rhythm(r)?;
    Some(rule)
}

fn rhythm(r: &mut Reader<'_>) -> Option<Rule> {
    let unit = r.eat_word(words![
        "半年", "双月", "月度", "月", "季度", "季", "年度", "年", "周", "日", "天", "旬"
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
    if r.sees(words!["年", "半", "双"]) {
        return None;
    }
    let rule = rhythm(r)?;
    let mut ahead = *r;
    ahead.blanks();
    let trend = words![
        "提高", "提升", "递", "下降", "上升", "增", "减", "好转", "改善", "回升", "走", "向好",
        "扩大", "回落"
    ];
    (!ahead.sees(trend)).then_some(rule)
}
