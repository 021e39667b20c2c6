//! What a note in brackets below a title says of the act that made the text public.

use crate::entity::doc_number;
use crate::entity::doc_number::DocNumber;
use crate::outline::organ;
use crate::outline::shape;
use crate::span::Span;
use crate::text::fold;
use crate::text::numeral;
use crate::text::words::words;

/// What a note below the title says: （2018年11月6日甲市人民政府办公室甲政办发〔2018〕52号印发）.
pub(super) struct Noted {
    /// How little the act makes public: 0 for 印发.
    pub(super) rank: usize,
    /// The date of 印发 or 公布, else of 通过.
    pub(super) date: Span,
    pub(super) organ: Option<String>,
    pub(super) number: Option<DocNumber>,
    /// Whether the note is a date and nothing else.
    pub(super) bare: bool,
}

/// Reads a note below the title. Of several acts (通过, then 公布, then 施行) it is the one that makes the text public.
pub(super) fn noted(text: &str, note: Span) -> Option<Noted> {
    const ACTS: [&str; 6] = ["印发", "公布", "发布", "颁布", "批准", "通过"];
    let line = note.of(text);
    let mut best: Option<(usize, Noted)> = None;
    let mut from = 0;
    while let Some((begin, len)) = next_date(&line[from..]) {
        let date = Span::new(note.start + from + begin, note.start + from + begin + len);
        from += begin + len;
        let after = &line[from..];
        let until = next_date(after).map_or(after.len(), |(at, _)| at);
        let clause = &after[..until];
        let act = ACTS
            .iter()
            .enumerate()
            .find_map(|(rank, w)| Some((rank, clause.find(w)?)));
        let bare = fold::without_blanks(clause)
            .trim_end_matches(['）', ')'])
            .is_empty();
        let (rank, end) = match act {
            Some(act) => act,
            None if bare => (ACTS.len(), 0),
            None => continue,
        };
        if best.as_ref().is_some_and(|(least, _)| *least <= rank) {
            continue;
        }
        let passed = matches!(ACTS.get(rank), Some(&("通过" | "批准")));
        let (organ, number) = organ_and_number(text, Span::new(date.end, date.end + end), passed);
        best = Some((
            rank,
            Noted {
                rank,
                date,
                organ,
                number,
                bare: bare && begin <= '（'.len_utf8(),
            },
        ));
    }
    best.map(|(_, noted)| noted)
}

/// Where the next whole date begins, and its length.
fn next_date(line: &str) -> Option<(usize, usize)> {
    let starts = line
        .char_indices()
        .filter(|(_, c)| fold::fold(*c).is_ascii_digit() || numeral::digit(*c).is_some());
    starts
        .take(200)
        .find_map(|(i, _)| Some((i, shape::date_len(&line[i..])?)))
}

/// 甲市人民政府办公室甲政办发〔2018〕52号, 甲县人民政府令第3号: the organ, and the number behind it; in what was `passed`
/// (经…通过, 经…批准), less 经.
fn organ_and_number(text: &str, said: Span, passed: bool) -> (Option<String>, Option<DocNumber>) {
    let words = said.of(text);
    // the organ's code begins with a character of its place: 甲市… then 甲政办发
    let code = words.find(['〔', '[', '［', '【', '﹝']).and_then(|year| {
        words
            .chars()
            .take(2)
            .filter_map(|c| words[..year].rfind(c))
            .filter(|at| *at > 0)
            .max()
    });
    let number = code
        .and_then(|at| doc_number::at(text, said.start + at))
        .or_else(|| doc_number::at(text, said.start));
    // 令第3号, 令3号
    let order = words.find('令').filter(|at| {
        let number = words[at + '令'.len_utf8()..].trim_start();
        number.starts_with(|c: char| c == '第' || fold::fold(c).is_ascii_digit())
    });
    // 经甲部第6次部务会议通过
    let meeting = words.contains("会议").then(|| words.find('第')).flatten();
    let end = code.or(order).or(meeting).unwrap_or(words.len());
    let organ = fold::without_blanks(&words[..end]);
    let organ = match passed {
        true => without_by(&organ),
        false => &organ,
    };
    (organ::is_organ(organ).then(|| organ.to_owned()), number)
}

/// The organ less the 经 before it. A name may itself begin so (经开区, 经信局), where no place or other name does (开封市,
/// 信访局).
fn without_by(words: &str) -> &str {
    let Some(rest) = words.strip_prefix('经') else {
        return words;
    };
    let own = rest.starts_with(['济', '开', '信', '贸', '发', '营']);
    let place = matches!(rest.chars().nth(2), Some('市' | '县' | '省' | '州'));
    let other = words!["开发", "发展", "信访"].begin(rest);
    match own && !place && !other {
        true => words,
        false => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn organ(note: &str) -> Option<String> {
        noted(note, Span::new(0, note.len()))?.organ
    }

    #[test]
    fn names_that_begin_with_by_are_kept_whole() {
        for (note, name) in [
            (
                "（2031年3月1日经济技术开发区管理委员会印发）",
                "经济技术开发区管理委员会",
            ),
            ("（2031年3月1日经信局公布）", "经信局"),
            (
                "（2031年3月1日经开区管理委员会第6次主任会议通过）",
                "经开区管理委员会",
            ),
            ("（2031年3月1日经贸委批准）", "经贸委"),
            (
                "（2031年3月1日经经开区管理委员会第6次主任会议通过）",
                "经开区管理委员会",
            ),
            (
                "（2031年3月1日经甲县人民政府第6次常务会议通过）",
                "甲县人民政府",
            ),
            ("（2031年3月1日 经甲县人民政府批准）", "甲县人民政府"),
            ("（2031年3月1日经开河市人民政府批准）", "开河市人民政府"),
            ("（2031年3月1日经发展和改革委员会批准）", "发展和改革委员会"),
            ("（2031年3月1日甲县人民政府印发）", "甲县人民政府"),
        ] {
            assert_eq!(organ(note).as_deref(), Some(name), "{note}");
        }
        for note in [
            "（2031年3月1日经研究通过）",
            "（2031年3月1日经甲县人民政府同意印发）",
            "（2031年3月1日经通过）",
        ] {
            assert_eq!(organ(note), None, "{note}");
        }
    }
}
