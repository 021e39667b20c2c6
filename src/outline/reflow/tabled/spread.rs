//! Tables whose cells blanks part on one line: two or more, or one where every row has as many words as the head.

use super::Table;
use super::align;
use super::align::Cell;
use crate::outline::column;
use crate::outline::column::Column;
use crate::span::Span;
use crate::text::fold::is_blank;
use crate::text::line;

/// The longest row, in bytes.
const LONGEST: usize = 3000;

/// The table whose heads stand on this line.
pub(super) fn table(text: &str, lines: &[Span], at: usize) -> Option<Table> {
    let head = line::line(text, *lines.get(at)?).content;
    [2, 1].into_iter().find_map(|gap| {
        let heads = heads(text, head, gap)?;
        let columns: Vec<Column> = heads
            .iter()
            .map(|cell| {
                column::of_head(Span::new(cell[0].start, cell[cell.len() - 1].end).of(text))
            })
            .collect::<Option<_>>()?;
        if !column::tell_tasks(&columns) {
            return None;
        }
        let rows = rows(text, &lines[at + 1..], &columns, gap)?;
        let mut all = vec![heads];
        all.extend(rows);
        Some(Table::new(lines, at, all))
    })
}

/// The heads: characters that stand alone are of one (序　号).
fn heads(text: &str, line: Span, gap: usize) -> Option<Vec<Cell>> {
    let pieces = pieces(text, line, gap);
    let mut out: Vec<Cell> = Vec::with_capacity(pieces.len());
    let mut open = false;
    for piece in pieces {
        let alone = piece.of(text).chars().nth(1).is_none();
        match out.last_mut().filter(|_| open && alone) {
            Some(last) => {
                let first = last[0];
                *last = vec![Span::new(first.start, piece.end)];
                open = false;
            }
            None => {
                out.push(vec![piece]);
                open = alone;
            }
        }
    }
    (out.len() > 2).then_some(out)
}

/// The rows on the lines below the head.
fn rows(text: &str, lines: &[Span], columns: &[Column], gap: usize) -> Option<Vec<Vec<Cell>>> {
    let mut out = Vec::new();
    for whole in lines {
        let line = line::line(text, *whole).content;
        let pieces = match line.len() {
            1..=LONGEST => pieces(text, line, gap),
            _ => break,
        };
        let row = row(text, columns, gap, out.len(), &pieces);
        match row {
            Some(row) => out.push(row),
            None => break,
        }
    }
    (!out.is_empty()).then_some(out)
}

/// The pieces as the row below so many others: what stands below the table is parted by blanks too (甲县林业局  乙县林业局), so
/// the row counts on, or each of its cells is told.
fn row(
    text: &str,
    columns: &[Column],
    gap: usize,
    above: usize,
    pieces: &[Span],
) -> Option<Vec<Cell>> {
    let counts = columns.first() == Some(&Column::Ordinal);
    if counts && column::ordinal(pieces.first()?.of(text)) != u32::try_from(above + 1).ok() {
        return None;
    }
    let row = match gap {
        // one blank may stand within a cell too
        1 => align::exact(text, columns, pieces),
        _ if pieces.len() > 1 => align::aligned(text, columns, pieces),
        _ => None,
    };
    row.filter(|row| counts || align::is_told(text, columns, row))
}

/// The pieces of a line that so many columns of blanks part, or more; an ideographic blank fills two.
fn pieces(text: &str, line: Span, gap: usize) -> Vec<Span> {
    let mut out = Vec::new();
    let (mut start, mut end, mut width) = (line.start, line.start, 0);
    for (i, c) in line.of(text).char_indices() {
        if is_blank(c) {
            width += if c.is_ascii() { 1 } else { 2 };
            continue;
        }
        let at = line.start + i;
        if width >= gap && end > start {
            out.push(Span::new(start, end));
            start = at;
        }
        width = 0;
        end = at + c.len_utf8();
    }
    out.push(Span::new(start, end));
    out
}
