//! How many requests are worked on at once: a place each, a short queue for the places, and no more.
//!
//! A place is held until the work for it has really ended: what runs apart goes on after its request was given up, and
//! must not pile up behind new ones.

use super::metrics::Cause;
use super::problem::Problem;
use crate::error::Error;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use hyper::body::Body as _;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bodies of all requests together, in KiB.
const BODIES: usize = 64 << 10;
/// How long a client may take over a body, where the answer may take longer.
const SENDING: Duration = Duration::from_secs(60);

tokio::task_local! {
    /// The place of the request that this task answers.
    static HELD: Arc<Place>;
}

/// The places and the queue for them.
pub(super) struct Gate {
    places: Arc<Semaphore>,
    queue: Semaphore,
    wait: Duration,
    bodies: Arc<Semaphore>,
}

/// A request with its body in memory.
pub(super) struct Whole {
    pub(super) request: Request,
    /// What the body takes of the memory for all bodies.
    pub(super) share: Option<OwnedSemaphorePermit>,
}

impl Whole {
    /// A request of whose body nothing is read.
    pub(super) fn bare(request: Request) -> Self {
        Self {
            request,
            share: None,
        }
    }
}

/// A place in the work, given back when the last that holds it is done.
pub(super) struct Place {
    _working: Option<OwnedSemaphorePermit>,
    _body: Option<OwnedSemaphorePermit>,
}

impl Place {
    /// For work that has places of its own.
    pub(super) fn beside(body: Option<OwnedSemaphorePermit>) -> Self {
        Self {
            _working: None,
            _body: body,
        }
    }
}

impl Gate {
    pub(super) fn new(places: usize, queue: usize, wait: Duration) -> Self {
        Self {
            places: Arc::new(Semaphore::new(places.clamp(1, Semaphore::MAX_PERMITS))),
            queue: Semaphore::new(queue.min(Semaphore::MAX_PERMITS)),
            wait,
            bodies: Arc::new(Semaphore::new(BODIES)),
        }
    }

    /// Waits for a place. Who comes has sent all of the body (see [`Gate::receive`]), so that who sends slowly keeps nobody
    /// from working.
    pub(super) async fn enter(&self, body: Option<OwnedSemaphorePermit>) -> Result<Place, Refused> {
        Ok(Place {
            _working: Some(self.place().await?),
            _body: body,
        })
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit, Refused> {
        if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
            return Ok(place);
        }
        let _queued = self.queue.try_acquire().map_err(|_| Refused::queue())?;
        match tokio::time::timeout(self.wait, Arc::clone(&self.places).acquire_owned()).await {
            Ok(Ok(place)) => Ok(place),
            _ => Err(Refused::queue()),
        }
    }

    /// The request with its body, at most `most` bytes of it, which is to come within `patience` or a minute.
    pub(super) async fn receive(
        &self,
        request: Request,
        most: usize,
        patience: Duration,
    ) -> Result<Whole, Refused> {
        let told = request.headers().get(header::CONTENT_LENGTH);
        let told = told.and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
        let is_chunked = request.headers().contains_key(header::TRANSFER_ENCODING);
        if told.unwrap_or(0) == 0 && !is_chunked {
            return Ok(Whole::bare(request));
        }
        // Where a body comes in chunks, what is told of its length does not count (RFC 9112, 6.3)
        if !is_chunked && told.is_some_and(|told| told > most as u64) {
            return Err(Refused::body(most));
        }
        let (head, body) = request.into_parts();
        let time = patience.min(SENDING);
        let (bytes, share) = tokio::time::timeout(time, self.received(body, most))
            .await
            .map_err(|_| Refused::slow(time))??;
        let request = Request::from_parts(head, Body::from(bytes));
        Ok(Whole { request, share })
    }

    /// The bytes of a body. Its share of the memory grows with what has come, so that who only tells of much takes nothing
    /// from others.
    async fn received(
        &self,
        mut body: Body,
        most: usize,
    ) -> Result<(Vec<u8>, Option<OwnedSemaphorePermit>), Refused> {
        let mut bytes = Vec::new();
        let mut share: Option<OwnedSemaphorePermit> = None;
        while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
            let Ok(data) = frame.map_err(|_| Refused::broken())?.into_data() else {
                continue;
            };
            if bytes.len() + data.len() > most {
                return Err(Refused::body(most));
            }
            let held = share.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
            let wanted = (bytes.len() + data.len()).div_ceil(1 << 10);
            let more = u32::try_from(wanted.saturating_sub(held)).unwrap_or(u32::MAX);
            let more = Arc::clone(&self.bodies)
                .try_acquire_many_owned(more)
                .map_err(|_| Refused::queue())?;
            match &mut share {
                Some(share) => share.merge(more),
                None => share = Some(more),
            }
            bytes.extend_from_slice(&data);
        }
        Ok((bytes, share))
    }
}

