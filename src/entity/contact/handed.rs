//! To whom a report is to be handed in, without any label: 报区应急局办公室李雷处（0571-5550188）, 交至李雷：139…,
//! （综合科 李雷收）.

use super::ContactBlock;
use super::bracket;
use super::label::ends_as_office;
use super::name;
use super::phone;
use crate::span::Span;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;
use crate::text::fold::joined;
use memchr::memmem;

/// The blocks of the forms `报ORG NAME处（PHONE）`, `交至NAME：PHONE` and `（ORG NAME收）`, in order.
pub(super) fn blocks(text: &str) -> Vec<ContactBlock> {
    let bytes = text.as_bytes();
    let find = |word: &'static str| memmem::find_iter(bytes, word.as_bytes());
    let mut out: Vec<ContactBlock> = find("处（")
        .chain(find("处("))
        .filter_map(|at| block(text, at))
        .chain(
            find("至")
                .chain(find("给"))
                .filter_map(|at| given(text, at)),
        )
        .chain(
            find("联系")
                .chain(find("致电"))
                .filter_map(|at| called(text, at)),
        )
        .collect();
    let mut numbered: Vec<ContactBlock> = Vec::new();
    for at in find("）").chain(find(")")) {
        match bracket::block(text, at, numbered.last()) {
            Some(found) => numbered.push(found),
            None => out.extend(received(text, at)),
        }
    }
    out.extend(numbered);
    out.sort_by_key(|b| b.span);
    out
}

/// What may stand between the one to whom something is given and the number.
const GIVEN_SIGNS: &[&str] = &["：", ":", "（", "(", "，电话：", "，手机：", "，联系电话："];

/// 交至李雷：13955501021.
fn given(text: &str, at: usize) -> Option<ContactBlock> {
    let from = at + '至'.len_utf8();
    let rest = text.get(from..)?;
    // 童　钟
    let written: String = rest
        .chars()
        .take(5)
        .take_while(|c| is_han(*c) || is_blank(*c))
        .collect();
    let word = joined(&written);
    let after = &rest[written.len()..];
    let sign = GIVEN_SIGNS.iter().find(|sign| after.starts_with(**sign))?;
    let number = from + written.len() + sign.len();
    if !text.as_bytes().get(number)?.is_ascii_digit() || !name::is_plain_name(&word) {
        return None;
    }
    let read = phone::full(text, number).or_else(|| phone::local(text, number))?;
    let written = super::number::as_written(text.get(number..read.end)?);
    Some(ContactBlock {
        span: Span::new(from, read.end),
        names: vec![word],
        phones: vec![written],
        ..ContactBlock::default()
    })
}

/// 请联系0571-55501021: whom to call, without a name.
fn called(text: &str, at: usize) -> Option<ContactBlock> {
    let from = at + "联系".len();
    if !text.as_bytes().get(from)?.is_ascii_digit() {
        return None;
    }
    let read = phone::full(text, from)?;
    let written = super::number::as_written(text.get(from..read.end)?);
    Some(ContactBlock {
        span: Span::new(from, read.end),
        phones: vec![written],
        ..ContactBlock::default()
    })
}

/// （综合科 李雷收）: who takes what is sent.
fn received(text: &str, at: usize) -> Option<ContactBlock> {
    let head = text.get(..at)?.strip_suffix('收')?;
    let (open, bracket) = head
        .char_indices()
        .rev()
        .take(24)
        .take_while(|(_, c)| *c != '\n' && !matches!(c, '）' | ')'))
        .find(|(_, c)| matches!(c, '（' | '('))?;
    let from = open + bracket.len_utf8();
    let inner = head[from..].trim_end_matches(is_blank);
    let words = inner.strip_suffix('亲').unwrap_or(inner);
    let mut parts = words.split(is_blank).filter(|w| !w.is_empty());
    let (organization, person) = match (parts.next()?, parts.next(), parts.next()) {
        (office, Some(person), None) => {
            // behind an office the name may begin with a rare surname
            let whole = (2..=3).contains(&person.chars().count()) && person.chars().all(is_han);
            let office = ends_as_office(office).then(|| office.to_owned())?;
            whole.then(|| (Some(office), person.to_owned()))?
        }
        (word, None, None) => name::office_and_name(word)?,
        _ => return None,
    };
    Some(ContactBlock {
        span: Span::new(from, from + words.len()),
        names: vec![person],
        organization,
        ..ContactBlock::default()
    })
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
