//! Text broken at a fixed width: its lines joined to paragraphs.

use super::Builder;
use super::Reflow;
use super::decimal;
use super::ends_sentence;
use super::kind;
use super::marker;
use super::marker::{Marker, STYLES};
use super::opens_sections;
use super::shape;
use super::shape::Shape;
use super::torn;
use crate::outline::organ;
use crate::outline::quote;
use crate::span::Span;
use crate::text::fold;
use crate::text::line;
use crate::text::line::Line;
use crate::text::numeral;
use crate::text::words::words;
use width::{Width, is_indented, is_row, width};

pub(super) use width::{FEWEST_BYTES, WIDEST_COLUMNS, is_surely_too_long, is_too_long};

/// Whether two or more of the text's long lines end within a sentence, as lines do that were broken. In bytes a full line
/// may be shorter than the longest, for its figures, not by half.
pub(super) fn may_be_broken(text: &str, lines: &[Span]) -> bool {
    let longest = lines.iter().map(|l| l.len()).max().unwrap_or_default();
    let long = lines.iter().filter(|l| l.len() * 2 >= longest);
    let mut open = long.filter(|whole| {
        let last = fold::trimmed_end(whole.of(text)).chars().next_back();
        last.is_some_and(|c| !ends_sentence(c))
    });
    open.nth(1).is_some()
}

/// The text with its lines joined, or null where it is not broken at a width; none of its lines [`is_too_long`].
pub(super) fn unwrap(text: &str) -> Option<Reflow> {
    let width = width(text)?;
    let lines = line::lines(text);
    let indented = starts_are_indented(text, &lines, width);
    let mut out = Builder::new(text);
    let mut counts: Counts = [0; STYLES.len()];
    let mut paragraph = 0;
    for (i, line) in lines.iter().enumerate() {
        let begins = out.text.is_empty() || out.text.ends_with('\n');
        if begins {
            paragraph = line.content.start;
        }
        if begins && let Some(marker) = marker::read(text, line.content) {
            counts[marker.style.rank()] = marker.ordinal;
        }
        // the blanks at the start of a line that goes on with the one before it go with the break
        let start = if begins {
            line.whole.start
        } else {
            line.content.start
        };
        let next = lines.get(i + 1).filter(|n| !n.is_blank());
        let signs = || signs_below(text, &lines, i);
        let apart = || i < HEAD && parts_header(text, &lines, i);
        let above = Span::new(paragraph, line.content.end);
        let joins = next.is_some_and(|next| {
            !line.is_blank()
                && !is_row(text, line)
                && !is_row(text, next)
                && ((width.fills(text, line) || width.is_full_before(text, line, next))
                    && continues(text, above, next, indented, &counts)
                    && !signs()
                    && !apart()
                    && !title::ends(text, above, next.content)
                    && !ends_copies(above.of(text))
                    && !(begins && heading_ends(text, line, next, width))
                    || torn::is_torn(text, above, next.whole))
        });
        let end = if joins {
            line.content.end
        } else {
            line.whole.end
        };
        out.keep(Span::new(start, end));
    }
    Some(out.done())
}

/// The header stands within so many lines.
const HEAD: usize = 40;

/// Whether a line of the header ends with its own line, however long: a number, a title above its number or its addressees.
fn parts_header(text: &str, lines: &[Line], at: usize) -> bool {
    let words = |i: usize| lines.get(i).map_or("", |l| l.content.of(text));
    let numbers = |i: usize| {
        let line = lines.get(i);
        line.is_some_and(|l| shape::shape(text, l.content) == Shape::DocNumber)
    };
    // the list of addressees may run over lines itself
    let addresses = || {
        let below = (at + 1..at + 7)
            .map(words)
            .take_while(|l| !l.contains('。'));
        below
            .filter(|l| l.contains(['：', ':']))
            .map(|l| l.ends_with(['：', ':']))
            .next()
            == Some(true)
    };
    let title = words(at);
    numbers(at)
        || numbers(at + 1)
        || kind::ends_with_kind(title) && title.contains('的') && addresses()
}

/// Whether the paragraph names those who get copies, in whole: what is printed stands below.
fn ends_copies(above: &str) -> bool {
    above.starts_with("抄送") && above.ends_with('。')
}

/// So many organs sign at most, a line each.
const ORGANS: usize = 12;

/// Whether organs and their date, or the date alone, stand below the line.
fn signs_below(text: &str, lines: &[Line], at: usize) -> bool {
    let counts = |c: char| numeral::is_figure(c) || numeral::digit(c).is_some();
    let dated = |i: usize| {
        lines.get(i).map(|l| l.content).is_some_and(|line| {
            let words = line.of(text);
            words.starts_with(counts)
                && words.contains(['年', '.', '-'])
                && shape::shape(text, line) == Shape::Date
        })
    };
    let last = lines[at].content.of(text).chars().next_back();
    // 定于 and a date on the next line is one sentence
    let open = |c: char| {
        matches!(
            c,
            '于' | '自' | '从' | '为' | '至' | '到' | '在' | '，' | '、' | '（' | '('
        )
    };
    let is_organ = |line: &&Line| organ::is_organ(line.content.of(text));
    let organs = lines[at + 1..]
        .iter()
        .take(ORGANS)
        .take_while(is_organ)
        .count();
    dated(at + 1) && !last.is_some_and(open) || organs > 0 && dated(at + 1 + organs)
}

