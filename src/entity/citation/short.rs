//! Short names that a notice defines, and kinds that stand for a title.

use super::inside;
use super::key;
use crate::span::Span;
use crate::text::fold::joined;
use crate::text::words::Words;
use std::collections::HashMap;

/// The short names that `text` defines (以下简称《通知》), by their key, each with the title it stands for.
pub(super) fn defined(text: &str, titles: &[Span]) -> HashMap<String, Option<Span>> {
    let mut out = HashMap::new();
    let mut full: Option<Span> = None;
    // 以下分别简称《甲》《乙》: a title straight after a short name is one too
    let mut last_short: Option<Span> = None;
    for &span in titles {
        let runs_on = last_short.is_some_and(|last: Span| {
            let gap = text.get(last.end..span.start).unwrap_or("-");
            matches!(
                gap,
                "" | "、" | "和" | "及" | "”“" | "”、“" | "”和“" | "”及“"
            )
        });
        if runs_on || defines(text, span.start) {
            let name = key(&joined(inside(text, span)));
            out.entry(name).or_insert(if runs_on { None } else { full });
            last_short = Some(span);
        } else {
            full = Some(span);
            last_short = None;
        }
    }
    out
}

/// Whether the words before a title make it a short name.
fn defines(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(['“', '"', '：', ':', ' ', '‘', '\u{3000}']);
    static WORDS: Words = Words::new(&[
        "简称",
        "简称为",
        "以下称",
        "以下统称",
        "下称",
        "统称",
        "以下称为",
        "下称为",
        "简称作",
        "以下称作",
        "以下简述为",
        "以下统称为",
    ]);
    WORDS.end(before)
}

/// Words that a bare kind is made of; the last one is a kind, the others say how.
static HOWS: Words = Words::new(&[
    "实施", "工作", "行动", "活动", "指导", "管理", "暂行", "总体", "应急", "专项", "若干", "紧急",
    "三年", "年度", "具体", "本", "任务", "责任", "操作", "补充", "试行", "整治",
]);
static KINDS: Words = Words::new(&[
    "通知", "方案", "意见", "通报", "通告", "公告", "公报", "决定", "决议", "命令", "报告", "请示",
    "批复", "议案", "函", "纪要", "计划", "规划", "办法", "细则", "规定", "条例", "要点", "预案",
    "制度", "纲要", "措施",
]);

/// Whether a title is a kind of document and no more: 方案, 实施方案, 三年行动计划.
pub(super) fn is_bare_kind(title: &str) -> bool {
    let Some(mut rest) = KINDS.strip_end(title) else {
        return false;
    };
    while let Some(next) = HOWS.strip_end(rest) {
        rest = next;
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_kinds() {
        for bare in [
            "方案",
            "实施方案",
            "三年行动计划",
            "若干措施",
            "应急预案",
            "通知",
            "指导意见",
        ] {
            assert!(is_bare_kind(bare), "{bare}");
        }
        for title in ["防汛方案", "安全生产法", "消防条例", "方案一", "", "标准"]
        {
            assert!(!is_bare_kind(title), "{title}");
        }
    }
}
