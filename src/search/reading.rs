//! A query read against an index: what each of its terms may be found by.
//!
//! Which strings are words is asked of the index itself: it was written with a dictionary, and a word that stands in
//! none of its documents finds none. So an answer never waits for a dictionary to load.

use super::plan::Plan;
use super::query::{Node, Term};
use super::request::Within;
use super::synonym;
use crate::index::Fields;
use crate::index::fields::{Body, Texts};
use crate::index::folded::Folded;
use crate::index::tokenizer::{LONGEST, is_long};
use std::collections::HashMap;
use tantivy::Searcher;
use tantivy::schema::Term as Key;

/// Words that part a wish and add nothing to it.
const PARTING: [&str; 9] = ["的", "和", "与", "及", "或", "等", "在", "对", "以及"];

/// A query, and what its terms may be found by.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) node: Node,
    sought: HashMap<Term, Sought>,
}

/// What a term may be found by, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sought {
    /// As typed.
    pub(super) whole: Vec<char>,
    /// The whole, or its words where it is wider than one and stands in no quotes: each must stand.
    pub(super) chunks: Vec<Vec<char>>,
    /// What is said in place of the whole.
    pub(super) synonyms: Vec<Vec<char>>,
    /// What is said in place of each of several words.
    pub(super) others: Vec<Vec<Vec<char>>>,
}

impl Sought {
    /// The words, each with what is said in its place.
    pub(super) fn words(&self) -> impl Iterator<Item = (&[char], &[Vec<char>])> {
        let others = self.others.iter().map(Vec::as_slice);
        let others = others.chain(std::iter::repeat(&[][..]));
        self.chunks.iter().map(Vec::as_slice).zip(others)
    }
}

impl Reading {
    pub(super) fn new(node: Node, searcher: &Searcher, texts: &Texts) -> Self {
        let words = Words {
            searcher,
            texts,
            beside: None,
        };
        Self::by(node, words)
    }

    /// The reading for a unit of search: a word of any kind of document that it is made of is one.
    pub(super) fn within(node: Node, searcher: &Searcher, fields: &Fields, within: Within) -> Self {
        let words = Words {
            searcher,
            texts: Plan::texts(fields, within),
            beside: (within == Within::Sections).then_some(&fields.section),
        };
        Self::by(node, words)
    }

    fn by(node: Node, words: Words<'_>) -> Self {
        let mut sought = HashMap::new();
        gather(&node, true, &mut |term, widened| {
            let found = words.sought(term, widened);
            sought.insert(term.clone(), found);
        });
        Self { node, sought }
    }

    /// A term as it stands, for the terms that were not read.
    pub(super) fn sought(&self, term: &Term) -> Sought {
        self.sought.get(term).cloned().unwrap_or_else(|| {
            let whole = Folded::new(&term.text).chars;
            Sought {
                chunks: vec![whole.clone()],
                whole,
                ..Sought::default()
            }
        })
    }

    /// The terms that a hit may be found by, in the order of the query; none of those under a NOT.
    pub(super) fn terms(&self) -> Vec<&Term> {
        let mut out = Vec::new();
        wanted(&self.node, &mut out);
        out
    }
}

fn same(term: &[char]) -> Vec<Vec<char>> {
    synonym::of(term).map_or_else(Vec::new, |family| family.same.clone())
}

fn wanted<'n>(node: &'n Node, out: &mut Vec<&'n Term>) {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|n| wanted(n, out)),
        Node::Term(term) => out.push(term),
        Node::Near(near) => out.extend([&near.left, &near.right]),
        _ => {}
    }
}

fn gather(node: &Node, widened: bool, each: &mut impl FnMut(&Term, bool)) {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|n| gather(n, widened, each)),
        // What is forbidden is forbidden as it stands, and no more
        Node::Term(term) if widened => each(term, true),
        _ => {}
    }
}

/// The words of an index.
#[derive(Clone, Copy)]
pub(super) struct Words<'s> {
    pub(super) searcher: &'s Searcher,
    pub(super) texts: &'s Texts,
    /// Those of another kind of document that is asked together with it.
    pub(super) beside: Option<&'s Texts>,
}

