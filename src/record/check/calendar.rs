//! Days that no calendar has, weekdays of other days, and years that contradict each other.

use super::super::header;
use super::super::notice::DateMention;
use super::Reading;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::entity::date::DateRole;
use crate::outline::shape;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::numeral;
use jiff::civil::Date;
use jiff::civil::Weekday;

/// Dates that could not be resolved because their day does not exist; the date of issue may be one.
pub(super) fn impossible(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    for remark in found.iter_mut().filter(|d| d.code == Code::UnresolvedDate) {
        if let Some(message) = no_such_day(remark.span.of(reading.text), reading.notice.year) {
            remark.code = Code::DateImpossible;
            remark.message = message;
        }
    }
    let mut told: Vec<Span> = found
        .iter()
        .filter(|d| matches!(d.code, Code::DateImpossible | Code::UnresolvedDate))
        .map(|d| d.span)
        .collect();
    told.sort_unstable();
    let is_told = |span: Span| {
        let at = told.partition_point(|t| t.end <= span.start);
        told.get(at).is_some_and(|t| t.overlaps(span))
    };
    let closings = reading.outline.parts.iter().flat_map(|p| &p.closing.dates);
    for span in closings.filter(|span| !is_told(**span)) {
        if let Some(message) = no_such_day(span.of(reading.text), reading.notice.year) {
            found.push(Diagnostic::new(Code::DateImpossible, *span, message));
        }
    }
    let thirteenth = months(reading.text).into_iter();
    found.extend(thirteenth.filter(|d| !is_told(d.span)));
}

/// Days of a month beyond the twelfth, which are read as no date: 13月1日.
fn months(text: &str) -> Vec<Diagnostic> {
    let is_digit = |c: &char| fold(*c).is_ascii_digit();
    let run = |digits: &mut dyn Iterator<Item = char>| -> usize {
        digits
            .take(3)
            .take_while(is_digit)
            .map(char::len_utf8)
            .sum()
    };
    let mut out = Vec::new();
    for (at, word) in text.match_indices('月') {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        let month = run(&mut before.chars().rev());
        let day = run(&mut after.chars());
        let number = numeral::value(&before[at - month..]);
        let is_date = (1..=2).contains(&after[..day].chars().count())
            && after[day..].starts_with(['日', '号']);
        if let (true, Some(number @ 13..=99)) = (is_date, number) {
            let span = Span::new(at - month, at + word.len() + day + '日'.len_utf8());
            let message = format!("a year has no month {number}");
            out.push(Diagnostic::new(Code::DateImpossible, span, message));
        }
    }
    out
}

/// Why the month or the day that the expression names does not exist.
fn no_such_day(expression: &str, year: Option<i16>) -> Option<String> {
    let year = header::first_year(expression).or(year);
    let mut month = None;
    let mut digits = String::new();
    for c in expression.chars().filter(|c| !is_blank(*c)) {
        let folded = fold(c);
        if folded.is_ascii_digit() || numeral::is_chinese(c) {
            digits.push(folded);
            continue;
        }
        let value = numeral::value(&digits);
        digits.clear();
        match (c, value, month) {
            ('月', Some(n), _) => {
                if !(1..=12).contains(&n) {
                    return Some(format!("a year has no month {n}"));
                }
                month = i8::try_from(n).ok();
            }
            ('日' | '号', Some(n), Some(month)) => {
                // without a year 29 February may exist
                let last = Date::new(year.unwrap_or(2024), month, 1)
                    .ok()?
                    .days_in_month();
                let day = i8::try_from(n).unwrap_or(i8::MAX);
                if !(1..=last).contains(&day) {
                    let of = match (year, month) {
                        (Some(year), 2) => format!("month 2 of {year}"),
                        _ => format!("month {month}"),
                    };
                    return Some(format!("{of} has {last} days, not {n}"));
                }
            }
            _ => {}
        }
    }
    None
}

/// A weekday in or right behind a date, and of another day.
pub(super) fn weekdays(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let dates = &reading.notice.dates;
    for (i, date) in dates.iter().enumerate() {
        let span = reading.bytes(date.span);
        let next = dates
            .get(i + 1)
            .map_or(reading.text.len(), |n| reading.bytes(n.span).start);
        for (named, at, is_last) in named_weekdays(reading.text, span, next.max(span.end)) {
            let Some(day) = day_of(date, is_last) else {
                continue;
            };
            if day.weekday() != named {
                let message = format!("{day} is a {}, not a {}", name(day.weekday()), name(named));
                found.push(Diagnostic::new(Code::WeekdayMismatch, at, message));
            }
        }
    }
}

