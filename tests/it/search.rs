//! The laws of search, and its answers over four notices made by hand.

use crate::laws::sound;
use crate::made::{engine, made, shelf};
use gongwen::error::{Error, QueryFault};
use gongwen::index::Index;
use gongwen::index::folded::Folded;
use gongwen::record::Notice;
use gongwen::search::range::years;
use gongwen::search::{Answer, Engine, Filters, Request, Within};
use gongwen::span::CharSpan;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

fn asked(engine: &Engine, query: &str) -> Answer {
    engine.search(&Request::new(query)).expect(query)
}

fn titles(answer: &Answer) -> Vec<&str> {
    let mut titles: Vec<&str> = answer
        .hits
        .iter()
        .filter_map(|h| h.title.as_deref())
        .collect();
    titles.sort_unstable();
    titles
}

fn filtered(engine: &Engine, query: &str, filters: Filters) -> Answer {
    let request = Request {
        filters,
        ..Request::new(query)
    };
    engine.search(&request).expect(query)
}

fn one(value: &str) -> Vec<String> {
    vec![value.to_owned()]
}

#[test]
fn a_part_of_a_name_is_found() {
    let (_folder, engine, _) = made();
    for query in [
        "农业",
        "中国农业发展银行",
        "业发",
        "24口",
        "4口交换机",
        "行",
        "２４口",
        "农贸市场",
        "贸",
    ] {
        assert_eq!(asked(&engine, query).total, 1, "{query}");
    }
    assert_eq!(titles(&asked(&engine, "〇事故")), ["开展疏散演练"]);
}

#[test]
fn words_phrases_alternatives_and_exclusion() {
    let (_folder, engine, _) = made();
    let found = |query: &str| titles(&asked(&engine, query)).join(" ");
    assert_eq!(found("演练 学校"), "组织地震应急演练");
    assert_eq!(found("标题:演练 -地震"), "开展疏散演练 组织应急演练");
    assert_eq!(found("竞赛 或 宣讲"), "举办知识竞赛 开展主题宣讲");
    assert_eq!(found("“应急演练” 武汉"), "组织应急演练");
    assert_eq!(found("“演练应急”"), "");
    assert_eq!(
        found("单位:教育 (竞赛 OR 地震)"),
        "举办知识竞赛 组织地震应急演练"
    );
    assert_eq!(found("年份:2023 地区:湖北 演练"), "开展疏散演练");
    assert_eq!(found("编号:〔2024〕8"), "清理卫生死角");
    assert_eq!(found("发文机关:消防救援总队 宣讲"), "开展主题宣讲");
}

#[test]
fn a_term_without_blanks_is_found_by_its_words() {
    let (_folder, engine, _) = made();
    assert_eq!(titles(&asked(&engine, "学校知识竞赛")), ["举办知识竞赛"]);
    assert_eq!(asked(&engine, "“学校知识竞赛”").total, 0);
    // What is excluded is excluded as it stands
    assert_eq!(asked(&engine, "竞赛 -学校知识竞赛").total, 1);
}

#[test]
fn the_best_comes_first() {
    let (_folder, engine, _) = made();
    let answer = asked(&engine, "地震应急演练");
    assert_eq!(answer.hits[0].title.as_deref(), Some("组织地震应急演练"));
    let scores: Vec<f64> = answer.hits.iter().map(|h| h.score).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
}

#[test]
fn a_hit_shows_what_and_where() {
    let (_folder, engine, notices) = made();
    let answer = asked(&engine, "农贸市场");
    let hit = &answer.hits[0];
    let notice = &notices[3];
    assert_eq!(hit.id, format!("{}.1", notice.id));
    assert_eq!(hit.notice_title, notice.title);
    assert_eq!(hit.path, ["一、", "（一）"]);
    assert_eq!(hit.above, ["主要活动"]);
    assert_eq!(hit.units[0].name, "市卫生健康委员会");
    assert_eq!(hit.sources.join(" "), notice.source.path);
    let fragment = &hit.snippet[0];
    let [from, to] = fragment.highlights[0];
    let there = |from: usize, to: usize| -> String {
        notice.text.chars().skip(from).take(to - from).collect()
    };
    assert_eq!(
        there(fragment.start + from, fragment.start + to),
        "农 贸 市场"
    );
    assert_eq!(
        there(
            fragment.start,
            fragment.start + fragment.text.chars().count()
        ),
        fragment.text
    );
}

