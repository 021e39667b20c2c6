//! How is it found: one analyser, one schema, one writer over an embedded tantivy index.
//!
//! The index is derived: it is rebuilt from the store whenever its form (schema and analyser) is not ours.

mod compact;
pub mod document;
pub mod entry;
pub mod fields;
pub mod folded;
mod folder;
mod kept;
pub mod legend;
mod passages;
pub mod place;
mod rest;
pub mod row;
pub mod tokenizer;

pub use entry::Entry;
pub use fields::Fields;

use crate::error::Error;
use crate::record::Notice;
use folder::Folder;
use legend::Legend;
use std::fs;
use std::path::{Path, PathBuf};
use tantivy::index::SegmentId;
use tantivy::indexer::UserOperation;
use tantivy::merge_policy::NoMergePolicy;
use tantivy::schema::Term;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{IndexReader, IndexSettings, ReloadPolicy, Searcher, TantivyDocument, TantivyError};
use tokenizer::{Dictionary, Words};

/// Counts up with every change of the fields.
const SCHEMA_VERSION: u32 = 5;

/// The file beside tantivy's own that says which schema and analyser wrote the index.
const FORM_FILE: &str = "gongwen-form";

/// The file that holds the user's words that the index was made with.
const WORDS_FILE: &str = "gongwen-words";

/// Memory that the writer fills before it writes a segment, in bytes.
const WRITER_MEMORY: usize = 192 << 20;

/// Bytes of stored entries that are compressed together: each hit has its block unpacked.
const BLOCK: usize = 8 << 10;

/// What a writer needs that puts nothing, in bytes: the least that tantivy takes.
const LITTLE_MEMORY: usize = 16 << 20;

/// An index on disk: a document is an activity, a section that is none, or a notice.
pub struct Index {
    dir: PathBuf,
    inner: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    words: Words,
}

impl Index {
    /// Opens the index in `dir`, or creates it where there is none.
    ///
    /// # Errors
    /// [`Error::IndexForm`] when another schema or analyser wrote it (then [`Index::create`] and put every
    /// notice again); [`Error::Index`] or [`Error::Io`] when it cannot be read or written.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let found = match fs::read_to_string(dir.join(FORM_FILE)) {
            Ok(form) => Some(form),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => None,
            Err(cause) => return Err(io("read", &dir.join(FORM_FILE), cause)),
        };
        let dictionary = dictionary(dir)?;
        let form = form(&dictionary);
        match found {
            Some(found) if found == form => {
                let folder = Folder::open(dir).map_err(|e| failed("open", e))?;
                let inner = tantivy::Index::open(folder).map_err(|e| failed("open", e))?;
                Self::over(dir, inner, &dictionary)
            }
            // Without a form, something else lies in the folder, or a crash came before the form was written.
            None if !is_filled(dir) => Self::create(dir),
            found => Err(Error::IndexForm {
                path: dir.to_owned(),
                found,
                expected: form,
            }),
        }
    }

    /// Makes an empty index in `dir`; what lay there is removed.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn create(dir: &Path) -> Result<Self, Error> {
        let words = words(dir)?;
        Self::create_with(dir, &words)
    }

    /// Makes an empty index in `dir` that is written with a user's words besides our own: a word, and perhaps its
    /// frequency and tag, a line.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn create_with(dir: &Path, words: &str) -> Result<Self, Error> {
        if dir.exists() {
            fs::remove_dir_all(dir).map_err(|cause| io("remove", dir, cause))?;
        }
        fs::create_dir_all(dir).map_err(|cause| io("create", dir, cause))?;
        let (schema, _) = fields::schema();
        let settings = IndexSettings {
            docstore_blocksize: BLOCK,
            docstore_compression: Compressor::Zstd(ZstdCompressor::default()),
            ..IndexSettings::default()
        };
        let inner = tantivy::Index::builder()
            .schema(schema)
            .settings(settings)
            .open_or_create(Folder::open(dir).map_err(|e| failed("create", e))?)
            .map_err(|e| failed("create", e))?;
        let dictionary = Dictionary::new(words);
        if !words.is_empty() {
            let file = dir.join(WORDS_FILE);
            fs::write(&file, words).map_err(|cause| io("write", &file, cause))?;
        }
        let file = dir.join(FORM_FILE);
        fs::write(&file, form(&dictionary)).map_err(|cause| io("write", &file, cause))?;
        Self::over(dir, inner, &dictionary)
    }

    fn over(dir: &Path, inner: tantivy::Index, dictionary: &Dictionary) -> Result<Self, Error> {
        let (_, fields) = fields::schema();
        dictionary.register(inner.tokenizers());
        let reader = inner
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(|e| failed("open", e))?;
        Ok(Self {
            dir: dir.to_owned(),
            inner,
            reader,
            fields,
            words: Words::new(dictionary),
        })
    }

    /// Where it lies.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The one writer; a second one is refused until the first is dropped.
    ///
    /// # Errors
    /// [`Error::Index`] when another writer holds the index.
    pub fn writer(&self) -> Result<Writer, Error> {
        let inner = self
            .inner
            .writer_with_num_threads(2, WRITER_MEMORY)
            .map_err(|e| failed("write", e))?;
        Ok(Writer {
            dir: self.dir.clone(),
            inner,
            fields: self.fields,
            words: self.words.clone(),
        })
    }

    /// The generation of the store that the last commit held; none before the first commit.
    #[must_use]
    pub fn generation(&self) -> Option<u64> {
        let payload = self.inner.load_metas().ok()?.payload?;
        payload.parse().ok()
    }

    /// Makes what was committed since the last call visible to [`Index::searcher`]; where nothing was, the view stays,
    /// with all that is known of it.
    ///
    /// # Errors
    /// When a segment cannot be opened.
    pub fn reload(&self) -> Result<(), Error> {
        let metas = self.inner.load_metas().map_err(|e| failed("read", e))?;
        let committed = metas.segments.iter().map(|m| (m.id(), m.delete_opstamp()));
        if *self.searcher().generation().segments() == committed.collect() {
            return Ok(());
        }
        self.reader.reload().map_err(|e| failed("read", e))
    }

    /// A view of the index at one commit.
    #[must_use]
    pub fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// The fields of a document.
    #[must_use]
    pub fn fields(&self) -> &Fields {
        &self.fields
    }
}

