//! Markers: the numbers that open sections and items, as types.
//!
//! GB/T 9704-2012, 7.3.3: 一、 then （一） then 1. then （1）. Around them stand 第一章, 第一条, ①, 一是, 其一.

use crate::span::Span;
use crate::text::fold;
use crate::text::fold::after;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::numeral;

/// A family of markers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// 第一编, 第一篇, 第一部分
    Division,
    /// 第一章
    Chapter,
    /// 第一节
    Section,
    /// 第一条
    Article,
    /// 1 before 1.1
    Decimal,
    /// 1.1
    DecimalTwo,
    /// 1.1.1
    DecimalThree,
    /// 1.1.1.1
    DecimalFour,
    /// 一、
    HanDot,
    /// （一）
    HanParen,
    /// 1. or 1、
    ArabicDot,
    /// （1）
    ArabicParen,
    /// 1)
    ArabicHalf,
    /// ①
    Circled,
    /// Ⅰ.
    Roman,
    /// A.
    Letter,
    /// 第一，
    HanFirst,
    /// 其一，
    HanAmong,
    /// 一是
    HanIs,
}

/// Every style, in the order of its rank.
pub const STYLES: [Style; 19] = [
    Style::Division,
    Style::Chapter,
    Style::Section,
    Style::Article,
    Style::Decimal,
    Style::DecimalTwo,
    Style::DecimalThree,
    Style::DecimalFour,
    Style::HanDot,
    Style::HanParen,
    Style::ArabicDot,
    Style::ArabicParen,
    Style::ArabicHalf,
    Style::Circled,
    Style::Roman,
    Style::Letter,
    Style::HanFirst,
    Style::HanAmong,
    Style::HanIs,
];

impl Style {
    /// The conventional rank, 0 the highest.
    #[must_use]
    pub fn rank(self) -> usize {
        self as usize
    }

    /// The name that records carry.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Style::Division => "division",
            Style::Chapter => "chapter",
            Style::Section => "section",
            Style::Article => "article",
            Style::Decimal => "decimal",
            Style::DecimalTwo => "decimal-2",
            Style::DecimalThree => "decimal-3",
            Style::DecimalFour => "decimal-4",
            Style::HanDot => "hanzi-dot",
            Style::HanParen => "hanzi-paren",
            Style::ArabicDot => "arabic-dot",
            Style::ArabicParen => "arabic-paren",
            Style::ArabicHalf => "arabic-half-paren",
            Style::Circled => "circled",
            Style::Roman => "roman",
            Style::Letter => "letter",
            Style::HanFirst => "hanzi-first",
            Style::HanAmong => "hanzi-among",
            Style::HanIs => "hanzi-is",
        }
    }

    /// Whether an official who meant one of the two easily types the other.
    #[must_use]
    pub fn is_near(self, other: Style) -> bool {
        let shape = |s: Style| match s {
            Style::HanDot | Style::ArabicDot | Style::Roman | Style::Letter => 1,
            Style::HanParen | Style::ArabicParen | Style::ArabicHalf => 2,
            Style::HanFirst | Style::HanAmong | Style::HanIs => 3,
            other => 10 + other as usize,
        };
        shape(self) == shape(other)
    }
}

/// The punctuation that a marker was typed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Full-width brackets.
    Full,
    /// Half-width brackets.
    Half,
    /// One of each.
    Mismatched,
    /// No brackets.
    Bare,
}

/// A marker at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker {
    /// From its first character to its last, the dot or bracket included.
    pub span: Span,
    /// Its family.
    pub style: Style,
    /// What it counts, from 1.
    pub ordinal: u32,
    /// Its brackets.
    pub form: Form,
    /// Whether the same characters are more often something else (6.5万元, 一、二级公路): such a
    /// reading holds only where the count of its neighbours asks for it.
    pub weak: bool,
}

/// The largest ordinal that is read as a marker.
const LARGEST: u32 = 999;

