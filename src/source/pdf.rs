//! PDF: glyphs and rulings are taken from the content of each page; [`super::page`] makes the text of them.
//!
//! unpdf reads the file, its fonts and its maps of characters; where things stand on the page is ours.

mod cmaps;
mod content;
mod paint;
mod path;
mod text;

use super::Limits;
use super::ReadText;
use super::Reason;
use super::Refusal;
use super::page::Losses;
use super::page::Page;
use super::page::Pages;
use super::written::Written;
use memchr::memmem;
use paint::Painter;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use unpdf::Error;
use unpdf::parser::backend::PageBox;
use unpdf::parser::backend::PdfBackend;
use unpdf::parser::backend::RawBackend;

/// Arrays and dictionaries within one another.
const MAX_DEPTH: usize = 256;
/// Objects of one file; the parser reads them all before the first page.
const MAX_OBJECTS: usize = 400_000;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<ReadText, Refusal> {
    // what others wrote may panic on what nobody foresaw
    let caught = catch_unwind(AssertUnwindSafe(|| pages(bytes, limits)));
    let (pages, losses) = match caught {
        Ok(read) => read?,
        Err(_) => return Err(damaged("its parts contradict each other")),
    };
    let mut written = Written::new("application/pdf", limits);
    let pictured = pages.pictured;
    let (count, glyphs) = (pages.len(), pages.glyphs);
    if glyphs < 8 * count && pictured * 2 > count || glyphs == 0 && pictured > 0 {
        return Err(no_text(if losses.unmapped > 0 {
            "its fonts do not say which characters its glyphs are"
        } else {
            "its pages are pictures without text"
        }));
    }
    if glyphs == 0 && losses.unread > 0 {
        return Err(damaged("its pages are cut or broken"));
    }
    if losses.unmapped > 2 * glyphs {
        return Err(no_text(
            "its fonts do not say which characters its glyphs are",
        ));
    }
    pages.write(&mut written);
    losses.remark(limits, &mut written);
    Ok(written.finish())
}

fn pages(bytes: &[u8], limits: &Limits) -> Result<(Pages, Losses), Refusal> {
    // mails and servers put lines of their own before the header
    let head = bytes.get(..1024).unwrap_or(bytes);
    let start = memmem::find(head, b"%PDF-").ok_or_else(|| damaged("it has no header"))?;
    let bytes = &bytes[start..];
    if is_nested_deep(bytes) {
        return Err(damaged("its objects are nested too deep"));
    }
    let objects = objects(bytes);
    if objects > MAX_OBJECTS {
        return Err(Refusal::new(
            Reason::TooLarge,
            format!("it holds about {objects} objects, past the limit of {MAX_OBJECTS}"),
        ));
    }
    let (bytes, is_renamed) = cmaps::known(bytes);
    let backend = RawBackend::load_bytes(&bytes).map_err(|error| match error {
        Error::Encrypted | Error::InvalidPassword | Error::UnsupportedVersion(_) => {
            Refusal::locked()
        }
        error => damaged(&error.to_string()),
    })?;
    let all = backend.pages();
    let mut pages = Pages::default();
    let mut losses = Losses {
        cut: all.len().saturating_sub(limits.max_pages),
        unread: backend.integrity().unresolved_page_nodes,
        ..Losses::default()
    };
    if all.is_empty() {
        return Err(damaged("it has no page"));
    }
    for id in all.values().take(limits.max_pages) {
        let content = match backend.page_content_with_losses(*id) {
            Ok(content) => content,
            Err(_) => {
                losses.unread += 1;
                pages.add(Page::default());
                continue;
            }
        };
        losses.unread += content.undecodable_streams;
        let mut painter = Painter::new(&backend, *id, limits);
        painter.has_own_widths = !is_renamed;
        painter.paint(&content.data);
        losses.unmapped += painter.unmapped;
        pages.add(painter.finish(upright(backend.page_box(*id)), backend.page_rotation(*id)));
    }
    Ok((pages, losses))
}

/// A box that has a size.
fn upright(page: PageBox) -> PageBox {
    let is_sound =
        page.width() > 1.0 && page.height() > 1.0 && page.width() < 1e5 && page.height() < 1e5;
    if is_sound { page } else { PageBox::LETTER }
}

/// How many objects the file says it has, those packed together (ISO 32000-1 §7.5.7) among them.
fn objects(bytes: &[u8]) -> usize {
    let single = memmem::find_iter(bytes, b" obj").count();
    let packed = memmem::find_iter(bytes, b"/ObjStm").map(|at| {
        let near = &bytes[at.saturating_sub(128)..(at + 128).min(bytes.len())];
        let digits = memmem::find_iter(near, b"/N").filter_map(|n| {
            let rest = near.get(n + 2..)?.trim_ascii_start();
            let end = rest.iter().take_while(|b| b.is_ascii_digit()).count();
            std::str::from_utf8(rest.get(..end)?)
                .ok()?
                .parse::<usize>()
                .ok()
        });
        digits.max().unwrap_or(0)
    });
    packed.fold(single, usize::saturating_add)
}

/// Whether arrays and dictionaries lie within one another deeper than the parser, which calls itself for each, can bear.
fn is_nested_deep(bytes: &[u8]) -> bool {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(found) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(|b| b"[]<>se".contains(b)))
    {
        at += found;
        let rest = &bytes[at..];
        match rest {
            [b'[', ..] => depth += 1,
            [b']', ..] => depth = depth.saturating_sub(1),
            [b'<', b'<', ..] => {
                depth += 1;
                at += 1;
            }
            [b'>', b'>', ..] => {
                depth = depth.saturating_sub(1);
                at += 1;
            }
            _ if rest.starts_with(b"endobj") => depth = 0,
            // what is packed in a stream is no structure
            _ if rest.starts_with(b"stream") => {
                at += memmem::find(rest, b"endstream").map_or(6, |end| end + 9)
            }
            _ => {}
        }
        if depth > MAX_DEPTH {
            return true;
        }
        at += 1;
    }
    false
}

fn damaged(what: &str) -> Refusal {
    Refusal::new(
        Reason::Damaged,
        format!("its pages cannot be read ({what}); open it and print it to a new PDF"),
    )
}

fn no_text(what: &str) -> Refusal {
    Refusal::new(Reason::NoTextLayer, what)
}
