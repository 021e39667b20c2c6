//! What a column of a table holds, by its head, whether a cell may stand in it, and what stands below the last.

use super::marker::Marker;
use super::marker::Style;
use super::organ;
use super::shape::Shape;
use crate::span::Span;
use crate::text::fold;
use crate::text::lexicon::Characters;
use crate::text::lexicon::Endings;
use crate::text::numeral;
use crate::text::words::Words;
use crate::text::words::words;
use std::sync::LazyLock;

/// What stands below a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// 序号.
    Ordinal,
    /// 工作任务, 具体措施: what is to be done.
    Task,
    /// 责任单位.
    Units,
    /// 完成时限, 月份.
    Time,
    /// 备注, 地点, 责任人.
    Other,
}

/// What heads end with.
static HEADS: LazyLock<Endings<Column>> = LazyLock::new(|| {
    use Column::{Ordinal, Other, Task, Time, Units};
    Endings::new([
        ("序号", Ordinal),
        ("编号", Ordinal),
        ("完成时", Time),
        ("时限", Time),
        ("时间", Time),
        ("期限", Time),
        ("日期", Time),
        ("节点", Time),
        ("进度", Time),
        ("月份", Time),
        ("单位", Units),
        ("部门", Units),
        ("科室", Units),
        ("处室", Units),
        ("股室", Units),
        ("责任主体", Units),
        ("责任分工", Units),
        ("任务", Task),
        ("内容", Task),
        ("措施", Task),
        ("举措", Task),
        ("项目", Task),
        ("事项", Task),
        ("工作", Task),
        ("活动", Task),
        ("主题", Task),
        ("名称", Task),
        ("要点", Task),
        ("问题", Task),
        ("要求", Task),
        ("目标", Task),
        ("标准", Task),
        ("备注", Other),
        ("地点", Other),
        ("责任人", Other),
        ("负责人", Other),
        ("联系人", Other),
        ("领导", Other),
        ("类别", Other),
        ("类型", Other),
        ("领域", Other),
        ("对象", Other),
        ("范围", Other),
        ("人员", Other),
        ("方式", Other),
        ("形式", Other),
        ("成果", Other),
        ("情况", Other),
        ("电话", Other),
        ("指标", Other),
        ("含义", Other),
        ("来源", Other),
        ("依据", Other),
        ("分值", Other),
        ("得分", Other),
        ("数量", Other),
        ("姓名", Other),
        ("职务", Other),
    ])
});

/// Whether the line may be a head that stands alone, or half of one.
pub(super) fn may_be_head(line: &str) -> bool {
    // ten characters and a bracket
    const LONGEST: usize = 60;
    line.len() <= LONGEST && (ends_as_heads(line) || HALVES.end(line))
}

/// Whether the line may hold heads parted by blanks, one of them of units.
pub(super) fn may_be_heads(line: &str) -> bool {
    line.len() <= LONGEST_HEADS
        && ends_as_heads(line)
        && fold::holds_blank(line)
        && !line.contains('\t')
        && words!["单位", "部门", "室", "责任"].is_in(line)
}

/// Whether the line ends as a head does, or half of one: most are told by their length and their last character.
#[inline]
pub(super) fn may_end_heads(text: &str, whole: Span) -> bool {
    static ENDS: LazyLock<Characters> = LazyLock::new(|| {
        let halves = HALVES.list().iter();
        let last = halves.filter_map(|half| half.chars().next_back());
        Characters::new(last.chain(['）', ')']))
    });
    if whole.len() > LONGEST_HEADS {
        return false;
    }
    let line = text[..whole.end].strip_suffix('\n');
    let last = line.unwrap_or(&text[..whole.end]).chars().next_back();
    last.is_some_and(|c| HEADS.ends(c) || ENDS.hold(c) || fold::is_blank(c))
}

/// Whether a head may begin so: 一、工作任务 and （一）工作任务 are headings.
pub(super) fn may_begin_heads(words: &str) -> bool {
    !words.starts_with(|c: char| numeral::is_chinese(c) || matches!(c, '（' | '('))
}

