//! Which documents a package holds, and which pages a document (GB/T 33190-2016, 7.4 and 7.5).

use super::Files;
use super::Link;
use super::Reason;
use super::Refusal;
use super::damaged;
use super::folder_of;
use super::objects::size;
use super::xml::Step;
use super::xml::numbers;
use super::xml::walk;

/// What the package's entry names.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// The members that are roots of documents.
    pub(super) roots: Vec<String>,
}

/// A document's pages, in order.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// Where its paths begin.
    pub(super) folder: String,
    pub(super) pages: Vec<String>,
    /// Identifier and path of each template page.
    pub(super) templates: Vec<(String, String)>,
    /// Width and height of its pages, in points.
    pub(super) size: Option<(f32, f32)>,
}

/// Reads `OFD.xml`.
///
/// # Errors
/// [`Reason::Encrypted`] for a package that says so; [`Reason::Damaged`] for one without an entry or a document.
pub(super) fn entry(files: &mut Files) -> Result<Entry, Refusal> {
    let encrypted = || {
        Refusal::new(
            Reason::Encrypted,
            "it is encrypted; save it without a password",
        )
    };
    let names = files.packed.names();
    let is_locked = names
        .iter()
        .any(|n| n.to_ascii_lowercase().ends_with("encryptions.xml"));
    let Some(name) = files.locate("", "OFD.xml") else {
        return Err(if is_locked {
            encrypted()
        } else {
            damaged("it has no OFD.xml")
        });
    };
    let bytes = files.packed.member(&name)?.unwrap_or_default();
    let folder = folder_of(&name).to_owned();
    let mut roots = Vec::new();
    let mut is_encrypted = is_locked;
    let mut open = false;
    let mut path = String::new();
    walk(&bytes, files.limits.max_depth, |step| match step {
        Step::Open("DocRoot", _) => {
            open = true;
            path.clear();
        }
        Step::Open("Encryptions" | "EncryptInfo" | "Encryption", _) => is_encrypted = true,
        Step::Text(text) if open => path.push_str(text),
        Step::Close("DocRoot") => {
            open = false;
            roots.push(path.clone());
        }
        _ => {}
    });
    if is_encrypted {
        return Err(encrypted());
    }
    let mut found: Vec<String> = roots
        .iter()
        .filter_map(|path| files.locate(&folder, path))
        .collect();
    found.dedup();
    if found.is_empty() {
        // the entry is cut or names what is not there
        let is_root = |n: &&String| n.to_ascii_lowercase().ends_with("document.xml");
        found.extend(files.packed.names().iter().filter(is_root).cloned());
    }
    found.truncate(files.limits.max_members);
    if found.is_empty() {
        return Err(damaged("it holds no document"));
    }
    Ok(Entry { roots: found })
}

impl Document {
    /// Reads the root of a document; none where it is not there.
    ///
    /// # Errors
    /// Those of [`super::super::packed::Packed::member`].
    pub(super) fn read(files: &mut Files, root: &str) -> Result<Option<Self>, Refusal> {
        let Some(bytes) = files.packed.member(root)? else {
            return Ok(None);
        };
        let mut document = Self {
            folder: folder_of(root).to_owned(),
            ..Self::default()
        };
        let mut is_box = false;
        walk(&bytes, files.limits.max_depth, |step| match step {
            Step::Open("Page", attributes) => {
                if let Some(path) = attributes.get("BaseLoc") {
                    document.pages.push(path.into_owned());
                }
            }
            Step::Open("TemplatePage", attributes) => {
                if let (Some(id), Some(path)) = (attributes.get("ID"), attributes.get("BaseLoc")) {
                    document
                        .templates
                        .push((id.into_owned(), path.into_owned()));
                }
            }
            Step::Open("PhysicalBox", _) => is_box = true,
            Step::Close("PhysicalBox") => is_box = false,
            Step::Text(text) if is_box => document.size = document.size.or(size(&numbers(text))),
            _ => {}
        });
        Ok(Some(document))
    }
}

/// The attachments that a document lists.
///
/// # Errors
/// Those of [`super::super::packed::Packed::member`].
pub(super) fn attachments(files: &mut Files, root: &str) -> Result<Vec<Link>, Refusal> {
    let Some(bytes) = files.packed.member(root)? else {
        return Ok(Vec::new());
    };
    let mut path = String::new();
    let mut open = false;
    let depth = files.limits.max_depth;
    walk(&bytes, depth, |step| match step {
        Step::Open("Attachments", _) => open = true,
        Step::Text(text) if open => path.push_str(text),
        Step::Close("Attachments") => open = false,
        _ => {}
    });
    if path.trim().is_empty() {
        return Ok(Vec::new());
    }
    let Some(name) = files.locate(folder_of(root), path.trim()) else {
        return Ok(Vec::new());
    };
    let bytes = files.packed.member(&name)?.unwrap_or_default();
    let mut links: Vec<Link> = Vec::new();
    let mut is_target = false;
    walk(&bytes, depth, |step| match step {
        Step::Open("Attachment", attributes) => links.push(Link {
            text: attributes.get("Name").unwrap_or_default().into_owned(),
            target: String::new(),
        }),
        Step::Open("FileLoc", _) => is_target = true,
        Step::Close("FileLoc") => is_target = false,
        Step::Text(text) if is_target => {
            if let Some(link) = links.last_mut() {
                link.target.push_str(text.trim());
            }
        }
        _ => {}
    });
    Ok(links)
}
