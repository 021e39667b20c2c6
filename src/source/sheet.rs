//! Workbooks: xlsx and ods as XML, xls and xlsb by calamine; each visible sheet as rows of a table.

mod binary;
mod grid;
mod ods;
mod shown;
mod xlsx;

use self::grid::Grid;
use super::Limits;
use super::Mark;
use super::Place;
use super::ReadText;
use super::Reason;
use super::Refusal;
use super::detect::is_locked;
use super::packed::Packed;
use super::written::Written;
use crate::diagnostic::Code;

/// A sheet that a person sees, with its name.
#[derive(Debug, Default)]
struct Sheet {
    name: String,
    grid: Grid,
}

/// What a workbook gives.
#[derive(Debug, Default)]
struct Book {
    sheets: Vec<Sheet>,
    /// Whether a part of it could not be read.
    is_cut: bool,
}

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<ReadText, Refusal> {
    if is_locked(bytes) {
        return Err(Refusal::locked());
    }
    let (book, media_type) = if bytes.starts_with(b"PK") {
        let mut packed = Packed::open(bytes, limits)?;
        let has = |packed: &Packed<'_>, name: &str| {
            let names = packed.names();
            names
                .iter()
                .any(|n| n.trim_start_matches('/').eq_ignore_ascii_case(name))
        };
        if has(&packed, "xl/workbook.bin") {
            // calamine expands the parts itself: all of them are first held against the limits.
            for at in 0..packed.len() {
                packed.at(at)?;
            }
            (
                binary::read_xlsb(bytes, limits)?,
                "application/vnd.ms-excel.sheet.binary.macroenabled.12",
            )
        } else if has(&packed, "content.xml") && !has(&packed, "xl/workbook.xml") {
            (
                ods::read(&mut packed, limits)?,
                "application/vnd.oasis.opendocument.spreadsheet",
            )
        } else {
            (
                xlsx::read(&mut packed, limits)?,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            )
        }
    } else {
        (binary::read_xls(bytes, limits)?, "application/vnd.ms-excel")
    };
    let mut written = Written::new(media_type, limits);
    let filled = book
        .sheets
        .iter()
        .filter(|sheet| !sheet.grid.is_empty())
        .count();
    let mut element = 0;
    for sheet in book
        .sheets
        .into_iter()
        .filter(|sheet| !sheet.grid.is_empty())
    {
        if filled > 1 {
            element += 1;
            let mark = Mark {
                place: Place::Element(element),
                ..Mark::default()
            };
            written.paragraph(&sheet.name, mark);
        }
        sheet.grid.write(&mut written, &mut element);
    }
    if book.is_cut && !written.is_full() {
        written.remark(
            Code::Truncated,
            "a part of the workbook is damaged or too large; what could be read is kept",
        );
    }
    Ok(written.finish())
}

/// The refusal of a workbook that cannot be opened.
fn damaged() -> Refusal {
    Refusal::new(
        Reason::Damaged,
        "its sheets cannot be read; open and save it anew as xlsx",
    )
}

#[cfg(test)]
mod tests;
