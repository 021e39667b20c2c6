//! Who stands with a number in a bracket that has no label: （水利股李雷，0571-5550188）, 水利股（李雷，13900000188）,
//! and whose number alone stands there: 请联系李雷（13900000188）.

use super::ContactBlock;
use super::field;
use super::name;
use super::number::as_written;
use super::phone;
use crate::span::Span;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;

/// A bracket of more characters than these is prose.
const LONGEST: usize = 60;

/// The contact of the bracket that closes at `at`; `last` is the one found before it.
pub(super) fn block(text: &str, at: usize, last: Option<&ContactBlock>) -> Option<ContactBlock> {
    text.as_bytes()
        .get(at.checked_sub(1)?)
        .filter(|b| b.is_ascii_digit())?;
    let head = text.get(..at)?;
    let (open, bracket) = head
        .char_indices()
        .rev()
        .take(LONGEST)
        .take_while(|(_, c)| !matches!(c, '\n' | '）' | ')' | '：' | ':' | '。'))
        .find(|(_, c)| matches!(c, '（' | '('))?;
    let from = open + bracket.len_utf8();
    let mut pieces = pieces(text, Span::new(from, at)).into_iter();
    let first = pieces.next()?;
    if let Some(phones) = numbers(text, std::iter::once(first).chain(pieces.clone())) {
        return called(text, Span::new(open, at), phones, last);
    }
    let (mut organization, person) = match first.of(text) {
        // 水利股　李雷，5550188
        office if field::office(office).is_some_and(|o| o == office) => {
            let name = pieces.next()?.of(text);
            let person = name::is_plain_name(taker(name)).then(|| taker(name).to_owned())?;
            (Some(office.to_owned()), person)
        }
        words => name::office_and_name(taker(words))?,
    };
    let sure = organization.is_some() || taker(first.of(text)) != first.of(text);
    organization = organization.or_else(|| field::office_at_end(&text[..open]));
    let phones = numbers(text, pieces)?;
    // a number without area code is sure beside an office only: （高家坪，20190101）
    let far = |n: &String| n.len() >= 11;
    (sure || organization.is_some() || phones.iter().all(far)).then(|| ContactBlock {
        span: Span::new(from, at),
        names: vec![person],
        organization,
        phones,
        ..ContactBlock::default()
    })
}

/// The one before the bracket, who is to be called: 请联系李雷（5550188）、韩梅（5550189）.
fn called(
    text: &str,
    bracket: Span,
    phones: Vec<String>,
    last: Option<&ContactBlock>,
) -> Option<ContactBlock> {
    let word = han_before(&text[..bracket.start]);
    let before = &text[..bracket.start - word.len()];
    let next = || {
        let close = before.strip_suffix('、')?.strip_suffix(['）', ')'])?.len();
        last.filter(|b| b.span.end == close)
    };
    let words = match ["联系", "致电"]
        .iter()
        .find_map(|verb| word.rfind(verb).map(|i| i + verb.len()))
    {
        Some(i) => &word[i..],
        None => next().map(|_| word)?,
    };
    let (organization, person) = name::office_and_name(words)?;
    Some(ContactBlock {
        span: Span::new(bracket.start - words.len(), bracket.end),
        names: vec![person],
        organization,
        phones,
        ..ContactBlock::default()
    })
}

/// The numbers that all the pieces are; null where one is none.
fn numbers(text: &str, pieces: impl Iterator<Item = Span>) -> Option<Vec<String>> {
    let mut out = Vec::new();
    for piece in pieces {
        let read = phone::full(text, piece.start).or_else(|| phone::local(text, piece.start))?;
        if read.end != piece.end {
            return None;
        }
        out.push(as_written(piece.of(text)));
    }
    (!out.is_empty()).then_some(out)
}

/// The words of a bracket that commas and blanks part.
fn pieces(text: &str, inner: Span) -> Vec<Span> {
    let sign = |c: char| is_blank(c) || matches!(c, '，' | ',' | '、' | '；' | ';');
    let mut from = inner.start;
    let mut out = Vec::new();
    for piece in inner.of(text).split_inclusive(sign) {
        let word = piece.trim_end_matches(sign);
        if !word.is_empty() {
            out.push(Span::new(from, from + word.len()));
        }
        from += piece.len();
    }
    out
}

/// The name before 收: 李雷收.
fn taker(words: &str) -> &str {
    words.strip_suffix('收').unwrap_or(words)
}

/// The run of Han characters that `text` ends with, at most thirty.
pub(super) fn han_before(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take(30)
        .take_while(|(_, c)| is_han(*c))
        .last()
        .map_or(text.len(), |(at, _)| at);
    &text[start..]
}

#[cfg(test)]
mod tests {
    use crate::entity::contact::find;

    fn told(text: &str) -> Vec<(Option<String>, String, String)> {
        let blocks = find(text).blocks.into_iter();
        blocks
            .map(|b| (b.organization, b.names.join(" "), b.phones.join(" ")))
            .collect()
    }

    fn one(office: &str, name: &str, phone: &str) -> (Option<String>, String, String) {
        let office = (!office.is_empty()).then(|| office.to_owned());
        (office, name.to_owned(), phone.to_owned())
    }

    #[test]
    fn who_stands_with_a_number_in_a_bracket() {
        for (text, want) in [
            (
                "报表请于5日前报县水利局（农水股李雷，0571-5550188）。",
                vec![one("农水股", "李雷", "0571-5550188")],
            ),
            (
                "报县水利局（李雷，13955500188）、县林业局（韩梅，5550189）。",
                vec![
                    one("县水利局", "李雷", "13955500188"),
                    one("县林业局", "韩梅", "5550189"),
                ],
            ),
            (
                "有不明之处，请联系李雷（5550188）、韩梅（5550189）。",
                vec![one("", "李雷", "5550188"), one("", "韩梅", "5550189")],
            ),
            (
                "材料寄滨河路8号县水利局（李雷收，13955500188）。",
                vec![one("县水利局", "李雷", "13955500188")],
            ),
        ] {
            assert_eq!(told(text), want, "{text}");
        }
    }

    #[test]
    fn other_brackets_with_figures() {
        for text in [
            "受灾最重的是高家坪（石家湾，20190101）。",
            "李雷（2019）、韩梅（5550189）的论文",
            "水库（高程，5550188）",
            "各单位（共12家，5550188元）",
        ] {
            assert_eq!(told(text), [], "{text}");
        }
    }
}
