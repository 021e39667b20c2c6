//! What stands for a word that is let go: its pairs of characters and words, and those of what is said in its place.

use super::plan::Plan;
use super::synonym::{self, Family};
use std::collections::BTreeMap;

/// How much what is said in place of a word counts beside it.
const SAME: f32 = 0.5;
/// How much what is near it in meaning counts.
const NEAR: f32 = 0.3;
/// The longest term, in characters, that has a family.
const LONGEST_TERM: usize = 16;

/// Runs of characters of which each alone tells something, and how much it counts.
pub(super) type Pieces = BTreeMap<Vec<char>, f32>;

/// The pieces of a run of characters.
pub(super) fn of(plan: &Plan<'_>, run: &[char]) -> Pieces {
    let mut out = Pieces::new();
    add(plan, run, 1.0, &mut out);
    for family in families(plan, run) {
        for other in &family.same {
            add(plan, other, SAME, &mut out);
        }
        for other in &family.near {
            add(plan, other, NEAR, &mut out);
        }
    }
    out
}

fn add(plan: &Plan<'_>, run: &[char], weight: f32, out: &mut Pieces) {
    let words = plan.words().of(run);
    let words = words.into_iter().map(|(word, ..)| word);
    for piece in run.windows(2).chain(words) {
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