/// The longest line of heads, in bytes.
const LONGEST_HEADS: usize = 240;

fn ends_as_heads(line: &str) -> bool {
    let last = line.chars().next_back();
    last.is_some_and(|c| HEADS.ends(c) && HEADS.of(line).is_some() || matches!(c, '）' | ')'))
}

/// Whether the head heads nothing but columns.
pub(super) fn is_of_tables(head: &str) -> bool {
    words!["序号", "备注", "类别", "指标", "分值"].end(head)
}

/// Whether the line may be a head, by its last character.
#[inline]
pub(super) fn may_end_head(line: &str) -> bool {
    let last = line.chars().next_back();
    last.is_some_and(|c| HEADS.ends(c) || matches!(c, '）' | ')'))
}

/// The column that the head names, or null where it is none.
pub(super) fn of_head(head: &str) -> Option<Column> {
    let head = match head.find(['（', '(']) {
        Some(at) if head.ends_with(['）', ')']) => &head[..at],
        _ => head,
    };
    let is_plain = |c: char| fold::is_han(c) || fold::is_blank(c) || matches!(c, '、' | '/');
    // 一、工作任务 is a heading
    if head.starts_with(numeral::is_chinese)
        || !head.chars().all(is_plain)
        || fold::count_within(&fold::without_blanks(head), 10).is_none()
    {
        return None;
    }
    HEADS.of(head).map(|(_, column)| *column)
}

/// What may be half a head that was broken over two lines: 责任⏎单位.
static HALVES: Words = Words::new(&[
    "责任", "牵头", "配合", "实施", "落实", "主办", "承办", "完成", "工作", "具体", "主要", "重点",
    "序",
]);

pub(super) fn is_half(head: &str) -> bool {
    HALVES.hold(head)
}

/// Whether the heads are those of a table of tasks: who does what.
pub(super) fn tell_tasks(columns: &[Column]) -> bool {
    columns.len() > 2 && columns.contains(&Column::Task) && columns.contains(&Column::Units)
}

/// How well a cell stands below a head; null where it cannot.
pub(super) fn fit(cell: &str, column: Column, columns: &[Column]) -> Option<i32> {
    let is_time = is_time(cell);
    let is_organs = || is_organs(cell);
    let dated = columns.contains(&Column::Time);
    match column {
        Column::Ordinal => ordinal(cell).map(|_| 6),
        // nothing but a bar or a dash
        _ if cell
            .chars()
            .all(|c| matches!(c, '/' | '—' | '-' | '－' | '\\')) =>
        {
            Some(1)
        }
        Column::Time => is_time.then_some(4),
        Column::Units if is_time || cell.contains(['。', '；', '：']) => None,
        Column::Units if is_organs() => Some(4),
        Column::Units => fold::fits(cell, 60).then_some(0),
        // 3月植树 may be a task
        _ if dated && is_time && fold::fits(cell, 12) => Some(-1),
        Column::Task => Some(if is_organs() { 1 } else { 3 }),
        Column::Other => Some(1),
    }
}

/// 6月底前, 3月20日-4月25日, 全年, 每季度, 19:00-20:30.
pub(super) fn is_time(cell: &str) -> bool {
    let told = words![
        "长期",
        "全年",
        "常年",
        "持续",
        "适时",
        "即日",
        "立即",
        "每年",
        "每月",
        "每周",
        "每季",
        "每半",
        "每日",
        "每天",
        "每学",
        "贯穿",
        "按月",
        "按季",
        "月底",
        "年底",
        "年内",
        "上半年",
        "下半年",
        "国庆",
        "春节",
        "五一",
        "暑假",
        "寒假",
        "开学",
        "学期"
    ];
    let of_figures = |c: char| {
        c.is_ascii_digit() || matches!(c, '.' | '-' | '/' | ':' | '：' | '—' | '~' | '～')
    };
    let figure = |c: char| numeral::is_figure(c) || numeral::is_chinese(c);
    let counted = || {
        let unit = words![
            "月", "日", "旬", "前", "底", "周", "季度", "年", "号", "期", "末", "点", "时"
        ];
        unit.is_in(cell) && cell.contains(figure)
    };
    fold::fits(cell, 30)
        && !cell.contains('。')
        && (told.begin(cell)
            || (cell.starts_with(figure) || words!["第", "到", "于", "自"].begin(cell))
                && counted()
            || cell.starts_with(|c: char| c.is_ascii_digit())
                && cell.contains(['.', '-', '/', ':', '：'])
                && cell.chars().all(of_figures))
}

