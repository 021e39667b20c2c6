//! Nothing of a text is lost between its parts: the leaves of the outline are the text, each character once.

use crate::corpus::texts;
use crate::leaves::lost;
use gongwen::outline;
use gongwen::outline::leaf::LeafKind;

#[test]
fn every_notice_of_the_corpus_is_its_leaves() {
    for (path, bytes) in texts() {
        let text = String::from_utf8_lossy(&bytes);
        assert_eq!(lost(&text), [""; 0], "{}", path.display());
    }
}

/// Only a title that a page prints again, above the body, may be of no part.
#[test]
fn every_line_of_a_body_is_of_a_part() {
    for (path, bytes) in texts() {
        let text = String::from_utf8_lossy(&bytes);
        let outline = outline::read(&text);
        let is_body = |kind| matches!(kind, LeafKind::Body | LeafKind::Section(_));
        let other: Vec<&str> = outline
            .leaves()
            .skip_while(|leaf| !is_body(leaf.kind))
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
