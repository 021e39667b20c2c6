//! What the ordinals of the facets' columns mean, over all segments of one view of the index.
//!
//! A combination is read once, not once a hit: it becomes the places of its values in one dense array of counts. An
//! archive has hundreds of thousands of combinations, so what they mean is kept beside the index (`file`).

mod file;

use super::fields::{PART, PROFILE, PROFILE_PARTS, SETTING, SETTING_PARTS, UNIT, VALUE};
use std::collections::HashMap;
use tantivy::columnar::StrColumn;
use tantivy::{Searcher, SegmentReader};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Planned for.
    Year,
    /// Names from the province down.
    Region,
    /// 文种.
    Kind,
    /// Level of the issuer.
    Level,
    /// Name of the campaign.
    Campaign,
    /// The same campaign of the same region over the years.
    Series,
    /// 发文机关.
    Issuer,
    /// Kinds of activity.
    ActivityKind,
    /// Canonical departments.
    Function,
    /// Roles of units.
    Role,
    /// For whom.
    Audience,
    /// Months of deadlines.
    Deadline,
}

impl Facet {
    /// Each of them, in their order.
    pub const EVERY: [Facet; 12] = [
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
pub struct Legend {
    segments: Vec<SegmentLegend>,
    /// Facet and value of each place in the array of counts, in order: of two values of a facet the lesser has the lesser
    /// place.
    values: Vec<(Facet, String)>,
    /// The places of each facet, in the order of [`Facet`].
    places: [Vec<u32>; Facet::EVERY.len()],
    /// Whole names of units, by their place; in order.
    units: Vec<String>,
}

/// The meaning of the ordinals of one segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SegmentLegend {
    /// Of [`SETTING`].
    pub settings: Places,
    /// Of [`PROFILE`].
    pub profiles: Places,
    /// The place of each of the segment's units.
    pub units: Vec<u32>,
}

/// The places of the values of each combination, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    ends: Vec<u32>,
    places: Vec<u32>,
}

impl Places {
    /// How many combinations there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    fn push(&mut self, places: impl Iterator<Item = u32>) {
        self.places.extend(places);
        self.ends
            .push(u32::try_from(self.places.len()).unwrap_or(u32::MAX));
    }

    /// The places of the values of one.
    #[must_use]
    pub fn of(&self, combination: usize) -> &[u32] {
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
    pub fn read(searcher: &Searcher) -> tantivy::Result<Self> {
        Self::default().over(searcher, &[])
    }

    /// The same for another view: what is known of its segments, by their ids, and the rest read.
    fn over(mut self, searcher: &Searcher, ids: &[String]) -> tantivy::Result<Self> {
        let readers = searcher.segment_readers();
        let id = |reader: &SegmentReader| reader.segment_id().uuid_string();
        let are_there = ids
            .iter()
            .all(|kept| readers.iter().any(|r| id(r) == *kept));
        let mut known: HashMap<&str, SegmentLegend> = HashMap::new();
        if are_there {
            let segments = std::mem::take(&mut self.segments);
            known.extend(ids.iter().map(String::as_str).zip(segments));
        } else {
            // Values of segments that are gone may stand nowhere any more
            self = Self::default();
        }
        let mut segments = Vec::new();
        let mut names: Option<Names> = None;
        for reader in readers {
            let found = match known.remove(id(reader).as_str()) {
                Some(segment) if segment.is_of(reader)? => segment,
                _ => {
                    let names = names.get_or_insert_with(|| Names::of(&self));
                    self.segment_read(reader, names)?
                }
            };
            segments.push(found);
        }
        self.segments = segments;
        Ok(self.ordered())
    }

    /// The same with its values and units in order.
    fn ordered(mut self) -> Self {
        if !self.values.is_sorted() {
            let moved = sorted(&mut self.values);
            let segments = self.segments.iter_mut();
            for places in segments.flat_map(|s| [&mut s.settings, &mut s.profiles]) {
                put_to(&mut places.places, &moved);
            }
            for places in &mut self.places {
                put_to(places, &moved);
                places.sort_unstable();
            }
        }
        if !self.units.is_sorted() {
            let moved = sorted(&mut self.units);
            for segment in &mut self.segments {
                put_to(&mut segment.units, &moved);
            }
        }
        self
    }

    fn segment_read(
        &mut self,
        reader: &SegmentReader,
        names: &mut Names,
    ) -> tantivy::Result<SegmentLegend> {
        let mut segment = SegmentLegend {
            settings: self.combinations(reader, SETTING, &SETTING_FACETS, &mut names.values)?,
            profiles: self.combinations(reader, PROFILE, &PROFILE_FACETS, &mut names.values)?,
            units: Vec::new(),
        };
        each_value(reader, UNIT, |name| {
            let next = u32::try_from(self.units.len()).unwrap_or(u32::MAX);
            let place = match names.units.get(name) {
                Some(place) => *place,
                None => {
                    self.units.push(name.to_owned());
                    names.units.insert(name.to_owned(), next);
                    next
                }
            };
            segment.units.push(place);
        })?;
        Ok(segment)
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

    /// Of one segment of the view.
    #[must_use]
    pub fn segment(&self, ordinal: u32) -> Option<&SegmentLegend> {
        self.segments.get(ordinal as usize)
    }

    /// The place of a facet's value for each setting of a segment: of a path, the whole.
    #[must_use]
    pub fn values_of_settings(&self, segment: u32, facet: Facet) -> Vec<Option<u32>> {
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
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is nothing to count.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The places of a facet.
    #[must_use]
    pub fn places(&self, facet: Facet) -> &[u32] {
        &self.places[facet as usize]
    }

    /// The facet whose value stands at a place of the counts.
    #[must_use]
    pub fn facet(&self, place: usize) -> Option<Facet> {
        self.values.get(place).map(|(facet, _)| *facet)
    }

    /// The value at a place of the counts.
    #[must_use]
    pub fn value(&self, place: usize) -> &str {
        self.values.get(place).map_or("", |(_, value)| value)
    }

    /// The name of each place of the units' counts.
    #[must_use]
    pub fn units(&self) -> &[String] {
        &self.units
    }
}

impl SegmentLegend {
    /// Whether it has a meaning for each ordinal of the segment.
    fn is_of(&self, reader: &SegmentReader) -> tantivy::Result<bool> {
        for (column, known) in [
            (SETTING, self.settings.len()),
            (PROFILE, self.profiles.len()),
            (UNIT, self.units.len()),
        ] {
            let column: Option<StrColumn> = reader.fast_fields().str(column)?;
            if column.map_or(0, |column| column.dictionary().num_terms()) != known {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// The places of values and units by their names, while segments are read.
#[derive(Default)]
struct Names {
    values: HashMap<(Facet, String), u32>,
    units: HashMap<String, u32>,
}

impl Names {
    fn of(legend: &Legend) -> Self {
        let (values, units) = (legend.values.iter(), legend.units.iter());
        Self {
            values: values.cloned().zip(0..).collect(),
            units: units.cloned().zip(0..).collect(),
        }
    }
}

/// Sorts, and tells the new place of each by its old one.
fn sorted<T: Ord>(values: &mut [T]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|a, b| values[*a].cmp(&values[*b]));
    let mut moved = vec![0; values.len()];
    for (place, from) in (0..).zip(order) {
        moved[from] = place;
    }
    values.sort_unstable();
    moved
}

/// Writes the new places for the old ones.
fn put_to(places: &mut [u32], moved: &[u32]) {
    for place in places {
        *place = moved.get(*place as usize).copied().unwrap_or(*place);
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
