//! Why a hit was found, and why a document was not.

use super::plan::{Mode, Plan};
use super::query::{Named, Near, Node, Term};
use super::reading::Reading;
use crate::index::Entry;
use crate::index::document::surroundings;
use crate::index::folded::Folded;
use schemars::JsonSchema;
use serde::Serialize;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, Searcher};

/// What one term of the query found in a hit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Found {
    /// As the query has it.
    pub term: String,
    /// What of it stands: the term itself, its words, or a synonym.
    pub stands: Vec<Standing>,
}

/// One run of characters that stands in a hit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Standing {
    /// Folded: one width, one script, one case.
    pub text: String,
    /// How it answers the term: `whole`, `word` or `synonym`.
    pub as_what: &'static str,
    /// How often in the title.
    pub in_title: usize,
    /// How often in the text.
    pub in_text: usize,
    /// How often in what surrounds it: the notice's title, headings, issuers, region, campaign.
    pub around: usize,
}

/// Whether a document matches, and which parts of the question it fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Why {
    /// The activity's or notice's id.
    pub id: String,
    /// Whether it matches the whole question.
    pub matches: bool,
    /// Each condition that must hold, in the order of the query; filters after them.
    pub conditions: Vec<Condition>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Condition {
    /// As the query language writes it.
    pub condition: String,
    /// Whether the document fulfils it.
    pub holds: bool,
}

/// What each wanted term found in the entry.
pub(super) fn found(reading: &Reading, entry: &Entry) -> Vec<Found> {
    let text = Folded::new(&entry.text);
    let title = Folded::new(entry.title.as_deref().unwrap_or_default());
    let around: Vec<Folded> = surroundings(entry).into_iter().map(Folded::new).collect();
    let standing = |chars: &[char], as_what: &'static str| Standing {
        text: chars.iter().collect(),
        as_what,
        in_title: title.find(chars).len(),
        in_text: text.find(chars).len(),
        around: around.iter().map(|a| a.find(chars).len()).sum(),
    };
    let mut out = Vec::new();
    for term in reading.terms() {
        let sought = reading.sought(term);
        let mut stands = vec![standing(&sought.whole, "whole")];
        if sought.chunks.len() > 1 {
            stands.extend(sought.chunks.iter().map(|c| standing(c, "word")));
        }
        let others = sought.synonyms.iter().chain(sought.others.iter().flatten());
        stands.extend(others.map(|s| standing(s, "synonym")));
        stands.retain(|s| s.in_title + s.in_text + s.around > 0);
        out.push(Found {
            term: written_term(term),
            stands,
        });
    }
    out
}

/// Each condition of the question asked of one document.
pub(super) fn conditions(plan: &Plan<'_>, address: DocAddress) -> tantivy::Result<Vec<Condition>> {
    let nodes = match &plan.reading.node {
        Node::And(nodes) => nodes.as_slice(),
        Node::All => &[],
        node => std::slice::from_ref(node),
    };
    let mut out = Vec::new();
    for node in nodes {
        let (asked, negated) = match node {
            Node::Not(inner) => (inner.as_ref(), true),
            node => (node, false),
        };
        let query = match negated {
            true => plan.as_it_stands(asked),
            false => plan.asked(asked, Mode::Exact),
        };
        out.push(Condition {
            condition: written(node),
            holds: holds(plan.searcher, query.as_ref(), address)? != negated,
        });
    }
    for (name, query) in plan.filtered() {
        out.push(Condition {
            condition: name,
            holds: holds(plan.searcher, query.as_ref(), address)?,
        });
    }
    Ok(out)
}

/// Whether a document is among those that a query finds.
pub(super) fn holds(
    searcher: &Searcher,
    query: &dyn Query,
    address: DocAddress,
) -> tantivy::Result<bool> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    let reader = searcher.segment_reader(address.segment_ord);
    let mut scorer = weight.scorer(reader, 1.0)?;
    Ok(match scorer.doc() < address.doc_id {
        true => scorer.seek(address.doc_id) == address.doc_id,
        false => scorer.doc() == address.doc_id,
    })
}

/// A node as the query language writes it.
fn written(node: &Node) -> String {
    let joined = |nodes: &[Node], with: &str| {
        let parts: Vec<String> = nodes.iter().map(written).collect();
        format!("({})", parts.join(with))
    };
    match node {
        Node::All => "*".to_owned(),
        Node::And(nodes) => joined(nodes, " "),
        Node::Or(nodes) => joined(nodes, " OR "),
        Node::Not(inner) => format!("-{}", written(inner)),
        Node::Term(term) => written_term(term),
        Node::Region(name) => format!("地区:{name}"),
        Node::Kind(name) => format!("类型:{name}"),
        Node::Years(range) => format!("年份:{range}"),
        Node::Deadline(range) => format!("截止:{range}"),
        Node::Named(column, name) => {
            let field = match column {
                Named::Level => "级别",
                Named::Function => "职能",
                Named::Audience => "对象",
                Named::Campaign => "专项",
            };
            format!("{field}:{name}")
        }
        Node::Near(Near { left, right, reach }) => {
            format!("{} ~{reach} {}", written_term(left), written_term(right))
        }
    }
}

fn written_term(term: &Term) -> String {
    let text = match term.exact {
        true => format!("“{}”", term.text),
        false => term.text.clone(),
    };
    match term.field.name() {
        Some(name) => format!("{name}:{text}"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::super::query::parse;
    use super::written;

    #[test]
    fn a_query_is_written_as_it_is_read() {
        for query in [
            "演练",
            "标题:“应急演练”",
            "-单位:教育",
            "年份:2021..2023",
            "截止:..20230619",
            "演练 ~5 学校",
            "专项:安全生产月",
        ] {
            assert_eq!(written(&parse(query).expect(query)), query);
        }
        let both = parse("甲 (乙 或 -丙)").expect("a query");
        assert_eq!(written(&both), "(甲 (乙 OR -丙))");
    }
}
