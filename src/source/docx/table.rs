//! Tables: cells in their columns, merged ones repeated downwards.

use super::body::Line;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::rc::Rc;

/// Word makes no more columns than 63; what a broken file counts beyond is one column.
const MAX_COLUMNS: usize = 255;

/// A table that is being read.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Row>,
}

/// A row that is being read.
#[derive(Debug, Default)]
pub(super) struct Row {
    cells: Vec<Cell>,
    /// The column where the next cell begins.
    column: usize,
    /// The row was deleted in a change that is accepted.
    pub(super) is_deleted: bool,
}

/// A cell that is being read.
#[derive(Debug)]
pub(super) struct Cell {
    column: usize,
    lines: Rc<Vec<Line>>,
    pub(super) span: usize,
    pub(super) merge: Merge,
    /// The cell was deleted in a change that is accepted.
    pub(super) is_deleted: bool,
}

/// How a cell is merged with those above and below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Merge {
    Alone,
    First,
    Covered,
}

impl Default for Cell {
    fn default() -> Self {
        Self {
            column: 0,
            lines: Rc::default(),
            span: 1,
            merge: Merge::Alone,
            is_deleted: false,
        }
    }
}

impl Row {
    /// Leaves columns free before the first cell.
    pub(super) fn skip(&mut self, columns: usize) {
        self.column = self.column.saturating_add(columns).min(MAX_COLUMNS);
    }

    pub(super) fn push(&mut self, mut cell: Cell, lines: Vec<Line>) {
        if cell.is_deleted {
            return;
        }
        if self.column == MAX_COLUMNS
            && let Some(last) = self.cells.last_mut().filter(|c| c.column == MAX_COLUMNS)
            && let Some(before) = Rc::get_mut(&mut last.lines)
        {
            before.extend(lines);
            return;
        }
        cell.column = self.column;
        cell.lines = Rc::new(lines);
        self.column = self
            .column
            .saturating_add(cell.span.max(1))
            .min(MAX_COLUMNS);
        self.cells.push(cell);
    }
}

impl Table {
    pub(super) fn push(&mut self, row: Row) {
        if !row.is_deleted && !row.cells.is_empty() {
            self.rows.push(row);
        }
    }

    /// Gives the table's lines one by one: rows, or what stands in the cells of a table of one column.
    /// What merged cells repeat is taken from `left`, in bytes; past it their rows are left empty.
    pub(super) fn lines(self, left: &mut usize, mut emit: impl FnMut(Line)) {
        // A column in which no cell begins is only a merged one's width.
        let begun: BTreeSet<usize> = self
            .rows
            .iter()
            .flat_map(|row| row.cells.iter().map(|cell| cell.column))
            .collect();
        let columns: HashMap<usize, usize> = begun.iter().copied().zip(0..).collect();
        let mut above: HashMap<usize, Rc<Vec<Line>>> = HashMap::new();
        for row in self.rows {
            let mut shown: Vec<String> = vec![String::new(); columns.len()];
            for cell in row.cells {
                let lines = match cell.merge {
                    Merge::Covered if is_blank(&cell.lines) => {
                        let lines = above.get(&cell.column).cloned().unwrap_or_default();
                        let cost = lines.iter().map(Line::length).sum::<usize>();
                        match left.checked_sub(cost) {
                            Some(rest) => {
                                *left = rest;
                                lines
                            }
                            None => Rc::default(),
                        }
                    }
                    _ => cell.lines,
                };
                match cell.merge {
                    Merge::Alone => above.remove(&cell.column),
                    Merge::First | Merge::Covered => above.insert(cell.column, Rc::clone(&lines)),
                };
                if columns.len() == 1 {
                    if cell.merge != Merge::Covered {
                        lines.iter().cloned().for_each(&mut emit);
                    }
                } else if let Some(at) = columns.get(&cell.column).and_then(|at| shown.get_mut(*at))
                {
                    *at = joined(&lines);
                }
            }
            if columns.len() > 1 {
                emit(Line::Row(shown));
            }
        }
    }
}

fn is_blank(lines: &[Line]) -> bool {
    lines.iter().all(|line| match line {
        Line::Paragraph(text, _) => text.trim().is_empty(),
        Line::Row(_) => false,
    })
}

/// A cell's text: its paragraphs and rows under one another, its own line breaks gone as the column's width made them.
fn joined(lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines {
        if !out.is_empty() {
            out.push('\n');
        }
        match line {
            Line::Paragraph(text, _) => unbroken(text, &mut out),
            Line::Row(cells) => {
                for (i, cell) in cells.iter().enumerate() {
                    if i > 0 {
                        out.push(' ');
                    }
                    unbroken(cell, &mut out);
                }
            }
        }
    }
    out
}

/// Line breaks between Latin words become blanks, others nothing.
fn unbroken(text: &str, out: &mut String) {
    for (i, part) in text.split('\n').enumerate() {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if i > 0 && is_word(out.chars().next_back()) && is_word(part.chars().next()) {
            out.push(' ');
        }
        out.push_str(part);
    }
}
