//! `gongwen extract`: files and folders in, one record a line out.

use super::reading::Reading;
use super::report::{Report, at};
use super::{Done, at_stdout};
use crate::error::Error;
use crate::ingest;
use crate::ingest::Watch;
use crate::source::walk;
use crate::source::walk::Found;
use crate::source::{Format, detect};
use clap::Args;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Read notices and write their records, one JSON object a line.
#[derive(Debug, Args)]
pub(super) struct Extract {
    /// Files and folders; folders are read whole, in order of names, without hidden files.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Where the records go; - for standard output.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// Cover names of contacts, personal numbers and e-mail addresses with asterisks; hotlines stay.
    #[arg(long)]
    mask_contacts: bool,
    #[command(flatten)]
    reading: Reading,
}

/// Refuses to write over a file that is to be read; kinds that hold no notice are no such files.
fn spare(found: &[Found], output: &Path) -> Result<(), Error> {
    let Ok(place) = output.canonicalize() else {
        return Ok(());
    };
    let is_it = |f: &&Found| {
        f.path.file_name() == output.file_name() && f.path.canonicalize().is_ok_and(|p| p == place)
    };
    let is_read = |f: &Found| !matches!(detect(&[], &walk::shown(&f.path)), Format::Skipped(_));
    match found.iter().find(is_it) {
        Some(file) if is_read(file) => Err(at(
            "write",
            output,
            io::Error::other("it is one of the files to be read"),
        )),
        _ => Ok(()),
    }
}

impl Extract {
    pub(super) fn run(self) -> Result<Done, Error> {
        let found = walk::walk(&self.paths)?;
        let settings = self.reading.settings()?;
        for file in self.reading.failures.iter().chain([&self.output]) {
            spare(&found, file)?;
        }
        let is_device = self.output.exists() && !self.output.is_file();
        if self.reading.failures.as_ref() == Some(&self.output) && !is_device {
            let cause = io::Error::other("records and failures cannot go to one file");
            return Err(at("write", &self.output, cause));
        }
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
        ingest::read_in_order(&found, &settings, &|_| None, &mut |chunk| {
            for read in &chunk {
                for notice in &read.extraction.notices {
                    let written = match self.mask_contacts {
                        true => serde_json::to_writer(&mut records, &notice.masked()),
                        false => serde_json::to_writer(&mut records, notice),
                    };
                    written
                        .map_err(io::Error::from)
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
