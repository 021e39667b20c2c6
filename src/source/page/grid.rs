//! Ruled lines become tables: cells between rulings, merged where a wall is missing, joined over the ends of pages.

use super::Glyph;
use super::Item;
use super::Rule;
use super::Sheet;
use super::lines::Line;
use super::lines::lines;

/// A table as rows of cells.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) top: f32,
    /// Whether rulings make it.
    pub(super) is_ruled: bool,
    /// The page of each row.
    pub(super) pages: Vec<u32>,
    pub(super) rows: Vec<Vec<String>>,
    /// Where its columns part, from left to right.
    pub(super) edges: Vec<f32>,
    /// Of the cells of the last row, whether the last line is full, so that it may go on on the next page.
    pub(super) is_open: Vec<bool>,
}

/// Rulings of one page that are looked at; a page with more is a drawing.
const MAX_RULES: usize = 3000;
/// Cells of one grid; one with more is a drawing.
const MAX_CELLS: usize = 20_000;
/// The longest text that a cell over several rows repeats in each, in bytes.
const LONGEST_REPEATED: usize = 600;
/// How far apart two rulings may lie and be one, in points.
const NEAR: f32 = 2.5;

/// A ruling along one axis: where it lies across, and from where to where it goes.
#[derive(Clone, Copy, Debug)]
struct Wall {
    at: f32,
    from: f32,
    to: f32,
}

/// The tables that rulings make; the glyphs in their cells are taken out of `glyphs`.
pub(super) fn tables(rules: &[Rule], glyphs: &mut Vec<Glyph>) -> Vec<Table> {
    let mut level = Vec::new();
    let mut upright = Vec::new();
    for rule in rules {
        let (width, height) = ((rule.x1 - rule.x0).abs(), (rule.y1 - rule.y0).abs());
        if !(width + height).is_finite() {
            continue;
        }
        if width >= 4.0 && height <= NEAR {
            level.push(Wall {
                at: 0.5 * (rule.y0 + rule.y1),
                from: rule.x0.min(rule.x1),
                to: rule.x0.max(rule.x1),
            });
        } else if height >= 4.0 && width <= NEAR {
            upright.push(Wall {
                at: 0.5 * (rule.x0 + rule.x1),
                from: rule.y0.min(rule.y1),
                to: rule.y0.max(rule.y1),
            });
        }
    }
    let (level, upright) = (merged(level), merged(upright));
    if upright.is_empty() || level.len() + upright.len() > MAX_RULES {
        return Vec::new();
    }
    components(&level, &upright)
        .into_iter()
        .filter_map(|(level, upright)| table(&level, &upright, glyphs))
        .collect()
}

/// Walls on one line that touch become one.
fn merged(mut walls: Vec<Wall>) -> Vec<Wall> {
    walls.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut out: Vec<Wall> = Vec::new();
    let mut rest = &walls[..];
    while let Some(first) = rest.first() {
        let near = rest.iter().take_while(|w| w.at - first.at <= NEAR).count();
        let (group, after) = rest.split_at(near);
        rest = after;
        let mut group = group.to_vec();
        let at = group.iter().map(|w| w.at).sum::<f32>() / group.len() as f32;
        group.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut open: Option<Wall> = None;
        for wall in group {
            match &mut open {
                Some(o) if wall.from <= o.to + NEAR => o.to = o.to.max(wall.to),
                _ => out.extend(open.replace(Wall { at, ..wall })),
            }
        }
        out.extend(open);
    }
    out
}

