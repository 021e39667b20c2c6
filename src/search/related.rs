//! What answers a query in part, shown after the hits where these do not fill the first page.
//!
//! What must hold still does: filters, fields, phrases in quotes, and nothing that a NOT forbids. Only words that stand
//! freely are let go, and where nothing is hit the name of a unit too, for a text may name it otherwise: each of their
//! pairs of characters, and each word of the index within them, weighs by how few documents have it, and what is said in
//! its place less. So do words of the first hits, for what is like a hit is of use. What holds something of every
//! word comes before what holds much of one; a place that is named beside other words holds, where anything is of it.
//! Words that only ask (怎么) are left out. These documents are no hits: they are not counted.

use super::asking;
use super::field::Field;
use super::filter::{self, either, unscored};
use super::pieces::{self, OWN, Pieces};
use super::plan::{Mode, Plan, conjunction};
use super::query::{Node, Term};
use super::rank::{self, Ranked};
use crate::index::folded::Folded;
use crate::index::row;
use std::collections::{BTreeMap, HashMap, HashSet};
use tantivy::collector::TopDocs;
use tantivy::query::{BoostQuery, Occur, Query};
use tantivy::schema::Value;
use tantivy::{DocAddress, Score, TantivyDocument};

/// The least share of what the whole query weighs that a document must have.
const SHARE: f32 = 0.02;
/// The most pieces of a query that are asked for, its own before those of what is said for it, the rarest first.
const PIECES: usize = 50;
/// What the documents of all pieces may come to, the rarest first: more would take long, and what many documents have
/// tells little.
const COST: u64 = 60_000;
/// How many documents are weighed again.
const CANDIDATES: usize = 100;
/// How much it adds, as a share of the score, that something of every word stands.
const EVERY: f32 = 8.0;
/// How much more of this a rare word tells than a common one: the power of its rarity.
const RARE: f32 = 1.5;
/// The least rarity of a word, that of one of whose pieces none is asked for.
const LEAST: f32 = 0.1;
/// From so many characters on, a term is a wish of several words, of each of which something is to stand.
const WISH: usize = 6;
/// The first hits, whose words tell what is like them.
const TELLING: usize = 3;
/// The most characters of one that are read.
const READ: usize = 400;
/// The most of their words that are asked for, the weightiest first.
const MOST_TOLD: usize = 20;
/// How much the weightiest of them counts beside the query's own.
const TOLD: f32 = 0.5;

/// The best documents that hold some of the words, `most` of them at most, without `hits`; each with its score in
/// thousandths.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn best(
    plan: &Plan<'_>,
    hits: &[(DocAddress, i64)],
    most: usize,
) -> tantivy::Result<Vec<(DocAddress, i64)>> {
    let known: HashSet<DocAddress> = hits.iter().map(|(address, _)| *address).collect();
    let telling = telling(plan, hits)?;
    // What is done elsewhere is of no use; but a name of two meanings may have been meant otherwise
    let mut out = candidates(plan, &known, &telling, true)?;
    if out.is_empty() {
        out = candidates(plan, &known, &telling, false)?;
    }
    out.sort_unstable();
    out.truncate(most);
    Ok(out
        .into_iter()
        .map(|hit| (hit.address, hit.order))
        .collect())
}

/// The best documents besides those that are `known`; if `in_place`, of the places that are named beside other words.
fn candidates(
    plan: &Plan<'_>,
    known: &HashSet<DocAddress>,
    telling: &[Vec<char>],
    in_place: bool,
) -> tantivy::Result<Vec<Ranked>> {
    let mut out = Vec::new();
    for (_, plan) in plan.kinds() {
        let Some(asked) = Asked::new(&plan, known.is_empty(), telling, in_place) else {
            continue;
        };
        let top = TopDocs::with_limit(CANDIDATES + known.len()).order_by_score();
        // A long text holds pieces of anything, so its length counts as among all documents, most of which are short
        let mut found = plan.searcher.search(&asked.question, &top)?;
        found.retain(|(score, _)| *score >= asked.least);
        asked.weigh(&plan, &mut found)?;
        found.retain(|(_, address)| !known.contains(address));
        rank::headed(&plan, &mut found)?;
        out.extend(rank::ranked(plan.searcher, &found)?);
    }
    Ok(out)
}

