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
use gongwen::search::{Counting, Engine, Request, Within};
use judged::{Judged, Shelf, questions};
use std::path::Path;

fn corpus() -> (Shelf, tempfile::TempDir, Engine) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let corpus = Shelf::of(&[&folder]);
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
    let answer = engine.search(&request).expect("an answer");
    let shown = answer.hits.into_iter().chain(answer.related);
    shown.map(|hit| hit.id).collect()
}

#[test]
fn the_judged_questions_find_what_was_asked_for_first() {
    let (corpus, _folder, engine) = corpus();
    let mut worths = [Vec::new(), Vec::new()];
    for question in questions() {
        if let Some(worth) = question.worth(&corpus, &shown(&engine, &question)) {
            worths[question.number % 2].push(worth.gain);
        }
    }
    let means = worths.map(|part| {
        assert!(part.len() >= 30, "{} questions have an answer", part.len());
        part.iter().sum::<f64>() / part.len() as f64
    });
    // The even ones are those that nothing was tuned on
    assert!(means[0] >= 0.85 && means[1] >= 0.85, "nDCG@10 {means:?}");
}

#[test]
fn what_is_typed_amiss_is_answered_or_told() {
    let (_, _folder, engine) = corpus();
    let from: Vec<String> = questions().into_iter().map(|q| q.ask).collect();
    let mut told = 0;
    for number in 0..500 {
        let query = mutated::question(number, &from);
        let request = Request {
            within: [Within::Activities, Within::Sections, Within::Notices][number as usize % 3],
            explain: number % 2 == 0,
            ..Request::new(query.as_str())
        };
        match engine.search(&request) {
            Ok(answer) => assert!(answer.hits.len() <= 10, "{query:?}"),
            Err(Error::Query { place, .. }) => {
                assert!(place <= query.chars().count() + 1, "{query:?}: {place}");
                told += 1;
            }
            Err(other) => panic!("{query:?}: {other}"),
        }
    }
    assert!((10..490).contains(&told), "{told} of 500 were told");
}

#[test]
fn what_answers_in_part_follows_the_hits_and_is_not_counted() {
    let (_, _folder, engine) = corpus();
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
