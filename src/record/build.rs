//! From outline and entities to the record: everything found, brought to the border.

use super::activity;
use super::activity::ActivityFound;
use super::activity::Place;
use super::cited;
use super::enclosure;
use super::header;
use super::header::HeaderFields;
use super::notice;
use super::notice::Notice;
use super::stated;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::entity::campaign;
use crate::entity::campaign::CampaignFound;
use crate::entity::citation;
use crate::entity::citation::CitationFound;
use crate::entity::contact;
use crate::entity::contact::Contacts;
use crate::entity::date;
use crate::entity::date::DateContext;
use crate::entity::date::DateExpr;
use crate::entity::date::DateRole;
use crate::entity::region;
use crate::entity::region::Evidence;
use crate::entity::region::Resolution;
use crate::entity::taxonomy::Taxonomy;
use crate::outline;
use crate::outline::Outline;
use crate::outline::part::PartKind;
use crate::outline::reflow::Reflow;
use crate::outline::shape::Shape;
use crate::source::ReadText;
use crate::span::CharSpan;
use crate::span::CodePoints;
use crate::span::Span;
use crate::text::fold;

/// The record of a text. Total: any text gives a record, with what reading the bytes remarked and every further oddity among
/// its diagnostics.
#[must_use]
pub fn build(read: ReadText, source: notice::Source, id: String, taxonomy: &Taxonomy) -> Notice {
    let ReadText {
        text,
        stated,
        diagnostics: found,
        ..
    } = read;
    // every stage reads the text with its paragraphs restored; the border brings the spans back
    let (reflow, outline) = outline::read_restored(&text);
    let reading: &str = reflow.as_ref().map_or(&text, |r| &r.text);
    let mut remarks = outline.diagnostics.clone();
    let mut fields = header::read(reading, &outline);
    stated::fill(&mut fields, &stated);
    stated::fill(&mut fields, &stated::of_page(reading, &outline));
    let headings: Vec<Span> = outline.sections.iter().filter_map(|s| s.heading).collect();
    let mut dates = date::find(
        reading,
        &DateContext {
            year: fields.year,
            issued: fields.issued,
            issued_at: &fields.issued_at,
            headings: &headings,
            tells: fields.kind.as_deref().is_some_and(tells),
        },
    );
    tell_page_dates(&outline, &mut dates);
    remark_dates(reading, &dates, &mut remarks);
    let mut contacts = contact::find(reading);
    leave_to_page(&outline, &mut contacts);
    let citations = cited::others(citation::find(reading), &fields, &outline.parts[0]);
    // A cover that was saved without its title is about what it encloses
    let enclosed = || {
        let mut parts = outline.parts.iter();
        let part = parts.find(|p| p.kind == PartKind::Enclosure);
        part.map(|p| p.header.title_text(reading))
    };
    let title = fields.title.clone().or_else(enclosed).unwrap_or_default();
    let campaign = campaign::find(&title, reading);
    let resolution = resolve(
        reading,
        &title,
        &fields,
        &contacts,
        &citations,
        &mut remarks,
    );
    let activities = activity::find(reading, &outline, &dates, taxonomy);
    let attachments = enclosure::attachments(reading, &outline, &mut remarks);
    let border = Border {
        points: CodePoints::new(&text),
        original: &text,
        text: reading,
        reflow: reflow.as_ref(),
        outline: &outline,
    };
    let mut diagnostics: Vec<notice::DiagnosticRecord> = found
        .into_iter()
        .map(|d| border.diagnostic(border.points.span(d.span), d))
        .chain(
            remarks
                .into_iter()
                .map(|d| border.diagnostic(border.span(d.span), d)),
        )
        .collect();
    diagnostics.sort_by_key(|d| (d.span, d.code));
    let date_mentions: Vec<notice::DateMention> =
        dates.into_iter().map(|d| border.date(d)).collect();
    let sections = border.sections();
    let series = campaign.as_ref().map(|c| {
        campaign::series(
            &c.name,
            resolution.code.as_deref(),
            fields.issuers.first().map(String::as_str),
        )
    });
    Notice {
        schema: notice::SCHEMA.to_owned(),
        activities: activities
            .into_iter()
            .enumerate()
            .map(|(i, a)| border.activity(&id, i, a, &sections, &date_mentions))
            .collect(),
        outline: sections,
        contacts: contacts
            .blocks
            .into_iter()
            .map(|c| border.contact(c))
            .collect(),
        hotlines: contacts
            .hotlines
            .into_iter()
            .map(|h| border.hotline(h))
            .collect(),
        parts: border.parts(),
        attachments: attachments
            .into_iter()
            .map(|a| border.attachment(a))
            .collect(),
        citations: citations.into_iter().map(|c| border.citation(c)).collect(),
        diagnostics,
        dates: date_mentions,
        title: fields.title,
        kind: fields.kind,
        doc_number: fields.doc_number,
        issuers: fields.issuers,
        addressees: fields.addressees,
        copied_to: fields.copied_to,
        issued: fields.issued,
        year: fields.year,
        region: resolution.code,
        region_today: resolution.today,
        region_path: resolution.path,
        level: resolution.level,
        campaign: campaign.map(campaign_record),
        publicity: fields.publicity,
        secrecy: fields.secrecy,
        urgency: fields.urgency,
        signer: fields.signer,
        series,
        id,
        source,
        text: String::new(),
    }
    .with_text(text)
}

