//! The properties that text has in a Word binary: single modifiers (sprms), the pages that hold them (FKPs), styles.

use super::compound::u16_at;
use super::compound::u32_at;
use super::fib::Fib;
use crate::source::flow::Cell;
use crate::source::flow::Merge;

/// One modifier: its code and its operand.
pub(super) struct Sprm<'b> {
    pub(super) code: Code,
    pub(super) operand: &'b [u8],
}

/// The modifiers that matter for what is read, of both generations of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    Hidden,
    Deleted,
    Special,
    Symbol,
    Font,
    Style,
    Centring,
    InTable,
    RowEnd,
    Depth,
    DeeperBy,
    InnerCell,
    InnerRowEnd,
    ListLevel,
    ListReference,
    Outline,
    OldNumber,
    OldLevel,
    Huge,
    Table,
    VerticalMerge,
    HorizontalMerge,
    Other,
}

/// The modifiers in these bytes; what cannot be parted ends them.
pub(super) fn sprms(mut bytes: &[u8], is_old: bool) -> impl Iterator<Item = Sprm<'_>> {
    std::iter::from_fn(move || {
        let (code, head, length) = match is_old {
            true => old(bytes)?,
            false => modern(bytes)?,
        };
        let operand = bytes.get(head..head.checked_add(length)?)?;
        bytes = &bytes[head + length..];
        Some(Sprm { code, operand })
    })
}

/// [MS-DOC] 2.2.5.1: the code, where the operand begins, and its length.
fn modern(bytes: &[u8]) -> Option<(Code, usize, usize)> {
    let number = u16_at(bytes, 0)?;
    let (head, length) = match number >> 13 {
        0 | 1 => (2, 1),
        2 | 4 | 5 => (2, 2),
        3 => (2, 4),
        7 => (2, 3),
        // The length of a table's definition takes two bytes and counts one of them.
        _ if matches!(number, 0xd608 | 0xd606) => {
            (4, usize::from(u16_at(bytes, 2)?).saturating_sub(1))
        }
        _ => match (number, *bytes.get(2)?) {
            (0xc615, 255) => {
                let deleted = usize::from(*bytes.get(3)?);
                let added = usize::from(*bytes.get(4 + 4 * deleted)?);
                (3, 2 + 4 * deleted + 3 * added)
            }
            (_, length) => (3, usize::from(length)),
        },
    };
    let code = match number {
        0x083c | 0x0811 => Code::Hidden,
        0x0800 => Code::Deleted,
        0x0855 => Code::Special,
        0x6a09 => Code::Symbol,
        0x4a4f => Code::Font,
        0x4600 => Code::Style,
        0x2403 | 0x2461 => Code::Centring,
        0x2416 => Code::InTable,
        0x2417 => Code::RowEnd,
        0x6649 => Code::Depth,
        0x664a => Code::DeeperBy,
        0x244b => Code::InnerCell,
        0x244c => Code::InnerRowEnd,
        0x260a => Code::ListLevel,
        0x460b => Code::ListReference,
        0x2640 => Code::Outline,
        0xc63e => Code::OldNumber,
        0x240d => Code::OldLevel,
        0x6645 | 0x6646 => Code::Huge,
        0xd608 => Code::Table,
        0xd62b => Code::VerticalMerge,
        0x5624 => Code::HorizontalMerge,
        _ => Code::Other,
    };
    Some((code, head, length))
}

