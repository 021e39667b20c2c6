//! Where a term stands: in the documents of one field, or in notices, whose text lies in several. A single character
//! stands where the pairs do that begin with it.
//!
//! The documents of a notice follow one another, the notice first, and each tells how far behind it stands. So what
//! stands in an activity or a section is told as standing in the notice, at its place in the notice's text.

use crate::index::fields::{Body, LENGTH, PLACE, START};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;
use tantivy::columnar::Column;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Explanation, Scorer};
use tantivy::schema::{IndexRecordOption, Term as Key};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, TantivyError};

/// The documents of one term, in order; of a single character, those of all pairs that begin with it.
pub(super) enum List {
    Own(Box<SegmentPostings>),
    Merged(Merged),
}

impl List {
    /// The list of a term of a body in a segment; none where it stands nowhere.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn read(
        reader: &SegmentReader,
        body: Body,
        term: &str,
        record: IndexRecordOption,
    ) -> tantivy::Result<Option<Self>> {
        let mut lists = Vec::new();
        for field in body.fields() {
            let index = reader.inverted_index(field)?;
            if term.chars().nth(1).is_some() {
                lists.extend(index.read_postings(&Key::from_field_text(field, term), record)?);
                continue;
            }
            let mut pairs = index.terms().range().ge(term).into_stream()?;
            while let Some((pair, info)) = pairs.next() {
                if !pair.starts_with(term.as_bytes()) {
                    break;
                }
                lists.push(index.read_postings_from_terminfo(info, record)?);
            }
        }
        let of_notices = body.parts.is_some();
        Ok(match lists.pop() {
            None => None,
            Some(only) if lists.is_empty() && !of_notices => Some(Self::Own(Box::new(only))),
            Some(last) => {
                lists.push(last);
                let blocks = match of_notices {
                    true => Some(Blocks::new(reader)?),
                    false => None,
                };
                let merged = Merged::new(lists, blocks, record.has_positions());
                Some(Self::Merged(merged))
            }
        })
    }

    /// The document at which it stands.
    pub(super) fn doc(&self) -> DocId {
        match self {
            Self::Own(list) => list.doc(),
            Self::Merged(list) => list.doc,
        }
    }

    pub(super) fn advance(&mut self) -> DocId {
        match self {
            Self::Own(list) => list.advance(),
            Self::Merged(list) => list.settle(),
        }
    }

    /// Goes on to a document or the first one behind it.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Own(list) => list.seek(target),
            Self::Merged(list) => list.seek(target),
        }
    }

    /// Where the term stands in the document, in order.
    pub(super) fn positions(&mut self, out: &mut Vec<u32>) {
        match self {
            Self::Own(list) => list.positions(out),
            Self::Merged(list) => {
                out.clear();
                out.extend_from_slice(&list.positions);
            }
        }
    }

    /// How often it stands in the document.
    pub(super) fn frequency(&self) -> u32 {
        match self {
            Self::Own(list) => list.term_freq(),
            Self::Merged(list) => list.frequency,
        }
    }

    /// At most so many documents have it.
    pub(super) fn documents(&self) -> u32 {
        match self {
            Self::Own(list) => list.doc_freq(),
            Self::Merged(list) => list.documents,
        }
    }
}

/// The columns that tell where the documents of a notice stand.
#[derive(Clone)]
pub(super) struct Blocks {
    place: Column<u64>,
    start: Column<u64>,
    length: Column<u64>,
}

impl Blocks {
    pub(super) fn new(reader: &SegmentReader) -> tantivy::Result<Arc<Self>> {
        let columns = reader.fast_fields();
        Ok(Arc::new(Self {
            place: columns.u64(PLACE)?,
            start: columns.u64(START)?,
            length: columns.u64(LENGTH)?,
        }))
    }

    /// The notice of a document.
    pub(super) fn notice(&self, doc: DocId) -> DocId {
        if doc == TERMINATED {
            return TERMINATED;
        }
        doc.saturating_sub(number(&self.place, doc))
    }

