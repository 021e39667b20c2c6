//! The facets beside the hits: counts as links that set and unset filters.

use super::labels;
use super::params::Params;
use crate::search::answer::{Count, Facets};
use maud::{Markup, html};

/// Values of a facet that are shown before 更多.
const SHOWN: usize = 8;

/// Every facet; on a narrow screen behind a button.
pub(super) fn all(params: &Params, facets: &Facets) -> Markup {
    html! {
                input #narrow type="checkbox";
                label.narrow for="narrow" { "筛选" }
                div.lists {
                    (facet(params, "年份", "year", &facets.year, Plain))
                    (facet(params, "地区", "region", &facets.region, Tree))
                    (facet(params, "层级", "level", &facets.level, Level))
                    (facet(params, "文种", "kind", &facets.kind, Plain))
                    (facet(params, "活动类型", "kind", &facets.activity_kind, Plain))
                    (facet(params, "专项活动", "campaign", &facets.campaign, Plain))
                    (facet(params, "面向对象", "audience", &facets.audience, Plain))
                    (facet(params, "单位", "unit", &facets.unit, Quoted))
                    (facet(params, "单位职能", "function", &facets.function, Plain))
                    (facet(params, "单位角色", "role", &facets.role, Role))
                    (facet(params, "发文机关", "issuer", &facets.issuer, Quoted))
                    (facet(params, "截止月份", "deadline", &facets.deadline, Plain))
                    (facet(params, "历年系列", "series", &facets.series, Series))
                }
    }
}

/// How the values of a facet are shown and put into links.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Plain,
    /// `省/市/县`, indented.
    Tree,
    /// Whole names: in quotes.
    Quoted,
    /// `county`.
    Level,
    /// `lead`.
    Role,
    /// `安全生产月@420100`: the name, with its code small.
    Series,
}
use Manner::{Level, Plain, Quoted, Role, Series, Tree};

fn facet(params: &Params, label: &str, name: &str, counts: &[Count], manner: Manner) -> Markup {
    let ordered = match manner {
        Tree => unfolded(params, counts),
        _ => counts.iter().collect(),
    };
    let (first, rest) = ordered.split_at(ordered.len().min(SHOWN));
    html! {
        @if !counts.is_empty() {
            section.facet {
                h3 { (label) }
                ul { @for count in first { (value(params, name, count, manner)) } }
                @if !rest.is_empty() {
                    details {
                        summary { "更多（" (rest.len()) "）" }
                        ul { @for count in rest { (value(params, name, count, manner)) } }
                    }
                }
            }
        }
    }
}

/// Regions as a tree: the provinces, and below those chosen what lies in them.
fn unfolded<'c>(params: &Params, counts: &'c [Count]) -> Vec<&'c Count> {
    let chosen: Vec<&str> = params.all("region").collect();
    let shown = |path: &str| match path.rsplit_once('/') {
        None => true,
        Some((above, _)) => {
            let below = |chosen: &str| {
                let under = |whole: &str, head: &str| {
                    whole == head || whole.strip_prefix(head).is_some_and(|r| r.starts_with('/'))
                };
                above == chosen || under(chosen, above)
            };
            chosen.iter().any(|c| below(c))
        }
    };
    let roots = counts.iter().filter(|c| !c.value.contains('/'));
    let mut out = Vec::new();
    for root in roots {
        out.push(root);
        let prefix = format!("{}/", root.value);
        let mut below: Vec<&Count> = counts
            .iter()
            .filter(|c| c.value.starts_with(&prefix) && shown(&c.value))
            .collect();
        below.sort_by(|a, b| a.value.cmp(&b.value));
        out.extend(below);
    }
    out
}

fn value(params: &Params, name: &str, count: &Count, manner: Manner) -> Markup {
    let as_filter = match manner {
        Quoted => format!("\"{}\"", count.value),
        _ => count.value.clone(),
    };
    let is_chosen = params.has(name, &as_filter);
    let label = match manner {
        Tree => count.value.rsplit('/').next().unwrap_or_default(),
        Level => labels::level(&count.value),
        Role => labels::role_of(&count.value),
        Series => &match count.value.split_once('@') {
            Some((campaign, place)) => format!("{campaign}（{place}）"),
            None => count.value.clone(),
        },
        Plain | Quoted => &count.value,
    };
    let depth = match manner {
        Tree => count.value.matches('/').count().min(3),
        _ => 0,
    };
    html! {
        li class={ "depth" (depth) } {
            a.chosen[is_chosen] href=(params.toggled(name, &as_filter)) aria-current=[is_chosen.then_some("true")] rel="nofollow" {
                span.value { (label) }
                span.number { (count.count) }
            }
        }
    }
}

pub(super) fn chosen(params: &Params) -> Markup {
    let any = params.filters().next().is_some();
    html! {
        @if any {
            div.chosen-filters {
                @for (name, value) in params.filters() {
                        a href=(params.toggled(name, value)) title="取消这个条件" {
                            (spoken(name, value)) span.cross aria-hidden="true" { "×" }
                        }
                }
                a.clear href=(params.unfiltered()) { "全部清除" }
            }
        }
    }
}

/// A filter's value in words.
fn spoken(name: &str, value: &str) -> String {
    let value = value.trim_matches('"');
    match name {
        "level" => labels::level(value).to_owned(),
        "role" => labels::role_of(value).to_owned(),
        "deadline" | "period" | "issued" => format!("{} {value}", labels::filter(name)),
        _ => value.replace(['/', '@'], " "),
    }
}
