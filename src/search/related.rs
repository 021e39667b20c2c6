//! What answers a query in part, shown after the hits where these do not fill the first page.
//!
//! What must hold still does: filters, fields, phrases in quotes, and nothing that a NOT forbids. Only words that stand
//! freely are let go: each of their pairs of characters, and each word of the index within them, weighs by how few
//! documents have it. These documents are no hits: they are not counted.

use super::field::Field;
use super::filter::{either, unscored};
use super::plan::{Mode, Plan, conjunction};
use super::query::{Node, Term};
use super::rank;
use crate::index::folded::Folded;
use std::collections::{BTreeSet, HashSet};
use tantivy::DocAddress;
use tantivy::collector::TopDocs;
use tantivy::query::{Occur, Query};

/// The least share of what the whole query weighs that a document must have.
const SHARE: f32 = 0.05;
/// The most pieces of a query that are asked for, the rarest first.
const PIECES: usize = 24;
/// What the documents of all pieces may come to, the rarest first: more would take long, and what many documents have
/// tells little.
const COST: u64 = 150_000;

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
    let mut out = Vec::new();
    for (_, plan) in plan.kinds() {
        let Some((question, least)) = question(&plan) else {
            continue;
        };
        let top = TopDocs::with_limit(rank::WINDOW + known.len()).order_by_score();
        let mut found = plan.searcher.search(&question, &top)?;
        found.retain(|(score, address)| *score >= least && !known.contains(address));
        out.extend(rank::ranked(plan.searcher, &found)?);
    }
    out.sort_unstable();
    out.truncate(most);
    Ok(out
        .into_iter()
        .map(|hit| (hit.address, hit.order))
        .collect())
}

/// What is asked of one kind of document, and the least score of what is of use; none where no word stands freely.
fn question(plan: &Plan<'_>) -> Option<(Box<dyn Query>, f32)> {
    let nodes: &[Node] = match &plan.reading.node {
        Node::And(nodes) => nodes,
        node => std::slice::from_ref(node),
    };
    let (free, bound): (Vec<&Node>, Vec<&Node>) = nodes.iter().partition(|n| is_free(n));
    let (pieces, whole) = pieces(plan, &free);
    if pieces.is_empty() {
        return None;
    }
    let mut clauses = plan.narrowed(None);
    clauses.extend(bound.into_iter().flat_map(|node| {
        let clauses = plan.conjuncts(node, Mode::Exact).into_iter();
        // What every one of them holds tells none apart
        clauses.map(|(occur, query)| (occur, unscored(query)))
    }));
    clauses.push((Occur::Must, either(pieces)));
    Some((conjunction(clauses), whole * SHARE))
}

/// Whether a node is a word that stands freely, of two characters and more.
fn is_free(node: &Node) -> bool {
    matches!(node, Node::Term(Term { field: Field::Any, exact: false, text })
        if text.chars().nth(1).is_some())
}

/// What stands for the words, and how much all of it weighs together.
fn pieces(plan: &Plan<'_>, free: &[&Node]) -> (Vec<Box<dyn Query>>, f32) {
    let mut known: BTreeSet<Vec<char>> = BTreeSet::new();
    for node in free {
        let Node::Term(term) = node else { continue };
        let sought = plan.reading.sought(term);
        let runs = [Folded::new(&term.text).chars].into_iter();
        for run in runs.chain(sought.synonyms) {
            known.extend(run.windows(2).map(<[char]>::to_vec));
            let words = plan.words().of(&run).into_iter();
            known.extend(words.map(|(word, ..)| word.to_vec()));
        }
    }
    #[allow(clippy::cast_precision_loss)]
    let all = plan.searcher.num_docs().max(1) as f32;
    let mut weighed: Vec<(u64, Vec<char>)> = known
        .into_iter()
        .map(|piece| (plan.documents_with(&piece), piece))
        .filter(|(documents, _)| *documents > 0)
        .collect();
    weighed.sort();
    weighed.truncate(PIECES);
    let mut cost = 0;
    let within = weighed.iter().take_while(|(documents, _)| {
        cost += documents;
        cost <= COST
    });
    // The two rarest in any case
    let kept = within.count().max(2);
    weighed.truncate(kept);
    let mut whole = 0.0;
    let queries = weighed.into_iter().map(|(documents, piece)| {
        #[allow(clippy::cast_precision_loss)]
        let rarity = (all / documents as f32).max(1.0).ln();
        whole += rarity;
        plan.piece(&piece)
    });
    (queries.collect(), whole)
}