    /// How many characters the text of a document has.
    pub(super) fn length(&self, doc: DocId) -> u32 {
        number(&self.length, doc)
    }
}

fn number(column: &Column<u64>, doc: DocId) -> u32 {
    let value = column.first(doc).unwrap_or(0);
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// Several lists told as one: by notice where they are of notices and their parts, else by document.
pub(super) struct Merged {
    lists: Vec<SegmentPostings>,
    /// At which document each list that has not ended stands, the first on top.
    next: BinaryHeap<Reverse<(DocId, usize)>>,
    blocks: Option<Arc<Blocks>>,
    documents: u32,
    /// The document at which all of them stand; they are past it already.
    doc: DocId,
    frequency: u32,
    positions: Vec<u32>,
    placed: bool,
    buffer: Vec<u32>,
}

impl Merged {
    fn new(lists: Vec<SegmentPostings>, blocks: Option<Arc<Blocks>>, placed: bool) -> Self {
        let mut out = Self {
            documents: lists.iter().map(|list| list.doc_freq()).sum(),
            lists,
            next: BinaryHeap::new(),
            blocks,
            doc: 0,
            frequency: 0,
            positions: Vec::new(),
            placed,
            buffer: Vec::new(),
        };
        for at in 0..out.lists.len() {
            out.enter(at);
        }
        out.settle();
        out
    }

    /// The document that a document is told as.
    fn told(&self, doc: DocId) -> DocId {
        let blocks = self.blocks.as_ref();
        blocks.map_or(doc, |blocks| blocks.notice(doc))
    }

    /// Puts a list among those that come next, at the document at which it stands.
    fn enter(&mut self, at: usize) {
        match self.told(self.lists[at].doc()) {
            TERMINATED => {}
            doc => self.next.push(Reverse((doc, at))),
        }
    }

    /// Takes out a list that stands before a document.
    fn leave_before(&mut self, doc: DocId) -> Option<usize> {
        let Reverse((first, at)) = *self.next.peek()?;
        (first < doc).then(|| {
            self.next.pop();
            at
        })
    }

    /// Takes the next document of any list.
    fn settle(&mut self) -> DocId {
        self.frequency = 0;
        self.positions.clear();
        self.doc = self.next.peek().map_or(TERMINATED, |first| first.0.0);
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        while let Some(at) = self.leave_before(self.doc + 1) {
            while self.told(self.lists[at].doc()) == self.doc {
                self.take(at);
                self.lists[at].advance();
            }
            self.enter(at);
        }
        if self.placed {
            self.positions.sort_unstable();
            self.positions.dedup();
        }
        self.doc
    }

    /// Takes what a list has where it stands.
    fn take(&mut self, at: usize) {
        let list = &mut self.lists[at];
        self.frequency += list.term_freq();
        if !self.placed {
            return;
        }
        list.positions(&mut self.buffer);
        match &self.blocks {
            // What surrounds a part surrounds the notice too, where it has its own places
            Some(blocks) if list.doc() != self.doc => {
                let start = number(&blocks.start, list.doc());
                let within = blocks.length(list.doc());
                let own = self.buffer.iter().take_while(|place| **place < within);
                self.positions.extend(own.map(|place| place + start));
            }
            _ => self.positions.extend_from_slice(&self.buffer),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        while let Some(at) = self.leave_before(target) {
            if self.lists[at].doc() < target {
                self.lists[at].seek(target);
            }
            // What is of a notice before it
            while self.told(self.lists[at].doc()) < target {
                self.lists[at].advance();
            }
            self.enter(at);
        }
        self.settle()
    }
}

/// What a scorer of ours says of one document.
pub(super) fn explained(
    mut scorer: Box<dyn Scorer>,
    doc: DocId,
    name: &'static str,
) -> tantivy::Result<Explanation> {
    if scorer.doc() > doc || scorer.seek(doc) != doc {
        let message = format!("document {doc} does not match");
        return Err(TantivyError::InvalidArgument(message));
    }
    Ok(Explanation::new(name, scorer.score()))
}
