//! What is odd in a notice: a code, a message and the place. A diagnostic is no failure.

use crate::span::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something a careful reader would remark on, with its place in the decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// The kinds of oddity, written in kebab case in records.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Code {
    /// The file holds no character.
    Empty,
    /// Bytes that are no character of the charset were replaced.
    UndecodableBytes,
    /// The text was cut at a limit.
    Truncated,
    /// A number is skipped among siblings.
    NumberingGap,
    /// A number stands twice among siblings.
    NumberingRepeat,
    /// A marker is of another style or bracket than its siblings.
    MixedNumbering,
    /// Sections nested deeper than 16 were cut to that depth.
    NestingCut,
    /// An attachment is listed or named whose body is not in the file.
    MissingAttachment,
    /// An attachment has a body and is not listed.
    UnlistedAttachment,
    /// The region's name is borne by several divisions, and nothing settles which.
    AmbiguousRegion,
    /// A date expression that names no day that could be found.
    UnresolvedDate,
}

impl Code {
    /// The code as records write it, such as `numbering-gap`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Code::Empty => "empty",
            Code::UndecodableBytes => "undecodable-bytes",
            Code::Truncated => "truncated",
            Code::NumberingGap => "numbering-gap",
            Code::NumberingRepeat => "numbering-repeat",
            Code::MixedNumbering => "mixed-numbering",
            Code::NestingCut => "nesting-cut",
            Code::MissingAttachment => "missing-attachment",
            Code::UnlistedAttachment => "unlisted-attachment",
            Code::AmbiguousRegion => "ambiguous-region",
            Code::UnresolvedDate => "unresolved-date",
        }
    }
}
