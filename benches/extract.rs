//! How fast bytes become records: whole notices and their stages, texts built to be slow, and the tokenizer's time as a
//! measure. `cargo bench --bench extract -- --quick` takes well under a minute once it is built.

mod inputs;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use gongwen::entity::taxonomy::Taxonomy;
use gongwen::outline;
use gongwen::record;
use gongwen::source::ReadText;
use gongwen::{Options, extract};
use inputs::{Input, MB, adversarial, archive, hostile_to_outlines, ordinary, records, size};
use jieba_rs::Jieba;
use std::hint::black_box;

fn read_all(inputs: &[Input]) -> usize {
    let records = inputs.iter().map(|(path, bytes)| {
        extract(bytes, &Options::of_path(path.as_str()))
            .notices
            .len()
    });
    records.sum()
}

/// On one thread: what a core does.
fn notices(c: &mut Criterion) {
    let archive = archive(MB);
    let mut group = c.benchmark_group("extract");
    group
        .sample_size(10)
        .throughput(Throughput::Bytes(size(&archive)));
    group.bench_function("the corpus repeated to 1 MB", |b| {
        b.iter(|| read_all(black_box(&archive)));
    });
    // Whole extraction should take no longer than cutting the same text into words alone.
    let jieba = Jieba::new();
    let notices = records(&archive);
    for (name, guesses) in [
        ("jieba-rs cutting the same text", true),
        ("jieba-rs without its guesses at unknown words", false),
    ] {
        group.bench_function(name, |b| {
            b.iter(|| {
                let words = notices.iter().map(|n| jieba.cut(&n.text, guesses).len());
                words.sum::<usize>()
            });
        });
    }
    group.finish();
}

/// Text to outline, paragraphs restored where they were lost: what the other stages read.
fn sections(text: &str) -> usize {
    outline::read_restored(text).1.sections.len()
}

/// Text to outline: notices one by one, as one text, and texts built to be slow, each below ordinary text of its size.
fn outlines(c: &mut Criterion) {
    let notices = archive(20 * MB);
    let notices: Vec<_> = notices
        .iter()
        .map(|(_, bytes)| String::from_utf8_lossy(bytes))
        .collect();
    let bytes = notices.iter().map(|n| n.len() as u64).sum();
    let mut group = c.benchmark_group("outline");
    group.sample_size(10).throughput(Throughput::Bytes(bytes));
    group.bench_function("the corpus repeated to 20 MB", |b| {
        b.iter(|| {
            notices
                .iter()
                .map(|n| sections(black_box(n)))
                .sum::<usize>()
        });
    });
    for megabytes in [10, 20, 50] {
        let text = ordinary(megabytes * MB);
        group.throughput(Throughput::Bytes(text.len() as u64));
        let name = BenchmarkId::new("one ordinary text", format!("{megabytes} MB"));
        group.bench_with_input(name, &text, |b, text| b.iter(|| sections(black_box(text))));
    }
    for (name, text) in hostile_to_outlines() {
        group.throughput(Throughput::Bytes(text.len() as u64));
        let name = BenchmarkId::new("hostile", name);
        group.bench_with_input(name, &text, |b, text| b.iter(|| sections(black_box(text))));
    }
    group.finish();
}

/// The stages by themselves, over the decoded texts of the same notices.
fn stages(c: &mut Criterion) {
    let notices = records(&archive(MB));
    let bytes = notices.iter().map(|n| n.text.len() as u64).sum();
    let mut whole = c.benchmark_group("record");
    whole.sample_size(10).throughput(Throughput::Bytes(bytes));
    whole.bench_function("outline, entities and record", |b| {
        let taxonomy = Taxonomy::bundled();
        // The text, source and id are taken by value; their copies are not what is measured
        b.iter_batched(
            || {
                let parts = notices.iter();
                let parts = parts.map(|n| (n.text.clone(), n.source.clone(), n.id.clone()));
                parts.collect::<Vec<_>>()
            },
            |parts| {
                let built = parts.into_iter().map(|(text, source, id)| {
                    let read = ReadText {
                        text,
                        ..ReadText::default()
                    };
                    record::build(read, source, id, taxonomy)
                });
                built.map(|notice| notice.activities.len()).sum::<usize>()
            },
            BatchSize::LargeInput,
        );
    });
    whole.finish();
}

/// One long file at three sizes: the throughput stays the same where time is linear.
fn one_long_notice(c: &mut Criterion) {
    let mut group = c.benchmark_group("extract one long notice");
    group.sample_size(10);
    for megabytes in [1, 2, 4] {
        let text: Vec<u8> = archive(megabytes * MB)
            .into_iter()
            .flat_map(|(_, bytes)| bytes)
            .collect();
        group.throughput(Throughput::Bytes(text.len() as u64));
        let name = BenchmarkId::from_parameter(format!("{megabytes} MB"));
        group.bench_with_input(name, &text, |b, text| {
            b.iter(|| extract(black_box(text), &Options::of_path("long.txt")));
        });
    }
    group.finish();
}

fn built_to_be_slow(c: &mut Criterion) {
    let mut group = c.benchmark_group("extract, built to be slow");
    group.sample_size(10);
    for (name, text) in adversarial() {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(name), &text, |b, text| {
            b.iter(|| extract(black_box(text.as_bytes()), &Options::of_path("slow.txt")));
        });
    }
    group.finish();
}

criterion_group!(
    benches,
    notices,
    outlines,
    stages,
    one_long_notice,
    built_to_be_slow
);
criterion_main!(benches);
