//! What a query can say, over the four notices made by hand: nearness, gaps in names, scripts, synonyms, orders.

use crate::made::{Draft, engine, notice, shelf};
use gongwen::error::{Error, QueryFault};
use gongwen::ingest;
use gongwen::ingest::Settings;
use gongwen::search::range::Range;
use gongwen::search::{Counting, Engine, Filters, Request, Sort, Within};
use std::sync::Mutex;
use tempfile::TempDir;

fn made() -> (TempDir, Engine) {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = engine(folder.path(), &shelf());
    (folder, engine)
}

fn titles(engine: &Engine, query: &str) -> Vec<String> {
    let answer = engine.search(&Request::new(query)).expect(query);
    let mut titles: Vec<String> = answer.hits.into_iter().filter_map(|h| h.title).collect();
    titles.sort_unstable();
    titles
}

fn fault(engine: &Engine, query: &str) -> (usize, QueryFault) {
    match engine.search(&Request::new(query)) {
        Err(Error::Query { place, fault }) => (place, fault),
        other => panic!("{query}: {other:?}"),
    }
}

#[test]
fn near_is_within_so_many_characters_in_either_order() {
    let (_folder, engine) = made();
    // 参加疏散，配备24口交换机: between 疏散 and 交换 stand ，配备24口
    assert_eq!(titles(&engine, "疏散 ~6 交换"), ["组织应急演练"]);
    assert_eq!(titles(&engine, "疏散 ~7 交换"), ["组织应急演练"]);
    assert_eq!(titles(&engine, "疏散 ~5 交换"), Vec::<String>::new());
    assert_eq!(titles(&engine, "交换机～疏散"), ["组织应急演练"]);
    assert_eq!(titles(&engine, "“应急演练” ~ 银行"), ["组织应急演练"]);
    assert_eq!(titles(&engine, "标题:应急 ~0 标题:演练").len(), 2);
    assert_eq!(titles(&engine, "标题:演练 ~0 标题:地震").len(), 0);
    assert_eq!(titles(&engine, "标题:急 ~0 标题:演").len(), 2);
    assert_eq!(titles(&engine, "标题:应 ~0 标题:演").len(), 0);
    assert_eq!(titles(&engine, "演练 -(疏散 ~ 交换机)").len(), 2);
    // a single character stands wherever it stands, the last of the text too
    assert_eq!(titles(&engine, "疏散 ~6 机"), Vec::<String>::new());
    assert_eq!(titles(&engine, "疏散 ~8 机"), ["组织应急演练"]);
    assert_eq!(titles(&engine, "散 ~7 换"), ["组织应急演练"]);
    assert_eq!(titles(&engine, "散 ~6 换"), Vec::<String>::new());
}

#[test]
fn near_wants_two_words_of_text() {
    let (_folder, engine) = made();
    for (query, place) in [
        ("演练 ~", 4),
        ("~ 演练", 1),
        ("演练 ~ 年份:2022", 4),
        ("演练 ~ 标题:学校", 4),
        ("演练 ~ 学校 ~ 医院", 9),
        ("演练 ~ (学校 或 医院)", 4),
    ] {
        assert_eq!(
            fault(&engine, query),
            (place, QueryFault::NotNear),
            "{query}"
        );
    }
    // A range keeps its mark
    assert_eq!(titles(&engine, "年份:2023~2024").len(), 4);
}

/// Issuers, theme and number are indexed with the notice alone, and are so of its activities and sections.
#[test]
fn what_is_so_of_a_notice_is_so_of_its_parts() {
    let (_folder, engine) = made();
    let notices = shelf();
    let asked = |query: &str, within: Within, issuer: Option<&str>| -> Vec<String> {
        let filters = Filters {
            issuers: issuer.map(str::to_owned).into_iter().collect(),
            ..Filters::default()
        };
        let request = Request {
            within,
            filters,
            size: 50,
            ..Request::new(query)
        };
        let answer = engine.search(&request).expect(query);
        let mut ids: Vec<String> = answer.hits.into_iter().map(|hit| hit.id).collect();
        assert_eq!(ids.len(), answer.total, "{query}");
        ids.sort_unstable();
        ids
    };
    let mut found = 0;
    for within in [Within::Activities, Within::Sections, Within::Notices] {
        let every = asked("", within, None);
        for (wanted, query) in [
            ("武汉", "发文机关:武汉"),
            ("市", "发文机关:市"),
            ("〔2023〕", "编号:2023"),
            ("人人讲安全", "主题:人人讲安全"),
            ("安徽", "发文机关:安徽"),
        ] {
            let is_so = |id: &&String| {
                let notice = notices.iter().find(|n| id.starts_with(&n.id));
                let notice = notice.expect("of a notice");
                let names = notice.issuers.iter().chain(&notice.doc_number);
                let campaign = notice.campaign.iter().filter_map(|c| c.theme.as_ref());
                names.chain(campaign).any(|name| name.contains(wanted))
            };
            let (so, other): (Vec<String>, Vec<String>) =
                every.iter().cloned().partition(|id| is_so(&id));
            assert_eq!(asked(query, within, None), so, "{query}");
            assert_eq!(asked(&format!("-{query}"), within, None), other, "-{query}");
            let both = asked(&format!("演练 {query}"), within, None);
            let mut expected = asked("演练", within, None);
            expected.retain(|id| so.contains(id));
            assert_eq!(both, expected, "演练 {query}");
            found += both.len();
        }
        let mut of_wuhan = every.clone();
        of_wuhan.retain(|id| id.starts_with(&notices[0].id));
        assert_eq!(asked("", within, Some("武汉")), of_wuhan);
    }
    assert!(found > 20, "{found}");
}

