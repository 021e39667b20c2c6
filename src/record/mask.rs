//! Masks for publication: names of contacts, personal numbers and e-mail addresses give way to `*`, one for each character.
//!
//! Offsets hold, for a mask is as long as what it covers, in code points. Hotlines stay: they are there for everybody.

use crate::entity::contact;
use crate::entity::contact::email;
use crate::entity::contact::phone;
use crate::entity::contact::phone::PhoneKind;
use crate::entity::doc_number::is_dash;
use crate::record::notice::Notice;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use aho_corasick::AhoCorasick;
use aho_corasick::MatchKind;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeSet;

/// What stands for each masked character.
pub const MASK: char = '*';

/// Keys whose strings are not the notice's words: what a file is, days, codes, roles.
const KEPT: [&str; 19] = [
    "schema",
    "id",
    "notice_id",
    "sha256",
    "media_type",
    "charset",
    "issued",
    "start",
    "end",
    "edtf",
    "rrule",
    "role",
    "precision",
    "level",
    "region",
    "region_today",
    "code",
    "style",
    "kind",
];

/// What one text or record asks to be masked.
#[derive(Debug)]
pub struct Mask {
    values: Option<AhoCorasick>,
}

impl Mask {
    /// What is to be masked in a record: what its contacts say, and every number and address in its text.
    #[must_use]
    pub fn of(notice: &Notice) -> Self {
        let mut values = found_in(&notice.text);
        for contact in &notice.contacts {
            values.extend(contact.names.iter().cloned());
            values.extend(contact.phones.iter().cloned());
            values.extend(contact.faxes.iter().cloned());
            values.extend(contact.emails.iter().cloned());
            values.extend(contact.qq.iter().cloned());
        }
        let public = notice.hotlines.iter().map(|h| h.number.as_str());
        Self::of_values(&values, &public.collect::<Vec<_>>())
    }

    /// What is to be masked in a text that is no notice.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let found = contact::find(text);
        let public: Vec<&str> = found.hotlines.iter().map(|h| h.number.as_str()).collect();
        Self::of_values(&found_in(text), &public)
    }

    fn of_values(values: &BTreeSet<String>, public: &[&str]) -> Self {
        let public: BTreeSet<String> = public.iter().map(|number| plain(number)).collect();
        let plain: BTreeSet<String> = values
            .iter()
            .map(|value| plain(value))
            .filter(|value| value.chars().nth(1).is_some() && !public.contains(value))
            .collect();
        let build = |values: BTreeSet<String>| {
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(values)
                .ok()
        };
        Self {
            values: (!plain.is_empty()).then(|| build(plain)).flatten(),
        }
    }

    /// The text with what is to be masked covered, whatever blanks, dashes and widths it is written in.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        let Some(values) = &self.values else {
            return text.to_owned();
        };
        // what is searched, and for each of its bytes the place in `text`
        let mut bare = String::with_capacity(text.len());
        let mut places = Vec::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            if let Some(c) = counted(c) {
                bare.push(c);
                places.resize(bare.len(), at);
            }
        }
        let mut covered = vec![false; text.len()];
        for hit in values.find_iter(&bare) {
            let from = places.get(hit.start()).copied().unwrap_or(text.len());
            let to = places.get(hit.end() - 1).copied().unwrap_or(from);
            for place in covered.iter_mut().take(to + 1).skip(from) {
                *place = true;
            }
        }
        text.char_indices()
            .map(|(at, c)| match covered[at] && !is_blank(c) {
                true => MASK,
                false => c,
            })
            .collect()
    }

    /// Any value of the record's world with every string in it masked; null when it cannot be read back.
    #[must_use]
    pub fn applied_to<T: Serialize + DeserializeOwned>(&self, value: &T) -> Option<T> {
        let mut json = serde_json::to_value(value).ok()?;
        self.json(&mut json);
        serde_json::from_value(json).ok()
    }

    /// Masks every string of a JSON value but those that say what a file is.
    pub fn json(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.text(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.json(item)),
            Value::Object(members) => members
                .iter_mut()
                .filter(|(key, _)| !KEPT.contains(&key.as_str()))
                .for_each(|(_, item)| self.json(item)),
            _ => {}
        }
    }
}

/// The telephone numbers and e-mail addresses of a text as they stand, and as they are meant.
fn found_in(text: &str) -> BTreeSet<String> {
    let mut values = BTreeSet::new();
    let mut start = 0;
    for found in phone::phones(text) {
        let surface = found.span.of(text);
        // 0991-5550157/58: the tail alone is no number
        if surface
            .chars()
            .filter(|c| fold(*c).is_ascii_digit())
            .count()
            >= 5
        {
            start = found.span.start;
        }
        if found.kind != PhoneKind::Hotline {
            values.extend(text.get(start..found.span.end).map(str::to_owned));
            values.insert(found.number);
        }
    }
    for found in email::emails(text) {
        values.insert(found.span.of(text).to_owned());
        values.insert(found.email);
    }
    values
}

/// The character as values are compared: widths folded, without blanks, dashes and brackets within numbers.
fn counted(c: char) -> Option<char> {
    match fold(c) {
        '\n' => Some('\n'),
        c if is_blank(c) || is_dash(c) || matches!(c, '(' | ')') => None,
        c => Some(c),
    }
}

