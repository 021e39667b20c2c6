//! Lines of a page that state nothing of a document: paths, tools, hints, the name of the site, numbers of the page.

use super::super::kind;
use super::{Look, WORDS, is_frame, is_word};
use crate::text::fold;
use crate::text::fold::is_blank;
use crate::text::numeral;

/// 首页 > 政务公开 > 文件: a path of pages, which begins with a word of them; two steps are told without one.
pub(super) fn is_path(line: &str, look: &Look) -> bool {
    let first = line.trim_start_matches(is_frame);
    let initial = first.chars().next();
    let begins = initial.is_some_and(|c| {
        WORDS
            .words(c)
            .any(|(word, of)| of.path && first.strip_prefix(word).is_some_and(goes_apart))
    });
    begins && (!look.quotes && look.steps == 1 || line.split(is_blank).count() > 2)
}

/// 规范性文件 > 正文: a short line with words on both sides of its step.
pub(super) fn is_step(line: &str) -> bool {
    let step = |c: char| matches!(c, '>' | '＞' | '»' | '›');
    let Some((before, after)) = line.split_once(step) else {
        return false;
    };
    let words = |c: char| fold::is_han(c);
    fold::count_within(line, 40).is_some()
        && !line.contains(['。', '，', '；'])
        && fold::trimmed_end(before).ends_with(words)
        && fold::trimmed_start(after).starts_with(words)
}

pub(super) fn goes_apart(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_none_or(|c| is_blank(c) || !fold::is_han(c))
}

/// 打印 关闭 分享: words of tools and nothing else.
pub(super) fn is_tools(line: &str) -> bool {
    let is_tool = |word: &str| is_word(word, |of| of.tool);
    let parts = |c: char| is_frame(c) || is_around_tools(c);
    let mut words = line.split(parts).filter(|w| !w.is_empty());
    let mut tools = 0;
    // 字体大小 大 中 小: a label among tools
    if words.all(|word| {
        tools += usize::from(is_tool(word));
        is_word(word, |of| of.tool || of.label)
    }) {
        return tools > 0;
    }
    is_tool(fold::without_blanks(line).as_str())
}

/// 打开微信，使用“扫一扫”…: a line that begins with the words of a hint and is no long one.
pub(super) fn is_hint(line: &str) -> bool {
    let first = line.trim_start_matches(|c| is_frame(c) || is_around_tools(c));
    let Some(initial) = first.chars().next() else {
        return false;
    };
    fold::count_within(line, 48).is_some()
        && !kind::ends_as_title(line)
        && WORDS
            .words(initial)
            .any(|(word, of)| of.hint && first.starts_with(word))
}

/// What parts tools, beside frames.
pub(super) fn is_around_tools(c: char) -> bool {
    matches!(c, '/' | '>' | '＞' | '(' | ')' | '（' | '）')
}

/// 甲县人民政府门户网站: the name of the site.
pub(super) fn is_site(line: &str) -> bool {
    const ENDS: [&str; 7] = [
        "门户网",
        "门户网站",
        "政府网",
        "政府网站",
        "政务网",
        "信息公开网",
        "信息网",
    ];
    ["http://", "https://", "www."]
        .iter()
        .any(|begin| line.starts_with(begin))
        || line.ends_with(['网', '站'])
            && fold::count_within(line, 24).is_some()
            && !line.contains("关于")
            && ENDS.iter().any(|end| line.ends_with(end))
}

/// 113701130042070099-A/2021-4059841: the index number of a page, with nothing that it would be a date or a copy number.
pub(super) fn is_index(line: &str) -> bool {
    line.len() >= 10
        && line
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'/' | b'_'))
        && line.bytes().filter(u8::is_ascii_digit).count() >= 8
        && (line.len() > 12 || line.bytes().any(|b| b.is_ascii_alphabetic()))
}

/// 2031年第8期（总第90期）: the issue of a gazette.
pub(super) fn is_issue(line: &str) -> bool {
    let figures = numeral::is_figure;
    if !line.starts_with(figures) {
        return false;
    }
    let Some((year, rest)) = line.split_once("年第") else {
        return false;
    };
    let rest = rest.trim_start_matches(figures);
    year.chars().count() == 4
        && year.chars().all(figures)
        && rest.starts_with('期')
        && fold::count_within(rest, 12).is_some()
}

/// ---|---|: the rule below the head of a table.
pub(super) fn is_ruled(line: &str) -> bool {
    line.contains('|') && line.chars().all(|c| is_frame(c) || c == '-')
}
