//! Hits as rows: some of their fields, in JSON, as lines, or as a table that no spreadsheet reads formulas in.

use super::problem::Problem;
use crate::search::answer::Hit;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};
use std::sync::LazyLock;

/// The names of a hit's fields, as its type has them.
pub(super) fn fields() -> &'static [String] {
    static FIELDS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let generator = SchemaSettings::draft2020_12()
            .for_serialize()
            .into_generator();
        let schema = generator.into_root_schema_for::<Hit>().to_value();
        let properties = schema.get("properties").and_then(Value::as_object);
        properties
            .map(|p| p.keys().cloned().collect())
            .unwrap_or_default()
    });
    &FIELDS
}

/// Columns of a table where none are asked for: what a person reads.
const COLUMNS: [&str; 24] = [
    "id",
    "title",
    "snippet",
    "units",
    "dates",
    "kinds",
    "audiences",
    "notice_title",
    "kind",
    "doc_number",
    "issuers",
    "issued",
    "year",
    "region",
    "region_path",
    "level",
    "campaign",
    "path",
    "above",
    "sources",
    "notice_id",
    "ordinal",
    "section",
    "score",
];

/// Leaves only these fields of a hit.
pub(super) fn cut(hit: &mut Value, wanted: &[&str]) {
    if let Value::Object(members) = hit {
        members.retain(|name, _| wanted.contains(&name.as_str()));
    }
}

/// A line each.
pub(super) fn lines(rows: &[Value]) -> Vec<u8> {
    let mut out = Vec::new();
    for row in rows {
        out.extend(serde_json::to_vec(row).unwrap_or_default());
        out.push(b'\n');
    }
    out
}

/// A table (RFC 4180) with a head; lists are joined by ；.
///
/// # Errors
/// Never: the writer writes to memory.
pub(super) fn csv(rows: &[Value], wanted: Option<&[&str]>, bom: bool) -> Result<Vec<u8>, Problem> {
    let columns = wanted.unwrap_or(&COLUMNS);
    let mut out = Vec::new();
    if bom {
        out.extend("\u{feff}".as_bytes());
    }
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    let empty = Map::new();
    writer
        .write_record(columns)
        .map_err(|_| Problem::internal())?;
    for row in rows {
        let row = row.as_object().unwrap_or(&empty);
        let cells = columns.iter().map(|name| cell(name, row.get(*name)));
        writer
            .write_record(cells)
            .map_err(|_| Problem::internal())?;
    }
    writer.into_inner().map_err(|_| Problem::internal())
}

fn cell(name: &str, value: Option<&Value>) -> String {
    let between = match name {
        "region_path" => "/",
        "path" => "",
        _ => "；",
    };
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::Number(number)) => number.to_string(),
        Some(value) => tame(&said(value, between)),
    }
}

/// A value in words: of an object what a reader wants of it.
fn said(value: &Value, between: &str) -> String {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let said: Vec<String> = items.iter().map(|item| said(item, between)).collect();
            said.join(between)
        }
        // A unit, a date, a passage, a term that was found
        Value::Object(members) => match members.get("name") {
            Some(name) => format!("{}:{}", text(members.get("role")), text(Some(name))),
            None if members.contains_key("text") => text(members.get("text")),
            None => value.to_string(),
        },
        value => value.to_string(),
    }
}

/// A cell that a spreadsheet would take for a formula begins with an apostrophe instead (as OWASP advises).
fn tame(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => {
            format!("'{text}")
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_column_is_a_field() {
        for column in COLUMNS {
            assert!(fields().iter().any(|f| f == column), "{column}");
        }
    }

    #[test]
    fn what_begins_as_a_formula_begins_with_an_apostrophe() {
        for mark in "=+-@\t\r\n＝＋－＠".chars() {
            let text = format!("{mark}SUM(A1)");
            assert_eq!(tame(&text), format!("'{text}"), "{mark:?}");
        }
        for text in ["", "甲=乙", "1-2", " 通知", "（+）"] {
            assert_eq!(tame(text), text);
        }
    }

    #[test]
    fn cells_are_joined_quoted_and_tame() {
        let rows = [json!({
            "title": "=HYPERLINK(\"x\")", "units": [{"name": "市教育局", "role": "lead", "function": null}, {"name": "县局", "role": "host"}],
            "region_path": ["湖北省", "武汉市"], "score": -1.5, "kinds": [], "ordinal": null, "snippet": [{"text": "甲\n乙", "start": 1}],
        })];
        let table = csv(
            &rows,
            Some(&[
                "title",
                "units",
                "region_path",
                "score",
                "kinds",
                "ordinal",
                "snippet",
            ]),
            true,
        );
        let table = String::from_utf8(table.expect("written")).expect("UTF-8");
        assert_eq!(
            table,
            "\u{feff}title,units,region_path,score,kinds,ordinal,snippet\r\n\"'=HYPERLINK(\"\"x\"\")\",lead:市教育局；host:县局,湖北省/武汉市,-1.5,,,\"甲\n乙\"\r\n"
        );
    }
}
