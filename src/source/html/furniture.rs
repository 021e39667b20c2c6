//! What stands around a notice on its page: buttons, paths, counters, links to other pages.

use super::flow::Lines;
use crate::source::LineKind;
use crate::text::fold::is_blank;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Default)]
struct Words {
    names: HashSet<&'static str>,
    tools: HashSet<&'static str>,
    heads: Vec<&'static str>,
    dates: Vec<&'static str>,
    away: Vec<&'static str>,
    stamps: Vec<&'static str>,
    longest_tool: usize,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    let lines = include_str!("furniture.tsv").lines();
    for (kind, word) in lines.filter_map(|line| line.split_once('\t')) {
        match kind {
            "name" => drop(words.names.insert(word)),
            "tool" => {
                words.longest_tool = words.longest_tool.max(word.chars().count());
                words.tools.insert(word);
            }
            "head" => words.heads.push(word),
            "date" => words.dates.push(word),
            "away" => words.away.push(word),
            "stamp" => words.stamps.push(word),
            _ => {}
        }
    }
    words
});

/// Whether a class or id names a part of the page that is no article: one of its words does, as in `left-nav`.
pub(super) fn is_named(names: &str) -> bool {
    names.split_ascii_whitespace().any(|name| {
        let mut word = String::new();
        let mut was_small = false;
        // A word ends at a sign, a digit, or where a capital follows a small letter.
        for c in name.chars().chain(['-']) {
            let is_letter = c.is_ascii_alphabetic();
            if !is_letter || was_small && c.is_ascii_uppercase() {
                if WORDS.names.contains(word.as_str()) {
                    return true;
                }
                word.clear();
            }
            if is_letter {
                word.push(c.to_ascii_lowercase());
            }
            was_small = c.is_ascii_lowercase();
        }
        false
    })
}

/// Longer lines are the notice's.
const LONGEST: usize = 120;
/// Below so many lines of the notice none is about the page.
const HEAD: usize = 4;

/// The line without blanks, and with one kind of colon.
fn squeezed(line: &str) -> String {
    let chars = line.chars().filter(|c| !is_blank(*c));
    chars.map(|c| if c == ':' { '：' } else { c }).collect()
}

/// Whether a line holds buttons and nothing else.
pub(super) fn is_tools(line: &str) -> bool {
    let squeezed: Vec<char> = squeezed(line)
        .chars()
        .filter(|c| c.is_alphabetic())
        .collect();
    if squeezed.is_empty() || squeezed.len() > 60 {
        return false;
    }
    let mut rest = &squeezed[..];
    let mut longest = 0;
    while !rest.is_empty() {
        // The sizes of characters, as in A+ A-.
        if matches!(rest[0], 'A' | 'a' | 'T' | 'Q') {
            rest = &rest[1..];
            continue;
        }
        let found = (1..=WORDS.longest_tool.min(rest.len()))
            .rev()
            .find(|length| {
                WORDS
                    .tools
                    .contains(rest[..*length].iter().collect::<String>().as_str())
            });
        let Some(length) = found else { return false };
        longest = longest.max(length);
        rest = &rest[length..];
    }
    longest > 1
}

