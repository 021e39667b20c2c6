//! Paragraphs and rows written down one after the other, as every format but plain text gives them.

use super::Limits;
use super::LineKind;
use super::Mark;
use super::ReadText;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::text::fold::is_blank;

/// A text that grows by paragraphs and rows, with a mark for each of its lines.
///
/// Control characters are left out, line feeds within a paragraph begin a new line, and empty paragraphs in a row are
/// one empty line, none at the start or the end.
#[derive(Debug)]
pub(super) struct Written {
    read: ReadText,
    max_text: usize,
    is_full: bool,
    /// The mark of an empty line that waits for a line after it.
    gap: Option<Mark>,
}

impl Written {
    pub(super) fn new(media_type: &'static str, limits: &Limits) -> Self {
        Self {
            read: ReadText {
                media_type: media_type.into(),
                ..ReadText::default()
            },
            max_text: limits.max_text,
            is_full: false,
            gap: None,
        }
    }

    /// Whether the text is as long as it may be; further lines are left out.
    pub(super) fn is_full(&self) -> bool {
        self.is_full
    }

    /// A paragraph; a tab in it is shown as a blank, since tabs part the cells of rows.
    pub(super) fn paragraph(&mut self, text: &str, mark: Mark) {
        for line in text.split(['\n', '\u{b}', '\u{2028}', '\u{2029}']) {
            let line: String = line.chars().filter_map(shown).collect();
            let line = line.trim_end_matches(is_blank);
            if line.chars().all(is_blank) {
                self.gap = Some(mark);
            } else {
                self.line(line, mark);
            }
        }
    }

    /// A row of a table; a cell's own paragraphs are parted by a blank. A row of empty cells is left out.
    pub(super) fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>, mark: Mark) {
        let mut row = String::new();
        let mut is_empty = true;
        for (i, cell) in cells.into_iter().enumerate() {
            if i > 0 {
                row.push('\t');
            }
            let parts = cell
                .split(['\n', '\u{b}', '\u{2028}', '\u{2029}'])
                .map(|part| part.chars().filter_map(shown).collect::<String>());
            for part in parts {
                let part = part.trim_matches(is_blank);
                if !part.is_empty() && !row.is_empty() && !row.ends_with('\t') {
                    row.push(' ');
                }
                row.push_str(part);
                is_empty &= part.is_empty();
            }
        }
        if !is_empty {
            let kind = LineKind::Row;
            self.line(&row, Mark { kind, ..mark });
        }
    }

    /// An oddity of the file as a whole.
    pub(super) fn remark(&mut self, code: Code, message: impl Into<String>) {
        let diagnostic = Diagnostic::new(code, Span::default(), message);
        self.read.diagnostics.push(diagnostic);
    }

    /// What is known beside the lines: charset, stated fields, links.
    pub(super) fn read_mut(&mut self) -> &mut ReadText {
        &mut self.read
    }

    pub(super) fn finish(mut self) -> ReadText {
        if self.read.text.is_empty() {
            self.remark(Code::Empty, "the file holds no character but blanks");
        }
        self.read
    }

    fn line(&mut self, line: &str, mark: Mark) {
        let gap = self.gap.take().filter(|_| !self.read.text.is_empty());
        let length = line.len() + 1 + usize::from(gap.is_some());
        if self.is_full || self.read.text.len() + length > self.max_text {
            if !self.is_full {
                let end = self.read.text.len();
                let message = format!("the text was cut at {} bytes", self.max_text);
                let diagnostic = Diagnostic::new(Code::Truncated, Span::new(end, end), message);
                self.read.diagnostics.push(diagnostic);
            }
            self.is_full = true;
            return;
        }
        if let Some(gap) = gap {
            self.read.text.push('\n');
            self.read.marks.push(gap);
        }
        self.read.text.push_str(line);
        self.read.text.push('\n');
        self.read.marks.push(mark);
    }
}

/// The character as it is shown in a line; none for one that is not shown.
fn shown(c: char) -> Option<char> {
    match c {
        '\t' => Some(' '),
        '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written() -> Written {
        Written::new("text/html", &Limits::default())
    }

    #[test]
    fn paragraphs_and_rows_are_lines_with_marks() {
        let mut w = written();
        w.paragraph("", Mark::default());
        w.paragraph("\u{3000}一、活动\t安排 \u{7}", Mark::default());
        w.paragraph(" ", Mark::default());
        w.paragraph("", Mark::default());
        w.row(["1", "甲\n乙", ""], Mark::default());
        w.row(["", " "], Mark::default());
        w.paragraph("二、\n三、", Mark::default());
        w.paragraph("", Mark::default());
        let read = w.finish();
        assert_eq!(
            read.text,
            "\u{3000}一、活动 安排\n\n1\t甲 乙\t\n二、\n三、\n"
        );
        let rows: Vec<bool> = read.marks.iter().map(|m| m.kind == LineKind::Row).collect();
        assert_eq!(rows, [false, false, true, false, false]);
        assert!(read.diagnostics.is_empty());
    }

    #[test]
    fn a_text_past_the_limit_is_cut_and_says_so() {
        let limits = Limits {
            max_text: 10,
            ..Limits::default()
        };
        let mut w = Written::new("text/html", &limits);
        for _ in 0..4 {
            w.paragraph("通知", Mark::default());
        }
        assert!(w.is_full());
        let read = w.finish();
        assert_eq!(read.text, "通知\n");
        assert_eq!(read.diagnostics.len(), 1);
        assert_eq!(read.diagnostics[0].code, Code::Truncated);
    }

    #[test]
    fn nothing_written_is_an_empty_file() {
        let mut w = written();
        w.paragraph("\u{3000}\n", Mark::default());
        let read = w.finish();
        assert_eq!(read.text, "");
        assert_eq!(read.diagnostics[0].code, Code::Empty);
    }

    proptest! {
        #[test]
        fn each_line_has_a_mark(parts in prop::collection::vec((any::<bool>(), "[ 甲\t\n\u{3000}\u{0}]{0,8}"), 0..9)) {
            let mut w = written();
            for (is_row, text) in &parts {
                match is_row {
                    true => w.row(text.split('甲'), Mark::default()),
                    false => w.paragraph(text, Mark::default()),
                }
            }
            let read = w.finish();
            prop_assert_eq!(read.text.matches('\n').count(), read.marks.len());
            prop_assert!(read.text.is_empty() || read.text.ends_with('\n'));
            prop_assert!(!read.text.contains("\n\n\n"));
        }
    }
}
