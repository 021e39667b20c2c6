//! Tables: rows of cells, spans filled; a table that merely places its contents on the page is none.

use super::flow;
use super::tag::Tag;
use super::tree::{Id, Step, Tree};
use crate::text::fold::is_blank;

/// A table as a reader of its rows needs it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    /// Caption and stray text, which are shown above.
    pub(super) before: Vec<String>,
    /// Cells parted by tabs, a cell's own lines by LF. A cell that spans rows is repeated in each of them, as a
    /// unit that leads several tasks; one that spans columns is followed by empty cells.
    pub(super) rows: Vec<String>,
    /// Cells with text past the last column that is read.
    pub(super) left_out: usize,
}

/// As many columns as one cell may span, and a table may have; more is a slip of the hand, or ill meant.
const MOST_SPANNED: usize = 100;
pub(super) const MOST_COLUMNS: usize = 4_000;

/// What is longer is not repeated in the rows that it spans.
const LONGEST_REPEATED: usize = 600;

struct Placed {
    /// Column, and the cell's text by number; a repeated cell is placed again.
    cells: Vec<(usize, usize)>,
    /// The first column after all that stands in the row.
    width: usize,
}

/// A cell that reaches down: its columns, its text, and how many rows it still covers.
struct Hanging {
    column: usize,
    width: usize,
    text: usize,
    rows: usize,
}

/// The rows of the table; none where it holds the page's parts rather than cells.
pub(super) fn read(tree: &Tree, id: Id) -> Option<Table> {
    let parts = parts(tree, id)?;
    let (texts, placed, left_out) = place(tree, &parts);
    if is_layout(&texts, &placed) {
        return None;
    }
    let last = placed.iter().map(|row| row.width).max().unwrap_or(0);
    let mut begins = vec![false; last];
    for (column, _) in placed.iter().flat_map(|row| &row.cells) {
        begins[*column] = true;
    }
    let rows = placed.iter().map(|row| {
        let mut out = String::new();
        let mut cells = row.cells.iter().peekable();
        let mut is_first = true;
        // Columns in which no cell begins are no columns, only seams of Word's grid.
        for column in (0..row.width).filter(|column| begins[*column]) {
            if !is_first {
                out.push('\t');
            }
            is_first = false;
            if let Some((_, text)) = cells.next_if(|(at, _)| *at == column) {
                out.push_str(&texts[*text]);
            }
        }
        out
    });
    let rows = rows.filter(|row| !row.chars().all(is_blank)).collect();
    let before = parts.before.iter().map(|at| flow::text(tree, *at));
    Some(Table {
        before: before.filter(|text| !text.chars().all(is_blank)).collect(),
        rows,
        left_out,
    })
}

#[derive(Default)]
struct Parts {
    /// Not read before the table is known to be one: tables may stand in them, which may be none again.
    before: Vec<Id>,
    /// The cells of each row; a row that begins a row group ends all spans from above.
    rows: Vec<(bool, Vec<Id>)>,
}

/// Rows and cells of the table; none where a cell holds another table.
fn parts(tree: &Tree, id: Id) -> Option<Parts> {
    let mut parts = Parts::default();
    let mut in_cell = None;
    let mut begins_group = false;
    let mut walk = tree.walk(id);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(at) => match tree.tag(at) {
                Tag::Table if at != id => return None,
                _ if in_cell.is_some() => {}
                Tag::RowGroup => begins_group = true,
                Tag::Row => {
                    parts.rows.push((begins_group, Vec::new()));
                    begins_group = false;
                }
                Tag::Cell | Tag::HeadCell => {
                    in_cell = Some(at);
                    if parts.rows.is_empty() {
                        parts.rows.push((false, Vec::new()));
                    }
                    if let Some((_, cells)) = parts.rows.last_mut() {
                        cells.push(at);
                    }
                }
                Tag::Caption | Tag::Text | Tag::Paragraph | Tag::Div => {
                    parts.before.push(at);
                    walk.pass_over(at);
                }
                _ => {}
            },
            Step::Leave(at) if in_cell == Some(at) => in_cell = None,
            Step::Leave(_) => {}
        }
    }
    Some(parts)
}

