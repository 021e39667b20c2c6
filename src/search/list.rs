//! Where a term stands: in the documents of one field, or in notices, whose text lies in several.
//!
//! The documents of a notice follow one another, the notice first, and each tells how far behind it stands. So what
//! stands in an activity or a section is told as standing in the notice, at its place in the notice's text.

use crate::index::fields::{Body, LENGTH, PLACE, START};
use std::sync::Arc;
use tantivy::columnar::Column;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Explanation, Scorer};
use tantivy::schema::{IndexRecordOption, Term as Key};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, TantivyError};

/// The documents of one term, in order.
pub(super) enum List {
    Own(Box<SegmentPostings>),
    Gathered(Gathered),
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
        let read = |field| -> tantivy::Result<Option<SegmentPostings>> {
            let lists = reader.inverted_index(field)?;
            Ok(lists.read_postings(&Key::from_field_text(field, term), record)?)
        };
        if body.parts.is_none() {
            let own = read(body.own)?;
            return Ok(own.map(|list| Self::Own(Box::new(list))));
        }
        let mut lists = Vec::new();
        for field in body.fields() {
            lists.extend(read(field)?);
        }
        if lists.is_empty() {
            return Ok(None);
        }
        let gathered = Gathered::new(lists, Blocks::new(reader)?, record.has_positions());
        Ok(Some(Self::Gathered(gathered)))
    }

    /// The document at which it stands.
    pub(super) fn doc(&self) -> DocId {
        match self {
            Self::Own(list) => list.doc(),
            Self::Gathered(list) => list.doc,
        }
    }

    pub(super) fn advance(&mut self) -> DocId {
        match self {
            Self::Own(list) => list.advance(),
            Self::Gathered(list) => list.settle(),
        }
    }

    /// Goes on to a document or the first one behind it.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Own(list) => list.seek(target),
            Self::Gathered(list) => list.seek(target),
        }
    }

    /// Where the term stands in the document, in order.
    pub(super) fn positions(&mut self, out: &mut Vec<u32>) {
        match self {
            Self::Own(list) => list.positions(out),
            Self::Gathered(list) => {
                out.clear();
                out.extend_from_slice(&list.positions);
            }
        }
    }

    /// How often it stands in the document.
    pub(super) fn frequency(&self) -> u32 {
        match self {
            Self::Own(list) => list.term_freq(),
            Self::Gathered(list) => list.frequency,
        }
    }

    /// At most so many documents have it.
    pub(super) fn documents(&self) -> u32 {
        match self {
            Self::Own(list) => list.doc_freq(),
            Self::Gathered(list) => list.documents,
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

/// The lists of a term in the fields of notices and their parts, told by notice.
pub(super) struct Gathered {
    lists: Vec<SegmentPostings>,
    blocks: Arc<Blocks>,
    documents: u32,
    /// The notice at which all of them stand; they are past it already.
    doc: DocId,
    frequency: u32,
    positions: Vec<u32>,
    placed: bool,
    buffer: Vec<u32>,
}

impl Gathered {
    fn new(lists: Vec<SegmentPostings>, blocks: Arc<Blocks>, placed: bool) -> Self {
        let mut out = Self {
            documents: lists.iter().map(|list| list.doc_freq()).sum(),
            lists,
            blocks,
            doc: 0,
            frequency: 0,
            positions: Vec::new(),
            placed,
            buffer: Vec::new(),
        };
        out.settle();
        out
    }

    /// Takes the next notice of any list.
    fn settle(&mut self) -> DocId {
        let next = self.lists.iter().map(|list| self.blocks.notice(list.doc()));
        self.doc = next.min().unwrap_or(TERMINATED);
        self.frequency = 0;
        self.positions.clear();
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        for list in &mut self.lists {
            let mut doc = list.doc();
            while self.blocks.notice(doc) == self.doc {
                self.frequency += list.term_freq();
                if self.placed {
                    list.positions(&mut self.buffer);
                    let start = number(&self.blocks.start, doc);
                    // What surrounds a part surrounds the notice too, where it has its own places
                    let within = match doc == self.doc {
                        true => u32::MAX,
                        false => self.blocks.length(doc),
                    };
                    let own = self.buffer.iter().take_while(|place| **place < within);
                    self.positions.extend(own.map(|place| place + start));
                }
                doc = list.advance();
            }
        }
        if self.placed {
            self.positions.sort_unstable();
            self.positions.dedup();
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        for list in &mut self.lists {
            let mut doc = list.doc();
            if doc < target {
                doc = list.seek(target);
            }
            // What is of a notice before it
            while self.blocks.notice(doc) < target {
                doc = list.advance();
            }
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
