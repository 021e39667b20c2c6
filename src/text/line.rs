//! Lines: a paragraph each, with the blanks at its ends told apart from its content.

use super::fold::is_blank;
use crate::span::Span;
use memchr::memchr_iter;

/// A line of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The whole line with its line feed.
    pub whole: Span,
    /// The line without the blanks at its ends; empty at its start when it is all blank.
    pub content: Span,
}

impl Line {
    /// Whether nothing but blanks stands on the line.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.content.is_empty()
    }
}

/// The lines of a text; their `whole` spans in order are the text, each byte once.
#[must_use]
pub fn lines(text: &str) -> Vec<Line> {
    let mut out = Vec::new();
    let mut start = 0;
    for feed in memchr_iter(b'\n', text.as_bytes()) {
        out.push(line(text, start, feed + 1));
        start = feed + 1;
    }
    if start < text.len() {
        out.push(line(text, start, text.len()));
    }
    out
}

fn line(text: &str, start: usize, end: usize) -> Line {
    let inner = &text[start..end];
    let content = inner.trim_matches(is_blank);
    let from = start + (inner.len() - inner.trim_start_matches(is_blank).len());
    let content = if content.is_empty() {
        Span::new(start, start)
    } else {
        Span::new(from, from + content.len())
    };
    Line {
        whole: Span::new(start, end),
        content,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lines_are_the_text(text in "[ 一a\n\u{3000}]{0,60}") {
            let joined: String = lines(&text).iter().map(|l| l.whole.of(&text)).collect();
            prop_assert_eq!(joined, text);
        }
    }

    #[test]
    fn content_leaves_blanks_out() {
        let text = "\u{3000}\u{3000}一、总体思路 \n\n";
        let lines = lines(text);
        assert_eq!(lines[0].content.of(text), "一、总体思路");
        assert!(lines[1].is_blank());
    }
}