/// The marker that the line's content begins with.
#[must_use]
pub fn read(text: &str, content: Span) -> Option<Marker> {
    let line = content.of(text);
    let first = line.chars().next()?;
    let marker = match first {
        '第' => ordinal_word(line),
        '其' => among(line),
        '0'..='9' | '０'..='９' => arabic(line),
        '（' | '(' | '﹙' => bracketed(line),
        c if numeral::is_chinese(c) => hanzi(line),
        // most lines begin with another ideograph
        '\u{4e00}'..='\u{9fff}' => None,
        _ => sign(line, first),
    }?;
    Some(Marker {
        span: Span::new(content.start, content.start + marker.span.end),
        ..marker
    })
}

fn local(len: usize, style: Style, ordinal: u32) -> Marker {
    Marker {
        span: Span::new(0, len),
        style,
        ordinal,
        form: Form::Bare,
        weak: false,
    }
}

/// The marker that is one character (①, ㈠, ⑴, ⒈), or a letter or a Roman number with a stop.
fn sign(line: &str, first: char) -> Option<Marker> {
    let alone = |style, n| Some(local(first.len_utf8(), style, n));
    if let Some(n) = numeral::circled(first) {
        return alone(Style::Circled, n);
    }
    if let Some((n, han)) = numeral::bracketed(first) {
        let style = if han {
            Style::HanParen
        } else {
            Style::ArabicParen
        };
        return alone(style, n);
    }
    if let Some(n) = numeral::stopped(first) {
        return alone(Style::ArabicDot, n);
    }
    match fold(first) {
        'A'..='Z' | 'a'..='z' => letter(line),
        c if numeral::roman(c).is_some() => roman(line),
        _ => None,
    }
}

/// The run of characters from the start that satisfy `is`: its length in bytes.
fn run(line: &str, is: impl Fn(char) -> bool) -> usize {
    line.len() - after(line, is).len()
}

/// The figures at the start of a line.
struct Figures {
    /// As they are written, the first `count` of these.
    written: [char; LONGEST_NUMERAL],
    count: usize,
}

/// A numeral of more characters counts nothing that a marker may: 九千九百九十九 has seven.
const LONGEST_NUMERAL: usize = 8;

impl Figures {
    /// The figures that `are`, with what stands behind them; null where there are none or too many.
    #[inline]
    fn read(line: &str, are: impl Fn(char) -> bool) -> Option<(Self, &str)> {
        let mut figures = Self {
            written: ['\0'; LONGEST_NUMERAL],
            count: 0,
        };
        let mut chars = line.chars();
        loop {
            let rest = chars.as_str();
            match chars.next() {
                Some(c) if are(c) => {
                    *figures.written.get_mut(figures.count)? = c;
                    figures.count += 1;
                }
                _ => return (figures.count > 0).then_some((figures, rest)),
            }
        }
    }

    fn chars(&self) -> impl Iterator<Item = char> + Clone {
        self.written[..self.count].iter().copied()
    }

    /// What they count, where a marker may count so far.
    fn value(&self) -> Option<u32> {
        numeral::value_of(self.chars()).filter(|n| (1..=LARGEST).contains(n))
    }

    /// Whether they are those of a telephone number: 0 before two more. 01 and ０１ are ordinals.
    fn is_zero_led(&self) -> bool {
        self.count > 2 && fold(self.written[0]) == '0'
    }
}

/// The length of the blanks at the start; a mistyped blank within a marker is common (1 .).
fn blanks(line: &str) -> usize {
    line.len() - without_gap(line).len()
}

fn without_gap(line: &str) -> &str {
    after(line, |c| is_blank(c) && c != '\n')
}

