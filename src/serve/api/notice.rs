//! `/api/v1/notices/{id}`: a notice as its record, its text, its outline, a calendar, an entry of a bibliography.

use super::{asked, kept};
use crate::export;
use crate::record;
use crate::record::Notice;
use crate::record::notice::{Part, Section};
use crate::search::Engine;
use crate::serve::form::Form;
use crate::serve::fresh;
use crate::serve::problem::Problem;
use crate::serve::taken::{OF_OUTLINE, OutlineParameters};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::Response;
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

type Id = Result<Path<String>, PathRejection>;

async fn of(engine: Arc<Engine>, id: Id) -> Result<Notice, Problem> {
    let Path(id) = id.map_err(|_| Problem::absent("notice"))?;
    kept(engine, id).await
}

/// The record of a notice.
///
/// What `gongwen schema` describes. Offsets are half-open and count code points of `text`.
#[utoipa::path(get, path = "/api/v1/notices/{id}", tag = "notices",
    params(("id" = String, Path, description = "Id of a notice. 公文编号。", pattern = "^[0-9a-f]{16}$", example = "e7ca0ab7b1daad16")),
    responses(
        (status = 200, description = "The record.", body = Notice),
        (status = 304, description = "The same answer as the one that If-None-Match names."),
        (status = 404, description = "There is no notice of this id.", body = Problem, content_type = "application/problem+json"),
    ))]
pub(in crate::serve) async fn notice(
    state: State<Arc<Engine>>,
    id: Id,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    // The router knows no suffixes
    if let Ok(Path(whole)) = &id {
        if let Some(bare) = whole.strip_suffix(".ics") {
            return calendar(state, Ok(Path(bare.to_owned())), uri, headers).await;
        }
        if let Some(bare) = whole.strip_suffix(".bib") {
            return bibliography(state, Ok(Path(bare.to_owned())), uri, headers).await;
        }
    }
    let (_, form) = asked(&uri, &headers, &[], &[Form::Json])?;
    let notice = of(state.0, id).await?;
    let bytes = serde_json::to_vec(&notice).map_err(|_| Problem::internal())?;
    Ok(fresh::answered(&headers, form, bytes))
}

/// The decoded text of a notice, a paragraph a line.
#[utoipa::path(get, path = "/api/v1/notices/{id}/text", tag = "notices",
    params(("id" = String, Path, description = "Id of a notice. 公文编号。", pattern = "^[0-9a-f]{16}$", example = "e7ca0ab7b1daad16")),
    responses(
        (status = 200, description = "The text.", body = String, content_type = "text/plain"),
        (status = 304, description = "The same answer as the one that If-None-Match names."),
        (status = 404, description = "There is no notice of this id.", body = Problem, content_type = "application/problem+json"),
    ))]
pub(in crate::serve) async fn text(
    State(engine): State<Arc<Engine>>,
    id: Id,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (_, form) = asked(&uri, &headers, &[], &[Form::Text])?;
    let notice = of(engine, id).await?;
    Ok(fresh::answered(&headers, form, notice.text.into_bytes()))
}

/// How a notice is built.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::serve) struct Outline {
    /// The notice's id.
    id: String,
    /// Its title.
    title: Option<String>,
    /// The notice itself, then enclosures and attachment bodies.
    parts: Vec<Part>,
    /// Sections in document order.
    outline: Vec<Section>,
}

/// How a notice is built: parts and sections; as plain text, what `gongwen outline` prints.
#[utoipa::path(get, path = "/api/v1/notices/{id}/outline", tag = "notices",
    params(("id" = String, Path, description = "Id of a notice. 公文编号。", pattern = "^[0-9a-f]{16}$", example = "e7ca0ab7b1daad16"), OutlineParameters),
    responses(
        (status = 200, description = "The outline.", content((Outline = "application/json"), (String = "text/plain"))),
        (status = 304, description = "The same answer as the one that If-None-Match names."),
        (status = 404, description = "There is no notice of this id.", body = Problem, content_type = "application/problem+json"),
    ))]
pub(in crate::serve) async fn outline(
    State(engine): State<Arc<Engine>>,
    id: Id,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (_, form) = asked(&uri, &headers, &OF_OUTLINE, &[Form::Json, Form::Text])?;
    let notice = of(engine, id).await?;
    let bytes = match form {
        Form::Text => record::tree(&notice).into_bytes(),
        _ => serde_json::to_vec(&Outline {
            id: notice.id,
            title: notice.title,
            parts: notice.parts,
            outline: notice.outline,
        })
        .map_err(|_| Problem::internal())?,
    };
    Ok(fresh::answered(&headers, form, bytes))
}

/// The dates of a notice's activities as a calendar (RFC 5545).
///
/// An event a date, of whole days; deadlines on their last day; recurrences with their rule.
#[utoipa::path(get, path = "/api/v1/notices/{id}.ics", tag = "notices",
    params(("id" = String, Path, description = "Id of a notice. 公文编号。", pattern = "^[0-9a-f]{16}$", example = "e7ca0ab7b1daad16")),
    responses(
        (status = 200, description = "The calendar.", body = String, content_type = "text/calendar"),
        (status = 304, description = "The same answer as the one that If-None-Match names."),
        (status = 404, description = "There is no notice of this id.", body = Problem, content_type = "application/problem+json"),
    ))]
pub(in crate::serve) async fn calendar(
    State(engine): State<Arc<Engine>>,
    id: Id,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    asked(&uri, &headers, &[], &[Form::Calendar])?;
    let notice = of(engine, id).await?;
    let bytes = export::calendar(&notice).into_bytes();
    let answer = fresh::answered(&headers, Form::Calendar, bytes);
    Ok(named(answer, &notice.id, "ics"))
}

/// A notice as an entry of a bibliography (BibTeX).
#[utoipa::path(get, path = "/api/v1/notices/{id}.bib", tag = "notices",
    params(("id" = String, Path, description = "Id of a notice. 公文编号。", pattern = "^[0-9a-f]{16}$", example = "e7ca0ab7b1daad16")),
    responses(
        (status = 200, description = "The entry.", body = String, content_type = "application/x-bibtex"),
        (status = 304, description = "The same answer as the one that If-None-Match names."),
        (status = 404, description = "There is no notice of this id.", body = Problem, content_type = "application/problem+json"),
    ))]
pub(in crate::serve) async fn bibliography(
    State(engine): State<Arc<Engine>>,
    id: Id,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    asked(&uri, &headers, &[], &[Form::Bibliography])?;
    let notice = of(engine, id).await?;
    let bytes = export::bibtex(&notice).into_bytes();
    let answer = fresh::answered(&headers, Form::Bibliography, bytes);
    Ok(named(answer, &notice.id, "bib"))
}

/// With the name under which a browser keeps it.
fn named(mut response: Response, id: &str, extension: &str) -> Response {
    let name = format!("attachment; filename=\"{id}.{extension}\"");
    if let Ok(value) = HeaderValue::from_str(&name) {
        response
            .headers_mut()
            .insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
