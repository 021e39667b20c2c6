//! Questions that went wrong in typing: judged ones with characters dropped, doubled, moved and put in. The same number
//! gives the same question.

use super::chance::Chance;

/// What is put in: every sign of the query language in both widths, names of fields, and what no query expects.
const PIECES: [&str; 64] = [
    "(",
    ")",
    "（",
    "）",
    "\"",
    "“",
    "”",
    "「",
    "『",
    "-",
    "－",
    "~",
    "～5",
    "~99999999999",
    ":",
    "：",
    "*",
    "?",
    "|",
    "&",
    ",",
    "，",
    "；",
    " ",
    "　",
    "\n",
    "\t",
    "\0",
    "NOT ",
    "OR",
    "AND",
    " 或 ",
    " 且 ",
    "不含",
    "标题:",
    "单位:*",
    "单位:a*b?c",
    "年份:",
    "年份:2021..2023",
    "年份:9999999999",
    "截止:<",
    "截止:2023-02-30",
    "类型:",
    "地区:",
    "级别:",
    "联系:",
    "引用：",
    "编号:〔",
    "国",
    "的",
    "学校",
    "安全生产",
    "𠀀",
    "🚒",
    "e\u{301}",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "㈠",
    "ﬁ",
    "İ",
    "０",
    "〇",
    "演練",
];

/// The question of this number, made of one of `from`.
pub(crate) fn question(number: u64, from: &[String]) -> String {
    let mut chance = Chance::new(number.wrapping_add(1));
    let base = &from[chance.below(from.len())];
    let mut chars: Vec<char> = base.chars().collect();
    for _ in 0..1 + chance.below(6) {
        let at = chance.below(chars.len() + 1);
        match chance.below(8) {
            0 if at < chars.len() => {
                chars.remove(at);
            }
            1 if at < chars.len() => chars.insert(at, chars[at]),
            2 if at + 1 < chars.len() => chars.swap(at, at + 1),
            3 => chars.truncate(at),
            4 if chars.len() < 400 => {
                let other = &from[chance.below(from.len())];
                chars.splice(at..at, other.chars());
            }
            5 if chars.len() < 400 => {
                let run = chars.clone();
                chars.extend(run);
            }
            _ => {
                let piece = chance.of(&PIECES);
                chars.splice(at..at, piece.chars());
            }
        }
    }
    chars.into_iter().collect()
}
