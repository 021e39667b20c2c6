//! Any bytes as a workbook: a reason, or text with a mark for each line, the same each time. calamine's panics are caught
//! and are reasons, so a panic is none of a fault here unless it comes out.
//! `cargo fuzz run sheet -s none fuzz/corpus/sheet tests/golden/sheet`

#![no_main]

use gongwen::source::{Format, Limits, read_as};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| {
    let limits = Limits {
        max_expanded: 10_000_000,
        max_text: 100_000,
        ..Limits::default()
    };
    let read = read_as(bytes, Format::Sheet, &limits);
    if let Ok(read) = &read {
        assert_eq!(read.text.matches('\n').count(), read.marks.len());
        assert!(read.text.len() <= limits.max_text);
    }
    assert!(read == read_as(bytes, Format::Sheet, &limits), "the same bytes, another text");
});
