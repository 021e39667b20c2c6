//! How does an archive become records that can be searched? Walk, read, keep, index; and mend what a crash left.
//!
//! The store is the truth. A batch of files is kept in one transaction, which counts the store's generation
//! up; the index is told afterwards and remembers up to which generation it holds. After a crash at any
//! instant the index is at worst behind, and [`mend`] brings it up from the store alone.

mod files;

pub use files::{Read, Settings, Tally, Unread, bytes, read_in_order, read_one};

use crate::error::Error;
use crate::index::Index;
use crate::source::Reason;
use crate::source::walk;
use crate::store;
use crate::store::Batch;
use crate::store::Store;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::RwLock;

/// The index's folder in the data folder.
pub const INDEX: &str = "index";

/// The index is made durable after so many records, and at the end.
const COMMIT: usize = 20_000;

/// What an indexing run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The files seen.
    pub tally: Tally,
    /// Records that were not there before.
    pub added: u64,
    /// Records that went, since no path leads to them any more.
    pub removed: u64,
    /// Records that are kept now.
    pub kept: u64,
}

/// Somebody who is told how a run goes on.
pub trait Watch {
    /// So many files were found.
    fn begins(&mut self, files: usize);

    /// What became of a file, in the order of the files.
    ///
    /// # Errors
    /// End the run.
    fn sees(&mut self, read: &Read) -> Result<(), Error>;
}

/// Nobody.
impl Watch for () {
    fn begins(&mut self, _: usize) {}

    fn sees(&mut self, _: &Read) -> Result<(), Error> {
        Ok(())
    }
}

/// Brings the paths' notices into the data folder's store and index.
///
/// One record an id, with all its paths. Bytes that are there are not parsed again. A path whose bytes changed
/// leaves its old record; a path that cannot be read this time keeps it. Paths in a folder that was indexed
/// before by the same words from the same place, and that are gone, leave theirs. A record without paths goes.
///
/// # Errors
/// [`Error::NoSuchPath`] before anything is done; [`Error::Busy`], [`Error::NewerData`]; of store, index and disk.
pub fn index(
    paths: &[PathBuf],
    data: &Path,
    settings: &Settings,
    watch: &mut dyn Watch,
) -> Result<Summary, Error> {
    let mut found = walk::walk(paths)?;
    let mut writer = store::Writer::open(data)?;
    let mut derived = Derived::open(data, writer.store())?;
    for file in &mut found {
        file.path = plain(&file.path);
    }
    watch.begins(found.len());

    let known = RwLock::new(writer.known()?);
    let is_known = |sha256: &str| known.read().ok()?.get(sha256).copied();
    let mut summary = Summary::default();
    read_in_order(&found, settings, &is_known, &mut |chunk| {
        let changed = writer.batch(|batch| chunk.iter().try_for_each(|read| keep(batch, read)))?;
        summary.added += changed.added;
        if let Ok(mut known) = known.write() {
            let whole = chunk.iter().filter(|r| r.extraction.failures.is_empty());
            known.extend(
                whole
                    .filter(|r| !r.extraction.notices.is_empty())
                    .map(|r| (r.sha256.clone(), r.extraction.notices.len() as u64)),
            );
        }
        derived.catch_up(writer.store())?;
        for read in &chunk {
            summary.tally.add(read);
            watch.sees(read)?;
        }
        Ok(())
    })?;

    let changed = writer.batch(|batch| {
        let shown: Vec<String> = found.iter().map(|f| walk::shown(&f.path)).collect();
        let seen = shown.iter().map(String::as_str).collect();
        for folder in paths.iter().filter(|p| p.is_dir()) {
            let place = fs::canonicalize(folder).unwrap_or_else(|_| folder.clone());
            batch.walked(&walk::shown(&plain(folder)), &walk::shown(&place), &seen)?;
        }
        batch.sweep()
    })?;
    summary.removed = changed.removed;
    derived.catch_up(writer.store())?;
    derived.commit()?;
    derived.finish()?;
    writer.forget_removed()?;
    summary.kept = writer.store().count()?;
    Ok(summary)
}

fn keep(batch: &mut Batch<'_>, read: &Read) -> rusqlite::Result<()> {
    let extraction = &read.extraction;
    batch.fail(&read.path, &extraction.failures)?;
    if read.known.is_some() {
        return batch.link(&read.path, &read.sha256);
    }
    if extraction
        .failures
        .iter()
        .any(|f| f.member.is_none() && f.reason == Reason::Unreadable)
    {
        return Ok(());
    }
    batch.put(&read.path, &read.sha256, &extraction.notices)
}

