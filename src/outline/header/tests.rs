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

#[test]
fn what_a_page_prints_is_no_part_of_the_title() {
    let document = "甲县林业局关于做好护林工作的通知\n各林场：\n请照办。\n";
    for page in [
        "首页 > 政务公开 > 文件\n",
        "无障碍浏览  长者模式\n甲县人民政府门户网站\n",
        "索引号：AB-1 发布日期：2031-05-06\n文 号：甲林发〔2031〕3号\n",
        "• 发文机关:\n甲县林业局\n",
        "便民查询\n今日要闻速览\n",
        "甲县林业局关于做好护林工作的通知\n发布时间：2031-05-06 来源：\n浏览量：\n",
        "甲林发〔2031〕3号《甲县林业局关于做好护林工作的通知》\n浏览量：\n",
        "关于做好护林工作的通知\n113701130042070099-A/2031-4\n综合\n甲县\n",
    ] {
        let text = format!("{page}{document}");
        let header = of(&text).0;
        assert_eq!(
            header.title_text(&text),
            "甲县林业局关于做好护林工作的通知",
            "{page}"
        );
        assert_eq!(
            header.addressees.map(|a| a.of(&text)),
            Some("各林场"),
            "{page}"
        );
    }
}

#[test]
fn the_number_that_a_page_puts_to_the_title_is_the_number() {
    for (line, title) in [
        ("关于护林的通知（甲林发〔2031〕3号）", "关于护林的通知"),
        ("甲林发〔2031〕3号 关于护林的通知", "关于护林的通知"),
        (
            "甲林发〔2031〕3号《关于印发〈护林办法〉的通知》",
            "关于印发〈护林办法〉的通知",
        ),
        ("关于护林的通知\n（甲林发[2031]3号）", "关于护林的通知"),
    ] {
        let text = format!("{line}\n各林场：\n请照办。\n");
        let header = of(&text).0;
        assert_eq!(header.title_text(&text), title);
        assert!(header.doc_number.is_some(), "{line}");
        assert_eq!(header.addressees.map(|a| a.of(&text)), Some("各林场"));
    }
    let text = "关于贯彻甲发〔2031〕3号文件的通知\n各林场：\n请照办。\n";
    assert_eq!(of(text).0.doc_number, None);
}

#[test]
fn a_title_goes_on_below_a_line_that_ends_as_one() {
    let text = "甲县人民政府关于推行公示制度\n审核制度的实施意见\n各乡镇：\n请照办。\n";
    assert_eq!(
        of(text).0.title_text(text),
        "甲县人民政府关于推行公示制度审核制度的实施意见"
    );
    let text =
        "甲县人民政府关于加强规范性文件\n审核工作的意见\n甲政发〔2031〕3号\n各乡镇：\n请照办。\n";
    assert_eq!(
        of(text).0.title_text(text),
        "甲县人民政府关于加强规范性文件审核工作的意见"
    );
    // the title of what is told, below a whole title, is not
    let text = "关于印发方案的通知\n2031年护林工作方案\n各乡镇：\n请照办。\n";
    assert_eq!(of(text).0.title_text(text), "关于印发方案的通知");
}

#[test]
fn acts_below_a_title_are_notes() {
    let text = "甲市养犬办法\n2031年3月1日 甲市人民政府第2次常务会议通过\n2031年3月9日 甲市人民政府令第8号公布\n第一条 为了养犬，制定本办法。\n";
    let (header, next) = of(text);
    assert_eq!((header.notes.len(), next), (2, 3));
}

#[test]
fn a_mark_may_stand_above_the_number() {
    let text = "对第12号建议的答复\nA类\n甲林建〔2031〕7号\n何平代表：\n您好。\n";
    let (header, next) = of(text);
    assert_eq!(
        header.doc_number.map(|n| n.of(text)),
        Some("甲林建〔2031〕7号")
    );
    assert_eq!(header.addressees.map(|a| a.of(text)), Some("何平代表"));
    assert_eq!(next, 4);
}

#[test]
fn who_decides_is_no_addressee() {
    let text = "甲县人大常委会关于设立护林日的决定\n甲县第三届人民代表大会常务委员会第二次会议决定：\n设立护林日。\n";
    let (header, _) = of(text);
    assert_eq!(header.addressees, None);
    let text = "关于护林的批复\n甲县人民政府：\n同意。\n";
    assert_eq!(
        of(text).0.addressees.map(|a| a.of(text)),
        Some("甲县人民政府")
    );
}

#[test]
fn a_draft_says_so_below_its_title() {
    let text = "甲县护林条例\n（草案）\n第一条 为了护林，制定本条例。\n";
    assert_eq!(of(text).0.title_text(text), "甲县护林条例（草案）");
}

#[test]
fn a_number_behind_a_title_is_no_part_of_it() {
    for (line, title) in [
        (
            "甲县林场关于护林的通知 甲林发〔2031〕3号",
            "甲县林场关于护林的通知",
        ),
        (
            "关于印发《护林方案》的通知　甲林发〔2031〕3号",
            "关于印发《护林方案》的通知",
        ),
        ("《关于护林的通知》（甲林发〔2031〕3号）", "关于护林的通知"),
        (
            "关于印发《护林方案》的通知（甲林发〔2031〕3号）",
            "关于印发《护林方案》的通知",
        ),
    ] {
        let text = format!("{line}\n各林场：\n请照办。\n");
        let (header, next) = of(&text);
        assert_eq!(header.title_text(&text), title);
        assert_eq!(
            header.doc_number.map(|n| n.of(&text)),
            Some("甲林发〔2031〕3号")
        );
        assert_eq!(next, 2, "{line}");
    }
    // the number of what is cited stays in its place
    let text = "关于转发《护林方案》（乙林发〔2030〕5号）的通知\n甲林发〔2031〕3号\n各林场：\n";
    let (header, _) = of(text);
    assert_eq!(
        header.title_text(text),
        "关于转发《护林方案》（乙林发〔2030〕5号）的通知"
    );
    assert_eq!(
        header.doc_number.map(|n| n.of(text)),
        Some("甲林发〔2031〕3号")
    );
}
