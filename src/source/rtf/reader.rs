//! The state machine: groups, destinations, control words.

mod chars;
mod paragraphs;

use super::bytes::Bytes;
use super::bytes::Script;
use super::bytes::of_code_page;
use super::lists::Stating;
use super::scan::Scan;
use super::scan::Token;
use super::words::Destination;
use super::words::Word;
use super::words::word;
use crate::diagnostic::Code;
use crate::source::Limits;
use crate::source::ReadText;
use crate::source::field::Fields;
use crate::source::flow::Cell;
use crate::source::flow::Flow;
use crate::source::flow::Look;
use crate::source::flow::Merge;
use crate::source::lists::Lists;
use crate::source::written::Written;
use crate::text::fold::is_blank;
use encoding_rs::{Encoding, GB18030};
use std::collections::HashMap;

/// What a group inherits and restores.
#[derive(Clone, Copy, Debug)]
struct State {
    into: Destination,
    script: Script,
    /// Characters that stand for a Unicode one, for readers without Unicode.
    fallback: u32,
    is_hidden: bool,
    is_deleted: bool,
    paragraph: Paragraph,
}

/// The properties of a paragraph.
#[derive(Clone, Copy, Debug, Default)]
struct Paragraph {
    style: i32,
    is_centred: bool,
    /// Level as a heading from 1, 0 for none; none where the style says.
    outline: Option<u8>,
    list: i32,
    level: usize,
    in_table: bool,
    depth: Option<usize>,
}

impl Paragraph {
    /// How deep in tables it stands.
    fn depth(self) -> usize {
        match (self.in_table, self.depth) {
            (_, Some(depth)) => depth,
            (true, None) => 1,
            (false, None) => 0,
        }
    }
}

/// A row's properties.
#[derive(Debug, Default)]
struct RowLook {
    left: i32,
    cells: Vec<Cell>,
    /// The cell whose right edge is not told yet.
    next: Cell,
}

/// What was being read where a note or a text box begins.
#[derive(Debug)]
struct Outer {
    /// How many groups are open within the one that it is.
    groups: usize,
    text: String,
    number: String,
    depth: usize,
    in_note: bool,
}

/// A font of the table that is being read.
#[derive(Debug, Default)]
struct Font {
    number: Option<i32>,
    /// How many groups are open where it is stated.
    groups: usize,
    charset: Option<i32>,
    page: Option<i32>,
}

pub(super) struct Reader<'b> {
    scan: Scan<'b>,
    flow: Flow,
    max_depth: usize,
    /// Groups with text that lay deeper.
    too_deep: usize,
    state: State,
    groups: Vec<State>,
    is_starred: bool,
    bytes: Bytes,
    is_utf_8: bool,
    /// The first half of a character above U+FFFF.
    half: Option<u16>,
    /// How many characters are to be passed over, since they only stand for a Unicode one.
    skips: u32,

    page: Option<&'static Encoding>,
    default_font: i32,
    fonts: HashMap<i32, Script>,
    font: Font,
    styles: HashMap<i32, Look>,
    stating: Stating,
    lists: Lists,
    /// What is gathered of a name, a level's text, a field's instruction.
    word: String,

    text: String,
    number: String,
    outers: Vec<Outer>,
    fields: Fields,
    /// How much text there was where each open field began.
    field_starts: Vec<usize>,
    /// How deep in tables the text box stands that is being read.
    depth: usize,
    in_note: bool,
    /// Paragraphs of text boxes that wait for the end of the paragraph that they are anchored in.
    after: Vec<(String, Look)>,
    rows: [RowLook; 2],
}

