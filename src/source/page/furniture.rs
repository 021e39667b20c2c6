//! What stands on a page and is no part of its text: page numbers, running heads and feet.

use super::Item;
use super::Sheet;
use super::lines::Line;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use std::collections::BTreeMap;

/// How many lines at each end of a page are looked at.
const DEPTH: usize = 3;

/// Drops page numbers, and lines that stand at the same place at the ends of most pages.
pub(super) fn drop_running_lines(sheets: &mut [Sheet]) {
    let mut seen: BTreeMap<(String, i32), usize> = BTreeMap::new();
    for sheet in sheets.iter() {
        for at in ends(sheet) {
            if let Some(key) = key(sheet, at) {
                *seen.entry(key).or_default() += 1;
            }
        }
    }
    // a page in columns is several sheets
    let pages = sheets.last().map_or(0, |sheet| sheet.number as usize);
    // heads may differ on odd and even pages, and first pages often have none
    let most = (pages * 2 / 5).max(2);
    let mut counted: BTreeMap<(i64, i32), usize> = BTreeMap::new();
    for sheet in sheets.iter() {
        for number in ends(sheet)
            .into_iter()
            .filter_map(|at| page_number(sheet, at))
        {
            *counted.entry((number.ahead, number.y)).or_default() += 1;
        }
    }
    // numbers at one height that grow with the pages are theirs
    let is_counted = |n: &Number| {
        let near: usize = (-1..=1)
            .filter_map(|d| counted.get(&(n.ahead, n.y + d)))
            .sum();
        near >= 2 && near * 2 >= pages
    };
    for sheet in sheets.iter_mut() {
        let running: Vec<usize> = ends(sheet)
            .into_iter()
            .filter(|&at| {
                let Some((text, y)) = key(sheet, at) else {
                    return false;
                };
                let near: usize = (-1..=1)
                    .filter_map(|d| seen.get(&(text.clone(), y + d)))
                    .sum();
                near >= most && (pages > 2 || is_apart(sheet, at))
            })
            .collect();
        let mut drop = running;
        for at in ends(sheet) {
            let is_left = |i: usize| !drop.contains(&i);
            let is_outer =
                (0..at).all(|i| !is_left(i)) || (at + 1..sheet.items.len()).all(|i| !is_left(i));
            let number = page_number(sheet, at).filter(|_| is_left(at) && is_outer);
            if number.is_some_and(|n| n.is_sure || is_counted(&n) || is_far(sheet, at)) {
                drop.push(at);
            }
        }
        let mut at = 0;
        sheet.items.retain(|_| {
            at += 1;
            !drop.contains(&(at - 1))
        });
    }
}

/// A line that holds nothing but a page's number.
struct Number {
    /// Whether dashes or words say so.
    is_sure: bool,
    /// How far the number is ahead of the page's place in the file.
    ahead: i64,
    /// Its height on the page, in steps of four points.
    y: i32,
}

/// The places of the first and last lines of a page, the outermost first.
fn ends(sheet: &Sheet) -> Vec<usize> {
    let count = sheet.items.len();
    let mut ends = Vec::new();
    for i in 0..DEPTH.min(count) {
        ends.push(i);
        if count - 1 - i >= DEPTH.min(count) {
            ends.push(count - 1 - i);
        }
    }
    ends.retain(|&i| matches!(sheet.items[i], Item::Line(_)));
    ends
}

fn line(sheet: &Sheet, at: usize) -> Option<&Line> {
    match sheet.items.get(at)? {
        Item::Line(line) => Some(line),
        Item::Table(_) => None,
    }
}

/// The line's text with its digits made alike, and its height on the page in steps of two points.
fn key(sheet: &Sheet, at: usize) -> Option<(String, i32)> {
    let line = line(sheet, at)?;
    let text: String = line
        .text
        .chars()
        .filter(|c| !is_blank(*c))
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    // a line of the text's own may be numbered alike on several pages; a head has words
    let has_words = text.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    has_words.then_some((text, (line.y / 2.0) as i32))
}

/// Whether a line stands apart from the text, in the outer seventh of the page.
fn is_apart(sheet: &Sheet, at: usize) -> bool {
    let Some(line) = line(sheet, at) else {
        return false;
    };
    let band = sheet.height / 7.0;
    line.y < band || line.y > sheet.height - 0.6 * band
}

/// The page's number that a line holds and nothing else: — 1 —, - 1 -, 1/5, 第1页 共5页, 1.
fn page_number(sheet: &Sheet, at: usize) -> Option<Number> {
    let line = line(sheet, at)?;
    let bare: String = line
        .text
        .chars()
        .map(fold)
        .filter(|c| !is_blank(*c))
        .collect();
    if bare.len() > 40 {
        return None;
    }
    let trimmed = bare.trim_matches(is_dash);
    let has_word = trimmed.contains('页') || trimmed.to_ascii_lowercase().starts_with("page");
    let inner = trimmed
        .trim_start_matches(['第', '·', '~', '('])
        .trim_end_matches(['页', '·', '~', ')']);
    let inner = inner
        .strip_prefix("Page")
        .or_else(|| inner.strip_prefix("page"))
        .unwrap_or(inner);
    let numbers: Vec<&str> = inner
        .split(|c: char| !c.is_ascii_digit())
        .filter(|n| !n.is_empty())
        .collect();
    let between: String = inner.chars().filter(|c| !c.is_ascii_digit()).collect();
    let is_number = inner.starts_with(|c: char| c.is_ascii_digit())
        && numbers.iter().all(|n| n.len() <= 4)
        && match numbers.len() {
            1 => between.is_empty(),
            2 => matches!(
                between.as_str(),
                "/" | "of" | "页共" | "页,共" | "页/共" | "页，共" | "/共"
            ),
            _ => false,
        };
    let number: i64 = numbers.first().and_then(|n| n.parse().ok())?;
    is_number.then_some(Number {
        is_sure: has_word || trimmed.len() < bare.len() && numbers.len() == 1,
        ahead: number - i64::from(sheet.number),
        y: (line.y / 4.0) as i32,
    })
}

fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '—' | '–' | '―' | '─' | '－' | '‐' | '‑' | '−' | '_'
    )
}

/// Whether the line is further from its neighbour than lines of text are, or at the very edge of the page.
fn is_far(sheet: &Sheet, at: usize) -> bool {
    let Some(line) = line(sheet, at) else {
        return false;
    };
    let neighbour = if at + 1 == sheet.items.len() {
        at.checked_sub(1)
    } else {
        Some(at + 1)
    };
    let gap = neighbour
        .and_then(|i| sheet.items.get(i))
        .map_or(f32::MAX, |item| (item.top() - line.y).abs());
    let edge = line.y.min(sheet.height - line.y);
    edge < sheet.height / 9.0 || gap > 3.0 * line.size
}
