//! The named inputs that the benchmarks share.

// Each benchmark is a program of its own and uses its share of the inputs.
#![allow(dead_code)]

pub(crate) mod bare;
pub(crate) mod chance;
pub(crate) mod judged;
pub(crate) mod mutated;
pub(crate) mod synthetic;

use gongwen::record::Notice;
use gongwen::{Options, extract};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The program's own: what is measured allocates as it does.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// One megabyte.
pub(crate) const MB: usize = 1 << 20;

/// A file as a benchmark reads it: its path and its bytes.
pub(crate) type Input = (String, Vec<u8>);

/// The plain texts of `corpus/`, in the order of their names.
pub(crate) fn corpus() -> Vec<Input> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the corpus is a folder")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let bytes = fs::read(&path).expect("a notice can be read");
            let name = path.file_name().expect("a file has a name");
            (format!("corpus/{}", name.to_string_lossy()), bytes)
        })
        .collect()
}

/// The corpus over and over until it holds at least `bytes`. Every copy is of other years and other numbers, so that each
/// is a notice of its own, and filters and facets have something to tell apart.
pub(crate) fn archive(bytes: usize) -> Vec<Input> {
    let corpus = corpus();
    let mut out: Vec<Input> = Vec::new();
    let mut size = 0;
    for copy in 0usize.. {
        for (path, text) in &corpus {
            let mut text = in_earlier_years(text, copy % 10);
            text.extend_from_slice(format!("\n抄送：第{copy}处。\n").as_bytes());
            size += text.len();
            out.push((format!("{copy}/{path}"), text));
        }
        if size >= bytes || corpus.is_empty() {
            break;
        }
    }
    out
}

/// The text with every year of this century so many years earlier: `2019` and 3 give `2016`. The length stays.
fn in_earlier_years(text: &[u8], years: usize) -> Vec<u8> {
    let mut out = text.to_vec();
    let mut at = 0;
    while let Some(run) = out.get(at..) {
        let Some(begin) = run.iter().position(u8::is_ascii_digit) else {
            break;
        };
        let begin = at + begin;
        let digits = out[begin..].iter().take_while(|b| b.is_ascii_digit());
        at = begin + digits.count();
        if let [b'2', b'0', tens, ones] = &mut out[begin..at] {
            let year = usize::from(*tens - b'0') * 10 + usize::from(*ones - b'0');
            let [t, o] = [
                year.saturating_sub(years) / 10,
                year.saturating_sub(years) % 10,
            ];
            (*tens, *ones) = (b'0' + t as u8, b'0' + o as u8);
        }
    }
    out
}

/// The files written into a new folder, as an archive on disk; it goes when the value is dropped.
pub(crate) fn on_disk(inputs: &[Input]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (path, bytes) in inputs {
        let path = folder.path().join(path);
        let parent = path.parent().expect("a file lies in a folder");
        fs::create_dir_all(parent).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }
    folder
}

/// The records of the files.
pub(crate) fn records(inputs: &[Input]) -> Vec<Notice> {
    let extractions = inputs
        .iter()
        .map(|(path, bytes)| extract(bytes, &Options::of_path(path.as_str())));
    extractions.flat_map(|e| e.notices).collect()
}

/// Texts that are quadratic for a careless reader.
pub(crate) fn adversarial() -> Vec<(&'static str, String)> {
    vec![
        (
            "200,000 markers",
            (1..=200_000).map(|n| format!("{n}.甲\n")).collect(),
        ),
        ("100,000 open brackets", "（".repeat(100_000)),
        ("100,000 open book titles", "《".repeat(100_000)),
        (
            "一二三四五六七 without end",
            "一二三四五六七".repeat(MB / 21),
        ),
        (
            "one line of 8 MB",
            "各单位要加强组织领导，".repeat(8 * MB / 33),
        ),
    ]
}

/// Texts that are hostile to the reading of outlines, of some ten megabytes each and one of fifty. Ordinary text of the same
/// size may take a third as long.
pub(crate) fn hostile_to_outlines() -> Vec<(&'static str, String)> {
    let styles = [
        "一、",
        "（一）",
        "1.",
        "（1）",
        "1)",
        "①",
        "一是",
        "第一，",
        "其一，",
        "第一章 ",
        "第一条 ",
    ];
    let mixed = (0..MARKERS).map(|n| format!("{}甲\n", styles[n * 7 % styles.len()]));
    vec![
        (
            "a million markers that count",
            (0..MARKERS)
                .map(|n| format!("{}.甲\n", n % 999 + 1))
                .collect(),
        ),
        ("a million markers of every style", mixed.collect()),
        ("a million markers alike", "（三）甲\n".repeat(MARKERS)),
        ("10^5 open brackets", "（".repeat(100_000)),
        ("10^5 lines of an open bracket", "（\n".repeat(100_000)),
        (
            "one line of 50 MB",
            "各单位要加强组织领导，".repeat(50 * MB / 33),
        ),
        (
            "一二三四五六七 repeated",
            "一二三四五六七".repeat(10 * MB / 21),
        ),
        (
            "一二三四五六七 repeated, a line each",
            "一二三四五六七\n".repeat(10 * MB / 22),
        ),
    ]
}

const MARKERS: usize = 1_000_000;

/// The corpus over and over as one text of at least `bytes`.
pub(crate) fn ordinary(bytes: usize) -> String {
    let files = corpus();
    let texts: Vec<_> = files
        .iter()
        .map(|(_, text)| String::from_utf8_lossy(text))
        .collect();
    let mut out = String::with_capacity(bytes + (1 << 16));
    while out.len() < bytes && !texts.is_empty() {
        out.extend(texts.iter().map(|text| &**text));
    }
    out
}

/// The bytes of all inputs together.
pub(crate) fn size(inputs: &[Input]) -> u64 {
    inputs.iter().map(|(_, bytes)| bytes.len() as u64).sum()
}
