//! The cells of a sheet that hold something, however far apart, and how they become lines.

use super::super::Mark;
use super::super::Place;
use super::super::written::Written;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;

/// Merged areas of a sheet that are looked at; a sheet of tasks has hundreds.
const MAX_AREAS: usize = 20_000;

/// Bytes that merged areas may repeat in all.
const MAX_REPEATED: usize = 16 << 20;

/// Runs of hidden columns; Excel has 16 384 columns and people hide few.
const MAX_HIDDEN: usize = 256;

/// Cells that are merged into their first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) top: u32,
    pub(super) left: u32,
    pub(super) bottom: u32,
    pub(super) right: u32,
}

/// A sheet's cells by row and column, from 0; empty ones are not held.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: BTreeMap<u32, BTreeMap<u32, String>>,
    areas: Vec<Area>,
    hidden_rows: BTreeSet<u32>,
    /// First and last.
    hidden_columns: Vec<(u32, u32)>,
    /// Bytes held.
    length: usize,
}

impl Grid {
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Bytes of text held.
    pub(super) fn length(&self) -> usize {
        self.length
    }

    pub(super) fn put(&mut self, row: u32, column: u32, text: &str) {
        if text.trim().is_empty() || self.is_hidden(row, column) {
            return;
        }
        self.length += text.len();
        self.rows
            .entry(row)
            .or_default()
            .insert(column, text.to_owned());
    }

    pub(super) fn merge(&mut self, area: Area) {
        if self.areas.len() < MAX_AREAS {
            self.areas.push(area);
        }
    }

    pub(super) fn hide_row(&mut self, row: u32) {
        self.hidden_rows.insert(row);
    }

    pub(super) fn hide_columns(&mut self, first: u32, last: u32) {
        if self.hidden_columns.len() < MAX_HIDDEN {
            self.hidden_columns.push((first, last));
        }
    }

    fn is_hidden(&self, row: u32, column: u32) -> bool {
        self.hidden_rows.contains(&row)
            || self
                .hidden_columns
                .iter()
                .any(|(first, last)| (*first..=*last).contains(&column))
    }

    /// Writes the rows; one whose only cell is merged across, or stands above the table, is a paragraph.
    pub(super) fn write(mut self, written: &mut Written, element: &mut u32) {
        self.repeat_downwards();
        let across: HashMap<(u32, u32), ()> = self
            .areas
            .iter()
            .filter(|area| area.right > area.left)
            .map(|area| ((area.top, area.left), ()))
            .collect();
        let columns: BTreeSet<u32> = self
            .rows
            .values()
            .flat_map(|row| row.keys().copied())
            .collect();
        let places: HashMap<u32, usize> = columns.iter().copied().zip(0..).collect();
        let mut is_above = true;
        let mut cells: Vec<&str> = vec![""; columns.len()];
        for (at, row) in &self.rows {
            if written.is_full() {
                return;
            }
            *element = element.saturating_add(1);
            let mark = Mark {
                place: Place::Element(*element),
                ..Mark::default()
            };
            if let (1, Some((column, text))) = (row.len(), row.first_key_value()) {
                let is_across = across.contains_key(&(*at, *column));
                if is_across || is_above || columns.len() == 1 {
                    let is_centred = is_across && is_above;
                    written.paragraph(text, Mark { is_centred, ..mark });
                    continue;
                }
            }
            is_above = false;
            for (column, text) in row {
                if let Some(cell) = places.get(column).and_then(|place| cells.get_mut(*place)) {
                    *cell = text;
                }
            }
            written.row(cells.iter().copied(), mark);
            cells.fill("");
        }
    }

    /// Each row of a merged area holds what its first cell does, where the row holds anything.
    fn repeat_downwards(&mut self) {
        let mut left = MAX_REPEATED;
        for area in &self.areas {
            let first = self.rows.get(&area.top).and_then(|row| row.get(&area.left));
            let Some(text) = first.cloned().filter(|_| area.bottom > area.top) else {
                continue;
            };
            for (_, row) in self.rows.range_mut(area.top + 1..=area.bottom) {
                let cost = text.len() + 16;
                if cost > left {
                    return;
                }
                left -= cost;
                row.entry(area.left).or_insert_with(|| text.clone());
            }
        }
    }
}
