//! What stands after a label: names, numbers, addresses.

use super::cells::Cells;
use super::label::LabelKind;
use super::label::ends_as_office;
use super::name;
use super::phone;
use super::phone::PhoneKind;
use crate::entity::doc_number::is_dash;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;
use crate::text::fold::joined;

/// What a label announces.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    pub(super) names: Vec<String>,
    pub(super) organization: Option<String>,
    pub(super) phones: Vec<String>,
    pub(super) faxes: Vec<String>,
    pub(super) emails: Vec<String>,
    pub(super) qq: Option<String>,
    pub(super) address: Option<String>,
    pub(super) postcode: Option<String>,
    /// Numbers for the public, with their places.
    pub(super) hotlines: Vec<(String, Span)>,
    /// The people of the list before the last one, each with the characters from which to which it stands.
    pub(super) earlier: Vec<(Values, usize, usize)>,
}

impl Values {
    pub(super) fn is_empty(&self) -> bool {
        !self.reach()
            && self.names.is_empty()
            && self.hotlines.is_empty()
            && self.qq.is_none()
            && self.address.is_none()
            && self.postcode.is_none()
            && self.organization.is_none()
    }

    /// Takes in what stands after these values.
    pub(super) fn add(&mut self, next: Values) {
        self.names.extend(next.names);
        self.phones.extend(next.phones);
        self.faxes.extend(next.faxes);
        self.emails.extend(next.emails);
        self.hotlines.extend(next.hotlines);
        self.qq = self.qq.take().or(next.qq);
        self.address = self.address.take().or(next.address);
        self.postcode = self.postcode.take().or(next.postcode);
        self.organization = self.organization.take().or(next.organization);
    }

    /// Whether somebody can be reached by them.
    pub(super) fn reach(&self) -> bool {
        !(self.phones.is_empty() && self.faxes.is_empty() && self.emails.is_empty())
    }
}

/// The values of a line that continues a label of the line before; null unless it holds nothing else.
pub(super) fn continuation(cells: &Cells<'_>, kind: LabelKind) -> Option<(Values, Span)> {
    if cells.len() == 0 || cells.len() > 80 {
        return None;
    }
    let mut values = Values::default();
    let end = read(cells, 0, cells.len(), kind, &mut values);
    let whole = cells.chars[end..]
        .iter()
        .all(|c| matches!(c, '。' | ';' | ',' | ')'));
    (whole && !values.is_empty()).then(|| (values, Span::new(cells.byte(0), cells.end_byte(end))))
}

/// Reads values from character `from` up to `end`; the first character after the last value.
pub(super) fn read(
    cells: &Cells<'_>,
    from: usize,
    end: usize,
    kind: LabelKind,
    values: &mut Values,
) -> usize {
    match kind {
        LabelKind::Address => address(cells, from, end, values),
        LabelKind::Organization => offices(cells, from, end, values),
        LabelKind::Other => from,
        _ => listed(cells, from, end, kind, values),
    }
}

fn address(cells: &Cells<'_>, from: usize, end: usize, values: &mut Values) -> usize {
    let depth = cells.depth.get(from).copied().unwrap_or(0);
    let mut to = from;
    while to < end && to - from < 120 {
        let c = cells.chars[to];
        if matches!(c, '。' | ';')
            || (c == ')' && cells.depth[to] == depth && depth > 0 && !opens(cells, from, to))
        {
            break;
        }
        to += 1;
    }
    let mut last = to;
    while last > from && matches!(cells.chars[last - 1], ',' | '、' | '(' | '_' | ':' | '-') {
        last -= 1;
    }
    // 湖滨路9号（830011）, 湖滨路9号，830011
    let mut text_end = last;
    let tail = cells.string(last.saturating_sub(8).max(from), last);
    let bare = tail.trim_end_matches(')');
    let digits: String = bare
        .chars()
        .rev()
        .take_while(char::is_ascii_digit)
        .collect();
    let before = bare.chars().rev().nth(digits.len());
    if digits.len() == 6 && matches!(before, Some('(' | ',' | '、')) {
        values.postcode = Some(digits.chars().rev().collect());
        text_end = last - (tail.chars().count() - bare.chars().count()) - 7;
    }
    let raw = cells
        .text
        .get(cells.byte(from)..cells.end_byte(text_end).max(cells.byte(from)))
        .unwrap_or_default();
    let value = joined(raw);
    let long = value.chars().count();
    if (4..=80).contains(&long) && value.chars().any(is_han) && text_end > from {
        values.address = Some(value);
        last
    } else {
        from
    }
}

fn opens(cells: &Cells<'_>, from: usize, to: usize) -> bool {
    let mut depth = 0i32;
    for c in &cells.chars[from..to] {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
    }
    depth > 0
}

/// 联系单位：甲科，李雷，0571-…；乙科，韩梅，0571-…: offices, each with its people and their numbers.
fn offices(cells: &Cells<'_>, from: usize, end: usize, values: &mut Values) -> usize {
    let mut last = from;
    let mut at = from;
    while at < end {
        let first = values.organization.take();
        let to = organization(cells, at, end, values);
        let found = to > at;
        // the block bears the name of the first
        values.organization = first.or_else(|| values.organization.take());
        if !found || (last > from && !matches!(cells.get(to), Some(',' | ':' | '('))) {
            break;
        }
        let people = listed(cells, to, end, LabelKind::Name, values);
        if last > from && people == to {
            break;
        }
        last = people.max(to);
        at = last;
        if people == to || cells.get(at) != Some(';') {
            break;
        }
        at += 1;
    }
    last
}

