//! The parts of a file: the notice itself, enclosed documents, attachment bodies.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which of the three a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PartKind {
    /// The notice itself.
    Notice,
    /// A document that a cover notice encloses.
    Enclosure,
    /// The body of an attachment.
    Attachment,
}
