//! Text with nothing at all between its paragraphs (…如下：一、…。二、…。): parted where a stop is followed by a marker that
//! continues a count, below the title and the addressees, and above the signature.
//!
//! A list within a sentence (包括：（1）…；（2）…) looks alike: a section begins behind a full stop, and the first one behind
//! a colon or a heading where the second begins behind a full stop.

use super::super::ends_sentence;
use super::super::kind;
use super::super::marker;
use super::super::marker::{STYLES, Style};
use super::super::marker_at;
use super::super::quote;
use super::super::shape;
use super::super::shape::Shape;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_han;
use crate::text::numeral;
use memchr::memmem;

/// A shorter line is a paragraph, in bytes.
const SHORTEST: usize = 450;
/// Title and addressees take at most so many bytes.
const LONGEST_FRAME: usize = 750;
/// A heading above the first of its items holds at most so many bytes.
const LONGEST_HEADING: usize = 120;

/// Labels that stand alone as headings, and what sentences begin with below them.
const LABELS: [&str; 34] = [
    "指导思想",
    "总体要求",
    "总体思路",
    "总体目标",
    "工作目标",
    "目标任务",
    "基本原则",
    "工作原则",
    "活动主题",
    "宣传主题",
    "活动时间",
    "时间安排",
    "实施时间",
    "活动地点",
    "活动内容",
    "主要内容",
    "主要任务",
    "重点任务",
    "工作任务",
    "工作内容",
    "工作重点",
    "主要措施",
    "工作措施",
    "实施步骤",
    "工作步骤",
    "方法步骤",
    "组织领导",
    "工作要求",
    "有关要求",
    "活动要求",
    "几点要求",
    "保障措施",
    "组织实施",
    "活动对象",
];
const BEGINNINGS: [&str; 23] = [
    "以",
    "坚持",
    "认真",
    "深入",
    "全面",
    "为",
    "按照",
    "根据",
    "围绕",
    "各",
    "从",
    "自",
    "通过",
    "进一步",
    "贯彻",
    "切实",
    "加强",
    "要",
    "由",
    "成立",
    "“",
    "2",
    "1",
];

/// A place where a marker stands that may open a section.
struct Place {
    at: usize,
    style: Style,
    ordinal: u32,
    behind: Behind,
}

/// What a marker stands behind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Behind {
    /// A full stop, or a bracket that closes behind one.
    Stop,
    /// 如下：
    Colon,
    /// A semicolon: a list goes on.
    Semicolon,
    /// Words: a heading, where the first of its items follows.
    Words,
}

/// Where the line is to be parted; null where it is a paragraph, or only a part of the text.
pub(super) fn cuts(text: &str, line: Span) -> Option<Vec<Span>> {
    if line.len() < SHORTEST || line.len() * 5 < text.len() * 4 {
        return None;
    }
    let sections = sections(text, line);
    let of_body = |s: &&Place| super::opens_sections(s.style);
    if sections.iter().filter(of_body).count() < 2 && sections.len() < 3 {
        return None;
    }
    let first = sections.first()?.at;
    let mut at = frame(text, Span::new(line.start, first));
    for section in &sections {
        at.push(section.at);
        at.extend(below_label(text, section.at, line.end));
    }
    let last = sections.last()?.at;
    at.extend(closing(text, Span::new(last, line.end)));
    at.sort_unstable();
    at.dedup();
    at.retain(|at| *at > line.start);
    Some(at.into_iter().map(|at| Span::new(at, at)).collect())
}

/// The markers that count on from each other.
fn sections(text: &str, line: Span) -> Vec<Place> {
    let places = places(text, line);
    // the next of each style, seen from the end
    let mut next: [Option<usize>; STYLES.len()] = [None; STYLES.len()];
    let mut second = vec![false; places.len()];
    for (i, place) in places.iter().enumerate().rev() {
        let follows = next[place.style.rank()].map(|n: usize| &places[n]);
        second[i] = follows.is_some_and(|n| n.ordinal == 2 && n.behind != Behind::Semicolon);
        next[place.style.rank()] = Some(i);
    }
    let mut open: Vec<(Style, u32)> = Vec::new();
    // how far each style had counted where its level was closed: a count may run on across parents
    let mut closed = [0; STYLES.len()];
    let mut out: Vec<Place> = Vec::new();
    for (place, second) in places.into_iter().zip(second) {
        let level = open.iter().rposition(|(style, _)| *style == place.style);
        let last = level.map_or(closed[place.style.rank()], |l| open[l].1);
        let goes_on = last > 0 && last + 1 == place.ordinal;
        let is_first = place.ordinal == 1 && second;
        let above = out.last().map_or(line.start, |p| p.at);
        let heading = || {
            let words = Span::new(above, place.at);
            !out.is_empty()
                && words.len() <= LONGEST_HEADING
                && !words.of(text).contains(['。', '，', '；', '：'])
        };
        let in_articles = open.iter().any(|(style, _)| *style == Style::Article);
        let takes = match place.behind {
            Behind::Stop => goes_on || is_first,
            Behind::Colon => place.ordinal == 1 && (second || in_articles),
            Behind::Semicolon => goes_on && (in_articles || place.style == Style::HanDot),
            // 三、严格管理（五）落实陪餐; 第二章 职责第四条; 二、时间6月1日三、内容
            Behind::Words => match place.style {
                Style::HanDot if level.is_some() => goes_on,
                Style::Article if is_first => true,
                _ => {
                    (is_first || goes_on) && heading()
                        || goes_on && level.is_some() && is_labelled(text, place.at)
                }
            },
        };
        if !takes {
            continue;
        }
        // a sibling ends what stands below the last, and so does one of a higher style
        let kept = level.map_or_else(
            || open.partition_point(|(style, _)| style.rank() < place.style.rank()),
            |level| level + 1,
        );
        for (style, last) in open.drain(kept..) {
            closed[style.rank()] = last;
        }
        if level.is_none() {
            open.push((place.style, 0));
        }
        if let Some(last) = open.last_mut() {
            last.1 = place.ordinal;
        }
        out.push(place);
    }
    out
}

