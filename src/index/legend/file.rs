//! The file beside the index that keeps its legend, segment by segment. A segment never changes, so what is kept of it
//! holds as long as it is there; segments that are not kept are read.

use super::{Facet, Legend, Places, SegmentLegend};
use crate::index::kept;
use crate::index::kept::Numbers;
use std::path::Path;
use tantivy::Searcher;

/// The file beside tantivy's own that keeps the legend of its segments.
const LEGEND_FILE: &str = "gongwen-legend";

/// How the file begins; another beginning is another form.
const FORM: &[u8] = b"gongwen legend 2\n";
/// How it ends.
const END: &[u8] = b"\nend\n";

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
}

impl SegmentLegend {
    /// Whether all of its places are places of the legend.
    fn lies_in(&self, legend: &Legend) -> bool {
        let within = |places: &[u32], most: usize| places.iter().all(|p| (*p as usize) < most);
        within(&self.settings.places, legend.values.len())
            && within(&self.profiles.places, legend.values.len())
            && within(&self.units, legend.units.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Index;
    use crate::record::Notice;
    use serde_json::json;
    use tempfile::tempdir;

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