#[test]
fn filters_and_the_counts_beside_them() {
    let (_folder, engine, _) = made();
    let filters = Filters {
        regions: one("湖北"),
        ..Filters::default()
    };
    let answer = filtered(&engine, "演练", filters);
    assert_eq!(answer.total, 2);
    // A facet's counts leave its own filter out, and every other heeds it
    let count = |counts: &[gongwen::search::answer::Count], value: &str| {
        counts
            .iter()
            .find(|c| c.value == value)
            .map_or(0, |c| c.count)
    };
    assert_eq!(count(&answer.facets.region, "江苏省/常州市"), 1);
    assert_eq!(count(&answer.facets.region, "湖北省"), 2);
    assert_eq!(count(&answer.facets.year, "2023"), 1);
    assert_eq!(count(&answer.facets.activity_kind, "应急演练"), 2);

    let of = |filters: Filters| filtered(&engine, "", filters).total;
    assert_eq!(of(Filters::default()), 6);
    assert_eq!(
        of(Filters {
            years: vec![years("2022..2023").expect("years")],
            ..Filters::default()
        }),
        5
    );
    for (region, total) in [
        ("湖北省", 4),
        ("武汉市", 2),
        ("武汉", 2),
        ("湖北省/武汉市", 2),
        ("420000", 4),
        ("内蒙古", 1),
        ("北", 0),
    ] {
        assert_eq!(
            of(Filters {
                regions: one(region),
                ..Filters::default()
            }),
            total,
            "{region}"
        );
    }
    assert_eq!(
        of(Filters {
            units: one("教育"),
            ..Filters::default()
        }),
        3
    );
    assert_eq!(
        of(Filters {
            units: one("\"市教育局\""),
            ..Filters::default()
        }),
        2
    );
    assert_eq!(
        of(Filters {
            kinds: one("方案"),
            ..Filters::default()
        }),
        2
    );
    assert_eq!(
        of(Filters {
            kinds: one("应急演练"),
            ..Filters::default()
        }),
        3
    );
    assert_eq!(
        of(Filters {
            issuers: one("应急管理局"),
            ..Filters::default()
        }),
        1
    );
}

#[test]
fn notices_are_a_unit_of_search() {
    let (_folder, engine, notices) = made();
    let request = Request {
        within: Within::Notices,
        ..Request::new("防灾减灾")
    };
    let answer = engine.search(&request).expect("found");
    assert_eq!(answer.total, 1);
    assert_eq!(answer.hits[0].id, notices[2].id);
    assert_eq!(answer.hits[0].ordinal, None);
    assert_eq!(
        engine.notice(&notices[2].id).expect("read").map(|n| n.id),
        Some(notices[2].id.clone())
    );
}

#[test]
fn pages_part_the_hits_and_lose_none() {
    let (_folder, engine, _) = made();
    let mut seen = Vec::new();
    for page in 1..=4 {
        let request = Request {
            page,
            size: 2,
            ..Request::new("市 OR 省")
        };
        let answer = engine.search(&request).expect("a page");
        assert_eq!(answer.total, 6);
        seen.extend(answer.hits.into_iter().map(|h| h.id));
    }
    let whole: Vec<String> = asked(&engine, "市 OR 省")
        .hits
        .into_iter()
        .map(|h| h.id)
        .collect();
    assert_eq!(seen, whole);
    let far = Request {
        page: usize::MAX,
        ..Request::new("")
    };
    assert!(matches!(engine.search(&far), Err(Error::Query { .. })));
}

