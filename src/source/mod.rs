//! How do bytes become text? Detection, charsets, limits, and one file a format.
//!
//! A new format is one file with `fn read(bytes, &Limits) -> Result<ReadText, Refusal>`, a [`Format`] that
//! [`detect`] knows, and a line in [`read`]. The rest of the way sees [`ReadText`] alone.

pub mod charset;
pub mod detect;
pub mod limits;
pub mod walk;
pub mod worker;

mod archive;
mod doc;
mod document;
mod docx;
mod field;
mod flow;
mod formats;
mod gb18030;
mod html;
mod lists;
mod mail;
mod markup;
mod numfmt;
mod ocr;
mod ofd;
mod packed;
mod page;
mod pdf;
mod rtf;
mod sheet;
mod symbol;
mod txt;
mod written;

pub use detect::{Format, detect};
pub use document::{Audience, Document, Outcome, documents, sha256};
pub use formats::{Described, FORMATS};
pub use limits::Limits;

use crate::diagnostic::Diagnostic;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a person sees in the file: a paragraph a line, LF; a row of a table a line, its cells parted by tabs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadText {
    /// The text; for plain text lossless but for the BOM and carriage returns.
    pub text: String,
    /// Such as `text/plain`.
    pub media_type: Cow<'static, str>,
    /// The charset that was found, such as `GB18030`; none for formats that fix their own.
    pub charset: Option<Cow<'static, str>>,
    /// What the format tells of the lines of `text`, in their order, one each; empty for plain text.
    pub marks: Vec<Mark>,
    /// Header fields that the file states outside the notice's own text, as the metadata table of a web page does.
    pub stated: Vec<Stated>,
    /// Attachments that the file links to.
    pub links: Vec<Link>,
    /// Whether the characters were recognised from pictures.
    pub ocr: bool,
    /// What was odd about the bytes: `empty`, `undecodable-bytes`, `truncated`.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a format tells of one line of the text beyond its characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What the line is.
    pub kind: LineKind,
    /// Whether it is set in the middle of the page.
    pub is_centred: bool,
    /// Its level as a heading, from 1; none where the format marks it as no heading.
    pub heading: Option<u8>,
    /// Where it stands in the file.
    pub place: Place,
}

/// What a line of a [`ReadText`] is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineKind {
    /// A paragraph.
    #[default]
    Paragraph,
    /// A row of a table, cells parted by tabs.
    Row,
    /// A footnote or endnote; these stand after all else.
    Note,
}

/// Where in the file a line begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The format has no places but the text itself.
    #[default]
    Unknown,
    /// The page, from 1.
    Page(u32),
    /// The paragraph, row or element of the file's main text, from 1.
    Element(u32),
}

/// A header field stated beside the text: its label as the file has it, without blanks and colon, and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// Such as `发文字号`, `成文日期`.
    pub label: String,
    /// The value without blanks at its ends; never empty.
    pub value: String,
}

/// A link from the notice's block to a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The words of the link.
    pub text: String,
    /// The address as written in the file.
    pub target: String,
}

/// Why a file gives no text: a reason for programs and a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Which kind of failure.
    pub reason: Reason,
    /// One lowercase sentence: what was found, and what to do where something can be done.
    pub message: String,
}

impl Refusal {
    /// A refusal for `reason`.
    #[must_use]
    pub fn new(reason: Reason, message: impl Into<String>) -> Self {
        Self {
            reason,
            message: message.into(),
        }
    }

    /// The refusal of a file that a password locks.
    #[must_use]
    pub fn locked() -> Self {
        let message = "it is locked by a password; save it without one";
        Self::new(Reason::Encrypted, message)
    }

    /// The refusal of a file that made this program panic.
    #[must_use]
    pub fn fault() -> Self {
        let message = "reading it ended in a fault of gongwen's own; please report the file";
        Self::new(Reason::Internal, message)
    }
}

/// A file that gave no record, or a member of one: a row of `--failures`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Failure {
    /// As given.
    pub path: String,
    /// Path inside an archive.
    pub member: Option<String>,
    /// For programs.
    pub reason: Reason,
    /// For people: one lowercase sentence.
    pub message: String,
}

