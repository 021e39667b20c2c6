//! Tests of this module.

use super::*;
use proptest::prelude::*;

fn normal(text: &str) -> Option<String> {
    at(text, 0).map(|n| {
        assert!(!n.span.of(text).is_empty());
        n.normal
    })
}

fn line(text: &str) -> Option<String> {
    whole_line(text, Span::new(0, text.len())).map(|n| n.normal)
}

#[test]
fn every_bracket_is_one_bracket() {
    for text in [
        "（云教办〔2022〕28号）",
        "(云教办[2022]28号)",
        "〔云教办【２０２２】28号〕",
        "（云教办（2022）28号）",
        "（云教办(2022)２８号",
        "云教办﹝2022﹞28号",
        "云教办〖2022〗28号",
        " （云教办［2022］ 28 号，以下简称《通知》）",
        "（云 教 办〔 2022 〕28 号）",
        "（云教办\n〔2022〕28号）",
    ] {
        assert_eq!(
            normal(text).as_deref(),
            Some("云教办〔2022〕28号"),
            "{text}"
        );
    }
}

#[test]
fn orders_announcements_and_standards() {
    for (text, want) in [
        ("（2020年第5号）", "2020年第5号"),
        ("（税务总局公告2021年第12号）", "税务总局公告2021年第12号"),
        ("（国令第708号）", "国令第708号"),
        ("（国务院令第 493 号，2015年修订）", "国务院令第493号"),
        ("（主席令第八十八号）", "主席令第八十八号"),
        ("（公安部第61号令）", "公安部第61号令"),
        ("甲密办(局)函〔2031〕5号", "甲密办（局）函〔2031〕5号"),
        ("（〔2031〕8号）", "〔2031〕8号"),
        ("（建标144-2010）", "建标144-2010"),
        ("（GB5085.1-7）", "GB 5085.1-7"),
        ("（建设部81号令）", "建设部81号令"),
        ("（闽委办发明电〔2020〕28号）", "闽委办发明电〔2020〕28号"),
        ("（鲁政字〔2022〕15号）", "鲁政字〔2022〕15号"),
        ("（教基〔2022〕第9号）", "教基〔2022〕第9号"),
        ("（GB/T 9704-2012）", "GB/T 9704-2012"),
        ("（GB50016—2014）", "GB 50016—2014"),
        ("(DB31/T 1393－2023)", "DB31/T 1393-2023"),
        ("T/CECS 123.4-2020", "T/CECS 123.4-2020"),
        ("（JGJ59-2011）", "JGJ 59-2011"),
    ] {
        assert_eq!(normal(text).as_deref(), Some(want), "{text}");
    }
}

#[test]
fn no_document_number() {
    for text in [
        "",
        "（2024）湛仲字第2342号",
        "（2023）京0105民初1234号",
        "（2022）5号",
        "（试行）",
        "（2024-2026年）",
        "（详见附件1）",
        "（第12号楼）",
        "（以下简称《通知》）",
        "和国发〔2011〕40号",
        "要求和国发〔2011〕40号",
        "等文件精神（国发〔2011〕40号）",
        "（国发〔20111〕40号）",
        "（国发〔2011〕40）",
        "（国发〔2011〕1234567号）",
        "（GB/T）",
        "（A-2022）",
        "湖州路1799号",
    ] {
        assert_eq!(normal(text), None, "{text}");
    }
}

#[test]
fn a_header_line_holds_nothing_else() {
    for text in [
        "云教办〔2022〕28号",
        "  云教办〔2022〕28号　　　　签发人：赵一鸣",
        "云教办〔2022〕28号 签发：赵一鸣",
        "云教办〔2022〕28号 签发人：赵一鸣、钱 二",
        "（云教办〔2022〕28号）",
        "云岭市教育局办公室文件　云教办〔2022〕28号",
        "文　　号：云教办〔2022〕28号",
    ] {
        assert_eq!(line(text).as_deref(), Some("云教办〔2022〕28号"), "{text}");
    }
    assert_eq!(line("第 88 号").as_deref(), Some("第88号"));
    assert_eq!(line("2022年第5号").as_deref(), Some("2022年第5号"));
    for text in [
        "根据云教办〔2022〕28号，现通知如下",
        "云教办〔2022〕28号文件要求",
        "（2024）湛仲字第2342号",
        "GB/T 9704-2012",
        "第5号楼",
        "第一章",
        "",
        "签发人：赵一鸣",
    ] {
        assert_eq!(line(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in "[（）〔〕\\[\\] 第号年令国发GB/T0-9\n]{0,60}") {
        for (i, _) in text.char_indices() {
            if let Some(n) = at(&text, i) {
                prop_assert!(!n.span.of(&text).is_empty());
                // the normal form is its own normal form
                if let Some(again) = at(&format!("（{}）", n.normal), 0) {
                    prop_assert_eq!(again.normal, n.normal);
                }
            }
        }
        let _ = whole_line(&text, Span::new(0, text.len()));
    }
}

#[test]
fn a_flood_of_brackets_costs_a_bounded_look() {
    let flood = "（".repeat(100_000);
    for i in (0..flood.len()).step_by("（".len()) {
        assert!(at(&flood, i).is_none());
    }
}

#[test]
fn a_mark_or_another_number_may_stand_behind() {
    let of = |line: &str| whole_line(line, Span::new(0, line.len())).map(|n| n.normal);
    for line in [
        "甲林发〔2031〕7号　　特急",
        "甲林发〔2031〕7号   内部资料 注意保存",
        "甲林发〔2031〕7号　甲财发〔2031〕3号",
        "甲林发[2031]7号文件",
    ] {
        assert_eq!(of(line).as_deref(), Some("甲林发〔2031〕7号"), "{line}");
    }
    assert_eq!(
        of("甲林发〔2031〕57-1号").as_deref(),
        Some("甲林发〔2031〕57-1号")
    );
    assert_eq!(of("甲林发〔2031〕7号关于护林的通知"), None);
}
