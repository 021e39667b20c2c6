//! The page as a tree, built in one pass in time and memory linear in the page, whatever its tags.
//!
//! The tree builder of the HTML standard takes quadratic time for elements nested without end, which a page of
//! 200 KB can be made of. This one keeps of it what moves text: implied end tags, the walls of table cells,
//! end tags that match nothing. Elements deeper than the limit are taken for their contents alone.

use super::refs;
use super::tag::{Made, Tag};
use super::token::{Attributes, Token, Tokens};
use memchr::memchr_iter;

/// A node by its number, in the order of the page; 0 is the root.
pub(super) type Id = u32;

const NONE: Id = Id::MAX;

#[derive(Clone, Copy, Debug)]
struct Node {
    tag: Tag,
    parent: Id,
    first: Id,
    next: Id,
    /// Of the text, or of the attributes, in the page.
    start: u32,
    end: u32,
}

/// A page and its nodes.
#[derive(Debug)]
pub(super) struct Tree<'t> {
    page: &'t str,
    nodes: Vec<Node>,
    /// How many elements stood deeper than the limit.
    pub(super) flattened: usize,
    /// What walks have cost so far.
    #[cfg(test)]
    pub(super) steps: std::cell::Cell<usize>,
}

/// A step of a walk through a part of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Enter(Id),
    /// All within the element was walked; not given for text.
    Leave(Id),
}

pub(super) const ROOT: Id = 0;

impl<'t> Tree<'t> {
    /// The tree of a page, which is shorter than 4 GB, with elements up to `max_depth` deep.
    pub(super) fn new(page: &'t str, max_depth: usize) -> Self {
        Builder::new(page, max_depth).build()
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn tag(&self, id: Id) -> Tag {
        self.nodes[id as usize].tag
    }

    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        Some(self.nodes[id as usize].parent).filter(|id| *id != NONE)
    }

    pub(super) fn next(&self, id: Id) -> Option<Id> {
        Some(self.nodes[id as usize].next).filter(|id| *id != NONE)
    }

    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let first = Some(self.nodes[id as usize].first).filter(|id| *id != NONE);
        std::iter::successors(first, |id| self.next(*id))
    }

    /// The next sibling that is an element.
    pub(super) fn next_element(&self, id: Id) -> Option<Id> {
        let mut next = self.next(id)?;
        while self.tag(next) == Tag::Text {
            next = self.next(next)?;
        }
        Some(next)
    }

    /// The text node's characters as written.
    pub(super) fn raw(&self, id: Id) -> &'t str {
        let node = &self.nodes[id as usize];
        match node.tag {
            Tag::Text => &self.page[node.start as usize..node.end as usize],
            _ => "",
        }
    }

    /// The element's attribute of this name in lower case, references resolved.
    pub(super) fn attribute(&self, id: Id, name: &str) -> Option<String> {
        let value = self
            .attributes(id)
            .find(|(n, _)| n.eq_ignore_ascii_case(name.as_bytes()))?
            .1;
        Some(refs::resolved(&String::from_utf8_lossy(value), true))
    }

    /// The element's attributes as written.
    pub(super) fn attributes(&self, id: Id) -> Attributes<'t> {
        let node = &self.nodes[id as usize];
        let (start, end) = match node.tag {
            Tag::Text => (0, 0),
            _ => (node.start as usize, node.end as usize),
        };
        Attributes::new(&self.page.as_bytes()[..end], start)
    }

    /// Every node of the part below and with `id`, in order.
    pub(super) fn walk(&self, id: Id) -> Walk<'_, 't> {
        Walk {
            tree: self,
            root: id,
            step: Some(Step::Enter(id)),
        }
    }

    /// The part's characters, references resolved, nothing between.
    pub(super) fn text(&self, id: Id) -> String {
        let mut out = String::new();
        for step in self.walk(id) {
            if let Step::Enter(id) = step {
                refs::resolve(self.raw(id), false, |piece| out.push_str(piece));
            }
        }
        out
    }

    /// Whether `id` is `root` or below it.
    pub(super) fn is_within(&self, id: Id, root: Id) -> bool {
        std::iter::successors(Some(id), |id| self.parent(*id)).any(|id| id == root)
    }
}

pub(super) struct Walk<'a, 't> {
    tree: &'a Tree<'t>,
    root: Id,
    step: Option<Step>,
}

