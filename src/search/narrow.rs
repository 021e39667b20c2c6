//! The filters by their names, as the command line, the API and the pages take them.

use super::range;
use super::request::Filters;
use crate::entity::region::Level;
use crate::entity::unit::UnitRole;
use crate::error::{Error, QueryFault};
use range::Range;
use std::sync::LazyLock;

/// How years are written.
pub const YEARS: &str = "2023 / 2021..2023";
/// How days are written.
pub const DAYS: &str = "2023-06-20 / 2023-06 / 2023-06-01..2023-06-30 / <2023-06-20";

/// Levels of an issuer, as records write them.
pub const LEVELS: [&str; Level::EVERY.len()] = {
    let mut words = [""; Level::EVERY.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = Level::EVERY[at].as_str();
        at += 1;
    }
    words
};
/// Roles of a unit, as records write them.
pub const ROLES: [&str; UnitRole::EVERY.len()] = {
    let mut words = [""; UnitRole::EVERY.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = UnitRole::EVERY[at].as_str();
        at += 1;
    }
    words
};
/// The same, as a person is told what there is.
static KNOWN_LEVELS: LazyLock<String> = LazyLock::new(|| LEVELS.join(", "));
static KNOWN_ROLES: LazyLock<String> = LazyLock::new(|| ROLES.join(", "));

/// The names of the filters that take several values, in the order of the facets.
pub const NAMES: [&str; 12] = [
    "year", "region", "level", "kind", "issuer", "unit", "function", "role", "audience",
    "campaign", "series", "deadline",
];
/// The names of those that take one range of days.
pub const SPANS: [&str; 2] = ["period", "issued"];

impl Filters {
    /// Adds a value of the filter of this name (one of [`NAMES`] or [`SPANS`]); of those of one range the last counts.
    ///
    /// # Errors
    /// [`Error::Query`] when it is no value of that filter, or there is no such filter; the place is 1.
    pub fn add(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let owned = || value.trim().to_owned();
        match name {
            "year" => self.years.push(ranged(range::years(value), value, YEARS)?),
            "region" => self.regions.push(owned()),
            "level" => self.levels.push(one_of(value, &LEVELS, &KNOWN_LEVELS)?),
            "kind" => self.kinds.push(owned()),
            "issuer" => self.issuers.push(owned()),
            "unit" => self.units.push(owned()),
            "function" => self.functions.push(owned()),
            "role" => self.roles.push(one_of(value, &ROLES, &KNOWN_ROLES)?),
            "audience" => self.audiences.push(owned()),
            "campaign" => self.campaigns.push(owned()),
            "series" => self.series.push(owned()),
            "deadline" => self
                .deadlines
                .push(ranged(range::days(value), value, DAYS)?),
            "period" => self.period = Some(ranged(range::days(value), value, DAYS)?),
            "issued" => self.issued = Some(ranged(range::days(value), value, DAYS)?),
            _ => {
                return Err(fault(QueryFault::UnknownValue {
                    value: name.to_owned(),
                    known: "the name of a filter",
                }));
            }
        }
        Ok(())
    }
}

fn ranged(range: Option<Range>, value: &str, example: &'static str) -> Result<Range, Error> {
    range.ok_or_else(|| {
        fault(QueryFault::NoRange {
            value: value.to_owned(),
            example,
        })
    })
}

fn one_of(value: &str, words: &[&str], known: &'static str) -> Result<String, Error> {
    let word = value.trim().to_lowercase();
    match words.contains(&word.as_str()) {
        true => Ok(word),
        false => Err(fault(QueryFault::UnknownValue {
            value: value.to_owned(),
            known,
        })),
    }
}

fn fault(fault: QueryFault) -> Error {
    Error::Query { place: 1, fault }
}

#[cfg(test)]
mod tests {
    use super::*;
    use schemars::JsonSchema;

    #[test]
    fn every_name_is_a_filter() {
        let value = |name: &str| match name {
            "year" => "2021..2023",
            "level" => "County",
            "role" => "lead",
            "deadline" | "period" | "issued" => "2023-06",
            _ => " 甲 ",
        };
        let mut filters = Filters::default();
        for name in NAMES.iter().chain(&SPANS) {
            let before = filters.clone();
            filters.add(name, value(name)).expect(name);
            assert_ne!(filters, before, "{name}");
        }
        assert_eq!(filters.levels, ["county"]);
        assert_eq!(filters.units, ["甲"]);
    }

    #[test]
    fn what_is_no_value_is_told_with_what_would_be() {
        for (name, value) in [
            ("year", "soon"),
            ("level", "village"),
            ("role", "boss"),
            ("deadline", "2023-13"),
            ("issued", "昨天"),
            ("unknown", "x"),
        ] {
            let told = Filters::default()
                .add(name, value)
                .map_err(|e| e.to_string());
            let told = told.expect_err(name);
            assert!(told.contains("2023") || told.contains("expected"), "{told}");
        }
    }

    #[test]
    fn the_closed_words_are_those_of_records() {
        fn variants<T: JsonSchema>() -> Vec<String> {
            let schema = schemars::schema_for!(T).to_value();
            let each = schema["oneOf"].as_array().expect("variants").iter();
            each.map(|v| v["const"].as_str().expect("a word").to_owned())
                .collect()
        }
        assert_eq!(variants::<Level>(), LEVELS);
        assert_eq!(variants::<UnitRole>(), ROLES);
    }
}