fn campaign_record(found: CampaignFound) -> notice::Campaign {
    notice::Campaign {
        name: found.name,
        edition: found.edition,
        theme: found.theme,
    }
}

/// Whether documents of the kind tell of what was, though they may close with what is to be done.
fn tells(kind: &str) -> bool {
    matches!(
        kind,
        "通报" | "总结" | "报告" | "决定" | "决议" | "公报" | "纪要"
    )
}

/// A date in a line of a web page (发布时间) is told, not planned.
fn tell_page_dates(outline: &Outline, dates: &mut [DateExpr]) {
    let Some(notice) = outline.parts.first() else {
        return;
    };
    let lines = &notice.header.page;
    for date in dates.iter_mut().filter(|d| d.role != DateRole::Issued) {
        let at = lines.partition_point(|line| line.end <= date.span.start);
        if lines
            .get(at)
            .is_some_and(|line| line.start <= date.span.start)
        {
            date.role = DateRole::Mention;
        }
    }
}

/// Whom a web page names below the document is asked about the page.
fn leave_to_page(outline: &Outline, contacts: &mut Contacts) {
    let paragraphs = &outline.paragraphs;
    contacts.blocks.retain(|block| {
        let at = paragraphs.partition_point(|p| p.whole.end <= block.span.start);
        paragraphs.get(at).is_none_or(|p| p.shape != Shape::Web)
    });
}

fn remark_dates(text: &str, dates: &[DateExpr], found: &mut Vec<Diagnostic>) {
    for date in dates.iter().filter(|d| d.unresolved) {
        let message = format!("{} names no day that could be found", date.span.of(text));
        found.push(Diagnostic::new(Code::UnresolvedDate, date.span, message));
    }
    for span in date::festivals(text, dates) {
        let message = format!("{} stands without a day", span.of(text));
        found.push(Diagnostic::new(Code::UnresolvedDate, span, message));
    }
}

fn resolve(
    text: &str,
    title: &str,
    fields: &HeaderFields,
    contacts: &Contacts,
    citations: &[CitationFound],
    found: &mut Vec<Diagnostic>,
) -> Resolution {
    let addresses: Vec<String> = contacts
        .blocks
        .iter()
        .filter_map(|c| c.address.clone())
        .collect();
    let phones: Vec<String> = contacts
        .blocks
        .iter()
        .flat_map(|c| c.phones.iter().chain(&c.faxes).cloned())
        .collect();
    let citations: Vec<String> = citations.iter().map(|c| c.title.clone()).collect();
    let resolution = region::resolve(&Evidence {
        issuers: &fields.issuers,
        title,
        addressees: &fields.addressees,
        addresses: &addresses,
        phones: &phones,
        citations: &citations,
        doc_number: fields.doc_number.as_deref(),
        text,
        year: fields.issued.map(|d| d.year()).or(fields.year),
    });
    if let Some((name, codes)) = &resolution.ambiguous {
        let at = text.find(name.as_str()).unwrap_or(0);
        let span = Span::new(at, (at + name.len()).min(text.len()));
        let message = format!(
            "{name} may be any of {}; nothing in the notice settles which",
            codes.join(", ")
        );
        found.push(Diagnostic::new(Code::AmbiguousRegion, span, message));
    }
    resolution
}

/// Turns byte spans into the record's code points.
struct Border<'t> {
    points: CodePoints<'t>,
    /// What the record carries.
    original: &'t str,
    /// What was read: the same, or with its paragraphs restored.
    text: &'t str,
    reflow: Option<&'t Reflow>,
    outline: &'t Outline,
}

