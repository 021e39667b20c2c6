//! The main text, read element by element without recursion: paragraphs, tables, boxes, and what is hidden or deleted.

use super::super::LineKind;
use super::super::Mark;
use super::super::Place;
use super::super::field::Fields;
use super::super::markup::Element;
use super::super::markup::Token;
use super::super::markup::Xml;
use super::super::symbol::shown_in;
use super::super::written::Written;
use super::chunks::Chunks;
use super::numbering::NumberRef;
use super::numbering::Numbering;
use super::styles::Styles;
use super::table::Cell;
use super::table::Merge;
use super::table::Row;
use super::table::Table;
use std::collections::HashSet;

/// A line of the text before it is written.
#[derive(Clone, Debug)]
pub(super) enum Line {
    Paragraph(String, Mark),
    Row(Vec<String>),
}

impl Line {
    /// In bytes.
    pub(super) fn length(&self) -> usize {
        match self {
            Line::Paragraph(text, _) => text.len(),
            Line::Row(cells) => cells.iter().map(String::len).sum(),
        }
    }
}

/// Bytes that the merged cells of a document may repeat in all.
const MAX_REPEATED: usize = 16 << 20;

/// Where a note that the text refers to stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoteKind {
    Foot,
    End,
}

/// What an open element is to the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Other,
    Paragraph,
    ParagraphProperties,
    /// Of the paragraph's own mark.
    MarkProperties,
    Number,
    Run,
    RunProperties,
    /// Characters; whether the blanks at their ends are kept.
    Text(bool),
    Instruction,
    SimpleField,
    Table,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    /// A text box; whether its lines wait for the paragraph around it.
    Box(bool),
    /// Whether one of the alternatives was taken.
    Alternatives(bool),
    /// A footnote or endnote that is read.
    Note,
}

/// A paragraph that is being read.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    number: NumberRef,
    outline: Option<u8>,
    is_centred: Option<bool>,
    /// The mark was deleted, or is hidden, or the paragraph is a dropped initial: the next one goes on in the line.
    runs_on: bool,
    is_mark_hidden: bool,
    is_mark_deleted: bool,
    run: Run,
    /// Lines of boxes that stand after the paragraph.
    after: Vec<Line>,
    /// Fields that were open before it.
    fields: usize,
}

#[derive(Debug, Default)]
struct Run {
    is_hidden: Option<bool>,
    style: Option<String>,
    font: Option<String>,
}

/// Reads parts of text one after the other, numbers and places counting on.
pub(super) struct Body<'d, 'x> {
    styles: &'d Styles<'x>,
    numbering: Numbering,
    written: Written,
    /// Elements of the main text so far.
    elements: u32,
    /// The notes that were referred to, by their ids.
    footnotes: HashSet<String>,
    endnotes: HashSet<String>,
    kind: LineKind,
    path: Vec<Part>,
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    rows: Vec<Row>,
    cells: Vec<Cell>,
    /// Where lines go that are not written at once: cells, boxes.
    held: Vec<Vec<Line>>,
    /// A line that the next paragraph goes on with, and whether its number is fixed.
    carried: Option<(String, bool)>,
    fields: Fields,
    /// Bytes that merged cells may still repeat.
    repeatable: usize,
    /// Files of other formats that stand in the text.
    chunks: Chunks,
    /// Their notes, which stand after the main text.
    notes: Vec<Line>,
}

impl<'d, 'x> Body<'d, 'x> {
    pub(super) fn new(
        styles: &'d Styles<'x>,
        numbering: Numbering,
        chunks: Chunks,
        written: Written,
    ) -> Self {
        Self {
            styles,
            numbering,
            written,
            elements: 0,
            footnotes: HashSet::new(),
            endnotes: HashSet::new(),
            kind: LineKind::Paragraph,
            path: Vec::new(),
            paragraphs: Vec::new(),
            tables: Vec::new(),
            rows: Vec::new(),
            cells: Vec::new(),
            held: Vec::new(),
            carried: None,
            fields: Fields::default(),
            repeatable: MAX_REPEATED,
            chunks,
            notes: Vec::new(),
        }
    }

