//! Columns of a table that say by when: 完成时限 above 10月.

use super::phrase::Bound;
use super::phrase::Phrase;
use super::point::Field;
use super::reader::before;
use super::scan::Scan;
use crate::text::fold;
use crate::text::words::words;

/// The table that was read last, as far as it was read: nothing of a text in which no date begins a cell.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Columns {
    /// Where the line begins that was read last, how far it was read, and how many of its cells are over.
    line: usize,
    read: usize,
    cells: usize,
    /// How many rows stand above it without another line between.
    rows: usize,
    /// The column whose header says by when.
    due: Option<usize>,
}

/// Among how many rows from the top the header stands.
const HEADER: usize = 3;
/// So many characters a header has at most.
const LONGEST: usize = 10;

impl Columns {
    /// Whether the cell that byte `at` stands in is of a column that says by when; `at` never falls.
    fn is_due(&mut self, text: &str, at: usize) -> bool {
        let Some(fresh) = text.get(self.read..at) else {
            return false;
        };
        if let Some(last) = fresh.rfind('\n') {
            let above = text.get(self.line..self.read + last).unwrap_or_default();
            for row in above.split('\n') {
                self.end_row(row);
            }
            self.line = self.read + last + 1;
            self.read = self.line;
            self.cells = 0;
        }
        let cells = text.get(self.read..at).unwrap_or_default();
        self.cells += cells.matches('\t').count();
        self.read = at;
        self.due == Some(self.cells)
    }

    fn end_row(&mut self, row: &str) {
        if !row.contains('\t') {
            (self.rows, self.due) = (0, None);
            return;
        }
        self.rows += 1;
        if self.rows <= HEADER && self.due.is_none() {
            self.due = row.split('\t').position(says_by_when);
        }
    }
}

fn says_by_when(header: &str) -> bool {
    header.chars().nth(LONGEST).is_none()
        && words![
            "完成时间",
            "完成时限",
            "完成期限",
            "完成日期",
            "办结时限",
            "整改时限",
            "整改期限",
            "时限要求",
            "时限"
        ]
        .end(&fold::without_blanks(header))
}

impl Scan<'_, '_> {
    /// 10月 below 完成时限 is by the end of October; what was over before the notice was done then, and a part of a month is
    /// when it is.
    pub(super) fn close_column(&mut self, found: &mut Phrase) {
        let start = found.span.start;
        let point = found.bound == Bound::Whole && found.to.is_none() && found.lasting.is_none();
        let head = before(self.text, start, 2);
        if !point
            || found.from.field == Field::Year
            || found.from.is_part()
            || !head.trim_end_matches([' ', '\u{3000}']).ends_with('\t')
            || !self.columns.is_due(self.text, start)
        {
            return;
        }
        let days = found.resolve(&self.frame, self.year.or(self.context.year));
        let over = days.end.zip(self.context.issued);
        if over.is_none_or(|(end, issued)| end >= issued) {
            found.bound = Bound::Before;
        }
    }
}
