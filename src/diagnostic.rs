//! What is odd in a notice: a code, a message and the place. A diagnostic is no failure.

pub mod code;
pub mod render;

pub use code::Code;

use crate::span::Span;
use serde::{Deserialize, Serialize};

/// Something a careful reader would remark on, with its place in the decoded text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Which oddity.
    pub code: Code,
    /// One lowercase sentence for a person: what was found, and what was expected.
    pub message: String,
    /// Where; the whole text's start when it concerns the whole.
    pub span: Span,
}

impl Diagnostic {
    /// A remark of kind `code` at `span`.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            span,
        }
    }
}
