//! What is read of PDF and OFD, against files: NAME.pdf with NAME.txt beside it is a case, or with NAME.reason where it is refused;
//! a new case adds no Rust.

use gongwen::diagnostic::Code;
use gongwen::source::{Format, Limits, LineKind, Place, ReadText, Refusal, read, read_as};
use std::fs;
use std::path::{Path, PathBuf};

/// Each case: the file and its bytes.
fn cases() -> Vec<(PathBuf, Vec<u8>)> {
    let mut out = Vec::new();
    for kind in ["pdf", "ofd"] {
        for entry in fs::read_dir(folder(kind)).expect("the folder is there") {
            let path = entry.expect("it can be listed").path();
            if path.extension().is_some_and(|e| e == kind) {
                let bytes = fs::read(&path).expect("a case can be read");
                out.push((path, bytes));
            }
        }
    }
    out.sort();
    assert!(out.len() >= 15, "{} cases", out.len());
    out
}

fn folder(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(kind)
}

fn read_file(bytes: &[u8], path: &Path) -> Result<ReadText, Refusal> {
    read(bytes, &path.to_string_lossy(), &Limits::default())
}

fn case(name: &str) -> ReadText {
    let path = folder(name.rsplit('.').next().unwrap_or_default()).join(name);
    let bytes = fs::read(&path).expect("a case can be read");
    read_file(&bytes, &path).unwrap_or_else(|e| panic!("{name}: {}", e.message))
}

#[test]
fn each_file_gives_what_a_person_sees_or_a_reason() {
    for (path, bytes) in cases() {
        let name = path.display().to_string();
        let read = read_file(&bytes, &path);
        if let Ok(reason) = fs::read_to_string(path.with_extension("reason")) {
            let refusal = read.expect_err(&name);
            assert_eq!(refusal.reason.as_str(), reason.trim(), "{name}");
            continue;
        }
        let read = read.unwrap_or_else(|e| panic!("{name}: {}", e.message));
        let expected = fs::read_to_string(path.with_extension("txt")).expect("text or reason");
        assert_eq!(read.text, expected, "{name}");
        assert_eq!(read.text.lines().count(), read.marks.len(), "{name}");
        assert_eq!(read.diagnostics, [], "{name}");
        assert!(
            read.marks
                .iter()
                .all(|m| matches!(m.place, Place::Page(p) if p > 0)),
            "{name}"
        );
    }
}

#[test]
fn rows_centring_and_pages_are_marked() {
    for name in ["notice-unigb.pdf", "notice.ofd"] {
        let read = case(name);
        let marked = |line: &str| {
            let at = read.text.lines().position(|l| l.starts_with(line));
            read.marks[at.unwrap_or_else(|| panic!("{name}: no {line}"))]
        };
        assert!(marked("云台县水利局文件").is_centred, "{name}");
        assert!(marked("关于开展2023年").is_centred, "{name}");
        assert!(!marked("为做好今年").is_centred, "{name}");
        assert_eq!(marked("任务分解表").place, Place::Page(3), "{name}");
        assert_eq!(marked("2\t县水利局").kind, LineKind::Row, "{name}");
    }
}

#[test]
fn attachments_of_an_ofd_are_links() {
    let read = case("columns.ofd");
    assert_eq!(read.links.len(), 1);
    assert_eq!(read.links[0].text, "河道问题清单");
    assert_eq!(read.links[0].target, "河道问题清单.xlsx");
}

#[test]
fn pages_past_the_limit_are_cut_and_told() {
    let limits = Limits {
        max_pages: 1,
        ..Limits::default()
    };
    for name in ["pdf/notice-unigb.pdf", "ofd/notice.ofd"] {
        let bytes = fs::read(folder(name)).expect("a case can be read");
        let read = read(&bytes, name, &limits).expect("its first page");
        assert!(read.text.starts_with("云台县水利局文件\n"));
        assert!(!read.text.contains("任务分解表\n"));
        assert_eq!(read.diagnostics[0].code, Code::Truncated);
    }
}

#[test]
fn a_million_pages_and_deep_nesting_cost_little() {
    let mut pages = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n".to_vec();
    for i in 3..500_000 {
        pages.extend(format!("{i} 0 obj<</Type/Page>>endobj\n").bytes());
    }
    let refusal = read(&pages, "a.pdf", &Limits::default()).expect_err("too many");
    assert_eq!(refusal.reason.as_str(), "too-large");
    for open in ["[", "<</A "] {
        let deep = format!("%PDF-1.4\n9 0 obj {}", open.repeat(100_000));
        let refusal = read(deep.as_bytes(), "a.pdf", &Limits::default()).expect_err("too deep");
        assert_eq!(refusal.reason.as_str(), "damaged");
    }
}

#[test]
fn damage_gives_text_or_a_reason() {
    for (path, bytes) in cases() {
        // by the format, since a header that is hurt is another kind of file
        let format = match path.extension().is_some_and(|e| e == "pdf") {
            true => Format::Pdf,
            false => Format::Ofd,
        };
        let read_file = |bytes: &[u8]| read_as(bytes, format, &Limits::default());
        for i in 1..=100_usize {
            let at = bytes.len() * i / 101;
            let _ = read_file(&bytes[..at]);
            let mut hurt = bytes.clone();
            hurt[at] ^= 1 << (i % 8);
            if let Ok(read) = read_file(&hurt) {
                assert_eq!(
                    read.text.lines().count(),
                    read.marks.len(),
                    "{} {i}",
                    path.display()
                );
            }
        }
    }
}
