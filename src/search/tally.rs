//! One pass over the matches: how many, and the counts of the facets.
//!
//! A hit adds one to its setting, one to its profile and one to each of its units, all in dense arrays by ordinal; what
//! the ordinals mean is looked up once, at the end.

use super::answer::{Count, Facets};
use super::legend::{Facet, Legend};
use crate::index::fields::{PROFILE, SETTING, UNIT};
use std::cmp::Reverse;
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, ColumnIndex};
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, Score, SegmentOrdinal, SegmentReader};

/// The most values of one facet; an archive has a hundred thousand units.
const MOST_VALUES: usize = 200;

/// Collects the counts.
pub(super) struct Tally(pub(super) Arc<Legend>);

/// What came of it: counts by the places of the legend.
#[derive(Debug)]
pub(super) struct Tallied {
    pub(super) total: usize,
    values: Vec<u32>,
    units: Vec<u32>,
}

pub(super) struct SegmentTally {
    segment: SegmentOrdinal,
    total: usize,
    settings: Counted,
    profiles: Counted,
    units: Counted,
}

/// The ordinals of a column, each with its count.
struct Counted {
    column: Option<Column<u64>>,
    counts: Vec<u32>,
}

pub(super) struct SegmentTallied {
    segment: SegmentOrdinal,
    total: usize,
    settings: Vec<u32>,
    profiles: Vec<u32>,
    units: Vec<u32>,
}

impl Counted {
    fn new(reader: &SegmentReader, name: &str, values: usize) -> tantivy::Result<Self> {
        let column = reader.fast_fields().str(name)?;
        Ok(Self {
            column: column.map(|column| column.ords().clone()),
            counts: vec![0; values],
        })
    }

    fn add(&mut self, docs: &[DocId]) {
        let Some(column) = &self.column else { return };
        let counts = &mut self.counts;
        let mut count = |ordinal: u64| {
            let slot = usize::try_from(ordinal)
                .ok()
                .and_then(|o| counts.get_mut(o));
            if let Some(slot) = slot {
                *slot += 1;
            }
        };
        if let ColumnIndex::Full = column.index {
            let mut ordinals = [0; COLLECT_BLOCK_BUFFER_LEN];
            for docs in docs.chunks(COLLECT_BLOCK_BUFFER_LEN) {
                column.values.get_vals(docs, &mut ordinals[..docs.len()]);
                ordinals[..docs.len()].iter().for_each(|o| count(*o));
            }
        } else {
            for doc in docs {
                column.values_for_doc(*doc).for_each(&mut count);
            }
        }
    }
}

impl Collector for Tally {
    type Fruit = Tallied;
    type Child = SegmentTally;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentTally> {
        let known = self.0.segment(segment);
        let length = |of: fn(&super::legend::SegmentLegend) -> usize| known.map_or(0, of);
        Ok(SegmentTally {
            segment,
            total: 0,
            settings: Counted::new(reader, SETTING, length(|s| s.settings.len()))?,
            profiles: Counted::new(reader, PROFILE, length(|s| s.profiles.len()))?,
            units: Counted::new(reader, UNIT, length(|s| s.units.len()))?,
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<SegmentTallied>) -> tantivy::Result<Tallied> {
        let legend = &self.0;
        let mut out = Tallied {
            total: 0,
            values: vec![0; legend.values().len()],
            units: vec![0; legend.units().len()],
        };
        for tallied in segments {
            out.total += tallied.total;
            let Some(known) = legend.segment(tallied.segment) else {
                continue;
            };
            for (places, counts) in [
                (&known.settings, tallied.settings),
                (&known.profiles, tallied.profiles),
            ] {
                for (combination, count) in counts.into_iter().enumerate().filter(|(_, n)| *n > 0) {
                    for place in places.of(combination) {
                        out.values[*place as usize] += count;
                    }
                }
            }
            for (place, count) in known.units.iter().zip(tallied.units) {
                out.units[*place as usize] += count;
            }
        }
        Ok(out)
    }
}

impl SegmentCollector for SegmentTally {
    type Fruit = SegmentTallied;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.collect_block(&[doc]);
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        self.total += docs.len();
        self.settings.add(docs);
        self.profiles.add(docs);
        self.units.add(docs);
    }

    fn harvest(self) -> SegmentTallied {
        SegmentTallied {
            segment: self.segment,
            total: self.total,
            settings: self.settings.counts,
            profiles: self.profiles.counts,
            units: self.units.counts,
        }
    }
}

impl Tallied {
    /// The counts by their names.
    pub(super) fn facets(&self, legend: &Legend) -> Facets {
        let mut out = Facets::default();
        let names = legend.values().iter();
        for ((facet, value), count) in names.zip(&self.values).filter(|(_, n)| **n > 0) {
            slot(&mut out, *facet).push(Count {
                value: value.clone(),
                count: *count as usize,
            });
        }
        for facet in [
            Facet::Region,
            Facet::Kind,
            Facet::Level,
            Facet::Campaign,
            Facet::Series,
            Facet::Issuer,
            Facet::ActivityKind,
            Facet::Function,
            Facet::Role,
            Facet::Audience,
        ] {
            by_count(slot(&mut out, facet));
        }
        // Years and months are read in their order, the latest first
        out.year.sort_unstable_by(|a, b| b.value.cmp(&a.value));
        out.deadline.sort_unstable_by(|a, b| b.value.cmp(&a.value));
        out.deadline.truncate(MOST_VALUES);
        out.unit = self.most_units(legend);
        out
    }

    fn most_units(&self, legend: &Legend) -> Vec<Count> {
        let names = legend.units();
        let mut found: Vec<(u32, usize)> = (0..)
            .zip(&self.units)
            .filter(|(_, count)| **count > 0)
            .map(|(place, count)| (*count, place))
            .collect();
        let order = |a: &(u32, usize), b: &(u32, usize)| {
            b.0.cmp(&a.0).then_with(|| names[a.1].cmp(&names[b.1]))
        };
        if found.len() > MOST_VALUES {
            found.select_nth_unstable_by(MOST_VALUES, order);
            found.truncate(MOST_VALUES);
        }
        found.sort_unstable_by(order);
        found
            .into_iter()
            .map(|(count, place)| Count {
                value: names[place].clone(),
                count: count as usize,
            })
            .collect()
    }
}

fn slot(facets: &mut Facets, facet: Facet) -> &mut Vec<Count> {
    match facet {
        Facet::Year => &mut facets.year,
        Facet::Region => &mut facets.region,
        Facet::Kind => &mut facets.kind,
        Facet::Level => &mut facets.level,
        Facet::Campaign => &mut facets.campaign,
        Facet::Series => &mut facets.series,
        Facet::Issuer => &mut facets.issuer,
        Facet::ActivityKind => &mut facets.activity_kind,
        Facet::Function => &mut facets.function,
        Facet::Role => &mut facets.role,
        Facet::Audience => &mut facets.audience,
        Facet::Deadline => &mut facets.deadline,
    }
}

/// The greatest first, equals in the order of their names; the most of them.
fn by_count(counts: &mut Vec<Count>) {
    counts.sort_unstable_by(|a, b| (Reverse(a.count), &a.value).cmp(&(Reverse(b.count), &b.value)));
    counts.truncate(MOST_VALUES);
}
