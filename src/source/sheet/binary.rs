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
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;
use std::io::Write;
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
    let overstated = overstated(&stream);
    drop(stream);
    if overstated.is_empty() {
        return caught(|| xls_book(bytes, limits));
    }
    let bytes = understated(bytes, &overstated).ok_or_else(super::damaged)?;
    caught(|| xls_book(&bytes, limits))
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
    let name = workbook_name(&ole)?;
    let stream = ole.open_stream(name).ok()?;
    let mut out = Vec::new();
    stream
        .take(limits.max_bytes.min(bytes.len() as u64))
        .read_to_end(&mut out)
        .ok()?;
    Some(out)
}

/// Where DIMENSIONS (\[MS-XLS\] 2.4.90) state more cells than [`MAX_CELLS`]: calamine takes memory for as many as a file
/// says, before it has seen one.
fn overstated(stream: &[u8]) -> Vec<u64> {
    const DIMENSIONS: u16 = 0x0200;
    let mut out = Vec::new();
    for (kind, at, data) in records(stream) {
        let long = |at: usize| match data.get(at..at + 4) {
            Some(&[a, b, c, d]) => u64::from(u32::from_le_bytes([a, b, c, d])),
            _ => 0,
        };
        let short = |at: usize| match data.get(at..at + 2) {
            Some(&[a, b]) => u64::from(u16::from_le_bytes([a, b])),
            _ => 0,
        };
        let (rows, columns) = match data.len() {
            10 => (short(2), short(6)),
            _ => (long(4), short(10)),
        };
        if kind == DIMENSIONS && rows.saturating_mul(columns) > MAX_CELLS {
            out.push(at as u64);
        }
    }
    out
}

/// The same file, stating no cells at these places of its workbook.
fn understated(bytes: &[u8], places: &[u64]) -> Option<Vec<u8>> {
    let mut ole = cfb::CompoundFile::open(Cursor::new(bytes.to_vec())).ok()?;
    let name = workbook_name(&ole)?;
    let mut stream = ole.open_stream(name).ok()?;
    for place in places {
        stream.seek(SeekFrom::Start(*place)).ok()?;
        stream.write_all(&[0; 10]).ok()?;
    }
    stream.flush().ok()?;
    drop(stream);
    Some(ole.into_inner().into_inner())
}

fn workbook_name<F: Read + Seek>(ole: &cfb::CompoundFile<F>) -> Option<&'static str> {
    let mut names = ["/Workbook", "/Book"].into_iter();
    names.find(|name| ole.is_stream(name))
}

/// The records of a workbook (\[MS-XLS\] 2.1.4): kind, where the data begin, and the data.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, usize, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let &[a, b, c, d] = stream.get(at..at + 4)? else {
            return None;
        };
        let data = at + 4;
        at = data + usize::from(u16::from_le_bytes([c, d]));
        let end = at.min(stream.len());
        Some((u16::from_le_bytes([a, b]), data, &stream[data..end]))
    })
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
    let mut corners: Option<(u16, u16, u16, u16)> = None;
    for (kind, _, data) in records(stream) {
        let number = |at: usize| match data.get(at..at + 2) {
            Some(&[low, high]) => Some(u16::from_le_bytes([low, high])),
            _ => None,
        };
        match kind {
            FILE_PASS => return Look::Encrypted,
            BOF => corners = None,
            // FORMULA, MULRK, RSTRING, LABELSST, BLANK to BOOLERR, RK; their first two numbers are row and column.
            0x0006 | 0x00bd | 0x00d6 | 0x00fd | 0x0203..=0x0205 | 0x0207 | 0x027e => {
                if let (Some(row), Some(column)) = (number(0), number(2)) {
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
    }
    Look::Fair
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_that_states_cells_past_counting_is_read_all_the_same() {
        let bytes = include_bytes!("../../../tests/golden/sheet/tasks.xls");
        let limits = Limits::default();
        let stream = workbook_stream(bytes, &limits).expect("a workbook");
        assert!(overstated(&stream).is_empty());
        let places: Vec<usize> = records(&stream)
            .filter(|(kind, ..)| *kind == 0x0200)
            .map(|(_, at, _)| at)
            .collect();
        let mut ole = cfb::CompoundFile::open(Cursor::new(bytes.to_vec())).expect("OLE");
        let mut inner = ole.open_stream("/Workbook").expect("a workbook");
        for place in &places {
            inner
                .seek(SeekFrom::Start(*place as u64 + 4))
                .and_then(|_| inner.write_all(&u32::MAX.to_le_bytes()))
                .expect("it is written");
        }
        inner.flush().expect("it is written");
        drop(inner);
        let hungry = ole.into_inner().into_inner();
        let stream = workbook_stream(&hungry, &limits).expect("a workbook");
        assert_eq!(overstated(&stream).len(), places.len());
        let text = |bytes: &[u8]| {
            let read = crate::source::read(bytes, "tasks.xls", &limits);
            read.map(|read| read.text)
        };
        assert!(text(bytes).is_ok_and(|text| !text.is_empty()));
        assert_eq!(text(&hungry), text(bytes));
    }
}
