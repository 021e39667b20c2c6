//! What of the pages did not become text, and how it is said.

use crate::diagnostic::Code;
use crate::source::Limits;
use crate::source::written::Written;

/// What of the file did not become text.
#[derive(Debug, Default)]
pub(in crate::source) struct Losses {
    /// Glyphs without a character.
    pub(in crate::source) unmapped: usize,
    /// Pages past the limit.
    pub(in crate::source) cut: usize,
    /// Pages, or parts of them, that could not be read.
    pub(in crate::source) unread: usize,
}

impl Losses {
    /// Says them, where there are any.
    pub(in crate::source) fn remark(&self, limits: &Limits, written: &mut Written) {
        if self.unmapped > 0 {
            let message = format!(
                "{} glyphs stand for no character that the file names",
                self.unmapped
            );
            written.remark(Code::UnmappedGlyphs, message);
        }
        if self.cut > 0 {
            let message = format!(
                "{} pages after the first {} were cut",
                self.cut, limits.max_pages
            );
            written.remark(Code::Truncated, message);
        }
        if self.unread > 0 {
            let message = format!(
                "{} pages or parts of them are damaged and were left out",
                self.unread
            );
            written.remark(Code::Truncated, message);
        }
    }
}
