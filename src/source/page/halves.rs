//! Pages set in two columns, as bulletins are, or two pages on one sheet: each column is read for itself.

use super::Glyph;
use super::Page;
use super::lines::Line;
use super::lines::lines;
use super::quantile;
use crate::text::fold::is_blank;

/// A page in two columns.
pub(super) struct Halves {
    /// What stands over both columns, above them; each column as a page of its own; what stands below them.
    pub(super) parts: [Page; 4],
    /// Where the columns part.
    pub(super) middle: f32,
}

/// Bins in an em.
const FINE: f32 = 4.0;
/// Bins that are looked at.
const MAX_BINS: usize = 4000;
/// Lines that may go over both columns.
const MAX_CROSSING: i64 = 40;
/// Lines that a left column has at least, and a right one.
const LINES: [usize; 2] = [8, 4];

/// The columns of the page; none where its lines go over its whole width, or where they are cells of a table.
pub(super) fn halves(page: &Page) -> Option<Halves> {
    let glyphs = || page.glyphs.iter().filter(|g| g.turns == 0);
    let inked: Vec<&Glyph> = glyphs().filter(|g| !is_blank(g.c)).collect();
    if inked.len() < 100 {
        return None;
    }
    let mut sizes: Vec<f32> = inked.iter().map(|g| g.size).collect();
    let em = quantile(&mut sizes, 0.5);
    let gutter = gutter(&inked, page.width, em)?;
    let middle = gutter.0.midpoint(gutter.1);
    // what crosses the gutter parts the page into bands; the columns are the one with the most
    let crosses = |g: &&&Glyph| g.x < gutter.1 - 0.1 * em && g.x + g.width > gutter.0 + 0.1 * em;
    let mut walls: Vec<f32> = inked.iter().filter(crosses).map(|g| g.y).collect();
    walls.extend([f32::MIN, f32::MAX]);
    walls.sort_by(f32::total_cmp);
    walls.dedup_by(|b, a| *b - *a < 0.3 * em);
    let mut counts = vec![0_usize; walls.len()];
    for glyph in &inked {
        counts[walls
            .partition_point(|y| *y < glyph.y - 0.3 * em)
            .min(walls.len() - 1)] += 1;
    }
    let band = (1..walls.len()).max_by_key(|i| counts[*i])?;
    let (top, bottom) = (walls[band - 1] + 0.3 * em, walls[band] - 0.3 * em);
    let part_of = |x: f32, y: f32| match (y <= top, y >= bottom) {
        (true, _) => 0,
        (_, true) => 3,
        _ => 1 + usize::from(x > middle),
    };
    let mut parts: [Page; 4] = std::array::from_fn(|_| Page {
        width: page.width,
        height: page.height,
        ..Page::default()
    });
    for glyph in glyphs() {
        let part = part_of(glyph.x + 0.5 * glyph.width, glyph.y);
        parts[part].glyphs.push(*glyph);
    }
    for rule in &page.rules {
        let part = part_of(rule.x0.midpoint(rule.x1), rule.y0.midpoint(rule.y1));
        parts[part].rules.push(*rule);
    }
    let columns = &mut parts[1..3];
    let extents: Vec<(f32, f32)> = columns.iter().map(|c| extent(&c.glyphs)).collect();
    let (left, right) = (extents[0].1 - extents[0].0, extents[1].1 - extents[1].0);
    if left > 1.2 * right || right > 1.2 * left || left.min(right) < 8.0 * em {
        return None;
    }
    let [first, second] = [0, 1].map(|i| lines(columns[i].glyphs.clone()));
    // the second may end in short lines and lists; it is not asked for more where the first is text beyond doubt
    let share = if is_text(&second, extents[1], em, 0.6) {
        0.6
    } else {
        0.8
    };
    if first.len() < LINES[0] || second.len() < LINES[1] || !is_text(&first, extents[0], em, share)
    {
        return None;
    }
    let margin = 2.0 * em;
    for (column, extent) in columns.iter_mut().zip(&extents) {
        // each has the left edge that it would have on a page as wide as one
        let shift = margin - extent.0;
        column.width = left.max(right) + 2.0 * margin;
        column.glyphs.iter_mut().for_each(|glyph| glyph.x += shift);
        for rule in &mut column.rules {
            (rule.x0, rule.x1) = (rule.x0 + shift, rule.x1 + shift);
        }
    }
    Some(Halves { parts, middle })
}

