//! Precedents: who has done such a thing before, and what of it is the same.
//!
//! A clause is told by its words, the rarer the more. What stands word for word in many other documents is
//! boilerplate and weighs little. Copies of one activity are one precedent with their number.

use super::answer::{Fragment, Hit};
use super::plan::{Plan, body_query};
use super::snippet;
use crate::entity::taxonomy::Taxonomy;
use crate::index::Entry;
use crate::index::fields::Body;
use crate::index::folded::Folded;
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use tantivy::DocAddress;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, BoostQuery, Query};

/// The most characters of a clause that are read.
pub const MAX_CLAUSE: usize = 20_000;
/// The most words that candidates are sought by.
const MOST_WORDS: usize = 32;
/// The most clauses whose copies are counted.
const MOST_CLAUSES: usize = 48;
/// How many candidates are compared with the clause.
pub(super) const CANDIDATES: usize = 200;
/// A clause that stands in so many documents has half its weight.
const COPIES: f64 = 10.0;
/// Texts that share so much of their runs of four characters are copies.
const COPY: f64 = 0.7;
/// The shortest run of characters that is marked as the same.
const RUN: usize = 6;
/// The most ids of copies that are given.
const MOST_COPIES: usize = 20;

/// What precedents are sought for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// An activity or a notice of the archive; others of its notice are no precedents.
    Id(String),
    /// A clause as somebody pasted it.
    Clause(String),
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Precedents {
    /// The words that precedents were sought by, the weightiest first.
    pub words: Vec<String>,
    /// The best first.
    pub hits: Vec<Precedent>,
}

/// One precedent.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Precedent {
    /// The activity or notice; its snippet marks what is shared.
    #[serde(flatten)]
    pub hit: Hit,
    /// From 0, nothing alike, to 1, word for word.
    pub similarity: f64,
    /// What it has in common with the basis.
    pub shared: Shared,
    /// How many copies of it are folded under it.
    pub copies: usize,
    /// Their ids, the first of them.
    pub copy_ids: Vec<String>,
}

/// What two activities have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Shared {
    /// The weightiest first.
    pub words: Vec<String>,
    /// Kinds of activity.
    pub kinds: Vec<String>,
    /// For whom.
    pub audiences: Vec<String>,
    /// Canonical departments.
    pub functions: Vec<String>,
    /// The campaign.
    pub campaign: Option<String>,
}

/// The basis, read against an index.
pub(super) struct Model {
    words: Vec<Weighed>,
    total: f64,
    chars: Vec<char>,
    pairs: HashSet<[char; 2]>,
    /// Where each run of three characters begins.
    runs: HashMap<[char; 3], Vec<usize>>,
    kinds: Vec<String>,
    audiences: Vec<String>,
    functions: Vec<String>,
    campaign: Option<String>,
}

struct Weighed {
    word: Vec<char>,
    body: Body,
    weight: f64,
}

/// A candidate that was compared.
pub(super) struct Compared {
    pub(super) entry: Entry,
    pub(super) similarity: f64,
    pub(super) shared: Shared,
    pub(super) snippet: Vec<Fragment>,
    shingles: HashSet<u64>,
}

impl Model {
    /// Reads a clause; `entry` is what the archive knows of it.
    pub(super) fn new(plan: &Plan<'_>, text: &str, entry: Option<&Entry>) -> tantivy::Result<Self> {
        let text: String = text.chars().take(MAX_CLAUSE).collect();
        let chars = Folded::new(&text).chars;
        let known = plan.words();
        let documents = plan.documents()?;
        let mut weights: HashMap<Vec<char>, (Body, f64)> = HashMap::new();
        let clauses = chars.split(|c| !c.is_alphanumeric() && *c != ' ');
        let mut counted = 0;
        for clause in clauses.filter(|clause| clause.len() > 1) {
            let words = known.of(clause);
            // A short clause is a turn of phrase or a name; whether it is boilerplate its words say already
            let mut common = 1.0;
            if clause.len() >= 8 && counted < MOST_CLAUSES {
                counted += 1;
                let copies = documents_with(plan, clause)?;
                common = 1.0 / (1.0 + copies.saturating_sub(1) as f64 / COPIES);
            }
            for (word, body, found) in words {
                let rarity = rarity(documents, found) * common;
                let slot = weights.entry(word.to_vec()).or_insert((body, 0.0));
                slot.1 = slot.1.max(rarity);
            }
        }
        let mut words: Vec<Weighed> = weights
            .into_iter()
            .map(|(word, (body, weight))| Weighed { word, body, weight })
            .collect();
        words.sort_unstable_by(|a, b| {
            b.weight
                .total_cmp(&a.weight)
                .then_with(|| a.word.cmp(&b.word))
        });
        words.truncate(2 * MOST_WORDS);
        let classes = Taxonomy::bundled().classify(&text);
        let pick = |of: fn(&Entry) -> Vec<String>, or: Vec<String>| entry.map_or(or, of);
        let mut runs: HashMap<[char; 3], Vec<usize>> = HashMap::new();
        for (at, run) in chars.windows(3).enumerate() {
            let places = runs.entry([run[0], run[1], run[2]]).or_default();
            if places.len() < 8 {
                places.push(at);
            }
        }
        Ok(Self {
            total: words.iter().map(|w| w.weight).sum(),
            pairs: chars.windows(2).map(|p| [p[0], p[1]]).collect(),
            kinds: pick(|e| e.kinds.clone(), classes.kinds),
            audiences: pick(|e| e.audiences.clone(), classes.audiences),
            functions: pick(functions, Vec::new()),
            campaign: entry.and_then(|e| e.campaign.clone()),
            words,
            chars,
            runs,
        })
    }

