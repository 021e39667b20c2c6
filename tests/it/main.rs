//! The integration tests: one binary, a module a question.

mod eval;
mod invariants;
mod laws;
mod layers;
mod schema;
