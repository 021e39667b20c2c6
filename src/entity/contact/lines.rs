//! The lines that hold a label, and what the lines after them add.

use super::ContactBlock;
use super::cells::Cells;
use super::field;
use super::field::Field;
use super::label::LabelKind;
use super::label::TRACES;
use super::name;
use super::table;
use super::value;
use super::value::Values;
use crate::entity::doc_number::is_dash;
use crate::span::Span;
use crate::text::fold::is_blank;
use memchr::memchr;
use memchr::memrchr;

/// The fields of all lines that hold a label, and the contacts in the rows of tables.
pub(super) fn fields(text: &str) -> (Vec<Field>, Vec<ContactBlock>) {
    let bytes = text.as_bytes();
    let mut out: Vec<Field> = Vec::new();
    let mut rows = Vec::new();
    let mut past = 0;
    while let Some(hit) = TRACES.find(&text[past..]) {
        let at = past + hit.start();
        let start = memrchr(b'\n', &bytes[past..at]).map_or(past, |i| past + i + 1);
        let end = memchr(b'\n', &bytes[at..]).map_or(text.len(), |i| at + i);
        if let Some((found, done)) = table::rows(text, Span::new(start, end)) {
            rows.extend(found);
            past = (done + 1).min(text.len());
            continue;
        }
        let cells = Cells::new(text, Span::new(start, end));
        let from = out.len();
        out.extend(field::fields(&cells));
        past = (end + 1).min(text.len());
        if let Some(last) = out[from..].last_mut() {
            let (people, done) = people(text, end, last);
            past = match people.is_empty() {
                true => past.max(continued(text, end, last)),
                false => past.max(done),
            };
            rows.extend(people);
        }
        if past >= text.len() {
            break;
        }
    }
    (out, rows)
}

/// The people listed below a label that ends its line with a colon, each line an office, a name and numbers; and how far
/// that went. One line alone goes on with its label.
fn people(text: &str, end: usize, field: &Field) -> (Vec<ContactBlock>, usize) {
    let heads = matches!(
        field.kind,
        LabelKind::Name | LabelKind::Liaison | LabelKind::Phone
    );
    let colon = || {
        let before = text
            .get(..end)
            .unwrap_or_default()
            .trim_end_matches(is_blank);
        before.ends_with(['：', ':'])
    };
    let mut out = Vec::new();
    let mut from = end;
    if heads && field.values.is_empty() && colon() {
        while let Some(line) = next_line(text, from).filter(|l| l.len() <= 200 && out.len() < 50) {
            let Some((values, span)) =
                value::continuation(&Cells::new(text, line), LabelKind::Name)
            else {
                break;
            };
            if values.names.is_empty() || values.phones.is_empty() {
                break;
            }
            out.push(ContactBlock {
                span,
                names: values.names,
                organization: values.organization,
                phones: values.phones,
                faxes: values.faxes,
                emails: values.emails,
                ..ContactBlock::default()
            });
            from = line.end;
        }
    }
    if out.len() < 2 {
        return (Vec::new(), end);
    }
    (out, from)
}

/// Takes what the lines after `end` add to a field that is open at its line's end; how far that went.
fn continued(text: &str, end: usize, field: &mut Field) -> usize {
    let rest_of_line = text.get(field.span.end..end).unwrap_or_default();
    let open = rest_of_line
        .chars()
        .all(|c| is_blank(c) || matches!(c, '；' | ';' | '，' | ',' | '、' | '：' | ':' | '|'));
    // a number that its line breaks after a dash was read to its end
    let broken = rest_of_line.is_empty()
        && text
            .get(..end)
            .is_some_and(|t| t.trim_end_matches(is_blank).ends_with(is_dash));
    if !open || broken || matches!(field.kind, LabelKind::Other | LabelKind::Organization) {
        return end;
    }
    let mut done = end;
    let empty = field.values.is_empty();
    let mut from = end;
    for _ in 0..if empty { 1 } else { 6 } {
        let Some(line) = next_line(text, from) else {
            break;
        };
        let inner = line.of(text);
        let address = empty && field.kind == LabelKind::Email && inner.contains(['@', '＠']);
        if inner.len() > 160 || (TRACES.is_match(inner) && !address) {
            break;
        }
        let cells = Cells::new(text, line);
        // 联系人：张三 138…⏎李四 139…: a line of a name and a number goes on with the list
        // 联系人：张三 138…，传真：…⏎　　李四 139…: so does such a line behind another field of the first
        let person = || {
            let (values, span) = value::continuation(&cells, LabelKind::Name)?;
            let last = values.names.last().is_some_and(|n| name::is_plain_name(n));
            (last && !values.phones.is_empty()).then_some((values, span))
        };
        let beside = matches!(field.kind, LabelKind::Fax | LabelKind::Email) && !empty;
        let kind = field.kind;
        let found = beside.then(person).flatten();
        let Some((values, span)) = found.or_else(|| value::continuation(&cells, kind)) else {
            break;
        };
        let named = matches!(kind, LabelKind::Name | LabelKind::Liaison);
        let fits = if empty {
            let colon = text
                .get(..end)
                .map(|t| t.trim_end_matches(is_blank))
                .is_some_and(|t| t.ends_with(['：', ':']));
            if named {
                let office = values.organization.is_some() && !values.phones.is_empty();
                (!values.names.is_empty() || office)
                    && (colon || values.reach() || label_follows(text, line.end))
            } else {
                values.reach() || (colon && !values.is_empty())
            }
        } else {
            let indented = inner.starts_with(is_blank);
            let (names, phones) = (!values.names.is_empty(), !values.phones.is_empty());
            let plain = values.names.iter().all(|name| name::is_plain_name(name));
            let numbers = matches!(kind, LabelKind::Phone | LabelKind::Both | LabelKind::Fax);
            // 联系人：张三⏎　　李四⏎电话：…⏎　　…: lines of names alone or of numbers alone
            names && phones
                || named && names && plain && (indented || label_follows(text, line.end))
                || numbers && !names && values.reach()
                || kind == LabelKind::Fax && !names && !values.faxes.is_empty()
        };
        if !fits {
            break;
        }
        merge(field, values);
        field.span = Span::new(field.span.start, span.end);
        done = line.end;
        from = line.end;
    }
    done
}

fn merge(field: &mut Field, values: Values) {
    field.values.add(values);
}

/// The next line that is not blank, at most three lines on.
fn next_line(text: &str, end: usize) -> Option<Span> {
    let mut from = end;
    for _ in 0..3 {
        let start = from + 1;
        let rest = text.get(start..)?;
        let stop = start + memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let line = Span::new(start, stop);
        if !line.of(text).chars().all(is_blank) {
            return Some(line);
        }
        from = stop;
    }
    None
}

fn label_follows(text: &str, end: usize) -> bool {
    next_line(text, end).is_some_and(|line| {
        let inner = line.of(text);
        inner.len() < 160 && TRACES.find(inner).is_some_and(|hit| hit.start() < 24)
    })
}