fn ordinal_word(line: &str) -> Option<Marker> {
    let start = '第'.len_utf8();
    let rest = &line[start..];
    let gap = blanks(rest);
    let digits = run(&rest[gap..], |c| {
        numeral::is_chinese(c) || numeral::is_figure(c)
    });
    let n = numeral::value(&rest[gap..gap + digits])?;
    let after = &rest[gap + digits..];
    let at = start + gap + digits;
    let after_gap = blanks(after);
    let after = &after[after_gap..];
    let word = |w: &str, style| {
        after
            .starts_with(w)
            .then(|| local(at + after_gap + w.len(), style, n))
    };
    if n > LARGEST {
        return None;
    }
    let unit = word("章", Style::Chapter)
        .or_else(|| word("节", Style::Section))
        .or_else(|| word("条", Style::Article))
        .or_else(|| word("编", Style::Division))
        .or_else(|| word("篇", Style::Division).filter(|m| stands_apart(&line[m.span.end..])))
        .or_else(|| word("部分", Style::Division));
    if let Some(marker) = unit {
        // “第一条措施”, “第二部分内容” run on as prose; a marker is followed by a gap, a title in brackets or the
        // text, which never begins with these words.
        let next = &line[marker.span.end..];
        let prose = [
            "、", "和", "至", "到", "及", "规定", "所", "的", "之", "款", "或", "第", "，", ",",
        ];
        let prose = prose.iter().any(|p| next.starts_with(p));
        return (!prose).then_some(marker);
    }
    let stop = after.chars().next()?;
    matches!(stop, '，' | ',' | '、' | '：' | ':' | '。')
        .then(|| local(at + after_gap + stop.len_utf8(), Style::HanFirst, n))
}

/// Whether nothing follows a marker, or a blank and what it heads: 第一篇　总则; 第一篇报道 is told of.
fn stands_apart(rest: &str) -> bool {
    rest.chars().next().is_none_or(is_blank)
}

fn among(line: &str) -> Option<Marker> {
    let start = '其'.len_utf8();
    let digits = run(&line[start..], numeral::is_chinese);
    let n = numeral::counting(&line[start..start + digits])?;
    let stop = line[start + digits..].chars().next()?;
    matches!(stop, '，' | ',' | '、' | '：' | ':' | '是')
        .then(|| local(start + digits + stop.len_utf8(), Style::HanAmong, n))
}

fn bracketed(line: &str) -> Option<Marker> {
    let mut chars = line.chars();
    let open = chars.next()?;
    // most are （一） to （九） and （1） to （9）
    let counted = chars.next()?;
    let (style, n) = match counted {
        '0'..='9' => (Style::ArabicParen, counted.to_digit(10)),
        _ => (Style::HanParen, numeral::digit(counted)),
    };
    if let (Some(n @ 1..), Some('）'), '（') = (n, chars.next(), open) {
        let len = line.len() - chars.as_str().len();
        return Some(Marker {
            form: Form::Full,
            ..local(len, style, n)
        });
    }
    let inner = without_gap(&line[open.len_utf8()..]);
    let (figures, rest) =
        Figures::read(inner, |c| numeral::is_figure(c) || numeral::is_chinese(c))?;
    let rest = without_gap(rest);
    let close = rest.chars().next()?;
    if fold(close) != ')' {
        return None;
    }
    let at = line.len() - rest.len();
    let n = figures.value()?;
    // （020） is an area code
    if figures.is_zero_led() {
        return None;
    }
    let arabic = numeral::is_figure(figures.written[0]);
    let style = if arabic {
        Style::ArabicParen
    } else {
        Style::HanParen
    };
    let form = match (open == '(', close == ')') {
        (true, true) => Form::Half,
        (false, false) => Form::Full,
        _ => Form::Mismatched,
    };
    Some(Marker {
        form,
        ..local(at + close.len_utf8(), style, n)
    })
}

