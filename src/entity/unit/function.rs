//! Which department of government a unit is, whatever its level, short name or earlier name.

use crate::text::words::words;
use aho_corasick::AhoCorasick;
use aho_corasick::MatchKind;
use serde::Deserialize;
use std::sync::LazyLock;

const DATA: &str = include_str!("functions.toml");

#[derive(Deserialize)]
struct File {
    function: Vec<Entry>,
    suffix: Vec<String>,
    filler: Vec<String>,
}

/// A function of government with the words that name it.
#[derive(Deserialize)]
struct Entry {
    name: String,
    /// Words before a suffix: 应急管理 + 局.
    #[serde(default)]
    stem: Vec<String>,
    /// Whole names: 派出所, 团区委.
    #[serde(default)]
    whole: Vec<String>,
}

struct Functions {
    names: Vec<String>,
    /// Stems and whole names in one matcher; the pattern's number leads to its meaning.
    words: AhoCorasick,
    meaning: Vec<(usize, bool)>,
    suffix: Vec<String>,
    filler: Vec<String>,
}

static FUNCTIONS: LazyLock<Option<Functions>> = LazyLock::new(load);

fn load() -> Option<Functions> {
    let mut file: File = toml::from_str(DATA).ok()?;
    file.suffix.sort_by_key(|s| std::cmp::Reverse(s.len()));
    file.filler.sort_by_key(|s| std::cmp::Reverse(s.len()));
    let mut words = Vec::new();
    let mut meaning = Vec::new();
    for (i, entry) in file.function.iter().enumerate() {
        for (list, whole) in [(&entry.stem, false), (&entry.whole, true)] {
            for word in list {
                words.push(word.clone());
                meaning.push((i, whole));
            }
        }
    }
    let words = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(&words)
        .ok()?;
    Some(Functions {
        names: file.function.into_iter().map(|e| e.name).collect(),
        words,
        meaning,
        suffix: file.suffix,
        filler: file.filler,
    })
}

/// The canonical department of a unit's name: 区应急局, 应急管理部, 市安监局 → 应急管理; null where none.
pub(super) fn of(name: &str) -> Option<&'static str> {
    let functions = FUNCTIONS.as_ref()?;
    let mut from = 0;
    // a place may bear a department's word (建设路街道): then the next word is tried
    for _ in 0..8 {
        let found = functions.words.find(name.get(from..)?)?;
        let (function, whole) = functions.meaning[found.pattern().as_usize()];
        let rest = &name[from + found.end()..];
        let bare = rest.is_empty() && level_only(&name[..from + found.start()]);
        if whole || bare || functions.is_department(rest, 0) {
            return functions.names.get(function).map(String::as_str);
        }
        let start = from + found.start();
        from = start + name[start..].chars().next().map_or(1, char::len_utf8);
    }
    None
}

impl Functions {
    /// Whether what follows a stem makes it a department: a suffix, with other stems and fillers before it.
    fn is_department(&self, rest: &str, steps: usize) -> bool {
        if steps > 8 {
            return false;
        }
        if self
            .suffix
            .iter()
            .any(|s| rest.starts_with(s.as_str()) && ends_word(&rest[s.len()..]))
        {
            return true;
        }
        let filler = self.filler.iter().find(|f| rest.starts_with(f.as_str()));
        if let Some(filler) = filler
            && self.is_department(&rest[filler.len()..], steps + 1)
        {
            return true;
        }
        let stem = self.words.find(rest).filter(|m| m.start() == 0);
        stem.is_some_and(|m| {
            let (_, whole) = self.meaning[m.pattern().as_usize()];
            !whole && self.is_department(&rest[m.end()..], steps + 1)
        })
    }
}

/// Whether nothing but a level stands before: 县公安, 市消防 are said in short, 社会组织 is none.
fn level_only(before: &str) -> bool {
    before.is_empty() || ["省", "市", "区", "县", "旗", "镇", "乡", "各"].contains(&before)
}

/// Whether a suffix really ends a word: 部 does not in 部队, nor 办 in 办事处.
fn ends_word(rest: &str) -> bool {
    !words!["队", "事处", "学", "长", "行", "路", "村", "镇", "街", "乡"].begin(rest)
}
