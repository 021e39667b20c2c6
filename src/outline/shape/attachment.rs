//! Lines that begin with 附件 and its like: the head of the list of attachments, or of a body.

use super::Shape;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::numeral;
use crate::text::numeral::is_figure;

/// The shape of a line that begins with 附件, 附表, 附图 or 附, with its number; null for prose.
pub(super) fn attachment(line: &str) -> Option<Shape> {
    let skip = |at: &mut usize| {
        *at += line[*at..]
            .find(|c| !is_blank(c))
            .unwrap_or(line.len() - *at);
    };
    let mut at = line.strip_prefix('附').map(|_| '附'.len_utf8())?;
    skip(&mut at);
    let second = line[at..].chars().next()?;
    match second {
        '件' | '表' | '录' | '图' => at += second.len_utf8(),
        ':' | '：' => {}
        // 附1 alone, or with a colon
        c if is_figure(c) && is_bare_number(&line[at..]) => {}
        _ => return None,
    }
    skip(&mut at);
    // 附件（请下载）：
    if line[at..].starts_with(['（', '('])
        && let Some((close, c)) = line[at..]
            .char_indices()
            .take(16)
            .find(|(_, c)| fold(*c) == ')')
        && line[at + close + c.len_utf8()..].starts_with(['：', ':'])
    {
        at += close + c.len_utf8();
    }
    // 附：值班电话　0571-5550188, 附图：二维码; but 附件：1.报名表 2.工作群二维码
    let is_telephone = || line.ends_with(is_figure) && line.contains("电话");
    let is_code = || line.ends_with("二维码") && !line[at..].contains(is_figure);
    if is_telephone() || is_code() {
        return None;
    }
    let is_number = |c: char| is_figure(c) || numeral::is_chinese(c);
    let bracketed = bracketed_figure(&line[at..], is_number);
    if bracketed.is_some() {
        at += line[at..].chars().next().map_or(0, char::len_utf8);
    }
    let digits = line[at..]
        .find(|c| !is_number(c))
        .unwrap_or(line.len() - at);
    let digits = before_year(&line[at..], digits);
    let number = numeral::value(&line[at..at + digits])
        .and_then(|n| u8::try_from(n).ok())
        .filter(|n| (1..=99).contains(n));
    if number.is_some() {
        at += digits + bracketed.unwrap_or(0);
        at += sub_number(&line[at..]);
        skip(&mut at);
    }
    let next = line[at..].chars().next();
    let colon = next.is_some_and(|c| fold(c) == ':');
    if colon {
        at += next.map_or(0, char::len_utf8);
        skip(&mut at);
    } else if let (Some(_), Some('.' | '．' | '、')) = (number, next) {
        at += next.map_or(0, char::len_utf8);
        skip(&mut at);
    } else if let (None, Some('.' | '．'), '件') = (number, next, second) {
        // 附件.巡山记录表.pdf
        at += next.map_or(0, char::len_utf8);
        skip(&mut at);
    } else if number.is_none() && next.is_some() {
        // 附件材料齐全 is prose
        return None;
    } else if next.is_some_and(|c| "和与及至的中所）)，。份".contains(c)) {
        // 附件2和附件3见网站, 附件2份
        return None;
    }
    Some(Shape::Attachment {
        number,
        rest: u32::try_from(at).ok()?,
        colon,
    })
}

/// The bytes of the bracket that closes the number at the beginning: 附件（一）.
fn bracketed_figure(words: &str, is_number: impl Fn(char) -> bool) -> Option<usize> {
    let inner = words.strip_prefix(['（', '('])?;
    let rest = inner.trim_start_matches(is_number);
    let close = rest.chars().next().filter(|c| fold(*c) == ')')?;
    let behind = &rest[close.len_utf8()..];
    let ends = behind.is_empty() || behind.starts_with(|c: char| is_blank(c) || fold(c) == ':');
    (rest.len() < inner.len() && ends).then_some(close.len_utf8())
}

/// The bytes of the second number that stands behind a dash: 附件1-2：. A range, 附件1-3见网站, has none.
fn sub_number(words: &str) -> usize {
    let Some(behind) = words.strip_prefix(['-', '－', '—', '–']) else {
        return 0;
    };
    let rest = behind.trim_start_matches(is_figure);
    let ends = rest.is_empty() || rest.starts_with(|c: char| is_blank(c) || fold(c) == ':');
    match rest.len() < behind.len() && ends {
        true => words.len() - rest.len(),
        false => 0,
    }
}

/// Whether nothing but figures and perhaps a colon stands here.
fn is_bare_number(words: &str) -> bool {
    let rest = words.trim_start_matches(is_figure);
    rest.is_empty() || rest.starts_with([':', '：'])
}

/// How many of the figures are of the number, where a year stands right behind it: 附件12031年巡山计划.
fn before_year(words: &str, digits: usize) -> usize {
    let year = digits.checked_sub(4).filter(|at| *at > 0 && *at <= 2);
    let is_year = |at: usize| {
        let year = words.get(at..digits).unwrap_or_default();
        (year.starts_with("19") || year.starts_with("20")) && words[digits..].starts_with('年')
    };
    year.filter(|at| is_year(*at)).unwrap_or(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(Option<u8>, &str)> {
        match attachment(line)? {
            Shape::Attachment { number, rest, .. } => Some((number, &line[rest as usize..])),
            _ => None,
        }
    }

    #[test]
    fn numbers_of_every_form() {
        for (line, want) in [
            ("附件", (None, "")),
            ("附件（二）", (Some(2), "")),
            ("附件(2) 巡山记录表", (Some(2), "巡山记录表")),
            ("附件1-2：巡山记录表", (Some(1), "巡山记录表")),
            ("附件1－2", (Some(1), "")),
            ("附图：林场位置图", (None, "林场位置图")),
            ("附表2", (Some(2), "")),
            ("附：值班电话表", (None, "值班电话表")),
            ("附件12031年巡山计划", (Some(1), "2031年巡山计划")),
        ] {
            assert_eq!(read(line), Some(want), "{line}");
        }
    }

    #[test]
    fn a_code_among_others_is_listed() {
        assert!(read("附件：1.报名表 2.工作群二维码").is_some());
        assert!(read("附件2 电子证照二维码使用说明").is_some());
    }

    #[test]
    fn prose_is_no_attachment() {
        for line in [
            "附件2份",
            "附件材料要齐全",
            "附件（略）请到县局领取",
            "附图纸三张",
            "附图：投诉二维码",
            "附：工作群二维码",
            "附：县防火办值班电话　5550188",
            "附件2和附件3见网站",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
