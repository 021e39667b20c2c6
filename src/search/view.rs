//! One view of the index as its facets are counted: the columns opened, what their ordinals mean, and room to count in.
//!
//! Opening a column reads all of its blocks, and an array as long as a dictionary takes longer to make than most questions
//! have matches. So both are made once a view.

use crate::index::fields::{PROFILE, SETTING, UNIT};
use crate::index::legend::Legend;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tantivy::columnar::{Column, ColumnIndex};
use tantivy::{DocId, Searcher, SegmentOrdinal, SegmentReader};

/// So much room to count in is kept for the next questions: some questions' worth.
const MOST_SPARE: usize = 20;

/// What facets of a view are counted by.
#[derive(Debug)]
pub(super) struct View {
    pub(super) legend: Arc<Legend>,
    columns: OnceLock<Vec<Columns>>,
    spare: Mutex<Vec<Counts>>,
}

impl View {
    /// Of the index in a folder.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn of(searcher: &Searcher, dir: &Path) -> tantivy::Result<Self> {
        Ok(Self {
            legend: Arc::new(Legend::of(searcher, dir)?),
            columns: OnceLock::new(),
            spare: Mutex::default(),
        })
    }

    /// Opens the columns, if none has yet.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn open(&self, searcher: &Searcher) -> tantivy::Result<()> {
        if self.columns.get().is_none() {
            let readers = searcher.segment_readers().iter();
            let opened = readers.map(Columns::open).collect::<Result<_, _>>()?;
            // Another may have opened the same meanwhile
            let _ = self.columns.set(opened);
        }
        Ok(())
    }

    /// The columns of a segment, once they are open.
    pub(super) fn columns(&self, segment: SegmentOrdinal) -> Option<&Columns> {
        self.columns.get()?.get(segment as usize)
    }

    /// Room for so many counts, all zero.
    pub(super) fn room(&self, places: usize) -> Counts {
        let mut room = self.kept().pop().unwrap_or_default();
        room.counts.resize(places.max(room.counts.len()), 0);
        room
    }

    /// Takes room back.
    pub(super) fn put_back(&self, mut room: Counts) {
        room.clear();
        let mut kept = self.kept();
        if kept.len() < MOST_SPARE {
            kept.push(room);
        }
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Counts>> {
        // Room is put in whole and cleared, whatever befell another
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts by place, in a dense array, and the places that have one.
#[derive(Debug, Default)]
pub(super) struct Counts {
    counts: Vec<u32>,
    counted: Vec<u32>,
}

impl Counts {
    /// Adds to a place; one that there is no room for is none.
    #[inline]
    pub(super) fn add(&mut self, place: u64, count: u32) {
        let slot = usize::try_from(place)
            .ok()
            .and_then(|place| self.counts.get_mut(place));
        if let Some(slot) = slot {
            if *slot == 0 {
                // It is a place of the array
                #[allow(clippy::cast_possible_truncation)]
                self.counted.push(place as u32);
            }
            *slot += count;
        }
    }

    /// The places that were counted, each with its count; in no order.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, u32)> {
        let counted = self.counted.iter().map(|place| *place as usize);
        counted.map(|place| (place, self.counts.get(place).copied().unwrap_or(0)))
    }

    fn clear(&mut self) {
        for place in self.counted.drain(..) {
            if let Some(slot) = self.counts.get_mut(place as usize) {
                *slot = 0;
            }
        }
    }
}

/// The columns of a segment that facets count.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) settings: Ordinals,
    pub(super) profiles: Ordinals,
    pub(super) units: Ordinals,
}

impl Columns {
    fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let open = |name| Ordinals::open(reader, name);
        Ok(Self {
            settings: open(SETTING)?,
            profiles: open(PROFILE)?,
            units: open(UNIT)?,
        })
    }
}

/// The ordinals of the strings of each document.
#[derive(Debug)]
pub(super) enum Ordinals {
    None,
    /// One each.
    One(Column<u64>),
    /// Some each.
    Some(Several),
}

/// A column of some values for each document.
#[derive(Debug)]
pub(super) struct Several {
    column: Column<u64>,
    docs: DocId,
    /// Where the values of each document begin: made when so many documents were read without that it would have paid.
    bounds: OnceLock<Vec<u32>>,
    read: AtomicUsize,
}

impl Several {
    /// Puts together at which rows the values of documents stand.
    fn rows(&self, docs: &[DocId], room: &mut Room) {
        let Room { rows, between, .. } = room;
        let known = match self.bounds.get() {
            None => {
                let read = self.read.fetch_add(docs.len(), Ordering::Relaxed);
                let pays = read > self.docs as usize / 4;
                pays.then(|| {
                    let made = || bounds(&self.column.index, self.docs);
                    self.bounds.get_or_init(made)
                })
            }
            known => known,
        };
        // All bounds first: none of them waits for another
        between.clear();
        between.extend(docs.iter().map(|doc| {
            let at = *doc as usize;
            match known.map(|bounds| bounds.get(at..at + 2)) {
                Some(Some([from, until])) => *from..*until,
                _ => self.column.index.value_row_ids(*doc),
            }
        }));
        rows.extend(between.iter().cloned().flatten());
    }
}

