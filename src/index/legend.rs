//! What the ordinals of the facets' columns mean, over all segments of one view of the index.
//!
//! A combination is read once, not once a hit: it becomes the places of its values in one dense array of counts. An
//! archive has hundreds of thousands of combinations, so what they mean is kept beside the index, segment by segment. A
//! segment never changes, so what is kept of it holds as long as it is there; segments that are not kept are read.

use super::fields::{PART, PROFILE, PROFILE_PARTS, SETTING, SETTING_PARTS, UNIT, VALUE};
use super::kept::{self, Numbers};
use std::collections::HashMap;
use std::path::Path;
use tantivy::columnar::StrColumn;
use tantivy::{Searcher, SegmentReader};

/// The file beside tantivy's own that keeps the legend of its segments.
pub const LEGEND_FILE: &str = "gongwen-legend";

/// How the file begins; another beginning is another form.
const FORM: &[u8] = b"gongwen legend 2\n";
/// How it ends.
const END: &[u8] = b"\nend\n";

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
    /// The legend of a view of the index in a folder: of what is kept there, as far as that is of this view.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(searcher: &Searcher, dir: &Path) -> tantivy::Result<Self> {
        let kept = std::fs::read(dir.join(LEGEND_FILE));
        let kept = kept.ok().and_then(|bytes| Self::unpacked(&bytes));
        match kept {
            Some((ids, legend)) => legend.over(searcher, &ids),
            None => Self::read(searcher),
        }
    }

    /// Reads the dictionaries of the facets' columns.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn read(searcher: &Searcher) -> tantivy::Result<Self> {
        Self::default().over(searcher, &[])
    }

    /// Keeps the legend of a view beside the index.
    ///
    /// # Errors
    /// When the index cannot be read or the file cannot be written.
    pub fn keep(searcher: &Searcher, dir: &Path) -> tantivy::Result<()> {
        let bytes = Self::read(searcher)?.packed(searcher);
        let fresh = dir.join(format!("{LEGEND_FILE}.new"));
        std::fs::write(&fresh, bytes)?;
        Ok(std::fs::rename(&fresh, dir.join(LEGEND_FILE))?)
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

    /// As the file has it.
    fn packed(&self, searcher: &Searcher) -> Vec<u8> {
        let mut out = FORM.to_vec();
        kept::number(&mut out, self.segments.len());
        for (segment, reader) in self.segments.iter().zip(searcher.segment_readers()) {
            kept::string(&mut out, &reader.segment_id().uuid_string());
            for places in [&segment.settings, &segment.profiles] {
                kept::number(&mut out, places.len());
                for combination in 0..places.len() {
                    kept::numbers(&mut out, places.of(combination));
                }
            }
            kept::numbers(&mut out, &segment.units);
        }
        kept::number(&mut out, self.values.len());
        for (facet, value) in &self.values {
            kept::number(&mut out, *facet as usize);
            kept::string(&mut out, value);
        }
        kept::number(&mut out, self.units.len());
        for unit in &self.units {
            kept::string(&mut out, unit);
        }
        out.extend_from_slice(END);
        out
    }

    /// What a file has, with the ids of its segments; none when it is of another form or damaged.
    fn unpacked(bytes: &[u8]) -> Option<(Vec<String>, Self)> {
        let mut from = Numbers(bytes.strip_prefix(FORM)?.strip_suffix(END)?);
        let (mut ids, mut out) = (Vec::new(), Self::default());
        for _ in 0..from.number()? {
            ids.push(from.string()?);
            let mut columns = [Places::default(), Places::default()];
            for places in &mut columns {
                for _ in 0..from.number()? {
                    from.numbers(&mut places.places)?;
                    places.ends.push(u32::try_from(places.places.len()).ok()?);
                }
            }
            let [settings, profiles] = columns;
            let mut units = Vec::new();
            from.numbers(&mut units)?;
            out.segments.push(SegmentLegend {
                settings,
                profiles,
                units,
            });
        }
        for place in 0..from.number()? {
            let facet = *Facet::EVERY.get(from.number()?)?;
            out.places[facet as usize].push(u32::try_from(place).ok()?);
            out.values.push((facet, from.string()?));
        }
        for _ in 0..from.number()? {
            out.units.push(from.string()?);
        }
        let is_whole = from.0.is_empty() && out.segments.iter().all(|s| s.lies_in(&out));
        is_whole.then_some((ids, out))
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

    /// Whether all of its places are places of the legend.
    fn lies_in(&self, legend: &Legend) -> bool {
        let within = |places: &[u32], most: usize| places.iter().all(|p| (*p as usize) < most);
        within(&self.settings.places, legend.values.len())
            && within(&self.profiles.places, legend.values.len())
            && within(&self.units, legend.units.len())
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
    use super::*;
    use crate::index::Index;
    use crate::record::Notice;
    use serde_json::json;
    use tempfile::tempdir;

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

    fn notice(id: &str, kind: &str, issuer: &str) -> Notice {
        serde_json::from_value(json!({
            "schema": "notice/1", "id": id, "text": "护河", "source": {"path": "a.txt", "member": null,
                "media_type": "text/plain", "charset": null, "bytes": 6, "sha256": "0"},
            "title": null, "kind": kind, "doc_number": null, "issuers": [issuer], "addressees": [], "copied_to": [],
            "issued": null, "year": 2031, "region": null, "region_path": [], "level": null, "campaign": null,
            "publicity": null, "secrecy": null, "urgency": null, "signer": null, "outline": [], "activities": [],
            "dates": [], "contacts": [], "hotlines": [], "series": null, "parts": [], "attachments": [],
            "citations": [], "diagnostics": []
        }))
        .expect("a record")
    }

    /// The values of each of the settings of each segment.
    fn spelt(legend: &Legend) -> Vec<Vec<Vec<&str>>> {
        let segments = legend.segments.iter().map(|segment| {
            let places = (0..segment.settings.len()).map(|setting| segment.settings.of(setting));
            let values = places.map(|places| places.iter().map(|p| legend.value(*p as usize)));
            values.map(Iterator::collect).collect()
        });
        segments.collect()
    }

    fn put(index: &Index, notices: &[Notice], finished: bool) {
        let mut writer = index.writer().expect("a writer");
        for notice in notices {
            writer.put(notice, &[]).expect("put");
        }
        writer.commit(1).expect("written");
        if finished {
            writer.finish().expect("finished");
        }
        index.reload().expect("seen");
    }

    #[test]
    fn what_is_kept_is_what_is_read() {
        let folder = tempdir().expect("a folder");
        let index = Index::open(folder.path()).expect("made");
        put(
            &index,
            &[notice("0a", "方案", "甲局"), notice("0b", "函", "乙局")],
            true,
        );
        let searcher = index.searcher();
        let bytes = std::fs::read(folder.path().join(LEGEND_FILE)).expect("kept");
        let (ids, kept) = Legend::unpacked(&bytes).expect("whole");
        assert_eq!(ids.len(), searcher.segment_readers().len());
        let read = Legend::read(&searcher).expect("read");
        assert_eq!(
            (&kept.segments, &kept.values),
            (&read.segments, &read.values)
        );
        assert_eq!((&kept.places, &kept.units), (&read.places, &read.units));
        assert!(
            spelt(&kept)
                .concat()
                .contains(&vec!["2031", "方案", "甲局"])
        );
        // Nothing of a damaged one is taken
        for cut in 0..bytes.len() {
            assert!(Legend::unpacked(&bytes[..cut]).is_none(), "{cut}");
        }
        let mut beyond = bytes.clone();
        beyond.insert(bytes.len() - END.len(), 0);
        assert!(Legend::unpacked(&beyond).is_none());
    }

    #[test]
    fn a_stale_legend_is_never_used() {
        let folder = tempdir().expect("a folder");
        let index = Index::open(folder.path()).expect("made");
        let right = |index: &Index| {
            let searcher = index.searcher();
            let found = Legend::of(&searcher, folder.path()).expect("a legend");
            let read = Legend::read(&searcher).expect("read");
            assert_eq!(spelt(&found), spelt(&read));
            found
        };
        put(&index, &[notice("0a", "方案", "甲局")], true);
        right(&index);
        // A segment that the file does not know is read, the known one is not
        put(&index, &[notice("0b", "函", "乙局")], false);
        let both = right(&index);
        assert_eq!(both.segments.len(), 2);
        // The known segment goes: nothing of it is left
        let mut writer = index.writer().expect("a writer");
        writer.remove("0a").expect("removed");
        writer.commit(2).expect("written");
        drop(writer);
        index.reload().expect("seen");
        let left = right(&index);
        assert!(
            left.values.iter().all(|(_, value)| value != "甲局"),
            "{left:?}"
        );
        // A file of other segments under the same ids, so to speak: it has no meaning for each ordinal
        put(&index, &[notice("0c", "意见", "丙局")], true);
        let searcher = index.searcher();
        let empty = Legend {
            segments: vec![SegmentLegend::default(); searcher.segment_readers().len()],
            ..Legend::default()
        };
        let file = folder.path().join(LEGEND_FILE);
        std::fs::write(&file, empty.packed(&searcher)).expect("written");
        right(&index);
        std::fs::write(&file, "gongwen legend 0\n").expect("written");
        right(&index);
    }
}
