//! The hits of a page, the best first.
//!
//! Relevance is told in two steps. First the index gives the best by BM25, and may pass over whole blocks that cannot
//! win. Then the best [`WINDOW`] are weighed again, with what stands in titles, as words and as a whole. Pages within
//! the window come from it; later ones go on in the first order.

use super::plan::{Mode, Plan};
use super::request::Sort;
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

/// The hits from `skip` on, `size` of them.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn page(
    plan: &Plan<'_>,
    sort: Sort,
    skip: usize,
    size: usize,
) -> tantivy::Result<Vec<Ranked>> {
    let upto = skip + size;
    let order = match sort {
        Sort::Issued => Some(("issued", false)),
        Sort::Deadline => Some(("deadline", true)),
        Sort::Relevance if !plan.is_scored() => None,
        Sort::Relevance => {
            let mut out = by_relevance(plan, upto)?;
            out.truncate(upto);
            out.drain(..skip.min(out.len()));
            return Ok(out);
        }
    };
    let question = plan.question(Mode::Exact, None);
    let ordered = Ordered { keep: upto, order };
    let mut out = plan.searcher.search(&question, &ordered)?;
    out.drain(..skip.min(out.len()));
    Ok(out)
}

fn by_relevance(plan: &Plan<'_>, upto: usize) -> tantivy::Result<Vec<Ranked>> {
    let searcher = plan.searcher;
    let best = |mode: Mode, most: usize| {
        let top = TopDocs::with_limit(most).order_by_score();
        searcher.search(&plan.question(mode, None), &top)
    };
    let mut found: Vec<(Score, DocAddress)> = best(Mode::Words, WINDOW)?;
    // Where words alone give enough, each hit has its words, and nothing tells hits apart by them
    let mixed = found.len() < WINDOW;
    if mixed {
        let known: HashSet<DocAddress> = found.iter().map(|(_, address)| *address).collect();
        let fragments = best(Mode::Exact, WINDOW)?;
        found.extend(fragments.into_iter().filter(|(_, a)| !known.contains(a)));
    }
    weigh(searcher, &plan.bonuses(mixed), &mut found)?;
    let mut window = ranked(searcher, &found)?;
    window.sort_unstable();
    if upto > WINDOW && window.len() >= WINDOW {
        // What follows the window is what the characters alone give, in their order
        window.truncate(WINDOW);
        let known: HashSet<DocAddress> = window.iter().map(|hit| hit.address).collect();
        let rest: Vec<(Score, DocAddress)> = best(Mode::Exact, upto + WINDOW)?
            .into_iter()
            .filter(|(_, address)| !known.contains(address))
            .collect();
        let least = window.last().map_or(0, |hit| hit.score);
        let mut rest = ranked(searcher, &rest)?;
        for hit in &mut rest {
            hit.score = hit.score.min(least);
        }
        window.extend(rest);
    }
    Ok(window)
}

/// Adds to each hit what the bonuses give it.
fn weigh(
    searcher: &Searcher,
    bonuses: &[Box<dyn Query>],
    found: &mut [(Score, DocAddress)],
) -> tantivy::Result<()> {
    found.sort_unstable_by_key(|(_, address)| *address);
    for bonus in bonuses {
        let weight = bonus.weight(EnableScoring::enabled_from_searcher(searcher))?;
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

fn ranked(searcher: &Searcher, found: &[(Score, DocAddress)]) -> tantivy::Result<Vec<Ranked>> {
    let mut columns: Vec<Option<(Column<u64>, Column<u64>)>> =
        vec![None; searcher.segment_readers().len()];
    let mut out = Vec::with_capacity(found.len());
    for (score, address) in found {
        let slot = &mut columns[address.segment_ord as usize];
        if slot.is_none() {
            let fast = searcher.segment_reader(address.segment_ord).fast_fields();
            *slot = Some((fast.u64("key")?, fast.u64("ordinal")?));
        }
        let first = |column: &Column<u64>| column.first(address.doc_id).unwrap_or(0);
        let (key, ordinal) = slot.as_ref().map_or((0, 0), |(k, o)| (first(k), first(o)));
        out.push(Ranked {
            score: thousandths(*score),
            key,
            ordinal,
            address: *address,
        });
    }
    Ok(out)
}

fn thousandths(score: Score) -> i64 {
    // Scores are small and never NaN; the cast saturates in any case
    #[allow(clippy::cast_possible_truncation)]
    let score = (f64::from(score) * 1000.0).round() as i64;
    score
}

/// Collects the first `keep` by a column, or by their ids alone.
struct Ordered {
    keep: usize,
    /// A column, and whether its least value comes first.
    order: Option<(&'static str, bool)>,
}

struct SegmentOrdered {
    segment: SegmentOrdinal,
    keep: usize,
    least_first: bool,
    value: Option<Column<i64>>,
    key: Column<u64>,
    ordinal: Column<u64>,
    best: BinaryHeap<Ranked>,
}

impl Collector for Ordered {
    type Fruit = Vec<Ranked>;
    type Child = SegmentOrdered;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentOrdered> {
        let columns = reader.fast_fields();
        Ok(SegmentOrdered {
            segment,
            keep: self.keep,
            least_first: self.order.is_some_and(|(_, least_first)| least_first),
            value: match self.order {
                Some((name, _)) => columns.column_opt(name)?,
                None => None,
            },
            key: columns.u64("key")?,
            ordinal: columns.u64("ordinal")?,
            best: BinaryHeap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Vec<Ranked>>) -> tantivy::Result<Vec<Ranked>> {
        let mut out: Vec<Ranked> = segments.into_iter().flatten().collect();
        out.sort_unstable();
        out.truncate(self.keep);
        if self.order.is_some() {
            // What ordered them is no score
            out.iter_mut().for_each(|hit| hit.score = 0);
        }
        Ok(out)
    }
}

impl SegmentCollector for SegmentOrdered {
    type Fruit = Vec<Ranked>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let value = match &self.value {
            Some(column) if self.least_first => {
                column.values_for_doc(doc).min().map_or(i64::MIN, |v| -v)
            }
            Some(column) => column.values_for_doc(doc).max().unwrap_or(i64::MIN),
            None => 0,
        };
        let full = self.best.len() >= self.keep;
        if full && self.best.peek().is_none_or(|worst| worst.score > value) {
            return;
        }
        self.best.push(Ranked {
            score: value,
            key: self.key.first(doc).unwrap_or(0),
            ordinal: self.ordinal.first(doc).unwrap_or(0),
            address: DocAddress::new(self.segment, doc),
        });
        if full {
            self.best.pop();
        }
    }

    fn harvest(self) -> Vec<Ranked> {
        self.best.into_vec()
    }
}