/// The day that the weekday belongs to: the last of a range where no day follows it in the expression, else the first.
fn day_of(date: &DateMention, is_last: bool) -> Option<Date> {
    match (date.role, date.start, date.end) {
        (DateRole::Recurrence, ..) => None,
        (_, Some(start), Some(end)) => Some(if is_last { end } else { start }),
        (_, None, Some(end)) if is_last => Some(end),
        (_, Some(start), None) if !is_last || date.text.matches(['日', '号']).count() <= 1 => {
            Some(start)
        }
        _ => None,
    }
}

/// Weekdays that stand right behind a day in the expression, or right behind the expression: which, where, and whether
/// no other day of the expression follows.
fn named_weekdays(text: &str, span: Span, until: usize) -> Vec<(Weekday, Span, bool)> {
    let mut out = Vec::new();
    let reach = Span::new(span.start, until).of(text);
    for (at, c) in reach.char_indices() {
        let after = at + c.len_utf8();
        if span.start + after > span.end {
            break;
        }
        if !matches!(c, '日' | '号') {
            continue;
        }
        let rest = &reach[after..];
        let opened =
            rest.trim_start_matches(|c: char| matches!(c, '（' | '(' | '，') || is_blank(c));
        let skipped = rest.len() - opened.len();
        if rest[..skipped].chars().count() > 2 || rest[..skipped].contains('\n') {
            continue;
        }
        let Some(word) = ["星期", "礼拜", "周"]
            .iter()
            .find(|w| opened.starts_with(**w))
        else {
            continue;
        };
        let Some((weekday, len)) = weekday(&opened[word.len()..]) else {
            continue;
        };
        // 周一至周五 and 周六、日 say which days, not which weekday this day is
        let behind = &opened[word.len() + len..];
        if behind.starts_with(['至', '到', '、', '—', '-', '和', '或', '及'])
            && !behind
                .trim_start_matches(['至', '到', '—', '-'])
                .starts_with(|c: char| c.is_numeric())
        {
            continue;
        }
        let from = span.start + after + skipped;
        let to = from + word.len() + len;
        let is_last = !Span::new(to, span.end).of(text).contains(['日', '号']);
        out.push((weekday, Span::new(from, to), is_last));
    }
    out
}

fn weekday(text: &str) -> Option<(Weekday, usize)> {
    let c = text.chars().next()?;
    let day = match fold(c) {
        '一' | '1' => Weekday::Monday,
        '二' | '2' => Weekday::Tuesday,
        '三' | '3' => Weekday::Wednesday,
        '四' | '4' => Weekday::Thursday,
        '五' | '5' => Weekday::Friday,
        '六' | '6' => Weekday::Saturday,
        '日' | '天' | '7' => Weekday::Sunday,
        _ => return None,
    };
    Some((day, c.len_utf8()))
}

fn name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday (星期一)",
        Weekday::Tuesday => "Tuesday (星期二)",
        Weekday::Wednesday => "Wednesday (星期三)",
        Weekday::Thursday => "Thursday (星期四)",
        Weekday::Friday => "Friday (星期五)",
        Weekday::Saturday => "Saturday (星期六)",
        Weekday::Sunday => "Sunday (星期日)",
    }
}

/// Words of a sentence that tells of what was, or of what another document set.
const TOLD: [&str; 19] = [
    "已",
    "曾",
    "完成了",
    "以来",
    "去年",
    "上年",
    "原定",
    "原计划",
    "根据",
    "按照",
    "截至",
    "截止到",
    "文件",
    "印发",
    "仍未",
    "尚未",
    "未按",
    "逾期",
    "《",
];

