//! From a query to what the index is asked.
//!
//! Every leaf is an exact set: a term of the index where there is one, else a phrase of terms. Under relevance the
//! index is first asked for the words as a reader would cut them ([`Mode::Words`]), and for the bare characters where
//! that gives too little: words come before fragments, and both questions can pass over blocks that cannot win.

use super::field::Field;
use super::filter::{self, Group, between, either, term, unscored};
use super::forbidden::Forbidden;
use super::inherited::Inherited;
use super::query::{Near, Node, Term};
use super::reading::{Reading, Words};
use super::request::{Filters, Within};
use super::spans::Spans;
use super::statistics::Statistics;
use super::wildcard;
use crate::index::Fields;
use crate::index::fields;
use crate::index::fields::{Body, Texts};
use crate::index::folded::Folded;
use crate::index::tokenizer::{LONGEST, is_long};
use tantivy::Searcher;
use tantivy::collector::Collector;
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
/// How much a title counts that is the notice's and not the document's own.
const INHERITED_TITLE: f32 = 0.5;

/// How a leaf is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Wherever its characters stand.
    Exact,
    /// Where it stands as a word of the text, as far as the index tells.
    Words,
    /// Where it stands as a word of the text, and nowhere else.
    OnlyWords,
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

    /// How many documents there are of the kind whose text fields these are; for notices, whose text lies in several,
    /// all that there are.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn documents(&self) -> tantivy::Result<u64> {
        match self.within {
            Within::Activities | Within::Sections => {
                let kind = Key::from_field_text(self.fields.doc, fields::ACTIVITY);
                self.searcher.doc_freq(&kind)
            }
            Within::Notices => Ok(self.searcher.num_docs()),
        }
    }

    /// The filters alone, those of one facet perhaps left out.
    pub(super) fn narrowed(&self, without: Option<Group>) -> Vec<(Occur, Box<dyn Query>)> {
        let named = filter::named(self.fields, self.texts, self.filters, without);
        let queries = named.into_iter().map(|(_, query)| query);
        queries
            .map(|query| (Occur::Must, unscored(query)))
            .collect()
    }

    /// What a query finds, weighed by what is so of the unit of search.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn scored<C: Collector>(
        &self,
        query: &dyn Query,
        collector: &C,
    ) -> tantivy::Result<C::Fruit> {
        let statistics = self.statistics()?;
        self.searcher
            .search_with_statistics_provider(query, collector, &statistics)
    }

    /// # Errors
    /// When the index cannot be read.
    pub(super) fn statistics(&self) -> tantivy::Result<Statistics<'s>> {
        Statistics::new(self.searcher, self.fields, self.within)
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
            Node::Term(term) => !wildcard::is_in(term) && !self.is_inherited(term.field),
            Node::Near(near) => !self.is_inherited(near.left.field),
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
                    let word = body_query(self.texts.words, chunk);
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
            beside: None,
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
            .words()
            .map(|(chunk, others)| {
                let own = self.stands(term, chunk, mode);
                (Occur::Must, self.or_others(term, own, others, mode))
            })
            .collect();
        if sought.synonyms.is_empty() {
            return chunks;
        }
        let own = conjunction(chunks);
        let any = self.or_others(term, own, &sought.synonyms, mode);
        vec![(Occur::Must, any)]
    }

    /// What a term or a word of it finds, or what is said in its place.
    fn or_others(
        &self,
        term: &Term,
        own: Box<dyn Query>,
        others: &[Vec<char>],
        mode: Mode,
    ) -> Box<dyn Query> {
        if others.is_empty() {
            return own;
        }
        let mut any = vec![own];
        for other in others {
            // 提高校园安全 does not speak of 高校
            let mode = match other.len() {
                2 => Mode::OnlyWords,
                _ => mode,
            };
            let other = self.stands(term, other, mode);
            any.push(Box::new(BoostQuery::new(other, SYNONYM)));
        }
        either(any)
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
        let body = self.texts.all;
        let mut parts = Vec::new();
        for term in [&near.left, &near.right] {
            let chars = Folded::new(&term.text).chars;
            if chars.is_empty() {
                return Box::new(EmptyQuery);
            }
            parts.push((cover(&chars), chars.len()));
        }
        let reach = u32::try_from(near.reach).unwrap_or(u32::MAX);
        let limited = near.left.field == Field::Text;
        if near.left.field == Field::Title {
            return self.in_title(|texts| {
                let title = texts.title.into();
                Box::new(Spans::near(title, parts.clone(), reach, limited))
            });
        }
        Box::new(Spans::near(body, parts, reach, limited))
    }

    /// The folded characters as they stand, in the columns of a field.
    fn stands(&self, term: &Term, chars: &[char], mode: Mode) -> Box<dyn Query> {
        if wildcard::is_in(term) {
            return wildcard::query(self.fields, term);
        }
        // Of names the index knows no words: those of the text in which the name stands are asked
        let as_word = |found, texts: &Texts| match mode {
            Mode::Exact | Mode::Words => found,
            Mode::OnlyWords => conjunction(vec![
                (Occur::Must, found),
                (Occur::Must, unscored(body_query(texts.words, chars))),
            ]),
        };
        let column = match term.field {
            Field::Any => return self.anywhere(chars, mode),
            Field::Text => {
                if chars.is_empty() {
                    return Box::new(EmptyQuery);
                }
                let spans = Spans::within(self.texts.all, cover(chars), chars.len());
                return as_word(Box::new(spans), self.texts);
            }
            Field::Title => {
                return self.in_title(|texts| as_word(substring(texts.title, chars), texts));
            }
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
        let found = substring(column, chars);
        match self.is_inherited(term.field) {
            true => Box::new(Inherited(as_word(found, &self.fields.notice))),
            false => as_word(found, self.texts),
        }
    }

    /// What stands in a title: the document's own, or its notice's.
    fn in_title(&self, stands: impl Fn(&Texts) -> Box<dyn Query>) -> Box<dyn Query> {
        let own = stands(self.texts);
        if !self.texts.inherits {
            return own;
        }
        let notice = Box::new(Inherited(stands(&self.fields.notice)));
        either(vec![
            own,
            Box::new(BoostQuery::new(notice, INHERITED_TITLE)),
        ])
    }

    /// Whether a field is asked of the notice too, and so finds its parts of every kind.
    fn is_inherited(&self, field: Field) -> bool {
        let asked = matches!(
            field,
            Field::Title | Field::Issuer | Field::Theme | Field::Doc
        );
        asked && self.texts.inherits
    }

    fn anywhere(&self, chars: &[char], mode: Mode) -> Box<dyn Query> {
        let is_word = || {
            (2..=LONGEST).contains(&chars.len())
                && self.words().documents(self.texts.words, chars) > 0
        };
        match mode {
            Mode::OnlyWords => body_query(self.texts.words, chars),
            Mode::Words if is_word() => body_query(self.texts.words, chars),
            Mode::Words | Mode::Exact => self.substring_of_all(chars),
        }
    }

    /// Exactly this run of characters, in the text or around it.
    pub(super) fn substring_of_all(&self, chars: &[char]) -> Box<dyn Query> {
        match chars.len() {
            0 => Box::new(EmptyQuery),
            1 => body_query(self.texts.chars, chars),
            2 => body_query(self.texts.all, chars),
            _ if is_long(chars) && self.words().documents(self.texts.words, chars) > 0 => {
                body_query(self.texts.words, chars)
            }
            length => phrase(self.texts.all, cover(chars), length),
        }
    }

    /// The documents in which a pair or a long word stands.
    pub(super) fn piece(&self, chars: &[char]) -> Box<dyn Query> {
        body_query(self.body_of(chars), chars)
    }

    /// In how many documents a pair or a long word stands.
    pub(super) fn documents_with(&self, chars: &[char]) -> u64 {
        self.words().documents(self.body_of(chars), chars)
    }

    fn body_of(&self, chars: &[char]) -> Body {
        match chars.len() {
            2 => self.texts.all,
            _ => self.texts.words,
        }
    }
}

