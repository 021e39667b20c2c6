//! What the ordinals of the facets' columns mean, over all segments of one view of the index.
//!
//! A combination is read once, not once a hit: it becomes the places of its values in one dense array of counts.

use crate::index::fields::{PART, PROFILE, PROFILE_PARTS, SETTING, SETTING_PARTS, UNIT, VALUE};
use std::collections::HashMap;
use tantivy::columnar::StrColumn;
use tantivy::{Searcher, SegmentReader};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Facet {
    Year,
    Region,
    Kind,
    Level,
    Campaign,
    Series,
    Issuer,
    ActivityKind,
    Function,
    Role,
    Audience,
    Deadline,
}

impl Facet {
    pub(super) const EVERY: [Facet; 12] = [
        Facet::Year,
        Facet::Region,
        Facet::Kind,
        Facet::Level,
        Facet::Campaign,
        Facet::Series,
        Facet::Issuer,
        Facet::ActivityKind,
        Facet::Function,
        Facet::Role,
        Facet::Audience,
        Facet::Deadline,
    ];
}

/// In the order of the parts of [`SETTING`].
const SETTING_FACETS: [Facet; SETTING_PARTS] = [
    Facet::Year,
    Facet::Region,
    Facet::Kind,
    Facet::Level,
    Facet::Campaign,
    Facet::Series,
    Facet::Issuer,
];
/// In the order of the parts of [`PROFILE`].
const PROFILE_FACETS: [Facet; PROFILE_PARTS] = [
    Facet::ActivityKind,
    Facet::Function,
    Facet::Role,
    Facet::Audience,
    Facet::Deadline,
];

/// The meaning of the ordinals.
#[derive(Debug, Default)]
pub(super) struct Legend {
    segments: Vec<SegmentLegend>,
    /// Facet and value of each place in the array of counts.
    values: Vec<(Facet, String)>,
    /// The places of each facet, in the order of [`Facet`].
    places: [Vec<u32>; Facet::EVERY.len()],
    /// Whole names of units, by their place.
    units: Vec<String>,
}

#[derive(Debug, Default)]
pub(super) struct SegmentLegend {
    pub(super) settings: Places,
    pub(super) profiles: Places,
    /// The place of each of the segment's units.
    pub(super) units: Vec<u32>,
}

/// The places of the values of each combination, one after the other.
#[derive(Debug, Default)]
pub(super) struct Places {
    ends: Vec<u32>,
    places: Vec<u32>,
}

impl Places {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    fn push(&mut self, places: impl Iterator<Item = u32>) {
        self.places.extend(places);
        self.ends
            .push(u32::try_from(self.places.len()).unwrap_or(u32::MAX));
    }

    pub(super) fn of(&self, combination: usize) -> &[u32] {
        let bound = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        let from = combination.checked_sub(1).map_or(0, bound);
        self.places
            .get(from..bound(combination))
            .unwrap_or_default()
    }
}

impl Legend {
    /// Reads the dictionaries of the facets' columns.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn read(searcher: &Searcher) -> tantivy::Result<Self> {
        let mut out = Self::default();
        let mut values = HashMap::new();
        let mut units: HashMap<String, u32> = HashMap::new();
        for reader in searcher.segment_readers() {
            let mut segment = SegmentLegend {
                settings: out.combinations(reader, SETTING, &SETTING_FACETS, &mut values)?,
                profiles: out.combinations(reader, PROFILE, &PROFILE_FACETS, &mut values)?,
                units: Vec::new(),
            };
            each_value(reader, UNIT, |name| {
                let next = u32::try_from(out.units.len()).unwrap_or(u32::MAX);
                let place = match units.get(name) {
                    Some(place) => *place,
                    None => {
                        out.units.push(name.to_owned());
                        units.insert(name.to_owned(), next);
                        next
                    }
                };
                segment.units.push(place);
            })?;
            out.segments.push(segment);
        }
        Ok(out)
    }

    fn combinations(
        &mut self,
        reader: &SegmentReader,
        column: &str,
        facets: &[Facet],
        known: &mut HashMap<(Facet, String), u32>,
    ) -> tantivy::Result<Places> {
        let mut out = Places::default();
        each_value(reader, column, |text| {
            let mut places = Vec::new();
            for (facet, part) in facets.iter().zip(text.split(PART)) {
                if part.is_empty() {
                    continue;
                }
                match facet {
                    // Every level of the path is a value
                    Facet::Region => {
                        let ends = part.match_indices('/').map(|(at, _)| at);
                        for end in ends.chain([part.len()]) {
                            places.push(self.place(*facet, &part[..end], known));
                        }
                    }
                    _ => {
                        for value in part.split(VALUE) {
                            places.push(self.place(*facet, value, known));
                        }
                    }
                }
            }
            out.push(places.into_iter());
        })?;
        Ok(out)
    }

    fn place(
        &mut self,
        facet: Facet,
        value: &str,
        known: &mut HashMap<(Facet, String), u32>,
    ) -> u32 {
        let key = (facet, value.to_owned());
        if let Some(place) = known.get(&key) {
            return *place;
        }
        let next = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(key.clone());
        self.places[facet as usize].push(next);
        known.insert(key, next);
        next
    }

    pub(super) fn segment(&self, ordinal: u32) -> Option<&SegmentLegend> {
        self.segments.get(ordinal as usize)
    }

    /// The place of a facet's value for each setting of a segment: of a path, the whole.
    pub(super) fn values_of_settings(&self, segment: u32, facet: Facet) -> Vec<Option<u32>> {
        let Some(known) = self.segment(segment) else {
            return Vec::new();
        };
        let is_of = |place: &u32| {
            let value = self.values.get(*place as usize);
            value.is_some_and(|(of, _)| *of == facet)
        };
        (0..known.settings.len())
            .map(|setting| {
                let places = known.settings.of(setting).iter();
                places.rev().copied().find(is_of)
            })
            .collect()
    }

    /// How many places the counts have.
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// The places of a facet.
    pub(super) fn places(&self, facet: Facet) -> &[u32] {
        &self.places[facet as usize]
    }

    /// The value at a place of the counts.
    pub(super) fn value(&self, place: usize) -> &str {
        self.values.get(place).map_or("", |(_, value)| value)
    }

    /// The name of each place of the units' counts.
    pub(super) fn units(&self) -> &[String] {
        &self.units
    }
}

/// Each value of a column in the order of its ordinals.
fn each_value(
    reader: &SegmentReader,
    column: &str,
    mut each: impl FnMut(&str),
) -> tantivy::Result<()> {
    let Some(column): Option<StrColumn> = reader.fast_fields().str(column)? else {
        return Ok(());
    };
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        // Written from strings, so it reads as one; a damaged one counts as an empty value
        each(std::str::from_utf8(stream.key()).unwrap_or_default());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn combinations_keep_their_places() {
        let mut places = Places::default();
        places.push([3, 4].into_iter());
        places.push([].into_iter());
        places.push([5].into_iter());
        assert_eq!(places.len(), 3);
        assert_eq!(
            [places.of(0), places.of(1), places.of(2), places.of(3)],
            [&[3, 4][..], &[], &[5], &[]]
        );
    }
}
