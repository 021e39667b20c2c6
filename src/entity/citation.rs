//! What is cited: titles in 《》 with the number that follows.

use crate::span::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a cited title is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CitationKind {
    /// 法, 条例, 规定, 办法 of a state organ.
    Law,
    /// 通知, 意见, 通报 …
    Notice,
    /// 方案, 计划, 规划 …
    Plan,
    /// A technical standard.
    Standard,
    /// Anything else: a book, a film, a form.
    Work,
}

/// A cited title, with every mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitationFound {
    /// Without the outer brackets, line breaks joined.
    pub title: String,
    /// The document or standard number that follows.
    pub doc_number: Option<String>,
    /// What is cited.
    pub kind: CitationKind,
    /// Whether this notice implements it.
    pub basis: bool,
    /// Every mention, the brackets included.
    pub spans: Vec<Span>,
}

/// The citations of `text` in the order of their first mention.
#[must_use]
pub fn find(text: &str) -> Vec<CitationFound> {
    let _ = text;
    Vec::new()
}