/// Whether what stands since the last stop is labelled: 责任单位：县林业局（二）….
fn is_labelled(text: &str, at: usize) -> bool {
    let mut start = at.saturating_sub(200);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let since = text[start..at].rsplit('。').next().unwrap_or_default();
    since.contains(['：', ':'])
}

/// The markers behind stops, and 一、（一）1. behind other words.
fn places(text: &str, line: Span) -> Vec<Place> {
    let mut out = Vec::new();
    let mut before = None;
    for (i, c) in line.of(text).char_indices() {
        let at = line.start + i;
        let behind = match before.replace(c) {
            _ if !may_begin(c) => continue,
            None => Behind::Stop,
            Some('。' | '！' | '？') => Behind::Stop,
            Some('）' | ')' | '”') => Behind::Stop,
            // the list of attachments
            Some('：' | ':') if text[..at].trim_end_matches(['：', ':']).ends_with("附件") => {
                continue;
            }
            Some('：' | ':') => Behind::Colon,
            Some('；' | ';') => Behind::Semicolon,
            // 初二、 周三、 第四、 and the end of a longer number
            Some(
                '初' | '周' | '期' | '高' | '第' | '其' | '之' | '大' | '小' | '老' | '拜' | '统'
                | '唯' | '年' | '月' | '同',
            ) => continue,
            Some(last) if is_han(last) && !may_begin(last) || fold(last).is_ascii_alphabetic() => {
                Behind::Words
            }
            Some(_) => continue,
        };
        let Some(marker) = marker_at(text, at, line.end) else {
            continue;
        };
        let counts = !matches!(
            marker.style,
            Style::HanIs
                | Style::HanFirst
                | Style::HanAmong
                | Style::Letter
                | Style::Roman
                | Style::Circled
        );
        let worded = matches!(
            marker.style,
            Style::HanDot | Style::HanParen | Style::ArabicDot | Style::Article
        );
        if counts && (behind != Behind::Words || worded) {
            out.push(Place {
                at,
                style: marker.style,
                ordinal: marker.ordinal,
                behind,
            });
        }
    }
    out
}

fn may_begin(c: char) -> bool {
    matches!(
        c,
        '第' | '（' | '(' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
    ) || numeral::is_figure(c)
}

/// Where title, number and addressees end, above the first section.
fn frame(text: &str, head: Span) -> Vec<usize> {
    let mut end = head.end.min(head.start + LONGEST_FRAME);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let words = &text[head.start..end];
    let Some(colon) = words
        .find(['：', ':', '。'])
        .filter(|at| !words[*at..].starts_with('。'))
    else {
        return Vec::new();
    };
    let above = &words[..colon];
    // the last kind of document before the names of those to whom it goes
    let ends = kind::KINDS
        .iter()
        .flat_map(|k| memmem::find_iter(above.as_bytes(), k).map(|at| at + k.len()))
        .filter(|end| {
            let (title, names) = above.split_at(*end);
            title.contains("关于")
                && !quote::unbalanced(title)
                && names.chars().nth(1).is_some()
                && !names.starts_with(['》', '”', '的', '，', '（'])
                && !names.contains(['，', '。', '》'])
                || title.contains("关于") && names.starts_with('各')
        });
    let Some(title) = ends.max() else {
        return Vec::new();
    };
    let after_colon = colon + words[colon..].chars().next().map_or(0, char::len_utf8);
    let mut out = vec![head.start + title, head.start + after_colon];
    // 甲政发〔2031〕3号 before or behind the title
    if let Some(number) = shape::leading_number(above) {
        out.push(head.start + number);
    }
    if let Some(number) = shape::leading_number(&above[title..]) {
        out.push(head.start + title + number);
    }
    out
}

/// Where the text below a heading begins that is a bare label: 一、指导思想以….
fn below_label(text: &str, at: usize, end: usize) -> Option<usize> {
    let mut bound = (at + LONGEST_HEADING).min(end);
    while !text.is_char_boundary(bound) {
        bound -= 1;
    }
    let marker = marker::read(text, Span::new(at, bound))?;
    let words = &text[marker.span.end..bound];
    let label = LABELS.iter().find(|label| words.starts_with(**label))?;
    let rest = &words[label.len()..];
    BEGINNINGS
        .iter()
        .any(|b| rest.starts_with(b))
        .then_some(marker.span.end + label.len())
}

