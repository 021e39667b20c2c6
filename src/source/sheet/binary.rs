//! Binary workbooks, by calamine: xls (BIFF) and xlsb.

use super::super::Limits;
use super::super::Reason;
use super::super::Refusal;
use super::Book;
use super::Sheet;
use super::grid::Area;
use super::grid::Grid;
use super::shown;
use calamine::Data;
use calamine::DataRef;
use calamine::ExcelDateTime;
use calamine::Reader as _;
use calamine::SheetType;
use calamine::SheetVisible;
use calamine::Xls;
use calamine::Xlsb;
use std::io::Cursor;
use std::io::Read as _;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

/// calamine holds every cell between the first and the last of a sheet of xls: no more than so many.
const MAX_CELLS: u64 = 2_000_000;

pub(super) fn read_xls(bytes: &[u8], limits: &Limits) -> Result<Book, Refusal> {
    let stream = workbook_stream(bytes, limits).ok_or_else(super::damaged)?;
    match look(&stream) {
        Look::Encrypted => {
            return Err(Refusal::locked());
        }
        Look::TooSparse => {
            return Err(Refusal::new(
                Reason::TooLarge,
                "its cells stand too far apart; save it anew as xlsx",
            ));
        }
        Look::Fair => {}
    }
    drop(stream);
    caught(|| xls_book(bytes, limits))
}

/// calamine indexes past the end of some damaged files: its panic is a damaged file, not a fault of the program.
fn caught(read: impl FnOnce() -> Result<Book, Refusal>) -> Result<Book, Refusal> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(super::damaged()))
}

fn xls_book(bytes: &[u8], limits: &Limits) -> Result<Book, Refusal> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|_| super::damaged())?;
    let mut out = Book::default();
    let mut length = 0;
    for meta in book.sheets_metadata().to_vec() {
        if meta.visible != SheetVisible::Visible || meta.typ != SheetType::WorkSheet {
            continue;
        }
        let Ok(range) = book.worksheet_range(&meta.name) else {
            out.is_cut = true;
            continue;
        };
        let (top, left) = range.start().unwrap_or_default();
        let mut grid = Grid::default();
        for (row, column, value) in range.used_cells() {
            let text = shown_data(value);
            grid.put(
                top.saturating_add(row as u32),
                left.saturating_add(column as u32),
                &text,
            );
            if length + grid.length() > limits.max_text {
                out.is_cut = true;
                break;
            }
        }
        for merged in book
            .merge_cells_by_sheet_name(&meta.name)
            .unwrap_or_default()
        {
            grid.merge(Area {
                top: merged.start.0,
                left: merged.start.1,
                bottom: merged.end.0,
                right: merged.end.1,
            });
        }
        length += grid.length();
        out.sheets.push(Sheet {
            name: meta.name,
            grid,
        });
    }
    Ok(out)
}

pub(super) fn read_xlsb(bytes: &[u8], limits: &Limits) -> Result<Book, Refusal> {
    caught(|| xlsb_book(bytes, limits))
}

fn xlsb_book(bytes: &[u8], limits: &Limits) -> Result<Book, Refusal> {
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(|_| super::damaged())?;
    let mut out = Book::default();
    let mut length = 0;
    for meta in book.sheets_metadata().to_vec() {
        if meta.visible != SheetVisible::Visible || meta.typ != SheetType::WorkSheet {
            continue;
        }
        let mut grid = Grid::default();
        match book.worksheet_cells_reader(&meta.name) {
            Ok(mut cells) => loop {
                match cells.next_cell() {
                    Ok(Some(cell)) => {
                        let (row, column) = cell.get_position();
                        grid.put(row, column, &shown_ref(cell.get_value()));
                    }
                    Ok(None) => break,
                    Err(_) => {
                        out.is_cut = true;
                        break;
                    }
                }
                if length + grid.length() > limits.max_text {
                    out.is_cut = true;
                    break;
                }
            },
            Err(_) => out.is_cut = true,
        }
        length += grid.length();
        out.sheets.push(Sheet {
            name: meta.name,
            grid,
        });
    }
    Ok(out)
}

fn shown_data(value: &Data) -> String {
    match value {
        Data::Int(n) => n.to_string(),
        Data::Float(n) => shown::plain(*n),
        Data::String(text) => text.clone(),
        Data::Bool(b) => b.to_string().to_uppercase(),
        Data::DateTime(date) => shown_date(date),
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

fn shown_ref(value: &DataRef<'_>) -> String {
    match value {
        DataRef::SharedString(text) => (*text).to_owned(),
        value => shown_data(&Data::from(value.clone())),
    }
}

/// calamine keeps no format of a date: ISO 8601, as far as the value goes.
fn shown_date(date: &ExcelDateTime) -> String {
    let value = date.as_f64();
    let code = match (date.is_duration(), value < 1.0, value.fract() == 0.0) {
        (true, ..) => "[h]:mm:ss",
        (_, true, _) => "h:mm",
        (_, _, true) => "yyyy-mm-dd",
        _ => "yyyy-mm-dd hh:mm",
    };
    shown::number(value, code, false)
}

/// The stream of an OLE workbook that holds its records; of a bare BIFF file the whole.
fn workbook_stream(bytes: &[u8], limits: &Limits) -> Option<Vec<u8>> {
    let mut ole = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let name = ["/Workbook", "/Book"]
        .into_iter()
        .find(|name| ole.is_stream(name))?;
    let stream = ole.open_stream(name).ok()?;
    let mut out = Vec::new();
    stream
        .take(limits.max_bytes.min(bytes.len() as u64))
        .read_to_end(&mut out)
        .ok()?;
    Some(out)
}

#[derive(Debug, PartialEq, Eq)]
enum Look {
    Fair,
    Encrypted,
    TooSparse,
}

/// Walks the records (\[MS-XLS\] 2.3): whether they are encrypted, and how far apart a sheet's cells stand.
fn look(stream: &[u8]) -> Look {
    const FILE_PASS: u16 = 0x002f;
    const BOF: u16 = 0x0809;
    let mut at = 0;
    let mut corners: Option<(u16, u16, u16, u16)> = None;
    let number = |at: usize| match stream.get(at..at + 2) {
        Some(&[low, high]) => Some(u16::from_le_bytes([low, high])),
        _ => None,
    };
    while let (Some(kind), Some(length)) = (number(at), number(at + 2)) {
        match kind {
            FILE_PASS => return Look::Encrypted,
            BOF => corners = None,
            // FORMULA, MULRK, RSTRING, LABELSST, BLANK to BOOLERR, RK; their first two numbers are row and column.
            0x0006 | 0x00bd | 0x00d6 | 0x00fd | 0x0203..=0x0205 | 0x0207 | 0x027e => {
                if let (Some(row), Some(column)) = (number(at + 4), number(at + 6)) {
                    let (top, left, bottom, right) = corners.unwrap_or((row, column, row, column));
                    let now = (
                        top.min(row),
                        left.min(column),
                        bottom.max(row),
                        right.max(column),
                    );
                    let cells = (u64::from(now.2 - now.0) + 1) * (u64::from(now.3 - now.1) + 1);
                    if cells > MAX_CELLS {
                        return Look::TooSparse;
                    }
                    corners = Some(now);
                }
            }
            _ => {}
        }
        at += 4 + usize::from(length);
    }
    Look::Fair
}
