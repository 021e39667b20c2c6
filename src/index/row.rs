//! An entry as the index stores it: JSON without keys, in the order of its fields, for one is read for each hit; in
//! characters of one byte or two, the frequent ones the shorter.

use super::compact;
use super::entry::{Entry, EntryDate, EntryUnit};
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

/// The stored form; without its text where the store has that.
#[must_use]
pub fn written(entry: &Entry, text: bool) -> Vec<u8> {
    // An entry holds no map, so this cannot fail; an empty row reads back as no hit
    let row = serde_json::to_string(&Row(entry, text)).unwrap_or_default();
    compact::written(&row)
}

/// The entry of a stored form; none when it is of another form.
#[must_use]
pub fn read(row: &[u8]) -> Option<Entry> {
    // A struct reads from a list as well as from a map
    serde_json::from_str(&compact::read(row)?).ok()
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
    use serde_json::json;

    #[test]
    fn what_is_written_is_read() {
        let full = json!({
            "id": "0a.3", "notice_id": "0a", "ordinal": 3, "section": 5, "title": "开展应急演练",
            "notice_title": "方案", "path": ["一、", "（三）"], "above": ["主要活动"],
            "units": [{"name": "市教育局", "role": "lead", "function": "教育"}],
            "dates": [{"text": "6月20日前", "start": null, "end": "2023-06-20", "role": "deadline"}],
            "kinds": ["应急演练"], "audiences": ["学校"], "kind": "方案", "doc_number": "某安〔2023〕5号",
            "issuers": ["某市应急管理局"], "issued": "2023-05-08", "year": 2023, "region": "420100",
            "region_path": ["湖北省", "武汉市"], "level": "prefecture", "campaign": "安全生产月",
            "theme": "人人讲安全", "series": "某市/安全生产月", "cites": ["甲"], "contacts": ["乙"],
            "sources": ["a.txt"], "text": "6月20日前，学校组织“一次”演练。", "start": 40,
        });
        let entry: Entry = serde_json::from_value(full).expect("an entry");
        let bare = Entry {
            ordinal: None,
            title: None,
            units: Vec::new(),
            issued: None,
            ..entry.clone()
        };
        for entry in [entry, bare] {
            assert_eq!(read(&written(&entry, true)).as_ref(), Some(&entry));
            let without = read(&written(&entry, false)).expect("a row");
            assert_eq!((without.text.as_str(), &without.id), ("", &entry.id));
        }
        assert_eq!(read(b""), None);
        assert_eq!(read(b"[1]"), None);
    }
}
