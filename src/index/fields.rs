//! The fields of a document, and an entry written into them.
//!
//! Activities, sections and notices have fields of their own, so that a question about one kind needs no filter. A
//! character is indexed once, with the part of a notice that holds it: a question about notices reads the fields of all
//! three kinds. What facets count stands in two columns of combinations: what is so of the whole
//! notice, and what is so of the activity. Few combinations occur, so counting is one step a hit.

use super::entry::{Entry, Unit};
use super::folded::Folded;
use super::passages::Passages;
use super::place;
use super::row;
use super::tokenizer::{APART, CHARS, GRAMS, PAIRS, WORDS, Words};
use crate::entity::date::DateRole;
use crate::entity::region::Level;
use crate::entity::unit::UnitRole;
use jiff::civil::Date;
use std::ops::Range;
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};
use tantivy::tokenizer::{PreTokenizedString, Token};

/// The value of `doc` for an activity.
pub const ACTIVITY: &str = "activity";
/// The value of `doc` for a section that is no activity.
pub const SECTION: &str = "section";
/// The value of `doc` for a notice.
pub const NOTICE: &str = "notice";

/// The column of what is so of the whole notice, in the order of [`SETTING_PARTS`].
pub const SETTING: &str = "setting";
/// The column of what is so of the activity, in the order of [`PROFILE_PARTS`].
pub const PROFILE: &str = "profile";
/// The column of whole names of units.
pub const UNIT: &str = "unit";
/// The column of how many characters are the text's own.
pub const LENGTH: &str = "length";
/// The column of places behind the notice.
pub const PLACE: &str = "place";
/// The column of where a text begins in the notice's.
pub const START: &str = "start";
/// Year, region (the path of names), kind, level, campaign, series, then issuers.
pub const SETTING_PARTS: usize = 7;
/// Kinds of activity, functions, roles, audiences, months of deadlines.
pub const PROFILE_PARTS: usize = 5;
/// Between the parts of a combination.
pub const PART: char = '\u{1f}';
/// Between the values of a part.
pub const VALUE: char = '\u{1e}';

/// Where the terms of a body of text stand: in a field of its own, and for a notice in those of its activities and
/// sections too, for each character is indexed once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Body {
    /// The document's own.
    pub own: Field,
    /// Those of the parts of a notice.
    pub parts: Option<[Field; 2]>,
}

impl Body {
    /// Every field.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        std::iter::once(self.own).chain(self.parts.into_iter().flatten())
    }
}

impl From<Field> for Body {
    fn from(own: Field) -> Self {
        Self { own, parts: None }
    }
}

/// The searched fields of one kind of document.
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    /// Pairs of the text and of what surrounds it: the notice's title, headings above, issuers, region, campaign; and the
    /// last character of each.
    pub all: Body,
    /// Single characters of the same.
    pub chars: Body,
    /// Words of the same, see [`super::tokenizer`]; those of the title once more.
    pub words: Body,
    /// Grams of the title.
    pub title: Field,
    /// Grams of the names of units.
    pub units: Field,
    /// Grams of the names of units that lead or host.
    pub leads: Field,
    /// Whether the next three are those of the notice's document, which is so of its parts: they have none of their own.
    pub inherits: bool,
    /// Grams of the issuers.
    pub issuers: Field,
    /// Grams of the campaign's name and theme.
    pub theme: Field,
    /// Grams of the document number.
    pub numbers: Field,
    /// Grams of cited titles and numbers.
    pub cites: Field,
    /// Grams of contacts.
    pub contacts: Field,
}

/// Handles of the fields.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// [`ACTIVITY`], [`SECTION`] or [`NOTICE`].
    pub doc: Field,
    /// The notice's id; all of its documents are removed by it.
    pub notice_id: Field,
    /// The notice's id as a number, and the ordinal: the order among equals.
    pub key: Field,
    /// 0 for a notice; see [`ordinal`].
    pub ordinal: Field,
    /// How many folded characters of [`Texts::all`] are the text's own.
    pub length: Field,
    /// How many documents before it the notice's stands; 0 for a notice. Those of a notice follow one another.
    pub place: Field,
    /// The folded character of the notice's text at which its own begins.
    pub start: Field,

    /// Of activities.
    pub activity: Texts,
    /// Of sections that are none.
    pub section: Texts,
    /// Of notices.
    pub notice: Texts,

    /// Every name by which the region is asked for.
    pub region_name: Field,
    /// Planned for.
    pub year: Field,
    /// 文种.
    pub kind: Field,
    /// Kinds of activity.
    pub activity_kind: Field,
    /// Whole names of units.
    pub unit: Field,
    /// Whole names of units that lead or host.
    pub lead: Field,
    /// Whole names of issuers.
    pub issuer: Field,
    /// Document number.
    pub number: Field,
    /// Names and numbers to ask.
    pub contact: Field,
    /// Level of the issuer.
    pub level: Field,
    /// Name of the campaign.
    pub campaign: Field,
    /// Joins the same campaign of the same region over the years.
    pub series: Field,
    /// Canonical departments.
    pub function: Field,
    /// Roles of units.
    pub role: Field,
    /// For whom.
    pub audience: Field,
    /// Months of deadlines: `2023-06`.
    pub month: Field,
    /// First days, as yyyymmdd.
    pub from: Field,
    /// Last days, as yyyymmdd.
    pub until: Field,
    /// Last days of deadlines, as yyyymmdd.
    pub deadline: Field,
    /// Date of issue, as yyyymmdd.
    pub issued: Field,

    /// See [`SETTING`].
    pub setting: Field,
    /// See [`PROFILE`].
    pub profile: Field,
    /// The entry, as [`row`] writes it; a notice's without its text, which the store has.
    pub entry: Field,
}

