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
    long(text, 1)
}

/// The lines of at least so many bytes, blanks and line feed included; of the others nothing is read.
pub fn long(text: &str, least: usize) -> impl Iterator<Item = Line> + Clone {
    let mut start = 0;
    memchr_iter(b'\n', text.as_bytes())
        .map(|feed| feed + 1)
        .chain(Some(text.len()))
        .filter_map(move |end| {
            let from = start;
            start = end;
            (end - from >= least.max(1)).then(|| line(text, from, end))
        })
}

fn line(text: &str, start: usize, end: usize) -> Line {
    let tail = trimmed_start(&text[start..end]);
    let from = end - tail.len();
    let content = match trimmed_end(tail).len() {
        0 => Span::new(start, start),
        len => Span::new(from, from + len),
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
    fn long_lines_are_those_of_all() {
        let text = "护林\n\n护林员巡山\n山";
        let told: Vec<&str> = long(text, 7).map(|l| l.whole.of(text)).collect();
        assert_eq!(told, ["护林\n", "护林员巡山\n"]);
    }

    #[test]
    fn content_leaves_blanks_out() {
        let text = "\u{3000}\u{3000}一、总体思路 \n\n";
        let lines = lines(text);
        assert_eq!(lines[0].content.of(text), "一、总体思路");
        assert!(lines[1].is_blank());
    }
}
