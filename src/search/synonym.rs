//! What is said in place of a term: families from a data file, used when a question is asked.

use crate::index::folded::Folded;
use std::collections::HashMap;
use std::sync::LazyLock;

const FAMILIES: &str = include_str!("synonyms.txt");
/// In how many families of what is near a word may stand that is widened by all of them.
const FAMILIES_OF_ONE: usize = 3;
/// The most that is near one word, of the families that it heads before others.
const MOST_NEAR: usize = 16;

/// What stands for a term, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Family {
    /// What is said in its place: it finds the same.
    pub(super) same: Vec<Vec<char>>,
    /// What is near it in meaning: sought among what is related alone.
    pub(super) near: Vec<Vec<char>>,
}

/// What stands for a term; none for most terms.
pub(super) fn of(term: &[char]) -> Option<&'static Family> {
    static KNOWN: LazyLock<HashMap<Vec<char>, Family>> = LazyLock::new(|| read(FAMILIES));
    KNOWN.get(term)
}

/// A family a line. `A = B = C`: each stands for the others. `A > B C`: A stands for B and C, not they for A.
/// `A ~ B ~ C`: each is near the others; but a word that stands in many families says little of any one of them, so it
/// is sought for the others, and widened by those families alone that it heads.
fn read(text: &str) -> HashMap<Vec<char>, Family> {
    let mut out: HashMap<Vec<char>, Family> = HashMap::new();
    let folded = |word: &str| Folded::new(word.trim()).chars;
    let mut near: Vec<Vec<Vec<char>>> = Vec::new();
    for line in text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        if let Some((one, many)) = line.split_once('>') {
            let one = folded(one);
            for other in many.split_whitespace().map(folded) {
                out.entry(one.clone()).or_default().put(&one, &other, false);
            }
        } else if line.contains('~') {
            near.push(line.split('~').map(folded).collect());
        } else {
            let family: Vec<Vec<char>> = line.split('=').map(folded).collect();
            for member in &family {
                let own = out.entry(member.clone()).or_default();
                family
                    .iter()
                    .for_each(|other| own.put(member, other, false));
            }
        }
    }
    let mut families: HashMap<&[char], usize> = HashMap::new();
    for member in near.iter().flatten() {
        *families.entry(member).or_default() += 1;
    }
    let heads = near.iter().map(|family| (family, &family[..1]));
    let others = near.iter().map(|family| (family, &family[1..]));
    for (family, members) in heads.chain(others) {
        for member in members {
            if member == &family[0] || families[member.as_slice()] <= FAMILIES_OF_ONE {
                let own = out.entry(member.clone()).or_default();
                family.iter().for_each(|other| own.put(member, other, true));
            }
        }
    }
    out
}

impl Family {
    /// Takes another member up, where the term itself does not find what it finds.
    fn put(&mut self, term: &[char], other: &[char], is_near: bool) {
        let found = term.is_empty() || other.windows(term.len()).any(|run| run == term);
        let list = match is_near {
            true => &mut self.near,
            false => &mut self.same,
        };
        let is_full = is_near && list.len() >= MOST_NEAR;
        if !found && !is_full && !list.iter().any(|known| known == other) {
            list.push(other.to_vec());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::tokenizer::{Dictionary, Words};
    use std::collections::HashSet;
    use tantivy::tokenizer::{TokenStream, Tokenizer};

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn families_one_way_and_near() {
        let known = read("# 说明\n甲乙 = 丙丁\n五进 > 进企业 进学校\n甲乙 ~ 戊己\n");
        assert_eq!(known[&chars("甲乙")].same, [chars("丙丁")]);
        assert_eq!(known[&chars("甲乙")].near, [chars("戊己")]);
        assert_eq!(known[&chars("丙丁")].same, [chars("甲乙")]);
        assert!(known[&chars("丙丁")].near.is_empty());
        let five = &known[&chars("五进")].same;
        assert_eq!(*five, [chars("进企业"), chars("进学校")]);
        assert!(!known.contains_key(&chars("进企业")));
    }

    #[test]
    fn a_word_of_many_families_is_widened_by_those_that_it_heads() {
        let many = "甲乙 ~ 培训\n丙丁 ~ 培训\n戊己 ~ 培训\n庚辛 ~ 培训\n培训 ~ 讲座\n";
        let known = read(many);
        assert_eq!(known[&chars("培训")].near, [chars("讲座")]);
        assert_eq!(known[&chars("戊己")].near, [chars("培训")]);
        assert_eq!(known[&chars("讲座")].near, [chars("培训")]);
        let few = read("甲乙 ~ 培训\n培训 ~ 讲座\n");
        assert_eq!(few[&chars("培训")].near, [chars("讲座"), chars("甲乙")]);
    }

    #[test]
    fn what_holds_the_term_is_found_by_it_already() {
        let known = read("国家安全教育日 = 全民国家安全教育日\n");
        assert!(known[&chars("国家安全教育日")].same.is_empty());
        let whole = &known[&chars("全民国家安全教育日")].same;
        assert_eq!(*whole, [chars("国家安全教育日")]);
    }

    #[test]
    fn the_file_is_read() {
        assert!(of(&chars("安委办")).is_some());
        assert!(of(&chars("捕鲸")).is_none());
    }

    /// What is no word of the dictionary would never be found.
    #[test]
    fn two_characters_are_a_word() {
        let mut words = Words::new(&Dictionary::default());
        let families = read(FAMILIES).into_values();
        for other in families.flat_map(|family| family.same) {
            if other.len() != 2 {
                continue;
            }
            // Where a reader would cut it too, not only by itself
            let shown: String = other.iter().collect();
            for text in [shown.clone(), format!("做好{shown}工作")] {
                let mut cut = words.token_stream(&text);
                let mut is_word = false;
                while let Some(token) = cut.next() {
                    is_word |= token.text == shown;
                }
                assert!(is_word, "{shown} in {text}");
            }
        }
    }

    #[test]
    fn the_file_is_in_order() {
        let mut lines = HashSet::new();
        for line in FAMILIES.lines().filter(|line| !line.starts_with('#')) {
            assert!(
                line.is_empty() || lines.insert(line),
                "{line} stands there twice"
            );
            let signs = line.matches(['=', '~', '>']).collect::<HashSet<_>>();
            assert!(line.is_empty() || signs.len() == 1, "{line}");
        }
        for (term, family) in read(FAMILIES) {
            let shown: String = term.iter().collect();
            assert!(!term.is_empty(), "a member without characters");
            assert!(family.same.len() <= 8, "{shown} has too many of its like");
            assert!(family.near.len() <= 16, "{shown} has too much near it");
            for other in family.same.iter().chain(&family.near) {
                // A single character stands almost anywhere
                assert!(other.len() > 1, "{shown}: {other:?}");
            }
        }
    }
}
