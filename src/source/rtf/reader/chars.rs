//! Characters: from bytes, from Unicode, from symbols; and what stands for them in readers that know less.

use super::Reader;
use super::State;
use crate::source::rtf::bytes::Script;
use crate::source::rtf::words::Destination;
use crate::source::symbol::shown_in;

impl Reader<'_> {
    pub(super) fn byte(&mut self, byte: u8) {
        if self.skips > 0 {
            self.skips -= 1;
            return;
        }
        let script = self.state.script;
        if self.state.into == Destination::LevelText && byte < 0x20 {
            self.flush();
            self.word.push(char::from(byte));
        } else if let Some(out) = out(
            &self.state,
            &mut self.text,
            &mut self.number,
            &mut self.word,
        ) {
            self.bytes.push(byte, script, out);
        }
    }

    pub(super) fn plain(&mut self, mut plain: &[u8]) {
        if self.skips > 0 {
            let skipped = (self.skips as usize).min(plain.len());
            self.skips -= skipped as u32;
            plain = &plain[skipped..];
        }
        if plain.is_empty() {
            return;
        }
        let script = self.state.script;
        let Some(out) = out(
            &self.state,
            &mut self.text,
            &mut self.number,
            &mut self.word,
        ) else {
            return;
        };
        match std::str::from_utf8(plain) {
            Ok(text) if self.is_utf_8 && !plain.is_ascii() => {
                self.bytes.flush(out);
                out.push_str(text);
            }
            _ => self.bytes.plain(plain, script, out),
        }
    }

    pub(super) fn char(&mut self, c: char) {
        if let Some(out) = out(
            &self.state,
            &mut self.text,
            &mut self.number,
            &mut self.word,
        ) {
            self.bytes.flush(out);
            out.push(c);
        }
    }

    pub(super) fn unicode(&mut self, value: i32) {
        // Units above 0x7fff are written as negative numbers, though some writers leave them as they are.
        let unit = value as u16;
        self.skips = self.state.fallback;
        match (self.half.take(), unit) {
            (_, 0xd800..=0xdbff) => self.half = Some(unit),
            (Some(high), 0xdc00..=0xdfff) => {
                let c = char::decode_utf16([high, unit]).next().and_then(Result::ok);
                self.char(c.unwrap_or('\u{fffd}'));
            }
            (_, unit) => match char::from_u32(u32::from(unit)) {
                Some(c @ '\u{f020}'..='\u{f0ff}') => {
                    let font = match self.state.script {
                        Script::Pictographs(font) => self.bytes.pictographs.get(font),
                        _ => None,
                    };
                    let shown = shown_in(font.map_or("Symbol", String::as_str), c);
                    self.char(shown);
                }
                Some(c) => self.char(c),
                None => {}
            },
        }
    }

    pub(super) fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'*' => self.is_starred = true,
            b'\r' | b'\n' => self.par(),
            _ if self.skips > 0 => self.skips -= 1,
            b'~' => self.char('\u{a0}'),
            b'_' => self.char('-'),
            b'\t' => self.char('\t'),
            b'{' | b'}' | b'\\' => self.plain(&[symbol]),
            _ => {}
        }
    }

    /// What waits in bytes goes to the text that is being read.
    pub(super) fn flush(&mut self) {
        let into = self.state.into;
        self.flush_as(into);
    }

    pub(super) fn flush_as(&mut self, into: Destination) {
        if self.bytes.is_empty() {
            return;
        }
        let out = match into {
            Destination::Number => &mut self.number,
            Destination::Body => &mut self.text,
            _ => &mut self.word,
        };
        self.bytes.flush(out);
    }

    pub(super) fn flush_into_word(&mut self) {
        self.bytes.flush(&mut self.word);
    }
}

/// Where characters go in this state; none where they are not read.
fn out<'o>(
    state: &State,
    text: &'o mut String,
    number: &'o mut String,
    word: &'o mut String,
) -> Option<&'o mut String> {
    let is_shown = !state.is_hidden && !state.is_deleted;
    match state.into {
        Destination::Body => is_shown.then_some(text),
        Destination::Number => is_shown.then_some(number),
        Destination::Fonts
        | Destination::Styles
        | Destination::LevelText
        | Destination::Instruction => Some(word),
        _ => None,
    }
}
