//! To whom a report is to be handed in, without any label: 报区应急局办公室李雷处（0571-5550188）.

use super::ContactBlock;
use super::name;
use super::phone;
use crate::span::Span;
use crate::text::fold::is_han;
use memchr::memmem;

/// The blocks of the form `报ORG NAME处（PHONE）`, in order.
pub(super) fn blocks(text: &str) -> Vec<ContactBlock> {
    memmem::find_iter(text.as_bytes(), "处".as_bytes())
        .filter_map(|at| block(text, at))
        .collect()
}

fn block(text: &str, at: usize) -> Option<ContactBlock> {
    let rest = text.get(at + '处'.len_utf8()..)?;
    let open = rest.chars().next().filter(|c| matches!(c, '（' | '('))?;
    let from = at + '处'.len_utf8() + open.len_utf8();
    let read = phone::full(text, from)?;
    text.get(read.end..)?
        .starts_with(['）', ')'])
        .then_some(())?;
    let mut start = at;
    for (i, c) in text[..at].char_indices().rev().take(30) {
        if !is_han(c) {
            break;
        }
        start = i;
    }
    let words = &text[start..at];
    let verb = [
        "报送至",
        "报至",
        "送至",
        "交至",
        "报送",
        "上报",
        "报",
        "交",
        "送",
    ]
    .iter()
    .filter_map(|verb| words.rfind(verb).map(|i| i + verb.len()))
    .max()?;
    let (organization, person) = name::office_and_name(&words[verb..])?;
    let written = super::number::as_written(text.get(from..read.end)?);
    Some(ContactBlock {
        span: Span::new(start + verb, read.end),
        names: vec![person],
        organization,
        phones: vec![written],
        ..ContactBlock::default()
    })
}
