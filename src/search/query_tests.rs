//! The language by example, and the law that no text makes the parser panic.

use super::range::Range;
use super::*;
use proptest::prelude::*;

fn term(text: &str) -> Node {
    within(Field::Any, text)
}

fn within(field: Field, text: &str) -> Node {
    Node::Term(Term {
        field,
        text: text.to_owned(),
        exact: false,
    })
}

fn phrase(text: &str) -> Node {
    Node::Term(Term {
        field: Field::Any,
        text: text.to_owned(),
        exact: true,
    })
}

fn not(node: Node) -> Node {
    Node::Not(Box::new(node))
}

fn place_of(query: &str) -> (usize, QueryFault) {
    match parse(query) {
        Err(Error::Query { place, fault }) => (place, fault),
        other => panic!("{query}: {other:?}"),
    }
}

#[test]
fn words_stand_together_by_default() {
    let both = Node::And(vec![term("演练"), term("学校")]);
    for query in [
        "演练 学校",
        "演练\u{3000}学校",
        "演练，学校；",
        "演练 AND 学校",
        "演练 且 学校",
        "演练 & 学校",
    ] {
        assert_eq!(parse(query).expect(query), both, "{query}");
    }
    assert_eq!(parse("  ").expect("blank"), Node::All);
}

#[test]
fn what_is_said_twice_is_asked_once() {
    let both = Node::And(vec![term("演练"), term("学校")]);
    assert_eq!(parse("演练 学校 演练 学校").unwrap(), both);
    assert_eq!(parse("演练 演练").unwrap(), term("演练"));
    assert_eq!(
        parse("演练 或 学校 或 演练").unwrap(),
        Node::Or(vec![term("演练"), term("学校")])
    );
    // in quotes it is another wish, and so is it in another field
    let quoted = Node::And(vec![term("演练"), phrase("演练")]);
    assert_eq!(parse("演练 “演练”").unwrap(), quoted);
    let titled = Node::And(vec![term("演练"), within(Field::Title, "演练")]);
    assert_eq!(parse("演练 标题:演练").unwrap(), titled);
}

#[test]
fn alternatives_bind_less_than_words() {
    let expected = Node::Or(vec![Node::And(vec![term("甲"), term("乙")]), term("丙")]);
    for query in [
        "甲 乙 OR 丙",
        "甲 乙 或 丙",
        "甲 乙|丙",
        "甲 乙 ｜｜ 丙",
        "（甲 乙）或 丙",
    ] {
        assert_eq!(parse(query).expect(query), expected, "{query}");
    }
    // Within a word, 或 is a character like any other
    assert_eq!(parse("甲或乙").expect("a word"), term("甲或乙"));
}

#[test]
fn exclusion() {
    let expected = Node::And(vec![term("演练"), not(term("消防"))]);
    for query in [
        "演练 -消防",
        "演练 －消防",
        "演练 NOT 消防",
        "演练 AND NOT 消防",
        "演练 ＡＮＤ ＮＯＴ 消防",
        "演练 不含 消防",
    ] {
        assert_eq!(parse(query).expect(query), expected, "{query}");
    }
    assert_eq!(parse("2023-2024").expect("a word"), term("2023-2024"));
    assert_eq!(parse("-“甲 乙”").expect("a phrase"), not(phrase("甲 乙")));
    assert_eq!(parse("NOT NOT 甲").expect("twice"), term("甲"));
}

#[test]
fn phrases_in_every_quote() {
    for query in [
        "\"应急 演练\"",
        "“应急 演练”",
        "”应急 演练“",
        "「应急 演练」",
        "＂应急 演练＂",
    ] {
        assert_eq!(parse(query).expect(query), phrase("应急 演练"), "{query}");
    }
}

#[test]
fn fields_in_both_languages() {
    for query in ["标题:方案", "title:方案", "标题：方案", "TITLE:方案"] {
        assert_eq!(
            parse(query).expect(query),
            within(Field::Title, "方案"),
            "{query}"
        );
    }
    let either = Node::Or(vec![
        within(Field::Unit, "教育"),
        within(Field::Unit, "公安"),
    ]);
    assert_eq!(parse("单位:(教育 或 公安)").expect("a bracket"), either);
    let years = Node::Years(Range {
        low: Some(2021),
        high: Some(2023),
    });
    assert_eq!(parse("year:2021..2023").expect("years"), years);
    assert_eq!(
        parse("-地区:湖北").expect("excluded"),
        not(Node::Region("湖北".to_owned()))
    );
    assert_eq!(parse("12:30").expect("a time of day"), term("12:30"));
    assert_eq!(parse("6,000人").expect("a number"), term("6,000人"));
    assert_eq!(
        parse("编号:鄂安办发〔2022〕28号").expect("a number"),
        within(Field::Doc, "鄂安办发〔2022〕28号")
    );
}

