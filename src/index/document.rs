//! An entry written as a document of the index: its terms with their places, its columns, its row.

use super::entry::{Entry, Unit};
use super::fields::{
    ACTIVITY, Body, Fields, NOTICE, PART, PROFILE_PARTS, SECTION, SETTING_PARTS, Texts, VALUE, key,
    level_name, number_of, ordinal, role_name,
};
use super::folded::Folded;
use super::passages::Passages;
use super::place;
use super::row;
use super::tokenizer::{APART, Words};
use crate::entity::date::DateRole;
use crate::entity::unit::UnitRole;
use std::ops::Range;
use tantivy::TantivyDocument;
use tantivy::tokenizer::{PreTokenizedString, Token};

impl Fields {
    /// The documents of a notice, itself first: they are to stand in the index in this order, beside one another.
    #[must_use]
    pub fn documents(&self, words: &Words, entries: &[Entry]) -> Vec<TantivyDocument> {
        let is_whole = |entry: &&Entry| entry.unit() == Unit::Notice;
        let Some(whole) = entries.iter().find(is_whole) else {
            return Vec::new();
        };
        let parts: Vec<&Entry> = entries.iter().filter(|e| !is_whole(e)).collect();
        let texts = parts.iter().map(|part| (part.start, part.text.as_str()));
        let passages = Passages::new(&whole.text, texts);
        let mut first = self.document(words, whole, 0, 0);
        self.add_rest(&mut first, words, whole, &passages);
        let mut out = vec![first];
        for ((place, part), start) in (1..).zip(parts).zip(passages.starts()) {
            out.push(self.document(words, part, place, start as u64));
        }
        out
    }

    fn document(&self, words: &Words, entry: &Entry, place: u64, start: u64) -> TantivyDocument {
        let mut doc = TantivyDocument::default();
        let (kind, texts) = match entry.unit() {
            Unit::Activity => (ACTIVITY, &self.activity),
            Unit::Section => (SECTION, &self.section),
            Unit::Notice => (NOTICE, &self.notice),
        };
        doc.add_text(self.doc, kind);
        doc.add_text(self.notice_id, &entry.notice_id);
        doc.add_u64(self.key, key(&entry.notice_id));
        doc.add_u64(self.ordinal, ordinal(entry.ordinal, entry.section));
        doc.add_u64(self.place, place);
        doc.add_u64(self.start, start);
        if entry.unit() != Unit::Notice {
            self.add_body(&mut doc, words, texts, entry);
        }
        self.add_texts(&mut doc, texts, entry);
        self.add_columns(&mut doc, entry);
        doc.add_text(self.setting, setting(entry));
        doc.add_text(self.profile, profile(entry));
        let row = row::written(entry, entry.unit() != Unit::Notice);
        doc.add_bytes(self.entry, &row);
        doc
    }

    /// The text of a part of a notice, and what surrounds it.
    fn add_body(&self, doc: &mut TantivyDocument, words: &Words, texts: &Texts, entry: &Entry) {
        let length = Folded::new(&entry.text).chars.len();
        doc.add_u64(self.length, length as u64);
        for text in std::iter::once(entry.text.as_str()).chain(surroundings(entry)) {
            doc.add_text(texts.all.own, text);
            doc.add_text(texts.chars.own, text);
        }
        for text in std::iter::once(&entry.text).chain(&entry.title) {
            doc.add_text(texts.words.own, text);
        }
        let mut long = Tokens::default();
        for text in surroundings(entry) {
            let chars = Folded::new(text).chars;
            long.add(&chars, 0, &words.ranges(&chars, true));
        }
        long.put(doc, texts.words);
    }