    /// The ids of the notes that were referred to so far.
    pub(super) fn take_notes(&mut self, kind: NoteKind) -> HashSet<String> {
        std::mem::take(match kind {
            NoteKind::Foot => &mut self.footnotes,
            NoteKind::End => &mut self.endnotes,
        })
    }

    pub(super) fn into_written(mut self) -> Written {
        self.chunks.remark(&mut self.written);
        self.written
    }

    /// Reads the main text; whether all of it could be read.
    pub(super) fn read_main(&mut self, text: &str, max_depth: usize) -> bool {
        self.read(text, max_depth, None)
    }

    /// Reads those of the part's notes that are asked for by their ids.
    pub(super) fn read_notes(
        &mut self,
        text: &str,
        max_depth: usize,
        asked: &HashSet<String>,
    ) -> bool {
        self.kind = LineKind::Note;
        self.read(text, max_depth, Some(asked))
    }

    fn read(&mut self, text: &str, max_depth: usize, notes: Option<&HashSet<String>>) -> bool {
        let mut xml = Xml::new(text, max_depth);
        while !self.written.is_full() {
            match xml.next() {
                Token::Open(element) => {
                    let part = match (notes, element.name()) {
                        (Some(asked), "footnote" | "endnote") => {
                            let id = element.get("id").unwrap_or_default();
                            asked.contains(&*id).then_some(Part::Note)
                        }
                        _ => self.open(&element),
                    };
                    match part {
                        Some(part) => self.path.push(part),
                        None => xml.skip(),
                    }
                }
                Token::Close => {
                    if let Some(part) = self.path.pop() {
                        self.close(part);
                    }
                }
                Token::Text(text) => match self.path.last() {
                    Some(Part::Text(keeps_blanks)) => {
                        let keeps_blanks = *keeps_blanks;
                        self.characters(&text, keeps_blanks);
                    }
                    Some(Part::Instruction) => self.fields.instruct(&text),
                    _ => {}
                },
                Token::End => break,
            }
        }
        // What a cut part left open.
        while let Some(part) = self.path.pop() {
            self.close(part);
        }
        if let Some((text, _)) = self.carried.take() {
            let mark = self.mark();
            self.emit(Line::Paragraph(text, mark));
        }
        for line in std::mem::take(&mut self.notes) {
            self.emit(line);
        }
        self.fields = Fields::default();
        !xml.is_cut()
    }

