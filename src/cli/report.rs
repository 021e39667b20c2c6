//! What a run says of its files: progress on a terminal, a line for each failure, the closing lines.

use super::{Done, say};
use crate::error::Error;
use crate::ingest::Read;
use crate::ingest::Tally;
use crate::ingest::Watch;
use crate::source::Failure;
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::File;
use std::io;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Told of every file; at the end it knows how the command is [`Done`].
pub(super) struct Report {
    started: Instant,
    bar: ProgressBar,
    rows: Option<(PathBuf, BufWriter<File>)>,
    tally: Tally,
}

impl Report {
    /// A report that writes its failure rows to the file `failures` (made anew), where one is given.
    pub(super) fn new(failures: Option<&Path>) -> Result<Self, Error> {
        let rows = failures.map(|path| match File::create(path) {
            Ok(file) => Ok((path.to_owned(), BufWriter::new(file))),
            Err(cause) => Err(at("write", path, cause)),
        });
        Ok(Self {
            started: Instant::now(),
            bar: ProgressBar::hidden(),
            rows: rows.transpose()?,
            tally: Tally::default(),
        })
    }

    /// Counts a document in that was read and of which no record is made.
    pub(super) fn reads_one(&mut self) {
        self.tally.notices += 1;
    }

    fn fails(&mut self, failure: &Failure) -> Result<(), Error> {
        let member = failure
            .member
            .as_ref()
            .map(|m| format!("!{m}"))
            .unwrap_or_default();
        let (path, reason) = (&failure.path, failure.reason.as_str());
        let line = format!("failed: {path}{member}: {reason}: {}", failure.message);
        // A file may be named anything; its name is not to move the cursor
        let line = line.replace(char::is_control, "\u{fffd}");
        self.bar.suspend(|| say(&line));
        if let Some((path, rows)) = &mut self.rows {
            let row = serde_json::to_writer(&mut *rows, failure).map_err(io::Error::from);
            row.and_then(|()| writeln!(rows))
                .map_err(|cause| at("write", path, cause))?;
        }
        Ok(())
    }

    /// Says the closing lines.
    pub(super) fn close(mut self) -> Result<Done, Error> {
        self.bar.finish_and_clear();
        if let Some((path, rows)) = &mut self.rows {
            rows.flush().map_err(|cause| at("write", path, cause))?;
        }
        let Tally {
            notices,
            failed,
            skipped,
        } = &self.tally;
        if !skipped.is_empty() {
            let kinds: Vec<String> = skipped
                .iter()
                .map(|(kind, n)| format!("{kind} {n}"))
                .collect();
            say(&format!("skipped: {}", kinds.join(", ")));
        }
        let skipped: u64 = skipped.values().sum();
        let seconds = self.started.elapsed().as_secs_f64();
        say(&format!(
            "{notices} notices, {failed} failed, {skipped} skipped, {seconds:.1} s"
        ));
        Ok(match failed {
            0 => Done::Well,
            _ => Done::WithFailures,
        })
    }
}

impl Watch for Report {
    fn begins(&mut self, files: usize) {
        // indicatif draws nothing where stderr is no terminal.
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} files, {eta} left");
        self.bar = ProgressBar::new(files as u64);
        if let Ok(style) = style {
            self.bar.set_style(style);
        }
    }

    fn sees(&mut self, read: &Read) -> Result<(), Error> {
        self.tally.add(read);
        self.bar.inc(1);
        read.extraction
            .failures
            .iter()
            .try_for_each(|failure| self.fails(failure))
    }
}

pub(super) fn at(action: &'static str, path: &Path, cause: io::Error) -> Error {
    Error::Io {
        action,
        path: path.to_owned(),
        cause,
    }
}
