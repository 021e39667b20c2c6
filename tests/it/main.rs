//! One binary for all tests that use the program or the library from outside.

mod bad_input;
mod extract;
mod index;
mod made;
mod run;
mod search;