impl<'b> Reader<'b> {
    pub(super) fn new(bytes: &'b [u8], limits: &Limits) -> Self {
        let written = Written::new("application/rtf", limits);
        Self {
            scan: Scan::new(bytes),
            flow: Flow::new(written, 16),
            max_depth: limits.max_depth,
            too_deep: 0,
            state: State {
                into: Destination::Body,
                script: Script::Western(GB18030),
                fallback: 1,
                is_hidden: false,
                is_deleted: false,
                paragraph: Paragraph::default(),
            },
            groups: Vec::new(),
            is_starred: false,
            bytes: Bytes::new(),
            is_utf_8: !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok(),
            half: None,
            skips: 0,
            page: None,
            default_font: 0,
            fonts: HashMap::new(),
            font: Font::default(),
            styles: HashMap::new(),
            stating: Stating::default(),
            lists: Lists::default(),
            word: String::new(),
            text: String::new(),
            number: String::new(),
            outers: Vec::new(),
            fields: Fields::default(),
            field_starts: Vec::new(),
            depth: 0,
            in_note: false,
            after: Vec::new(),
            rows: [RowLook::default(), RowLook::default()],
        }
    }

    pub(super) fn read(mut self) -> ReadText {
        while let Some(token) = self.scan.next() {
            match token {
                Token::Open => self.open(),
                Token::Close => self.close(),
                Token::Word(name, value) => self.control(name, value),
                Token::Symbol(symbol) => self.symbol(symbol),
                Token::Byte(byte) => self.byte(byte),
                Token::Plain(plain) => self.plain(plain),
            }
            if self.flow.is_full() {
                break;
            }
        }
        // Groups that the file leaves open end with it.
        while !self.outers.is_empty() {
            self.end_outer();
        }
        self.end_text();
        let replaced = self.bytes.replaced;
        if replaced > 0 {
            let message = format!(
                "{replaced} of the file's byte sequences are no character of their font's charset and were replaced by U+FFFD"
            );
            self.flow
                .written_mut()
                .remark(Code::UndecodableBytes, message);
        }
        if self.too_deep > 0 {
            let message = format!(
                "{} groups that lie more than {} deep were left out",
                self.too_deep, self.max_depth
            );
            self.flow.written_mut().remark(Code::Truncated, message);
        }
        self.flow.finish()
    }

    fn end_text(&mut self) {
        self.flush();
        if !self.text.is_empty() {
            self.end_paragraph();
        }
    }

    // Groups.

    fn open(&mut self) {
        self.skips = 0;
        self.is_starred = false;
        if self.groups.len() >= self.max_depth {
            self.too_deep += usize::from(self.pass_group());
            return;
        }
        self.groups.push(self.state);
        if self.state.into == Destination::Styles {
            self.word.clear();
        }
    }

    fn close(&mut self) {
        self.skips = 0;
        self.is_starred = false;
        self.end_outers_here();
        if self.groups.len() == 1 {
            // The file ends here, and with it a paragraph that has no mark of its own.
            self.end_text();
        }
        let Some(before) = self.groups.pop() else {
            return;
        };
        let ended = std::mem::replace(&mut self.state, before);
        let before = self.state.into;
        match (before, ended.into) {
            // What stands in a group within a font's is not the font.
            (Destination::Fonts, Destination::Fonts) if self.groups.len() < self.font.groups => {
                self.end_font();
            }
            (Destination::Styles, Destination::Styles) => self.end_style(ended.paragraph),
            (before, ended) if before == ended => {}
            (_, Destination::Fonts) => {
                self.end_font();
                self.set_font(self.default_font);
            }
            (_, Destination::LevelText) => {
                self.flush_into_word();
                let text = std::mem::take(&mut self.word);
                self.stating.end_text(&text);
            }
            (before, Destination::Level) => self.stating.end_level(before == Destination::Change),
            (_, Destination::Change) => self.stating.end_change(),
            (_, Destination::List) => self.stating.end_list(&mut self.lists),
            (_, Destination::Reference) => self.stating.end_reference(&mut self.lists),
            (_, Destination::Number) => self.flush_as(ended.into),
            (_, Destination::Instruction) => {
                self.flush_into_word();
                self.fields.instruct(&self.word);
            }
            (_, Destination::Field) => self.end_field(),
            _ => {}
        }
    }

