//! `/api/v1`: the answers for programs. Each handler carries its own description, and the router is made of the
//! descriptions, so that no route is left out of the OpenAPI document.

pub(super) mod activity;
pub(super) mod archive;
pub(super) mod extract;
pub(super) mod mentions;
pub(super) mod notice;
pub(super) mod search;

use super::apart;
use super::form::{self, Form};
use super::gate::Refused;
use super::openapi;
use super::parameters::Parameter;
use super::params::Params;
use super::problem::Problem;
use crate::record::Notice;
use crate::search::Engine;
use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Bytes of a body that holds text.
pub(super) const TEXT: usize = 256 << 10;

/// The routes with their descriptions.
pub(super) fn routes() -> OpenApiRouter<Arc<Engine>> {
    let mut router = OpenApiRouter::new()
        .routes(routes!(search::search))
        .routes(routes!(search::suggest))
        .routes(routes!(notice::notice))
        .routes(routes!(notice::text))
        .routes(routes!(notice::outline))
        .routes(routes!(activity::activity))
        .routes(routes!(activity::similar))
        .routes(routes!(activity::similar_to_clause))
        .routes(routes!(archive::stats))
        .routes(routes!(archive::series))
        .routes(routes!(extract::extract))
        .routes(routes!(mentions::mentions))
        .routes(routes!(openapi::openapi))
        .routes(routes!(health));
    // The router knows no suffixes: the notice's own route gives these
    for (_, paths, _) in [routes!(notice::calendar), routes!(notice::bibliography)] {
        router.get_openapi_mut().paths.merge(paths);
    }
    router
}

/// The notice of an id, or a 404.
pub(super) async fn kept(engine: Arc<Engine>, id: String) -> Result<Notice, Problem> {
    let found = apart(move || engine.notice(&id)).await?;
    found.ok_or_else(|| Problem::absent("notice"))
}

/// What a route that takes these parameters is asked, and in which of these forms.
fn asked(
    uri: &Uri,
    headers: &HeaderMap,
    taken: &[Parameter],
    offered: &[Form],
) -> Result<(Params, Form), Problem> {
    let params = Params::strict(uri, taken)?;
    let form = form::chosen(headers, params.first("format"), offered)?;
    Ok((params, form))
}

/// The essence of the media type of a body.
fn kind_of_body(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE);
    let value = value.and_then(|v| v.to_str().ok()).unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// The whole body. The gate has read what came over a connection; a caller in this process is bounded here, in its words.
async fn whole(body: Body, most: usize) -> Result<Bytes, Problem> {
    let bytes = to_bytes(body, most).await;
    bytes.map_err(|_| Refused::body(most).problem)
}

fn unsupported(expected: &str) -> Problem {
    Problem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "unsupported media type",
        format!("expected a body of {expected}; Content-Type is to name which"),
    )
}

fn no_json(cause: &serde_json::Error) -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "malformed body",
        format!("not JSON as it is expected: {cause}"),
    )
}

fn not_utf8() -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "malformed body",
        "it is to be in UTF-8",
    )
}

/// How the program fares.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Health {
    /// `ok` or `ready`.
    status: &'static str,
}

/// Whether the program runs.
#[utoipa::path(get, path = "/healthz", tag = "service", responses(
    (status = 200, description = "It does.", body = Health)
))]
pub(super) async fn health() -> Json<Health> {
    Json(Health { status: "ok" })
}
