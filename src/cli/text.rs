//! `gongwen text`: what was read of a file, before any of it is understood.

use super::reading::Bounds;
use super::report::Report;
use super::{Done, at_stdout};
use crate::error::Error;
use crate::ingest;
use crate::ingest::Unread;
use crate::ingest::Watch;
use crate::pipeline::Extraction;
use crate::source::Document;
use crate::source::Failure;
use crate::source::Outcome;
use crate::source::walk;
use clap::Args;
use serde_json::json;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// Print the text of files as it was read: a paragraph a line, a row of a table a line with its cells parted by tabs.
#[derive(Debug, Args)]
pub(super) struct Text {
    /// Files and folders; where they hold several documents, each comes after a line with its name.
    #[arg(required = true, value_name = "FILE")]
    paths: Vec<PathBuf>,
    /// A JSON object a document: the text, and what the format tells of each line, of header fields, links and oddities.
    #[arg(long)]
    json: bool,
    /// Also write a row (JSON) for each document that gave no text to this file.
    #[arg(long, value_name = "FILE")]
    failures: Option<PathBuf>,
    #[command(flatten)]
    bounds: Bounds,
}

impl Text {
    pub(super) fn run(self) -> Result<Done, Error> {
        let found = walk::walk(&self.paths)?;
        let settings = self.bounds.settings()?;
        let mut report = Report::new(self.failures.as_deref())?;
        report.begins(found.len());
        let mut out = BufWriter::new(io::stdout().lock());
        let mut is_one = found.len() == 1;
        for file in &found {
            let path = walk::shown(&file.path);
            let mut read = ingest::Read {
                path: path.clone(),
                sha256: String::new(),
                known: None,
                extraction: Extraction::default(),
            };
            let mut documents = Vec::new();
            match ingest::bytes(file, &settings.limits) {
                Ok(bytes) => {
                    let mut hears = |document: Document| documents.push(document);
                    settings
                        .readers
                        .documents(&bytes, &path, &settings.limits, &mut hears);
                }
                Err(Unread::Skipped(kind)) => read.extraction.skipped.push(kind.into()),
                Err(Unread::Refused(refusal)) => {
                    let failure = Failure::of_file(path.clone(), refusal);
                    read.extraction.failures.push(failure);
                }
            }
            is_one &= documents.len() <= 1;
            for document in documents {
                match document.outcome {
                    Outcome::Skipped(kind) => read.extraction.skipped.push(kind),
                    Outcome::Refused(refusal) => read.extraction.failures.push(Failure {
                        member: document.member,
                        ..Failure::of_file(path.clone(), refusal)
                    }),
                    Outcome::Read(text) => {
                        report.reads_one();
                        let written = match self.json {
                            true => serde_json::to_writer(
                                &mut out,
                                &json!({"path": path, "member": document.member, "read": text}),
                            )
                            .map_err(io::Error::from)
                            .and_then(|()| out.write_all(b"\n")),
                            false => {
                                let name = (!is_one).then(|| match &document.member {
                                    Some(member) => format!("{path}!{member}"),
                                    None => path.clone(),
                                });
                                plain(&mut out, name.as_deref(), &text.text)
                            }
                        };
                        written.map_err(at_stdout)?;
                    }
                }
            }
            report.sees(&read)?;
        }
        out.flush().map_err(at_stdout)?;
        report.close()
    }
}

fn plain(out: &mut impl Write, name: Option<&str>, text: &str) -> io::Result<()> {
    if let Some(name) = name {
        writeln!(
            out,
            "==> {} <==",
            name.replace(char::is_control, "\u{fffd}")
        )?;
    }
    out.write_all(text.as_bytes())?;
    match text.ends_with('\n') || text.is_empty() {
        true => Ok(()),
        false => out.write_all(b"\n"),
    }
}
