//! The documents of the index beside their notice: nothing of its text is in none of them.

use crate::corpus::{notice_of, texts};
use gongwen::index::Entry;
use gongwen::index::entry::Unit;
use std::collections::HashSet;

#[test]
fn every_character_of_a_notice_is_in_an_activity_or_a_section() {
    let (mut leads, mut closings) = (0, 0);
    for (path, bytes) in texts() {
        let path = path.display().to_string();
        let notice = notice_of(&bytes, &path);
        let entries = Entry::of(&notice, &[]);
        let ids: HashSet<&str> = entries.iter().map(|e| e.id.as_str()).collect();
        assert_eq!(ids.len(), entries.len(), "{path}");
        let chars: Vec<char> = notice.text.chars().collect();
        let mut held = vec![false; chars.len()];
        for entry in entries.iter().filter(|e| e.unit() != Unit::Notice) {
            let end = entry.start + entry.text.chars().count();
            assert!(
                chars[entry.start..end]
                    .iter()
                    .copied()
                    .eq(entry.text.chars())
            );
            held[entry.start..end].fill(true);
            let is_loose = entry.unit() == Unit::Section
                && entry
                    .section
                    .is_some_and(|n| n as usize > notice.outline.len());
            if is_loose {
                assert!(!entry.text.trim().is_empty(), "{path} {}", entry.id);
                let first = notice.outline.first().map_or(usize::MAX, |s| s.span.0);
                let last = notice.outline.iter().map(|s| s.span.1).max();
                leads += usize::from(end <= first);
                closings += usize::from(last.is_some_and(|last| entry.start >= last));
            }
        }
        let lost: String = (0..chars.len())
            .filter(|at| !held[*at] && !chars[*at].is_whitespace())
            .map(|at| chars[at])
            .collect();
        assert_eq!(lost, "", "{path}");
    }
    assert!(leads > 100 && closings > 100, "{leads} {closings}");
}
