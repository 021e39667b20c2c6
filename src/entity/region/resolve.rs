//! Which division an issuer governs: its own name first, then what the rest of the notice says.

use super::Evidence;
use super::Level;
use super::Resolution;
use super::find::Place;
use super::find::places;
use super::find::rank;
use super::find::settle;
use super::organ;
use super::organ::Organ;
use super::organ::Scope;
use super::table::rows;
use super::table::table;
use crate::text::words::words;
use std::collections::HashMap;
use std::sync::LazyLock;

/// How much a place counts for, by where it stands.
const ISSUER: f64 = 100.0;
const TITLE: f64 = 40.0;
const ADDRESSEE: f64 = 20.0;
const ADDRESS: f64 = 15.0;
const PHONE: f64 = 12.0;
const CITATION: f64 = 10.0;
const NUMBER: f64 = 4.0;
const TEXT: f64 = 1.0;

/// Marks of places with the codes of those that bear them, as a data file has them.
type Marked = LazyLock<Vec<(&'static str, Vec<u32>)>>;

static AREAS: Marked = LazyLock::new(|| marked(include_str!("data/area_codes.tsv")));
static ABBREVIATIONS: Marked = LazyLock::new(|| marked(include_str!("data/abbreviations.tsv")));

fn marked(file: &'static str) -> Vec<(&'static str, Vec<u32>)> {
    let codes = |cell: &str| cell.split(',').filter_map(|c| c.parse().ok()).collect();
    rows(file)
        .filter_map(|row| Some((*row.first()?, codes(row.get(1)?))))
        .collect()
}

/// Votes for divisions; what several bear alike waits for the others.
#[derive(Default)]
struct Votes {
    sure: HashMap<u32, f64>,
    unsure: Vec<(Vec<u32>, f64)>,
}

impl Votes {
    fn add(&mut self, codes: &[u32], weight: f64) {
        match codes {
            [] => {}
            [one] => *self.sure.entry(*one).or_insert(0.0) += weight,
            _ => self.unsure.push((codes.to_vec(), weight)),
        }
    }

    fn add_text(&mut self, text: &str, weight: f64) {
        for Place { codes, firm, .. } in places(text) {
            self.add(&codes, if firm { weight } else { 0.6 * weight });
        }
    }

    fn settled(mut self) -> HashMap<u32, f64> {
        let sure = self.sure.clone();
        for (codes, weight) in std::mem::take(&mut self.unsure) {
            if let Some(code) = settle(&codes, &sure) {
                *self.sure.entry(code).or_insert(0.0) += weight;
            }
        }
        self.sure
    }
}

pub(super) fn resolve(e: &Evidence<'_>) -> Resolution {
    let mut found = of_any_year(e);
    let Some(code) = found.code.as_deref().and_then(|c| c.parse::<u32>().ok()) else {
        return found;
    };
    // 巢湖市 of 2009 was a prefecture: a division keeps the code of its year
    let then = e.year.map_or(code, |year| table().in_year(code, year));
    if then != code {
        found.code = Some(then.to_string());
        found.path = table().path(then);
        found.level = match (found.level, level_of(code) == level_of(then)) {
            (Some(Level::Province | Level::Prefecture | Level::County), false) => {
                Some(level_of(then))
            }
            (level, _) => level,
        };
    }
    let today = table().today(then);
    found.today = (today != then).then(|| today.to_string());
    found
}

fn of_any_year(e: &Evidence<'_>) -> Resolution {
    let mut organs: Vec<Organ> = e.issuers.iter().map(|i| organ::read(i)).collect();
    if organs.is_empty() {
        organs.extend(title_organ(e.title));
    }
    if let Some(first) = organs.first() {
        if first.level == Some(Level::National) {
            return Resolution {
                level: first.level,
                ..Resolution::default()
            };
        }
        if let [one] = first.codes.as_slice() {
            return outcome(*one, first.level);
        }
    }
    let votes = gather(e, &organs);
    let first = organs.first();
    if let Some(organ) = first.filter(|o| !o.codes.is_empty()) {
        return match settle(&organ.codes, &votes) {
            Some(code) => outcome(code, organ.level),
            None => Resolution {
                level: organ.level,
                ambiguous: Some((
                    organ.place.clone(),
                    organ.codes.iter().map(u32::to_string).collect(),
                )),
                ..Resolution::default()
            },
        };
    }
    let level = first.and_then(|o| o.level);
    let scope = first.and_then(|o| o.scope);
    // Another issuer that names its place speaks for all: 市工信局、常州市应急管理局.
    if scope.is_none() || level == Some(Level::Organisation) {
        if let Some(code) = title_place(e.title, &votes) {
            return outcome(code, level);
        }
        if level == Some(Level::Organisation) {
            return match best(&votes, |_| true) {
                Some(code) if !e.addresses.is_empty() => outcome(code, level),
                _ => Resolution {
                    level,
                    ..Resolution::default()
                },
            };
        }
    }
    let scope = scope
        .or_else(|| title_scope(e.title))
        .or_else(|| addressed_scope(e.addressees))
        .or_else(|| text_scope(e.text));
    let code = scope.and_then(|s| scoped(s, &votes, e.text));
    match code {
        Some(code) => {
            let level = level.or_else(|| Some(level_of(code)));
            outcome(code, level)
        }
        None => Resolution {
            level,
            ..Resolution::default()
        },
    }
}

fn outcome(code: u32, level: Option<Level>) -> Resolution {
    Resolution {
        code: Some(code.to_string()),
        path: table().path(code),
        level: level.or_else(|| Some(level_of(code))),
        ..Resolution::default()
    }
}

fn level_of(code: u32) -> Level {
    match rank(code) {
        0 => Level::Province,
        1 => Level::Prefecture,
        _ => Level::County,
    }
}

/// The organ that begins a title: what stands before 关于, 印发, 转发 or 办公室.
fn title_organ(title: &str) -> Option<Organ> {
    let end = ["关于", "印发", "转发", "批转"]
        .iter()
        .filter_map(|w| title.find(w))
        .min()?;
    let name = title
        .get(..end)
        .filter(|n| !n.is_empty() && !n.contains(['《', '“']))?;
    let organ = organ::read(name);
    (!organ.codes.is_empty() || organ.scope.is_some() || organ.level.is_some()).then_some(organ)
}

/// The narrowest place of the title.
fn title_place(title: &str, votes: &HashMap<u32, f64>) -> Option<u32> {
    places(title)
        .iter()
        .filter_map(|p| settle(&p.codes, votes))
        .max_by_key(|c| rank(*c))
}

/// 全区, 我市, 市工信局2022年…: what the title leaves unsaid.
fn title_scope(title: &str) -> Option<Scope> {
    organ::read(title)
        .scope
        .filter(|s| *s != Scope::Town)
        .or_else(|| text_scope(title))
}

/// 市政府各部门, 县直各单位: the kind of division whose own organs are addressed.
fn addressed_scope(addressees: &[String]) -> Option<Scope> {
    let own = |name: &String| {
        let (kind, scope) = KINDS.iter().find(|(kind, _)| name.starts_with(*kind))?;
        let rest = name.strip_prefix(*kind)?;
        words!["政府", "人民政府", "直", "属", "级", "委各", "委和"]
            .begin(rest)
            .then_some(*scope)
    };
    addressees.iter().find_map(own)
}

/// Divisions by what they are called in their own notices.
const KINDS: [(char, Scope); 9] = [
    ('省', Scope::Province),
    ('市', Scope::City),
    ('州', Scope::Prefecture),
    ('盟', Scope::Prefecture),
    ('区', Scope::District),
    ('县', Scope::County),
    ('旗', Scope::Banner),
    ('镇', Scope::Town),
    ('乡', Scope::Town),
];

/// The kind of division that the text calls its own (全区, 我市), the most frequent.
fn text_scope(text: &str) -> Option<Scope> {
    let mut counts = [0usize; KINDS.len()];
    let mut previous = '\n';
    for c in text.chars() {
        if matches!(previous, '全' | '我' | '本')
            && let Some(i) = KINDS.iter().position(|k| k.0 == c)
        {
            counts[i] += 1;
        }
        previous = c;
    }
    let (i, n) = counts
        .iter()
        .enumerate()
        .max_by_key(|(i, n)| (**n, KINDS.len() - *i))?;
    (*n > 0).then_some(KINDS[i].1)
}

fn gather(e: &Evidence<'_>, organs: &[Organ]) -> HashMap<u32, f64> {
    let mut votes = Votes::default();
    for organ in organs.iter().skip(1) {
        votes.add(&organ.codes, ISSUER);
    }
    votes.add_text(e.title, TITLE);
    for (list, weight) in [
        (e.addressees, ADDRESSEE),
        (e.addresses, ADDRESS),
        (e.citations, CITATION),
    ] {
        for item in list {
            votes.add_text(item, weight);
        }
    }
    for phone in e.phones {
        votes.add(area(phone), PHONE);
    }
    if let Some(number) = e.doc_number {
        for (_, codes) in ABBREVIATIONS.iter().filter(|(m, _)| number.starts_with(m)) {
            votes.add(codes, NUMBER);
        }
    }
    votes.add_text(e.text, TEXT);
    // The signature and the addresses stand at the end.
    let tail = e.text.len().saturating_sub(600);
    if let Some(tail) = (tail..e.text.len()).find_map(|i| e.text.get(i..)) {
        votes.add_text(tail, 2.0 * TEXT);
        for run in tail
            .split(|c: char| !c.is_ascii_digit() && c != '-')
            .filter(|r| r.contains('-'))
        {
            votes.add(area(run), 0.5 * PHONE);
        }
    }
    votes.settled()
}

/// The prefectures of a telephone number's area code.
fn area(phone: &str) -> &'static [u32] {
    let digits: String = phone
        .chars()
        .map(crate::text::fold::fold)
        .take_while(|c| !matches!(c, '/' | '、'))
        .filter(char::is_ascii_digit)
        .take(13)
        .collect();
    if digits.len() < 10 || !digits.starts_with('0') {
        return &[];
    }
    let row = AREAS.iter().find(|(area, _)| digits.starts_with(area));
    row.map_or(&[], |(_, codes)| codes)
}

