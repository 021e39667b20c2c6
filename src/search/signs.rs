//! The signs of the query language in both widths: operators, brackets, quotes, and what stands between words.

use crate::text::fold::is_blank;

/// An operator that stands as a word of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    And,
    Or,
    Not,
}

/// The operator that a query goes on with, with its length; words only where they stand alone.
pub(super) fn operator(rest: &[char]) -> Option<(Operator, usize)> {
    let doubled = |mark: [char; 2]| 1 + usize::from(rest.get(1).is_some_and(|c| mark.contains(c)));
    match rest.first()? {
        '|' | '｜' => return Some((Operator::Or, doubled(['|', '｜']))),
        '&' | '＆' => return Some((Operator::And, doubled(['&', '＆']))),
        _ => {}
    }
    for (word, operator) in [
        ("OR", Operator::Or),
        ("ＯＲ", Operator::Or),
        ("或者", Operator::Or),
        ("或", Operator::Or),
        ("AND", Operator::And),
        ("ＡＮＤ", Operator::And),
        ("并且", Operator::And),
        ("且", Operator::And),
        ("NOT", Operator::Not),
        ("ＮＯＴ", Operator::Not),
        ("不含", Operator::Not),
    ] {
        let length = word.chars().count();
        let alone = rest.len() >= length
            && word.chars().eq(rest[..length].iter().copied())
            && rest.get(length).is_none_or(|c| {
                is_separator(*c) || is_close(*c) || is_quote(*c) || matches!(c, '(' | '（')
            });
        if alone {
            return Some((operator, length));
        }
    }
    None
}

pub(super) fn is_separator(c: char) -> bool {
    is_blank(c) || matches!(c, ',' | '，' | ';' | '；')
}

pub(super) fn is_close(c: char) -> bool {
    matches!(c, ')' | '）')
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '＂' | '「' | '」' | '『' | '』')
}

pub(super) fn is_near(c: char) -> bool {
    matches!(c, '~' | '～')
}

pub(super) fn is_minus(c: char) -> bool {
    matches!(c, '-' | '－' | '−')
}
