//! Tests of this module.

use super::*;
use crate::outline::paragraph;

/// The header of a notice, and how many paragraphs stand above its body.
fn of(text: &str) -> (Header, usize) {
    read(text, &paragraph::paragraphs(text), 0, true)
}

fn words<'t>(text: &'t str, spans: &[Span]) -> Vec<&'t str> {
    spans.iter().map(|s| s.of(text)).collect()
}

#[test]
fn a_full_header_is_read_line_by_line() {
    let text = "000012\n机密★1年\n特急\n甲县林业局文件\n甲林发〔2031〕7号\n甲县林业局关于做好\n春季护林工作的通知\n各林场、护林站：\n请照办。\n";
    let (header, next) = of(text);
    assert_eq!(words(text, &header.marks), ["000012", "机密★1年", "特急"]);
    assert_eq!(words(text, &header.letterhead), ["甲县林业局文件"]);
    assert_eq!(
        header.doc_number.map(|n| n.of(text)),
        Some("甲林发〔2031〕7号")
    );
    assert_eq!(
        header.title_text(text),
        "甲县林业局关于做好春季护林工作的通知"
    );
    assert_eq!(
        header.addressees.map(|a| a.of(text)),
        Some("各林场、护林站")
    );
    assert_eq!(next, 8);
}

#[test]
fn a_quoted_title_over_lines_goes_on_to_its_own_kind() {
    let text = "关于转发《护林工作方案\n（试行）》的通知\n各林场：\n";
    assert_eq!(
        of(text).0.title_text(text),
        "关于转发《护林工作方案（试行）》的通知"
    );
    let text = "关于印发护林通知\n的通知\n各林场：\n";
    assert_eq!(of(text).0.title_text(text), "关于印发护林通知的通知");
}

#[test]
fn what_may_stand_below_a_title_is_no_body() {
    let text = "护林工作会议纪要\n2031年第7号\n甲县林业局 2031年3月1日\n关于春季护林有关问题的纪要\n会议议定如下。\n";
    let (header, next) = of(text);
    assert_eq!(header.title_text(text), "关于春季护林有关问题的纪要");
    assert_eq!(next, 4);
    let text = "护林工作方案\n（2031年3月1日甲县林业局印发）\n甲县护林工作方案\n一、目标\n";
    let (header, next) = of(text);
    assert_eq!(words(text, &header.notes).len(), 1);
    assert_eq!(
        (header.title_text(text).as_str(), next),
        ("护林工作方案", 3)
    );
}

#[test]
fn a_sentence_before_a_colon_names_no_addressees() {
    for text in [
        "护林通知\n现将有关事项通知如下：\n",
        "护林通知\n主题：护林\n",
        "护林通知\n为了护林，请各站：\n",
    ] {
        assert_eq!(of(text).0.addressees, None, "{text}");
    }
    let flat = "护林通知\n各林场、各站：请照办。\n";
    let (header, next) = of(flat);
    assert_eq!(header.addressees.map(|a| a.of(flat)), Some("各林场、各站"));
    assert_eq!(next, 1, "what follows the colon is of the body");
}

#[test]
fn a_text_without_a_title_has_its_first_lines_for_one() {
    let text = "春季护林\n我们怎么做\n\n一、巡山\n";
    assert_eq!(words(text, &of(text).0.title), ["春季护林", "我们怎么做"]);
    assert_eq!(of("一、巡山\n").0.title, []);
    assert_eq!(of("").0, Header::default());
}
