//! The lines that a reader sees in a part of the page: blanks collapsed, blocks and breaks parted, lists numbered.

use super::links;
use super::refs;
use super::style::style;
use super::table;
use super::tag::Tag;
use super::tree::{Id, Step, Tree};
use crate::source::LineKind;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;

/// Lines one after the other, in one string.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
    lines: Vec<Line>,
    /// Cells of tables that were left out, past the last column.
    pub(super) left_out: usize,
}

/// What is known of a line beside its characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    end: u32,
    pub(super) kind: LineKind,
    pub(super) is_centred: bool,
    pub(super) heading: Option<u8>,
    /// Whether nearly all of it leads to other pages.
    pub(super) is_linked: bool,
    /// The block it stands in, from 1.
    pub(super) element: u32,
}

impl Lines {
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// The line's characters: empty for a gap, cells parted by tabs for a row, whose own lines are parted by LF.
    pub(super) fn text(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.lines[before].end);
        &self.text[start as usize..self.lines[at].end as usize]
    }

    pub(super) fn line(&self, at: usize) -> Line {
        self.lines[at]
    }

    fn push(&mut self, text: &str, mut line: Line) {
        self.text.push_str(text);
        line.end = self.text.len() as u32;
        self.lines.push(line);
    }
}

/// The lines of the parts below these elements; `is_left_out` names elements to pass over.
pub(super) fn lines(tree: &Tree, roots: &[Id], is_left_out: impl Fn(Id) -> bool) -> Lines {
    let mut flow = Flow::new(tree);
    for root in roots {
        flow.run(*root, true, &is_left_out);
    }
    flow.out
}

/// The text of a cell or of any small part, its lines parted by LF.
pub(super) fn text(tree: &Tree, root: Id) -> String {
    let mut flow = Flow::new(tree);
    flow.run(root, false, &|_| false);
    let lines = (0..flow.out.len()).map(|at| flow.out.text(at));
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// Blanks that were read and not yet written: they are nothing at the ends of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Blank,
    /// Holds a line break, which between Han characters is no blank at all.
    Broken,
}

struct Frame {
    is_centred: bool,
    heading: Option<u8>,
    is_preformatted: bool,
    is_note: bool,
    is_linked: bool,
    is_marker: bool,
    list: Option<List>,
    /// How many lines there were before it.
    lines: usize,
}

#[derive(Clone, Copy)]
struct List {
    /// The number of the next item; none where no number is shown.
    next: Option<i32>,
    is_chinese: bool,
    /// As the `type` attribute has it: `1`, `a`, `A`, `i`, `I`.
    kind: u8,
}

struct Flow<'a, 't> {
    tree: &'a Tree<'t>,
    out: Lines,
    line: String,
    gap: Gap,
    /// The number of a list's item, until its first line.
    marker: Option<String>,
    frames: Vec<Frame>,
    /// Characters of the line, and those of them that lead to other pages.
    chars: usize,
    linked: usize,
    element: u32,
}

impl<'a, 't> Flow<'a, 't> {
    fn new(tree: &'a Tree<'t>) -> Self {
        Self {
            tree,
            out: Lines::default(),
            line: String::new(),
            gap: Gap::None,
            marker: None,
            frames: Vec::new(),
            chars: 0,
            linked: 0,
            element: 0,
        }
    }

    fn run(&mut self, root: Id, has_tables: bool, is_left_out: &dyn Fn(Id) -> bool) {
        let tree = self.tree;
        let mut walk = tree.walk(root);
        while let Some(step) = walk.next() {
            let id = match step {
                Step::Enter(id) => id,
                Step::Leave(id) => {
                    self.leave(id);
                    continue;
                }
            };
            match tree.tag(id) {
                Tag::Text => self.characters(id),
                Tag::Break => {
                    self.gap = Gap::None;
                    self.line.push('\n');
                    if id == root {
                        self.flush();
                    }
                }
                Tag::Unseen | Tag::Deleted | Tag::Title | Tag::Meta => walk.pass_over(id),
                _ if id != root && is_left_out(id) => {
                    self.flush();
                    walk.pass_over(id);
                }
                Tag::Rule => {
                    self.flush();
                    walk.pass_over(id);
                }
                tag => {
                    let style = style(tree, id);
                    if style.is_hidden && id != root {
                        walk.pass_over(id);
                        continue;
                    }
                    if !tag.is_inline() {
                        self.flush();
                    }
                    if tag == Tag::Table
                        && has_tables
                        && let Some(table) = table::read(tree, id)
                    {
                        self.table(&table);
                        walk.pass_over(id);
                        continue;
                    }
                    self.enter(id, tag, style);
                }
            }
        }
        self.flush();
        self.frames.clear();
    }

