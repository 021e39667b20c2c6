//! Decimal numbers behind blanks of one line: sections where they count on from each other.

use super::super::decimal;
use super::super::marker;
use crate::span::Span;

/// Fewer numbers of two figures and more show no count.
const FEWEST: usize = 3;

/// Where sections with decimal numbers begin, of the places behind blanks; none where too few count on.
pub(super) fn positions(text: &str, places: impl Iterator<Item = usize>, end: usize) -> Vec<usize> {
    let mut run = decimal::Run::default();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for at in places {
        // a number is short: a bound keeps the look-ups of a long line linear
        let mut bound = (at + 64).min(end);
        while !text.is_char_boundary(bound) {
            bound -= 1;
        }
        let place = Span::new(at, bound);
        match run.takes(text, place) {
            Some(depth) => found.push((at, depth)),
            None => run.counted(marker::read(text, place)),
        }
    }
    if found.iter().filter(|(_, depth)| *depth > 1).count() < FEWEST {
        return Vec::new();
    }
    // 2 is a section where 2.1 follows, else a figure; the last may have none below
    let sections = found.iter().enumerate().filter(|(i, (_, depth))| {
        *depth > 1 || found.get(i + 1).is_none_or(|(_, next)| *next == 2)
    });
    sections.map(|(_, (at, _))| *at).collect()
}