    /// The words that candidates are sought by, the weightiest first.
    pub(super) fn words(&self) -> Vec<String> {
        let words = self.words.iter().take(MOST_WORDS);
        words.map(|w| w.word.iter().collect()).collect()
    }

    /// Documents that share words, those that share the weightiest first.
    pub(super) fn candidates(&self, plan: &Plan<'_>) -> tantivy::Result<Vec<DocAddress>> {
        let mut any: Vec<Box<dyn Query>> = Vec::new();
        for weighed in self.words.iter().take(MOST_WORDS) {
            let query = body_query(weighed.body, &weighed.word);
            #[allow(clippy::cast_possible_truncation)]
            let share = (weighed.weight / self.total.max(f64::MIN_POSITIVE)) as f32;
            any.push(Box::new(BoostQuery::new(query, share)));
        }
        if any.is_empty() {
            return Ok(Vec::new());
        }
        let top = TopDocs::with_limit(CANDIDATES).order_by_score();
        let found = plan.searcher.search(&BooleanQuery::union(any), &top)?;
        Ok(found.into_iter().map(|(_, address)| address).collect())
    }

    /// A candidate beside the basis; none when they share nothing that weighs.
    pub(super) fn compared(&self, entry: Entry) -> Option<Compared> {
        let folded = Folded::new(&entry.text);
        let pairs: HashSet<[char; 2]> = folded.chars.windows(2).map(|p| [p[0], p[1]]).collect();
        let mut weight = 0.0;
        let mut marks: Vec<(usize, usize)> = Vec::new();
        let mut words = Vec::new();
        for weighed in &self.words {
            let found = match weighed
                .word
                .windows(2)
                .all(|p| pairs.contains(&[p[0], p[1]]))
            {
                true => folded.find(&weighed.word),
                false => Vec::new(),
            };
            if !found.is_empty() {
                weight += weighed.weight;
                words.push(weighed.word.iter().collect());
                marks.extend(found);
            }
        }
        if weight <= 0.0 {
            return None;
        }
        let runs = self.runs_shared(&folded.chars);
        // A run is marked where it holds a word that weighs; a boilerplate sentence alone is not
        let telling = self.words.iter().take(MOST_WORDS).map(|w| w.weight);
        let least = telling.fold(0.0, f64::max) / 4.0;
        let strong: Vec<(usize, usize)> = self
            .words
            .iter()
            .filter(|w| w.weight >= least)
            .flat_map(|w| folded.find(&w.word))
            .collect();
        marks.extend(
            runs.into_iter()
                .filter(|(from, to)| strong.iter().any(|(start, end)| from <= start && end <= to)),
        );
        let marks: Vec<(usize, usize)> = marks
            .into_iter()
            .map(|(from, to)| folded.original(from, to))
            .collect();
        let common = self.pairs.intersection(&pairs).count();
        #[allow(clippy::cast_precision_loss)]
        let dice = 2.0 * common as f64 / (self.pairs.len() + pairs.len()).max(1) as f64;
        let shared = Shared {
            words,
            kinds: both(&self.kinds, &entry.kinds),
            audiences: both(&self.audiences, &entry.audiences),
            functions: both(&self.functions, &functions(&entry)),
            campaign: entry
                .campaign
                .clone()
                .filter(|name| self.campaign.as_ref() == Some(name)),
        };
        let kin = |shared: &[String], own: &[String]| match own.is_empty() {
            true => dice,
            false => f64::from(u8::from(!shared.is_empty())),
        };
        let similarity = 0.6 * weight / self.total.max(f64::MIN_POSITIVE)
            + 0.25 * dice
            + 0.1 * kin(&shared.kinds, &self.kinds)
            + 0.05 * kin(&shared.functions, &self.functions);
        Some(Compared {
            snippet: snippet::around(&entry.text, entry.start, &marks),
            shingles: shingles(&folded.chars),
            entry,
            similarity: (similarity.min(1.0) * 1000.0).round() / 1000.0,
            shared,
        })
    }