/// Whether lines that surely begin a paragraph (below a short line) are indented.
fn starts_are_indented(text: &str, lines: &[Line], width: Width) -> bool {
    let mut starts = 0;
    let mut indented = 0;
    for pair in lines.windows(2) {
        if pair[1].is_blank() || width.fills(text, &pair[0]) {
            continue;
        }
        starts += 1;
        indented += usize::from(is_indented(&pair[1]));
    }
    indented * 2 > starts
}

/// The last ordinal of each style that began a paragraph.
type Counts = [u32; STYLES.len()];

/// Whether the line is a heading in whole, being shorter than it might or ending with its time: （二）实施阶段（10月1日至12月20日）,
/// and 各村要… below.
fn heading_ends(text: &str, line: &Line, next: &Line, width: Width) -> bool {
    let words = line.content.of(text);
    let dated =
        || quote::closing_bracket(words).is_some_and(|at| words[at..].contains(['月', '日']));
    words.ends_with(['）', ')'])
        && !words.contains('。')
        && next.content.of(text).starts_with(fold::is_han)
        && (width.has_room(text, line) || dated())
        && marker::read(text, line.content).is_some_and(|m| !m.weak)
}

/// Whether the paragraph holds the marker that counts one less: 一是…。二是…。⏎三是….
fn holds_before(text: &str, above: Span, marker: Marker) -> bool {
    let written = marker.span.of(text);
    let number = |c: char| c.is_ascii_digit() || numeral::is_chinese(c);
    let Some(from) = written.find(number) else {
        return false;
    };
    let rest = fold::after(&written[from..], number);
    let before = marker.ordinal - 1;
    let counted = match written[from..].starts_with(|c: char| c.is_ascii_digit()) {
        true => before.to_string(),
        false => numeral::to_counting(before),
    };
    let one_less = format!("{}{counted}{rest}", &written[..from]);
    // The one before stands near: an item is no longer than a few lines
    const NEAR: usize = 1200;
    let near = text.ceil_char_boundary(above.end.saturating_sub(NEAR).max(above.start));
    let above = &text[near..above.end];
    let mut found = above.match_indices(&one_less);
    found.any(|(at, _)| above[..at].ends_with(['。', '；', '，', '：', ';']))
}

/// Whether `next` goes on with the paragraph `above`, whose last line is full.
fn continues(text: &str, above: Span, next: &Line, indented: bool, counts: &Counts) -> bool {
    if is_indented(next) {
        return false;
    }
    let last = above.of(text).chars().next_back();
    let words = next.content.of(text);
    // 责任单位：… below a full line that ends with its sentence is a line of its own
    let closed = |c: char| ends_sentence(c) || matches!(c, '）' | ')');
    let begins = || {
        let label = words.split(['：', ':']).next().unwrap_or_default();
        let reached = words!["电话", "热线", "邮箱"].end(label)
            && label.len() < 24
            && label.chars().all(fold::is_han);
        reached || shape::is_label(words) || decimal::begins(text, next.content)
    };
    if last.is_some_and(closed) && begins() {
        return false;
    }
    // a list of attachments or contacts begins a line of its own
    let open = |c: char| {
        matches!(
            c,
            '，' | '、' | '（' | '(' | '“' | '和' | '与' | '及' | '或'
        )
    };
    let bracket = words.starts_with(['（', '(']) && !last.is_some_and(ends_sentence);
    let listed = || {
        let shape = shape::shape(text, next.content);
        matches!(
            shape,
            Shape::Attachment { colon: true, .. } | Shape::Contact
        )
    };
    // | ends a row that a page printed
    if last == Some('|') || !last.is_some_and(open) && !bracket && listed() {
        return false;
    }
    let joint = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '—' | '－' | '@' | '.');
    if last.is_some_and(joint) && words.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let Some(marker) = marker::read(text, next.content).filter(|m| !m.weak) else {
        return true;
    };
    if opens_sections(marker.style) {
        // 见⏎（一）确定的名单
        return last.is_some_and(|c| matches!(c, '见' | '照' | '按'));
    }
    // ①…；②… on one line is a list within a sentence
    let rest = Span::new(marker.span.end, next.content.end);
    let running = rest
        .of(text)
        .char_indices()
        .filter(|(_, c)| matches!(c, '；' | '，' | '。'))
        .filter_map(|(i, c)| marker::read(text, Span::new(rest.start + i + c.len_utf8(), rest.end)))
        .any(|m| m.style == marker.style && m.ordinal == marker.ordinal + 1);
    let count = counts[marker.style.rank()];
    // officials repeat a number
    let counts_on = marker.ordinal > 1 && (count + 1 == marker.ordinal || count == marker.ordinal);
    if above.of(text).starts_with("附") && marker.ordinal > 1 {
        return false;
    }
    if !counts_on && marker.ordinal > 1 && holds_before(text, above, marker) {
        return true;
    }
    // 1. below words that end without a stop is the first item below a heading
    let first = marker.ordinal == 1
        && last.is_some_and(|c| fold::is_han(c) || matches!(c, '）' | ')' | '”' | '》'));
    let within = !last.is_some_and(ends_sentence);
    running || indented || (within && !counts_on && !first)
}

mod title;
mod width;

#[cfg(test)]
mod tests;
