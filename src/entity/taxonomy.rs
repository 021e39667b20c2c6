//! What sort of activity, and for whom: words of a taxonomy that a user can replace.

use crate::error::Error;
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

/// The classes of one sort: of words that overlap the longest at the earliest place counts. Each sort has its own matcher, so that 进企业 marks both a kind and an audience.
#[derive(Clone, Debug)]
struct Classifier {
    names: Vec<String>,
    /// The words in the order of their bytes, each with its class.
    words: Vec<(String, usize)>,
    /// A bit for each hash of the six bytes (two Han characters) that a word begins with.
    heads: Vec<u64>,
    /// Bytes that words of fewer than six begin with.
    short: [bool; 256],
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

impl Default for Classifier {
    fn default() -> Self {
        Self {
            names: Vec::new(),
            words: Vec::new(),
            heads: vec![0; HEADS / 64],
            short: [false; 256],
        }
    }
}

impl Classifier {
    fn new(sort: &str, entries: Vec<Entry>) -> Result<Self, toml::de::Error> {
        check(sort, &entries)?;
        let mut out = Self::default();
        for (i, entry) in entries.into_iter().enumerate() {
            for word in &entry.words {
                match word.as_bytes().first_chunk() {
                    Some(head) => out.heads[hash(head) / 64] |= 1 << (hash(head) % 64),
                    None => out.short[usize::from(word.as_bytes()[0])] = true,
                }
            }
            out.words.extend(entry.words.into_iter().map(|w| (w, i)));
            out.names.push(entry.name);
        }
        out.words.sort();
        Ok(out)
    }

    fn classify(&self, text: &str, words: &mut Vec<String>) -> Vec<String> {
        let mut hit = vec![false; self.names.len()];
        let mut fired = vec![false; self.words.len()];
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let Some(found) = self.longest_at(&bytes[at..]) else {
                at += 1;
                // on to the next character
                while bytes.get(at).is_some_and(|b| b & 0xc0 == 0x80) {
                    at += 1;
                }
                continue;
            };
            let (word, class) = &self.words[found];
            hit[*class] = true;
            if !std::mem::replace(&mut fired[found], true) {
                words.push(word.clone());
            }
            at += word.len();
        }
        let pairs = self.names.iter().zip(hit);
        pairs.filter(|(_, h)| *h).map(|(n, _)| n.clone()).collect()
    }

    /// The place of the longest word that `text` begins with.
    #[inline]
    fn longest_at(&self, text: &[u8]) -> Option<usize> {
        let head = text.first_chunk().map(hash);
        let may = head.is_some_and(|h| self.heads[h / 64] >> (h % 64) & 1 == 1)
            || self.short[usize::from(text[0])];
        may.then(|| self.look_up(text)).flatten()
    }

    /// Of the words that stand before `text` in their order, the last that it begins with is the longest: whatever stands
    /// between the two begins with it.
    fn look_up(&self, text: &[u8]) -> Option<usize> {
        let past = self.words.partition_point(|(w, _)| w.as_bytes() <= text);
        let same = if self.short[usize::from(text[0])] {
            1
        } else {
            6
        };
        let before = self.words[..past].iter().enumerate().rev();
        let mut alike =
            before.take_while(|(_, (w, _))| w.as_bytes().get(..same) == text.get(..same));
        let here = alike.find(|(_, (w, _))| text.starts_with(w.as_bytes()));
        here.map(|(i, _)| i)
    }
}

const HEADS: usize = 1 << 16;

fn hash(head: &[u8; 6]) -> usize {
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
