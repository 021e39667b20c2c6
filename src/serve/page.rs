//! The pages: in Chinese, without JavaScript, readable on a phone and on paper.

use super::apart;
use super::api;
use super::kin;
use super::params::Params;
use super::problem::Problem;
use super::reader;
use super::reading;
use super::results;
use crate::search::suggest::Suggestion;
use crate::search::{Basis, Engine};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};
use std::sync::Arc;

/// Names that are offered while somebody types.
const OFFERED: usize = 40;

pub(super) async fn search(State(engine): State<Arc<Engine>>, uri: Uri) -> Response {
    let params = match Params::of(&uri) {
        Ok(params) => params,
        Err(problem) => return failed(&Params::default(), &problem),
    };
    let answer = match api::search::answer(Arc::clone(&engine), &params).await {
        Ok(answer) => answer,
        Err(problem) => return failed(&params, &problem),
    };
    let near = match params.first("q") {
        Some(query) if answer.total == 0 => near(engine, query).await,
        _ => Vec::new(),
    };
    let title = match params.first("q") {
        Some(query) => format!("{query} - 公文检索"),
        None => "公文检索".to_owned(),
    };
    let facets = &answer.facets;
    let offered: Vec<String> = [&facets.campaign, &facets.activity_kind, &facets.unit]
        .into_iter()
        .flat_map(|counts| counts.iter().take(OFFERED / 3))
        .map(|count| count.value.clone())
        .collect();
    let body = results::answer(&params, &answer, &near);
    whole(&title, &params, &offered, body).into_response()
}

/// Names and words that are like the last word of a query that finds nothing.
async fn near(engine: Arc<Engine>, query: &str) -> Vec<Suggestion> {
    let mut words = query.split(|c: char| !c.is_alphanumeric());
    let Some(last) = words.rfind(|word| !word.is_empty()) else {
        return Vec::new();
    };
    // What begins so, else what begins as it begins
    let tries = [
        last.chars().take(8).collect(),
        last.chars().take(2).collect::<String>(),
    ];
    for typed in tries {
        let engine = Arc::clone(&engine);
        let found = apart(move || engine.suggest(&typed, 4)).await;
        let mut found = found.unwrap_or_default();
        // What was asked is no other thing to ask
        found.retain(|suggestion| suggestion.value != query.trim());
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// An activity with its precedents.
pub(super) async fn activity(
    State(engine): State<Arc<Engine>>,
    id: Result<Path<String>, PathRejection>,
) -> Response {
    let Ok(Path(id)) = id else {
        return failed(&Params::default(), &Problem::absent("activity"));
    };
    let found = api::activity::of(Arc::clone(&engine), &id).await;
    let precedents = api::activity::precedents(engine, Basis::Id(id), 20);
    match (found, precedents.await) {
        (Ok((notice, at)), Ok(precedents)) => {
            let title = notice.activities.get(at).and_then(|a| a.title.as_deref());
            let title = format!("{} - 公文检索", title.unwrap_or("（无标题）"));
            let body = kin::activity(&notice, at, &precedents);
            page(&title, &Params::default(), body).into_response()
        }
        (Err(problem), _) | (_, Err(problem)) => failed(&Params::default(), &problem),
    }
}

/// The API, described.
pub(super) async fn api_reader() -> Html<String> {
    page(
        "接口说明 - 公文检索",
        &Params::default(),
        reader::described(),
    )
}

pub(super) async fn notice(
    State(engine): State<Arc<Engine>>,
    id: Result<Path<String>, PathRejection>,
    uri: Uri,
) -> Response {
    let Ok(Path(id)) = id else {
        return failed(&Params::default(), &Problem::absent("notice"));
    };
    let params = match Params::of(&uri) {
        Ok(params) => params,
        Err(problem) => return failed(&Params::default(), &problem),
    };
    // An ordinal that is none highlights nothing; the notice is still worth reading
    let chosen = params.number("activity").ok().flatten();
    match api::kept(engine, id).await {
        Ok(notice) => {
            let title = notice.title.as_deref().unwrap_or("（无标题）");
            let body = reading::notice(&notice, chosen);
            page(&format!("{title} - 公文检索"), &Params::default(), body).into_response()
        }
        Err(problem) => failed(&Params::default(), &problem),
    }
}

pub(super) async fn help() -> Html<String> {
    page(
        "检索语法 - 公文检索",
        &Params::default(),
        results::language(),
    )
}

pub(super) async fn style() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, include_str!("style.css")).into_response()
}

pub(super) async fn nowhere(uri: Uri) -> Response {
    let problem = Problem::new(
        StatusCode::NOT_FOUND,
        "not found",
        "there is nothing at this address",
    );
    told(uri.path(), &problem)
}

/// A problem for whoever asks at `path`: as JSON for programs, as a page for people.
pub(super) fn told(path: &str, problem: &Problem) -> Response {
    if path.starts_with("/api/") || path == "/metrics" {
        return problem.clone().into_response();
    }
    failed(&Params::default(), problem)
}

fn failed(params: &Params, problem: &Problem) -> Response {
    let query = params.first("q").unwrap_or_default();
    let body = html! {
        section.notice-box role="alert" {
            h2 { @if problem.status() == StatusCode::NOT_FOUND { "没有找到" } @else { "这次检索没有完成" } }
            p { (problem.zh()) }
            @if let Some(place) = problem.place() {
                p.faulty {
                    @for (at, c) in (1..).zip(query.chars()) {
                        @if at == place { mark { (c) } } @else { (c) }
                    }
                }
                p { a href="/help" { "查看检索语法" } }
            } @else {
                p { a href="/" { "返回首页" } }
            }
        }
    };
    let markup = page("公文检索", params, body);
    let mut response = (problem.status(), markup).into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn page(title: &str, params: &Params, body: Markup) -> Html<String> {
    whole(title, params, &[], body)
}

fn whole(title: &str, params: &Params, offered: &[String], body: Markup) -> Html<String> {
    let markup = html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/assets/style.css";
            }
            body {
                a.skip href="#content" { "跳到正文" }
                header.top {
                    div.inner {
                        a.brand href="/" { "公文检索" }
                        (results::form(params, offered))
                    }
                }
                main #content { (body) }
                footer.bottom {
                    div.inner {
                        span { a href="/help" { "检索语法" } " · " a href="/api" { "接口说明" } }
                        span { "gongwen " (env!("CARGO_PKG_VERSION")) "，离线运行，数据不出本机" }
                    }
                }
            }
        }
    };
    Html(markup.into_string())
}
