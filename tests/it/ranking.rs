//! Whether the hits are in a good order: the judged questions over the corpus; and whether what is typed amiss is answered.

// The benchmarks use all of them
#[allow(dead_code)]
#[path = "../../benches/inputs/chance.rs"]
mod chance;
#[allow(dead_code)]
#[path = "../../benches/inputs/judged.rs"]
mod judged;
#[allow(dead_code)]
#[path = "../../benches/inputs/mutated.rs"]
mod mutated;

use crate::made::{Draft, engine, notice};
use gongwen::error::Error;
use gongwen::record::Notice;
use gongwen::search::{Counting, Engine, Grouping, Hit, Request, Sort, Within};
use judged::{Judged, Set, Shelf, sets};
use std::path::Path;
use std::time::Duration;

fn corpus() -> (tempfile::TempDir, Engine) {
    let [set, ..] = sets();
    let (_, folder, engine) = searched(&set);
    (folder, engine)
}

/// The corpus as far as it was read for a set of questions.
fn searched(set: &Set) -> (Shelf, tempfile::TempDir, Engine) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let corpus = Shelf::of(&[&folder], set);
    let folder = tempfile::tempdir().expect("a folder");
    let engine = engine(folder.path(), &corpus.notices);
    (corpus, folder, engine)
}

/// Of all hits that the first page shows.
fn shown(engine: &Engine, question: &Judged) -> Vec<String> {
    let request = Request {
        within: question.within,
        size: 20,
        counting: Counting::Nothing,
        ..Request::new(question.ask.as_str())
    };
    // A question that is told to be malformed finds nothing
    let Ok(answer) = engine.search(&request) else {
        return Vec::new();
    };
    let shown = answer.hits.into_iter().chain(answer.related);
    shown.map(|hit| hit.id).collect()
}

#[test]
fn the_judged_questions_find_what_was_asked_for_first() {
    let means = sets().map(|set| {
        let (corpus, _folder, engine) = searched(&set);
        let gains: Vec<f64> = set
            .questions
            .iter()
            .filter_map(|question| question.worth(&corpus, &shown(&engine, question)))
            .map(|worth| worth.gain)
            .collect();
        assert!(
            gains.len() >= 30,
            "{} questions have an answer",
            gains.len()
        );
        gains.iter().sum::<f64>() / gains.len() as f64
    });
    let least = [0.90, 0.85, 0.80, 0.80, 0.68, 0.62, 0.62];
    assert_eq!(means.len(), least.len(), "a floor for every set");
    assert!(
        means.iter().zip(least).all(|(mean, least)| *mean >= least),
        "nDCG@10 {means:?}"
    );
}

#[test]
fn what_is_typed_amiss_is_answered_or_told() {
    let (_folder, engine) = corpus();
    let from = asked();
    let mut told = 0;
    // `cargo bench --bench http` asks ten thousand, of more
    for number in 0..1000 {
        let query = mutated::question(number, &from);
        let request = Request {
            within: [Within::Activities, Within::Sections, Within::Notices][number as usize % 3],
            explain: number % 2 == 0,
            ..Request::new(query.as_str())
        };
        let begun = processor();
        let answer = engine.search(&request);
        let took = processor().saturating_sub(begun);
        assert!(took < Duration::from_secs(1), "{query:?}: {took:?}");
        match answer {
            Ok(answer) => assert!(answer.hits.len() <= 10, "{query:?}"),
            Err(Error::Query { place, .. }) => {
                assert!(place <= query.chars().count() + 1, "{query:?}: {place}");
                told += 1;
            }
            Err(other) => panic!("{query:?}: {other}"),
        }
    }
    assert!((20..980).contains(&told), "{told} of 1000 were told");
}

/// The judged questions of every set.
fn asked() -> Vec<String> {
    let questions = sets().into_iter().flat_map(|set| set.questions);
    questions.map(|q| q.ask).collect()
}

