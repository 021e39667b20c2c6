//! Words that say when, and nothing else: 6月底前, 2018年8月－9月上旬, 长期坚持.

use crate::text::letter::is_alphabetic;
use crate::text::letter::is_numeric;
use crate::text::words::Words;

/// 5月17日，文化广场: a day and after the comma where it is, or with what.
pub(super) fn is_time_and_place(words: &str) -> bool {
    let Some((when, rest)) = words.split_once(['，', ',', '；', ' ', '\u{3000}']) else {
        return false;
    };
    when.starts_with(|c: char| is_numeric(c) || matches!(c, '每' | '一'..='十'))
        && when.contains(['月', '日', '周', '季'])
        && is_period(when)
        && rest.chars().take(25).count() <= 24
        && !rest.contains(['。', '：', ':'])
}

/// Whether the words are a deadline or a period and nothing else: 6月底前, 2018年8月－9月上旬.
pub(super) fn is_period(words: &str) -> bool {
    static DATE: Words = Words::new(&[
        "年",
        "月",
        "日",
        "号",
        "份",
        "上旬",
        "中旬",
        "下旬",
        "旬",
        "底",
        "初",
        "末",
        "前",
        "起",
        "至",
        "到",
        "第",
        "季度",
        "上半",
        "下半",
        "半",
        "周",
        "星期",
        "每",
        "次",
        "之",
        "以",
        "后",
        "内",
        "完成",
        "时间",
        "时限",
        "截止",
        "截至",
        "开始",
        "结束",
        "持续",
        "长期",
        "坚持",
        "全",
        "开展",
        "进行",
        "实施",
        "推进",
        "即",
        "今",
        "明",
        "当",
        "适时",
        "贯穿",
        "全过程",
        "分",
        "时",
        "上午",
        "下午",
        "期间",
        "左右",
        "本",
        "一",
        "二",
        "三",
        "四",
        "五",
        "六",
        "七",
        "八",
        "九",
        "十",
        "〇",
        "○",
        "零",
        "廿",
        "约",
        "为",
        "从",
        "自",
        "于",
        "中",
        "止",
        "和",
        "启动",
        "达标",
        "阶段",
        "常态化",
        "常年",
    ]);
    if words.chars().take(41).count() > 40 || !DATE_MARKS.is_in(words) {
        return false;
    }
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        if let Some(i) = DATE.longest_at(rest) {
            rest = &rest[DATE.list()[i].len()..];
        } else if is_alphabetic(c) {
            return false;
        } else {
            rest = &rest[c.len_utf8()..];
        }
    }
    true
}

/// What a deadline or period holds at least one of; a year alone is none.
static DATE_MARKS: Words = Words::new(&[
    "月",
    "日",
    "季度",
    "旬",
    "底",
    "年前",
    "年内",
    "半年",
    "周",
    "全年",
    "长期",
    "持续",
    "常年",
    "适时",
    "常态化",
    "全过程",
]);
