//! Errors as `application/problem+json` (RFC 9457): what the caller can mend, and no internal path or cause.

use crate::error::Error;
use crate::error::QueryFault;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;

/// What is wrong with a request, or kept it from being answered (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(super) struct Problem {
    /// The same as the answer's.
    status: u16,
    /// Which problem.
    title: String,
    /// What is wrong, and how to mend it.
    detail: String,
    /// Column of the query in code points, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<usize>,
    /// For the pages.
    #[serde(skip)]
    zh: Option<String>,
}

impl Problem {
    pub(super) fn new(
        status: StatusCode,
        title: impl Into<String>,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            status: status.as_u16(),
            title: title.into(),
            detail: detail.into(),
            place: None,
            zh: None,
        }
    }

    pub(super) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal error",
            "the request could not be answered; try again later",
        )
    }

    pub(super) fn absent(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not found",
            format!("there is no {what} of this id"),
        )
    }

    pub(super) fn no_page(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "no such page", detail)
    }

    pub(super) fn parameter(name: &str, detail: impl std::fmt::Display) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "bad parameter",
            format!("{name}: {detail}"),
        )
    }

    pub(super) fn with_zh(mut self, zh: impl Into<String>) -> Self {
        self.zh = Some(zh.into());
        self
    }

    pub(super) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    #[cfg(test)]
    pub(super) fn detail(&self) -> &str {
        &self.detail
    }

    pub(super) fn place(&self) -> Option<usize> {
        self.place
    }

    /// What a page says of it.
    pub(super) fn zh(&self) -> String {
        if let Some(zh) = &self.zh {
            return zh.clone();
        }
        match self.status {
            404 => "没有找到这一页，可能已被移除或地址有误".to_owned(),
            400 => format!("请求有误：{}", self.detail),
            _ => "暂时无法完成，请稍后再试".to_owned(),
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Query {
                fault: fault @ QueryFault::ForeignCursor,
                ..
            } => Self::no_page(fault.to_string()).with_zh(fault.zh()),
            Error::Query { place, fault } => Self {
                status: StatusCode::BAD_REQUEST.as_u16(),
                title: "malformed query".to_owned(),
                detail: fault.to_string(),
                place: Some(place),
                zh: Some(format!("第 {place} 个字处：{}", fault.zh())),
            },
            // The cause may name paths; it is for the operator, not for the caller
            _ => Self::internal(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        let never = HeaderValue::from_static("no-store");
        let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, never)];
        (self.status(), headers, body).into_response()
    }
}
