//! From a query to what the index is asked: grams decide what matches, words weigh it.

use super::field::Field;
use super::forbidden::Forbidden;
use super::query::{Node, Term};
use super::range::Range;
use super::request::{Filters, Within};
use crate::index::Fields;
use crate::index::fields;
use crate::index::folded::Folded;
use crate::index::place;
use crate::index::tokenizer;
use std::ops::Bound;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query,
    RangeQuery, TermQuery,
};
use tantivy::schema::{Field as Column, IndexRecordOption, Term as Key};

/// How much a match in the title weighs, beside one in the text.
const TITLE: f32 = 2.0;
/// How much a match in the surroundings weighs.
const CONTEXT: f32 = 0.4;
/// How much the whole term as it stands weighs, beside its words apart.
const WHOLE: f32 = 2.0;
/// How much a word that stands in the dictionary weighs, beside the bare characters.
const WORD: f32 = 1.5;

/// The whole question: the query under the filters. `without` leaves the filters of one facet out, so that its
/// counts show what else could be chosen.
pub(super) fn question(
    index: &Fields,
    node: &Node,
    within: Within,
    filters: &Filters,
    without: Option<Group>,
) -> Box<dyn Query> {
    let doc = match within {
        Within::Activities => fields::ACTIVITY,
        Within::Notices => fields::NOTICE,
    };
    let mut clauses = vec![(Occur::Must, unscored(term(index.doc, doc)))];
    for group in Group::EVERY {
        if Some(group) != without
            && let Some(filter) = group.filter(index, filters)
        {
            clauses.push((Occur::Must, unscored(filter)));
        }
    }
    if *node != Node::All {
        clauses.push((Occur::Must, asked(index, node, true)));
    }
    Box::new(BooleanQuery::new(clauses))
}

/// The filters that belong to one facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Year,
    Region,
    Kind,
    Unit,
    Issuer,
}

impl Group {
    pub(super) const EVERY: [Group; 5] = [
        Group::Year,
        Group::Region,
        Group::Kind,
        Group::Unit,
        Group::Issuer,
    ];

    /// What the filters of this facet let pass; none where there are none.
    pub(super) fn filter(self, index: &Fields, filters: &Filters) -> Option<Box<dyn Query>> {
        let any: Vec<Box<dyn Query>> = match self {
            Group::Year => filters
                .years
                .iter()
                .map(|years| between(index.year, *years))
                .collect(),
            Group::Region => filters.regions.iter().map(|r| region(index, r)).collect(),
            Group::Kind => filters.kinds.iter().map(|k| kind(index, k)).collect(),
            Group::Unit => filters
                .units
                .iter()
                .map(|unit| name(index.unit, index.units, unit))
                .collect(),
            Group::Issuer => filters
                .issuers
                .iter()
                .map(|issuer| name(index.issuer, index.issuers, issuer))
                .collect(),
        };
        (!any.is_empty()).then(|| either(any))
    }
}

/// `widened` is false under a NOT: what is forbidden is forbidden as it stands, and no more.
fn asked(index: &Fields, node: &Node, widened: bool) -> Box<dyn Query> {
    match node {
        Node::All => unscored(Box::new(AllQuery)),
        Node::And(nodes) => {
            let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
            for node in nodes {
                clauses.push(match node {
                    Node::Not(inner) => (Occur::MustNot, forbidden(index, inner)),
                    node => (Occur::Must, asked(index, node, widened)),
                });
            }
            if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                clauses.push((Occur::Must, unscored(Box::new(AllQuery))));
            }
            Box::new(BooleanQuery::new(clauses))
        }
        Node::Or(nodes) => either(nodes.iter().map(|n| asked(index, n, widened)).collect()),
        Node::Not(inner) => Box::new(BooleanQuery::new(vec![
            (Occur::Must, unscored(Box::new(AllQuery))),
            (Occur::MustNot, forbidden(index, inner)),
        ])),
        Node::Term(term) if widened => scored(index, term),
        Node::Term(term) => stands(index, term.field, &Folded::new(&term.text).chars),
        Node::Region(name) => unscored(region(index, name)),
        Node::Kind(name) => unscored(kind(index, name)),
        Node::Years(years) => unscored(between(index.year, *years)),
        Node::Deadline(days) => unscored(between(index.deadline, *days)),
    }
}

