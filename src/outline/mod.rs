//! How is the text built: paragraphs → parts → markers → tree. Never fails.

mod column;
mod contents;
mod decimal;
pub mod header;
pub mod heading;
pub mod inline;
pub mod kind;
mod lead;
pub mod leaf;
pub mod marker;
pub mod organ;
pub mod page;
pub mod paragraph;
pub mod part;
pub mod quote;
pub mod reflow;
pub mod role;
pub mod sequence;
pub mod shape;
pub mod tree;

use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::text::line;
use paragraph::Paragraph;
use part::{Listed, Part};
use reflow::Reflow;
use tree::Section;

/// The structure of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// The lines with their shapes; in order they are the text.
    pub paragraphs: Vec<Paragraph>,
    /// The notice itself, then what it encloses and the bodies of attachments.
    pub parts: Vec<Part>,
    /// The attachments that the notice lists.
    pub listed: Vec<Listed>,
    /// Sections of all parts in document order.
    pub sections: Vec<Section>,
    /// What is odd in the numbering.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the structure of any text, in linear time.
///
/// ```
/// let outline = gongwen::outline::read("关于开展演练的通知\n各科室：\n现通知如下：\n一、时间\n6月1日\n二、内容\n");
/// assert_eq!(outline.sections.len(), 2);
/// ```
#[must_use]
pub fn read(text: &str) -> Outline {
    of_lines(text, line::wholes(text).collect())
}

/// The same of a text with its paragraphs restored where they were lost, and the way back from it: what all other stages
/// read. Spans are of the restored text.
#[must_use]
pub fn read_restored(text: &str) -> (Option<Reflow>, Outline) {
    // a line has some sixty bytes
    let mut lines = Vec::with_capacity(text.len() / 64 + 1);
    lines.extend(line::wholes(text));
    match reflow::of_lines(text, &lines) {
        Some(reflow) => {
            let outline = read(&reflow.text);
            (Some(reflow), outline)
        }
        None => (None, of_lines(text, lines)),
    }
}

fn of_lines(text: &str, lines: Vec<Span>) -> Outline {
    let paragraphs = paragraph::of_lines(text, &lines);
    drop(lines);
    let split = part::parts(text, &paragraphs);
    let mut diagnostics = Vec::new();
    let sections = tree::sections(text, &paragraphs, &split, &mut diagnostics);
    Outline {
        paragraphs,
        parts: split.parts,
        listed: split.listed,
        sections,
        diagnostics,
    }
}
