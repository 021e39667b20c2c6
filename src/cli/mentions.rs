//! `gongwen mentions`: a line of text in, a line of what it names out.

use super::{Done, at_stdout, say};
use crate::error::Error;
use crate::mentions::lines;
use crate::mentions::lines::Lines;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use serde_json::json;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::PathBuf;

/// Find the dates, numbers, addresses, places, units and citations in lines of text.
///
/// Each line gives one JSON line with its number as `id`. A line of JSONL is {"id", "text", "reference_date"}; its own
/// reference date, null too, goes before --reference-date. A line that cannot be read gives {"id", "error"}, a message
/// with its number on stderr, and exit code 1 at the end.
#[derive(Debug, Args)]
pub(super) struct Mentions {
    /// Lines to read; - for standard input.
    #[arg(value_name = "FILE", default_value = "-")]
    file: PathBuf,
    /// The day from which 明天, 上个月 and years that are not said are counted.
    #[arg(long, value_name = "YYYY-MM-DD")]
    reference_date: Option<Date>,
    /// What the lines are; by default JSONL when the first that is not blank begins with a brace.
    #[arg(long, value_name = "FORM", value_enum, default_value_t = Form::Auto)]
    form: Form,
    /// Cover names of contacts, personal numbers and e-mail addresses with asterisks; hotlines stay.
    #[arg(long)]
    mask_contacts: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Auto,
    Text,
    Jsonl,
}

impl Mentions {
    pub(super) fn run(self) -> Result<Done, Error> {
        let is_stdin = self.file.as_os_str() == "-";
        let name = match is_stdin {
            true => PathBuf::from("standard input"),
            false => self.file.clone(),
        };
        let failed = |cause| Error::Io {
            action: "read",
            path: name.clone(),
            cause,
        };
        let input: Box<dyn Read> = match is_stdin {
            true => Box::new(io::stdin().lock()),
            false => Box::new(File::open(&self.file).map_err(failed)?),
        };
        let mut input = BufReader::new(input);
        let mut out = BufWriter::new(io::stdout().lock());
        let mut lines = Lines {
            form: match self.form {
                Form::Auto => None,
                Form::Text => Some(lines::Form::Text),
                Form::Jsonl => Some(lines::Form::Jsonl),
            },
            reference: self.reference_date,
            masking: self.mask_contacts,
        };
        let mut done = Done::Well;
        let mut line = Vec::new();
        for number in 1u64.. {
            line.clear();
            if input.read_until(b'\n', &mut line).map_err(failed)? == 0 {
                break;
            }
            let Some(answer) = lines.answer(&line, number) else {
                continue;
            };
            let written = match answer {
                Ok(row) => serde_json::to_writer(&mut out, &row),
                Err(fault) => {
                    done = Done::WithFailures;
                    say(&format!("gongwen: {}:{number}: {fault}", name.display()));
                    serde_json::to_writer(&mut out, &json!({ "id": number, "error": fault }))
                }
            };
            written
                .map_err(io::Error::from)
                .and_then(|()| out.write_all(b"\n"))
                .map_err(at_stdout)?;
            // Whoever asks line by line gets each answer before the next question
            if input.buffer().is_empty() {
                out.flush().map_err(at_stdout)?;
            }
        }
        out.flush().map_err(at_stdout)?;
        Ok(done)
    }
}