    /// Passes over the rest of the group that is open, its end included; whether it holds characters.
    fn pass_group(&mut self) -> bool {
        let mut open = 1_u32;
        let mut is_filled = false;
        while open > 0 {
            match self.scan.next() {
                Some(Token::Open) => open = open.saturating_add(1),
                Some(Token::Close) => open -= 1,
                Some(Token::Word(b"bin", value)) => self.pass_raw(value),
                Some(Token::Byte(_) | Token::Word(b"u", _)) => is_filled = true,
                Some(Token::Plain(plain)) => is_filled |= !plain.trim_ascii().is_empty(),
                Some(_) => {}
                None => break,
            }
        }
        is_filled
    }

    fn pass_raw(&mut self, length: Option<i32>) {
        self.scan
            .pass(length.and_then(|n| usize::try_from(n).ok()).unwrap_or(0));
    }

    /// The group's content goes elsewhere from here on.
    fn enter(&mut self, into: Destination) {
        if into == Destination::Nowhere {
            if !self.groups.is_empty() {
                self.pass_group();
                self.end_outers_here();
                if let Some(before) = self.groups.pop() {
                    self.state = before;
                }
            }
            return;
        }
        // A field within what another computes is part of that.
        let into = match (into, self.state.into) {
            (Destination::Field, Destination::Body) => into,
            (Destination::Result, Destination::Field) => Destination::Body,
            (Destination::Field | Destination::Result, other) => other,
            (into, _) => into,
        };
        if matches!(
            into,
            Destination::Field
                | Destination::Number
                | Destination::Instruction
                | Destination::LevelText
                | Destination::Note
                | Destination::Box
        ) {
            self.flush();
        }
        self.state.into = into;
        match into {
            Destination::Number => self.number.clear(),
            Destination::LevelText | Destination::Instruction => self.word.clear(),
            Destination::List | Destination::Reference => self.stating.begin(),
            Destination::Level => self.stating.begin_level(),
            Destination::Change => self.stating.begin_change(),
            Destination::Field => {
                self.fields.begin();
                self.field_starts.push(self.text.len());
            }
            Destination::Note => self.begin_outer(true),
            Destination::Box => self.begin_outer(false),
            _ => {}
        }
    }

    /// What the field shows: its result, or what its instruction draws where there is none.
    fn end_field(&mut self) {
        self.bytes.flush(&mut self.text);
        let start = self.field_starts.pop().unwrap_or(0);
        if self.text.len() != start {
            self.fields.separate();
        }
        if let Some(shown) = self.fields.end() {
            self.text.push_str(&shown);
        }
    }

    /// A note or a text box begins in the midst of a paragraph.
    fn begin_outer(&mut self, is_note: bool) {
        self.outers.push(Outer {
            groups: self.groups.len(),
            text: std::mem::take(&mut self.text),
            number: std::mem::take(&mut self.number),
            depth: self.depth,
            in_note: self.in_note,
        });
        self.depth += self.state.paragraph.depth();
        self.in_note |= is_note;
        self.state.into = Destination::Body;
        self.state.paragraph = Paragraph::default();
    }

    /// The notes and text boxes that end with the group that is open.
    fn end_outers_here(&mut self) {
        let groups = self.groups.len();
        while self.outers.last().is_some_and(|o| o.groups >= groups) {
            self.end_outer();
        }
    }

    fn end_outer(&mut self) {
        self.end_text();
        if let Some(outer) = self.outers.pop() {
            self.text = outer.text;
            self.number = outer.number;
            self.depth = outer.depth;
            self.in_note = outer.in_note;
        }
    }

    // Control words.

