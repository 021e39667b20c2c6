//! Tests of this module.

use super::super::reflow;
use crate::text::fold::is_blank;

const PARAGRAPHS: [&str; 9] = [
    "关于做好春季护林防火工作的通知",
    "各林场、护林站：",
    "春季风高物燥，为切实做好护林防火工作，保护森林资源和群众生命财产安全，现将有关事项通知如下：",
    "一、加强巡山",
    "护林员每日巡山两次，重点时段增加一次，带好对讲机和记录本，发现火情立即报告。",
    "（一）分片包干",
    "各林场把山头地块落实到人，张榜公布。",
    "二、管住火源",
    "进山路口设卡登记，收缴火种，禁止野外用火。",
];

/// The paragraphs that come back of the text.
fn restored(text: &str) -> Option<Vec<String>> {
    let lines = |text: &str| {
        let words = text.lines().map(|l| l.trim_matches(is_blank).to_owned());
        words.filter(|l| !l.is_empty()).collect()
    };
    reflow(text).map(|r| lines(&r.text))
}

#[test]
fn paragraphs_parted_by_indents_come_back() {
    for indent in ["\u{3000}\u{3000}", "    "] {
        assert_eq!(
            restored(&PARAGRAPHS.join(indent)).as_deref(),
            Some(&PARAGRAPHS.map(str::to_owned)[..])
        );
    }
}

#[test]
fn paragraphs_parted_by_one_blank_come_back_before_markers() {
    let found = restored(&PARAGRAPHS.join(" ")).expect("paragraphs were lost");
    for marked in ["一、加强巡山", "（一）分片包干", "二、管住火源"] {
        assert!(found.iter().any(|p| p == marked), "{marked} in {found:?}");
    }
    assert_eq!(found[0], PARAGRAPHS[0]);
}

#[test]
fn a_label_set_apart_is_not_broken() {
    let text = format!(
        "{}　　联系人：周一　　邮　　箱：a@b.cn",
        PARAGRAPHS.join("　　")
    );
    let found = restored(&text).expect("paragraphs were lost");
    assert_eq!(found.last().map(String::as_str), Some("邮　　箱：a@b.cn"));
}

#[test]
fn text_with_its_paragraphs_is_left_alone() {
    assert_eq!(restored(&PARAGRAPHS.join("\n")), None);
    let names = "甲　乙　丙　丁　".repeat(60);
    assert_eq!(restored(&names), None);
    let table = "单位\t姓名 职务\t电话\t".repeat(30);
    assert_eq!(restored(&table), None);
    let prose = "护林员 巡山 报告 登记".repeat(20);
    assert_eq!(restored(&prose), None);
}

#[test]
fn what_was_left_out_is_found_again_in_the_original() {
    let text = PARAGRAPHS.join("\u{3000}\u{3000}");
    let reflow = reflow(&text).expect("paragraphs were lost");
    let mut at = 0;
    for line in reflow.text.lines() {
        let span = crate::span::Span::new(at, at + line.len());
        assert_eq!(reflow.original(span).of(&text), line);
        at += line.len() + 1;
    }
}

#[test]
fn a_notice_without_sections_comes_back_by_its_frame() {
    let lines = [
        "甲县人民政府办公室关于表扬护林先进集体的通知",
        "甲政办发〔2031〕6号",
        "各乡镇人民政府，县直各单位：",
        "去冬以来，全县护林员巡山四千余次，没有发生一起森林火情，为全县群众平安过冬作出了贡献，县政府决定对三个集体予以表扬。",
        "希望受表扬的集体再接再厉。",
        "甲县人民政府办公室",
        "2031年5月6日",
        "（此件公开发布）",
    ];
    let found = restored(&lines.join(" ")).expect("paragraphs were lost");
    assert_eq!(found, lines);
    // blanks around figures part no paragraphs
    let prose = "经研究，定于 2031年5月6日 召开会议，请各单位： 于 5月1日 前把名单报送。".repeat(8);
    assert_eq!(restored(&prose), None);
}

#[test]
fn decimal_sections_come_back_where_they_count_on() {
    let lines = [
        "甲县护林预案",
        "1 总则",
        "1.1 目的",
        "为了在火情发生以后迅速转移群众，减少损失，保护森林，根据有关规定，结合本县实际，制定本预案。",
        "1.2 范围",
        "本预案适用于本县境内的林地，边界的林地由两县商定，商定以前由先到的一方扑救。",
        "2 队伍",
        "2.1 组成",
        "队伍由护林员和民兵组成，共 3.5 个中队。",
    ];
    let found = restored(&lines.join(" ")).expect("paragraphs were lost");
    assert_eq!(found, lines);
}

#[test]
fn decimal_sections_are_told_from_figures_by_their_names() {
    let lines = [
        "甲县林长制实施方案",
        "1 活动主题",
        "人人护林",
        "2 活动时间",
        "2031年3月1日至31日",
        "3 活动内容",
        "3.1 开展巡山。每村组织 2 个小队，每队 3 人，每日巡山 1 次，发现烟火立即处置并上报，不得瞒报漏报迟报。",
        "3.2 3月底前清理林缘杂草，清出防火隔离带 5 公里以上，由各林场分片包干，验收合格后销号，不合格的返工。",
        "3.3 设置标牌。",
        "4 工作要求",
        "加强领导，压实责任。",
    ];
    let found = restored(&lines.join(" ")).expect("paragraphs were lost");
    assert_eq!(found, lines);
    // figures with blanks around count nothing
    let prose =
        "全县共有 1 处林场，其中 2 处苗圃，面积 1.1 万亩，比上年多 2 处，计 2.1 万亩。".repeat(8);
    assert_eq!(restored(&prose), None);
}

#[test]
fn several_organs_sign_on_lines_of_their_own() {
    let mut lines = PARAGRAPHS.to_vec();
    lines.extend(["甲县林业局", "甲县公安局", "甲县气象局", "2031年3月1日"]);
    let found = restored(&lines.join(" ")).expect("paragraphs were lost");
    for line in ["甲县林业局", "甲县公安局", "甲县气象局", "2031年3月1日"] {
        assert!(found.iter().any(|p| p == line), "{line} in {found:?}");
    }
    // organs that are told stay in their sentence
    let told = format!("{} 请县林业局 县公安局 派员参加。", PARAGRAPHS.join(" "));
    let found = restored(&told).expect("paragraphs were lost");
    assert!(
        found
            .iter()
            .any(|p| p.ends_with("请县林业局 县公安局 派员参加。"))
    );
}

#[test]
fn a_label_keeps_what_a_blank_parts_and_labels_stand_apart() {
    let lines = [
        "关于做好春季护林防火工作的通知",
        "各林场、护林站：",
        "春季风高物燥，为切实做好护林防火工作，保护森林资源和群众生命财产安全，现将有关事项通知如下：",
        "一、活动主题：人人护林 户户防火",
        "二、活动内容",
        "（一）开展巡山。",
        "责任单位：县林业局",
        "时限要求：常年坚持",
        "（二）清理可燃物。",
    ];
    let found = restored(&lines.join(" ")).expect("paragraphs were lost");
    assert_eq!(found, lines);
}
