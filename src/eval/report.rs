//! The report: a row a field, as a table for people and as JSON for programs.

use super::key::Bag;
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt;

/// What was counted.
#[derive(Clone, Debug)]
pub struct Report {
    rows: Vec<Row>,
    /// Notices of the gold answers without a record, by name; all their answers count as missed.
    pub without_record: Vec<String>,
    /// What was missed and what was wrongly added, in the order of the gold files and fields.
    pub misses: Vec<Miss>,
}

/// One field's counts over all notices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Such as `outline`.
    pub field: &'static str,
    /// Keys that are in both.
    pub hit: usize,
    /// Keys that the gold answers hold.
    pub gold: usize,
    /// Keys that the records hold.
    pub got: usize,
    /// Notices without a miss.
    pub right: usize,
    /// Notices that were scored on this field.
    pub scored: usize,
}

/// One key that only one side holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// Base name of the notice.
    pub notice: String,
    /// Such as `outline`.
    pub field: &'static str,
    /// Whether the record holds what the gold answers do not; else it is the other way round.
    pub added: bool,
    /// The key in its comparable form.
    pub key: String,
}

impl Row {
    /// The share of what the records hold that is right; of nothing, 1 when nothing was asked, else 0.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.hit, self.got, self.gold)
    }

    /// The share of what was asked that the records hold; of nothing, 1 when they hold nothing, else 0.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.hit, self.gold, self.got)
    }

    /// The harmonic mean of the two; 0 when both are.
    #[must_use]
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        }
    }
}

fn share(hit: usize, of: usize, other: usize) -> f64 {
    if of > 0 {
        hit as f64 / of as f64
    } else if other == 0 {
        1.0
    } else {
        0.0
    }
}

impl Report {
    pub(super) fn new(fields: impl Iterator<Item = &'static str>) -> Self {
        let rows = fields.map(|field| Row {
            field,
            hit: 0,
            gold: 0,
            got: 0,
            right: 0,
            scored: 0,
        });
        Self {
            rows: rows.collect(),
            without_record: Vec::new(),
            misses: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, index: usize, notice: &str, want: &Bag, got: &Bag) {
        let Some(row) = self.rows.get_mut(index) else {
            return;
        };
        row.hit += want.shared_with(got);
        row.gold += want.len();
        row.got += got.len();
        row.right += usize::from(want == got);
        row.scored += 1;
        let field = row.field;
        for (added, here, there) in [(false, want, got), (true, got, want)] {
            self.misses.extend(here.beyond(there).map(|key| Miss {
                notice: notice.to_owned(),
                field,
                added,
                key: key.to_string(),
            }));
        }
    }

    /// The fields that at least one gold file was scored on, in the contract's order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.scored > 0)
    }

    /// The row of a field, when it was scored.
    #[must_use]
    pub fn row(&self, field: &str) -> Option<&Row> {
        self.rows().find(|row| row.field == field)
    }
}

/// As a table.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:16}{:>10}{:>8}{:>8}{:>7}{:>7}  notices right",
            "field", "precision", "recall", "F1", "gold", "got"
        )?;
        for row in self.rows() {
            writeln!(
                f,
                "{:16}{:>10.3}{:>8.3}{:>8.3}{:>7}{:>7}  {}/{}",
                row.field,
                row.precision(),
                row.recall(),
                row.f1(),
                row.gold,
                row.got,
                row.right,
                row.scored
            )?;
        }
        Ok(())
    }
}

/// As `- NOTICE FIELD: KEY` for what was missed, with `+` for what was added.
impl fmt::Display for Miss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.added { '+' } else { '-' };
        write!(f, "{sign} {} {}: {}", self.notice, self.field, self.key)
    }
}

/// As an object of fields in the contract's order, figures to four places.
impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for row in self.rows() {
            map.serialize_entry(row.field, row)?;
        }
        map.end()
    }
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(6))?;
        map.serialize_entry("precision", &four_places(self.precision()))?;
        map.serialize_entry("recall", &four_places(self.recall()))?;
        map.serialize_entry("f1", &four_places(self.f1()))?;
        map.serialize_entry("gold", &self.gold)?;
        map.serialize_entry("got", &self.got)?;
        map.serialize_entry("exact", &format!("{}/{}", self.right, self.scored))?;
        map.end()
    }
}

/// Rounded by way of the decimal form, which rounds the exact value and not a product of it.
fn four_places(figure: f64) -> f64 {
    format!("{figure:.4}").parse().unwrap_or(figure)
}
