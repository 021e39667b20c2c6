//! Names with gaps: `单位:应急*局`. `*` stands for any run of characters, `?` for one.

use super::field::Field;
use super::query::Term;
use crate::index::Fields;
use crate::text::fold;
use tantivy::query::{EmptyQuery, Query, RegexQuery};

/// The most gaps of one name: an automaton grows with them.
pub(super) const MOST_GAPS: usize = 4;
/// The most names with gaps of one query: each is compared with all names that there are.
pub(super) const MOST_NAMES: usize = 8;
/// The longest name with gaps, in characters.
pub(super) const LONGEST: usize = 40;

/// Whether a term of a field of names has gaps; in quotes, the marks stand for themselves.
pub(super) fn is_in(term: &Term) -> bool {
    !term.exact
        && matches!(
            term.field,
            Field::Unit | Field::Lead | Field::Issuer | Field::Doc | Field::Contact
        )
        && gaps(&term.text) > 0
}

pub(super) fn gaps(text: &str) -> usize {
    text.chars().filter(|c| is_gap(fold::fold(*c))).count()
}

fn is_gap(c: char) -> bool {
    matches!(c, '*' | '?')
}

/// Whole names in which the parts stand in their order; before the first and after the last anything may stand.
pub(super) fn query(index: &Fields, term: &Term) -> Box<dyn Query> {
    let column = match term.field {
        Field::Unit => index.unit,
        Field::Lead => index.lead,
        Field::Issuer => index.issuer,
        Field::Doc => index.number,
        _ => index.contact,
    };
    // The parser keeps names short and gaps few, so the automaton is small
    match RegexQuery::from_pattern(&pattern(&term.text), column) {
        Ok(query) => super::filter::unscored(Box::new(query)),
        Err(_) => Box::new(EmptyQuery),
    }
}

fn pattern(text: &str) -> String {
    let mut out = String::from(".*");
    for c in text.chars().filter(|c| !fold::is_blank(*c)) {
        match fold::fold(c) {
            '*' => out.push_str(".*"),
            '?' => out.push('.'),
            _ if c.is_alphanumeric() => out.push(c),
            _ => {
                out.push('\\');
                out.push(c);
            }
        }
    }
    out + ".*"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_become_patterns() {
        assert_eq!(pattern("应急*局"), ".*应急.*局.*");
        assert_eq!(pattern("市?局"), ".*市.局.*");
        assert_eq!(pattern("（测）＊"), ".*\\（测\\）.*.*");
    }

    #[test]
    fn only_names_have_gaps() {
        let term = |field, exact| Term {
            field,
            text: "应急*局".to_owned(),
            exact,
        };
        assert!(is_in(&term(Field::Unit, false)));
        assert!(!is_in(&term(Field::Unit, true)));
        assert!(!is_in(&term(Field::Any, false)));
    }
}
