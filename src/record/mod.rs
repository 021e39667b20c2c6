//! What does a notice become: the record contract, built from outline and entities.

pub mod notice;
pub mod schema;

pub use notice::Notice;
