//! Lines whose parts stand in columns become tables, where no ruling says so.

use super::Item;
use super::grid::Table;
use super::lines::Line;
use super::lines::Segment;

/// A stretch without ink between two columns.
type Gutter = (f32, f32);

/// The least width of a gutter, in ems.
const NARROW: f32 = 0.3;

/// How many lines are looked at for gutters that the first does not show.
const SAMPLE: usize = 12;

/// Baselines closer than this, in ems, are not those of lines of one cell.
const CLOSE: f32 = 1.1;

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
        match run(&lines[at..]) {
            Some((count, gutters)) => {
                out.push(Item::Table(table(&lines[at..at + count], &gutters)));
                at += count;
            }
            None => {
                out.push(Item::Line(line.clone()));
                at += 1;
            }
        }
    }
    out
}

/// How many lines from the first on stand in the same columns, and the gutters between these; none for no table.
fn run(all: &[Line]) -> Option<(usize, Vec<Gutter>)> {
    let lines = all;
    let em = lines.first()?.size;
    // the first row's cells may stand at several heights
    let first = lines
        .iter()
        .take(4)
        .position(|line| line.segments.len() > 1)?;
    if lines[..=first]
        .windows(2)
        .any(|w| w[1].y - w[0].y > CLOSE * em)
    {
        return None;
    }
    let mut gutters = gaps(&lines[first]);
    for line in &lines[..first] {
        gutters = gutters
            .into_iter()
            .filter_map(|g| narrowed(g, line, em))
            .collect();
    }
    if gutters.len() + 1 < lines[first].segments.len() {
        return None;
    }
    // blanks to be filled in stand over a table, at places of their own
    if is_form(&lines[first]) && lines.get(first + 1).is_some_and(|line| !is_form(line)) {
        return None;
    }
    let mut count = first + 1;
    let mut parted = 1;
    for (before, line) in lines[first..].iter().zip(&lines[first + 1..]) {
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
    gutters.extend(frequent(lines, &gutters, parted, em));
    let gutters = blanks(lines, &gutters, em);
    let is_aligned = gutters
        .iter()
        .enumerate()
        .all(|(i, _)| aligned(lines, &gutters, i + 1));
    let is_table = match gutters.len() {
        0 => false,
        1 => parted >= 4 && is_aligned,
        _ => parted >= 3 && (is_aligned || parted >= 5),
    };
    // the last row's cells may have more lines
    while let Some([last, next]) = all.get(count - 1..count + 1)
        && next.y - last.y < 1.7 * em
        && (next.size / em - 1.0).abs() < 0.2
        && next.segments.iter().all(|s| column(s, &gutters) > 0)
        && gutters
            .iter()
            .all(|g| next.x0 > g.1 - NARROW * em || next.x1 < g.0)
    {
        count += 1;
    }
    (is_table && parted * 4 >= count).then_some((count, gutters))
}

/// Gutters that the first line does not show, its cells there being near: those wide in half of the lines.
fn frequent(lines: &[Line], known: &[Gutter], parted: usize, em: f32) -> Vec<Gutter> {
    let meets = |a: &Gutter, b: &Gutter| a.0.max(b.0) < a.1.min(b.1);
    let wide: Vec<Vec<Gutter>> = lines.iter().map(gaps).collect();
    let mut out: Vec<Gutter> = Vec::new();
    for gap in wide.iter().take(SAMPLE).flatten() {
        if known.iter().chain(&out).any(|g| meets(g, gap)) {
            continue;
        }
        let mut left = *gap;
        let mut count = 0;
        for of in &wide {
            if let Some(other) = of.iter().find(|g| meets(g, &left)) {
                left = (left.0.max(other.0), left.1.min(other.1));
                count += 1;
            }
        }
        let left = lines
            .iter()
            .try_fold(left, |gutter, line| narrowed(gutter, line, em));
        if let Some(gutter) = left
            && count >= 3
            && count * 2 >= parted
        {
            out.push(gutter);
        }
    }
    out
}

/// Whether each part of the line is a label, as in 填报单位：  填报人：.
fn is_form(line: &Line) -> bool {
    let has_colon = |s: &Segment| line.part(s).contains(['：', ':']);
    line.segments.len() > 1 && line.segments.iter().all(has_colon)
}

/// The stretches between ink that no part of any line touches: those that are known, and others as wide as an em.
fn blanks(lines: &[Line], known: &[Gutter], em: f32) -> Vec<Gutter> {
    let mut parts: Vec<(f32, f32)> = lines
        .iter()
        .flat_map(|line| split(line, known).into_iter().map(|s| (s.x0, s.x1)))
        .collect();
    parts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut out = Vec::new();
    let mut end = parts.first().map_or(0.0, |part| part.1);
    for (x0, x1) in parts {
        let is_known = known.iter().any(|g| g.0 < x0 && g.1 > end);
        if x0 - end > if is_known { NARROW } else { 0.8 } * em {
            out.push((end, x0));
        }
        end = end.max(x1);
    }
    out
}

fn gaps(line: &Line) -> Vec<Gutter> {
    line.segments
        .windows(2)
        .map(|pair| (pair[0].x1, pair[1].x0))
        .collect()
}

/// What is left of a gutter beside this line; none for less than a part of an em.
fn narrowed(gutter: Gutter, line: &Line, em: f32) -> Option<Gutter> {
    let mut left = gutter;
    for segment in &split(line, &[gutter]) {
        if segment.x1 <= left.0 || segment.x0 >= left.1 {
            continue;
        }
        // the part reaches into the gutter from one side; one over both sides ends the column
        let is_left = segment.x0 <= left.0;
        let is_right = segment.x1 >= left.1 || segment.x0 - left.0 > left.1 - segment.x1;
        if !is_left && is_right {
            left.1 = segment.x0;
        } else {
            left.0 = segment.x1;
        }
    }
    (left.1 - left.0 > NARROW * em).then_some(left)
}

/// The parts of a line, those over a gutter parted at a seam that lies in it.
fn split(line: &Line, gutters: &[Gutter]) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::with_capacity(line.segments.len());
    for segment in &line.segments {
        let mut rest = segment.clone();
        for seam in &line.seams {
            let is_within = seam.x0 > rest.x0 && seam.x1 < rest.x1;
            let is_gutter = gutters
                .iter()
                .any(|g| seam.x1.min(g.1) - seam.x0.max(g.0) > 0.99 * NARROW * line.size);
            if is_within && is_gutter {
                out.push(Segment {
                    x1: seam.x0,
                    text: rest.text.start..seam.at,
                    ..rest.clone()
                });
                rest.x0 = seam.x1;
                rest.text.start = seam.at;
            }
        }
        out.push(rest);
    }
    out
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
    let parts: Vec<(Segment, f32)> = lines
        .iter()
        .flat_map(|line| {
            split(line, gutters)
                .into_iter()
                .map(move |s| (s, line.size))
        })
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
    let cells = |line: &Line| {
        let mut row = vec![String::new(); columns];
        for segment in &split(line, gutters) {
            if let Some(cell) = row.get_mut(column(segment, gutters)) {
                super::flow::join(cell, true, line.part(segment));
            }
        }
        row
    };
    let rows = groups(lines, gutters).into_iter().map(|group| {
        let mut row = vec![String::new(); columns];
        for line in group {
            for (cell, more) in row.iter_mut().zip(cells(line)) {
                super::flow::join(cell, false, &more);
            }
        }
        row
    });
    Table {
        top: lines.first().map_or(0.0, |line| line.y),
        rows: rows.collect(),
        edges: gutters.iter().map(|g| g.0.midpoint(g.1)).collect(),
        ..Table::default()
    }
}