    fn enter(&mut self, id: Id, tag: Tag, style: super::style::Style) {
        let around = self.frames.last();
        // Text is not centred through a table by what stands around it.
        let inherited = around.is_some_and(|f| f.is_centred) && tag != Tag::Table;
        let frame = Frame {
            is_centred: match tag.is_inline() {
                true => inherited,
                false => style.is_centred.unwrap_or(inherited),
            },
            heading: match tag {
                Tag::Heading(level) => Some(level),
                _ => around.and_then(|f| f.heading),
            },
            is_preformatted: tag == Tag::Preformatted || around.is_some_and(|f| f.is_preformatted),
            is_note: style.is_note || around.is_some_and(|f| f.is_note),
            is_linked: match tag {
                Tag::Link => links::leads_away(self.tree, id),
                _ => around.is_some_and(|f| f.is_linked),
            },
            is_marker: style.is_marker,
            list: match tag {
                Tag::Ordered => Some(self.list(id, style)),
                Tag::Unordered => Some(List {
                    next: None,
                    is_chinese: false,
                    kind: b'1',
                }),
                _ => None,
            },
            lines: self.out.len(),
        };
        self.frames.push(frame);
        if tag == Tag::Item {
            self.number(id);
        }
    }

    fn leave(&mut self, id: Id) {
        let tag = self.tree.tag(id);
        if tag == Tag::Break {
            return;
        }
        if !tag.is_inline() {
            self.flush();
        }
        let frame = self.frames.pop();
        if frame.as_ref().is_some_and(|f| f.is_marker) {
            // The gap up to the text is a tab's width: no blank after 一、, one after 1.
            self.line
                .truncate(self.line.trim_end_matches(is_blank).len());
            self.gap = match self.line.chars().next_back() {
                Some(c) if !is_wide(c) => Gap::Blank,
                _ => Gap::None,
            };
        }
        if tag == Tag::Item {
            self.marker = None;
        }
        let is_empty = frame.is_some_and(|f| f.lines == self.out.len());
        if is_empty && matches!(tag, Tag::Paragraph | Tag::Div | Tag::Heading(_)) && id != 0 {
            self.push("", LineKind::Paragraph);
        }
    }

    fn list(&self, id: Id, style: super::style::Style) -> List {
        let tree = self.tree;
        let items = || {
            tree.children(id)
                .filter(|item| tree.tag(*item) == Tag::Item)
        };
        let start = tree
            .attribute(id, "start")
            .and_then(|s| s.trim().parse().ok());
        let kind = tree.attribute(id, "type").and_then(|t| t.bytes().next());
        // Where items are numbered by hand the style sheet hides the list's own numbers.
        let is_bare = style.is_bare || items().any(|item| is_numbered(tree, item));
        List {
            next: (!is_bare).then(|| start.unwrap_or(1)),
            is_chinese: style.is_chinese,
            kind: kind.unwrap_or(b'1'),
        }
    }

    fn number(&mut self, item: Id) {
        let value = self.tree.attribute(item, "value");
        let is_bare = style(self.tree, item).is_bare;
        let list = self.frames.iter_mut().rev().find_map(|f| f.list.as_mut());
        let Some(list) = list else { return };
        let Some(next) = list.next.as_mut() else {
            return;
        };
        let value = value.and_then(|v| v.trim().parse().ok()).unwrap_or(*next);
        *next = value.saturating_add(1);
        self.marker = (!is_bare).then(|| marker(value, list.kind, list.is_chinese));
    }

    fn characters(&mut self, id: Id) {
        let is_preformatted = self.frames.last().is_some_and(|f| f.is_preformatted);
        let is_linked = self.frames.last().is_some_and(|f| f.is_linked);
        let before = self.chars;
        refs::resolve(self.tree.raw(id), false, |piece| match is_preformatted {
            true => {
                self.chars += piece.len();
                self.line.extend(piece.chars().filter(|c| *c != '\r'));
            }
            false => self.collapse(piece),
        });
        if is_linked {
            self.linked += self.chars - before;
        }
    }

    /// Appends characters as white space is shown: a run of it is one blank, or none.
    fn collapse(&mut self, piece: &str) {
        for c in piece.chars() {
            match c {
                ' ' | '\t' => {
                    self.gap = match self.gap {
                        Gap::None => Gap::Blank,
                        gap => gap,
                    }
                }
                '\n' | '\r' | '\u{c}' => self.gap = Gap::Broken,
                c => {
                    let before = self.line.chars().next_back();
                    let is_blank = match (self.gap, before) {
                        (Gap::None, _) | (_, None | Some('\n')) => false,
                        (Gap::Blank, _) => true,
                        (Gap::Broken, Some(b)) => !(is_wide(b) && is_wide(c)),
                    };
                    if is_blank {
                        self.line.push(' ');
                    }
                    self.gap = Gap::None;
                    self.line.push(match c {
                        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => ' ',
                        c => c,
                    });
                    self.chars += c.len_utf8();
                }
            }
        }
    }

