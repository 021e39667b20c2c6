//! Lines that are dates, or end with one.

use super::Shape;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::fold::trimmed;
use crate::text::fold::trimmed_end;
use crate::text::numeral;

/// The number of characters of a date at the start of `line` (2023年5月29日, 二〇二三年五月二十九日, 2023年元月3日,
/// 2023年5月29号).
#[must_use]
pub fn date_len(line: &str) -> Option<usize> {
    let mut chars = line.chars();
    for (unit, range) in [('年', 1900..=2100), ('月', 1..=12), ('日', 1..=31)] {
        let mut number = ['\0'; LONGEST_NUMBER];
        let mut len = 0;
        loop {
            let c = chars.next()?;
            if c == unit || c == '号' && unit == '日' {
                break;
            }
            if !is_blank(c) {
                *number.get_mut(len)? = fold(c);
                len += 1;
            }
        }
        let value = match (unit, &number[..len]) {
            ('月', ['元']) => 1,
            (_, number) => numeral::value_of(number.iter().copied())?,
        };
        if !range.contains(&value) {
            return None;
        }
    }
    Some(line.len() - chars.as_str().len())
}

/// A year, month or day is written with so many characters at most: 二〇二三, 二十九.
const LONGEST_NUMBER: usize = 6;

/// Where the line's end is a date in figures: 2021.4.6, 2021-04-06, 2021/4/6.
fn dotted_date(line: &str) -> Option<usize> {
    let part = |c: char| numeral::is_figure(c) || matches!(fold(c), '.' | '-' | '/');
    let tail = line.trim_end_matches(part).len();
    let mut numbers = line[tail..]
        .split(|c| !numeral::is_figure(c))
        .map(numeral::arabic);
    let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let fits =
        (1900..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    (fits && numbers.next().is_none()).then_some(tail)
}

/// The number of bytes of a month at the start of `line` whose day is left open, for a hand to fill in: 2023年5月　日,
/// 2023年5月×日.
fn open_day_len(line: &str) -> Option<usize> {
    let (month, rest) = line.split_once('月')?;
    let rest = rest.trim_start_matches(is_left_open).strip_prefix('日')?;
    // what the first day of the month would be
    let day = format!("{month}月1日");
    (trimmed(rest).is_empty() && date_len(&day) == Some(day.len()))
        .then_some(month.len() + '月'.len_utf8())
}

/// Whether the character holds the place of a figure that a hand is to fill in, or that is not told.
pub(in crate::outline) fn is_left_open(c: char) -> bool {
    is_blank(c) || matches!(c, '×' | '✕' | 'X' | 'x' | 'Ｘ' | '_' | '＿' | '*' | '某')
}

/// The last date of a line.
struct FinalDate<'t> {
    /// Where it stands in the line.
    at: Span,
    /// What follows it: nothing but blanks, 印发 or 公布.
    rest: &'t str,
}

/// The last date of the line.
fn final_date(line: &str) -> Option<FinalDate<'_>> {
    let Some(year) = line.rfind('年') else {
        let at = Span::new(dotted_date(line)?, line.len());
        return Some(FinalDate { at, rest: "" });
    };
    // a year has four figures, perhaps with blanks between
    let from = line[..year]
        .char_indices()
        .rev()
        .take(12)
        .last()
        .map_or(year, |(i, _)| i);
    line[from..year]
        .char_indices()
        .filter(|(_, c)| numeral::is_figure(*c) || numeral::digit(*c).is_some())
        .map(|(i, _)| from + i)
        .find_map(|i| {
            let (len, rest) = match date_len(&line[i..]) {
                Some(len) => (len, &line[i + len..]),
                None => (open_day_len(&line[i..])?, ""),
            };
            let at = Span::new(i, i + len);
            Some(FinalDate { at, rest })
        })
}

/// The shape of a line that ends with a date; most lines are told by their last character.
#[inline]
pub(super) fn dated(line: &str) -> Option<Shape> {
    match line.chars().next_back()? {
        '日' | '号' | '发' | '印' | '制' | '时' | '分' | '|' => ends_with_date(line),
        c if numeral::is_figure(c) || is_blank(c) => ends_with_date(line),
        '）' | ')' => without_seal(line).and_then(ends_with_date),
        _ => None,
    }
}

/// The line before （印章） or another seal behind a date, or before （此件公开发布）.
pub(super) fn without_seal(line: &str) -> Option<&str> {
    let inner = line.strip_suffix(['）', ')'])?;
    let (is_note, inner) = match inner.chars().next_back()? {
        '章' => (false, inner.strip_suffix('章')?),
        '开' | '布' => (true, inner),
        _ => return None,
    };
    if is_note && !(inner.ends_with("公开") || inner.ends_with("公开发布")) {
        return None;
    }
    let open = inner.rfind(['（', '('])?;
    let before = trimmed_end(&line[..open]);
    let closes = inner.len() - open <= 40 && before.ends_with('日');
    let is_seal = is_note || inner.len() - open <= 24 && before.len() == open;
    (closes && is_seal).then_some(before)
}

fn ends_with_date(line: &str) -> Option<Shape> {
    // the bar of a table that the page set the notice in
    let line = line.trim_end_matches('|');
    let date = final_date(line)?;
    let before = trimmed(&line[..date.at.start]);
    let rest = trimmed(date.rest);
    // 2031年7月6日9时30分
    let rest = match is_hour(rest) {
        true => "",
        false => rest,
    };
    match rest {
        "" if before.is_empty() => Some(Shape::Date),
        "" if before.chars().count() <= 80 && !before.contains(['，', '。', '；', '：']) => {
            Some(Shape::SignedDate)
        }
        "印发" | "印" | "印制" => Some(Shape::Printed),
        _ => None,
    }
}

/// Whether the words are a time of the day and nothing else: 9时, 9时30分.
fn is_hour(words: &str) -> bool {
    let mut rest = words;
    for unit in ["时", "分"] {
        let digits = rest.len() - rest.trim_start_matches(numeral::is_figure).len();
        match rest[digits..].strip_prefix(unit) {
            Some(next) if (1..=6).contains(&digits) => rest = trimmed(next),
            _ => break,
        }
    }
    !words.is_empty() && rest.is_empty()
}

/// Where the date of a [`Shape::Date`], [`Shape::SignedDate`] or [`Shape::Printed`] line stands; to its month where the
/// day is left open.
#[must_use]
pub fn date_span(text: &str, content: Span) -> Option<Span> {
    let line = content.of(text);
    let line = without_seal(line).unwrap_or(line);
    Some(final_date(line)?.at.shifted(content.start))
}
