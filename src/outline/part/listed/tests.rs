//! Tests of this module.

use super::*;
use crate::outline;

const COVER: &str = "关于做好护林工作的通知\n各林场：\n请遵照执行。\n";

#[test]
fn numbers_without_a_stop_count_the_attachments() {
    let text = format!("{COVER}附件：1巡山记录表\n2值守记录表\n甲县林业局\n2031年5月6日\n");
    let listed = outline::read(&text).listed;
    let titles: Vec<&str> = listed.iter().map(|l| l.title[0].of(&text)).collect();
    assert_eq!(titles, ["巡山记录表", "值守记录表"]);
    assert_eq!(
        listed.iter().map(|l| l.number).collect::<Vec<_>>(),
        [Some(1), Some(2)]
    );
    let text = format!(
        "{COVER}附件：点此下载\n1：《巡山记录表》\n2：值守记录表\n甲县林业局\n2031年5月6日\n"
    );
    let listed = outline::read(&text).listed;
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[1].title[0].of(&text), "值守记录表");
    for list in [
        "附件1：巡山记录表；附件2：值守记录表",
        "附件：（1）巡山记录表；（2）值守记录表",
        "附件：①巡山记录表②值守记录表",
        "附件：1.巡山记录表,2.值守记录表",
        "附件:1.巡山记录表2.值守记录表",
        "附件：1.巡山记录表.docx\n附件：2.值守记录表.docx",
        "附件1-1：巡山记录表\n附件1-2：值守记录表",
        "附件：《巡山记录表》、《值守记录表》",
    ] {
        let text = format!("{COVER}{list}\n甲县林业局\n2031年5月6日\n");
        let listed = outline::read(&text).listed;
        let titles: Vec<&str> = listed.iter().map(|l| l.title[0].of(&text)).collect();
        let bare: Vec<&str> = titles
            .iter()
            .map(|t| t.trim_matches(['《', '》']))
            .collect();
        assert_eq!(bare, ["巡山记录表", "值守记录表"], "{list}");
    }
    let glued =
        format!("{COVER}附件12031年巡山计划\n附件22031年值守计划\n甲县林业局\n2031年5月6日\n");
    let listed = outline::read(&glued).listed;
    assert_eq!(listed[0].title[0].of(&glued), "2031年巡山计划");
    let year = format!("{COVER}附件：2031年巡山记录表\n甲县林业局\n2031年5月6日\n");
    let listed = outline::read(&year).listed;
    assert_eq!(listed[0].title[0].of(&year), "2031年巡山记录表");
}

#[test]
fn a_title_may_hang_below_another_and_none_may_be_given() {
    let text = format!("{COVER}附：巡山记录表\n　　　值守记录表\n甲县林业局\n2031年5月6日\n");
    let listed = listed_of(&text);
    assert_eq!(listed[1], (None, "值守记录表".to_owned()));
    let text = format!("{COVER}附：巡山记录表\n　　　　　　甲县林业局\n2031年5月6日\n");
    assert_eq!(listed_of(&text).len(), 1);
    // the body's title begins as a paragraph does
    let text =
        format!("{COVER}附件：护林工作方案\n　　甲县护林工作方案\n　　一、目标\n　　无火情。\n");
    assert_eq!(listed_of(&text).len(), 1);
    let text = format!("{COVER}附件：（略）\n甲县林业局\n2031年5月6日\n");
    assert_eq!(listed_of(&text), []);
}

fn listed_of(text: &str) -> Vec<(Option<u32>, String)> {
    let title = |l: &Listed| l.title.iter().map(|s| s.of(text)).collect();
    let listed = outline::read(text).listed;
    listed.iter().map(|l| (l.number, title(l))).collect()
}

#[test]
fn a_list_is_read_whatever_its_lines() {
    let want = [
        (Some(1), "护林员名册".to_owned()),
        (Some(2), "巡山记录表".to_owned()),
    ];
    for list in [
        "附件：1.护林员名册\n　　　2.巡山记录表\n",
        "附件：\n1.护林员名册；\n2.巡山记录表。\n",
        "附件：1.护林员名册 2.巡山记录表\n",
        "附件1：护林员名册\n附件2：巡山记录表\n",
        "附件：\n1.护林员名册\n扫码可看名册原图\n2.巡山记录表\n",
        "附件：1.护林员名册.doc\n2.巡山记录表.xlsx\n",
    ] {
        assert_eq!(listed_of(&format!("{COVER}{list}")), want, "{list}");
    }
}