    /// Ends the paragraph.
    fn flush(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        if !line.is_empty() {
            self.element += 1;
            let is_preformatted = self.frames.last().is_some_and(|f| f.is_preformatted);
            let keeps_indents = is_preformatted || is_wrapped_by_hand(&line);
            let kind = match self.frames.last().is_some_and(|f| f.is_note) {
                true => LineKind::Note,
                false => LineKind::Paragraph,
            };
            // The first line break of such text only parts it from its tag.
            let whole = match is_preformatted {
                true => line.strip_prefix('\n').unwrap_or(&line),
                false => &line,
            };
            for part in whole.split('\n') {
                let part = match keeps_indents {
                    true => part.trim_end_matches(is_blank),
                    false => part.trim_matches(is_blank),
                };
                let marker = match part.is_empty() {
                    true => None,
                    false => self.marker.take(),
                };
                match marker {
                    Some(marker) => self.push(&(marker + part.trim_start_matches(is_blank)), kind),
                    None => self.push(part, kind),
                }
            }
            line.clear();
        }
        self.line = line;
        self.gap = Gap::None;
        (self.chars, self.linked) = (0, 0);
    }

    fn table(&mut self, table: &table::Table) {
        self.out.left_out += table.left_out;
        for line in &table.before {
            self.element += 1;
            for part in line.split('\n') {
                self.push(part, LineKind::Paragraph);
            }
        }
        for row in &table.rows {
            self.element += 1;
            self.push(row, LineKind::Row);
        }
    }

    fn push(&mut self, text: &str, kind: LineKind) {
        let frame = self.frames.last();
        let is_row = kind == LineKind::Row;
        let line = Line {
            end: 0,
            kind,
            is_centred: !is_row && frame.is_some_and(|f| f.is_centred),
            heading: frame.and_then(|f| f.heading).filter(|_| !is_row),
            is_linked: self.chars > 0 && self.linked * 10 >= self.chars * 9,
            element: self.element,
        };
        self.out.push(text, line);
    }
}

/// Whether the character is as wide as a Han character: no blank stands beside it where a line is broken.
fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff60}' | '“' | '”' | '‘' | '’' | '…' | '—' | '·'
            | '\u{2460}'..='\u{249b}')
}

/// Whether breaks were set by hand within paragraphs, at a width: then indents alone tell where one begins.
fn is_wrapped_by_hand(text: &str) -> bool {
    let lines = || text.split('\n').filter(|line| !line.chars().all(is_blank));
    let indented = lines().filter(|line| line.starts_with(is_blank)).count();
    let all = lines().count();
    all >= 6 && indented > 0 && indented * 5 < all * 3
}

/// Whether the item's own characters begin with a number.
fn is_numbered(tree: &Tree, item: Id) -> bool {
    let mut head = String::new();
    for step in tree.walk(item).take(100) {
        if let Step::Enter(id) = step {
            refs::resolve(tree.raw(id), false, |piece| head.push_str(piece));
        }
        if head.trim_start_matches(is_blank).len() > 12 {
            break;
        }
    }
    let mut chars = head.trim_start_matches(is_blank).chars();
    let is_digit = |c: char| c.is_ascii_digit() || "〇一二三四五六七八九十百".contains(c);
    match chars.next() {
        Some('①'..='⑳' | '⑴'..='⒇' | '⒈'..='⒛') => true,
        Some('（' | '(' | '第') => chars.next().is_some_and(is_digit),
        Some(c) if is_digit(c) => {
            let after = chars.find(|c| !is_digit(*c));
            after.is_some_and(|c| "、.．)）是".contains(c))
        }
        _ => false,
    }
}

fn marker(value: i32, kind: u8, is_chinese: bool) -> String {
    let letter = |first: u8| match value {
        1..=26 => char::from(first + (value - 1) as u8).to_string(),
        _ => value.to_string(),
    };
    if is_chinese && let Some(number) = chinese(value) {
        return format!("{number}、");
    }
    let number = match kind {
        b'a' => letter(b'a'),
        b'A' => letter(b'A'),
        b'i' => roman(value).to_lowercase(),
        b'I' => roman(value),
        _ => value.to_string(),
    };
    format!("{number}. ")
}

fn chinese(value: i32) -> Option<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let value = usize::try_from(value)
        .ok()
        .filter(|v| (1..100).contains(v))?;
    let tens = match value / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => format!("{}十", DIGITS[tens]),
    };
    Some(tens + DIGITS[value % 10])
}

fn roman(value: i32) -> String {
    const PARTS: [(i32, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..400).contains(&value) {
        return value.to_string();
    }
    let mut rest = value;
    let mut out = String::new();
    for (worth, sign) in PARTS {
        while rest >= worth {
            out.push_str(sign);
            rest -= worth;
        }
    }
    out
}
