//! `gongwen check`: what is odd in notices, as a person reads it.

use super::reading::Reading;
use super::report::Report;
use super::{Done, at_stdout};
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::render::Page;
use crate::error::Error;
use crate::ingest;
use crate::ingest::Watch;
use crate::record;
use crate::record::Notice;
use crate::source::walk;
use crate::span::CodePoints;
use clap::Args;
use serde_json::json;
use std::env;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

/// Say what a careful official would remark on in notices: numbering, attachments, closing, dates, contacts.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Files and folders; folders are read whole, in order of names, without hidden files.
    #[arg(required_unless_present = "list", value_name = "FILE")]
    paths: Vec<PathBuf>,
    /// One JSON object a remark, one remark a line.
    #[arg(long)]
    json: bool,
    /// End with exit code 1 when anything is remarked on.
    #[arg(long)]
    strict: bool,
    /// Print every code with what it means and the clause of GB/T 9704-2012 that it touches, and read nothing.
    #[arg(long, conflicts_with_all = ["paths", "json", "strict"])]
    list: bool,
    #[command(flatten)]
    reading: Reading,
}

impl Check {
    pub(super) fn run(self) -> Result<Done, Error> {
        let stdout = io::stdout();
        let has_colours =
            stdout.is_terminal() && env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
        let mut out = BufWriter::new(stdout.lock());
        if self.list {
            list(&mut out)
                .and_then(|()| out.flush())
                .map_err(at_stdout)?;
            return Ok(Done::Well);
        }
        let found = walk::walk(&self.paths)?;
        let settings = self.reading.settings()?;
        let mut report = Report::new(self.reading.failures.as_deref())?;
        report.begins(found.len());
        let mut remarks = 0;
        ingest::read_in_order(&found, &settings, &|_| None, &mut |chunk| {
            for read in &chunk {
                for notice in &read.extraction.notices {
                    let odd = record::check(notice);
                    remarks += odd.len();
                    let written = match self.json {
                        true => write_json(&mut out, notice, &odd),
                        false => write_frames(&mut out, notice, &odd, has_colours),
                    };
                    written.map_err(at_stdout)?;
                }
                report.sees(read)?;
            }
            out.flush().map_err(at_stdout)
        })?;
        let done = report.close()?;
        Ok(match self.strict && remarks > 0 {
            true => Done::WithRemarks,
            false => done,
        })
    }
}

fn list(out: &mut impl Write) -> io::Result<()> {
    for code in Code::all() {
        let rule = code
            .rule()
            .map(|rule| format!(" (GB/T 9704-2012, {rule})"))
            .unwrap_or_default();
        writeln!(out, "{:<20} {}{rule}", code.as_str(), code.meaning())?;
    }
    Ok(())
}

/// What the notice is called: its path, and the member of the archive.
fn name(notice: &Notice) -> String {
    match &notice.source.member {
        Some(member) => format!("{}!{member}", notice.source.path),
        None => notice.source.path.clone(),
    }
}

fn write_frames(
    out: &mut impl Write,
    notice: &Notice,
    odd: &[Diagnostic],
    has_colours: bool,
) -> io::Result<()> {
    let name = name(notice);
    let page = Page::new(&name, &notice.text, has_colours);
    odd.iter()
        .try_for_each(|d| out.write_all(page.frame(d).as_bytes()))
}

fn write_json(out: &mut impl Write, notice: &Notice, odd: &[Diagnostic]) -> io::Result<()> {
    let page = Page::new("", &notice.text, false);
    let points = CodePoints::new(&notice.text);
    for d in odd {
        let place = page.place(d.span);
        let row = json!({
            "path": notice.source.path,
            "member": notice.source.member,
            "line": place.line,
            "column": place.column,
            "code": d.code,
            "message": d.message,
            "rule": d.code.rule().map(|rule| format!("GB/T 9704-2012, {rule}")),
            "mend": d.code.mend(),
            "span": points.span(d.span),
        });
        serde_json::to_writer(&mut *out, &row).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
