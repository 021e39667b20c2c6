//! Tables of tasks (任务分解表, 任务清单, 活动安排表): each filled row is an activity as a paragraph would be.

use crate::entity::unit;
use crate::entity::unit::Column;
use crate::entity::unit::UnitFound;
use crate::entity::unit::UnitRules;
use crate::outline::Outline;
use crate::outline::marker;
use crate::outline::paragraph::Paragraph;
use crate::outline::shape::Shape;
use crate::span::Span;
use crate::text::fold;
use crate::text::numeral;
use crate::text::words::words;
use std::collections::HashSet;

/// A row of a table of tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// The section that holds the table.
    pub section: Option<usize>,
    /// The cell under 序号, or the row's number.
    pub ordinal: String,
    /// The cell that names it.
    pub title: String,
    /// The row, from its first cell to its last.
    pub span: Span,
    /// Who.
    pub units: Vec<UnitFound>,
}

/// The tasks of all tables of the notice. A table is one of tasks when its header names a column of units and one of
/// tasks; rows without a task are blanks of a form.
#[must_use]
pub fn tasks(text: &str, outline: &Outline, rules: &UnitRules) -> Vec<Task> {
    let mut out = Vec::new();
    for part in &outline.parts {
        let mut rows = Rows::default();
        let mut header: Option<Vec<Column>> = None;
        // of the table that a line parts: 一、隐患排查 alone stands among its rows
        let mut parted: Option<Vec<Column>> = None;
        for index in &part.body {
            let paragraph = &outline.paragraphs[*index];
            if paragraph.shape != Shape::TableRow {
                parted = header.take().filter(|_| heads_group(text, paragraph));
                out.append(&mut rows.done());
                continue;
            }
            let cells = cells(text, paragraph);
            if header.is_none() {
                header = task_header(text, &cells);
                out.append(&mut rows.done());
                if header.is_some() {
                    parted = None;
                    continue;
                }
                header = parted
                    .take()
                    .filter(|columns| goes_on(text, columns, &cells));
            }
            if let Some(columns) = &header {
                let section = section_at(outline, paragraph.content.start);
                rows.add(text, columns, &cells, section, rules);
            }
        }
        out.append(&mut rows.done());
    }
    out
}

/// The rows of one table as they are read.
#[derive(Default)]
struct Rows {
    /// Each with whether a cell gave its number, and whether it may be the heading of a group.
    tasks: Vec<(Task, bool, bool)>,
    /// Rows so far, blank ones included.
    number: usize,
}

impl Rows {
    fn add(
        &mut self,
        text: &str,
        columns: &[Column],
        cells: &[Span],
        section: Option<usize>,
        rules: &UnitRules,
    ) {
        self.number += 1;
        let Some(mut task) = task(text, columns, cells, self.number, section, rules) else {
            return;
        };
        // a cell before the task that is blank is merged with the one above, whose place the units keep; not the one of
        // a sum, nor a dash
        let of = |wanted: fn(&Column) -> bool| columns.iter().position(wanted);
        let before = of(|c| matches!(c, Column::Units(_))) < of(|c| *c == Column::Title);
        let blank = columns
            .iter()
            .zip(cells)
            .all(|(column, cell)| !matches!(column, Column::Units(_)) || cell.is_empty());
        let sum = words!["合计", "总计", "小计", "汇总", "备注", "说明"].begin(&task.title);
        if before
            && blank
            && !sum
            && task.units.is_empty()
            && let Some((above, ..)) = self.tasks.last()
        {
            task.units.clone_from(&above.units);
        }
        let numbered = columns
            .iter()
            .zip(cells)
            .any(|(column, cell)| *column == Column::Ordinal && !cell.is_empty());
        let filled = |wanted: &dyn Fn(&Column) -> bool| {
            columns
                .iter()
                .zip(cells)
                .any(|(column, cell)| wanted(column) && !cell.is_empty())
        };
        let other = filled(&|c| !matches!(c, Column::Ordinal | Column::Title));
        let counted = task.ordinal.trim_matches(['（', '）', '(', ')', '、']);
        let group = !other && (!numbered || counted.chars().all(numeral::is_chinese));
        self.tasks.push((task, numbered, group));
    }

    /// The tasks of the table that ends here, each with a number of its own. 一　隐患排查 above the rows that it
    /// names is none.
    fn done(&mut self) -> Vec<Task> {
        let tasks = std::mem::take(self).tasks;
        let heads: Vec<bool> = (0..tasks.len())
            .map(|i| {
                tasks[i].2
                    && tasks
                        .get(i + 1)
                        .is_some_and(|(next, _, _)| !next.units.is_empty())
            })
            .collect();
        let mut above: Option<(String, usize)> = None;
        let mut out = Vec::with_capacity(tasks.len());
        for ((mut task, numbered, _), head) in tasks.into_iter().zip(heads) {
            if head {
                continue;
            }
            // a row below 1 without a number of its own is 1-2: 2 may be the next row's
            if numbered {
                above = Some((task.ordinal.clone(), 1));
            } else if let Some((above, count)) = &mut above {
                *count += 1;
                task.ordinal = format!("{above}-{count}");
            }
            out.push(task);
        }
        out
    }
}

