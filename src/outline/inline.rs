//! Counts within one paragraph: 一是早巡。二是晚巡。三是夜巡。 on the line of the first is one item, not three, and its first
//! words name none of them.

use super::heading;
use super::marker;
use super::marker::{Marker, Style};
use crate::span::Span;
use crate::text::fold;

/// So many clauses are looked at: a count goes on early.
const MOST: usize = 200;
/// So many bytes of each: a marker, the blanks before it and the first word behind it are no longer.
const LONGEST: usize = 64;

/// Whether the paragraph, which begins with the first marker of a count, holds the second of the same count behind a stop.
#[must_use]
pub fn holds_next(text: &str, marker: Marker, paragraph: Span) -> bool {
    if marker.ordinal != 1 || marker.span.end >= paragraph.end {
        return false;
    }
    let rest = Span::new(marker.span.end, paragraph.end);
    let line = rest.of(text);
    // 一是早巡，二是晚巡 may be one sentence
    let is_told = matches!(
        marker.style,
        Style::HanIs | Style::HanFirst | Style::HanAmong
    );
    if !is_told && heading::first_sentence_end(line).is_none() && !line.contains(['；', ';']) {
        return false;
    }
    let stops = fold::marks(line).filter(|(_, c)| match c {
        '。' | '；' | ';' | '！' => true,
        '，' | ',' => is_told,
        _ => false,
    });
    stops.take(MOST).any(|(at, c)| {
        let from = rest.start + at + c.len_utf8();
        let until = text.floor_char_boundary((from + LONGEST).min(rest.end));
        let behind = Span::new(from, until).trimmed(text);
        let next = marker::read(text, behind);
        next.is_some_and(|m| m.style == marker.style && m.ordinal == 2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(line: &str) -> bool {
        let paragraph = Span::new(0, line.len());
        marker::read(line, paragraph).is_some_and(|m| holds_next(line, m, paragraph))
    }

    #[test]
    fn a_count_may_go_on_within_the_paragraph() {
        for line in [
            "一是早巡。每日一次。二是晚巡。三是夜巡。",
            "一是早巡，二是晚巡，三是夜巡。另带灯。",
            "1.早巡。2.晚巡。3.夜巡。",
            "1、早巡；2、晚巡；3、夜巡",
            "（一）早巡。带灯。（二）晚巡。",
            "第一，早巡。第二，晚巡。",
            "①早巡；②晚巡。",
        ] {
            assert!(holds(line), "{line}");
        }
    }

    #[test]
    fn another_count_or_a_figure_goes_on_with_nothing() {
        for line in [
            "1.早巡。一是带灯。二是带水。",
            "（一）早巡。1.带灯。2.带水。",
            "1.早巡。共走2.5公里。2.5公里以外由乙站巡。",
            "一是早巡。这二是要点。",
            "（一）早巡。按（二）办。",
            "二是晚巡。三是夜巡。",
            "1.早巡",
        ] {
            assert!(!holds(line), "{line}");
        }
    }
}
