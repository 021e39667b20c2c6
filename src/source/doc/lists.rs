//! Lists of a Word binary: PlfLst and PlfLfo, and the numbers that Word 6 states paragraph by paragraph.

use super::compound::u16_at;
use super::compound::u32_at;
use super::fib::Fib;
use super::properties::Code;
use super::properties::sprms;
use crate::source::lists::Change;
use crate::source::lists::LEVELS;
use crate::source::lists::Level;
use crate::source::lists::Lists;
use crate::source::lists::Reference;
use crate::source::numfmt::NumberFormat;
use crate::source::numfmt::gap_after;
use crate::source::numfmt::render;
use crate::source::symbol::shown_in;
use std::collections::HashMap;

/// No style is linked to a level.
const NO_STYLE: u16 = 0xfff;

/// The lists, and the styles that their levels are linked to, by reference.
#[derive(Debug, Default)]
pub(super) struct DocLists {
    pub(super) lists: Lists,
    linked: HashMap<u32, [u16; LEVELS]>,
    /// What Word 6 has counted so far: by level, the format and the number.
    old: HashMap<u8, (u8, u32)>,
}

impl DocLists {
    pub(super) fn read(table: &[u8], fib: &Fib, fonts: &[String]) -> Self {
        let mut found = Self::default();
        let linked = found.read_lists(table, fib, fonts).unwrap_or_default();
        found.read_references(fib.references.of(table), &linked, fonts);
        found
    }

    /// The level that this style is linked to in the list that is referred to.
    pub(super) fn level_of_style(&self, reference: u32, style: usize) -> Option<usize> {
        let linked = self.linked.get(&reference)?;
        linked
            .iter()
            .position(|s| usize::from(*s) == style && *s != NO_STYLE)
    }

    /// [MS-DOC] 2.9.191 and 2.9.147: the lists, and behind them their levels.
    fn read_lists(
        &mut self,
        table: &[u8],
        fib: &Fib,
        fonts: &[String],
    ) -> Option<HashMap<u32, [u16; LEVELS]>> {
        let begin = fib.lists.at;
        let count = usize::from(u16_at(table, begin)?);
        let mut linked = HashMap::new();
        let mut at = begin.checked_add(2 + 28 * count)?;
        for i in 0..count {
            let list = begin + 2 + 28 * i;
            let id = u32_at(table, list)?;
            let styles =
                std::array::from_fn(|k| u16_at(table, list + 8 + 2 * k).unwrap_or(NO_STYLE));
            let is_simple = table.get(list + 26)? & 1 == 1;
            let mut levels = Vec::new();
            for _ in 0..if is_simple { 1 } else { LEVELS } {
                let Some((level, end)) = level(table, at, fonts) else {
                    break;
                };
                levels.push(level);
                at = end;
            }
            self.lists.add_list(id, levels);
            linked.insert(id, styles);
        }
        Some(linked)
    }

    /// [MS-DOC] 2.9.190: what paragraphs refer to, and behind it what that changes.
    fn read_references(
        &mut self,
        bytes: &[u8],
        linked: &HashMap<u32, [u16; LEVELS]>,
        fonts: &[String],
    ) -> Option<()> {
        let count = u32_at(bytes, 0)? as usize;
        let mut at = count.checked_mul(16)?.checked_add(4)?;
        for i in 0..count {
            let lfo = 4 + 16 * i;
            let list = u32_at(bytes, lfo)?;
            let many = *bytes.get(lfo + 12)?;
            let mut changes = Vec::new();
            // What is cut off changes nothing.
            let _ = (|| {
                at += 4;
                for _ in 0..many {
                    let start = u32_at(bytes, at)?;
                    let flags = u32_at(bytes, at + 4)?;
                    at += 8;
                    let mut change = Change::default();
                    if flags & 0x20 != 0 {
                        let (level, end) = level(bytes, at, fonts)?;
                        at = end;
                        change.start = (flags & 0x10 != 0).then_some(level.start);
                        change.level = Some(level);
                    } else if flags & 0x10 != 0 {
                        change.start = Some(start);
                    }
                    changes.push(((flags & 0xf) as usize, change));
                }
                Some(())
            })();
            let number = i as u32 + 1;
            self.lists
                .add_reference(number, Reference { list, changes });
            if let Some(styles) = linked.get(&list) {
                self.linked.insert(number, *styles);
            }
        }
        Some(())
    }

