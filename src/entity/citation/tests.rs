//! Sentences of our own with citations of every shape.

use super::*;
use proptest::prelude::*;

fn cited(text: &str) -> Vec<(String, Option<String>)> {
    find(text)
        .into_iter()
        .map(|c| (c.title, c.doc_number))
        .collect()
}

fn one(text: &str) -> (String, Option<String>) {
    let all = cited(text);
    assert_eq!(all.len(), 1, "{text}: {all:?}");
    all[0].clone()
}

#[test]
fn the_number_that_follows() {
    for (text, number) in [
        (
            "按照《云岭市防汛方案》（云政办〔2021〕9号）执行",
            Some("云政办〔2021〕9号"),
        ),
        (
            "按照《云岭市防汛方案》(云政办[2021]9号)执行",
            Some("云政办〔2021〕9号"),
        ),
        (
            "按照《云岭市防汛方案》云政办〔2021〕9号文件",
            Some("云政办〔2021〕9号"),
        ),
        (
            "按照《云岭市防汛方案》（以下简称《方案》，云政办〔2021〕9号）",
            Some("云政办〔2021〕9号"),
        ),
        (
            "按照《云岭市防汛方案》（云政办〔2021〕9号，以下简称《方案》）",
            Some("云政办〔2021〕9号"),
        ),
        (
            "按照《云岭市防汛方案》（试行）（云政办〔2021〕9号）",
            Some("云政办〔2021〕9号"),
        ),
        (
            "转发关于印发《云岭市防汛方案》的通知（云政办〔2021〕9号）",
            Some("云政办〔2021〕9号"),
        ),
        ("按照《云岭市防汛方案》（2020年第5号）", Some("2020年第5号")),
        ("按照《云岭市防汛方案》（见附件1）", None),
        ("按照《云岭市防汛方案》和云政办〔2021〕9号文件", None),
        ("按照《云岭市防汛方案》要求，（云政办〔2021〕9号）", None),
        ("《云岭市防汛方案》\n云政办〔2021〕9号", None),
    ] {
        assert_eq!(
            one(text),
            (
                "云岭市防汛方案".to_string(),
                number.map(ToString::to_string)
            ),
            "{text}"
        );
    }
}

#[test]
fn titles_as_written() {
    assert_eq!(
        one("《关于印发〈防汛方案〉的\n  通知》").0,
        "关于印发〈防汛方案〉的通知"
    );
    assert_eq!(
        one("《关于印发《防汛方案》的通知》").0,
        "关于印发《防汛方案》的通知"
    );
    assert_eq!(
        one("《关于印发<防汛方案>的通知》").0,
        "关于印发<防汛方案>的通知"
    );
    assert_eq!(one("市局关于印发《防汛方案》的通知").0, "防汛方案");
    assert_eq!(one("《附件1：防汛登记表》").0, "附件1：防汛登记表");
}

#[test]
fn mentions_of_one_title_are_one_citation() {
    let text = "依据《防汛 条例》，贯彻《防汛条例》（国令第86号），《防汛\n条例》（国令第87号）。";
    let found = find(text);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].spans.len(), 3);
    assert_eq!(found[0].doc_number.as_deref(), Some("国令第86号"));
    assert!(found[0].spans.iter().all(|s| s.of(text).starts_with('《')));
}

#[test]
fn short_names_and_bare_kinds_are_none() {
    for text in [
        "《云岭市防汛方案》（以下简称《防汛方案》）已定，请按《防汛方案》执行",
        "《云岭市防汛方案》（以下简称“《防汛方案》”）已定，请按《防汛方案》执行",
        "《云岭市防汛方案》（下称《防汛方案》），《防汛方案》",
    ] {
        let found = find(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].title, "云岭市防汛方案");
        assert_eq!(found[0].spans.len(), 3, "{text}");
    }
    let text = "《甲市条例》和《乙市规程》（以下分别简称《甲》《乙》），按《甲》和《乙》办";
    let titles: Vec<String> = find(text).into_iter().map(|c| c.title).collect();
    assert_eq!(titles, ["甲市条例", "乙市规程"]);
    assert!(cited("请按《方案》《实施意见》和《通知》办，见〈附件〉").is_empty());
}

#[test]
fn what_the_notice_implements() {
    let basis = |text: &str| find(text)[0].basis;
    assert!(basis("根据《云岭市防汛条例》要求，现通知如下："));
    assert!(basis("为贯彻落实《云岭市防汛计划》精神，制定本方案。"));
    assert!(basis(
        "一、总则\n按照《云岭市防汛计划》部署，结合我区实际，制定本方案。"
    ));
    assert!(basis(
        "根据市防办关于印发《云岭市防汛方案》的通知精神，现通知如下："
    ));
    let two =
        find("根据《市局印发防汛方案的通知》和《区局印发防汛方案的通知》，结合实际，现通知如下：");
    assert!(two.iter().all(|c| c.basis));
    assert!(!basis(
        "为贯彻上级精神，我局拟定了《云岭市防汛方案》，现印发给你们。"
    ));
    assert!(!basis("现将《云岭市防汛方案》印发给你们。"));
    assert!(!basis("一、宣传\n组织观看《警钟》专题片。"));
    assert!(!basis("一、宣传\n学习宣传《云岭市防汛条例》。"));
}

proptest! {
    #[test]
    fn spans_are_in_the_text(text in "[《》〈〉（）〔〕以下简称通知方案2022号第、，。\n]{0,80}") {
        let found = find(&text);
        for c in &found {
            prop_assert!(!c.title.is_empty());
            prop_assert!(!c.spans.is_empty());
            for s in &c.spans {
                prop_assert!(text.get(s.start..s.end).is_some_and(|t| t.starts_with('《')));
            }
        }
    }
}

#[test]
fn a_flood_is_read() {
    assert_eq!(find(&"《甲》（".repeat(50_000)).len(), 1);
    assert!(find(&"《（".repeat(50_000)).is_empty());
    assert_eq!(find(&"《甲》".repeat(50_000))[0].spans.len(), 50_000);
}

#[test]
fn organs_that_issue_together_are_of_the_number() {
    for (text, want) in [
        (
            "《护林办法》（甲部、乙委员会令第3号）",
            "甲部、乙委员会令第3号",
        ),
        (
            "《护林办法》（林业部、公安部公告2019年第4号）",
            "林业部、公安部公告2019年第4号",
        ),
        (
            "《护林办法》（试行、林业部公告2019年第4号）",
            "林业部公告2019年第4号",
        ),
    ] {
        assert_eq!(find(text)[0].doc_number.as_deref(), Some(want), "{text}");
    }
}
