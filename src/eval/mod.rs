//! How right are the records? Precision, recall and F1 per field against answers written by people.
//!
//! A record is matched to its gold answers by the base name of `source.path` and `file`. Every field is a
//! multiset of comparable keys, and counts are summed over the notices: the figures are micro-averaged. A gold
//! file that lacks a key, or names it in `unscored`, is not scored on it; a notice without a record counts as
//! all missed.
//!
//! ```
//! use gongwen::eval::{Answers, score};
//! let gold = Answers::gold("plan.json".as_ref(), r#"{"file": "plan.txt", "kind": "方案", "year": 2031}"#)?;
//! let record = Answers::record("records.jsonl".as_ref(), 1, r#"{"source": {"path": "in/plan.txt"}, "kind": "方案", "year": 2030}"#)?;
//! let report = score(&[gold.unwrap()], record.map(Ok))?;
//! assert_eq!(report.row("kind").unwrap().f1(), 1.0);
//! assert_eq!(report.row("year").unwrap().f1(), 0.0);
//! # Ok::<(), gongwen::error::Error>(())
//! ```

pub mod answers;
mod field;
pub mod form;
pub mod key;
pub mod report;

pub use answers::{Answers, gold_in, records_in};
pub use report::{Report, Row};

use crate::error::Error;
use field::FIELDS;
use key::Bag;
use std::collections::HashMap;

/// Counts what the records hold of what the gold answers ask. Of several records of one name the last counts.
///
/// # Errors
/// The first error that `records` yields; [`Error::Shape`] where a scored key is not of the shape that
/// the record contract gives it.
pub fn score(
    gold: &[Answers],
    records: impl IntoIterator<Item = Result<Answers, Error>>,
) -> Result<Report, Error> {
    let mut found: HashMap<&str, Option<Answers>> =
        gold.iter().map(|g| (g.name.as_str(), None)).collect();
    for record in records {
        let record = record?;
        if let Some(slot) = found.get_mut(record.name.as_str()) {
            *slot = Some(record);
        }
    }
    let mut report = Report::new(FIELDS.iter().map(|f| f.name));
    for answers in gold {
        let record = found.get(answers.name.as_str()).and_then(Option::as_ref);
        if record.is_none() {
            report.without_record.push(answers.name.clone());
        }
        for (index, field) in FIELDS.iter().enumerate() {
            if !answers.asks(field.name, field.needs) {
                continue;
            }
            let want = answers.keys(field.keys)?;
            let mut got = match record {
                Some(record) => record.keys(field.keys)?,
                None => Bag::default(),
            };
            if let Some(leaves_open) = field.leaves_open {
                let open = answers.keys(leaves_open)?;
                got.retain(|key| !key.first_is_in(&open));
            }
            report.add(index, &answers.name, &want, &got);
        }
    }
    Ok(report)
}

#[cfg(test)]
mod tests;
