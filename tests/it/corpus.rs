//! The notices in `corpus/`, and what the program makes of a text.

use gongwen::record::Notice;
use gongwen::{Options, extract};
use std::fs;
use std::path::{Path, PathBuf};

/// Every plain text of the corpus with its path, in the order of the names.
pub(crate) fn texts() -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder())
        .expect("the corpus is a folder")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let bytes = fs::read(&path).expect("a notice can be read");
            (path, bytes)
        })
        .collect()
}

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// The one record of a plain text; anything else is a fault.
pub(crate) fn notice_of(bytes: &[u8], path: &str) -> Notice {
    let mut extraction = extract(bytes, &Options::of_path(path));
    assert!(
        extraction.failures.is_empty(),
        "{path}: {:?}",
        extraction.failures
    );
    assert_eq!(extraction.notices.len(), 1, "{path}: one file, one record");
    extraction.notices.remove(0)
}