/// From where to where the ink of a column goes.
fn extent(glyphs: &[Glyph]) -> (f32, f32) {
    let inked = glyphs.iter().filter(|g| !is_blank(g.c));
    inked.fold((f32::MAX, f32::MIN), |(from, to), g| {
        (from.min(g.x), to.max(g.x + g.width))
    })
}

/// The widest stretch in the middle of the page that nearly no glyph touches.
fn gutter(inked: &[&Glyph], width: f32, em: f32) -> Option<(f32, f32)> {
    let bins = ((width * FINE / em) as usize).min(MAX_BINS);
    let mut changes = vec![0_i64; bins + 1];
    for glyph in inked {
        let bin = |x: f32| ((x * FINE / em).max(0.0) as usize).min(bins);
        changes[bin(glyph.x)] += 1;
        changes[(bin(glyph.x + glyph.width) + 1).min(bins)] -= 1;
    }
    let mut count = 0;
    let touched: Vec<i64> = changes[..bins]
        .iter()
        .map(|change| {
            count += change;
            count
        })
        .collect();
    let mut filled: Vec<f32> = touched
        .iter()
        .filter(|n| **n > 0)
        .map(|n| *n as f32)
        .collect();
    let usual = quantile(&mut filled, 0.5);
    // the fewest lines that cross it: titles do, and marks hang out into it
    let middle = touched.get(bins * 2 / 5..bins * 3 / 5)?;
    let most = ((0.12 * usual) as i64).min(MAX_CROSSING);
    let (from, length) = (0..=most)
        .map(|most| widest(middle, most))
        .find(|(_, length)| *length as f32 >= 0.6 * FINE)?;
    let start = (bins * 2 / 5 + from) as f32;
    Some((start * em / FINE, (start + length as f32) * em / FINE))
}

/// The longest run of counts no greater than `most`: where it begins, and its length.
fn widest(counts: &[i64], most: i64) -> (usize, usize) {
    let mut best = (0, 0);
    let mut start = 0;
    for (at, count) in counts.iter().enumerate() {
        if *count > most {
            start = at + 1;
        } else if at + 1 - start > best.1 {
            best = (start, at + 1 - start);
        }
    }
    best
}

/// Whether these are lines of running text: most in one part, this share of them at one distance, and two in five full.
fn is_text(lines: &[Line], extent: (f32, f32), em: f32, share: f32) -> bool {
    let whole = lines.iter().filter(|line| line.segments.len() == 1).count();
    let full = lines
        .iter()
        .filter(|line| extent.1 - line.x1 < 2.1 * em && line.x0 - extent.0 < 3.1 * em)
        .count();
    let gaps: Vec<f32> = lines.windows(2).map(|w| w[1].y - w[0].y).collect();
    let pitch = quantile(&mut gaps.clone(), 0.5);
    let even = gaps
        .iter()
        .filter(|gap| (**gap / pitch - 1.0).abs() < 0.2)
        .count();
    whole * 10 >= lines.len() * 8
        && full * 5 >= lines.len() * 2
        && even as f32 >= share * gaps.len() as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two columns of `count` lines, the right one's lines of these lengths.
    fn page(count: usize, right: &[usize]) -> Page {
        let mut out = Vec::new();
        let mut line = |x: f32, y: f32, length: usize| {
            out.extend((0..length).map(|i| Glyph {
                c: '文',
                x: x + 10.0 * i as f32,
                y,
                width: 10.0,
                size: 10.0,
                turns: 0,
                is_red: false,
            }));
        };
        line(100.0, 40.0, 30);
        for i in 0..count {
            line(60.0, 80.0 + 16.0 * i as f32, 22);
            line(300.0, 80.0 + 16.0 * i as f32, right[i % right.len()]);
        }
        line(280.0, 700.0, 2);
        Page {
            width: 580.0,
            height: 800.0,
            glyphs: out,
            ..Page::default()
        }
    }

    #[test]
    fn columns_of_text_are_read_one_after_the_other() {
        let parts = halves(&page(20, &[22, 22, 15])).expect("two columns").parts;
        assert_eq!(parts[0].glyphs.len(), 30);
        assert_eq!(parts[3].glyphs.len(), 2);
        assert_eq!(parts[1].glyphs.len(), 440);
        assert_eq!((parts[1].glyphs[0].x, parts[2].glyphs[0].x), (20.0, 20.0));
        assert_eq!(parts[1].width, 260.0);
    }

    #[test]
    fn columns_of_a_table_are_not() {
        assert!(halves(&page(20, &[4, 7, 3])).is_none());
        assert!(halves(&page(3, &[22])).is_none());
        assert!(halves(&Page::default()).is_none());
    }
}