impl Walk<'_, '_> {
    /// Leaves out what is below the node entered last; it is not left either.
    pub(super) fn pass_over(&mut self, id: Id) {
        self.step = self.after(id);
    }

    fn after(&self, id: Id) -> Option<Step> {
        if id == self.root {
            return None;
        }
        match self.tree.next(id) {
            Some(next) => Some(Step::Enter(next)),
            None => self.tree.parent(id).map(Step::Leave),
        }
    }
}

impl Iterator for Walk<'_, '_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.step?;
        #[cfg(test)]
        self.tree.steps.update(|steps| steps + 1);
        self.step = match step {
            Step::Enter(id) => match self.tree.children(id).next() {
                Some(first) => Some(Step::Enter(first)),
                None if self.tree.tag(id) == Tag::Text => self.after(id),
                None => Some(Step::Leave(id)),
            },
            Step::Leave(id) => self.after(id),
        };
        Some(step)
    }
}

/// An element that is open, and its last child so far.
struct Open {
    id: Id,
    tag: Tag,
    last: Id,
}

struct Builder<'t> {
    tree: Tree<'t>,
    open: Vec<Open>,
    max_depth: usize,
    /// Elements past the depth limit that wait for their end tags.
    sunken: Vec<(Tag, u32)>,
}

impl<'t> Builder<'t> {
    fn new(page: &'t str, max_depth: usize) -> Self {
        // A tag gives one node at most, and one text follows it.
        let most = memchr_iter(b'<', page.as_bytes()).count() * 2 + 2;
        let mut nodes = Vec::with_capacity(most);
        nodes.push(Node {
            tag: Tag::Block,
            parent: NONE,
            first: NONE,
            next: NONE,
            start: 0,
            end: 0,
        });
        Self {
            tree: Tree {
                page,
                nodes,
                flattened: 0,
                #[cfg(test)]
                steps: std::cell::Cell::new(0),
            },
            open: vec![Open {
                id: ROOT,
                tag: Tag::Block,
                last: NONE,
            }],
            max_depth: max_depth.max(1),
            sunken: Vec::new(),
        }
    }

