//! The hits of a page, the best first.
//!
//! Relevance is told in two steps. First the index gives the best by BM25, and may pass over whole blocks that cannot
//! win. Then the best [`WINDOW`] are weighed again, with what stands in titles, as words and as a whole. Pages within
//! the window come from it; later ones go on in the order of BM25 alone.

use super::cursor::{Cursor, Stretch};
use super::plan::{Mode, Plan};
use super::request::{Sort, Within};
use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashSet};
use tantivy::collector::{Collector, SegmentCollector, TopDocs};
use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Query};
use tantivy::{
    DocAddress, DocId, Score, Searcher, SeekDangerResult, SegmentOrdinal, SegmentReader,
};

/// How many hits are weighed again.
pub(super) const WINDOW: usize = 50;
/// How much of its weight a section without a heading keeps.
const HEADLESS: Score = 0.7;

/// A hit in the order of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ranked {
    /// What orders it, the greater first: its score in thousandths, so that the order in which floats were added makes
    /// no difference, or a day.
    pub(super) order: i64,
    key: u64,
    ordinal: u64,
    pub(super) address: DocAddress,
}

impl Ranked {
    /// By order, then by the notice's id and the place in it.
    fn place(&self) -> (std::cmp::Reverse<i64>, u64, u64) {
        (std::cmp::Reverse(self.order), self.key, self.ordinal)
    }

    fn cursor(&self, stretch: Stretch) -> Cursor {
        Cursor {
            stretch,
            order: self.order,
            key: self.key,
            ordinal: self.ordinal,
        }
    }

    fn follows(&self, cursor: &Cursor) -> bool {
        let after = (std::cmp::Reverse(cursor.order), cursor.key, cursor.ordinal);
        self.place() > after
    }
}

impl Ord for Ranked {
    /// The better hit is the lesser one.
    fn cmp(&self, other: &Self) -> Ordering {
        let place = self.place().cmp(&other.place());
        place.then(self.address.cmp(&other.address))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Where a page begins.
#[derive(Clone, Copy, Debug)]
pub(super) enum From {
    /// After so many hits.
    Skip(usize),
    /// After this one.
    After(Cursor),
}

/// A page of hits.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Each with its score in thousandths; 0 where something else orders them.
    pub(super) hits: Vec<(DocAddress, i64)>,
    /// The place of the last, where others follow.
    pub(super) next: Option<Cursor>,
}

impl Page {
    /// The first `size` of the hits, which are those of the page and, if there are such, some that follow.
    fn of(mut hits: Vec<(Ranked, i64, Stretch)>, size: usize) -> Self {
        let more = hits.len() > size;
        hits.truncate(size);
        let last = hits.last().map(|(hit, _, stretch)| hit.cursor(*stretch));
        Self {
            hits: hits.iter().map(|(hit, s, _)| (hit.address, *s)).collect(),
            next: last.filter(|_| more),
        }
    }
}

/// What orders the matches.
pub(super) fn order(plan: &Plan<'_>, sort: Sort) -> Order {
    match sort {
        Sort::Issued => Order::Column("issued", End::Last),
        Sort::Deadline => Order::Column("deadline", End::First),
        Sort::Relevance if plan.is_scored() => Order::Score,
        Sort::Relevance => Order::Place,
    }
}

/// `size` hits from a place on.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn page(plan: &Plan<'_>, sort: Sort, from: From, size: usize) -> tantivy::Result<Page> {
    let order = order(plan, sort);
    if order == Order::Score {
        return by_relevance(plan, from, size);
    }
    let (skip, after) = match from {
        From::Skip(skip) => (skip, None),
        From::After(cursor) => (0, Some(cursor)),
    };
    let first = First {
        keep: skip + size + 1,
        order,
        after,
        known: HashSet::new(),
    };
    let found = plan
        .searcher
        .search(&plan.question(Mode::Exact, None), &first)?;
    let hits = found.into_iter().skip(skip);
    Ok(Page::of(
        hits.map(|hit| (hit, 0, Stretch::Rest)).collect(),
        size,
    ))
}

