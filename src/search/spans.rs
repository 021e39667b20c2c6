//! Where terms stand in a document: side by side, near one another, or within its own text.

use super::list;
use super::list::{Blocks, List};
use crate::index::fields::{Body, LENGTH};
use std::sync::Arc;
use tantivy::columnar::Column;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{IndexRecordOption, Term as Key};
use tantivy::{DocId, DocSet, Score, Searcher, SeekDangerResult, SegmentReader, TERMINATED};

/// BM25's, as tantivy has them.
const SATURATION: Score = 1.2;
const NORMALISATION: Score = 0.75;
/// How many notices tell how long one is.
const SAMPLE: u32 = 128;

/// Runs of characters, each told by terms at their offsets, that stand near one another or before a limit.
#[derive(Clone, Debug)]
pub(super) struct Spans(Arc<Wanted>);

#[derive(Debug)]
struct Wanted {
    body: Body,
    runs: Vec<Run>,
    /// The most characters between the first run and the second.
    reach: Option<u32>,
    /// Whether only the characters of the text itself count.
    limited: bool,
    /// Whether a document weighs by how often the run stands in it.
    weighed: bool,
    /// The terms with their fields.
    keys: Vec<Key>,
}

#[derive(Debug)]
struct Run {
    terms: Vec<(usize, String)>,
    length: u32,
}

impl Run {
    fn new(terms: Vec<(usize, String)>, length: usize) -> Self {
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        Self { terms, length }
    }
}

impl Spans {
    fn new(body: Body, runs: Vec<Run>, reach: Option<u32>, limited: bool, weighed: bool) -> Self {
        let terms = runs.iter().flat_map(|run| &run.terms);
        let keys = terms.flat_map(|(_, term)| {
            body.fields()
                .map(|field| Key::from_field_text(field, term))
                .collect::<Vec<_>>()
        });
        Self(Arc::new(Wanted {
            keys: keys.collect(),
            body,
            runs,
            reach,
            limited,
            weighed,
        }))
    }

    /// One run wherever it stands, weighed as a term is.
    pub(super) fn anywhere(body: Body, terms: Vec<(usize, String)>, length: usize) -> Self {
        Self::new(body, vec![Run::new(terms, length)], None, false, true)
    }

    /// One run within the text itself.
    pub(super) fn within(body: Body, terms: Vec<(usize, String)>, length: usize) -> Self {
        Self::new(body, vec![Run::new(terms, length)], None, true, false)
    }

    /// Two runs, in either order and apart, with at most `reach` characters between them; perhaps of the text itself.
    pub(super) fn near(
        body: Body,
        runs: Vec<(Vec<(usize, String)>, usize)>,
        reach: u32,
        limited: bool,
    ) -> Self {
        let runs = runs.into_iter().map(|(t, n)| Run::new(t, n)).collect();
        Self::new(body, runs, Some(reach), limited, false)
    }
}

impl Wanted {
    /// What of the lists is read: places only where something depends on them.
    fn record(&self) -> IndexRecordOption {
        let terms = self.runs.iter().map(|run| run.terms.len()).sum::<usize>();
        match (terms > 1 || self.limited, self.weighed) {
            (true, _) => IndexRecordOption::WithFreqsAndPositions,
            (false, true) => IndexRecordOption::WithFreqs,
            (false, false) => IndexRecordOption::Basic,
        }
    }
}

impl Wanted {
    /// The lists of all terms, each at its first document; none where one of them stands nowhere.
    fn postings(&self, reader: &SegmentReader) -> tantivy::Result<Option<Vec<Placed>>> {
        let mut terms = Vec::new();
        for (run, one) in self.runs.iter().enumerate() {
            terms.extend(one.terms.iter().map(|(offset, term)| (run, *offset, term)));
        }
        // Of what is read at once, only what the rarest of the others leaves can matter
        terms.sort_by_key(|(_, _, term)| list::is_read_at_once(reader, self.body, term));
        let mut out: Vec<Placed> = Vec::new();
        for (run, offset, term) in terms {
            let among = match list::is_read_at_once(reader, self.body, term) {
                true => out.iter().min_by_key(|placed| placed.list.documents()),
                false => None,
            };
            let among = among.map(|rarest| rarest.list.clone().all());
            let among = among.as_deref();
            match List::read(reader, self.body, term, self.record(), among)? {
                Some(list) => out.push(Placed {
                    run,
                    offset: u32::try_from(offset).unwrap_or(u32::MAX),
                    list,
                }),
                None => return Ok(None),
            }
        }
        Ok(Some(out))
    }
}

