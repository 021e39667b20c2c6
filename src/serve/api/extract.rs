//! `POST /api/v1/extract`: a file in, its records out. Off unless the service was told to read files.

use super::{apart, asked, kind_of_body, whole};
use crate::pipeline;
use crate::pipeline::{Extraction, Options};
use crate::record::Notice;
use crate::search::Engine;
use crate::serve::form::Form;
use crate::serve::fresh;
use crate::serve::metrics::Cause;
use crate::serve::problem::Problem;
use crate::serve::table;
use crate::serve::taken::{ExtractParameters, OF_EXTRACT};
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Bytes of a file that is sent.
const MOST: usize = 32 << 20;

/// That files are read for others, how, and how many at once.
#[derive(Debug)]
pub struct Extracting {
    options: Options,
    places: Arc<Semaphore>,
}

impl Extracting {
    /// Reads files by these options, so many at once; who comes when all places are taken is told to come again. A file has at
    /// most 32 MiB, or fewer where the options' limits say so.
    #[must_use]
    pub fn new(options: Options, places: usize) -> Self {
        Self {
            options,
            places: Arc::new(Semaphore::new(places.max(1))),
        }
    }

    /// Bytes of a file that is sent.
    pub(in crate::serve) fn most(&self) -> usize {
        let own = usize::try_from(self.options.limits.max_bytes).unwrap_or(usize::MAX);
        own.min(MOST)
    }
}

/// What a file gave. Each of its parts (the file itself, or a member of an archive) stands in one of the lists.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::serve) struct Extracted {
    /// The records, in the order in which the file holds them.
    notices: Vec<Notice>,
    /// What could not be read.
    failures: Vec<Failed>,
    /// The kinds of what holds no notice.
    skipped: Vec<String>,
}

/// A part of a file that could not be read.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::serve) struct Failed {
    /// As it was sent.
    path: String,
    /// Path inside an archive.
    member: Option<String>,
    /// Which failure, such as `unsupported-format`.
    reason: String,
    /// For a person.
    message: String,
}

/// Reads a file.
///
/// The service reads files only where it was started with `--allow-extract`. Nothing that is sent is kept. The body is the file;
/// its name is `name`, or `X-File-Name`. Many formats are read, archives among them (`gongwen formats`).
#[utoipa::path(post, path = "/api/v1/extract", tag = "reading",
    params(ExtractParameters, ("X-File-Name" = Option<String>, Header, description = "What the file is called, where `name` does not say it. 文件名。", example = "a.docx")),
    request_body(description = "The file.", content((Vec<u8> = "application/octet-stream"), (String = "text/plain"))),
    responses(
        (status = 200, description = "What it gave; as NDJSON the records alone, one a line.", content((Extracted = "application/json"), (String = "application/x-ndjson"))),
        (status = 403, description = "The service reads no files.", body = Problem, content_type = "application/problem+json"),
    ))]
pub(in crate::serve) async fn extract(
    State(engine): State<Arc<Engine>>,
    extracting: Option<Extension<Arc<Extracting>>>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let (params, form) = asked(&uri, &headers, &OF_EXTRACT, &[Form::Json, Form::Ndjson])?;
    let Some(Extension(extracting)) = extracting else {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "not allowed",
            "this service reads no files; start it with `gongwen serve --allow-extract`",
        ));
    };
    let Ok(place) = Arc::clone(&extracting.places).try_acquire_owned() else {
        return Ok(busy());
    };
    let name = name(&params.first("name").map(str::to_owned), &headers);
    let bytes = whole(body, extracting.most()).await?;
    if bytes.is_empty() && !headers.contains_key(header::CONTENT_TYPE) {
        return Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "malformed body",
            "there is no file in it",
        ));
    }
    let masking = engine.is_masking();
    let extraction = apart(move || {
        // The place is taken until the work ends, even where nobody waits for it any more
        let _place = place;
        let options = Options {
            path: name,
            ..extracting.options.clone()
        };
        Ok(pipeline::extract(&bytes, &options))
    })
    .await?;
    let extracted = extracted(extraction, masking);
    let bytes = match form {
        Form::Ndjson => {
            let rows: Vec<Value> = extracted.notices.iter().map(|n| json!(n)).collect();
            table::lines(&rows)
        }
        _ => serde_json::to_vec(&extracted).map_err(|_| Problem::internal())?,
    };
    Ok(fresh::plain(form, bytes))
}

fn extracted(extraction: Extraction, masking: bool) -> Extracted {
    let notices = extraction.notices.into_iter();
    let failures = extraction.failures.into_iter().map(|failure| Failed {
        path: failure.path,
        member: failure.member,
        reason: failure.reason.as_str().to_owned(),
        message: failure.message,
    });
    Extracted {
        notices: match masking {
            true => notices.map(|notice| notice.masked()).collect(),
            false => notices.collect(),
        },
        failures: failures.collect(),
        skipped: extraction
            .skipped
            .into_iter()
            .map(|kind| kind.into_owned())
            .collect(),
    }
}

/// What the file is called, without the folders that it stood in.
fn name(asked: &Option<String>, headers: &HeaderMap) -> String {
    let told = headers
        .get("x-file-name")
        .map(|v| String::from_utf8_lossy(v.as_bytes()).into_owned());
    let told = asked.clone().or(told).unwrap_or_default();
    let last = told.rsplit(['/', '\\']).next().unwrap_or_default();
    let last: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    match (last.trim(), kind_of_body(headers).as_str()) {
        ("", "text/plain") => "upload.txt".to_owned(),
        ("", _) => "upload".to_owned(),
        (last, _) => last.to_owned(),
    }
}

fn busy() -> Response {
    let problem = Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "busy",
        "as many files are being read as may be at once; send it again in a second",
    );
    let mut response = problem.into_response();
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    response.extensions_mut().insert(Cause::Files);
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::index::Index;
    use crate::search::Notices;
    use crate::serve::metrics::Standing;
    use crate::serve::{Settings, Site};
    use axum::http::Request;
    use tower::ServiceExt;

    struct Nothing;

    impl Notices for Nothing {
        fn notice(&self, _: &str) -> Result<Option<Notice>, Error> {
            Ok(None)
        }
    }

    #[tokio::test]
    async fn who_comes_when_all_places_are_taken_is_told_and_counted() {
        let folder = tempfile::tempdir().expect("a folder");
        let index = Index::open(folder.path()).expect("an index");
        let engine = Arc::new(Engine::new(index, Box::new(Nothing)));
        let extracting = Arc::new(Extracting::new(Options::default(), 1));
        let site = Site::new(
            engine,
            &Settings {
                extracting: Some(Arc::clone(&extracting)),
                ..Settings::default()
            },
        );
        let send = || {
            let request = Request::post("/api/v1/extract")
                .header(header::CONTENT_TYPE, "text/plain")
                .header(header::CONTENT_LENGTH, "6")
                .body(Body::from("通知"))
                .expect("a request");
            site.router().oneshot(request)
        };
        let refused = || {
            let told = site.metrics.told(Standing::default());
            told.contains("gongwen_http_refused_total{cause=\"Files\"} 1\n")
        };
        let place = Arc::clone(&extracting.places).try_acquire_owned();
        let response = send().await.expect("an answer");
        assert_eq!(response.status(), 503);
        assert_eq!(response.headers()[header::RETRY_AFTER], "1");
        assert!(refused());
        drop(place);
        assert_eq!(send().await.expect("an answer").status(), 200);
        assert!(refused());
    }
}
