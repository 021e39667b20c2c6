//! How is it offered: `app(engine)` is the router as a value; the pages use the same code as the API.

mod api;
mod form;
mod fresh;
mod kin;
pub(crate) mod labels;
mod openapi;
mod page;
mod parameters;
mod params;
mod problem;
mod reader;
mod reading;
mod results;
mod table;

pub use api::extract::Extracting;

use crate::error::Error;
use crate::search::Engine;
use axum::Extension;
use axum::Router;
use axum::extract::Request;
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use problem::Problem;
use std::any::Any;
use std::future::{Future, IntoFuture};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often a commit of another program is looked for.
const LOOK_AGAIN: Duration = Duration::from_secs(2);
/// How long requests under way may take to finish once the end is asked for.
const FAREWELL: Duration = Duration::from_secs(5);

/// Headers of every answer: nothing is loaded from elsewhere, nothing is framed, nothing is guessed.
const HEADERS: [(HeaderName, &str); 4] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// The router: pages, API and health, over one engine; it reads no files.
pub fn app(engine: Arc<Engine>) -> Router {
    app_with(engine, None)
}

/// The same, reading the files that are sent where it is told how.
pub fn app_with(engine: Arc<Engine>, extracting: Option<Arc<Extracting>>) -> Router {
    let router = Router::new()
        .route("/", get(page::search))
        .route("/notices/{id}", get(page::notice))
        .route("/activities/{id}", get(page::activity))
        .route("/help", get(page::help))
        .route("/api", get(page::api_reader))
        .route("/assets/style.css", get(page::style))
        .merge(api::routes().split_for_parts().0)
        .fallback(page::nowhere)
        .method_not_allowed_fallback(only_read)
        .with_state(engine);
    let router = match extracting {
        Some(extracting) => router.layer(Extension(extracting)),
        None => router,
    };
    router
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(middleware::from_fn(in_time))
        .layer(middleware::from_fn(with_headers))
}

/// Serves until `ended` comes true, then finishes the requests under way, as far as that takes a few seconds.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    engine: Arc<Engine>,
    extracting: Option<Arc<Extracting>>,
    ended: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let looking = tokio::spawn(look_again(Arc::clone(&engine)));
    let (tell, told) = tokio::sync::oneshot::channel();
    let serving =
        axum::serve(listener, app_with(engine, extracting)).with_graceful_shutdown(async {
            ended.await;
            let _ = tell.send(());
        });
    // Who sends half a request and falls silent does not keep the program from ending
    let farewell = async {
        match told.await {
            Ok(()) => tokio::time::sleep(FAREWELL).await,
            Err(_) => std::future::pending().await,
        }
    };
    let served = tokio::select! {
        served = serving.into_future() => served,
        () = farewell => Ok(()),
    };
    looking.abort();
    served
}

/// Makes what another program commits visible.
async fn look_again(engine: Arc<Engine>) {
    let mut beat = tokio::time::interval(LOOK_AGAIN);
    loop {
        beat.tick().await;
        let engine = Arc::clone(&engine);
        // An index that cannot be read now keeps its last view; the next beat tries again.
        let _ = tokio::task::spawn_blocking(move || engine.reload()).await;
    }
}

/// Runs work that reads the disk where it holds nobody up.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Problem> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(Problem::from),
        Err(_) => Err(Problem::internal()),
    }
}

async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(PATIENCE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(
            StatusCode::GATEWAY_TIMEOUT,
            "timeout",
            "the answer took too long; ask for less",
        )
        .into_response(),
    }
}

async fn with_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
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
