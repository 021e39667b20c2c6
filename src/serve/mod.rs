//! How is it offered: `app(engine, &settings)` is the router as a value; the pages use the same code as the API.
//!
//! A request passes, in this order: the bounds of its head, its client's rate, its token, the answers given before, the
//! gate with its queue; then its handler works. Nothing of this is left to a handler.

mod api;
mod cache;
mod clients;
mod connection;
mod facets;
mod form;
mod fresh;
mod gate;
mod headers;
mod health;
mod journal;
mod kin;
pub(crate) mod labels;
mod listen;
mod metrics;
mod openapi;
mod page;
mod parameters;
mod params;
mod problem;
mod reader;
mod reading;
mod results;
mod settings;
mod table;
mod taken;
mod tokens;

pub use api::extract::Extracting;
pub use listen::{Listener, Place};
pub use settings::{Rate, Settings};
pub use tokens::Tokens;

use crate::search::Engine;
use axum::Extension;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use cache::Answers;
use clients::Clients;
use gate::{Gate, Place as Held, Refused, Whole, apart};
use health::Readiness;
use metrics::{Cause, Metrics};
use problem::Problem;
use std::any::Any;
use std::cmp::Reverse;
use std::future::Future;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};
use tower_http::catch_panic::CatchPanicLayer;

/// How often it is looked whether another program committed, and whether the tokens changed.
const LOOK_AGAIN: Duration = Duration::from_secs(2);
/// Bytes of path and query together; a query of the longest allowed has about half.
const MAX_ADDRESS: usize = 16 << 10;
/// Bytes of all names and values of headers, and how many of them.
const MAX_HEAD: usize = 16 << 10;
const MAX_HEADERS: usize = 64;

/// The pages; the paths of the API stand in its own document.
const PAGES: &[&str] = &[
    "/",
    "/notices/{id}",
    "/activities/{id}",
    "/help",
    "/api",
    "/assets/style.css",
];
/// Where files are read.
const EXTRACT: &str = "/api/v1/extract";

/// What all requests share.
struct Site {
    engine: Arc<Engine>,
    settings: Settings,
    gate: Gate,
    clients: Option<Clients>,
    answers: Option<Answers>,
    metrics: Metrics,
    readiness: Readiness,
}

impl Site {
    fn new(engine: Arc<Engine>, settings: &Settings) -> Arc<Self> {
        Arc::new(Self {
            engine,
            gate: Gate::new(settings.concurrency, settings.queue, settings.wait),
            clients: settings
                .rate
                .map(|rate| Clients::new(rate, settings.trust_forwarded)),
            answers: Answers::new(settings.cache),
            metrics: Metrics::new(),
            readiness: Readiness::default(),
            settings: settings.clone(),
        })
    }

    fn router(self: &Arc<Self>) -> Router {
        let probes = health::routes()
            .split_for_parts()
            .0
            .with_state(Arc::clone(self));
        let mut answering = routes().with_state(Arc::clone(&self.engine));
        if let Some(extracting) = &self.settings.extracting {
            answering = answering.layer(Extension(Arc::clone(extracting)));
        }
        answering
            .merge(probes)
            .fallback(page::nowhere)
            .method_not_allowed_fallback(only_read)
            .layer(CatchPanicLayer::custom(after_panic))
            .layer(middleware::from_fn_with_state(Arc::clone(self), guarded))
    }
}

/// The pages and the API.
fn routes() -> Router<Arc<Engine>> {
    Router::new()
        .route("/", get(page::search))
        .route("/notices/{id}", get(page::notice))
        .route("/activities/{id}", get(page::activity))
        .route("/help", get(page::help))
        .route("/api", get(page::api_reader))
        .route("/assets/style.css", get(page::style))
        .merge(api::routes().split_for_parts().0)
}

/// The router: pages, API and health, over one engine.
pub fn app(engine: Arc<Engine>, settings: &Settings) -> Router {
    Site::new(engine, settings).router()
}