/// The sum of the votes for the division and all within it.
fn total(code: u32, votes: &HashMap<u32, f64>) -> f64 {
    votes
        .iter()
        .filter(|(v, _)| **v == code || table().governs(code, **v))
        .map(|(_, w)| w)
        .sum()
}

/// The division with the most votes, its members' included, when it leads clearly.
fn best(votes: &HashMap<u32, f64>, fits: impl Fn(u32) -> bool) -> Option<u32> {
    let mut candidates: Vec<u32> = votes
        .keys()
        .flat_map(|c| [*c, c / 100 * 100, c / 10_000 * 10_000])
        .filter(|c| table().name(*c).is_some() && fits(*c))
        .collect();
    candidates.sort_unstable();
    candidates.dedup();
    let mut scored: Vec<(f64, u32)> = candidates.iter().map(|&c| (total(c, votes), c)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
    match scored.as_slice() {
        [(_, one)] => Some(*one),
        [(first, one), (second, _), ..] if *first > 1.3 * *second => Some(*one),
        _ => None,
    }
}

/// The division of this kind that the votes point to.
fn scoped(scope: Scope, votes: &HashMap<u32, f64>, text: &str) -> Option<u32> {
    let t = table();
    let ends = |c: u32, kinds: &[&str]| {
        t.name(c)
            .is_some_and(|n| kinds.iter().any(|k| n.ends_with(k)))
    };
    match scope {
        Scope::Province => best(votes, |c| rank(c) == 0),
        Scope::Autonomous => best(votes, |c| ends(c, &["自治区"])),
        Scope::Prefecture => best(votes, |c| rank(c) == 1 && ends(c, &["州", "盟", "地区"])),
        Scope::City => {
            let upper = best(votes, |c| {
                ends(c, &["市"]) && (rank(c) == 1 || rank(c) == 0)
                    || rank(c) == 2
                        && ends(c, &["市"])
                        && t.name(c / 100 * 100).is_none_or(|n| !n.ends_with('市'))
            });
            let within = best(votes, |c| {
                rank(c) == 2 && ends(c, &["市"]) && upper.is_none_or(|u| t.governs(u, c))
            });
            let direct = |c: Option<u32>| c.and_then(|c| votes.get(&c)).copied().unwrap_or(0.0);
            if direct(within) > direct(upper) {
                within
            } else {
                upper
            }
        }
        Scope::District => {
            let district = best(votes, |c| rank(c) == 2 && ends(c, &["区"]));
            let autonomous = best(votes, |c| ends(c, &["自治区"]));
            let upper = text.matches("自治区").count();
            let lower = ["市委", "市政府", "区管委会", "区党工委"]
                .iter()
                .map(|w| text.matches(w).count())
                .sum::<usize>();
            match (district, autonomous) {
                (_, Some(a)) if upper > 0 && upper >= lower => Some(a),
                // A zone that calls itself 区 may lie in a county.
                (d, _) => d.or_else(|| best(votes, |c| rank(c) == 2)),
            }
        }
        Scope::County => best(votes, |c| rank(c) == 2 && ends(c, &["县"])),
        Scope::Banner => best(votes, |c| rank(c) == 2 && ends(c, &["旗"])),
        Scope::Town => best(votes, |c| rank(c) == 2),
    }
}
