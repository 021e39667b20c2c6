//! The named inputs that the benchmarks share.

// Each benchmark is a program of its own and uses its share of the inputs.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};

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

/// The corpus over and over until it holds at least `bytes`; a last line makes every copy a notice of its own.
pub(crate) fn archive(bytes: usize) -> Vec<Input> {
    let corpus = corpus();
    let mut out: Vec<Input> = Vec::new();
    let mut size = 0;
    for copy in 0usize.. {
        for (path, text) in &corpus {
            let mut text = text.clone();
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

/// Texts that are quadratic for a careless reader.
pub(crate) fn adversarial() -> Vec<(&'static str, String)> {
    vec![
        (
            "a million markers",
            (1..=1_000_000).map(|n| format!("{n}.甲\n")).collect(),
        ),
        ("100,000 open brackets", "（".repeat(100_000)),
        ("100,000 open book titles", "《".repeat(100_000)),
        (
            "一二三四五六七 without end",
            "一二三四五六七".repeat(5 * MB / 21),
        ),
        (
            "one line of 50 MB",
            "各单位要加强组织领导，".repeat(50 * MB / 33),
        ),
    ]
}

/// The bytes of all inputs together.
pub(crate) fn size(inputs: &[Input]) -> u64 {
    inputs.iter().map(|(_, bytes)| bytes.len() as u64).sum()
}
