//! `/api/v1/search` and `/api/v1/suggest`.

use super::{apart, asked};
use crate::search::answer::Answer;
use crate::search::explain::Why;
use crate::search::request::MAX_DEPTH;
use crate::search::suggest::Suggestion;
use crate::search::{Engine, Request};
use crate::serve::form::Form;
use crate::serve::fresh::{self, Tag};
use crate::serve::params::Params;
use crate::serve::problem::Problem;
use crate::serve::table;
use crate::serve::taken::{OF_SEARCH, OF_SUGGEST, SearchParameters, SuggestParameters};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::Response;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;

/// The answer to the search that a URL asks.
pub(in crate::serve) async fn answer(
    engine: Arc<Engine>,
    params: &Params,
) -> Result<Answer, Problem> {
    let request = params.request()?;
    apart(move || engine.search(&request)).await
}

/// The answer to a search.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::serve) struct SearchAnswer {
    #[serde(flatten)]
    answer: Answer,
    /// Why the document that `why=` names is found or not; where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Why>,
}

/// Searches activities, sections or notices.
///
/// Facets are counted over all that match; the counts of a facet leave its own filter out. As NDJSON and CSV the answer is the
/// page's hits alone; `X-Total-Count` says how many match, `Link` where the next page is.
#[utoipa::path(get, path = "/api/v1/search", tag = "search", params(SearchParameters), responses(
    (status = 200, description = "The hits of one page.", content(
        (SearchAnswer = "application/json"), (String = "application/x-ndjson"), (String = "text/csv")
    )),
    (status = 304, description = "The same answer as the one that If-None-Match names."),
    (status = 404, description = "A page out of reach, or `why=` of an id that nothing has.", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::serve) async fn search(
    State(engine): State<Arc<Engine>>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let offered = [Form::Json, Form::Ndjson, Form::Csv];
    let (params, form) = asked(&uri, &headers, &OF_SEARCH, &offered)?;
    let request = params.request()?;
    let masked = if engine.is_masking() { "masked" } else { "" };
    let view = engine.view();
    let tag = Tag::of_question(&[
        env!("CARGO_PKG_VERSION"),
        &view,
        masked,
        form.name(),
        &params.written(),
    ]);
    if let Some(response) = tag.unchanged(&headers) {
        return Ok(response);
    }
    let why = params.first("why").map(str::to_owned);
    let (answer, why) = apart(move || asked_of(&engine, &request, why.as_deref())).await?;
    let why = match why {
        Some(None) => return Err(Problem::absent("activity or notice")),
        Some(Some(why)) => Some(why),
        None => None,
    };
    let (total, next) = (answer.total, next(&params, &answer));
    let bytes = written(&params, form, SearchAnswer { answer, why })?;
    let mut response = tag.on(fresh::plain(form, bytes));
    let headers = response.headers_mut();
    headers.insert("x-total-count", HeaderValue::from(total));
    if let Some(next) = next.and_then(|link| HeaderValue::from_str(&link).ok()) {
        headers.insert(header::LINK, next);
    }
    if form == Form::Csv {
        let named = HeaderValue::from_static("attachment; filename=\"gongwen.csv\"");
        headers.insert(header::CONTENT_DISPOSITION, named);
    }
    Ok(response)
}

/// The answer, and what was asked of one document: nothing, or an answer that is none where there is no such document.
type Both = (Answer, Option<Option<Why>>);

fn asked_of(
    engine: &Engine,
    request: &Request,
    why: Option<&str>,
) -> Result<Both, crate::error::Error> {
    let why = why.map(|id| engine.why(request, id)).transpose()?;
    Ok((engine.search(request)?, why))
}

/// The link to the page after this one (RFC 8288), where there is one: by number for groups, else by where this one ended.
fn next(params: &Params, answer: &Answer) -> Option<String> {
    let link = match &answer.groups {
        Some(groups) => {
            let reached = answer.page * answer.size;
            let is_within = reached + answer.size <= MAX_DEPTH && reached < groups.total;
            is_within.then(|| params.at("page", &(answer.page + 1).to_string()))?
        }
        None => params.at("after", answer.next.as_deref()?),
    };
    let query = link.trim_start_matches('/');
    Some(format!("</api/v1/search{query}>; rel=\"next\""))
}

fn written(params: &Params, form: Form, answer: SearchAnswer) -> Result<Vec<u8>, Problem> {
    let wanted: Option<Vec<&str>> = params.first("fields").map(|f| f.split(',').collect());
    let failed = |_| Problem::internal();
    if form == Form::Json && wanted.is_none() {
        return serde_json::to_vec(&answer).map_err(failed);
    }
    let mut whole = serde_json::to_value(&answer).map_err(failed)?;
    if let Some(wanted) = &wanted {
        let cut = |hit: &mut Value| table::cut(hit, wanted);
        each_list(&mut whole, &["hits", "groups", "related"])
            .for_each(|hits| hits.iter_mut().for_each(cut));
    }
    if form == Form::Json {
        return serde_json::to_vec(&whole).map_err(failed);
    }
    let lists = each_list(&mut whole, &["hits", "groups"]);
    let rows: Vec<Value> = lists.flat_map(std::mem::take).collect();
    match form {
        Form::Csv => table::csv(&rows, wanted.as_deref(), params.flag("bom") == Some(true)),
        _ => Ok(table::lines(&rows)),
    }
}

/// The lists of hits of an answer in these members of it.
fn each_list<'a>(
    answer: &'a mut Value,
    of: &'static [&'static str],
) -> impl Iterator<Item = &'a mut Vec<Value>> {
    let members = answer.as_object_mut().into_iter().flatten();
    let members = members.filter(|(name, _)| of.contains(&name.as_str()));
    members.flat_map(|(name, value)| match name.as_str() {
        "hits" | "related" => value.as_array_mut().into_iter().collect::<Vec<_>>(),
        "groups" => {
            let groups = value.get_mut("groups").and_then(Value::as_array_mut);
            let groups = groups.into_iter().flatten();
            let lists = groups.filter_map(|group| group.get_mut("hits")?.as_array_mut());
            lists.collect()
        }
        _ => Vec::new(),
    })
}

/// What could be typed.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::serve) struct Suggestions {
    /// Campaigns, units and issuers that hold what was typed, those that begin with it first; then words that begin so, the
    /// most frequent first.
    suggestions: Vec<Suggestion>,
}

/// Completes what was typed.
#[utoipa::path(get, path = "/api/v1/suggest", tag = "search", params(SuggestParameters), responses(
    (status = 200, description = "Names and words.", body = Suggestions),
    (status = 304, description = "The same answer as the one that If-None-Match names."),
))]
pub(in crate::serve) async fn suggest(
    State(engine): State<Arc<Engine>>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (params, form) = asked(&uri, &headers, &OF_SUGGEST, &[Form::Json])?;
    let typed = params.first("q").unwrap_or_default().to_owned();
    let most = params.number("size")?.unwrap_or(10);
    let suggestions = apart(move || engine.suggest(&typed, most)).await?;
    let bytes = serde_json::to_vec(&Suggestions { suggestions });
    Ok(fresh::answered(
        &headers,
        form,
        bytes.map_err(|_| Problem::internal())?,
    ))
}
