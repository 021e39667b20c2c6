//! One binary for all tests that use the program or the library from outside.

mod bad_input;
mod eval;
mod extract;
mod index;
mod invariants;
mod laws;
mod layers;
mod made;
mod run;
mod schema;
mod search;
mod serve;