#[test]
fn names_may_have_gaps() {
    let (_folder, engine) = made();
    assert_eq!(titles(&engine, "单位:应急*局"), ["组织应急演练"]);
    assert_eq!(titles(&engine, "单位:?教育?").len(), 3);
    assert_eq!(titles(&engine, "单位:局*应急"), Vec::<String>::new());
    assert_eq!(titles(&engine, "单位:“应急*局”"), Vec::<String>::new());
    assert_eq!(titles(&engine, "发文机关:武汉*办公室").len(), 2);
    assert_eq!(titles(&engine, "编号:测安办*2024*号"), ["清理卫生死角"]);
    assert_eq!(titles(&engine, "演练 -单位:教*局").len(), 2);
    assert!(matches!(
        fault(&engine, "单位:*a*b*c*d*"),
        (4, QueryFault::TooManyGaps { .. })
    ));
}

#[test]
fn both_scripts_and_every_zero_are_one() {
    let (_folder, engine) = made();
    assert_eq!(titles(&engine, "應急演練 學校"), ["组织地震应急演练"]);
    assert_eq!(titles(&engine, "標題:演練 -地震").len(), 2);
    assert_eq!(titles(&engine, "○事故"), titles(&engine, "零事故"));
    let answer = engine.search(&Request::new("疏散演練")).expect("found");
    let marks = &answer.hits[0].title_highlights;
    assert_eq!(marks, &[[2, 6]], "marks are of the original");
}

#[test]
fn the_words_that_a_notices_title_holds_are_marked_there() {
    let (_folder, engine) = made();
    let answer = engine
        .search(&Request::new("标题:安全生产月"))
        .expect("found");
    let hit = answer.hits.first().expect("a notice is named so");
    let title = hit.notice_title.as_deref().expect("it has a title");
    let told = |[from, until]: &[usize; 2]| {
        title
            .chars()
            .skip(*from)
            .take(until - from)
            .collect::<String>()
    };
    let marked: Vec<String> = hit.notice_title_highlights.iter().map(told).collect();
    assert_eq!(marked, ["安全生产月"], "{title}");
}

#[test]
fn synonyms_widen_what_is_asked_and_not_what_is_forbidden() {
    let (_folder, engine) = made();
    // 武汉市安全生产委员会办公室 issued two of them
    assert_eq!(titles(&engine, "安委办").len(), 2);
    assert_eq!(titles(&engine, "“安委办”"), Vec::<String>::new());
    assert_eq!(titles(&engine, "演练 -安委办").len(), 3);
    // organs have short names in the fields that name them
    assert_eq!(titles(&engine, "发文机关:安委办").len(), 2);
    assert_eq!(titles(&engine, "发文机关:“安委办”"), Vec::<String>::new());
}

/// Activities of one notice, one a sentence, each under a unit.
fn activities(sentences: &[(&str, &str)]) -> (TempDir, Engine) {
    let activities: Vec<(&str, &str, &str)> = sentences
        .iter()
        .map(|(s, unit)| (*s, *unit, "宣传"))
        .collect();
    let draft = Draft {
        title: "工作方案",
        kind: "方案",
        year: 2023,
        region: ("420000", &["湖北省"]),
        issuer: "测试市办公室",
        activities: &activities,
    };
    let folder = tempfile::tempdir().expect("a folder");
    let engine = engine(folder.path(), &[notice(&draft)]);
    (folder, engine)
}

