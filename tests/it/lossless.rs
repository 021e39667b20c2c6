//! Nothing of a text is lost between its parts: the leaves of the outline are the text, each character once.

use crate::corpus::texts;
use gongwen::outline;
use gongwen::outline::leaf::LeafKind;
use gongwen::text::fold::is_blank;

/// Why the outline of the text is not lossless; none for a sound one.
#[must_use]
pub(crate) fn lost(text: &str) -> Vec<String> {
    let outline = outline::read(text);
    let mut faults = Vec::new();
    let mut hold = |holds: bool, fault: &str| {
        if !holds {
            faults.push(fault.to_owned());
        }
    };
    let paragraphs: String = outline
        .paragraphs
        .iter()
        .map(|p| p.whole.of(text))
        .collect();
    hold(paragraphs == text, "the paragraphs are not the text");
    hold(outline.is_disjoint(), "two parts claim the same character");
    let mut end = 0;
    let mut sections = vec![false; outline.sections.len()];
    for leaf in outline.leaves() {
        hold(
            leaf.span.start == end,
            "a leaf does not begin where the one before it ends",
        );
        hold(!leaf.span.is_empty(), "a leaf holds nothing");
        end = leaf.span.end;
        match leaf.kind {
            LeafKind::Section(index) => sections[index] = true,
            LeafKind::Blank => hold(
                leaf.span.of(text).chars().all(is_blank),
                "a blank leaf holds a character",
            ),
            _ => {}
        }
    }
    hold(end == text.len(), "the leaves end before the text");
    hold(sections.iter().all(|is| *is), "a section has no leaf");
    faults
}

#[test]
fn every_notice_of_the_corpus_is_its_leaves() {
    for (path, bytes) in texts() {
        let text = String::from_utf8_lossy(&bytes);
        assert_eq!(lost(&text), [""; 0], "{}", path.display());
    }
}

/// Only what a page prints above a title may be of no part, and the corpus has no such thing.
#[test]
fn every_line_of_the_corpus_is_of_a_part() {
    for (path, bytes) in texts() {
        let text = String::from_utf8_lossy(&bytes);
        let outline = outline::read(&text);
        let other: Vec<&str> = outline
            .leaves()
            .filter(|leaf| leaf.kind == LeafKind::Other)
            .map(|leaf| leaf.span.of(&text))
            .collect();
        assert_eq!(other, [""; 0], "{}", path.display());
    }
}

#[test]
fn what_shares_a_line_is_told_apart() {
    let text = "关于演练的通知\n各科室、各中队：现通知如下。\n附件：1.名单 2.表\n甲县应急管理局 2023年5月4日\n";
    let kinds: Vec<(&str, &str)> = outline::read(text)
        .leaves()
        .map(|leaf| (leaf.kind.name(), leaf.span.of(text)))
        .collect();
    assert_eq!(
        kinds,
        [
            ("title", "关于演练的通知\n"),
            ("addressees", "各科室、各中队"),
            ("body", "：现通知如下。\n"),
            ("listed", "附件：1.名单 2."),
            ("listed", "表\n"),
            ("signer", "甲县应急管理局 "),
            ("issued", "2023年5月4日\n"),
        ]
    );
}