/// Whether the row below a line goes on with the table above it, and heads none of its own, as 序号　姓名　单位 below
/// 督导组成员 does: it has as many cells, and a number, or nothing, where the table has one.
fn goes_on(text: &str, columns: &[Column], cells: &[Span]) -> bool {
    const LONGEST: usize = 6;
    let counts = |cell: &str| {
        let cell = cell.trim_matches(['（', '）', '(', ')', '、', '.', '．', '第', '项']);
        let mut marks = cell.chars().map(fold::fold).peekable();
        marks.peek().is_some()
            && fold::fits(cell, LONGEST)
            && marks.all(|c| {
                c.is_ascii_digit()
                    || matches!(c, '.' | '-')
                    || numeral::is_chinese(c)
                    || numeral::circled(c).is_some()
            })
    };
    let heads = |cell: &str| {
        let cell = fold::without_blanks(cell);
        matches!(
            &cell[..],
            "序号"
                | "编号"
                | "姓名"
                | "职务"
                | "职称"
                | "电话"
                | "联系电话"
                | "手机"
                | "单位"
                | "成员"
                | "备注"
        )
    };
    columns.len() == cells.len()
        && columns.iter().zip(cells).all(|(column, cell)| {
            let cell = cell.of(text);
            !heads(cell) && (*column != Column::Ordinal || cell.is_empty() || counts(cell))
        })
}

/// Whether a line among the rows of a table may name those below it.
fn heads_group(text: &str, paragraph: &Paragraph) -> bool {
    const LONGEST: usize = 20;
    let line = paragraph.content.of(text);
    matches!(paragraph.shape, Shape::Marked | Shape::Text)
        && fold::count_within(line, LONGEST).is_some()
        && !line.contains(['。', '；', '，', '：', ':'])
}

/// The cells of a row: what the tabs part, without the blanks around.
fn cells(text: &str, row: &Paragraph) -> Vec<Span> {
    let whole = row.whole.of(text).trim_end_matches('\n');
    let mut at = row.whole.start;
    whole
        .split('\t')
        .map(|cell| {
            let span = Span::new(at, at + cell.len());
            at = span.end + 1;
            span.trimmed(text)
        })
        .collect()
}

fn task_header(text: &str, cells: &[Span]) -> Option<Vec<Column>> {
    let words: Vec<&str> = cells.iter().map(|c| c.of(text)).collect();
    let columns = unit::columns(&words);
    // a bare 单位 is as often the unit of what is counted
    let has_units = columns
        .iter()
        .zip(&words)
        .any(|(c, word)| matches!(c, Column::Units(_)) && fold::without_blanks(word) != "单位");
    (has_units && columns.contains(&Column::Title)).then_some(columns)
}

fn task(
    text: &str,
    columns: &[Column],
    cells: &[Span],
    number: usize,
    section: Option<usize>,
    rules: &UnitRules,
) -> Option<Task> {
    let under = |wanted: Column| {
        columns
            .iter()
            .zip(cells)
            .filter(move |(column, cell)| **column == wanted && !cell.is_empty())
            .map(|(_, cell)| *cell)
    };
    // a cell merged with the one above is empty here: then the content names the task
    let name = under(Column::Title)
        .next()
        .or_else(|| under(Column::Content).next())?;
    let ordinal = under(Column::Ordinal)
        .next()
        .map(|cell| fold::without_blanks(cell.of(text)));
    let mut units: Vec<UnitFound> = Vec::new();
    let mut seen = HashSet::new();
    for (column, cell) in columns.iter().zip(cells) {
        if let Column::Units(role) = column {
            let found = unit::in_cell(text, *cell, *role, rules);
            units.extend(
                found
                    .into_iter()
                    .filter(|u| seen.insert((u.name.clone(), u.role))),
            );
        }
    }
    let filled: Vec<&Span> = cells.iter().filter(|c| !c.is_empty()).collect();
    Some(Task {
        section,
        ordinal: ordinal.unwrap_or_else(|| number.to_string()),
        title: fold::joined(without_marker(text, name).of(text)),
        span: Span::new(filled.first()?.start, filled.last()?.end),
        units,
    })
}

/// The cell less the marker that it begins with: （一）制定方案.
fn without_marker(text: &str, cell: Span) -> Span {
    match marker::read(text, cell) {
        Some(found) if !found.weak && found.span.end < cell.end => {
            Span::new(found.span.end, cell.end).trimmed(text)
        }
        _ => cell,
    }
}