/// What the thread has taken of the processor, whatever else runs on the machine.
fn processor() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

#[test]
fn what_answers_in_part_follows_the_hits_and_is_not_counted() {
    let (_folder, engine) = corpus();
    let ask = |query: &str| engine.search(&Request::new(query)).expect(query);
    let answer = ask("蚊蝇孳生地");
    assert_eq!((answer.total, answer.hits.len()), (2, 2));
    assert!(!answer.related.is_empty());
    for hit in &answer.related {
        assert!(answer.hits.iter().all(|h| h.id != hit.id), "{}", hit.id);
    }
    // What stands in quotes, in a field or under a NOT is not let go
    assert!(ask("“蚊蝇孳生地”").related.is_empty());
    assert!(ask("标题:蚊蝇孳生地").related.is_empty());
    for hit in ask("蚊蝇孳生地 -灭鼠").related {
        let text: String = hit.snippet.iter().map(|f| f.text.as_str()).collect();
        assert!(!text.contains("灭鼠"), "{text}");
    }
    let further = Request {
        page: 2,
        ..Request::new("蚊蝇孳生地")
    };
    let further = engine.search(&further).expect("an answer");
    assert!(further.hits.is_empty() && further.related.is_empty());
}

/// The title of a notice and its activities: text, unit and kind of each.
type Activity<'t> = (&'t str, &'t [(&'t str, &'t str, &'t str)]);

