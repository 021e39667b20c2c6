//! From a query to what the index is asked.
//!
//! Every leaf is an exact set: a term of the index where there is one, else a phrase of terms. Under relevance the
//! index is first asked for the words as a reader would cut them ([`Mode::Words`]), and for the bare characters where
//! that gives too little: words come before fragments, and both questions can pass over blocks that cannot win.

use super::field::Field;
use super::filter::{self, Group, between, either, term, unscored};
use super::forbidden::Forbidden;
use super::query::{Near, Node, Term};
use super::reading::{Reading, Words};
use super::request::{Filters, Within};
use super::spans::Spans;
use super::wildcard;
use crate::index::Fields;
use crate::index::fields;
use crate::index::fields::Texts;
use crate::index::folded::Folded;
use crate::index::tokenizer::LONGEST;
use tantivy::Searcher;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field as Column, IndexRecordOption, Term as Key};

/// How much a match in the title adds.
const TITLE: f32 = 0.6;
/// How much it adds that the whole term stands, beside its words apart.
const WHOLE: f32 = 0.8;
/// How much a synonym counts beside the term itself.
const SYNONYM: f32 = 0.5;
/// How much it adds that the term stands as a word.
const WORD: f32 = 0.5;

/// How a leaf is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Wherever its characters stand.
    Exact,
    /// Where it stands as a word of the text, as far as the index tells.
    Words,
}

/// What is asked of the documents of one unit of search.
pub(super) struct Plan<'s> {
    pub(super) searcher: &'s Searcher,
    pub(super) fields: &'s Fields,
    pub(super) texts: &'s Texts,
    pub(super) within: Within,
    pub(super) reading: &'s Reading,
    pub(super) filters: &'s Filters,
}

impl<'s> Plan<'s> {
    /// The fields of a kind of document.
    pub(super) fn texts(fields: &Fields, within: Within) -> &Texts {
        match within {
            Within::Activities | Within::Sections => &fields.activity,
            Within::Notices => &fields.notice,
        }
    }

    /// The plans for the kinds of document that a unit of search is made of: each has text fields of its own.
    pub(super) fn kinds(&self) -> Vec<(&'static str, Plan<'s>)> {
        let own = |kind: &'static str, texts: &'s Texts| (kind, Plan { texts, ..*self });
        match self.within {
            Within::Activities => vec![own(fields::ACTIVITY, &self.fields.activity)],
            Within::Sections => vec![
                own(fields::ACTIVITY, &self.fields.activity),
                own(fields::SECTION, &self.fields.section),
            ],
            Within::Notices => vec![own(fields::NOTICE, &self.fields.notice)],
        }
    }

    /// The whole question: the query under the filters. `without` leaves the filters of one facet out, so that
    /// its counts show what else could be chosen.
    pub(super) fn question(&self, mode: Mode, without: Option<Group>) -> Box<dyn Query> {
        let kinds = self.kinds().into_iter();
        either(
            kinds
                .map(|(kind, plan)| plan.question_of(kind, mode, without))
                .collect(),
        )
    }

    fn question_of(&self, kind: &str, mode: Mode, without: Option<Group>) -> Box<dyn Query> {
        let mut clauses = self.narrowed(without);
        if !self.tells_kind(&self.reading.node) {
            clauses.push((Occur::Must, unscored(term(self.fields.doc, kind))));
        }
        if self.reading.node != Node::All {
            clauses.extend(self.conjuncts(&self.reading.node, mode));
        }
        conjunction(clauses)
    }

