//! Workbooks in XML (ECMA-376 part 1, 18), read as streams: a cell in the last corner costs no more than one in the first.

use super::super::Limits;
use super::super::Reason;
use super::super::Refusal;
use super::super::markup::Token;
use super::super::markup::Xml;
use super::super::markup::decoded;
use super::super::packed::Packed;
use super::Book;
use super::Sheet;
use super::grid::Area;
use super::grid::Grid;
use super::shown;
use std::collections::HashMap;

pub(super) fn read(packed: &mut Packed<'_>, limits: &Limits) -> Result<Book, Refusal> {
    let Some(workbook) = packed.member("xl/workbook.xml")? else {
        return Err(super::damaged());
    };
    let workbook = decoded(workbook);
    let rels = packed
        .member("xl/_rels/workbook.xml.rels")?
        .map(decoded)
        .unwrap_or_default();
    let rels = relations(&rels, limits);
    let target = |kind: &str| {
        rels.iter()
            .find(|rel| rel.kind == kind)
            .map(|rel| rel.target.clone())
    };
    let mut optional = |name: Option<String>, usual: &str| {
        let name = name.unwrap_or_else(|| usual.to_owned());
        packed
            .member(&name)
            .ok()
            .flatten()
            .map(decoded)
            .unwrap_or_default()
    };
    let strings = optional(target("sharedStrings"), "xl/sharedStrings.xml");
    let styles = optional(target("styles"), "xl/styles.xml");
    let listed = sheets(&workbook, limits);
    let book = Values {
        strings: shared_strings(&strings, limits),
        formats: formats(&styles, limits),
        is_1904: listed.is_1904,
    };
    drop((strings, styles, workbook));

    let mut out = Book::default();
    let mut length = 0;
    for (at, (name, id)) in listed.shown.into_iter().enumerate() {
        let stated = rels.iter().find(|rel| rel.id == id);
        if stated.is_some_and(|rel| rel.kind != "worksheet") {
            continue;
        }
        let part = stated.map_or_else(
            || format!("xl/worksheets/sheet{}.xml", at + 1),
            |rel| rel.target.clone(),
        );
        let text = match packed.member(&part) {
            Ok(Some(bytes)) => decoded(bytes),
            Err(refusal) if refusal.reason == Reason::TooLarge => return Err(refusal),
            Ok(None) | Err(_) => {
                out.is_cut = true;
                continue;
            }
        };
        let (grid, is_cut) = sheet(&text, &book, limits, limits.max_text.saturating_sub(length));
        length += grid.length();
        out.is_cut |= is_cut;
        out.sheets.push(Sheet { name, grid });
    }
    // A book whose sheets are all hidden shows nothing, and is whole
    if out.sheets.is_empty() && !listed.has_hidden {
        return Err(super::damaged());
    }
    Ok(out)
}

/// What cells refer to.
struct Values {
    strings: Vec<String>,
    /// The format code of each cell style; none for plain numbers.
    formats: Vec<Option<String>>,
    is_1904: bool,
}

struct Relation {
    id: String,
    kind: String,
    target: String,
}

fn relations(text: &str, limits: &Limits) -> Vec<Relation> {
    let mut xml = Xml::new(text, limits.max_depth);
    let mut out = Vec::new();
    loop {
        match xml.next() {
            Token::Open(element) if element.name() == "Relationship" => {
                let get = |name: &str| element.get(name).unwrap_or_default().into_owned();
                let target = get("Target").replace('\\', "/");
                let target = match target.strip_prefix('/') {
                    Some(absolute) => absolute.to_owned(),
                    None => format!("xl/{}", target.trim_start_matches("./")),
                };
                let kind = get("Type");
                out.push(Relation {
                    id: get("Id"),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    target,
                });
            }
            Token::End => return out,
            _ => {}
        }
    }
}

/// What the workbook says of its sheets.
#[derive(Default)]
struct Listed {
    /// Name and relation of those that are shown.
    shown: Vec<(String, String)>,
    has_hidden: bool,
    is_1904: bool,
}

fn sheets(text: &str, limits: &Limits) -> Listed {
    let mut xml = Xml::new(text, limits.max_depth);
    let mut out = Listed::default();
    loop {
        match xml.next() {
            Token::Open(element) => match element.name() {
                "workbookPr" => {
                    out.is_1904 = matches!(
                        element.get("date1904").as_deref(),
                        Some("1" | "true" | "on")
                    );
                }
                "sheet" => {
                    let is_hidden = matches!(
                        element.get("state").as_deref(),
                        Some("hidden" | "veryHidden")
                    );
                    out.has_hidden |= is_hidden;
                    if !is_hidden && out.shown.len() < limits.max_pages {
                        let get = |name: &str| element.get(name).unwrap_or_default().into_owned();
                        out.shown.push((get("name"), get("id")));
                    }
                }
                _ => {}
            },
            Token::End => return out,
            _ => {}
        }
    }
}

fn shared_strings(text: &str, limits: &Limits) -> Vec<String> {
    let mut xml = Xml::new(text, limits.max_depth);
    let mut out: Vec<String> = Vec::new();
    let mut is_text = false;
    loop {
        match xml.next() {
            Token::Open(element) => {
                is_text = false;
                match element.name() {
                    "si" => out.push(String::new()),
                    "t" => is_text = true,
                    // How it is spoken.
                    "rPh" => xml.skip(),
                    _ => {}
                }
            }
            Token::Text(text) if is_text => {
                if let Some(string) = out.last_mut() {
                    string.push_str(&text);
                }
            }
            Token::Close => is_text = false,
            Token::Text(_) => {}
            Token::End => return out,
        }
    }
}

