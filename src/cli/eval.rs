//! `gongwen eval`: how right are the records, measured on answers written by people.

use super::reading::Reading;
use super::report::Report;
use super::{Done, at_stdout, say};
use crate::error::Error;
use crate::eval;
use crate::eval::Answers;
use crate::ingest;
use crate::ingest::Watch;
use crate::source::walk;
use clap::Args;
use std::collections::HashSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Measure records against gold answers: precision, recall and F1 for each field.
#[derive(Debug, Args)]
pub(super) struct Eval {
    /// Records that were written before (one .jsonl file), or the files and folders to read now.
    #[arg(required = true, value_name = "RECORDS|PATH")]
    inputs: Vec<PathBuf>,
    /// A folder of .json files with the right answers, each naming its notice under "file"; or one such file.
    #[arg(long, value_name = "DIR")]
    gold: PathBuf,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    /// List what was missed (-) and what was wrongly added (+) first.
    #[arg(long, conflicts_with = "json")]
    misses: bool,
    #[command(flatten)]
    reading: Reading,
}

impl Eval {
    pub(super) fn run(self) -> Result<Done, Error> {
        let gold = eval::gold_in(&self.gold)?;
        let (report, done) = match self.inputs.as_slice() {
            [records] if is_jsonl(records) => {
                let records = eval::records_in(records)?;
                (eval::score(&gold, records)?, Done::Well)
            }
            _ => {
                let (records, done) = self.read(&gold)?;
                (eval::score(&gold, records.into_iter().map(Ok))?, done)
            }
        };
        for name in &report.without_record {
            say(&format!("no record for {name}"));
        }
        self.print(&report).map_err(at_stdout)?;
        Ok(done)
    }

    /// The records of the files that have gold answers.
    fn read(&self, gold: &[Answers]) -> Result<(Vec<Answers>, Done), Error> {
        let asked: HashSet<&str> = gold.iter().map(|answers| answers.name.as_str()).collect();
        let found = walk::walk(&self.inputs)?;
        let mut report = Report::new(self.reading.failures.as_deref())?;
        let mut records = Vec::new();
        report.begins(found.len());
        ingest::read_in_order(&found, &self.reading.settings()?, &|_| None, &mut |chunk| {
            for read in &chunk {
                let answers = read.extraction.notices.iter().map(Answers::from);
                records.extend(answers.filter(|a| asked.contains(a.name.as_str())));
                report.sees(read)?;
            }
            Ok(())
        })?;
        Ok((records, report.close()?))
    }

    fn print(&self, report: &eval::Report) -> io::Result<()> {
        let mut out = io::stdout().lock();
        if self.json {
            serde_json::to_writer_pretty(&mut out, report)?;
            return writeln!(out);
        }
        if self.misses {
            for miss in &report.misses {
                writeln!(out, "{miss}")?;
            }
        }
        write!(out, "{report}")
    }
}

fn is_jsonl(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "jsonl") && path.is_file()
}
