//! Where a term stands: in the documents of one field, or in notices, whose text lies in several. In a field of pairs, a
//! single character stands where the pairs do that begin with it: these may be thousands, so they are read one after
//! another, and only the places are kept.
//!
//! The documents of a notice follow one another, the notice first, and each tells how far behind it stands. So what
//! stands in an activity or a section is told as standing in the notice, at its place in the notice's text.

use crate::index::fields::{Body, LENGTH, PLACE, START};
use crate::index::tokenizer::PAIRS;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;
use tantivy::columnar::Column;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Explanation, Scorer};
use tantivy::schema::{Field, FieldType, IndexRecordOption, Term as Key};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, TantivyError};

/// The documents of one term, in order; of a single character, those of all pairs that begin with it.
#[derive(Clone)]
pub(super) enum List {
    Own(Box<SegmentPostings>),
    Merged(Merged),
    Read(Places),
}

impl List {
    /// The list of a term of a body in a segment; none where it stands nowhere. Where only what stands in some documents
    /// matters, `among` names these in order: the places of a single character, which are read at once, are no more than
    /// those; other lists are whole.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn read(
        reader: &SegmentReader,
        body: Body,
        term: &str,
        record: IndexRecordOption,
        among: Option<&[DocId]>,
    ) -> tantivy::Result<Option<Self>> {
        let blocks = match body.parts.is_some() {
            true => Some(Blocks::new(reader)?),
            false => None,
        };
        if is_read_at_once(reader, body, term) {
            let places = Places::read(reader, body, term, blocks.as_deref(), among)?;
            return Ok(places.map(Self::Read));
        }
        let mut lists = Vec::new();
        for field in body.fields() {
            let index = reader.inverted_index(field)?;
            lists.extend(index.read_postings(&Key::from_field_text(field, term), record)?);
        }
        Ok(match lists.pop() {
            None => None,
            Some(only) if lists.is_empty() && blocks.is_none() => Some(Self::Own(Box::new(only))),
            Some(last) => {
                lists.push(last);
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
            Self::Read(list) => list.doc(),
        }
    }

    pub(super) fn advance(&mut self) -> DocId {
        match self {
            Self::Own(list) => list.advance(),
            Self::Merged(list) => list.settle(),
            Self::Read(list) => list.enter(list.end),
        }
    }

    /// Goes on to a document or the first one behind it.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Own(list) => list.seek(target),
            Self::Merged(list) => list.seek(target),
            Self::Read(list) => list.seek(target),
        }
    }

    /// The document at which it stands and all behind it.
    pub(super) fn all(mut self) -> Vec<DocId> {
        let mut out = Vec::new();
        while self.doc() != TERMINATED {
            out.push(self.doc());
            self.advance();
        }
        out
    }

    /// Where the term stands in the document, in order.
    pub(super) fn positions(&mut self, out: &mut Vec<u32>) {
        match self {
            Self::Own(list) => list.positions(out),
            Self::Merged(list) => {
                out.clear();
                out.extend_from_slice(&list.positions);
            }
            Self::Read(list) => {
                out.clear();
                out.extend(list.here().iter().map(|(_, place)| place));
            }
        }
    }

    /// How often it stands in the document.
    pub(super) fn frequency(&self) -> u32 {
        match self {
            Self::Own(list) => list.term_freq(),
            Self::Merged(list) => list.frequency,
            Self::Read(list) => u32::try_from(list.here().len()).unwrap_or(u32::MAX),
        }
    }

    /// At most so many documents have it.
    pub(super) fn documents(&self) -> u32 {
        match self {
            Self::Own(list) => list.doc_freq(),
            Self::Merged(list) => list.documents,
            Self::Read(list) => list.documents,
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

    /// Where in its notice stands what stands at these places of a document, in order. What surrounds a part is left
    /// out: it surrounds the notice too, where it has its own places.
    fn in_notice(&self, doc: DocId, notice: DocId, places: &[u32]) -> impl Iterator<Item = u32> {
        let (start, within) = match doc == notice {
            true => (0, u32::MAX),
            false => (number(&self.start, doc), self.length(doc)),
        };
        let own = places.iter().take_while(move |place| **place < within);
        own.map(move |place| place + start)
    }
}

fn number(column: &Column<u64>, doc: DocId) -> u32 {
    let value = column.first(doc).unwrap_or(0);
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// Several lists told as one: by notice where they are of notices and their parts, else by document.
#[derive(Clone)]
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
            Some(blocks) => {
                let places = blocks.in_notice(list.doc(), self.doc, &self.buffer);
                self.positions.extend(places);
            }
            None => self.positions.extend_from_slice(&self.buffer),
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

/// Whether a field holds pairs of characters, and a single one only at the end of a text.
fn is_of_pairs(reader: &SegmentReader, field: Field) -> bool {
    let FieldType::Str(options) = reader.schema().get_field_entry(field).field_type() else {
        return false;
    };
    let indexing = options.get_indexing_options();
    indexing.is_some_and(|indexing| indexing.tokenizer() == PAIRS)
}

/// Whether all places of a term are read before the first is told: of a single character in a field of pairs.
pub(super) fn is_read_at_once(reader: &SegmentReader, body: Body, term: &str) -> bool {
    term.chars().nth(1).is_none() && is_of_pairs(reader, body.own)
}

/// Where a single character stands: documents and places in them, eight bytes each.
#[derive(Clone)]
pub(super) struct Places {
    /// In order, none twice; by notice where they are of notices and their parts.
    found: Vec<(DocId, u32)>,
    /// Those of the document at which it stands are from here
    at: usize,
    /// to here.
    end: usize,
    documents: u32,
}

impl Places {
    /// The places of all pairs that begin with a character, one list of them open at a time, perhaps those of some
    /// documents only; none where there are none.
    fn read(
        reader: &SegmentReader,
        body: Body,
        character: &str,
        blocks: Option<&Blocks>,
        among: Option<&[DocId]>,
    ) -> tantivy::Result<Option<Self>> {
        let record = IndexRecordOption::WithFreqsAndPositions;
        let told = |doc| blocks.map_or(doc, |blocks| blocks.notice(doc));
        let mut found = Vec::new();
        let mut buffer = Vec::new();
        for field in body.fields() {
            let index = reader.inverted_index(field)?;
            let mut pairs = index.terms().range().ge(character).into_stream()?;
            while let Some((pair, info)) = pairs.next() {
                if !pair.starts_with(character.as_bytes()) {
                    break;
                }
                let mut list = index.read_postings_from_terminfo(info, record)?;
                let mut left = among;
                loop {
                    if let Some(wanted) = &mut left {
                        next_of(&mut list, wanted, told);
                    }
                    if list.doc() == TERMINATED {
                        break;
                    }
                    list.positions(&mut buffer);
                    match blocks {
                        Some(blocks) => {
                            let notice = blocks.notice(list.doc());
                            let places = blocks.in_notice(list.doc(), notice, &buffer);
                            found.extend(places.map(|place| (notice, place)));
                        }
                        None => found.extend(buffer.iter().map(|place| (list.doc(), *place))),
                    }
                    list.advance();
                }
            }
        }
        if found.is_empty() {
            return Ok(None);
        }
        // In the order of both, compared as one number: there may be millions
        found.sort_unstable_by_key(|(doc, place)| u64::from(*doc) << 32 | u64::from(*place));
        found.dedup();
        found.shrink_to_fit();
        let documents = found.chunk_by(|a, b| a.0 == b.0).count();
        let mut out = Self {
            found,
            at: 0,
            end: 0,
            documents: u32::try_from(documents).unwrap_or(u32::MAX),
        };
        out.enter(0);
        Ok(Some(out))
    }

    fn doc(&self) -> DocId {
        self.found.get(self.at).map_or(TERMINATED, |first| first.0)
    }

    /// The places in the document at which it stands.
    fn here(&self) -> &[(DocId, u32)] {
        &self.found[self.at..self.end]
    }

    /// Goes to the document whose places begin here.
    fn enter(&mut self, at: usize) -> DocId {
        self.at = at;
        let doc = self.doc();
        let own = self.found[at..].iter().take_while(|place| place.0 == doc);
        self.end = at + own.count();
        doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        let before = self.found[self.end..].partition_point(|place| place.0 < target);
        self.enter(self.end + before)
    }
}

/// Goes on to the first document that is told as one of `wanted`, which is left at that one; to the end where none is.
fn next_of(list: &mut SegmentPostings, wanted: &mut &[DocId], told: impl Fn(DocId) -> DocId) {
    while list.doc() != TERMINATED {
        let here = told(list.doc());
        *wanted = from(wanted, here);
        match wanted.first() {
            Some(doc) if *doc == here => return,
            Some(doc) => list.seek((*doc).max(list.doc() + 1)),
            None => list.seek(TERMINATED),
        };
    }
}

/// Those from a document on; near the first ones is looked first.
fn from(docs: &[DocId], first: DocId) -> &[DocId] {
    let mut end = 1;
    while docs.get(end - 1).is_some_and(|doc| *doc < first) {
        end *= 2;
    }
    let (passed, end) = (end / 2, end.min(docs.len()));
    let before = docs[passed..end].partition_point(|doc| *doc < first);
    &docs[passed + before..]
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fields;
    use crate::index::fields::Fields;
    use crate::index::tokenizer::Dictionary;
    use proptest::prelude::*;
    use tantivy::{Index, TantivyDocument};

    /// A segment of notices, each with the texts of its activities; a text that surrounds them stands behind each.
    fn segment(notices: &[Vec<String>]) -> (SegmentReader, Fields) {
        let (schema, fields) = fields::schema();
        let index = Index::create_in_ram(schema);
        Dictionary::default().register(index.tokenizers());
        let mut writer = index
            .writer_with_num_threads(1, 20_000_000)
            .expect("a writer");
        for parts in notices {
            let mut doc = TantivyDocument::default();
            doc.add_text(fields.notice.title, "安全月 安");
            writer.add_document(doc).expect("written");
            let mut start = 0;
            for (place, text) in (1u64..).zip(parts) {
                let mut doc = TantivyDocument::default();
                doc.add_text(fields.activity.all.own, text);
                doc.add_text(fields.activity.all.own, "安排");
                let length = text.chars().count() as u64;
                doc.add_u64(fields.place, place);
                doc.add_u64(fields.start, start);
                doc.add_u64(fields.length, length);
                // Each begins with the last character of the one before it
                start += length - 1;
                writer.add_document(doc).expect("written");
            }
        }
        writer.commit().expect("written");
        let searcher = index.reader().expect("it is there").searcher();
        (searcher.segment_reader(0).clone(), fields)
    }

    fn list(reader: &SegmentReader, body: Body, term: &str) -> Option<List> {
        let record = IndexRecordOption::WithFreqsAndPositions;
        List::read(reader, body, term, record, None).expect("it can be read")
    }

    #[test]
    fn a_field_of_single_characters_is_asked_for_the_character_itself() {
        let (reader, fields) = segment(&[vec!["安全生产月安".to_owned()], vec!["演练".to_owned()]]);
        let mut found = list(&reader, fields.notice.title.into(), "安").expect("it stands there");
        assert!(matches!(found, List::Own(_)));
        let mut places = Vec::new();
        found.positions(&mut places);
        assert_eq!((found.doc(), places), (0, vec![0, 3]));
        assert_eq!((found.advance(), found.advance()), (2, TERMINATED));
        let found = list(&reader, fields.activity.all, "安").expect("it stands there");
        assert!(matches!(found, List::Read(_)));
        assert!(list(&reader, fields.activity.all, "校").is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn a_single_character_stands_where_the_texts_have_it(
            notices in prop::collection::vec(prop::collection::vec("[安全月][安全月校]{1,9}", 1..4), 1..6),
            target in 0..24u32,
            among in prop::collection::btree_set(0..24u32, 0..6),
        ) {
            let notices: Vec<Vec<String>> = notices
                .into_iter()
                .map(|mut parts| {
                    for at in 1..parts.len() {
                        let last = parts[at - 1].chars().last().unwrap_or('安');
                        parts[at] = format!("{last}{}", parts[at]);
                    }
                    parts
                })
                .collect();
            let (reader, fields) = segment(&notices);
            // Each notice's number, and its text
            let mut doc = 0;
            let mut texts = Vec::new();
            for parts in &notices {
                let rest = parts.iter().skip(1).flat_map(|part| part.chars().skip(1));
                texts.push((doc, parts[0].chars().chain(rest).collect::<Vec<char>>()));
                doc += 1 + parts.len() as u32;
            }
            let mut expected = Vec::new();
            for (doc, text) in texts {
                let places: Vec<u32> = (0..).zip(&text).filter(|(_, c)| **c == '校').map(|(at, _)| at).collect();
                if !places.is_empty() {
                    expected.push((doc, places));
                }
            }
            let mut seen = Vec::new();
            let body = fields.notice.all;
            if let Some(mut found) = list(&reader, body, "校") {
                prop_assert_eq!(found.documents() as usize, expected.len());
                while found.doc() != TERMINATED {
                    let mut places = Vec::new();
                    found.positions(&mut places);
                    prop_assert_eq!(found.frequency() as usize, places.len());
                    seen.push((found.doc(), places));
                    found.advance();
                }
                let mut found = list(&reader, body, "校").expect("it stands there");
                let first = expected.iter().map(|(doc, _)| *doc).find(|doc| *doc >= target);
                prop_assert_eq!(found.seek(target), first.unwrap_or(TERMINATED));
            }
            prop_assert_eq!(&seen, &expected);
            // Of some documents, what stands in these
            let among: Vec<DocId> = among.into_iter().collect();
            let record = IndexRecordOption::WithFreqsAndPositions;
            let found = List::read(&reader, body, "校", record, Some(&among));
            let found = found.expect("it can be read").map_or(Vec::new(), List::all);
            let expected = expected.iter().map(|(doc, _)| *doc);
            let expected: Vec<DocId> = expected.filter(|doc| among.contains(doc)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
