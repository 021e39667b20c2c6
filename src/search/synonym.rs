//! What is said in place of a term: pairs and families from a data file, used when a question is asked.

use crate::index::folded::Folded;
use std::collections::HashMap;
use std::sync::LazyLock;

const FAMILIES: &str = include_str!("synonyms.txt");

/// The other members of a term's family, folded; none for most terms.
pub(super) fn of(term: &[char]) -> Vec<Vec<char>> {
    static KNOWN: LazyLock<HashMap<Vec<char>, Vec<Vec<char>>>> = LazyLock::new(|| read(FAMILIES));
    KNOWN.get(term).cloned().unwrap_or_default()
}

/// A family a line. `A = B = C`: each stands for the others. `A > B C`: A stands for B and C, not they for A.
fn read(text: &str) -> HashMap<Vec<char>, Vec<Vec<char>>> {
    let mut out: HashMap<Vec<char>, Vec<Vec<char>>> = HashMap::new();
    let folded = |word: &str| Folded::new(word.trim()).chars;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((one, many)) = line.split_once('>') {
            let many = many.split_whitespace().map(folded);
            out.entry(folded(one)).or_default().extend(many);
            continue;
        }
        let family: Vec<Vec<char>> = line.split('=').map(folded).collect();
        for member in &family {
            let others = family.iter().filter(|m| *m != member && !m.is_empty());
            out.entry(member.clone())
                .or_default()
                .extend(others.cloned());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_and_one_way() {
        let known = read("# 说明\n甲乙 = 丙丁\n五进 > 进企业 进学校\n");
        let chars = |text: &str| text.chars().collect::<Vec<char>>();
        assert_eq!(known[&chars("甲乙")], [chars("丙丁")]);
        assert_eq!(known[&chars("丙丁")], [chars("甲乙")]);
        assert_eq!(known[&chars("五进")], [chars("进企业"), chars("进学校")]);
        assert!(!known.contains_key(&chars("进企业")));
    }

    #[test]
    fn the_file_is_read() {
        let asked: Vec<char> = "安委办".chars().collect();
        assert!(!of(&asked).is_empty());
        let none: Vec<char> = "捕鲸".chars().collect();
        assert!(of(&none).is_empty());
    }
}
