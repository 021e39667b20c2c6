//! How is it asked: query language, ranking, facets, snippets. Reads the index and the store, writes neither.

pub mod answer;
pub mod engine;
pub mod field;
mod forbidden;
mod plan;
pub mod query;
pub mod range;
pub mod request;
mod snippet;
mod tally;

pub use answer::{Answer, Hit};
pub use engine::{Engine, Notices};
pub use request::{Filters, Request, Within};
