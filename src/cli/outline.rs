//! `gongwen outline`: the tree of a notice, as indented text, as JSON, or down to its leaves.

use super::reading::Reading;
use super::report::Report;
use super::{Done, at_stdout};
use crate::error::Error;
use crate::ingest;
use crate::ingest::Watch;
use crate::outline;
use crate::record;
use crate::record::Notice;
use crate::source::walk;
use clap::Args;
use serde_json::{Value, json};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// Print how notices are built: their parts, and in each its sections with markers, headings and roles.
#[derive(Debug, Args)]
pub(super) struct Outline {
    /// Files and folders; folders are read whole, in order of names, without hidden files.
    #[arg(required = true, value_name = "FILE")]
    paths: Vec<PathBuf>,
    /// The sections as records carry them, a JSON object a line, each with the `id` of its notice.
    #[arg(long)]
    json: bool,
    /// The text cut into its leaves (title, addressees, body, section, signer …), a line each: nothing is left out.
    #[arg(long, conflicts_with = "json")]
    leaves: bool,
    #[command(flatten)]
    reading: Reading,
}

impl Outline {
    pub(super) fn run(self) -> Result<Done, Error> {
        let found = walk::walk(&self.paths)?;
        let settings = self.reading.settings()?;
        let mut report = Report::new(self.reading.failures.as_deref())?;
        report.begins(found.len());
        let mut out = BufWriter::new(io::stdout().lock());
        ingest::read_in_order(&found, &settings, &|_| None, &mut |chunk| {
            for read in &chunk {
                for notice in &read.extraction.notices {
                    let written = match (self.json, self.leaves) {
                        (true, _) => write_json(&mut out, notice),
                        (_, true) => write_leaves(&mut out, notice),
                        _ => out.write_all(record::tree(notice).as_bytes()),
                    };
                    written.map_err(at_stdout)?;
                }
                report.sees(read)?;
            }
            out.flush().map_err(at_stdout)
        })?;
        report.close()
    }
}

fn write_json(out: &mut impl Write, notice: &Notice) -> io::Result<()> {
    for section in &notice.outline {
        let mut row = serde_json::to_value(section).map_err(io::Error::from)?;
        if let Value::Object(row) = &mut row {
            row.insert("id".to_owned(), json!(notice.id));
        }
        serde_json::to_writer(&mut *out, &row).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn write_leaves(out: &mut impl Write, notice: &Notice) -> io::Result<()> {
    let (reflow, outline) = outline::read_restored(&notice.text);
    let text = reflow.as_ref().map_or(&notice.text, |r| &r.text);
    for leaf in outline.leaves() {
        let surface = leaf.span.of(text);
        let shown = surface.strip_suffix('\n').unwrap_or(surface);
        let shown = shown.replace(|c: char| c.is_control() && c != '\t', " ");
        writeln!(out, "{:<16}{shown}", leaf.kind.name())?;
    }
    Ok(())
}