fn organization(cells: &Cells<'_>, from: usize, end: usize, values: &mut Values) -> usize {
    let mut to = from;
    while to < end && is_han(cells.chars[to]) && to - from < 40 {
        to += 1;
    }
    let name = cells.string(from, to);
    if to - from >= 2 {
        values.organization = Some(name);
        return to;
    }
    from
}

/// Names, numbers and e-mail addresses in a row, each parted by a sign or a blank.
fn listed(
    cells: &Cells<'_>,
    from: usize,
    end: usize,
    kind: LabelKind,
    values: &mut Values,
) -> usize {
    let mut at = from;
    let mut last = from;
    let mut after_comma = false;
    let mut begun = from;
    // the bracket that holds the label ends the list
    let base = from
        .checked_sub(1)
        .and_then(|i| cells.depth.get(i).copied())
        .unwrap_or(0);
    while at < end {
        let c = cells.chars[at];
        if let Some(email) = cells.email(at) {
            values.emails.push(email.email.clone());
            at = cells.index(email.span.end);
            last = at;
            after_comma = false;
            continue;
        }
        if (c.is_ascii_digit() || matches!(c, '(' | '+'))
            && let Some(next) = number(cells, at, kind, values, at == from || after_sign(cells, at))
        {
            at = next.min(cells.len());
            last = at;
            after_comma = false;
            continue;
        }
        if c == '('
            && let Some((close, note)) = note(cells, at)
            && !note_holds_value(&note)
        {
            heed(&note, values);
            // 李雷（市商务局）
            if last > from
                && values.organization.is_none()
                && !values.names.is_empty()
                && ends_as_office(&note)
            {
                values.organization = Some(note.clone());
            }
            // 0718-5550188（李雷）: who answers
            let phones = matches!(kind, LabelKind::Phone | LabelKind::Both);
            if phones
                && last > from
                && name::is_plain_name(&note)
                && !SHIFTS.contains(&note.as_str())
            {
                values.names.push(note.clone());
            }
            at = close + 1;
            if at <= end && last > from {
                last = at;
            }
            continue;
        }
        if c.is_ascii_digit() || c == '+' {
            break;
        }
        if is_han(c) {
            // 李雷（甲局）5550101；韩梅（乙局）5550102: each is a contact of its own
            let person = !values.names.is_empty()
                && values.reach()
                && at.checked_sub(1).and_then(|i| cells.get(i)) == Some(';');
            let mut fresh = Values::default();
            let into = if person { &mut fresh } else { &mut *values };
            let (next, taken) = name::read(cells, at, end, kind, after_comma, into);
            if taken && person && fresh.names.is_empty() {
                break;
            }
            if taken && person {
                let mut done = std::mem::replace(values, fresh);
                values.earlier = std::mem::take(&mut done.earlier);
                values.hotlines = std::mem::take(&mut done.hotlines);
                values.earlier.push((done, begun, last));
                begun = at;
            }
            if !taken {
                // 转 stands before an extension of its own, 或 between two numbers
                if matches!(c, '或' | '和' | '及') && last > from {
                    at += 1;
                    continue;
                }
                break;
            }
            at = next;
            last = at;
            after_comma = false;
            continue;
        }
        match c {
            ')' if cells.depth[at] <= base && base > 0 => break,
            ',' | ';' => after_comma = true,
            '、' | '/' | '(' | ')' | ':' | '-' | '.' | '|' => {}
            _ => break,
        }
        at += 1;
    }
    last
}

/// Obeys the note on the number before it: （带传真） makes it a fax too, （传真） after another number a fax alone.
fn heed(note: &str, values: &mut Values) {
    if !note.contains("传真") {
        return;
    }
    if values.phones.len() > 1 && note == "传真" {
        values.faxes.extend(values.phones.pop());
    } else {
        values.faxes.extend(values.phones.last().cloned());
    }
}

/// Words in a bracket after a number that begin like surnames and say when it is answered.
const SHIFTS: [&str; 5] = ["白天", "全天", "夏季", "时段", "应急"];

/// Whether a bracket's content is more than a remark: a number or an address stands in it.
fn note_holds_value(note: &str) -> bool {
    // （工作日8:30-17:30） says when
    let hours = note.contains([':', '时', '点']);
    note.chars().filter(char::is_ascii_digit).count() >= 5 && !hours || note.contains('@')
}

fn after_sign(cells: &Cells<'_>, at: usize) -> bool {
    cells.gap(at)
        || at
            .checked_sub(1)
            .and_then(|i| cells.get(i))
            .is_some_and(|c| {
                matches!(c, ',' | '、' | ';' | '/' | '(' | ':' | ')') || is_han(c) || is_dash(c)
            })
}

fn number(
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
            let fits = (5..=8).contains(&run) || phone::is_service(&short);
            if !(plain && fits) || kind == LabelKind::Name || kind == LabelKind::Liaison {
                return None;
            }
            cells.end_byte(at + run)
        }
    };
    let next = cells.index(end);
    let written = as_written(cells.text.get(byte..end)?);
    let span = Span::new(byte, end);
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    if kind == LabelKind::Hotline || phone::is_service(&digits) {
        values.hotlines.push((digits, span));
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
        .map(|c| if is_dash(c) { '-' } else { fold(c) })
        .collect()
}

/// The bracket that opens at `at`: where it closes and what it holds, at most 24 characters.
pub(super) fn note(cells: &Cells<'_>, at: usize) -> Option<(usize, String)> {
    if cells.get(at) != Some('(') {
        return None;
    }
    let close = (at + 1..at + 26).find(|i| cells.get(*i) == Some(')'))?;
    Some((close, cells.string(at + 1, close)))
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
