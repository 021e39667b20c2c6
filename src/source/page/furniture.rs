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
    let pages = sheets.len();
    // heads may differ on odd and even pages, and first pages often have none
    let most = (pages * 2 / 5).max(2);
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
            if is_left(at) && is_outer && is_page_number(sheet, at) {
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

/// Whether the line is a page's number and nothing else: — 1 —, - 1 -, 1/5, 第1页 共5页, 1.
fn is_page_number(sheet: &Sheet, at: usize) -> bool {
    let Some(line) = line(sheet, at) else {
        return false;
    };
    let bare: String = line
        .text
        .chars()
        .map(fold)
        .filter(|c| !is_blank(*c))
        .collect();
    if bare.len() > 40 {
        return false;
    }
    let trimmed = bare.trim_matches(is_dash);
    let is_dashed = trimmed.len() < bare.len();
    let inner = trimmed
        .trim_start_matches(['第', '·', '~', '(', '（'])
        .trim_end_matches(['页', '·', '~', ')', '）']);
    let has_word = trimmed.contains('页') || trimmed.to_ascii_lowercase().starts_with("page");
    let inner = inner
        .strip_prefix("Page")
        .or_else(|| inner.strip_prefix("page"))
        .unwrap_or(inner);
    let numbers: Vec<&str> = inner
        .split(|c: char| !c.is_ascii_digit())
        .filter(|n| !n.is_empty())
        .collect();
    let between: String = inner.chars().filter(|c| !c.is_ascii_digit()).collect();
    let is_numbers = matches!(numbers.len(), 1 | 2) && numbers.iter().all(|n| n.len() <= 4);
    if !is_numbers || !inner.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    match (numbers.len(), between.as_str()) {
        (1, "") if is_dashed || has_word => true,
        // a bare number may be a cell's or a line's; one apart from the text is the page's
        (1, "") => is_far(sheet, at, line),
        (2, "/" | "of" | "页共" | "页,共" | "页/共" | "页，共" | "/共") => {
            has_word || is_far(sheet, at, line)
        }
        _ => false,
    }
}

fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '—' | '–' | '―' | '─' | '－' | '‐' | '‑' | '−' | '_' | '一'
    )
}

/// Whether the line is further from its neighbour than lines of text are, or at the very edge of the page.
fn is_far(sheet: &Sheet, at: usize, line: &Line) -> bool {
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
