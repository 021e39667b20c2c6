//! The judged questions, the documents that they are asked of, and what a ranking is worth.

use gongwen::index::Entry;
use gongwen::index::entry::Unit;
use gongwen::record::Notice;
use gongwen::search::Within;
use gongwen::{Options, extract};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

/// Questions, and the notices that were read for their judgments.
pub(crate) struct Set {
    pub(crate) name: &'static str,
    notices: Vec<String>,
    pub(crate) questions: Vec<Judged>,
}

/// A question with its judgments.
pub(crate) struct Judged {
    /// From 1.
    pub(crate) number: usize,
    /// In our query language.
    pub(crate) ask: String,
    /// Without fields.
    pub(crate) plain: String,
    pub(crate) within: Within,
    /// By the names of documents: 1 to 3.
    grades: HashMap<String, u8>,
}

#[derive(Deserialize)]
struct File {
    notices: Vec<String>,
    query: Vec<Written>,
}

#[derive(Deserialize)]
struct Written {
    ask: String,
    plain: Option<String>,
    within: Option<String>,
    #[serde(default)]
    best: Vec<String>,
    #[serde(default)]
    good: Vec<String>,
    #[serde(default)]
    some: Vec<String>,
}

/// The questions that were tuned on from the first, those that were set aside until they had been seen, and those set aside.
pub(crate) fn sets() -> [Set; 7] {
    [
        Set::of("tuned on", include_str!("../judged/queries.toml")),
        Set::of("seen, 1", include_str!("../judged/seen.toml")),
        Set::of("seen, 2", include_str!("../judged/seen2.toml")),
        Set::of("seen, 3", include_str!("../judged/seen3.toml")),
        Set::of("seen, 4", include_str!("../judged/seen4.toml")),
        Set::of("seen, 5", include_str!("../judged/seen5.toml")),
        Set::of("set aside", include_str!("../judged/aside.toml")),
    ]
}

impl Set {
    fn of(name: &'static str, file: &str) -> Self {
        let file: File = toml::from_str(file).expect("it is in order");
        let questions = (1..).zip(file.query).map(|(number, query)| {
            let graded = [(3, query.best), (2, query.good), (1, query.some)];
            let grades = graded
                .into_iter()
                .flat_map(|(grade, names)| names.into_iter().map(move |name| (name, grade)));
            Judged {
                number,
                plain: query.plain.unwrap_or_else(|| query.ask.clone()),
                ask: query.ask,
                within: match query.within {
                    Some(within) => Within::parse(&within).expect("a unit of search"),
                    None => Within::Activities,
                },
                grades: grades.collect(),
            }
        });
        Self {
            name,
            notices: file.notices,
            questions: questions.collect(),
        }
    }
}

/// What is searched: notices, and the name of each of their documents by its id.
pub(crate) struct Shelf {
    pub(crate) notices: Vec<Notice>,
    pub(crate) names: BTreeMap<String, String>,
}

impl Shelf {
    /// The texts in folders that were read for the judgments; others are not judged.
    pub(crate) fn of(folders: &[&Path], set: &Set) -> Self {
        let mut files: Vec<PathBuf> = folders
            .iter()
            .flat_map(|folder| fs::read_dir(folder).expect("it can be listed"))
            .map(|entry| entry.expect("it can be listed").path())
            .filter(|path| path.extension().is_some_and(|e| e == "txt"))
            .collect();
        files.sort();
        let (mut notices, mut names) = (Vec::new(), BTreeMap::new());
        for path in files {
            let stem = path.file_stem().expect("a file has a name");
            let stem = stem.to_string_lossy();
            if !set.notices.iter().any(|name| *name == stem) {
                continue;
            }
            let bytes = fs::read(&path).expect("it can be read");
            for notice in extract(&bytes, &Options::of_path(&*stem)).notices {
                names.insert(notice.id.clone(), stem.clone().into_owned());
                let mut seen: HashMap<String, usize> = HashMap::new();
                for entry in Entry::of(&notice, &[]) {
                    let mark = match entry.unit() {
                        Unit::Activity => "",
                        Unit::Section => " §",
                        Unit::Notice => continue,
                    };
                    let path = entry.path.join(" ");
                    let times = seen.entry(format!("{path}{mark}")).or_default();
                    *times += 1;
                    let again = match *times {
                        1 => String::new(),
                        n => format!(" #{n}"),
                    };
                    names.insert(entry.id, format!("{stem}: {path}{again}{mark}"));
                }
                notices.push(notice);
            }
        }
        Self { notices, names }
    }

    /// The documents of a unit of search.
    pub(crate) fn entries(&self, within: Within) -> Vec<Entry> {
        let all = self.notices.iter().flat_map(|n| Entry::of(n, &[]));
        all.filter(|entry| match within {
            Within::Activities => entry.unit() == Unit::Activity,
            Within::Sections => entry.unit() != Unit::Notice,
            Within::Notices => entry.unit() == Unit::Notice,
        })
        .collect()
    }
}

/// What the first hits of a ranking are worth.
#[derive(Clone, Copy, Default)]
pub(crate) struct Worth {
    /// nDCG of the first ten, the gain of a grade g being 2^g - 1.
    pub(crate) gain: f64,
    /// The share of all that is good or best among the first twenty, as far as twenty can hold it.
    pub(crate) recall: f64,
}

impl Judged {
    /// The judged documents that are there.
    fn known(&self, shelf: &Shelf) -> Vec<u8> {
        let named = shelf.names.values().filter_map(|n| self.grades.get(n));
        let mut grades: Vec<u8> = named.copied().collect();
        grades.sort_unstable_by(|a, b| b.cmp(a));
        grades
    }

    /// What the hits, by their ids and the best first, are worth; none where nothing that is there answers, but at most
    /// lies near it.
    pub(crate) fn worth(&self, shelf: &Shelf, hits: &[String]) -> Option<Worth> {
        let known = self.known(shelf);
        if known.first().is_none_or(|grade| *grade < 2) {
            return None;
        }
        let grades: Vec<u8> = hits.iter().map(|id| self.grade(shelf, id)).collect();
        let wanted = |grade: &&u8| **grade >= 2;
        let all = known.iter().filter(wanted).count().min(20);
        let found = grades.iter().take(20).filter(wanted).count();
        Some(Worth {
            gain: gain(&grades) / gain(&known),
            recall: found as f64 / all as f64,
        })
    }

    pub(crate) fn grade(&self, shelf: &Shelf, id: &str) -> u8 {
        let name = shelf.names.get(id);
        name.and_then(|n| self.grades.get(n)).copied().unwrap_or(0)
    }

    /// Names that no document has.
    pub(crate) fn lost(&self, shelf: &Shelf) -> Vec<&str> {
        let there: std::collections::HashSet<&String> = shelf.names.values().collect();
        let names = self.grades.keys().filter(|name| !there.contains(name));
        names.map(String::as_str).collect()
    }
}

fn gain(grades: &[u8]) -> f64 {
    (2u32..)
        .zip(grades.iter().take(10))
        .map(|(rank, grade)| f64::from((1u32 << grade) - 1) / f64::from(rank).log2())
        .sum()
}
