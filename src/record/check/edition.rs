//! The same campaign counted differently within one notice: 第22个 in one place, 第21个 in another.

use super::Reading;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::outline::part::PartKind;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::numeral;

/// What may stand between the count and the campaign's name.
const BETWEEN: [&str; 10] = [
    "“", "”", "‘", "「", "全国", "世界", "国际", "中国", "国家", "的",
];

/// Words of a sentence that tells of another year's campaign.
const OTHER_YEAR: [&str; 8] = [
    "去年",
    "上年",
    "上一年",
    "往年",
    "前年",
    "明年",
    "历年",
    "以来",
];

/// Counts of the notice's campaign that differ from its edition.
pub(super) fn editions(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let Some(campaign) = &reading.notice.campaign else {
        return;
    };
    let counts = counts(reading, &campaign.name);
    // what most of them say is right, the first where none does
    let most = counts.iter().max_by_key(|(n, span)| {
        let alike = counts.iter().filter(|(m, _)| m == n).count();
        (alike, std::cmp::Reverse(span.start))
    });
    let Some((right, _)) = most.copied() else {
        return;
    };
    for (count, span) in counts.iter().filter(|(n, _)| *n != right) {
        let name = &campaign.name;
        let message =
            format!("{name} is counted as number {count} here, and as number {right} elsewhere");
        found.push(Diagnostic::new(Code::EditionMismatch, *span, message));
    }
}

/// No notice counts its campaign in so many places; beyond them only an invented text goes on.
const MOST: usize = 64;

/// Every 第N个 or 第N届 of the campaign of that name, of this year.
fn counts(reading: &Reading<'_>, name: &str) -> Vec<(u32, Span)> {
    let mut out = Vec::new();
    let mut seen = 0;
    for (at, word) in reading.text.match_indices('第') {
        let Some((count, len, rest)) = count(&reading.text[at + word.len()..]) else {
            continue;
        };
        let span = Span::new(at, at + word.len() + len);
        if !names(rest, name) {
            continue;
        }
        seen += 1;
        if seen > MOST {
            break;
        }
        if !is_of_another_year(reading, span) {
            out.push((count, span));
        }
    }
    out
}

/// The number, how long it and its counter are, and what follows.
fn count(text: &str) -> Option<(u32, usize, &str)> {
    let digits = text
        .find(|c: char| !(numeral::is_chinese(c) || fold(c).is_ascii_digit() || is_blank(c)))
        .unwrap_or(text.len());
    let squeezed: String = text[..digits].chars().filter(|c| !is_blank(*c)).collect();
    if squeezed.chars().count() > 6 {
        return None;
    }
    let count = numeral::value(&squeezed)?;
    let rest = &text[digits..];
    let counter = ['个', '届', '次']
        .into_iter()
        .find(|c| rest.starts_with(*c))?;
    let len = digits + counter.len_utf8();
    Some((count, len, &text[len..]))
}

/// Whether the text begins with the campaign's name, quotation marks and 全国 aside.
fn names(text: &str, name: &str) -> bool {
    let mut rest = text;
    loop {
        if let Some(behind) = rest.strip_prefix(name) {
            // 第3个安全生产月宣传咨询日 counts another thing
            let behind = behind.trim_start_matches(['”', '’']);
            return !["宣传咨询日", "咨询日", "宣传日"]
                .iter()
                .any(|w| behind.starts_with(w));
        }
        let trimmed = rest.trim_start_matches(is_blank);
        match BETWEEN.iter().find_map(|w| trimmed.strip_prefix(w)) {
            Some(next) => rest = next,
            None => return false,
        }
    }
}

fn is_of_another_year(reading: &Reading<'_>, span: Span) -> bool {
    let sentence = reading.sentence(span);
    let part = reading.outline.parts.iter().find(|p| p.span.contains(span));
    let own_year = reading.notice.year.map(|y| format!("{y}年"));
    let other = sentence.match_indices('年').any(|(at, _)| {
        let before = &sentence[..at];
        let year: String = before
            .chars()
            .rev()
            .take_while(char::is_ascii_digit)
            .collect();
        year.len() == 4
            && own_year
                .as_ref()
                .is_some_and(|own| !sentence[..at + '年'.len_utf8()].ends_with(own.as_str()))
    });
    other
        || OTHER_YEAR.iter().any(|w| sentence.contains(w))
        || part.is_some_and(|p| p.kind == PartKind::Attachment)
}
