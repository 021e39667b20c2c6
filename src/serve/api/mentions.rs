//! `POST /api/v1/mentions`: what lines of text name.

use super::{TEXT, apart, asked, kind_of_body, no_json, not_utf8, unsupported, whole};
use crate::mentions::lines::{Asked, Form as Shape, Lines, Row};
use crate::search::Engine;
use crate::serve::form::Form;
use crate::serve::fresh;
use crate::serve::problem::Problem;
use crate::serve::table;
use crate::serve::taken::{MentionsParameters, OF_MENTIONS};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// What lines name.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::serve) struct MentionsAnswer {
    /// One a line, in their order.
    rows: Vec<MentionsRow>,
}

/// What a line names, or why it could not be read.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(in crate::serve) enum MentionsRow {
    /// What it names.
    Read(Row),
    /// Why it could not be read.
    Unread {
        /// The line's number.
        id: u64,
        /// Why.
        error: String,
    },
}

/// One text, as `application/json` gives it.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(dead_code)]
pub(in crate::serve) struct MentionsAsked {
    /// What is read.
    text: String,
    /// The day from which 明天 is counted; null for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "day")]
    reference_date: Option<String>,
    /// Comes back with the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
}

fn day(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "anyOf": [{ "type": "string", "format": "date" }, { "type": "null" }] })
}

/// What lines of text name: dates, numbers, addresses, places, units, citations.
///
/// Plain text is read line by line, and so is NDJSON, an object with `text` a line; JSON is one such object. Offsets are code
/// points of the line.
#[utoipa::path(post, path = "/api/v1/mentions", tag = "reading", params(MentionsParameters),
    request_body(description = "The lines.", content(
        (String = "text/plain", example = "请市教育局于明年3月底前报送。"), (MentionsAsked = "application/json"), (String = "application/x-ndjson")
    )),
    responses((status = 200, description = "A row a line.", content((MentionsAnswer = "application/json"), (String = "application/x-ndjson")))))]
pub(in crate::serve) async fn mentions(
    State(engine): State<Arc<Engine>>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let (params, form) = asked(&uri, &headers, &OF_MENTIONS, &[Form::Json, Form::Ndjson])?;
    let reference: Option<Date> = params
        .first("reference_date")
        .and_then(|day| day.parse().ok());
    let shape = match kind_of_body(&headers).as_str() {
        "text/plain" => Some(Shape::Text),
        "application/x-ndjson" | "application/ndjson" | "application/jsonl" => Some(Shape::Jsonl),
        "application/json" => None,
        _ => {
            let expected = "text/plain, application/x-ndjson or application/json";
            return Err(unsupported(expected));
        }
    };
    let bytes = whole(body, TEXT).await?;
    let masking = engine.is_masking();
    let rows = match shape {
        Some(_) if std::str::from_utf8(&bytes).is_err() => return Err(not_utf8()),
        Some(shape) => apart(move || Ok(of_lines(&bytes, shape, reference, masking))).await?,
        None => {
            let value: Value = serde_json::from_slice(&bytes).map_err(|e| no_json(&e))?;
            let asked = Asked::of_json(value, 1, reference)
                .map_err(|fault| Problem::new(StatusCode::BAD_REQUEST, "malformed body", fault))?;
            apart(move || Ok(vec![MentionsRow::Read(asked.answer(masking))])).await?
        }
    };
    let failed = |_| Problem::internal();
    let bytes = match form {
        Form::Ndjson => {
            let rows: Vec<Value> = rows.iter().map(|row| json!(row)).collect();
            table::lines(&rows)
        }
        _ => serde_json::to_vec(&MentionsAnswer { rows }).map_err(failed)?,
    };
    Ok(fresh::plain(form, bytes))
}

fn of_lines(
    bytes: &[u8],
    shape: Shape,
    reference: Option<Date>,
    masking: bool,
) -> Vec<MentionsRow> {
    let mut lines = Lines {
        form: Some(shape),
        reference,
        masking,
    };
    let mut out = Vec::new();
    let split = bytes.split_inclusive(|b| *b == b'\n');
    for (number, line) in (1..).zip(split) {
        match lines.answer(line, number) {
            Some(Ok(row)) => out.push(MentionsRow::Read(row)),
            Some(Err(error)) => out.push(MentionsRow::Unread { id: number, error }),
            None => {}
        }
    }
    out
}
