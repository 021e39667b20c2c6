//! Any bytes as an archive or a mail: documents in order, each told once, none past the limits; the same each time.
//! `cargo fuzz run archive -s none fuzz/corpus/archive tests/golden/archive`

#![no_main]

use gongwen::source::{Document, Limits, documents};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        max_expanded: 1_000_000,
        max_members: 50,
        max_text: 100_000,
        ..Limits::default()
    };
    // the first byte chooses the name that a mail or a gzip goes by
    let (name, bytes) = match bytes.split_first() {
        Some((0..=127, rest)) => ("a.eml", rest),
        _ => ("a.gz", bytes),
    };
    let heard = |skip: usize| {
        let mut heard: Vec<Document> = Vec::new();
        let mut hears = |document: Document| heard.push(document);
        documents(bytes, name, &limits, skip, &mut hears);
        heard
    };
    let all = heard(0);
    // each archive in the file may say once that it holds more than it may
    assert!(all.len() <= 2 * limits.max_members + 2, "{} documents", all.len());
    assert!(all.iter().map(|d| d.bytes).sum::<u64>() <= limits.max_expanded + bytes.len() as u64);
    assert!(heard(1) == all.get(1..).unwrap_or_default(), "the same bytes, other documents");
});