impl Words<'_> {
    fn sought(&self, term: &Term, widened: bool) -> Sought {
        let whole = Folded::new(&term.text).chars;
        let exact = term.exact || !widened;
        let narrow = exact || term.field.is_of_names();
        // 单位:人社局 is the organ of that short name
        let synonyms = match exact || narrow && !term.field.is_of_organs() {
            true => Vec::new(),
            false => same(&whole),
        };
        // Three characters hold no two words
        let chunks = match narrow || whole.len() < 4 {
            true => vec![whole.clone()],
            false => self.chunks(&whole),
        };
        let others = match chunks.len() {
            0 | 1 => Vec::new(),
            _ => chunks.iter().map(|word| same(word)).collect(),
        };
        Sought {
            whole,
            chunks,
            synonyms,
            others,
        }
    }

    /// In how many documents a string is a term of a body; the parts of a notice count each.
    pub(super) fn documents(&self, body: Body, chars: &[char]) -> u64 {
        let text: String = chars.iter().collect();
        let keys = body.fields().map(|f| Key::from_field_text(f, &text));
        keys.map(|key| self.searcher.doc_freq(&key).unwrap_or(0))
            .sum()
    }

    /// The words of a passage of two characters and more, with the body that holds each and its documents there.
    pub(super) fn of<'c>(&self, passage: &'c [char]) -> Vec<(&'c [char], Body, u64)> {
        let mut out = Vec::new();
        for word in self.cut(passage) {
            if !(2..=LONGEST).contains(&word.len()) || !word.iter().all(|c| c.is_alphanumeric()) {
                continue;
            }
            let bodies = [self.texts.words, self.texts.all].into_iter();
            let mut found = bodies.map(|body| (body, self.documents(body, word)));
            if let Some((body, documents)) = found.find(|(_, n)| *n > 0) {
                out.push((word, body, documents));
            }
        }
        out
    }

    /// In how many documents a string stands as a word.
    fn as_word(&self, chars: &[char]) -> u64 {
        match chars.len() == 2 || is_long(chars) {
            true => {
                let texts = std::iter::once(self.texts).chain(self.beside);
                texts.map(|t| self.documents(t.words, chars)).sum()
            }
            false => 0,
        }
    }

    /// The words of a wish. A word of one character stays with the word beside it; 的 and its like part.
    fn chunks(&self, whole: &[char]) -> Vec<Vec<char>> {
        let mut out: Vec<Vec<char>> = Vec::new();
        let mut open = false;
        for word in self.cut(whole) {
            let text: String = word.iter().collect();
            if word.iter().all(|c| !c.is_alphanumeric()) || PARTING.contains(&text.as_str()) {
                open = false;
                continue;
            }
            match out.last_mut() {
                Some(last) if open && (word.len() == 1 || last.len() == 1) => last.extend(word),
                _ => out.push(word.to_vec()),
            }
            open = true;
        }
        // A piece that is still one character would be found almost anywhere: then the term stands as a whole.
        if out.len() < 2 || out.iter().any(|word| word.len() < 2) {
            return vec![whole.to_vec()];
        }
        out
    }

    /// The likeliest cut into words of the index; runs of letters and digits stay whole.
    pub(super) fn cut<'c>(&self, chars: &'c [char]) -> Vec<&'c [char]> {
        #[allow(clippy::cast_precision_loss)]
        let log = |n: u64| (n as f64).ln();
        let total = log(self.searcher.num_docs().max(1) + 1);
        let unknown = -total - 4.0;
        // From each character on: the best sum, and where its first word ends
        let mut best: Vec<(f64, usize)> = vec![(0.0, chars.len()); chars.len() + 1];
        for at in (0..chars.len()).rev() {
            let run = chars[at..].iter().take_while(|c| c.is_ascii_alphanumeric());
            let run = run.count().max(1);
            let within = at > 0 && chars[at - 1].is_ascii_alphanumeric() && run > 1;
            let mut winner = (unknown + best[at + run].0, at + run);
            if !within {
                for length in 2..=LONGEST.min(chars.len() - at) {
                    let documents = self.as_word(&chars[at..at + length]);
                    let sum = log(documents.max(1)) - total + best[at + length].0;
                    if documents > 0 && sum > winner.0 {
                        winner = (sum, at + length);
                    }
                }
            }
            best[at] = winner;
        }
        let mut out = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            let end = best[at].1.max(at + 1);
            out.push(&chars[at..end]);
            at = end;
        }
        out
    }
}
