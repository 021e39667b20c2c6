//! Any bytes: one record or one failure that is not our own fault, and a record obeys the laws.
//! `cargo fuzz run extract -s none fuzz/corpus/extract corpus`

#![no_main]

#[path = "../../tests/it/invariants.rs"]
mod invariants;

use gongwen::source::Reason;
use gongwen::{Options, extract};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let options = Options::of_path("fuzz.txt");
    let extraction = extract(bytes, &options);
    for failure in &extraction.failures {
        assert_ne!(failure.reason, Reason::Internal, "{}", failure.message);
    }
    for notice in &extraction.notices {
        let faults = invariants::broken(notice);
        assert!(faults.is_empty(), "{faults:#?}");
    }
    assert!(extraction == extract(bytes, &options), "the same bytes, another record");
});
