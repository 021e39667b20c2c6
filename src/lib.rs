//! `gongwen` (公文) reads Chinese official notices and makes structured, searchable records of them.

pub mod span;

pub mod error;

pub mod diagnostic;
pub mod text;

pub mod outline;
pub mod source;

pub mod entity;

pub mod record;

pub mod eval;
pub mod index;
pub mod mentions;
pub mod pipeline;
pub mod store;

pub mod ingest;
pub mod search;

pub mod serve;

pub mod cli;

pub use pipeline::{Extraction, Options, extract};
pub use source::Failure;
