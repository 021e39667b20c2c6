//! Decimal numbers behind blanks of one line: sections where they count on from each other.

use super::super::decimal;
use super::super::ends_sentence;
use super::super::marker;
use super::super::marker::Marker;
use crate::span::Span;
use crate::text::fold::is_blank;

/// Fewer numbers, and fewer of two figures and more, show no count.
const FEWEST: usize = 3;
const FEWEST_DEEP: usize = 2;
/// The name of a section holds at most so many characters.
const LONGEST_NAME: usize = 25;
/// 2 经过 stands at most so many bytes below 1 概况 where no sentence ends before it.
const NEAR: usize = 300;

/// What stands behind a blank.
enum Seen {
    /// A number, and whether a name of its own stands behind it.
    Number(decimal::Number, bool),
    /// Another marker, below which decimals may count.
    Other(Marker),
}

/// Where sections with decimal numbers begin, of the places behind blanks; none where too few count on.
pub(super) fn positions(text: &str, places: impl Iterator<Item = Span>, end: usize) -> Vec<usize> {
    let seen: Vec<(Span, Seen)> = places
        .filter_map(|gap| Some((gap, seen(text, gap.end, end)?)))
        .collect();
    // whether n.1 is the next number of two figures and more: seen from the end
    let mut next = None;
    let mut heads: Vec<bool> = seen
        .iter()
        .rev()
        .map(|(_, seen)| {
            let Seen::Number(number, _) = seen else {
                return false;
            };
            if number.depth() > 1 {
                next = number.is_first_below().then(|| number.first());
            }
            number.depth() == 1 && next == Some(number.first())
        })
        .collect();
    heads.reverse();
    let mut run = decimal::Run::default();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for ((gap, seen), heads) in seen.iter().zip(heads) {
        match seen {
            Seen::Number(number, named) => {
                let near = || found.last().is_some_and(|(at, _)| gap.start - at <= NEAR);
                let alone = || match *named {
                    true => heads || number.first() == 1 || after_sentence(text, *gap) || near(),
                    false => heads && (after_sentence(text, *gap) || near()),
                };
                let opens = number.depth() > 1 || alone();
                let anew = *named && (heads || found.is_empty());
                if opens && run.takes(number, anew) {
                    found.push((gap.end, number.depth()));
                }
            }
            Seen::Other(marker) => run.counted(*marker),
        }
    }
    let deep = found.iter().filter(|(_, depth)| *depth > 1).count();
    if deep < FEWEST_DEEP || found.len() < FEWEST {
        return Vec::new();
    }
    found.into_iter().map(|(at, _)| at).collect()
}

fn seen(text: &str, at: usize, end: usize) -> Option<Seen> {
    // a number is short: a bound keeps the look-ups of a long line linear
    let mut bound = (at + 64).min(end);
    while !text.is_char_boundary(bound) {
        bound -= 1;
    }
    let place = Span::new(at, bound);
    match decimal::Number::read(text, place) {
        Some(number) => {
            let named = number.depth() == 1 && is_named(&text[number.end()..end]);
            Some(Seen::Number(number, named))
        }
        None => marker::read(text, place).map(Seen::Other),
    }
}

fn after_sentence(text: &str, gap: Span) -> bool {
    text[..gap.start]
        .chars()
        .next_back()
        .is_some_and(ends_sentence)
}

/// Whether a name stands behind the figure, with a blank or a stop behind it: 1 总则 第一句, 1 加强领导。第一句.
fn is_named(behind: &str) -> bool {
    let words = behind.trim_start_matches(is_blank);
    let name = words.chars().take(LONGEST_NAME + 1);
    let mut len = 0;
    for c in name {
        if is_blank(c) {
            return len >= 2;
        }
        match c {
            '。' => return len >= 4,
            '，' | '；' | ',' | ';' => return false,
            _ => {}
        }
        len += 1;
    }
    (2..=LONGEST_NAME).contains(&len)
}
