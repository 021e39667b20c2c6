//! What is said on standard error: a line of JSON each, for whoever runs the service; never a query, never a token.

use crate::error::Error;
use axum::http::{Method, StatusCode};
use jiff::Timestamp;
use serde::Serialize;
use std::io::{self, Write};
use std::time::Duration;

/// One request.
#[derive(Serialize)]
struct Line<'a> {
    time: Timestamp,
    method: &'a str,
    /// Without the query, for that says what somebody looks for.
    path: &'a str,
    status: u16,
    ms: f64,
}

/// Something that whoever runs the service should know, with its cause.
#[derive(Serialize)]
struct Trouble<'a> {
    time: Timestamp,
    trouble: &'a str,
}

/// Notes a request and how it was answered.
pub(super) fn request(method: &Method, path: &str, status: StatusCode, took: Duration) {
    write(&Line {
        time: Timestamp::now(),
        method: method.as_str(),
        path,
        status: status.as_u16(),
        // Thousandths are enough
        ms: (took.as_secs_f64() * 1e6).round() / 1e3,
    });
}

/// Notes what went wrong inside; whoever asked is told nothing of it. What the asker did wrong is no trouble.
pub(super) fn trouble(error: &Error) {
    if matches!(error, Error::Query { .. }) {
        return;
    }
    write(&Trouble {
        time: Timestamp::now(),
        trouble: &error.to_string(),
    });
}

fn write(line: &impl Serialize) {
    if let Ok(mut line) = serde_json::to_vec(line) {
        line.push(b'\n');
        // Where standard error is closed there is nobody to tell
        let _ = io::stderr().lock().write_all(&line);
    }
}