/// Walls that hang together, level ones and upright ones.
fn components(level: &[Wall], upright: &[Wall]) -> Vec<(Vec<Wall>, Vec<Wall>)> {
    let count = level.len() + upright.len();
    let mut parent: Vec<usize> = (0..count).collect();
    for (i, h) in level.iter().enumerate() {
        for (j, v) in upright.iter().enumerate() {
            let crosses = v.at >= h.from - NEAR
                && v.at <= h.to + NEAR
                && h.at >= v.from - NEAR
                && h.at <= v.to + NEAR;
            if crosses {
                unite(&mut parent, i, level.len() + j);
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, (Vec<Wall>, Vec<Wall>)> =
        std::collections::BTreeMap::new();
    for i in 0..count {
        let group = groups.entry(root(&mut parent, i)).or_default();
        match level.get(i) {
            Some(wall) => group.0.push(*wall),
            None => group.1.push(upright[i - level.len()]),
        }
    }
    groups.into_values().collect()
}

fn root(parent: &mut [usize], mut i: usize) -> usize {
    while parent[i] != i {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    i
}

fn unite(parent: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parent, a), root(parent, b));
    parent[a.max(b)] = a.min(b);
}

/// The places where walls lie, each once, in order.
fn edges(walls: &[Wall]) -> Vec<f32> {
    let mut edges: Vec<f32> = walls.iter().map(|w| w.at).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|b, a| *b - *a <= 1.5 * NEAR);
    edges
}

fn table(level: &[Wall], upright: &[Wall], glyphs: &mut Vec<Glyph>) -> Option<Table> {
    let mut xs = edges(upright);
    let mut ys = edges(level);
    let (left, right) = level.iter().fold((f32::MAX, f32::MIN), |(l, r), w| {
        (l.min(w.from), r.max(w.to))
    });
    let (top, bottom) = upright.iter().fold((f32::MAX, f32::MIN), |(t, b), w| {
        (t.min(w.from), b.max(w.to))
    });
    // tables open at their sides, as the three-line ones of the standards are
    let open_left = xs.first().is_some_and(|x| left < x - 12.0);
    let open_right = xs.last().is_some_and(|x| right > x + 12.0);
    if open_left {
        xs.insert(0, left);
    }
    if open_right {
        xs.push(right);
    }
    if ys.first().is_some_and(|y| top < y - 10.0) {
        ys.insert(0, top);
    }
    if ys.last().is_some_and(|y| bottom > y + 10.0) {
        ys.push(bottom);
    }
    let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    if columns < 2 || rows < 1 || columns * rows > MAX_CELLS {
        return None;
    }
    let (x_of, y_of) = (index(&xs), index(&ys));
    // whether a wall stands between a cell and the next to its right, and the next below
    let mut is_parted_right = vec![false; columns * rows];
    let mut is_parted_below = vec![false; columns * rows];
    for wall in upright {
        let Some(c) = x_of(wall.at).and_then(|i| i.checked_sub(1)) else {
            continue;
        };
        for r in (0..rows).filter(|&r| {
            wall.from - NEAR <= ys[r].midpoint(ys[r + 1])
                && ys[r].midpoint(ys[r + 1]) <= wall.to + NEAR
        }) {
            if c < columns {
                is_parted_right[r * columns + c] = true;
            }
        }
    }
    for wall in level {
        let Some(r) = y_of(wall.at).and_then(|i| i.checked_sub(1)) else {
            continue;
        };
        for c in (0..columns).filter(|&c| {
            wall.from - NEAR <= xs[c].midpoint(xs[c + 1])
                && xs[c].midpoint(xs[c + 1]) <= wall.to + NEAR
        }) {
            if r < rows {
                is_parted_below[r * columns + c] = true;
            }
        }
    }
    let mut parent: Vec<usize> = (0..columns * rows).collect();
    for cell in 0..columns * rows {
        let (r, c) = (cell / columns, cell % columns);
        if c + 1 < columns && !is_parted_right[cell] {
            unite(&mut parent, cell, cell + 1);
        }
        if r + 1 < rows && !is_parted_below[cell] {
            unite(&mut parent, cell, cell + columns);
        }
    }
    let owner: Vec<usize> = (0..columns * rows)
        .map(|cell| root(&mut parent, cell))
        .collect();
    // a frame round text is no table, nor are rows of one cell each
    if !(0..rows).any(|r| {
        owner[r * columns..(r + 1) * columns]
            .windows(2)
            .any(|w| w[0] != w[1])
    }) {
        return None;
    }
    let mut inside: Vec<Vec<Glyph>> = vec![Vec::new(); columns * rows];
    let mut text = 0_usize;
    glyphs.retain(|g| {
        let (x, y) = (g.x + 0.5 * g.width, g.y - 0.35 * g.size);
        if x < xs[0] || x > xs[columns] || y < ys[0] || y > ys[rows] {
            return true;
        }
        let c = xs.partition_point(|e| *e <= x).clamp(1, columns) - 1;
        let r = ys.partition_point(|e| *e <= y).clamp(1, rows) - 1;
        inside[owner[r * columns + c]].push(*g);
        text += 1;
        false
    });
    if text == 0 {
        return None;
    }
    let texts = texts(&owner, &xs, &mut inside);
    // columns in which no cell begins are none
    let columns: Vec<usize> = (0..columns)
        .filter(|c| {
            *c == 0 || (0..rows).any(|r| owner[r * columns + c] != owner[r * columns + c - 1])
        })
        .collect();
    let width = xs.len() - 1;
    let mut table = Table {
        top: ys[0],
        is_ruled: true,
        edges: columns
            .iter()
            .map(|c| xs[*c])
            .chain(xs.last().copied())
            .collect(),
        ..Table::default()
    };
    for r in 0..rows {
        let begins = |c: usize| c == 0 || owner[r * width + c] != owner[r * width + c - 1];
        let row = columns.iter().map(|&c| {
            let cell = r * width + c;
            let (text, _) = &texts[owner[cell]];
            let is_own = begins(c) && (owner[cell] / width == r || text.len() <= LONGEST_REPEATED);
            if is_own { text.clone() } else { String::new() }
        });
        table.rows.push(row.collect());
    }
    table.is_open = columns
        .iter()
        .map(|c| texts[owner[(rows - 1) * width + c]].1)
        .collect();
    Some(table)
}

/// The texts of the cells by their owners, and whether their last lines are full.
fn texts(owner: &[usize], xs: &[f32], inside: &mut [Vec<Glyph>]) -> Vec<(String, bool)> {
    let width = xs.len() - 1;
    let cells = inside.iter_mut().enumerate().map(|(cell, glyphs)| {
        if glyphs.is_empty() {
            return (String::new(), false);
        }
        let (r, c) = (cell / width, cell % width);
        let right = (c..width)
            .take_while(|d| owner[r * width + d] == cell)
            .last()
            .unwrap_or(c);
        cell_text(std::mem::take(glyphs), xs[c], xs[right + 1])
    });
    cells.collect()
}

/// The number of the edge that lies at a place.
fn index(edges: &[f32]) -> impl Fn(f32) -> Option<usize> + '_ {
    |at| {
        let i = edges.partition_point(|e| *e < at - 2.0 * NEAR);
        edges
            .get(i)
            .filter(|e| (**e - at).abs() <= 2.0 * NEAR)
            .map(|_| i)
    }
}

