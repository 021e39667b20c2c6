//! What the index keeps of an activity, a section or a notice, and shows of it in a hit.

use super::rest;
use crate::entity::date::DateRole;
use crate::entity::region::Level;
use crate::entity::unit::UnitRole;
use crate::record::Notice;
use crate::record::notice::{Activity, DateMention, Section};
use crate::span::CharSpan;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One document of the index: an activity, a section that is none (or what stands in neither), or a whole notice. Its fields stand in the order in
/// which [`super::row`] stores them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// `<notice id>.<ordinal>` of an activity, `<notice id>.s<section>` of a section, or the notice's id.
    pub id: String,
    /// The notice's id.
    pub notice_id: String,
    /// An activity's, from 1; none for a section or a notice.
    pub ordinal: Option<u32>,
    /// Place in the notice's outline, from 1, of the section that it is or, for an activity, lies in; what stands in no
    /// section and no activity is counted on after the outline's last.
    pub section: Option<u32>,
    /// Of the activity, the section or the notice.
    pub title: Option<String>,
    /// Of the notice.
    pub notice_title: Option<String>,
    /// Markers from depth 1 down.
    pub path: Vec<String>,
    /// Headings of the sections above.
    pub above: Vec<String>,
    /// Who does what.
    pub units: Vec<EntryUnit>,
    /// When; nothing that is only told.
    pub dates: Vec<EntryDate>,
    /// Kinds of activity.
    pub kinds: Vec<String>,
    /// For whom.
    pub audiences: Vec<String>,
    /// 文种 of the notice.
    pub kind: Option<String>,
    /// 发文字号.
    pub doc_number: Option<String>,
    /// 发文机关.
    pub issuers: Vec<String>,
    /// 成文日期.
    pub issued: Option<Date>,
    /// Year planned for.
    pub year: Option<i16>,
    /// GB/T 2260 code.
    pub region: Option<String>,
    /// Names from the province down.
    pub region_path: Vec<String>,
    /// Level of the issuer.
    pub level: Option<Level>,
    /// Name of the campaign.
    pub campaign: Option<String>,
    /// Its theme.
    pub theme: Option<String>,
    /// Joins the same campaign of the same region over the years.
    pub series: Option<String>,
    /// Titles and numbers in 《》: of the whole notice, for a notice only.
    pub cites: Vec<String>,
    /// Names and numbers to ask, for a notice only.
    pub contacts: Vec<String>,
    /// Where the notice was found, sorted.
    pub sources: Vec<String>,
    /// The text that is searched and quoted.
    pub text: String,
    /// Code point of the notice's text at which `text` begins.
    pub start: usize,
}

/// The kinds of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// What somebody is to do.
    Activity,
    /// A section that is no activity and no part of one, up to its first subsection; or a stretch of the text that stands
    /// in neither, such as the lead and the closing.
    Section,
    /// A whole notice.
    Notice,
}

/// A unit in its role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EntryUnit {
    /// As written.
    pub name: String,
    /// In which role.
    pub role: UnitRole,
    /// Canonical department: 应急管理.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub function: Option<String>,
}

/// A date as a hit shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EntryDate {
    /// The surface form.
    pub text: String,
    /// First day.
    #[schemars(with = "Option<String>")]
    pub start: Option<Date>,
    /// Last day.
    #[schemars(with = "Option<String>")]
    pub end: Option<Date>,
    /// What it does.
    pub role: DateRole,
}

impl Entry {
    /// One for each activity, one for each section that is no activity and no part of one, one for each stretch of the text
    /// that stands in none of these, and the notice's.
    #[must_use]
    pub fn of(notice: &Notice, paths: &[String]) -> Vec<Entry> {
        let mut sources = paths.to_vec();
        sources.sort_unstable();
        sources.dedup();
        let whole = of_notice(notice, sources);
        let offsets = CharOffsets::new(&notice.text);
        let mut out = Vec::with_capacity(1 + notice.activities.len());
        // The ordinal is that of the list where an id does not carry one.
        for (ordinal, activity) in (1u32..).zip(&notice.activities) {
            out.push(of_activity(&whole, notice, activity, ordinal, &offsets));
        }
        // How far the activities reach that begin no later than each
        let reach: Vec<usize> = notice
            .activities
            .iter()
            .scan(0, |reach, activity| {
                *reach = activity.span.1.max(*reach);
                Some(*reach)
            })
            .collect();
        for (place, section) in (1u32..).zip(&notice.outline) {
            let begun = notice
                .activities
                .partition_point(|a| a.span.0 <= section.span.0);
            let reached = begun.checked_sub(1).map_or(0, |last| reach[last]);
            if reached < section.span.1 {
                out.push(of_section(&whole, notice, section, place, &offsets));
            }
        }
        let held = |entry: &Entry| CharSpan(entry.start, entry.start + entry.text.chars().count());
        let held = out.iter().map(held).collect();
        let parts = notice.parts.iter().map(|part| part.span);
        let loose = rest::stretches(&notice.text, &offsets, parts, held);
        let above = rest::headings(&notice.outline, &loose);
        let after = u32::try_from(notice.outline.len()).unwrap_or(u32::MAX);
        for ((n, span), above) in (1u32..).zip(loose).zip(above) {
            let place = after.saturating_add(n);
            let loose = passage(&whole, notice, span, place, &offsets);
            out.push(Entry { above, ..loose });
        }
        out.push(whole);
        out
    }

