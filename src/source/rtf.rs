//! Rich text, by the RTF specification 1.9.1 and what Word, WPS and LibreOffice make of it.

mod bytes;
mod lists;
mod reader;
mod scan;
mod words;

use super::Limits;
use super::ReadText;
use super::Refusal;

/// What a person sees; a file that breaks off gives what stands before.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<ReadText, Refusal> {
    Ok(reader::Reader::new(bytes, limits).read())
}

#[cfg(test)]
mod tests;