    /// What of a notice's text stands in none of its parts, at its place in the text, and what surrounds it.
    fn add_rest(
        &self,
        doc: &mut TantivyDocument,
        words: &Words,
        entry: &Entry,
        passages: &Passages,
    ) {
        doc.add_u64(self.length, passages.length() as u64);
        let mut terms = Terms::default();
        for (at, chars) in passages.stretches() {
            let own = |run: &Range<usize>| !passages.holds(run);
            terms.add(chars, at, words.ranges(chars, false), own);
        }
        // Beyond the text, and apart from one another
        let mut at = passages.length() + APART;
        for text in surroundings(entry) {
            let chars = Folded::new(text).chars;
            terms.add(&chars, at, words.ranges(&chars, true), |_| true);
            at += chars.len() + APART;
        }
        let title = entry.title.as_deref().unwrap_or_default();
        let chars = Folded::new(title).chars;
        terms.words.add(&chars, at, &words.ranges(&chars, false));
        terms.pairs.put(doc, self.notice.all);
        terms.chars.put(doc, self.notice.chars);
        terms.words.put(doc, self.notice.words);
    }

    fn add_texts(&self, doc: &mut TantivyDocument, texts: &Texts, entry: &Entry) {
        if let Some(title) = &entry.title {
            doc.add_text(texts.title, title);
        }
        for unit in &entry.units {
            doc.add_text(texts.units, &unit.name);
            if leads(unit.role) {
                doc.add_text(texts.leads, &unit.name);
            }
        }
        for (field, values) in [
            (texts.cites, &entry.cites),
            (texts.contacts, &entry.contacts),
        ] {
            for value in values {
                doc.add_text(field, value);
            }
        }
        if texts.inherits {
            return;
        }
        for issuer in &entry.issuers {
            doc.add_text(texts.issuers, issuer);
        }
        for value in [&entry.campaign, &entry.theme].into_iter().flatten() {
            doc.add_text(texts.theme, value);
        }
        if let Some(number) = &entry.doc_number {
            doc.add_text(texts.numbers, number);
        }
    }

    fn add_columns(&self, doc: &mut TantivyDocument, entry: &Entry) {
        for name in place::names(&entry.region_path, entry.region.as_deref()) {
            doc.add_text(self.region_name, name);
        }
        if let Some(year) = entry.year {
            doc.add_i64(self.year, year.into());
        }
        for (field, value) in [
            (self.kind, entry.kind.as_deref()),
            (self.level, entry.level.map(level_name)),
            (self.campaign, entry.campaign.as_deref()),
            (self.series, entry.series.as_deref()),
            (self.number, entry.doc_number.as_deref()),
        ] {
            if let Some(value) = value {
                doc.add_text(field, value);
            }
        }
        let functions = entry.units.iter().filter_map(|u| u.function.as_deref());
        let leads = entry.units.iter().filter(|u| leads(u.role));
        for (field, values) in [
            (self.lead, distinct(leads.map(|u| u.name.as_str()))),
            (self.contact, distinct(strs(&entry.contacts))),
            (self.activity_kind, distinct(strs(&entry.kinds))),
            (
                self.unit,
                distinct(entry.units.iter().map(|u| u.name.as_str())),
            ),
            (self.issuer, distinct(strs(&entry.issuers))),
            (self.function, distinct(functions)),
            (
                self.role,
                distinct(entry.units.iter().map(|u| role_name(u.role))),
            ),
            (self.audience, distinct(strs(&entry.audiences))),
        ] {
            for value in values {
                doc.add_text(field, value);
            }
        }
        for month in months(entry) {
            doc.add_text(self.month, month);
        }
        for date in &entry.dates {
            if let Some(start) = date.start {
                doc.add_i64(self.from, number_of(start));
            }
            if let Some(end) = date.end {
                doc.add_i64(self.until, number_of(end));
                if date.role == DateRole::Deadline {
                    doc.add_i64(self.deadline, number_of(end));
                }
            }
        }
        if let Some(issued) = entry.issued {
            doc.add_i64(self.issued, number_of(issued));
        }
    }
}

/// Terms with their positions, as a notice's own fields hold them.
#[derive(Default)]
struct Terms {
    pairs: Tokens,
    chars: Tokens,
    words: Tokens,
}

#[derive(Default)]
struct Tokens(Vec<Token>);

