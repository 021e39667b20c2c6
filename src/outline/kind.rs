//! 文种: the kinds of document, as titles end with them.

use crate::text::fold;
use std::borrow::Cow;

/// GB/T 9704 and the 党政机关公文处理工作条例 name fifteen; plans, rules and summaries stand beside them.
pub const KINDS: [&str; 25] = [
    "通知", "方案", "意见", "通报", "通告", "公告", "公报", "决定", "决议", "命令", "报告", "请示",
    "批复", "议案", "函", "纪要", "计划", "规划", "办法", "细则", "规定", "条例", "要点", "预案",
    "总结",
];

/// 制度 is a kind of its own, but never of a notice that goes on (制度改革).
const LAST_KIND: &str = "制度";

/// Words that end the title of an enclosure, an attachment or a page, though they are no 文种.
const TITLE_ENDS: [&str; 33] = [
    "安排",
    "倡议书",
    "公示",
    "须知",
    "指南",
    "清单",
    "表",
    "名单",
    "标语",
    "口号",
    "提示",
    "要求",
    "简报",
    "目录",
    "标准",
    "规范",
    "规程",
    "说明",
    "分工",
    "回执",
    "台账",
    "手册",
    "纲要",
    "指引",
    "章程",
    "守则",
    "案例",
    "承诺书",
    "责任书",
    "一览",
    "措施",
    "机制",
    "实例",
];

/// The kind that stands last in the title.
#[must_use]
pub fn last_kind(title: &str) -> Option<&'static str> {
    KINDS
        .iter()
        .chain([&LAST_KIND])
        .filter_map(|k| title.rfind(k).map(|at| (at + k.len(), k.len(), *k)))
        .max()
        .map(|(_, _, k)| k)
}

/// Whether the text, less brackets and closing marks at its end (（试行）, 》), ends with a kind of document.
#[must_use]
pub fn ends_with_kind(text: &str) -> bool {
    let text = &squeezed(text);
    let text = without_trailing_brackets(text);
    KINDS.iter().chain([&LAST_KIND]).any(|k| text.ends_with(k))
}

/// Whether the text ends as titles of enclosures and attachments do.
#[must_use]
pub fn ends_as_title(text: &str) -> bool {
    let text = &squeezed(text);
    let inner = without_trailing_brackets(text);
    ends_with_kind(text) || TITLE_ENDS.iter().any(|k| inner.ends_with(k))
}

/// A title set apart (的 通　知) reads without its blanks.
fn squeezed(text: &str) -> Cow<'_, str> {
    if text.contains(fold::is_blank) {
        Cow::Owned(fold::without_blanks(text))
    } else {
        Cow::Borrowed(text)
    }
}

fn without_trailing_brackets(text: &str) -> &str {
    let mut text = text.trim_end();
    while text.ends_with(['）', ')', '〕']) {
        match text.rfind(['（', '(', '〔']) {
            Some(open) if open > 0 => text = text[..open].trim_end(),
            _ => break,
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_kind_counts() {
        assert_eq!(last_kind("关于印发《工作方案》的通知"), Some("通知"));
        assert_eq!(last_kind("关于征求《管理办法》意见的函"), Some("函"));
        assert_eq!(last_kind("甲县防汛应急预案"), Some("预案"));
        assert_eq!(last_kind("甲县人民政府公报"), Some("公报"));
        assert_eq!(last_kind("学习体会"), None);
    }

    #[test]
    fn brackets_at_the_end_are_no_part_of_the_kind() {
        assert!(ends_with_kind("甲县城市管理办法（试行）"));
        assert!(ends_with_kind("三年行动计划（2024-2026年）"));
        assert!(!ends_with_kind("关于印发《工作方案》"));
    }
}
