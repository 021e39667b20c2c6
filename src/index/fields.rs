//! The fields of a document, and an entry written into them.
//!
//! Activities, sections and notices have fields of their own, so that a question about one kind reads no posting of
//! another and needs no filter. What facets count stands in two columns of combinations: what is so of the whole
//! notice, and what is so of the activity. Few combinations occur, so counting is one step a hit.

use super::entry::{Entry, Unit};
use super::place;
use super::row;
use super::tokenizer::{CHARS, GRAMS, PAIRS, WORDS};
use crate::entity::date::DateRole;
use crate::entity::region::Level;
use crate::entity::unit::UnitRole;
use jiff::civil::Date;
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};

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
/// Year, region (the path of names), kind, level, campaign, series, then issuers.
pub const SETTING_PARTS: usize = 7;
/// Kinds of activity, functions, roles, audiences, months of deadlines.
pub const PROFILE_PARTS: usize = 5;
/// Between the parts of a combination.
pub const PART: char = '\u{1f}';
/// Between the values of a part.
pub const VALUE: char = '\u{1e}';

/// The searched fields of one kind of document.
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    /// Pairs and long words of the text and of what surrounds it: the notice's title, headings above, issuers,
    /// region, campaign.
    pub all: Field,
    /// Single characters of the same.
    pub chars: Field,
    /// Words of the text and, once more, of the title: where a word stands as one.
    pub words: Field,
    /// Grams of the title.
    pub title: Field,
    /// Grams of the names of units.
    pub units: Field,
    /// Grams of the names of units that lead or host.
    pub leads: Field,
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
    let fields = Fields {
        doc: s.add_text_field("doc", STRING),
        notice_id: s.add_text_field("notice_id", STRING),
        key: s.add_u64_field("key", FAST),
        ordinal: s.add_u64_field("ordinal", FAST),
        length: s.add_u64_field("length", FAST),
        activity: texts(s, ACTIVITY),
        section: texts(s, SECTION),
        notice: texts(s, NOTICE),
        region_name: s.add_text_field("region_name", STRING),
        year: s.add_i64_field("year", number.clone()),
        kind: s.add_text_field("kind", STRING),
        activity_kind: s.add_text_field("activity_kind", STRING),
        unit: s.add_text_field(UNIT, STRING | FAST),
        lead: s.add_text_field("lead", STRING),
        issuer: s.add_text_field("issuer", STRING),
        number: s.add_text_field("number", STRING),
        contact: s.add_text_field("contact", STRING),
        level: s.add_text_field("level", STRING),
        campaign: s.add_text_field("campaign", STRING),
        series: s.add_text_field("series", STRING),
        function: s.add_text_field("function", STRING),
        role: s.add_text_field("role", STRING),
        audience: s.add_text_field("audience", STRING),
        month: s.add_text_field("month", STRING),
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

fn texts(schema: &mut SchemaBuilder, kind: &str) -> Texts {
    use IndexRecordOption::{Basic, WithFreqs, WithFreqsAndPositions};
    let mut field = |name: &str, analyser: &str, record: IndexRecordOption| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(analyser)
            .set_index_option(record);
        let options = TextOptions::default().set_indexing_options(indexing);
        schema.add_text_field(&format!("{kind}.{name}"), options)
    };
    Texts {
        all: field("all", PAIRS, WithFreqsAndPositions),
        chars: field("chars", CHARS, Basic),
        words: field("words", WORDS, WithFreqs),
        title: field("title", GRAMS, WithFreqsAndPositions),
        units: field("units", GRAMS, WithFreqsAndPositions),
        leads: field("leads", GRAMS, WithFreqsAndPositions),
        issuers: field("issuers", GRAMS, WithFreqsAndPositions),
        theme: field("theme", GRAMS, WithFreqsAndPositions),
        numbers: field("numbers", GRAMS, WithFreqsAndPositions),
        cites: field("cites", GRAMS, WithFreqsAndPositions),
        contacts: field("contacts", GRAMS, WithFreqsAndPositions),
    }
}

impl Fields {
    /// The entry as a document of the index.
    #[must_use]
    pub fn document(&self, entry: &Entry) -> TantivyDocument {
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
        self.add_texts(&mut doc, texts, entry);
        self.add_columns(&mut doc, entry);
        doc.add_text(self.setting, setting(entry));
        doc.add_text(self.profile, profile(entry));
        let row = row::written(entry, entry.unit() != Unit::Notice);
        doc.add_bytes(self.entry, &row);
        doc
    }

    fn add_texts(&self, doc: &mut TantivyDocument, texts: &Texts, entry: &Entry) {
        doc.add_text(texts.all, &entry.text);
        doc.add_text(texts.chars, &entry.text);
        doc.add_text(texts.words, &entry.text);
        let length = super::folded::Folded::new(&entry.text).chars.len();
        doc.add_u64(self.length, length as u64);
        if let Some(title) = &entry.title {
            doc.add_text(texts.title, title);
            doc.add_text(texts.words, title);
        }
        for text in surroundings(entry) {
            doc.add_text(texts.all, text);
            doc.add_text(texts.chars, text);
        }
        for unit in &entry.units {
            doc.add_text(texts.units, &unit.name);
            if leads(unit.role) {
                doc.add_text(texts.leads, &unit.name);
            }
        }
        for (field, values) in [
            (texts.issuers, &entry.issuers),
            (texts.cites, &entry.cites),
            (texts.contacts, &entry.contacts),
        ] {
            for value in values {
                doc.add_text(field, value);
            }
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
