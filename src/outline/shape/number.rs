//! Lines that hold a document number: 甲政发〔2031〕3号.

use super::LONGEST;
use super::is_figure;
use crate::span::Span;
use crate::text::fold::fits;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::fold::trimmed_start;

/// How many bytes the document number holds that the line begins with: 甲政发〔2031〕3号.
pub(in super::super) fn leading_number(line: &str) -> Option<usize> {
    let at = line.find('号').filter(|at| *at <= LONGEST)?;
    let end = at + '号'.len_utf8();
    is_doc_number(&line[..end], at).then_some(end)
}

/// The document number that a line in brackets holds and nothing else: （甲政发〔2031〕3号）.
pub(in super::super) fn bracketed_number(text: &str, line: Span) -> Option<Span> {
    let words = line.of(text);
    let open = words.chars().next().filter(|c| fold(*c) == '(')?;
    let close = words.chars().next_back().filter(|c| fold(*c) == ')')?;
    let inner = Span::new(
        line.start + open.len_utf8(),
        line.end.checked_sub(close.len_utf8())?,
    );
    let inner = (inner.start < inner.end).then(|| inner.trimmed(text))?;
    (leading_number(inner.of(text)) == Some(inner.len())).then_some(inner)
}

/// A year in any brackets, then 第? digits 号; before it a code of at most 20 characters; behind it nothing but 签发人.
pub(super) fn is_doc_number(line: &str, at: usize) -> bool {
    let behind = trimmed_start(&line[at + '号'.len_utf8()..]);
    if !behind.is_empty() && !may_follow_number(behind) {
        return false;
    }
    let mut before = line[..at].chars().rev();
    if !before.find(|c| !is_blank(*c)).is_some_and(is_figure) {
        return false;
    }
    let mut folded = String::with_capacity(line.len());
    folded.extend(line.chars().filter(|c| !is_blank(*c)).map(fold));
    let Some((number, rest)) = folded.split_once('号') else {
        return false;
    };
    if behind.starts_with('签') && !rest.starts_with("签发") {
        return false;
    }
    let Some(digits) = number.find(|c: char| c.is_ascii_digit()) else {
        return false;
    };
    let (before, tail) = number.split_at(digits);
    let code = before.trim_end_matches(['(', '〔', '第', '<', '〈']);
    // 关于护林的通知 甲政发〔2031〕3号 is a title with its number behind
    let told = |(at, c): (usize, char)| match c {
        '，' | '。' | '、' | '：' | '；' | '《' | '》' | '“' | '”' => true,
        '关' => code[at..].starts_with("关于"),
        _ => false,
    };
    if !fits(code, 20) || code.char_indices().any(told) {
        return false;
    }
    let after = tail.trim_start_matches(|c: char| c.is_ascii_digit());
    let year = tail.len() - after.len();
    let serial = after.trim_start_matches([')', '〕', '>', '〉', '年', '第']);
    // 57-1号
    let mut parts = serial.splitn(2, '-');
    let serial_ok = parts.all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    (year == 4 && after != serial && serial_ok)
        // 国令第710号
        || (after.is_empty() && before.ends_with('第') && !code.is_empty() && code.ends_with(['令', '告']))
}

/// What may stand behind a number on its line: 签发人：周一, 特急, 内部资料 注意保存, the number of the other organ.
fn may_follow_number(behind: &str) -> bool {
    const MARKS: [&str; 7] = ["特急", "加急", "特提", "平急", "急件", "明电", "文件"];
    if behind.starts_with('签') {
        return true;
    }
    MARKS.contains(&behind)
        || behind.starts_with("内部") && fits(behind, 12)
        || behind.ends_with('号')
            && behind
                .find('号')
                .is_some_and(|at| at + '号'.len_utf8() == behind.len() && is_doc_number(behind, at))
}