fn formats(text: &str, limits: &Limits) -> Vec<Option<String>> {
    let mut xml = Xml::new(text, limits.max_depth);
    let mut own: HashMap<u32, String> = HashMap::new();
    let mut out = Vec::new();
    let mut in_cells = false;
    loop {
        match xml.next() {
            Token::Open(element) => match element.name() {
                "numFmt" => {
                    let id = element.get("numFmtId").and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, element.get("formatCode")) {
                        own.insert(id, code.into_owned());
                    }
                }
                "cellXfs" => in_cells = true,
                "cellStyleXfs" | "cellStyles" | "dxfs" => in_cells = false,
                "xf" if in_cells => {
                    let id: u32 = element
                        .get("numFmtId")
                        .and_then(|id| id.parse().ok())
                        .unwrap_or(0);
                    let code = own.get(&id).cloned();
                    out.push(code.or_else(|| shown::built_in(id).map(str::to_owned)));
                }
                _ => {}
            },
            Token::End => return out,
            _ => {}
        }
    }
}

/// What kind of value a cell holds.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    Shared,
    Text,
    Bool,
    Date,
}

#[derive(Default)]
struct Cell {
    row: u32,
    column: u32,
    kind: Kind,
    style: usize,
    value: String,
}

/// The cells of a sheet; whether some were left out.
fn sheet(text: &str, book: &Values, limits: &Limits, max_length: usize) -> (Grid, bool) {
    let mut xml = Xml::new(text, limits.max_depth);
    let mut grid = Grid::default();
    let mut cell = Cell::default();
    let (mut row, mut column) = (0u32, 0u32);
    let mut is_value = false;
    let mut is_begun = false;
    loop {
        if grid.length() > max_length {
            return (grid, true);
        }
        match xml.next() {
            Token::Open(element) => match element.name() {
                "row" => {
                    let stated = element.get("r").and_then(|r| r.parse::<u32>().ok());
                    row = match (stated, is_begun) {
                        (Some(r), _) => r.saturating_sub(1),
                        (None, true) => row.saturating_add(1),
                        (None, false) => 0,
                    };
                    is_begun = true;
                    column = 0;
                    if matches!(element.get("hidden").as_deref(), Some("1" | "true")) {
                        grid.hide_row(row);
                    }
                }
                "c" => {
                    let place = element.get("r").and_then(|r| reference(&r));
                    let (at_row, at_column) = place.unwrap_or((row, column));
                    column = at_column.saturating_add(1);
                    let kind = match element.get("t").as_deref() {
                        Some("s") => Kind::Shared,
                        Some("str" | "inlineStr" | "e") => Kind::Text,
                        Some("b") => Kind::Bool,
                        Some("d") => Kind::Date,
                        _ => Kind::Number,
                    };
                    cell = Cell {
                        row: at_row,
                        column: at_column,
                        kind,
                        style: element.get("s").and_then(|s| s.parse().ok()).unwrap_or(0),
                        value: String::new(),
                    };
                }
                "v" | "t" => is_value = true,
                "f" | "rPh" | "extLst" => xml.skip(),
                "mergeCell" => {
                    if let Some(area) = element.get("ref").and_then(|r| area(&r)) {
                        grid.merge(area);
                    }
                }
                "col" if matches!(element.get("hidden").as_deref(), Some("1" | "true")) => {
                    let number = |name: &str| element.get(name).and_then(|n| n.parse::<u32>().ok());
                    if let (Some(min), Some(max)) = (number("min"), number("max")) {
                        grid.hide_columns(min.saturating_sub(1), max.saturating_sub(1));
                    }
                }
                _ => {}
            },
            Token::Text(text) if is_value => cell.value.push_str(&text),
            Token::Close => {
                if std::mem::take(&mut is_value) {
                    // A rich text has several; the cell's value is put each time it grows.
                    let text = book.shown(&cell);
                    grid.put(cell.row, cell.column, &text);
                }
            }
            Token::Text(_) => {}
            Token::End => return (grid, xml.is_cut()),
        }
    }
}

impl Values {
    fn shown(&self, cell: &Cell) -> String {
        let value = cell.value.trim();
        match cell.kind {
            Kind::Text => cell.value.clone(),
            Kind::Shared => {
                let string = value
                    .parse()
                    .ok()
                    .and_then(|at: usize| self.strings.get(at));
                string.cloned().unwrap_or_default()
            }
            Kind::Bool => String::from(if value == "1" { "TRUE" } else { "FALSE" }),
            Kind::Date => value.trim_end_matches("T00:00:00").to_owned(),
            Kind::Number => {
                let Ok(number) = value.parse::<f64>() else {
                    return value.to_owned();
                };
                match self.formats.get(cell.style).and_then(Option::as_deref) {
                    Some(code) => shown::number(number, code, self.is_1904),
                    None => shown::plain(number),
                }
            }
        }
    }
}

/// Row and column of `B3`, from 0.
fn reference(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let column = text.as_bytes()[..letters].iter().fold(0u32, |n, b| {
        n * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1
    });
    let row: u32 = text[letters..].parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}

fn area(text: &str) -> Option<Area> {
    let (from, to) = text.split_once(':')?;
    let (top, left) = reference(from)?;
    let (bottom, right) = reference(to)?;
    Some(Area {
        top,
        left,
        bottom,
        right,
    })
}
