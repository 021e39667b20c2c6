//! `gongwen index`: files and folders into the store and the index.

use super::reading::Reading;
use super::report::Report;
use super::{DATA, Done, say};
use crate::error::Error;
use crate::ingest;
use clap::Args;
use std::fs;
use std::path::PathBuf;

/// Read notices into a data folder, so that they can be searched.
///
/// Bytes that are there are not read again. A path whose bytes changed, and a path that is gone from a folder
/// given again, leave their old record; a record without paths goes.
#[derive(Debug, Args)]
pub(super) struct Index {
    /// Files and folders; folders are read whole, in order of names, without hidden files.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder of the records and the index; made when absent.
    #[arg(long, value_name = "DIR", default_value = DATA)]
    data: PathBuf,
    /// Words besides those that the program knows, for ranking and for exact search: a word, and perhaps its frequency
    /// and tag (jieba's format), a line; an empty file for none again. Other words than before make the index be written
    /// anew from the records.
    #[arg(long, value_name = "FILE")]
    words: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

impl Index {
    pub(super) fn run(self) -> Result<Done, Error> {
        let settings = self.reading.settings()?;
        if let Some(path) = &self.words {
            let words = fs::read_to_string(path).map_err(|cause| Error::Io {
                action: "read",
                path: path.clone(),
                cause,
            })?;
            ingest::use_words(&self.data, &words)?;
        }
        let mut report = Report::new(self.reading.failures.as_deref())?;
        let summary = ingest::index(&self.paths, &self.data, &settings, &mut report)?;
        say(&format!(
            "{}: {} new, {} gone, {} kept",
            self.data.display(),
            summary.added,
            summary.removed,
            summary.kept
        ));
        report.close()
    }
}
