//! `gongwen mentions`: a line of text in, a line of what it names out.

use super::{Done, at_stdout, say};
use crate::error::Error;
use crate::mentions;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};
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

/// One line that was asked about.
#[derive(Debug, PartialEq)]
struct Asked {
    id: Value,
    text: String,
    reference: Option<Date>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a Value,
    #[serde(flatten)]
    named: mentions::Mentions,
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
        let mut form = self.form;
        let mut done = Done::Well;
        let mut line = Vec::new();
        for number in 1u64.. {
            line.clear();
            if input.read_until(b'\n', &mut line).map_err(failed)? == 0 {
                break;
            }
            let bytes = content(&line, number);
            let is_blank = bytes.iter().all(u8::is_ascii_whitespace);
            if form == Form::Auto && !is_blank {
                form = match bytes.trim_ascii_start().first() {
                    Some(b'{') => Form::Jsonl,
                    _ => Form::Text,
                };
            }
            if form == Form::Jsonl && is_blank {
                continue;
            }
            let asked = std::str::from_utf8(bytes)
                .map_err(|_| "not UTF-8".to_owned())
                .and_then(|text| match form {
                    Form::Jsonl => asked(text, number, self.reference_date),
                    _ => Ok(Asked {
                        id: number.into(),
                        text: text.to_owned(),
                        reference: self.reference_date,
                    }),
                });
            let written = match asked {
                Ok(asked) => {
                    let mut named = mentions::of(&asked.text, asked.reference);
                    if self.mask_contacts {
                        named = named.masked(&asked.text);
                    }
                    let id = &asked.id;
                    serde_json::to_writer(&mut out, &Row { id, named })
                }
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

/// The line without its end, and the first without a byte order mark.
fn content(line: &[u8], number: u64) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    match number {
        1 => line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line),
        _ => line,
    }
}

/// What a line of JSONL asks; else what is wrong with it.
fn asked(line: &str, number: u64, reference: Option<Date>) -> Result<Asked, String> {
    let value: Value = serde_json::from_str(line).map_err(|cause| {
        let word = cause.to_string();
        let word = word
            .rsplit_once(" at line ")
            .map_or(&*word, |(word, _)| word);
        format!("not JSON, column {}: {word}", cause.column())
    })?;
    let Value::Object(mut members) = value else {
        return Err("expected an object with \"text\"".to_owned());
    };
    let Some(Value::String(text)) = members.remove("text") else {
        return Err("expected \"text\", a string".to_owned());
    };
    let reference = match members.remove("reference_date") {
        None => reference,
        Some(Value::Null) => None,
        Some(Value::String(day)) => match day.parse() {
            Ok(day) => Some(day),
            Err(_) => {
                return Err(format!(
                    "expected \"reference_date\" as YYYY-MM-DD, found {day:?}"
                ));
            }
        },
        Some(_) => return Err("expected \"reference_date\", a string or null".to_owned()),
    };
    let id = match members.remove("id") {
        None | Some(Value::Null) => number.into(),
        Some(id) => id,
    };
    Ok(Asked {
        id,
        text,
        reference,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_its_own_date_goes_before_the_options() {
        let day = "2023-05-29".parse().ok();
        let of = |line| asked(line, 7, day).map(|a| (a.id, a.reference));
        assert_eq!(of(r#"{"text":"x"}"#), Ok((7.into(), day)));
        assert_eq!(
            of(r#"{"id":"a","text":"x","reference_date":null}"#),
            Ok(("a".into(), None))
        );
        let own = "2020-01-02".parse().ok();
        assert_eq!(
            of(r#"{"id":3,"text":"x","reference_date":"2020-01-02"}"#),
            Ok((3.into(), own))
        );
    }

    #[test]
    fn a_bad_line_says_what_was_expected() {
        let of = |line| asked(line, 1, None).err().unwrap_or_default();
        assert_eq!(of("[1]"), "expected an object with \"text\"");
        assert_eq!(of("{}"), "expected \"text\", a string");
        assert_eq!(of("{\"text\":1}"), "expected \"text\", a string");
        assert!(of("{\"text\"").starts_with("not JSON, column 7: EOF"));
        assert_eq!(
            of(r#"{"text":"x","reference_date":"2023-02-30"}"#),
            "expected \"reference_date\" as YYYY-MM-DD, found \"2023-02-30\""
        );
    }
}
