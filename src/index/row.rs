//! An entry as the index stores it: JSON without keys, in the order of its fields, for one is read for each hit.

use super::entry::{Entry, EntryDate, EntryUnit};
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

/// The stored form; without its text where the store has that.
#[must_use]
pub fn written(entry: &Entry, text: bool) -> Vec<u8> {
    // An entry holds no map, so this cannot fail; an empty row reads back as no hit
    serde_json::to_vec(&Row(entry, text)).unwrap_or_default()
}

/// The entry of a stored form; none when it is of another form.
#[must_use]
pub fn read(row: &[u8]) -> Option<Entry> {
    // A struct reads from a list as well as from a map
    serde_json::from_slice(row).ok()
}

struct Row<'e>(&'e Entry, bool);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        // By name, so that a new field of an entry is missed here
        let Entry {
            id,
            notice_id,
            ordinal,
            section,
            title,
            notice_title,
            path,
            above,
            units,
            dates,
            kinds,
            audiences,
            kind,
            doc_number,
            issuers,
            issued,
            year,
            region,
            region_path,
            level,
            campaign,
            theme,
            series,
            cites,
            contacts,
            sources,
            text,
            start,
        } = self.0;
        let unit = |unit: &'_ EntryUnit| (unit.name.clone(), unit.role, unit.function.clone());
        let date = |date: &'_ EntryDate| (date.text.clone(), date.start, date.end, date.role);
        let mut row = to.serialize_seq(Some(28))?;
        row.serialize_element(id)?;
        row.serialize_element(notice_id)?;
        row.serialize_element(ordinal)?;
        row.serialize_element(section)?;
        row.serialize_element(title)?;
        row.serialize_element(notice_title)?;
        row.serialize_element(path)?;
        row.serialize_element(above)?;
        row.serialize_element(&units.iter().map(unit).collect::<Vec<_>>())?;
        row.serialize_element(&dates.iter().map(date).collect::<Vec<_>>())?;
        row.serialize_element(kinds)?;
        row.serialize_element(audiences)?;
        row.serialize_element(kind)?;
        row.serialize_element(doc_number)?;
        row.serialize_element(issuers)?;
        row.serialize_element(issued)?;
        row.serialize_element(year)?;
        row.serialize_element(region)?;
        row.serialize_element(region_path)?;
        row.serialize_element(level)?;
        row.serialize_element(campaign)?;
        row.serialize_element(theme)?;
        row.serialize_element(series)?;
        row.serialize_element(cites)?;
        row.serialize_element(contacts)?;
        row.serialize_element(sources)?;
        row.serialize_element(if self.1 { text.as_str() } else { "" })?;
        row.serialize_element(start)?;
        row.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, extract};

    #[test]
    fn what_is_written_is_read() {
        let text = "某市应急管理局关于开展2023年“安全生产月”活动的通知\n某应急〔2023〕5号\n\n各单位：\n一、主要活动\n\
            （一）开展应急演练。6月20日前，学校组织一次。（牵头单位：市教育局；配合单位：市应急管理局）\n\n\
            某市应急管理局\n2023年5月8日\n";
        let extraction = extract(text.as_bytes(), &Options::of_path("a.txt"));
        let entries = Entry::of(&extraction.notices[0], &["a.txt".to_owned()]);
        assert!(
            entries
                .iter()
                .any(|e| !e.units.is_empty() && !e.dates.is_empty())
        );
        for entry in entries {
            assert_eq!(read(&written(&entry, true)).as_ref(), Some(&entry));
            let bare = read(&written(&entry, false)).expect("a row");
            assert_eq!((bare.text.as_str(), &bare.id), ("", &entry.id));
        }
        assert_eq!(read(b""), None);
        assert_eq!(read(b"[1]"), None);
    }
}