    /// The number of a paragraph as Word 6 states it ([MS-DOC] calls it ANLD), before text that begins with `next`.
    pub(super) fn old_number(
        &mut self,
        anld: &[u8],
        level: u8,
        is_old: bool,
        next: Option<char>,
    ) -> Option<String> {
        let (before, after) = (usize::from(*anld.get(1)?), usize::from(*anld.get(2)?));
        let format = *anld.first()?;
        let start = u32::from(u16_at(anld, 10)?);
        let text: Vec<u16> = match is_old {
            true => anld.get(20..)?.iter().map(|b| u16::from(*b)).collect(),
            false => anld
                .get(20..)?
                .chunks_exact(2)
                .map(|u| u16::from_le_bytes([u[0], u[1]]))
                .collect(),
        };
        let part = |from: usize, to: usize| {
            let part = text.get(from..to.min(text.len())).unwrap_or_default();
            match is_old {
                true => {
                    let bytes: Vec<u8> = part.iter().map(|u| *u as u8).collect();
                    encoding_rs::GB18030
                        .decode_without_bom_handling(&bytes)
                        .0
                        .into_owned()
                }
                false => String::from_utf16_lossy(part),
            }
        };
        let counted = match self.old.get(&level) {
            Some((same, n)) if *same == format => n.saturating_add(1),
            _ => start,
        };
        self.old.insert(level, (format, counted));
        let mut shown = part(0, before);
        shown.push_str(&render(NumberFormat::from_nfc(format), counted));
        shown.push_str(&part(before, before + after));
        let shown: String = shown
            .trim()
            .chars()
            .map(|c| shown_in("Symbol", c))
            .collect();
        (!shown.is_empty()).then(|| {
            let gap = gap_after(&shown, next);
            shown + gap
        })
    }

    /// A paragraph without number ends what Word 6 counts.
    pub(super) fn end_old(&mut self) {
        self.old.clear();
    }
}

/// [MS-DOC] 2.9.150 (LVL): the level, and where the next thing begins.
fn level(bytes: &[u8], at: usize, fonts: &[String]) -> Option<(Level, usize)> {
    let byte = |i: usize| bytes.get(at.checked_add(i)?).copied();
    let flags = byte(5)?;
    let (characters, paragraph) = (usize::from(byte(24)?), usize::from(byte(25)?));
    let grpprl = at + 28 + paragraph;
    let font = sprms(bytes.get(grpprl..grpprl + characters)?, false)
        .filter(|s| s.code == Code::Font)
        .last()
        .and_then(|s| u16_at(s.operand, 0))
        .and_then(|font| fonts.get(usize::from(font)));
    let text = grpprl + characters;
    let length = usize::from(u16_at(bytes, text)?);
    let end = text + 2 + 2 * length;
    let units = bytes.get(text + 2..end)?.chunks_exact(2);
    let units = units.map(|u| u16::from_le_bytes([u[0], u[1]]));
    let font = font.map_or("Symbol", String::as_str);
    let text = char::decode_utf16(units)
        .map(|c| c.unwrap_or('\u{fffd}'))
        .map(|c| match c {
            '\u{f020}'..='\u{f0ff}' => shown_in(font, c),
            c => c,
        })
        .collect();
    let level = Level {
        start: u32_at(bytes, at)?,
        format: NumberFormat::from_nfc(byte(4)?),
        text,
        is_legal: flags & 4 != 0,
        restart: match flags & 8 != 0 {
            true => usize::from(byte(26)?),
            false => LEVELS,
        },
        is_close: byte(15)? == 2,
    };
    Some((level, end))
}
