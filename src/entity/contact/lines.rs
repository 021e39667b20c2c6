//! The lines that hold a label, and what the lines after them add.

use super::ContactBlock;
use super::cells::Cells;
use super::field;
use super::field::Field;
use super::label::LABELS;
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
        let office = office_of(&out[from..]);
        if let Some(last) = out[from..].last_mut() {
            let (people, done) = people(text, end, last);
            past = match people.is_empty() {
                true => past.max(continued(text, end, last, office.as_deref(), &mut rows)),
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
/// that went. One line alone goes on with its label, but for a heading's.
fn people(text: &str, end: usize, field: &Field) -> (Vec<ContactBlock>, usize) {
    let heads = matches!(
        field.kind,
        LabelKind::Name | LabelKind::Liaison | LabelKind::Phone
    );
    // 联系人：, 四、联系人及电话
    let rest = text.get(field.span.end..end).unwrap_or_default();
    let colon = || {
        rest.chars()
            .all(|c| is_blank(c) || matches!(c, '：' | ':' | '如' | '下'))
            || rest.trim_end_matches(is_blank).ends_with(['：', ':'])
    };
    let mut out = Vec::new();
    let mut from = end;
    if heads && field.values.is_empty() && colon() {
        while let Some(line) = next_line(text, from).filter(|l| l.len() <= 200 && out.len() < 50) {
            let cells = Cells::new(text, unnumbered(text, line));
            if labelled(&cells) {
                break;
            }
            let Some((mut values, mut span)) = value::line(&cells, LabelKind::Liaison) else {
                break;
            };
            let mut done = line.end;
            // 李雷　县水利局⏎0571-5550188: the number has a line of its own
            if values.phones.is_empty()
                && let Some((number, place)) = number_line(text, line.end)
            {
                values.add(number);
                span = Span::new(span.start, place.end);
                done = place.end;
            }
            let earlier = std::mem::take(&mut values.earlier);
            let whole = |v: &Values| {
                (!v.names.is_empty() || v.organization.is_some()) && !v.phones.is_empty()
            };
            let named =
                !values.names.is_empty() || earlier.iter().any(|(v, ..)| !v.names.is_empty());
            if !named || !whole(&values) || !earlier.iter().all(|(v, ..)| whole(v)) {
                break;
            }
            for (values, from, to) in earlier {
                out.push(contact(
                    values,
                    Span::new(cells.byte(from), cells.end_byte(to)),
                ));
                let signs = cells.chars[to..]
                    .iter()
                    .take_while(|c| !c.is_alphanumeric());
                span.start = cells.byte(to + signs.count());
            }
            out.push(contact(values, span));
            from = text[done..].find('\n').map_or(text.len(), |i| done + i);
        }
    }
    // 三、联系方式⏎农水股：李雷，5550101: below a heading one is enough
    let start = text[..end].rfind('\n').map_or(0, |i| i + 1);
    let heading = || rest.trim().is_empty() && end - start <= 45;
    if out.is_empty() || out.len() < 2 && !heading() {
        return (Vec::new(), end);
    }
    (out, from)
}

/// The numbers of the next line, where it holds nothing else.
fn number_line(text: &str, end: usize) -> Option<(Values, Span)> {
    let line = next_line(text, end).filter(|line| line.len() <= 80)?;
    let (values, span) = value::continuation(&Cells::new(text, line), LabelKind::Phone)?;
    let alone = !values.phones.is_empty() && values.names.is_empty();
    (alone && values.organization.is_none()).then_some((values, span))
}

/// Whether the line has a label other than of a number or a mailbox: 联系人：….
fn labelled(cells: &Cells<'_>) -> bool {
    LABELS.matcher.find_iter(&cells.compact).any(|hit| {
        let kind = LABELS.kinds[hit.pattern().as_usize()];
        use LabelKind::{Both, Email, Fax, Phone};
        !matches!(kind, Phone | Fax | Both | Email)
    })
}

/// The contact of a line of its own.
fn contact(values: Values, span: Span) -> ContactBlock {
    ContactBlock {
        span,
        names: values.names,
        organization: values.organization,
        phones: values.phones,
        faxes: values.faxes,
        emails: values.emails,
        ..ContactBlock::default()
    }
}

/// The line without the number of its item: 1. （一） ①.
pub(super) fn unnumbered(text: &str, line: Span) -> Span {
    let inner = line.of(text).trim_start_matches(is_blank);
    let bracket = inner.strip_prefix(['（', '(']);
    let figures = bracket.unwrap_or(inner);
    let rest = figures
        .trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let counted = (1..=9).contains(&(figures.len() - rest.len()));
    let sign = match bracket {
        Some(_) => rest.strip_prefix(['）', ')']),
        None => rest.strip_prefix(['.', '．', '、']),
    };
    let circled = inner.strip_prefix(|c| ('①'..='⑳').contains(&c));
    match sign.filter(|_| counted).or(circled) {
        Some(rest) => Span::new(line.end - rest.len(), line.end),
        None => line,
    }
}

/// Takes what the lines after `end` add to a field that is open at its line's end; how far that went. People with numbers
/// of their own who are not of the line's `office` go to `rows`.
fn continued(
    text: &str,
    end: usize,
    field: &mut Field,
    office: Option<&str>,
    rows: &mut Vec<ContactBlock>,
) -> usize {
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
    let mut apart = false;
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
                // 五、监督电话⏎0571-5550101（县水利局）
                let public = kind == LabelKind::Hotline && !values.hotlines.is_empty();
                values.reach() || public || (colon && !values.is_empty())
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
        // 联系人：水利股　李雷　5550101⏎　　　　农机股　韩梅　5550102
        let beside = !empty && !values.names.is_empty() && !values.phones.is_empty();
        let other = values.organization.as_deref();
        apart |= beside && office.is_some() && other.is_some() && other != office;
        match apart && beside {
            true => rows.push(contact(values, span)),
            false => {
                field.values.join(values);
                field.span = Span::new(field.span.start, span.end);
            }
        }
        done = line.end;
        from = line.end;
    }
    done
}

/// The office that the fields of a line name, where somebody of it can be reached.
fn office_of(line: &[Field]) -> Option<String> {
    let reached = line.iter().any(|f| f.values.reach());
    let mut offices = line
        .iter()
        .filter_map(|f| f.values.organization.as_ref().or(f.organization.as_ref()));
    offices.next().filter(|_| reached).cloned()
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
