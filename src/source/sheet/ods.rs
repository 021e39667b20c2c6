//! OpenDocument spreadsheets (ISO/IEC 26300): the cells' paragraphs are what they show.

use super::super::Limits;
use super::super::Refusal;
use super::super::markup::Element;
use super::super::markup::Token;
use super::super::markup::Xml;
use super::super::markup::decoded;
use super::super::packed::Packed;
use super::Book;
use super::Sheet;
use super::grid::Area;
use super::grid::Grid;
use std::collections::HashSet;

/// Rows and columns that a filled one may stand for; empty ones are only counted.
const MAX_REPEATS: u32 = 1_000;

pub(super) fn read(packed: &mut Packed<'_>, limits: &Limits) -> Result<Book, Refusal> {
    let Some(content) = packed.member("content.xml")? else {
        return Err(super::damaged());
    };
    let content = decoded(content);
    let mut reading = Reading::default();
    let mut xml = Xml::new(&content, limits.max_depth);
    let mut length = 0;
    loop {
        match xml.next() {
            Token::Open(element) => {
                if !reading.open(&element) {
                    xml.skip();
                }
            }
            Token::Text(text) => {
                if reading.paragraphs > 0 {
                    reading.value.push_str(&text);
                    length += text.len();
                }
            }
            Token::Close => reading.close(),
            Token::End => break,
        }
        if length > limits.max_text || reading.filled > limits.max_text {
            reading.book.is_cut = true;
            break;
        }
    }
    reading.book.is_cut |= xml.is_cut();
    if let Some(sheet) = reading.sheet.take() {
        reading.book.sheets.push(sheet);
    }
    Ok(reading.book)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Sheet,
    Row,
    Cell,
    Paragraph,
    Other,
}

#[derive(Default)]
struct Reading {
    book: Book,
    sheet: Option<Sheet>,
    path: Vec<Part>,
    /// Styles of tables that are not shown.
    hidden_styles: HashSet<String>,
    style: String,
    row: u32,
    column: u32,
    row_times: u32,
    cell_times: u32,
    /// The cells of the row: column, text.
    cells: Vec<(u32, String)>,
    value: String,
    /// Paragraphs that are open.
    paragraphs: usize,
    filled: usize,
}

impl Reading {
    /// Whether what stands in the element is to be read.
    fn open(&mut self, element: &Element<'_>) -> bool {
        let times = |name: &str| {
            let times = element.get(name).and_then(|n| n.parse::<u32>().ok());
            times.unwrap_or(1).max(1)
        };
        let part = match element.name() {
            "style" => {
                self.style = element.get("name").unwrap_or_default().into_owned();
                Part::Other
            }
            "table-properties" => {
                if element.get("display").as_deref() == Some("false") {
                    self.hidden_styles.insert(self.style.clone());
                }
                Part::Other
            }
            "table" if self.sheet.is_none() => {
                let style = element.get("style-name").unwrap_or_default();
                if self.hidden_styles.contains(&*style) {
                    return false;
                }
                self.sheet = Some(Sheet {
                    name: element.get("name").unwrap_or_default().into_owned(),
                    grid: Grid::default(),
                });
                self.row = 0;
                Part::Sheet
            }
            "table-row" if self.sheet.is_some() => {
                self.row_times = times("number-rows-repeated");
                self.column = 0;
                self.cells.clear();
                if matches!(
                    element.get("visibility").as_deref(),
                    Some("collapse" | "filter")
                ) {
                    self.row = self.row.saturating_add(self.row_times);
                    return false;
                }
                Part::Row
            }
            "table-cell" | "covered-table-cell" if self.sheet.is_some() => {
                self.cell_times = times("number-columns-repeated");
                self.value.clear();
                let (rows, columns) = (
                    times("number-rows-spanned"),
                    times("number-columns-spanned"),
                );
                if rows > 1 || columns > 1 {
                    let area = Area {
                        top: self.row,
                        left: self.column,
                        bottom: self.row.saturating_add(rows - 1),
                        right: self.column.saturating_add(columns - 1),
                    };
                    if let Some(sheet) = &mut self.sheet {
                        sheet.grid.merge(area);
                    }
                }
                Part::Cell
            }
            "p" if self.path.contains(&Part::Cell) => {
                if !self.value.is_empty() {
                    self.value.push('\n');
                }
                self.paragraphs += 1;
                Part::Paragraph
            }
            "s" if self.paragraphs > 0 => {
                let count = times("c").min(64) as usize;
                self.value.push_str(&" ".repeat(count));
                Part::Other
            }
            "tab" | "line-break" if self.paragraphs > 0 => {
                self.value.push('\n');
                Part::Other
            }
            "annotation" | "shapes" | "ruby-text" | "tracked-changes" | "database-ranges" => {
                return false;
            }
            _ => Part::Other,
        };
        self.path.push(part);
        true
    }

    fn close(&mut self) {
        match self.path.pop() {
            Some(Part::Paragraph) => self.paragraphs -= 1,
            Some(Part::Cell) => {
                if !self.value.trim().is_empty() {
                    for i in 0..self.cell_times.min(MAX_REPEATS) {
                        self.filled += self.value.len();
                        self.cells
                            .push((self.column.saturating_add(i), self.value.clone()));
                    }
                }
                self.column = self.column.saturating_add(self.cell_times);
            }
            Some(Part::Row) => {
                if let Some(sheet) = &mut self.sheet
                    && !self.cells.is_empty()
                {
                    for i in 0..self.row_times.min(MAX_REPEATS) {
                        for (column, text) in &self.cells {
                            self.filled += text.len();
                            sheet.grid.put(self.row.saturating_add(i), *column, text);
                        }
                    }
                }
                self.row = self.row.saturating_add(self.row_times);
            }
            Some(Part::Sheet) => self.book.sheets.extend(self.sheet.take()),
            _ => {}
        }
    }
}
