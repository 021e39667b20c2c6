//! The stories of a Word binary, character by character.

use super::compound::u16_at;
use super::compound::u32_at;
use super::fib::Fib;
use super::lists::DocLists;
use super::pieces::Piece;
use super::pieces::Text;
use super::properties::CharLook;
use super::properties::ParagraphLook;
use super::properties::Runs;
use super::properties::character_grpprl;
use super::properties::paragraph_grpprl;
use super::styles::Styles;
use crate::source::Limits;
use crate::source::ReadText;
use crate::source::field::Fields;
use crate::source::flow::Flow;
use crate::source::flow::Look;
use crate::source::symbol::shown_in;
use crate::source::written::Written;
use crate::text::fold::is_blank;
use std::collections::HashMap;
use std::ops::Range;

/// The text; none where the file does not say where it stands.
pub(super) fn read(
    document: &[u8],
    table: &[u8],
    data: &[u8],
    fib: &Fib,
    limits: &Limits,
) -> Option<ReadText> {
    let text = Text::read(document, table, fib)?;
    let fonts = fonts(fib.fonts.of(table), fib.is_old);
    let mut reader = Reader {
        document,
        data,
        is_old: fib.is_old,
        characters: Runs::read(document, table, fib, false),
        paragraphs: Runs::read(document, table, fib, true),
        styles: Styles::read(fib.styles.of(table), fib.is_old),
        lists: DocLists::read(table, fib, &fonts),
        fonts,
        boxes: HashMap::new(),
        flow: Flow::new(Written::new("application/msword", limits), 16),
        text: &text,
        piece: 0,
    };
    let all = text.units.len();
    let mut at = 0;
    let mut stories = fib.lengths.map(|length| {
        let from = at;
        at = (at + length).min(all);
        from..at
    });
    // A main text whose length is lost is all there is.
    if stories.iter().all(Range::is_empty) {
        stories[0] = 0..all;
    }
    let [main, footnotes, _, _, _, endnotes, boxes, _] = stories;
    reader.boxes = anchored(table, fib, &boxes);
    reader.story(main, Kind::Main);
    let mut left: Vec<Range<usize>> = reader.boxes.drain().map(|(_, range)| range).collect();
    left.extend(unanchored(table, fib, &boxes));
    left.sort_unstable_by_key(|range| range.start);
    left.dedup();
    for range in left {
        reader.story(range, Kind::Box(0));
    }
    reader.story(footnotes, Kind::Note);
    reader.story(endnotes, Kind::Note);
    Some(reader.flow.finish())
}

/// Which part of the file a story is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Main,
    Note,
    /// A text box, as deep in tables as this.
    Box(usize),
}

struct Reader<'b> {
    document: &'b [u8],
    data: &'b [u8],
    is_old: bool,
    characters: Runs,
    paragraphs: Runs,
    styles: Styles,
    lists: DocLists,
    fonts: Vec<String>,
    /// Stories of text boxes by the character that they are anchored at.
    boxes: HashMap<usize, Range<usize>>,
    flow: Flow,
    text: &'b Text,
    /// The piece of the character that was last asked for.
    piece: usize,
}

impl<'b> Reader<'b> {
    fn story(&mut self, range: Range<usize>, kind: Kind) {
        let text = self.text;
        let mut line: Vec<u16> = Vec::new();
        // Boxes that are anchored behind text stand after its paragraph.
        let mut after: Vec<(Range<usize>, usize)> = Vec::new();
        let mut fields = Fields::default();
        let mut instruction: Vec<u16> = Vec::new();
        let (mut look, mut look_ends) = (CharLook::default(), range.start);
        for at in range.clone() {
            let Some(unit) = text.units.get(at).copied() else {
                break;
            };
            if at >= look_ends {
                (look, look_ends) = self.character(at);
            }
            let is_shown = !look.is_gone && fields.is_shown();
            match unit {
                0x13 => {
                    instruct(&mut fields, &mut instruction);
                    fields.begin();
                }
                0x14 => {
                    instruct(&mut fields, &mut instruction);
                    fields.separate();
                }
                0x15 => {
                    instruct(&mut fields, &mut instruction);
                    if let Some(drawn) = fields.end().filter(|_| !look.is_gone) {
                        line.extend(drawn.encode_utf16());
                    }
                }
                0x07 | 0x0d => {
                    // A mark that is not shown parts nothing; that of a cell does.
                    if look.is_gone && unit == 0x0d {
                        continue;
                    }
                    // No instruction goes past a paragraph: the field is broken.
                    fields.forget_instructions(0);
                    self.end(at, unit == 0x07, &mut line, kind);
                    for (story, depth) in after.drain(..) {
                        self.story(story, Kind::Box(depth));
                    }
                    if self.flow.is_full() {
                        return;
                    }
                }
                0x0c if self.ends_paragraph(at) => self.end(at, false, &mut line, kind),
                0x20.. if !fields.is_shown() => instruction.push(unit),
                _ if !is_shown => {}
                0x09 => line.push(0x09),
                0x0b => line.push(0x0a),
                // A break of page or column parts what stands before it.
                0x0c | 0x0e if !line.is_empty() => line.push(0x0a),
                0x1e => line.push(u16::from(b'-')),
                0x08 if kind == Kind::Main => {
                    if let Some(story) = self.boxes.remove(&at) {
                        let depth = self.paragraph(at).depth();
                        match line.is_empty() || depth > 0 {
                            true => self.story(story, Kind::Box(depth)),
                            false => after.push((story, depth)),
                        }
                    }
                }
                0x28 if look.is_special && look.symbol.is_some() => {
                    if let Some((font, code)) = look.symbol {
                        line.push(self.symbol(font, code));
                    }
                }
                0xf020..=0xf0ff => line.push(self.symbol(look.font, unit)),
                ..0x20 => {}
                unit => line.push(unit),
            }
        }
        if !line.is_empty() {
            self.end(range.end.saturating_sub(1), false, &mut line, kind);
        }
        for (story, depth) in after {
            self.story(story, Kind::Box(depth));
        }
    }