    /// Maximal runs of the candidate that stand in the basis too.
    fn runs_shared(&self, chars: &[char]) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        let mut at = 0;
        while at + 3 <= chars.len() {
            let key = [chars[at], chars[at + 1], chars[at + 2]];
            let places = self.runs.get(&key).map_or(&[][..], Vec::as_slice);
            let longest = places
                .iter()
                .map(|place| {
                    let here = chars[at..].iter();
                    here.zip(&self.chars[*place..])
                        .take_while(|(a, b)| a == b)
                        .count()
                })
                .max()
                .unwrap_or(0);
            if longest >= RUN {
                out.push((at, at + longest));
                at += longest;
            } else {
                at += 1;
            }
        }
        out
    }
}

/// In how many documents a clause stands word for word.
fn documents_with(plan: &Plan<'_>, clause: &[char]) -> tantivy::Result<usize> {
    plan.searcher.search(&plan.substring_of_all(clause), &Count)
}

/// The best first, copies folded under the best of them.
pub(super) fn folded(mut compared: Vec<Compared>, size: usize) -> Vec<(Compared, Vec<String>)> {
    compared.sort_by(|a, b| {
        let newest = Reverse(a.entry.issued).cmp(&Reverse(b.entry.issued));
        b.similarity
            .total_cmp(&a.similarity)
            .then(newest)
            .then_with(|| a.entry.id.cmp(&b.entry.id))
    });
    let mut out: Vec<(Compared, Vec<String>)> = Vec::new();
    for candidate in compared {
        let kept = out
            .iter()
            .position(|(kept, _)| alike(&kept.shingles, &candidate.shingles));
        match kept {
            Some(at) => out[at].1.push(candidate.entry.id),
            None if out.len() < size => out.push((candidate, Vec::new())),
            None => {}
        }
    }
    out
}

/// A precedent of its hit.
pub(super) fn precedent(compared: Compared, copies: &[String], hit: Hit) -> Precedent {
    Precedent {
        hit: Hit {
            snippet: compared.snippet,
            score: compared.similarity,
            ..hit
        },
        similarity: compared.similarity,
        shared: compared.shared,
        copies: copies.len(),
        copy_ids: copies.iter().take(MOST_COPIES).cloned().collect(),
    }
}

/// The weight of a word in so many of all documents.
#[allow(clippy::cast_precision_loss)]
fn rarity(documents: u64, found: u64) -> f64 {
    let (all, found) = (documents as f64, found as f64);
    (1.0 + (all - found).max(0.0) / (found + 0.5)).ln()
}

fn functions(entry: &Entry) -> Vec<String> {
    let named = entry.units.iter().filter_map(|unit| unit.function.clone());
    let mut out: Vec<String> = named.collect();
    out.sort_unstable();
    out.dedup();
    out
}

fn both(a: &[String], b: &[String]) -> Vec<String> {
    a.iter()
        .filter(|value| b.contains(value))
        .cloned()
        .collect()
}

/// Runs of four characters, as numbers.
fn shingles(chars: &[char]) -> HashSet<u64> {
    let solid: Vec<char> = chars
        .iter()
        .copied()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let number = |run: &[char]| {
        run.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, c| {
            (hash ^ u64::from(u32::from(*c))).wrapping_mul(0x100_0000_01b3)
        })
    };
    match solid.len() {
        0..4 => HashSet::from([number(&solid)]),
        _ => solid.windows(4).map(number).collect(),
    }
}

#[allow(clippy::cast_precision_loss)]
fn alike(a: &HashSet<u64>, b: &HashSet<u64>) -> bool {
    let (small, great) = (a.len().min(b.len()), a.len().max(b.len()));
    // Too different in length to be copies
    if (small as f64) < COPY * great as f64 {
        return false;
    }
    let common = a.intersection(b).count();
    common as f64 >= COPY * (a.len() + b.len() - common) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_told_by_their_runs() {
        let of = |text: &str| shingles(&Folded::new(text).chars);
        let a = of("组织全镇中小学开展防震疏散演练，检验预案。");
        assert!(alike(&a, &of("组织全镇中小学 开展防震疏散演练；检验预案")));
        assert!(!alike(&a, &of("组织全镇企业开展安全知识竞赛，评选标兵。")));
        assert!(!alike(&of(""), &a));
        assert!(alike(&of("甲"), &of("甲")));
    }

    #[test]
    fn rare_words_weigh_more() {
        assert!(rarity(1000, 1) > rarity(1000, 100));
        assert!(rarity(1000, 1000) < 0.001);
        assert!(rarity(0, 0) >= 0.0);
    }
}
