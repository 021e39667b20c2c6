//! `Span`: the one coordinate of the program. Bytes inside, code points at the border.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A half-open range of bytes in the decoded text, on character boundaries.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`; an end before the start gives an empty span at `start`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds no character.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly within this span.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same range, `by` bytes further on.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }

    /// The surface form; empty when the span does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The span without the white space at its ends.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let inner = self.of(text);
        let start = self.start + (inner.len() - inner.trim_start().len());
        Self::new(start, start + inner.trim().len())
    }
}

/// A half-open range in Unicode code points of the record's `text`, as records carry it.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
pub struct CharSpan(pub usize, pub usize);

/// Turns byte offsets of one text into code points in constant time, at one number per 64 bytes.
#[derive(Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points that begin before byte `64 * i`.
    before: Vec<usize>,
}

const STRIDE: usize = 64;

impl<'t> CodePoints<'t> {
    /// Reads the text once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut count = 0;
        let before = text
            .as_bytes()
            .chunks(STRIDE)
            .map(|chunk| {
                let so_far = count;
                count += chunk.iter().filter(|b| begins_char(**b)).count();
                so_far
            })
            .collect();
        Self { text, before }
    }

    /// The number of code points before byte `at`; past the end, all of them.
    #[must_use]
    pub fn at(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let block = (at / STRIDE).min(self.before.len().saturating_sub(1));
        let base = self.before.get(block).copied().unwrap_or(0);
        base + self.text.as_bytes()[block * STRIDE..at]
            .iter()
            .filter(|b| begins_char(**b))
            .count()
    }

    /// The span as records carry it.
    #[must_use]
    pub fn span(&self, span: Span) -> CharSpan {
        CharSpan(self.at(span.start), self.at(span.end))
    }
}

fn begins_char(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

impl CharSpan {
    /// The same range in bytes of `text`; past the end, the end. Linear in the text.
    #[must_use]
    pub fn to_bytes(self, text: &str) -> Span {
        let mut offsets = text.char_indices().map(|(i, _)| i).chain([text.len()]);
        let start = offsets.nth(self.0).unwrap_or(text.len());
        let end = match self.1.saturating_sub(self.0) {
            0 => start,
            n => offsets.nth(n - 1).unwrap_or(text.len()),
        };
        Span::new(start, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn code_points_agree_with_chars(text in "\\PC{0,200}") {
            let map = CodePoints::new(&text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(map.at(byte), count);
            }
            prop_assert_eq!(map.at(text.len()), text.chars().count());
        }

        #[test]
        fn a_span_survives_the_border(text in "\\PC{1,120}", a in 0usize..120, b in 0usize..120) {
            let n = text.chars().count();
            let chars = CharSpan(a.min(b).min(n), a.max(b).min(n));
            let bytes = chars.to_bytes(&text);
            prop_assert_eq!(CodePoints::new(&text).span(bytes), chars);
            prop_assert_eq!(bytes.of(&text).chars().count(), chars.1 - chars.0);
        }
    }
}
