//! Word's binary of 97–2003 ([MS-DOC]), and of Word 6 and 95; WPS writes the same.

mod compound;
mod fib;
mod lists;
mod pieces;
mod properties;
mod reader;
mod styles;

use super::Limits;
use super::ReadText;
use super::Reason;
use super::Refusal;
use compound::Compound;
use fib::Fib;

/// What a person sees: the main text with its text boxes and tables, then the notes.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<ReadText, Refusal> {
    let compound = Compound::open(bytes).map_err(damaged)?;
    let document = match compound.stream("WordDocument") {
        Some(document) => document.map_err(damaged)?,
        None if compound.has("EncryptedPackage") => return Err(encrypted()),
        None => {
            return Err(Refusal::new(
                Reason::UnsupportedFormat,
                "an OLE file without a Word document in it; save the notice as docx or plain text",
            ));
        }
    };
    let fib = Fib::read(&document).ok_or_else(|| damaged("its first block is not Word's"))?;
    if fib.is_encrypted {
        return Err(encrypted());
    }
    let table = match fib.table {
        None => None,
        Some(name) => {
            let other = if name == "1Table" { "0Table" } else { "1Table" };
            let found = compound.stream(name).or_else(|| compound.stream(other));
            Some(
                found
                    .ok_or_else(|| damaged("the stream of its tables is missing"))?
                    .map_err(damaged)?,
            )
        }
    };
    let data = compound
        .stream("Data")
        .and_then(Result::ok)
        .unwrap_or_default();
    let table = table.as_deref().unwrap_or(&document);
    reader::read(&document, table, &data, &fib, limits)
        .ok_or_else(|| damaged("the places of its text are missing"))
}

fn damaged(fault: &str) -> Refusal {
    let message = format!("the Word file cannot be read: {fault}; open and save it anew");
    Refusal::new(Reason::Damaged, message)
}

fn encrypted() -> Refusal {
    Refusal::locked()
}

#[cfg(test)]
mod tests;