/// Serves until `ended` comes true, then finishes the requests under way, as far as that takes a few seconds.
pub async fn serve(
    listener: Listener,
    engine: Arc<Engine>,
    settings: &Settings,
    ended: impl Future<Output = ()>,
) {
    let site = Site::new(engine, settings);
    let router = site.router();
    let looking = tokio::spawn(look_again(Arc::clone(&site)));
    connection::serve(listener, site, router, ended).await;
    looking.abort();
}

/// Makes what another program commits visible, reads tokens again, forgets clients that have gone.
async fn look_again(site: Arc<Site>) {
    let mut beat = tokio::time::interval(LOOK_AGAIN);
    let mut hangups = Hangups::new(site.settings.tokens.is_some());
    loop {
        let is_told = tokio::select! {
            _ = beat.tick() => false,
            () = hangups.next() => true,
        };
        let site = Arc::clone(&site);
        let looked = tokio::task::spawn_blocking(move || {
            // An index that cannot be read now keeps its last view; the next beat tries again.
            let _ = site.engine.reload();
            if let Some(clients) = &site.clients {
                clients.forget();
            }
            if let Some(tokens) = &site.settings.tokens {
                let read = match is_told {
                    true => tokens.reread(),
                    false => tokens.refresh().map(|_| ()),
                };
                if let Err(error) = read {
                    journal::trouble(&error);
                }
            }
        });
        let _ = looked.await;
    }
}

/// SIGHUP: the tokens are to be read again. Without tokens it ends the program, as ever.
struct Hangups {
    #[cfg(unix)]
    signals: Option<tokio::signal::unix::Signal>,
}

impl Hangups {
    #[cfg(unix)]
    fn new(are_awaited: bool) -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        let signals = are_awaited.then(|| signal(SignalKind::hangup()).ok());
        Self {
            signals: signals.flatten(),
        }
    }

    #[cfg(not(unix))]
    fn new(_: bool) -> Self {
        Self {}
    }

    async fn next(&mut self) {
        #[cfg(unix)]
        if let Some(signals) = &mut self.signals
            && signals.recv().await.is_some()
        {
            return;
        }
        std::future::pending().await
    }
}

/// Every request comes this way, and every answer goes back it.
async fn guarded(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let _under_way = site.metrics.begins();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let patience = match path == EXTRACT {
        true => site.settings.patience_for_files,
        false => site.settings.patience,
    };
    let answered = match received(&site, request, patience).await {
        Ok(whole) => tokio::time::timeout(patience, answer(&site, whole, next))
            .await
            .unwrap_or_else(|_| Err(Refused::timeout())),
        Err(refused) => Err(refused),
    };
    let mut response = answered.unwrap_or_else(|refused| {
        let mut response = refusal(&path, &refused);
        response.extensions_mut().insert(refused.cause);
        response
    });
    if let Some(cause) = response.extensions().get::<Cause>() {
        site.metrics.refused(*cause);
    }
    headers::put(response.headers_mut());
    let (status, took) = (response.status(), begun.elapsed());
    site.metrics
        .answered(template(&path), &method, status.as_u16(), took);
    if site.settings.log {
        journal::request(&method, &path, status, took);
    }
    response
}

/// The request of one who may ask, with all of its body: a client has as long for sending as the answer may take, and who
/// sends more slowly is at fault, not the service.
async fn received(
    site: &Arc<Site>,
    request: Request,
    patience: Duration,
) -> Result<Whole, Refused> {
    within_bounds(&request)?;
    let path = request.uri().path();
    if !matches!(path, "/healthz" | "/readyz") {
        if let Some(clients) = &site.clients {
            clients.count(&request).map_err(Refused::rate)?;
        }
        if let Some(tokens) = &site.settings.tokens
            && !tokens.admit(request.headers())
        {
            return Err(Refused::token());
        }
    }
    let most = match (path, &site.settings.extracting) {
        ("/healthz" | "/readyz" | "/metrics", _) | (EXTRACT, None) => {
            // Nothing of it is read
            return Ok(Whole::bare(request));
        }
        (EXTRACT, Some(extracting)) => extracting.most(),
        _ => api::TEXT,
    };
    site.gate.receive(request, most, patience).await
}