/// The texts of the first hits, folded; none of whole notices, which speak of everything.
fn telling(plan: &Plan<'_>, hits: &[(DocAddress, i64)]) -> tantivy::Result<Vec<Vec<char>>> {
    let mut out = Vec::new();
    for (address, _) in hits.iter().take(TELLING) {
        let document: TantivyDocument = plan.searcher.doc(*address)?;
        let entry = document.get_first(plan.fields.entry);
        let entry = entry.as_ref().and_then(|value| value.as_bytes());
        if let Some(entry) = entry.and_then(row::read) {
            let mut text = Folded::new(&entry.text).chars;
            text.truncate(READ);
            out.push(text);
        }
    }
    Ok(out)
}

/// What is asked of one kind of document.
struct Asked {
    question: Box<dyn Query>,
    /// The least score of what is of use.
    least: Score,
    /// The pieces of each word that is let go, and how much it tells that something of it stands.
    terms: Vec<(f32, Vec<Box<dyn Query>>)>,
}

impl Asked {
    /// None where no word stands freely.
    fn new(plan: &Plan<'_>, is_vain: bool, telling: &[Vec<char>], in_place: bool) -> Option<Self> {
        let nodes: &[Node] = match &plan.reading.node {
            Node::And(nodes) => nodes,
            node => std::slice::from_ref(node),
        };
        let (mut free, mut parts) = (Vec::new(), Vec::new());
        let mut clauses = plan.narrowed(None);
        for node in nodes {
            let word = freed(node, is_vain);
            if let Some(region) = word.as_ref().and_then(|word| place(plan, word))
                && in_place
            {
                clauses.push((Occur::Must, region));
                continue;
            }
            if let Some(word) = word {
                for word in asking::without(&word) {
                    let pieces = pieces::of(plan, &word);
                    match wish(plan, &word) {
                        Some(words) => parts.extend(words.map(|word| pieces::of(plan, word))),
                        None => parts.push(pieces.clone()),
                    }
                    free.push(pieces);
                }
                continue;
            }
            let bound = plan.conjuncts(node, Mode::Exact).into_iter();
            // What every one of them holds tells none apart
            clauses.extend(bound.map(|(occur, query)| (occur, unscored(query))));
        }
        let (kept, whole) = kept(plan, &free);
        if kept.is_empty() {
            return None;
        }
        let terms = parts.into_iter().map(|mut pieces| {
            pieces.retain(|piece, _| kept.contains_key(piece));
            let own = pieces.iter().filter(|(_, weight)| **weight >= OWN);
            let rarities = own.map(|(piece, _)| rarity(plan, plan.documents_with(piece)));
            let rarity = rarities.fold(LEAST, f32::max);
            let pieces = pieces.iter();
            let queries = pieces.map(|(p, w)| boosted(plan.piece(p), *w));
            (rarity.powf(RARE), queries.collect())
        });
        let terms = terms.collect();
        let mut any: Vec<Box<dyn Query>> = kept
            .iter()
            .map(|(piece, weight)| boosted(plan.piece(piece), *weight))
            .collect();
        any.extend(told(plan, &kept, telling));
        clauses.push((Occur::Must, either(any)));
        Some(Self {
            question: conjunction(clauses),
            least: whole * SHARE,
            terms,
        })
    }

    /// Raises each score by how much of every word stands there.
    fn weigh(&self, plan: &Plan<'_>, found: &mut [(Score, DocAddress)]) -> tantivy::Result<()> {
        if self.terms.len() < 2 {
            return Ok(());
        }
        let mut covered: HashMap<DocAddress, Score> = HashMap::new();
        let mut known: Score = 0.0;
        for (share, pieces) in &self.terms {
            let mut bare: Vec<(Score, DocAddress)> = found.iter().map(|f| (0.0, f.1)).collect();
            rank::weigh(plan, pieces, &mut bare)?;
            let most = bare.iter().map(|f| f.0).fold(0.0, Score::max);
            if most <= 0.0 {
                continue;
            }
            known += share;
            for (score, address) in bare {
                // The first piece of a word tells more than the next
                *covered.entry(address).or_default() += share * (score / most).sqrt();
            }
        }
        if known <= 0.0 {
            return Ok(());
        }
        for (score, address) in found {
            let covered = covered.get(address).copied().unwrap_or_default();
            *score *= 1.0 + EVERY * covered / known;
        }
        Ok(())
    }
}

fn boosted(query: Box<dyn Query>, weight: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, weight))
}

