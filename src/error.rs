//! `Error` for the edges that touch the world. The pure stages have none.

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

/// The parser's word without the place, which stands before it already.
fn without_place(cause: &serde_json::Error) -> String {
    let word = cause.to_string();
    match word.rfind(" at line ") {
        Some(at) => word[..at].to_owned(),
        None => word,
    }
}