/// The text of a cell between these edges, its paragraphs parted by line feeds, and whether its last line is full.
fn cell_text(glyphs: Vec<Glyph>, left: f32, right: f32) -> (String, bool) {
    let lines = lines(glyphs);
    let pad = lines
        .iter()
        .map(|l| l.x0 - left)
        .fold(8.0, f32::min)
        .max(0.0);
    let room = right - left - 2.0 * pad;
    let widest = lines.iter().map(|l| l.x1 - l.x0).fold(0.0, f32::max);
    let is_full = |line: &Line, head: f32| {
        let width = line.x1 - line.x0;
        width + head > room.min(widest + 1.2 * line.size) - 0.3 * line.size
    };
    let mut text = String::new();
    let mut before: Option<&Line> = None;
    for line in &lines {
        if let Some(b) = before {
            if is_full(b, line.head) && !super::flow::begins_item(&line.text) {
                super::flow::join(&mut text, b.ends_blank, &line.text);
                before = Some(line);
                continue;
            }
            text.push('\n');
        }
        text.push_str(&line.text);
        before = Some(line);
    }
    let is_open = before.is_some_and(|line| is_full(line, 2.2 * line.size));
    (text, is_open)
}

/// Tables that go on over the end of a page become one: heads drawn again go, a row cut in two is made whole.
pub(super) fn join_over_pages(sheets: &mut [Sheet]) {
    for sheet in sheets.iter_mut() {
        let number = sheet.number;
        for item in &mut sheet.items {
            if let Item::Table(table) = item {
                table.pages = vec![number; table.rows.len()];
            }
        }
    }
    for i in 1..sheets.len() {
        let (before, after) = sheets.split_at_mut(i);
        let Some(Item::Table(next)) = after[0].items.first_mut() else {
            continue;
        };
        // the sheet before may have given its only table to one before it
        let Some(open) = before
            .iter_mut()
            .rev()
            .find(|sheet| !sheet.items.is_empty())
        else {
            continue;
        };
        let Some(Item::Table(open)) = open.items.last_mut() else {
            continue;
        };
        let alike = open.edges.len() == next.edges.len()
            && open
                .edges
                .iter()
                .zip(&next.edges)
                .all(|(a, b)| (a - b).abs() <= 4.0);
        if !alike {
            continue;
        }
        let again = open
            .rows
            .iter()
            .zip(&next.rows)
            .take(3)
            .take_while(|(a, b)| a == b && !a.iter().all(String::is_empty))
            .count();
        if again > 0 && next.rows.len() > again {
            next.rows.drain(..again);
            next.pages.drain(..again);
        }
        if is_cut(open, next) {
            let rest = next.rows.remove(0);
            next.pages.remove(0);
            if let Some(last) = open.rows.last_mut() {
                for (cell, more) in last.iter_mut().zip(rest) {
                    if cell.is_empty() || more.is_empty() {
                        cell.push_str(&more);
                    } else {
                        super::flow::join(cell, false, &more);
                    }
                }
            }
        }
        open.rows.append(&mut next.rows);
        open.pages.append(&mut next.pages);
        open.is_open = std::mem::take(&mut next.is_open);
        after[0].items.remove(0);
    }
}

/// Whether the last row of the one is cut at the end of the page, its rest the first of the other.
fn is_cut(open: &Table, next: &Table) -> bool {
    let (Some(last), Some(rest)) = (open.rows.last(), next.rows.first()) else {
        return false;
    };
    last.len() == rest.len()
        && last.len() == open.is_open.len()
        && rest.first().is_some_and(String::is_empty)
        && last.first().is_some_and(|cell| !cell.is_empty())
        && rest
            .iter()
            .zip(last)
            .zip(&open.is_open)
            .all(|((rest, last), is_open)| {
                rest.is_empty()
                    || (*is_open && !last.ends_with(['。', '；', ';']))
                    || last.is_empty()
            })
}
