//! Answers that were given before, as long as the view of the index that they were given of is the newest.
//!
//! An answer depends on the address, on what of it is accepted, and on the view: these are its key. Whoever reaches the
//! cache was let in before, and what one is shown all are shown, so who asks is no part of it.

use super::fresh;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::Response;
use quick_cache::sync::Cache;
use quick_cache::{DefaultHashBuilder, Weighter};
use std::sync::{Arc, PoisonError, RwLock};

/// Longer answers are made anew: they are whole notices and exports, which few ask for twice.
const LONGEST: usize = 1 << 20;
/// An `Accept` that is longer is nobody's that asks twice.
const LONGEST_ACCEPT: usize = 256;
/// Bytes that an answer costs besides its key and body: the map of its headers, and its place.
const OVERHEAD: u64 = 1 << 10;

/// The answers.
pub(super) struct Answers {
    kept: Cache<Key, Kept, Weight>,
    /// Of which the answers are.
    view: RwLock<String>,
}

/// What an answer depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    view: String,
    address: String,
    accept: String,
}

/// An answer.
#[derive(Clone)]
struct Kept(Arc<(HeaderMap, Bytes)>);

#[derive(Clone)]
struct Weight;

impl Weighter<Key, Kept> for Weight {
    fn weight(&self, key: &Key, Kept(kept): &Kept) -> u64 {
        (key.view.len() + key.address.len() + key.accept.len() + kept.1.len()) as u64 + OVERHEAD
    }
}

impl Answers {
    /// A cache of so many bytes; none where they are 0.
    pub(super) fn new(bytes: u64) -> Option<Self> {
        (bytes > 0).then(|| Self {
            kept: Cache::with(
                usize::try_from(bytes / (16 << 10))
                    .unwrap_or(usize::MAX)
                    .max(16),
                bytes,
                Weight,
                DefaultHashBuilder::default(),
                Default::default(),
            ),
            view: RwLock::default(),
        })
    }

    /// The key of a request; none where its answer is not one to keep.
    pub(super) fn key(&self, request: &Request, view: String) -> Option<Key> {
        let address = request.uri().path_and_query()?.as_str();
        if request.method() != Method::GET || request.headers().contains_key(header::RANGE) {
            return None;
        }
        let mut accepts = request.headers().get_all(header::ACCEPT).iter();
        let accept = match (accepts.next(), accepts.next()) {
            (None, _) => "",
            (Some(accept), None) => accept.to_str().ok()?,
            (Some(_), Some(_)) => return None,
        };
        if accept.len() > LONGEST_ACCEPT {
            return None;
        }
        self.see(&view);
        Some(Key {
            view,
            address: address.to_owned(),
            accept: accept.to_owned(),
        })
    }

    /// Answers of views that have passed are asked for by nobody: they go.
    fn see(&self, view: &str) {
        let last = self.view.read().unwrap_or_else(PoisonError::into_inner);
        let is_last = *last == view;
        drop(last);
        if !is_last {
            view.clone_into(&mut self.view.write().unwrap_or_else(PoisonError::into_inner));
            self.kept.clear();
        }
    }

    /// The answer that was given before; 304 for who has it already.
    pub(super) fn get(&self, key: &Key, request: &Request) -> Option<Response> {
        let Kept(kept) = self.kept.get(key)?;
        let (headers, body) = &*kept;
        let has_it = headers
            .get(header::ETAG)
            .is_some_and(|tag| fresh::names(request.headers(), tag.as_bytes(), true));
        let mut response = Response::new(match has_it {
            true => Body::empty(),
            false => Body::from(body.clone()),
        });
        headers.clone_into(response.headers_mut());
        if has_it {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response.headers_mut().remove(header::CONTENT_TYPE);
            response.headers_mut().remove(header::CONTENT_LENGTH);
        }
        Some(response)
    }

    /// Keeps an answer, if it is one to keep, and gives it on.
    pub(super) async fn keep(&self, key: Key, response: Response) -> Response {
        let length = response.body().size_hint().exact();
        let is_short = length.is_some_and(|n| n <= LONGEST as u64);
        if response.status() != StatusCode::OK || !is_short || !may_be_kept(response.headers()) {
            return response;
        }
        let (head, body) = response.into_parts();
        // A body whose length is known is in memory, and cannot fail
        let bytes = to_bytes(body, LONGEST).await.unwrap_or_default();
        let kept = Kept(Arc::new((head.headers.clone(), bytes.clone())));
        self.kept.insert(key, kept);
        Response::from_parts(head, Body::from(bytes))
    }

    /// Bytes of the answers kept.
    pub(super) fn bytes(&self) -> u64 {
        self.kept.weight()
    }
}

