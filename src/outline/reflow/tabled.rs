//! Tables of tasks that lost their tabs: a cell on each line, as pages that set each in a paragraph give it, or cells
//! parted by blanks. They are read as rows of cells between tabs.
//!
//! Only a table whose heads say who does what is told from lines that happen to be short.

use super::Edits;
use super::Reflow;
use crate::outline::column;
use crate::span::Span;
use crate::text::fold;

mod align;
mod last;
mod lined;
mod spread;

use align::Cell;

/// The text with such tables as rows with tabs, or null where it holds none.
pub(super) fn tabled(text: &str, lines: &[Span]) -> Option<Reflow> {
    let mut edits = Edits::default();
    let mut at = 0;
    while let Some(whole) = lines.get(at) {
        let table = match column::may_end_heads(text, *whole) {
            true => table(text, lines, at, fold::trimmed(whole.of(text))),
            false => None,
        };
        at = match table {
            Some(table) => {
                table.put(&mut edits);
                table.end
            }
            None => at + 1,
        };
    }
    edits.of(text)
}

/// The table whose heads begin with this line, which stands at `at`.
fn table(text: &str, lines: &[Span], at: usize, words: &str) -> Option<Table> {
    if !column::may_begin_heads(words) {
        return None;
    }
    if column::may_be_heads(words)
        && let Some(spread) = spread::table(text, lines, at)
    {
        return Some(spread);
    }
    let goes_on = || {
        let below = lines.get(at + 1).map_or("", |whole| whole.of(text));
        let below = fold::trimmed(below);
        below.is_empty() || column::may_be_head(below)
    };
    (column::may_be_head(words) && goes_on())
        .then(|| lined::table(text, lines, at))
        .flatten()
}

/// A table that was found: its rows, the heads first.
struct Table {
    rows: Vec<Vec<Cell>>,
    /// The first line below.
    end: usize,
}

impl Table {
    /// The table with these rows, which begin on line `at`.
    fn new(lines: &[Span], at: usize, rows: Vec<Vec<Cell>>) -> Self {
        let last = rows.iter().flatten().flatten().next_back();
        let end = last.map_or(at, |piece| lines.partition_point(|l| l.start < piece.end));
        Self { rows, end }
    }

    /// Puts tabs between the cells and each row on a line.
    fn put(&self, edits: &mut Edits) {
        let mut before: Option<Span> = None;
        let mut gap = String::new();
        for (r, row) in self.rows.iter().enumerate() {
            if r > 0 {
                gap.push('\n');
            }
            for (c, cell) in row.iter().enumerate() {
                if c > 0 {
                    gap.push('\t');
                }
                for piece in cell {
                    if let Some(before) = before {
                        edits.put(Span::new(before.end, piece.start), std::mem::take(&mut gap));
                    }
                    before = Some(*piece);
                }
            }
        }
        // cells at the end of the last row that are empty
        if let Some(last) = before.filter(|_| !gap.is_empty()) {
            edits.put(Span::new(last.end, last.end), gap);
        }
    }
}

#[cfg(test)]
mod tests;
