//! What an element's attributes do to its text: hidden, centred, a list's numbers, Word's own parts.

use super::tag::Tag;
use super::tree::{Id, Tree};
use std::borrow::Cow;

/// What the attributes of an element say of its look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Not shown, nor anything within.
    pub(super) is_hidden: bool,
    /// Whether its lines are set in the middle; none where that is as around it.
    pub(super) is_centred: Option<bool>,
    /// A list whose items show no marker.
    pub(super) is_bare: bool,
    /// A list numbered 一、二、三.
    pub(super) is_chinese: bool,
    /// The number of a paragraph and the gap after it, as Word saves them.
    pub(super) is_marker: bool,
    /// A footnote or endnote, as Word saves it.
    pub(super) is_note: bool,
}

/// The element's style, from its own attributes; style sheets are not read.
pub(super) fn style(tree: &Tree, id: Id) -> Style {
    let mut style = Style::default();
    let tag = tree.tag(id);
    if tag == Tag::Centre {
        style.is_centred = Some(true);
    }
    for (name, value) in tree.attributes(id) {
        if name.eq_ignore_ascii_case(b"style") {
            declarations(value, &mut style);
        } else if name.eq_ignore_ascii_case(b"align")
            && tag != Tag::Table
            && style.is_centred.is_none()
        {
            style.is_centred = alignment(value);
        } else if name.eq_ignore_ascii_case(b"hidden") {
            style.is_hidden = true;
        }
    }
    style
}

fn declarations(value: &[u8], style: &mut Style) {
    for declaration in value.split(|b| *b == b';') {
        let Some(colon) = declaration.iter().position(|b| *b == b':') else {
            continue;
        };
        let name = declaration[..colon].trim_ascii();
        let value = declaration[colon + 1..].trim_ascii();
        let value = strip_important(value);
        let is = |word: &str| value.eq_ignore_ascii_case(word.as_bytes());
        if name.eq_ignore_ascii_case(b"display") {
            style.is_hidden = is("none");
        } else if name.eq_ignore_ascii_case(b"visibility") {
            style.is_hidden |= is("hidden") || is("collapse");
        } else if name.eq_ignore_ascii_case(b"mso-hide") {
            style.is_hidden |= is("all");
        } else if name.eq_ignore_ascii_case(b"text-align") {
            style.is_centred = alignment(value).or(style.is_centred);
        } else if name.eq_ignore_ascii_case(b"list-style")
            || name.eq_ignore_ascii_case(b"list-style-type")
        {
            let has = |words: &[&str]| {
                let mut parts = value.split(|b| b.is_ascii_whitespace());
                parts.any(|p| words.iter().any(|w| p.eq_ignore_ascii_case(w.as_bytes())))
            };
            style.is_bare = has(&["none"]);
            style.is_chinese = has(&[
                "cjk-ideographic",
                "simp-chinese-informal",
                "simp-chinese-formal",
                "trad-chinese-informal",
                "trad-chinese-formal",
            ]);
        } else if name.eq_ignore_ascii_case(b"mso-list") {
            style.is_marker = is("Ignore");
        } else if name.eq_ignore_ascii_case(b"mso-element") {
            // Word saves running heads, comments and notes as parts of the page.
            style.is_hidden |= is("header") || is("footer") || is("comment") || is("comment-list");
            style.is_note |= is("footnote") || is("endnote");
        }
    }
}

fn strip_important(value: &[u8]) -> &[u8] {
    match value.iter().position(|b| *b == b'!') {
        Some(at) => value[..at].trim_ascii(),
        None => value,
    }
}

fn alignment(value: &[u8]) -> Option<bool> {
    let value = value.trim_ascii();
    let is = |word: &str| value.eq_ignore_ascii_case(word.as_bytes());
    if is("center") || is("middle") || is("-webkit-center") {
        Some(true)
    } else if is("left") || is("right") || is("justify") || is("start") || is("end") {
        Some(false)
    } else {
        None
    }
}

/// The words of the element's class and id: `TRS_Editor` and its parts are up to the reader.
pub(super) fn names<'t>(tree: &Tree<'t>, id: Id) -> (Cow<'t, str>, Cow<'t, str>) {
    let mut found = (Cow::Borrowed(""), Cow::Borrowed(""));
    for (name, value) in tree.attributes(id) {
        if name.eq_ignore_ascii_case(b"id") {
            found.0 = String::from_utf8_lossy(value);
        } else if name.eq_ignore_ascii_case(b"class") {
            found.1 = String::from_utf8_lossy(value);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(tag: &str) -> Style {
        style(&Tree::new(tag, 9), 1)
    }

    #[test]
    fn styles_are_read() {
        assert!(of("<p style='color:red; DISPLAY : none !important'>").is_hidden);
        assert!(of("<p hidden>").is_hidden);
        assert!(!of("<p style='display:block;x'>").is_hidden);
        assert_eq!(of("<p align=center>").is_centred, Some(true));
        assert_eq!(
            of("<p align='center' style='text-align:left'>").is_centred,
            Some(false)
        );
        assert_eq!(
            of("<p align='' style='text-align:inherit'>").is_centred,
            None
        );
        assert_eq!(of("<table align=center>").is_centred, None);
        assert_eq!(of("<center>").is_centred, Some(true));
        assert!(of("<ol style='list-style: none inside'>").is_bare);
        assert!(of("<ol style='list-style-type:cjk-ideographic'>").is_chinese);
        assert!(of("<div style='mso-element:footnote' id=ftn1>").is_note);
    }
}