#[test]
fn what_heads_its_body_below_was_listed_above() {
    let text = format!("{COVER}附件：\n巡山 记录表\n附件\n巡山记录表\n一、山名\n二、日期\n");
    assert_eq!(listed_of(&text), [(None, "巡山 记录表".to_owned())]);
    let bodies = |text: &str| outline::read(text).parts.len() - 1;
    assert_eq!(bodies(&text), 1);
    assert_eq!(bodies(&text.replace("附件\n", "附件：巡山记录表\n")), 1);
}

#[test]
fn a_list_may_be_given_twice_above_the_signature() {
    let text = format!(
        "{COVER}附件：巡山记录表\n（甲林发〔2031〕3号）\n附件：巡山记录表\n甲县林业局\n2031年5月6日\n"
    );
    let outline = outline::read(&text);
    assert_eq!(listed_of(&text), [(None, "巡山记录表".to_owned())]);
    assert_eq!(outline.parts.len(), 1);
    let signers = &outline.parts[0].closing.signers;
    assert_eq!(
        signers.iter().map(|s| s.of(&text)).collect::<Vec<_>>(),
        ["甲县林业局"]
    );
}

#[test]
fn what_stands_below_a_named_attachment_is_of_one_place() {
    for text in [
        "附：：\n附：：\n方案\n2031.5.6\n方案\n索引号：",
        "附：：\n附：：\n2031.5.6\n方案\n索引号：",
        "附：名册\n附：表\n索引号：3\n方案\n",
    ] {
        assert!(outline::read(text).is_disjoint(), "{text}");
    }
}

#[test]
fn a_file_is_named_without_its_ending() {
    let want = [(None, "护林员名册".to_owned())];
    for list in ["附件：护林员名册.pdf\n", "附件.护林员名册.pdf\n"] {
        assert_eq!(listed_of(&format!("{COVER}{list}")), want, "{list}");
    }
    assert_eq!(listed_of(&format!("{COVER}附件材料要齐全。\n")), []);
}

#[test]
fn a_listed_title_over_lines_is_one_and_not_endless() {
    let broken = format!("{COVER}附件：1.春季护林\n防火值班安排\n");
    assert_eq!(
        listed_of(&broken),
        [(Some(1), "春季护林防火值班安排".to_owned())]
    );
    let open = format!("{COVER}附件：1.《春季\n{}", "护林表\n".repeat(30));
    let listed = outline::read(&open).listed;
    assert_eq!(listed[0].title.len(), LISTED_LINES);
}

#[test]
fn an_item_may_be_a_part_a_file_or_in_marks() {
    let titles = |list: &str| -> Vec<(Option<u32>, String)> {
        listed_of(&format!("{COVER}{list}甲县林业局\n2031年5月6日\n"))
    };
    let (first, second) = ("护林员名册".to_owned(), "巡山记录表".to_owned());
    assert_eq!(
        titles("附件：1-1.护林员名册\n　　　1-2.巡山记录表\n　　　2.值守表\n"),
        [
            (Some(1), first.clone()),
            (Some(1), second.clone()),
            (Some(2), "值守表".to_owned())
        ]
    );
    assert_eq!(
        titles("附件\n护林员名册.xls\n巡山记录表.doc\n"),
        [(None, first), (None, second)]
    );
    let marked = titles("附件：1. 《护林员名册》；\n2. 《巡山记录表》。\n");
    assert_eq!(marked.len(), 2);
    assert_eq!(marked[1].0, Some(2));
}

#[test]
fn bodies_may_follow_by_their_titles_alone() {
    let bodies = |tail: &str| {
        let list = "附件：1.巡山记录表\n　　　2.填报说明\n甲县林业局\n2031年5月6日\n";
        let parts = outline::read(&format!("{COVER}{list}{tail}")).parts;
        parts.len() - 1
    };
    assert_eq!(
        bodies("巡山记录表\n山名\t日期\n填报说明\n一、山名：指巡过的山。\n"),
        2
    );
    assert_eq!(bodies("附件1\n巡山记录表\n填报说明\n如实填写。\n"), 1);
    assert_eq!(bodies("巡山记录表\n山名\t日期\n填报说明如下\n"), 1);
}
