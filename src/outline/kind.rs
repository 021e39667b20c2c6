//! 文种: the kinds of document, as titles end with them.

use super::quote;
use crate::text::fold::is_blank;
use crate::text::fold::trimmed_end;
use crate::text::lexicon::Endings;
use crate::text::words::Words;
use std::sync::LazyLock;

/// GB/T 9704 and the 党政机关公文处理工作条例 name fifteen; plans, rules and summaries stand beside them.
pub const KINDS: [&str; 26] = [
    "通知", "方案", "意见", "通报", "通告", "公告", "公报", "决定", "决议", "命令", "报告", "请示",
    "批复", "议案", "函", "纪要", "计划", "规划", "办法", "细则", "规定", "条例", "要点", "预案",
    "总结", "制度",
];

/// Words that end the title of an enclosure, an attachment or a page, though they are no 文种.
const TITLE_ENDS: [&str; 43] = [
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
    "答复",
    "规则",
    "准则",
    "导则",
    "通则",
    "公约",
    "政策",
    "声明",
    "启事",
    "分解",
];

/// What titles end with, and whether it is a kind of document.
static ENDINGS: LazyLock<Endings<bool>> = LazyLock::new(|| {
    let kinds = KINDS.iter().map(|k| (*k, true));
    Endings::new(kinds.chain(TITLE_ENDS.iter().map(|k| (*k, false))))
});

/// The kind that stands last in the title.
#[must_use]
pub fn last_kind(title: &str) -> Option<&'static str> {
    static WORDS: Words = Words::new(&KINDS);
    // none of them ends with another
    let end = WORDS.last_end(title)?;
    WORDS.ending(&title[..end])
}

/// Whether the text, less blanks and brackets at its end (（试行）), ends with a kind of document.
#[must_use]
pub fn ends_with_kind(text: &str) -> bool {
    ending(text) == Some(true)
}

/// Whether the text ends as titles of enclosures and attachments do.
#[must_use]
pub fn ends_as_title(text: &str) -> bool {
    ending(text).is_some()
}

/// Whether a title may end with the last character of this line: most lines are told by it.
pub(super) fn may_end_title(line: &str) -> bool {
    let last = line.chars().rev().find(|c| !is_blank(*c));
    last.is_some_and(|c| is_closing(c) || c == '》' || ENDINGS.ends(c))
}

fn is_closing(c: char) -> bool {
    matches!(c, '）' | ')' | '〕')
}

/// What the text ends with: a kind of document (true) or another ending of titles.
fn ending(text: &str) -> Option<bool> {
    ENDINGS
        .of(without_trailing_brackets(text))
        .map(|(_, is_kind)| *is_kind)
}

/// The text less blanks and brackets at its end: 甲县养犬办法（试行）.
pub(super) fn without_trailing_brackets(text: &str) -> &str {
    let mut text = trimmed_end(text);
    while let Some(open) = quote::closing_bracket(text) {
        let before = trimmed_end(&text[..open]);
        if before.is_empty() {
            break;
        }
        text = before;
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