/// Does `work` as the holder of the place.
pub(super) async fn holding<T>(place: Arc<Place>, work: impl Future<Output = T>) -> T {
    HELD.scope(place, work).await
}

/// Runs work that reads the disk where it holds nobody up; it keeps its request's place to its own end.
pub(super) async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Problem> {
    let held = HELD.try_with(Arc::clone).ok();
    let done = tokio::task::spawn_blocking(move || {
        let done = work();
        drop(held);
        done
    });
    match done.await {
        Ok(done) => done.map_err(|error| {
            super::journal::trouble(&error);
            Problem::from(error)
        }),
        Err(_) => Err(Problem::internal()),
    }
}

/// Why a request is not worked on.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) cause: Cause,
    pub(super) problem: Problem,
    /// After how many seconds it may be worth asking again.
    pub(super) retry_after: Option<u64>,
}

impl Refused {
    fn queue() -> Self {
        Self {
            cause: Cause::Queue,
            problem: Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "too many requests are being answered; ask again in a second",
            )
            .with_zh("现在检索的人太多，请过一会儿再试"),
            retry_after: Some(1),
        }
    }

    pub(super) fn body(most: usize) -> Self {
        Self {
            cause: Cause::Body,
            problem: Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "body too large",
                format!("a body may have {most} bytes here"),
            ),
            retry_after: None,
        }
    }

    fn broken() -> Self {
        Self {
            cause: Cause::Body,
            problem: Problem::new(
                StatusCode::BAD_REQUEST,
                "broken body",
                "the body ended before its length, or its chunks are malformed; send it again",
            ),
            retry_after: None,
        }
    }

    fn slow(time: Duration) -> Self {
        Self {
            cause: Cause::Slow,
            problem: Problem::new(
                StatusCode::REQUEST_TIMEOUT,
                "request timeout",
                format!("the body is to be sent within {} s", time.as_secs_f64()),
            )
            .with_zh("内容发送过慢，请重新发送"),
            retry_after: None,
        }
    }

    pub(super) fn timeout() -> Self {
        Self {
            cause: Cause::Timeout,
            problem: Problem::new(
                StatusCode::GATEWAY_TIMEOUT,
                "timeout",
                "the answer took too long; ask for less",
            )
            .with_zh("检索用时过长，请缩小范围后再试"),
            retry_after: None,
        }
    }

    pub(super) fn rate(wait: Duration) -> Self {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        Self {
            cause: Cause::Rate,
            problem: Problem::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too many requests",
                format!("you asked too often; ask again in {} s", seconds.max(1)),
            )
            .with_zh("请求过于频繁，请稍后再试"),
            retry_after: Some(seconds.max(1)),
        }
    }

    pub(super) fn token() -> Self {
        Self {
            cause: Cause::Token,
            problem: Problem::new(
                StatusCode::UNAUTHORIZED,
                "not authorised",
                "send a token that is known here as `Authorization: Bearer TOKEN`",
            )
            .with_zh("需要访问令牌（Authorization: Bearer）"),
            retry_after: None,
        }
    }

    pub(super) fn address(most: usize) -> Self {
        Self {
            cause: Cause::Address,
            problem: Problem::new(
                StatusCode::URI_TOO_LONG,
                "address too long",
                format!("path and query may have {most} bytes together"),
            )
            .with_zh("检索地址过长，请缩短检索词"),
            retry_after: None,
        }
    }

    pub(super) fn headers(count: usize, bytes: usize) -> Self {
        Self {
            cause: Cause::Headers,
            problem: Problem::new(
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
                "headers too large",
                format!("a request may have {count} headers of {bytes} bytes together"),
            ),
            retry_after: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Bytes, to_bytes};
    use axum::http::{HeaderValue, Method};
    use hyper::body::Frame;
    use std::task::{Context, Poll};

    fn gate(places: usize, queue: usize) -> Gate {
        Gate::new(places, queue, Duration::from_secs(60))
    }

    fn post(body: &'static str, length: Option<&'static str>) -> Request {
        let mut request = Request::new(Body::from(body));
        *request.method_mut() = Method::POST;
        if let Some(length) = length {
            let length = HeaderValue::from_static(length);
            request.headers_mut().insert(header::CONTENT_LENGTH, length);
        }
        request
    }

    #[tokio::test]
    async fn a_place_is_given_back_when_its_work_ends_and_not_before() {
        let gate = gate(1, 0);
        let place = gate.enter(None).await.expect("it is free");
        let (begin, begun) = std::sync::mpsc::channel::<()>();
        let task = tokio::spawn(holding(
            Arc::new(place),
            apart(move || {
                // Until the test has seen what it came to see
                let _ = begun.recv();
                Ok(())
            }),
        ));
        // The request is given up as soon as its work runs apart
        tokio::task::yield_now().await;
        task.abort();
        let _ = task.await;
        let refused = gate.enter(None).await.err().expect("refused");
        assert_eq!(refused.problem.status(), 503);
        assert_eq!(refused.retry_after, Some(1));
        drop(begin);
        let freed = Arc::clone(&gate.places).acquire_owned();
        let freed = tokio::time::timeout(Duration::from_secs(20), freed).await;
        assert!(freed.is_ok_and(|place| place.is_ok()), "it is given back");
    }

    #[tokio::test]
    async fn who_waits_gets_the_next_place_and_one_more_is_refused() {
        let gate = Arc::new(gate(1, 1));
        let first = gate.enter(None).await.expect("it is free");
        let waiting = tokio::spawn({
            let gate = Arc::clone(&gate);
            async move { gate.enter(None).await.is_ok() }
        });
        while gate.queue.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(gate.enter(None).await.is_err());
        drop(first);
        assert!(waiting.await.expect("it ends"));
    }

    async fn receive(gate: &Gate, request: Request, most: usize) -> Result<Whole, Refused> {
        gate.receive(request, most, Duration::from_secs(60)).await
    }

    #[tokio::test]
    async fn a_body_is_bounded_by_what_it_says_and_by_what_it_is() {
        let gate = gate(1, 0);
        for (body, length) in [
            ("12345678901", Some("11")),
            ("1", Some("999999999999999999")),
        ] {
            let refused = receive(&gate, post(body, length), 10).await.err();
            assert_eq!(refused.expect("refused").problem.status(), 413);
        }
        let mut chunked = post("12345678901", None);
        let value = HeaderValue::from_static("chunked");
        chunked
            .headers_mut()
            .insert(header::TRANSFER_ENCODING, value.clone());
        assert!(receive(&gate, chunked, 10).await.is_err());
        let mut both = post("1234567890", Some("1"));
        both.headers_mut().insert(header::TRANSFER_ENCODING, value);
        let whole = receive(&gate, both, 2048).await.expect("taken");
        // What came counts, not what was told
        assert_eq!(gate.bodies.available_permits(), BODIES - 1);
        drop(whole);
        let whole = receive(&gate, post("1234567890", Some("10")), 10).await;
        let Whole { request, share } = whole.expect("taken");
        let bytes = to_bytes(request.into_body(), 100).await.expect("whole");
        assert_eq!(&bytes[..], b"1234567890");
        assert_eq!(gate.bodies.available_permits(), BODIES - 1);
        let place = gate.enter(share).await.expect("it is free");
        assert_eq!(gate.bodies.available_permits(), BODIES - 1);
        drop(place);
        assert_eq!(gate.bodies.available_permits(), BODIES);
    }

    /// Some of what it was told to be, and then nothing.
    struct Halting(bool);

    impl hyper::body::Body for Halting {
        type Data = Bytes;
        type Error = std::convert::Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
            match std::mem::replace(&mut self.0, true) {
                false => Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"12345"))))),
                true => Poll::Pending,
            }
        }
    }

    #[tokio::test]
    async fn who_sends_slowly_is_at_fault_and_takes_nothing_along() {
        let gate = gate(1, 0);
        let mut request = post("", Some("10"));
        *request.body_mut() = Body::new(Halting(false));
        let soon = Duration::from_millis(20);
        let refused = gate.receive(request, 100, soon).await.err();
        let refused = refused.expect("refused");
        assert_eq!(refused.problem.status(), 408);
        assert_eq!(
            refused.problem.detail(),
            "the body is to be sent within 0.02 s"
        );
        assert_eq!(gate.bodies.available_permits(), BODIES);
        assert!(gate.enter(None).await.is_ok());
    }
}
