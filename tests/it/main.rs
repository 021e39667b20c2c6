//! The integration tests: one binary, a module a subject.

mod made;
mod search;
mod serve;
