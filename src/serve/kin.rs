//! The page of one activity: what it is, and who has done such a thing before.

use super::labels;
use super::params::encoded;
use super::results;
use crate::entity::date::DateRole;
use crate::record::Notice;
use crate::search::Precedents;
use crate::search::similar::Precedent;
use maud::{Markup, html};

pub(super) fn activity(notice: &Notice, at: usize, precedents: &Precedents) -> Markup {
    let Some(activity) = notice.activities.get(at) else {
        return html! {};
    };
    let text = activity.span.to_bytes(&notice.text).of(&notice.text);
    let link = format!(
        "/notices/{}?activity={n}#a{n}",
        encoded(&notice.id),
        n = at + 1
    );
    html! {
        div.kinship {
            article.paper.short {
                p.where { a href=(link) { (notice.title.as_deref().unwrap_or("（无标题公文）")) } }
                h1 { (activity.title.as_deref().unwrap_or("（无标题）")) }
                div.text { @for line in text.lines().filter(|l| !l.trim().is_empty()) { p { (line.trim()) } } }
                ul.chips {
                    @for unit in activity.units.iter().take(12) {
                        li.unit { span.role { (labels::role(unit.role)) } (unit.name) }
                    }
                    @for date in activity.dates.iter().filter(|d| d.role != DateRole::Mention).take(6) {
                        li.date { (date.text) @let days = labels::days(date.start, date.end); @if !days.is_empty() { "（" (days) "）" } }
                    }
                    @for kind in &activity.kinds { li.kind { (kind) } }
                    @for audience in &activity.audiences { li.kind { (audience) } }
                }
                p.small.links {
                    a href=(link) { "看原文" }
                    a href={ "/api/v1/activities/" (encoded(&notice.id)) "." (at + 1) } { "记录" }
                }
            }
            section aria-label="相似活动" {
                h2 { "相似活动 " span.number { (precedents.hits.len()) } }
                @if precedents.hits.is_empty() {
                    div.notice-box { p { "没有找到相似的先例。" } }
                } @else {
                    p.count { "依据：" (precedents.words.iter().take(8).cloned().collect::<Vec<_>>().join("、")) }
                }
                ol.hits { @for precedent in &precedents.hits { li { (one(precedent)) } } }
            }
        }
    }
}

fn one(precedent: &Precedent) -> Markup {
    let shared = &precedent.shared;
    let kin = shared
        .kinds
        .iter()
        .chain(&shared.audiences)
        .chain(&shared.functions);
    html! {
        p.alike {
            // A share of a hundred, as people read it
            span.measure title="相似度" { (format!("{:.0}%", precedent.similarity * 100.0)) }
            @if precedent.copies > 0 { span { "另有 " (precedent.copies) " 份几乎相同" } }
            @for word in kin.chain(&shared.campaign) { span { "同：" (word) } }
        }
        (results::one(&precedent.hit))
    }
}
