//! Header fields that a page states beside the notice: tables, lists and lines of labels with values, and `meta`.

use super::block::Block;
use super::flow;
use super::tag::Tag;
use super::tree::{Id, ROOT, Step, Tree};
use crate::source::Stated;
use crate::text::fold::is_blank;
use std::collections::HashMap;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Labels, and whether each speaks for a table of such fields.
static LABELS: LazyLock<HashMap<&'static str, bool>> = LazyLock::new(|| {
    let lines = include_str!("../../text/page_labels.tsv").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(label, sign)| (label, sign == "*"))
        .collect()
});

/// What `meta` elements state, by the names of 政府网站发展指引 (国办发〔2017〕47号) and of older pages.
const METAS: [&str; 12] = [
    "ArticleTitle",
    "PubDate",
    "ContentSource",
    "Author",
    "Keywords",
    "SiteName",
    "ColumnName",
    "ColumnType",
    "Source",
    "firstpublishedtime",
    "DocNumber",
    "publishdate",
];

/// Longer values are no field.
const LONGEST: usize = 900;
/// Longer than any label with its blanks and colon.
const LONGEST_LABEL: usize = 90;
const MOST: usize = 60;

/// The stated fields of a page, and the elements that hold nothing else.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) stated: Vec<Stated>,
    /// Tables and lists of such fields, in order.
    pub(super) holders: HashSet<Id>,
}

/// The fields outside the block, and in tables of fields within it.
pub(super) fn find(tree: &Tree, block: &Block) -> Found {
    let mut found = Found::default();
    metas(tree, &mut found);
    let mut in_block = None;
    let mut holder: Option<Holder> = None;
    let mut walk = tree.walk(ROOT);
    while let Some(step) = walk.next() {
        let id = match step {
            Step::Enter(id) => id,
            Step::Leave(id) => {
                if in_block == Some(id) {
                    in_block = None;
                }
                if let Some(done) = holder.take_if(|h| h.id == id) {
                    done.close(&mut found);
                }
                continue;
            }
        };
        let tag = tree.tag(id);
        if tag == Tag::Text || tag == Tag::Break {
            continue;
        }
        if block.is_hidden(id) && !block.is_root(id) {
            walk.pass_over(id);
            continue;
        }
        if in_block.is_none() && block.is_root(id) && id != ROOT {
            in_block = Some(id);
        }
        if matches!(tag, Tag::Table | Tag::Unordered | Tag::Terms) {
            holder = Some(Holder::new(id));
        }
        let is_own = in_block.is_some() || block.is_root(ROOT);
        if is_own && holder.is_none() {
            continue;
        }
        let Some((text, has_blocks)) = small_text(tree, id) else {
            continue;
        };
        let pairs = match pairs(tree, block, id, &text, has_blocks) {
            Pairs::None => continue,
            Pairs::Some(pairs) => pairs,
        };
        match holder.as_mut() {
            Some(holder) => holder.pairs.extend(pairs),
            None if !is_own => pairs.into_iter().for_each(|pair| found.put(pair)),
            None => {}
        }
        if let Some(holder) = holder.as_mut() {
            holder.is_own = is_own;
        }
        walk.pass_over(id);
    }
    found
}

/// A table or list that may hold fields.
struct Holder {
    id: Id,
    pairs: Vec<Stated>,
    is_own: bool,
}

impl Holder {
    fn new(id: Id) -> Self {
        Self {
            id,
            pairs: Vec::new(),
            is_own: false,
        }
    }

    fn close(self, found: &mut Found) {
        let strong = self
            .pairs
            .iter()
            .filter(|pair| LABELS.get(pair.label.as_str()) == Some(&true));
        let is_holder = strong.count() >= 3;
        if is_holder {
            found.holders.insert(self.id);
        }
        if is_holder || !self.is_own {
            self.pairs.into_iter().for_each(|pair| found.put(pair));
        }
    }
}

impl Found {
    /// Puts in the fields of a line about the page.
    pub(super) fn put_line(&mut self, line: &str) {
        in_line(line).into_iter().for_each(|pair| self.put(pair));
    }

    fn put(&mut self, pair: Stated) {
        let is_kept = !pair.value.is_empty() && pair.value.len() <= LONGEST;
        if is_kept && self.stated.len() < MOST && !self.stated.contains(&pair) {
            self.stated.push(pair);
        }
    }
}