    /// What the element is; none for one to be left out with all that stands in it.
    fn open(&mut self, element: &Element<'_>) -> Option<Part> {
        let parent = self.path.last().copied().unwrap_or(Part::Other);
        let name = element.name();
        match parent {
            Part::ParagraphProperties => return self.paragraph_property(name, element),
            Part::MarkProperties => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    match name {
                        "vanish" => paragraph.is_mark_hidden = element.is_on(),
                        "del" | "moveFrom" => paragraph.is_mark_deleted = true,
                        _ => {}
                    }
                }
                return None;
            }
            Part::Number => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    match name {
                        "numId" => paragraph.number.list = element.number(),
                        "ilvl" => {
                            paragraph.number.level =
                                element.number().and_then(|n| usize::try_from(n).ok());
                        }
                        _ => {}
                    }
                }
                return None;
            }
            Part::RunProperties => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    match name {
                        "vanish" => paragraph.run.is_hidden = Some(element.is_on()),
                        "rStyle" => paragraph.run.style = element.val().map(Into::into),
                        "rFonts" => {
                            let font = element.get("ascii").or_else(|| element.get("hAnsi"));
                            paragraph.run.font = font.map(Into::into);
                        }
                        _ => {}
                    }
                }
                return None;
            }
            Part::RowProperties => {
                if let Some(row) = self.rows.last_mut() {
                    match name {
                        "gridBefore" => row.skip(counted(element)),
                        "del" => row.is_deleted = true,
                        _ => {}
                    }
                }
                return None;
            }
            Part::CellProperties => {
                if let Some(cell) = self.cells.last_mut() {
                    match name {
                        "gridSpan" => cell.span = counted(element).max(1),
                        "vMerge" => {
                            cell.merge = match element.val().as_deref() {
                                Some("restart") => Merge::First,
                                _ => Merge::Covered,
                            };
                        }
                        "cellDel" => cell.is_deleted = true,
                        _ => {}
                    }
                }
                return None;
            }
            Part::Alternatives(is_taken) => {
                if is_taken || !matches!(name, "Choice" | "Fallback") {
                    return None;
                }
                if let Some(part) = self.path.last_mut() {
                    *part = Part::Alternatives(true);
                }
                return Some(Part::Other);
            }
            _ => {}
        }
        match name {
            "t" => {
                let space = element.get("space");
                return Some(Part::Text(space.as_deref() == Some("preserve")));
            }
            "r" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.run = Run::default();
                }
                return Some(Part::Run);
            }
            "rPr" => {
                return match parent {
                    Part::Run => Some(Part::RunProperties),
                    _ => None,
                };
            }
            "p" => {
                self.paragraphs.push(Paragraph {
                    fields: self.fields.len(),
                    ..Paragraph::default()
                });
                return Some(Part::Paragraph);
            }
            "pPr" => {
                return match parent {
                    Part::Paragraph => Some(Part::ParagraphProperties),
                    _ => None,
                };
            }
            "tbl" => {
                self.tables.push(Table::default());
                return Some(Part::Table);
            }
            "tr" if !self.tables.is_empty() => {
                self.rows.push(Row::default());
                return Some(Part::Row);
            }
            "trPr" => return (parent == Part::Row).then_some(Part::RowProperties),
            "tc" if !self.rows.is_empty() => {
                self.cells.push(Cell::default());
                self.held.push(Vec::new());
                return Some(Part::Cell);
            }
            "tcPr" => return (parent == Part::Cell).then_some(Part::CellProperties),
            "txbxContent" | "txBody" => {
                let waits = self.paragraphs.last().is_some_and(|p| !p.text.is_empty());
                if waits {
                    self.held.push(Vec::new());
                }
                return Some(Part::Box(waits));
            }
            "AlternateContent" => return Some(Part::Alternatives(false)),
            "instrText" => return Some(Part::Instruction),
            "fldSimple" => return Some(Part::SimpleField),
            _ => {}
        }
        match name {
            "fldChar" => match element.get("fldCharType").as_deref() {
                Some("begin") => self.fields.begin(),
                Some("separate") => self.fields.separate(),
                Some("end") => {
                    if let Some(shown) = self.fields.end() {
                        self.show(&shown);
                    }
                }
                _ => {}
            },
            "tab" | "ptab" if parent == Part::Run => self.show("\t"),
            "br" if parent == Part::Run => match element.get("type").as_deref() {
                Some("page" | "column") => {
                    let begins = self
                        .paragraphs
                        .last()
                        .is_none_or(|p| p.text.trim().is_empty());
                    if !begins {
                        self.show("\n");
                    }
                }
                _ => self.show("\n"),
            },
            "br" => self.show("\n"),
            "cr" => self.show("\n"),
            "noBreakHyphen" => self.show("-"),
            "sym" => {
                let code = element
                    .get("char")
                    .and_then(|c| u32::from_str_radix(&c, 16).ok());
                let font = element.get("font").unwrap_or_default();
                if let Some(c) = code.and_then(char::from_u32) {
                    self.show(shown_in(&font, c).encode_utf8(&mut [0; 4]));
                }
            }
            "altChunk" => {
                let id = element.get("id").unwrap_or_default();
                for line in self.chunks.take(&id) {
                    self.embed(line);
                }
                return None;
            }
            // A fraction is read with a stroke.
            "den" => self.show("/"),
            "footnoteReference" | "endnoteReference" => {
                if let Some(id) = element.get("id")
                    && self.is_shown()
                {
                    match name {
                        "footnoteReference" => self.footnotes.insert(id.into_owned()),
                        _ => self.endnotes.insert(id.into_owned()),
                    };
                }
                return None;
            }
            // WordArt as Word 97 to 2007 draws it: red letterheads.
            "textpath" => {
                if let Some(text) = element.get("string").filter(|text| !text.trim().is_empty()) {
                    let mark = self.mark();
                    let line = Line::Paragraph(text.into_owned(), mark);
                    match self.paragraphs.last_mut() {
                        Some(paragraph) if !paragraph.text.is_empty() => paragraph.after.push(line),
                        _ => self.emit(line),
                    }
                }
                return None;
            }
            "del" | "moveFrom" | "delText" | "delInstrText" | "sectPr" | "tblPr" | "tblPrEx"
            | "tblGrid" | "sdtPr" | "sdtEndPr" | "rt" | "rubyPr" | "binData" | "pic" | "ffData"
            | "annotationRef" | "header" | "footer" => {
                return None;
            }
            name if name.ends_with("Change") => return None,
            _ => {}
        }
        Some(Part::Other)
    }

    fn paragraph_property(&mut self, name: &str, element: &Element<'_>) -> Option<Part> {
        let paragraph = self.paragraphs.last_mut()?;
        match name {
            "pStyle" => paragraph.style = element.val().map(Into::into),
            "numPr" => return Some(Part::Number),
            "rPr" => return Some(Part::MarkProperties),
            "jc" => paragraph.is_centred = element.val().map(|jc| jc == "center"),
            "outlineLvl" => paragraph.outline = element.number().and_then(|n| u8::try_from(n).ok()),
            "framePr" => {
                paragraph.runs_on =
                    matches!(element.get("dropCap").as_deref(), Some("drop" | "margin"));
            }
            _ => {}
        }
        None
    }

    fn close(&mut self, part: Part) {
        match part {
            Part::Paragraph => self.end_paragraph(),
            Part::Cell => {
                let lines = self.held.pop().unwrap_or_default();
                if let (Some(cell), Some(row)) = (self.cells.pop(), self.rows.last_mut()) {
                    row.push(cell, lines);
                }
            }
            Part::Row => {
                if let (Some(row), Some(table)) = (self.rows.pop(), self.tables.last_mut()) {
                    table.push(row);
                }
            }
            Part::Table => {
                if let Some(table) = self.tables.pop() {
                    let mut left = self.repeatable;
                    table.lines(&mut left, |line| self.emit(line));
                    self.repeatable = left;
                }
            }
            Part::Box(true) => {
                let lines = self.held.pop().unwrap_or_default();
                match self.paragraphs.last_mut() {
                    Some(paragraph) => paragraph.after.extend(lines),
                    None => lines.into_iter().for_each(|line| self.emit(line)),
                }
            }
            _ => {}
        }
    }

    /// Shows the characters of a `w:t`.
    fn characters(&mut self, text: &str, keeps_blanks: bool) {
        // Blanks that are not marked as kept go where they come from the XML's own layout.
        let text = match keeps_blanks || !text.contains('\n') {
            true => text,
            false => text.trim_matches(|c| matches!(c, ' ' | '\t' | '\n' | '\r')),
        };
        if !self.is_shown() {
            return;
        }
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        let font = paragraph.run.font.as_deref().unwrap_or_default();
        if text.contains(is_special) {
            let shown = text.chars().map(|c| match c {
                '\n' | '\r' | '\t' => ' ',
                '\u{e000}'..='\u{f8ff}' => shown_in(font, c),
                c => c,
            });
            paragraph.text.extend(shown);
        } else {
            paragraph.text.push_str(text);
        }
    }

    /// Shows characters that are no `w:t`.
    fn show(&mut self, text: &str) {
        if self.is_shown()
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.text.push_str(text);
        }
    }

    /// Whether characters of the run are seen: not hidden, not an instruction of a field.
    fn is_shown(&self) -> bool {
        if !self.fields.is_shown() {
            return false;
        }
        let Some(paragraph) = self.paragraphs.last() else {
            return true;
        };
        let is_hidden = paragraph.run.is_hidden.or_else(|| {
            let style = paragraph.run.style.as_deref()?;
            self.styles.whole(style).is_hidden
        });
        !is_hidden.unwrap_or_else(|| {
            let style = self.styles.paragraph(paragraph.style.as_deref());
            style.is_hidden.unwrap_or(false)
        })
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else {
            return;
        };
        self.fields.forget_instructions(paragraph.fields);
        let style = self.styles.paragraph(paragraph.style.as_deref());
        let number = NumberRef {
            list: paragraph.number.list.or(style.number.list),
            level: paragraph.number.level.or(style.number.level),
        };
        let (mut text, is_fixed) = self.carried.take().unwrap_or_default();
        let is_gone =
            paragraph.text.is_empty() && (paragraph.is_mark_deleted || paragraph.is_mark_hidden);
        if paragraph.is_mark_deleted {
            // The mark that is left decides the number.
            text.push_str(&paragraph.text);
            if !text.is_empty() {
                self.carried = Some((text, is_fixed));
            }
        } else if is_gone {
            self.carried = (!text.is_empty()).then_some((text, is_fixed));
        } else {
            text.push_str(&paragraph.text);
            let first = text.chars().next();
            let marker = self
                .numbering
                .marker(number, &style.chain, self.styles, first);
            if let Some(marker) = marker.filter(|_| !is_fixed)
                && (marker.counts || !text.trim().is_empty())
            {
                text.insert_str(0, &marker.text);
            }
            if paragraph.is_mark_hidden || paragraph.runs_on {
                self.carried = Some((text, true));
            } else {
                let heading = match paragraph.outline.or(style.outline) {
                    Some(level @ 0..=8) => Some(level + 1),
                    _ => None,
                };
                let mark = Mark {
                    is_centred: paragraph.is_centred.or(style.is_centred).unwrap_or(false),
                    heading,
                    ..self.mark()
                };
                self.emit(Line::Paragraph(text, mark));
            }
        }
        for line in paragraph.after {
            self.emit(line);
        }
    }

    /// The mark of the next line.
    fn mark(&mut self) -> Mark {
        self.elements = self.elements.saturating_add(1);
        Mark {
            kind: self.kind,
            place: match self.kind {
                LineKind::Note => Place::Unknown,
                _ => Place::Element(self.elements),
            },
            ..Mark::default()
        }
    }

    /// A line of a file that stands in the text, its place that of a paragraph here.
    fn embed(&mut self, line: Line) {
        match line {
            Line::Paragraph(text, mark) if mark.kind == LineKind::Note => {
                let place = Place::Unknown;
                self.notes
                    .push(Line::Paragraph(text, Mark { place, ..mark }));
            }
            Line::Paragraph(text, mark) => {
                let Mark { kind, place, .. } = self.mark();
                self.emit(Line::Paragraph(
                    text,
                    Mark {
                        kind,
                        place,
                        ..mark
                    },
                ));
            }
            row => self.emit(row),
        }
    }

    fn emit(&mut self, line: Line) {
        if let Some(held) = self.held.last_mut() {
            held.push(line);
            return;
        }
        match line {
            Line::Paragraph(text, mark) => self.written.paragraph(&text, mark),
            Line::Row(cells) if self.kind == LineKind::Note => {
                let mark = self.mark();
                self.written.paragraph(&cells.join(" "), mark);
            }
            Line::Row(cells) => {
                let mark = self.mark();
                self.written.row(cells.iter().map(String::as_str), mark);
            }
        }
    }
}

fn is_special(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{e000}'..='\u{f8ff}')
}

/// The value of a property that counts columns.
fn counted(element: &Element<'_>) -> usize {
    element
        .number()
        .and_then(|n| usize::try_from(n).ok())
        .unwrap_or(0)
        .min(255)
}
