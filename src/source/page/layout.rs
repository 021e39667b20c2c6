//! How a document sets its text: where it begins and ends on the pages, how far lines and paragraphs stand apart.

use super::Item;
use super::Sheet;
use super::flow::begins_item;
use super::lines::Line;
use super::quantile;
use crate::text::fold::is_blank;

/// Where the text stands on a page: its left and right edge.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) right: f32,
}

/// How the document sets its text.
pub(super) struct Layout {
    /// The size of most of the text.
    pub(super) size: f32,
    /// From one baseline to the next within a paragraph; 0 where nothing tells.
    pub(super) pitch: f32,
    /// From more than this on, two baselines belong to two paragraphs.
    pub(super) far: f32,
    /// Whether paragraphs stand further apart than lines.
    pub(super) is_spaced: bool,
    /// The edges by the width of the page and whether its number is even.
    areas: Vec<((i32, bool), Area)>,
    /// How far first lines are set in; none where they are not.
    pub(super) indent: Option<f32>,
    /// Whether paragraphs with a marker begin at the left edge.
    pub(super) has_flush_markers: bool,
    /// How many characters a full line has, where the writer counted them and did not measure.
    count: Option<usize>,
}

impl Layout {
    pub(super) fn of(sheets: &[Sheet]) -> Self {
        let lines = || {
            sheets.iter().flat_map(|sheet| {
                sheet.items.iter().filter_map(move |item| match item {
                    Item::Line(line) => Some((sheet, line)),
                    Item::Table(_) => None,
                })
            })
        };
        let mut sizes: Vec<(f32, usize)> = Vec::new();
        for (_, line) in lines() {
            let length = line.text.len();
            let alike = sizes
                .iter()
                .position(|(size, _)| (size / line.size - 1.0).abs() < 0.04);
            match alike {
                Some(at) => sizes[at].1 += length,
                None if sizes.len() < 200 => sizes.push((line.size, length)),
                None => {}
            }
        }
        let size = sizes
            .iter()
            .max_by_key(|(_, count)| *count)
            .map_or(12.0, |(size, _)| *size);
        let mut layout = Self {
            size,
            pitch: 0.0,
            far: 0.0,
            is_spaced: false,
            areas: Vec::new(),
            indent: None,
            has_flush_markers: false,
            count: None,
        };
        let is_body = |line: &Line| (line.size / size - 1.0).abs() < 0.12;
        let mut keys: Vec<(i32, bool)> = sheets.iter().map(page_key).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let of_key = |both: bool| -> Vec<(&Sheet, &Line)> {
                lines()
                    .filter(|(sheet, line)| {
                        let (width, is_even) = page_key(sheet);
                        width == key.0 && (both || is_even == key.1) && is_body(line)
                    })
                    .collect()
            };
            let mut found = of_key(false);
            if found.len() < 20 {
                found = of_key(true);
            }
            layout.areas.push((key, area(&found, size)));
        }
        let (mut pitches, mut breaks) = (Vec::new(), Vec::new());
        let mut counts: Vec<usize> = Vec::new();
        let mut indents = Vec::new();
        let (mut at_edge, mut set_in, mut flush_markers) = (0, 0, 0);
        for sheet in sheets {
            let area = layout.area(sheet);
            for pair in sheet.items.windows(2) {
                let [Item::Line(a), Item::Line(b)] = pair else {
                    continue;
                };
                if !is_body(a) || !is_body(b) {
                    continue;
                }
                let gap = b.y - a.y;
                if layout.is_centred(b, area) || b.x0 > area.left + 5.0 * size {
                    continue;
                }
                if a.x0 < area.left + 0.5 * size && b.x0 < area.left + 0.5 * size && gap > 0.0 {
                    counts.push(a.text.chars().filter(|c| !is_blank(*c)).count());
                }
                let ended = area.right - a.x1 > b.head + 0.6 * size;
                if gap > 0.8 * size && gap < 3.5 * size {
                    if ended { &mut breaks } else { &mut pitches }.push(gap);
                }
                if ended && b.x0 > area.left + 1.2 * size {
                    set_in += 1;
                    indents.push(b.x0 - area.left);
                } else if ended && b.x1 > area.right - 12.0 * size {
                    at_edge += 1;
                    flush_markers += usize::from(begins_item(&b.text));
                } else if ended {
                    flush_markers += usize::from(begins_item(&b.text));
                }
            }
        }
        let (least, between) = (breaks.len().min(pitches.len()), quantile(&mut breaks, 0.5));
        layout.pitch = quantile(&mut pitches, 0.4);
        // documents that leave room between paragraphs leave it between most
        layout.is_spaced = least >= 3 && between > 1.12 * layout.pitch;
        layout.far = if layout.is_spaced {
            layout.pitch.midpoint(between)
        } else {
            (1.4 * layout.pitch).max(layout.pitch + 0.3 * size)
        };
        if set_in > at_edge {
            layout.indent = Some(quantile(&mut indents, 0.5));
        }
        counts.sort_unstable();
        let usual = counts.chunk_by(|a, b| a == b).max_by_key(|same| same.len());
        layout.count = usual
            .filter(|same| same.len() >= 4 && same.len() * 10 >= counts.len() * 7)
            .and_then(|same| same.first().copied());
        layout.has_flush_markers = flush_markers > 1 || layout.indent.is_none();
        layout
    }

    pub(super) fn area(&self, sheet: &Sheet) -> Area {
        let key = page_key(sheet);
        let found = self.areas.iter().find(|(k, _)| *k == key);
        found.map_or(
            Area {
                left: 0.0,
                right: sheet.width,
            },
            |(_, area)| *area,
        )
    }

    pub(super) fn is_centred(&self, line: &Line, area: Area) -> bool {
        let (before, after) = (line.x0 - area.left, area.right - line.x1);
        let is_even = (before - after).abs() < 1.1 * line.size.max(self.size);
        let is_large = line.size > 1.12 * self.size;
        // a line set in as first lines are may end as far from the right by chance
        let is_first = self
            .indent
            .is_some_and(|i| (before - i).abs() < 0.12 * line.size);
        is_even
            && (is_large || !is_first)
            && (before > 1.5 * line.size || is_large && before > -0.5 * line.size)
    }

    /// Whether the line has as many characters as a full line, its indent among them.
    pub(super) fn is_counted_full(&self, line: &Line, area: Area) -> bool {
        let indent = ((line.x0 - area.left) / line.size).round().max(0.0) as usize;
        let length = line.text.chars().filter(|c| !is_blank(*c)).count();
        self.count == Some(indent + length)
    }
}