/// Puts and removes notices; nothing is seen before [`Writer::commit`].
pub struct Writer {
    dir: PathBuf,
    inner: tantivy::IndexWriter<TantivyDocument>,
    fields: Fields,
    words: Words,
}

impl Writer {
    /// Puts the documents of a notice, known by `paths`, in place of those that the index holds of its id.
    ///
    /// # Errors
    /// When a writer thread has died.
    pub fn put(&mut self, notice: &Notice, paths: &[String]) -> Result<(), Error> {
        self.remove(&notice.id)?;
        let entries = Entry::of(notice, paths);
        let documents = self.fields.documents(&self.words, &entries);
        // In one run, so that they stand beside one another
        let added: Vec<UserOperation> = documents.into_iter().map(UserOperation::Add).collect();
        self.inner.run(added).map_err(|e| failed("write", e))?;
        Ok(())
    }

    /// Removes all documents of the notice with this id.
    ///
    /// # Errors
    /// Never so far; the signature leaves room for another index.
    pub fn remove(&mut self, id: &str) -> Result<(), Error> {
        self.inner
            .delete_term(Term::from_field_text(self.fields.notice_id, id));
        Ok(())
    }

    /// Writes what was put and removed, as the state of the store's `generation`.
    ///
    /// # Errors
    /// When a segment cannot be written.
    pub fn commit(&mut self, generation: u64) -> Result<(), Error> {
        let mut commit = self
            .inner
            .prepare_commit()
            .map_err(|e| failed("write", e))?;
        commit.set_payload(&generation.to_string());
        commit.commit().map_err(|e| failed("write", e))?;
        Ok(())
    }

