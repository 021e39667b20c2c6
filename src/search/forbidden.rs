//! What a NOT forbids, wrapped so that tantivy may ask it about documents that it has passed.
//!
//! tantivy 0.27 asks an excluded scorer about every candidate with `seek_danger`, also about those before the
//! scorer's own document; a phrase's scorer asserts that this never happens. The default `seek_danger` over
//! plain `seek` looks before it leaps.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, Term};

/// A query for `Occur::MustNot`.
#[derive(Debug)]
pub(super) struct Forbidden(pub(super) Box<dyn Query>);

impl Clone for Forbidden {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for Forbidden {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ForbiddenWeight(self.0.weight(scoring)?)))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.0.query_terms(visitor);
    }
}

struct ForbiddenWeight(Box<dyn Weight>);

impl Weight for ForbiddenWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(ForbiddenScorer(self.0.scorer(reader, boost)?)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(reader, doc)
    }
}

struct ForbiddenScorer(Box<dyn Scorer>);

impl DocSet for ForbiddenScorer {
    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.0.seek(target)
    }

    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.0.size_hint()
    }

    fn cost(&self) -> u64 {
        self.0.cost()
    }
}

impl Scorer for ForbiddenScorer {
    fn score(&mut self) -> Score {
        self.0.score()
    }
}