    fn control(&mut self, name: &[u8], value: Option<i32>) {
        let is_starred = std::mem::take(&mut self.is_starred);
        let Some(word) = word(name) else {
            self.skips = 0;
            if is_starred {
                self.enter(Destination::Nowhere);
            }
            return;
        };
        if self.skips > 0 {
            // One that is a character may be what stands for the one before.
            if matches!(word, Word::Char(_)) {
                self.skips -= 1;
                return;
            }
            self.skips = 0;
        }
        if self.state.into == Destination::Fonts
            && matches!(word, Word::Par | Word::Pard | Word::Section)
        {
            self.end_open_fonts(word == Word::Par);
        }
        match word {
            Word::Into(into) => self.enter(into),
            Word::Bin => self.pass_raw(value),
            Word::Unicode => self.unicode(value.unwrap_or(0)),
            Word::Fallback => self.state.fallback = value.map_or(1, |n| n.clamp(0, 64) as u32),
            Word::Char(c) => self.char(c),
            Word::Break => {
                if !self.text.chars().all(is_blank) || !self.bytes.is_empty() {
                    self.char('\n');
                }
            }
            Word::Font if self.state.into == Destination::Fonts => {
                self.end_font();
                self.font.number = value;
                self.font.groups = self.groups.len();
            }
            Word::Font => self.set_font(value.unwrap_or(0)),
            Word::Plain => {
                self.state.is_hidden = false;
                self.state.is_deleted = false;
                self.set_font(self.default_font);
            }
            Word::Hidden => self.state.is_hidden = value != Some(0),
            Word::Deleted => self.state.is_deleted = value != Some(0),
            Word::CodePage => {
                self.page = value.and_then(of_code_page);
                self.set_font(self.default_font);
            }
            Word::Machine(page) => self.page = of_code_page(page),
            Word::DefaultFont => self.default_font = value.unwrap_or(0),
            Word::Charset => self.font.charset = value,
            Word::FontCodePage => self.font.page = value,
            word => match self.state.into {
                Destination::Body
                | Destination::NestedRow
                | Destination::Number
                | Destination::Styles => self.in_text(word, value),
                into => self.stating.word(
                    word,
                    value,
                    into == Destination::Change
                        || self.groups.iter().any(|g| g.into == Destination::Change),
                ),
            },
        }
    }

    fn in_text(&mut self, word: Word, value: Option<i32>) {
        let number = value.unwrap_or(0);
        let is_nested = self.state.into == Destination::NestedRow;
        let depth = self.state.paragraph.depth().max(2);
        let paragraph = &mut self.state.paragraph;
        let row = &mut self.rows[usize::from(is_nested)];
        match word {
            Word::Par => self.par(),
            Word::Cell => self.end_cell(1),
            Word::NestCell => self.end_cell(depth),
            Word::Row => self.end_row(1),
            Word::NestRow => self.end_row(depth),
            Word::Pard => *paragraph = Paragraph::default(),
            Word::Style => paragraph.style = number,
            Word::Centred => paragraph.is_centred = true,
            Word::NotCentred => paragraph.is_centred = false,
            Word::Outline => {
                paragraph.outline = Some(match number {
                    0..=8 => number as u8 + 1,
                    _ => 0,
                });
            }
            Word::ListReference => paragraph.list = number,
            Word::ListLevel => paragraph.level = usize::try_from(number).unwrap_or(0),
            Word::InTable => paragraph.in_table = value != Some(0),
            Word::Depth => paragraph.depth = usize::try_from(number).ok().map(|n| n.min(16)),
            Word::RowDefaults => *row = RowLook::default(),
            Word::RowLeft => row.left = number,
            Word::DownFirst => row.next.down = Merge::First,
            Word::DownCovered => row.next.down = Merge::Covered,
            Word::AcrossFirst => row.next.across = Merge::First,
            Word::AcrossCovered => row.next.across = Merge::Covered,
            Word::CellRight => {
                let cell = std::mem::take(&mut row.next);
                row.cells.push(Cell {
                    right: number,
                    ..cell
                });
            }
            _ => {}
        }
    }
}
