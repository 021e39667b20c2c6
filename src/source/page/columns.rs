//! Lines whose parts stand in columns become tables, where no ruling says so.

use super::Item;
use super::grid::Table;
use super::lines::Line;
use super::lines::Segment;

/// A stretch without ink between two columns.
type Gutter = (f32, f32);

/// The items with runs of aligned lines made tables.
pub(super) fn tables(items: Vec<Item>) -> Vec<Item> {
    let lines: Vec<Line> = items
        .into_iter()
        .filter_map(|item| match item {
            Item::Line(line) => Some(line),
            Item::Table(_) => None,
        })
        .collect();
    let mut out = Vec::with_capacity(lines.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if line.segments.len() > 1
            && let Some((count, gutters)) = run(&lines[at..])
        {
            out.push(Item::Table(table(&lines[at..at + count], &gutters)));
            at += count;
        } else {
            out.push(Item::Line(line.clone()));
            at += 1;
        }
    }
    out
}

/// How many lines from the first on stand in the same columns, and the gutters between these; none for no table.
fn run(lines: &[Line]) -> Option<(usize, Vec<Gutter>)> {
    let first = lines.first()?;
    let em = first.size;
    let mut gutters = gaps(first);
    let mut count = 1;
    let mut parted = 1;
    for (before, line) in lines.iter().zip(&lines[1..]) {
        if line.y - before.y > 4.0 * em || (line.size / em - 1.0).abs() > 0.2 {
            break;
        }
        let left: Vec<Gutter> = gutters
            .iter()
            .filter_map(|gutter| narrowed(*gutter, line, em))
            .collect();
        if left.len() < gutters.len() {
            break;
        }
        gutters = left;
        count += 1;
        parted += usize::from(line.segments.len() > 1);
    }
    // what trails with one part each may be the text after the table
    while count > 1 && lines[count - 1].segments.len() == 1 {
        let last = &lines[count - 1];
        if column(&last.segments[0], &gutters) > 0 {
            break;
        }
        count -= 1;
    }
    let lines = &lines[..count];
    let is_aligned = gutters
        .iter()
        .enumerate()
        .all(|(i, _)| aligned(lines, &gutters, i + 1));
    let is_table = match gutters.len() {
        0 => false,
        1 => parted >= 4 && is_aligned,
        _ => parted >= 3 && (is_aligned || parted >= 5),
    };
    (is_table && parted * 2 >= count).then_some((count, gutters))
}

fn gaps(line: &Line) -> Vec<Gutter> {
    line.segments
        .windows(2)
        .map(|pair| (pair[0].x1, pair[1].x0))
        .collect()
}

/// What is left of a gutter beside this line; none for less than most of an em.
fn narrowed(gutter: Gutter, line: &Line, em: f32) -> Option<Gutter> {
    let mut left = gutter;
    for segment in &line.segments {
        if segment.x1 <= left.0 || segment.x0 >= left.1 {
            continue;
        }
        // the part reaches into the gutter from one side; one over both sides ends the column
        if segment.x0 <= left.0 {
            left.0 = segment.x1;
        } else if segment.x1 >= left.1 {
            left.1 = segment.x0;
        } else if segment.x0 - left.0 > left.1 - segment.x1 {
            left.1 = segment.x0;
        } else {
            left.0 = segment.x1;
        }
    }
    (left.1 - left.0 > 0.8 * em).then_some(left)
}

fn column(segment: &Segment, gutters: &[Gutter]) -> usize {
    let middle = segment.x0.midpoint(segment.x1);
    gutters
        .iter()
        .filter(|g| middle > g.0.midpoint(g.1))
        .count()
}

/// Whether the parts of this column begin, end or lie in the middle at one place, in most lines.
fn aligned(lines: &[Line], gutters: &[Gutter], of: usize) -> bool {
    let parts: Vec<(&Segment, f32)> = lines
        .iter()
        .flat_map(|line| line.segments.iter().map(move |s| (s, line.size)))
        .filter(|(segment, _)| column(segment, gutters) == of)
        .collect();
    let sides: [fn(&Segment) -> f32; 3] = [|s| s.x0, |s| s.x1, |s| s.x0.midpoint(s.x1)];
    parts.len() >= 3
        && sides.iter().any(|side| {
            let mut places: Vec<f32> = parts.iter().map(|(s, _)| side(s)).collect();
            let middle = super::quantile(&mut places, 0.5);
            let near = parts
                .iter()
                .filter(|(s, size)| (side(s) - middle).abs() < 0.5 * size)
                .count();
            near * 10 >= parts.len() * 7
        })
}

fn table(lines: &[Line], gutters: &[Gutter]) -> Table {
    let columns = gutters.len() + 1;
    let led = lines
        .iter()
        .filter(|line| {
            line.segments
                .first()
                .is_some_and(|s| column(s, gutters) == 0)
        })
        .count();
    let is_led = led * 2 >= lines.len();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in lines {
        let mut row = vec![String::new(); columns];
        for segment in &line.segments {
            if let Some(cell) = row.get_mut(column(segment, gutters)) {
                super::flow::join(cell, true, line.part(segment));
            }
        }
        let goes_on = is_led && row.first().is_some_and(String::is_empty);
        match rows.last_mut().filter(|_| goes_on) {
            Some(last) => {
                for (cell, more) in last.iter_mut().zip(&row) {
                    super::flow::join(cell, false, more);
                }
            }
            None => rows.push(row),
        }
    }
    Table {
        top: lines.first().map_or(0.0, |line| line.y),
        rows,
        edges: gutters.iter().map(|g| g.0.midpoint(g.1)).collect(),
        ..Table::default()
    }
}
