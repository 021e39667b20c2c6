//! What one file holds: itself, or the members of an archive or a mail, each read on its own.

use super::Format;
use super::Limits;
use super::ReadText;
use super::Reason;
use super::Refusal;
use super::archive;
use super::detect;
use super::mail;
use super::read_as;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::HashMap;
use std::panic;
use std::panic::AssertUnwindSafe;

/// A file, or a member of one, and what reading it gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The path inside the archive, each archive's part followed by `/`; none for the file itself.
    pub member: Option<String>,
    /// Size of the file or member.
    pub bytes: u64,
    /// Of those bytes, in lowercase hex; empty where they could not be had.
    pub sha256: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Its text.
    Read(ReadText),
    /// A kind that holds no notice.
    Skipped(Cow<'static, str>),
    /// Why it gives no text.
    Refused(Refusal),
}

/// Somebody who is told of the documents in a file, in their order.
pub trait Audience {
    /// The next document is about to be read.
    fn opens(&mut self, member: Option<&str>);

    /// What reading it gave.
    fn hears(&mut self, document: Document);
}

impl<F: FnMut(Document)> Audience for F {
    fn opens(&mut self, _: Option<&str>) {}

    fn hears(&mut self, document: Document) {
        self(document);
    }
}

/// Reads the documents in a file's bytes, after the first `skip`, which the audience has heard before.
///
/// Archives and mails are opened, as deep as the limits let; all else is one document. A panic while one is read costs
/// that one alone.
///
/// ```
/// use gongwen::source::{documents, Document, Limits, Outcome};
/// let mut heard = Vec::new();
/// documents("关于开展植树活动的通知".as_bytes(), "a.txt", &Limits::default(), 0, &mut |d: Document| heard.push(d));
/// assert!(matches!(&heard[0].outcome, Outcome::Read(read) if read.text.starts_with("关于")));
/// ```
pub fn documents(
    bytes: &[u8],
    name: &str,
    limits: &Limits,
    skip: usize,
    audience: &mut dyn Audience,
) {
    let mut reading = Reading {
        limits: *limits,
        left: limits.max_expanded,
        count: 0,
        skip,
        met: HashMap::new(),
        audience,
    };
    reading.file(bytes, name, &[]);
}

/// The SHA-256 of the bytes in lowercase hex.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file that is being read.
struct Reading<'a> {
    limits: Limits,
    /// Bytes that what is packed may still expand to.
    left: u64,
    /// Documents met so far.
    count: usize,
    skip: usize,
    /// How often each member's path was met.
    met: HashMap<String, u32>,
    audience: &'a mut dyn Audience,
}

impl Reading<'_> {
    /// A file of this name, within these archives.
    fn file(&mut self, bytes: &[u8], name: &str, within: &[String]) {
        let caught = panic::catch_unwind(AssertUnwindSafe(|| detect(bytes, name)));
        match caught.unwrap_or(Format::Unknown) {
            Format::Archive(packing) => self.members(bytes, within, |limits, each| {
                archive::members(bytes, packing, name, limits, each)
            }),
            Format::Mail => self.members(bytes, within, |limits, each| {
                mail::members(bytes, limits, each)
            }),
            Format::Skipped(kind) => {
                self.document(bytes, within, || Ok(Outcome::Skipped(kind.into())))
            }
            format => {
                let limits = self.limits;
                self.document(bytes, within, || {
                    read_as(bytes, format, &limits).map(Outcome::Read)
                });
            }
        }
    }

    /// The members that `open` gives, one after the other.
    fn members(
        &mut self,
        bytes: &[u8],
        within: &[String],
        open: impl FnOnce(&Limits, &mut dyn FnMut(Member)) -> Result<(), Refusal>,
    ) {
        if within.len() >= self.limits.max_nesting {
            let message = format!(
                "an archive in {} archives; unpack it first",
                self.limits.max_nesting
            );
            return self.document(bytes, within, || {
                Err(Refusal::new(Reason::TooLarge, message))
            });
        }
        if bytes.len() as u64 > self.limits.max_bytes {
            let refusal = super::too_large(bytes.len() as u64, &self.limits);
            return self.document(bytes, within, || Err(refusal));
        }
        let limits = Limits {
            max_expanded: self.left,
            max_members: self.limits.max_members.saturating_sub(self.count),
            ..self.limits
        };
        let before = self.count;
        let caught = panic::catch_unwind(AssertUnwindSafe(|| {
            open(&limits, &mut |member| self.member(member, within))
        }));
        let outcome = caught.unwrap_or_else(|_| Err(Refusal::fault()));
        if let Err(refusal) = outcome {
            self.document(bytes, within, || Err(refusal));
        } else if self.count == before {
            self.document(bytes, within, || {
                Ok(Outcome::Skipped("empty archive".into()))
            });
        }
    }

    fn member(&mut self, member: Member, within: &[String]) {
        let within: Vec<String> = within
            .iter()
            .cloned()
            .chain([label(&member.name)])
            .collect();
        match member.content {
            Content::Bytes(bytes) => {
                self.left = self.left.saturating_sub(bytes.len() as u64);
                self.file(&bytes, &member.name, &within);
            }
            Content::Skipped(kind) => {
                self.document(&[], &within, || Ok(Outcome::Skipped(kind.into())));
            }
            Content::Refused(refusal) => self.document(&[], &within, || Err(refusal)),
        }
    }

    /// The path of a member, with `#2` and so on behind one that another has.
    fn path(&mut self, path: String) -> String {
        let times = self.met.entry(path.clone()).or_default();
        *times += 1;
        match *times {
            1 => path,
            times => self.path(format!("{path}#{times}")),
        }
    }

    fn document(
        &mut self,
        bytes: &[u8],
        within: &[String],
        read: impl FnOnce() -> Result<Outcome, Refusal>,
    ) {
        self.count += 1;
        let member = (!within.is_empty()).then(|| self.path(within.join("/")));
        if self.count <= self.skip {
            return;
        }
        self.audience.opens(member.as_deref());
        let caught = panic::catch_unwind(AssertUnwindSafe(read));
        let outcome = caught.unwrap_or_else(|_| Err(Refusal::fault()));
        self.audience.hears(Document {
            member,
            bytes: bytes.len() as u64,
            sha256: sha256(bytes),
            outcome: outcome.unwrap_or_else(Outcome::Refused),
        });
    }
}

/// A file in a file.
pub(super) struct Member {
    /// Its path there, or the name that a mail gives it.
    pub(super) name: String,
    pub(super) content: Content,
}

/// What a member is, as far as its archive tells.
pub(super) enum Content {
    Bytes(Vec<u8>),
    Skipped(&'static str),
    Refused(Refusal),
}

/// The member's name as records carry it: one line, however it was named.
fn label(name: &str) -> String {
    name.replace(char::is_control, "\u{fffd}")
}