/// Word 6 and 95 have one byte for the code, and no rule for the length.
fn old(bytes: &[u8]) -> Option<(Code, usize, usize)> {
    let number = *bytes.first()?;
    let variable = || Some((2, usize::from(*bytes.get(1)?)));
    let (head, length) = match number {
        83 => (1, 0),
        4..=11 | 13 | 14 | 24 | 25 | 29 | 37 | 44 | 50 | 51 | 65..=67 | 71 | 75 => (1, 1),
        85..=92 | 94 | 98 | 100 | 102 | 104 | 117..=119 | 185 | 186 => (1, 1),
        2 | 16..=19 | 21 | 22 | 26..=28 | 30..=36 | 38..=43 | 45..=49 | 69 | 72 => (1, 2),
        80 | 93 | 96 | 97 | 99 | 101 | 107 | 109..=112 | 121..=124 => (1, 2),
        182..=184 | 189 | 195 | 197 | 198 => (1, 2),
        73 | 95 => (1, 3),
        20 | 70 | 192 | 194 | 196 | 200 => (1, 4),
        193 | 199 => (1, 5),
        187 => (1, 12),
        188 | 190 => (3, usize::from(u16_at(bytes, 1)?).saturating_sub(1)),
        23 if bytes.get(1) == Some(&255) => {
            let deleted = usize::from(*bytes.get(2)?);
            let added = usize::from(*bytes.get(3 + 4 * deleted)?);
            (2, 2 + 4 * deleted + 3 * added)
        }
        3 | 12 | 15 | 23 | 68 | 74 | 81 | 82 | 103 | 105 | 106 | 108 | 113 | 115 | 116 | 120
        | 191 => variable()?,
        _ => return None,
    };
    let code = match number {
        92 => Code::Hidden,
        65 => Code::Deleted,
        117 => Code::Special,
        74 => Code::Symbol,
        93 => Code::Font,
        2 => Code::Style,
        5 => Code::Centring,
        12 => Code::OldNumber,
        13 => Code::OldLevel,
        24 => Code::InTable,
        25 => Code::RowEnd,
        190 => Code::Table,
        197 => Code::HorizontalMerge,
        _ => Code::Other,
    };
    Some((code, head, length))
}

/// How characters are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CharLook {
    /// Hidden, or deleted with the deletion tracked.
    pub(super) is_gone: bool,
    /// Whether control characters mean something.
    pub(super) is_special: bool,
    /// A character of a pictograph font: number of the font and code.
    pub(super) symbol: Option<(u16, u16)>,
    /// The number of the font.
    pub(super) font: u16,
}

impl CharLook {
    pub(super) fn apply(&mut self, grpprl: &[u8], is_old: bool) {
        for sprm in sprms(grpprl, is_old) {
            let is_on = sprm.operand.first().is_some_and(|b| *b & 1 == 1);
            match sprm.code {
                Code::Hidden | Code::Deleted => self.is_gone |= is_on,
                Code::Special => self.is_special = is_on,
                Code::Font => self.font = u16_at(sprm.operand, 0).unwrap_or(0),
                Code::Symbol if is_old => {
                    let char = sprm.operand.get(2).map(|b| 0xf000 | u16::from(*b));
                    self.symbol = u16_at(sprm.operand, 0).zip(char);
                }
                Code::Symbol => self.symbol = u16_at(sprm.operand, 0).zip(u16_at(sprm.operand, 2)),
                _ => {}
            }
        }
    }
}

/// How a paragraph is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ParagraphLook {
    pub(super) style: usize,
    pub(super) is_centred: bool,
    /// Level as a heading from 1; none for body text.
    pub(super) heading: Option<u8>,
    pub(super) in_table: bool,
    pub(super) is_row_end: bool,
    pub(super) depth: Option<u32>,
    pub(super) is_inner_cell: bool,
    pub(super) is_inner_row_end: bool,
    pub(super) list: u32,
    /// None where only the list tells, by the style.
    pub(super) level: Option<usize>,
    /// Whether its number is the one that Word 6 would give it.
    pub(super) is_old_numbered: bool,
    /// The number as Word 6 states it (ANLD).
    pub(super) old_number: Option<Vec<u8>>,
    pub(super) old_level: u8,
    pub(super) left: i32,
    pub(super) cells: Vec<Cell>,
}

impl ParagraphLook {
    /// How deep in tables it stands.
    pub(super) fn depth(&self) -> usize {
        match self.depth {
            Some(depth) => depth.min(16) as usize,
            None => usize::from(self.in_table),
        }
    }