async fn answer(site: &Arc<Site>, whole: Whole, next: Next) -> Result<Response, Refused> {
    let path = whole.request.uri().path();
    if matches!(path, "/healthz" | "/readyz" | "/metrics") {
        return Ok(next.run(whole.request).await);
    }
    let kept = site.answers.as_ref().and_then(|answers| {
        let key = answers.key(&whole.request, site.engine.view())?;
        Some((answers, key))
    });
    if let Some((answers, key)) = &kept {
        if let Some(response) = answers.get(key, &whole.request) {
            site.metrics.cache_hit();
            return Ok(response);
        }
        site.metrics.cache_missed();
    }
    let place = match path {
        // Files are read in places of their own, so that searches go on
        EXTRACT => Held::beside(whole.share),
        _ => site.gate.enter(whole.share).await?,
    };
    let response = gate::holding(Arc::new(place), next.run(whole.request)).await;
    Ok(match kept {
        Some((answers, key)) => answers.keep(key, response).await,
        None => response,
    })
}

fn within_bounds(request: &Request) -> Result<(), Refused> {
    let address = request
        .uri()
        .path_and_query()
        .map_or(0, |a| a.as_str().len());
    if address > MAX_ADDRESS {
        return Err(Refused::address(MAX_ADDRESS));
    }
    let headers = request.headers();
    let size =
        |(name, value): (&header::HeaderName, &HeaderValue)| name.as_str().len() + value.len();
    if headers.len() > MAX_HEADERS || headers.iter().map(size).sum::<usize>() > MAX_HEAD {
        return Err(Refused::headers(MAX_HEADERS, MAX_HEAD));
    }
    Ok(())
}

fn refusal(path: &str, refused: &Refused) -> Response {
    let mut response = page::told(path, &refused.problem);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = refused.retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if refused.problem.status() == StatusCode::REQUEST_TIMEOUT {
        // What is still to come of the body is not waited for (RFC 9110, 15.5.9)
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    if refused.problem.status() == StatusCode::UNAUTHORIZED {
        let scheme = HeaderValue::from_static("Bearer realm=\"gongwen\"");
        headers.insert(header::WWW_AUTHENTICATE, scheme);
    }
    response
}

/// The template of the route that a path is of; whatever else is asked for is `other`.
fn template(path: &str) -> &'static str {
    static TEMPLATES: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let paths = openapi::document()["paths"].as_object();
        let paths = paths.into_iter().flatten().map(|(path, _)| path.as_str());
        let mut all: Vec<&str> = PAGES.iter().copied().chain(paths).collect();
        // `{id}.ics` before `{id}`
        all.sort_by_key(|template| Reverse(template.len()));
        all
    });
    let is_of = |template: &str| {
        let (mut of, mut given) = (template.split('/'), path.split('/'));
        loop {
            match (of.next(), given.next()) {
                (None, None) => return true,
                (Some(of), Some(given)) if of == given => {}
                (Some(of), Some(given)) => match of.strip_prefix("{id}") {
                    Some(suffix) if given.len() > suffix.len() && given.ends_with(suffix) => {}
                    _ => return false,
                },
                _ => return false,
            }
        }
    };
    let found = TEMPLATES.iter().find(|template| is_of(template));
    found.copied().unwrap_or("other")
}

async fn only_read() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method not allowed",
        "this address is not asked so; Allow names the methods that it knows",
    )
}

fn after_panic(_: Box<dyn Any + Send + 'static>) -> Response {
    Problem::internal().into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_the_template_of_its_route() {
        for (path, found) in [
            ("/", "/"),
            ("/notices/0123", "/notices/{id}"),
            ("/api/v1/activities/0123.4", "/api/v1/activities/{id}"),
            ("/api/v1/notices/0123.ics", "/api/v1/notices/{id}.ics"),
            ("/api/v1/notices/0123/text", "/api/v1/notices/{id}/text"),
            ("/api/v1/extract", EXTRACT),
            ("/healthz", "/healthz"),
            ("/notices/", "other"),
            ("/notices/a/b", "other"),
            ("//", "other"),
            ("/api/v1/search/", "other"),
            ("", "other"),
        ] {
            assert_eq!(template(path), found, "{path}");
        }
    }
}