fn metas(tree: &Tree, found: &mut Found) {
    for id in (0..tree.len() as Id).filter(|id| tree.tag(*id) == Tag::Meta) {
        let Some(name) = tree.attribute(id, "name") else {
            continue;
        };
        let name = name.trim();
        if let Some(content) = tree.attribute(id, "content")
            && METAS.iter().any(|known| known.eq_ignore_ascii_case(name))
        {
            found.put(Stated {
                label: name.to_owned(),
                value: trimmed(&content),
            });
        }
    }
}

fn trimmed(value: &str) -> String {
    let words = value.split(is_blank).filter(|w| !w.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The text of an element that is small enough to be a label or a line of fields, and whether there are blocks
/// within; none for a larger one.
fn small_text(tree: &Tree, id: Id) -> Option<(String, bool)> {
    let mut bytes = 0;
    let mut nodes = 0;
    let mut has_blocks = false;
    for step in tree.walk(id) {
        if let Step::Enter(at) = step {
            bytes += tree.raw(at).len();
            nodes += 1;
            let tag = tree.tag(at);
            has_blocks |= at != id && !tag.is_inline() && tag != Tag::Break;
            if matches!(tag, Tag::Table | Tag::Row | Tag::Item | Tag::Detail) && at != id {
                return None;
            }
        }
        if bytes > LONGEST * 2 || nodes > 60 {
            return None;
        }
    }
    (bytes > 0).then(|| (flow::text(tree, id), has_blocks))
}

enum Pairs {
    None,
    Some(Vec<Stated>),
}

/// The fields that an element with this text states.
fn pairs(tree: &Tree, block: &Block, id: Id, text: &str, has_blocks: bool) -> Pairs {
    if let Some(label) = label(text) {
        // The label stands alone: its value is what stands beside it.
        let mut holder = id;
        loop {
            if let Some(next) = tree.next_element(holder) {
                if block
                    .roots
                    .first()
                    .is_some_and(|root| tree.is_within(*root, next))
                {
                    return Pairs::None;
                }
                let value = small_text(tree, next).map_or_else(String::new, |(text, _)| text);
                let value = trimmed(value.trim_start_matches(['：', ':']));
                return match self::label(&value).is_some() || value.len() > LONGEST {
                    true => Pairs::None,
                    false => Pairs::Some(vec![Stated { label, value }]),
                };
            }
            // Text after the label's own element: <li><b>索引号：</b>123</li>.
            if tree.next(holder).is_some() {
                return Pairs::None;
            }
            match tree.parent(holder).filter(|p| tree.tag(*p).is_inline()) {
                Some(parent) => holder = parent,
                None => return Pairs::None,
            }
        }
    }
    // Blocks are looked at one by one.
    let mut pairs = match has_blocks {
        true => Vec::new(),
        false => in_line(text),
    };
    pairs.retain(|pair| !pair.value.is_empty());
    match pairs.is_empty() {
        true => Pairs::None,
        false => Pairs::Some(pairs),
    }
}

/// The known label that the text is, without blanks, colon and brackets.
fn label(text: &str) -> Option<String> {
    if text.len() > LONGEST_LABEL {
        return None;
    }
    let bare: String = text
        .chars()
        .filter(|c| !is_blank(*c) && !"：:[]【】［］|".contains(*c))
        .collect();
    LABELS.contains_key(bare.as_str()).then_some(bare)
}

/// The fields of lines such as `发布日期：2024-05-06 来源：县水利局 浏览次数：8`.
fn in_line(text: &str) -> Vec<Stated> {
    let mut out: Vec<Stated> = Vec::new();
    for line in text.split('\n') {
        // Each colon may end a label; what stands between two labels is the first one's value.
        let mut value_from: Option<(String, usize)> = None;
        let mut after_colon = 0;
        for (at, colon) in line.char_indices().filter(|(_, c)| matches!(c, '：' | ':')) {
            let part = &line[after_colon..at];
            if let Some((start, label)) = label_at_end(part) {
                let is_start = after_colon + start == 0;
                if let Some((label, from)) = value_from.take() {
                    let value = value_of(&line[from..after_colon + start]);
                    out.push(Stated { label, value });
                } else if !is_start && !line[..after_colon + start].ends_with(ends_field) {
                    after_colon = at + colon.len_utf8();
                    continue;
                }
                value_from = Some((label, at + colon.len_utf8()));
            }
            after_colon = at + colon.len_utf8();
        }
        if let Some((label, from)) = value_from {
            let value = value_of(&line[from..]);
            out.push(Stated { label, value });
        }
    }
    out
}

fn ends_field(c: char) -> bool {
    is_blank(c) || "|丨】]）)".contains(c)
}

/// The value, up to a further field of the page, whose label is not known: `字体：`, `浏览次数：`.
fn value_of(text: &str) -> String {
    let text = trimmed(text);
    let end = text.char_indices().find(|(at, c)| {
        let before = text[..*at].chars().next_back();
        let is_time = before.is_some_and(|b| b.is_ascii_digit())
            || *c == ':' && text[at + 1..].starts_with("//");
        matches!(c, '：' | ':') && !is_time
    });
    let is_sign = |(at, c): &(usize, char)| match c {
        '【' | '|' | '丨' => true,
        '[' => !text[at + 1..].starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    let sign = text.char_indices().skip(1).find(is_sign).map(|(at, _)| at);
    let cut = match (end, sign) {
        (Some((colon, _)), Some(sign)) if sign < colon => &text[..sign],
        (None, Some(sign)) => &text[..sign],
        (Some((colon, _)), _) => text[..colon].rfind(' ').map_or("", |blank| &text[..blank]),
        (None, None) => &text,
    };
    let cut = cut.trim_matches(|c: char| is_blank(c) || "|丨[]【】".contains(c));
    cut.to_owned()
}

/// The known label at the end of the text, and where it begins.
fn label_at_end(text: &str) -> Option<(usize, String)> {
    let mut bare = String::new();
    let mut found = None;
    let mut count = 0;
    for (at, c) in text.char_indices().rev() {
        if is_blank(c) {
            continue;
        }
        if count == 9 || !c.is_alphabetic() {
            break;
        }
        bare.insert(0, c);
        count += 1;
        if LABELS.contains_key(bare.as_str()) {
            found = Some((at, bare.clone()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::html::block;

    fn stated(page: &str) -> Vec<String> {
        let text = "<p>各单位要按照要求，认真组织实施，及时报送情况，确保取得实效。</p>".repeat(5);
        let page = format!("{page}<div id=zoom>{text}</div>");
        let tree = Tree::new(&page, 256);
        let found = find(&tree, &block::find(&tree));
        found
            .stated
            .into_iter()
            .map(|s| format!("{}={}", s.label, s.value))
            .collect()
    }

    #[test]
    fn fields_are_found_in_every_shape() {
        let expected = [
            "索引号=11/2024-3",
            "发文字号=云政发〔2024〕3号",
            "成文日期=2024年5月6日",
        ];
        for page in [
            "<table><tr><td><b>索 引 号：</b></td><td>11/2024-3</td><td>主题词：</td><td></td></tr>\
             <tr><td>发文字号</td><td>云政发〔2024〕3号</td><td>成文日期：<td>2024年5月6日</table>",
            "<ul><li><b>索引号：</b>11/2024-3</li><li><span>发文字号:</span><span>云政发〔2024〕3号</span>\
             <li><em>成文日期</em><i>2024年5月6日</i></ul>",
            "<dl><dt>索引号<dd>11/2024-3<dt>发文字号<dd>云政发〔2024〕3号<dt>成文日期<dd>2024年5月6日</dl>",
            "<div><div>索引号：</div><div>11/2024-3</div></div><div>发文字号：云政发〔2024〕3号</div>\
             <p>成文日期：2024年5月6日 浏览次数：8</p>",
            "<div>索引号：11/2024-3&emsp;发文字号：云政发〔2024〕3号 成文日期：2024年5月6日 字体：大</div>",
        ] {
            assert_eq!(stated(page), expected, "{page}");
        }
    }

    #[test]
    fn what_only_looks_like_a_field_is_none() {
        for page in [
            "<p>发文字号</p>",
            "<table><tr><td>文件名称<td>发文字号<td>成文日期<td>有效性<tr><td>甲<td>1号<td>2020年<td>是</table>",
            "<p>以上来源：不详</p>",
            "<div style='display:none'>索引号：1</div>",
        ] {
            assert_eq!(stated(page), [""; 0], "{page}");
        }
    }

    #[test]
    fn metas_are_kept_under_their_names() {
        assert_eq!(
            stated(
                "<meta name=ArticleTitle content='关于义诊的通知'><meta name=viewport content=x><meta name=PubDate content=''>"
            ),
            ["ArticleTitle=关于义诊的通知"]
        );
    }
}
