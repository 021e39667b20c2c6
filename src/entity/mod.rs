//! Which facts stand where: dates, units, contacts, citations, regions, campaigns.
//!
//! Every finder is total: any text in, facts with byte spans out; no I/O, no clock, linear time.

pub mod campaign;
pub mod citation;
pub mod contact;
pub mod date;
pub mod doc_number;
pub mod quantity;
pub mod region;
pub mod taxonomy;
pub mod unit;
