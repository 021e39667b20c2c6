//! `gongwen` (公文) reads Chinese official notices and makes structured, searchable records of them.
//!
//! [`extract`] takes the bytes of one file and gives its records: outline, activities with units and deadlines, dates,
//! contacts, attachments and citations, each with its place in the text.
//!
//! ```
//! let text = "关于开展护林活动的通知\n各林场：\n一、主要活动\n（一）巡山。6月底前完成一次。（责任单位：甲县林业局）\n";
//! let extraction = gongwen::extract(text.as_bytes(), &gongwen::Options::of_path("a.txt"));
//! let activity = &extraction.notices[0].activities[0];
//! assert_eq!(activity.title.as_deref(), Some("巡山"));
//! assert_eq!(activity.units[0].name, "甲县林业局");
//! assert_eq!(activity.dates[0].text, "6月底前");
//! ```
//!
//! A module names only modules above it in this list:
//!
//! - [`span`], [`error`]: the one coordinate, and what goes wrong at the edges that touch the world
//! - [`text`], [`diagnostic`]: characters and lines; what is odd, and how it is shown
//! - [`source`], [`outline`]: bytes to text; text to parts, sections and leaves
//! - [`entity`]: dates, units, contacts, citations, regions
//! - [`record`]: the notice as records carry it, its JSON Schema, its checks and masks
//! - [`pipeline`], [`store`], [`index`], [`eval`], [`mentions`], [`export`]: one file read; records kept, found, scored, and given to other programs
//! - [`ingest`], [`search`]: whole archives read; questions answered
//! - [`serve`], [`cli`]: the pages and the commands
//!
//! What it does not do: it reads no pictures of text, guesses no value that the notice leaves open (what cannot be settled is
//! null, with a diagnostic), corrects no mistake of the officials, and calls no network and no model.

pub mod span;

pub mod error;

pub mod diagnostic;
pub mod text;

pub mod outline;
pub mod source;

pub mod entity;

pub mod record;

pub mod eval;
pub mod export;
pub mod index;
pub mod mentions;
pub mod pipeline;
pub mod store;

pub mod ingest;
pub mod search;

pub mod serve;

pub mod cli;

pub use pipeline::{Extraction, Options, extract};
pub use source::Failure;
