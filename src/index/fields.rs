//! The fields of a document, and an entry written into them.

use super::entry::Entry;
use super::place;
use super::tokenizer::{GRAMS, WORDS};
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
/// The value of `doc` for a notice.
pub const NOTICE: &str = "notice";

/// Handles of the fields.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// [`ACTIVITY`] or [`NOTICE`].
    pub doc: Field,
    /// The notice's id; all of its documents are removed by it.
    pub notice_id: Field,
    /// The notice's id as a number, and the ordinal: the order among equals.
    pub key: Field,
    /// 0 for a notice.
    pub ordinal: Field,

    /// Grams of the title.
    pub title: Field,
    /// Grams of the text.
    pub text: Field,
    /// Grams of what surrounds it: the notice's title, headings above, issuers, region, campaign.
    pub context: Field,
    /// Grams of the names of units.
    pub units: Field,
    /// Grams of the names of units that lead or host.
    pub leads: Field,
    /// Grams of the issuers.
    pub issuers: Field,
    /// Grams of the campaign's name and theme.
    pub theme: Field,
    /// Grams of the document number and the id.
    pub numbers: Field,
    /// Grams of cited titles and numbers.
    pub cites: Field,
    /// Grams of contacts.
    pub contacts: Field,

    /// Words of the title, for ranking.
    pub title_words: Field,
    /// Words of the text, for ranking.
    pub text_words: Field,
    /// Words of the surroundings, for ranking.
    pub context_words: Field,

    /// Every name by which the region is asked for.
    pub region_name: Field,
    /// Path of names, one value a level: `湖北省`, `湖北省/武汉市`.
    pub region: Field,
    /// Planned for.
    pub year: Field,
    /// 文种.
    pub kind: Field,
    /// Kinds of activity.
    pub activity_kind: Field,
    /// Whole names of units.
    pub unit: Field,
    /// Whole names of issuers.
    pub issuer: Field,
    /// Level of the issuer.
    pub level: Field,
    /// Name of the campaign.
    pub campaign: Field,
    /// First days, as yyyymmdd.
    pub from: Field,
    /// Last days, as yyyymmdd.
    pub until: Field,
    /// Last days of deadlines, as yyyymmdd.
    pub deadline: Field,
    /// Date of issue, as yyyymmdd.
    pub issued: Field,

    /// The entry, as JSON.
    pub entry: Field,
}

/// The schema and its fields; always the same.
#[must_use]
pub fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let s = &mut schema;
    let column = STRING | FAST;
    let number = INDEXED | FAST;
    let fields = Fields {
        doc: s.add_text_field("doc", STRING),
        notice_id: s.add_text_field("notice_id", STRING),
        key: s.add_u64_field("key", FAST),
        ordinal: s.add_u64_field("ordinal", FAST),
        title: grams(s, "title"),
        text: grams(s, "text"),
        context: grams(s, "context"),
        units: grams(s, "units"),
        leads: grams(s, "leads"),
        issuers: grams(s, "issuers"),
        theme: grams(s, "theme"),
        numbers: grams(s, "numbers"),
        cites: grams(s, "cites"),
        contacts: grams(s, "contacts"),
        title_words: words(s, "title_words"),
        text_words: words(s, "text_words"),
        context_words: words(s, "context_words"),
        region_name: s.add_text_field("region_name", STRING),
        region: s.add_text_field("region", column.clone()),
        year: s.add_i64_field("year", number.clone()),
        kind: s.add_text_field("kind", column.clone()),
        activity_kind: s.add_text_field("activity_kind", column.clone()),
        unit: s.add_text_field("unit", column.clone()),
        issuer: s.add_text_field("issuer", column.clone()),
        level: s.add_text_field("level", column.clone()),
        campaign: s.add_text_field("campaign", column),
        from: s.add_i64_field("from", number.clone()),
        until: s.add_i64_field("until", number.clone()),
        deadline: s.add_i64_field("deadline", number.clone()),
        issued: s.add_i64_field("issued", number),
        entry: s.add_bytes_field("entry", STORED),
    };
    (schema.build(), fields)
}

fn grams(schema: &mut SchemaBuilder, name: &str) -> Field {
    analysed(
        schema,
        name,
        GRAMS,
        IndexRecordOption::WithFreqsAndPositions,
    )
}

