//! Which part of the page is the notice: an element known to hold articles, else the one with most text.

use super::furniture;
use super::style;
use super::tag::Tag;
use super::tree::{Id, ROOT, Tree};
use crate::text::fold::is_han;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The part of the page that holds the notice.
#[derive(Debug)]
pub(super) struct Block {
    /// The elements, in order; the root alone where the page is one text.
    pub(super) roots: Vec<Id>,
    /// What each element is, by its number.
    kinds: Vec<u8>,
    weights: Vec<u32>,
}

const HIDDEN: u8 = 1;
const LINKED: u8 = 2;
/// Its class or id says that it is no article.
const FURNITURE: u8 = 4;
/// As `FURNITURE`, by the element's own attributes.
const NAMED: u8 = 8;
/// One of the block's roots.
const OWN: u8 = 16;

impl Block {
    /// Whether the element is to be passed over when the block is read: small, and named as no article.
    pub(super) fn is_left_out(&self, id: Id) -> bool {
        self.kinds[id as usize] & NAMED != 0 && self.weights[id as usize] < 120
    }

    /// The roots, and what follows them in the elements around: lists of attachments often stand there.
    pub(super) fn with_surroundings(&self, tree: &Tree) -> Vec<Id> {
        let mut all = self.roots.clone();
        let mut id = all.last().copied().unwrap_or(ROOT);
        for _ in 0..2 {
            let following =
                std::iter::successors(tree.next_element(id), |id| tree.next_element(*id));
            all.extend(following.filter(|id| !self.is_furniture(*id)));
            id = tree.parent(id).unwrap_or(ROOT);
        }
        all
    }

    /// Whether the element is one of the roots.
    pub(super) fn is_root(&self, id: Id) -> bool {
        self.kinds[id as usize] & OWN != 0
    }

    /// Whether the element is hidden, or within one that is.
    pub(super) fn is_hidden(&self, id: Id) -> bool {
        self.kinds[id as usize] & HIDDEN != 0
    }

    /// Whether the element is or lies within a part that is no article.
    pub(super) fn is_furniture(&self, id: Id) -> bool {
        self.kinds[id as usize] & (HIDDEN | FURNITURE) != 0
    }
}

#[derive(Default)]
struct Containers {
    ids: HashSet<String>,
    classes: HashSet<String>,
    /// Beginnings of ids.
    stems: Vec<String>,
}

static CONTAINERS: LazyLock<Containers> = LazyLock::new(|| {
    let mut all = Containers::default();
    for line in include_str!("containers.tsv").lines() {
        let mut columns = line.split('\t');
        let kind = columns.next();
        let name = columns.next().unwrap_or_default().to_ascii_lowercase();
        match (kind, name.strip_suffix('*')) {
            (Some("id"), Some(stem)) => all.stems.push(stem.to_owned()),
            (Some("id"), None) => drop(all.ids.insert(name)),
            (Some("class"), _) => drop(all.classes.insert(name)),
            _ => {}
        }
    }
    all
});

fn is_container(id: &str, classes: &str) -> bool {
    let by_id = || {
        let lower = id.to_ascii_lowercase();
        CONTAINERS.ids.contains(&lower)
            || CONTAINERS
                .stems
                .iter()
                .any(|stem| lower.starts_with(stem.as_str()))
    };
    let by_class = || {
        let mut classes = classes.split_ascii_whitespace();
        classes.any(|c| CONTAINERS.classes.contains(&c.to_ascii_lowercase()))
    };
    !id.is_empty() && by_id() || by_class()
}