impl Ordinals {
    fn open(reader: &SegmentReader, name: &str) -> tantivy::Result<Self> {
        let Some(column) = reader.fast_fields().str(name)? else {
            return Ok(Self::None);
        };
        let column = column.ords().clone();
        if let ColumnIndex::Full = column.index {
            return Ok(Self::One(column));
        }
        Ok(Self::Some(Several {
            column,
            docs: reader.max_doc(),
            bounds: OnceLock::new(),
            read: AtomicUsize::new(0),
        }))
    }

    /// Counts the ordinals of documents.
    pub(super) fn count(&self, docs: &[DocId], room: &mut Room, counts: &mut Counts) {
        let read = self.read(docs, room);
        read.iter().for_each(|value| counts.add(*value, 1));
    }

    /// The ordinals of documents.
    pub(super) fn read<'r>(&self, docs: &[DocId], room: &'r mut Room) -> &'r [u64] {
        let column = match self {
            Self::None => return &[],
            Self::One(column) => {
                room.rows.clear();
                room.rows.extend_from_slice(docs);
                column
            }
            Self::Some(several) => {
                room.rows.clear();
                several.rows(docs, room);
                &several.column
            }
        };
        room.values.resize(room.rows.len(), 0);
        column.values.get_vals(&room.rows, &mut room.values);
        &room.values
    }
}

/// Room to read ordinals in.
#[derive(Debug, Default)]
pub(super) struct Room {
    rows: Vec<u32>,
    /// Of each document, from which row to which.
    between: Vec<Range<u32>>,
    values: Vec<u64>,
}

/// Where the values of each document begin, and where the last ones end.
fn bounds(index: &ColumnIndex, docs: DocId) -> Vec<u32> {
    let mut out = Vec::with_capacity(docs as usize + 1);
    match index {
        ColumnIndex::Multivalued(index) => {
            let column = index.get_start_index_column();
            let mut starts = vec![0; column.num_vals() as usize];
            column.get_range(0, &mut starts);
            if starts.len() == docs as usize + 1 {
                return starts;
            }
            // Only documents that have a value have a start
            let mut filled = index.iter_non_null_docs().peekable();
            let mut rank = 0;
            for doc in 0..docs {
                out.push(starts.get(rank).copied().unwrap_or(0));
                rank += usize::from(filled.next_if_eq(&doc).is_some());
            }
            out.push(starts.get(rank).copied().unwrap_or(0));
        }
        index => {
            let mut end = 0;
            for doc in 0..docs {
                let rows = index.value_row_ids(doc);
                out.push(end);
                end += rows.end - rows.start;
            }
            out.push(end);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::Index;
    use tantivy::schema::{FAST, STRING, Schema};

    /// The rows of every document by its bounds, and as the column tells them.
    fn both(values: &[&[&str]]) -> [Vec<Vec<u32>>; 2] {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("names", STRING | FAST);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index
            .writer_with_num_threads(1, 15_000_000)
            .expect("it is made");
        for names in values {
            let mut document = tantivy::TantivyDocument::default();
            names.iter().for_each(|name| document.add_text(field, name));
            writer.add_document(document).expect("it is added");
        }
        writer.commit().expect("it is written");
        let searcher = index.reader().expect("it is read").searcher();
        let reader = searcher.segment_reader(0);
        let column = reader.fast_fields().str("names").expect("it is read");
        let column = column.expect("it is there").ords().clone();
        let bounds = bounds(&column.index, reader.max_doc());
        let docs = 0..reader.max_doc();
        let by_bounds = bounds.windows(2).map(|b| (b[0]..b[1]).collect());
        let told = docs.map(|doc| column.index.value_row_ids(doc).collect());
        [by_bounds.collect(), told.collect()]
    }

    #[test]
    fn bounds_tell_what_the_column_tells() {
        let all: [&[&[&str]]; 4] = [
            &[&["甲"], &["乙"]],
            &[&["甲"], &[], &["乙"]],
            &[&[], &["甲", "乙"], &[], &["丙"], &["甲"], &[]],
            &[&["甲", "乙"], &["丙"]],
        ];
        for values in all {
            let [by_bounds, told] = both(values);
            assert_eq!(by_bounds, told, "{values:?}");
            assert_eq!(told.len(), values.len());
        }
    }

    #[test]
    fn counts_are_told_once_a_place_and_forgotten_when_put_back() {
        let view = View {
            legend: Arc::default(),
            columns: OnceLock::new(),
            spare: Mutex::default(),
        };
        let mut counts = view.room(4);
        for place in [3, 1, 3, 9] {
            counts.add(place, 2);
        }
        let mut all: Vec<_> = counts.all().collect();
        all.sort_unstable();
        assert_eq!(all, [(1, 2), (3, 4)], "there is no room for 9");
        view.put_back(counts);
        let mut again = view.room(10);
        assert_eq!(again.all().count(), 0);
        again.add(3, 1);
        again.add(9, 1);
        assert_eq!(again.all().collect::<Vec<_>>(), [(3, 1), (9, 1)]);
    }
}
