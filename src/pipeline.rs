//! From bytes to records: composes the pure stages, and turns whatever goes wrong into failure rows.

use crate::entity::taxonomy::Taxonomy;
use crate::record;
use crate::record::notice;
use crate::record::notice::Notice;
use crate::source::Audience;
use crate::source::Document;
use crate::source::Failure;
use crate::source::Limits;
use crate::source::Outcome;
use crate::source::ReadText;
use crate::source::Refusal;
use crate::source::worker::Readers;
use std::borrow::Cow;
use std::panic;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

/// What the bytes are called, how much may be read of them, and by which taxonomy activities are sorted.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// As records carry it in `source.path`; its extension helps where the bytes do not tell the format.
    pub path: String,
    /// Bounds on one file.
    pub limits: Limits,
    /// Who reads risky formats: this process (the default), or workers.
    pub readers: Readers,
    /// Kinds and audiences of activities; none for those that come with the program.
    pub taxonomy: Option<Arc<Taxonomy>>,
}

impl Options {
    /// The options for a file of this path, else as they are by default.
    #[must_use]
    pub fn of_path(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            ..Self::default()
        }
    }
}

/// What a file gave. Each of its parts (the file itself, or a member of an archive) stands in exactly one list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// The records, in the order in which the file holds them.
    pub notices: Vec<Notice>,
    /// What could not be read.
    pub failures: Vec<Failure>,
    /// The kinds of what holds no notice.
    pub skipped: Vec<Cow<'static, str>>,
}

/// The records of one file's bytes. Never panics: a panic inside is caught and becomes a failure of this file.
///
/// ```
/// let text = "关于开展“安全生产月”活动的通知\n各科室：\n一、主要活动\n（一）开展演练。";
/// let extraction = gongwen::extract(text.as_bytes(), &gongwen::Options::of_path("a.txt"));
/// assert_eq!(extraction.notices[0].title.as_deref(), Some("关于开展“安全生产月”活动的通知"));
/// assert!(extraction.failures.is_empty());
/// ```
#[must_use]
pub fn extract(bytes: &[u8], options: &Options) -> Extraction {
    let mut recording = Recording {
        options,
        extraction: Extraction::default(),
    };
    options
        .readers
        .documents(bytes, &options.path, &options.limits, &mut recording);
    recording.extraction
}

/// Makes records of documents as they are heard.
struct Recording<'o> {
    options: &'o Options,
    extraction: Extraction,
}

impl Recording<'_> {
    fn fail(&mut self, member: Option<String>, refusal: Refusal) {
        self.extraction.failures.push(Failure {
            path: self.options.path.clone(),
            member,
            reason: refusal.reason,
            message: refusal.message,
        });
    }
}

impl Audience for Recording<'_> {
    fn opens(&mut self, _: Option<&str>) {}

    fn hears(&mut self, document: Document) {
        let Document {
            member,
            bytes,
            sha256,
            outcome,
        } = document;
        match outcome {
            Outcome::Skipped(kind) => self.extraction.skipped.push(kind),
            Outcome::Refused(refusal) => self.fail(member, refusal),
            Outcome::Read(read) => {
                let source = notice::Source {
                    path: self.options.path.clone(),
                    member: member.clone(),
                    media_type: read.media_type.to_string(),
                    charset: read.charset.as_deref().map(str::to_owned),
                    ocr: read.ocr,
                    bytes,
                    sha256,
                };
                let options = self.options;
                let built = panic::catch_unwind(AssertUnwindSafe(|| notice(read, source, options)));
                match built {
                    Ok(notice) => self.extraction.notices.push(notice),
                    Err(_) => self.fail(member, Refusal::fault()),
                }
            }
        }
    }
}

fn notice(read: ReadText, source: notice::Source, options: &Options) -> Notice {
    let id = id(&source.sha256);
    let taxonomy = options
        .taxonomy
        .as_deref()
        .unwrap_or_else(|| Taxonomy::bundled());
    record::build(read, source, id, taxonomy)
}

/// A record's id: the first 16 hex digits of its bytes' SHA-256.
#[must_use]
pub fn id(sha256: &str) -> String {
    sha256.get(..16).unwrap_or(sha256).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_is_the_start_of_the_sha_256() {
        let extraction = extract(b"abc", &Options::of_path("a.txt"));
        let notice = &extraction.notices[0];
        assert_eq!(notice.id, "ba7816bf8f01cfea");
        assert!(
            notice
                .source
                .sha256
                .starts_with("ba7816bf8f01cfea414140de5dae2223")
        );
        assert_eq!(notice.source.bytes, 3);
    }

    #[test]
    fn each_file_stands_in_one_list() {
        let count = |bytes: &[u8], path: &str| {
            let e = extract(bytes, &Options::of_path(path));
            (e.notices.len(), e.failures.len(), e.skipped.len())
        };
        assert_eq!(count(b"", "a.txt"), (1, 0, 0));
        assert_eq!(count(b"Rar!\x1a\x07", "a.rar"), (0, 1, 0));
        assert_eq!(count(b"{}", "a.json"), (0, 0, 1));
    }

    #[test]
    fn a_failure_is_written_with_its_reason() {
        let e = extract(b"Rar!\x1a\x07", &Options::of_path("a.pdf"));
        let row = serde_json::to_string(&e.failures[0]).unwrap_or_default();
        assert!(row.starts_with(r#"{"path":"a.pdf","member":null,"reason":"unsupported-format","#));
    }
}
