//! Feasts that something is due or planned by: 春节前, 国庆期间. Their days move or are set each year by the State Council's
//! notice on holidays, so they are no dates; that they were seen is told.

use super::DateExpr;
use super::reader::after;
use super::reader::before;
use crate::span::Span;
use crate::text::words::Words;
use aho_corasick::AhoCorasick;
use aho_corasick::MatchKind;
use std::sync::LazyLock;

/// The feasts of the holiday regulation (全国年节及纪念日放假办法), and how two of them are said together.
const FEASTS: [&str; 20] = [
    "春节",
    "元旦",
    "元宵节",
    "元宵",
    "清明节",
    "清明",
    "五一节",
    "五一",
    "劳动节",
    "端午节",
    "端午",
    "中秋节",
    "中秋",
    "国庆节",
    "国庆",
    "重阳节",
    "双节",
    "两节",
    "五四青年节",
    "腊八节",
];

/// What makes a time of a feast.
static SIDES: Words = Words::new(&["前", "期间", "之前", "以前", "后", "假期", "长假", "节前"]);

/// What a side goes on with when it is none: 春节前后 is about the feast, 节后勤.
static OTHER: Words = Words::new(&["后勤", "前沿", "前言", "后备"]);

static MATCHER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(FEASTS)
        .ok()
});

/// Where a feast alone says when, in sentences; not where a day stands beside, nor in titles, quotes and 《》.
///
/// ```
/// use gongwen::entity::date::festivals;
/// let text = "各单位要在春节前完成自查，中秋节期间（9月29日）加强值守。";
/// let found: Vec<&str> = festivals(text, &[]).into_iter().map(|s| s.of(text)).collect();
/// assert_eq!(found, ["春节前"]);
/// ```
#[must_use]
pub fn festivals(text: &str, dates: &[DateExpr]) -> Vec<Span> {
    let Some(matcher) = MATCHER.as_ref() else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for hit in matcher.find_iter(text) {
        let rest = &text[hit.end()..];
        let Some(past) = SIDES.strip(rest) else {
            continue;
        };
        let span = Span::new(hit.start(), text.len() - past.len());
        if OTHER.begin(rest) || !in_sentence(text, span) {
            continue;
        }
        // the dates stand in order and apart
        let i = dates.partition_point(|date| date.span.end + BESIDE < span.start);
        let beside = dates[i..]
            .iter()
            .take(4)
            .any(|date| date.span.start <= span.end + BESIDE);
        if !beside && !has_day(after(text, span.end, 16, &['，', '。', '；'])) {
            out.push(span);
        }
    }
    out
}

/// How near a date stands beside, in bytes.
const BESIDE: usize = 24;

fn has_day(near: &str) -> bool {
    let mut number = false;
    near.chars().any(|c| {
        let day = number && matches!(c, '月' | '日' | '号');
        number = c.is_ascii_digit();
        day
    })
}

/// Whether the place lies in a sentence and outside what is named: a title has no stop, a name stands in quotes.
fn in_sentence(text: &str, span: Span) -> bool {
    const REACH: usize = 60;
    let head = before(text, span.start, REACH);
    let line = head.rsplit('\n').next().unwrap_or(head);
    let open = |a: char, b: char| line.rfind(a).is_some_and(|at| !line[at..].contains(b));
    let tail = after(text, span.end, REACH, &['\n']);
    let stops = line.contains(['。', '；', '，']) || tail.contains(['。', '；', '，']);
    // 关于做好国庆期间…工作的通知
    let names = line.contains("关于") && tail.contains("通知");
    stops && !names && !open('《', '》') && !open('“', '”')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        festivals(text, &[])
            .into_iter()
            .map(|s| s.of(text))
            .collect()
    }

    #[test]
    fn a_feast_alone_is_seen() {
        assert_eq!(found("整改要在国庆前完成。"), ["国庆前"]);
        assert_eq!(
            found("春节期间，各镇要加强巡查；元旦前报送台账。"),
            ["春节期间", "元旦前"]
        );
    }

    #[test]
    fn names_and_days_are_none() {
        for text in [
            "关于做好国庆期间安全工作的通知",
            "市教育局关于做好春节期间有关工作的通知",
            "学习《春节期间值守规定》，抓好落实。",
            "开展“国庆期间送平安”活动，形成声势。",
            "春节前（1月20日前）完成。",
            "国庆节文艺汇演，由工会承办。",
            "五一村委会",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