impl Query for Spans {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let wanted = Arc::clone(&self.0);
        let bm25 = match scoring {
            EnableScoring::Enabled { searcher, .. } if wanted.weighed => {
                Some(Bm25::new(searcher, &wanted)?)
            }
            _ => None,
        };
        Ok(Box::new(SpansWeight { wanted, bm25 }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Key, bool)) {
        for key in &self.0.keys {
            visitor(key, true);
        }
    }
}

/// How a run weighs in a notice, by how often it stands there and how long the notice is.
#[derive(Clone, Copy, Debug)]
struct Bm25 {
    rarity: Score,
    usual: Score,
}

impl Bm25 {
    #[allow(clippy::cast_precision_loss)]
    fn new(searcher: &Searcher, wanted: &Wanted) -> tantivy::Result<Self> {
        let all = searcher.num_docs().max(1) as Score;
        let mut rarity = 0.0;
        for (_, term) in wanted.runs.iter().flat_map(|run| &run.terms) {
            let mut documents = 0;
            for field in wanted.body.fields() {
                documents += searcher.doc_freq(&Key::from_field_text(field, term))?;
            }
            let documents = (documents as Score).min(all);
            rarity += (1.0 + (all - documents + 0.5) / (documents + 0.5)).ln();
        }
        let (mut sum, mut count) = (0.0, 0.0);
        for reader in searcher.segment_readers() {
            let blocks = Blocks::new(reader)?;
            let step = (reader.max_doc() / SAMPLE).max(1) as usize;
            for doc in (0..reader.max_doc()).step_by(step) {
                sum += blocks.length(blocks.notice(doc)) as Score;
                count += 1.0;
            }
        }
        Ok(Self {
            rarity: rarity * (1.0 + SATURATION),
            usual: Score::max(sum / Score::max(count, 1.0), 1.0),
        })
    }

    #[allow(clippy::cast_precision_loss)]
    fn of(&self, frequency: u32, length: u32) -> Score {
        let frequency = frequency as Score;
        let length = 1.0 - NORMALISATION + NORMALISATION * length as Score / self.usual;
        self.rarity * frequency / (frequency + SATURATION * length)
    }
}

struct SpansWeight {
    wanted: Arc<Wanted>,
    bm25: Option<Bm25>,
}

impl Weight for SpansWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let wanted = &self.wanted;
        let Some(mut postings) = wanted.postings(reader)? else {
            return Ok(Box::new(EmptyScorer));
        };
        if postings.is_empty() {
            return Ok(Box::new(EmptyScorer));
        }
        // The rarest leads
        postings.sort_by_key(|placed| placed.list.documents());
        let limit = match wanted.limited {
            true => Some(reader.fast_fields().u64(LENGTH)?),
            false => None,
        };
        let weight = match self.bm25 {
            Some(bm25) => Some((bm25, Blocks::new(reader)?)),
            None => None,
        };
        let mut scorer = SpansScorer {
            wanted: Arc::clone(wanted),
            starts: vec![Vec::new(); wanted.runs.len()],
            read: vec![false; wanted.runs.len()],
            buffer: Vec::new(),
            placed: wanted.record().has_positions(),
            postings,
            limit,
            weight,
            boost,
            doc: 0,
        };
        let first = scorer.postings[0].list.doc();
        scorer.settle(first);
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        list::explained(self.scorer(reader, 1.0)?, doc, "spans")
    }
}

struct Placed {
    run: usize,
    offset: u32,
    list: List,
}

struct SpansScorer {
    wanted: Arc<Wanted>,
    postings: Vec<Placed>,
    /// Whether places are read.
    placed: bool,
    limit: Option<Column<u64>>,
    /// Where each run begins in the document.
    starts: Vec<Vec<u32>>,
    read: Vec<bool>,
    buffer: Vec<u32>,
    weight: Option<(Bm25, Arc<Blocks>)>,
    boost: Score,
    doc: DocId,
}