fn page_key(sheet: &Sheet) -> (i32, bool) {
    ((sheet.width / 20.0) as i32, sheet.number.is_multiple_of(2))
}

/// The marks that may hang out.
const HANGING: [char; 8] = ['，', '。', '、', '；', '：', '！', '？', '．'];

/// The edges of the text that these lines make.
fn area(lines: &[(&Sheet, &Line)], size: f32) -> Area {
    let mut starts: Vec<f32> = lines.iter().map(|(_, line)| line.x0).collect();
    starts.sort_by(f32::total_cmp);
    let frequent = (lines.len() / 12).max(2);
    // the smallest place where lines begin again and again
    let left = (0..starts.len())
        .find(|&i| {
            starts[i..]
                .iter()
                .take_while(|x| **x < starts[i] + 0.35 * size)
                .count()
                >= frequent
        })
        .or_else(|| (!starts.is_empty()).then_some(0))
        .map_or(0.0, |i| starts[i]);
    // a mark at the end of a line may hang out over the edge
    let mut ends: Vec<f32> = lines
        .iter()
        .map(|(_, line)| {
            line.x1
                - if line.text.ends_with(HANGING) {
                    line.size
                } else {
                    0.0
                }
        })
        .collect();
    ends.sort_by(|a, b| b.total_cmp(a));
    let frequent = (lines.len() / 20).max(2);
    let reached = (0..ends.len())
        .find(|&i| {
            ends[i..]
                .iter()
                .take_while(|x| **x > ends[i] - 0.6 * size)
                .count()
                >= frequent
        })
        .or_else(|| (!ends.is_empty()).then_some(0))
        .map_or(0.0, |i| ends[i]);
    // most lines of justified text end at one place; marks may hang out behind it
    let near: Vec<f32> = ends
        .iter()
        .copied()
        .filter(|x| *x <= reached && *x > reached - 1.3 * size)
        .collect();
    let sharp = near
        .iter()
        .map(|x| {
            (
                near.iter()
                    .filter(|y| (**y - x).abs() < 0.15 * size)
                    .count(),
                *x,
            )
        })
        .max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let right = match sharp {
        Some((count, x)) if count * 2 > near.len() && count > 2 => x,
        _ => reached,
    };
    let full = ends.iter().filter(|x| **x > right - 1.3 * size).count();
    // where no line need be full, the margins are taken to be alike
    let width = lines.first().map_or(0.0, |(sheet, _)| sheet.width);
    let is_sure = full >= 3 && full * 5 >= lines.len() && right > width - 1.3 * left - 2.0 * size
        || full >= 8 && full * 5 >= lines.len() * 2;
    let right = if is_sure {
        right
    } else {
        right.max(width - left)
    };
    Area { left, right }
}
