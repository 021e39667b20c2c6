//! 发文字号: `鄂安办发〔2022〕28号`, in every form of bracket that officials type; and the numbers of
//! orders (`国令第708号`), announcements (`2022年第5号`) and standards (`GB/T 9704-2012`).

use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;
use crate::text::numeral::is_chinese;
use crate::text::words::{Words, words};

/// A document number with its normal form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocNumber {
    /// Where it stands.
    pub span: Span,
    /// Brackets as 〔〕, half-width digits, no blanks; a standard's number has one space after its letters.
    pub normal: String,
}

/// The document number that `text` begins with at byte `at`, blanks and an opening bracket before it allowed.
///
/// GB/T 9704-2012, 7.2.5: 发文字号 is the organ's code, the year in 〔〕 and the number in the year. A case
/// number, whose year stands first, is none.
///
/// ```
/// use gongwen::entity::doc_number::at;
///
/// assert_eq!(at("（安委办 [2022] 7号）", 0).map(|n| n.normal).as_deref(), Some("安委办〔2022〕7号"));
/// assert!(at("（2024）湛仲字第2342号", 0).is_none());
/// ```
#[must_use]
pub fn at(text: &str, at: usize) -> Option<DocNumber> {
    let mut scan = Scan::new(text, at, text.len())?;
    scan.blanks_of_line();
    let bracketed = scan.peek().is_some_and(is_open);
    if bracketed {
        scan.bump();
        scan.blanks();
    }
    let coded = number(scan);
    // （〔2031〕5号）: minutes and letters that bear no code
    let uncoded = || match bracketed && scan.peek().is_some_and(is_open) {
        true => in_brackets(scan, scan, &[]),
        false => None,
    };
    let found = coded.or_else(uncoded)?;
    // outside brackets the words of the sentence run into the organ's code: 《…》和国发〔2011〕40号
    if !bracketed && (joins_words(&found.normal) || found.span.of(text).contains('\n')) {
        return None;
    }
    Some(found)
}

/// The document number when it is all that `line` holds (blanks, brackets around it, the letterhead's 文件,
/// the label 文号 and 签发人 aside).
#[must_use]
pub fn whole_line(text: &str, line: Span) -> Option<DocNumber> {
    if line.len() > MAX_LINE {
        return None;
    }
    let inner = text.get(line.start..line.end)?;
    let mut scan = Scan::new(text, line.start + after_letterhead(inner), line.end)?;
    scan.blanks();
    let bracketed = scan.peek().is_some_and(is_open);
    if bracketed {
        scan.bump();
        scan.blanks();
    }
    let found = number(scan).or_else(|| ordinal(scan, Vec::new()));
    if found.is_none() && bracketed {
        // 〔2031〕5号 of minutes and letters that bear no code
        let whole = Scan::new(text, line.start, line.end)?;
        let bare = in_brackets(whole, whole, &[])?;
        let tail = text.get(bare.span.end..line.end)?.trim();
        return tail.is_empty().then_some(bare);
    }
    let found = found?;
    if !starts_with_han_or_digit(&found.normal) {
        return None;
    }
    let mut rest = Scan::new(text, found.span.end, line.end)?;
    rest.blanks();
    if bracketed && rest.peek().is_some_and(is_close) {
        rest.bump();
    }
    let tail = crate::text::fold::without_blanks(text.get(rest.at..line.end)?);
    (tail.is_empty() || is_signer(&tail) || is_mark(&tail) || {
        // the number of the other organ of a joint notice
        let next = number(rest);
        next.is_some_and(|next| {
            let behind = text.get(next.span.end..line.end);
            next.normal.contains('〔') && behind.is_some_and(|words| words.trim().is_empty())
        })
    })
    .then_some(found)
}

/// 特急, 内部资料注意保存: a mark behind the number.
fn is_mark(tail: &str) -> bool {
    words![
        "特急",
        "加急",
        "特提",
        "平急",
        "急件",
        "明电",
        "文件",
        "内部资料",
        "内部资料注意保存",
        "内部文件",
        "注意保存"
    ]
    .hold(tail)
}

