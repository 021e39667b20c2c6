//! How much is read of one file: every limit in one place, each settable.

use serde::{Deserialize, Serialize};

/// Bounds on what one file may cost. A file past one gives a reason, or the part that was read with the
/// diagnostic `truncated`; never a half-read record in silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Size of the file itself, and of a member of an archive, in bytes; a larger one is refused as `too-large`.
    pub max_bytes: u64,
    /// What all that is compressed in one file may expand to together, in bytes; past it the file is refused as `too-large`.
    pub max_expanded: u64,
    /// How many times its packed size something compressed may expand to, once past a megabyte; a bomb is refused as `too-large`.
    pub max_ratio: u64,
    /// Members of one archive, those of archives in it included; those after are a failure row together.
    pub max_members: usize,
    /// Archives in archives; what lies deeper is a failure row.
    pub max_nesting: usize,
    /// Pages of one document (PDF, OFD); what stands after is cut, as `truncated`.
    pub max_pages: usize,
    /// Elements within elements of XML and HTML, groups within groups of RTF; what lies deeper is refused or left out.
    pub max_depth: usize,
    /// Characters of text that one file may give, in bytes of UTF-8; what stands after is cut, as `truncated`.
    pub max_text: usize,
    /// Processor time that a worker may take for one file, in seconds.
    pub cpu_seconds: u64,
    /// Address space of a worker, in bytes.
    pub worker_memory: u64,
    /// Whether pages that are pictures are read by tesseract, where the machine has it; each page may then take twelve times
    /// `cpu_seconds`.
    pub ocr: bool,
}

/// The largest file that is read, in bytes, unless told otherwise: 64 MB.
pub const MAX_BYTES: u64 = 64_000_000;

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: MAX_BYTES,
            max_expanded: 256_000_000,
            max_ratio: 200,
            max_members: 10_000,
            max_nesting: 4,
            max_pages: 5_000,
            max_depth: 256,
            max_text: 64_000_000,
            cpu_seconds: 10,
            worker_memory: 2 << 30,
            ocr: false,
        }
    }
}
