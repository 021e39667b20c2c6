//! Hits put together by notice, series or region: one pass over the matches, a few of the best kept of each group.
//!
//! They stand in the order of an answer without groups: first those that were weighed again, then the others.

use super::cursor::Stretch;
use super::plan::{Mode, Plan};
use super::rank::{self, Order, Ranked, Ranker};
use super::request::Grouping;
use crate::index::fields::SETTING;
use crate::index::legend::{Facet, Legend};
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

/// How many hits of a group are shown.
pub(super) const SHOWN: usize = 3;

/// One group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Place of the value in the legend; none for a notice and for those that have no value.
    pub(super) place: Option<u32>,
    pub(super) total: usize,
    /// The best, in their order.
    pub(super) best: Vec<(Stretch, Ranked)>,
}

/// Every group of the matches, the one with the best hit first.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn all(
    plan: &Plan<'_>,
    by: Grouping,
    order: Order,
    legend: &Arc<Legend>,
) -> tantivy::Result<Vec<Found>> {
    let window = match order {
        Order::Score => rank::window(plan)?,
        Order::Column(..) | Order::Place => Vec::new(),
    };
    let least = window.last().map_or(i64::MAX, |hit| hit.order);
    let collector = Grouped {
        by,
        order,
        legend: Arc::clone(legend),
        window,
    };
    let mut groups = plan.scored(&plan.question(Mode::Exact, None), &collector)?;
    // What follows the window weighs no more than its last
    let rest = groups.iter_mut().flat_map(|group| &mut group.best);
    for (_, hit) in rest.filter(|(stretch, _)| *stretch == Stretch::Rest) {
        hit.order = hit.order.min(least);
    }
    Ok(groups)
}

struct Grouped {
    by: Grouping,
    order: Order,
    legend: Arc<Legend>,
    /// The hits that were weighed again.
    window: Vec<Ranked>,
}

struct SegmentGrouped {
    ranker: Ranker,
    /// Those of the segment that were weighed again.
    window: HashMap<DocId, Ranked>,
    /// The notice's key, or the ordinal of the setting.
    column: Option<Column<u64>>,
    /// The place of the value of each setting; none when grouping by notice.
    places: Option<Vec<Option<u32>>>,
    groups: HashMap<Key, Found>,
}

/// What the hits of a group have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    Notice(u64),
    Place(Option<u32>),
}

impl Found {
    fn take(&mut self, hits: impl IntoIterator<Item = (Stretch, Ranked)>) {
        self.best.extend(hits);
        self.best.sort_unstable();
        self.best.truncate(SHOWN);
    }
}

impl Collector for Grouped {
    type Fruit = Vec<Found>;
    type Child = SegmentGrouped;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentGrouped> {
        let facet = match self.by {
            Grouping::Notice => None,
            Grouping::Series => Some(Facet::Series),
            Grouping::Region => Some(Facet::Region),
        };
        let column = match facet {
            None => Some(reader.fast_fields().u64("key")?),
            Some(_) => reader.fast_fields().str(SETTING)?.map(|c| c.ords().clone()),
        };
        let weighed = self.window.iter();
        let weighed = weighed.filter(|hit| hit.address.segment_ord == segment);
        Ok(SegmentGrouped {
            ranker: Ranker::new(self.order, segment, reader)?,
            window: weighed.map(|hit| (hit.address.doc_id, *hit)).collect(),
            column,
            places: facet.map(|facet| self.legend.values_of_settings(segment, facet)),
            groups: HashMap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.order == Order::Score
    }

    fn merge_fruits(&self, segments: Vec<HashMap<Key, Found>>) -> tantivy::Result<Vec<Found>> {
        let mut all: HashMap<Key, Found> = HashMap::new();
        for (key, found) in segments.into_iter().flatten() {
            match all.get_mut(&key) {
                Some(known) => {
                    known.total += found.total;
                    known.take(found.best);
                }
                None => {
                    all.insert(key, found);
                }
            }
        }
        let mut out: Vec<Found> = all.into_values().collect();
        out.sort_unstable_by(|a, b| a.best.cmp(&b.best));
        Ok(out)
    }
}

impl SegmentCollector for SegmentGrouped {
    type Fruit = HashMap<Key, Found>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let value = self.column.as_ref().and_then(|column| column.first(doc));
        let place = self.places.as_ref().map(|places| {
            let setting = usize::try_from(value.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
            places.get(setting).copied().flatten()
        });
        let key = match place {
            Some(place) => Key::Place(place),
            None => Key::Notice(value.unwrap_or(0)),
        };
        let group = self.groups.entry(key).or_insert_with(|| Found {
            place: place.flatten(),
            total: 0,
            best: Vec::new(),
        });
        group.total += 1;
        if let Some(hit) = self.window.get(&doc) {
            group.take([(Stretch::Window, *hit)]);
            return;
        }
        let order = self.ranker.order(doc, score);
        let may_be_shown = match group.best.last() {
            Some((stretch, worst)) if group.best.len() == SHOWN => {
                *stretch == Stretch::Rest && worst.order <= order
            }
            _ => true,
        };
        if may_be_shown {
            group.take([(Stretch::Rest, self.ranker.ranked(doc, order))]);
        }
    }

    fn harvest(self) -> HashMap<Key, Found> {
        self.groups
    }
}