impl Terms {
    /// The terms of folded characters, the first of which stands at `at`, and their words; those that are wanted.
    fn add(
        &mut self,
        chars: &[char],
        at: usize,
        words: Vec<Range<usize>>,
        is_wanted: impl Fn(&Range<usize>) -> bool,
    ) {
        let wanted = |runs: Vec<Range<usize>>| -> Vec<Range<usize>> {
            let wanted = |run: &Range<usize>| is_wanted(&(run.start + at..run.end + at));
            runs.into_iter().filter(wanted).collect()
        };
        let grams = |length: usize| -> Vec<Range<usize>> {
            let until = |from: usize| (from + length).min(chars.len());
            wanted((0..chars.len()).map(|from| from..until(from)).collect())
        };
        self.pairs.add(chars, at, &grams(2));
        self.chars.add(chars, at, &grams(1));
        self.words.add(chars, at, &wanted(words));
    }
}

impl Tokens {
    fn add(&mut self, chars: &[char], at: usize, runs: &[Range<usize>]) {
        self.0.extend(runs.iter().map(|run| Token {
            offset_from: at + run.start,
            offset_to: at + run.end,
            position: at + run.start,
            text: chars[run.clone()].iter().collect(),
            position_length: 1,
        }));
    }

    fn put(self, doc: &mut TantivyDocument, body: Body) {
        if !self.0.is_empty() {
            let (text, tokens) = (String::new(), self.0);
            doc.add_pre_tokenized_text(body.own, PreTokenizedString { text, tokens });
        }
    }
}

/// What facets count of the whole notice; see [`SETTING_PARTS`].
fn setting(entry: &Entry) -> String {
    let one = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let parts: [String; SETTING_PARTS] = [
        entry.year.map(|year| year.to_string()).unwrap_or_default(),
        entry.region_path.join("/"),
        one(entry.kind.as_deref()),
        one(entry.level.map(level_name)),
        one(entry.campaign.as_deref()),
        one(entry.series.as_deref()),
        listed(&distinct(strs(&entry.issuers))),
    ];
    parts.join(&PART.to_string())
}

/// What facets count of the activity; see [`PROFILE_PARTS`].
fn profile(entry: &Entry) -> String {
    let functions = entry.units.iter().filter_map(|u| u.function.as_deref());
    let months = months(entry);
    let parts: [String; PROFILE_PARTS] = [
        listed(&distinct(strs(&entry.kinds))),
        listed(&distinct(functions)),
        listed(&distinct(entry.units.iter().map(|u| role_name(u.role)))),
        listed(&distinct(strs(&entry.audiences))),
        listed(&distinct(strs(&months))),
    ];
    parts.join(&PART.to_string())
}

fn listed(values: &[&str]) -> String {
    values.join(&VALUE.to_string())
}

fn months(entry: &Entry) -> Vec<String> {
    let mut out: Vec<String> = entry
        .dates
        .iter()
        .filter(|date| date.role == DateRole::Deadline)
        .filter_map(|date| date.end)
        .map(|day| format!("{:04}-{:02}", day.year(), day.month()))
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// What surrounds an entry and helps to find it, where its text does not say so already: an activity is found
/// by its notice's title too.
#[must_use]
pub fn surroundings(entry: &Entry) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    out.extend(entry.title.as_deref());
    if entry.unit() != Unit::Notice {
        out.extend(entry.notice_title.as_deref());
    }
    out.extend(entry.above.iter().map(String::as_str));
    out.extend(entry.units.iter().map(|unit| unit.name.as_str()));
    out.extend(entry.issuers.iter().map(String::as_str));
    out.extend(entry.region_path.iter().map(String::as_str));
    out.extend(entry.kinds.iter().map(String::as_str));
    out.extend(entry.campaign.as_deref());
    out.extend(entry.theme.as_deref());
    out.extend(entry.doc_number.as_deref());
    // The longer ones first, so that what stands within them is left out
    let mut kept: Vec<&str> = Vec::new();
    out.sort_by_key(|text| std::cmp::Reverse(text.len()));
    for text in out {
        if !text.is_empty() && !entry.text.contains(text) && !kept.iter().any(|k| k.contains(text))
        {
            kept.push(text);
        }
    }
    kept
}

fn leads(role: UnitRole) -> bool {
    matches!(role, UnitRole::Lead | UnitRole::Host)
}

fn strs(values: &[String]) -> impl Iterator<Item = &str> {
    values.iter().map(String::as_str)
}

fn distinct<'e>(values: impl Iterator<Item = &'e str>) -> Vec<&'e str> {
    let mut values: Vec<&str> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}
