//! How long an answer takes: named questions over an index of the corpus repeated with other years and numbers.
//! `cargo bench --bench search -- --quick` takes well under a minute once it is built.

mod inputs;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use gongwen::ingest;
use gongwen::ingest::Settings;
use gongwen::search::{Engine, Request, Within};
use inputs::{MB, archive, on_disk};
use std::hint::black_box;
use std::sync::Mutex;

/// What is asked: a name of the kind of question, and the question.
const QUESTIONS: [(&str, &str); 8] = [
    ("a word", "演练"),
    ("two words", "消防 演练"),
    ("a phrase", "“应急演练”"),
    ("alternatives less a word", "(演练 OR 培训) -消防"),
    ("fields", "年份:2015..2020 单位:应急管理局 演练"),
    ("one character", "火"),
    ("a word that nothing has", "捕鲸船队"),
    ("everything", ""),
];

/// Each with its facets and ten hits with snippets, as the page and the API give them.
fn questions(c: &mut Criterion) {
    let archive = archive(4 * MB);
    let folder = on_disk(&archive);
    let data = tempfile::tempdir().expect("a folder can be made");
    let paths = [folder.path().to_owned()];
    ingest::index(&paths, data.path(), &Settings::default(), &mut ()).expect("it is kept");
    let (store, index) = ingest::open(data.path()).expect("it was just written");
    let engine = Engine::new(index, Box::new(Mutex::new(store)));
    for (within, name) in [
        (Within::Activities, "search, activities"),
        (Within::Notices, "search, notices"),
    ] {
        let mut group = c.benchmark_group(format!("{name} of {} notices", archive.len()));
        group.sample_size(20);
        for (kind, query) in QUESTIONS {
            let request = Request {
                within,
                ..Request::new(query)
            };
            group.bench_with_input(BenchmarkId::from_parameter(kind), &request, |b, request| {
                b.iter(|| engine.search(black_box(request)).expect("an answer"));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, questions);
criterion_main!(benches);
