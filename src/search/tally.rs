//! One pass over the matches: how many, and the counts of the facets.
//!
//! A hit adds one to its setting and one to each of its units, in dense arrays by ordinal; what these mean is looked up
//! once, at the end, for those that were counted: the parts of a notice share its setting. Few activities share a profile,
//! so the values of that are counted at once.

use super::answer::{Count, Facets};
use super::view::{Counts, Room, View};
use crate::index::legend::{Facet, Places, SegmentLegend};
use std::hint::black_box;
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

/// The most values of one facet; an archive has a hundred thousand units.
const MOST_VALUES: usize = 200;

/// Collects the counts by the columns of a view, which are open.
pub(super) struct Tally(pub(super) Arc<View>);

/// What came of it: counts by the places of the legend.
#[derive(Debug)]
pub(super) struct Tallied {
    pub(super) total: usize,
    values: Counts,
    units: Counts,
    view: Arc<View>,
}

pub(super) struct SegmentTally {
    view: Arc<View>,
    room: Room,
    counted: SegmentTallied,
}

pub(super) struct SegmentTallied {
    segment: SegmentOrdinal,
    total: usize,
    settings: Counts,
    /// Of the profiles, by their places in the legend.
    values: Counts,
    units: Counts,
}

impl Collector for Tally {
    type Fruit = Tallied;
    type Child = SegmentTally;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        _: &SegmentReader,
    ) -> tantivy::Result<SegmentTally> {
        let known = self.0.legend.segment(segment);
        let room = |of: fn(&SegmentLegend) -> usize| self.0.room(known.map_or(0, of));
        Ok(SegmentTally {
            view: Arc::clone(&self.0),
            room: Room::default(),
            counted: SegmentTallied {
                segment,
                total: 0,
                settings: room(|s| s.settings.len()),
                values: self.0.room(self.0.legend.len()),
                units: room(|s| s.units.len()),
            },
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<SegmentTallied>) -> tantivy::Result<Tallied> {
        let view = &self.0;
        let mut out = Tallied {
            total: 0,
            values: view.room(view.legend.len()),
            units: view.room(view.legend.units().len()),
            view: Arc::clone(view),
        };
        for tallied in segments {
            out.total += tallied.total;
            if let Some(known) = view.legend.segment(tallied.segment) {
                add_values(&known.settings, tallied.settings.all(), &mut out.values);
                for (place, count) in tallied.values.all() {
                    out.values.add(place as u64, count);
                }
                for (unit, count) in tallied.units.all() {
                    if let Some(place) = known.units.get(unit) {
                        out.units.add((*place).into(), count);
                    }
                }
            }
            for room in [tallied.settings, tallied.values, tallied.units] {
                view.put_back(room);
            }
        }
        Ok(out)
    }
}

/// Adds what combinations mean, some at a time: that of all of them is looked up before any is added, for these are far
/// apart in memory, and only what does not wait for another is fetched beside it.
fn add_values(
    meaning: &Places,
    mut combinations: impl Iterator<Item = (usize, u32)>,
    values: &mut Counts,
) {
    const AT_ONCE: usize = 64;
    loop {
        let mut found: [(&[u32], u32); AT_ONCE] = [(&[], 0); AT_ONCE];
        let mut filled = 0;
        for (slot, (combination, count)) in found.iter_mut().zip(combinations.by_ref()) {
            *slot = (meaning.of(combination), count);
            filled += 1;
        }
        let found = &found[..filled];
        if found.is_empty() {
            return;
        }
        black_box(found.iter().filter_map(|(places, _)| places.first()).max());
        for (places, count) in found {
            places
                .iter()
                .for_each(|place| values.add((*place).into(), *count));
        }
    }
}

impl SegmentCollector for SegmentTally {
    type Fruit = SegmentTallied;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.collect_block(&[doc]);
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        let counted = &mut self.counted;
        counted.total += docs.len();
        let Some(columns) = self.view.columns(counted.segment) else {
            return;
        };
        let room = &mut self.room;
        columns.settings.count(docs, room, &mut counted.settings);
        columns.units.count(docs, room, &mut counted.units);
        if let Some(known) = self.view.legend.segment(counted.segment) {
            let profiles = columns.profiles.read(docs, room).iter();
            let each = profiles.map(|profile| (usize::try_from(*profile).unwrap_or(usize::MAX), 1));
            add_values(&known.profiles, each, &mut counted.values);
        }
    }

    fn harvest(self) -> SegmentTallied {
        self.counted
    }
}

impl Drop for Tallied {
    fn drop(&mut self) {
        for room in [&mut self.values, &mut self.units] {
            self.view.put_back(std::mem::take(room));
        }
    }
}

impl Tallied {
    /// The counts by their names.
    pub(super) fn facets(&self) -> Facets {
        let legend = &self.view.legend;
        let mut found: [Vec<(u32, usize)>; Facet::EVERY.len()] = Default::default();
        for (place, count) in self.values.all() {
            if let Some(facet) = legend.facet(place) {
                found[facet as usize].push((count, place));
            }
        }
        let mut out = Facets::default();
        for (facet, found) in Facet::EVERY.into_iter().zip(found) {
            *slot(&mut out, facet) = match facet {
                // Years and months are read in their order, the latest first
                Facet::Year | Facet::Deadline => {
                    let mut counts = most(found, |place| legend.value(place), usize::MAX);
                    counts.sort_unstable_by(|a, b| b.value.cmp(&a.value));
                    counts.truncate(MOST_VALUES);
                    counts
                }
                _ => most(found, |place| legend.value(place), MOST_VALUES),
            };
        }
        let name = |place: usize| legend.units().get(place).map_or("", String::as_str);
        let units = self.units.all().map(|(place, count)| (count, place));
        out.unit = most(units.collect(), name, MOST_VALUES);
        out
    }

    /// Every count of one facet.
    pub(super) fn of(&self, facet: Facet) -> Vec<Count> {
        let legend = &self.view.legend;
        let of_it = |(place, _): &(usize, u32)| legend.facet(*place) == Some(facet);
        let found = self.values.all().filter(of_it);
        let found = found.map(|(place, count)| (count, place));
        most(found.collect(), |place| legend.value(place), usize::MAX)
    }
}

/// The greatest counts, each with its place, equals in the order of their names, which is that of their places.
fn most<'n>(
    mut found: Vec<(u32, usize)>,
    name: impl Fn(usize) -> &'n str,
    limit: usize,
) -> Vec<Count> {
    let order = |a: &(u32, usize), b: &(u32, usize)| b.0.cmp(&a.0).then(a.1.cmp(&b.1));
    if found.len() > limit {
        found.select_nth_unstable_by(limit, order);
        found.truncate(limit);
    }
    found.sort_unstable_by(order);
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
        let names = ["一", "丁", "丙", "乙", "甲"];
        let counts = [(1, 4), (1, 1), (3, 0), (1, 3)];
        let of = |limit| -> Vec<(String, usize)> {
            let found = most(counts.to_vec(), |place| names[place], limit);
            found.into_iter().map(|c| (c.value, c.count)).collect()
        };
        let owned = |value: &str, count| (value.to_owned(), count);
        assert_eq!(of(2), [owned("一", 3), owned("丁", 1)]);
        let all = [("一", 3), ("丁", 1), ("乙", 1), ("甲", 1)];
        assert_eq!(of(9), all.map(|(value, count)| owned(value, count)));
        assert!(most(Vec::new(), |_| "", 3).is_empty());
    }
}
