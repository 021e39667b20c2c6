//! The corpus in other formats: a notice in `corpus/formats/NAME.ext` has the gold of `corpus/NAME.txt`, whatever it is saved as.

use crate::corpus::{folder, notice_of};
use crate::invariants::broken;
use gongwen::eval::{Answers, gold_in, score};
use gongwen::record::Notice;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

fn files() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder().join("formats")).expect("it is a folder");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    files.sort();
    files
}

fn notice(file: &PathBuf) -> Notice {
    let bytes = fs::read(file).expect("a notice can be read");
    notice_of(&bytes, &file.to_string_lossy())
}

#[test]
fn every_format_of_documents_is_there() {
    let extensions: BTreeSet<String> = files()
        .iter()
        .filter_map(|file| Some(file.extension()?.to_string_lossy().into_owned()))
        .collect();
    for extension in [
        "doc", "docx", "eml", "html", "ofd", "pdf", "rtf", "txt", "wps", "zip",
    ] {
        assert!(extensions.contains(extension), "{extension}");
    }
}

#[test]
fn what_a_notice_is_saved_as_changes_nothing_of_what_it_says() {
    for file in files() {
        let stem = file.file_stem().expect("a name").to_string_lossy();
        let gold = gold_in(&folder().join(format!("{stem}.gold.json"))).expect("its gold");
        let mut record = notice(&file);
        record.source.path = format!("{stem}.txt");
        let report = score(&gold, [Ok(Answers::from(&record))]).expect("a score");
        assert_eq!(report.without_record, [""; 0], "{}", file.display());
        let misses: Vec<String> = report.misses.iter().map(ToString::to_string).collect();
        assert_eq!(misses, [""; 0], "{}", file.display());
    }
}

#[test]
fn every_notice_obeys_the_laws() {
    for file in files() {
        let faults: Vec<String> = broken(&notice(&file)).into_iter().collect();
        assert_eq!(faults, [""; 0], "{}", file.display());
    }
}

#[test]
fn workers_read_the_same() {
    let place = folder().join("formats");
    let place = place.to_string_lossy();
    let dir = crate::run::folder(&[]);
    let with = crate::run::gongwen(dir.path(), &["extract", &place]);
    let without = crate::run::gongwen(dir.path(), &["extract", &place, "--no-workers"]);
    assert_eq!((with.code, without.code), (Some(0), Some(0)));
    assert!(with.out == without.out, "{} and {}", with.err, without.err);
    assert_eq!(with.out.lines().count(), files().len());
}
