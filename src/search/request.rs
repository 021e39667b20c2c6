//! What a caller asks: query, unit of search, filters, page.

use super::range::Range;
use crate::error::{Error, QueryFault};

/// The most hits of one page.
pub const MAX_SIZE: usize = 100;
/// How far into the hits a page may begin.
pub const MAX_DEPTH: usize = 10_000;

/// The unit of search.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Within {
    /// What somebody is to do.
    #[default]
    Activities,
    /// Every part of a notice: its activities, the sections that are none, each up to its first subsection, and what stands
    /// before, between and below these, such as the lead and the closing.
    Sections,
    /// Whole notices.
    Notices,
}

impl Within {
    /// `activities`, `sections` or `notices`.
    ///
    /// # Errors
    /// [`Error::Query`] for any other word.
    pub fn parse(value: &str) -> Result<Self, Error> {
        match value {
            "activities" => Ok(Self::Activities),
            "sections" => Ok(Self::Sections),
            "notices" => Ok(Self::Notices),
            _ => Err(Error::Query {
                place: 1,
                fault: QueryFault::UnknownValue {
                    value: value.to_owned(),
                    known: "activities, sections, notices",
                },
            }),
        }
    }
}

/// What a hit must be besides; within one list any of the values, between the lists each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Years planned for.
    pub years: Vec<Range>,
    /// Names (any level, short or whole) or codes.
    pub regions: Vec<String>,
    /// Parts of names; in quotes, whole names.
    pub units: Vec<String>,
    /// Kinds of notice or activity.
    pub kinds: Vec<String>,
    /// Parts of names; in quotes, whole names.
    pub issuers: Vec<String>,
    /// Levels of the issuer, as records write them: `county`.
    pub levels: Vec<String>,
    /// Whole names of campaigns.
    pub campaigns: Vec<String>,
    /// Series, as records write them.
    pub series: Vec<String>,
    /// Canonical departments: 应急管理.
    pub functions: Vec<String>,
    /// Roles of units, as records write them: `lead`.
    pub roles: Vec<String>,
    /// For whom: 学校.
    pub audiences: Vec<String>,
    /// Days of deadlines, as yyyymmdd.
    pub deadlines: Vec<Range>,
    /// Days, as yyyymmdd, some of which the activity lasts.
    pub period: Option<Range>,
    /// Days of issue, as yyyymmdd.
    pub issued: Option<Range>,
}

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The latest issued first; those without a date last.
    Issued,
    /// The earliest deadline first; those without one last.
    Deadline,
}

impl Sort {
    /// `relevance`, `issued` or `deadline`.
    ///
    /// # Errors
    /// [`Error::Query`] for any other word.
    pub fn parse(value: &str) -> Result<Self, Error> {
        match value {
            "relevance" => Ok(Self::Relevance),
            "issued" => Ok(Self::Issued),
            "deadline" => Ok(Self::Deadline),
            _ => Err(Error::Query {
                place: 1,
                fault: QueryFault::UnknownValue {
                    value: value.to_owned(),
                    known: "relevance, issued, deadline",
                },
            }),
        }
    }
}

/// What hits are put together by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// The notice that they stand in.
    Notice,
    /// The campaign of a region over the years.
    Series,
    /// The whole path of the region.
    Region,
}

impl Grouping {
    /// `notice`, `series` or `region`.
    ///
    /// # Errors
    /// [`Error::Query`] for any other word.
    pub fn parse(value: &str) -> Result<Self, Error> {
        match value {
            "notice" => Ok(Self::Notice),
            "series" => Ok(Self::Series),
            "region" => Ok(Self::Region),
            _ => Err(Error::Query {
                place: 1,
                fault: QueryFault::UnknownValue {
                    value: value.to_owned(),
                    known: "notice, series, region",
                },
            }),
        }
    }
}

/// What is counted besides the hits of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counting {
    /// Every facet, and how many match.
    #[default]
    Facets,
    /// How many match.
    Total,
    /// Nothing: `total` is what the page shows.
    Nothing,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// In the query language; empty for everything.
    pub query: String,
    /// Activities, sections or notices.
    pub within: Within,
    /// What else must hold.
    pub filters: Filters,
    /// From 1; of groups where there are groups.
    pub page: usize,
    /// In place of a page's number: the [`super::Answer::next`] of the page before, to go on however far.
    pub after: Option<String>,
    /// What hits are put together by.
    pub group: Option<Grouping>,
    /// Hits a page, or groups, 1 to [`MAX_SIZE`].
    pub size: usize,
    /// In which order.
    pub sort: Sort,
    /// What is counted.
    pub counting: Counting,
    /// Whether each hit says what of the query it holds.
    pub explain: bool,
}

impl Request {
    /// The first page of ten activities for this query.
    #[must_use]
    pub fn new(query: impl Into<String>) -> Self {
        Self {
            query: query.into(),
            within: Within::Activities,
            filters: Filters::default(),
            page: 1,
            after: None,
            group: None,
            size: 10,
            sort: Sort::Relevance,
            counting: Counting::Facets,
            explain: false,
        }
    }
}
