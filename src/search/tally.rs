//! One pass over the matches: how many, the best of them, and the counts of the facets.
//!
//! Facets are counted by ordinal in dense arrays; their names are looked up only for those that are counted.

use super::answer::Count;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

/// A hit in the order of the answer: higher score, then lower id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ranked {
    /// Score in thousandths, so that the order in which floats were added makes no difference.
    pub(super) score: i64,
    key: u64,
    ordinal: u64,
    pub(super) address: DocAddress,
}

impl Ord for Ranked {
    /// The better hit is the lesser one.
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .score
            .cmp(&self.score)
            .then(self.key.cmp(&other.key))
            .then(self.ordinal.cmp(&other.ordinal))
            .then(self.address.cmp(&other.address))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What is collected: the best `keep` hits, and the values of the columns named.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    pub(super) keep: usize,
    pub(super) texts: Vec<&'static str>,
    pub(super) years: bool,
}

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Tallied {
    pub(super) total: usize,
    pub(super) best: Vec<Ranked>,
    /// In the order of [`Tally::texts`].
    pub(super) texts: Vec<Vec<Count>>,
    pub(super) years: Vec<Count>,
}

pub(super) struct SegmentTally {
    segment: SegmentOrdinal,
    keep: usize,
    total: usize,
    best: BinaryHeap<Ranked>,
    key: Column<u64>,
    ordinal: Column<u64>,
    texts: Vec<Option<(StrColumn, Vec<u32>)>>,
    years: Option<(Column<i64>, HashMap<i64, usize>)>,
}

pub(super) struct SegmentTallied {
    total: usize,
    best: Vec<Ranked>,
    texts: Vec<HashMap<String, usize>>,
    years: HashMap<i64, usize>,
}

impl Collector for Tally {
    type Fruit = Tallied;
    type Child = SegmentTally;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentTally> {
        let columns = reader.fast_fields();
        let mut texts = Vec::with_capacity(self.texts.len());
        for name in &self.texts {
            texts.push(columns.str(name)?.map(|column| {
                let counts = vec![0; column.num_terms()];
                (column, counts)
            }));
        }
        let years = match self.years {
            true => columns.column_opt("year")?.map(|c| (c, HashMap::new())),
            false => None,
        };
        Ok(SegmentTally {
            segment,
            keep: self.keep,
            total: 0,
            best: BinaryHeap::new(),
            key: columns.u64("key")?,
            ordinal: columns.u64("ordinal")?,
            texts,
            years,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.keep > 0
    }

    fn merge_fruits(&self, segments: Vec<SegmentTallied>) -> tantivy::Result<Tallied> {
        let mut out = Tallied::default();
        let mut texts = vec![BTreeMap::new(); self.texts.len()];
        let mut years = BTreeMap::new();
        for segment in segments {
            out.total += segment.total;
            out.best.extend(segment.best);
            for (all, counts) in texts.iter_mut().zip(segment.texts) {
                for (value, count) in counts {
                    *all.entry(value).or_insert(0) += count;
                }
            }
            for (year, count) in segment.years {
                *years.entry(year).or_insert(0) += count;
            }
        }
        out.best.sort_unstable();
        out.best.truncate(self.keep);
        out.texts = texts.into_iter().map(by_count).collect();
        // Years are read in their order, the latest first
        out.years = years
            .into_iter()
            .rev()
            .map(|(year, count)| Count {
                value: year.to_string(),
                count,
            })
            .collect();
        Ok(out)
    }
}

fn by_count(counts: BTreeMap<String, usize>) -> Vec<Count> {
    let mut out: Vec<Count> = counts
        .into_iter()
        .map(|(value, count)| Count { value, count })
        .collect();
    // The sort is stable, and equals stay in the order of their names
    out.sort_by_key(|c| std::cmp::Reverse(c.count));
    out
}

impl SegmentCollector for SegmentTally {
    type Fruit = SegmentTallied;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        for (column, counts) in self.texts.iter_mut().flatten() {
            for ordinal in column.ords().values_for_doc(doc) {
                if let Some(count) = usize::try_from(ordinal)
                    .ok()
                    .and_then(|o| counts.get_mut(o))
                {
                    *count += 1;
                }
            }
        }
        if let Some((column, counts)) = &mut self.years
            && let Some(year) = column.first(doc)
        {
            *counts.entry(year).or_insert(0) += 1;
        }
        self.rank(doc, score);
    }

    fn harvest(self) -> SegmentTallied {
        let texts = self
            .texts
            .into_iter()
            .map(|column| column.map(named).unwrap_or_default())
            .collect();
        SegmentTallied {
            total: self.total,
            best: self.best.into_vec(),
            texts,
            years: self.years.map(|(_, counts)| counts).unwrap_or_default(),
        }
    }
}

impl SegmentTally {
    fn rank(&mut self, doc: DocId, score: Score) {
        if self.keep == 0 {
            return;
        }
        // Scores are small and never NaN; the cast saturates in any case
        #[allow(clippy::cast_possible_truncation)]
        let score = (f64::from(score) * 1000.0).round() as i64;
        let full = self.best.len() >= self.keep;
        if full && self.best.peek().is_some_and(|worst| worst.score > score) {
            return;
        }
        let hit = Ranked {
            score,
            key: self.key.first(doc).unwrap_or(0),
            ordinal: self.ordinal.first(doc).unwrap_or(0),
            address: DocAddress::new(self.segment, doc),
        };
        self.best.push(hit);
        if full {
            self.best.pop();
        }
    }
}

fn named((column, counts): (StrColumn, Vec<u32>)) -> HashMap<String, usize> {
    let mut out = HashMap::new();
    for (ordinal, count) in (0u64..).zip(counts) {
        let mut value = String::new();
        if count > 0 && column.ord_to_str(ordinal, &mut value).unwrap_or(false) {
            out.insert(value, count as usize);
        }
    }
    out
}