fn plain(value: &str) -> String {
    value.chars().filter_map(counted).collect()
}

impl Notice {
    /// The record with names of contacts, personal numbers and e-mail addresses masked, in its fields and in its text.
    ///
    /// Every offset holds: a mask is as long as what it covers.
    #[must_use]
    pub fn masked(&self) -> Self {
        Mask::of(self)
            .applied_to(self)
            .unwrap_or_else(|| covered(self))
    }
}

/// A record of which nothing is shown: what cannot be masked is not published.
fn covered(notice: &Notice) -> Notice {
    Notice {
        schema: notice.schema.clone(),
        id: notice.id.clone(),
        source: notice.source.clone(),
        text: notice
            .text
            .chars()
            .map(|c| if c == '\n' { c } else { MASK })
            .collect(),
        title: None,
        kind: None,
        doc_number: None,
        issuers: Vec::new(),
        addressees: Vec::new(),
        copied_to: Vec::new(),
        issued: notice.issued,
        year: notice.year,
        region: notice.region.clone(),
        region_today: notice.region_today.clone(),
        region_path: notice.region_path.clone(),
        level: notice.level,
        campaign: None,
        publicity: None,
        secrecy: None,
        urgency: None,
        signer: None,
        outline: Vec::new(),
        activities: Vec::new(),
        dates: Vec::new(),
        contacts: Vec::new(),
        hotlines: notice.hotlines.clone(),
        series: None,
        parts: Vec::new(),
        attachments: Vec::new(),
        citations: Vec::new(),
        diagnostics: Vec::new(),
    }
}

/// Whether any string of the value holds one of the words.
#[cfg(test)]
pub(crate) fn has_any(value: &Value, words: &[&str]) -> bool {
    match value {
        Value::String(text) => words.iter().any(|word| text.contains(word)),
        Value::Array(items) => items.iter().any(|item| has_any(item, words)),
        Value::Object(members) => members.values().any(|item| has_any(item, words)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::taxonomy::Taxonomy;
    use crate::record::build;
    use crate::record::notice::Source;
    use crate::source::ReadText;
    use proptest::prelude::*;

    fn record(text: &str) -> Notice {
        let source = Source {
            path: "a.txt".to_owned(),
            member: None,
            media_type: "text/plain".to_owned(),
            charset: None,
            ocr: false,
            bytes: 0,
            sha256: "0".repeat(64),
        };
        let read = ReadText {
            text: text.to_owned(),
            ..ReadText::default()
        };
        build(read, source, "0".repeat(16), Taxonomy::bundled())
    }

    #[test]
    fn names_numbers_and_addresses_give_way_and_hotlines_stay() {
        let notice = record(
            "关于开展“安全生产月”活动的通知\n一、活动内容\n（一）开展演练。请何　平报名，举报电话：12350。\n\
             联系人：何平，电话：0871－5550101/02（带传真），手机139 0000 0611，邮箱：Hp_1＠x.example.cn。\n",
        );
        let masked = notice.masked();
        assert_eq!(masked.contacts[0].names, ["**"]);
        assert_eq!(masked.contacts[0].span, notice.contacts[0].span);
        assert_eq!(masked.hotlines, notice.hotlines);
        assert!(
            masked.text.contains("请*　*报名，举报电话：12350。"),
            "{}",
            masked.text
        );
        assert!(!masked.text.contains("02"), "{}", masked.text);
        assert_eq!(masked.text.chars().count(), notice.text.chars().count());
        assert_eq!(masked.masked(), masked);
    }

    #[test]
    fn a_record_without_contacts_is_as_it_was() {
        let notice = record("关于做好防汛工作的通知\n各科室：\n6月1日起值班，遇险拨打119。");
        assert_eq!(notice.masked(), notice);
    }

    proptest! {
        #[test]
        fn no_masked_value_occurs(parts in proptest::collection::vec(
            "(联系人：|王芳|李　雷|欧阳明|，|电话：|0571-5550123|１３９００００７７８８|/5550124|/25|传真：|5550125|邮箱：|a1@b.example.cn|一、活动|（一）演练。|\\n|12350|举报电话：)", 0..40)) {
            let notice = record(&parts.concat());
            let masked = notice.masked();
            prop_assert_eq!(masked.text.chars().count(), notice.text.chars().count());
            let hotlines: Vec<String> = notice.hotlines.iter().map(|h| plain(&h.number)).collect();
            let mut values: Vec<&str> = Vec::new();
            for c in &notice.contacts {
                values.extend(c.names.iter().filter(|n| n.chars().count() > 1).map(String::as_str));
                for number in c.phones.iter().chain(&c.faxes) {
                    if !hotlines.contains(&plain(number)) {
                        values.push(number);
                    }
                }
                values.extend(c.emails.iter().map(String::as_str));
            }
            let json = serde_json::to_value(&masked).expect("a record is JSON");
            prop_assert!(!has_any(&json, &values), "{:?} in {}", values, json);
            for (a, b) in notice.contacts.iter().zip(&masked.contacts) {
                prop_assert_eq!(a.span, b.span);
            }
        }
    }
}