/// Each cell's text, where it stands in each row, and how many cells with text are past the last column.
fn place(tree: &Tree, parts: &Parts) -> (Vec<String>, Vec<Placed>, usize) {
    let mut left_out = 0;
    let mut texts = Vec::new();
    let mut rows: Vec<Placed> = Vec::new();
    let mut hanging: Vec<Hanging> = Vec::new();
    // Spans may cost no more than a few times the cells that are written.
    let written: usize = parts.rows.iter().map(|(_, cells)| cells.len()).sum();
    let mut repeats = 64 + written * 8;
    for (begins_group, cells) in &parts.rows {
        if *begins_group {
            hanging.clear();
        }
        let mut placed = Placed {
            cells: Vec::new(),
            width: 0,
        };
        let mut next = Vec::new();
        let mut above = std::mem::take(&mut hanging).into_iter().peekable();
        let mut column = 0;
        let mut hang = |above: Hanging, placed: &mut Placed, next: &mut Vec<Hanging>| {
            placed.cells.push((above.column, above.text));
            if above.rows > 1 && repeats > 0 {
                repeats -= 1;
                next.push(Hanging {
                    rows: above.rows - 1,
                    ..above
                });
            }
        };
        for (at, cell) in cells.iter().enumerate() {
            while let Some(spanning) = above.next_if(|h| h.column <= column) {
                column = column.max(spanning.column + spanning.width);
                hang(spanning, &mut placed, &mut next);
            }
            let span = |name| {
                tree.attribute(*cell, name)
                    .and_then(|n| n.trim().parse().ok())
            };
            let width = span("colspan").unwrap_or(1).clamp(1, MOST_SPANNED);
            let rows = match span("rowspan").unwrap_or(1) {
                0 => usize::MAX,
                rows => rows,
            };
            if column + width > MOST_COLUMNS {
                let is_filled = |cell: &&Id| !tree.text(**cell).chars().all(is_blank);
                left_out += cells[at..].iter().filter(is_filled).count();
                break;
            }
            let text = flow::text(tree, *cell);
            placed.cells.push((column, texts.len()));
            if rows > 1 {
                let is_long = text.len() > LONGEST_REPEATED;
                next.push(Hanging {
                    column,
                    width,
                    text: texts.len() + usize::from(is_long),
                    rows: rows - 1,
                });
                if is_long {
                    texts.push(text);
                    texts.push(String::new());
                } else {
                    texts.push(text);
                }
            } else {
                texts.push(text);
            }
            column += width;
        }
        for spanning in above {
            column = column.max(spanning.column + spanning.width);
            hang(spanning, &mut placed, &mut next);
        }
        placed.width = column;
        placed.cells.sort_by_key(|(column, _)| *column);
        placed.cells.dedup_by_key(|(column, _)| *column);
        next.sort_by_key(|h| h.column);
        hanging = next;
        rows.push(placed);
    }
    (texts, rows, left_out)
}