fn hanzi(line: &str) -> Option<Marker> {
    let mut chars = line.chars();
    // most are 一、 to 九、
    if let (Some(n @ 1..), Some('、')) = (numeral::digit(chars.next()?), chars.next()) {
        let rest = chars.as_str();
        return Some(Marker {
            weak: rest.starts_with(numeral::is_chinese) && !is_far_month(rest, n),
            ..local(line.len() - rest.len(), Style::HanDot, n)
        });
    }
    let (_, after) = Figures::read(line, numeral::is_chinese)?;
    let digits = line.len() - after.len();
    let n = numeral::counting(&line[..digits]).filter(|n| *n <= LARGEST)?;
    if let Some(rest) = after.strip_prefix('是') {
        let all = n == 1 && is_whole_count(rest);
        return (!all).then(|| local(digits + '是'.len_utf8(), Style::HanIs, n));
    }
    let gap = blanks(after);
    let stop = after[gap..].chars().next()?;
    if !matches!(fold(stop), '、' | '.') {
        return parted(&after[gap..], gap).then(|| Marker {
            weak: true,
            ..local(digits, Style::HanDot, n)
        });
    }
    let len = digits + gap + stop.len_utf8();
    let next = line[len..].chars().next();
    Some(Marker {
        // 一、二级公路; 二、三产业
        weak: next.is_some_and(numeral::is_chinese) && !is_far_month(&line[len..], n),
        ..local(len, Style::HanDot, n)
    })
}

/// 一、九月份: a month that does not follow upon the number, as it does in 一、二月.
fn is_far_month(rest: &str, n: u32) -> bool {
    let digits = run(rest, numeral::is_chinese);
    let month = numeral::counting(&rest[..digits]);
    rest[digits..].starts_with('月') && month.is_some_and(|m| m <= 12 && m != n + 1)
}

/// 一是加强领导，二是抓好宣传。: whether the count goes on within the sentence, and the line is over with it.
fn is_whole_count(rest: &str) -> bool {
    let sentence = rest.trim_end_matches(|c| is_blank(c) || matches!(c, '。' | '；' | ';'));
    !sentence.contains(['。', '；', ';']) && sentence.contains("，二是")
}

/// 一　指导思想: whether a blank alone parts a numeral from a short heading.
fn parted(heading: &str, gap: usize) -> bool {
    const LONGEST: usize = 16;
    let heading = heading.trim_end_matches(|c| is_blank(c) || matches!(c, '：' | ':'));
    let mut chars = heading.chars();
    let first = chars
        .next()
        .is_some_and(|c| fold::is_han(c) && !numeral::is_chinese(c));
    gap > 0
        && first
        && fold::count_within(heading, LONGEST).is_some_and(|n| n > 2)
        && chars.all(|c| fold::is_han(c) || matches!(c, '、' | '“' | '”'))
}

fn arabic(line: &str) -> Option<Marker> {
    if let Some(marker) = plain(line.as_bytes()) {
        return Some(marker);
    }
    let is_digit = numeral::is_figure;
    let (figures, after) = Figures::read(line, is_digit)?;
    let digits = line.len() - after.len();
    let n = figures.value()?;
    // the end of a telephone number (…0733) is no ordinal; 01. is
    if figures.is_zero_led() {
        return None;
    }
    let gap = blanks(after);
    let stop = after[gap..].chars().next()?;
    let len = digits + gap + stop.len_utf8();
    let rest = &line[len..];
    match fold(stop) {
        ')' => Some(Marker {
            form: if stop == ')' { Form::Half } else { Form::Full },
            weak: n > 99,
            ..local(len, Style::ArabicHalf, n)
        }),
        '、' => Some(Marker {
            weak: rest.chars().next().is_some_and(is_digit),
            ..local(len, Style::ArabicDot, n)
        }),
        '.' if gap > 0 || !rest.chars().next().is_some_and(is_digit) => {
            Some(local(len, Style::ArabicDot, n))
        }
        // 1.6:10起床 is item 1
        '.' if is_clock(after_digits(rest)) => Some(Marker {
            weak: true,
            ..local(len, Style::ArabicDot, n)
        }),
        '.' => dotted_number(line, len, n),
        // 11。加强巡山: holds only where it counts on
        '。' if gap == 0 && rest.starts_with(fold::is_han) => Some(Marker {
            weak: true,
            ..local(len, Style::ArabicDot, n)
        }),
        _ => None,
    }
}

