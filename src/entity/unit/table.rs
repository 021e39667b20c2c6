//! Tables of tasks: which column names the units, the task and the deadline.

use super::Found;
use super::UnitFound;
use super::UnitRole;
use super::UnitRules;
use super::clause;
use super::clause::Reading;
use super::label;
use super::label::Label;
use crate::span::Span;
use crate::text::fold::without_blanks;
use crate::text::words::Words;
use crate::text::words::words;

/// What a column of a table of tasks holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// 序号.
    Ordinal,
    /// 任务, 项目, 活动名称: what an activity is called.
    Title,
    /// 内容, 措施, 要求: its text.
    Content,
    /// 责任单位, 牵头部门 …
    Units(UnitRole),
    /// 责任领导, 联系人.
    Persons,
    /// 完成时限, 时间.
    Deadline,
    /// Anything else.
    Other,
}

/// What the columns under a header row hold; every cell gets one answer.
///
/// ```
/// use gongwen::entity::unit::{Column, UnitRole, columns};
/// let header = ["序号", "重点任务", "责任单位", "完成时限"];
/// assert_eq!(
///     columns(&header),
///     [Column::Ordinal, Column::Title, Column::Units(UnitRole::Responsible), Column::Deadline]
/// );
/// ```
#[must_use]
pub fn columns(header: &[&str]) -> Vec<Column> {
    let mut out: Vec<Column> = header
        .iter()
        .map(|cell| column(&without_blanks(cell)))
        .collect();
    // a table without a column of titles is named by its contents
    if !out.contains(&Column::Title)
        && let Some(content) = out.iter_mut().find(|c| **c == Column::Content)
    {
        *content = Column::Title;
    }
    out
}

fn column(cell: &str) -> Column {
    static TIME: Words =
        Words::new(&["时限", "时间", "期限", "时间节点", "进度", "日期", "完成时"]);
    static TITLE: Words = Words::new(&[
        "任务",
        "项目",
        "事项",
        "名称",
        "活动",
        "工作",
        "主题",
        "目标任务",
        "举措",
    ]);
    static CONTENT: Words = Words::new(&[
        "内容", "措施", "要求", "标准", "目标", "说明", "安排", "形式", "清单",
    ]);
    if matches!(cell, "序号" | "编号" | "号" | "序") {
        return Column::Ordinal;
    }
    let starts = cell.char_indices().map(|(i, _)| i).take(7);
    for at in starts {
        if let Some(found) = label::parse(cell, at, cell.len()) {
            match found.label {
                Label::Units { role, .. } => return Column::Units(role),
                Label::Persons => return Column::Persons,
                Label::Deadline => return Column::Deadline,
            }
        }
    }
    match cell {
        "牵头" => return Column::Units(UnitRole::Lead),
        "配合" => return Column::Units(UnitRole::Cooperating),
        "单位" | "部门" | "责任" | "责任分工" | "任务分工" | "分工" => {
            return Column::Units(UnitRole::Responsible);
        }
        _ => {}
    }
    if TIME.end(cell) {
        Column::Deadline
    } else if words!["联系人", "联系方式", "电话", "领导", "负责人"].end(cell) {
        Column::Persons
    } else if CONTENT.end(cell) {
        Column::Content
    } else if TITLE.end(cell) {
        Column::Title
    } else {
        Column::Other
    }
}

/// The units that a cell under a column of units names.
#[must_use]
pub fn in_cell(text: &str, cell: Span, role: UnitRole, rules: &UnitRules) -> Vec<UnitFound> {
    let mut found = Found::default();
    let mut lists = super::parts(text, cell);
    if lists.is_empty() {
        lists = clause::parse(text, cell, Reading::Labelled(role));
    }
    for (list, role) in lists {
        found.add(text, list, role, rules);
    }
    found.done(*rules)
}
