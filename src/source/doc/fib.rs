//! The file information block: where everything stands ([MS-DOC] 2.5, and the same of Word 6).

use super::compound::u16_at;
use super::compound::u32_at;

/// A part of the table stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) at: usize,
    pub(super) length: usize,
}

impl Part {
    /// Its bytes; empty where the stream does not hold it.
    pub(super) fn of(self, stream: &[u8]) -> &[u8] {
        let end = self.at.saturating_add(self.length);
        stream.get(self.at..end).unwrap_or_default()
    }
}

/// What the block says.
#[derive(Clone, Debug)]
pub(super) struct Fib {
    /// Whether it is of Word 6 or 95.
    pub(super) is_old: bool,
    pub(super) is_encrypted: bool,
    /// Whether the text of an old file is in units of 16 bits.
    pub(super) is_wide: bool,
    /// The table stream's name; none where the document stream holds the tables.
    pub(super) table: Option<&'static str>,
    /// The language that the file was made in.
    pub(super) language: u16,
    /// First byte of the text in a file without pieces.
    pub(super) text: usize,
    /// Characters of the main text, footnotes, headers, macros, comments, endnotes, text boxes, text boxes of headers.
    pub(super) lengths: [usize; 8],
    pub(super) styles: Part,
    pub(super) character_pages: Part,
    pub(super) paragraph_pages: Part,
    pub(super) fonts: Part,
    pub(super) pieces: Part,
    pub(super) lists: Part,
    pub(super) references: Part,
    pub(super) anchors: Part,
    pub(super) boxes: Part,
}

impl Fib {
    /// Reads the block; none where it is none.
    pub(super) fn read(document: &[u8]) -> Option<Self> {
        let version = u16_at(document, 2)?;
        if !matches!(u16_at(document, 0)?, 0xa5ec | 0xa5dc | 0xa697 | 0xa699) || version < 100 {
            return None;
        }
        let is_old = version < 193;
        let flags = u16_at(document, 0xa)?;
        let part = |at: usize| {
            let (at, length) = u32_at(document, at)
                .zip(u32_at(document, at + 4))
                .unwrap_or((0, 0));
            Part {
                at: at as usize,
                length: length as usize,
            }
        };
        let first = if is_old { 0x34 } else { 0x4c };
        let length = |i: usize| {
            u32_at(document, first + 4 * i).map_or(0, |n| n.min(i32::MAX as u32) as usize)
        };
        let modern = |i: usize| match is_old {
            true => Part::default(),
            false => part(0x9a + 8 * i),
        };
        let either = |old: usize, i: usize| match is_old {
            true => part(old),
            false => modern(i),
        };
        let lengths = std::array::from_fn(length);
        let text = u32_at(document, 0x18)? as usize;
        let end = u32_at(document, 0x1c)? as usize;
        let all: usize = lengths.iter().sum();
        Some(Self {
            is_old,
            is_encrypted: flags & 0x100 != 0,
            is_wide: flags & 0x1000 != 0 && end.saturating_sub(text) >= all.saturating_mul(2),
            table: match (is_old, flags & 0x200 != 0) {
                (true, _) => None,
                (false, true) => Some("1Table"),
                (false, false) => Some("0Table"),
            },
            language: u16_at(document, 6)?,
            text,
            lengths,
            styles: either(0x60, 1),
            character_pages: either(0xb8, 12),
            paragraph_pages: either(0xc0, 13),
            fonts: either(0xd0, 15),
            pieces: either(0x160, 33),
            lists: modern(73),
            references: modern(74),
            anchors: modern(40),
            boxes: modern(56),
        })
    }
}