/// The block of the page.
pub(super) fn find(tree: &Tree) -> Block {
    let mut kinds = vec![0u8; tree.len()];
    let mut own = vec![0u32; tree.len()];
    let mut containers = Vec::new();
    let mut notes = Vec::new();
    for id in 0..tree.len() as Id {
        let tag = tree.tag(id);
        let at = id as usize;
        if let Some(parent) = tree.parent(id) {
            kinds[at] = kinds[parent as usize] & !NAMED;
        }
        if tag == Tag::Text {
            own[at] = weight(tree.raw(id));
            continue;
        }
        if matches!(tag, Tag::Unseen | Tag::Title | Tag::Meta | Tag::Deleted) {
            kinds[at] |= HIDDEN;
        }
        if tag == Tag::Link {
            kinds[at] |= LINKED;
        }
        if tag == Tag::Break {
            continue;
        }
        let (name, classes) = style::names(tree, id);
        let style = style::style(tree, id);
        let is_known = is_container(&name, &classes);
        if is_known {
            containers.push(id);
        } else if style.is_hidden {
            kinds[at] |= HIDDEN;
        }
        // Word lists them after the text.
        if style.is_note && notes.len() < 1000 {
            notes.push(id);
        }
        let is_aside = matches!(tag, Tag::Nav | Tag::Footer | Tag::Aside | Tag::Header);
        if is_aside || !is_known && (furniture::is_named(&name) || furniture::is_named(&classes)) {
            kinds[at] |= NAMED;
        }
    }
    let all = summed(tree, &own, |at| kinds[at] & (HIDDEN | LINKED) == 0);
    let total = all.first().copied().unwrap_or(0);
    // What holds much of the page's text is the article whatever its name.
    for id in 1..tree.len() as Id {
        let at = id as usize;
        let above = tree
            .parent(id)
            .map_or(0, |parent| kinds[parent as usize] & FURNITURE);
        kinds[at] |= above;
        if kinds[at] & NAMED != 0 {
            match all[at] < total / 5 * 2 {
                true => kinds[at] |= FURNITURE,
                false => kinds[at] &= !NAMED,
            }
        }
    }
    let weights = summed(tree, &own, |at| {
        kinds[at] & (HIDDEN | LINKED | FURNITURE) == 0
    });
    let densest = densest(tree, &weights);
    let roots = known(tree, &containers, &all, all[densest as usize]);
    let is_known = !roots.is_empty();
    let roots = match is_known {
        true => roots,
        false => vec![densest],
    };
    let mut roots = with_siblings(tree, roots, &weights, is_known);
    for root in &roots {
        kinds[*root as usize] |= OWN;
    }
    for note in notes {
        let above = std::iter::successors(Some(note), |id| tree.parent(*id));
        if above.into_iter().all(|id| kinds[id as usize] & OWN == 0) {
            kinds[note as usize] |= OWN;
            roots.push(note);
        }
    }
    Block {
        roots,
        kinds,
        weights: all,
    }
}

/// How much a piece of text speaks for an article: its Han characters, and more for what parts sentences.
fn weight(text: &str) -> u32 {
    let mut sum = 0u32;
    let mut words = 0u32;
    for c in text.chars() {
        sum = sum.saturating_add(match c {
            '，' | '。' | '；' => 8,
            c if is_han(c) => 1,
            c => {
                words += u32::from(c.is_ascii_alphanumeric());
                0
            }
        });
    }
    sum.saturating_add(words / 8)
}

/// For each element the sum of the texts within that are `counted`.
fn summed(tree: &Tree, own: &[u32], counted: impl Fn(usize) -> bool) -> Vec<u32> {
    let mut sums = own.to_vec();
    for (at, sum) in sums.iter_mut().enumerate() {
        if *sum > 0 && !counted(at) {
            *sum = 0;
        }
    }
    for id in (1..tree.len() as Id).rev() {
        if let Some(parent) = tree.parent(id) {
            sums[parent as usize] = sums[parent as usize].saturating_add(sums[id as usize]);
        }
    }
    sums
}

/// The outermost known containers with text; of several apart the heaviest, with those beside it.
fn known(tree: &Tree, containers: &[Id], weights: &[u32], densest: u32) -> Vec<Id> {
    // A container within another adds nothing, unless the outer is a frame that holds more than the article.
    let mut outer: Vec<Id> = Vec::new();
    for id in containers {
        if !outer.last().is_some_and(|last| tree.is_within(*id, *last)) {
            outer.push(*id);
        }
    }
    let heaviest = outer
        .iter()
        .copied()
        .max_by_key(|id| (weights[*id as usize], u32::MAX - *id));
    let Some(heaviest) = heaviest.filter(|id| {
        let weight = weights[*id as usize];
        weight > 0 && (weight >= 40 || densest <= weight * 2) && weight >= densest / 4
    }) else {
        return Vec::new();
    };
    let parent = tree.parent(heaviest);
    let beside = |id: &Id| tree.parent(*id) == parent && weights[*id as usize] > 0;
    outer.into_iter().filter(beside).collect()
}