/// The characters as pairs side by side, the last overlapping where their number is odd; a single one as itself.
fn cover(chars: &[char]) -> Vec<(usize, String)> {
    let length = chars.len();
    let term = |from: usize, to: usize| (from, chars[from..to].iter().collect());
    if length < 2 {
        return vec![term(0, length)];
    }
    let mut out: Vec<(usize, String)> = (0..length - 1)
        .step_by(2)
        .map(|at| term(at, at + 2))
        .collect();
    if length % 2 == 1 {
        out.push(term(length - 2, length));
    }
    out
}

/// Exactly this run of characters in a column of grams: a term of one or two, else bigrams side by side, the last
/// overlapping where the length is odd.
pub(super) fn substring(column: Column, chars: &[char]) -> Box<dyn Query> {
    match chars.len() {
        0 => Box::new(EmptyQuery),
        1 | 2 => key_query(column, chars),
        length => phrase(column.into(), cover(chars), length),
    }
}

/// So many characters, told by two terms or more, side by side.
fn phrase(body: Body, cover: Vec<(usize, String)>, length: usize) -> Box<dyn Query> {
    if body.parts.is_some() {
        return Box::new(Spans::anywhere(body, cover, length));
    }
    let key = |(at, term): (usize, String)| (at, Key::from_field_text(body.own, &term));
    Box::new(PhraseQuery::new_with_offset(
        cover.into_iter().map(key).collect(),
    ))
}

/// The documents that have a term of a body.
pub(super) fn body_query(body: Body, chars: &[char]) -> Box<dyn Query> {
    if body.parts.is_some() {
        let term = (0, chars.iter().collect());
        return Box::new(Spans::anywhere(body, vec![term], chars.len()));
    }
    key_query(body.own, chars)
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
