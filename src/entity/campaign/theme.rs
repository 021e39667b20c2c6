//! The theme of a campaign, where the text states one.

use super::CLOSE;
use super::OPEN;
use super::lead;
use super::quote;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::line::lines;
use crate::text::numeral;
use crate::text::words::words;

/// The theme, where the text states one.
pub(super) fn theme(text: &str) -> Option<String> {
    stated(lead(text))
        .or_else(|| under_heading(text))
        .or_else(|| stated(text))
        .or_else(|| about(text))
}

/// 主题是“…”, 主题为：…。 Where an international day has a theme of its own for China, that one.
fn stated(text: &str) -> Option<String> {
    let mut themes = text.match_indices("主题").filter_map(|(at, word)| {
        let head = text[..at].trim_end_matches(['宣', '传', '活', '动', '的']);
        let ours = words!["中国", "我国", "国内"].end(head);
        Some((stated_at(text, at, word)?, ours))
    });
    let (first, ours) = themes.next()?;
    if ours {
        return Some(first);
    }
    let ours = themes.take(3).find(|(_, ours)| *ours);
    Some(ours.map_or(first, |(theme, _)| theme))
}

/// The theme that `word`, 主题 at byte `at`, announces.
fn stated_at(text: &str, at: usize, word: &str) -> Option<String> {
    let mut rest = &text[at + word.len()..];
    let mut marked = false;
    for mark in ["确定", "定", "是", "为", "即", "：", ":", " "] {
        if let Some(less) = rest.strip_prefix(mark) {
            marked |= !matches!(mark, " " | "确定" | "定");
            rest = less;
        }
    }
    if !marked {
        return None;
    }
    let from = text.len() - rest.len();
    if let Some((inner, _)) = quote(text, from) {
        return tidy(inner);
    }
    let line = rest.split(['\n', '。', '；']).next().unwrap_or_default();
    (line.chars().count() <= 40).then(|| tidy(line)).flatten()
}

/// What a theme in quotes stands behind.
const ANNOUNCED: [char; 10] = ['为', '是', '：', ':', '以', '绕', '题', '扣', '于', '，'];

/// The line below 二、活动主题.
fn under_heading(text: &str) -> Option<String> {
    let lines = lines(text);
    lines.iter().enumerate().find_map(|(i, line)| {
        let heading = line.content.of(text);
        let heading = heading.trim_end_matches(['：', ':', '。']);
        if !heading.ends_with("主题")
            || heading.chars().count() > 14
            || heading.contains(['，', '“'])
        {
            return None;
        }
        let below = lines[i + 1..]
            .iter()
            .find(|l| !l.is_blank())?
            .content
            .of(text);
        // A numbered section below leaves this one empty: its own headings tell.
        if numbered(below) {
            return None;
        }
        let sentence = below.split('。').next().unwrap_or_default();
        if let Some(at) = sentence.find(OPEN)
            && let Some((inner, end)) = quote(sentence, at)
            && match &sentence[..at] {
                "" => sentence[end..].is_empty(),
                // 守山一“点”红: the quotes are of the theme itself
                head => head.ends_with(ANNOUNCED) || sentence[end..].contains("主题"),
            }
        {
            return tidy(inner);
        }
        (sentence.chars().count() <= 60)
            .then(|| tidy(sentence))
            .flatten()
    })
}

/// Whether the line begins with a number of the outline: （一）, 1.
fn numbered(line: &str) -> bool {
    let inner = line.trim_start_matches(is_blank);
    let inner = inner.strip_prefix(['（', '(']).unwrap_or(inner);
    let rest =
        inner.trim_start_matches(|c: char| fold(c).is_ascii_digit() || numeral::is_chinese(c));
    rest.len() < inner.len() && rest.starts_with(['）', ')', '、', '.', '．'])
}

/// 以“…”为主题, 围绕“…”这一主题.
fn about(text: &str) -> Option<String> {
    text.char_indices()
        .filter(|(_, c)| *c == '“')
        .find_map(|(at, _)| {
            let (inner, end) = quote(text, at)?;
            let after = &text[end..];
            [
                "为主题",
                "为活动主题",
                "为宣传主题",
                "主题",
                "这一主题",
                "这个主题",
                "的主题",
                "活动主题",
                "宣传主题",
            ]
            .iter()
            .any(|w| {
                after.strip_prefix(w).is_some_and(|rest| {
                    !words!["党日", "教育", "班会", "宣", "演讲", "团日"].begin(rest)
                })
            })
            .then(|| tidy(inner))
            .flatten()
        })
}

/// The theme without quotes and closing marks, its blanks single.
fn tidy(theme: &str) -> Option<String> {
    let mut out = String::with_capacity(theme.len());
    for word in theme.split(is_blank).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    let quotes =
        |c: char| OPEN.contains(&c) || CLOSE.contains(&c) || matches!(c, '。' | '；' | '，' | '：');
    let out = out.trim_matches(quotes);
    (out.chars().count() > 3).then(|| out.to_owned())
}
