//! What is so of a notice is so of its parts: the activities and sections of the notices that a query finds.

use super::list;
use super::list::Blocks;
use std::sync::Arc;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Term as Key;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

/// The parts of the notices that a query finds, each with the notice's score.
#[derive(Debug)]
pub(super) struct Inherited(pub(super) Box<dyn Query>);

impl Clone for Inherited {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for Inherited {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(InheritedWeight(self.0.weight(scoring)?)))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Key, bool)) {
        self.0.query_terms(visitor);
    }
}

struct InheritedWeight(Box<dyn Weight>);

impl Weight for InheritedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let notices = self.0.scorer(reader, boost)?;
        if notices.doc() == TERMINATED {
            return Ok(Box::new(EmptyScorer));
        }
        let mut scorer = InheritedScorer {
            notices,
            blocks: Blocks::new(reader)?,
            end: reader.max_doc(),
            doc: 0,
        };
        scorer.enter();
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        list::explained(self.scorer(reader, 1.0)?, doc, "of the notice")
    }
}

struct InheritedScorer {
    /// Stands at the notice of `doc`.
    notices: Box<dyn Scorer>,
    blocks: Arc<Blocks>,
    end: DocId,
    doc: DocId,
}

impl InheritedScorer {
    /// The first part of the notice that was found, or of the next one that has a part.
    fn enter(&mut self) -> DocId {
        loop {
            let notice = self.notices.doc();
            if notice == TERMINATED {
                self.doc = TERMINATED;
                return TERMINATED;
            }
            if self.is_of(notice + 1, notice) {
                self.doc = notice + 1;
                return self.doc;
            }
            self.notices.advance();
        }
    }

    fn is_of(&self, doc: DocId, notice: DocId) -> bool {
        doc < self.end && doc != notice && self.blocks.notice(doc) == notice
    }
}

impl DocSet for InheritedScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        if self.is_of(self.doc + 1, self.notices.doc()) {
            self.doc += 1;
            return self.doc;
        }
        self.notices.advance();
        self.enter()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        if target >= self.end {
            self.doc = TERMINATED;
            return TERMINATED;
        }
        let notice = self.blocks.notice(target);
        if self.notices.doc() < notice {
            self.notices.seek(notice);
        }
        if self.is_of(target, self.notices.doc()) {
            self.doc = target;
            return target;
        }
        self.enter()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.notices.size_hint().saturating_mul(8)
    }

    fn cost(&self) -> u64 {
        self.notices.cost().saturating_mul(8)
    }
}

impl Scorer for InheritedScorer {
    fn score(&mut self) -> Score {
        self.notices.score()
    }
}