    /// Applies modifiers; `data` is the stream that long ones stand in.
    pub(super) fn apply(&mut self, grpprl: &[u8], is_old: bool, data: &[u8]) {
        for sprm in sprms(grpprl, is_old) {
            let operand = sprm.operand;
            let byte = operand.first().copied().unwrap_or(0);
            let number = || u32_at(operand, 0).unwrap_or(0);
            match sprm.code {
                Code::Style => self.style = u16_at(operand, 0).map_or(0, usize::from),
                Code::Centring => self.is_centred = byte == 1,
                Code::InTable => self.in_table = byte != 0,
                Code::RowEnd => self.is_row_end = byte != 0,
                Code::Depth => self.depth = Some(number()),
                Code::DeeperBy => {
                    let by = number() as i32;
                    self.depth = Some(self.depth.unwrap_or(0).saturating_add_signed(by));
                }
                Code::InnerCell => self.is_inner_cell = byte != 0,
                Code::InnerRowEnd => self.is_inner_row_end = byte != 0,
                Code::ListLevel => self.level = Some(usize::from(byte)),
                // 2047 numbers a paragraph by hand, as Word 6 did; what is above is a number that is switched off.
                Code::ListReference => {
                    let list = u16_at(operand, 0).unwrap_or(0);
                    self.is_old_numbered = list == 2047;
                    self.list = match list {
                        1..=2046 => u32::from(list),
                        _ => 0,
                    };
                }
                Code::Outline => self.heading = (byte < 9).then_some(byte + 1),
                Code::OldNumber => {
                    self.old_number = Some(operand.to_vec());
                    self.is_old_numbered |= is_old;
                }
                Code::OldLevel => self.old_level = byte,
                Code::Huge => {
                    let at = number() as usize;
                    let length = u16_at(data, at).map_or(0, usize::from);
                    let more = at
                        .checked_add(2)
                        .and_then(|at| data.get(at..at.checked_add(length)?));
                    let grpprl = more.unwrap_or_default();
                    // One within another would be a circle.
                    let is_plain = sprms(grpprl, is_old).all(|s| s.code != Code::Huge);
                    if is_plain {
                        self.apply(grpprl, is_old, &[]);
                    }
                }
                Code::Table => self.define_row(operand, is_old),
                Code::VerticalMerge => {
                    let cell = self.cells.get_mut(usize::from(byte));
                    if let (Some(cell), Some(merge)) = (cell, operand.get(1)) {
                        cell.down = vertical(*merge & 1 != 0, *merge & 2 != 0);
                    }
                }
                Code::HorizontalMerge => {
                    let end = operand.get(1).copied().map_or(0, usize::from);
                    for (i, cell) in self
                        .cells
                        .iter_mut()
                        .enumerate()
                        .take(end)
                        .skip(usize::from(byte))
                    {
                        cell.across = match i == usize::from(byte) {
                            true => Merge::First,
                            false => Merge::Covered,
                        };
                    }
                }
                _ => {}
            }
        }
    }

    /// [MS-DOC] 2.9.324: the number of cells, their edges, and what each is (TC80).
    fn define_row(&mut self, operand: &[u8], is_old: bool) {
        let Some(count) = operand.first().map(|n| usize::from(*n)) else {
            return;
        };
        let edge = |i: usize| u16_at(operand, 1 + 2 * i).map_or(0, |n| i32::from(n as i16));
        let size = if is_old { 10 } else { 20 };
        let begin = 1 + 2 * (count + 1);
        self.left = edge(0);
        self.cells = (0..count)
            .map(|i| {
                let flags = u16_at(operand, begin + size * i).unwrap_or(0);
                Cell {
                    right: edge(i + 1),
                    down: match is_old {
                        true => Merge::Alone,
                        false => vertical(flags & 0x20 != 0, flags & 0x40 != 0),
                    },
                    across: match flags & 3 {
                        0 => Merge::Alone,
                        1 => Merge::First,
                        _ => Merge::Covered,
                    },
                }
            })
            .collect();
    }
}

