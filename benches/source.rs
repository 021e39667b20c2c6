//! How fast do bytes become text? A document of each format, and long ones where speed is told in bytes.
//!
//! `cargo bench --bench source -- --quick`

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gongwen::source::{Limits, read};
use std::fs;
use std::hint::black_box;
use std::path::Path;

/// The notices of the corpus that are saved in other formats, one at a time.
fn documents(c: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/formats");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the corpus is at hand")
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    files.sort();
    let mut group = c.benchmark_group("read a document");
    group.throughput(Throughput::Elements(1));
    let limits = Limits::default();
    for file in &files {
        let bytes = fs::read(file).expect("a notice can be read");
        let name = file.file_name().expect("a name").to_string_lossy();
        group.bench_function(&*name, |b| {
            b.iter(|| read(black_box(&bytes), &name, &limits).expect("it is read"));
        });
    }
    group.finish();
}

/// Four megabytes of paragraphs, as each of the formats that are text.
fn long_texts(c: &mut Criterion) {
    let paragraph =
        "（一）开展宣传。各乡镇、各部门要于6月20日前报送方案（责任单位：县应急管理局）。";
    let count = (4 << 20) / paragraph.len();
    let paragraphs = |begin: &str, end: &str| format!("{begin}{paragraph}{end}").repeat(count);
    let text = paragraphs("", "\n");
    let gbk = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let escaped: String = gbk(&paragraphs("", "\n"))
        .iter()
        .map(|b| match b {
            b'\n' => "\\par ".to_owned(),
            0x80.. => format!("\\'{b:02x}"),
            b => char::from(*b).to_string(),
        })
        .collect();
    let page = |body: String| {
        format!("<!DOCTYPE html><html><body><div id=\"zoom\">{body}</div></body></html>")
    };
    let inputs = [
        ("text in UTF-8", "a.txt", text.clone().into_bytes()),
        ("text in GB18030", "a.txt", gbk(&text)),
        (
            "a page in UTF-8",
            "a.html",
            page(paragraphs("<p>", "</p>")).into_bytes(),
        ),
        (
            "a page in GB18030",
            "a.html",
            gbk(&page(paragraphs("<p>", "</p>"))),
        ),
        (
            "rich text in GBK",
            "a.rtf",
            format!(
                "{{\\rtf1\\ansi\\ansicpg936{{\\fonttbl{{\\f0\\fcharset134 x;}}}}\\f0 {escaped}}}"
            )
            .into_bytes(),
        ),
    ];
    let mut group = c.benchmark_group("read four megabytes");
    group.sample_size(10);
    let limits = Limits::default();
    for (name, file, bytes) in &inputs {
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(*name, |b| {
            b.iter(|| read(black_box(bytes), file, &limits).expect("it is read"));
        });
    }
    group.finish();
}

criterion_group!(benches, documents, long_texts);
criterion_main!(benches);
