//! The table of contents (目录): its entries are the sections' names before the sections themselves.

use crate::text::fold;
use crate::text::fold::is_blank;
use crate::text::line;

/// A table of contents has at most so many lines.
const MOST: usize = 400;

/// Whether a line is the heading of a table of contents: 目　录.
pub(super) fn heads(line: &str) -> bool {
    line.starts_with('目') && line.len() <= 24 && fold::without_blanks(line) == "目录"
}

/// Whether leaders stand at the end of the line, and perhaps the number of a page: 一、总则…………1.
pub(super) fn is_entry(line: &str) -> bool {
    // …… alone is an ellipsis
    const FEWEST: usize = 9;
    const BEFORE_PAGE: usize = 6;
    let words = line.trim_end_matches(|c: char| c.is_ascii_digit() || is_blank(c));
    if !words.ends_with(['.', '．', '…', '·']) {
        return false;
    }
    let leaders = words
        .chars()
        .rev()
        .take_while(|c| matches!(c, '.' | '．' | '…' | '·'));
    let leaders: usize = leaders.map(|c| if c == '…' { 3 } else { 1 }).sum();
    let paged = line[words.len()..].contains(|c: char| c.is_ascii_digit());
    leaders >= if paged { BEFORE_PAGE } else { FEWEST }
}

/// Where the table ends that begins at byte `from`: where its first entry stands a second time. Null where it does not.
pub(super) fn end(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let mut lines = line::each(rest).filter(|l| !l.is_blank()).take(MOST);
    let first = entry(lines.next()?.content.of(rest));
    if first.is_empty() {
        return None;
    }
    let again = lines.find(|l| entry(l.content.of(rest)) == first)?;
    Some(from + again.whole.start)
}

/// An entry without blanks, leaders and the number of its page.
fn entry(line: &str) -> String {
    let leader = |c: char| {
        is_blank(c) || c.is_ascii_digit() || matches!(c, '.' | '．' | '…' | '·' | '-' | '—' | '－')
    };
    let words = line.trim_end_matches(leader);
    fold::without_blanks(words)
}

#[cfg(test)]
mod tests {
    use crate::outline;

    #[test]
    fn entries_are_no_sections() {
        let body = "1　总则\n1.1　目的\n为了护林。\n2　队伍\n2.1　组成\n由甲组成。\n";
        let text =
            format!("护林预案\n目　录\n1　总则……1\n1.1　目的……1\n2　队伍……2\n2.1　组成……2\n{body}");
        let markers: Vec<&str> = outline::read(&text)
            .sections
            .iter()
            .map(|s| s.marker.span.of(&text))
            .collect();
        assert_eq!(markers, ["1", "1.1", "2", "2.1"]);
    }

    #[test]
    fn an_entry_with_leaders_is_no_section() {
        let text = "护林预案\n一、总则..........\n二、队伍………3\n一、总则\n为了护林。\n二、队伍\n由甲组成...\n";
        assert_eq!(outline::read(text).sections.len(), 2);
        let text = "活动安排\n（一）组织演讲、征文、摄影……\n（二）组织巡山......\n";
        assert_eq!(outline::read(text).sections.len(), 2, "an ellipsis");
    }

    #[test]
    fn a_list_of_that_name_stays() {
        let text = "护林资料\n目录\n一、名册\n二、地图\n";
        assert_eq!(outline::read(text).sections.len(), 2);
    }
}
