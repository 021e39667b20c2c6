//! What an item of the list of attachments is told by: its number, its name, the ending of its file.

use crate::text::fold;

/// How many bytes the figures hold that the line begins with, where they are this number and a name follows them with no
/// stop between, or with a colon: 2值守记录表, 2：值守记录表.
pub(super) fn unstopped(line: &str, number: u32) -> Option<usize> {
    let (found, len) = numbered(line)?;
    (found == number).then_some(len)
}

/// The first number of an item that is a part of one, and how many bytes its numbers and their stop hold: 1-2.值守记录表.
pub(super) fn divided(line: &str) -> Option<(u32, usize)> {
    let figures = |words: &str| words.bytes().take_while(u8::is_ascii_digit).count();
    let first = figures(line);
    let rest = line[first..].strip_prefix(['-', '－', '—', '–'])?;
    let second = figures(rest);
    let behind = &rest[second..];
    let name = behind
        .trim_start_matches(['.', '．', '、', '：', ':'])
        .trim_start_matches(fold::is_blank);
    let counted = (1..=2).contains(&first)
        && (1..=2).contains(&second)
        && name.len() < behind.len()
        && name.starts_with(|c: char| fold::is_han(c) || c == '《');
    let number = line[..first].parse().ok().filter(|_| counted)?;
    Some((number, line.len() - name.len()))
}

/// Where the second title in 《》 begins, of a line that is such titles alone: 《巡山记录表》、《值守记录表》.
pub(super) fn second_title(line: &str) -> Option<usize> {
    let (first, rest) = line.strip_prefix('《')?.split_once('》')?;
    let next = rest.trim_start_matches(|c| fold::is_blank(c) || "、，和及".contains(c));
    (!first.contains('《') && next.starts_with('《')).then_some(line.len() - next.len())
}

/// Whether the words begin with a number, a stop and a name: 2.值守记录表.
pub(super) fn is_item(words: &str) -> bool {
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.strip_prefix(['.', '．', '、'])
        .is_some_and(|name| name.starts_with(|c: char| fold::is_han(c) || c == '《'))
}

/// The number that the line begins with, and how many bytes it and its colon hold, where a name follows.
pub(super) fn numbered(line: &str) -> Option<(u32, usize)> {
    let behind = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let figures = &line[..line.len() - behind.len()];
    let name = behind.strip_prefix(['：', ':']).unwrap_or(behind);
    let counted = name.starts_with(|c: char| fold::is_han(c) || matches!(c, '《' | '“'))
        && !name.starts_with(MEASURES);
    let number = figures.parse().ok().filter(|n| (1..100).contains(n));
    Some((number.filter(|_| counted)?, line.len() - name.len()))
}

/// What a number counts that is no item's.
const MEASURES: [char; 11] = [
    '年', '月', '日', '个', '份', '号', '张', '人', '名', '季', '级',
];

/// The name of a file without its ending: 巡山记录表.docx.
pub(super) fn without_extension(name: &str) -> &str {
    const ENDS: [&str; 12] = [
        "docx", "doc", "xlsx", "xls", "pdf", "wps", "et", "zip", "rar", "pptx", "ppt", "ofd",
    ];
    let Some((stem, end)) = name.rsplit_once('.') else {
        return name;
    };
    let known = ENDS.iter().any(|known| end.eq_ignore_ascii_case(known));
    if known && !stem.is_empty() {
        stem
    } else {
        name
    }
}