/// The path without `.` and doubled slashes, so that the same words for a file are the same path.
fn plain(path: &Path) -> PathBuf {
    let plain: PathBuf = path.components().filter(|c| c.as_os_str() != ".").collect();
    match plain.as_os_str().is_empty() {
        true => PathBuf::from("."),
        false => plain,
    }
}

/// Opens a data folder for reading: its records, and an index that holds all of them. An index that is behind,
/// missing or of another form is mended first from the records, unless a writer is at work, who does it. A folder that
/// cannot be written is read as it is.
///
/// # Errors
/// [`Error::NoData`], [`Error::NewerData`], [`Error::FixedData`] (there is something to mend, and it cannot be); of
/// store, index and disk.
pub fn open(data: &Path) -> Result<(Store, Index), Error> {
    let store = Store::open(data)?;
    let index = Index::open(&data.join(INDEX));
    let is_whole = match &index {
        Ok(index) => index.generation() == Some(store.generation()?),
        // What may not be read is not made anew over it
        Err(Error::Io { action: "read", .. }) => true,
        Err(_) => false,
    };
    if is_whole {
        return Ok((store, index?));
    }
    drop(index);
    match mend(data) {
        Ok(()) | Err(Error::Busy { .. }) => {}
        Err(error) if error.is_read_only() => {
            return Err(Error::FixedData {
                data: data.to_owned(),
                why: "its index is not whole",
            });
        }
        Err(error) => return Err(error),
    }
    Ok((store, Index::open(&data.join(INDEX))?))
}

/// Writes the index with a user's words from now on: where it was written with others it is emptied, and the next
/// [`index`] or [`open`] fills it from the records.
///
/// # Errors
/// [`Error::Busy`], [`Error::NewerData`]; of store, index and disk.
pub fn use_words(data: &Path, words: &str) -> Result<(), Error> {
    let _writer = store::Writer::open(data)?;
    let dir = data.join(INDEX);
    if crate::index::words(&dir)? != words {
        Index::create_with(&dir, words)?;
    }
    Ok(())
}

/// Brings the index up to the store, from the store alone.
///
/// # Errors
/// [`Error::NoData`], [`Error::Busy`]; of store, index and disk.
pub fn mend(data: &Path) -> Result<(), Error> {
    drop(Store::open(data)?);
    let mut writer = store::Writer::open(data)?;
    let mut derived = Derived::open(data, writer.store())?;
    derived.catch_up(writer.store())?;
    derived.commit()?;
    derived.finish()?;
    writer.forget_removed()
}

/// The index as it follows the store.
struct Derived {
    index: Index,
    writer: Option<crate::index::Writer>,
    /// The store's generation up to which the index was told.
    told: u64,
    /// Records told since the last commit.
    waiting: usize,
    /// Whether the last commit holds all that was told.
    is_durable: bool,
}

impl Derived {
    /// Opens the index; one that cannot be read, or that says to be ahead of the store, is made anew.
    fn open(data: &Path, store: &Store) -> Result<Self, Error> {
        let dir = data.join(INDEX);
        let generation = store.generation()?;
        let index = match Index::open(&dir) {
            Ok(index) if index.generation().is_none_or(|g| g <= generation) => index,
            _ => Index::create(&dir)?,
        };
        Ok(Self {
            told: index.generation().unwrap_or(0),
            is_durable: index.generation().is_some(),
            index,
            writer: None,
            waiting: 0,
        })
    }

    /// Tells the index of every change that it has not been told of.
    fn catch_up(&mut self, store: &Store) -> Result<(), Error> {
        let generation = store.generation()?;
        if generation == self.told {
            return Ok(());
        }
        let writer = match &mut self.writer {
            Some(writer) => writer,
            None => self.writer.insert(self.index.writer()?),
        };
        for id in store.removed_since(self.told)? {
            writer.remove(&id)?;
        }
        for id in store.changed_since(self.told)? {
            if let Some(notice) = store.notice(&id)? {
                writer.put(&notice, &store.paths(&id)?)?;
                self.waiting += 1;
            }
        }
        self.told = generation;
        self.is_durable = false;
        if self.waiting >= COMMIT {
            self.commit()?;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Error> {
        if self.is_durable {
            return Ok(());
        }
        let writer = match &mut self.writer {
            Some(writer) => writer,
            None => self.writer.insert(self.index.writer()?),
        };
        writer.commit(self.told)?;
        self.waiting = 0;
        self.is_durable = true;
        Ok(())
    }

    /// Ends the writing of the index.
    fn finish(self) -> Result<(), Error> {
        match self.writer {
            Some(writer) => writer.finish(),
            None => Ok(()),
        }
    }
}
