//! Gold answers and records as they are read: JSON, with the file and line they came from.

use super::key::{Atom, Bag, Key};
use crate::error::Error;
use crate::record::Notice;
use serde_json::Value;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// One notice's answers, by a person or by us.
#[derive(Clone, Debug)]
pub struct Answers {
    /// Base name of the notice's file.
    pub name: String,
    value: Value,
    path: PathBuf,
    line: Option<usize>,
}

impl Answers {
    /// Gold answers out of one JSON file's text; none where it is no object with a `file`.
    ///
    /// # Errors
    /// [`Error::Json`] when it is no JSON, [`Error::Shape`] when `file` is no text.
    pub fn gold(path: &Path, json: &str) -> Result<Option<Self>, Error> {
        let value = parse(path, json, None)?;
        let Some(file) = value.get("file") else {
            return Ok(None);
        };
        let name = text(file)
            .map(base_name)
            .map_err(|e| e.within("file").at(path, None))?;
        Ok(Some(Self {
            name,
            value,
            path: path.to_owned(),
            line: None,
        }))
    }

    /// A record out of a line of JSONL; none where it has no `source`.
    ///
    /// # Errors
    /// [`Error::Json`] when the line is no JSON, [`Error::Shape`] when it is no object or `source` has no `path`.
    pub fn record(path: &Path, line: usize, json: &str) -> Result<Option<Self>, Error> {
        let value = parse(path, json, Some(line))?;
        let misshapen = |e: Misshapen| e.at(path, Some(line));
        object(&value).map_err(misshapen)?;
        let Some(source) = value.get("source") else {
            return Ok(None);
        };
        let name = required(source, "path")
            .and_then(|p| text(p).map_err(|e| e.within("path")))
            .map_err(|e| misshapen(e.within("source")))?;
        Ok(Some(Self {
            name: base_name(name),
            value,
            path: path.to_owned(),
            line: Some(line),
        }))
    }

    /// Whether these gold answers are to be scored on `field`, which needs the key `needs`; `list.key` asks for the key
    /// in any element of the list.
    pub(super) fn asks(&self, field: &str, needs: &str) -> bool {
        let left_out = self.value.get("unscored").and_then(Value::as_array);
        let told = match needs.split_once('.') {
            None => self.value.get(needs).is_some(),
            Some((list, key)) => {
                let list = self.value.get(list).and_then(Value::as_array);
                list.is_some_and(|list| list.iter().any(|v| v.get(key).is_some()))
            }
        };
        told && !left_out.is_some_and(|names| names.iter().any(|n| n == field))
    }

    pub(super) fn keys(&self, of: fn(&Value) -> Result<Vec<Key>, Misshapen>) -> Result<Bag, Error> {
        of(&self.value)
            .map(Bag::from_iter)
            .map_err(|e| e.at(&self.path, self.line))
    }
}

impl From<&Notice> for Answers {
    fn from(notice: &Notice) -> Self {
        Self {
            name: base_name(&notice.source.path),
            // A notice is made of texts, numbers and lists: it always has a JSON form.
            value: serde_json::to_value(notice).unwrap_or_default(),
            path: PathBuf::from(&notice.source.path),
            line: None,
        }
    }
}

/// The gold answers of a folder's `.json` files in the order of their names, or of one file.
///
/// # Errors
/// [`Error::Io`] where something cannot be read, [`Error::NoGold`] where no file holds answers, and those of
/// [`Answers::gold`].
pub fn gold_in(place: &Path) -> Result<Vec<Answers>, Error> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |cause| Error::Io {
            action: "read",
            path,
            cause,
        }
    };
    let mut files = Vec::new();
    if place.is_dir() {
        for entry in fs::read_dir(place).map_err(io(place))? {
            let path = entry.map_err(io(place))?.path();
            if path.to_string_lossy().ends_with(".json") {
                files.push(path);
            }
        }
        files.sort_unstable();
    } else {
        files.push(place.to_owned());
    }
    let mut gold = Vec::new();
    for path in files {
        let json = fs::read_to_string(&path).map_err(io(&path))?;
        gold.extend(Answers::gold(&path, &json)?);
    }
    if gold.is_empty() {
        return Err(Error::NoGold {
            path: place.to_owned(),
        });
    }
    Ok(gold)
}

