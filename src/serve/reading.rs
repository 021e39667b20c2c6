//! One notice to read: its text with anchors, its outline, activities and facts beside it.

use super::labels;
use super::params::encoded;
use crate::entity::date::DateRole;
use crate::index::Entry;
use crate::index::entry::CharOffsets;
use crate::record::Notice;
use crate::record::notice::Activity;
use crate::text::line;
use maud::{Markup, html};

/// Entries of a list beside the text that are shown at once.
const SHOWN: usize = 12;

pub(super) fn notice(notice: &Notice, chosen: Option<usize>) -> Markup {
    html! {
        div.columns.reading {
            article.paper {
                h1 { (notice.title.as_deref().unwrap_or("（无标题）")) }
                p.number {
                    @if let Some(number) = &notice.doc_number { span { (number) } }
                    @if let Some(issued) = notice.issued { span { (issued) } }
                    @if let Some(level) = notice.secrecy.as_ref() { span { (level) } }
                }
                div.text { (body(notice, chosen)) }
            }
            aside.beside aria-label="公文信息" {
                (facts(notice))
                (activities(notice, chosen))
                (outline(notice))
                (contacts(notice))
                (dates(notice))
                (citations(notice))
                (diagnostics(notice))
            }
        }
    }
}

/// A stretch of a line: of an activity or of none.
struct Stretch<'t> {
    text: &'t str,
    activity: Option<usize>,
    /// Whether the activity begins with it.
    begins: bool,
}

/// The text line by line. An activity's stretches are marked, its first one bears the anchor; a section's
/// anchor stands on the line in which it begins.
fn body(notice: &Notice, chosen: Option<usize>) -> Markup {
    let offsets = CharOffsets::new(&notice.text);
    let mut spans: Vec<(usize, usize, usize)> = (1..)
        .zip(&notice.activities)
        .map(|(n, a)| (offsets.byte(a.span.0), offsets.byte(a.span.1), n))
        .collect();
    spans.sort_unstable();
    let mut sections: Vec<(usize, u32)> = (1..)
        .zip(&notice.outline)
        .map(|(n, s)| (offsets.byte(s.span.0), n))
        .collect();
    // What is found as a section, though it is in none
    let loose = Entry::loose(notice).into_iter();
    sections.extend(loose.map(|(n, start)| (offsets.byte(start), n)));
    sections.sort_unstable();
    let mut next_section = sections.into_iter().peekable();
    let mut first_open = 0;
    let mut lines = Vec::new();
    for line in line::lines(&notice.text) {
        let mut anchors = Vec::new();
        while let Some((_, n)) = next_section.next_if(|(at, _)| *at < line.whole.end) {
            anchors.push(n);
        }
        if line.is_blank() {
            continue;
        }
        let (from, to) = (line.content.start, line.content.end);
        while spans
            .get(first_open)
            .is_some_and(|(_, end, _)| *end <= from)
        {
            first_open += 1;
        }
        lines.push((
            anchors,
            stretches(&notice.text, from, to, &spans[first_open..]),
        ));
    }
    html! {
        @for (anchors, stretches) in lines {
            p {
                @for n in anchors { span.anchor id={ "s" (n) } {} }
                @for stretch in stretches {
                    @match stretch.activity {
                        Some(n) => {
                            span.activity.chosen[chosen == Some(n)] id=[stretch.begins.then(|| format!("a{n}"))] {
                                @if stretch.begins { a.ordinal href={ "?activity=" (n) "#a" (n) } title="活动" { (n) } }
                                (stretch.text)
                            }
                        }
                        None => (stretch.text),
                    }
                }
            }
        }
    }
}

/// The line `from..to` cut at the bounds of activities. `spans` are sorted, and none of them lies before it.
fn stretches<'t>(
    text: &'t str,
    from: usize,
    to: usize,
    spans: &[(usize, usize, usize)],
) -> Vec<Stretch<'t>> {
    let mut out = Vec::new();
    let mut at = from;
    let plain = |at: usize, until: usize| Stretch {
        text: text.get(at..until).unwrap_or_default(),
        activity: None,
        begins: false,
    };
    for (start, end, n) in spans.iter().copied().take_while(|(start, ..)| *start < to) {
        // An activity within another (there is none in a well-formed record) is cut to what is left of the line
        let (first, last) = (start.max(at), end.min(to));
        if first >= last {
            continue;
        }
        if at < first {
            out.push(plain(at, first));
        }
        out.push(Stretch {
            text: text.get(first..last).unwrap_or_default(),
            activity: Some(n),
            begins: start >= from,
        });
        at = last;
    }
    if at < to {
        out.push(plain(at, to));
    }
    out
}

fn facts(notice: &Notice) -> Markup {
    let mut rows: Vec<(&str, String)> = Vec::new();
    let mut row = |label, value: Option<String>| {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            rows.push((label, value));
        }
    };
    row("文种", notice.kind.clone());
    row("发文字号", notice.doc_number.clone());
    row("发文机关", Some(notice.issuers.join("、")));
    row("成文日期", notice.issued.map(|d| d.to_string()));
    row("年度", notice.year.map(|y| y.to_string()));
    row("地区", Some(notice.region_path.join(" ")));
    if let Some(campaign) = &notice.campaign {
        let edition = campaign.edition.map(|n| format!("（第 {n} 个）"));
        row(
            "活动",
            Some(format!("{}{}", campaign.name, edition.unwrap_or_default())),
        );
        row("主题", campaign.theme.clone());
    }
    row("主送", Some(notice.addressees.join("、")));
    row("抄送", Some(notice.copied_to.join("、")));
    row("签发人", notice.signer.clone());
    row("公开属性", notice.publicity.clone());
    row("紧急程度", notice.urgency.clone());
    row(
        "来源",
        Some(match &notice.source.member {
            Some(member) => format!("{} › {member}", notice.source.path),
            None => notice.source.path.clone(),
        }),
    );
    html! {
        section.card {
            h2 { "概要" }
            dl { @for (label, value) in &rows { div { dt { (label) } dd { (value) } } } }
            @let at = format!("/api/v1/notices/{}", encoded(&notice.id));
            p.small.links {
                a href=(at) title="完整记录（JSON）" { "记录" }
                a href={ (at) "/text" } title="纯文本" { "全文" }
                a href={ (at) "/outline?format=text" } title="层次结构" { "结构" }
                a href={ (at) ".ics" } title="活动日期，可导入日历" { "日历" }
                a href={ (at) ".bib" } title="BibTeX" { "引文" }
            }
        }
    }
}