    fn symbol(&self, font: u16, code: u16) -> u16 {
        let font = self.fonts.get(usize::from(font)).map_or("", String::as_str);
        let known = match font.starts_with("Symbol") || font.starts_with("Wingdings") {
            true => font,
            false => "Symbol",
        };
        let shown = char::from_u32(u32::from(code)).map(|c| shown_in(known, c));
        shown
            .and_then(|c| u16::try_from(c as u32).ok())
            .unwrap_or(code)
    }

    /// The paragraph, cell or row that the mark at this character ends.
    fn end(&mut self, at: usize, is_cell: bool, line: &mut Vec<u16>, kind: Kind) {
        let text = String::from_utf16_lossy(line);
        line.clear();
        let look = self.paragraph(at);
        let has_looks = !self.paragraphs.is_empty();
        let depth = look.depth();
        let is_row_end = match (is_cell, has_looks) {
            (true, true) => look.is_row_end,
            // Nothing tells a row's mark from a cell's but that it stands right behind one.
            (true, false) => {
                at > 0 && text.is_empty() && self.text.units.get(at - 1) == Some(&0x07)
            }
            (false, _) => look.is_inner_row_end,
        };
        if is_row_end {
            if kind == Kind::Main {
                let depth = if is_cell { 1 } else { depth.max(2) };
                self.flow.row(depth, look.left, &look.cells);
            }
            return;
        }
        let text = self.numbered(text, &look);
        let shown = Look {
            is_centred: look.is_centred,
            heading: look.heading,
        };
        match kind {
            Kind::Note => {
                let text = text.trim_start_matches(is_blank);
                if !text.is_empty() {
                    self.flow.note(text);
                }
            }
            Kind::Box(_) if text.chars().all(is_blank) => {}
            Kind::Box(depth) if depth > 0 => self.flow.paragraph(&text, depth, shown),
            Kind::Main | Kind::Box(_) if is_cell => self.flow.cell(&text, 1, shown),
            Kind::Main if look.is_inner_cell => self.flow.cell(&text, depth.max(2), shown),
            Kind::Main | Kind::Box(_) => {
                let depth = if kind == Kind::Main { depth } else { 0 };
                self.flow.paragraph(&text, depth, shown);
            }
        }
    }

    fn numbered(&mut self, text: String, look: &ParagraphLook) -> String {
        let next = text.chars().find(|c| !is_blank(*c));
        let number = if look.list > 0 {
            let linked = || self.lists.level_of_style(look.list, look.style);
            let level = look.level.or_else(linked).unwrap_or(0);
            self.lists.lists.number(look.list, level, next)
        } else if let Some(anld) = look
            .old_number
            .as_ref()
            .filter(|_| look.is_old_numbered && next.is_some())
        {
            self.lists
                .old_number(anld, look.old_level, self.is_old, next)
        } else {
            if next.is_some() {
                self.lists.end_old();
            }
            None
        };
        match number {
            Some(number) => number + &text,
            None => text,
        }
    }

    fn ends_paragraph(&mut self, at: usize) -> bool {
        let Some((piece, byte)) = self.place(at) else {
            return true;
        };
        self.paragraphs.is_empty() || self.paragraphs.at(byte).0 <= byte.saturating_add(piece.width)
    }

    /// The piece that this character is in, and its first byte.
    fn place(&mut self, at: usize) -> Option<(&'b Piece, u32)> {
        let is_in = |p: &Piece| p.from <= at && at < p.to;
        let pieces: &'b [Piece] = &self.text.pieces;
        if !pieces.get(self.piece).is_some_and(is_in) {
            self.piece = match pieces.get(self.piece + 1).is_some_and(is_in) {
                true => self.piece + 1,
                false => pieces.partition_point(|p| p.to <= at),
            };
        }
        let piece = pieces.get(self.piece).filter(|p| is_in(p))?;
        let offset = (at - piece.from) as u32 * piece.width;
        Some((piece, piece.byte.saturating_add(offset)))
    }