impl SpansScorer {
    /// The first match from `candidate` on, where the first list stands.
    fn settle(&mut self, mut candidate: DocId) -> DocId {
        'candidates: while candidate != TERMINATED {
            for at in 1..self.postings.len() {
                let list = &mut self.postings[at].list;
                let there = match list.doc() < candidate {
                    true => list.seek(candidate),
                    false => list.doc(),
                };
                if there > candidate {
                    candidate = self.postings[0].list.seek(there);
                    continue 'candidates;
                }
            }
            if self.stands(candidate) {
                break;
            }
            candidate = self.postings[0].list.advance();
        }
        self.doc = candidate;
        candidate
    }

    /// Whether the runs stand in the document as they should; every list stands at it.
    fn stands(&mut self, doc: DocId) -> bool {
        if !self.placed {
            return true;
        }
        self.read.fill(false);
        for placed in &mut self.postings {
            placed.list.positions(&mut self.buffer);
            let begins = self
                .buffer
                .iter()
                .filter_map(|p| p.checked_sub(placed.offset));
            let starts = &mut self.starts[placed.run];
            if self.read[placed.run] {
                let begins: Vec<u32> = begins.collect();
                starts.retain(|start| begins.binary_search(start).is_ok());
            } else {
                starts.clear();
                starts.extend(begins);
                self.read[placed.run] = true;
            }
        }
        if let Some(limit) = &self.limit {
            let limit = limit.first(doc).unwrap_or(0);
            for (run, starts) in self.wanted.runs.iter().zip(&mut self.starts) {
                starts.retain(|start| u64::from(*start) + u64::from(run.length) <= limit);
            }
        }
        match (self.wanted.reach, self.starts.as_slice()) {
            (Some(reach), [left, right]) => {
                let lengths = (self.wanted.runs[0].length, self.wanted.runs[1].length);
                are_near(left, right, lengths.0, reach) || are_near(right, left, lengths.1, reach)
            }
            _ => self.starts.iter().all(|starts| !starts.is_empty()),
        }
    }
}

/// Whether one of `second` begins at most `reach` characters after the end of one of `first`; both in order.
fn are_near(first: &[u32], second: &[u32], length: u32, reach: u32) -> bool {
    first.iter().any(|start| {
        let end = start.saturating_add(length);
        let next = second.partition_point(|s| *s < end);
        second.get(next).is_some_and(|s| *s - end <= reach)
    })
}

impl DocSet for SpansScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        let next = self.postings[0].list.advance();
        self.settle(next)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        let next = self.postings[0].list.seek(target);
        self.settle(next)
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        match self.seek(target) {
            doc if doc == target && doc != TERMINATED => SeekDangerResult::Found,
            doc => SeekDangerResult::SeekLowerBound(doc),
        }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        match self.placed {
            true => self.postings[0].list.documents() / 4,
            false => self.postings[0].list.documents(),
        }
    }

    fn cost(&self) -> u64 {
        u64::from(self.postings[0].list.documents()) * 20
    }
}

impl Scorer for SpansScorer {
    fn score(&mut self) -> Score {
        let Some((bm25, blocks)) = &self.weight else {
            return self.boost;
        };
        let frequency = match self.placed {
            true => u32::try_from(self.starts[0].len()).unwrap_or(u32::MAX),
            false => self.postings[0].list.frequency(),
        };
        self.boost * bm25.of(frequency, blocks.length(self.doc))
    }
}

#[cfg(test)]
mod tests {
    use super::are_near;

    #[test]
    fn near_is_after_the_end_and_within_reach() {
        // Two characters at 3, then something at 8: three between them
        assert!(are_near(&[3], &[8], 2, 3));
        assert!(!are_near(&[3], &[8], 2, 2));
        assert!(are_near(&[3], &[5], 2, 0));
        assert!(!are_near(&[3], &[4], 2, 9), "what overlaps is not beside");
        assert!(!are_near(&[8], &[3], 2, 9));
        assert!(are_near(&[1, 40, 90], &[20, 95], 2, 3));
    }
}
