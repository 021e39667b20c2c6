//! A line in, a line out: what `gongwen mentions` and the API read and write.

use super::Mentions;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// What the lines are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Running text; a line's number is its id.
    Text,
    /// An object with `text`, and perhaps `id` and `reference_date`.
    Jsonl,
}

/// How lines are read.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// None until the first line that is not blank tells: JSONL where it begins with a brace.
    pub form: Option<Form>,
    /// The day from which 明天 is counted where a line gives none of its own.
    pub reference: Option<Date>,
    /// Whether contacts are covered.
    pub masking: bool,
}

/// One line that was asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The line's own, else its number.
    pub id: Value,
    /// What is read.
    pub text: String,
    /// The day from which 明天 is counted.
    pub reference: Option<Date>,
}

/// What a line names.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Row {
    /// The line's own, else its number.
    pub id: Value,
    /// What it names.
    #[serde(flatten)]
    pub named: Mentions,
}

impl Lines {
    /// What a line (with or without its end) names, or why it cannot be read; none for a blank line of JSONL. `number`
    /// counts from 1.
    pub fn answer(&mut self, line: &[u8], number: u64) -> Option<Result<Row, String>> {
        let bytes = content(line, number);
        let is_blank = bytes.iter().all(u8::is_ascii_whitespace);
        if self.form.is_none() && !is_blank {
            self.form = Some(match bytes.trim_ascii_start().first() {
                Some(b'{') => Form::Jsonl,
                _ => Form::Text,
            });
        }
        if self.form == Some(Form::Jsonl) && is_blank {
            return None;
        }
        let asked = std::str::from_utf8(bytes)
            .map_err(|_| "not UTF-8".to_owned())
            .and_then(|text| match self.form {
                Some(Form::Jsonl) => asked(text, number, self.reference),
                _ => Ok(Asked {
                    id: number.into(),
                    text: text.to_owned(),
                    reference: self.reference,
                }),
            });
        Some(asked.map(|asked| asked.answer(self.masking)))
    }
}

impl Asked {
    /// What an object asks that stands in line `number`; `reference` holds where it gives no day of its own.
    ///
    /// # Errors
    /// What was expected of it.
    pub fn of_json(value: Value, number: u64, reference: Option<Date>) -> Result<Self, String> {
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
        Ok(Self {
            id,
            text,
            reference,
        })
    }

    /// The row that answers it.
    #[must_use]
    pub fn answer(self, masking: bool) -> Row {
        let mut named = super::of(&self.text, self.reference);
        if masking {
            named = named.masked(&self.text);
        }
        Row { id: self.id, named }
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
    Asked::of_json(value, number, reference)
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
