//! 发文字号: `鄂安办发〔2022〕28号`, in every form of bracket that officials type.

use crate::span::Span;

/// A document number with its normal form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocNumber {
    /// Where it stands.
    pub span: Span,
    /// Brackets as 〔〕, half-width digits, no blanks.
    pub normal: String,
}

/// The document number that `text` begins with at byte `at`, blanks and an opening bracket before it allowed.
#[must_use]
pub fn at(text: &str, at: usize) -> Option<DocNumber> {
    let _ = (text, at);
    None
}

/// The document number when it is all that `line` holds (blanks and 签发人 aside).
#[must_use]
pub fn whole_line(text: &str, line: Span) -> Option<DocNumber> {
    let _ = (text, line);
    None
}
