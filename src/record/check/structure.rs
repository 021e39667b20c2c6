//! Brackets, headings and the units that siblings name.

use super::Reading;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::entity::unit;
use crate::entity::unit::UnitRules;
use crate::outline::heading;
use crate::outline::marker::Form;
use crate::outline::role::SectionRole;
use crate::outline::tree::Section;
use crate::span::Span;
use crate::text::fold::is_blank;
use crate::text::numeral;
use std::collections::{BTreeMap, BTreeSet};

/// Pairs as Chinese officials type them; a half-width bracket may close a full-width one in running text.
const PAIRS: [(char, char); 7] = [
    ('（', '）'),
    ('《', '》'),
    ('〈', '〉'),
    ('“', '”'),
    ('‘', '’'),
    ('【', '】'),
    ('〔', '〕'),
];

/// Markers with unlike brackets, and brackets or quotation marks without their other half in titles and headings.
pub(super) fn brackets(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let sections = &reading.outline.sections;
    let mut before: BTreeMap<(usize, Option<usize>), &Section> = BTreeMap::new();
    let mut exactly = BTreeSet::new();
    for section in sections {
        let sibling = before.insert((section.part, section.parent), section);
        let marker = section.marker;
        if marker.form == Form::Mismatched {
            // the record says the same less exactly
            if sibling.is_none_or(|s| s.marker.style == marker.style) {
                exactly.insert(marker.span);
            }
            let written = marker.span.of(reading.text);
            let message =
                format!("{written} opens with one kind of bracket and closes with another");
            found.push(Diagnostic::new(Code::BracketMismatch, marker.span, message));
        }
        // what the heading opens, the section's own text may close
        let own = |at: Option<&usize>| at.map(|i| reading.outline.paragraphs[*i].content.end);
        if let (Some(line), Some(end)) = (
            own(section.paragraphs.first()),
            own(section.paragraphs.last()),
        ) {
            let start = section.marker.span.end;
            let heading = section
                .heading
                .unwrap_or_else(|| beginning(reading.text, Span::new(start, line)));
            let whole = Span::new(start, end.max(heading.end));
            let alone = lonely(&[whole], reading.text).filter(|at| heading.contains(*at));
            remark(reading, alone, "heading", found);
        }
    }
    found.retain(|d| d.code != Code::MixedNumbering || !exactly.contains(&d.span));
    for part in &reading.outline.parts {
        remark(
            reading,
            lonely(&part.header.title, reading.text),
            "title",
            found,
        );
    }
}

/// As much of a line without a heading as could be one: an open bracket may have kept it from being read.
fn beginning(text: &str, line: Span) -> Span {
    let end = line.of(text).char_indices().nth(heading::LONGEST);
    Span::new(line.start, end.map_or(line.end, |(at, _)| line.start + at))
}

fn remark(reading: &Reading<'_>, at: Option<Span>, place: &str, found: &mut Vec<Diagnostic>) {
    if let Some(at) = at {
        let message = format!(
            "{} stands in the {place} without its other half",
            at.of(reading.text)
        );
        found.push(Diagnostic::new(Code::BracketMismatch, at, message));
    }
}

/// The first bracket or quotation mark without its other half in the pieces read one after the other.
fn lonely(pieces: &[Span], text: &str) -> Option<Span> {
    let mut open: Vec<(char, Span)> = Vec::new();
    for piece in pieces {
        let words = piece.of(text);
        for (at, c) in words.char_indices() {
            let span = Span::new(piece.start + at, piece.start + at + c.len_utf8());
            let c = match c {
                '(' => '（',
                ')' => '）',
                c => c,
            };
            if let Some((_, close)) = PAIRS.iter().find(|(o, _)| *o == c) {
                open.push((*close, span));
            } else if PAIRS.iter().any(|(_, close)| *close == c) {
                if open.last().is_some_and(|(close, _)| *close == c) {
                    open.pop();
                } else if !(c == '）' && closes_number(&words[..at])) && c != '’' {
                    // what stands open is the one that lacks its half, when this one would close an earlier
                    let earlier = open.iter().rposition(|(close, _)| *close == c);
                    return Some(match earlier {
                        Some(_) => open.last().map_or(span, |(_, at)| *at),
                        None => span,
                    });
                }
            }
        }
    }
    // “回头看“ opens twice: the second was to close
    let twice = matches!(open[..], [(a, _), (b, _)] if a == b);
    open.get(usize::from(twice)).map(|(_, at)| *at)
}