#[test]
fn the_order_of_writing_makes_no_difference() {
    let (_folder, forward, mut notices) = made();
    notices.reverse();
    let folder = tempfile::tempdir().expect("a folder");
    let backward = engine(folder.path(), &notices);
    for query in ["", "演练", "学校 OR 市", "开展"] {
        let ids = |engine: &Engine| -> Vec<String> {
            asked(engine, query)
                .hits
                .into_iter()
                .map(|h| h.id)
                .collect()
        };
        assert_eq!(ids(&forward), ids(&backward), "{query}");
    }
}

#[test]
fn a_notice_is_replaced_and_removed_as_a_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let notices = shelf();
    drop(engine(folder.path(), &notices));
    // The same again: still one of each
    drop(engine(folder.path(), &notices));
    let index = Index::open(folder.path()).expect("opened");
    let mut writer = index.writer().expect("a writer");
    writer.remove(&notices[0].id).expect("removed");
    writer.commit(9).expect("committed");
    drop(writer);
    assert_eq!(index.generation(), Some(9));
    drop(index);
    let left = engine(folder.path(), &notices[1..]);
    assert_eq!(asked(&left, "").total, 4);
    assert_eq!(asked(&left, "竞赛").total, 0);
}

#[test]
fn a_malformed_query_is_told_its_place() {
    let (_folder, engine, _) = made();
    match engine.search(&Request::new("演练 （学校")) {
        Err(
            error @ Error::Query {
                place: 4,
                fault: QueryFault::UnclosedBracket,
            },
        ) => {
            assert_eq!(
                error.to_string(),
                "query, column 4: the bracket that opens here is not closed; add )"
            );
        }
        other => panic!("{other:?}"),
    }
}

/// Texts of few characters, so that near misses abound.
fn crowd() -> Vec<Notice> {
    let mut state = 7u64;
    let mut next = |n: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % n
    };
    let alphabet: Vec<char> = "安全生产月演练学校20Ａa，。（ 〇零\n“".chars().collect();
    let mut notices = Vec::new();
    for n in 0..30u64 {
        let mut notice = shelf().swap_remove(0);
        notice.activities.clear();
        notice.outline.clear();
        notice.id = format!("{n:016x}");
        let length = 20 + next(40);
        // Some runs are words of the dictionary, which are terms of their own
        let words = ["安全生产月", "安全生产", "中小学校", "2023"];
        notice.text = (0..length)
            .map(|_| match next(12) {
                0 => words[next(4) as usize].to_owned(),
                _ => alphabet[next(alphabet.len() as u64) as usize].to_string(),
            })
            .collect();
        notice.title = None;
        notices.push(notice);
    }
    notices
}

/// The same in parts: activities and sections anywhere, some within others or over their ends, as no notice has them.
fn crowd_in_parts() -> Vec<Notice> {
    let model = shelf().swap_remove(0);
    let mut notices = crowd();
    for (n, notice) in notices.iter_mut().enumerate() {
        let length = notice.text.chars().count();
        for part in 0..n % 5 {
            let from = (n * 7 + part * 13) % length;
            let span = CharSpan(from, (from + 3 + (n + part * 5) % 20).min(length));
            if (n + part) % 3 == 0 {
                let mut section = sound().outline.remove(0);
                (section.span, section.heading) = (span, None);
                notice.outline.push(section);
                continue;
            }
            let mut activity = model.activities[0].clone();
            activity.id = format!("{}.{}", notice.id, notice.activities.len() + 1);
            (activity.span, activity.title) = (span, None);
            activity.units.clear();
            activity.kinds.clear();
            activity.dates.clear();
            notice.activities.push(activity);
        }
        notice.outline.sort_by_key(|section| section.span.0);
        notice.activities.sort_by_key(|activity| activity.span.0);
    }
    notices
}

#[test]
fn every_substring_finds_and_nothing_else_does() {
    finds_every_substring(&crowd());
}

