//! The fields of a document; what is written into them is in [`super::document`].
//!
//! Activities, sections and notices have fields of their own, so that a question about one kind needs no filter. A
//! character is indexed once, with the part of a notice that holds it: a question about notices reads the fields of all
//! three kinds. What facets count stands in two columns of combinations: what is so of the whole
//! notice, and what is so of the activity. Few combinations occur, so counting is one step a hit.

use super::tokenizer::{CHARS, GRAMS, PAIRS, WORDS};
use crate::entity::region::Level;
use crate::entity::unit::UnitRole;
use jiff::civil::Date;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
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
