//! The record contract, `notice/1`: what one notice becomes. Offsets are code points of `text`.

use crate::diagnostic::Code;
use crate::entity::citation::CitationKind;
use crate::entity::date::DateRole;
use crate::entity::region::Level;
use crate::entity::unit::UnitRole;
use crate::outline::part::PartKind;
use crate::outline::role::SectionRole;
use crate::span::CharSpan;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The contract's name and number; a key is never renamed without a new one.
pub const SCHEMA: &str = "notice/1";

/// One notice. Lists are empty, never absent; scalars that do not occur are null.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Notice {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// First 16 hex digits of the content's SHA-256.
    pub id: String,
    /// The file it was read from.
    pub source: Source,
    /// The decoded text, a paragraph a line, LF.
    pub text: String,
    /// The title with its line breaks joined.
    pub title: Option<String>,
    /// 文种: 通知, 方案, 意见 …
    pub kind: Option<String>,
    /// 发文字号 with 〔〕 and no blanks.
    pub doc_number: Option<String>,
    /// 发文机关.
    pub issuers: Vec<String>,
    /// 主送机关.
    pub addressees: Vec<String>,
    /// 抄送机关.
    pub copied_to: Vec<String>,
    /// 成文日期.
    #[schemars(with = "Option<String>")]
    pub issued: Option<Date>,
    /// The year that the notice plans for.
    pub year: Option<i16>,
    /// GB/T 2260 code of the narrowest division that the issuer governs.
    pub region: Option<String>,
    /// Today's code of that division, where GB/T 2260 no longer holds the one of the notice's year; else null.
    pub region_today: Option<String>,
    /// Names from the province down.
    pub region_path: Vec<String>,
    /// Level of the issuer.
    pub level: Option<Level>,
    /// The named campaign that the notice serves.
    pub campaign: Option<Campaign>,
    /// 主动公开, 依申请公开, 不予公开.
    pub publicity: Option<String>,
    /// 密级.
    pub secrecy: Option<String>,
    /// 紧急程度.
    pub urgency: Option<String>,
    /// 签发人.
    pub signer: Option<String>,
    /// Sections in document order.
    pub outline: Vec<Section>,
    /// What somebody is to do: the unit of search.
    pub activities: Vec<Activity>,
    /// Every date expression.
    pub dates: Vec<DateMention>,
    /// One object a contact block.
    pub contacts: Vec<Contact>,
    /// Numbers for the public.
    pub hotlines: Vec<Hotline>,
    /// Joins the same campaign of the same region over the years.
    pub series: Option<String>,
    /// The notice itself, then enclosures and attachment bodies.
    pub parts: Vec<Part>,
    /// 附件.
    pub attachments: Vec<Attachment>,
    /// What stands in 《》.
    pub citations: Vec<Citation>,
    /// What is odd.
    pub diagnostics: Vec<DiagnosticRecord>,
}

/// The file a record was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// As given on the command line, never made absolute.
    pub path: String,
    /// Path inside an archive.
    pub member: Option<String>,
    /// Such as `text/plain`.
    pub media_type: String,
    /// Such as `UTF-8`, `GB18030`; null for formats that fix their own.
    pub charset: Option<String>,
    /// Whether the characters were recognised from pictures; written only where they were.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ocr: bool,
    /// Size of the file (or the member).
    pub bytes: u64,
    /// Of those bytes, in hex.
    pub sha256: String,
}

/// A numbered section, article or item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// Nesting from 1.
    pub depth: usize,
    /// Verbatim, blanks left out: `（一）`, `2、`, `十一是`.
    pub marker: String,
    /// The marker's family, such as `hanzi-dot`; see `outline::marker::Style`.
    pub style: String,
    /// What the marker counts.
    pub ordinal: u32,
    /// Without the marker and the closing 。 or ：.
    pub heading: Option<String>,
    /// What the section is for; children inherit.
    pub role: SectionRole,
    /// Index into `parts`.
    pub part: usize,
    /// From the marker to the end of the last descendant.
    pub span: CharSpan,
    /// Of the heading in the text.
    pub heading_span: Option<CharSpan>,
    /// Markers from depth 1 down to this one.
    pub path: Vec<String>,
}

