//! Which column each cell of a row stands in, where cells may be missing or broken over lines.

use crate::outline::column;
use crate::outline::column::Column;
use crate::span::Span;

/// A cell: the lines or pieces that it was broken into; none where it is empty.
pub(super) type Cell = Vec<Span>;

/// So many pieces a row has at most.
const MOST: usize = 40;

/// The pieces as the cells of one row each in its column, where there are as many; null where one cannot stand there.
pub(super) fn exact(text: &str, columns: &[Column], pieces: &[Span]) -> Option<Vec<Cell>> {
    let fits =
        |(column, piece): (&Column, &Span)| column::fit(piece.of(text), *column, columns).is_some();
    (pieces.len() == columns.len() && columns.iter().zip(pieces).all(fits))
        .then(|| pieces.iter().map(|piece| vec![*piece]).collect())
}

/// Whether each cell of units or of a time names some, in a table with both, and a task and its units are there: so are rows
/// told that nothing counts.
pub(super) fn is_told(text: &str, columns: &[Column], row: &[Cell]) -> bool {
    let is_told = |(column, piece): (&Column, &Span)| match column {
        Column::Units => column::is_organs(piece.of(text)),
        Column::Time => column::is_time(piece.of(text)),
        // 甲县林业局　　乙县林业局
        _ => *column == Column::Other || !column::is_organs(piece.of(text)),
    };
    let cells = || columns.iter().zip(row);
    let mut pieces = cells().flat_map(|(column, cell)| cell.iter().map(move |p| (column, p)));
    let holds = |of: Column| cells().any(|(column, cell)| *column == of && !cell.is_empty());
    columns.contains(&Column::Time)
        && holds(Column::Task)
        && holds(Column::Units)
        && pieces.all(is_told)
}

/// The pieces in their columns, some of which may be empty or hold several; null where no way fits.
pub(super) fn aligned(text: &str, columns: &[Column], pieces: &[Span]) -> Option<Vec<Cell>> {
    if let Some(row) = exact(text, columns, pieces) {
        return Some(row);
    }
    if pieces.is_empty() || pieces.len() > MOST {
        return None;
    }
    let first_units = columns.iter().position(|c| *c == Column::Units);
    // the best way to the piece i in the column j, and whether it goes on with the cell of the piece above
    let mut best: Vec<Vec<Option<(i32, usize)>>> = Vec::with_capacity(pieces.len());
    for (i, piece) in pieces.iter().enumerate() {
        let words = piece.of(text);
        let row = (0..columns.len()).map(|j| {
            // where one of two is empty it is not who leads
            let leads = Some(j) == first_units;
            let own = column::fit(words, columns[j], columns)? + i32::from(leads);
            let Some(above) = i.checked_sub(1).map(|above| &best[above]) else {
                return Some((own - skipped(columns, 0, j), j));
            };
            let apart = (0..j).filter_map(|from| {
                let (score, _) = above[from]?;
                Some((score + own - skipped(columns, from + 1, j), from))
            });
            let on = above[j].and_then(|(score, _)| {
                let goes_on = goes_on(text, pieces[i - 1], *piece, columns[j])?;
                Some((score + goes_on, j))
            });
            apart.chain(on).max_by_key(|(score, _)| *score)
        });
        let row = row.collect();
        best.push(row);
    }
    let last = best.last()?;
    let ends = (0..columns.len()).filter_map(|j| {
        let (score, _) = last[j]?;
        Some((score - skipped(columns, j + 1, columns.len()), j))
    });
    let (_, mut j) = ends.max_by_key(|(score, _)| *score)?;
    let mut row: Vec<Cell> = vec![Vec::new(); columns.len()];
    for i in (0..pieces.len()).rev() {
        row[j].insert(0, pieces[i]);
        j = best[i][j]?.1;
    }
    Some(row)
}

/// What it costs that the columns in between are empty: a task and a number more than others.
fn skipped(columns: &[Column], from: usize, to: usize) -> i32 {
    let cost = |column: &Column| match column {
        Column::Ordinal => 6,
        Column::Task => 2,
        Column::Units | Column::Time => 2,
        Column::Other => 0,
    };
    columns
        .get(from..to)
        .unwrap_or_default()
        .iter()
        .map(cost)
        .sum()
}

/// Whether a piece goes on with the cell above it, and how likely: behind a comma it does, as a further paragraph it may.
fn goes_on(text: &str, above: Span, piece: Span, column: Column) -> Option<i32> {
    let open = above
        .of(text)
        .ends_with(['，', '、', ',', '（', '(', '和', '及', '-', '—', '至']);
    match column {
        Column::Ordinal => None,
        _ if open => Some(3),
        Column::Units => column::is_organs(piece.of(text)).then_some(-1),
        Column::Time => column::is_time(piece.of(text)).then_some(-2),
        Column::Task => Some(0),
        Column::Other => Some(-1),
    }
}