/// Whether a line at an edge of the block is about the page: when it was put there, by whom, how often it was read.
fn is_about_page(line: &str, is_start: bool) -> bool {
    if line.len() > LONGEST * 3 {
        return false;
    }
    let line = squeezed(line);
    let line = line.trim_start_matches(['[', '【', '［', '（', '(', '|', '>']);
    let begins = |word: &&str| {
        // A word alone begins many sentences; as a label a sign follows it.
        line.strip_prefix(*word).is_some_and(|rest| {
            word.ends_with(['：', '>', '»'])
                || rest.is_empty()
                || rest.starts_with(['：', '】', ']', '［', '>', '(', '（'])
                || rest.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let is_dated = is_start
        && WORDS.dates.iter().any(|word| {
            let year = line.strip_prefix(word).map(|rest| rest.bytes().take(4));
            year.is_some_and(|mut year| year.len() == 4 && year.all(|b| b.is_ascii_digit()))
        });
    let is_stamped = WORDS.stamps.iter().any(|stamp| line.contains(stamp));
    is_dated || is_stamped || WORDS.heads.iter().any(begins) || is_tools(line)
}

/// Whether a line begins the list of other pages below a notice.
fn begins_away(line: &str) -> bool {
    let line = squeezed(line);
    let line = line.trim_start_matches(['[', '【', '［', '（', '(', '|', '>', '·', '■']);
    line.chars().count() <= 60
        && WORDS.away.iter().any(|word| {
            line.strip_prefix(word).is_some_and(|rest| {
                let rest = rest.trim_end_matches(['】', ']', '］', '>', '»']);
                rest.is_empty() || rest.starts_with(['：', '】', ']'])
            })
        })
}

/// The notice's own among the lines of its block, and whether a line at its edges is to be left out.
pub(super) fn own(lines: &Lines) -> (Range<usize>, Vec<usize>) {
    let is_empty = |at: usize| lines.text(at).is_empty();
    let is_paragraph = |at: usize| lines.line(at).kind == LineKind::Paragraph;
    let is_furniture =
        |at: usize, is_start| is_paragraph(at) && is_about_page(lines.text(at), is_start);
    let mut left_out = Vec::new();
    let mut seen = 0;
    let mut start = 0;
    for at in 0..lines.len() {
        if is_empty(at) {
            continue;
        }
        if is_furniture(at, true) {
            left_out.push(at);
            if seen == 0 {
                start = at + 1;
            }
            continue;
        }
        seen += 1;
        let text = lines.text(at);
        if seen == HEAD || text.len() > LONGEST * 3 || text.contains('。') || text.ends_with('：')
        {
            break;
        }
    }
    let mut end = lines.len();
    let mut at = end;
    // Lines that lead away are the page's only when a heading says so above them.
    while at > start {
        at -= 1;
        if is_empty(at) {
            continue;
        }
        let text = lines.text(at);
        if is_furniture(at, false) || is_paragraph(at) && begins_away(text) {
            end = at;
        } else if !(is_paragraph(at) && lines.line(at).is_linked) {
            break;
        }
    }
    (start..end, left_out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::html::flow;
    use crate::source::html::tree::{ROOT, Tree};

    #[test]
    fn names_are_taken_word_by_word() {
        for (names, told) in [
            ("left-nav", true),
            ("con topBar2", true),
            ("bdsharebuttonbox x", true),
            ("navy", false),
            ("topic-content", false),
            ("sharehold", false),
            ("", false),
        ] {
            assert_eq!(is_named(names), told, "{names}");
        }
    }

    #[test]
    fn tools_are_told_from_text() {
        for (line, told) in [
            ("【打印本页】 【关闭窗口】", true),
            ("字体：[大 中 小]", true),
            ("A+ A- 打印", true),
            ("分享到：微信 新浪微博 QQ空间", true),
            ("打印一批宣传册", false),
            ("大中小学", false),
            ("大", false),
            ("2024", false),
        ] {
            assert_eq!(is_tools(line), told, "{line}");
        }
    }

    #[test]
    fn lines_about_the_page_are_told_from_the_notice() {
        for (line, told) in [
            ("发布时间：2022-06-01 10:20 来源：应急局", true),
            ("浏览次数：123", true),
            ("来 源: 县政府办", true),
            ("当前位置：首页 > 公文", true),
            ("某县人民政府办公室 版权所有 京ICP备1号", true),
            ("时间：6月1日至6月30日", false),
            ("时间：2024-05-01", true),
            ("阅读推广活动由县图书馆承办。", false),
            ("打印店、网吧等场所", false),
            ("点击率不纳入考核。", false),
        ] {
            assert_eq!(is_about_page(line, true), told, "{line}");
        }
    }

    #[test]
    fn furniture_goes_at_the_edges_only() {
        let page = "<p>关于开展义诊活动的通知<p>发布时间：2024-01-02<p>各村：<p>现将安排通知如下。<p>一、活动安排\
            <p>时间：3月5日<p>来源：不限<p>二、要求<p>甲<p>乙<p>丙<p>丁<p>戊<p>时间：3月9日<p>己\
            <p>【打印】【关闭】<p>相关链接：<p><a href=1.html>义诊活动开展</a><p><a href=2.html>再次开展</a>";
        let tree = Tree::new(page, 99);
        let lines = flow::lines(&tree, &[ROOT], |_| false);
        let (range, left_out) = own(&lines);
        let kept: Vec<&str> = range
            .filter(|at| !left_out.contains(at))
            .map(|at| lines.text(at))
            .collect();
        assert_eq!(kept.first(), Some(&"关于开展义诊活动的通知"));
        assert_eq!(kept[1], "各村：");
        assert!(kept.contains(&"时间：3月9日"));
        assert_eq!(kept.last(), Some(&"己"));
    }
}
