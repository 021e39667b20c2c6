//! The JSON Schema of a record, made from the types.

use super::notice::{Notice, SCHEMA};
use schemars::generate::SchemaSettings;
use serde_json::Value;

/// The JSON Schema (draft 2020-12) of one record: what stands on a line of `gongwen extract`.
///
/// Every key is required: lists are empty, never absent, and scalars that do not occur are null; `rrule` alone
/// stands only where a date recurs. A later version may add keys, so further ones are allowed.
///
/// ```
/// let schema = gongwen::record::schema::schema();
/// assert_eq!(schema["$id"], "urn:gongwen:notice/1");
/// ```
#[must_use]
pub fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let mut schema = generator.into_root_schema_for::<Notice>();
    schema.insert("$id".to_owned(), format!("urn:gongwen:{SCHEMA}").into());
    schema.insert(
        "title".to_owned(),
        format!("gongwen record {SCHEMA}").into(),
    );
    schema.to_value()
}
