//! Telephone numbers among the values of a label: with the area code of the one before, with siblings after a slash, as fax.

use super::cells::Cells;
use super::label::LabelKind;
use super::phone;
use super::phone::PhoneKind;
use super::value::Values;
use crate::entity::doc_number::is_dash;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;
use crate::text::words::words;

pub(super) fn after_sign(cells: &Cells<'_>, at: usize) -> bool {
    cells.gap(at)
        || at
            .checked_sub(1)
            .and_then(|i| cells.get(i))
            .is_some_and(|c| {
                matches!(c, ',' | '、' | ';' | '/' | '(' | ':' | ')') || is_han(c) || is_dash(c)
            })
}

pub(super) fn number(
    cells: &Cells<'_>,
    at: usize,
    kind: LabelKind,
    values: &mut Values,
    begins: bool,
) -> Option<usize> {
    if !begins {
        return None;
    }
    let byte = cells.byte(at);
    let run = cells.chars[at..]
        .iter()
        .take(20)
        .take_while(|c| c.is_ascii_digit())
        .count();
    match kind {
        LabelKind::Qq => {
            let digits = cells.string(at, at + run);
            return (5..=11).contains(&run).then(|| {
                values.qq.get_or_insert(digits);
                at + run
            });
        }
        LabelKind::Postcode => {
            let digits = cells.string(at, at + run);
            return (run == 6).then(|| {
                values.postcode.get_or_insert(digits);
                at + run
            });
        }
        LabelKind::Email => return None,
        _ => {}
    }
    let found = phone::full(cells.text, byte).or_else(|| phone::local(cells.text, byte));
    let shared = area_before(cells, at, kind, values, found.as_ref());
    // 0571-12345
    let of_area = found
        .as_ref()
        .is_some_and(|read| read.kind == PhoneKind::Hotline && read.area.is_some());
    let end = match found {
        Some(read) if ends_well(cells, cells.index(read.end)) => read.end,
        _ => {
            let next = cells.get(at + run);
            // inner lines of five and six digits, and service numbers
            let short = cells.string(at, at + run);
            let plain = !next.is_some_and(|c| {
                c.is_ascii_alphanumeric()
                    || is_dash(c)
                    || matches!(c, '.' | '年' | '月' | '日' | '号' | '元' | '%')
            });
            // 内线8162
            let inner = (3..=8).contains(&run) && is_inner(cells, at, at + run);
            let fits = (5..=8).contains(&run) || inner || phone::is_service(&short);
            let named = matches!(kind, LabelKind::Name | LabelKind::Liaison);
            if !(plain && fits) || named && !inner {
                return None;
            }
            cells.end_byte(at + run)
        }
    };
    let next = cells.index(end);
    let written = as_written(cells.text.get(byte..end)?);
    let span = Span::new(byte, end);
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    if kind == LabelKind::Hotline || phone::is_service(&digits) || of_area {
        values.hotlines.push((written, span));
        return Some(next);
    }
    let written = match shared {
        Some(area) => format!("{area}-{written}"),
        None => written,
    };
    let mut numbers = vec![written.clone()];
    let mut end = end;
    while let Some(((_, past), tail)) = phone::slash_digits(cells.text, end) {
        let kept = written.len().saturating_sub(tail.len());
        if tail.len() >= digits.len().min(7) {
            break;
        }
        numbers.push(format!("{}{tail}", written.get(..kept).unwrap_or_default()));
        end = past;
    }
    // 5550837，传真）: the bracket says what the number is
    let noted = fax_note(cells, cells.index(end));
    // 0571-5550101，传真同号: both
    let rest = cells.string(cells.index(end), (cells.index(end) + 5).min(cells.len()));
    let same = rest
        .trim_start_matches([',', '(', '、'])
        .starts_with("传真同");
    if kind != LabelKind::Fax && !noted {
        values.phones.extend(numbers.iter().cloned());
    }
    if matches!(kind, LabelKind::Fax | LabelKind::Both) || noted || same && !rest.starts_with('(') {
        values.faxes.extend(numbers);
    }
    Some(cells.index(end))
}

/// Whether the number stands after the name of an inner line.
fn is_inner(cells: &Cells<'_>, at: usize, end: usize) -> bool {
    if matches!(
        cells.string(end, (end + 4).min(cells.len())).as_str(),
        "(内线)" | "(短号)" | "(分机)" | "(小号)"
    ) {
        return true;
    }
    let head = cells.string(at.saturating_sub(5), at);
    words!["内线", "短号", "小号", "分机", "分机号", "内线电话"].end(head.trim_end_matches(':'))
}

fn ends_well(cells: &Cells<'_>, next: usize) -> bool {
    !cells
        .get(next)
        .is_some_and(|c| (c.is_ascii_digit() && !cells.gap(next)) || matches!(c, '@' | '元' | '万'))
}

/// Half-width, without blanks, every dash as `-`.
pub(super) fn as_written(surface: &str) -> String {
    surface
        .chars()
        .filter(|c| !is_blank(*c))
        .map(|c| match fold(c) {
            c if is_dash(c) || c == '~' => '-',
            c => c,
        })
        .collect()
}

/// The area code of the number before a slash, for a local number of the same length after it: 0571-5550188/5550189.
fn area_before(
    cells: &Cells<'_>,
    at: usize,
    kind: LabelKind,
    values: &Values,
    found: Option<&phone::Read>,
) -> Option<String> {
    let read = found.filter(|read| read.area.is_none() && read.kind == PhoneKind::Landline)?;
    if at.checked_sub(1).and_then(|i| cells.get(i)) != Some('/') {
        return None;
    }
    let list = match kind {
        LabelKind::Fax => &values.faxes,
        _ => &values.phones,
    };
    let (area, local) = list.last()?.split_once('-')?;
    let same = local.len() == read.local.len() && local.bytes().all(|b| b.is_ascii_digit());
    (same && area.starts_with('0') && (3..=4).contains(&area.len())).then(|| area.to_owned())
}

/// Whether a bracket that holds the number ends with 传真 after it: （0571-5550188，传真）.
fn fax_note(cells: &Cells<'_>, at: usize) -> bool {
    let inside = at
        .checked_sub(1)
        .and_then(|i| cells.depth.get(i))
        .is_some_and(|depth| *depth > 0);
    inside
        && cells.get(at) == Some(',')
        && cells.string(at + 1, (at + 4).min(cells.len())) == "传真)"
}
