//! What is read of Word's binaries and of rich text, against files: NAME.doc with NAME.txt beside it is a case, and a new case adds no Rust.

use gongwen::source::{Limits, read};
use std::fs;
use std::path::{Path, PathBuf};

/// Each case: the file, its bytes, and the text that a person sees.
fn cases() -> Vec<(PathBuf, Vec<u8>, String)> {
    let mut out = Vec::new();
    for kind in ["doc", "rtf"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/golden")
            .join(kind);
        for entry in fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("it can be listed").path();
            if path.extension().is_some_and(|e| e == kind) {
                let bytes = fs::read(&path).expect("a case can be read");
                let text = path.with_extension("txt");
                let text =
                    fs::read_to_string(&text).unwrap_or_else(|e| panic!("{}: {e}", text.display()));
                out.push((path, bytes, text));
            }
        }
    }
    out.sort();
    out
}

#[test]
fn each_file_gives_what_a_person_sees() {
    let cases = cases();
    assert!(cases.len() >= 8, "{} cases", cases.len());
    for (path, bytes, expected) in cases {
        let name = path.display().to_string();
        let read = read(&bytes, &name, &Limits::default())
            .unwrap_or_else(|e| panic!("{name}: {}", e.message));
        assert_eq!(read.text, expected, "{name}");
        assert_eq!(read.text.lines().count(), read.marks.len(), "{name}");
        assert_eq!(read.diagnostics, [], "{name}");
    }
}

#[test]
fn damage_gives_text_or_a_reason() {
    let limits = Limits::default();
    for (path, bytes, _) in cases() {
        let name = path.display().to_string();
        for i in 1..=100_usize {
            let at = bytes.len() * i / 101;
            let _ = read(&bytes[..at], &name, &limits);
            let mut hurt = bytes.clone();
            hurt[at] ^= 1 << (i % 8);
            if let Ok(read) = read(&hurt, &name, &limits) {
                assert_eq!(read.text.lines().count(), read.marks.len(), "{name} {i}");
            }
        }
    }
}
