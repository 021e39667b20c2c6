//! Fonts and styles, paragraphs, cells and rows.

use super::Font;
use super::Paragraph;
use super::Reader;
use crate::source::flow::Look;
use crate::source::numfmt::gap_after;
use crate::source::rtf::bytes::Script;
use crate::source::rtf::bytes::code_page_of_charset;
use crate::source::rtf::bytes::of_code_page;
use crate::source::rtf::words::Destination;
use crate::text::fold::is_blank;
use encoding_rs::{BIG5, EUC_KR, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1252};

impl Reader<'_> {
    // Fonts and styles.

    pub(super) fn set_font(&mut self, number: i32) {
        self.state.script = match self.fonts.get(&number) {
            Some(script) => *script,
            None => self.default_script(),
        };
    }

    /// How bytes are read where no font says.
    pub(super) fn default_script(&self) -> Script {
        match self.page {
            Some(page) if page != WINDOWS_1252 => Script::Known(page),
            _ => Script::Western(GB18030),
        }
    }

    pub(super) fn end_font(&mut self) {
        self.flush_into_word();
        let name = std::mem::take(&mut self.word);
        let name = name.trim().trim_end_matches(';').trim();
        let font = std::mem::take(&mut self.font);
        let Some(number) = font.number else {
            return;
        };
        let double = [GB18030, BIG5, SHIFT_JIS, EUC_KR, UTF_8];
        let page = font
            .page
            .filter(|page| *page != 0)
            .or_else(|| font.charset.and_then(code_page_of_charset));
        let script = match page.and_then(of_code_page) {
            _ if font.charset == Some(2) => {
                self.bytes.pictographs.push(name.to_owned());
                Script::Pictographs(self.bytes.pictographs.len() - 1)
            }
            Some(encoding) if encoding == WINDOWS_1252 => match self.page {
                Some(page) if double.contains(&page) => Script::Western(page),
                _ => Script::Western(GB18030),
            },
            Some(encoding) => Script::Known(encoding),
            None => self.default_script(),
        };
        self.fonts.insert(number, script);
    }

    /// Text has begun though no bracket ends the table of fonts: what follows is read as if one did.
    /// What stands since the last font is text where it `is_shown`, as the paragraph that ends here.
    pub(super) fn end_open_fonts(&mut self, is_shown: bool) {
        self.flush_into_word();
        let at = match is_shown {
            true => self.word.rfind(';').map_or(0, |at| at + 1),
            false => self.word.len(),
        };
        let text = self.word.split_off(at);
        let number = self.font.number;
        if self.word.is_empty() {
            self.font = Font::default();
        } else {
            self.end_font();
        }
        self.text.push_str(text.trim_start_matches(['\r', '\n']));
        for state in self.groups.iter_mut().chain([&mut self.state]) {
            if state.into == Destination::Fonts {
                state.into = Destination::Body;
            }
        }
        self.set_font(number.unwrap_or(self.default_font));
    }

    pub(super) fn end_style(&mut self, paragraph: Paragraph) {
        self.flush_into_word();
        let name = std::mem::take(&mut self.word);
        let name = name.trim().trim_end_matches(';').trim();
        let by_name = ["heading ", "标题 "].iter().find_map(|prefix| {
            let head = name.get(..prefix.len())?;
            let level = name
                .get(prefix.len()..)?
                .split(',')
                .next()?
                .trim()
                .parse::<u8>()
                .ok()?;
            (head.eq_ignore_ascii_case(prefix) && (1..=9).contains(&level)).then_some(level)
        });
        let heading = paragraph.outline.filter(|level| *level > 0).or(by_name);
        let is_centred = paragraph.is_centred;
        self.styles.insert(
            paragraph.style,
            Look {
                is_centred,
                heading,
            },
        );
    }

    // Paragraphs, cells, rows.

    pub(super) fn par(&mut self) {
        if !matches!(self.state.into, Destination::Body | Destination::Number) {
            return;
        }
        // A mark that is not shown parts nothing.
        if self.state.is_hidden || self.state.is_deleted {
            return;
        }
        self.flush();
        self.end_paragraph();
    }

    pub(super) fn end_paragraph(&mut self) {
        let text = self.shown();
        let look = self.look();
        if self.in_note {
            self.flow.note(text.trim_start_matches(is_blank));
            return;
        }
        let Some(outer) = self.outers.first() else {
            let depth = self.state.paragraph.depth();
            self.flow.paragraph(&text, depth, look);
            self.give_boxes();
            return;
        };
        if text.chars().all(is_blank) {
            return;
        }
        match self.depth == 0 && !outer.text.chars().all(is_blank) {
            true => self.after.push((text, look)),
            false => self.flow.paragraph(&text, self.depth, look),
        }
    }

    /// What a text box behind text of its paragraph held stands after that paragraph.
    pub(super) fn give_boxes(&mut self) {
        for (text, look) in std::mem::take(&mut self.after) {
            self.flow.paragraph(&text, 0, look);
        }
    }

    pub(super) fn end_cell(&mut self, depth: usize) {
        self.flush();
        if self.in_note || self.depth > 0 {
            self.end_paragraph();
            return;
        }
        let text = self.shown();
        let look = self.look();
        self.flow.cell(&text, depth, look);
    }

    pub(super) fn end_row(&mut self, depth: usize) {
        self.flush();
        if self.in_note || self.depth > 0 {
            return;
        }
        let row = &self.rows[usize::from(depth > 1)];
        self.flow.row(depth, row.left, &row.cells);
        self.text.clear();
        self.number.clear();
    }

    pub(super) fn look(&self) -> Look {
        let paragraph = self.state.paragraph;
        let style = self
            .styles
            .get(&paragraph.style)
            .copied()
            .unwrap_or_default();
        let heading = match paragraph.outline {
            Some(level) => Some(level).filter(|level| *level > 0),
            None => style.heading,
        };
        Look {
            is_centred: paragraph.is_centred,
            heading,
        }
    }

    /// The paragraph with its number, which the file gives as text or as a reference to a list.
    pub(super) fn shown(&mut self) -> String {
        let text = std::mem::take(&mut self.text);
        let given = std::mem::take(&mut self.number);
        let next = text.chars().find(|c| !is_blank(*c));
        let paragraph = self.state.paragraph;
        let mut number = given.trim_matches(['\t', ' ']).to_owned();
        let list = paragraph.list as u32;
        if given.is_empty() && paragraph.list > 0 {
            let counted = self.lists.number(list, paragraph.level, next);
            number = counted.unwrap_or_default();
        } else if given.ends_with(['\t', ' ']) && !self.lists.is_close(list, paragraph.level) {
            // LibreOffice writes a tab behind numbers that the list sets close to the text, too.
            number.push_str(gap_after(&number, next));
        }
        match number.is_empty() {
            true => text,
            false => number + &text,
        }
    }
}
