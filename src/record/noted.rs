//! What a note in brackets below a title says of the act that made the text public.

use crate::entity::doc_number;
use crate::entity::doc_number::DocNumber;
use crate::outline::organ;
use crate::outline::shape;
use crate::span::Span;
use crate::text::fold;
use crate::text::numeral;

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
        let (organ, number) = organ_and_number(text, Span::new(date.end, date.end + end));
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

/// 甲市人民政府办公室甲政办发〔2018〕52号, 甲县人民政府令第3号: the organ, and the number behind it.
fn organ_and_number(text: &str, said: Span) -> (Option<String>, Option<DocNumber>) {
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
    let organ = organ.trim_start_matches('经').to_owned();
    (organ::is_organ(&organ).then_some(organ), number)
}
