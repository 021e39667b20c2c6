//! What comes back: the same object for `search --json`, the API and the pages.

use super::explain::Found;
use crate::entity::region::Level;
use crate::index::entry::{EntryDate, EntryUnit};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// The answer to one [`super::Request`].
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Answer {
    /// How many match.
    pub total: usize,
    /// Milliseconds from the question to the answer.
    pub took_ms: u64,
    /// From 1; 1 too where the question goes on after another page.
    pub page: usize,
    /// Hits a page, or groups.
    pub size: usize,
    /// This page's; none where they stand in groups.
    pub hits: Vec<Hit>,
    /// What asks for the hits after these; null where there are none, and for groups.
    pub next: Option<String>,
    /// This page's, where hits are put together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Groups>,
    /// What answers the query in part, the best first: shown after the hits where these do not fill the first page,
    /// and counted nowhere.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Hit>,
    /// Over all that match; a facet's counts leave its own filter out.
    pub facets: Facets,
    /// The query that was likely meant, where this one finds nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did_you_mean: Option<String>,
}

/// Hits put together, those with the best hit first; the hits stand in the order of an answer without groups.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Groups {
    /// How many groups the matches make.
    pub total: usize,
    /// This page's.
    pub groups: Vec<HitGroup>,
}

/// The hits of one notice, series or region.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct HitGroup {
    /// The notice's id, the series, or the path of the region: `湖北省/武汉市`; null for hits that have none.
    pub value: Option<String>,
    /// How many match.
    pub total: usize,
    /// The best of them, up to three.
    pub hits: Vec<Hit>,
}

/// One activity, section or notice. A list is empty, never absent; a scalar that is not there is null.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Hit {
    /// `<notice id>.<ordinal>` of an activity, `<notice id>.s<section>` of a section, the id of a notice.
    pub id: String,
    /// The notice's id.
    pub notice_id: String,
    /// An activity's, from 1; null for a section or a notice.
    pub ordinal: Option<u32>,
    /// Place in the notice's outline, from 1, of the section that it is or lies in; what stands in no section and no activity,
    /// such as the lead and the closing, is counted on after the outline's last. Null for a notice.
    pub section: Option<u32>,
    /// Of the activity, the section or the notice.
    pub title: Option<String>,
    /// Code points of `title` that match.
    pub title_highlights: Vec<[usize; 2]>,
    /// Of the notice.
    pub notice_title: Option<String>,
    /// Code points of `notice_title` that match; none for a notice, whose title they are of.
    pub notice_title_highlights: Vec<[usize; 2]>,
    /// Markers from depth 1 down.
    pub path: Vec<String>,
    /// Headings of the sections above.
    pub above: Vec<String>,
    /// Who does what.
    pub units: Vec<EntryUnit>,
    /// When.
    pub dates: Vec<EntryDate>,
    /// Kinds of activity.
    pub kinds: Vec<String>,
    /// For whom.
    pub audiences: Vec<String>,
    /// 文种 of the notice.
    pub kind: Option<String>,
    /// 发文字号.
    pub doc_number: Option<String>,
    /// 发文机关.
    pub issuers: Vec<String>,
    /// 成文日期.
    #[schemars(with = "Option<String>")]
    pub issued: Option<Date>,
    /// Planned for.
    pub year: Option<i16>,
    /// GB/T 2260 code.
    pub region: Option<String>,
    /// Names from the province down.
    pub region_path: Vec<String>,
    /// Of the issuer.
    pub level: Option<Level>,
    /// Name of the campaign.
    pub campaign: Option<String>,
    /// Where the notice was found.
    pub sources: Vec<String>,
    /// The passages that match, in the order of the text.
    pub snippet: Vec<Fragment>,
    /// BM25 and what is added for words and titles, three decimals; 0 where something else orders the hits.
    pub score: f64,
    /// What of the query it holds, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Vec<Found>>,
}

/// A passage of the notice's text, in its own characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fragment {
    /// As it stands.
    pub text: String,
    /// Code point of the notice's `text` at which it begins.
    pub start: usize,
    /// Code points of the fragment that match, half-open, in order, apart from one another.
    pub highlights: Vec<[usize; 2]>,
}

/// A value and how many of the matches have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Count {
    /// As it filters.
    pub value: String,
    /// At least 1.
    pub count: usize,
}

/// Counts, the greatest first (years and months: the latest first).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Facets {
    /// Planned for.
    pub year: Vec<Count>,
    /// Every level: `湖北省`, `湖北省/武汉市`.
    pub region: Vec<Count>,
    /// 文种.
    pub kind: Vec<Count>,
    /// Kinds of activity.
    pub activity_kind: Vec<Count>,
    /// Whole names.
    pub unit: Vec<Count>,
    /// Whole names.
    pub issuer: Vec<Count>,
    /// Of the issuer.
    pub level: Vec<Count>,
    /// Names of campaigns.
    pub campaign: Vec<Count>,
    /// Series.
    pub series: Vec<Count>,
    /// Canonical departments.
    pub function: Vec<Count>,
    /// Roles of units.
    pub role: Vec<Count>,
    /// For whom.
    pub audience: Vec<Count>,
    /// Months of deadlines, the latest first: `2023-06`.
    pub deadline: Vec<Count>,
}
