//! Attachments that the notice's block links to.

use super::flow;
use super::style::style;
use super::tag::Tag;
use super::tree::{Id, Step, Tree};
use crate::source::Link;
use crate::text::fold::is_blank;

/// Endings of the names of files that are attached to notices.
const ENDINGS: [&str; 20] = [
    ".doc", ".docx", ".docm", ".wps", ".wpt", ".pdf", ".ofd", ".ceb", ".xls", ".xlsx", ".xlsm",
    ".et", ".csv", ".ppt", ".pptx", ".rtf", ".txt", ".zip", ".rar", ".7z",
];

/// What the addresses of programs that hand out files hold.
const DOWNLOADS: [&str; 9] = [
    "download.jsp",
    "downfile",
    "downloadfile",
    "filedownload",
    "download.do",
    "download.aspx",
    "download.php",
    "downloadattach",
    "/attachment/download",
];

/// Most links that are kept of one page.
const MOST: usize = 1000;

/// The links to files within these parts, in order, each once.
pub(super) fn within(tree: &Tree, roots: &[Id]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for root in roots {
        let mut walk = tree.walk(*root);
        while let Some(step) = walk.next() {
            let Step::Enter(id) = step else { continue };
            let tag = tree.tag(id);
            if tag == Tag::Unseen || tag != Tag::Text && id != *root && style(tree, id).is_hidden {
                walk.pass_over(id);
            } else if tag == Tag::Link
                && links.len() < MOST
                && let Some(link) = attachment(tree, id)
                && seen.insert(link.target.clone())
            {
                links.push(link);
            }
        }
    }
    links
}

fn attachment(tree: &Tree, id: Id) -> Option<Link> {
    let target = tree.attribute(id, "href")?.trim().to_owned();
    let named = || {
        tree.attribute(id, "title")
            .or_else(|| tree.attribute(id, "download"))
    };
    let mut text = flow::text(tree, id).replace('\n', " ");
    if text.chars().all(is_blank) {
        text = named().unwrap_or_default();
    }
    let text = text.trim_matches(is_blank).to_owned();
    let is_file = is_file(&target) || !is_script(&target) && ends_as_file(&text);
    is_file.then_some(Link { text, target })
}

/// Whether the link leads to another page, not to a file, nor to a place in this page.
pub(super) fn leads_away(tree: &Tree, id: Id) -> bool {
    tree.attribute(id, "href").is_some_and(|target| {
        let target = target.trim();
        !target.is_empty() && !target.starts_with('#') && !is_file(target)
    })
}

fn is_script(target: &str) -> bool {
    let target = target.to_ascii_lowercase();
    target.is_empty()
        || target.starts_with("javascript:")
        || target.starts_with('#')
        || target.starts_with("mailto:")
}

/// Whether an address leads to a file.
fn is_file(target: &str) -> bool {
    if is_script(target) {
        return false;
    }
    let lower = target.to_ascii_lowercase();
    let path = lower.split(['?', '#']).next().unwrap_or("");
    // Not the name of a site, as in https://www.county.et
    let path_alone = path.split_once("://").map_or(path, |(_, rest)| {
        rest.split_once('/').map_or("", |(_, path)| path)
    });
    let query = lower.split_once('?').map_or("", |(_, query)| query);
    ends_as_file(path_alone)
        || query.split('&').any(ends_as_file)
        || DOWNLOADS.iter().any(|word| lower.contains(word))
}

fn ends_as_file(name: &str) -> bool {
    let name = name.trim_end_matches(|c: char| is_blank(c) || "）)】]。".contains(c));
    let Some(dot) = name.rfind('.') else {
        return false;
    };
    let ending = &name[dot..];
    ENDINGS.iter().any(|e| ending.eq_ignore_ascii_case(e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::html::tree::ROOT;

    #[test]
    fn files_are_told_from_pages() {
        for (target, file) in [
            ("./P0202401.docx", true),
            ("/attach/0/a%20b.PDF?v=1", true),
            (
                "/module/download/downfile.jsp?classid=0&filename=1.et",
                true,
            ),
            ("/down?name=附件.xls", true),
            ("/art/2024/1/art_1.html", false),
            ("https://www.county.et", false),
            ("javascript:window.print('a.doc')", false),
            ("", false),
        ] {
            assert_eq!(is_file(target), file, "{target}");
        }
    }

    #[test]
    fn links_have_words_and_addresses() {
        let tree = Tree::new(
            "<a href='a.doc'>附件1：任务<b>清单</b></a><a href=b.pdf title=汇总表.pdf><img></a><a href=c.html>首页</a>\
             <a href=a.doc>再一次</a><a href=/file/7>样表.xlsx</a><a style='display:none' href=d.doc>隐</a>",
            99,
        );
        let found: Vec<(String, String)> = within(&tree, &[ROOT])
            .into_iter()
            .map(|link| (link.text, link.target))
            .collect();
        let expected = [
            ("附件1：任务清单", "a.doc"),
            ("汇总表.pdf", "b.pdf"),
            ("样表.xlsx", "/file/7"),
        ];
        assert_eq!(found, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }
}
