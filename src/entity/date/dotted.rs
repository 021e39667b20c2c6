//! When 6·16 and 6.16 are days and when they are numbers.

use super::phrase::Phrase;
use super::reader::after;
use super::reader::before;
use crate::text::fold::fold;
use crate::text::words::words;

/// What makes a number of what stands before it.
const UNITS: &str = "万亿元米克吨个亩倍度级版秒平公千百毫厘分折项人次户件台辆栋层%％℃‰点起例处条家寸升斤瓦伏安赫兆代号期章节款段类种版";

/// Whether a marker stands right before: the 9. of `9.6·16活动期间` at the line's beginning.
fn after_marker(text: &str, at: usize) -> bool {
    let head = before(text, at, 5);
    // `before` stops at the line's beginning
    let fresh = head.chars().count() < 5;
    let line = head.trim_start();
    let digits = line.trim_end_matches(['.', '．', '、']);
    let end = text.get(at..).unwrap_or_default();
    fresh
        && digits.len() < line.len()
        && (1..=2).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && after(end, 0, 5, &[]).contains(['·', '•', '‧', '・'])
}

/// Whether something is to be handed in right behind the day.
fn is_asked(text: &str, end: usize) -> bool {
    words![
        "报",
        "交",
        "送",
        "完成",
        "上报",
        "提交",
        "反馈",
        "填报",
        "将",
        "请",
        "全部完成",
        "办结",
        "整改",
        "落实",
        "印发",
        "下发",
        "建成",
        "汇总"
    ]
    .begin(after(text, end, 4, &[]))
}

/// 于8.15前, （8.15前）, 务必8.15前: whether what stands before a day that is written with a dot takes one. 降至9.2前
/// and 低于9.2前 tell of a measure.
fn takes_day(text: &str, at: usize) -> bool {
    let head = before(text, at, 3);
    if words!["低于", "高于", "小于", "大于", "等于", "制在", "持在"].end(head) {
        return false;
    }
    head.chars().next_back().map(fold).is_some_and(|c| {
        matches!(c, '(' | '[' | ',' | ':' | ';' | '。' | '、' | '\t')
            || "〔【“于在请须必迟争保".contains(c)
    })
}

/// Whether a day written with a dot alone is one: in quotes, with a middle dot, before 前 or the name of a day, or
/// a range that fills a bracket or follows 时间.
pub(super) fn is_date(text: &str, found: &Phrase, mentions: bool) -> bool {
    let written = found.span.of(text);
    let head = before(text, found.span.start, 1).chars().next().map(fold);
    let tail = after(text, found.span.end, 1, &[]).chars().next();
    if head.is_some_and(|c| {
        c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | '·' | '第' | '+')
    }) && !after_marker(text, found.span.start)
    {
        return false;
    }
    if tail.is_some_and(|c| {
        UNITS.contains(c) && !(c == '安' || c == '节') || fold(c).is_ascii_alphanumeric()
    }) {
        return false;
    }
    let middle = !written.contains(['.', '．', '/']);
    if middle {
        return true;
    }
    if found.to.is_some() {
        let bracketed = head == Some('(') && matches!(tail, Some('）' | ')'));
        let label = before(text, found.span.start, 8).trim_end();
        let label = label.trim_end_matches(['：', ':', '为', '于', '从', '自', '在', ' ']);
        let named = words!["时间", "日期", "阶段", "时段", "期限"].end(label);
        let spoken = before(text, found.span.start, 1).ends_with(['于', '从', '自']);
        // 6.1-6.30为安全生产月 at the line's beginning
        let next = after(text, found.span.end, 16, &['，', '。', '；']);
        let opens = head.is_none()
            && next.strip_prefix(['为', '是']).is_some_and(|name| {
                name.contains(['月', '周', '期', '日']) || name.contains("阶段")
            });
        return bracketed || named || spoken || opens || mentions;
    }
    // 请于8.15前报送
    if written.ends_with('前')
        && (mentions && head.is_some()
            || takes_day(text, found.span.start)
            || is_asked(text, found.span.end))
    {
        return true;
    }
    if matches!(head, Some('“' | '"' | '‘' | '「' | '『' | '\'')) {
        // 标准中“4.4 质量分数的测定” is a section
        let next = after(text, found.span.end, 12, &['”', '"']);
        let section = next.starts_with([' ', '\u{3000}'])
            && next.trim().chars().nth(1).is_some()
            && !next.contains(['日', '节', '月', '周'])
            && !next.contains("活动");
        return !section;
    }
    let next = after(
        text,
        found.span.end,
        10,
        &['，', '。', '、', '；', '（', '(', '：'],
    );
    ["日", "节"]
        .iter()
        .filter_map(|w| next.find(w))
        .min()
        .is_some_and(|i| {
            i >= 2 * '日'.len_utf8()
                && !next[..i].contains(|c: char| fold(c).is_ascii_digit())
                // 7.3　本预案自印发之日起实施: a section of that number
                && !next[..i].ends_with(['之', '每', '当', '次', '即', '生', '作', '止', '假'])
        })
}