fn activities(notice: &Notice, chosen: Option<usize>) -> Markup {
    let one = |n: usize, activity: &Activity| {
        html! {
            li.chosen[chosen == Some(n)] value=(n) {
                a href={ "?activity=" (n) "#a" (n) } { (activity.title.as_deref().unwrap_or("（无标题）")) }
                @for unit in activity.units.iter().take(4) {
                    span.sub { span.role { (labels::role(unit.role)) } (unit.name) }
                }
                @for date in activity.dates.iter().filter(|d| d.role != DateRole::Mention).take(3) {
                    span.sub { (date.text) }
                }
                a.kin href={ "/activities/" (encoded(&notice.id)) "." (n) } { "相似活动" }
            }
        }
    };
    let all: Vec<(usize, &Activity)> = (1..).zip(&notice.activities).collect();
    html! {
        @if !all.is_empty() {
            section.card {
                h2 { "活动 " span.number { (all.len()) } }
                ol { @for (n, activity) in all.iter().take(SHOWN) { (one(*n, activity)) } }
                @if all.len() > SHOWN {
                    details open[chosen.is_some_and(|n| n > SHOWN)] {
                        summary { "其余 " (all.len() - SHOWN) " 项" }
                        ol { @for (n, activity) in all.iter().skip(SHOWN) { (one(*n, activity)) } }
                    }
                }
            }
        }
    }
}

fn outline(notice: &Notice) -> Markup {
    html! {
        @if !notice.outline.is_empty() {
            section.card {
                details open[notice.outline.len() <= 40] {
                    summary { h2 { "目录" } }
                    ul.outline {
                        @for (n, section) in (1..).zip(&notice.outline) {
                            li class={ "depth" (section.depth.min(5)) } {
                                a href={ "#s" (n) } {
                                    (section.marker) (section.heading.as_deref().unwrap_or("…"))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn contacts(notice: &Notice) -> Markup {
    html! {
        @if !notice.contacts.is_empty() || !notice.hotlines.is_empty() {
            section.card {
                h2 { "联系方式" }
                @for contact in &notice.contacts {
                    p.contact {
                        @if let Some(name) = &contact.organization { span { (name) } }
                        @if !contact.names.is_empty() { span { (contact.names.join("、")) } }
                        @for phone in &contact.phones { span { "电话 " (phone) } }
                        @for fax in &contact.faxes { span { "传真 " (fax) } }
                        @for email in &contact.emails { span { (email) } }
                        @if let Some(qq) = &contact.qq { span { "QQ " (qq) } }
                        @if let Some(address) = &contact.address { span { (address) } }
                        @if let Some(postcode) = &contact.postcode { span { "邮编 " (postcode) } }
                    }
                }
                @for hotline in &notice.hotlines { p.contact { span { "热线 " (hotline.number) } span { (hotline.text) } } }
            }
        }
    }
}

fn dates(notice: &Notice) -> Markup {
    let told: Vec<_> = notice
        .dates
        .iter()
        .filter(|d| d.role != DateRole::Mention)
        .collect();
    html! {
        @if !told.is_empty() {
            section.card {
                details {
                    summary { h2 { "日期 " span.number { (told.len()) } } }
                    ul.dates {
                        @for date in told {
                            li {
                                span.role { (labels::date_role(date.role)) } (date.text)
                                span.sub { (labels::days(date.start, date.end)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn citations(notice: &Notice) -> Markup {
    html! {
        @if !notice.citations.is_empty() || !notice.attachments.is_empty() {
            section.card {
                @if !notice.attachments.is_empty() {
                    h2 { "附件" }
                    ul { @for attachment in &notice.attachments {
                        li { @if let Some(n) = attachment.number { (n) ". " } (attachment.title)
                            @if attachment.body_span.is_none() { span.sub { "正文不在本文件" } } }
                    } }
                }
                @if !notice.citations.is_empty() {
                    h2 { "引用文件" }
                    ul { @for citation in &notice.citations {
                        li { "《" (citation.title) "》" @if let Some(number) = &citation.doc_number { span.sub { (number) } } }
                    } }
                }
            }
        }
    }
}

fn diagnostics(notice: &Notice) -> Markup {
    let offsets = CharOffsets::new(&notice.text);
    html! {
        @if !notice.diagnostics.is_empty() {
            section.card.odd {
                h2 { "提示 " span.number { (notice.diagnostics.len()) } }
                ul { @for diagnostic in notice.diagnostics.iter().take(50) {
                    li title=(diagnostic.message) {
                        (labels::diagnostic(diagnostic.code))
                        @let place: String = offsets.slice(diagnostic.span).chars().take(24).collect();
                        @if !place.trim().is_empty() { span.sub { "“" (place.trim()) "”" } }
                    }
                } }
            }
        }
    }
}