    /// How many documents there are of the kind whose text fields these are.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn documents(&self) -> tantivy::Result<u64> {
        let kind = match self.within {
            Within::Activities | Within::Sections => fields::ACTIVITY,
            Within::Notices => fields::NOTICE,
        };
        self.searcher
            .doc_freq(&Key::from_field_text(self.fields.doc, kind))
    }

    /// The filters alone, those of one facet perhaps left out.
    pub(super) fn narrowed(&self, without: Option<Group>) -> Vec<(Occur, Box<dyn Query>)> {
        let named = filter::named(self.fields, self.texts, self.filters, without);
        let queries = named.into_iter().map(|(_, query)| query);
        queries
            .map(|query| (Occur::Must, unscored(query)))
            .collect()
    }

    /// Each filter with its name.
    pub(super) fn filtered(&self) -> Vec<(String, Box<dyn Query>)> {
        let named = filter::named(self.fields, self.texts, self.filters, None);
        let named = named.into_iter();
        named
            .map(|(name, query)| (format!("filter {name}"), query))
            .collect()
    }

    /// Whether every document that a node finds is of the kind that is asked for: text fields are a kind's own.
    fn tells_kind(&self, node: &Node) -> bool {
        match node {
            Node::And(nodes) => nodes.iter().any(|n| self.tells_kind(n)),
            Node::Or(nodes) => nodes.iter().all(|n| self.tells_kind(n)),
            Node::Term(term) => !wildcard::is_in(term),
            Node::Near(_) => true,
            _ => false,
        }
    }

    /// Whether anything in the query weighs.
    pub(super) fn is_scored(&self) -> bool {
        !self.reading.terms().is_empty()
    }

    /// What adds to the score of a document that matches: queries with their weights; words where some hits may
    /// have been found by fragments.
    pub(super) fn bonuses(&self, mixed: bool) -> Vec<Box<dyn Query>> {
        let kinds = self.kinds().into_iter();
        kinds
            .flat_map(|(_, plan)| plan.bonuses_of_kind(mixed))
            .collect()
    }

    fn bonuses_of_kind(&self, mixed: bool) -> Vec<Box<dyn Query>> {
        let mut out: Vec<Box<dyn Query>> = Vec::new();
        for term in self.reading.terms() {
            if !matches!(term.field, Field::Any | Field::Title | Field::Text) {
                continue;
            }
            let sought = self.reading.sought(term);
            let parts = sought.chunks.len().max(1);
            #[allow(clippy::cast_precision_loss)]
            let share = 1.0 / parts as f32;
            for chunk in &sought.chunks {
                if term.field != Field::Text {
                    let title = substring(self.texts.title, chunk);
                    out.push(Box::new(BoostQuery::new(title, TITLE * share)));
                }
                if mixed && chunk.len() > 1 && self.words().documents(self.texts.words, chunk) > 0 {
                    let word = key_query(self.texts.words, chunk);
                    out.push(Box::new(BoostQuery::new(word, WORD * share)));
                }
            }
            if parts > 1 || !sought.synonyms.is_empty() {
                let whole = self.substring_of_all(&sought.whole);
                out.push(Box::new(BoostQuery::new(whole, WHOLE)));
            }
            if parts > 1 {
                let title = substring(self.texts.title, &sought.whole);
                out.push(Box::new(BoostQuery::new(title, WHOLE)));
            }
        }
        out
    }

    pub(super) fn words(&self) -> Words<'s> {
        Words {
            searcher: self.searcher,
            texts: self.texts,
        }
    }

    /// The node as clauses of a conjunction, so that terms side by side are one.
    pub(super) fn conjuncts(&self, node: &Node, mode: Mode) -> Vec<(Occur, Box<dyn Query>)> {
        match node {
            Node::And(nodes) => nodes.iter().flat_map(|n| self.conjuncts(n, mode)).collect(),
            Node::Not(inner) => vec![(Occur::MustNot, self.forbidden(inner))],
            Node::Term(term) => self.parts(term, mode),
            node => vec![(Occur::Must, self.asked(node, mode))],
        }
    }

    /// A term found where it stands or, when it is several words and stands in no quotes, where all of its words do;
    /// or where a synonym stands.
    fn parts(&self, term: &Term, mode: Mode) -> Vec<(Occur, Box<dyn Query>)> {
        let sought = self.reading.sought(term);
        let chunks: Vec<(Occur, Box<dyn Query>)> = sought
            .chunks
            .iter()
            .map(|chunk| (Occur::Must, self.stands(term, chunk, mode)))
            .collect();
        if sought.synonyms.is_empty() {
            return chunks;
        }
        let mut any = vec![conjunction(chunks)];
        for synonym in &sought.synonyms {
            let synonym = self.stands(term, synonym, mode);
            any.push(Box::new(BoostQuery::new(synonym, SYNONYM)));
        }
        vec![(Occur::Must, either(any))]
    }

    pub(super) fn asked(&self, node: &Node, mode: Mode) -> Box<dyn Query> {
        match node {
            Node::All => unscored(Box::new(AllQuery)),
            Node::And(_) | Node::Not(_) | Node::Term(_) => conjunction(self.conjuncts(node, mode)),
            Node::Or(nodes) => either(nodes.iter().map(|n| self.asked(n, mode)).collect()),
            Node::Near(near) => self.near(near),
            Node::Region(name) => unscored(filter::region(self.fields, name)),
            Node::Kind(name) => unscored(filter::kind(self.fields, name)),
            Node::Years(years) => unscored(between(self.fields.year, *years)),
            Node::Deadline(days) => unscored(between(self.fields.deadline, *days)),
            Node::Named(column, name) => unscored(term(column.of(self.fields), name)),
        }
    }

    /// What is forbidden is forbidden as it stands, and no more.
    fn forbidden(&self, node: &Node) -> Box<dyn Query> {
        let query = match node {
            Node::Term(term) => self.stands(term, &Folded::new(&term.text).chars, Mode::Exact),
            Node::And(nodes) => conjunction(
                nodes
                    .iter()
                    .map(|n| match n {
                        Node::Not(inner) => (Occur::MustNot, self.forbidden(inner)),
                        n => (Occur::Must, self.as_it_stands(n)),
                    })
                    .collect(),
            ),
            node => self.as_it_stands(node),
        };
        Box::new(Forbidden(query))
    }

    pub(super) fn as_it_stands(&self, node: &Node) -> Box<dyn Query> {
        match node {
            Node::Term(term) => self.stands(term, &Folded::new(&term.text).chars, Mode::Exact),
            Node::Or(nodes) => either(nodes.iter().map(|n| self.as_it_stands(n)).collect()),
            Node::And(nodes) => conjunction(
                nodes
                    .iter()
                    .map(|n| match n {
                        Node::Not(inner) => (Occur::MustNot, self.forbidden(inner)),
                        n => (Occur::Must, self.as_it_stands(n)),
                    })
                    .collect(),
            ),
            node => self.asked(node, Mode::Exact),
        }
    }

    fn near(&self, near: &Near) -> Box<dyn Query> {
        let column = match near.left.field {
            Field::Title => self.texts.title,
            _ => self.texts.all,
        };
        let mut parts = Vec::new();
        for term in [&near.left, &near.right] {
            let chars = Folded::new(&term.text).chars;
            if chars.is_empty() {
                return Box::new(EmptyQuery);
            }
            parts.push((self.cover(column, &chars), chars.len()));
        }
        let reach = u32::try_from(near.reach).unwrap_or(u32::MAX);
        let limit = (near.left.field == Field::Text).then_some("length");
        Box::new(Spans::near(parts, reach, limit))
    }

    /// The folded characters as they stand, in the columns of a field.
    fn stands(&self, term: &Term, chars: &[char], mode: Mode) -> Box<dyn Query> {
        if wildcard::is_in(term) {
            return wildcard::query(self.fields, term);
        }
        let column = match term.field {
            Field::Any => return self.anywhere(chars, mode),
            Field::Text => {
                if chars.is_empty() {
                    return Box::new(EmptyQuery);
                }
                let cover = self.cover(self.texts.all, chars);
                return Box::new(Spans::within(cover, chars.len(), "length"));
            }
            Field::Title => self.texts.title,
            Field::Unit => self.texts.units,
            Field::Lead => self.texts.leads,
            Field::Theme => self.texts.theme,
            Field::Issuer => self.texts.issuers,
            Field::Doc => self.texts.numbers,
            Field::Cites => self.texts.cites,
            Field::Contact => self.texts.contacts,
            // The parser makes nodes of their own of these
            _ => return Box::new(EmptyQuery),
        };
        substring(column, chars)
    }

    fn anywhere(&self, chars: &[char], mode: Mode) -> Box<dyn Query> {
        let words = self.words();
        if mode == Mode::Words
            && (2..=LONGEST).contains(&chars.len())
            && words.documents(self.texts.words, chars) > 0
        {
            return key_query(self.texts.words, chars);
        }
        self.substring_of_all(chars)
    }

    /// Exactly this run of characters, in the text or around it.
    pub(super) fn substring_of_all(&self, chars: &[char]) -> Box<dyn Query> {
        match chars.len() {
            0 => Box::new(EmptyQuery),
            1 => key_query(self.texts.chars, chars),
            _ => phrase(self.cover(self.texts.all, chars)),
        }
    }

    /// The characters as terms of the column side by side, the fewest and longest that there are; a single one as a
    /// pair cannot be, so its place is told by every pair that begins with it.
    fn cover(&self, column: Column, chars: &[char]) -> Vec<(usize, Key)> {
        let key = |at: usize, length: usize| {
            let text: String = chars[at..at + length].iter().collect();
            Key::from_field_text(column, &text)
        };
        let words = self.words();
        let has_words = column == self.texts.all;
        let mut out = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            let left = chars.len() - at;
            let longest = match has_words {
                true => (3..=LONGEST.min(left))
                    .rev()
                    .find(|length| words.documents(column, &chars[at..at + length]) > 0),
                false => None,
            };
            let length = longest.unwrap_or(2);
            if length <= left {
                out.push((at, key(at, length)));
            } else if chars.len() >= 2 {
                out.push((chars.len() - 2, key(chars.len() - 2, 2)));
            } else {
                out.push((at, key(at, 1)));
            }
            at += length;
        }
        out
    }
}