fn forbidden(index: &Fields, node: &Node) -> Box<dyn Query> {
    Box::new(Forbidden(asked(index, node, false)))
}

/// A term found where it stands or, when it is several words and stands in no quotes, where all of its words
/// do; the words of the dictionary add weight.
fn scored(index: &Fields, term: &Term) -> Box<dyn Query> {
    let folded = Folded::new(&term.text);
    let chunks = chunks(term);
    let whole = stands(index, term.field, &folded.chars);
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    if chunks.len() > 1 {
        for chunk in &chunks {
            clauses.push((Occur::Must, stands(index, term.field, chunk)));
        }
        clauses.push((Occur::Should, Box::new(BoostQuery::new(whole, WHOLE))));
    } else {
        clauses.push((Occur::Must, whole));
    }
    for (field, weight) in word_fields(index, term.field) {
        for word in weighed_words(&folded) {
            let key = Key::from_field_text(field, &word);
            let query = TermQuery::new(key, IndexRecordOption::WithFreqs);
            let query = BoostQuery::new(Box::new(query), weight * WORD);
            clauses.push((Occur::Should, Box::new(query)));
        }
    }
    Box::new(BooleanQuery::new(clauses))
}

/// What a term may be found by, each part as it stands: the whole of it, or its words where it is wider than
/// one and stands in no quotes. A word of one character stays with
/// the word beside it; 的 and its like part.
pub(super) fn chunks(term: &Term) -> Vec<Vec<char>> {
    let folded = Folded::new(&term.text);
    // Three characters hold no two words; the dictionary need not be loaded for them.
    if term.exact || term.field.is_of_names() || folded.chars.len() < 4 {
        return vec![folded.chars];
    }
    let text = folded.text();
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for token in tokenizer::jieba().cut(&text, true) {
        let word = token.word;
        let parts = word.chars().all(|c| !c.is_alphanumeric())
            || matches!(
                word,
                "的" | "和" | "与" | "及" | "或" | "等" | "在" | "对" | "以及"
            );
        if parts {
            open = false;
            continue;
        }
        let single = is_single(word);
        match out.last_mut() {
            Some(last) if open && (single || is_single(last)) => last.push_str(word),
            _ => out.push(word.to_owned()),
        }
        open = true;
    }
    // A piece that is still one character would be found almost anywhere: then the term stands as a whole.
    let out: Vec<Vec<char>> = out.iter().map(|word| word.chars().collect()).collect();
    if out.len() < 2 || out.iter().any(|word| word.len() < 2) {
        return vec![folded.chars];
    }
    out
}

fn is_single(word: &str) -> bool {
    word.chars().nth(1).is_none()
}

