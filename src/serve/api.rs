//! `/api/v1`: the answers as JSON.

use super::apart;
use super::params::Params;
use super::problem::Problem;
use crate::record::Notice;
use crate::record::notice::Activity;
use crate::search::{Answer, Engine};
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::Uri;
use serde::Serialize;
use std::sync::Arc;

/// The answer to the search that a URL asks.
pub(super) async fn answer(engine: Arc<Engine>, params: &Params) -> Result<Answer, Problem> {
    let request = params.request()?;
    apart(move || engine.search(&request)).await
}

/// The notice of an id, or a 404.
pub(super) async fn kept(engine: Arc<Engine>, id: String) -> Result<Notice, Problem> {
    let found = apart(move || engine.notice(&id)).await?;
    found.ok_or_else(|| Problem::absent("notice"))
}

pub(super) async fn search(
    State(engine): State<Arc<Engine>>,
    uri: Uri,
) -> Result<Json<Answer>, Problem> {
    let params = Params::of(&uri)?;
    Ok(Json(answer(engine, &params).await?))
}

pub(super) async fn notice(
    State(engine): State<Arc<Engine>>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Json<Notice>, Problem> {
    let Path(id) = id.map_err(|_| Problem::absent("notice"))?;
    Ok(Json(kept(engine, id).await?))
}

/// An activity with what its notice says of it.
#[derive(Debug, Serialize)]
pub(super) struct ActivityAnswer {
    #[serde(flatten)]
    activity: Activity,
    /// The activity's own text.
    text: String,
    notice_id: String,
    notice_title: Option<String>,
    year: Option<i16>,
    region_path: Vec<String>,
    issuers: Vec<String>,
}

pub(super) async fn activity(
    State(engine): State<Arc<Engine>>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Json<ActivityAnswer>, Problem> {
    let absent = || Problem::absent("activity");
    let Path(id) = id.map_err(|_| absent())?;
    let (notice_id, ordinal) = id.rsplit_once('.').ok_or_else(absent)?;
    let ordinal: usize = ordinal.parse().map_err(|_| absent())?;
    let notice = kept(engine, notice_id.to_owned())
        .await
        .map_err(|p| if p.status() == 404 { absent() } else { p })?;
    let at = ordinal.checked_sub(1).ok_or_else(absent)?;
    let activity = notice.activities.get(at).cloned().ok_or_else(absent)?;
    let text = activity.span.to_bytes(&notice.text).of(&notice.text);
    Ok(Json(ActivityAnswer {
        text: text.to_owned(),
        activity,
        notice_id: notice.id,
        notice_title: notice.title,
        year: notice.year,
        region_path: notice.region_path,
        issuers: notice.issuers,
    }))
}

#[derive(Debug, Serialize)]
pub(super) struct Health {
    status: &'static str,
}

pub(super) async fn health() -> Json<Health> {
    Json(Health { status: "ok" })
}
