//! The laws that every record obeys, whatever the text: golden cases, properties and fuzz targets check them.

use gongwen::record::Notice;
use gongwen::record::notice::{Activity, DateMention, SCHEMA, Section};
use gongwen::span::CharSpan;
use gongwen::text::fold::without_blanks;
use std::collections::{BTreeSet, HashMap};

/// Every law that the record breaks, each as a sentence; none for a sound record.
#[must_use]
pub(crate) fn broken(notice: &Notice) -> Vec<String> {
    let mut laws = Laws {
        text: Text::new(&notice.text),
        faults: Vec::new(),
    };
    laws.identity(notice);
    laws.header(notice);
    laws.parts(notice);
    laws.outline(notice);
    laws.activities(notice);
    laws.dates(&notice.dates);
    laws.contacts(notice);
    laws.enclosed(notice);
    for diagnostic in &notice.diagnostics {
        let code = diagnostic.code.as_str();
        laws.inside(diagnostic.span, || format!("diagnostic {code}"));
        laws.hold(!diagnostic.message.is_empty(), || {
            format!("diagnostic {code} says nothing")
        });
    }
    laws.border(notice);
    laws.faults
}

/// The text by code points.
struct Text<'t> {
    text: &'t str,
    /// Byte offset of each code point, and of the end.
    offsets: Vec<usize>,
}

impl<'t> Text<'t> {
    fn new(text: &'t str) -> Self {
        let offsets = text.char_indices().map(|(i, _)| i).chain([text.len()]);
        Self {
            text,
            offsets: offsets.collect(),
        }
    }

    fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    fn get(&self, span: CharSpan) -> Option<&'t str> {
        let (start, end) = (self.offsets.get(span.0)?, self.offsets.get(span.1)?);
        self.text.get(*start..*end)
    }

    /// The surface form without blanks; empty when the span does not fit.
    fn bare(&self, span: CharSpan) -> String {
        without_blanks(self.get(span).unwrap_or_default())
    }
}

fn within(inner: CharSpan, outer: CharSpan) -> bool {
    outer.0 <= inner.0 && inner.1 <= outer.1
}

struct Laws<'t> {
    text: Text<'t>,
    faults: Vec<String>,
}

