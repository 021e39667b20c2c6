//! What sort of activity, and for whom: words of a taxonomy that a user can replace.

use crate::error::Error;
use serde::Deserialize;
use serde::de::Error as _;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::LazyLock;

const BUNDLED: &str = include_str!("taxonomy.toml");

static DEFAULT: LazyLock<Taxonomy> =
    LazyLock::new(|| Taxonomy::from_toml(BUNDLED).unwrap_or_default());

/// Kinds and audiences with the words that mark them.
#[derive(Clone, Debug, Default)]
pub struct Taxonomy {
    kinds: Vec<String>,
    audiences: Vec<String>,
    /// By the hash of their heads, the longest first; words of fewer than six bytes stand under 0.
    words: Vec<Word>,
    /// A bit for each hash of the six bytes (two Han characters) that a longer word begins with; empty without words.
    heads: Vec<u64>,
    /// How many words are shorter than a head.
    short: usize,
}

/// A word that marks a class. Each sort of classes is matched by itself, so that 进企业 marks both a kind and an audience.
#[derive(Clone, Debug)]
struct Word {
    head: usize,
    text: String,
    /// Whether it marks an audience rather than a kind.
    audience: bool,
    /// The class in its sort.
    class: usize,
}

/// What a text was found to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classes {
    /// 应急演练, 知识竞赛 … in the taxonomy's order.
    pub kinds: Vec<String>,
    /// 企业, 学校 … in the taxonomy's order.
    pub audiences: Vec<String>,
    /// The words that fired, each once: those of kinds, then those of audiences, each in the order of the text.
    pub words: Vec<String>,
}

/// The shape of a taxonomy file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    kind: Vec<Entry>,
    #[serde(default)]
    audience: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    words: Vec<String>,
}

impl Taxonomy {
    /// The taxonomy that comes with the program (`src/entity/taxonomy.toml`).
    #[must_use]
    pub fn bundled() -> &'static Self {
        &DEFAULT
    }

    /// Reads a taxonomy from TOML: `[[kind]]` and `[[audience]]`, each with a `name` and its `words`.
    ///
    /// ```
    /// use gongwen::entity::taxonomy::Taxonomy;
    /// let taxonomy = Taxonomy::from_toml("[[kind]]\nname = '应急演练'\nwords = ['演练']")?;
    /// assert_eq!(taxonomy.classify("组织一次疏散演练").kinds, ["应急演练"]);
    /// # Ok::<(), gongwen::error::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the text is no TOML of that shape, names a class twice, gives a class no words, or a word is
    /// empty or stands under two classes of one sort.
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        let file: File = toml::from_str(text).map_err(refuse)?;
        check("kind", &file.kind).map_err(refuse)?;
        check("audience", &file.audience).map_err(refuse)?;
        let mut out = Self::default();
        for (audience, entries) in [(false, file.kind), (true, file.audience)] {
            for (class, entry) in entries.into_iter().enumerate() {
                out.words.extend(entry.words.into_iter().map(|text| Word {
                    head: text.as_bytes().first_chunk().map_or(0, hash),
                    text,
                    audience,
                    class,
                }));
                let names = if audience {
                    &mut out.audiences
                } else {
                    &mut out.kinds
                };
                names.push(entry.name);
            }
        }
        let words = &mut out.words;
        words.sort_by_key(|w| (w.text.len() >= HEAD, w.head, Reverse(w.text.len())));
        out.short = words.partition_point(|w| w.text.len() < HEAD);
        if !words.is_empty() {
            out.heads = vec![0; HEADS / 64];
        }
        for word in &words[out.short..] {
            out.heads[word.head / 64] |= 1 << (word.head % 64);
        }
        Ok(out)
    }

    /// The kinds and audiences of one activity's text; of words that overlap the longest at the earliest
    /// place counts.
    #[must_use]
    pub fn classify(&self, text: &str) -> Classes {
        let mut found = Found {
            text: text.as_bytes(),
            fired: Vec::new(),
            past: [0; 2],
        };
        if !self.words.is_empty() {
            for (at, _) in text.char_indices() {
                self.mark(at, &mut found);
            }
        }
        found.fired.sort_unstable();
        let mut classes = Classes::default();
        let mut marked = [
            vec![false; self.kinds.len()],
            vec![false; self.audiences.len()],
        ];
        let mut seen = vec![false; self.words.len()];
        for (audience, _, n) in found.fired {
            let word = &self.words[n];
            marked[usize::from(audience)][word.class] = true;
            if !std::mem::replace(&mut seen[n], true) {
                classes.words.push(word.text.clone());
            }
        }
        let named = |names: &[String], marked: &[bool]| -> Vec<String> {
            let pairs = names.iter().zip(marked);
            pairs.filter(|(_, m)| **m).map(|(n, _)| n.clone()).collect()
        };
        classes.kinds = named(&self.kinds, &marked[0]);
        classes.audiences = named(&self.audiences, &marked[1]);
        classes
    }

    /// Marks the longest word of each sort that begins at `at`, unless one of the sort lies there already.
    #[inline]
    fn mark(&self, at: usize, found: &mut Found<'_>) {
        let rest = &found.text[at..];
        if let Some(head) = rest.first_chunk().map(hash)
            && self.heads[head / 64] >> (head % 64) & 1 == 1
        {
            let from = self.short + self.words[self.short..].partition_point(|w| w.head < head);
            let alike = self.words[from..].iter().take_while(|w| w.head == head);
            for (n, word) in alike.enumerate() {
                found.add(at, from + n, word);
            }
        }
        for (n, word) in self.words[..self.short].iter().enumerate() {
            found.add(at, n, word);
        }
    }
}

