//! Places in running text: chains of names (湖南湘潭市湘潭县), their neighbours read first.

use super::RegionFound;
use super::table::Form;
use super::table::Match;
use super::table::table;
use crate::span::Span;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;
use crate::text::words::words;
use std::collections::HashMap;

/// A chain of names, narrowed by its own members alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// From the first name to the last.
    pub(super) span: Span,
    /// What the last name could be; today's and earlier codes.
    pub(super) codes: Vec<u32>,
    /// Whether a full name is in the chain, or more than one name.
    pub(super) firm: bool,
    /// Whether it is a zone's name.
    pub(super) zone: bool,
}

/// Where the names are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Site {
    /// Running text: words of daily use are no places.
    Text,
    /// The head of an organ's name: the stem of any county may stand there.
    Head,
}

/// The chain that begins at byte `at`, if one does.
pub(super) fn chain(text: &str, at: usize, place: Site) -> Option<Place> {
    let t = table();
    let before = text[..at].chars().next_back();
    let first = t
        .at(&text[at..])
        .into_iter()
        .find(|m| begins(text, at, before, m, place))?;
    let mut end = at + first.len;
    let mut zone = first.form == Form::Zone;
    let mut firm = first.form != Form::Stem;
    let mut codes = first.codes;
    let mut form = first.form;
    let mut joined = false;
    loop {
        let gap = text[end..].len() - text[end..].trim_start_matches(is_blank).len();
        if text[end..end + gap].contains('\n') {
            break;
        }
        let next = end + gap;
        let step = t.at(&text[next..]).into_iter().find_map(|m| {
            let word = &text[next..next + m.len];
            if is_street(&text[next + m.len..]) && m.form == Form::Stem
                || word.ends_with('市') && text[next + m.len..].starts_with('场')
            {
                return None;
            }
            let lower: Vec<u32> = m
                .codes
                .iter()
                .copied()
                .filter(|l| codes.iter().any(|u| t.governs(*u, *l)))
                .collect();
            (!lower.is_empty()).then_some((lower, m.len, m.form))
        });
        let Some((lower, len, f)) = step else { break };
        codes = lower;
        form = f;
        zone |= f == Form::Zone;
        end = next + len;
        joined = true;
    }
    firm |= joined;
    // A stem names the broadest division of that name: 吉林 is the province.
    if form == Form::Stem
        && let Some(rank) = codes.iter().map(|c| rank(*c)).min()
    {
        codes.retain(|c| self::rank(*c) == rank);
    }
    Some(Place {
        span: Span::new(at, end),
        codes,
        firm,
        zone,
    })
}

/// 0 province, 1 prefecture, 2 county.
pub(super) fn rank(code: u32) -> u8 {
    match code {
        c if c.is_multiple_of(10_000) => 0,
        c if c.is_multiple_of(100) => 1,
        _ => 2,
    }
}

/// Whether a road, a bridge or the like is named after the place: 南京路, 北京时间.
fn is_street(rest: &str) -> bool {
    let rest =
        rest.trim_start_matches(['东', '西', '南', '北', '中', '一', '二', '三', '四', '五']);
    rest.starts_with(['路', '街', '巷', '弄', '岛', '话', '菜'])
        || words![
            "大道",
            "大街",
            "胡同",
            "时间",
            "大桥",
            "烤鸭",
            "高速",
            "城西",
            "城东",
            "石材",
            "久安",
            "会海",
            "事务办",
            "事务局"
        ]
        .begin(rest)
}