/// The lines of each row.
fn groups<'l>(lines: &'l [Line], gutters: &[Gutter]) -> Vec<&'l [Line]> {
    let em = lines.first().map_or(0.0, |line| line.size);
    let is_filled = |line: &Line, at: usize| {
        split(line, gutters)
            .iter()
            .any(|s| column(s, gutters) == at)
    };
    let filled = |line: &Line| {
        (0..=gutters.len())
            .filter(|at| is_filled(line, *at))
            .count()
    };
    // rows stand further apart than the lines in a cell, which a table with cells of several lines shows
    let pitch = lines
        .windows(2)
        .map(|w| w[1].y - w[0].y)
        .filter(|gap| *gap >= CLOSE * em)
        .fold(f32::MAX, f32::min);
    let columns = gutters.len() + 1;
    let mut out: Vec<&[Line]> = Vec::new();
    for near in lines.chunk_by(|a, b| b.y - a.y <= (1.15 * pitch).min(1.7 * em)) {
        // lines that fill most columns each, the first too, are rows, however near
        let rows = near
            .iter()
            .filter(|line| filled(line) * 2 > columns)
            .count();
        let led = near.iter().filter(|line| is_filled(line, 0)).count();
        let mut start = 0;
        for at in 1..near.len() {
            let is_close = near[at].y - near[at - 1].y < CLOSE * em;
            let begins = if led == 0 {
                filled(&near[at]) * 2 > columns
            } else {
                is_filled(&near[at], 0)
            };
            if rows > 1 && led != 1 && !is_close && begins {
                out.push(&near[start..at]);
                start = at;
            }
        }
        out.push(&near[start..]);
    }
    out
}
