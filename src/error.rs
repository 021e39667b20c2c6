//! `Error` for the edges that touch the world. The pure stages have none.

pub mod query;

pub use query::QueryFault;

use std::io;
use std::path::PathBuf;

/// What can go wrong at the edges; each variant holds the facts.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("cannot {action} {path}: {cause}")]
    Io {
        /// A verb: `read`, `write`, `open`.
        action: &'static str,
        /// Which file.
        path: PathBuf,
        /// The system's word.
        cause: io::Error,
    },
    /// A taxonomy file is not of its shape.
    #[error("the taxonomy cannot be read: {cause}")]
    Taxonomy {
        /// The parser's word, with line and column.
        cause: Box<toml::de::Error>,
    },
    /// A path that was given does not exist.
    #[error("{path} does not exist; give a file or a folder")]
    NoSuchPath {
        /// As given.
        path: PathBuf,
    },
    /// A command that asks for records was pointed at a folder without any.
    #[error("no records in {data}; make them with `gongwen index PATH --data {data}`")]
    NoData {
        /// The data folder.
        data: PathBuf,
    },
    /// Neither a file nor the id of a record.
    #[error("{id} is neither a file nor the id of a record in {data}")]
    NoSuchNotice {
        /// As given.
        id: String,
        /// The data folder that was looked in.
        data: PathBuf,
    },
    /// The file that was to be shown gives no record.
    #[error("{path} gives no notice: {message}")]
    NoNotice {
        /// As given.
        path: PathBuf,
        /// Why.
        message: String,
    },
    /// The data folder was written by a newer program.
    #[error(
        "the records in {data} are of version {found}, this program knows up to {known}; use a newer gongwen"
    )]
    NewerData {
        /// The data folder.
        data: PathBuf,
        /// Its version.
        found: i64,
        /// The newest that is known here.
        known: i64,
    },
    /// Another program is writing to the data folder.
    #[error("{data} is being written by {holder}; wait until it ends, or give another --data")]
    Busy {
        /// The data folder.
        data: PathBuf,
        /// As the lock file names it: `process 123 since 2024-05-01T08:00:00Z`.
        holder: String,
    },
    /// The data folder cannot be written, and something must be written before it can be read.
    #[error(
        "{data} cannot be written, and {why}; search it once where it can be written, or make a new one with another --data"
    )]
    FixedData {
        /// The data folder.
        data: PathBuf,
        /// What is missing: `its index is not whole`.
        why: &'static str,
    },
    /// The store's database did not do what was asked of it.
    #[error("cannot {action} the records in {data}: {cause}{}", remedy(cause))]
    Store {
        /// A verb: `open`, `read`, `write`.
        action: &'static str,
        /// The data folder.
        data: PathBuf,
        /// SQLite's word.
        cause: Box<rusqlite::Error>,
    },
    /// A stored record is not of the record's shape.
    #[error("record {id} in {data} is damaged: {cause}; remove the folder and index again")]
    DamagedRecord {
        /// Of the record.
        id: String,
        /// The data folder.
        data: PathBuf,
        /// The parser's word.
        cause: Box<serde_json::Error>,
    },
    /// The index could not be read or written.
    #[error("cannot {action} the index: {cause}")]
    Index {
        /// A verb: `open`, `read`, `write`.
        action: &'static str,
        /// The engine's word.
        cause: Box<tantivy::TantivyError>,
    },
    /// Another schema or analyser wrote the index; it is to be rebuilt from the store.
    #[error("the index in {path} is of another form: expected `{expected}`, found `{}`", found.as_deref().unwrap_or("none"))]
    IndexForm {
        /// The index's folder.
        path: PathBuf,
        /// What the folder says of itself.
        found: Option<String>,
        /// What this program writes.
        expected: String,
    },
    /// A query is malformed.
    #[error("query, column {place}: {fault}")]
    Query {
        /// Column of the query in code points, from 1.
        place: usize,
        /// What is wrong there, and how to mend it.
        fault: QueryFault,
    },
    /// A file of records or gold answers is no JSON.
    #[error("{path}:{line}:{column}: not JSON: {}", without_place(cause))]
    Json {
        /// Which file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// From 1, in bytes.
        column: usize,
        /// The parser's word.
        cause: Box<serde_json::Error>,
    },
    /// A record or gold answers are not of the shape that the record contract gives them.
    #[error("{path}{}: {}expected {expected}", line.map(|l| format!(":{l}")).unwrap_or_default(), if place.is_empty() { String::new() } else { format!("{place}: ") })]
    Shape {
        /// Which file.
        path: PathBuf,
        /// From 1, where the file holds a record a line.
        line: Option<usize>,
        /// Such as `activities[3].title`; empty for the whole.
        place: String,
        /// What should stand there.
        expected: &'static str,
    },
    /// A place that should hold gold answers holds none.
    #[error("no gold answers in {path}: expected .json files with a \"file\" key")]
    NoGold {
        /// Folder or file.
        path: PathBuf,
    },
}

impl Error {
    /// Whether something could not be written because the place may only be read.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        matches!(self, Self::Io { cause, .. } if matches!(
            cause.kind(),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
        ))
    }
}

/// What helps against the database's fault, where anything does.
fn remedy(cause: &rusqlite::Error) -> &'static str {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    match cause.sqlite_error_code() {
        Some(DatabaseCorrupt | NotADatabase) => "; remove the folder and index again",
        _ => "",
    }
}

/// The parser's word without the place, which stands before it already.
fn without_place(cause: &serde_json::Error) -> String {
    let word = cause.to_string();
    match word.rfind(" at line ") {
        Some(at) => word[..at].to_owned(),
        None => word,
    }
}
