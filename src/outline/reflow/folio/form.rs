//! How a page's number is written: — 3 —, 第3页 共5页, Page 3, 3/5, 3.

use crate::text::fold;
use crate::text::fold::fold;

/// What a line that may hold nothing but a page's number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Folio {
    /// The page's number; 0 where it is written in Roman figures.
    pub(super) number: u16,
    /// Of how many, where the line says it; else 0.
    pub(super) of: u16,
    /// Whether dashes around it or the word for page say so: nothing else is written like that.
    pub(super) is_sure: bool,
}

/// A line that holds more characters, blanks aside, is none.
const LONGEST: usize = 20;
/// The same in bytes, with the blanks that set it to the middle or to the right.
const LONGEST_BYTES: usize = 160;

/// Whether the line may hold a page's number and nothing else: most are told by their length and their last bytes.
#[inline]
pub(super) fn may_be(line: &[u8]) -> bool {
    line.len() <= LONGEST_BYTES && may_end(line)
}

/// The page's number that the line holds and nothing else.
pub(super) fn read(line: &str) -> Option<Folio> {
    if !may_be(line.as_bytes()) {
        return None;
    }
    let line = fold::trimmed_start(line);
    if may_begin(line.as_bytes()) {
        of_line(line)
    } else {
        None
    }
}

fn of_line(line: &str) -> Option<Folio> {
    let line = fold::trimmed_end(line);
    if line.len() > LONGEST * 4 {
        return None;
    }
    let mut all = ['\0'; LONGEST];
    let mut len = 0;
    for c in line.chars().filter(|c| !fold::is_blank(*c)) {
        *all.get_mut(len)? = fold(c).to_ascii_lowercase();
        len += 1;
    }
    of_characters(&all[..len])
}

/// Most lines are told by their end: a word but 页, or a stop.
#[inline]
fn may_end(line: &[u8]) -> bool {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    match line {
        [.., 0xe9, 0xa1, 0xb5] => true,
        [.., 0xe4..=0xe9, _, _] | [.., 0xe3, 0x80, 0x81..=0xbf] => false,
        // ： ； ，
        _ => !matches!(line, [.., 0xef, 0xbc, 0x8c | 0x9a | 0x9b]),
    }
}

/// Most lines are told by their first byte or two.
#[inline]
fn may_begin(line: &[u8]) -> bool {
    matches!(
        line,
        [b'0'..=b'9' | b'-' | b'_' | b'~' | b'(' | b'P' | b'p', ..]
            // dashes, •, a rule, −, ·
            | [0xe2, 0x80 | 0x88 | 0x94, ..] | [0xc2, 0xb7, ..]
            // full-width dashes, brackets and figures
            | [0xef, 0xb8 | 0xb9 | 0xbc | 0xbd, ..]
            // 第, 共, 页
            | [0xe7, 0xac, 0xac, ..] | [0xe5, 0x85, 0xb1, ..] | [0xe9, 0xa1, 0xb5, ..]
    )
}

fn of_characters(all: &[char]) -> Option<Folio> {
    let lead = all.iter().take_while(|c| is_frame(**c)).count();
    if lead == all.len() {
        return None;
    }
    let trail = all.iter().rev().take_while(|c| is_frame(**c)).count();
    let core = &all[lead..all.len() - trail];
    let is_framed = lead > 0 && trail > 0;
    if is_framed && core.iter().all(|c| is_roman(*c)) {
        return Some(Folio {
            number: 0,
            of: 0,
            is_sure: true,
        });
    }
    let core = match core {
        ['(', inner @ .., ')'] if inner.contains(&'页') => inner,
        _ => core,
    };
    let mut folio = worded(core)
        .or_else(|| parted(core))
        .or_else(|| lone(core))?;
    folio.is_sure |= is_framed;
    (folio.number > 0).then_some(folio)
}

/// What stands on both sides of a page's number.
fn is_frame(c: char) -> bool {
    matches!(
        c,
        '-' | '—'
            | '–'
            | '―'
            | '─'
            | '━'
            | '‐'
            | '‑'
            | '‒'
            | '−'
            | '﹣'
            | '_'
            | '~'
            | '·'
            | '•'
            | '︱'
    )
}

fn is_roman(c: char) -> bool {
    matches!(c, 'i' | 'v' | 'x' | 'Ⅰ'..='Ⅻ' | 'ⅰ'..='ⅻ')
}