/// The words found so far.
struct Found<'t> {
    text: &'t [u8],
    /// Whether of audiences, where, and which word.
    fired: Vec<(bool, usize, usize)>,
    /// Where the last word of each sort ends.
    past: [usize; 2],
}

impl Found<'_> {
    fn add(&mut self, at: usize, n: usize, word: &Word) {
        let past = &mut self.past[usize::from(word.audience)];
        if at >= *past && self.text[at..].starts_with(word.text.as_bytes()) {
            *past = at + word.text.len();
            self.fired.push((word.audience, at, n));
        }
    }
}

/// Bytes of a head, and how many hashes there are.
const HEAD: usize = 6;
const HEADS: usize = 1 << 16;

fn hash(head: &[u8; HEAD]) -> usize {
    let [a, b, c, d, e, f] = *head;
    let n = u64::from_le_bytes([a, b, c, d, e, f, 0, 0]);
    // a multiplicative hash (Knuth, 6.4) by the golden ratio; its high bits are the best
    usize::try_from(n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48).unwrap_or(0)
}

fn check(sort: &str, entries: &[Entry]) -> Result<(), toml::de::Error> {
    let mut names = HashMap::new();
    let mut words: HashMap<&str, &str> = HashMap::new();
    for entry in entries {
        let name = entry.name.as_str();
        if name.trim().is_empty() {
            let message = format!("expected a name for every {sort}, found an empty one");
            return Err(toml::de::Error::custom(message));
        }
        if names.insert(name, ()).is_some() {
            let message = format!("expected each {sort} once, found {name} twice");
            return Err(toml::de::Error::custom(message));
        }
        if entry.words.is_empty() {
            let message = format!("expected words for the {sort} {name}, found none");
            return Err(toml::de::Error::custom(message));
        }
        for word in &entry.words {
            if word.trim().is_empty() {
                let message = format!("expected words for the {sort} {name}, found an empty one");
                return Err(toml::de::Error::custom(message));
            }
            if let Some(other) = words.insert(word, name) {
                let message = format!(
                    "expected the word {word} under one {sort}, found it under {other} and {name}"
                );
                return Err(toml::de::Error::custom(message));
            }
        }
    }
    Ok(())
}

