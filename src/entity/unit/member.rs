//! A member of a list: whether it is no name at all, and what hangs at the end of one.

use super::name::CLOSERS;
use super::name::ends_like_unit;
use super::name::without_note;
use crate::text::fold::is_blank;
use crate::text::letter::is_alphanumeric;
use crate::text::letter::is_numeric;
use crate::text::words::Words;
use crate::text::words::words;

/// Whether a member of a list says where, not who: 县文化广场.
pub(super) fn is_venue(member: &str) -> bool {
    words![
        "广场",
        "操场",
        "礼堂",
        "会场",
        "考场",
        "赛场",
        "现场",
        "球场",
        "运动场",
        "会议室",
        "报告厅",
        "会议厅",
        "多功能厅",
        "演播厅",
        "体育馆",
        "公园"
    ]
    .end(member)
}

/// Whether a member of a list says when, not who: 2023年6月底前, 长期坚持, 持续推进.
pub(super) fn is_time(member: &str) -> bool {
    let member = member.trim_matches(|c: char| is_blank(c) || matches!(c, '。' | '；' | ';'));
    // 完成时限：长期坚持, behind the names of a bracket
    let label = member.split(['：', ':']).next().unwrap_or_default();
    if label.len() < member.len()
        && words![
            "完成时限",
            "完成时间",
            "办结时限",
            "时限要求",
            "完成期限",
            "时间要求",
            "时限",
            "时间"
        ]
        .hold(label)
    {
        return true;
    }
    let numbered = || {
        member
            .chars()
            .any(|c| is_numeric(c) || matches!(c, '一'..='三' | '每' | '四' | '五' | '十' | '〇'))
    };
    let measured = words!["年", "月", "日", "季度", "旬", "周"].is_in(member);
    if measured && numbered() && !ends_like_unit(member) {
        return true;
    }
    let first = words![
        "长期",
        "持续",
        "常年",
        "全年",
        "年底",
        "年内",
        "即时",
        "立即",
        "月底",
        "适时",
        "常态化",
        "贯穿",
        "近期",
        "本年度",
        "当年",
        "年度内",
        "已完成",
        "春节前",
        "国庆",
        "中秋",
        "汛期前"
    ];
    first.begin(member) && !ends_like_unit(member)
}

/// The member less the number that counts it: 1.县水务局, 2．, （3）, but not 110指挥中心; empty where it is but a number.
pub(super) fn past_number(member: &str) -> &str {
    let inner = member.strip_prefix(['（', '(']).unwrap_or(member);
    let rest = inner.trim_start_matches(is_numeric);
    let digits = inner.len() - rest.len();
    if rest.is_empty() && digits > 0 {
        return rest;
    }
    let closed = match inner.len() < member.len() {
        true => rest.strip_prefix(['）', ')']),
        false => rest.strip_prefix(['.', '．', ')', '）']),
    };
    match closed {
        Some(rest) if (1..=3).contains(&digits) => rest.trim_start_matches(is_blank),
        _ => member,
    }
}

/// Whether a member says nothing: 无, 同上, a dash.
pub(super) fn is_nothing(member: &str) -> bool {
    matches!(member, "无" | "同上" | "下同" | "略" | "另定" | "待定")
        || !member.chars().any(is_alphanumeric)
}

/// Whether a member tells how the list is to be read: 排在第一位的为牵头部门, 以下均需落实，不再列出.
pub(super) fn is_note(member: &str) -> bool {
    words![
        "第一位",
        "首位",
        "下同",
        "以下均",
        "不再列出",
        "不再逐一",
        "排名不分先后",
        "不分先后",
        "第一个"
    ]
    .is_in(member)
}

/// The length in bytes of the name once 等, 等部门, （下同） at its end are left out.
pub(super) fn trimmed_len(member: &str) -> usize {
    let mut name = member.trim_end_matches(|c: char| {
        is_blank(c) || matches!(c, '。' | '；' | ';' | '，' | ',' | '、' | '：' | ':' | '.')
    });
    static NOTES: Words = Words::new(&[
        "下同",
        "以下简称",
        "以下均",
        "以下同",
        "排名",
        "按职责",
        "列第",
        "排在",
    ]);
    if name.ends_with(CLOSERS) {
        for note in NOTES.list() {
            let shorter = without_note(name);
            if shorter.len() < name.len() && name[shorter.len()..].contains(note) {
                name = shorter;
            }
        }
    }
    match and_others(name) {
        // 公安局等部门和各乡镇: who stands after the others is named too
        Some(at) if goes_on(&name[at..]) => name.len(),
        Some(at) => name[..at].trim_end_matches(is_blank).len(),
        None => name.len(),
    }
}

/// Whether more units are joined to the others that 等 stands for: 等有关部门和各县（市、区）人民政府.
fn goes_on(others: &str) -> bool {
    others.match_indices(['和', '及', '与']).any(|(at, word)| {
        let right = &others[at + word.len()..];
        let left = others[..at].trim_end_matches('以');
        (left.is_empty()
            || left == "等"
            || words!["部门", "单位", "机构", "处室", "科室"].end(left))
            && (right.starts_with(['各', '省', '市', '县', '区']) && ends_like_unit(right)
                || words!["相关地区", "有关地区"].hold(right))
    })
}

/// Where the 等 begins that closes a list: 公安局等, 公安局等部门, 公安局等有关单位, but not 高等学校.
fn and_others(name: &str) -> Option<usize> {
    static AFTER: Words = Words::new(&[
        "部门",
        "单位",
        "有关",
        "相关",
        "各",
        "成员",
        "处室",
        "科室",
        "市",
        "区",
        "县",
        "省",
        "机构",
        "企业",
        "方面",
        "地",
        "职能",
        "多",
        "其他",
        "镇",
        "街",
        "乡",
        "行业",
        "国务院",
        "中央",
    ]);
    static WORDS: Words = Words::new(&["高", "中", "初", "平", "同", "优", "均", "头", "上", "对"]);
    name.match_indices('等').map(|(at, _)| at).find(|&at| {
        let before = &name[..at];
        let after = &name[at + '等'.len_utf8()..];
        if before.is_empty() {
            return true;
        }
        if after.is_empty() {
            return true;
        }
        (AFTER.begin(after)
            || after.starts_with(|c: char| is_numeric(c) || "一二三四五六七八九十".contains(c)))
            && !WORDS.end(before)
    })
}