/// The deepest section that reaches over `at`: the last that begins before it, or one above that.
fn section_at(outline: &Outline, at: usize) -> Option<usize> {
    let mut section = outline
        .sections
        .partition_point(|s| s.span.start <= at)
        .checked_sub(1);
    while let Some(i) = section {
        if outline.sections[i].span.end > at {
            return Some(i);
        }
        section = outline.sections[i].parent;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline;

    fn read(table: &str) -> Vec<(String, String, Vec<String>)> {
        let text = format!("关于做好护林工作的通知\n各林场：\n一、任务分工\n{table}");
        let found = tasks(&text, &outline::read(&text), &UnitRules::default());
        let names = |t: &Task| t.units.iter().map(|u| u.name.clone()).collect();
        let told = |t: &Task| (t.ordinal.clone(), t.title.clone(), names(t));
        found.iter().map(told).collect()
    }

    #[test]
    fn filled_rows_are_tasks_and_blank_ones_are_not() {
        let table = "序号\t工作任务\t责任单位\n1\t清理林下可燃物\t甲县林业局\n2\t\t\n";
        let want = (
            "1".to_owned(),
            "清理林下可燃物".to_owned(),
            vec!["甲县林业局".to_owned()],
        );
        assert_eq!(read(table), [want]);
    }

    #[test]
    fn a_blank_cell_before_the_task_is_the_one_above() {
        let table = "责任单位\t工作任务\t完成时限\n甲县林业局\t清理可燃物\t6月底前\n\t修建隔离带\t7月底前\n/\t印发手册\t8月底前\n\t合计三项\t\n";
        let units: Vec<usize> = read(table).iter().map(|row| row.2.len()).collect();
        assert_eq!(units, [1, 1, 0, 0]);
    }

    #[test]
    fn what_heads_a_group_is_no_task_and_every_row_has_its_own_number() {
        let table = "序号\t工作任务\t具体措施\t责任单位\n一\t隐患排查\n1\t（一）摸清底数\t逐户登记\t甲县林业局\n\t\t建立台账\t甲县水务局\n2\t整改隐患\t逐项整改\t甲县林业局\n二\t宣传教育\t\t\n3\t1.印发手册\t进村入户\t各林场\n";
        let rows = read(table);
        let told: Vec<(&str, &str)> = rows.iter().map(|r| (&r.0[..], &r.1[..])).collect();
        let want = [
            ("1", "摸清底数"),
            ("1-2", "建立台账"),
            ("2", "整改隐患"),
            ("3", "印发手册"),
        ];
        assert_eq!(told, want);
    }

    #[test]
    fn a_line_that_names_a_group_of_rows_ends_no_table() {
        for group in [
            "一、隐患排查",
            "（一）隐患排查\t\t",
            "隐患排查\t\t",
            "隐患排查",
        ] {
            let table = format!(
                "序号\t工作任务\t责任单位\n{group}\n1\t摸清底数\t甲县林业局\n{group}\n2\t印发手册\t各林场\n"
            );
            let rows = read(&table);
            let titles: Vec<&str> = rows.iter().map(|r| &r.1[..]).collect();
            assert_eq!(titles, ["摸清底数", "印发手册"], "{group}");
        }
        let other =
            "序号\t工作任务\t责任单位\n1\t摸清底数\t甲县林业局\n联系人名册\n何平\t60000000\n";
        assert_eq!(read(other).len(), 1);
    }

    #[test]
    fn a_table_of_persons_below_a_line_goes_on_with_no_tasks() {
        let first = "序号\t工作任务\t责任单位\n1\t摸清底数\t甲县林业局\n";
        for other in [
            "督导组成员\n序号\t姓名\t单位\n1\t何平\t甲县林业局\n",
            "督导组成员\n编号\t站点\t站址\n1\t山口站\t甲县林业局\n",
            "督导组成员\n组长\t何平\t甲县林业局\n",
            "督导组成员\n\t姓 名\t单位\n1\t何平\t甲县林业局\n",
        ] {
            assert_eq!(read(&format!("{first}{other}")).len(), 1, "{other}");
        }
        for number in ["2", "二", "（二）", "②", "1.2", "２、", ""] {
            let rest = format!("宣传教育\n{number}\t印发手册\t各林场\n");
            assert_eq!(read(&format!("{first}{rest}")).len(), 2, "{number}");
        }
    }

    #[test]
    fn a_date_before_a_task_is_no_marker() {
        let rows =
            read("序号\t工作任务\t责任单位\n1\t3.12植树\t甲县林业局\n2\t5月20日巡山\t各林场\n");
        let titles: Vec<&str> = rows.iter().map(|r| &r.1[..]).collect();
        assert_eq!(titles, ["3.12植树", "5月20日巡山"]);
    }

    #[test]
    fn a_table_that_names_no_units_holds_no_tasks() {
        assert!(read("序号\t名称\t单位\n1\t灭火弹\t枚\n").is_empty());
        assert!(read("姓名\t电话\n何平\t60000000\n").is_empty());
    }
}
