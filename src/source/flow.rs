//! Paragraphs, cells and rows as Word's own formats give them one by one: rows become tables only once all are known.

use super::LineKind;
use super::Mark;
use super::Place;
use super::ReadText;
use super::written::Written;
use crate::text::fold::is_blank;
use std::collections::HashMap;

/// Edges nearer than this are one, in twips: Word rounds each row by itself.
const TOLERANCE: i32 = 40;

/// A row of more columns than Word can make has no columns in common with the others.
const MAX_COLUMNS: usize = 64;

/// What a row says of one of its cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its right edge in twips.
    pub(super) right: i32,
    /// How it is merged with the cells above and below.
    pub(super) down: Merge,
    /// How it is merged with the cells beside it.
    pub(super) across: Merge,
}

/// The part that a cell has in a merging.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Merge {
    /// None.
    #[default]
    Alone,
    /// It is the first, and holds the text.
    First,
    /// It is covered by the first.
    Covered,
}

/// How a paragraph is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) is_centred: bool,
    /// Level as a heading, from 1.
    pub(super) heading: Option<u8>,
}

/// A table that is being read.
#[derive(Debug, Default)]
struct Table {
    rows: Vec<Row>,
    /// Cells of the row that is not ended yet.
    cells: Vec<Lines>,
    /// Paragraphs of the cell that is not ended yet.
    cell: Lines,
}

/// The paragraphs of a cell.
type Lines = Vec<(String, Look)>;

#[derive(Debug)]
struct Row {
    texts: Vec<Lines>,
    left: i32,
    cells: Vec<Cell>,
}

/// The text as it is gathered.
#[derive(Debug)]
pub(super) struct Flow {
    written: Written,
    /// The open table and, in its open cell, the tables nested in it.
    tables: Vec<Table>,
    notes: Vec<String>,
    elements: u32,
    max_depth: usize,
}

impl Flow {
    pub(super) fn new(written: Written, max_depth: usize) -> Self {
        Self {
            written,
            tables: Vec::new(),
            notes: Vec::new(),
            elements: 0,
            max_depth,
        }
    }

    /// Whether no more is taken in.
    pub(super) fn is_full(&self) -> bool {
        self.written.is_full()
    }

    pub(super) fn written_mut(&mut self) -> &mut Written {
        &mut self.written
    }

    /// A paragraph, outside tables at depth 0, else in the open cell of the table at this depth.
    pub(super) fn paragraph(&mut self, text: &str, depth: usize, look: Look) {
        self.settle(depth);
        match self.tables.last_mut() {
            Some(table) => add(&mut table.cell, text, look),
            None => {
                let mark = self.mark(look);
                self.written.paragraph(text, mark);
            }
        }
    }

    /// The last paragraph of a cell in the table at this depth, from 1, and with it the cell's end.
    pub(super) fn cell(&mut self, text: &str, depth: usize, look: Look) {
        self.settle(depth.max(1));
        if let Some(table) = self.tables.last_mut() {
            add(&mut table.cell, text, look);
            let cell = std::mem::take(&mut table.cell);
            table.cells.push(cell);
        }
    }

    /// The end of a row in the table at this depth, from 1.
    pub(super) fn row(&mut self, depth: usize, left: i32, cells: &[Cell]) {
        self.settle(depth.max(1));
        if let Some(table) = self.tables.last_mut() {
            end_row(table, left, cells.to_vec());
        }
    }

    /// A paragraph of a footnote or endnote.
    pub(super) fn note(&mut self, text: &str) {
        self.notes.push(text.to_owned());
    }

    pub(super) fn finish(mut self) -> ReadText {
        self.settle(0);
        for note in std::mem::take(&mut self.notes) {
            let kind = LineKind::Note;
            let mark = Mark {
                kind,
                ..self.mark(Look::default())
            };
            if !note.chars().all(is_blank) {
                self.written.paragraph(&note, mark);
            }
        }
        self.written.finish()
    }

    fn mark(&mut self, look: Look) -> Mark {
        self.elements = self.elements.saturating_add(1);
        Mark {
            kind: LineKind::Paragraph,
            is_centred: look.is_centred,
            heading: look.heading,
            place: Place::Element(self.elements),
        }
    }

    /// Ends the tables deeper than `depth` and opens those that are missing.
    fn settle(&mut self, depth: usize) {
        let depth = depth.min(self.max_depth);
        while self.tables.len() > depth {
            self.end_table();
        }
        while self.tables.len() < depth {
            self.tables.push(Table::default());
        }
    }

