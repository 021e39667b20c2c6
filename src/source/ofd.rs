//! OFD (GB/T 33190-2016): glyphs and rulings are taken from the pages; [`super::page`] makes the text of them.
//!
//! Elements are known by their local names alone: producers write namespaces of their own.

mod document;
mod objects;
mod xml;

use super::Limits;
use super::Link;
use super::ReadText;
use super::Reason;
use super::Refusal;
use super::packed::Packed;
use super::page::Losses;
use super::page::Page;
use super::page::Pages;
use super::written::Written;
use document::Document;
use objects::Drawn;
use std::collections::BTreeMap;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<ReadText, Refusal> {
    let mut files = Files {
        packed: Packed::open(bytes, limits)?,
        limits: *limits,
    };
    let entry = document::entry(&mut files)?;
    let mut written = Written::new("application/ofd", limits);
    let mut losses = Losses::default();
    let mut pages = Pages::default();
    let mut links = Vec::new();
    for root in &entry.roots {
        match Document::read(&mut files, root)? {
            Some(document) => draw(&mut files, &document, &mut pages, &mut losses)?,
            None => losses.unread += 1,
        }
        links.extend(document::attachments(&mut files, root)?);
    }
    if pages.len() == 0 || pages.glyphs == 0 && losses.unread > 0 {
        return Err(damaged("it names no page that can be read"));
    }
    if pages.glyphs == 0 && (pages.pictured > 0 || losses.unmapped > 0) {
        return Err(Refusal::new(
            Reason::NoTextLayer,
            "its pages are pictures without text",
        ));
    }
    pages.write(&mut written);
    losses.remark(limits, &mut written);
    written.read_mut().links = links;
    Ok(written.finish())
}

/// Draws the pages of one document, each with its templates.
fn draw(
    files: &mut Files,
    document: &Document,
    pages: &mut Pages,
    losses: &mut Losses,
) -> Result<(), Refusal> {
    let mut templates: BTreeMap<&str, Drawn> = BTreeMap::new();
    for (id, path) in document.templates.iter().take(files.limits.max_members) {
        if let Some(bytes) = files.find(&document.folder, path)? {
            templates.insert(id, objects::draw(&bytes, &files.limits));
        }
    }
    for path in &document.pages {
        if pages.len() >= files.limits.max_pages {
            losses.cut += 1;
            continue;
        }
        let found = match files.find(&document.folder, path) {
            // one page that cannot be unpacked costs that page alone
            Err(refusal) if refusal.reason == Reason::Damaged => None,
            found => found?,
        };
        let Some(bytes) = found else {
            losses.unread += 1;
            pages.add(Page::default());
            continue;
        };
        let mut drawn = objects::draw(&bytes, &files.limits);
        losses.unread += usize::from(drawn.is_damaged);
        losses.unmapped += drawn.unmapped;
        for id in std::mem::take(&mut drawn.templates) {
            if let Some(template) = templates.get(id.as_str()) {
                drawn.glyphs.extend_from_slice(&template.glyphs);
                drawn.rules.extend_from_slice(&template.rules);
                drawn.size = drawn.size.or(template.size);
            }
        }
        let (width, height) = drawn.size.or(document.size).unwrap_or(A4);
        // some producers write a box in other units than their text
        let most =
            |f: fn(&super::page::Glyph) -> f32| drawn.glyphs.iter().map(f).fold(0.0, f32::max);
        pages.add(Page {
            width: width.max(most(|g| g.x + g.width)),
            height: height.max(most(|g| g.y)),
            glyphs: drawn.glyphs,
            rules: drawn.rules,
            has_pictures: drawn.has_pictures,
        });
    }
    Ok(())
}

/// Width and height of A4, in points.
const A4: (f32, f32) = (595.3, 841.9);

/// The members of the package, found by the paths that its parts write.
struct Files<'b> {
    packed: Packed<'b>,
    limits: Limits,
}

impl Files<'_> {
    /// The bytes that a path names: from the folder of the part that names it, from the root, or else by its end.
    fn find(&mut self, folder: &str, path: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(name) = self.locate(folder, path) else {
            return Ok(None);
        };
        self.packed.member(&name)
    }

    /// The name of the member that a path names.
    fn locate(&self, folder: &str, path: &str) -> Option<String> {
        let plain = resolved("", path);
        let has = |name: &str| {
            let found = self
                .packed
                .names()
                .iter()
                .any(|n| plain_name(n).eq_ignore_ascii_case(name));
            found.then(|| name.to_owned())
        };
        if plain.is_empty() {
            return None;
        }
        let by_folder = (!path.starts_with('/'))
            .then(|| resolved(folder, path))
            .and_then(|name| has(&name));
        by_folder
            .or_else(|| has(&plain))
            .or_else(|| has(&resolved(folder, &plain)))
            .or_else(|| {
                let tail = format!("/{plain}").to_ascii_lowercase();
                let mut ends = self.packed.names().iter().filter(|n| {
                    let name = format!("/{}", plain_name(n)).to_ascii_lowercase();
                    name.ends_with(&tail)
                });
                ends.next().map(|name| plain_name(name).into_owned())
            })
    }
}

/// A member's name with plain slashes and none before it.
fn plain_name(name: &str) -> std::borrow::Cow<'_, str> {
    let name = name.trim_start_matches(['/', '\\']);
    match name.contains('\\') {
        true => name.replace('\\', "/").into(),
        false => name.into(),
    }
}

/// The path from the root that `path` means in `folder`, without `.` and `..`.
fn resolved(folder: &str, path: &str) -> String {
    let path = path.trim().replace('\\', "/");
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The folder of a member.
fn folder_of(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn damaged(what: &str) -> Refusal {
    Refusal::new(
        Reason::Damaged,
        format!("its pages cannot be read ({what}); open it and save it anew"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_resolved_within_the_package() {
        assert_eq!(
            resolved("Doc_0", "Pages/Page_0/Content.xml"),
            "Doc_0/Pages/Page_0/Content.xml"
        );
        assert_eq!(resolved("Doc_0/Pages", "../Res/./a.xml"), "Doc_0/Res/a.xml");
        assert_eq!(resolved("", "..\\..\\etc"), "etc");
        assert_eq!(folder_of("Doc_0/Document.xml"), "Doc_0");
        assert_eq!(folder_of("OFD.xml"), "");
    }
}