/// No header line is longer, in bytes.
const MAX_LINE: usize = 600;
/// The organ's code has at most so many characters: 国卫办基层函, 中华人民共和国主席令.
const MAX_CODE: usize = 30;

#[derive(Clone, Copy)]
struct Scan<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str, at: usize, end: usize) -> Option<Self> {
        text.get(at..end)?;
        Some(Self { text, at, end })
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..self.end].chars().next().map(fold)
    }

    fn bump(&mut self) {
        if let Some(c) = self.text[self.at..self.end].chars().next() {
            self.at += c.len_utf8();
        }
    }

    fn blanks_of_line(&mut self) {
        while self.peek().is_some_and(|c| c != '\n' && is_blank(c)) {
            self.bump();
        }
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(is_blank) {
            self.bump();
        }
    }

    fn take(&mut self, c: char) -> bool {
        let hit = self.peek() == Some(c);
        if hit {
            self.bump();
        }
        hit
    }

    /// Digits with blanks among them, at most `max`; null when there is none or more.
    fn digits(&mut self, max: usize) -> Option<String> {
        let mut out = String::new();
        loop {
            let here = *self;
            self.blanks();
            match self.peek().filter(char::is_ascii_digit) {
                Some(c) if out.len() < max => {
                    out.push(c);
                    self.bump();
                }
                Some(_) => return None,
                None => {
                    *self = here;
                    break;
                }
            }
        }
        (!out.is_empty()).then_some(out)
    }
}

fn number(scan: Scan<'_>) -> Option<DocNumber> {
    if scan.peek()?.is_ascii_alphabetic() {
        return standard(scan);
    }
    let mut here = scan;
    let mut code = Vec::new();
    let mut spans_lines = 0;
    loop {
        let c = here.peek()?;
        if is_blank(c) {
            spans_lines += usize::from(c == '\n');
            if spans_lines > 1 {
                return None;
            }
            here.bump();
        } else if is_open(c) {
            if code.is_empty() {
                return None;
            }
            // 甲密办（局）函〔2031〕5号: one office that is two organs
            match second_organ(here) {
                Some((organ, behind)) => {
                    code.extend(organ);
                    here = behind;
                }
                None => return in_brackets(scan, here, &code),
            }
        } else if c == '第' {
            return ordinal_from(scan, here, code);
        } else if c.is_ascii_digit() {
            return of_year(scan, here, code.clone())
                .or_else(|| order(scan, here, &code))
                .or_else(|| standard_of(scan, here, &code));
        } else if is_han(c) && code.len() < MAX_CODE {
            code.push(c);
            here.bump();
        } else {
            return None;
        }
    }
}

/// The second organ that stands in brackets within a code, brackets and all, and the place behind it.
fn second_organ(mut here: Scan<'_>) -> Option<(Vec<char>, Scan<'_>)> {
    let mut organ = vec!['（'];
    here.bump();
    while let Some(c) = here.peek().filter(|c| is_han(*c)) {
        organ.push(c);
        here.bump();
    }
    let closes = here.peek().is_some_and(is_close) && (2..=4).contains(&organ.len());
    here.bump();
    organ.push('）');
    closes.then_some((organ, here))
}

/// `code〔year〕[第]n号`.
fn in_brackets(from: Scan<'_>, mut here: Scan<'_>, code: &[char]) -> Option<DocNumber> {
    here.bump();
    let year = here.digits(4)?;
    if !matches!(year.len(), 2 | 4) || (year.len() == 4 && !is_year(&year)) {
        return None;
    }
    here.blanks();
    here.take('年');
    here.blanks();
    if !here.peek().is_some_and(is_close) {
        return None;
    }
    here.bump();
    here.blanks();
    let ordinal = if here.take('第') { "第" } else { "" };
    let mut n = here.digits(6)?;
    if here.take('-') {
        n.push('-');
        n.push_str(&here.digits(3)?);
    }
    here.blanks();
    if !here.take('号') {
        return None;
    }
    let code: String = code.iter().collect();
    Some(DocNumber {
        span: Span::new(from.at, here.at),
        normal: format!("{code}〔{year}〕{ordinal}{n}号"),
    })
}

