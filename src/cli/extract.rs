//! `gongwen extract`: files and folders in, one record a line out.

use super::report::{Report, at};
use super::{Done, at_stdout};
use crate::error::Error;
use crate::ingest;
use crate::ingest::Settings;
use crate::ingest::Watch;
use crate::source::Limits;
use crate::source::limits::MAX_BYTES;
use crate::source::walk;
use clap::Args;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// Read notices and write their records, one JSON object a line.
#[derive(Debug, Args)]
pub(super) struct Extract {
    /// Files and folders; folders are read whole, in order of names, without hidden files.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Where the records go; - for standard output.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    #[command(flatten)]
    reading: Reading,
}

/// What every command that reads files can be told.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// Also write a row (JSON) for each file that gave no record to this file.
    #[arg(long, value_name = "FILE")]
    pub(super) failures: Option<PathBuf>,
    /// Refuse files of more bytes.
    #[arg(long, value_name = "N", default_value_t = MAX_BYTES)]
    max_bytes: u64,
    /// Threads that read; 0 for one a core. The output is the same.
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

impl Reading {
    pub(super) fn settings(&self) -> Settings {
        Settings {
            limits: Limits {
                max_bytes: self.max_bytes,
            },
            threads: self.threads,
            ..Settings::default()
        }
    }
}

impl Extract {
    pub(super) fn run(self) -> Result<Done, Error> {
        let found = walk::walk(&self.paths)?;
        let mut report = Report::new(self.reading.failures.as_deref())?;
        let is_stdout = self.output.as_os_str() == "-";
        let failed = |cause| match is_stdout {
            true => at_stdout(cause),
            false => at("write", &self.output, cause),
        };
        let mut records: Box<dyn Write> = match is_stdout {
            true => Box::new(BufWriter::new(io::stdout().lock())),
            false => Box::new(BufWriter::new(File::create(&self.output).map_err(failed)?)),
        };
        report.begins(found.len());
        ingest::read_in_order(&found, &self.reading.settings(), &|_| false, &mut |chunk| {
            for read in &chunk {
                for notice in &read.extraction.notices {
                    let written =
                        serde_json::to_writer(&mut records, notice).map_err(io::Error::from);
                    written
                        .and_then(|()| records.write_all(b"\n"))
                        .map_err(failed)?;
                }
                report.sees(read)?;
            }
            records.flush().map_err(failed)
        })?;
        records.flush().map_err(failed)?;
        report.close()
    }
}
