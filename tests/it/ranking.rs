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

use crate::made::engine;
use gongwen::error::Error;
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
    assert!(means[0] >= 0.85 && means[1] >= 0.75, "nDCG@10 {means:?}");
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