/// Whether the cells are parts of the page: one column, or a row or two that hold whole paragraphs.
fn is_layout(texts: &[String], rows: &[Placed]) -> bool {
    let is_filled = |text: &usize| !texts[*text].chars().all(is_blank);
    let is_wide = rows.iter().any(|row| {
        let mut filled = row.cells.iter().filter(|(_, text)| is_filled(text));
        filled.nth(1).is_some()
    });
    let is_long = |text: &String| text.len() > 600 && text.matches('\n').count() >= 4;
    let filled = rows
        .iter()
        .filter(|row| row.cells.iter().any(|(_, text)| is_filled(text)));
    !is_wide || filled.count() <= 2 && texts.iter().any(is_long)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(page: &str) -> Option<Vec<String>> {
        read(&Tree::new(page, 256), 1).map(|table| table.rows)
    }

    #[test]
    fn spans_are_filled() {
        let page = "<table><tr><th>序号<th>任务<th colspan=2>责任单位<th>时限\
            <tr><td rowspan=2>1<td>巡河<td>镇水务站<td>各村<td rowspan='2'>6月底前\
            <tr><td>清淤<td colspan=2>县水利局</table>";
        assert_eq!(
            rows(page).expect("a table"),
            [
                "序号\t任务\t责任单位\t\t时限",
                "1\t巡河\t镇水务站\t各村\t6月底前",
                "1\t清淤\t县水利局\t\t6月底前"
            ]
        );
    }

    #[test]
    fn columns_without_a_cell_of_their_own_are_none() {
        let page = "<table><tr><td colspan=3>甲<td>乙<tr><td colspan=3>丙<td>丁</table>";
        assert_eq!(rows(page).expect("a table"), ["甲\t乙", "丙\t丁"]);
    }

    #[test]
    fn spans_past_the_table_end_with_it() {
        let page =
            "<table><tbody><tr><td rowspan=9>甲<td>乙</tbody><tbody><tr><td>丙<td>丁</table>";
        assert_eq!(rows(page).expect("a table"), ["甲\t乙", "丙\t丁"]);
        let page = "<table><tr><td rowspan=0 colspan=99999999>甲<td>乙<tr><td>丙</table>";
        assert_eq!(rows(page).expect("a table"), ["甲\t乙", "甲\t丙"]);
    }

    #[test]
    fn what_places_parts_of_the_page_is_no_table() {
        assert_eq!(rows("<table><tr><td>一、<tr><td>二、</table>"), None);
        assert_eq!(
            rows("<table><tr><td><table><tr><td>1<td>2</table></table>"),
            None
        );
        assert_eq!(
            rows("<table><tr><td>&nbsp;<td>云台县人民政府</table>"),
            None
        );
        let paragraphs =
            "<p>各单位要加强组织领导，按时报送总结，做好后续工作，确保取得实效。".repeat(8);
        assert_eq!(
            rows(&format!("<table><tr><td>菜单<td>{paragraphs}</table>")),
            None
        );
    }

    #[test]
    fn tables_in_tables_are_walked_a_few_times_whatever_their_depth() {
        for (open, close) in [
            ("<table><div>", "</div></table>"),
            ("<table><caption>", "</caption></table>"),
            ("<table><p>", "</table>"),
            ("<table><tr><td>", "</table>"),
            ("<table><tr><td>乙<td>丙</tr><div>", "</div></table>"),
            (
                "<table><div>甲</div><tr><td>乙</tr><caption>",
                "</caption></table>",
            ),
        ] {
            let inner = "<p>甲</p>".repeat(300);
            let page = open.repeat(60) + &inner + &close.repeat(60);
            let tree = Tree::new(&page, 256);
            let lines = flow::lines(&tree, &[0], |_| false);
            let texts = (0..lines.len()).map(|at| lines.text(at).matches('甲').count());
            assert!(texts.sum::<usize>() >= 300, "{open}");
            let steps = tree.steps.get();
            assert!(steps < tree.len() * 8, "{open}: {steps} of {}", tree.len());
        }
    }

    #[test]
    fn cells_past_the_last_column_are_counted() {
        let page = |cells: usize| format!("<table><tr>{}<td> </table>", "<td>甲".repeat(cells));
        let left_out = |cells| read(&Tree::new(&page(cells), 256), 1).map(|table| table.left_out);
        assert_eq!(left_out(MOST_COLUMNS), Some(0));
        assert_eq!(left_out(MOST_COLUMNS + 3), Some(3));
        let said = crate::source::html::read(
            page(MOST_COLUMNS + 3).as_bytes(),
            &crate::source::Limits::default(),
        );
        let said = said.expect("a page").diagnostics;
        assert_eq!(said.len(), 1);
        assert!(said[0].message.starts_with("3 cells"), "{said:?}");
    }

    #[test]
    fn hostile_spans_cost_little() {
        let row = "<tr><td rowspan=65534 colspan=1000>甲<td rowspan=9999>乙";
        let rows = rows(&format!("<table>{}</table>", row.repeat(3000))).expect("a table");
        assert_eq!(rows.len(), 3000);
        assert!(rows.iter().map(String::len).sum::<usize>() < 4_000_000);
    }
}