impl Border<'_> {
    /// Where a span of what was read stands in the record's text, in bytes.
    fn place(&self, span: Span) -> Span {
        self.reflow.map_or(span, |r| r.original(span))
    }

    /// The same in code points.
    fn span(&self, span: Span) -> CharSpan {
        self.points.span(self.place(span))
    }

    fn sections(&self) -> Vec<notice::Section> {
        let sections = &self.outline.sections;
        let mut out: Vec<notice::Section> = Vec::with_capacity(sections.len());
        for section in sections {
            let marker = fold::without_blanks(section.marker.span.of(self.text));
            let above = section.parent.map_or(&[][..], |p| &out[p].path);
            let mut path = Vec::with_capacity(above.len() + 1);
            path.extend_from_slice(above);
            path.push(marker.clone());
            out.push(notice::Section {
                depth: section.depth,
                marker,
                style: section.marker.style.name().to_owned(),
                ordinal: section.marker.ordinal,
                heading: section.heading.map(|h| fold::joined(h.of(self.text))),
                role: section.role,
                part: section.part,
                span: self.span(section.span),
                heading_span: section.heading.map(|h| self.span(h)),
                path,
            });
        }
        out
    }

    fn activity(
        &self,
        id: &str,
        index: usize,
        found: ActivityFound,
        sections: &[notice::Section],
        dates: &[notice::DateMention],
    ) -> notice::Activity {
        notice::Activity {
            id: format!("{id}.{}", index + 1),
            path: path(sections, found.place),
            title: found.title,
            span: self.span(found.span),
            units: found
                .units
                .into_iter()
                .map(|u| notice::Unit {
                    name: u.name,
                    role: u.role,
                    function: u.function,
                    group: u.group,
                    span: self.span(u.span),
                })
                .collect(),
            dates: found
                .dates
                .iter()
                .filter_map(|i| dates.get(*i).cloned())
                .collect(),
            kinds: found.classes.kinds,
            audiences: found.classes.audiences,
            quantities: found
                .quantities
                .into_iter()
                .map(|q| notice::Quantity {
                    value: q.value,
                    max: q.max,
                    unit: q.unit,
                    span: self.span(q.span),
                })
                .collect(),
        }
    }

    fn date(&self, found: DateExpr) -> notice::DateMention {
        notice::DateMention {
            text: self.place(found.span).of(self.original).to_owned(),
            start: found.start,
            end: found.end,
            role: found.role,
            rrule: found.rrule,
            edtf: found.edtf,
            span: self.span(found.span),
            inferred: found.inferred,
        }
    }

    fn contact(&self, found: contact::ContactBlock) -> notice::Contact {
        notice::Contact {
            names: found.names,
            organization: found.organization,
            phones: found.phones,
            faxes: found.faxes,
            emails: found.emails,
            qq: found.qq,
            address: found.address,
            postcode: found.postcode,
            span: self.span(found.span),
        }
    }

    fn hotline(&self, found: contact::HotlineFound) -> notice::Hotline {
        notice::Hotline {
            number: found.number,
            text: self.place(found.context).of(self.original).to_owned(),
            span: self.span(found.span),
        }
    }

    fn parts(&self) -> Vec<notice::Part> {
        let title = |p: &outline::part::Part| {
            Some(p.header.title_text(self.text)).filter(|t| !t.is_empty())
        };
        self.outline
            .parts
            .iter()
            .enumerate()
            .map(|(number, part)| notice::Part {
                number,
                kind: part.kind,
                title: title(part),
                span: self.span(part.span),
            })
            .collect()
    }

    fn attachment(&self, found: enclosure::AttachmentFound) -> notice::Attachment {
        notice::Attachment {
            number: found.number,
            title: found.title,
            span: self.span(found.span),
            body_span: found.body.map(|b| self.span(b)),
        }
    }

    fn citation(&self, found: CitationFound) -> notice::Citation {
        let spans: Vec<_> = found.spans.iter().map(|s| self.span(*s)).collect();
        notice::Citation {
            title: found.title,
            doc_number: found.doc_number,
            kind: found.kind,
            basis: found.basis,
            span: spans.first().copied().unwrap_or_default(),
            spans,
        }
    }

    fn diagnostic(&self, span: CharSpan, found: Diagnostic) -> notice::DiagnosticRecord {
        notice::DiagnosticRecord {
            code: found.code,
            message: found.message,
            span,
        }
    }
}

/// The markers from depth 1 down to where an activity stands; a row's ordinal is the last.
fn path(sections: &[notice::Section], place: Place) -> Vec<String> {
    let (section, ordinal) = match place {
        Place::Section(index) => (Some(index), None),
        Place::Row { section, ordinal } => (section, Some(ordinal)),
    };
    let above = section.map(|i| sections[i].path.clone());
    above
        .unwrap_or_default()
        .into_iter()
        .chain(ordinal)
        .collect()
}

impl Notice {
    fn with_text(self, text: String) -> Self {
        Self { text, ..self }
    }
}