fn by_relevance(plan: &Plan<'_>, from: From, size: usize) -> tantivy::Result<Page> {
    let window = window(plan)?;
    let within = |hit: &Ranked| match from {
        From::After(cursor) => cursor.stretch == Stretch::Window && hit.follows(&cursor),
        From::Skip(_) => true,
    };
    let (skip, after) = match from {
        From::Skip(skip) => (skip, None),
        From::After(cursor) => (0, (cursor.stretch == Stretch::Rest).then_some(cursor)),
    };
    let mut hits: Vec<(Ranked, i64, Stretch)> = window
        .iter()
        .filter(|hit| within(hit))
        .skip(skip)
        .map(|hit| (*hit, hit.order, Stretch::Window))
        .collect();
    if hits.len() <= size && window.len() >= WINDOW {
        // What follows the window is what the characters alone give, in their order
        let past = skip.saturating_sub(window.len());
        let rest = First {
            keep: past + size + 1 - hits.len(),
            order: Order::Score,
            after,
            known: window.iter().map(|hit| hit.address).collect(),
        };
        let found = plan.scored(&plan.question(Mode::Exact, None), &rest)?;
        let least = window.last().map_or(0, |hit| hit.order);
        for hit in found.into_iter().skip(past) {
            hits.push((hit, hit.order.min(least), Stretch::Rest));
        }
    }
    Ok(Page::of(hits, size))
}

/// The best [`WINDOW`] hits, or all where there are fewer, in their order.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn window(plan: &Plan<'_>) -> tantivy::Result<Vec<Ranked>> {
    let searcher = plan.searcher;
    let best = |mode: Mode| {
        let top = TopDocs::with_limit(WINDOW).order_by_score();
        plan.scored(&plan.question(mode, None), &top)
    };
    let mut found: Vec<(Score, DocAddress)> = best(Mode::Words)?;
    // Where words alone give enough, each hit has its words, and nothing tells hits apart by them
    let mixed = found.len() < WINDOW;
    if mixed {
        let known: HashSet<DocAddress> = found.iter().map(|(_, address)| *address).collect();
        let fragments = best(Mode::Exact)?;
        found.extend(fragments.into_iter().filter(|(_, a)| !known.contains(a)));
    }
    weigh(plan, &plan.bonuses(mixed), &mut found)?;
    headed(plan, &mut found)?;
    let mut window = ranked(searcher, &found)?;
    window.sort_unstable();
    window.truncate(WINDOW);
    Ok(window)
}

/// Adds to each hit what the bonuses give it.
pub(super) fn weigh(
    plan: &Plan<'_>,
    bonuses: &[Box<dyn Query>],
    found: &mut [(Score, DocAddress)],
) -> tantivy::Result<()> {
    found.sort_unstable_by_key(|(_, address)| *address);
    let searcher = plan.searcher;
    let statistics = plan.statistics()?;
    for bonus in bonuses {
        let scoring = EnableScoring::enabled_from_statistics_provider(&statistics, searcher);
        let weight = bonus.weight(scoring)?;
        for hits in found.chunk_by_mut(|a, b| a.1.segment_ord == b.1.segment_ord) {
            let Some(first) = hits.first() else { continue };
            let reader = searcher.segment_reader(first.1.segment_ord);
            let mut scorer = weight.scorer(reader, 1.0)?;
            // No match stands before `bound`; the scorer stands on a match there if it is `settled`
            let mut bound = scorer.doc();
            let mut settled = true;
            for (score, address) in hits.iter_mut() {
                let doc = address.doc_id;
                if doc > bound || (doc == bound && !settled) {
                    match scorer.seek_danger(doc) {
                        SeekDangerResult::Found => (bound, settled) = (doc, true),
                        SeekDangerResult::SeekLowerBound(next) => (bound, settled) = (next, false),
                    }
                }
                if doc == bound && settled {
                    *score += scorer.score();
                }
            }
        }
    }
    Ok(())
}

/// Takes from what has no heading, among sections: leads, closings and tables of contents speak of everything.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn headed(plan: &Plan<'_>, found: &mut [(Score, DocAddress)]) -> tantivy::Result<()> {
    if plan.within != Within::Sections {
        return Ok(());
    }
    let titles = [plan.fields.activity.title, plan.fields.section.title];
    found.sort_unstable_by_key(|(_, address)| *address);
    for hits in found.chunk_by_mut(|a, b| a.1.segment_ord == b.1.segment_ord) {
        let Some(first) = hits.first() else { continue };
        let reader = plan.searcher.segment_reader(first.1.segment_ord);
        let lengths = titles.map(|title| reader.get_fieldnorms_reader(title));
        let [activities, sections] = lengths;
        let lengths = [activities?, sections?];
        for (score, address) in hits.iter_mut() {
            if lengths.iter().all(|l| l.fieldnorm(address.doc_id) == 0) {
                *score *= HEADLESS;
            }
        }
    }
    Ok(())
}

