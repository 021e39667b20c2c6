//! `/api/v1/stats` and `/api/v1/series`: the archive as a whole.

use super::{apart, asked};
use crate::error::Error;
use crate::record::notice::SCHEMA;
use crate::search::answer::Count;
use crate::search::request::MAX_DEPTH;
use crate::search::{Counting, Engine, Filters, Request, Sort, Within};
use crate::serve::form::Form;
use crate::serve::fresh;
use crate::serve::problem::Problem;
use crate::serve::taken::{OF_SERIES, SeriesParameters};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::Response;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// What the archive holds.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::serve) struct Stats {
    /// Of the program.
    version: &'static str,
    /// Of the records.
    schema: &'static str,
    /// The state of the store that the index holds: it grows with every change.
    generation: Option<u64>,
    /// How many notices.
    notices: usize,
    /// How many activities in them.
    activities: usize,
    /// Notices by the year that they plan for, the latest first.
    year: Vec<Count>,
    /// Notices by region, every level of it.
    region: Vec<Count>,
    /// Notices by kind.
    kind: Vec<Count>,
    /// Notices by the level of their issuer.
    level: Vec<Count>,
    /// Activities by kind.
    activity_kind: Vec<Count>,
}

/// What the archive holds.
#[utoipa::path(get, path = "/api/v1/stats", tag = "archive", responses(
    (status = 200, description = "Counts, and the versions that they are of.", body = Stats),
    (status = 304, description = "The same answer as the one that If-None-Match names."),
))]
pub(in crate::serve) async fn stats(
    State(engine): State<Arc<Engine>>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (_, form) = asked(&uri, &headers, &[], &[Form::Json])?;
    let stats = apart(move || counted(&engine)).await?;
    let bytes = serde_json::to_vec(&stats).map_err(|_| Problem::internal())?;
    Ok(fresh::answered(&headers, form, bytes))
}

fn counted(engine: &Engine) -> Result<Stats, Error> {
    let all = |within| {
        engine.search(&Request {
            within,
            size: 1,
            ..Request::new("")
        })
    };
    let (notices, activities) = (all(Within::Notices)?, all(Within::Activities)?);
    Ok(Stats {
        version: env!("CARGO_PKG_VERSION"),
        schema: SCHEMA,
        generation: engine.generation(),
        notices: notices.total,
        activities: activities.total,
        year: notices.facets.year,
        region: notices.facets.region,
        kind: notices.facets.kind,
        level: notices.facets.level,
        activity_kind: activities.facets.activity_kind,
    })
}

/// The same campaigns of the same regions over the years.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::serve) struct SeriesAnswer {
    /// How many series there are.
    total: usize,
    /// From 1.
    page: usize,
    /// Series a page.
    size: usize,
    /// This page's, those with the most notices first.
    series: Vec<Series>,
}

/// One campaign of one region.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::serve) struct Series {
    /// As records and the filter `series` write it.
    series: String,
    /// Name of the campaign.
    campaign: Option<String>,
    /// Names from the province down.
    region_path: Vec<String>,
    /// How many notices are of it.
    count: usize,
    /// Of which years, the latest first.
    years: Vec<i16>,
    /// Its notices, the latest first, the first twenty of them.
    notices: Vec<Edition>,
}

/// A notice of a series.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::serve) struct Edition {
    /// The notice's id.
    id: String,
    /// Its title.
    title: Option<String>,
    /// The year that it plans for.
    year: Option<i16>,
    /// 第22个 → 22.
    edition: Option<u32>,
    /// 主题.
    theme: Option<String>,
    /// 成文日期.
    #[schemars(with = "Option<String>")]
    issued: Option<Date>,
    /// 发文机关.
    issuers: Vec<String>,
}

/// The same campaigns of the same regions over the years, each with its notices.
///
/// `X-Total-Count` says how many there are, `Link` where the next page is.
#[utoipa::path(get, path = "/api/v1/series", tag = "archive", params(SeriesParameters), responses(
    (status = 200, description = "The series of one page.", body = SeriesAnswer),
    (status = 304, description = "The same answer as the one that If-None-Match names."),
))]
pub(in crate::serve) async fn series(
    State(engine): State<Arc<Engine>>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (params, form) = asked(&uri, &headers, &OF_SERIES, &[Form::Json])?;
    let mut filters = Filters::default();
    for name in ["region", "campaign"] {
        for value in params.all(name) {
            filters.add(name, value)?;
        }
    }
    let page = params.number("page")?.unwrap_or(1);
    let size = params.number("size")?.unwrap_or(10);
    let answer = apart(move || listed(&engine, filters, page, size)).await?;
    let is_last = page.saturating_mul(size) >= answer.total;
    let bytes = serde_json::to_vec(&answer).map_err(|_| Problem::internal())?;
    let mut response = fresh::answered(&headers, form, bytes);
    let headers = response.headers_mut();
    headers.insert("x-total-count", HeaderValue::from(answer.total));
    if !is_last && page < MAX_DEPTH {
        let next = params.at("page", &(page + 1).to_string());
        let link = format!(
            "</api/v1/series{}>; rel=\"next\"",
            next.trim_start_matches('/')
        );
        if let Ok(link) = HeaderValue::from_str(&link) {
            headers.insert(header::LINK, link);
        }
    }
    Ok(response)
}

/// Notices of a series that are listed.
const LISTED: usize = 20;

fn listed(
    engine: &Engine,
    filters: Filters,
    page: usize,
    size: usize,
) -> Result<SeriesAnswer, Error> {
    let counts = engine.series(&filters)?;
    let skip = (page - 1).saturating_mul(size);
    let mut series = Vec::new();
    for count in counts.iter().skip(skip).take(size) {
        let filters = Filters {
            series: vec![count.value.clone()],
            ..filters.clone()
        };
        series.push(one(engine, count, filters)?);
    }
    Ok(SeriesAnswer {
        total: counts.len(),
        page,
        size,
        series,
    })
}

fn one(engine: &Engine, count: &Count, filters: Filters) -> Result<Series, Error> {
    let answer = engine.search(&Request {
        within: Within::Notices,
        filters,
        size: LISTED,
        sort: Sort::Issued,
        counting: Counting::Facets,
        ..Request::new("")
    })?;
    let first = answer.hits.first();
    let years = answer
        .facets
        .year
        .iter()
        .filter_map(|c| c.value.parse().ok());
    let mut out = Series {
        series: count.value.clone(),
        campaign: first.and_then(|hit| hit.campaign.clone()),
        region_path: first.map(|hit| hit.region_path.clone()).unwrap_or_default(),
        count: count.count,
        years: years.collect(),
        notices: Vec::new(),
    };
    for hit in answer.hits {
        // Edition and theme stand in the record alone
        let notice = engine.notice(&hit.notice_id)?;
        let campaign = notice.and_then(|notice| notice.campaign);
        out.notices.push(Edition {
            id: hit.id,
            title: hit.title,
            year: hit.year,
            edition: campaign.as_ref().and_then(|c| c.edition),
            theme: campaign.and_then(|c| c.theme),
            issued: hit.issued,
            issuers: hit.issuers,
        });
    }
    Ok(out)
}
