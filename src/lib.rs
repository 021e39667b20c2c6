//! `gongwen` (公文) reads Chinese official notices and makes structured, searchable records of them.

pub mod span;

pub mod error;

pub mod diagnostic;
pub mod text;

pub mod outline;
pub mod source;

pub mod entity;

pub mod record;

pub mod index;

pub mod search;

pub mod serve;