/// Whether names of organs, or of all of a kind, are all that the cell holds.
pub(super) fn is_organs(cell: &str) -> bool {
    let parts = |c: char| matches!(c, '、' | '，' | '；' | ',' | ';') || fold::is_blank(c);
    let name = |name: &str| {
        let name = fold::trimmed(name);
        organ::is_organ(name)
            || name.starts_with(['各', '全']) && fold::fits(name, 16)
            || words![
                "团委", "学校", "单位", "部门", "班", "年级", "组", "等", "街道", "公司", "中学",
                "小学"
            ]
            .end(name)
    };
    !cell.contains(['。', '：']) && cell.split(parts).filter(|n| !n.is_empty()).all(name)
}

/// The number of a row: 3, 3., 三.
pub(super) fn ordinal(cell: &str) -> Option<u32> {
    let bare = cell.trim_end_matches(['.', '．', '、']);
    if bare.len() > 9 || bare.is_empty() {
        return None;
    }
    if bare.bytes().all(|b| b.is_ascii_digit()) {
        return bare.parse().ok();
    }
    bare.chars()
        .all(numeral::is_chinese)
        .then(|| numeral::value(bare))
        .flatten()
}

/// Whether the line stands below a table, and in none of its cells: a section, an attachment, who signed, a remark.
pub(super) fn ends_table(words: &str, shape: Shape, marker: Option<Marker>) -> bool {
    match shape {
        Shape::Attachment { .. }
        | Shape::SignedDate
        | Shape::DocNumber
        | Shape::Printed
        | Shape::CopyTo => true,
        Shape::Marked => marker.is_some_and(|m| counts_text(m.style)),
        _ => words!["注", "备注", "说明"].begin(words) && words.contains(['：', ':']),
    }
}

/// Whether such numbers count the sections of a text: those of other styles stand within cells too.
fn counts_text(style: Style) -> bool {
    use Style::{Article, Chapter, Division, HanDot, HanParen, Letter, Roman, Section};
    matches!(
        style,
        Division | Chapter | Section | Article | HanDot | HanParen | Roman | Letter
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_name_their_columns() {
        for (head, column) in [
            ("序 号", Some(Column::Ordinal)),
            ("重点任务", Some(Column::Task)),
            ("牵头单位", Some(Column::Units)),
            ("完成时限", Some(Column::Time)),
            ("责任人（电话）", Some(Column::Other)),
            ("县林业局", None),
            ("一、工作任务", None),
            ("一是巡山。", None),
            ("3月", None),
        ] {
            assert_eq!(of_head(head), column, "{head}");
        }
    }

    #[test]
    fn times_and_organs_are_told() {
        for cell in [
            "6月底前",
            "3月20日-4月25日",
            "全年",
            "每季度",
            "2031.6.30",
            "第三季度",
            "7点10分前",
            "19:00-20:30",
            "十月上旬",
        ] {
            assert!(is_time(cell), "{cell}");
        }
        for cell in ["巡山3次", "开展5月护林活动", "县林业局", "十个村"] {
            assert!(!is_time(cell), "{cell}");
        }
        for cell in ["县林业局、县公安局", "各乡镇（街道）", "团委、学生科"] {
            assert!(is_organs(cell), "{cell}");
        }
        for cell in ["开展巡山", "建设瞭望台3座", "巡山。"] {
            assert!(!is_organs(cell), "{cell}");
        }
    }
}
