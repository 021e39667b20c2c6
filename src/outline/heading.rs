//! Headings: what of a section's first paragraph names it.

use super::marker::Style;
use crate::span::Span;
use crate::text::fold::after;
use crate::text::fold::fits;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;
use crate::text::fold::marks;
use crate::text::fold::trimmed_end;
use crate::text::fold::trimmed_start;

/// A heading that runs into its text holds at most this many characters.
pub const LONGEST: usize = 60;

/// The heading within `rest`, the paragraph behind its marker. `more` says whether items or paragraphs stand below it.
#[must_use]
pub fn heading(text: &str, rest: Span, style: Style, more: bool) -> Option<Span> {
    words(text, rest, style, more).filter(|heading| !heading.is_empty())
}

fn words(text: &str, rest: Span, style: Style, more: bool) -> Option<Span> {
    let rest = without_leading_stop(text, rest);
    if rest.is_empty() {
        return None;
    }
    if style == Style::Article {
        return article_heading(text, rest, more);
    }
    let Some(end) = first_sentence_end(rest.of(text)) else {
        return Some(without_colon(text, rest));
    };
    let sentence = Span::new(rest.start, rest.start + end);
    let behind = Span::new(rest.start + end + stop_len(rest.of(text), end), rest.end);
    if !more && only_brackets(behind.of(text)) {
        return None;
    }
    // it begins with no blank
    let words = sentence.of(text);
    let mut written = words.chars().filter(|c| !is_blank(*c));
    let short = fits(words, LONGEST) || written.nth(LONGEST).is_none();
    (short && !words.is_empty()).then(|| without_colon(text, sentence))
}

/// （一）、加强领导: the stop belongs to neither marker nor heading.
fn without_leading_stop(text: &str, rest: Span) -> Span {
    let inner = rest.of(text);
    let end = rest.start + trimmed_end(inner).len();
    let inner = &inner[..end - rest.start];
    let words = after(inner, |c| {
        matches!(c, '、' | '.' | '．' | '，' | '：' | ':') || is_blank(c)
    });
    Span::new(end - words.len(), end)
}

fn without_colon(text: &str, heading: Span) -> Span {
    let mut chars = heading.of(text).chars();
    loop {
        let rest = chars.as_str();
        match chars.next_back() {
            Some('：' | ':' | '。' | '；' | ';') => {}
            Some(c) if is_blank(c) => {}
            _ => return Span::new(heading.start, heading.start + rest.len()),
        }
    }
}

/// An article has a heading only when its title stands apart: alone on the line above its text, or in 【】.
fn article_heading(text: &str, rest: Span, more: bool) -> Option<Span> {
    let inner = rest.of(text);
    let mut chars = inner.char_indices();
    let (_, open) = chars.next()?;
    if matches!(open, '【' | '[' | '［' | '（' | '(' | '〔') {
        let close = inner
            .char_indices()
            .find(|(_, c)| matches!(fold(*c), ')' | '〕'))?;
        let title = Span::new(rest.start + open.len_utf8(), rest.start + close.0).trimmed(text);
        return (title.of(text).chars().count() <= 30).then_some(title);
    }
    let plain = !inner.contains(['。', '；', '：', '，']) && inner.chars().count() <= 30;
    // 第九条　本办法自发布之日起施行: the last of them, without its stop
    let provides = ["施行", "执行", "解释", "废止", "实施"]
        .iter()
        .any(|w| inner.ends_with(w));
    (plain && (more || !provides)).then_some(rest)
}

fn stop_len(line: &str, at: usize) -> usize {
    line[at..].chars().next().map_or(0, char::len_utf8)
}

/// Where the first sentence ends (the byte of its stop), outside brackets and quotes; a ； ends one only at the
/// end of the paragraph.
#[must_use]
pub fn first_sentence_end(line: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut quoted = false;
    let mut inside: Option<usize> = None;
    for (i, c) in marks(line) {
        match c {
            '（' | '(' | '《' | '“' | '【' | '〔' => {
                quoted |= c == '“';
                depth += 1;
            }
            // “平台" is closed by the mark of another hand
            '"' if !quoted => {}
            '）' | ')' | '》' | '”' | '】' | '〕' | '"' => {
                quoted &= !matches!(c, '”' | '"');
                depth = depth.saturating_sub(1);
                // “…。” at the end of a sentence: the stop within the quotes ends it
                if depth == 0
                    && c == '”'
                    && inside.is_some_and(|at| at + '。'.len_utf8() == i)
                    && ends_here(&line[i + c.len_utf8()..])
                {
                    return inside;
                }
            }
            '。' | '！' | '？' if depth == 0 => return Some(i),
            // …为蛋白质.: the stop of another hand
            '.' | '．'
                if depth == 0
                    && line[..i].ends_with(is_han)
                    && ends_here(&line[i + c.len_utf8()..]) =>
            {
                return Some(i);
            }
            '。' | '！' | '？' => inside = Some(i),
            '；' | ';' if ends_item(&line[i + c.len_utf8()..]) => {
                return Some(i);
            }
            _ => {}
        }
    }
    // a bracket or quote left open must not hide every stop
    if depth > 0 { inside } else { None }
}

