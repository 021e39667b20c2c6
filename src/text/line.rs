//! Lines: a paragraph each, with the blanks at its ends told apart from its content.

use super::fold::{trimmed_end, trimmed_start};
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
    each(text).collect()
}

/// The same, one at a time: none is kept.
pub fn each(text: &str) -> impl Iterator<Item = Line> + Clone {
    wholes(text).map(|whole| line(text, whole))
}

/// The same with their line feeds, as they stand: nothing of them is read.
#[inline]
pub fn wholes(text: &str) -> impl Iterator<Item = Span> + Clone {
    let bytes = text.as_bytes();
    let open = bytes.last().is_some_and(|last| *last != b'\n');
    let ends = memchr_iter(b'\n', bytes).map(|feed| feed + 1);
    let mut start = 0;
    ends.chain(open.then_some(bytes.len())).map(move |end| {
        let whole = Span::new(start, end);
        start = end;
        whole
    })
}

/// The line with this whole.
#[must_use]
pub fn line(text: &str, whole: Span) -> Line {
    let Span { start, end } = whole;
    let tail = trimmed_start(whole.of(text));
    let from = end - tail.len();
    let content = match trimmed_end(tail).len() {
        0 => Span::new(start, start),
        len => Span::new(from, from + len),
    };
    Line { whole, content }
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
