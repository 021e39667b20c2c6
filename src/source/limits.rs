//! How much is read of one file: every limit in one place, each settable.

/// The largest file that is read, in bytes, unless told otherwise: 64 MB.
pub const MAX_BYTES: u64 = 64_000_000;

/// Bounds on what one file may cost. A file past one gives a reason, never a half-read record in silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file itself, in bytes; a larger one is refused as `too-large`.
    pub max_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: MAX_BYTES,
        }
    }
}
