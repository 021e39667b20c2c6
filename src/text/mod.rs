//! What do characters and lines mean before any structure: lines, folding, numerals.

pub mod fold;
pub mod letter;
pub mod lexicon;
pub mod line;
pub mod numeral;
pub mod words;