fn may_be_kept(headers: &HeaderMap) -> bool {
    let forbids = |value: &axum::http::HeaderValue| {
        let value = value.to_str().unwrap_or("no-store");
        value.to_ascii_lowercase().contains("no-store")
    };
    !headers.contains_key(header::SET_COOKIE)
        && !headers.get_all(header::CACHE_CONTROL).iter().any(forbids)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn asking(path: &str, headers: &[(&'static str, &'static str)]) -> Request {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(Body::empty()).expect("a request")
    }

    fn answer(body: &'static str) -> Response {
        let mut response = Response::new(Body::from(body));
        let headers = response.headers_mut();
        headers.insert(header::ETAG, HeaderValue::from_static("\"7-a\""));
        headers.insert(header::VARY, HeaderValue::from_static("accept"));
        response
    }

    async fn body(response: Response) -> Bytes {
        to_bytes(response.into_body(), 100).await.expect("whole")
    }

    #[tokio::test]
    async fn an_answer_is_given_again_to_the_same_question_alone() {
        let answers = Answers::new(1 << 20).expect("a cache");
        let request = asking("/api/v1/search?q=a", &[("accept", "text/csv")]);
        let key = answers.key(&request, "7".into()).expect("one to keep");
        assert!(answers.get(&key, &request).is_none());
        let given = answers.keep(key.clone(), answer("one")).await;
        assert_eq!(given.headers()[header::VARY], "accept");
        assert_eq!(&body(given).await[..], b"one");
        let again = answers.get(&key, &request).expect("kept");
        assert_eq!(again.headers()[header::ETAG], "\"7-a\"");
        assert_eq!(&body(again).await[..], b"one");
        for (other, view) in [
            (asking("/api/v1/search?q=b", &[("accept", "text/csv")]), "7"),
            (asking("/api/v1/search?q=a", &[]), "7"),
            (asking("/api/v1/search?q=a", &[("accept", "text/csv")]), "8"),
        ] {
            let key = answers.key(&other, view.into()).expect("one to keep");
            assert!(answers.get(&key, &other).is_none());
        }
        // The view that passed is gone with its answers
        assert_eq!(answers.bytes(), 0);
    }

    #[tokio::test]
    async fn who_has_the_answer_is_told_so() {
        let answers = Answers::new(1 << 20).expect("a cache");
        let key = answers
            .key(&asking("/", &[]), "1".into())
            .expect("one to keep");
        answers.keep(key.clone(), answer("one")).await;
        for (tags, status) in [
            ("\"7-a\"", 304),
            ("W/\"7-a\"", 304),
            ("\"x\", \"7-a\"", 304),
            ("*", 304),
            ("\"7-b\"", 200),
            ("7-a", 200),
        ] {
            let request = asking("/", &[("if-none-match", tags)]);
            let response = answers.get(&key, &request).expect("kept");
            assert_eq!(response.status().as_u16(), status, "{tags}");
            assert_eq!(body(response).await.is_empty(), status == 304, "{tags}");
        }
    }

    #[tokio::test]
    async fn what_is_no_answer_for_all_is_not_kept() {
        let answers = Answers::new(1 << 20).expect("a cache");
        let mut post = asking("/", &[]);
        *post.method_mut() = Method::POST;
        assert_eq!(answers.key(&post, "1".into()), None);
        assert_eq!(
            answers.key(&asking("/", &[("range", "bytes=0-1")]), "1".into()),
            None
        );
        let key = answers
            .key(&asking("/", &[]), "1".into())
            .expect("one to keep");
        let mut absent = answer("one");
        *absent.status_mut() = StatusCode::NOT_FOUND;
        let mut secret = answer("one");
        let never = HeaderValue::from_static("private, No-Store");
        secret.headers_mut().insert(header::CACHE_CONTROL, never);
        let long = Response::new(Body::from(vec![b'x'; LONGEST + 1]));
        for response in [absent, secret, long] {
            answers.keep(key.clone(), response).await;
            assert!(answers.get(&key, &asking("/", &[])).is_none());
        }
    }

    #[tokio::test]
    async fn the_answers_stay_within_their_memory() {
        let answers = Answers::new(64 << 10).expect("a cache");
        for n in 0..500 {
            let request = asking(&format!("/?page={n}"), &[]);
            let key = answers.key(&request, "1".into()).expect("one to keep");
            answers
                .keep(key, Response::new(Body::from(vec![b'x'; 2000])))
                .await;
        }
        assert!(answers.bytes() > 0 && answers.bytes() <= 64 << 10);
        assert!(Answers::new(0).is_none());
    }
}