/// Where 附件, the signature and what stands below it begin.
fn closing(text: &str, tail: Span) -> Vec<usize> {
    let mut start = tail.end.saturating_sub(1500).max(tail.start);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut out = Vec::new();
    let mut before = ' ';
    for (i, c) in text[start..tail.end].char_indices() {
        let at = start + i;
        let opens = match c {
            '附' => text[at..].starts_with("附件") && ends_sentence(before),
            '（' | '(' => {
                let note = text[at + c.len_utf8()..].starts_with("此件");
                let contact = text[at + c.len_utf8()..].starts_with("联系人");
                note || contact && ends_sentence(before)
            }
            '抄' => text[at..].starts_with("抄送：") || text[at..].starts_with("抄送:"),
            _ => ends_sentence(before) && before != '：' && signs(text, at, tail.end),
        };
        if opens {
            out.push(at);
        }
        before = c;
    }
    out
}

/// Whether an organ and a date begin here, and nothing stands behind but a note in brackets.
fn signs(text: &str, at: usize, end: usize) -> bool {
    let words = &text[at..end];
    let signed = words.find(['（', '(']).map_or(words, |open| &words[..open]);
    signed.len() <= 240
        && matches!(
            shape::shape(text, Span::new(at, at + signed.len()).trimmed(text)),
            Shape::SignedDate | Shape::Date
        )
}

#[cfg(test)]
mod tests {
    use super::super::super::reflow;

    fn restored(text: &str) -> Option<Vec<String>> {
        reflow(text).map(|r| r.text.lines().map(str::to_owned).collect())
    }

    #[test]
    fn paragraphs_with_nothing_between_come_back() {
        let lines = [
            "甲县人民政府办公室关于做好春季护林防火工作的通知",
            "各乡镇人民政府，县直各单位：",
            "春季风高物燥，为切实做好护林防火工作，保护森林资源和群众生命财产安全，经县政府同意，现将有关事项通知如下：",
            "一、加强巡山。",
            "护林员每日巡山两次，重点时段增加一次，带好对讲机。",
            "二、管住火源。",
            "进山路口设卡登记，收缴火种，包括：（1）打火机；（2）火柴；（3）鞭炮。",
            "三、工作要求",
            "（一）落实责任。",
            "各乡镇主要负责人负总责，一是分片到人，二是张榜公布。",
            "（二）严明纪律。",
            "实行二十四小时值班，周三、周四由县林业局抽查。",
            "附件：值班表",
            "甲县人民政府办公室2031年3月2日",
            "（此件公开发布）",
        ];
        let whole: String = lines.concat().replace("附件：值班表", "");
        let found = restored(&whole).expect("paragraphs were lost");
        let want = [
            lines[0].to_owned(),
            lines[1].to_owned(),
            lines[2].to_owned(),
            lines[3..5].concat(),
            lines[5..7].concat(),
            lines[7].to_owned(),
            lines[8..10].concat(),
            lines[10..12].concat(),
            lines[13].to_owned(),
            lines[14].to_owned(),
        ];
        assert_eq!(found, want);
    }

    #[test]
    fn labels_stand_above_their_text() {
        let text = "关于印发《2031年护林宣传活动方案》的通知各林场：现将方案印发给你们，请结合实际认真贯彻执行，确保取得实效。一、指导思想以保护森林为中心，坚持预防为主，发动群众。二、活动时间2031年3月1日至31日。三、组织领导小组成员由各林场推荐，名单另发，任期一年，可以连任，连任不超过两届，期满后由县林业局重新公布。甲县林业局2031年2月20日";
        let found = restored(text).expect("paragraphs were lost");
        for line in ["一、指导思想", "二、活动时间", "甲县林业局2031年2月20日"]
        {
            assert!(found.iter().any(|l| l == line), "{line} in {found:?}");
        }
        assert!(found.iter().any(|l| l.starts_with("三、组织领导小组成员")));
    }

    #[test]
    fn a_list_within_a_paragraph_parts_nothing() {
        let list = "会议听取了汇报，明确了下一步的工作：一、抓紧排查；二、落实整改；三、按时报送；四、严格考核，各单位要高度重视，认真组织，确保各项工作落到实处，并于月底前把情况报县政府办公室汇总。";
        assert_eq!(restored(&list.repeat(3)), None);
        // a long paragraph of a text that has its paragraphs
        let body = "要抓好落实。一、抓紧排查隐患，全面摸清底数，不留死角。二、落实整改责任，按时销号。三、按时报送情况，不得迟报漏报。".repeat(2);
        let text = format!(
            "关于做好护林工作的通知\n各林场：\n{body}\n{}",
            "各林场要巡山护林。\n".repeat(30)
        );
        assert_eq!(restored(&text), None);
    }
}
