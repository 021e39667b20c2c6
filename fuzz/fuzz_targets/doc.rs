//! Any bytes as Word's binary: text with a mark for each line, or a reason; the same twice.
//! `cargo fuzz run doc -s none fuzz/corpus/doc tests/golden/doc`

#![no_main]

use gongwen::source::{Format, Limits, read_as};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        max_text: 1 << 20,
        ..Limits::default()
    };
    let first = read_as(bytes, Format::Doc, &limits);
    if let Ok(read) = &first {
        assert_eq!(read.text.lines().count(), read.marks.len());
        assert!(read.text.len() <= limits.max_text);
    }
    assert!(first == read_as(bytes, Format::Doc, &limits), "the same bytes, another text");
});
