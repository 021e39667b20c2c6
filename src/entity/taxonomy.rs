//! What sort of activity, and for whom: words of a taxonomy that a user can replace.

use crate::error::Error;
use aho_corasick::AhoCorasick;
use aho_corasick::AhoCorasickKind;
use aho_corasick::MatchKind;
use serde::Deserialize;
use serde::de::Error as _;
use std::collections::HashMap;
use std::sync::LazyLock;

const BUNDLED: &str = include_str!("taxonomy.toml");

static DEFAULT: LazyLock<Taxonomy> =
    LazyLock::new(|| Taxonomy::from_toml(BUNDLED).unwrap_or_default());

/// Kinds and audiences with the words that mark them.
#[derive(Clone, Debug, Default)]
pub struct Taxonomy {
    kinds: Classifier,
    audiences: Classifier,
}

/// The classes of one sort. Each sort has its own matcher, so that 进企业 marks both a kind and an audience.
#[derive(Clone, Debug, Default)]
struct Classifier {
    names: Vec<String>,
    /// None when there is no word.
    words: Option<AhoCorasick>,
    /// The class of each word.
    classes: Vec<usize>,
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
        Ok(Self {
            kinds: Classifier::new("kind", file.kind).map_err(refuse)?,
            audiences: Classifier::new("audience", file.audience).map_err(refuse)?,
        })
    }

    /// The kinds and audiences of one activity's text; of words that overlap the longest at the earliest
    /// place counts.
    #[must_use]
    pub fn classify(&self, text: &str) -> Classes {
        let mut words = Vec::new();
        Classes {
            kinds: self.kinds.classify(text, &mut words),
            audiences: self.audiences.classify(text, &mut words),
            words,
        }
    }
}

impl Classifier {
    fn new(sort: &str, entries: Vec<Entry>) -> Result<Self, toml::de::Error> {
        check(sort, &entries)?;
        let mut words = Vec::new();
        let mut out = Self::default();
        for (i, entry) in entries.into_iter().enumerate() {
            out.classes.extend(entry.words.iter().map(|_| i));
            words.extend(entry.words);
            out.names.push(entry.name);
        }
        if !words.is_empty() {
            let built = AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                // every activity's whole text goes through it: speed before size
                .kind(Some(AhoCorasickKind::DFA))
                .build(&words)
                .map_err(toml::de::Error::custom)?;
            out.words = Some(built);
        }
        Ok(out)
    }

    fn classify(&self, text: &str, words: &mut Vec<String>) -> Vec<String> {
        let mut hit = vec![false; self.names.len()];
        let mut fired = vec![false; self.classes.len()];
        for found in self.words.iter().flat_map(|w| w.find_iter(text)) {
            let pattern = found.pattern().as_usize();
            hit[self.classes[pattern]] = true;
            if !std::mem::replace(&mut fired[pattern], true) {
                words.push(text[found.range()].to_owned());
            }
        }
        let pairs = self.names.iter().zip(hit);
        pairs.filter(|(_, h)| *h).map(|(n, _)| n.clone()).collect()
    }
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
        assert!(Taxonomy::bundled().kinds.names.len() >= 20);
        assert!(Taxonomy::bundled().audiences.names.len() >= 12);
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
    fn an_empty_taxonomy_finds_nothing() {
        let taxonomy = Taxonomy::from_toml("").unwrap_or_default();
        assert_eq!(taxonomy.classify("演练"), Classes::default());
    }
}
