//! What the service tells of itself to Prometheus, in the text format of OpenMetrics.
//!
//! Routes are named by their template, methods and causes are few: nobody can make the list long by asking for much.

use axum::http::Method;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use std::fs;
use std::time::Duration;

/// The media type of the text.
pub(super) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper bounds of the times that are told apart, in seconds.
const BOUNDS: [f64; 14] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];

/// Why a request was not worked on, or not to its end. A handler that refuses one puts it into its answer's extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelValue)]
pub(super) enum Cause {
    /// More connections than are held.
    Connections,
    /// More of them than one client may hold.
    ClientConnections,
    /// The queue is full, or the wait in it was too long.
    Queue,
    /// As many files are read as may be at once.
    Files,
    /// The client asks too often.
    Rate,
    /// No token that is known.
    Token,
    /// The body is too large.
    Body,
    /// Path and query are too long.
    Address,
    /// Too many headers, or too large ones.
    Headers,
    /// The body was sent too slowly.
    Slow,
    /// It took too long.
    Timeout,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: &'static str,
    method: &'static str,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refusal {
    cause: Cause,
}

/// The counts.
pub(super) struct Metrics {
    registry: Registry,
    answered: Family<Answered, Counter>,
    times: Family<Route, Histogram>,
    refused: Family<Refusal, Counter>,
    under_way: Gauge,
    connections: Gauge,
    cache_hits: Counter,
    cache_misses: Counter,
    cache_bytes: Gauge,
    generation: Gauge,
    documents: Gauge,
    notices: Gauge,
    resident: Gauge,
}

/// What is read at the moment of telling.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Standing {
    pub(super) generation: u64,
    pub(super) documents: u64,
    pub(super) notices: u64,
    pub(super) cache_bytes: u64,
}

/// A request, a connection that goes on, for as long as the value lives.
pub(super) struct UnderWay(Gauge);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    pub(super) fn new() -> Self {
        let mut registry = Registry::with_prefix("gongwen");
        let times = Family::<Route, Histogram>::new_with_constructor(|| Histogram::new(BOUNDS));
        let mut metrics = Self {
            registry: Registry::default(),
            answered: Family::default(),
            times,
            refused: Family::default(),
            under_way: Gauge::default(),
            connections: Gauge::default(),
            cache_hits: Counter::default(),
            cache_misses: Counter::default(),
            cache_bytes: Gauge::default(),
            generation: Gauge::default(),
            documents: Gauge::default(),
            notices: Gauge::default(),
            resident: Gauge::default(),
        };
        let build = Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The program that answers", build);
        registry.register(
            "http_requests",
            "Requests by template of the route, method and status",
            metrics.answered.clone(),
        );
        registry.register_with_unit(
            "http_request_duration",
            "Time from the head of a request to its answer, by template of the route",
            Unit::Seconds,
            metrics.times.clone(),
        );
        registry.register(
            "http_refused",
            "Requests and connections that were not worked on to their end, by cause",
            metrics.refused.clone(),
        );
        for (name, help, gauge) in [
            (
                "http_requests_under_way",
                "Requests that wait or are worked on",
                &metrics.under_way,
            ),
            (
                "http_connections",
                "Connections that are held",
                &metrics.connections,
            ),
            (
                "index_generation",
                "Generation of the store that the index holds",
                &metrics.generation,
            ),
            (
                "index_documents",
                "Documents of the index: notices and their activities",
                &metrics.documents,
            ),
            (
                "index_notices",
                "Notices that can be found",
                &metrics.notices,
            ),
        ] {
            registry.register(name, help, gauge.clone());
        }
        registry.register_with_unit(
            "cache_size",
            "Memory of the answers that are kept",
            Unit::Bytes,
            metrics.cache_bytes.clone(),
        );
        registry.register(
            "cache_hits",
            "Answers given again",
            metrics.cache_hits.clone(),
        );
        registry.register(
            "cache_misses",
            "Answers that could have been kept and were not there",
            metrics.cache_misses.clone(),
        );
        registry.register_with_unit(
            "process_resident_memory",
            "Memory of the process that is in use",
            Unit::Bytes,
            metrics.resident.clone(),
        );
        metrics.registry = registry;
        metrics
    }

    pub(super) fn begins(&self) -> UnderWay {
        self.under_way.inc();
        UnderWay(self.under_way.clone())
    }

    pub(super) fn connects(&self) -> UnderWay {
        self.connections.inc();
        UnderWay(self.connections.clone())
    }

    pub(super) fn answered(
        &self,
        route: &'static str,
        method: &Method,
        status: u16,
        took: Duration,
    ) {
        let method = match *method {
            Method::GET => "GET",
            Method::HEAD => "HEAD",
            Method::POST => "POST",
            Method::OPTIONS => "OPTIONS",
            _ => "other",
        };
        self.answered
            .get_or_create(&Answered {
                route,
                method,
                status,
            })
            .inc();
        self.times
            .get_or_create(&Route { route })
            .observe(took.as_secs_f64());
    }

    pub(super) fn refused(&self, cause: Cause) {
        self.refused.get_or_create(&Refusal { cause }).inc();
    }

    pub(super) fn cache_hit(&self) {
        self.cache_hits.inc();
    }

    pub(super) fn cache_missed(&self) {
        self.cache_misses.inc();
    }

    /// All of it as text.
    pub(super) fn told(&self, standing: Standing) -> String {
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        self.generation.set(number(standing.generation));
        self.documents.set(number(standing.documents));
        self.notices.set(number(standing.notices));
        self.cache_bytes.set(number(standing.cache_bytes));
        self.resident.set(number(resident().unwrap_or(0)));
        let mut text = String::new();
        // A string takes whatever is written to it
        let _ = encode(&mut text, &self.registry);
        text
    }
}

/// Bytes of memory that the process has in use, where the system tells it.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_told() {
        let metrics = Metrics::new();
        let under_way = metrics.begins();
        metrics.answered("/notices/{id}", &Method::GET, 200, Duration::from_millis(3));
        metrics.answered("other", &Method::PATCH, 405, Duration::from_millis(3));
        metrics.refused(Cause::Queue);
        let text = metrics.told(Standing {
            notices: 7,
            ..Standing::default()
        });
        for line in [
            "gongwen_http_requests_total{route=\"/notices/{id}\",method=\"GET\",status=\"200\"} 1",
            "gongwen_http_requests_total{route=\"other\",method=\"other\",status=\"405\"} 1",
            "gongwen_http_request_duration_seconds_bucket{le=\"0.005\",route=\"/notices/{id}\"} 1",
            "gongwen_http_refused_total{cause=\"Queue\"} 1",
            "gongwen_http_requests_under_way 1",
            "gongwen_index_notices 7",
            "# EOF",
        ] {
            assert!(text.lines().any(|l| l == line), "{line}\n{text}");
        }
        assert!(text.contains("gongwen_build_info{version="));
        drop(under_way);
        let text = metrics.told(Standing::default());
        assert!(
            text.contains("gongwen_http_requests_under_way 0\n"),
            "{text}"
        );
    }
}
