//! Days that are told of, not planned: of a web page, over before the notice, of an older act.

use super::DateRole;
use super::phrase::Bound;
use super::phrase::Phrase;
use super::point::Year;
use super::reader::after;
use super::reader::before;
use super::resolve::Resolved;
use super::role::REACH;
use super::role::Setting;
use crate::text::words::words;

/// 发布日期：2023-04-14 of a web page: the date of issue when it is that day, else told.
pub(super) fn of_page(phrase: &Phrase, days: &Resolved, setting: &Setting<'_>) -> Option<DateRole> {
    if phrase.to.is_some() || !matches!(phrase.from.year, Year::Given(_)) {
        return None;
    }
    let head = before(setting.text, phrase.span.start, 10).trim_end();
    let label = head.strip_suffix([':', '：'])?.trim_end();
    let published = words![
        "发布日期",
        "发布时间",
        "发文日期",
        "生成日期",
        "成文日期",
        "公开日期",
        "更新时间",
        "添加时间",
        "上传时间",
        "录入时间"
    ]
    .end(label);
    // 来源：…　时间：2020-11-23　浏览次数：…
    let clock = (label.ends_with("时间") || label.ends_with("日期")) && {
        let line = before(setting.text, phrase.span.start, REACH);
        let line = line.rsplit('\n').next().unwrap_or(line);
        let rest = after(setting.text, phrase.span.end, REACH, &['\n']);
        [
            "来源",
            "浏览",
            "点击",
            "字体",
            "字号",
            "访问",
            "打印",
            "作者",
            "索引号",
            "阅读",
        ]
        .iter()
        .any(|w| line.contains(w) || rest.contains(w))
    };
    (published || clock).then(|| {
        let same = days.start.is_some() && days.start == setting.issued && days.start == days.end;
        if same {
            DateRole::Issued
        } else {
            DateRole::Mention
        }
    })
}

/// A single day shortly before that of issue: what was planned for it is done, unless the sentence asks for it.
pub(super) fn is_over(phrase: &Phrase, days: &Resolved, setting: &Setting<'_>) -> bool {
    let (Some(day), Some(issued)) = (days.end, setting.issued) else {
        return false;
    };
    let given = matches!(phrase.from.year, Year::Given(_));
    let near = day
        .until(issued)
        .is_ok_and(|span| span.get_days() < 200 || given);
    let next = after(
        setting.text,
        phrase.span.end,
        REACH,
        &['。', '；', ';', '\n'],
    );
    phrase.from.is_day()
        && phrase.to.is_none()
        && phrase.bound == Bound::Whole
        && day < issued
        && near
        && !words!["将", "拟", "请"].is_in(next)
}

/// 2004年8月5日至8日，调研组在我市…: days that were over before the notice, which no label announces.
pub(super) fn is_over_range(phrase: &Phrase, days: &Resolved, setting: &Setting<'_>) -> bool {
    let over = days
        .end
        .zip(setting.issued)
        .is_some_and(|(end, issued)| end < issued);
    if !over || days.start.is_none() || phrase.bound != Bound::Whole || phrase.begins {
        return false;
    }
    let given = matches!(phrase.from.year, Year::Given(_));
    let span = phrase.to.is_some() && phrase.from.is_day()
        || phrase.to.is_none() && given && !phrase.from.is_day();
    let head = before(setting.text, phrase.span.start, 12);
    let label = head.trim_end_matches([' ', '\u{3000}']);
    let begins = after(setting.text, phrase.span.end, 1, &[]).starts_with(['，', ',']);
    let announced = label.is_empty() && !(begins && given)
        || label.ends_with(['：', ':', '（', '(', '\t', '|'])
        || words!["时间", "日期", "阶段", "期限", "公示期"].is_in(label);
    let next = after(
        setting.text,
        phrase.span.end,
        REACH,
        &['。', '；', ';', '\n'],
    );
    span && !announced && !words!["将", "拟", "请", "要"].is_in(next)
}

/// 2008年6月1日起施行的《…办法》: an older act is named by its day.
pub(super) fn in_force(phrase: &Phrase, next: &str) -> bool {
    let next = next.trim_start();
    phrase.from.is_day()
        && phrase.to.is_none()
        && words!["施行的", "实施的", "执行的", "生效的", "实行的"].begin(next)
}

/// 上半年未组织, 6月已完成: what was done or left undone in a time that has begun.
pub(super) fn says_of_past(
    phrase: &Phrase,
    next: &str,
    days: &Resolved,
    setting: &Setting<'_>,
) -> bool {
    let begun = days
        .start
        .zip(setting.issued)
        .is_some_and(|(start, issued)| start < issued);
    begun
        && phrase.bound == Bound::Whole
        && words!["未", "已", "没有", "曾", "先后", "累计", "共完成", "共开展"]
            .begin(next.trim_start())
}
