//! What does a notice become: the record contract, built from outline and entities.

pub mod activity;
mod addressee;
pub mod build;
mod check;
mod cited;
pub mod enclosure;
pub mod header;
mod issue;
mod issuer;
mod marks;
pub mod mask;
mod noted;
pub mod notice;
pub mod schema;
mod signed;
mod stated;
pub mod task_table;
mod tree;

pub use build::build;
pub use check::check;
pub use mask::Mask;
pub use notice::Notice;
pub use tree::tree;

#[cfg(test)]
mod issue_tests;
