//! Where the last row of a table ends: what stands below it may look like its cells.

use super::align;
use super::align::Cell;
use crate::outline::column;
use crate::outline::column::Column;
use crate::outline::organ;
use crate::outline::shape;
use crate::outline::shape::Shape;
use crate::span::Span;

/// The last row, of which these are the lines, and those below that may be its cells; null where none fits.
pub(super) fn row(
    text: &str,
    columns: &[Column],
    above: &[Vec<Cell>],
    pieces: &[Span],
) -> Option<Vec<Cell>> {
    // 备注 that is empty in all rows is empty in the last
    let is_used = |j: &usize| above.is_empty() || above.iter().any(|row| !row[*j].is_empty());
    let used: Vec<usize> = (0..columns.len()).filter(is_used).collect();
    let columns_used: Vec<Column> = used.iter().map(|j| columns[*j]).collect();
    let last = Last {
        text,
        columns: &columns_used,
        above,
        pieces,
    };
    let own = last.end();
    let row = own
        .get(..columns_used.len())
        .and_then(|own| align::exact(text, &columns_used, own))
        .or_else(|| align::aligned(text, &columns_used, own))?;
    let mut out: Vec<Cell> = vec![Vec::new(); columns.len()];
    for (j, cell) in used.into_iter().zip(row) {
        out[j] = cell;
    }
    Some(out)
}

/// Whether the row is the end of the text below the table and who signs it, with the day: its first cells are a sentence, as
/// no row above holds one, or a further organ, and no row above has such a day.
pub(super) fn signs(text: &str, above: &[Vec<Cell>], row: &[Span]) -> bool {
    let [.., end, organ, date] = row else {
        return false;
    };
    let is_sentence = |piece: &Span| piece.of(text).ends_with('。');
    let is_new = || match is_sentence(end) {
        true => !above.iter().flatten().flatten().any(is_sentence),
        false => organ::is_organ(end.of(text)) && !is_dated(text, above),
    };
    !above.is_empty()
        && shape::shape(text, *date) == Shape::Date
        && organ::is_organ(organ.of(text))
        && is_new()
}

/// Whether any cell of the rows is a day of a year.
fn is_dated(text: &str, rows: &[Vec<Cell>]) -> bool {
    let is_date = |piece: &Span| shape::shape(text, *piece) == Shape::Date;
    rows.iter().flatten().flatten().any(is_date)
}

/// The last row, and the text below it.
struct Last<'t> {
    text: &'t str,
    columns: &'t [Column],
    above: &'t [Vec<Cell>],
    pieces: &'t [Span],
}

