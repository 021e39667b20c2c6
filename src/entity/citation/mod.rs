//! What is cited: titles in 《》 with the number that follows.

mod basis;
mod kind;
mod quote;
mod short;

use crate::entity::doc_number;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::fold::joined;
use crate::text::words::Words;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What a cited title is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CitationKind {
    /// 法, 条例, 规定, 办法 of a state organ.
    Law,
    /// 通知, 意见, 通报 …
    Notice,
    /// 方案, 计划, 规划 …
    Plan,
    /// A technical standard.
    Standard,
    /// Anything else: a book, a film, a form.
    Work,
}

/// A cited title, with every mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitationFound {
    /// Without the outer brackets, line breaks joined.
    pub title: String,
    /// The document or standard number that follows.
    pub doc_number: Option<String>,
    /// What is cited.
    pub kind: CitationKind,
    /// Whether this notice implements it.
    pub basis: bool,
    /// Every mention, the brackets included.
    pub spans: Vec<Span>,
}

/// The citations of `text` in the order of their first mention.
///
/// Mentions that differ in blanks and width alone are one citation. A short name that the text defines
/// (以下简称《通知》) is a mention of the title it stands for; a bare kind (《方案》) is none.
///
/// ```
/// use gongwen::entity::citation::find;
///
/// let found = find("根据《关于开展演练〈方案〉编制的通知》（云应急〔2022〕7号，以下简称《通知》）要求，按《通知》执行。");
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].doc_number.as_deref(), Some("云应急〔2022〕7号"));
/// assert!(found[0].basis);
/// ```
#[must_use]
pub fn find(text: &str) -> Vec<CitationFound> {
    let titles = quote::titles(text);
    let shorts = short::defined(text, &titles);
    let mut out: Vec<CitationFound> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut aliases: Vec<(String, Span)> = Vec::new();
    let lead = basis::lead_end(text);
    for span in titles {
        let inner = inside(text, span);
        let title = joined(inner);
        let key = key(&title);
        if shorts.contains_key(&key) {
            aliases.push((key, span));
            continue;
        }
        if short::is_bare_kind(&key) {
            continue;
        }
        let number = number_after(text, span.end);
        let basis = basis::implements(text, span, lead);
        match known.get(&key) {
            Some(&n) => {
                let found = &mut out[n];
                found.spans.push(span);
                found.basis |= basis;
                if found.doc_number.is_none() {
                    found.doc_number = number;
                }
            }
            None => {
                known.insert(key, out.len());
                out.push(CitationFound {
                    kind: CitationKind::Work,
                    title,
                    doc_number: number,
                    basis,
                    spans: vec![span],
                });
            }
        }
    }
    // a short name is a mention of what stands before its definition
    for (alias, span) in aliases {
        let stands_for = shorts
            .get(&alias)
            .and_then(|full| *full)
            .and_then(|full| known.get(&self::key(&joined(inside(text, full)))));
        if let Some(&n) = stands_for {
            out[n].spans.push(span);
        }
    }
    for found in &mut out {
        found.spans.sort_unstable();
        found.kind = kind::of(&found.title, found.doc_number.as_deref());
        // a book or a film is shown, not implemented
        found.basis &= found.kind != CitationKind::Work;
    }
    out
}

/// The words between the brackets of a span.
fn inside(text: &str, span: Span) -> &str {
    let surface = span.of(text);
    let from = surface.chars().next().map_or(0, char::len_utf8);
    let to = surface.len() - surface.chars().next_back().map_or(0, char::len_utf8);
    surface.get(from..to).unwrap_or_default()
}

/// What two mentions of one title have in common: no blanks, half width, one form of inner bracket and quote.
fn key(title: &str) -> String {
    title
        .chars()
        .filter(|c| !is_blank(*c))
        .map(|c| match fold(c) {
            '〈' | '《' => '<',
            '〉' | '》' => '>',
            '“' | '”' | '「' | '」' => '"',
            '—' | '–' | '―' => '-',
            c => c.to_ascii_lowercase(),
        })
        .collect()
}

/// The number after a title: 《…》（安委办〔2022〕7号）, 《…》国发〔2011〕40号, 《…》的通知（…号）, 《…》（以下简称《办法》，…号）.
fn number_after(text: &str, end: usize) -> Option<String> {
    let rest = &text[end..];
    // 关于印发《…》的通知（…号）: the number of the notice that carries the title
    static CARRIERS: Words = Words::new(&[
        "的通知",
        "的公告",
        "的意见",
        "的决定",
        "的函",
        "的批复",
        "的通告",
        "的命令",
    ]);
    let carried = CARRIERS.strip(rest);
    let mut at = end + carried.map_or(0, |after| rest.len() - after.len());
    at += text[at..]
        .strip_prefix('》')
        .or_else(|| text[at..].strip_prefix('”'))
        .map_or(0, |after| text[at..].len() - after.len());
    let open = text[at..].trim_start_matches([' ', '\u{3000}', '\u{a0}']);
    let bracketed = open.chars().next().is_some_and(doc_number::is_open);
    if carried.is_some() && !bracketed {
        return None;
    }
    if let Some(found) = doc_number::at(text, at) {
        return Some(found.normal);
    }
    if !bracketed {
        return None;
    }
    // within the bracket, after another remark; and in a second bracket: （试行）（云应急〔2022〕7号）
    let from = text.len() - open.len();
    let mut depth = 0usize;
    for (i, c) in text[from..].char_indices().take(160) {
        let here = from + i;
        let after = here + c.len_utf8();
        if c == '\n' {
            break;
        }
        if doc_number::is_open(c) {
            depth += 1;
        } else if doc_number::is_close(c) {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                let next = text[after..]
                    .chars()
                    .next()
                    .is_some_and(doc_number::is_open);
                return next
                    .then(|| doc_number::at(text, after))
                    .flatten()
                    .map(|n| n.normal);
            }
        } else if depth == 1
            && matches!(c, '，' | ',' | '；' | ';' | '、' | '：' | ':')
            && let Some(found) = doc_number::at(text, after)
        {
            let inner = Span::new(from + open.chars().next().map_or(0, char::len_utf8), here);
            return Some(
                match c == '、' && issues_jointly(inner.of(text), &found.normal) {
                    true => format!("{}、{}", joined(inner.of(text)), found.normal),
                    false => found.normal,
                },
            );
        }
    }
    None
}

/// Whether the words before the number name organs that issued the order or announcement with the last: 甲部、乙局令第3号.
fn issues_jointly(organs: &str, number: &str) -> bool {
    static ORGANS: Words = Words::new(&[
        "部",
        "委",
        "局",
        "院",
        "署",
        "委员会",
        "证监会",
        "银保监会",
        "银行",
        "厅",
        "办公室",
    ]);
    let organ = |name: &str| {
        let name = name.trim_matches(is_blank);
        name.chars().nth(1).is_some()
            && ORGANS.end(name)
            && name.chars().all(crate::text::fold::is_han)
    };
    ["公告", "令第", "通告", "令2"]
        .iter()
        .any(|w| number.contains(w))
        && organs.split('、').all(organ)
}

#[cfg(test)]
mod tests;