/// Exactly this run of characters in a column of grams: a term of one or two, else bigrams side by side, the last
/// overlapping where the length is odd.
pub(super) fn substring(column: Column, chars: &[char]) -> Box<dyn Query> {
    match chars.len() {
        0 => Box::new(EmptyQuery),
        1 | 2 => key_query(column, chars),
        length => {
            let mut starts: Vec<usize> = (0..length - 1).step_by(2).collect();
            if length % 2 == 1 {
                starts.push(length - 2);
            }
            let key = |at: usize| {
                let text: String = chars[at..at + 2].iter().collect();
                Key::from_field_text(column, &text)
            };
            phrase(starts.into_iter().map(|at| (at, key(at))).collect())
        }
    }
}

fn phrase(mut cover: Vec<(usize, Key)>) -> Box<dyn Query> {
    match (cover.len(), cover.pop()) {
        (1, Some((_, key))) => Box::new(TermQuery::new(key, IndexRecordOption::WithFreqs)),
        (_, Some(last)) => {
            cover.push(last);
            Box::new(PhraseQuery::new_with_offset(cover))
        }
        (_, None) => Box::new(EmptyQuery),
    }
}

pub(super) fn key_query(column: Column, chars: &[char]) -> Box<dyn Query> {
    let text: String = chars.iter().collect();
    let key = Key::from_field_text(column, &text);
    Box::new(TermQuery::new(key, IndexRecordOption::WithFreqs))
}

pub(super) fn conjunction(mut clauses: Vec<(Occur, Box<dyn Query>)>) -> Box<dyn Query> {
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, unscored(Box::new(AllQuery))));
    }
    match (clauses.len(), clauses.pop()) {
        (1, Some((Occur::Must, only))) => only,
        (_, Some(last)) => {
            clauses.push(last);
            Box::new(BooleanQuery::new(clauses))
        }
        (_, None) => Box::new(AllQuery),
    }
}