impl<'t> Last<'t> {
    /// The pieces that the row has at most.
    fn end(&self) -> &'t [Span] {
        let signed = (1..self.pieces.len()).find_map(|at| self.signature(at));
        let end = signed.unwrap_or(self.pieces.len());
        let first = self.first_units();
        let organs = (first..end).find(|at| self.is_organs(*at));
        let end = (organs.map_or(first.max(1), |at| at + 1)..end)
            .find(|at| self.goes_on(*at))
            .unwrap_or(end);
        let own = self.own_end(organs, end).unwrap_or_else(|| self.most());
        &self.pieces[..end.min(own)]
    }

    /// So many pieces as a row above has, and as there are columns.
    fn most(&self) -> usize {
        let pieces = |row: &Vec<Cell>| row.iter().map(Vec::len).sum::<usize>();
        let above = self.above.iter().map(pieces).max().unwrap_or_default();
        above.max(self.columns.len())
    }

    /// Where the cell of the last column ends, where that is told: one of units or of a time.
    fn own_end(&self, organs: Option<usize>, end: usize) -> Option<usize> {
        let is_last = |at: usize| match self.columns.last() {
            Some(Column::Time) => column::is_time(self.words(at)),
            Some(Column::Units) => self.is_organs(at),
            _ => false,
        };
        // 12月底前 above the first organ: who does it is not told
        let early = (2..organs.unwrap_or(end)).find(|at| self.is_whole_time(*at) && is_last(*at));
        let begin = early.or_else(|| (organs?..end).find(|at| is_last(*at)))?;
        // a day of its own may be that of the signature
        let ends = |at: &usize| !is_last(*at) || self.shape(*at) == Shape::Date;
        Some((begin + 1..end).find(ends).unwrap_or(end))
    }

    /// Whether the piece is a time and no task that begins with one (5月护林活动).
    fn is_whole_time(&self, at: usize) -> bool {
        let words = self.words(at);
        column::is_time(words)
            && (words.ends_with([
                '前', '底', '日', '月', '年', '旬', '末', '度', '期', '内', '初',
            ]) || words.ends_with(|c: char| c.is_ascii_digit()))
    }

    /// The first piece that may be of units: above two cells none is (a number, and 建设瞭望台).
    fn first_units(&self) -> usize {
        let units = self.columns.iter().position(|c| *c == Column::Units);
        units.unwrap_or_default().min(2)
    }

    fn words(&self, at: usize) -> &'t str {
        self.pieces[at].of(self.text)
    }

    fn shape(&self, at: usize) -> Shape {
        shape::shape(self.text, self.pieces[at])
    }

    fn is_organs(&self, at: usize) -> bool {
        column::is_organs(self.words(at))
    }

    /// Whether the text goes on with this piece, which stands behind the units: with a section, a day or a sentence, as no
    /// row above holds one.
    fn goes_on(&self, at: usize) -> bool {
        let has_time = self.columns.contains(&Column::Time);
        match self.shape(at) {
            Shape::Marked => self.is_new(|text, piece| shape::shape(text, piece) == Shape::Marked),
            Shape::Bracketed => {
                self.is_new(|text, piece| shape::shape(text, piece) == Shape::Bracketed)
            }
            Shape::Date => !has_time || column::is_time(self.words(at - 1)),
            _ => {
                self.words(at).ends_with('。')
                    && self.is_new(|text, piece| piece.of(text).ends_with('。'))
            }
        }
    }

    /// Whether no row above holds such a piece; where there is none above, a task or a remark behind the units may.
    fn is_new(&self, is_such: impl Fn(&str, Span) -> bool) -> bool {
        if self.above.is_empty() {
            let units = self.columns.iter().position(|c| *c == Column::Units);
            let behind = units.map_or(self.columns, |at| &self.columns[at..]);
            return !behind.contains(&Column::Task) && !behind.contains(&Column::Other);
        }
        let mut pieces = self.above.iter().flatten().flatten();
        !pieces.any(|piece| is_such(self.text, *piece))
    }

    /// Where the organs begin that sign, whose date stands at `date`: the row above them has units of its own.
    fn signature(&self, date: usize) -> Option<usize> {
        if self.shape(date) != Shape::Date {
            return None;
        }
        let signing = (0..date)
            .rev()
            .take_while(|at| organ::is_organ(self.words(*at)))
            .count();
        let start = date - signing;
        if start < 2 {
            return None;
        }
        let units = (self.first_units()..start).filter(|at| self.is_organs(*at));
        let columns = self.columns.iter().filter(|c| **c == Column::Units).count();
        let last = |of| self.columns.iter().rposition(|c| *c == of);
        let (time, organs) = (last(Column::Time), last(Column::Units));
        // the row ends with its time, or with who is in charge: 县林业局⏎2031年6月30日 are no cells of it
        let is_whole = match time > organs {
            true => self.is_whole_time(start - 1),
            false => time.is_some() && self.columns.last() != Some(&Column::Units),
        };
        match (signing, units.count()) {
            (0, _) => None,
            (_, 0) if is_whole => Some(start),
            (_, 0) => (signing > columns).then_some(start + columns),
            // as in the rows above
            (_, units) => (units >= columns || !is_dated(self.text, self.above)).then_some(start),
        }
    }
}