/// Whether nothing but a short bracket follows: 开展设计比赛；（10月7日—14日）.
fn ends_item(rest: &str) -> bool {
    ends_here(rest) || rest.len() <= LONGEST && only_brackets(rest)
}

fn ends_here(rest: &str) -> bool {
    trimmed_start(rest).is_empty()
}

/// Whether what follows a sentence is nothing but a bracket of units or time.
fn only_brackets(rest: &str) -> bool {
    // most that follows is another sentence
    if rest.starts_with(is_han) {
        return false;
    }
    let rest = rest.trim();
    if rest.is_empty() || rest.chars().all(|c| matches!(c, '”' | '。' | '’')) {
        return true;
    }
    // （略） stands for what was left out
    if rest.trim_matches(|c| matches!(fold(c), '(' | ')' | '。')) == "略" {
        return false;
    }
    let mut depth = 0usize;
    for c in rest.chars() {
        match fold(c) {
            '(' | '〔' => depth += 1,
            ')' | '〕' => depth = depth.saturating_sub(1),
            '。' | '；' => {}
            c if depth == 0 && !is_blank(c) => return false,
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rest: &str, more: bool) -> Option<&str> {
        heading(rest, Span::new(0, rest.len()), Style::HanParen, more).map(|s| s.of(rest))
    }

    #[test]
    fn a_semicolon_before_a_last_bracket_ends_the_item() {
        let line = "由团委组织设计比赛；（10月7日—14日）";
        assert_eq!(first_sentence_end(line), line.find('；'));
        assert_eq!(first_sentence_end("组织比赛；（一）征集作品。"), Some(36));
    }

    #[test]
    fn a_quote_may_be_closed_in_another_hand() {
        let line = "升级“12345\"热线。对标一流。";
        assert_eq!(first_sentence_end(line), line.find('。'));
        let line = "升级\"12345\"热线。对标一流。";
        assert_eq!(first_sentence_end(line), line.find('。'));
    }

    #[test]
    fn a_line_without_stop_is_a_heading() {
        assert_eq!(of("总体思路", false), Some("总体思路"));
        assert_eq!(of(" 重点任务：", false), Some("重点任务"));
        assert_eq!(of("、加强领导", true), Some("加强领导"));
        assert_eq!(
            of("举办“安全不停步。”讲座", true),
            Some("举办“安全不停步。”讲座")
        );
    }

    #[test]
    fn stops_alone_are_no_heading() {
        for stops in ["；", "。", "：；", " ； "] {
            assert_eq!(of(stops, true), None, "{stops}");
            assert_eq!(of(stops, false), None, "{stops}");
        }
    }

    #[test]
    fn a_run_in_heading_is_the_first_sentence() {
        assert_eq!(
            of("高度重视，精心组织。各部门要落实。", false),
            Some("高度重视，精心组织")
        );
        assert_eq!(
            of("摸底阶段（2016年4月）。两部门联合调查。", false),
            Some("摸底阶段（2016年4月）")
        );
        let long = format!("{}。后文。", "长".repeat(61));
        assert_eq!(of(&long, false), None);
    }

    #[test]
    fn one_whole_sentence_needs_more_below() {
        assert_eq!(of("完成改造60万平方米。", false), None);
        assert_eq!(of("完成改造60万平方米。（牵头单位：甲局）", false), None);
        assert_eq!(of("完成改造60万平方米。", true), Some("完成改造60万平方米"));
        assert_eq!(of("第一季度：完成立项；", false), None);
        assert_eq!(of("做到“应改尽改。”", false), None);
    }

    #[test]
    fn an_article_has_a_title_only_apart() {
        let article = |rest: &'static str| {
            heading(rest, Span::new(0, rest.len()), Style::Article, false).map(|s| s.of(rest))
        };
        assert_eq!(article("为了加强管理，制定本办法。"), None);
        assert_eq!(article("【适用范围】本办法适用于"), Some("适用范围"));
        assert_eq!(article("（目的）"), Some("目的"));
        assert_eq!(article("适用范围"), Some("适用范围"));
        assert_eq!(article("本办法自发布之日起施行"), None);
    }
}