/// The word that a node lets go, folded: one of two characters and more that stands freely or, where nothing is hit, the
/// name of a unit.
fn freed(node: &Node, is_vain: bool) -> Option<Vec<char>> {
    let Node::Term(Term { field, exact, text }) = node else {
        return None;
    };
    let is_name = matches!(field, Field::Unit | Field::Lead) && !text.contains(['*', '?']);
    let is_free = *field == Field::Any || is_vain && is_name;
    let word = Folded::new(text).chars;
    (is_free && !exact && word.len() > 1).then_some(word)
}

/// What is of the place of this name.
fn place(plan: &Plan<'_>, word: &[char]) -> Option<Box<dyn Query>> {
    let name: String = word.iter().collect();
    let known = filter::knows_region(plan.searcher, plan.fields, &name);
    known.then(|| unscored(filter::region(plan.fields, &name)))
}

/// The words of two characters and more of a term that is long enough to be a wish; none where it has no two.
fn wish<'w>(plan: &Plan<'_>, term: &'w [char]) -> Option<impl Iterator<Item = &'w [char]>> {
    let mut words = plan.words().cut(term);
    words.retain(|word| word.len() > 1);
    (term.len() >= WISH && words.len() > 1).then(|| words.into_iter())
}

/// The pieces that are asked for, with what each counts, and how much all of them weigh together.
fn kept(plan: &Plan<'_>, free: &[Pieces]) -> (Pieces, f32) {
    let mut all = Pieces::new();
    for (piece, weight) in free.iter().flatten() {
        let known = all.entry(piece.clone()).or_default();
        *known = known.max(*weight);
    }
    let mut found: Vec<(u64, Vec<char>, f32)> = all
        .into_iter()
        .map(|(piece, weight)| (plan.documents_with(&piece), piece, weight))
        .filter(|(documents, ..)| *documents > 0)
        .collect();
    found.sort_unstable_by(|a, b| (a.2 < OWN, a.0, &a.1).cmp(&(b.2 < OWN, b.0, &b.1)));
    found.truncate(PIECES);
    found.sort_unstable_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let mut cost = 0;
    let within = found.iter().take_while(|(documents, ..)| {
        cost += documents;
        cost <= COST
    });
    // The two rarest in any case
    let count = within.count().max(2);
    found.truncate(count);
    let most = rarity(plan, 1);
    let mut whole = 0.0;
    let kept = found.into_iter().map(|(documents, piece, weight)| {
        let rarity = rarity(plan, documents);
        whole += rarity * weight;
        // A rare piece tells more than its rarity alone says: it is likelier to be what is meant
        (piece, weight * (rarity / most).sqrt())
    });
    (kept.collect(), whole)
}

/// The words that tell the first hits from others, without the query's own.
fn told(plan: &Plan<'_>, kept: &Pieces, telling: &[Vec<char>]) -> Vec<Box<dyn Query>> {
    let mut weights: BTreeMap<&[char], (f32, u64)> = BTreeMap::new();
    for text in telling {
        let mut own: BTreeMap<&[char], u64> = BTreeMap::new();
        for clause in text.split(|c| !c.is_alphanumeric() && *c != ' ') {
            let words = plan.words().of(clause).into_iter();
            own.extend(words.map(|(word, _, documents)| (word, documents)));
        }
        // What stands in one document alone finds no other
        own.retain(|word, documents| *documents > 1 && !kept.contains_key(*word));
        for (word, documents) in own {
            let slot = weights.entry(word).or_insert((0.0, documents));
            slot.0 += rarity(plan, documents);
        }
    }
    let mut weights: Vec<(&[char], (f32, u64))> = weights.into_iter().collect();
    weights.sort_by(|a, b| b.1.0.total_cmp(&a.1.0));
    weights.truncate(MOST_TOLD);
    let most = weights.first().map_or(1.0, |(_, (weight, _))| *weight);
    let mut cost = 0;
    let mut out = Vec::new();
    for (word, (weight, documents)) in weights {
        cost += documents;
        if cost <= COST && weight > 0.0 {
            out.push(boosted(plan.substring_of_all(word), TOLD * weight / most));
        }
    }
    out
}

#[allow(clippy::cast_precision_loss)]
fn rarity(plan: &Plan<'_>, documents: u64) -> f32 {
    let all = plan.searcher.num_docs().max(2) as f32;
    (all / documents.max(1) as f32).max(1.0).ln()
}