/// `[code]2022年第5号[公告]`.
fn of_year(from: Scan<'_>, mut here: Scan<'_>, mut code: Vec<char>) -> Option<DocNumber> {
    let year = here.digits(4)?;
    here.blanks();
    if !is_year(&year) || !here.take('年') {
        return None;
    }
    here.blanks();
    if here.peek() != Some('第') {
        return None;
    }
    code.extend(year.chars().chain(['年']));
    ordinal_at(from, here, code)
}

/// `建设部81号令`: an order whose number stands without 第.
fn order(from: Scan<'_>, mut here: Scan<'_>, code: &[char]) -> Option<DocNumber> {
    if code.len() < 2 {
        return None;
    }
    let n = here.digits(4)?;
    here.blanks();
    if !here.take('号') || !here.take('令') {
        return None;
    }
    let code: String = code.iter().collect();
    Some(DocNumber {
        span: Span::new(from.at, here.at),
        normal: format!("{code}{n}号令"),
    })
}

/// `建标144-2010`: a standard named by the organ that set it.
fn standard_of(from: Scan<'_>, mut here: Scan<'_>, code: &[char]) -> Option<DocNumber> {
    if code.len() > 4 || code.last() != Some(&'标') {
        return None;
    }
    let n = here.digits(4)?;
    here.blanks();
    let dash = here.peek().filter(|c| is_dash(*c)).map(fold)?;
    here.bump();
    let year = here.digits(4).filter(|year| is_year(year))?;
    let code: String = code.iter().collect();
    Some(DocNumber {
        span: Span::new(from.at, here.at),
        normal: format!("{code}{n}{dash}{year}"),
    })
}

/// `code第n号` where the code names what is numbered: 令, 公告.
fn ordinal_from(from: Scan<'_>, here: Scan<'_>, code: Vec<char>) -> Option<DocNumber> {
    let named = matches!(code.last(), Some('令' | '告'));
    let found = ordinal_at(from, here, code)?;
    (named || found.normal.ends_with(['令', '告'])).then_some(found)
}

fn ordinal(from: Scan<'_>, code: Vec<char>) -> Option<DocNumber> {
    (from.peek() == Some('第')).then_some(())?;
    ordinal_at(from, from, code)
}

fn ordinal_at(from: Scan<'_>, mut here: Scan<'_>, code: Vec<char>) -> Option<DocNumber> {
    here.bump();
    here.blanks();
    let n = match here.peek()? {
        c if c.is_ascii_digit() => here.digits(6)?,
        _ => {
            let mut n = String::new();
            while let Some(c) = here.peek().filter(|c| is_chinese(*c)) {
                n.push(c);
                here.bump();
                here.blanks();
                if n.chars().count() > 8 {
                    return None;
                }
            }
            n
        }
    };
    here.blanks();
    if n.is_empty() || !here.take('号') {
        return None;
    }
    let mut normal: String = code.iter().collect();
    normal.push('第');
    normal.push_str(&n);
    normal.push('号');
    for tail in ["令", "公告", "通告"] {
        if here.text[here.at..here.end].starts_with(tail) {
            normal.push_str(tail);
            here.at += tail.len();
            break;
        }
    }
    Some(DocNumber {
        span: Span::new(from.at, here.at),
        normal,
    })
}