#[test]
fn two_characters_for_a_term_are_a_word_of_the_text() {
    let sentences = [
        "各校要提高校园安全",
        "统一公文联络的格式",
        "统计子女性别",
        "鼓励特长者报名",
        "每周召开施工会议",
        "发动初中职工",
        "表扬创新冠军",
        "组织高校学生听课",
        "请县文联供稿",
        "为女性免费检查",
        "看望独居的长者",
        "由企业工会承办",
        "中职学生参加",
        "新冠防治",
    ];
    let (_folder, engine) = activities(&sentences.map(|s| (s, "甲")));
    for (term, found) in [
        ("大学", "组织高校学生听课"),
        ("文学艺术界联合会", "请县文联供稿"),
        ("妇女", "为女性免费检查"),
        ("老人", "看望独居的长者"),
        ("总工会", "由企业工会承办"),
        ("中专", "中职学生参加"),
        ("新型冠状病毒", "新冠防治"),
    ] {
        for field in ["", "标题:", "正文:"] {
            // 职业学校 and its like are of the family too, but stand nowhere
            let query = format!("{field}{term}");
            assert_eq!(titles(&engine, &query), [found], "{query}");
        }
        let request = Request {
            within: Within::Notices,
            ..Request::new(term)
        };
        assert_eq!(engine.search(&request).expect(term).total, 1);
    }
    // What is typed itself stands anywhere
    assert_eq!(titles(&engine, "高校").len(), 2);
    assert_eq!(titles(&engine, "正文:高校").len(), 2);
}

#[test]
fn two_characters_for_a_name_are_a_word_of_the_text_that_names_it() {
    let sentences = [
        ("开展宣讲", "测试县民族宗教委员会"),
        ("开展家访", "测试县教委"),
    ];
    let (_folder, engine) = activities(&sentences);
    assert_eq!(titles(&engine, "单位:教育委员会"), ["开展家访"]);
    assert_eq!(titles(&engine, "单位:教委").len(), 2);
}

