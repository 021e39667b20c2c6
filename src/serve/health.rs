//! `/readyz`, `/metrics`: for those who run the service (and see `/healthz`). They need no place in the work, so that they are
//! told the truth when all places are taken.

use super::Site;
use super::metrics::{self, Standing};
use super::problem::Problem;
use crate::search::{Counting, Engine, Request};
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// For so long it is believed what the index said last.
const BELIEVED: Duration = Duration::from_secs(1);
/// How long the index may take to say something.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug, Serialize)]
struct Health {
    status: &'static str,
}

/// The routes with their descriptions.
pub(super) fn routes() -> OpenApiRouter<Arc<Site>> {
    OpenApiRouter::new()
        .routes(routes!(ready))
        .routes(routes!(metrics))
}

/// Whether searches are answered, and will go on to be.
#[utoipa::path(get, path = "/readyz", tag = "service", responses(
    (status = 200, description = "They are.", body = super::api::Health),
))]
pub(super) async fn ready(State(site): State<Arc<Site>>) -> Response {
    let is_ready = site.readiness.check(&site.engine).await;
    match is_ready {
        true => told("ready"),
        false => {
            let problem = Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "not ready",
                "searches are not answered now",
            );
            ([(header::RETRY_AFTER, "1")], problem).into_response()
        }
    }
}

fn told(status: &'static str) -> Response {
    let headers = [(header::CACHE_CONTROL, "no-store")];
    (headers, Json(Health { status })).into_response()
}

/// Counts and times, for Prometheus.
#[utoipa::path(get, path = "/metrics", tag = "service", responses(
    (status = 200, description = "In the text format of OpenMetrics.", body = String, content_type = "application/openmetrics-text"),
))]
pub(super) async fn metrics(State(site): State<Arc<Site>>) -> Response {
    let standing = Standing {
        cache_bytes: site.answers.as_ref().map_or(0, |a| a.bytes()),
        ..site.readiness.standing(&site.engine).await
    };
    let headers = [
        (header::CONTENT_TYPE, metrics::MEDIA_TYPE),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, site.metrics.told(standing)).into_response()
}

/// Whether searches are answered.
#[derive(Default)]
pub(super) struct Readiness {
    is_ending: AtomicBool,
    /// When the index was last asked, and whether it answered.
    last: Mutex<Option<(Instant, bool)>>,
    /// Of which view, and what.
    counted: Mutex<Option<(String, Standing)>>,
}

impl Readiness {
    /// From now on the service is not ready: it finishes what it has and takes nothing new.
    pub(super) fn end(&self) {
        self.is_ending.store(true, Ordering::Relaxed);
    }

    async fn check(&self, engine: &Arc<Engine>) -> bool {
        if self.is_ending.load(Ordering::Relaxed) {
            return false;
        }
        // Whoever asks meanwhile waits for the same answer
        let mut last = self.last.lock().await;
        if let Some((when, answered)) = *last
            && when.elapsed() < BELIEVED
        {
            return answered;
        }
        let question = Request {
            size: 1,
            // The first time all is read that answers need
            counting: match *last {
                None => Counting::Facets,
                Some(_) => Counting::Nothing,
            },
            ..Request::new("")
        };
        let answered = answers(engine, question).await;
        *last = Some((Instant::now(), answered));
        answered
    }

    /// What the index holds in the view that answers are given of; counted once a view.
    async fn standing(&self, engine: &Arc<Engine>) -> Standing {
        let view = engine.view();
        let mut counted = self.counted.lock().await;
        if let Some((of, standing)) = counted.as_ref()
            && *of == view
        {
            return *standing;
        }
        let counting = Arc::clone(engine);
        let work = super::gate::apart(move || {
            let (notices, documents) = counting.holds()?;
            Ok(Standing {
                generation: counting.generation().unwrap_or(0),
                documents,
                notices,
                ..Standing::default()
            })
        });
        match tokio::time::timeout(PATIENCE, work).await {
            Ok(Ok(standing)) => {
                *counted = Some((view, standing));
                standing
            }
            // Those of the view before are nearer to the truth than none
            _ => counted.as_ref().map(|(_, s)| *s).unwrap_or_default(),
        }
    }
}

/// Whether a question is answered in time.
async fn answers(engine: &Arc<Engine>, question: Request) -> bool {
    let engine = Arc::clone(engine);
    let work = super::gate::apart(move || engine.search(&question));
    matches!(tokio::time::timeout(PATIENCE, work).await, Ok(Ok(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::index::Index;
    use crate::record::Notice;
    use crate::search::Notices;

    struct Nothing;

    impl Notices for Nothing {
        fn notice(&self, _: &str) -> Result<Option<Notice>, Error> {
            Ok(None)
        }
    }

    #[tokio::test]
    async fn ready_once_the_index_answers_and_no_more_at_the_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let index = Index::open(folder.path()).expect("an index");
        let engine = Arc::new(Engine::new(index, Box::new(Nothing)));
        let readiness = Readiness::default();
        assert!(readiness.check(&engine).await);
        assert_eq!(readiness.standing(&engine).await.notices, 0);
        readiness.end();
        assert!(!readiness.check(&engine).await);
    }
}
