//! What is read of Word files and workbooks, against files: NAME.docx with NAME.txt beside it is a case, and a new case adds no Rust.

use gongwen::source::{Limits, LineKind, ReadText, Reason, Refusal, read};
use std::fs;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name)
}

/// Each case: its name, its bytes, and the text that a person sees.
fn cases() -> Vec<(String, Vec<u8>, String)> {
    let mut out = Vec::new();
    for kind in ["docx", "sheet"] {
        for entry in fs::read_dir(folder(kind)).expect("the folder is there") {
            let path = entry.expect("it can be listed").path();
            if path.extension().is_some_and(|e| e == "txt") {
                continue;
            }
            let expected = match kind {
                "docx" => path.with_extension("txt"),
                _ => PathBuf::from(format!("{}.txt", path.display())),
            };
            let name = path
                .file_name()
                .expect("a file has a name")
                .to_string_lossy()
                .into_owned();
            let bytes = fs::read(&path).expect("a case can be read");
            let text = fs::read_to_string(&expected)
                .unwrap_or_else(|e| panic!("{}: {e}", expected.display()));
            out.push((name, bytes, text));
        }
    }
    out.sort();
    assert!(out.len() >= 18, "{} cases", out.len());
    out
}

fn read_file(bytes: &[u8], name: &str) -> Result<ReadText, Refusal> {
    read(bytes, name, &Limits::default())
}

#[test]
fn each_file_gives_what_a_person_sees() {
    let mut faults = Vec::new();
    for (name, bytes, expected) in cases() {
        let read = read_file(&bytes, &name).unwrap_or_else(|e| panic!("{name}: {}", e.message));
        assert_eq!(read.text.lines().count(), read.marks.len(), "{name}");
        assert_eq!(read.diagnostics, [], "{name}");
        for (i, (got, wanted)) in read.text.lines().zip(expected.lines()).enumerate() {
            if got != wanted {
                faults.push(format!("{name}:{}: {got:?}, not {wanted:?}", i + 1));
            }
        }
        assert_eq!(
            read.text.lines().count(),
            expected.lines().count(),
            "{name}"
        );
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn notes_and_rows_are_marked() {
    let all = cases();
    let of = |file: &str| {
        let (name, bytes, _) = all
            .iter()
            .find(|(name, ..)| name == file)
            .expect("the case");
        read_file(bytes, name).expect("it is read").marks
    };
    let kinds: Vec<LineKind> = of("notes.docx").iter().map(|mark| mark.kind).collect();
    assert_eq!(
        kinds,
        [
            LineKind::Paragraph,
            LineKind::Paragraph,
            LineKind::Note,
            LineKind::Note
        ]
    );
    assert!(
        of("tables.docx")
            .iter()
            .any(|mark| mark.kind == LineKind::Row)
    );
    assert!(of("boxes.docx")[2].is_centred);
    assert_eq!(of("styled.docx")[0].heading, Some(1));
    assert_eq!(of("styled.docx")[1].heading, Some(2));
    assert!(of("tasks.xlsx")[1].is_centred);
}

#[test]
fn damaged_files_end_in_a_reason_or_in_what_is_left() {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below.max(1) as u64) as usize
    };
    for (name, bytes, _) in cases() {
        for i in 0..20 {
            let mut other = bytes.clone();
            if i < 10 {
                other.truncate(bytes.len() * i / 10);
            } else {
                let at = random(other.len());
                other[at] ^= 1 << random(8);
            }
            if let Ok(read) = read_file(&other, &name) {
                assert_eq!(read.text.lines().count(), read.marks.len(), "{name}");
            }
        }
    }
}

#[test]
fn a_locked_document_is_encrypted() {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.resize(1024, 0);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(2048, 0);
    for name in ["a.docx", "a.xlsx", "a.doc", "a"] {
        assert_eq!(
            read_file(&bytes, name).map_err(|e| e.reason),
            Err(Reason::Encrypted),
            "{name}"
        );
    }
}