    fn end_table(&mut self) {
        let Some(mut table) = self.tables.pop() else {
            return;
        };
        // The file breaks off, or the row's end is missing.
        if !table.cells.is_empty() || !table.cell.is_empty() {
            end_row(&mut table, 0, Vec::new());
        }
        match self.tables.last_mut() {
            // A table within a cell: its rows are paragraphs of the cell.
            Some(outer) => each_row(&table.rows, |line| {
                match line {
                    Line::Paragraph(text, look) => add(&mut outer.cell, text, look),
                    Line::Row(cells) => {
                        let cells: Vec<&str> =
                            cells.iter().map(|c| c.trim_matches(is_blank)).collect();
                        add(&mut outer.cell, cells.join(" ").trim(), Look::default());
                    }
                }
                true
            }),
            None => each_row(&table.rows, |line| {
                match line {
                    Line::Paragraph(text, look) => {
                        let mark = self.mark(look);
                        self.written.paragraph(text, mark);
                    }
                    Line::Row(cells) => {
                        let mark = self.mark(Look::default());
                        self.written.row(cells.iter().map(String::as_str), mark);
                    }
                }
                !self.written.is_full()
            }),
        }
    }
}

/// A line of a table.
enum Line<'t> {
    /// Of a table of one column, which is a frame rather than a table.
    Paragraph(&'t str, Look),
    Row(&'t [String]),
}

/// Adds a paragraph to a cell.
fn add(cell: &mut Lines, text: &str, look: Look) {
    if !text.chars().all(is_blank) {
        cell.push((text.to_owned(), look));
    }
}

fn end_row(table: &mut Table, left: i32, mut cells: Vec<Cell>) {
    if !table.cell.is_empty() {
        let cell = std::mem::take(&mut table.cell);
        table.cells.push(cell);
    }
    let texts = std::mem::take(&mut table.cells);
    cells.truncate(texts.len());
    table.rows.push(Row { texts, left, cells });
}

/// Gives each row's cells as a person sees them: what covers several rows stands in each of them, what covers several
/// columns in the first of them.
fn each_row(rows: &[Row], mut take: impl FnMut(Line<'_>) -> bool) {
    let columns = Columns::of(rows);
    // The cells of the row above that go on below, by column.
    let mut above: HashMap<usize, &Lines> = HashMap::new();
    let mut shown: Vec<String> = Vec::new();
    for row in rows {
        let mut here: HashMap<usize, &Lines> = HashMap::new();
        shown.clear();
        shown.resize(columns.count, String::new());
        let mut left = row.left;
        for (i, own) in row.texts.iter().enumerate() {
            let cell = row.cells.get(i).copied();
            let at = cell.and_then(|_| columns.at(left)).unwrap_or(i);
            let cell = cell.unwrap_or_default();
            left = cell.right;
            let lines = match cell.down {
                Merge::Covered if own.is_empty() => above.get(&at).copied().unwrap_or(own),
                _ => own,
            };
            if cell.down != Merge::Alone {
                here.insert(at, lines);
            }
            if cell.across == Merge::Covered && lines.is_empty() {
                continue;
            }
            if columns.count == 1 {
                let is_new = cell.down != Merge::Covered;
                for (text, look) in lines.iter().filter(|_| is_new) {
                    if !take(Line::Paragraph(text, *look)) {
                        return;
                    }
                }
            } else if let Some(text) = shown.get_mut(at) {
                join(text, lines);
            }
        }
        above = here;
        if columns.count > 1 && !take(Line::Row(&shown)) {
            return;
        }
    }
}

/// A cell's paragraphs under one another, their own line breaks gone as the column's width made them.
fn join(out: &mut String, lines: &Lines) {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    for (text, _) in lines {
        if !out.is_empty() {
            out.push('\n');
        }
        for (i, part) in text.split('\n').enumerate() {
            if i > 0 && is_word(out.chars().next_back()) && is_word(part.chars().next()) {
                out.push(' ');
            }
            out.push_str(part);
        }
    }
}

/// The columns of a table: the vertical lines where a cell begins, those that are nearly one taken together.
#[derive(Debug)]
struct Columns {
    edges: Vec<i32>,
    count: usize,
}

impl Columns {
    fn of(rows: &[Row]) -> Self {
        let mut edges = Vec::new();
        for row in rows {
            let mut left = row.left;
            for cell in &row.cells {
                if cell.across != Merge::Covered {
                    edges.push(left);
                }
                left = cell.right;
            }
        }
        edges.sort_unstable();
        edges.dedup();
        edges.dedup_by(|next, first| next.saturating_sub(*first) <= TOLERANCE);
        // More than Word can make: rows that have nothing in common, each cell by its number.
        if edges.len() > MAX_COLUMNS {
            edges.clear();
        }
        let most = rows.iter().map(|row| row.texts.len()).max().unwrap_or(0);
        let bare = rows.iter().filter(|row| row.cells.len() < row.texts.len());
        let count = match edges.len() {
            0 => most,
            count => bare.map(|row| row.texts.len()).fold(count, usize::max),
        };
        Self { edges, count }
    }

    /// The number of the column that begins at this edge; none where there are none.
    fn at(&self, edge: i32) -> Option<usize> {
        let after = self.edges.partition_point(|e| *e <= edge);
        (!self.edges.is_empty()).then(|| after.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Limits;

    fn flow() -> Flow {
        Flow::new(Written::new("application/rtf", &Limits::default()), 16)
    }

    fn cells(edges: &[i32]) -> Vec<Cell> {
        let cell = |right: &i32| Cell {
            right: *right,
            ..Cell::default()
        };
        edges.iter().map(cell).collect()
    }

    fn row(flow: &mut Flow, texts: &[&str], cells: &[Cell]) {
        texts
            .iter()
            .for_each(|text| flow.cell(text, 1, Look::default()));
        flow.row(1, 0, cells);
    }

    #[test]
    fn columns_are_common_to_rows() {
        let mut flow = flow();
        row(&mut flow, &["附表", "合计"], &cells(&[3000, 4000]));
        row(
            &mut flow,
            &["一", "二", "三", "四"],
            &cells(&[990, 2010, 3010, 4000]),
        );
        row(&mut flow, &["五"], &cells(&[4000]));
        assert_eq!(
            flow.finish().text,
            "附表\t\t\t合计\n一\t二\t三\t四\n五\t\t\t\n"
        );
    }

    #[test]
    fn what_covers_rows_stands_in_each() {
        let mut flow = flow();
        let mut of = cells(&[1000, 2000]);
        of[0].down = Merge::First;
        row(&mut flow, &["甲镇", "1"], &of);
        of[0].down = Merge::Covered;
        row(&mut flow, &["", "2"], &of);
        row(&mut flow, &["", "3"], &cells(&[1000, 2000]));
        assert_eq!(flow.finish().text, "甲镇\t1\n甲镇\t2\n\t3\n");
    }

    #[test]
    fn what_covers_columns_stands_once() {
        let mut flow = flow();
        let mut of = cells(&[1000, 2000, 3000]);
        of[0].across = Merge::First;
        of[1].across = Merge::Covered;
        row(&mut flow, &["合计", "", "9"], &of);
        row(&mut flow, &["1", "2", "3"], &cells(&[1000, 2000, 3000]));
        assert_eq!(flow.finish().text, "合计\t\t9\n1\t2\t3\n");
    }

    #[test]
    fn a_frame_is_no_table() {
        let mut flow = flow();
        flow.paragraph(
            "甲县水利局文件",
            1,
            Look {
                is_centred: true,
                heading: None,
            },
        );
        row(&mut flow, &["甲水发〔2021〕3号"], &cells(&[8000]));
        let read = flow.finish();
        assert_eq!(read.text, "甲县水利局文件\n甲水发〔2021〕3号\n");
        assert!(read.marks[0].is_centred);
        assert_eq!(read.marks[1].kind, LineKind::Paragraph);
    }

    #[test]
    fn tables_in_cells_are_lines_of_the_cell() {
        let mut flow = flow();
        flow.cell("外", 1, Look::default());
        flow.cell("内1", 2, Look::default());
        flow.cell("内2", 2, Look::default());
        flow.row(2, 0, &cells(&[500, 1000]));
        row(&mut flow, &["尾"], &cells(&[1000, 2000]));
        assert_eq!(flow.finish().text, "外\t内1 内2 尾\n");
    }

    #[test]
    fn a_table_that_breaks_off_is_kept() {
        let mut flow = flow();
        flow.cell("甲", 1, Look::default());
        flow.paragraph("乙", 1, Look::default());
        flow.note("注");
        let read = flow.finish();
        assert_eq!(read.text, "甲\t乙\n注\n");
        assert_eq!(read.marks[1].kind, LineKind::Note);
    }
}
