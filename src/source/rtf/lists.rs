//! The list table and the list override table, gathered word by word.

use super::words::Word;
use crate::source::lists::Change;
use crate::source::lists::Level;
use crate::source::lists::Lists;
use crate::source::lists::Reference;
use crate::source::numfmt::NumberFormat;

/// The list, level or reference that is being stated.
#[derive(Debug, Default)]
pub(super) struct Stating {
    id: u32,
    levels: Vec<Level>,
    level: Level,
    reference: Reference,
    change: Change,
    changes_start: bool,
    reference_id: u32,
}

impl Stating {
    /// A level begins.
    pub(super) fn begin_level(&mut self) {
        self.level = Level::default();
    }

    /// A list or a reference begins.
    pub(super) fn begin(&mut self) {
        *self = Self::default();
    }

    /// A change of a level begins.
    pub(super) fn begin_change(&mut self) {
        self.change = Change::default();
        self.changes_start = false;
        self.begin_level();
    }

    /// What a control word says.
    pub(super) fn word(&mut self, word: Word, value: Option<i32>, in_change: bool) {
        let number = value.unwrap_or(0);
        let is_on = value != Some(0);
        match word {
            // Identifiers are any 32 bits, written as a signed number.
            Word::ListId => {
                self.id = number as u32;
                self.reference.list = number as u32;
            }
            Word::ListReference => self.reference_id = number as u32,
            Word::LevelFormat => {
                self.level.format = NumberFormat::from_nfc(u8::try_from(number).unwrap_or(0))
            }
            Word::LevelStart => {
                self.level.start = u32::try_from(number).unwrap_or(0);
                if in_change && self.changes_start {
                    self.change.start = Some(self.level.start);
                }
            }
            Word::LevelFollow => self.level.is_close = number == 2,
            Word::LevelLegal => self.level.is_legal = is_on,
            Word::LevelRunsOn if is_on => self.level.restart = 0,
            Word::StartChanged => self.changes_start = true,
            Word::FormatChanged => self.change.level = Some(Level::default()),
            _ => {}
        }
    }

    /// The level's text as the file has it: its length, the text with the codes of levels, a semicolon.
    pub(super) fn end_text(&mut self, text: &str) {
        let mut chars = text.chars();
        let length = chars.next().map_or(0, |c| c as usize);
        let mut units = 0;
        self.level.text = chars
            .take_while(|c| {
                units += c.len_utf16();
                units <= length
            })
            .collect();
    }

    pub(super) fn end_level(&mut self, in_change: bool) {
        let level = std::mem::take(&mut self.level);
        if in_change {
            if self.change.level.is_some() {
                self.change.level = Some(level);
            }
        } else if self.levels.len() < crate::source::lists::LEVELS {
            self.levels.push(level);
        }
    }

    pub(super) fn end_change(&mut self) {
        let change = std::mem::take(&mut self.change);
        let at = self.reference.changes.len();
        if at < crate::source::lists::LEVELS {
            self.reference.changes.push((at, change));
        }
    }

    pub(super) fn end_list(&mut self, lists: &mut Lists) {
        lists.add_list(self.id, std::mem::take(&mut self.levels));
    }

    pub(super) fn end_reference(&mut self, lists: &mut Lists) {
        lists.add_reference(self.reference_id, std::mem::take(&mut self.reference));
    }
}
