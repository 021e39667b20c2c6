//! Any bytes as a web page: text with a mark for each line, within the limits, the same each time.
//! `cargo fuzz run html -s none fuzz/corpus/html tests/golden/html`

#![no_main]

use gongwen::source::{Format, Limits, read_as};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        max_depth: 40,
        max_text: 10_000,
        ..Limits::default()
    };
    let read = read_as(bytes, Format::Html, &limits).expect("a page is always read");
    assert_eq!(read.text.matches('\n').count(), read.marks.len());
    assert!(read.text.len() <= limits.max_text);
    assert!(!read.text.contains("\n\n\n"));
    assert!(read.stated.iter().all(|s| !s.value.is_empty()));
    assert!(read.links.iter().all(|l| !l.target.is_empty()));
    assert!(read == read_as(bytes, Format::Html, &limits).expect("as before"), "the same bytes, another text");
});
