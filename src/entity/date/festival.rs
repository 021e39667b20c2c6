//! Feasts that something is due or planned by: 春节前, 国庆期间. Their days move or are set each year by the State Council's
//! notice on holidays, so they are no dates; that they were seen is told.

use super::DateExpr;
use super::reader::Reader;
use super::reader::after;
use super::reader::before;
use crate::span::Span;
use crate::text::words::Words;
use crate::text::words::words;
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

/// What days of the lunar calendar (农历) begin with; they move as feasts do.
const LUNAR: [&str; 5] = ["农历", "阴历", "正月", "腊月", "冬月"];

static MATCHER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(FEASTS.iter().chain(&LUNAR))
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
    let mut out: Vec<Span> = Vec::new();
    // the feast before, and how far was read
    let (mut first, mut done) = (Span::new(0, 0), 0);
    for hit in matcher.find_iter(text) {
        if hit.start() < done {
            continue;
        }
        let rest = &text[hit.end()..];
        // 元旦至春节期间
        let between = text.get(first.end..hit.start()).unwrap_or_default();
        let start = match between {
            "至" | "到" | "—" | "-" if first.end > 0 => first.start,
            _ => hit.start(),
        };
        first = Span::new(hit.start(), hit.end());
        let end = if hit.pattern().as_usize() >= FEASTS.len() {
            lunar_end(text, hit.start())
        } else {
            SIDES.strip(rest).map(|past| text.len() - past.len())
        };
        let Some(end) = end else { continue };
        let span = Span::new(start, end);
        if OTHER.begin(rest) || !in_sentence(text, span) {
            continue;
        }
        done = end;
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

/// Where the lunar day or days end that begin at byte `at`: 农历腊月廿三至正月十五, 正月初七前.
pub(super) fn lunar_end(text: &str, at: usize) -> Option<usize> {
    let mut r = Reader::new(text, at);
    let named = r.eat_word(words!["农历", "阴历"]).is_some();
    r.eat('的');
    lunar_day(&mut r, named)?;
    let mark = r;
    if !(r.to() && lunar_day(&mut r, true).is_some()) {
        r = mark;
        // of the days of other years: 历年正月初二的数据
        let head = before(text, at, 3);
        if r.sees(words!["的"]) || words!["历年", "往年", "去年", "历年的"].end(head) {
            return None;
        }
    }
    let _ = r.eat_word(words!["前后", "期间", "之前", "以前", "前", "之后", "以后"]);
    Some(r.at)
}

/// 腊月廿三, 八月十五, 正月初七; a month alone where `whole`.
fn lunar_day(r: &mut Reader<'_>, whole: bool) -> Option<()> {
    r.eat('闰');
    let month = r.eat_word(words!["正月", "腊月", "冬月"]).is_some() || {
        let mut ahead = *r;
        let numbered = ahead.number().is_some_and(|n| n.within(12).is_some()) && ahead.eat('月');
        if numbered {
            *r = ahead;
        }
        numbered
    };
    let mark = *r;
    let first = r.eat('初');
    let day = r.number().is_some_and(|n| n.within(30).is_some());
    if !day {
        *r = mark;
    }
    let _ = day && r.eat_word(words!["日"]).is_some();
    let part = !first
        && r.eat_word(words!["底", "末", "上旬", "中旬", "下旬"])
            .is_some();
    (day || part || month && whole).then_some(())
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
    fn from_feast_to_feast_and_by_the_moon() {
        assert_eq!(found("元旦至春节期间，各站加强值守。"), ["元旦至春节期间"]);
        assert_eq!(
            found("农历腊月二十到正月初八，禁放烟花；农历九月初九前走访。"),
            ["农历腊月二十到正月初八", "农历九月初九前"]
        );
        for text in [
            "正月里走亲，腊月里赶集。",
            "历年正月初二的用电量，另行统计。",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
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
