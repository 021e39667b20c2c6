//! Any bytes as a PDF: a reason, or text with a mark for each line, the same each time.
//! `cargo fuzz run pdf -s none fuzz/corpus/pdf tests/golden/pdf`

#![no_main]

use gongwen::source::{Format, Limits, read_as};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        max_expanded: 10_000_000,
        max_text: 100_000,
        max_pages: 20,
        ..Limits::default()
    };
    let read = read_as(bytes, Format::Pdf, &limits);
    if let Ok(read) = &read {
        assert_eq!(read.text.matches('\n').count(), read.marks.len());
        assert!(read.text.len() <= limits.max_text);
        assert!(!read.text.contains("\n\n\n"));
    }
    assert!(read == read_as(bytes, Format::Pdf, &limits), "the same bytes, another text");
});
