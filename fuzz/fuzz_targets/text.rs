//! Any text: its lines are the text, a numeral reads as its characters say, and its outline obeys the laws.
//! `cargo fuzz run text -s none fuzz/corpus/text corpus`

#![no_main]

#[path = "../../tests/it/leaves.rs"]
mod leaves;

use gongwen::text::fold::{fold, holds_blank, is_blank, joined, marks, trimmed, without_blanks};
use gongwen::text::line::{each, lines};
use gongwen::text::numeral::{to_counting, value};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let whole: String = lines(&text).iter().map(|l| l.whole.of(&text)).collect();
    assert_eq!(whole, text, "the lines are not the text");
    for line in each(&text) {
        let words = line.content.of(&text);
        assert_eq!(words, trimmed(line.whole.of(&text)));
        assert!(marks(words).all(|(at, c)| words[at..].starts_with(c)));
        assert_eq!(holds_blank(words), words.contains(is_blank));
        let folded: String = words.chars().map(fold).collect();
        assert_eq!(folded.chars().count(), words.chars().count());
        assert_eq!(joined(&joined(words)), joined(words));
        assert!(!holds_blank(&without_blanks(words)));
        if let Some(n @ 1..=9999) = value(words) {
            assert_eq!(value(&to_counting(n)), Some(n));
        }
    }
    let faults = leaves::lost(&text);
    assert!(faults.is_empty(), "{faults:#?}\nin\n{text}");
});