#[test]
fn a_notice_is_found_across_the_ends_of_its_parts() {
    let notices = crowd_in_parts();
    let parts = |n: &Notice| n.activities.len() + n.outline.len();
    assert!(notices.iter().map(parts).sum::<usize>() > 40);
    finds_every_substring(&notices);
}

fn finds_every_substring(notices: &[Notice]) {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = engine(folder.path(), notices);
    let found = |query: String| -> Result<Vec<String>, TestCaseError> {
        let request = Request {
            within: Within::Notices,
            size: 100,
            ..Request::new(query)
        };
        let answer = engine
            .search(&request)
            .map_err(|e| TestCaseError::fail(e.to_string()))?;
        let mut ids: Vec<String> = answer.hits.into_iter().map(|h| h.id).collect();
        ids.sort_unstable();
        Ok(ids)
    };
    let folded: Vec<Folded> = notices.iter().map(|n| Folded::new(&n.text)).collect();
    let mut runner = TestRunner::new(ProptestConfig::with_cases(400));
    let parts = (0..30usize, 0..60usize, 1..9usize, 0..12usize);
    runner
        .run(&parts, |(which, start, length, altered)| {
            let text: Vec<char> = notices[which].text.chars().collect();
            let start = start.min(text.len() - 1);
            let mut part: Vec<char> = text[start..(start + length).min(text.len())].to_vec();
            // Three in four are altered in one place, and mostly stand nowhere
            if let Some(c) = part.get_mut(altered) {
                *c = '校';
            }
            let part: String = part.into_iter().filter(|c| *c != '“').collect();
            let needle = Folded::new(&part).chars;
            if needle.is_empty() {
                return Ok(());
            }
            let stands: Vec<String> = notices
                .iter()
                .zip(&folded)
                .filter(|(_, text)| {
                    let around = [
                        "武汉市安全生产委员会办公室",
                        "人人讲安全、个个会应急",
                        "湖北省",
                        "武汉市",
                        "测安办〔2022〕8号",
                        "安全生产月",
                    ];
                    !text.find(&needle).is_empty()
                        || around
                            .iter()
                            .any(|t| !Folded::new(t).find(&needle).is_empty())
                })
                .map(|(n, _)| n.id.clone())
                .collect();
            prop_assert_eq!(&found(format!("“{part}”"))?, &stands, "phrase {:?}", part);
            // In the text alone, down to one character
            let holds = |wanted: &dyn Fn(&Folded) -> bool| -> Vec<String> {
                let texts = notices.iter().zip(&folded);
                let held = texts.filter(|(_, text)| wanted(text));
                held.map(|(n, _)| n.id.clone()).collect()
            };
            prop_assert_eq!(
                found(format!("正文:“{part}”"))?,
                holds(&|text| !text.find(&needle).is_empty()),
                "text {:?}",
                part
            );
            let (first, last) = (needle[0], needle[needle.len() - 1]);
            if needle.len() > 2 && first.is_alphanumeric() && last.is_alphanumeric() {
                let are_near = |text: &Folded| {
                    let chars = text.chars.iter().enumerate();
                    let of = |c: char| chars.clone().filter(move |(_, x)| **x == c);
                    let mut pairs = of(first).flat_map(|(a, _)| of(last).map(move |(b, _)| (a, b)));
                    pairs.any(|(a, b)| a != b && a.abs_diff(b) <= 4)
                };
                prop_assert_eq!(
                    found(format!("正文:{first} ~3 正文:{last}"))?,
                    holds(&are_near),
                    "near {:?} {:?}",
                    first,
                    last
                );
            }
            // Excluded, it leaves exactly the others
            let mut rest = found(format!("-\"{part}\""))?;
            rest.extend(stands.iter().cloned());
            rest.sort_unstable();
            prop_assert_eq!(rest.len(), notices.len());
            // Without quotes, at least the same
            if part.chars().all(char::is_alphanumeric) {
                let wider = found(part.clone())?;
                prop_assert!(
                    stands.iter().all(|id| wider.contains(id)),
                    "word {:?}",
                    part
                );
            }
            Ok(())
        })
        .expect("the law holds");
}
