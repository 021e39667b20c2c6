//! Why a hit, why not, and what could have been typed.

use crate::made::made;
use gongwen::search::explain::Standing;
use gongwen::search::{Filters, Request};

#[test]
fn a_hit_says_which_terms_stand_where() {
    let (_folder, engine, _) = made();
    let request = Request {
        explain: true,
        ..Request::new("疏散 标题:演练 -火灾 安委办")
    };
    let answer = engine.search(&request).expect("found");
    let found = answer.hits[0].explanation.as_ref().expect("it was asked");
    let terms: Vec<&str> = found.iter().map(|f| f.term.as_str()).collect();
    assert_eq!(terms, ["疏散", "标题:演练", "安委办"]);
    let standing = |text: &str, as_what, in_title, in_text, around| Standing {
        text: text.to_owned(),
        as_what,
        in_title,
        in_text,
        around,
    };
    assert_eq!(found[0].stands, [standing("疏散", "whole", 0, 1, 0)]);
    assert_eq!(found[1].stands, [standing("演练", "whole", 1, 1, 0)]);
    let synonym = standing("安全生产委员会办公室", "synonym", 0, 0, 1);
    assert!(found[2].stands.contains(&synonym), "{:?}", found[2]);
    let silent = engine.search(&Request::new("疏散")).expect("found");
    assert_eq!(silent.hits[0].explanation, None);
}

#[test]
fn a_document_that_does_not_match_says_what_it_fails() {
    let (_folder, engine, notices) = made();
    let request = Request {
        filters: Filters {
            kinds: vec!["方案".to_owned()],
            ..Filters::default()
        },
        ..Request::new("演练 -农业 年份:2022 竞赛")
    };
    let id = format!("{}.1", notices[0].id);
    let why = engine
        .why(&request, &id)
        .expect("asked")
        .expect("it is there");
    assert!(!why.matches);
    let told: Vec<(&str, bool)> = why
        .conditions
        .iter()
        .map(|c| (c.condition.as_str(), c.holds))
        .collect();
    let expected = [
        ("演练", true),
        ("-农业", false),
        ("年份:2022", true),
        ("竞赛", false),
        ("filter kind", false),
    ];
    assert_eq!(told, expected);
    let why = engine
        .why(&Request::new("演练 农业"), &id)
        .expect("asked")
        .expect("it is there");
    assert!(why.matches && why.conditions.iter().all(|c| c.holds));
    for unknown in ["", "x.1", "x.y", &format!("{}.99", notices[0].id)] {
        assert_eq!(
            engine.why(&request, unknown).expect("asked"),
            None,
            "{unknown}"
        );
    }
}

#[test]
fn what_holds_is_what_is_found() {
    let (_folder, engine, notices) = made();
    for query in [
        "演练",
        "“应急演练” 或 竞赛",
        "-学校",
        "疏散 ~ 银行",
        "单位:教*局",
        "地区:湖北 -(演练 竞赛)",
        "火",
        "",
    ] {
        let found = engine.search(&Request::new(query)).expect(query);
        for notice in &notices {
            for ordinal in 1..=notice.activities.len() {
                let id = format!("{}.{ordinal}", notice.id);
                let why = engine
                    .why(&Request::new(query), &id)
                    .expect(query)
                    .expect("it is there");
                assert_eq!(
                    why.matches,
                    found.hits.iter().any(|h| h.id == id),
                    "{query} {id}"
                );
                assert_eq!(
                    why.matches,
                    why.conditions.iter().all(|c| c.holds),
                    "{query} {id}"
                );
            }
        }
    }
}

#[test]
fn every_filter_is_a_condition() {
    let (_folder, engine, notices) = made();
    for (name, value) in [
        ("year", "1999"),
        ("region", "海南"),
        ("level", "township"),
        ("kind", "捕鲸"),
        ("issuer", "海关"),
        ("unit", "海关"),
        ("function", "捕鲸"),
        ("role", "host"),
        ("audience", "捕鲸人"),
        ("campaign", "捕鲸月"),
        ("series", "捕鲸月@46"),
        ("deadline", "1999-06"),
        ("period", "1999-06"),
        ("issued", "1999"),
    ] {
        let mut request = Request::new("");
        request.filters.add(name, value).expect(name);
        let id = format!("{}.1", notices[0].id);
        let why = engine.why(&request, &id).expect(name).expect("it is there");
        assert!(!why.matches, "{name}");
        let told: Vec<(&str, bool)> = why
            .conditions
            .iter()
            .map(|c| (c.condition.as_str(), c.holds))
            .collect();
        assert_eq!(told, [(format!("filter {name}").as_str(), false)]);
    }
}

#[test]
fn what_sounds_like_a_word_is_meant() {
    let (_folder, engine, _) = made();
    let meant = |query: &str| {
        engine
            .search(&Request::new(query))
            .expect(query)
            .did_you_mean
    };
    assert_eq!(meant("演炼").as_deref(), Some("演练"));
    assert_eq!(meant("学校 知识静赛").as_deref(), Some("学校 知识竞赛"));
    assert_eq!(meant("演练"), None, "something is found");
    assert_eq!(meant("捕鲸船队"), None);
    // What is meant must find something under the same filters
    assert_eq!(meant("演炼 年份:1999"), None);
}

#[test]
fn names_and_words_are_completed() {
    let (_folder, engine, _) = made();
    let of = |typed: &str| -> Vec<(String, &'static str)> {
        let found = engine.suggest(typed, 5).expect(typed);
        found.into_iter().map(|s| (s.value, s.sort)).collect()
    };
    let found = of("安全生产");
    assert!(
        found.contains(&("安全生产月".to_owned(), "campaign")),
        "{found:?}"
    );
    assert!(of("教育").contains(&("市教育局".to_owned(), "unit")));
    assert!(of("常州").contains(&("常州市应急管理局".to_owned(), "issuer")));
    assert!(of("演").contains(&("演练".to_owned(), "word")));
    assert!(
        of("應急")
            .iter()
            .any(|(value, _)| value.starts_with("应急"))
    );
    assert!(of("").is_empty() && of("  ").is_empty() && of("捕鲸").is_empty());
}
