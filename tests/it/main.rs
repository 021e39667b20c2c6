//! The integration tests, from outside: one binary for the library and the program, a module a question.

mod asked;
mod bad_input;
mod check;
mod corpus;
mod docs;
mod eval;
mod explain;
mod extract;
mod golden;
mod index;
mod invariants;
mod laws;
mod layers;
mod lossless;
mod made;
mod mentions;
mod properties;
mod run;
mod schema;
mod search;
mod search_language;
mod serve;
mod similar;
