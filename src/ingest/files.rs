//! Files on all cores, answers in the order of the files, in bounded memory.

use crate::entity::taxonomy::Taxonomy;
use crate::error::Error;
use crate::pipeline;
use crate::pipeline::Extraction;
use crate::pipeline::Options;
use crate::source;
use crate::source::Failure;
use crate::source::Format;
use crate::source::Limits;
use crate::source::Reason;
use crate::source::Refusal;
use crate::source::detect;
use crate::source::walk;
use crate::source::walk::{Found, What};
use crate::source::worker::Readers;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::io::Read as _;
use std::sync::Arc;
use std::sync::mpsc;

/// How files are read.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Bounds on one file.
    pub limits: Limits,
    /// Who reads risky formats.
    pub readers: Readers,
    /// Kinds and audiences of activities; none for those that come with the program.
    pub taxonomy: Option<Arc<Taxonomy>>,
    /// How many threads read; 0 for one a core. The answers are the same.
    pub threads: usize,
}

/// What became of one file.
#[derive(Debug)]
pub struct Read {
    /// As records carry it.
    pub path: String,
    /// Of the whole file, in hex; empty where it was not read.
    pub sha256: String,
    /// How many records the bytes gave before; then nothing was extracted.
    pub known: Option<u64>,
    /// What it gave.
    pub extraction: Extraction,
}

/// Files counted by what became of them: `notices + failed + skipped` are the documents seen: files, and members of archives and mails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Records that were made, and files whose records were there.
    pub notices: u64,
    /// Files that gave no record.
    pub failed: u64,
    /// Files of kinds that hold no notice, by kind.
    pub skipped: BTreeMap<Cow<'static, str>, u64>,
}

impl Tally {
    /// Counts one file in.
    pub fn add(&mut self, read: &Read) {
        self.notices += read.known.unwrap_or(0) + read.extraction.notices.len() as u64;
        self.failed += read.extraction.failures.len() as u64;
        for kind in &read.extraction.skipped {
            *self.skipped.entry(kind.clone()).or_default() += 1;
        }
    }
}

/// A chunk is read in parallel before any of it is handed on: at most so many files …
const CHUNK_FILES: usize = 256;

/// … and no more once they hold so many bytes together.
const CHUNK_BYTES: u64 = 32 << 20;

/// Reads every file and hands the answers on in order, a chunk at a time; files whose bytes are `known` (by
/// their SHA-256) are not parsed. While one chunk is handed on, the next is read.
///
/// # Errors
/// What `each` returns ends the reading.
pub fn read_in_order(
    found: &[Found],
    settings: &Settings,
    known: &(dyn Fn(&str) -> Option<u64> + Sync),
    each: &mut dyn FnMut(Vec<Read>) -> Result<(), Error>,
) -> Result<(), Error> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        .build();
    let pool = pool.map_err(|cause| Error::Io {
        action: "start",
        path: "the reading threads".into(),
        cause: io::Error::other(cause),
    })?;
    std::thread::scope(|scope| {
        let (sender, receiver) = mpsc::sync_channel(0);
        scope.spawn(move || {
            for chunk in chunks(found) {
                let read = pool.install(|| {
                    let files = chunk.par_iter().with_max_len(1);
                    files
                        .map(|f| read_one(f, settings, known))
                        .collect::<Vec<_>>()
                });
                if sender.send(read).is_err() {
                    break;
                }
            }
        });
        receiver.into_iter().try_for_each(each)
    })
}

fn chunks(found: &[Found]) -> impl Iterator<Item = &[Found]> {
    let mut rest = found;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let long = rest.iter().take(CHUNK_FILES).take_while(|f| {
            let is_in = bytes < CHUNK_BYTES;
            if let What::File(size) = f.what {
                bytes = bytes.saturating_add(size);
            }
            is_in
        });
        let (chunk, after) = rest.split_at(long.count());
        rest = after;
        (!chunk.is_empty()).then_some(chunk)
    })
}

