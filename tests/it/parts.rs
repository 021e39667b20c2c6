//! The unit of sections, hits put together, and pages that go on after one another.

use crate::made::{Draft, engine, made, notice, shelf};
use gongwen::error::{Error, QueryFault};
use gongwen::search::answer::HitGroup;
use gongwen::search::{Answer, Basis, Counting, Engine, Grouping, Request, Sort, Within};

fn within(engine: &Engine, query: &str, within: Within) -> Answer {
    let request = Request {
        within,
        ..Request::new(query)
    };
    engine.search(&request).expect(query)
}

fn grouped(engine: &Engine, query: &str, by: Grouping) -> (usize, Vec<HitGroup>) {
    let request = Request {
        group: Some(by),
        ..Request::new(query)
    };
    let answer = engine.search(&request).expect(query);
    assert!(answer.hits.is_empty() && answer.next.is_none());
    let groups = answer.groups.expect("groups");
    (groups.total, groups.groups)
}

/// Two hundred activities that differ in how often they name a drill.
fn long_shelf() -> Vec<gongwen::record::Notice> {
    let bodies: Vec<String> = (0..200)
        .map(|n| {
            format!(
                "第{n}项。{}组织{}人参加。",
                "开展演练，".repeat(1 + n % 7),
                n
            )
        })
        .collect();
    bodies
        .chunks(20)
        .zip(2001..)
        .map(|(bodies, year)| {
            let activities: Vec<(&str, &str, &str)> = bodies
                .iter()
                .map(|body| (body.as_str(), "市应急管理局", "应急演练"))
                .collect();
            notice(&Draft {
                title: "关于开展演练活动的通知",
                kind: "通知",
                year,
                region: ("420100", &["湖北省", "武汉市"]),
                issuer: "武汉市应急管理局",
                activities: &activities,
            })
        })
        .collect()
}

#[test]
fn sections_are_activities_and_what_is_none() {
    let (_folder, engine, notices) = made();
    let activities: usize = notices.iter().map(|n| n.activities.len()).sum();
    let all = within(&engine, "", Within::Sections);
    // Each notice of the shelf has one section besides its activities, and its lead
    assert_eq!(all.total, activities + 2 * notices.len());
    let leads = within(&engine, "各有关单位", Within::Sections);
    assert_eq!(leads.total, notices.len());
    for hit in leads.hits {
        let notice = notices.iter().find(|n| n.id == hit.notice_id);
        let notice = notice.expect("its notice");
        let place = notice.outline.len() + 1;
        assert_eq!(hit.id, format!("{}.s{place}", notice.id));
        assert_eq!((hit.ordinal, hit.title), (None, None));
        assert_eq!(hit.section, u32::try_from(place).ok());
        let text: String = hit.snippet.iter().map(|f| f.text.as_str()).collect();
        assert!(text.ends_with("各有关单位："), "{text}");
    }
    let found = within(&engine, "主要活动", Within::Sections);
    let own: Vec<_> = found.hits.iter().filter(|h| h.ordinal.is_none()).collect();
    assert_eq!(own.len(), notices.len());
    for hit in own {
        assert_eq!(hit.section, Some(1));
        assert_eq!(hit.id, format!("{}.s1", hit.notice_id));
        assert_eq!(hit.title.as_deref(), Some("主要活动"));
        assert_eq!(hit.snippet[0].text, "一、主要活动");
        let notice = notices.iter().find(|n| n.id == hit.notice_id);
        let text = &notice.expect("its notice").text;
        let there: String = text.chars().skip(hit.snippet[0].start).take(6).collect();
        assert_eq!(there, hit.snippet[0].text);
    }
    // An activity found as a section is the same hit; what only activities hold is found no more often
    let drills = within(&engine, "疏散演练", Within::Sections);
    assert_eq!(
        (drills.total, drills.hits[0].ordinal, drills.hits[0].section),
        (1, Some(1), Some(2))
    );
    // Activities alone never give a section
    assert_eq!(
        within(&engine, "标题:主要活动", Within::Activities).total,
        0
    );
    assert_eq!(within(&engine, "-演练", Within::Sections).total, 11);
}

#[test]
fn sections_tell_why_and_have_precedents() {
    let (_folder, engine, notices) = made();
    let id = format!("{}.s1", notices[0].id);
    let why = |query: &str, id: &str| engine.why(&Request::new(query), id).expect(query);
    assert_eq!(why("主要活动", &id).map(|why| why.matches), Some(true));
    assert_eq!(why("疏散", &id).map(|why| why.matches), Some(false));
    for odd in ["s9", "s", "sx", "x", ""] {
        let id = format!("{}.{odd}", notices[0].id);
        assert_eq!(why("主要活动", &id), None, "{odd}");
    }
    let similar = engine.similar(&Basis::Id(id), 5).expect("similar");
    assert!(similar.is_some());
}