    /// Where the stretches of a notice's text begin that stand in no section and no activity: each with its place, as
    /// [`Entry::section`] has it, and its code point.
    #[must_use]
    pub fn loose(notice: &Notice) -> Vec<(u32, usize)> {
        let entries = Self::of(notice, &[]).into_iter();
        let loose = entries.filter_map(|entry| {
            let place = entry.section.filter(|_| entry.ordinal.is_none())?;
            (place as usize > notice.outline.len()).then_some((place, entry.start))
        });
        loose.collect()
    }

    /// Which kind of document it is.
    #[must_use]
    pub fn unit(&self) -> Unit {
        match (self.ordinal, self.section) {
            (Some(_), _) => Unit::Activity,
            (None, Some(_)) => Unit::Section,
            (None, None) => Unit::Notice,
        }
    }
}

fn of_notice(notice: &Notice, sources: Vec<String>) -> Entry {
    let mut units: Vec<EntryUnit> = Vec::new();
    let mut kinds: Vec<String> = Vec::new();
    let mut audiences: Vec<String> = Vec::new();
    for activity in &notice.activities {
        for unit in entry_units(activity) {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        for kind in &activity.kinds {
            if !kinds.contains(kind) {
                kinds.push(kind.clone());
            }
        }
        for audience in &activity.audiences {
            if !audiences.contains(audience) {
                audiences.push(audience.clone());
            }
        }
    }
    let mut cites = Vec::new();
    for citation in &notice.citations {
        cites.push(citation.title.clone());
        cites.extend(citation.doc_number.clone());
    }
    let mut contacts = Vec::new();
    for contact in &notice.contacts {
        contacts.extend(contact.names.iter().cloned());
        contacts.extend(contact.organization.clone());
        contacts.extend(contact.phones.iter().cloned());
        contacts.extend(contact.emails.iter().cloned());
        contacts.extend(contact.address.clone());
    }
    Entry {
        id: notice.id.clone(),
        notice_id: notice.id.clone(),
        ordinal: None,
        section: None,
        title: notice.title.clone(),
        notice_title: notice.title.clone(),
        path: Vec::new(),
        above: Vec::new(),
        units,
        dates: entry_dates(&notice.dates),
        kinds,
        audiences,
        kind: notice.kind.clone(),
        doc_number: notice.doc_number.clone(),
        issuers: notice.issuers.clone(),
        issued: notice.issued,
        year: notice.year,
        region: notice.region.clone(),
        region_path: notice.region_path.clone(),
        level: notice.level,
        campaign: notice.campaign.as_ref().map(|c| c.name.clone()),
        theme: notice.campaign.as_ref().and_then(|c| c.theme.clone()),
        series: notice.series.clone(),
        cites,
        contacts,
        sources,
        text: notice.text.clone(),
        start: 0,
    }
}

fn of_activity(
    whole: &Entry,
    notice: &Notice,
    activity: &Activity,
    ordinal: u32,
    offsets: &CharOffsets<'_>,
) -> Entry {
    Entry {
        id: activity.id.clone(),
        ordinal: Some(ordinal),
        section: section_of(&notice.outline, activity),
        title: activity.title.clone(),
        path: activity.path.clone(),
        above: headings_above(&notice.outline, activity.span, activity.path.len()),
        units: entry_units(activity),
        dates: entry_dates(&activity.dates),
        kinds: activity.kinds.clone(),
        audiences: activity.audiences.clone(),
        text: offsets.slice(activity.span).to_owned(),
        start: activity.span.0,
        ..setting(whole)
    }
}

/// A section up to its first subsection: those are documents of their own.
fn of_section(
    whole: &Entry,
    notice: &Notice,
    section: &Section,
    place: u32,
    offsets: &CharOffsets<'_>,
) -> Entry {
    let next = notice.outline.get(place as usize);
    let until = next.map_or(section.span.1, |n| n.span.0.min(section.span.1));
    let own = CharSpan(section.span.0, until);
    Entry {
        title: section.heading.clone(),
        path: section.path.clone(),
        above: headings_above(&notice.outline, section.span, section.depth),
        ..passage(whole, notice, own, place, offsets)
    }
}

/// A passage of the text that is found as a section.
fn passage(
    whole: &Entry,
    notice: &Notice,
    own: CharSpan,
    place: u32,
    offsets: &CharOffsets<'_>,
) -> Entry {
    let dates: Vec<DateMention> = notice
        .dates
        .iter()
        .filter(|date| own.0 <= date.span.0 && date.span.1 <= own.1)
        .cloned()
        .collect();
    Entry {
        id: format!("{}.s{place}", whole.notice_id),
        section: Some(place),
        dates: entry_dates(&dates),
        text: offsets.slice(own).to_owned(),
        start: own.0,
        ..setting(whole)
    }
}

/// What is so of everything in a notice.
fn setting(whole: &Entry) -> Entry {
    Entry {
        id: String::new(),
        ordinal: None,
        section: None,
        title: None,
        path: Vec::new(),
        above: Vec::new(),
        units: Vec::new(),
        dates: Vec::new(),
        kinds: Vec::new(),
        audiences: Vec::new(),
        cites: Vec::new(),
        contacts: Vec::new(),
        text: String::new(),
        start: 0,
        notice_id: whole.notice_id.clone(),
        notice_title: whole.title.clone(),
        kind: whole.kind.clone(),
        doc_number: whole.doc_number.clone(),
        issuers: whole.issuers.clone(),
        issued: whole.issued,
        year: whole.year,
        region: whole.region.clone(),
        region_path: whole.region_path.clone(),
        level: whole.level,
        campaign: whole.campaign.clone(),
        theme: whole.theme.clone(),
        series: whole.series.clone(),
        sources: whole.sources.clone(),
    }
}

/// The innermost section that an activity is or lies in.
fn section_of(outline: &[Section], activity: &Activity) -> Option<u32> {
    let until = outline.partition_point(|s| s.span.0 <= activity.span.0);
    let held = |s: &Section| s.span.1 >= activity.span.1;
    let at = outline[..until].iter().rposition(held)?;
    u32::try_from(at + 1).ok()
}

/// The sections that hold a passage, from the top down. The outline is in document order, so those that
/// may hold it begin before it; the last section of each lesser depth is the one.
fn headings_above(outline: &[Section], passage: CharSpan, depth: usize) -> Vec<String> {
    let until = outline.partition_point(|s| s.span.0 < passage.0);
    let mut depth = depth;
    let mut out = Vec::new();
    for section in outline[..until].iter().rev() {
        if depth <= 1 {
            break;
        }
        if section.depth < depth && section.span.1 >= passage.1 {
            depth = section.depth;
            out.extend(section.heading.clone());
        }
    }
    out.reverse();
    out
}

fn entry_units(activity: &Activity) -> Vec<EntryUnit> {
    activity
        .units
        .iter()
        .map(|unit| EntryUnit {
            name: unit.name.clone(),
            role: unit.role,
            function: unit.function.clone(),
        })
        .collect()
}

fn entry_dates(dates: &[DateMention]) -> Vec<EntryDate> {
    dates
        .iter()
        .filter(|date| !matches!(date.role, DateRole::Mention | DateRole::Issued))
        .map(|date| EntryDate {
            text: date.text.clone(),
            start: date.start,
            end: date.end,
            role: date.role,
        })
        .collect()
}

/// Byte offsets of code points, in constant time at one number per 64 characters.
#[derive(Debug)]
pub struct CharOffsets<'t> {
    text: &'t str,
    /// Byte at which code point `64 * i` begins.
    blocks: Vec<usize>,
}

const STRIDE: usize = 64;

impl<'t> CharOffsets<'t> {
    /// Reads the text once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let blocks = text
            .char_indices()
            .step_by(STRIDE)
            .map(|(byte, _)| byte)
            .collect();
        Self { text, blocks }
    }

    /// The byte at which a code point begins; past the end, the end.
    #[must_use]
    pub fn byte(&self, code_point: usize) -> usize {
        let Some(&base) = self.blocks.get(code_point / STRIDE) else {
            return self.text.len();
        };
        self.text[base..]
            .char_indices()
            .nth(code_point % STRIDE)
            .map_or(self.text.len(), |(byte, _)| base + byte)
    }

    /// The surface form of a span.
    #[must_use]
    pub fn slice(&self, span: CharSpan) -> &'t str {
        let start = self.byte(span.0);
        self.text.get(start..self.byte(span.1)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn offsets_agree_with_chars(text in "\\PC{0,200}", a in 0usize..220, b in 0usize..220) {
            let expected: String = text.chars().skip(a).take(b.saturating_sub(a)).collect();
            prop_assert_eq!(CharOffsets::new(&text).slice(CharSpan(a, b)), expected);
        }
    }
}
