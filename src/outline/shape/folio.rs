//! The number of a page that stands on a line of its own, where text was copied page by page.

use crate::text::fold::fold;
use crate::text::fold::is_blank;

/// A longer line, in bytes, holds more than the number of a page.
const LONGEST: usize = 48;

/// Whether the line, which begins with `first`, is the number of a page and nothing else: - 1 -, —1—, 第1页 共5页. A number
/// without dashes may be a cell of a table.
#[inline]
pub(super) fn is_page_number(line: &str, first: char) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    match first {
        '第' | '共' => line.ends_with('页') && is_counted(line),
        c if is_dash(c) => is_dashed(line),
        _ => false,
    }
}

/// - 1 -, —1—, －12－.
fn is_dashed(line: &str) -> bool {
    let Some(inner) = line
        .strip_suffix(is_dash)
        .and_then(|line| line.strip_prefix(is_dash))
    else {
        return false;
    };
    let inner = inner.trim_matches(|c| is_dash(c) || is_blank(c));
    let digits = inner.chars().map(fold);
    (1..=4).contains(&digits.clone().count()) && digits.into_iter().all(|c| c.is_ascii_digit())
}

/// 第1页, 第 1 页 共 5 页, 共5页 第1页, 第1页/共5页.
fn is_counted(line: &str) -> bool {
    let mut digits = 0;
    let mut pages = 0;
    for c in line.chars().map(fold).filter(|c| !is_blank(*c)) {
        match c {
            '页' => pages += 1,
            c if c.is_ascii_digit() => digits += 1,
            '第' | '共' | '/' | ',' | '，' | '、' | '(' | ')' => {}
            _ => return false,
        }
    }
    (1..=2).contains(&pages) && (1..=8).contains(&digits)
}

fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '—' | '–' | '―' | '─' | '－' | '‐' | '−' | '·' | '•'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_page_stands_between_dashes_or_says_so() {
        let is = |line: &str| line.chars().next().is_some_and(|c| is_page_number(line, c));
        for line in [
            "- 1 -",
            "-12-",
            "— 3 —",
            "—3—",
            "－3－",
            "– 3 –",
            "―3―",
            "— ３ —",
            "· 3 ·",
            "第1页",
            "第 1 页 共 5 页",
            "共5页 第1页",
            "第1页/共5页",
            "第12页，共50页",
        ] {
            assert!(is(line), "{line}");
        }
        for line in [
            "-",
            "——",
            "- 1",
            "1 -",
            "1",
            "1/5",
            "-1.5-",
            "—甲县林业局—",
            "第1页附表",
            "第1条",
            "共5页附表",
            "第一页",
            "-12345-",
            "- 2031-05-06 -",
        ] {
            assert!(!is(line), "{line}");
        }
    }
}
