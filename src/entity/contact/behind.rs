//! Who stands with a number behind an office or a duty and a colon, without any label: 会务组：李雷　13900000188,
//! 县水利局：李雷（0571-5550188）。

use super::ContactBlock;
use super::bracket::han_before;
use super::label::ends_as_office;
use super::name;
use super::number::as_written;
use super::phone;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;
use crate::text::fold::joined;
use crate::text::words::words;

/// Names and the office before them stand no further from the number than so many characters.
const REACH: usize = 40;

/// The contact whose first number has its last digits at `at`; null where no office and no name stand before it.
pub(super) fn block(text: &str, at: usize) -> Option<ContactBlock> {
    let from = with_area(text, at);
    let line = text[..from].trim_end_matches(|c: char| c != '\n' && is_blank(c));
    let head = line.strip_suffix(['（', '(']);
    let bracket = head.is_some();
    let head = head.unwrap_or(line);
    // the last character of a name, before anything dearer
    head.chars().next_back().filter(|c| is_han(*c))?;
    let (start, names, office) = people(head)?;
    let office = is_of_people(&office).then_some(office)?;
    let mut end = from;
    let mut phones = Vec::new();
    while let Some(read) = number(text, end, !phones.is_empty() || ends_as_office(&office)) {
        phones.push(as_written(&text[end..read.end]));
        let signs = text[read.end..]
            .chars()
            .take(3)
            .take_while(|c| matches!(c, '、' | '，' | ',' | '/' | ' ' | '\u{3000}'));
        let next = read.end + signs.map(char::len_utf8).sum::<usize>();
        let more = next > read.end && number(text, next, true).is_some();
        end = if more { next } else { read.end };
        if !more {
            break;
        }
    }
    let after = text[end..].chars().next().map_or('\n', fold);
    let closes = match bracket {
        true => matches!(after, ')' | ',' | '、'),
        false => is_blank(after) || matches!(after, '\n' | ';' | ',' | '。' | '、' | ')' | '('),
    };
    (closes && !phones.is_empty()).then(|| ContactBlock {
        span: Span::new(start, end),
        names,
        organization: ends_as_office(&office).then_some(office),
        phones,
        ..ContactBlock::default()
    })
}

/// Where the number begins whose last digits begin at `at`: its area code stands before a dash.
fn with_area(text: &str, at: usize) -> usize {
    let Some(head) = text[..at].strip_suffix(['-', '－', '—', '–']) else {
        return at;
    };
    let area = head.len() - head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let from = head.len() - area;
    match (3..=4).contains(&area) && head[from..].starts_with('0') {
        true => from,
        false => at,
    }
}

/// The names that `head` ends with, the office and the colon before them, and where the office begins.
pub(super) fn people(head: &str) -> Option<(usize, Vec<String>, String)> {
    let colon = head
        .char_indices()
        .rev()
        .take(REACH)
        .take_while(|(_, c)| is_han(*c) || matches!(c, '、' | ' ' | '\u{3000}' | '：' | ':'))
        .find(|(_, c)| matches!(c, '：' | ':'))
        .map(|(at, _)| at)?;
    let names = head[colon..].trim_start_matches(['：', ':']);
    let names: Vec<String> = names.split('、').map(joined).collect();
    if !names.iter().all(|name| name::is_plain_name(name)) {
        return None;
    }
    let office = han_before(&head[..colon]);
    let start = colon - office.len();
    begins(&head[..start]).then(|| (start, names, office.to_owned()))
}

/// Whether a line, a clause or an item begins behind `head`.
fn begins(head: &str) -> bool {
    let Some(last) = head.chars().next_back().map(fold) else {
        return true;
    };
    let counted = || {
        let figures = head.trim_end_matches(['.', '．', '、']);
        figures.ends_with(|c: char| fold(c).is_ascii_digit() || "一二三四五六七八九十".contains(c))
    };
    match last {
        '\n' | ';' | ',' | '。' | ')' => true,
        '.' | '、' => counted(),
        c => is_blank(c),
    }
}

/// Whether the words before the colon are an office or a duty for which somebody answers.
fn is_of_people(words: &str) -> bool {
    let duty = || {
        words![
            "会务",
            "报名",
            "报到",
            "接站",
            "接待",
            "住宿",
            "食宿",
            "后勤",
            "咨询",
            "业务",
            "事宜",
            "问题",
            "材料",
            "统筹",
            "联系",
            "对接",
            "负责人"
        ]
        .end(words)
    };
    (2..=20).contains(&words.chars().count()) && (ends_as_office(words) || duty())
}

/// The number at `at`; one without area code where `local`. A year before four figures is a student's number: 20190101.
fn number(text: &str, at: usize, local: bool) -> Option<phone::Read> {
    phone::full(text, at).or_else(|| {
        let read = phone::local(text, at).filter(|_| local)?;
        let figures = read.end - at;
        (figures != 8 || !text[at..].starts_with("20")).then_some(read)
    })
}

#[cfg(test)]
mod tests {
    use crate::entity::contact::find;

    fn told(text: &str) -> Vec<String> {
        let blocks = find(text).blocks.into_iter();
        blocks
            .map(|b| {
                let office = b.organization.unwrap_or_default();
                format!("{office}: {} {}", b.names.join(" "), b.phones.join(" "))
            })
            .collect()
    }

    #[test]
    fn an_office_and_a_colon_before_the_people() {
        for (text, want) in [
            (
                "附件要求如下。\n会务组：李雷 13900000188\n材料组：韩　梅　13900000189\n",
                &["会务组: 李雷 13900000188", "材料组: 韩梅 13900000189"][..],
            ),
            ("县水利局：李雷  5550188", &["县水利局: 李雷 5550188"]),
            (
                "1.县水利局：李雷（0571-5550188）；2.县林业局：韩梅、林涛（5550189、13900000189）",
                &[
                    "县水利局: 李雷 0571-5550188",
                    "县林业局: 韩梅 林涛 5550189 13900000189",
                ],
            ),
            (
                "会务：李雷 13900000188；住宿负责人：韩梅 13900000189。",
                &[": 李雷 13900000188", ": 韩梅 13900000189"],
            ),
        ] {
            assert_eq!(told(text), want, "{text}");
        }
    }

    #[test]
    fn other_words_and_figures_behind_a_colon() {
        for text in [
            "数学学院：李雷 20190101",
            "一等奖：李雷 13900000188",
            "县水利局：李雷 5550188元",
            "县水利局：李雷 330501199001010012",
            "中标单位：高家坪 5550188",
            "第一批：李雷，第二批：韩梅",
        ] {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }
}