/// The schema and its fields; always the same.
#[must_use]
pub fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let s = &mut schema;
    let number = INDEXED | FAST;
    let notice = texts(s, NOTICE, None);
    let activity = texts(s, ACTIVITY, Some(&notice));
    let section = texts(s, SECTION, Some(&notice));
    let whole = |own: Body, of: fn(&Texts) -> Body| Body {
        parts: Some([of(&activity).own, of(&section).own]),
        ..own
    };
    // A value is there or not: nothing is weighed by how many there are
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    let whole_name = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        doc: s.add_text_field("doc", whole_name.clone()),
        notice_id: s.add_text_field("notice_id", whole_name.clone()),
        key: s.add_u64_field("key", FAST),
        ordinal: s.add_u64_field("ordinal", FAST),
        length: s.add_u64_field(LENGTH, FAST),
        place: s.add_u64_field(PLACE, FAST),
        start: s.add_u64_field(START, FAST),
        activity,
        section,
        notice: Texts {
            all: whole(notice.all, |texts| texts.all),
            chars: whole(notice.chars, |texts| texts.chars),
            words: whole(notice.words, |texts| texts.words),
            ..notice
        },
        region_name: s.add_text_field("region_name", whole_name.clone()),
        year: s.add_i64_field("year", number.clone()),
        kind: s.add_text_field("kind", whole_name.clone()),
        activity_kind: s.add_text_field("activity_kind", whole_name.clone()),
        unit: s.add_text_field(UNIT, whole_name.clone() | FAST),
        lead: s.add_text_field("lead", whole_name.clone()),
        issuer: s.add_text_field("issuer", whole_name.clone()),
        number: s.add_text_field("number", whole_name.clone()),
        contact: s.add_text_field("contact", whole_name.clone()),
        level: s.add_text_field("level", whole_name.clone()),
        campaign: s.add_text_field("campaign", whole_name.clone()),
        series: s.add_text_field("series", whole_name.clone()),
        function: s.add_text_field("function", whole_name.clone()),
        role: s.add_text_field("role", whole_name.clone()),
        audience: s.add_text_field("audience", whole_name.clone()),
        month: s.add_text_field("month", whole_name.clone()),
        from: s.add_i64_field("from", number.clone()),
        until: s.add_i64_field("until", number.clone()),
        deadline: s.add_i64_field("deadline", number.clone()),
        issued: s.add_i64_field("issued", number),
        setting: s.add_text_field(SETTING, FAST),
        profile: s.add_text_field(PROFILE, FAST),
        entry: s.add_bytes_field("entry", STORED),
    };
    (schema.build(), fields)
}

fn texts(schema: &mut SchemaBuilder, kind: &str, whole: Option<&Texts>) -> Texts {
    use IndexRecordOption::{Basic, WithFreqs, WithFreqsAndPositions};
    let mut field = |name: &str, analyser: &str, record: IndexRecordOption, norms: bool| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(analyser)
            .set_index_option(record)
            .set_fieldnorms(norms);
        let options = TextOptions::default().set_indexing_options(indexing);
        schema.add_text_field(&format!("{kind}.{name}"), options)
    };
    let all = field("all", PAIRS, WithFreqsAndPositions, true);
    let chars = field("chars", CHARS, Basic, true);
    let words = field("words", WORDS, WithFreqs, true);
    let title = field("title", GRAMS, WithFreqsAndPositions, true);
    // How long a name is, or how many there are, tells nothing
    let mut names = |name: &str| field(name, GRAMS, WithFreqsAndPositions, false);
    let mut inherited = |name: &str, of: fn(&Texts) -> Field| match whole {
        Some(whole) => of(whole),
        None => names(name),
    };
    Texts {
        all: all.into(),
        chars: chars.into(),
        words: words.into(),
        title,
        inherits: whole.is_some(),
        issuers: inherited("issuers", |whole| whole.issuers),
        theme: inherited("theme", |whole| whole.theme),
        numbers: inherited("numbers", |whole| whole.numbers),
        units: names("units"),
        leads: names("leads"),
        cites: names("cites"),
        contacts: names("contacts"),
    }
}

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

/// A day as a number that orders as days do: 20230605.
#[must_use]
pub fn number_of(date: Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

/// The notice's id, 16 hex digits, as a number in the same order; another id by its first bytes.
#[must_use]
pub fn key(id: &str) -> u64 {
    u64::from_str_radix(id, 16).unwrap_or_else(|_| {
        let mut bytes = [0; 8];
        for (slot, byte) in bytes.iter_mut().zip(id.bytes()) {
            *slot = byte;
        }
        u64::from_be_bytes(bytes)
    })
}

/// The order among the documents of a notice: the notice, its activities, its other sections.
#[must_use]
pub fn ordinal(activity: Option<u32>, section: Option<u32>) -> u64 {
    match (activity, section) {
        (Some(ordinal), _) => ordinal.into(),
        (None, Some(section)) => (1 << 32) | u64::from(section),
        (None, None) => 0,
    }
}

/// The level as records write it.
#[must_use]
pub fn level_name(level: Level) -> &'static str {
    level.as_str()
}

/// The role as records write it.
#[must_use]
pub fn role_name(role: UnitRole) -> &'static str {
    role.as_str()
}
