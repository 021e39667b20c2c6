//! Tables with a cell on each line: the heads, then the rows.

use super::Table;
use super::align;
use super::align::Cell;
use super::last;
use crate::outline::column;
use crate::outline::column::Column;
use crate::outline::marker::Style;
use crate::outline::shape;
use crate::outline::shape::Shape;
use crate::span::Span;
use crate::text::fold;
use crate::text::line;

/// So many lines are read of one table.
const MOST_LINES: usize = 2000;
/// So many lines one row has.
const MOST_IN_ROW: usize = 40;
/// So many columns a table has.
const MOST_COLUMNS: usize = 12;

/// The lines of a table that hold its cells, in order.
struct Lines<'t> {
    text: &'t str,
    lines: &'t [Span],
    /// Whether blank lines stand between the cells: then none ends the table.
    spaced: bool,
}

impl Lines<'_> {
    /// The cell that stands at this line, or next below it; null where the table ends.
    fn next(&self, at: usize) -> Option<(usize, Span)> {
        let most = if self.spaced { 4 } else { 1 };
        (at..self.lines.len()).take(most).find_map(|at| {
            let line = line::line(self.text, self.lines[at]);
            (!line.is_blank()).then_some((at, line.content))
        })
    }

    /// The same, but null too where the line is none of a table.
    fn cell(&self, at: usize) -> Option<(usize, Span)> {
        self.next(at)
            .filter(|(_, cell)| !ends_table(self.text, *cell))
    }
}

/// The table whose heads stand from this line on.
pub(super) fn table(text: &str, lines: &[Span], at: usize) -> Option<Table> {
    let second = lines.get(at + 1)?;
    let lines = Lines {
        text,
        lines: &lines[..lines.len().min(at + MOST_LINES)],
        spaced: line::line(text, *second).is_blank(),
    };
    let (columns, heads, below) = heads(&lines, at)?;
    let rows = match columns.first() {
        Some(Column::Ordinal) => numbered(&lines, &columns, below),
        _ => unnumbered(&lines, &columns, below),
    }?;
    let mut all = vec![heads];
    all.extend(rows);
    Some(Table::new(lines.lines, at, all))
}

/// The columns, the cells of their heads, and where the first row begins.
fn heads(lines: &Lines, at: usize) -> Option<(Vec<Column>, Vec<Cell>, usize)> {
    let (mut columns, mut heads) = (Vec::new(), Vec::new());
    let mut at = at;
    while let Some((own, head)) = lines.next(at) {
        let next = lines.next(own + 1);
        let words = head.of(lines.text);
        let joined = next
            .filter(|_| column::is_half(words))
            .and_then(|(below, rest)| {
                let whole = format!("{words}{}", rest.of(lines.text));
                Some((column::of_head(&whole)?, vec![head, rest], below))
            });
        let Some((column, cell, last)) =
            joined.or_else(|| Some((column::of_head(words)?, vec![head], own)))
        else {
            break;
        };
        columns.push(column);
        heads.push(cell);
        at = last + 1;
        if columns.len() > MOST_COLUMNS {
            return None;
        }
    }
    column::tell_tasks(&columns).then_some((columns, heads, at))
}

/// The rows of a table whose first column counts them.
fn numbered(lines: &Lines, columns: &[Column], at: usize) -> Option<Vec<Vec<Cell>>> {
    let mut rows: Vec<Vec<Span>> = Vec::new();
    let mut at = at;
    while let Some((own, cell)) = lines.cell(at) {
        let next = u32::try_from(rows.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1);
        match (column::ordinal(cell.of(lines.text)), rows.last_mut()) {
            (Some(number), _) if number == next => rows.push(vec![cell]),
            (_, Some(row)) if row.len() < MOST_IN_ROW => row.push(cell),
            _ => return None,
        }
        at = own + 1;
    }
    let last = rows.pop()?;
    let mut out = Vec::with_capacity(rows.len() + 1);
    for row in rows {
        out.push(align::aligned(lines.text, columns, &row)?);
    }
    out.push(last::row(lines.text, columns, &out, &last)?);
    is_filled(&out).then_some(out)
}

/// The rows of a table that counts none: each cell is there, and the units and times are told.
fn unnumbered(lines: &Lines, columns: &[Column], at: usize) -> Option<Vec<Vec<Cell>>> {
    let mut out: Vec<Vec<Cell>> = Vec::new();
    let mut at = at;
    loop {
        let mut row = Vec::with_capacity(columns.len());
        while let Some((own, cell)) = lines.cell(at).filter(|_| row.len() < columns.len()) {
            row.push(cell);
            at = own + 1;
        }
        let told = align::exact(lines.text, columns, &row)
            .filter(|cells| align::is_told(lines.text, columns, cells))
            .filter(|_| !last::signs(lines.text, &out, &row));
        match told {
            Some(row) => out.push(row),
            // what stands below a row or more may be none of the table
            None if row.is_empty() || !out.is_empty() => break,
            None => return None,
        }
    }
    (!out.is_empty()).then_some(out)
}

/// Whether any row holds more than its number: a form to be filled in does not.
fn is_filled(rows: &[Vec<Cell>]) -> bool {
    rows.iter()
        .any(|row| row.iter().filter(|cell| !cell.is_empty()).count() > 1)
}

/// Whether the line stands below a table, or is one of a table whose cells are told apart.
fn ends_table(text: &str, cell: Span) -> bool {
    let words = cell.of(text);
    // 三、 may stand in the first column
    if column::ordinal(words).is_some() {
        return false;
    }
    let (shape, marker) = shape::marked(text, cell);
    // （一）巡山 may be the cell of a kind: see the last row
    let inner = marker.is_some_and(|m| m.style == Style::HanParen);
    !fold::fits(words, 400)
        || !inner && column::ends_table(words, shape, marker)
        || matches!(
            shape,
            Shape::Blank | Shape::TableRow | Shape::Label | Shape::Contact | Shape::Header
        )
}