fn refuse(cause: toml::de::Error) -> Error {
    Error::Taxonomy {
        cause: Box::new(cause),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        match Taxonomy::from_toml(text) {
            Ok(_) => String::from("accepted"),
            Err(e) => e.to_string(),
        }
    }

    #[test]
    fn the_bundled_one_is_whole() {
        assert!(Taxonomy::from_toml(BUNDLED).is_ok(), "{}", refusal(BUNDLED));
        assert!(Taxonomy::bundled().kinds.len() >= 20);
        assert!(Taxonomy::bundled().audiences.len() >= 12);
    }

    #[test]
    fn classes_in_the_order_of_the_taxonomy() {
        for (text, kinds, audiences) in [
            (
                "组织中小学生开展疏散演练和知识竞赛。",
                "应急演练 知识竞赛",
                "学校",
            ),
            (
                "举办启动仪式，设置咨询台，向市民发放宣传册。",
                "宣传咨询 启动仪式 资料发放",
                "公众",
            ),
            (
                "对在建工地和加油站开展隐患排查。",
                "隐患排查",
                "工地 重点场所",
            ),
            (
                "安全宣传进企业、进农村、进社区、进学校、进家庭。",
                "五进",
                "企业 学校 社区 农村 家庭",
            ),
            ("召开领导小组会议。", "", ""),
        ] {
            let classes = Taxonomy::bundled().classify(text);
            assert_eq!(classes.kinds.join(" "), kinds, "{text}");
            assert_eq!(classes.audiences.join(" "), audiences, "{text}");
        }
    }

    #[test]
    fn the_words_that_fired() {
        let classes = Taxonomy::bundled().classify("演练前先演练，再评估演练");
        assert_eq!(classes.words, ["演练"]);
    }

    #[test]
    fn a_bad_file_is_refused_with_its_fault() {
        for (text, fault) in [
            (
                "[[kind]]\nname = '甲'\nwords = ['a', 'a']",
                "found it under 甲 and 甲",
            ),
            (
                "[[kind]]\nname = '甲'\nwords = []",
                "expected words for the kind 甲, found none",
            ),
            (
                "[[audience]]\nname = '甲'\nwords = ['']",
                "found an empty one",
            ),
            (
                "[[kind]]\nname = '甲'\nwords = ['a']\n[[kind]]\nname = '甲'\nwords = ['b']",
                "found 甲 twice",
            ),
            (
                "[[kind]]\nname = ' '\nwords = ['a']",
                "expected a name for every kind",
            ),
            ("[[kinds]]\nname = '甲'", "unknown field `kinds`"),
            ("[[kind]]\nname = ", "line 2"),
            ("kind = 3", "the taxonomy cannot be read"),
        ] {
            let message = refusal(text);
            assert!(message.contains(fault), "{message}");
        }
    }

    #[test]
    fn words_of_any_length_and_script_are_found() {
        let file = "[[kind]]\nname = '甲'\nwords = ['VR', '练', '演练', '演练周', '𠀀']\n[[kind]]\nname = '乙'\nwords = ['演']";
        let taxonomy = Taxonomy::from_toml(file).unwrap_or_default();
        let words = |text| taxonomy.classify(text).words.join(" ");
        assert_eq!(words("演练周，VR演练，训练"), "演练周 VR 演练 练");
        assert_eq!(words("演"), "演");
        assert_eq!(words("𠀀V"), "𠀀");
        assert_eq!(taxonomy.classify("演𠀀").kinds, ["甲", "乙"]);
    }

    #[test]
    fn an_empty_taxonomy_finds_nothing() {
        let taxonomy = Taxonomy::from_toml("").unwrap_or_default();
        assert_eq!(taxonomy.classify("演练"), Classes::default());
    }
}