#[test]
fn faults_have_their_place() {
    let operator = |operator: &str| QueryFault::MissingOperand {
        operator: operator.to_owned(),
    };
    for (query, place, fault) in [
        ("演练 “消防", 4, QueryFault::UnclosedQuote),
        ("演练 \"\"", 4, QueryFault::EmptyQuote),
        ("(演练 (消防)", 1, QueryFault::UnclosedBracket),
        ("演练)", 3, QueryFault::UnopenedBracket),
        ("演练 ()", 4, QueryFault::EmptyBrackets),
        ("演练 OR", 4, operator("OR")),
        ("或 演练", 1, operator("或")),
        ("演练 AND AND 消防", 4, operator("AND")),
        ("演练 -", 4, operator("-")),
        ("演练 - 消防", 4, operator("-")),
        ("NOT", 1, operator("NOT")),
        (
            "标题: 方案",
            1,
            QueryFault::EmptyField {
                name: "标题".to_owned(),
            },
        ),
        (
            "演练 titel:方案",
            4,
            QueryFault::UnknownField {
                name: "titel".to_owned(),
                nearest: Some("title"),
            },
        ),
        (
            "年份:去年",
            4,
            QueryFault::NoRange {
                value: "去年".to_owned(),
                example: "2023 / 2021..2023",
            },
        ),
    ] {
        assert_eq!(place_of(query), (place, fault), "{query}");
    }
}

#[test]
fn too_much_is_said_to_be_too_much() {
    let too_long = |query: &str| matches!(place_of(query).1, QueryFault::TooLong { .. });
    assert!(too_long(&"演".repeat(MAX_CHARS + 1)));
    assert!(too_long(&"(".repeat(MAX_CHARS)));
    assert!(too_long(&"演 ".repeat(100)));
    assert!(parse(&"单位:应急*局 ".repeat(8)).is_ok());
    assert!(too_long(&"单位:应急*局 ".repeat(9)));
    // In quotes they are no gaps
    assert!(parse(&"单位:“应急*局” ".repeat(9)).is_ok());
}

/// Of a single character, the index reads every place: there may be millions.
#[test]
fn few_single_characters_are_sought_by_place() {
    let too_long = |query: &str| {
        let (place, fault) = place_of(query);
        let of = "single characters";
        assert_eq!(fault, QueryFault::TooLong { limit: 4, of }, "{query}");
        place
    };
    assert!(parse(&"正文:演 ".repeat(4)).is_ok());
    assert_eq!(too_long(&"正文:演 ".repeat(5)), 24);
    assert_eq!(too_long(&"-正文:“演　” ".repeat(5)), 41);
    assert_eq!(too_long("演 ~ 练 a ~ b 学校 ~ 会 演 ~ 习"), 18);
    assert_eq!(too_long("正文:(演 练 a b) 演 ~ 练"), 14);
    assert_eq!(too_long("正文:演 ~ 正文:练 正文:a ~ 正文:b 正文:c"), 28);
    // Elsewhere they are terms of their own
    assert!(parse(&"演 ".repeat(20)).is_ok());
    assert!(parse(&"标题:演 ~ 标题:练 ".repeat(9)).is_ok());
    assert!(parse(&"演练 ~ 学校 ".repeat(9)).is_ok());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_with_a_place(query in "[演练年 \u{3000}()（）“”\"\\-－:：,，;|&标题OR或NOT.0-9〔]{0,40}") {
        if let Err(error) = parse(&query) {
            let Error::Query { place, fault } = error else {
                return Err(TestCaseError::fail("another error"));
            };
            prop_assert!(place >= 1 && place <= query.chars().count());
            prop_assert!(!fault.to_string().is_empty() && !fault.zh().is_empty());
        }
    }

    #[test]
    fn no_text_makes_it_panic(query in "\\PC{0,60}") {
        let _ = parse(&query);
    }
}

#[test]
fn the_page_of_the_language_is_right() {
    let page = crate::search::LANGUAGE;
    let examples = page.lines().filter_map(|line| line.strip_prefix("  "));
    let mut count = 0;
    for line in examples {
        let example = line.split("  ").next().unwrap_or_default();
        parse(example).expect(example);
        count += 1;
    }
    assert!(count > 12, "{count}");
    for name in [
        "标题",
        "正文",
        "单位",
        "牵头",
        "发文机关",
        "编号",
        "主题",
        "引用",
        "联系",
        "地区",
        "年份",
        "类型",
        "截止",
        "级别",
        "职能",
        "对象",
        "专项",
    ] {
        let field = Field::named(name).expect(name);
        assert!(page.contains(&format!("{name} ")), "{name}");
        assert_eq!(field.name(), Some(name));
    }
}