#[test]
fn columns_of_names_are_fields() {
    let (_folder, engine) = made();
    assert_eq!(titles(&engine, "专项:安全生产月").len(), 6);
    assert_eq!(titles(&engine, "专项:安全生产").len(), 0);
    assert_eq!(titles(&engine, "级别:县级"), Vec::<String>::new());
    match fault(&engine, "演练 级别:甲级") {
        (7, QueryFault::UnknownValue { value, .. }) => assert_eq!(value, "甲级"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_stands_apart_is_no_phrase_and_not_near() {
    let text = "甲市安全生产月活动方案\n各单位：\n为做好今年工作，制定本方案。\n一、主要活动\n（一）组织演练。组织师生开展消防演练。\n（二）开展宣讲。入户宣讲。\n甲市应急管理局\n2031年5月6日\n";
    let read = gongwen::extract(text.as_bytes(), &gongwen::Options::of_path("a.txt"));
    let folder = tempfile::tempdir().expect("a folder");
    let engine = engine(folder.path(), &read.notices);
    let found = |within: Within, query: &str| {
        let request = Request {
            within,
            ..Request::new(query)
        };
        engine.search(&request).expect(query).total
    };
    for within in [Within::Activities, Within::Sections, Within::Notices] {
        // where the text ends, its notice's title begins, or the heading above, or the issuer
        for seam in [
            "消防演练。甲市",
            "演练。甲市安全",
            "方案主要活动",
            "理局主要",
            "活动甲市",
        ] {
            assert_eq!(found(within, &format!("“{seam}”")), 0, "{within:?} {seam}");
        }
        assert_eq!(
            found(within, "“演练” -“演练。甲市”"),
            found(within, "“演练”")
        );
        assert_eq!(found(within, "“消防演练” ~ “甲市安全”"), 0, "{within:?}");
        // words of the lead are words, whatever unit they stand in
        if within != Within::Activities {
            assert_eq!(
                found(within, "今年方案"),
                found(within, "今年 方案"),
                "{within:?}"
            );
            assert_ne!(found(within, "今年方案"), 0, "{within:?}");
        }
    }
}

#[test]
fn the_text_alone_is_a_field() {
    let (_folder, engine) = made();
    assert_eq!(titles(&engine, "武汉").len(), 2);
    assert_eq!(titles(&engine, "正文:武汉"), Vec::<String>::new());
    assert_eq!(titles(&engine, "正文:农业发展银行"), ["组织应急演练"]);
    assert_eq!(titles(&engine, "正文:汉"), Vec::<String>::new());
    assert_eq!(titles(&engine, "正文:银"), ["组织应急演练"]);
}

#[test]
fn hits_are_ordered_as_asked() {
    let (_folder, engine) = made();
    let years = |sort: Sort| -> Vec<Option<i16>> {
        let request = Request {
            sort,
            ..Request::new("市 或 省")
        };
        let answer = engine.search(&request).expect("found");
        answer.hits.iter().map(|h| h.year).collect()
    };
    let issued = years(Sort::Issued);
    assert_eq!(issued.len(), 6);
    assert!(issued.is_sorted_by(|a, b| a >= b), "{issued:?}");
    assert_eq!(
        years(Sort::Deadline).len(),
        6,
        "those without a deadline come too"
    );
}

#[test]
fn only_what_is_asked_is_counted() {
    let (_folder, engine) = made();
    let asked = |counting: Counting, size: usize| {
        let request = Request {
            counting,
            size,
            ..Request::new("演练")
        };
        engine.search(&request).expect("found")
    };
    let whole = asked(Counting::Facets, 2);
    assert_eq!((whole.total, whole.hits.len()), (3, 2));
    let total = asked(Counting::Total, 2);
    assert_eq!((total.total, &total.hits), (3, &whole.hits));
    assert!(total.facets.year.is_empty());
    let nothing = asked(Counting::Nothing, 2);
    assert_eq!((nothing.total, &nothing.hits), (2, &whole.hits));
}

#[test]
fn filters_of_dates() {
    let (_folder, engine) = made();
    let of = |filters: Filters| {
        let request = Request {
            filters,
            ..Request::new("")
        };
        engine.search(&request).expect("found").total
    };
    let between = |low, high| Some(Range { low, high });
    // Each takes place on 16 June and was issued on 20 May of its year
    let period = |low, high| Filters {
        period: between(low, high),
        ..Filters::default()
    };
    assert_eq!(of(period(Some(20_230_101), Some(20_231_231))), 3);
    assert_eq!(of(period(Some(20_230_617), None)), 1);
    assert_eq!(of(period(None, Some(20_220_615))), 0);
    let issued = Filters {
        issued: between(Some(20_230_520), None),
        ..Filters::default()
    };
    assert_eq!(of(issued), 4);
}

#[test]
fn a_facet_that_filters_counts_what_else_could_be_chosen() {
    let (_folder, engine) = made();
    let request = Request {
        filters: Filters {
            campaigns: vec!["安全生产月".to_owned()],
            audiences: vec!["学校".to_owned()],
            ..Filters::default()
        },
        ..Request::new("演练")
    };
    let answer = engine.search(&request).expect("found");
    assert_eq!(answer.total, 0, "nobody is named as audience");
    assert!(answer.facets.campaign.is_empty());
    let role = engine
        .search(&Request::new("演练"))
        .expect("found")
        .facets
        .role;
    assert_eq!((role[0].value.as_str(), role[0].count), ("responsible", 3));
}

#[test]
fn words_of_the_user_become_terms_and_stay() {
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("a.txt");
    let text = "关于开展蓝盾护航行动的通知\n\n各单位：\n一、开展蓝盾护航宣讲。由县公安局牵头，6月底前完成。\n";
    std::fs::write(&file, text).expect("written");
    let data = place.path().join("data");
    let settings = Settings::default();
    ingest::index(std::slice::from_ref(&file), &data, &settings, &mut ()).expect("indexed");
    let words = || gongwen::index::words(&data.join(ingest::INDEX)).expect("read");
    let engine = || {
        let (store, index) = ingest::open(&data).expect("opened");
        Engine::new(index, Box::new(Mutex::new(store)))
    };
    let known = |engine: &Engine| {
        let found = engine.suggest("蓝盾护", 9).expect("asked");
        found
            .iter()
            .any(|s| s.value == "蓝盾护航" && s.sort == "word")
    };
    assert_eq!(words(), "");
    assert!(!known(&engine()));
    ingest::use_words(&data, "蓝盾护航 100000 n\n").expect("taken");
    // The index is filled again from the records, and keeps the words when it is opened and written anew
    let filled = engine();
    assert!(known(&filled));
    assert_eq!(titles(&filled, "蓝盾护航").len(), 1);
    assert_eq!(titles(&filled, "盾护").len(), 1);
    drop(filled);
    ingest::index(&[file], &data, &settings, &mut ()).expect("indexed");
    assert_eq!(words(), "蓝盾护航 100000 n\n");
    assert!(known(&engine()));
    ingest::use_words(&data, "").expect("taken");
    assert!(!known(&engine()));
}
