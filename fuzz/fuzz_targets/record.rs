//! Lines of markers and scraps, so that the finders meet every order of them; the record obeys the laws.
//! `cargo fuzz run record -s none`

#![no_main]

#[path = "../../tests/it/invariants.rs"]
mod invariants;

use gongwen::{Options, extract};
use libfuzzer_sys::fuzz_target;

const SCRAPS: [&str; 32] = [
    "一、", "二、", "三、", "（一）", "（二）", "(三)", "1.", "2、", "3．", "（1）", "2)", "①", "一是", "二是", "十一是", "第一，",
    "其一，", "第一章", "第二条", "A.", "Ⅰ.", "附件：", "附件1", "\n", "\n\n", "\u{3000}\u{3000}", "。", "；", "：",
    "巡河护河", "（责任单位：各镇）", "6月底前",
];

fuzz_target!(|bytes: &[u8]| {
    let text: String = bytes
        .iter()
        .map(|b| SCRAPS[usize::from(*b) % SCRAPS.len()])
        .collect();
    let extraction = extract(text.as_bytes(), &Options::of_path("fuzz.txt"));
    assert_eq!(extraction.notices.len(), 1, "{:?}", extraction.failures);
    let faults = invariants::broken(&extraction.notices[0]);
    assert!(faults.is_empty(), "{faults:#?}\nin\n{text}");
});