/// 第3页, 第3页共5页, 共5页第3页, page 3 of 5, 页码：3.
fn worded(core: &[char]) -> Option<Folio> {
    let sure = |number, of| Folio {
        number,
        of,
        is_sure: true,
    };
    let behind = |rest: &[char]| match rest {
        [] => Some(0),
        _ => after(after_any(rest, &[',', '，', '/', '、']), &['共', '总'])
            .and_then(number)
            .filter(|(_, rest)| matches!(rest, ['页']))
            .map(|(of, _)| of),
    };
    if let Some((page, rest)) = after(core, &['第']).and_then(number) {
        let rest = after(rest, &['页'])?;
        return Some(sure(page, behind(rest)?));
    }
    if let Some((of, rest)) = after(core, &['共']).and_then(number) {
        let rest = after_any(after(rest, &['页'])?, &[',', '，', '/', '、']);
        let (page, rest) = number(after(rest, &['第'])?)?;
        return matches!(rest, ['页']).then_some(sure(page, of));
    }
    if let ['页', '码', rest @ ..] = core {
        let (page, rest) = number(after_any(rest, &[':']))?;
        return rest.is_empty().then_some(sure(page, 0));
    }
    if let ['p', 'a', 'g', 'e', rest @ ..] = core {
        let (page, rest) = number(rest)?;
        return match rest {
            [] => Some(sure(page, 0)),
            ['o', 'f', rest @ ..] | ['/', rest @ ..] => {
                let (of, rest) = number(rest)?;
                rest.is_empty().then_some(sure(page, of))
            }
            _ => None,
        };
    }
    None
}

/// 3/5: as well a share or a day.
fn parted(core: &[char]) -> Option<Folio> {
    let core = match core {
        ['(', inner @ .., ')'] => inner,
        _ => core,
    };
    let (page, rest) = number(core)?;
    let (of, rest) = match rest {
        ['/', rest @ ..] | ['o', 'f', rest @ ..] => number(rest)?,
        _ => return None,
    };
    (rest.is_empty() && page <= of).then_some(Folio {
        number: page,
        of,
        is_sure: false,
    })
}

/// 3, p3, 3页: as well a cell of a table. A copy's number (000012) and a year are too long.
fn lone(core: &[char]) -> Option<Folio> {
    let bare = match core {
        ['p', '.', rest @ ..] | ['p', rest @ ..] => rest,
        [rest @ .., '页'] => rest,
        _ => core,
    };
    let (page, rest) = number(bare)?;
    (rest.is_empty() && page < 1000 && !bare.starts_with(&['0'])).then_some(Folio {
        number: page,
        of: 0,
        is_sure: false,
    })
}

fn after<'c>(rest: &'c [char], one_of: &[char]) -> Option<&'c [char]> {
    let (first, rest) = rest.split_first()?;
    one_of.contains(first).then_some(rest)
}

fn after_any<'c>(rest: &'c [char], one_of: &[char]) -> &'c [char] {
    after(rest, one_of).unwrap_or(rest)
}

/// The number of at most four figures that stands first, and what is behind it.
fn number(rest: &[char]) -> Option<(u16, &[char])> {
    let len = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let (figures, rest) = rest.split_at(len);
    let value = figures.iter().filter_map(|c| c.to_digit(10));
    (1..=4).contains(&len).then(|| {
        let value = value.fold(0, |sum, figure| sum * 10 + figure);
        (u16::try_from(value).unwrap_or(0), rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_and_words_tell_a_page() {
        for (line, number, of) in [
            ("- 3 -", 3, 0),
            ("—3—", 3, 0),
            ("　　　　　　　　　　　— 12 —", 12, 0),
            ("－ ３ －", 3, 0),
            ("——3——", 3, 0),
            ("--3--", 3, 0),
            ("–3–", 3, 0),
            ("─ 3 ─", 3, 0),
            ("~3~", 3, 0),
            ("·3·", 3, 0),
            ("_3_", 3, 0),
            ("︱3︱", 3, 0),
            ("- 3/5 -", 3, 5),
            ("第3页", 3, 0),
            ("第 3 页 共 5 页", 3, 5),
            ("第3页，共5页", 3, 5),
            ("第3页/共5页", 3, 5),
            ("（第3页，共5页）", 3, 5),
            ("共 5 页 第 3 页", 3, 5),
            ("- 第3页 -", 3, 0),
            ("页码：3", 3, 0),
            ("Page 3", 3, 0),
            ("Page 3 of 5", 3, 5),
            ("page 3/5", 3, 5),
        ] {
            let want = Folio {
                number,
                of,
                is_sure: true,
            };
            assert_eq!(read(line), Some(want), "{line}");
        }
        assert!(read("— Ⅱ —").is_some_and(|f| f.is_sure));
        assert!(read("- iv -\n").is_some_and(|f| f.is_sure));
    }

    #[test]
    fn figures_alone_may_tell_one() {
        for line in ["3", "３", "p3", "P.3", "3页", "3/5", "3 of 5", "- 3", "3 —"] {
            assert!(read(line).is_some_and(|f| !f.is_sure), "{line}");
        }
    }

    #[test]
    fn other_lines_are_none() {
        for line in [
            "",
            "\n",
            "---",
            "————",
            "000012",
            "2031",
            "12.5",
            "3.",
            "3、",
            "（3）",
            "[3]",
            "3%",
            "5/3",
            "3-5",
            "3月",
            "-3-5-",
            "①",
            "第3号",
            "第3章",
            "第3页填写说明",
            "第十页",
            "- 甲县林业局 -",
            "— 一 —",
            "共3页",
            "（共 3 页）",
            "paged",
            "page",
            "Ⅱ",
            "0",
            "05",
            "- 3 -甲县",
            "0512-88001234",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