/// The records of a JSONL file, line by line; blank lines and lines without `source` are passed over.
///
/// # Errors
/// [`Error::Io`] when the file cannot be opened; each item as [`Answers::record`].
pub fn records_in(path: &Path) -> Result<impl Iterator<Item = Result<Answers, Error>>, Error> {
    let path = path.to_owned();
    let failed = |path: &Path, cause| Error::Io {
        action: "read",
        path: path.to_owned(),
        cause,
    };
    let file = File::open(&path).map_err(|cause| failed(&path, cause))?;
    Ok(BufReader::new(file)
        .lines()
        .enumerate()
        .filter_map(move |(index, line)| {
            match line {
                Ok(line) if line.trim().is_empty() => Ok(None),
                Ok(line) => Answers::record(&path, index + 1, &line),
                Err(cause) => Err(failed(&path, cause)),
            }
            .transpose()
        }))
}

/// The part of a path after its last slash.
fn base_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

fn parse(path: &Path, json: &str, line: Option<usize>) -> Result<Value, Error> {
    serde_json::from_str(json).map_err(|cause| Error::Json {
        path: path.to_owned(),
        line: line.unwrap_or(cause.line()),
        column: cause.column(),
        cause: Box::new(cause),
    })
}

/// A value that is not of the shape it should be: where it stands, and what was expected.
#[derive(Debug)]
pub(super) struct Misshapen {
    place: String,
    expected: &'static str,
}

impl Misshapen {
    pub(super) fn new(expected: &'static str) -> Self {
        Self {
            place: String::new(),
            expected,
        }
    }

    /// The same, seen from the object that holds it under `name`.
    pub(super) fn within(mut self, name: &str) -> Self {
        let parted = self.place.is_empty() || self.place.starts_with('[');
        let dot = if parted { "" } else { "." };
        self.place = format!("{name}{dot}{}", self.place);
        self
    }

    fn at(self, path: &Path, line: Option<usize>) -> Error {
        Error::Shape {
            path: path.to_owned(),
            line,
            place: self.place,
            expected: self.expected,
        }
    }
}

/// What `of` makes of each element of the list under `name`; an absent, null or empty one has none.
pub(super) fn each<T>(
    v: &Value,
    name: &str,
    of: impl Fn(&Value) -> Result<T, Misshapen>,
) -> Result<Vec<T>, Misshapen> {
    object(v)?;
    match v.get(name) {
        Some(Value::Array(list)) => list
            .iter()
            .enumerate()
            .map(|(i, element)| of(element).map_err(|e| e.within(&format!("[{i}]")).within(name)))
            .collect(),
        Some(other) if truthy(other) => Err(Misshapen::new("a list").within(name)),
        _ => Ok(Vec::new()),
    }
}

/// The value under `name`, which must be there.
pub(super) fn required<'v>(v: &'v Value, name: &str) -> Result<&'v Value, Misshapen> {
    object(v)?;
    v.get(name)
        .ok_or_else(|| Misshapen::new("a value").within(name))
}

/// What `of` makes of the value under `name`, which must be there.
pub(super) fn item<'v, T>(
    v: &'v Value,
    name: &str,
    of: impl Fn(&'v Value) -> Result<T, Misshapen>,
) -> Result<T, Misshapen> {
    of(required(v, name)?).map_err(|e| e.within(name))
}

/// What `of` makes of the value under `name`, where there is one.
pub(super) fn optional<'v, T>(
    v: &'v Value,
    name: &str,
    of: impl Fn(&'v Value) -> Result<T, Misshapen>,
) -> Result<Option<T>, Misshapen> {
    object(v)?;
    v.get(name)
        .map(|found| of(found).map_err(|e| e.within(name)))
        .transpose()
}

/// Null, a number or a text as an element of a key.
pub(super) fn atom(v: &Value) -> Result<Atom, Misshapen> {
    match v {
        Value::Null => Ok(Atom::Nothing),
        Value::Number(n) => Ok(n
            .as_i64()
            .map_or_else(|| Atom::Text(n.to_string()), Atom::Number)),
        Value::String(s) => Ok(s.as_str().into()),
        _ => Err(Misshapen::new("a text, a number or null")),
    }
}

/// A text; null is the empty one.
pub(super) fn text(v: &Value) -> Result<&str, Misshapen> {
    match v {
        Value::Null => Ok(""),
        Value::String(s) => Ok(s),
        _ => Err(Misshapen::new("a text")),
    }
}

pub(super) fn object(v: &Value) -> Result<(), Misshapen> {
    if v.is_object() {
        Ok(())
    } else {
        Err(Misshapen::new("an object"))
    }
}

/// Whether the value says anything: null, false, zero and what is empty do not.
pub(super) fn truthy(v: &Value) -> bool {
    match v {
        Value::Null => false,
        Value::Bool(b) => *b,
        Value::Number(n) => n.as_f64() != Some(0.0),
        Value::String(s) => !s.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(map) => !map.is_empty(),
    }
}
