//! How is it asked: query language, ranking, facets, snippets. Reads the index and the store, writes neither.

pub mod answer;
mod asking;
mod cursor;
pub mod engine;
pub mod explain;
pub mod field;
mod filter;
mod forbidden;
mod group;
mod inherited;
mod list;
mod named;
pub mod narrow;
mod node;
mod pieces;
mod plan;
pub mod query;
pub mod range;
mod rank;
mod reading;
mod related;
pub mod request;
mod shown;
mod signs;
pub mod similar;
mod snippet;
mod spans;
mod statistics;
pub mod suggest;
mod synonym;
mod tally;
mod view;
mod wildcard;

/// The query language on one page: the text of `search --help` and of the documentation.
pub const LANGUAGE: &str = include_str!("language.md");

pub use answer::{Answer, Hit};
pub use engine::{Engine, Notices};
pub use request::{Counting, Filters, Grouping, Request, Sort, Within};
pub use similar::{Basis, Precedents};