/// The words of a term that weigh: every one of two or more characters, or the whole where it is but one.
fn weighed_words(folded: &Folded) -> Vec<String> {
    let text = folded.text();
    if folded.chars.len() < 3 {
        return vec![text];
    }
    let mut words: Vec<String> = tokenizer::words(&text)
        .into_iter()
        .filter(|word| word.chars().nth(1).is_some())
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn word_fields(index: &Fields, field: Field) -> Vec<(Column, f32)> {
    match field {
        Field::Any => vec![
            (index.title_words, TITLE),
            (index.text_words, 1.0),
            (index.context_words, CONTEXT),
        ],
        Field::Title => vec![(index.title_words, 1.0)],
        Field::Text => vec![(index.text_words, 1.0)],
        _ => Vec::new(),
    }
}

/// The folded characters as they stand, in the columns of a field.
fn stands(index: &Fields, field: Field, chars: &[char]) -> Box<dyn Query> {
    let columns = match field {
        Field::Any => vec![
            (index.text, 1.0),
            (index.title, TITLE),
            (index.context, CONTEXT),
        ],
        Field::Title => vec![(index.title, 1.0)],
        Field::Text => vec![(index.text, 1.0)],
        Field::Unit => vec![(index.units, 1.0)],
        Field::Lead => vec![(index.leads, 1.0)],
        Field::Theme => vec![(index.theme, 1.0)],
        Field::Issuer => vec![(index.issuers, 1.0)],
        Field::Doc => vec![(index.numbers, 1.0)],
        Field::Cites => vec![(index.cites, 1.0)],
        Field::Contact => vec![(index.contacts, 1.0)],
        // The parser makes nodes of their own of these
        Field::Region | Field::Year | Field::Kind | Field::Deadline => Vec::new(),
    };
    either(
        columns
            .into_iter()
            .map(|(column, weight)| {
                let found = substring(column, chars);
                Box::new(BoostQuery::new(found, weight)) as Box<dyn Query>
            })
            .collect(),
    )
}

/// Exactly this run of characters: a term of one or two, else bigrams side by side, the last overlapping where
/// the length is odd.
fn substring(column: Column, chars: &[char]) -> Box<dyn Query> {
    let key = |at: usize, length: usize| {
        let gram: String = chars[at..at + length].iter().collect();
        Key::from_field_text(column, &gram)
    };
    let one = |key| Box::new(TermQuery::new(key, IndexRecordOption::WithFreqs));
    match chars.len() {
        0 => Box::new(EmptyQuery),
        1 => one(key(0, 1)),
        2 => one(key(0, 2)),
        length => {
            let mut grams: Vec<(usize, Key)> = (0..length - 1)
                .step_by(2)
                .map(|at| (at, key(at, 2)))
                .collect();
            if length % 2 == 1 {
                grams.push((length - 2, key(length - 2, 2)));
            }
            Box::new(PhraseQuery::new_with_offset(grams))
        }
    }
}

fn region(index: &Fields, name: &str) -> Box<dyn Query> {
    term(index.region_name, &place::asked(name))
}

fn kind(index: &Fields, name: &str) -> Box<dyn Query> {
    let name = name.trim();
    either(vec![
        term(index.kind, name),
        term(index.activity_kind, name),
    ])
}

/// A whole name where it stands in quotes, else a part of one.
fn name(whole: Column, grams: Column, asked: &str) -> Box<dyn Query> {
    match quoted(asked) {
        Some(name) => term(whole, name),
        None => substring(grams, &Folded::new(asked).chars),
    }
}

/// What stands between the quotes of a filter's value.
pub(super) fn quoted(value: &str) -> Option<&str> {
    let inner = value.trim().strip_prefix(['"', '“'])?;
    inner.strip_suffix(['"', '”'])
}

fn between(column: Column, range: Range) -> Box<dyn Query> {
    let bound = |edge: Option<i64>| match edge {
        Some(value) => Bound::Included(Key::from_field_i64(column, value)),
        None => Bound::Unbounded,
    };
    // Without any end, the value is to be there at all
    let low = match (range.low, range.high) {
        (None, None) => Bound::Included(Key::from_field_i64(column, i64::MIN)),
        (low, _) => bound(low),
    };
    Box::new(RangeQuery::new(low, bound(range.high)))
}

fn term(column: Column, value: &str) -> Box<dyn Query> {
    let key = Key::from_field_text(column, value);
    Box::new(TermQuery::new(key, IndexRecordOption::Basic))
}

fn either(mut any: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match (any.len(), any.pop()) {
        (1, Some(only)) => only,
        (_, Some(last)) => {
            any.push(last);
            Box::new(BooleanQuery::union(any))
        }
        (_, None) => Box::new(EmptyQuery),
    }
}

fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