    fn build(mut self) -> Tree<'t> {
        let mut raw = None;
        for token in Tokens::new(self.tree.page) {
            match token {
                Token::Text { start, end } => self.text(start, end),
                Token::Start { made, start, end } => match made {
                    Made::Element(tag) => self.element(tag, start, end),
                    Made::Void(tag) => self.void(tag, start, end),
                    Made::Raw(tag) => raw = Some(tag),
                    Made::Nothing => {}
                },
                Token::Raw { start, end } => {
                    if raw.take() == Some(Tag::Title) {
                        let title = self.append(Tag::Title, start, start);
                        let last = self.node(Tag::Text, title, start, end);
                        self.tree.nodes[title as usize].first = last;
                    }
                }
                Token::End(made) => match made {
                    Made::Element(tag) => self.end(tag),
                    Made::Void(Tag::Break) => self.void(Tag::Break, 0, 0),
                    _ => {}
                },
            }
        }
        self.tree.nodes.shrink_to_fit();
        self.tree
    }

    fn node(&mut self, tag: Tag, parent: Id, start: usize, end: usize) -> Id {
        let id = self.tree.nodes.len() as Id;
        self.tree.nodes.push(Node {
            tag,
            parent,
            first: NONE,
            next: NONE,
            start: start as u32,
            end: end as u32,
        });
        id
    }

    /// A new last child of the innermost open element.
    fn append(&mut self, tag: Tag, start: usize, end: usize) -> Id {
        let (parent, last) = self.open.last().map_or((ROOT, NONE), |o| (o.id, o.last));
        let id = self.node(tag, parent, start, end);
        match last {
            NONE => self.tree.nodes[parent as usize].first = id,
            last => self.tree.nodes[last as usize].next = id,
        }
        if let Some(open) = self.open.last_mut() {
            open.last = id;
        }
        id
    }

    fn text(&mut self, start: usize, end: usize) {
        let tag = self.open.last().map_or(Tag::Block, |o| o.tag);
        let text = &self.tree.page.as_bytes()[start..end];
        // Blanks between rows and items are no text.
        let is_frame =
            tag.is_frame_of_table() || matches!(tag, Tag::Unordered | Tag::Ordered | Tag::Terms);
        if tag == Tag::Unseen || is_frame && text.iter().all(u8::is_ascii_whitespace) {
            return;
        }
        self.append(Tag::Text, start, end);
    }

    fn void(&mut self, tag: Tag, start: usize, end: usize) {
        if tag == Tag::Rule {
            self.close_paragraph();
        }
        self.append(tag, start, end);
    }

    fn element(&mut self, tag: Tag, start: usize, end: usize) {
        use Tag::*;
        match tag {
            Link => {
                // A link within a link ends it.
                let from = self
                    .open
                    .iter()
                    .rposition(|o| !o.tag.is_inline())
                    .unwrap_or(0);
                if let Some(at) = self.open[from..].iter().position(|o| o.tag == Link) {
                    self.open.truncate(from + at);
                }
            }
            Item => self.close_open(&[Item], &[Unordered, Ordered]),
            Term | Detail => self.close_open(&[Term, Detail], &[Terms]),
            Cell | HeadCell => self.close_open(&[Cell, HeadCell, Caption], &[Table]),
            Row => self.close_open(&[Row, Caption], &[Table]),
            RowGroup => self.close_open(&[RowGroup, Row, Caption], &[Table]),
            _ => {}
        }
        if !tag.is_inline() && tag != Unseen {
            self.close_paragraph();
        }
        if let (Heading(_), Some(Heading(_))) = (tag, self.open.last().map(|o| o.tag)) {
            self.open.pop();
        }
        if self.open.len() > self.max_depth {
            self.sink(tag);
            return;
        }
        let id = self.append(tag, start, end);
        self.open.push(Open {
            id,
            tag,
            last: NONE,
        });
    }

    /// Notes an element past the depth limit: its contents become its parent's, a block still parts lines.
    fn sink(&mut self, tag: Tag) {
        self.tree.flattened += 1;
        match self.sunken.iter_mut().find(|(t, _)| *t == tag) {
            Some((_, count)) => *count += 1,
            None => self.sunken.push((tag, 1)),
        }
        if !tag.is_inline() {
            self.append(Tag::Break, 0, 0);
        }
    }

    /// Closes the outermost open element of these, down to a table's wall or one of `within`.
    fn close_open(&mut self, tags: &[Tag], within: &[Tag]) {
        let is_wall = |tag: Tag| {
            // The parts of a table close each other up to their table.
            within.contains(&tag) || tag.is_wall() && !within.contains(&Tag::Table)
        };
        let from = self.open.iter().rposition(|o| is_wall(o.tag)).unwrap_or(0);
        let found = self.open[from..].iter().position(|o| tags.contains(&o.tag));
        if let Some(at) = found {
            self.open.truncate(from + at);
        }
    }

    fn close_paragraph(&mut self) {
        let from = self.open.iter().rposition(|o| o.tag.is_wall()).unwrap_or(0);
        let found = self.open[from..]
            .iter()
            .rposition(|o| o.tag == Tag::Paragraph);
        if let Some(at) = found {
            self.open.truncate(from + at);
        }
    }

    fn end(&mut self, tag: Tag) {
        if let Some((_, count)) = self.sunken.iter_mut().find(|(t, n)| *t == tag && *n > 0) {
            *count -= 1;
            if !tag.is_inline() {
                self.append(Tag::Break, 0, 0);
            }
            return;
        }
        let is_same = |open: Tag| match tag {
            Tag::Heading(_) => matches!(open, Tag::Heading(_)),
            tag => open == tag,
        };
        let is_table = tag.is_frame_of_table() || tag.is_wall();
        let mut found = None;
        for (at, open) in self.open.iter().enumerate().skip(1).rev() {
            if is_same(open.tag) {
                found = Some(at);
                break;
            }
            let is_stop = match tag {
                // An end tag of the look of characters does not reach out of their block; a link may hold blocks.
                Tag::Link => open.tag.is_wall(),
                tag if tag.is_inline() => !open.tag.is_inline(),
                _ if is_table => open.tag == Tag::Table,
                _ => open.tag.is_wall(),
            };
            if is_stop {
                break;
            }
        }
        match found {
            Some(at) => self.open.truncate(at),
            // As in the standard, `</p>` alone is an empty paragraph.
            None if tag == Tag::Paragraph => {
                self.append(tag, 0, 0);
            }
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shape(page: &str, max_depth: usize) -> String {
        let tree = Tree::new(page, max_depth);
        let mut out = String::new();
        for step in tree.walk(ROOT).skip(1) {
            match step {
                Step::Enter(id) if tree.tag(id) == Tag::Text => out.push_str(tree.raw(id)),
                Step::Enter(id) => out.push_str(&format!("{:?}(", tree.tag(id))),
                Step::Leave(ROOT) => {}
                Step::Leave(_) => out.push(')'),
            }
        }
        out
    }

    #[test]
    fn end_tags_are_implied() {
        for (page, tree) in [
            (
                "<p>一<p>二<div>三</div>四",
                "Paragraph(一)Paragraph(二)Div(三)四",
            ),
            (
                "<ul><li>一<li>二<ol><li>三</ul>四",
                "Unordered(Item(一)Item(二Ordered(Item(三))))四",
            ),
            (
                "<table><tr><td>甲<td>乙<tr><td>丙</table>丁",
                "Table(Row(Cell(甲)Cell(乙))Row(Cell(丙)))丁",
            ),
            (
                "<table><tr><td><p>甲</td><td><table><tr><td>乙</table></td></tr></table>",
                "Table(Row(Cell(Paragraph(甲))Cell(Table(Row(Cell(乙))))))",
            ),
            (
                "<dl><dt>甲<dd>乙<dt>丙</dl>",
                "Terms(Term(甲)Detail(乙)Term(丙))",
            ),
            ("<td><div>甲</td></div>乙", "Cell(Div(甲))乙"),
            ("<h1>甲<h2>乙</h1>丙", "Heading(1)(甲)Heading(2)(乙)丙"),
        ] {
            assert_eq!(shape(page, 256), tree, "{page}");
        }
    }

    #[test]
    fn tags_that_match_nothing_move_no_text() {
        for (page, tree) in [
            ("甲</div></td></span>乙", "甲乙"),
            ("甲</p>乙</br>丙", "甲Paragraph()乙Break()丙"),
            (
                "<div><span><p>甲</span>乙</p></div>丙",
                "Div(Span(Paragraph(甲乙)))丙",
            ),
            ("<b><p>甲</b>乙</p>丙", "Bold(Paragraph(甲乙)丙)"),
            ("<table><tr><td>甲</div></table>", "Table(Row(Cell(甲)))"),
            ("<a href=1>甲<a href=2>乙</a>丙", "Link(甲)Link(乙)丙"),
            ("<a href=1><p>甲</a>乙", "Link(Paragraph(甲))乙"),
            ("<title>甲</p></title>乙", "Title(甲</p>)乙"),
        ] {
            assert_eq!(shape(page, 256), tree, "{page}");
        }
    }

    #[test]
    fn what_is_too_deep_is_flattened() {
        assert_eq!(
            shape("<div><div><div>甲</div>乙</div>丙</div>丁", 2),
            "Div(Div(Break()甲Break()乙)丙)丁"
        );
        let deep = "<div>".repeat(100_000) + "甲" + &"</div>".repeat(100_000) + "乙";
        let tree = Tree::new(&deep, 256);
        assert_eq!(tree.flattened, 100_000 - 256);
        assert_eq!(tree.text(ROOT), "甲乙");
        assert_eq!(tree.parent(tree.len() as Id - 1), Some(ROOT));
    }

    #[test]
    fn attributes_are_found_by_name() {
        let tree = Tree::new("<p ID=zoom title='a&amp;b' hidden>", 9);
        assert_eq!(tree.attribute(1, "id").as_deref(), Some("zoom"));
        assert_eq!(tree.attribute(1, "title").as_deref(), Some("a&b"));
        assert_eq!(tree.attribute(1, "hidden").as_deref(), Some(""));
        assert_eq!(tree.attribute(1, "class"), None);
    }

    proptest! {
        #[test]
        fn no_text_is_lost_or_moved(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "甲", "乙", " ", "<p>", "</p>", "<div>", "</div>", "<table>", "</table>", "<tr>", "<td>",
                    "</td>", "<a href=x>", "</a>", "<ul>", "<li>", "</ul>", "<b>", "</b>", "<br>", "<h1>", "</h2>",
                ]),
                0..60,
            ),
            max_depth in 1usize..8,
        ) {
            let page = pieces.concat();
            let tree = Tree::new(&page, max_depth);
            let text: String = pieces.iter().filter(|p| !p.starts_with('<')).copied().collect();
            let found = tree.text(ROOT);
            prop_assert_eq!(found.replace(' ', ""), text.replace(' ', ""));
            for id in 1..tree.len() as Id {
                prop_assert!(tree.parent(id).is_some_and(|parent| parent < id));
                prop_assert!(tree.is_within(id, ROOT));
            }
        }
    }
}