fn begins(text: &str, at: usize, before: Option<char>, m: &Match, place: Site) -> bool {
    let name = &text[at..at + m.len];
    let rest = &text[at + m.len..];
    let next = rest.chars().next();
    let free = before.is_none_or(|c| {
        !is_han(c)
            || matches!(
                c,
                '在' | '于' | '至' | '到' | '赴' | '从' | '自' | '驻' | '年' | '发' | '展' | '共'
            )
    });
    match m.form {
        Form::Zone => true,
        Form::Full => {
            let cut = match name.chars().next_back() {
                Some('市') => next == Some('场') && !rest.starts_with("场所"),
                Some('区') => matches!(next, Some('域' | '划' | '间' | '别' | '块' | '位')),
                Some('县') => next == Some('级'),
                Some('旗') => matches!(next, Some('下' | '帜')),
                _ => false,
            };
            if cut {
                return false;
            }
            if place == Site::Head {
                return true;
            }
            // 理县 in 管理县级…, 和县 in 市和县
            let short = name.chars().count() < 3;
            (!short || free) && !table().is_common(name)
        }
        Form::Stem => {
            if is_street(rest) || table().is_common(name) {
                return false;
            }
            match m.codes.iter().map(|c| rank(*c)).min() {
                Some(0 | 1) => true,
                _ if place == Site::Head => true,
                // The stem of a county or a county-level city, never of a 区.
                _ => {
                    let town = m.codes.iter().any(|c| {
                        table()
                            .name(*c)
                            .is_some_and(|n| n.ends_with(['县', '市', '旗']) || n.ends_with("新区"))
                    });
                    town && free && !matches!(next, Some('山' | '河' | '江' | '湖' | '村' | '社'))
                }
            }
        }
    }
}

/// Every chain of names in `text`, in order.
pub(super) fn places(text: &str) -> Vec<Place> {
    let mut out: Vec<Place> = Vec::new();
    let mut at = 0;
    // Where the run of Han characters began that the last place stands in.
    let mut run = 0;
    let bytes = text.as_bytes();
    while at < bytes.len() {
        if bytes[at] < 0xe4 {
            at += 1;
            run = at;
            continue;
        }
        if !text.is_char_boundary(at) {
            at += 1;
            continue;
        }
        if bytes[at] >= 0xea {
            // Full-width punctuation and rarer planes part the runs.
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            run = at;
            continue;
        }
        if let Some(place) = chain(text, at, Site::Text) {
            // 石首市…香港城西街: after a full name, a bare stem in the same run is part of an address.
            let address = out
                .last()
                .is_some_and(|last| last.firm && last.span.start >= run);
            let end = place.span.end;
            if place.firm || !address {
                out.push(place);
            }
            at = end;
        } else {
            at += 3;
        }
    }
    out
}

/// Picks one of the codes by what the other places say; null when they do not settle it.
pub(super) fn settle(codes: &[u32], votes: &HashMap<u32, f64>) -> Option<u32> {
    if let [one] = codes {
        return Some(*one);
    }
    let mut scored: Vec<(f64, u32)> = codes
        .iter()
        .map(|&c| {
            let score = votes
                .iter()
                .map(|(&v, &w)| match v {
                    v if v == c => 3.0 * w,
                    v if table().governs(v, c) && rank(v) == 1 => 1.2 * w,
                    v if table().governs(v, c) => w,
                    v if v / 100 == c / 100 => 0.4 * w,
                    v if v / 10_000 == c / 10_000 => 0.2 * w,
                    _ => 0.0,
                })
                .sum::<f64>();
            (score, c)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    match scored.as_slice() {
        [(first, code), (second, _), ..] if *first > 1.3 * *second => Some(*code),
        _ => None,
    }
}

/// The regions that `text` names; a name that several divisions bear is left out unless its neighbours settle it.
#[must_use]
pub fn find(text: &str) -> Vec<RegionFound> {
    let places = places(text);
    let mut votes = HashMap::new();
    for place in &places {
        if let [one] = place.codes.as_slice() {
            *votes.entry(*one).or_insert(0.0) += 1.0;
        }
    }
    places
        .iter()
        .filter_map(|place| {
            let code = settle(&place.codes, &votes)?;
            Some(RegionFound {
                span: place.span,
                code: code.to_string(),
                path: table().path(code),
            })
        })
        .collect()
}
