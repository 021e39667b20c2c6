//! Web pages: the notice's own lines, what the page states about it, and the files it links to.
//!
//! Also what Word saved as a page. The page is read in one pass into a tree ([`tree`]) whose cost is linear in
//! the page's length, whatever its tags; the block that is the notice is found ([`block`]) and written down
//! line by line ([`flow`], [`table`]) without what stands around it ([`furniture`]).

mod block;
mod flow;
mod furniture;
mod links;
mod refs;
mod stated;
mod style;
mod table;
mod tag;
mod title;
mod token;
mod tree;

use super::Limits;
use super::LineKind;
use super::Mark;
use super::Place;
use super::ReadText;
use super::Reason;
use super::Refusal;
use super::charset;
use super::written::Written;
use crate::diagnostic::Code;
use flow::Lines;
use tree::Tree;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<ReadText, Refusal> {
    let decoded = charset::decode_labelled(bytes, token::charset_label(bytes));
    if u32::try_from(decoded.text.len()).is_err() {
        let message = "a page of more than 4 GB; cut it into parts";
        return Err(Refusal::new(Reason::TooLarge, message));
    }
    let mut written = Written::new("text/html", limits);
    if decoded.replaced > 0 {
        let message = format!(
            "{} of the file's byte sequences are no character of {} and were replaced by U+FFFD",
            decoded.replaced, decoded.charset
        );
        written.remark(Code::UndecodableBytes, message);
    }
    let tree = Tree::new(&decoded.text, limits.max_depth);
    let block = block::find(&tree);
    let mut stated = stated::find(&tree, &block);
    let lines = flow::lines(&tree, &block.roots, |id| {
        block.is_left_out(id) || stated.holders.contains(&id)
    });
    if lines.left_out > 0 {
        let message = format!(
            "{} cells past column {} of their table were left out",
            lines.left_out,
            table::MOST_COLUMNS
        );
        written.remark(Code::Truncated, message);
    }
    let (own, left_out) = furniture::own(&lines);
    for at in &left_out {
        stated.put_line(lines.text(*at));
    }
    if let Some(title) = title::lacking(&tree, &block, &stated.stated, &lines, own.clone()) {
        let mark = Mark {
            is_centred: true,
            heading: Some(1),
            ..Mark::default()
        };
        written.paragraph(&title, mark);
    }
    write(&mut written, &lines, own, &left_out);
    let read = written.read_mut();
    read.charset = Some(decoded.charset.into());
    read.links = links::within(&tree, &block.with_surroundings(&tree));
    read.stated = stated.stated;
    Ok(written.finish())
}

fn write(written: &mut Written, lines: &Lines, own: std::ops::Range<usize>, left_out: &[usize]) {
    // Notes stand after all else.
    for is_note in [false, true] {
        for at in own.clone().filter(|at| left_out.binary_search(at).is_err()) {
            let line = lines.line(at);
            if (line.kind == LineKind::Note) != is_note || written.is_full() {
                continue;
            }
            let mark = Mark {
                kind: line.kind,
                is_centred: line.is_centred,
                heading: line.heading,
                place: Place::Element(line.element),
            };
            match line.kind {
                LineKind::Row => written.row(lines.text(at).split('\t'), mark),
                _ => written.paragraph(lines.text(at), mark),
            }
        }
    }
}
