//! `/api/v1/activities/{id}`, its precedents, and those of a clause that is pasted.

use super::{TEXT, apart, asked, kept, kind_of_body, no_json, not_utf8, unsupported, whole};
use crate::record::Notice;
use crate::record::notice::Activity;
use crate::search::{Basis, Engine, Precedents};
use crate::serve::form::Form;
use crate::serve::fresh;
use crate::serve::problem::Problem;
use crate::serve::taken::{OF_SIMILAR, SimilarParameters};
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An activity with what its notice says of it.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::serve) struct ActivityAnswer {
    #[serde(flatten)]
    activity: Activity,
    /// The activity's own text.
    text: String,
    /// The notice's id.
    notice_id: String,
    /// Its title.
    notice_title: Option<String>,
    /// The year that it plans for.
    year: Option<i16>,
    /// Names from the province down.
    region_path: Vec<String>,
    /// 发文机关.
    issuers: Vec<String>,
}

/// The notice of an activity's id, and which of its activities it is; else a 404.
pub(in crate::serve) async fn of(
    engine: Arc<Engine>,
    id: &str,
) -> Result<(Notice, usize), Problem> {
    let absent = || Problem::absent("activity");
    let (notice_id, ordinal) = id.rsplit_once('.').ok_or_else(absent)?;
    let is_number = ordinal.bytes().all(|b| b.is_ascii_digit()) && !ordinal.starts_with('0');
    let ordinal: usize = ordinal.parse().map_err(|_| absent())?;
    if !is_number {
        return Err(absent());
    }
    let notice = kept(engine, notice_id.to_owned()).await.map_err(|p| {
        if p.status() == StatusCode::NOT_FOUND {
            absent()
        } else {
            p
        }
    })?;
    let at = ordinal.checked_sub(1).ok_or_else(absent)?;
    match at < notice.activities.len() {
        true => Ok((notice, at)),
        false => Err(absent()),
    }
}

/// An activity with what its notice says of it.
#[utoipa::path(get, path = "/api/v1/activities/{id}", tag = "activities",
    params(("id" = String, Path, description = "Id of an activity. 活动编号。", pattern = r"^[0-9a-f]{16}\.[1-9][0-9]{0,5}$", example = "e7ca0ab7b1daad16.1")),
    responses(
        (status = 200, description = "The activity.", body = ActivityAnswer),
        (status = 304, description = "The same answer as the one that If-None-Match names."),
        (status = 404, description = "There is no activity of this id.", body = Problem, content_type = "application/problem+json"),
    ))]
pub(in crate::serve) async fn activity(
    State(engine): State<Arc<Engine>>,
    id: Result<Path<String>, PathRejection>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (_, form) = asked(&uri, &headers, &[], &[Form::Json])?;
    let Path(id) = id.map_err(|_| Problem::absent("activity"))?;
    let (mut notice, at) = of(engine, &id).await?;
    let activity = notice.activities.swap_remove(at);
    let text = activity.span.to_bytes(&notice.text).of(&notice.text);
    let bytes = serde_json::to_vec(&ActivityAnswer {
        text: text.to_owned(),
        activity,
        notice_id: notice.id,
        notice_title: notice.title,
        year: notice.year,
        region_path: notice.region_path,
        issuers: notice.issuers,
    });
    Ok(fresh::answered(
        &headers,
        form,
        bytes.map_err(|_| Problem::internal())?,
    ))
}

/// What was done before that is like an activity, a section or a notice.
///
/// The words that decide are the rare ones; copies are folded under the best of them. Marks of the snippet show what is
/// shared.
#[utoipa::path(get, path = "/api/v1/activities/{id}/similar", tag = "activities",
    params(("id" = String, Path, description = "Id of an activity, a section or a notice. 活动、段落或公文编号。", pattern = r"^[0-9a-f]{16}(\.s?[1-9][0-9]{0,5})?$", example = "e7ca0ab7b1daad16.1"), SimilarParameters),
    responses(
        (status = 200, description = "The precedents, the best first.", body = Precedents),
        (status = 304, description = "The same answer as the one that If-None-Match names."),
        (status = 404, description = "There is no activity of this id.", body = Problem, content_type = "application/problem+json"),
    ))]
pub(in crate::serve) async fn similar(
    State(engine): State<Arc<Engine>>,
    id: Result<Path<String>, PathRejection>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (params, form) = asked(&uri, &headers, &OF_SIMILAR, &[Form::Json])?;
    let Path(id) = id.map_err(|_| Problem::absent("activity"))?;
    let size = params.number("size")?.unwrap_or(10);
    let found = precedents(engine, Basis::Id(id), size).await?;
    let bytes = serde_json::to_vec(&found).map_err(|_| Problem::internal())?;
    Ok(fresh::answered(&headers, form, bytes))
}

/// The precedents of a basis, or a 404.
pub(in crate::serve) async fn precedents(
    engine: Arc<Engine>,
    basis: Basis,
    size: usize,
) -> Result<Precedents, Problem> {
    let found = apart(move || engine.similar(&basis, size)).await?;
    found.ok_or_else(|| Problem::absent("activity"))
}

/// A clause to find precedents for.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
pub(in crate::serve) struct Clause {
    /// As somebody pasted it; 20,000 characters of it are read.
    text: String,
}

/// What was done before that is like a clause.
#[utoipa::path(post, path = "/api/v1/similar", tag = "activities", params(SimilarParameters),
    request_body(description = "The clause, as plain text or as an object.", content((String = "text/plain", example = "组织中小学开展地震疏散演练。"), (Clause = "application/json"))),
    responses((status = 200, description = "The precedents, the best first.", body = Precedents)))]
pub(in crate::serve) async fn similar_to_clause(
    State(engine): State<Arc<Engine>>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let (params, form) = asked(&uri, &headers, &OF_SIMILAR, &[Form::Json])?;
    let size = params.number("size")?.unwrap_or(10);
    let kind = kind_of_body(&headers);
    let bytes = whole(body, TEXT).await?;
    let text = match kind.as_str() {
        "text/plain" => String::from_utf8(bytes.to_vec()).map_err(|_| not_utf8())?,
        "application/json" => {
            let clause: Clause = serde_json::from_slice(&bytes).map_err(|e| no_json(&e))?;
            clause.text
        }
        _ => return Err(unsupported("text/plain or application/json")),
    };
    let found = precedents(engine, Basis::Clause(text), size).await?;
    let bytes = serde_json::to_vec(&found).map_err(|_| Problem::internal())?;
    Ok(fresh::plain(form, bytes))
}
