//! Files of other formats that stand in the text where `w:altChunk` (ISO/IEC 29500-1, 17.17.2) says.

use super::super::LineKind;
use super::super::detect::Format;
use super::super::detect::detect;
use super::super::read_as;
use super::Limits;
use super::Packed;
use super::ReadText;
use super::Reason;
use super::Refusal;
use super::Written;
use super::body::Line;
use super::read_at;
use super::relations_of;
use super::resolved;
use crate::diagnostic::Code;
use std::collections::HashMap;

/// The lines of each such file by the id of its relation, until the text asks for them.
#[derive(Debug, Default)]
pub(super) struct Chunks {
    lines: HashMap<String, Vec<Line>>,
    /// Those that cannot be read, and their names.
    unread: HashMap<String, String>,
    /// What the readers of those files remarked.
    remarks: Vec<(Code, String)>,
    /// How many were asked for and not given, and the name of the first that has one.
    left_out: usize,
    first_left_out: Option<String>,
}

impl Chunks {
    /// Reads the files that the main part refers to. Together they give no more text than one file may.
    pub(super) fn of(packed: &mut Packed<'_>, main: &str, limits: &Limits) -> Self {
        let mut chunks = Self::default();
        let (folder, mut relations) = relations_of(packed, main, limits);
        relations.retain(|relation| relation.kind == "aFChunk");
        let mut limits = Limits {
            max_expanded: limits.max_expanded / relations.len().max(1) as u64,
            ..*limits
        };
        for relation in relations {
            let name = resolved(folder, &relation.target);
            let read = match packed.member(&name) {
                Ok(Some(bytes)) => read_chunk(&bytes, &name, &limits).ok(),
                _ => None,
            };
            let Some(read) = read else {
                chunks.unread.insert(relation.id, name);
                continue;
            };
            limits.max_text = limits.max_text.saturating_sub(read.text.len());
            let remarks = read.diagnostics.iter().filter(|d| d.code != Code::Empty);
            for diagnostic in remarks {
                if chunks
                    .remarks
                    .iter()
                    .all(|(code, _)| *code != diagnostic.code)
                {
                    let message = format!("{name}: {}", diagnostic.message);
                    chunks.remarks.push((diagnostic.code, message));
                }
            }
            chunks.lines.insert(relation.id, lines(&read));
        }
        chunks
    }

    /// The lines of the file of this id, which are given once.
    pub(super) fn take(&mut self, id: &str) -> Vec<Line> {
        self.lines.remove(id).unwrap_or_else(|| {
            self.left_out += 1;
            if self.first_left_out.is_none() {
                self.first_left_out = self.unread.get(id).cloned();
            }
            Vec::new()
        })
    }

    /// Says what of the files was left out.
    pub(super) fn remark(&mut self, written: &mut Written) {
        for (code, message) in self.remarks.drain(..) {
            written.remark(code, message);
        }
        if self.left_out > 0 {
            let named = match &self.first_left_out {
                Some(name) => format!(", {name} among them"),
                None => String::new(),
            };
            let message = format!(
                "{} files that stand in the text were left out{named}; open and save it anew",
                self.left_out
            );
            written.remark(Code::Truncated, message);
        }
    }
}

fn read_chunk(bytes: &[u8], name: &str, limits: &Limits) -> Result<ReadText, Refusal> {
    match detect(bytes, name) {
        Format::Docx => read_at(bytes, limits, false),
        format @ (Format::Html | Format::Rtf | Format::Doc | Format::Text) => {
            read_as(bytes, format, limits)
        }
        _ => Err(Refusal::new(
            Reason::UnsupportedFormat,
            "a file within the text that is no text",
        )),
    }
}

fn lines(read: &ReadText) -> Vec<Line> {
    let marks = read.marks.iter().copied();
    let marks = marks.chain(std::iter::repeat(super::super::Mark::default()));
    let lines = read.text.lines().zip(marks);
    let line = |(text, mark): (&str, super::super::Mark)| match mark.kind {
        LineKind::Row => Line::Row(text.split('\t').map(str::to_owned).collect()),
        _ => Line::Paragraph(text.to_owned(), mark),
    };
    lines.map(line).collect()
}
