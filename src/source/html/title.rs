//! The page's title, where the notice's block lacks it.

use super::block::Block;
use super::flow::{self, Lines};
use super::style;
use super::tag::Tag;
use super::tree::{Id, Tree};
use crate::source::Stated;
use crate::text::fold::is_blank;
use std::ops::Range;

/// The fewest and the most characters of a title.
const FEWEST: usize = 5;
const MOST: usize = 160;

/// How a site calls itself at the end of the `title` element.
const SITES: [&str; 14] = [
    "网",
    "网站",
    "门户",
    "平台",
    "政府",
    "首页",
    "频道",
    "专栏",
    "系统",
    "信息公开",
    "委员会",
    "政务公开",
    "通知公告",
    "公示公告",
];

/// The title that the page gives the notice; none where it gives none, or the block's own lines hold it.
pub(super) fn lacking(
    tree: &Tree,
    block: &Block,
    stated: &[Stated],
    lines: &Lines,
    own: Range<usize>,
) -> Option<String> {
    let first = own.clone().find(|at| !lines.text(*at).is_empty());
    let has_heading = first.is_some_and(|at| {
        let line = lines.line(at);
        line.is_centred || line.heading.is_some()
    });
    let title = find(tree, block, stated, has_heading)?;
    (!holds(lines, own, &title)).then_some(title)
}

fn find(tree: &Tree, block: &Block, stated: &[Stated], has_heading: bool) -> Option<String> {
    let first = block.roots.first().copied().unwrap_or(0);
    let mut page_title = String::new();
    let mut of_rank: [Option<String>; 4] = Default::default();
    let named = |names: &[&str]| {
        let mut all = stated.iter();
        all.find(|s| names.contains(&s.label.as_str()))
            .map(|s| s.value.clone())
    };
    of_rank[0] = named(&["ArticleTitle", "articletitle"]);
    for id in 0..tree.len() as Id {
        let rank = match tree.tag(id) {
            Tag::Title if page_title.is_empty() => {
                page_title = tree.text(id);
                continue;
            }
            _ if id >= first || block.is_furniture(id) => continue,
            Tag::Heading(1) => 1,
            Tag::Heading(2 | 3) => 3,
            Tag::Text | Tag::Break => continue,
            _ if is_named(tree, id) => 2,
            _ => continue,
        };
        if let Some(text) = title_text(tree, id) {
            // The one nearest to the block.
            of_rank[rank] = Some(text);
        }
    }
    let by_site = squeezed(&page_title);
    let stated_title = named(&["标题", "名称", "文件名称", "信息名称", "公文名称"]);
    let mut candidates: Vec<String> = of_rank.into_iter().flatten().collect();
    candidates.extend(stated_title);
    candidates.retain(|c| is_title(c) && !is_site(c));
    let confirmed = candidates
        .iter()
        .position(|c| by_site.contains(&squeezed(c)));
    if let Some(at) = confirmed {
        return Some(candidates.swap_remove(at));
    }
    // The `title` element alone may name the site or the column: a heading in the block goes before it.
    let of_page = parts(&page_title).find(|part| !has_heading && is_title(part) && !is_site(part));
    candidates.into_iter().next().or(of_page)
}

/// The `title` element's parts, the site's name among them.
fn parts(title: &str) -> impl Iterator<Item = String> + '_ {
    title
        .split(['_', '|', '—', '–', '-', '>', '»'])
        .map(|part| part.trim_matches(is_blank).to_owned())
        .filter(|part| !part.is_empty())
}

/// Whether class or id say that it is a title.
fn is_named(tree: &Tree, id: Id) -> bool {
    let (id_name, classes) = style::names(tree, id);
    let is_title = |names: &str| {
        let names = names.to_ascii_lowercase();
        let mut names = names.split_ascii_whitespace();
        names.any(|name| {
            ["title", "tit", "bt", "biaoti"]
                .iter()
                .any(|t| name.ends_with(t) || name.starts_with(t))
                && !name.contains("sub")
        })
    };
    is_title(&id_name) || is_title(&classes)
}

fn title_text(tree: &Tree, id: Id) -> Option<String> {
    let mut bytes = 0;
    for step in tree.walk(id) {
        if let super::tree::Step::Enter(at) = step {
            bytes += tree.raw(at).len();
            // A link is a logo or another page.
            if bytes > MOST * 8 || tree.tag(at) == Tag::Link {
                return None;
            }
        }
    }
    let text = flow::text(tree, id);
    (is_title(&text) && !is_site(&text)).then_some(text)
}

fn is_title(text: &str) -> bool {
    let count = text.chars().filter(|c| c.is_alphanumeric()).count();
    (FEWEST..=MOST).contains(&count) && text.matches('\n').count() <= 5
}

fn is_site(text: &str) -> bool {
    SITES
        .iter()
        .any(|site| text.trim_end_matches(is_blank).ends_with(site))
}

/// As many lines at the start may hold the title.
const HEAD: usize = 15;

/// Whether the title is one or more whole lines among the first; the organ's name may stand before it in either.
fn holds(lines: &Lines, own: Range<usize>, title: &str) -> bool {
    let title = squeezed(title);
    let head: Vec<String> = own
        .map(|at| squeezed(lines.text(at)))
        .filter(|line| !line.is_empty())
        .take(HEAD)
        .collect();
    (0..head.len()).any(|first| {
        let mut joined = String::new();
        head[first..].iter().any(|line| {
            joined.push_str(line);
            let (shorter, longer) = match joined.len() < title.len() {
                true => (&joined, &title),
                false => (&title, &joined),
            };
            // 关于印发《…方案》的通知 is not held by the plan's own title, which is no end of it.
            longer.ends_with(shorter.as_str()) && shorter.len() * 2 >= longer.len()
        })
    })
}

/// Letters and digits alone: how a title is set and quoted makes it no other.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
