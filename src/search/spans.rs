//! Where terms stand in a document: near one another, or within its own text.

use std::sync::Arc;
use tantivy::columnar::Column;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{IndexRecordOption, Term as Key};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, TantivyError};

/// Runs of characters, each told by terms at their offsets, that stand near one another or before a limit.
#[derive(Clone, Debug)]
pub(super) struct Spans(Arc<Wanted>);

#[derive(Debug)]
struct Wanted {
    runs: Vec<Run>,
    /// The most characters between the first run and the second.
    reach: Option<u32>,
    /// A column that says how many characters from the beginning count.
    limit: Option<&'static str>,
}

#[derive(Debug)]
struct Run {
    terms: Vec<(usize, Key)>,
    length: u32,
}

impl Run {
    fn new(terms: Vec<(usize, Key)>, length: usize) -> Self {
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        Self { terms, length }
    }
}

impl Spans {
    /// One run within the first characters.
    pub(super) fn within(terms: Vec<(usize, Key)>, length: usize, limit: &'static str) -> Self {
        Self(Arc::new(Wanted {
            runs: vec![Run::new(terms, length)],
            reach: None,
            limit: Some(limit),
        }))
    }

    /// Two runs, in either order and apart, with at most `reach` characters between them.
    pub(super) fn near(
        runs: Vec<(Vec<(usize, Key)>, usize)>,
        reach: u32,
        limit: Option<&'static str>,
    ) -> Self {
        Self(Arc::new(Wanted {
            runs: runs.into_iter().map(|(t, n)| Run::new(t, n)).collect(),
            reach: Some(reach),
            limit,
        }))
    }
}

impl Query for Spans {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(SpansWeight(Arc::clone(&self.0))))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Key, bool)) {
        for (_, key) in self.0.runs.iter().flat_map(|run| &run.terms) {
            visitor(key, true);
        }
    }
}

struct SpansWeight(Arc<Wanted>);

impl Weight for SpansWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut postings = Vec::new();
        for (run, wanted) in self.0.runs.iter().enumerate() {
            for (offset, key) in &wanted.terms {
                let lists = reader.inverted_index(key.field())?;
                match lists.read_postings(key, IndexRecordOption::WithFreqsAndPositions)? {
                    Some(list) => postings.push(Placed {
                        run,
                        offset: u32::try_from(*offset).unwrap_or(u32::MAX),
                        list,
                    }),
                    None => return Ok(Box::new(EmptyScorer)),
                }
            }
        }
        if postings.is_empty() {
            return Ok(Box::new(EmptyScorer));
        }
        // The rarest leads
        postings.sort_by_key(|placed| placed.list.doc_freq());
        let limit = match self.0.limit {
            Some(name) => Some(reader.fast_fields().u64(name)?),
            None => None,
        };
        let mut scorer = SpansScorer {
            wanted: Arc::clone(&self.0),
            starts: vec![Vec::new(); self.0.runs.len()],
            read: vec![false; self.0.runs.len()],
            buffer: Vec::new(),
            postings,
            limit,
            boost,
            doc: 0,
        };
        let first = scorer.postings[0].list.doc();
        scorer.settle(first);
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            let message = format!("document {doc} does not match");
            return Err(TantivyError::InvalidArgument(message));
        }
        Ok(Explanation::new("spans", scorer.score()))
    }
}

struct Placed {
    run: usize,
    offset: u32,
    list: SegmentPostings,
}

struct SpansScorer {
    wanted: Arc<Wanted>,
    postings: Vec<Placed>,
    limit: Option<Column<u64>>,
    /// Where each run begins in the document.
    starts: Vec<Vec<u32>>,
    read: Vec<bool>,
    buffer: Vec<u32>,
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
        self.postings[0].list.size_hint() / 4
    }

    fn cost(&self) -> u64 {
        u64::from(self.postings[0].list.size_hint()) * 20
    }
}

impl Scorer for SpansScorer {
    fn score(&mut self) -> Score {
        self.boost
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
