//! What a hit must be besides: the filters of facets and dates.

use super::inherited::Inherited;
use super::plan;
use super::range::Range;
use super::request::Filters;
use crate::index::Fields;
use crate::index::fields::Texts;
use crate::index::folded::Folded;
use crate::index::place;
use std::ops::Bound;
use tantivy::Searcher;
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field as Column, IndexRecordOption, Term as Key};

/// The filters that belong to one facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Year,
    Region,
    Kind,
    Unit,
    Issuer,
    Level,
    Campaign,
    Series,
    Function,
    Role,
    Audience,
    Deadline,
}

impl Group {
    pub(super) const EVERY: [Group; 12] = [
        Group::Year,
        Group::Region,
        Group::Kind,
        Group::Unit,
        Group::Issuer,
        Group::Level,
        Group::Campaign,
        Group::Series,
        Group::Function,
        Group::Role,
        Group::Audience,
        Group::Deadline,
    ];

    /// As the API names it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Group::Year => "year",
            Group::Region => "region",
            Group::Kind => "kind",
            Group::Unit => "unit",
            Group::Issuer => "issuer",
            Group::Level => "level",
            Group::Campaign => "campaign",
            Group::Series => "series",
            Group::Function => "function",
            Group::Role => "role",
            Group::Audience => "audience",
            Group::Deadline => "deadline",
        }
    }

    /// What the filters of this facet let pass; none where there are none.
    pub(super) fn filter(
        self,
        index: &Fields,
        texts: &Texts,
        filters: &Filters,
    ) -> Option<Box<dyn Query>> {
        let whole = |column: Column, values: &[String]| -> Vec<Box<dyn Query>> {
            values.iter().map(|v| term(column, v.trim())).collect()
        };
        let ranges = |column: Column, values: &[Range]| -> Vec<Box<dyn Query>> {
            values.iter().map(|range| between(column, *range)).collect()
        };
        let any: Vec<Box<dyn Query>> = match self {
            Group::Year => ranges(index.year, &filters.years),
            Group::Region => filters.regions.iter().map(|r| region(index, r)).collect(),
            Group::Kind => filters.kinds.iter().map(|k| kind(index, k)).collect(),
            Group::Unit => filters
                .units
                .iter()
                .map(|unit| name(index.unit, texts.units, false, unit))
                .collect(),
            Group::Issuer => filters
                .issuers
                .iter()
                .map(|issuer| name(index.issuer, texts.issuers, texts.inherits, issuer))
                .collect(),
            Group::Level => whole(index.level, &filters.levels),
            Group::Campaign => whole(index.campaign, &filters.campaigns),
            Group::Series => whole(index.series, &filters.series),
            Group::Function => whole(index.function, &filters.functions),
            Group::Role => whole(index.role, &filters.roles),
            Group::Audience => whole(index.audience, &filters.audiences),
            Group::Deadline => ranges(index.deadline, &filters.deadlines),
        };
        (!any.is_empty()).then(|| either(any))
    }
}

/// Every filter with its name, but those of the facet `without`.
pub(super) fn named(
    index: &Fields,
    texts: &Texts,
    filters: &Filters,
    without: Option<Group>,
) -> Vec<(&'static str, Box<dyn Query>)> {
    let mut out = Vec::new();
    for group in Group::EVERY {
        if Some(group) != without
            && let Some(filter) = group.filter(index, texts, filters)
        {
            out.push((group.name(), filter));
        }
    }
    if let Some(period) = filters.period {
        // What lasts into the period began before its end and ends after its beginning
        let begun = Range {
            low: None,
            high: period.high,
        };
        let lasts = Range {
            low: period.low,
            high: None,
        };
        let edges = [(index.from, begun), (index.until, lasts)].into_iter();
        let edges = edges.filter(|(_, range)| *range != Range::default());
        let edges: Vec<_> = edges
            .map(|(column, range)| (Occur::Must, between(column, range)))
            .collect();
        if !edges.is_empty() {
            out.push(("period", plan::conjunction(edges)));
        }
    }
    if let Some(issued) = filters.issued {
        out.push(("issued", between(index.issued, issued)));
    }
    out
}

pub(super) fn region(index: &Fields, name: &str) -> Box<dyn Query> {
    term(index.region_name, &place::asked(name))
}

/// Whether anything is of a region of this name.
pub(super) fn knows_region(searcher: &Searcher, index: &Fields, name: &str) -> bool {
    let key = Key::from_field_text(index.region_name, &place::asked(name));
    searcher.doc_freq(&key).is_ok_and(|documents| documents > 0)
}

pub(super) fn kind(index: &Fields, name: &str) -> Box<dyn Query> {
    let name = name.trim();
    either(vec![
        term(index.kind, name),
        term(index.activity_kind, name),
    ])
}

/// A whole name where it stands in quotes, else a part of one, which the notice may have for its parts.
fn name(whole: Column, grams: Column, inherits: bool, asked: &str) -> Box<dyn Query> {
    let part = || plan::substring(grams, &Folded::new(asked).chars);
    match quoted(asked) {
        Some(name) => term(whole, name),
        None if inherits => Box::new(Inherited(part())),
        None => part(),
    }
}

/// What stands between the quotes of a filter's value.
fn quoted(value: &str) -> Option<&str> {
    let inner = value.trim().strip_prefix(['"', '“'])?;
    inner.strip_suffix(['"', '”'])
}

/// One value is a term; several are a range, and without any end the value is to be there at all.
pub(super) fn between(column: Column, range: Range) -> Box<dyn Query> {
    if let (Some(low), Some(high)) = (range.low, range.high)
        && low == high
    {
        let key = Key::from_field_i64(column, low);
        return Box::new(TermQuery::new(key, IndexRecordOption::Basic));
    }
    let bound = |edge: Option<i64>| match edge {
        Some(value) => Bound::Included(Key::from_field_i64(column, value)),
        None => Bound::Unbounded,
    };
    let low = match (range.low, range.high) {
        (None, None) => Bound::Included(Key::from_field_i64(column, i64::MIN)),
        (low, _) => bound(low),
    };
    Box::new(RangeQuery::new(low, bound(range.high)))
}

pub(super) fn term(column: Column, value: &str) -> Box<dyn Query> {
    let key = Key::from_field_text(column, value);
    Box::new(TermQuery::new(key, IndexRecordOption::Basic))
}

pub(super) fn either(mut any: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match (any.len(), any.pop()) {
        (1, Some(only)) => only,
        (_, Some(last)) => {
            any.push(last);
            Box::new(BooleanQuery::union(any))
        }
        (_, None) => Box::new(EmptyQuery),
    }
}

pub(super) fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