/// Deadlines that lie before the notice itself: in a year before the title's, or before the date of issue.
pub(super) fn years(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let title = reading.notice.title.as_deref().unwrap_or_default();
    let planned = header::first_year(title);
    let issued = reading.notice.issued;
    for date in &reading.notice.dates {
        if date.inferred || !matches!(date.role, DateRole::Deadline | DateRole::Mention) {
            continue;
        }
        let Some((year, end)) = header::first_year(&date.text).zip(date.end) else {
            continue;
        };
        let span = reading.bytes(date.span);
        // a day of an earlier year is read as told, whatever it was meant to be: what asks for something is not
        let is_due = date.text.ends_with('前');
        let is_deadline = match date.role {
            DateRole::Deadline => is_due || asks(reading.text, span),
            _ => is_due && asks(reading.text, span),
        } && !parts(reading.text, span);
        let before_issue = issued.is_some_and(|issued| end < issued);
        let before_title = planned.is_some_and(|planned| year < planned);
        if !is_deadline || !before_issue && (issued.is_some() || !before_title) {
            continue;
        }
        let sentence = reading.sentence(span);
        if TOLD.iter().any(|word| sentence.contains(word))
            || shape::date_span(reading.text, span) == Some(span)
        {
            continue;
        }
        let message = match issued {
            Some(issued) => format!(
                "{} is before {issued}, when the notice was issued",
                date.text
            ),
            None => {
                let planned = planned.unwrap_or_default();
                format!("{} is in {year}; the title says {planned}", date.text)
            }
        };
        found.push(Diagnostic::new(Code::YearMismatch, span, message));
    }
}

/// Whether something is asked for by the day: 报送总结, 完成整改.
fn asks(text: &str, span: Span) -> bool {
    verb(clause(text, span)).is_some()
}

/// What is said to be done, in clauses that set a day for it.
const ASKED: [&str; 11] = [
    "完成", "办结", "整改", "落实", "报送", "上报", "提交", "反馈", "报", "送", "交",
];

fn clause(text: &str, span: Span) -> &str {
    let rest = text.get(span.end..).unwrap_or_default();
    rest.split(['，', '。', '；', '\n', '：'])
        .next()
        .unwrap_or_default()
}

/// The first of those words in the clause, and where it ends.
fn verb(clause: &str) -> Option<(&'static str, usize)> {
    ASKED
        .iter()
        .filter_map(|word| clause.find(word).map(|at| (at, *word)))
        .min_by_key(|(at, word)| (*at, std::cmp::Reverse(word.len())))
        .map(|(at, word)| (word, at + word.len()))
}

/// Whether the day parts some from others: 凡…取得证书的, 对…未完成的, 完成改造的小区, 报送的材料.
fn parts(text: &str, span: Span) -> bool {
    let head = text.get(..span.start).unwrap_or_default();
    let clause = clause(text, span);
    let chosen = match verb(clause) {
        // what is reported may be told at length; what is done and has 的 behind it tells who did
        Some(("完成" | "办结" | "整改" | "落实", end)) => clause[end..].contains('的'),
        Some((_, end)) => clause[end..].starts_with(['的', '过', '名', '批']),
        None => false,
    };
    chosen
        || head
            .trim_end_matches(['在', '于', '是'])
            .ends_with(['凡', '对'])
        || clause.starts_with('未')
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::Code;
    use crate::entity::taxonomy::Taxonomy;
    use crate::record::build;
    use crate::record::notice::Source;
    use crate::source::ReadText;

    /// How many years contradict each other in a notice of 2025-11-12 that says so.
    fn years(sentence: &str) -> usize {
        let text = format!(
            "松溪镇关于开展危房排查的通知\n各村：\n一、时间安排\n{sentence}\n松溪镇人民政府\n2025年11月12日\n"
        );
        let read = ReadText {
            text,
            ..ReadText::default()
        };
        let source = Source {
            path: "a.txt".to_owned(),
            member: None,
            media_type: "text/plain".into(),
            charset: None,
            ocr: false,
            bytes: 0,
            sha256: String::new(),
        };
        let notice = build(read, source, "a".to_owned(), Taxonomy::bundled());
        check(&notice)
            .iter()
            .filter(|d| d.code == Code::YearMismatch)
            .count()
    }

    #[test]
    fn a_deadline_before_the_notice_is_remarked() {
        for text in [
            "2025年4月30日前完成排查。",
            "各村于2025年9月底前将台账报送镇政府。",
            "2024年12月20日前报送活动的总结。",
        ] {
            assert_eq!(years(text), 1, "{text}");
        }
    }

    #[test]
    fn days_that_are_told_or_still_to_come_are_not() {
        for text in [
            "2025年12月20日前完成排查。",
            "4月30日前完成排查。",
            "对2024年12月31日前建成的住房逐户排查。",
            "凡2024年12月31日前取得证书的工匠，都要登记。",
            "2006年8月31日前出生的村民。",
            "该楼1996年9月1日以前建成。",
            "2025年10月15日前完成任务的村，给予表扬。",
            "对2025年6月底前未完成整改的村，予以通报。",
            "2025年6月底前已完成初查。",
        ] {
            assert_eq!(years(text), 0, "{text}");
        }
    }
}
