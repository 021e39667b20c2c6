//! The OpenAPI document: paths and parameters as the handlers carry them, schemas as the types of the answers have them.

use super::api;
use super::form::{self, Form};
use super::fresh;
use super::health;
use super::params::Params;
use super::problem::Problem;
use crate::record::Notice;
use crate::search::Precedents;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::sync::LazyLock;

/// The types of the contract. schemars writes their schemas (draft 2020-12, which is that of OpenAPI 3.1), and the paths
/// name them by reference.
macro_rules! contract {
    ($($type:ty),* $(,)?) => {
        $(
            impl utoipa::PartialSchema for $type {
                fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                    let name = <$type as JsonSchema>::schema_name();
                    utoipa::openapi::Ref::from_schema_name(name).into()
                }
            }
            impl utoipa::ToSchema for $type {
                fn name() -> Cow<'static, str> {
                    <$type as JsonSchema>::schema_name()
                }
            }
        )*

        /// The schemas of these types, and of all that they are made of, by name.
        fn schemas() -> Map<String, Value> {
            let settings = SchemaSettings::draft2020_12()
                .for_serialize()
                .with(|s| s.definitions_path = "/components/schemas".into());
            let mut generator = settings.into_generator();
            $( generator.subschema_for::<$type>(); )*
            generator.take_definitions(true)
        }
    };
}
contract!(
    Problem,
    Notice,
    Precedents,
    api::Health,
    api::search::SearchAnswer,
    api::search::Suggestions,
    api::notice::Outline,
    api::activity::ActivityAnswer,
    api::activity::Clause,
    api::mentions::MentionsAnswer,
    api::mentions::MentionsAsked,
    api::extract::Extracted,
    api::archive::Stats,
    api::archive::SeriesAnswer,
);

/// What any request may be answered with, whatever it asks.
const EVERYWHERE: [(&str, &str); 10] = [
    (
        "400",
        "A parameter or a body that is not understood; the problem says which, and how to mend it.",
    ),
    (
        "401",
        "The service asks for a bearer token, and got none that it knows.",
    ),
    ("405", "Another method; `Allow` names those that there are."),
    (
        "406",
        "None of the media types that Accept names is offered; the problem lists those that are.",
    ),
    ("414", "The address is too long."),
    (
        "429",
        "More requests than this client may send; `Retry-After` says when to come again.",
    ),
    ("431", "The headers are too many, or too long."),
    (
        "500",
        "The request could not be answered for a reason that lies here.",
    ),
    (
        "503",
        "The service is busy; `Retry-After` says when to come again.",
    ),
    ("504", "The answer took too long."),
];
/// What a request with a body may be answered with besides.
const WITH_BODY: [(&str, &str); 3] = [
    ("408", "The body was sent too slowly."),
    ("413", "The body is larger than is read here."),
    ("415", "A body of another media type."),
];

/// The document.
pub(super) fn document() -> &'static Value {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
        let mut openapi = api::routes().into_openapi();
        openapi.paths.merge(health::routes().into_openapi().paths);
        let mut document = serde_json::to_value(openapi).unwrap_or_default();
        document["info"] = json!({
            "title": "gongwen",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Chinese official notices: search, records, precedents. 公文检索。",
            "description": "Errors are `application/problem+json`. Answers carry an ETag; If-None-Match is honoured. \
                Parameters that are not listed are refused (but for `/healthz`, `/readyz` and `/metrics`). Offsets are half-open and count code points.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        });
        let mut schemas = schemas();
        // `fields=` leaves out what it does not name
        if let Some(hit) = schemas.get_mut("Hit").and_then(Value::as_object_mut) {
            hit.remove("required");
        }
        document["components"]["schemas"] = Value::Object(schemas);
        let problem = json!({ "schema": { "$ref": "#/components/schemas/Problem" } });
        let mut answers = Map::new();
        for (status, says) in EVERYWHERE.iter().chain(&WITH_BODY) {
            let content =
                json!({ "description": says, "content": { "application/problem+json": problem } });
            answers.insert((*status).to_owned(), content);
        }
        document["components"]["responses"] = Value::Object(answers);
        let paths = document["paths"].as_object_mut().into_iter().flatten();
        for (_, operation) in paths.flat_map(|(_, item)| item.as_object_mut().into_iter().flatten())
        {
            common(operation);
        }
        document
    });
    &DOCUMENT
}

/// Adds the answers that every operation may give.
fn common(operation: &mut Value) {
    let has_body = operation.get("requestBody").is_some();
    if has_body {
        operation["requestBody"]["required"] = Value::Bool(true);
        let content = &mut operation["requestBody"]["content"];
        if let Some(file) = content.get_mut("application/octet-stream") {
            file["schema"] = json!({ "type": "string", "format": "binary" });
        }
    }
    let Some(answers) = operation
        .get_mut("responses")
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    let with_body = WITH_BODY.iter().filter(|_| has_body);
    for (status, _) in EVERYWHERE.iter().chain(with_body) {
        let shared = json!({ "$ref": format!("#/components/responses/{status}") });
        answers.entry((*status).to_owned()).or_insert(shared);
    }
}

/// This document.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "service", responses(
    (status = 200, description = "OpenAPI 3.1.", body = Object, content_type = "application/json"),
    (status = 304, description = "The same answer as the one that If-None-Match names."),
))]
pub(super) async fn openapi(uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    Params::strict(&uri, &[])?;
    let form = form::chosen(&headers, None, &[Form::Json])?;
    let bytes = serde_json::to_vec(document()).map_err(|_| Problem::internal())?;
    Ok(fresh::answered(&headers, form, bytes))
}

/// An object of whatever members.
#[allow(dead_code)]
type Object = Value;