fn engine_of(notices: &[Activity<'_>]) -> (tempfile::TempDir, Engine) {
    let notices = notices.iter().map(|(title, activities)| {
        notice(&Draft {
            title,
            kind: "通知",
            year: 2024,
            region: ("420100", &["湖北省", "武汉市"]),
            issuer: "武汉市人民政府",
            activities,
        })
    });
    let notices: Vec<Notice> = notices.collect();
    let folder = tempfile::tempdir().expect("a folder");
    let engine = engine(folder.path(), &notices);
    (folder, engine)
}

fn titles(hits: &[Hit]) -> Vec<&str> {
    hits.iter().filter_map(|hit| hit.title.as_deref()).collect()
}

#[test]
fn a_title_is_the_parts_own_or_its_notices_and_its_own_weighs_more() {
    let (_folder, engine) = engine_of(&[
        (
            "关于做好马铃薯种植工作的通知",
            &[
                ("提供补贴。按面积发给农户。", "市财政局", "其他"),
                ("推广马铃薯良种。各村设示范田。", "市农业农村局", "其他"),
            ],
        ),
        (
            "关于做好秋收工作的通知",
            &[("检修农机。收获马铃薯前完成。", "市农业农村局", "其他")],
        ),
    ]);
    let ask = |query: &str| engine.search(&Request::new(query)).expect(query);
    let found = ask("标题:马铃薯");
    assert_eq!(titles(&found.hits), ["推广马铃薯良种", "提供补贴"]);
    assert_eq!(found.total, 2);
    assert_eq!(titles(&ask("标题:马铃薯 财政局").hits), ["提供补贴"]);
    assert_eq!(titles(&ask("标题:马铃薯 ~ 标题:种植").hits).len(), 2);
    assert_eq!(titles(&ask("农 -标题:马铃薯").hits), ["检修农机"]);
    let sections = Request {
        within: Within::Sections,
        ..Request::new("标题:马铃薯")
    };
    let sections = engine.search(&sections).expect("an answer");
    assert!(sections.hits.len() >= 2 && sections.hits.iter().all(|hit| hit.score > 0.0));
}

#[test]
fn what_is_said_for_a_word_finds_and_what_is_near_it_is_related() {
    let (_folder, engine) = engine_of(&[
        (
            "关于做好春季农业生产的通知",
            &[
                ("推广马铃薯良种。各村设示范田。", "市农业农村局", "其他"),
                ("发放种薯。按面积分给农户。", "市农业农村局", "其他"),
            ],
        ),
        (
            "关于做好道路保畅的通知",
            &[("清除积雪。昼夜不停。", "市交通运输局", "其他")],
        ),
    ]);
    let ask = |query: &str| engine.search(&Request::new(query)).expect(query);
    // 土豆 is 马铃薯; a word of a longer term has its like too
    assert_eq!(titles(&ask("土豆").hits), ["推广马铃薯良种"]);
    assert_eq!(titles(&ask("土豆示范田").hits), ["推广马铃薯良种"]);
    assert!(ask("“土豆”").hits.is_empty());
    assert_eq!(ask("农 -土豆").total, 2);
    // 种子 is near 种薯, and no more
    let seed = ask("种子");
    assert_eq!(seed.total, 0);
    let related = titles(&seed.related);
    assert!(related.contains(&"发放种薯"), "{related:?}");
    assert!(!related.contains(&"清除积雪"), "{related:?}");
}

#[test]
fn the_name_of_a_unit_may_stand_anywhere_only_where_nothing_is_hit() {
    let (_folder, engine) = engine_of(&[(
        "关于做好职工服务的通知",
        &[
            ("举办职工讲座。请市总工会派人授课。", "市司法局", "其他"),
            ("举办职工体检。各医院安排场次。", "市卫生健康局", "其他"),
        ],
    )]);
    let ask = |query: &str| engine.search(&Request::new(query)).expect(query);
    let found = ask("单位:总工会 职工");
    assert_eq!(found.total, 0);
    let related = titles(&found.related);
    assert_eq!(related.first(), Some(&"举办职工讲座"), "{related:?}");
    // Where something is hit, the field holds among the related
    let found = ask("单位:司法局 职工讲座");
    assert_eq!(titles(&found.hits), ["举办职工讲座"]);
    assert!(found.related.is_empty(), "{:?}", titles(&found.related));
    assert!(ask("单位:“总工会” 职工").related.is_empty());
}

#[test]
fn a_place_beside_other_words_holds_among_the_related_where_anything_is_of_it() {
    let made = [
        (
            "420100",
            ["湖北省", "武汉市"],
            "武汉市人民政府",
            "维修水渠。冬前完成。",
        ),
        (
            "430100",
            ["湖南省", "长沙市"],
            "长沙市人民政府",
            "修建水池。每村一处。",
        ),
        (
            "420100",
            ["湖北省", "武汉市"],
            "武汉市人民政府",
            "表扬先进单位。颁发奖牌。",
        ),
    ];
    let notices: Vec<Notice> = made
        .iter()
        .map(|(code, path, issuer, text)| {
            notice(&Draft {
                title: "关于做好今冬工作的通知",
                kind: "通知",
                year: 2024,
                region: (code, path),
                issuer,
                activities: &[(text, "市水务局", "其他")],
            })
        })
        .collect();
    let folder = tempfile::tempdir().expect("a folder");
    let engine = engine(folder.path(), &notices);
    let ask = |query: &str| engine.search(&Request::new(query)).expect(query);
    let found = ask("武汉 修建水渠");
    assert_eq!((found.total, titles(&found.related)), (0, vec!["维修水渠"]));
    let found = ask("长沙 修建水渠");
    assert_eq!(titles(&found.related), ["修建水池"]);
    // Nothing of Guangzhou is there, and a place alone is a word like others
    assert_eq!(titles(&ask("广州 修建水渠").related).len(), 2);
    assert_eq!(ask("武汉").total, 2);
    assert_eq!(titles(&ask("武汉水池 维修").related).len(), 3);
}

#[test]
fn a_section_without_a_heading_comes_after_those_that_have_one() {
    let text = "关于开展水渠维修的通知\n\n各村：\n为做好水渠维修，现通知如下。\n\n一、水渠维修\n（一）人员。各村出工。\n二、其他\n（一）记录。各村留存。\n\n某县水务局\n2024年3月1日\n";
    let notices = gongwen::extract(text.as_bytes(), &gongwen::Options::default()).notices;
    let folder = tempfile::tempdir().expect("a folder");
    let engine = engine(folder.path(), &notices);
    let request = Request {
        within: Within::Sections,
        ..Request::new("水渠维修")
    };
    let found = engine.search(&request).expect("an answer");
    let first = found.hits.first().expect("a hit");
    assert_eq!(first.title.as_deref(), Some("水渠维修"));
    let headless = |hit: &Hit| hit.title.is_none();
    assert!(found.hits.iter().any(headless), "{:?}", titles(&found.hits));
}

/// Every hit, in the order of the pages.
fn all(engine: &Engine, request: &Request) -> Vec<Hit> {
    let mut out: Vec<Hit> = Vec::new();
    let mut after = None;
    loop {
        let answer = engine
            .search(&Request {
                after: after.take(),
                size: 100,
                counting: Counting::Nothing,
                ..request.clone()
            })
            .expect("an answer");
        out.extend(answer.hits);
        after = answer.next;
        if after.is_none() {
            return out;
        }
    }
}

/// What the hits of a group have in common.
type Value = fn(&Hit) -> String;
/// A group's value, how many it has, and the ids of the first three with their scores.
type Made = (String, usize, Vec<(String, f64)>);

#[test]
fn groups_and_the_hits_in_them_stand_in_the_order_of_an_answer_without_groups() {
    let (_folder, engine) = corpus();
    let (mut most, mut told_apart) = (0, 0);
    for (query, within, sort) in [
        ("应急演练", Within::Activities, Sort::Relevance),
        ("安全", Within::Activities, Sort::Relevance),
        ("安全生产 宣传", Within::Sections, Sort::Relevance),
        ("蚊蝇孳生地", Within::Activities, Sort::Relevance),
        ("标题:方案 或 演练", Within::Notices, Sort::Relevance),
        ("演练", Within::Activities, Sort::Issued),
        ("演练", Within::Sections, Sort::Deadline),
        ("", Within::Activities, Sort::Relevance),
    ] {
        let request = Request {
            within,
            sort,
            ..Request::new(query)
        };
        let hits = all(&engine, &request);
        most = most.max(hits.len());
        let ways: [(Grouping, Value); 2] = [
            (Grouping::Notice, |hit| hit.notice_id.clone()),
            (Grouping::Region, |hit| hit.region_path.join("/")),
        ];
        for (by, value) in ways {
            let mut expected: Vec<Made> = Vec::new();
            for hit in &hits {
                let own = value(hit);
                let at = expected.iter().position(|(known, ..)| *known == own);
                let at = at.unwrap_or_else(|| {
                    expected.push((own, 0, Vec::new()));
                    expected.len() - 1
                });
                let (_, total, shown) = &mut expected[at];
                *total += 1;
                if shown.len() < 3 {
                    shown.push((hit.id.clone(), hit.score));
                }
            }
            let mut found = Vec::new();
            for page in 1.. {
                let answer = engine.search(&Request {
                    group: Some(by),
                    page,
                    size: 100,
                    ..request.clone()
                });
                let groups = answer.expect("an answer").groups.expect("groups");
                assert_eq!(groups.total, expected.len(), "{query} {by:?}");
                if groups.groups.is_empty() {
                    break;
                }
                found.extend(groups.groups.into_iter().map(|group| {
                    let shown = group.hits.into_iter().map(|hit| (hit.id, hit.score));
                    (
                        group.value.unwrap_or_default(),
                        group.total,
                        shown.collect(),
                    )
                }));
            }
            assert_eq!(found, expected, "{query} {within:?} {sort:?} {by:?}");
            told_apart += usize::from(expected.len() > 1);
        }
    }
    assert!(most > 200 && told_apart > 12, "{most} {told_apart}");
}