#[test]
fn hits_stand_together_by_notice_series_and_region() {
    let (_folder, engine, _) = made();
    let (total, groups) = grouped(&engine, "", Grouping::Notice);
    assert_eq!((total, groups.len()), (4, 4));
    let mut sizes: Vec<usize> = groups.iter().map(|group| group.total).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [1, 1, 2, 2]);
    for group in &groups {
        assert_eq!(group.hits.len(), group.total);
        let id = group.value.as_deref();
        assert!(group.hits.iter().all(|h| Some(h.notice_id.as_str()) == id));
    }
    let (total, groups) = grouped(&engine, "演练", Grouping::Region);
    let mut regions: Vec<&str> = groups.iter().filter_map(|g| g.value.as_deref()).collect();
    regions.sort_unstable();
    assert_eq!(total, 3);
    assert_eq!(regions, ["江苏省/常州市", "湖北省", "湖北省/武汉市"]);
    // None of these has a series: they stand together without a value
    let (total, groups) = grouped(&engine, "演练", Grouping::Series);
    assert_eq!((total, &groups[0].value, groups[0].total), (1, &None, 3));
}

#[test]
fn a_series_is_a_group_over_the_years() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut notices = shelf();
    notices[0].series = Some("420100:安全生产月".to_owned());
    notices[1].series = Some("420100:安全生产月".to_owned());
    let engine = engine(folder.path(), &notices);
    let (total, groups) = grouped(&engine, "演练", Grouping::Series);
    assert_eq!(total, 2);
    let named = groups.iter().find(|g| g.value.is_some()).expect("a series");
    assert_eq!(named.value.as_deref(), Some("420100:安全生产月"));
    assert_eq!(named.total, 2);
}

#[test]
fn groups_show_their_best_and_come_in_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = engine(folder.path(), &long_shelf());
    let mut seen = Vec::new();
    for page in 1..=4 {
        let request = Request {
            group: Some(Grouping::Notice),
            page,
            size: 3,
            ..Request::new("演练")
        };
        let answer = engine.search(&request).expect("groups");
        let groups = answer.groups.expect("groups");
        assert_eq!((answer.total, groups.total), (200, 10));
        for group in groups.groups {
            assert_eq!((group.total, group.hits.len()), (20, 3));
            assert!(group.hits.is_sorted_by(|a, b| a.score >= b.score));
            seen.push((group.hits[0].score, group.value));
        }
    }
    assert_eq!(seen.len(), 10);
    assert!(seen.is_sorted_by(|a, b| a.0 >= b.0));
    seen.sort_by(|a, b| a.1.cmp(&b.1));
    seen.dedup_by(|a, b| a.1 == b.1);
    assert_eq!(seen.len(), 10);
}

#[test]
fn going_on_gives_what_pages_give_and_past_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = engine(folder.path(), &long_shelf());
    for (query, sort) in [
        ("演练", Sort::Relevance),
        ("", Sort::Relevance),
        ("演练", Sort::Issued),
        ("演练", Sort::Deadline),
        // Few enough that the window holds all
        ("第1", Sort::Relevance),
    ] {
        let base = Request {
            sort,
            size: 7,
            counting: Counting::Total,
            ..Request::new(query)
        };
        let mut by_page = Vec::new();
        for page in 1.. {
            let answer = engine
                .search(&Request {
                    page,
                    ..base.clone()
                })
                .expect("a page");
            assert_eq!(
                answer.next.is_some(),
                page * 7 < answer.total,
                "{query} {page}"
            );
            if answer.hits.is_empty() {
                assert_eq!(by_page.len(), answer.total);
                break;
            }
            by_page.extend(answer.hits);
        }
        let mut going_on = Vec::new();
        let mut after = None;
        loop {
            let answer = engine
                .search(&Request {
                    after,
                    ..base.clone()
                })
                .expect("a page");
            going_on.extend(answer.hits);
            after = answer.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(by_page, going_on, "{query} {sort:?}");
        let mut ids: Vec<&str> = going_on.iter().map(|hit| hit.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), going_on.len(), "{query} {sort:?}");
    }
}

#[test]
fn the_place_of_another_question_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = engine(folder.path(), &long_shelf());
    let next = engine.search(&Request::new("演练")).expect("hits").next;
    assert!(next.is_some());
    for (query, after) in [("组织", next), ("演练", Some("w0-0-0".to_owned()))] {
        let request = Request {
            after,
            ..Request::new(query)
        };
        let refused = engine.search(&request);
        assert!(
            matches!(
                &refused,
                Err(Error::Query {
                    fault: QueryFault::ForeignCursor,
                    ..
                })
            ),
            "{refused:?}"
        );
    }
}
