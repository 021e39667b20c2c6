//! Word's XML (ECMA-376, ISO/IEC 29500, transitional and strict), also as WPS and LibreOffice write it.
//!
//! What is kept is what a person sees on the page: automatic numbers, results of fields, text boxes, changes as
//! accepted; without hidden text, headers and footers; notes at the end.

mod body;
mod chunks;
mod numbering;
mod styles;
mod table;

use self::body::Body;
use self::body::NoteKind;
use self::chunks::Chunks;
use self::numbering::Numbering;
use self::styles::Styles;
use super::Limits;
use super::ReadText;
use super::Reason;
use super::Refusal;
use super::detect::is_locked;
use super::markup::Token;
use super::markup::Xml;
use super::markup::decoded;
use super::packed::Packed;
use super::written::Written;
use crate::diagnostic::Code;

const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<ReadText, Refusal> {
    read_at(bytes, limits, true)
}

/// As [`read`]; a document that stands in another's text gives none of the files in its own.
fn read_at(bytes: &[u8], limits: &Limits, is_outermost: bool) -> Result<ReadText, Refusal> {
    if is_locked(bytes) {
        return Err(Refusal::locked());
    }
    let mut packed = Packed::open(bytes, limits)?;
    let main = main_part(&mut packed, limits)?;
    let Some(document) = packed.member(&main)? else {
        return Err(Refusal::new(
            Reason::Damaged,
            "the zip holds no document part; open and save it anew as docx",
        ));
    };
    let document = decoded(document);
    let parts = Parts::of(&mut packed, &main, limits);
    let chunks = match is_outermost && document.contains("altChunk") {
        true => Chunks::of(&mut packed, &main, limits),
        false => Chunks::default(),
    };
    let mut is_whole = true;
    let mut optional = |part: Option<String>| match part.map(|name| packed.member(&name)) {
        Some(Ok(Some(bytes))) => decoded(bytes),
        Some(Err(_)) => {
            is_whole = false;
            String::new()
        }
        _ => String::new(),
    };
    let styles = optional(parts.styles);
    let numbering = optional(parts.numbering);

    let styles = Styles::new(&styles, limits.max_depth);
    let numbering = Numbering::new(&numbering, limits.max_depth);
    let written = Written::new(MEDIA_TYPE, limits);
    let mut body = Body::new(&styles, numbering, chunks, written);
    let mut is_read = body.read_main(&document, limits.max_depth);
    drop(document);
    for (kind, part) in [
        (NoteKind::Foot, parts.footnotes),
        (NoteKind::End, parts.endnotes),
    ] {
        let asked = body.take_notes(kind);
        if !asked.is_empty() {
            is_read &= body.read_notes(&optional(part), limits.max_depth, &asked);
        }
    }

    let mut written = body.into_written();
    let is_empty = written.read_mut().text.is_empty();
    if !is_read && is_empty {
        return Err(Refusal::new(
            Reason::Damaged,
            "its document part is no XML that can be read; open and save it anew",
        ));
    }
    if (!is_read || !is_whole) && !written.is_full() {
        written.remark(
            Code::Truncated,
            "a part of the document is damaged or too deep; what could be read is kept",
        );
    }
    Ok(written.finish())
}

/// The name of the part that holds the text.
fn main_part(packed: &mut Packed<'_>, limits: &Limits) -> Result<String, Refusal> {
    let usual = "word/document.xml";
    let stated = packed
        .member("_rels/.rels")
        .ok()
        .flatten()
        .and_then(|rels| {
            relations(&decoded(rels), limits)
                .into_iter()
                .find(|relation| relation.kind == "officeDocument")
                .map(|relation| resolved("", &relation.target))
        });
    let names = packed.names();
    let has = |name: &str| {
        names
            .iter()
            .any(|n| n.trim_start_matches('/').eq_ignore_ascii_case(name))
    };
    if let Some(stated) = stated.filter(|name| has(name)) {
        return Ok(stated);
    }
    if has(usual) {
        return Ok(usual.to_owned());
    }
    let found = names.iter().find(|name| {
        let name = name.to_ascii_lowercase().replace('\\', "/");
        name.starts_with("word/document") && name.ends_with(".xml")
            || name.ends_with("/document.xml")
    });
    match found {
        Some(name) => Ok(name.clone()),
        None => Err(Refusal::new(
            Reason::Damaged,
            "the zip holds no document part; open and save it anew as docx",
        )),
    }
}

/// The parts beside the main one that decide what is seen.
#[derive(Debug, Default)]
struct Parts {
    styles: Option<String>,
    numbering: Option<String>,
    footnotes: Option<String>,
    endnotes: Option<String>,
}

impl Parts {
    fn of(packed: &mut Packed<'_>, main: &str, limits: &Limits) -> Self {
        let (folder, relations) = relations_of(packed, main, limits);
        let names = packed.names();
        let part = |kind: &str| {
            let stated = relations
                .iter()
                .find(|relation| relation.kind == kind)
                .map(|relation| resolved(folder, &relation.target));
            let has = |name: &String| {
                names
                    .iter()
                    .any(|n| n.trim_start_matches('/').eq_ignore_ascii_case(name))
            };
            stated
                .filter(has)
                .or_else(|| Some(resolved(folder, &format!("{kind}.xml"))))
        };
        Self {
            styles: part("styles"),
            numbering: part("numbering"),
            footnotes: part("footnotes"),
            endnotes: part("endnotes"),
        }
    }
}

/// What a part says of another.
#[derive(Debug)]
struct Relation {
    id: String,
    /// The last word of its type.
    kind: String,
    target: String,
}

/// The folder of the part, and its relations.
fn relations_of<'m>(
    packed: &mut Packed<'_>,
    part: &'m str,
    limits: &Limits,
) -> (&'m str, Vec<Relation>) {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let rels = match folder {
        "" => format!("_rels/{file}.rels"),
        folder => format!("{folder}/_rels/{file}.rels"),
    };
    let relations = match packed.member(&rels) {
        Ok(Some(bytes)) => relations(&decoded(bytes), limits),
        _ => Vec::new(),
    };
    (folder, relations)
}

fn relations(text: &str, limits: &Limits) -> Vec<Relation> {
    let mut xml = Xml::new(text, limits.max_depth);
    let mut out = Vec::new();
    loop {
        match xml.next() {
            Token::Open(element) if element.name() == "Relationship" => {
                if let (Some(kind), Some(target)) = (element.get("Type"), element.get("Target")) {
                    let kind = kind.rsplit('/').next().unwrap_or_default();
                    out.push(Relation {
                        id: element.get("Id").unwrap_or_default().into_owned(),
                        kind: kind.to_owned(),
                        target: target.into_owned(),
                    });
                }
            }
            Token::End => return out,
            _ => {}
        }
    }
}

/// A target as a name in the zip; `..` leads no further than its root.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests;
