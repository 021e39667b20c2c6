//! What could be typed: names and words that begin so, and what was meant where nothing is found.

use super::plan::Plan;
use crate::index::fields::Body;
use crate::index::folded::Folded;
use crate::index::legend::{Facet, Legend};
use pinyin::ToPinyin;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashMap;
use tantivy::Searcher;

/// The most of one sort that are given.
pub const MOST: usize = 20;
/// The sort of words of the texts.
pub const WORD: &str = "word";
/// The longest word that is compared with what was typed.
const LONGEST: usize = 8;

/// Something that begins as was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Suggestion {
    /// As it is to be typed.
    pub value: String,
    /// `unit`, `issuer`, `campaign` or `word`.
    pub sort: &'static str,
    /// In how many documents a word stands; 0 for names, which are not counted.
    pub count: u64,
}

/// Names that hold what was typed, those that begin with it first, and words that begin so, the most frequent first.
pub(super) fn completions(
    plan: &Plan<'_>,
    legend: &Legend,
    typed: &str,
    most: usize,
) -> tantivy::Result<Vec<Suggestion>> {
    let wanted = Folded::new(typed).text();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let most = most.min(MOST);
    let of = |facet: Facet| {
        let places = legend.places(facet).iter();
        places.map(|place| legend.value(*place as usize))
    };
    let mut out = Vec::new();
    out.extend(names(of(Facet::Campaign), "campaign", &wanted, most));
    let units = legend.units().iter().map(String::as_str);
    out.extend(names(units, "unit", &wanted, most));
    out.extend(names(of(Facet::Issuer), "issuer", &wanted, most));
    let mut words: HashMap<String, u64> = HashMap::new();
    each_word(
        plan.searcher,
        plan.texts.words,
        Some(&wanted),
        |word, documents| {
            *words.entry(word.to_owned()).or_default() += documents;
        },
    )?;
    let mut words: Vec<(String, u64)> = words.into_iter().collect();
    words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    out.extend(
        words
            .into_iter()
            .take(most)
            .map(|(value, count)| Suggestion {
                value,
                sort: WORD,
                count,
            }),
    );
    Ok(out)
}

fn names<'n>(
    names: impl Iterator<Item = &'n str>,
    sort: &'static str,
    wanted: &str,
    most: usize,
) -> Vec<Suggestion> {
    let mut found: Vec<(usize, usize, &str)> = names
        .filter_map(|name| name.find(wanted).map(|at| (at, name.len(), name)))
        .collect();
    found.sort_unstable();
    found.truncate(most);
    let named = found.into_iter().map(|(_, _, name)| Suggestion {
        value: name.to_owned(),
        sort,
        count: 0,
    });
    named.collect()
}

/// The query with the words that nothing holds replaced by the likeliest that something holds; none when there are none.
pub(super) fn meant(plan: &Plan<'_>, query: &str) -> tantivy::Result<Option<String>> {
    let mut out = query.to_owned();
    let mut changed = false;
    for term in plan.reading.terms() {
        let sought = plan.reading.sought(term);
        for chunk in &sought.chunks {
            let typed: String = chunk.iter().collect();
            let is_fit = (2..=LONGEST).contains(&chunk.len()) && out.contains(&typed);
            if !is_fit || plan.documents_with(chunk) > 0 {
                continue;
            }
            if let Some(word) = likeliest(plan, chunk)? {
                out = out.replace(&typed, &word);
                changed = true;
            }
        }
    }
    Ok(changed.then_some(out))
}

/// The word that sounds the same or is one character off; among equals the most frequent.
fn likeliest(plan: &Plan<'_>, typed: &[char]) -> tantivy::Result<Option<String>> {
    let sounds: Vec<u64> = typed.iter().map(|c| sound(*c)).collect();
    let mut best: Option<((u32, u64), String)> = None;
    each_word(plan.searcher, plan.texts.words, None, |word, documents| {
        let length = word.chars().count();
        if length.abs_diff(typed.len()) > 1 {
            return;
        }
        let same_place = typed.iter().zip(word.chars()).filter(|(a, b)| **a == *b);
        let same_place = same_place.count();
        if same_place == length.max(typed.len()) {
            return;
        }
        let alike = length == typed.len()
            && typed
                .iter()
                .zip(&sounds)
                .zip(word.chars())
                .all(|((c, known), other)| *c == other || *known == sound(other));
        let is_close = typed.len() > 2 && distance(typed, &word.chars().collect::<Vec<_>>()) == 1;
        let kinship = match (alike, is_close) {
            (true, _) => 100 + u32::try_from(same_place).unwrap_or(0),
            (false, true) => 1 + u32::try_from(same_place).unwrap_or(0),
            _ => return,
        };
        let rank = (kinship, documents);
        if best.as_ref().is_none_or(|(known, _)| rank > *known) {
            best = Some((rank, word.to_owned()));
        }
    })?;
    Ok(best.map(|(_, word)| word))
}

/// A syllable without its tone, with the sounds that many confuse made one: zh and z, ng and n, l and n; its letters in one number.
/// A character without a syllable stands for itself.
fn sound(c: char) -> u64 {
    let Some(pinyin) = c.to_pinyin() else {
        return u64::from(u32::from(c)) << 32;
    };
    let plain = pinyin.plain().as_bytes();
    let plain = plain.strip_suffix(b"g").unwrap_or(plain);
    let mut out = 0;
    for (at, letter) in plain.iter().enumerate() {
        let letter = match letter {
            b'h' if at == 1 => continue,
            b'l' if at == 0 => b'n',
            letter => *letter,
        };
        out = out << 8 | u64::from(letter);
    }
    out
}

/// Levenshtein's distance.
#[must_use]
pub fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// Each word of a body, all or those that begin so, with its documents in a field of a segment.
fn each_word(
    searcher: &Searcher,
    body: Body,
    prefix: Option<&str>,
    mut each: impl FnMut(&str, u64),
) -> tantivy::Result<()> {
    let readers = searcher.segment_readers().iter();
    for (reader, field) in readers.flat_map(|r| body.fields().map(move |field| (r, field))) {
        let lists = reader.inverted_index(field)?;
        let terms = lists.terms();
        let mut stream = match prefix {
            Some(prefix) => terms.range().ge(prefix).into_stream()?,
            None => terms.stream()?,
        };
        while stream.advance() {
            let word = std::str::from_utf8(stream.key()).unwrap_or_default();
            if prefix.is_some_and(|prefix| !word.starts_with(prefix)) {
                break;
            }
            each(word, u64::from(stream.value().doc_freq));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sounds_alike() {
        let of = |text: &str| text.chars().map(sound).collect::<Vec<u64>>();
        assert_eq!(of("演练"), of("演炼"));
        assert_eq!(of("竞赛"), of("静赛"));
        assert_eq!(of("森林"), of("深临"));
        assert_ne!(of("演练"), of("宣传"));
    }
}