fn words(schema: &mut SchemaBuilder, name: &str) -> Field {
    analysed(schema, name, WORDS, IndexRecordOption::WithFreqs)
}

fn analysed(
    schema: &mut SchemaBuilder,
    name: &str,
    analyser: &str,
    record: IndexRecordOption,
) -> Field {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(analyser)
        .set_index_option(record);
    schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

impl Fields {
    /// The entry as a document of the index.
    #[must_use]
    pub fn document(&self, entry: &Entry) -> TantivyDocument {
        let mut doc = TantivyDocument::default();
        let kind_of_document = if entry.ordinal.is_some() {
            ACTIVITY
        } else {
            NOTICE
        };
        doc.add_text(self.doc, kind_of_document);
        doc.add_text(self.notice_id, &entry.notice_id);
        doc.add_u64(self.key, key(&entry.notice_id));
        doc.add_u64(self.ordinal, entry.ordinal.unwrap_or(0).into());
        self.add_texts(&mut doc, entry);
        self.add_columns(&mut doc, entry);
        // Entries hold no map with odd keys, so this cannot fail; an empty value reads back as no hit.
        let json = serde_json::to_vec(entry).unwrap_or_default();
        doc.add_bytes(self.entry, &json);
        doc
    }

    fn add_texts(&self, doc: &mut TantivyDocument, entry: &Entry) {
        doc.add_text(self.text, &entry.text);
        doc.add_text(self.text_words, &entry.text);
        if let Some(title) = &entry.title {
            doc.add_text(self.title, title);
            doc.add_text(self.title_words, title);
        }
        for text in surroundings(entry) {
            doc.add_text(self.context, text);
            doc.add_text(self.context_words, text);
        }
        for unit in &entry.units {
            doc.add_text(self.units, &unit.name);
            if matches!(unit.role, UnitRole::Lead | UnitRole::Host) {
                doc.add_text(self.leads, &unit.name);
            }
        }
        for (field, values) in [
            (self.issuers, &entry.issuers),
            (self.cites, &entry.cites),
            (self.contacts, &entry.contacts),
        ] {
            for value in values {
                doc.add_text(field, value);
            }
        }
        for value in [&entry.campaign, &entry.theme].into_iter().flatten() {
            doc.add_text(self.theme, value);
        }
        doc.add_text(self.numbers, &entry.id);
        if let Some(number) = &entry.doc_number {
            doc.add_text(self.numbers, number);
        }
    }

    fn add_columns(&self, doc: &mut TantivyDocument, entry: &Entry) {
        for name in place::names(&entry.region_path, entry.region.as_deref()) {
            doc.add_text(self.region_name, name);
        }
        for depth in 1..=entry.region_path.len() {
            doc.add_text(self.region, entry.region_path[..depth].join("/"));
        }
        if let Some(year) = entry.year {
            doc.add_i64(self.year, year.into());
        }
        if let Some(kind) = &entry.kind {
            doc.add_text(self.kind, kind);
        }
        if let Some(level) = entry.level {
            doc.add_text(self.level, level_name(level));
        }
        if let Some(campaign) = &entry.campaign {
            doc.add_text(self.campaign, campaign);
        }
        for (field, values) in [
            (self.activity_kind, distinct(entry.kinds.iter())),
            (self.unit, distinct(entry.units.iter().map(|u| &u.name))),
            (self.issuer, distinct(entry.issuers.iter())),
        ] {
            for value in values {
                doc.add_text(field, value);
            }
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

/// What surrounds an entry and helps to find it: an activity is found by its notice's title too.
#[must_use]
pub fn surroundings(entry: &Entry) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    if entry.ordinal.is_some() {
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
    out
}

fn distinct<'e>(values: impl Iterator<Item = &'e String>) -> Vec<&'e str> {
    let mut values: Vec<&str> = values.map(String::as_str).collect();
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

/// The level as records write it.
#[must_use]
pub fn level_name(level: Level) -> &'static str {
    match level {
        Level::National => "national",
        Level::Province => "province",
        Level::Prefecture => "prefecture",
        Level::County => "county",
        Level::Township => "township",
        Level::Organisation => "organisation",
    }
}
