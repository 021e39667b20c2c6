//! How is it asked: query language, ranking, facets, snippets. Reads the index and the store, writes neither.

pub mod field;
pub mod query;
pub mod range;