/// Hits with what orders them.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn ranked(
    searcher: &Searcher,
    found: &[(Score, DocAddress)],
) -> tantivy::Result<Vec<Ranked>> {
    let mut rankers: Vec<Option<Ranker>> = Vec::new();
    rankers.resize_with(searcher.segment_readers().len(), || None);
    let mut out = Vec::with_capacity(found.len());
    for (score, address) in found {
        let slot = &mut rankers[address.segment_ord as usize];
        let ranker = match slot {
            Some(ranker) => ranker,
            None => {
                let reader = searcher.segment_reader(address.segment_ord);
                slot.insert(Ranker::new(Order::Score, address.segment_ord, reader)?)
            }
        };
        out.push(ranker.ranked(address.doc_id, thousandths(*score)));
    }
    Ok(out)
}

fn thousandths(score: Score) -> i64 {
    // Scores are small and never NaN; the cast saturates in any case
    #[allow(clippy::cast_possible_truncation)]
    let score = (f64::from(score) * 1000.0).round() as i64;
    score
}

/// What orders matches; equals stand by notice and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// BM25.
    Score,
    /// A column of days; those without one stand last.
    Column(&'static str, End),
    /// Notice and place alone.
    Place,
}

/// Which day of a column comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    First,
    Last,
}

/// Tells the places of a segment's documents in the order.
pub(super) struct Ranker {
    segment: SegmentOrdinal,
    order: Order,
    value: Option<Column<i64>>,
    key: Column<u64>,
    ordinal: Column<u64>,
}

impl Ranker {
    pub(super) fn new(
        order: Order,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        Ok(Self {
            segment,
            order,
            value: match order {
                Order::Column(name, _) => columns.column_opt(name)?,
                Order::Score | Order::Place => None,
            },
            key: columns.u64("key")?,
            ordinal: columns.u64("ordinal")?,
        })
    }

    /// What orders a document.
    pub(super) fn order(&self, doc: DocId, score: Score) -> i64 {
        let values = self.value.iter().flat_map(|c| c.values_for_doc(doc));
        match self.order {
            Order::Score => thousandths(score),
            Order::Column(_, End::First) => values.min().map_or(i64::MIN, |day| -day),
            Order::Column(_, End::Last) => values.max().unwrap_or(i64::MIN),
            Order::Place => 0,
        }
    }

    pub(super) fn ranked(&self, doc: DocId, order: i64) -> Ranked {
        Ranked {
            order,
            key: self.key.first(doc).unwrap_or(0),
            ordinal: self.ordinal.first(doc).unwrap_or(0),
            address: DocAddress::new(self.segment, doc),
        }
    }
}

/// Collects the first `keep` in an order.
struct First {
    keep: usize,
    order: Order,
    /// Only those that follow this place.
    after: Option<Cursor>,
    /// None of these.
    known: HashSet<DocAddress>,
}

struct SegmentFirst {
    keep: usize,
    ranker: Ranker,
    after: Option<Cursor>,
    known: HashSet<DocId>,
    best: BinaryHeap<Ranked>,
}

impl Collector for First {
    type Fruit = Vec<Ranked>;
    type Child = SegmentFirst;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentFirst> {
        let known = self.known.iter().filter(|a| a.segment_ord == segment);
        Ok(SegmentFirst {
            keep: self.keep,
            ranker: Ranker::new(self.order, segment, reader)?,
            after: self.after,
            known: known.map(|address| address.doc_id).collect(),
            best: BinaryHeap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.order == Order::Score
    }

    fn merge_fruits(&self, segments: Vec<Vec<Ranked>>) -> tantivy::Result<Vec<Ranked>> {
        let mut out: Vec<Ranked> = segments.into_iter().flatten().collect();
        out.sort_unstable();
        out.truncate(self.keep);
        Ok(out)
    }
}

impl SegmentCollector for SegmentFirst {
    type Fruit = Vec<Ranked>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let order = self.ranker.order(doc, score);
        let full = self.best.len() >= self.keep;
        if full && self.best.peek().is_none_or(|worst| worst.order > order) {
            return;
        }
        if self.known.contains(&doc) {
            return;
        }
        let hit = self.ranker.ranked(doc, order);
        if self.after.is_some_and(|cursor| !hit.follows(&cursor)) {
            return;
        }
        self.best.push(hit);
        if full {
            self.best.pop();
        }
    }

    fn harvest(self) -> Vec<Ranked> {
        self.best.into_vec()
    }
}