    /// How this character is set, and the first after it that may be set otherwise.
    fn character(&mut self, at: usize) -> (CharLook, usize) {
        let is_old = self.is_old;
        let document = self.document;
        let Some((piece, byte)) = self.place(at) else {
            return (CharLook::default(), usize::MAX);
        };
        let (end, grpprl) = self.characters.at(byte);
        let mut look = CharLook::default();
        if let Some(grpprl) = grpprl {
            look.apply(character_grpprl(document, grpprl), is_old);
        }
        look.apply(&piece.grpprl, is_old);
        let length = (end.saturating_sub(byte)).div_ceil(piece.width).max(1) as usize;
        (look, at.saturating_add(length).min(piece.to))
    }

    /// How the paragraph is set that this character is in.
    fn paragraph(&mut self, at: usize) -> ParagraphLook {
        let is_old = self.is_old;
        let Some((piece, byte)) = self.place(at) else {
            return ParagraphLook::default();
        };
        let (_, grpprl) = self.paragraphs.at(byte);
        let (style, grpprl) = grpprl.map_or((0, &[][..]), |at| {
            paragraph_grpprl(self.document, at, is_old)
        });
        let mut look = self.styles.look(style);
        look.apply(grpprl, is_old, self.data);
        look.apply(&piece.grpprl, is_old, self.data);
        look
    }
}

/// What was gathered of a field's instruction goes to it.
fn instruct(fields: &mut Fields, instruction: &mut Vec<u16>) {
    if !instruction.is_empty() {
        fields.instruct(&String::from_utf16_lossy(instruction));
        instruction.clear();
    }
}

/// The names of the fonts (SttbfFfn).
fn fonts(bytes: &[u8], is_old: bool) -> Vec<String> {
    let mut names = Vec::new();
    // The old table begins with its size, the new one with how many there are.
    let mut at = if is_old { 2 } else { 4 };
    while let Some(length) = bytes.get(at).map(|n| usize::from(*n)) {
        let font = bytes.get(at + 1..at + 1 + length).unwrap_or_default();
        let name = match is_old {
            true => {
                let name = font.get(5..).unwrap_or_default();
                let name: Vec<u8> = name.iter().copied().take_while(|b| *b != 0).collect();
                String::from_utf8_lossy(&name).into_owned()
            }
            false => {
                let units = font.get(39..).unwrap_or_default().chunks_exact(2);
                let units: Vec<u16> = units
                    .map(|u| u16::from_le_bytes([u[0], u[1]]))
                    .take_while(|u| *u != 0)
                    .collect();
                String::from_utf16_lossy(&units)
            }
        };
        names.push(name);
        at += 1 + length;
    }
    names
}

/// The stories of text boxes: what each belongs to, and where it stands.
fn boxes(table: &[u8], fib: &Fib, story: &Range<usize>) -> Vec<(u32, Range<usize>)> {
    let plc = fib.boxes.of(table);
    let count = plc.len().saturating_sub(4) / 26;
    let clip = |at: u32| story.start.saturating_add(at as usize).min(story.end);
    let found = (0..count).filter_map(|i| {
        let range = clip(u32_at(plc, 4 * i)?)..clip(u32_at(plc, 4 * i + 4)?);
        let entry = 4 * (count + 1) + 22 * i;
        let is_spare = u16_at(plc, entry + 8)? != 0;
        (!is_spare && !range.is_empty()).then_some((u32_at(plc, entry + 14)?, range))
    });
    found.collect()
}

/// The stories of the text boxes whose anchors in the main text are known.
fn anchored(table: &[u8], fib: &Fib, story: &Range<usize>) -> HashMap<usize, Range<usize>> {
    let plc = fib.anchors.of(table);
    let count = plc.len().saturating_sub(4) / 30;
    let by_shape: HashMap<u32, Range<usize>> = boxes(table, fib, story).into_iter().collect();
    let found = (0..count).filter_map(|i| {
        let at = u32_at(plc, 4 * i)? as usize;
        let shape = u32_at(plc, 4 * (count + 1) + 26 * i)?;
        Some((at, by_shape.get(&shape)?.clone()))
    });
    found.collect()
}

/// The stories of text boxes whose anchors are not known, such as those in groups.
fn unanchored(table: &[u8], fib: &Fib, story: &Range<usize>) -> Vec<Range<usize>> {
    let known: Vec<Range<usize>> = anchored(table, fib, story).into_values().collect();
    let all = boxes(table, fib, story).into_iter().map(|(_, range)| range);
    all.filter(|range| !known.contains(range)).collect()
}