/// Most that begin with a figure are 1. to 999. before an ideograph, in half width.
fn plain(line: &[u8]) -> Option<Marker> {
    let mut n = 0;
    for (at, byte) in line.iter().enumerate().take(4) {
        match byte {
            b'0'..=b'9' if at < 3 => n = n * 10 + u32::from(byte - b'0'),
            b'.' if line[0] != b'0' && matches!(line.get(at + 1), Some(0xe4..=0xe9)) => {
                return Some(local(at + 1, Style::ArabicDot, n));
            }
            _ => return None,
        }
    }
    None
}

/// 1.2024年8月底前 is item 1; 6.5万元, 3.15, 2023.6.1 and 11.5.14.2 are numbers.
fn dotted_number(line: &str, len: usize, n: u32) -> Option<Marker> {
    let rest = &line[len..];
    let digits = run(rest, numeral::is_figure);
    let next = rest[digits..].chars().next()?;
    let year = numeral::arabic(&rest[..digits]).is_some_and(|y| (1949..=2100).contains(&y));
    let apart = without_gap(&rest[digits..]);
    if year && (apart.starts_with('年') || to_year(apart)) {
        return Some(local(len, Style::ArabicDot, n));
    }
    // a decimal is followed by what it measures, a second dot or a stop; an item goes on with its words
    const MEASURES: &str = "万亿千百十元角米公分厘毫里倍吨个%％‰度级版平立方升亩克斤瓦伏兆";
    // 9.6·16咨询日 is item 9, and 2.10—11月 item 2
    let goes_on = || {
        let figures = &rest[digits..];
        next == '·' || to_month(figures) || apart.starts_with('月')
    };
    if (!next.is_alphanumeric() || MEASURES.contains(next)) && !goes_on() {
        return None;
    }
    Some(Marker {
        weak: true,
        ..local(len, Style::ArabicDot, n)
    })
}

/// —11月, 至11月: the second of two months.
fn to_month(rest: &str) -> bool {
    second(rest).is_some_and(|(_, unit)| unit.starts_with('月'))
}

/// —2033年, 至 2033 年: the second of two years.
fn to_year(rest: &str) -> bool {
    second(rest).is_some_and(|(digits, unit)| digits == 4 && unit.starts_with('年'))
}

/// The second of two figures: how many digits it has, and what is counted.
fn second(rest: &str) -> Option<(usize, &str)> {
    let second = rest.trim_start_matches(['—', '－', '-', '–', '~', '～', '至']);
    let figures = without_gap(second);
    let unit = after(figures, numeral::is_figure);
    let digits = figures[..figures.len() - unit.len()].chars().count();
    (second.len() < rest.len() && digits > 0).then(|| (digits, without_gap(unit)))
}

fn after_digits(rest: &str) -> &str {
    after(rest, numeral::is_figure)
}

/// :10, ：30: the minutes of a clock, with no figure behind them.
fn is_clock(rest: &str) -> bool {
    let minutes = rest.strip_prefix([':', '：']);
    minutes.is_some_and(|m| run(m, numeral::is_figure) == 2 && run(m, |c| c.is_ascii_digit()) == 2)
}

fn letter(line: &str) -> Option<Marker> {
    let mut chars = line.chars();
    let c = fold(chars.next()?);
    let len = line.chars().next()?.len_utf8();
    let stop = chars.next()?;
    let after = chars.next();
    if !matches!(fold(stop), '.' | ')' | '、') || after.is_some_and(|a| a.is_ascii_alphanumeric())
    {
        return None;
    }
    Some(Marker {
        weak: true,
        ..local(
            len + stop.len_utf8(),
            Style::Letter,
            c.to_ascii_uppercase() as u32 - 'A' as u32 + 1,
        )
    })
}

fn roman(line: &str) -> Option<Marker> {
    let c = line.chars().next()?;
    let stop = line[c.len_utf8()..].chars().next()?;
    matches!(fold(stop), '.' | '、' | ')').then(|| {
        local(
            c.len_utf8() + stop.len_utf8(),
            Style::Roman,
            numeral::roman(c).unwrap_or(1),
        )
    })
}

#[cfg(test)]
mod tests;
