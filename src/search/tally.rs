//! One pass over the matches: how many, and the counts of the facets.
//!
//! A hit adds one to its setting, one to its profile and one to each of its units, all in dense arrays by ordinal; what
//! the ordinals mean is looked up once, at the end.

use super::answer::{Count, Facets};
use crate::index::fields::{PROFILE, SETTING, UNIT};
use crate::index::legend::{Facet, Legend};
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
        let length = |of: fn(&crate::index::legend::SegmentLegend) -> usize| known.map_or(0, of);
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
            values: vec![0; legend.len()],
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
        for facet in Facet::EVERY {
            *slot(&mut out, facet) = match facet {
                // Years and months are read in their order, the latest first
                Facet::Year | Facet::Deadline => {
                    let mut counts = self.of(facet, legend, usize::MAX);
                    counts.sort_unstable_by(|a, b| b.value.cmp(&a.value));
                    counts.truncate(MOST_VALUES);
                    counts
                }
                _ => self.of(facet, legend, MOST_VALUES),
            };
        }
        let units = legend.units();
        let name = |place: usize| units.get(place).map_or("", String::as_str);
        out.unit = most(0..units.len(), &self.units, name, MOST_VALUES);
        out
    }

    /// The greatest counts of one facet, at most so many.
    pub(super) fn of(&self, facet: Facet, legend: &Legend, limit: usize) -> Vec<Count> {
        let places = legend.places(facet).iter().map(|place| *place as usize);
        most(places, &self.values, |place| legend.value(place), limit)
    }
}

/// The greatest counts that are not zero, equals in the order of their names. Only those that are given are looked up by name.
fn most<'n>(
    places: impl Iterator<Item = usize>,
    counts: &[u32],
    name: impl Fn(usize) -> &'n str,
    limit: usize,
) -> Vec<Count> {
    let mut found: Vec<(u32, usize)> = places
        .filter_map(|place| counts.get(place).map(|count| (*count, place)))
        .filter(|(count, _)| *count > 0)
        .collect();
    if found.len() > limit {
        // By the count alone first: of the equals at the edge those with the lesser names are to stay
        let (_, &mut (edge, _), _) = found.select_nth_unstable_by(limit - 1, |a, b| b.0.cmp(&a.0));
        let mut equals: Vec<(u32, usize)> = Vec::new();
        found.retain(|one| {
            if one.0 == edge {
                equals.push(*one);
            }
            one.0 > edge
        });
        equals.sort_unstable_by(|a, b| name(a.1).cmp(name(b.1)));
        equals.truncate(limit - found.len());
        found.extend(equals);
    }
    found.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| name(a.1).cmp(name(b.1))));
    found
        .into_iter()
        .map(|(count, place)| Count {
            value: name(place).to_owned(),
            count: count as usize,
        })
        .collect()
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

#[cfg(test)]
mod tests {
    use super::most;

    #[test]
    fn the_most_are_the_greatest_and_then_the_least_names() {
        let names = ["戊", "甲", "丙", "乙", "丁"];
        let counts = [3, 1, 0, 1, 1];
        let of = |limit| -> Vec<(String, usize)> {
            let found = most(0..5, &counts, |place| names[place], limit);
            found.into_iter().map(|c| (c.value, c.count)).collect()
        };
        let owned = |value: &str, count| (value.to_owned(), count);
        assert_eq!(of(2), [owned("戊", 3), owned("丁", 1)]);
        assert_eq!(
            of(9),
            [
                owned("戊", 3),
                owned("丁", 1),
                owned("乙", 1),
                owned("甲", 1)
            ]
        );
        assert!(most(0..0, &[], |_| "", 3).is_empty());
    }
}
