//! The integration tests, from outside: one binary for the library and the program, a module a question.

mod bad_input;
mod eval;
mod extract;
mod index;
mod invariants;
mod laws;
mod layers;
mod run;
mod schema;
