//! The connections: so many, each with its time for what it asks and for taking the answer.
//!
//! A client that sends slowly, never reads, or says nothing is cut; one that has shut its own side down is answered.

use super::clients::{Callers, Peer};
use super::listen::{Listener, Stream};
use super::metrics::Cause;
use super::problem::Problem;
use super::settings::Settings;
use super::{Site, headers};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::future::poll_fn;
use std::io;
use std::net::IpAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tokio::time::{Instant, Sleep};
use tower::ServiceExt;

/// Memory for the head of a request, and for what was read beyond it. Below [`super::MAX_HEAD`] the answer to too large
/// a head is a problem that says so; past this it is a bare 431.
const BUFFER: usize = 128 << 10;
/// As many headers as the parser takes; fewer are allowed, see [`super::MAX_HEADERS`].
const PARSED_HEADERS: usize = 128;
/// While the system has no more room for connections, this long is waited between two looks.
const NO_ROOM: Duration = Duration::from_millis(100);
/// What a client must take at least of an answer within [`Settings::reading`], in bytes.
const TAKEN: usize = 16 << 10;
/// How many may be told at once that there is no room, and how long that takes.
const TOLD_AT_ONCE: usize = 64;
const TELLING: Duration = Duration::from_secs(1);

/// Takes connections until `ended` comes true; then finishes the requests under way, as far as there is time.
pub(super) async fn serve(
    listener: Listener,
    site: Arc<Site>,
    router: Router,
    ended: impl Future<Output = ()>,
) {
    let settings = &site.settings;
    let http = http(settings);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(
        settings.connections.clamp(1, Semaphore::MAX_PERMITS),
    ));
    let callers = Callers::new(settings);
    let telling = Arc::new(Semaphore::new(TOLD_AT_ONCE));
    // Dropped with what still goes on at the end
    let mut tasks = JoinSet::new();
    let mut ended = pin!(ended);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = tasks.join_next() => continue,
            () = &mut ended => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                if !is_of_one(&error) {
                    tokio::time::sleep(NO_ROOM).await;
                }
                continue;
            }
        };
        let admitted = match callers.admit(peer) {
            Err(held) => Err((Cause::ClientConnections, too_many(held))),
            Ok(call) => match Arc::clone(&places).try_acquire_owned() {
                Err(_) => Err((Cause::Connections, no_room())),
                Ok(place) => Ok((place, call)),
            },
        };
        let place = match admitted {
            Ok(place) => place,
            Err((cause, problem)) => {
                site.metrics.refused(cause);
                // Who cannot even be told is closed at once
                if let Ok(turn) = Arc::clone(&telling).try_acquire_owned() {
                    tasks.spawn(turned_away(stream, problem, turn));
                }
                continue;
            }
        };
        let io = TokioIo::new(Paced::new(stream, settings.reading));
        let service = service(router.clone(), peer);
        let connection = graceful.watch(http.serve_connection(io, service));
        let held = site.metrics.connects();
        tasks.spawn(async move {
            // How a client breaks off is its own affair
            let _ = connection.await;
            drop((place, held));
        });
    }
    drop(listener);
    site.readiness.end();
    let _ = tokio::time::timeout(settings.farewell, graceful.shutdown()).await;
}

fn http(settings: &Settings) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .half_close(true)
        .header_read_timeout(settings.head)
        .max_buf_size(BUFFER)
        .max_header_size(BUFFER / 2)
        .max_headers(PARSED_HEADERS);
    http
}

/// The router as the service of one connection.
fn service(
    router: Router,
    peer: Option<IpAddr>,
) -> impl hyper::service::Service<
    Request<Incoming>,
    Response = axum::response::Response,
    Error = std::convert::Infallible,
    Future: Send,
> {
    service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer));
        router.clone().oneshot(request)
    })
}

/// Whether an error of accepting is one connection's, so that the next may be taken at once.
fn is_of_one(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::Interrupted
    )
}

fn no_room() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "busy",
        "too many connections are open; try again in a second",
    )
}

fn too_many(held: usize) -> Problem {
    Problem::new(
        StatusCode::TOO_MANY_REQUESTS,
        "too many connections",
        format!("you have {held} connections open; close some of them, or ask over those"),
    )
}

/// Tells a client that it is not let in, and waits a moment until it has read so: a connection that is closed on what
/// it still sends may lose what it was told.
async fn turned_away(mut stream: Stream, problem: Problem, turn: OwnedSemaphorePermit) {
    let body = serde_json::to_string(&problem).unwrap_or_default();
    let mut text = format!("HTTP/1.1 {}\r\n", problem.status());
    let mut put = |name: &str, value: &str| text.push_str(&format!("{name}: {value}\r\n"));
    put("content-type", "application/problem+json");
    put("content-length", &body.len().to_string());
    put("connection", "close");
    put("retry-after", "1");
    put("cache-control", "no-store");
    put("content-security-policy", headers::POLICY);
    for (name, value) in headers::ALWAYS {
        put(name.as_str(), value);
    }
    text.push_str("\r\n");
    text.push_str(&body);
    let told = async {
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            let written = poll_fn(|cx| Pin::new(&mut stream).poll_write(cx, rest)).await;
            match written {
                Ok(n) if n > 0 => rest = &rest[n..],
                _ => return,
            }
        }
        let _ = poll_fn(|cx| Pin::new(&mut stream).poll_shutdown(cx)).await;
        let mut space = [0; 1 << 10];
        loop {
            let mut buffer = ReadBuf::new(&mut space);
            let read = poll_fn(|cx| Pin::new(&mut stream).poll_read(cx, &mut buffer)).await;
            if read.is_err() || buffer.filled().is_empty() {
                return;
            }
        }
    };
    let _ = tokio::time::timeout(TELLING, told).await;
    drop(turn);
}

/// A stream whose other end must go on reading.
struct Paced<S> {
    stream: S,
    pace: Duration,
    /// Runs while the other end keeps an answer waiting.
    clock: Pin<Box<Sleep>>,
    is_waiting: bool,
    /// Bytes that it has taken since the clock was set.
    taken: usize,
}

impl<S> Paced<S> {
    fn new(stream: S, pace: Duration) -> Self {
        Self {
            stream,
            pace,
            clock: Box::pin(tokio::time::sleep(pace)),
            is_waiting: false,
            taken: 0,
        }
    }

    /// Judges by how a write went.
    fn judge(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if let Poll::Ready(Ok(n)) = &written {
            self.taken = self.taken.saturating_add(*n);
        }
        if written.is_ready() {
            return written;
        }
        if !self.is_waiting {
            self.set_clock();
        }
        while self.clock.as_mut().poll(cx).is_ready() {
            if self.taken < TAKEN {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            self.set_clock();
        }
        Poll::Pending
    }

    fn set_clock(&mut self) {
        self.clock.as_mut().reset(Instant::now() + self.pace);
        self.is_waiting = true;
        self.taken = 0;
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Paced<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Paced<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.judge(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.judge(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// Asked for when all was written.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.is_waiting = false;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