/// `GB/T 9704-2012`: letters, perhaps /T or /XYZ, a number with points, a dash and a year.
fn standard(scan: Scan<'_>) -> Option<DocNumber> {
    let mut here = scan;
    let mut head = String::new();
    // DB31/T and DB3205/T carry digits among the letters
    while let Some(c) = here.peek() {
        let local = c.is_ascii_digit() && head.starts_with("DB") && !head.contains('/');
        if !(c.is_ascii_uppercase() || c == '/' || local) || head.len() >= 14 {
            break;
        }
        head.push(c);
        here.bump();
    }
    here.blanks();
    let mut n = String::new();
    while let Some(c) = here.peek().filter(|c| c.is_ascii_digit() || *c == '.') {
        n.push(c);
        here.bump();
        if n.len() > 10 {
            return None;
        }
    }
    if n.is_empty() || head.is_empty() || head.ends_with('/') {
        return None;
    }
    here.blanks();
    // RECORD.md makes brackets and blanks alike, not dashes: JT/T 1467—2023 stays
    let dash = here.peek().filter(|c| is_dash(*c)).map(fold)?;
    here.bump();
    here.take('-');
    let year = here.digits(4)?;
    let ends = here.peek().is_none_or(|c| c != '-');
    // GB 5085.1-7: the parts of one standard
    let parts = year.len() == 1 && n.contains('.');
    if !(is_year(&year) || ends && (year.len() == 2 || parts)) {
        return None;
    }
    Some(DocNumber {
        span: Span::new(scan.at, here.at),
        normal: format!("{head} {n}{dash}{year}"),
    })
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && ("1949".."2100").contains(&digits)
}

pub(crate) fn is_open(c: char) -> bool {
    matches!(fold(c), '(' | '〔')
}

pub(crate) fn is_close(c: char) -> bool {
    matches!(fold(c), ')' | '〕')
}

pub(crate) fn is_dash(c: char) -> bool {
    matches!(
        fold(c),
        '-' | '—' | '–' | '―' | '‐' | '‑' | '−' | '﹣' | '─'
    )
}

/// Whether words of the sentence stand before the number outside brackets.
fn joins_words(normal: &str) -> bool {
    let code: &str = normal
        .split(|c: char| c == '〔' || c.is_ascii_digit())
        .next()
        .unwrap_or_default();
    const FIRST: [char; 7] = ['和', '及', '与', '或', '以', '等', '的'];
    static WORDS: Words = Words::new(&[
        "要求", "精神", "规定", "文件", "通知", "根据", "按照", "依据", "贯彻", "落实", "执行",
        "部署",
    ]);
    code.starts_with(FIRST) || code.contains('的') || WORDS.is_in(code)
}

/// Bytes of the line before the number: a letterhead that ends in 文件, or a label 文号：.
fn after_letterhead(line: &str) -> usize {
    let mut from = 0;
    // 特急·明电　甲教明电〔2031〕8号
    if words!["特急", "加急", "特提", "平急", "等级："].begin(line) {
        from = line.find(is_blank).unwrap_or(0);
    }
    // 甲林发〔2031〕8号文件: behind the number it is no letterhead's
    if let Some(i) = line.find("文件")
        && i + "文件".len() < line.len()
    {
        from = i + "文件".len();
    }
    for (i, c) in line[from..].char_indices() {
        if c == '：' || c == ':' {
            let label = crate::text::fold::without_blanks(&line[from..from + i]);
            if matches!(
                label.as_str(),
                "发文字号" | "文号" | "字号" | "发文号" | "文件编号" | "公文字号" | "编号"
            ) {
                from += i + c.len_utf8();
            }
            break;
        }
    }
    from
}

fn is_signer(tail: &str) -> bool {
    ["签发人", "签发"]
        .iter()
        .find_map(|label| tail.strip_prefix(label))
        .and_then(|rest| rest.strip_prefix(['：', ':']))
        .is_some_and(|names| {
            names.chars().count() <= 24
                && names
                    .chars()
                    .all(|c| is_han(c) || matches!(c, '、' | '，' | '·'))
        })
}

fn starts_with_han_or_digit(normal: &str) -> bool {
    normal
        .chars()
        .next()
        .is_some_and(|c| is_han(c) || c.is_ascii_digit())
}

#[cfg(test)]
mod tests;
