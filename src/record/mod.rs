//! What does a notice become: the record contract, built from outline and entities.

pub mod notice;

pub use notice::Notice;