impl Failure {
    /// The failure of the whole file at `path`.
    #[must_use]
    pub fn of_file(path: impl Into<String>, refusal: Refusal) -> Self {
        Self {
            path: path.into(),
            member: None,
            reason: refusal.reason,
            message: refusal.message,
        }
    }
}

/// The kinds of failure, written in kebab case in failure rows.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// The system did not let the file be read, or it is no regular file.
    Unreadable,
    /// The file is past the size limit.
    TooLarge,
    /// A binary file whose kind is not known.
    UnknownFormat,
    /// A kind that may hold a notice, but that this version does not read.
    UnsupportedFormat,
    /// The file is damaged: it is not what its first bytes say.
    Damaged,
    /// The file is locked by a password or encrypted.
    Encrypted,
    /// The pages are pictures without text.
    NoTextLayer,
    /// Reading it took more processor time than the limit.
    TooSlow,
    /// Reading it took more memory than the limit, or ended the worker that read it.
    Crashed,
    /// A fault of ours: reading the file ended in a panic, which was caught.
    Internal,
}

impl Reason {
    /// The reason as failure rows write it, such as `unknown-format`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::Unreadable => "unreadable",
            Reason::TooLarge => "too-large",
            Reason::UnknownFormat => "unknown-format",
            Reason::UnsupportedFormat => "unsupported-format",
            Reason::Damaged => "damaged",
            Reason::Encrypted => "encrypted",
            Reason::NoTextLayer => "no-text-layer",
            Reason::TooSlow => "too-slow",
            Reason::Crashed => "crashed",
            Reason::Internal => "internal",
        }
    }
}

/// The text of a file with these bytes and this name; the name decides only where the bytes do not.
///
/// # Errors
/// A [`Refusal`] when the bytes are past a limit, of an unknown kind, or of one that is not read. Kinds that
/// hold no notice are the caller's to skip (see [`Format::Skipped`]); asked for, they are refused.
///
/// ```
/// use gongwen::source::{read, Limits};
/// let read = read("关于开展消防宣传月活动的通知".as_bytes(), "a.txt", &Limits::default()).unwrap();
/// assert_eq!(read.charset.as_deref(), Some("UTF-8"));
/// ```
pub fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<ReadText, Refusal> {
    read_as(bytes, detect(bytes, name), limits)
}

/// As [`read`], the format told before.
///
/// # Errors
/// As [`read`].
pub fn read_as(bytes: &[u8], format: Format, limits: &Limits) -> Result<ReadText, Refusal> {
    if bytes.len() as u64 > limits.max_bytes {
        return Err(too_large(bytes.len() as u64, limits));
    }
    match format {
        Format::Text => Ok(txt::read(bytes)),
        Format::Html => html::read(bytes, limits),
        Format::Docx => docx::read(bytes, limits),
        Format::Doc => doc::read(bytes, limits),
        Format::Rtf => rtf::read(bytes, limits),
        Format::Pdf => match pdf::read(bytes, limits) {
            Err(refusal) if limits.ocr && refusal.reason == Reason::NoTextLayer => {
                ocr::read(bytes, limits)
            }
            read => read,
        },
        Format::Ofd => ofd::read(bytes, limits),
        Format::Sheet => sheet::read(bytes, limits),
        Format::Archive(_) | Format::Mail => Err(Refusal::new(
            Reason::UnsupportedFormat,
            "files in a file: read its documents one by one",
        )),
        Format::Unread(kind) => Err(Refusal::new(
            Reason::UnsupportedFormat,
            format!("{kind} files are not read yet; save the notice as plain text"),
        )),
        Format::Skipped(kind) => Err(Refusal::new(
            Reason::UnsupportedFormat,
            format!("a file of kind {kind} holds no notice"),
        )),
        Format::Unknown => Err(Refusal::new(
            Reason::UnknownFormat,
            "a binary file of unknown kind; a notice as plain text was expected",
        )),
    }
}

/// The refusal of a file of `bytes` bytes.
#[must_use]
pub fn too_large(bytes: u64, limits: &Limits) -> Refusal {
    Refusal::new(
        Reason::TooLarge,
        format!(
            "{bytes} bytes, past the limit of {}; raise it with --max-bytes",
            limits.max_bytes
        ),
    )
}