/// Whether 1） of a list within the line ends here.
fn closes_number(before: &str) -> bool {
    before.chars().next_back().is_some_and(|c| {
        c.is_alphanumeric() && (c.is_numeric() || numeral::is_chinese(c) || c.is_ascii_alphabetic())
    })
}

/// Markers behind which and below which nothing stands.
pub(super) fn empty_headings(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    for section in &reading.outline.sections {
        let mut own = section.paragraphs.iter().enumerate().map(|(i, at)| {
            let content = reading.outline.paragraphs[*at].content;
            match i {
                0 => Span::new(section.marker.span.end, content.end),
                _ => content,
            }
        });
        let is_empty = !section.paragraphs.is_empty()
            && own.all(|span| span.of(reading.text).chars().all(is_blank));
        if is_empty {
            let written = section.marker.span.of(reading.text);
            let message = format!("nothing stands behind {written}");
            found.push(Diagnostic::new(
                Code::HeadingEmpty,
                section.marker.span,
                message,
            ));
        }
    }
}

/// Whether a sentence of the item says who does it, or that the units above do: 县疾控中心每季度开展1次, 责任单位同上.
fn told(item: &str) -> bool {
    item.contains("同上")
        || item
            .split(['。', '；', '\n'])
            .any(|sentence| unit::begins_with_unit(sentence.trim()))
}

/// So many siblings at least, before the one of them that names no units is remarked on: two of three are enough.
const SIBLINGS: usize = 3;

/// Items whose siblings all say who is responsible, and that do not.
pub(super) fn missing_units(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let sections = &reading.outline.sections;
    let mut with_units: Vec<usize> = reading
        .notice
        .activities
        .iter()
        .filter(|a| !a.units.is_empty())
        .map(|a| reading.bytes(a.span).start)
        .collect();
    with_units.sort_unstable();
    let mut families: BTreeMap<(usize, Option<usize>), Vec<&Section>> = BTreeMap::new();
    for section in sections {
        let family = families.entry((section.part, section.parent)).or_default();
        family.push(section);
    }
    for family in families.values().filter(|f| f.len() >= SIBLINGS) {
        let mut without = family.iter().filter(|section| {
            let from = with_units.partition_point(|at| *at < section.span.start);
            let has = with_units
                .get(from)
                .is_some_and(|at| *at < section.span.end);
            !has && !unit::has_label(reading.text, section.span)
                && !told(section.span.of(reading.text))
        });
        let (Some(lacking), None) = (without.next(), without.next()) else {
            continue;
        };
        // aims, times and requirements are nobody's task; neither is a chapter
        let is_task = matches!(lacking.role, SectionRole::Activities | SectionRole::Other);
        if !is_task || lacking.depth == 1 {
            continue;
        }
        // 总结（12月5日）and 公示（12月9日）say when, not who
        let rules = UnitRules::default();
        let mut others = family.iter().filter(|s| s.span != lacking.span);
        if others.any(|s| unit::find_with(reading.text, s.span, &rules).is_empty()) {
            continue;
        }
        let written = lacking.marker.span.of(reading.text);
        let others = family.len() - 1;
        let message = format!("{written} names no responsible unit; its {others} siblings do");
        found.push(Diagnostic::new(
            Code::UnitMissing,
            lacking.marker.span,
            message,
        ));
    }
}
