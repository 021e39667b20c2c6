//! Pages: the number of a page between two lines of a paragraph is of neither.

use super::shape;
use crate::text::line::Line;

/// The blank lines and the numbers that may stand between two lines of a paragraph.
const BETWEEN: usize = 6;

/// The line that the one at `at` may go on with: the next, or the first that is not blank below the number of a page.
pub(super) fn below(text: &str, lines: &[Line], at: usize) -> Option<usize> {
    let is_number = |line: &Line| shape::is_page_number(line.content.of(text));
    let next = lines.get(at + 1)?;
    if !next.is_blank() && !is_number(next) {
        return Some(at + 1);
    }
    let below = lines[at + 1..].iter().take(BETWEEN);
    let between = below
        .take_while(|line| line.is_blank() || is_number(line))
        .count();
    let from = at + 1 + between;
    let numbered = lines[at + 1..from].iter().any(is_number);
    (numbered
        && lines
            .get(from)
            .is_some_and(|line| !line.is_blank() && !is_number(line)))
    .then_some(from)
}