/// What one file gives, as [`read_in_order`] reads it.
#[must_use]
pub fn read_one(
    found: &Found,
    settings: &Settings,
    known: &(dyn Fn(&str) -> Option<u64> + Sync),
) -> Read {
    let path = walk::shown(&found.path);
    let mut read = Read {
        path: path.clone(),
        sha256: String::new(),
        known: None,
        extraction: Extraction::default(),
    };
    match bytes(found, &settings.limits) {
        Err(Unread::Skipped(kind)) => read.extraction.skipped.push(kind.into()),
        Err(Unread::Refused(refusal)) => {
            read.extraction
                .failures
                .push(Failure::of_file(path, refusal));
        }
        Ok(bytes) => {
            read.sha256 = source::sha256(&bytes);
            read.known = known(&read.sha256);
            if read.known.is_none() {
                let options = Options {
                    path,
                    limits: settings.limits,
                    readers: settings.readers.clone(),
                    taxonomy: settings.taxonomy.clone(),
                };
                read.extraction = pipeline::extract(&bytes, &options);
            }
        }
    }
    read
}

/// Why a file's bytes are not looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is of a kind that holds no notice.
    Skipped(&'static str),
    /// It cannot be read, or is past the limit.
    Refused(Refusal),
}

impl Unread {
    fn unreadable(word: &str) -> Self {
        Unread::Refused(Refusal::new(
            Reason::Unreadable,
            format!("cannot be read: {word}"),
        ))
    }
}

/// The file's bytes; of a file to be skipped, and of one past the limit, no more than the head is read.
///
/// # Errors
/// Why they are not looked at.
pub fn bytes(found: &Found, limits: &Limits) -> Result<Vec<u8>, Unread> {
    match &found.what {
        What::Skipped(kind) => return Err(Unread::Skipped(kind)),
        What::Unreadable(word) => return Err(Unread::unreadable(word)),
        What::File(_) => {}
    }
    let io = |error: io::Error| Unread::unreadable(&walk::reason(&error));
    let mut file = File::open(&found.path).map_err(io)?;
    let size = file.metadata().map_err(io)?.len();
    let mut bytes =
        Vec::with_capacity(usize::try_from(size.min(limits.max_bytes)).unwrap_or(0) + 1);
    (&mut file)
        .take(detect::HEAD as u64)
        .read_to_end(&mut bytes)
        .map_err(io)?;
    if let Format::Skipped(kind) = source::detect(&bytes, &walk::shown(&found.path)) {
        return Err(Unread::Skipped(kind));
    }
    if size > limits.max_bytes {
        return Err(Unread::Refused(source::too_large(size, limits)));
    }
    // The file may have grown since: the limit holds for what is read.
    let rest = limits
        .max_bytes
        .saturating_add(1)
        .saturating_sub(bytes.len() as u64);
    file.take(rest).read_to_end(&mut bytes).map_err(io)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sizes: &[u64]) -> Vec<Found> {
        let found = sizes.iter().map(|size| Found {
            path: "a".into(),
            what: What::File(*size),
        });
        found.collect()
    }

    #[test]
    fn chunks_hold_every_file_once_within_bounds() {
        let lengths = |found: &[Found]| chunks(found).map(<[_]>::len).collect::<Vec<_>>();
        assert_eq!(lengths(&found(&[1; 600])), [256, 256, 88]);
        assert_eq!(
            lengths(&found(&[CHUNK_BYTES, 1, CHUNK_BYTES, u64::MAX])),
            [1, 2, 1]
        );
        assert_eq!(lengths(&[]), [0; 0]);
    }

    #[test]
    fn an_error_ends_the_reading() {
        let mut calls = 0;
        let outcome = read_in_order(
            &found(&[1; 2000]),
            &Settings::default(),
            &|_| None,
            &mut |_| {
                calls += 1;
                Err(Error::NoSuchPath { path: "a".into() })
            },
        );
        assert!(outcome.is_err());
        assert_eq!(calls, 1);
    }
}
