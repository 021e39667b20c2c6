//! Word's XML.

use super::Limits;
use super::ReadText;
use super::Reason;
use super::Refusal;

pub(super) fn read(_bytes: &[u8], _limits: &Limits) -> Result<ReadText, Refusal> {
    Err(Refusal::new(
        Reason::UnsupportedFormat,
        "Docx files are not read yet; save the notice as plain text",
    ))
}
