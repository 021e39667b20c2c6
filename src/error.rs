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
}