fn vertical(is_merged: bool, is_first: bool) -> Merge {
    match (is_merged, is_first) {
        (_, true) => Merge::First,
        (true, false) => Merge::Covered,
        (false, false) => Merge::Alone,
    }
}

/// Runs of text with the same modifiers, by their place in the document stream, in order.
#[derive(Debug, Default)]
pub(super) struct Runs {
    /// First byte, one past the last, and where the modifiers stand in the document stream.
    runs: Vec<(u32, u32, usize)>,
}

impl Runs {
    /// Reads all pages of one kind; `width` is the size of what a page says of each run.
    pub(super) fn read(document: &[u8], table: &[u8], fib: &Fib, is_paragraphs: bool) -> Self {
        let (bins, width) = match is_paragraphs {
            true => (fib.paragraph_pages, if fib.is_old { 7 } else { 13 }),
            false => (fib.character_pages, 1),
        };
        let bins = bins.of(table);
        let size = if fib.is_old { 2 } else { 4 };
        let count = bins.len().saturating_sub(4) / (4 + size);
        let mut runs = Vec::new();
        for bin in 0..count {
            let at = 4 * (count + 1) + size * bin;
            let page = match fib.is_old {
                true => u16_at(bins, at).map(u32::from),
                false => u32_at(bins, at).map(|n| n & 0x3f_ffff),
            };
            let from = page.map_or(usize::MAX, |n| n as usize * 512);
            let Some(page) = from.checked_add(512).and_then(|to| document.get(from..to)) else {
                continue;
            };
            let many = usize::from(page[511]);
            for i in 0..many {
                let (Some(begin), Some(end)) = (u32_at(page, 4 * i), u32_at(page, 4 * i + 4))
                else {
                    break;
                };
                let Some(offset) = page.get(4 * (many + 1) + width * i) else {
                    break;
                };
                if begin < end {
                    let at = match offset {
                        0 => usize::MAX,
                        offset => from + 2 * usize::from(*offset),
                    };
                    runs.push((begin, end, at));
                }
            }
        }
        runs.sort_unstable();
        Self { runs }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The run that this byte is in: where it ends, and where its modifiers stand. Between runs, up to the next.
    pub(super) fn at(&self, byte: u32) -> (u32, Option<usize>) {
        let after = self.runs.partition_point(|(begin, ..)| *begin <= byte);
        let before = after.checked_sub(1).and_then(|i| self.runs.get(i));
        match before.filter(|(_, end, _)| byte < *end) {
            Some((_, end, at)) => (*end, Some(*at).filter(|at| *at != usize::MAX)),
            None => (
                self.runs.get(after).map_or(u32::MAX, |(begin, ..)| *begin),
                None,
            ),
        }
    }
}

/// The modifiers of characters at this place in the document stream.
pub(super) fn character_grpprl(document: &[u8], at: usize) -> &[u8] {
    let length = document.get(at).map_or(0, |n| usize::from(*n));
    document.get(at + 1..at + 1 + length).unwrap_or_default()
}

/// The style and the modifiers of a paragraph at this place in the document stream.
pub(super) fn paragraph_grpprl(document: &[u8], at: usize, is_old: bool) -> (usize, &[u8]) {
    let words = document.get(at).map_or(0, |n| usize::from(*n));
    let (from, length) = match words {
        0 if !is_old => (
            at + 2,
            2 * document.get(at + 1).map_or(0, |n| usize::from(*n)),
        ),
        words if is_old => (at + 1, 2 * words),
        words => (at + 1, 2 * words - 1),
    };
    let to = (from + length).min(document.len());
    let bytes = document.get(from..to).unwrap_or_default();
    match u16_at(bytes, 0) {
        Some(style) => (usize::from(style), &bytes[2..]),
        None => (0, &[]),
    }
}