impl Laws<'_> {
    fn hold(&mut self, holds: bool, fault: impl FnOnce() -> String) {
        if !holds {
            // What stands in the text may be megabytes long.
            self.faults.push(fault().chars().take(200).collect());
        }
    }

    /// Offsets are half-open and point into the text.
    fn inside(&mut self, span: CharSpan, what: impl FnOnce() -> String) {
        let n = self.text.len();
        self.hold(span.0 <= span.1 && span.1 <= n, || {
            format!("{}: span {span:?} is not in 0..{n}", what())
        });
    }

    /// Whether the span is cells of one row.
    fn is_row(&self, span: CharSpan) -> bool {
        self.text
            .get(span)
            .is_some_and(|row| row.contains('\t') && !row.contains('\n'))
    }

    /// As [`Laws::inside`], and there is something there.
    fn stands(&mut self, span: CharSpan, what: impl Fn() -> String) {
        self.inside(span, &what);
        self.hold(span.0 < span.1, || format!("{}: empty span", what()));
    }

    fn identity(&mut self, notice: &Notice) {
        let sha = &notice.source.sha256;
        self.hold(notice.schema == SCHEMA, || {
            format!("schema is {}", notice.schema)
        });
        let hex = sha.len() == 64 && sha.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        self.hold(hex, || format!("sha256 is {sha}"));
        self.hold(sha.get(..16) == Some(&notice.id), || {
            format!("id {} does not begin sha256", notice.id)
        });
        self.hold(!notice.text.contains('\r'), || {
            "the text holds a CR".to_owned()
        });
    }

    fn header(&mut self, notice: &Notice) {
        let scalars = [
            ("title", &notice.title),
            ("kind", &notice.kind),
            ("doc_number", &notice.doc_number),
            ("region", &notice.region),
            ("publicity", &notice.publicity),
            ("secrecy", &notice.secrecy),
            ("urgency", &notice.urgency),
            ("signer", &notice.signer),
            ("series", &notice.series),
        ];
        for (name, value) in scalars {
            let said = value.as_ref().is_none_or(|v| !v.trim().is_empty());
            self.hold(said, || format!("{name} is blank, not null"));
        }
        let lists = [
            ("issuers", &notice.issuers),
            ("addressees", &notice.addressees),
            ("copied_to", &notice.copied_to),
        ];
        for (name, list) in lists {
            let said = list.iter().all(|v| !v.trim().is_empty());
            self.hold(said, || format!("{name} holds a blank name"));
        }
        if let Some(title) = &notice.title {
            self.hold(!title.contains('\n'), || "the title is broken".to_owned());
            let bare = without_blanks(title);
            let text = without_blanks(self.text.text);
            self.hold(text.contains(&bare), || {
                format!("title {title} is not in the text")
            });
        }
        if let Some(number) = &notice.doc_number {
            let odd =
                number.contains(|c: char| c.is_whitespace() || "（）()[]【】〖〗".contains(c));
            self.hold(!odd, || format!("doc_number is {number}"));
        }
        if let Some(code) = &notice.region {
            let digits = code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit());
            self.hold(digits, || format!("region is {code}"));
        }
        self.hold(
            notice.region.is_some() || notice.region_path.is_empty(),
            || "a region_path without region".to_owned(),
        );
        self.hold(notice.series.is_none() || notice.campaign.is_some(), || {
            "a series without campaign".to_owned()
        });
    }

    /// Parts stand in order, number 0 is the notice, and every character but blanks lies in one of them.
    fn parts(&mut self, notice: &Notice) {
        let mut end = 0;
        for (i, part) in notice.parts.iter().enumerate() {
            self.inside(part.span, || format!("part {i}"));
            self.hold(part.number == i, || {
                format!("part {i} has number {}", part.number)
            });
            self.hold(part.span.0 >= end, || {
                format!("part {i} begins in the part before")
            });
            let gap = self.text.bare(CharSpan(end, part.span.0));
            self.hold(gap.is_empty(), || format!("before part {i} stands {gap}"));
            end = part.span.1.max(end);
        }
        let rest = self.text.bare(CharSpan(end, self.text.len()));
        self.hold(rest.is_empty(), || format!("in no part: {rest}"));
        self.hold(!notice.parts.is_empty(), || "there is no part".to_owned());
    }

    /// Sections nest, stand in order, and are what their spans say.
    fn outline(&mut self, notice: &Notice) {
        let mut open: Vec<&Section> = Vec::new();
        let mut last = 0;
        for (i, section) in notice.outline.iter().enumerate() {
            let name = || format!("section {i} {}", section.path.join("/"));
            self.stands(section.span, name);
            self.hold(section.span.0 >= last, || {
                format!("{} stands before the one before it", name())
            });
            last = section.span.0;
            while let Some(top) = open.last() {
                if top.depth < section.depth && top.part == section.part {
                    break;
                }
                self.hold(top.span.1 <= section.span.0, || {
                    format!("{} begins within {}", name(), top.path.join("/"))
                });
                open.pop();
            }
            let mut path: Vec<String> = open.last().map_or(Vec::new(), |top| top.path.clone());
            path.push(section.marker.clone());
            self.hold(section.path == path, || {
                format!("{}: expected path {}", name(), path.join("/"))
            });
            self.hold(section.depth == path.len(), || {
                format!("{}: depth {}", name(), section.depth)
            });
            if let Some(top) = open.last() {
                self.hold(within(section.span, top.span), || {
                    format!("{} runs out of its parent", name())
                });
            }
            match notice.parts.get(section.part) {
                Some(part) => self.hold(within(section.span, part.span), || {
                    format!("{} runs out of part {}", name(), section.part)
                }),
                None => self.hold(false, || format!("{}: no part {}", name(), section.part)),
            }
            self.hold(section.ordinal > 0, || format!("{} counts 0", name()));
            self.hold(!section.style.is_empty(), || {
                format!("{} has no style", name())
            });
            let bare = self.text.bare(section.span);
            self.hold(bare.starts_with(&section.marker), || {
                format!("{} does not begin with its marker", name())
            });
            self.heading(section, name);
            open.push(section);
        }
    }

    fn heading(&mut self, section: &Section, name: impl Fn() -> String) {
        match (&section.heading, section.heading_span) {
            (None, None) => {}
            (Some(heading), Some(span)) => {
                self.stands(span, || format!("{} heading", name()));
                self.hold(within(span, section.span), || {
                    format!("{}: the heading stands outside", name())
                });
                let surface = self.text.bare(span);
                self.hold(without_blanks(heading) == surface, || {
                    format!("{}: heading {heading} stands as {surface}", name())
                });
            }
            (heading, span) => self.hold(false, || {
                format!("{}: heading {heading:?} with span {span:?}", name())
            }),
        }
    }

    fn activities(&mut self, notice: &Notice) {
        // By their places, so that the laws are linear in a text of a hundred thousand sections.
        let sections: HashMap<usize, &Section> =
            notice.outline.iter().map(|s| (s.span.0, s)).collect();
        let dates: HashMap<CharSpan, &DateMention> =
            notice.dates.iter().map(|d| (d.span, d)).collect();
        let mut last = 0;
        for (i, activity) in notice.activities.iter().enumerate() {
            let name = || format!("activity {}", activity.id);
            self.hold(activity.id == format!("{}.{}", notice.id, i + 1), || {
                format!("{} is number {}", name(), i + 1)
            });
            self.stands(activity.span, name);
            self.hold(activity.span.0 >= last, || {
                format!("{} stands before the one before it", name())
            });
            last = activity.span.0;
            // a section is an activity, or a row of a table of tasks within one (or within none) is
            let section = sections
                .get(&activity.span.0)
                .is_some_and(|s| s.path == activity.path && within(activity.span, s.span));
            let above = &activity.path[..activity.path.len().saturating_sub(1)];
            let row = !section
                && self.is_row(activity.span)
                && (above.is_empty()
                    || notice
                        .outline
                        .iter()
                        .any(|s| s.path == above && within(activity.span, s.span)));
            self.hold(section || row, || {
                format!("{}: no section {}", name(), activity.path.join("/"))
            });
            self.duties(activity, name);
            self.dates(&activity.dates);
            for date in &activity.dates {
                self.hold(dates.get(&date.span) == Some(&date), || {
                    format!("{}: {} is no date of the notice", name(), date.text)
                });
                self.hold(within(date.span, activity.span), || {
                    format!("{}: {} stands outside", name(), date.text)
                });
            }
        }
    }

    fn duties(&mut self, activity: &Activity, name: impl Fn() -> String) {
        let mut seen = BTreeSet::new();
        for unit in &activity.units {
            let what = || format!("{}: unit {}", name(), unit.name);
            self.stands(unit.span, what);
            // A name that shares its head or tail with its neighbour stands in part: 各级党委、政府.
            let surface = self.text.bare(unit.span);
            self.hold(
                !surface.is_empty() && without_blanks(&unit.name).contains(&surface),
                || format!("{} stands as {surface}", what()),
            );
            let once = seen.insert((unit.name.as_str(), format!("{:?}", unit.role)));
            self.hold(once, || format!("{} stands twice in one role", what()));
        }
        for quantity in &activity.quantities {
            let what = || format!("{}: {} {}", name(), quantity.value, quantity.unit);
            self.stands(quantity.span, what);
            let finite =
                quantity.value.is_finite() && quantity.max.is_none_or(|max| max >= quantity.value);
            self.hold(finite, || format!("{} to {:?}", what(), quantity.max));
        }
    }

    fn dates(&mut self, dates: &[DateMention]) {
        for date in dates {
            let name = || format!("date {}", date.text);
            self.stands(date.span, name);
            let surface = self.text.get(date.span).unwrap_or_default();
            self.hold(surface == date.text, || {
                format!("{} stands as {surface}", name())
            });
            if let (Some(start), Some(end)) = (date.start, date.end) {
                self.hold(start <= end, || format!("{} ends before it begins", name()));
            }
            self.hold(
                date.rrule.is_none() || (date.start.is_none() && date.end.is_none()),
                || format!("{} recurs and has days", name()),
            );
        }
    }

    fn contacts(&mut self, notice: &Notice) {
        for (i, contact) in notice.contacts.iter().enumerate() {
            let what = || format!("contact {i}");
            self.stands(contact.span, what);
            let surface = self.text.bare(contact.span);
            for name in &contact.names {
                self.hold(surface.contains(&without_blanks(name)), || {
                    format!("{}: {name} is not in its span", what())
                });
            }
            let empty = contact.names.is_empty()
                && contact.phones.is_empty()
                && contact.faxes.is_empty()
                && contact.emails.is_empty()
                && contact.qq.is_none()
                && contact.address.is_none()
                && contact.postcode.is_none();
            self.hold(!empty, || format!("{} names nobody and nothing", what()));
        }
        for hotline in &notice.hotlines {
            self.stands(hotline.span, || format!("hotline {}", hotline.number));
        }
    }

    fn enclosed(&mut self, notice: &Notice) {
        for attachment in &notice.attachments {
            let what = || format!("attachment {}", attachment.title);
            self.stands(attachment.span, what);
            if let Some(body) = attachment.body_span {
                self.inside(body, || format!("{} body", what()));
            }
            self.hold(attachment.number != Some(0), || {
                format!("{} has number 0", what())
            });
        }
        for citation in &notice.citations {
            let what = || format!("citation {}", citation.title);
            self.hold(citation.spans.first() == Some(&citation.span), || {
                format!("{}: its span is not the first of its spans", what())
            });
            self.hold(citation.spans.is_sorted(), || {
                format!("{}: its spans are in disorder", what())
            });
            for span in &citation.spans {
                self.stands(*span, what);
            }
        }
    }

    /// The record crosses the border of JSON and back unharmed; lists are never absent, scalars null.
    fn border(&mut self, notice: &Notice) {
        let Ok(value) = serde_json::to_value(notice) else {
            self.hold(false, || "the record has no JSON form".to_owned());
            return;
        };
        for key in KEYS {
            self.hold(value.get(key).is_some(), || format!("{key} is absent"));
        }
        for key in LISTS {
            self.hold(value[key].is_array(), || format!("{key} is no list"));
        }
        let back = serde_json::from_value::<Notice>(value);
        self.hold(back.is_ok_and(|back| back == *notice), || {
            "the record read back from JSON is another".to_owned()
        });
    }
}

const KEYS: [&str; 18] = [
    "schema",
    "id",
    "source",
    "text",
    "title",
    "kind",
    "doc_number",
    "issued",
    "year",
    "region",
    "level",
    "campaign",
    "publicity",
    "secrecy",
    "urgency",
    "signer",
    "series",
    "diagnostics",
];

const LISTS: [&str; 13] = [
    "issuers",
    "addressees",
    "copied_to",
    "region_path",
    "outline",
    "activities",
    "dates",
    "contacts",
    "hotlines",
    "parts",
    "attachments",
    "citations",
    "diagnostics",
];