    /// Makes the index quick to ask: keeps what the values of facets mean, and joins segments of what was committed, so that an answer has few of them to ask: a segment is joined with the
    /// smaller ones where these hold at least half as many documents. A few new notices beside a great archive are left
    /// as they are.
    ///
    /// # Errors
    /// When a segment cannot be written.
    pub fn finish(self) -> Result<(), Error> {
        let index = self.inner.index().clone();
        // First what is being joined already, so that all that is left is known
        self.inner
            .wait_merging_threads()
            .map_err(|e| failed("write", e))?;
        let mut writer: tantivy::IndexWriter<TantivyDocument> = index
            .writer_with_num_threads(1, LITTLE_MEMORY)
            .map_err(|e| failed("write", e))?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let metas = index
            .searchable_segment_metas()
            .map_err(|e| failed("read", e))?;
        let mut sizes: Vec<(u32, SegmentId)> =
            metas.iter().map(|m| (m.num_docs(), m.id())).collect();
        sizes.sort_unstable();
        let mut joined = 0;
        let mut documents: u64 = 0;
        for (at, (size, _)) in sizes.iter().enumerate() {
            if at > 0 && documents * 2 >= u64::from(*size) {
                joined = at + 1;
            }
            documents += u64::from(*size);
        }
        if joined > 1 {
            let ids: Vec<SegmentId> = sizes[..joined].iter().map(|(_, id)| *id).collect();
            writer.merge(&ids).wait().map_err(|e| failed("write", e))?;
        }
        // The files of segments that were joined go, which nobody may have a description of any more
        drop(metas);
        let _ = writer.garbage_collect_files().wait();
        writer
            .wait_merging_threads()
            .map_err(|e| failed("write", e))?;
        let reader = index.reader().map_err(|e| failed("read", e))?;
        Legend::keep(&reader.searcher(), &self.dir).map_err(|e| failed("write", e))
    }
}

/// Which schema and analyser write an index now.
fn form(dictionary: &Dictionary) -> String {
    format!("schema {SCHEMA_VERSION}, analyser {}", dictionary.version())
}

fn dictionary(dir: &Path) -> Result<Dictionary, Error> {
    words(dir).map(|words| Dictionary::new(&words))
}

/// The user's words that the index in `dir` was made with; empty where there are none.
///
/// # Errors
/// When the file is there and cannot be read.
pub fn words(dir: &Path) -> Result<String, Error> {
    let file = dir.join(WORDS_FILE);
    match fs::read_to_string(&file) {
        Ok(words) => Ok(words),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(cause) => Err(io("read", &file, cause)),
    }
}

fn is_filled(dir: &Path) -> bool {
    fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some())
}

pub(crate) fn failed(action: &'static str, cause: TantivyError) -> Error {
    Error::Index {
        action,
        cause: Box::new(cause),
    }
}

fn io(action: &'static str, path: &Path, cause: std::io::Error) -> Error {
    Error::Io {
        action,
        path: path.to_owned(),
        cause,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::tempdir;

    #[test]
    fn an_absent_index_is_made_and_opens_again() {
        let folder = tempdir().expect("a folder");
        let dir = folder.path().join("index");
        let index = Index::open(&dir).expect("made");
        assert_eq!(index.generation(), None);
        index
            .writer()
            .expect("a writer")
            .commit(7)
            .expect("written");
        drop(index);
        assert_eq!(Index::open(&dir).expect("opened").generation(), Some(7));
    }

    #[test]
    fn an_index_of_another_form_is_reported() {
        let folder = tempdir().expect("a folder");
        let dir = folder.path().join("index");
        drop(Index::open(&dir).expect("made"));
        fs::write(dir.join(FORM_FILE), "schema 0").expect("written");
        match Index::open(&dir) {
            Err(Error::IndexForm { found, .. }) => assert_eq!(found.as_deref(), Some("schema 0")),
            other => panic!("another form was taken: {:?}", other.err()),
        }
        assert_eq!(Index::create(&dir).expect("made anew").generation(), None);
    }

    #[test]
    fn a_second_writer_is_refused() {
        let folder = tempdir().expect("a folder");
        let index = Index::open(folder.path()).expect("made");
        let first = index.writer().expect("a writer");
        assert!(matches!(index.writer(), Err(Error::Index { .. })));
        drop(first);
        assert!(index.writer().is_ok());
    }
}