/// The smallest element that holds most of the text.
fn densest(tree: &Tree, weights: &[u32]) -> Id {
    let mut id = ROOT;
    loop {
        let weight = weights[id as usize];
        let heaviest = tree
            .children(id)
            .max_by_key(|child| weights[*child as usize]);
        match heaviest {
            Some(child)
                if weights[child as usize] as u64 * 4 >= weight as u64 * 3
                    && weight > 0
                    && holds_several(tree, child, weights) =>
            {
                id = child;
            }
            _ => break,
        }
    }
    while !tree.tag(id).holds_flow() && id != ROOT {
        id = tree.parent(id).unwrap_or(ROOT);
    }
    column(tree, id).unwrap_or(id)
}

/// The table of one column whose cell this is: its other rows hold the title and the date.
fn column(tree: &Tree, cell: Id) -> Option<Id> {
    let row = tree.parent(cell).filter(|id| tree.tag(*id) == Tag::Row)?;
    let group = tree.parent(row)?;
    let table = match tree.tag(group) {
        Tag::RowGroup => tree.parent(group)?,
        _ => group,
    };
    let is_single = |row: Id| {
        let cells = tree.children(row).filter(|id| tree.tag(*id).is_wall());
        cells.count() <= 1
    };
    let mut rows = tree.children(group).filter(|id| tree.tag(*id) == Tag::Row);
    (tree.tag(table) == Tag::Table && rows.all(is_single)).then_some(table)
}

/// Whether the element has blocks or breaks within: a paragraph alone is not a notice.
fn holds_several(tree: &Tree, id: Id, weights: &[u32]) -> bool {
    if matches!(tree.tag(id), Tag::Paragraph | Tag::Heading(_) | Tag::Text) {
        return false;
    }
    let mut lines = 0;
    for step in tree.walk(id).take(4000) {
        if let super::tree::Step::Enter(at) = step {
            let tag = tree.tag(at);
            lines += usize::from(
                tag == Tag::Break || at != id && !tag.is_inline() && weights[at as usize] > 0,
            );
            if lines > 2 {
                return true;
            }
        }
    }
    false
}

/// With the paragraphs after the block, which an end tag too many has put out of it; and with those before one
/// that was only weighed, which may have lost the title and the addressees.
fn with_siblings(tree: &Tree, roots: Vec<Id>, weights: &[u32], is_known: bool) -> Vec<Id> {
    let (Some(first), Some(last)) = (roots.first(), roots.last()) else {
        return roots;
    };
    let Some(parent) = tree.parent(*first) else {
        return roots;
    };
    let is_text =
        |id: Id| matches!(tree.tag(id), Tag::Paragraph | Tag::Table) && weights[id as usize] > 0;
    let followers = |id: Id| -> Vec<Id> {
        std::iter::successors(tree.next_element(id), |id| tree.next_element(*id))
            .take_while(|id| matches!(tree.tag(*id), Tag::Paragraph | Tag::Table | Tag::Break))
            .collect()
    };
    // Up to two elements around it may have been closed with it.
    let mut after = followers(*last);
    let mut around = *last;
    for _ in 0..2 {
        if tree.next_element(around).is_some() {
            break;
        }
        around = tree.parent(around).unwrap_or(ROOT);
        after = followers(around);
    }
    let before: Vec<Id> = tree
        .children(parent)
        .take_while(|id| id != first)
        .filter(|id| !is_known && is_text(*id) && tree.tag(*id) == Tag::Paragraph)
        .collect();
    let text: u32 = after.iter().map(|id| weights[*id as usize]).sum();
    let mut all = before;
    all.extend(&roots);
    if text >= 16 {
        all.extend(after);
    }
    all
}
