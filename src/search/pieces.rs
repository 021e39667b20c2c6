//! What stands for a word that is let go: its pairs of characters and words, and those of what is said in its place.

use super::plan::Plan;
use super::synonym::{self, Family};
use std::collections::BTreeMap;

/// How much a piece of the word itself counts.
pub(super) const OWN: f32 = 1.0;
/// How much what is said in place of a word counts beside it.
const SAME: f32 = 0.5;
/// How much what is near it in meaning counts,
const NEAR: f32 = 0.3;
/// and from how many on the less: the more there is, the less is told by each.
const MANY: f32 = 8.0;
/// The longest term, in characters, that has a family.
const LONGEST_TERM: usize = 16;

/// Runs of characters of which each alone tells something, and how much it counts.
pub(super) type Pieces = BTreeMap<Vec<char>, f32>;

/// The pieces of a run of characters.
pub(super) fn of(plan: &Plan<'_>, run: &[char]) -> Pieces {
    let mut out = Pieces::new();
    let words = plan.words().of(run).into_iter();
    add(
        run.windows(2).chain(words.map(|word| word.0)),
        OWN,
        &mut out,
    );
    for family in families(plan, run) {
        #[allow(clippy::cast_precision_loss)]
        let share = (MANY / family.near.len().max(1) as f32).min(1.0);
        let same = family.same.iter().map(|other| (other, SAME));
        let near = family.near.iter().map(|other| (other, NEAR * share));
        for (other, weight) in same.chain(near) {
            add(within_words(plan, other), weight, &mut out);
            let words = plan.words().of(other).into_iter();
            add(words.map(|word| word.0), weight, &mut out);
        }
    }
    out
}

/// The pairs of a run but those that go over from one word to the next, which say nothing of what was not asked for
/// itself. A single character is a word to no index, so it stays with what is beside it.
fn within_words<'r>(plan: &Plan<'_>, run: &'r [char]) -> impl Iterator<Item = &'r [char]> {
    let mut between = Vec::new();
    let mut at = 0;
    for two in plan.words().cut(run).windows(2) {
        at += two[0].len();
        if two.iter().all(|word| word.len() > 1) {
            between.push(at);
        }
    }
    let pairs = (1..).zip(run.windows(2));
    pairs.filter_map(move |(middle, pair)| (!between.contains(&middle)).then_some(pair))
}

fn add<'p>(pieces: impl Iterator<Item = &'p [char]>, weight: f32, out: &mut Pieces) {
    for piece in pieces {
        let known = out.entry(piece.to_vec()).or_default();
        *known = known.max(weight);
    }
}

/// The families of what a run is made of: the longest first, from where a word begins to where one ends.
fn families(plan: &Plan<'_>, run: &[char]) -> Vec<&'static Family> {
    let mut bounds = vec![0];
    let mut end = 0;
    for word in plan.words().cut(run) {
        end += word.len();
        bounds.push(end);
    }
    let mut out = Vec::new();
    let mut at = 0;
    while at + 1 < bounds.len() {
        let from = bounds[at];
        let near = bounds.partition_point(|bound| bound - from.min(*bound) <= LONGEST_TERM);
        let mut ends = (at + 1..near).rev();
        let found = ends.find_map(|end| Some((end, synonym::of(&run[from..bounds[end]])?)));
        at = match found {
            Some((end, family)) => {
                out.push(family);
                end
            }
            None => at + 1,
        };
    }
    out
}
