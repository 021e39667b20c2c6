//! Whether the asker has the answer already: entity tags (RFC 9110, 8.8.3) and `If-None-Match` (13.1.2).

use super::form::Form;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// An entity tag, as headers write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag(String);

impl Tag {
    /// The tag of an answer that these decide: the state of the index, the question, the form. It is weak, for an answer
    /// also says how long it took, and that differs from time to time.
    pub(super) fn of_question(parts: &[&str]) -> Self {
        Self(format!("W/\"{}\"", digest(parts)))
    }

    /// The tag of these very bytes.
    pub(super) fn of_bytes(bytes: &[u8]) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(bytes);
        Self(format!("\"{}\"", hex(&hasher.finalize())))
    }

    /// Whether the asker has it: tags are compared weakly.
    fn is_known(&self, headers: &HeaderMap) -> bool {
        // `*` asks whether there is any answer, and the tag of a question does not know that yet
        names(headers, self.0.as_bytes(), !self.0.starts_with("W/"))
    }

    /// 304 where the asker has it.
    pub(super) fn unchanged(&self, headers: &HeaderMap) -> Option<Response> {
        self.is_known(headers)
            .then(|| self.on(StatusCode::NOT_MODIFIED.into_response()))
    }

    /// The answer with its tag. It may be kept, and is to be asked about each time.
    pub(super) fn on(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        if let Ok(tag) = HeaderValue::from_str(&self.0) {
            headers.insert(header::ETAG, tag);
        }
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        );
        headers.insert(header::VARY, HeaderValue::from_static("Accept"));
        response
    }
}

/// Whether `If-None-Match` names a tag, compared weakly (RFC 9110, 13.1.2); `any` lets `*` name it.
pub(super) fn names(headers: &HeaderMap, tag: &[u8], any: bool) -> bool {
    let weakly = |tag: &'_ [u8]| tag.strip_prefix(b"W/").unwrap_or(tag).to_vec();
    let tag = weakly(tag);
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .flat_map(|value| value.as_bytes().split(|b| *b == b','))
        .map(<[u8]>::trim_ascii)
        .any(|named| any && named == b"*" || weakly(named) == tag)
}

/// The bytes in this form, with their own tag; 304 where the asker has them.
pub(super) fn answered(headers: &HeaderMap, form: Form, bytes: Vec<u8>) -> Response {
    let tag = Tag::of_bytes(&bytes);
    match tag.unchanged(headers) {
        Some(response) => response,
        None => tag.on(plain(form, bytes)),
    }
}

/// The bytes in this form.
pub(super) fn plain(form: Form, bytes: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, form.content_type())], bytes).into_response()
}

fn digest(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hex(&hasher.finalize())
}

/// Sixteen bytes tell answers apart.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().take(16).map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_answer_is_not_sent_again() {
        let tag = Tag::of_bytes(b"abc");
        let with = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(
                header::IF_NONE_MATCH,
                HeaderValue::from_str(value).expect("a header"),
            );
            tag.unchanged(&headers).map(|r| r.status())
        };
        let own = tag.0.clone();
        assert_eq!(with(&own), Some(StatusCode::NOT_MODIFIED));
        assert_eq!(
            with(&format!("\"x\", W/{own}")),
            Some(StatusCode::NOT_MODIFIED)
        );
        assert_eq!(with("*"), Some(StatusCode::NOT_MODIFIED));
        assert_eq!(with("\"x\""), None);
        assert_ne!(
            Tag::of_question(&["ab", "c"]),
            Tag::of_question(&["a", "bc"])
        );
    }
}