/// A thing that somebody is to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Activity {
    /// `<notice id>.<ordinal>`, from 1.
    pub id: String,
    /// Markers from depth 1 down.
    pub path: Vec<String>,
    /// The heading less a trailing bracket of deadline or units, or the first sentence.
    pub title: Option<String>,
    /// The whole of its text.
    pub span: CharSpan,
    /// Who.
    pub units: Vec<Unit>,
    /// When: those of `dates` that lie within.
    pub dates: Vec<DateMention>,
    /// From the taxonomy: 应急演练, 知识竞赛 …
    pub kinds: Vec<String>,
    /// From the taxonomy: 企业, 学校 …
    pub audiences: Vec<String>,
    /// How many.
    pub quantities: Vec<Quantity>,
}

/// A unit in one role within an activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unit {
    /// As written, blanks left out.
    pub name: String,
    /// What the unit has to do with the activity.
    pub role: UnitRole,
    /// Canonical department: 应急管理.
    pub function: Option<String>,
    /// Whether it is a collective name: 各乡镇.
    pub group: bool,
    /// Where the name stands.
    pub span: CharSpan,
}

/// A number that says how much is to be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quantity {
    /// The number, or the lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    pub max: Option<f64>,
    /// 次, 场, 人次 …
    pub unit: String,
    /// Where it stands.
    pub span: CharSpan,
}

/// A date expression with its days, inclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DateMention {
    /// The surface form.
    pub text: String,
    /// First day; null where open.
    #[schemars(with = "Option<String>")]
    pub start: Option<Date>,
    /// Last day; null where open.
    #[schemars(with = "Option<String>")]
    pub end: Option<Date>,
    /// What the date does.
    pub role: DateRole,
    /// RFC 5545, for recurrences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rrule: Option<String>,
    /// ISO 8601-2.
    pub edtf: Option<String>,
    /// Where it stands.
    pub span: CharSpan,
    /// Whether the year was taken from elsewhere.
    pub inferred: bool,
}

/// One contact block: whom to ask.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Contact {
    /// 联系人.
    pub names: Vec<String>,
    /// The office named with them.
    pub organization: Option<String>,
    /// As written, blanks left out.
    pub phones: Vec<String>,
    /// As written, blanks left out.
    pub faxes: Vec<String>,
    /// Half-width.
    pub emails: Vec<String>,
    /// QQ number.
    pub qq: Option<String>,
    /// 地址.
    pub address: Option<String>,
    /// 邮编.
    pub postcode: Option<String>,
    /// The whole block.
    pub span: CharSpan,
}

/// A number for the public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hotline {
    /// As written, half-width, blanks left out: `12350`, `0571-5550101`.
    pub number: String,
    /// The words around it that say what it is.
    pub text: String,
    /// Of the number.
    pub span: CharSpan,
}

/// A named campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Campaign {
    /// 安全生产月.
    pub name: String,
    /// 第22个 → 22.
    pub edition: Option<u32>,
    /// 主题.
    pub theme: Option<String>,
}

/// The notice itself, an enclosed document or an attachment's body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// 0 for the notice itself.
    pub number: usize,
    /// Which of the three.
    pub kind: PartKind,
    /// Its own title.
    pub title: Option<String>,
    /// The whole of it.
    pub span: CharSpan,
}

/// 附件.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attachment {
    /// Null for a single one without number.
    pub number: Option<u32>,
    /// As listed.
    pub title: String,
    /// Where it is listed, or its body's heading.
    pub span: CharSpan,
    /// Null when the body is not in the file.
    pub body_span: Option<CharSpan>,
}

/// What stands in 《》, once a title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Citation {
    /// Without the outer brackets.
    pub title: String,
    /// The document or standard number that follows.
    pub doc_number: Option<String>,
    /// What is cited.
    pub kind: CitationKind,
    /// Whether this notice implements it (根据…要求).
    pub basis: bool,
    /// The first mention.
    pub span: CharSpan,
    /// Every mention.
    pub spans: Vec<CharSpan>,
}

/// A diagnostic at the border.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DiagnosticRecord {
    /// Which oddity.
    pub code: Code,
    /// For a person.
    pub message: String,
    /// Where.
    pub span: CharSpan,
}
