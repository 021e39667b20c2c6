//! The fields of a line: each label with what stands after it.

use super::cells::Cells;
use super::label::LABELS;
use super::label::LabelKind;
use super::label::ends_as_office;
use super::name;
use super::phone;
use crate::entity::doc_number::is_dash;
use crate::span::Span;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;

/// A label and its values.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) kind: LabelKind,
    /// From the label, the office before it included, to the last value.
    pub(super) span: Span,
    /// Bracket depth at the label.
    pub(super) depth: usize,
    /// The office named before the label, or among the values.
    pub(super) organization: Option<String>,
    pub(super) values: Values,
    /// Whether a colon, a blank or a bracket parts label and value.
    pub(super) parted: bool,
}

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

    /// Whether somebody can be reached by them.
    pub(super) fn reach(&self) -> bool {
        !(self.phones.is_empty() && self.faxes.is_empty() && self.emails.is_empty())
    }
}

/// A label as it stands: characters `from..to`, the words before it from `prefix`.
#[derive(Clone, Copy, Debug)]
struct Label {
    kind: LabelKind,
    prefix: usize,
    from: usize,
    to: usize,
}

/// The fields of a line, those without value included.
pub(super) fn fields(cells: &Cells<'_>) -> Vec<Field> {
    let labels = labels(cells);
    let mut out: Vec<Field> = Vec::new();
    for (n, label) in labels.iter().enumerate() {
        let end = labels.get(n + 1).map_or(cells.len(), |next| next.prefix);
        out.push(field(cells, *label, end));
    }
    loose_emails(cells, &mut out);
    out
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

fn labels(cells: &Cells<'_>) -> Vec<Label> {
    let mut out: Vec<Label> = Vec::new();
    for hit in LABELS.matcher.find_iter(&cells.compact) {
        let from = cells.of_compact(hit.start());
        let to = cells.of_compact(hit.end());
        let kind = LABELS.kinds[hit.pattern().as_usize()];
        if cells.in_email(from) || is_note(cells, from, to) || cut_word(cells, from, to) {
            continue;
        }
        let floor = out.last().map_or(0, |last| last.to);
        // 联系人及电话, 电话/传真: one label of two words
        if let Some(last) = out.last_mut()
            && joined(cells, last.to, from)
        {
            last.kind = both(last.kind, kind);
            last.to = to;
            continue;
        }
        let prefix = prefix(cells, from, floor);
        out.push(Label {
            kind,
            prefix,
            from,
            to,
        });
    }
    out
}

/// Whether the words are a note on a number, （带传真）, or a bracket after another label, 电话（传真）.
fn is_note(cells: &Cells<'_>, from: usize, to: usize) -> bool {
    let before = from.checked_sub(1).and_then(|i| cells.get(i));
    let after = cells.get(to);
    after == Some(')')
        || (after == Some('同') && cells.get(to + 1) == Some('号'))
        || matches!(before, Some('带' | '兼' | '同' | '含'))
}

/// Whether a Latin label is a piece of a longer word: hotel, qqcom.
fn cut_word(cells: &Cells<'_>, from: usize, to: usize) -> bool {
    let latin = |i: Option<char>| i.is_some_and(|c| c.is_ascii_alphabetic());
    let before = from.checked_sub(1).and_then(|i| cells.get(i));
    (latin(cells.get(from)) && latin(before)) || (latin(cells.get(to - 1)) && latin(cells.get(to)))
}

fn joined(cells: &Cells<'_>, from: usize, to: usize) -> bool {
    match to.checked_sub(from) {
        Some(0) => true,
        Some(1) => matches!(
            cells.get(from),
            Some('及' | '和' | '与' | '、' | '/' | '或' | '&' | '兼')
        ),
        _ => false,
    }
}

fn both(first: LabelKind, second: LabelKind) -> LabelKind {
    use LabelKind::{Both, Fax, Phone};
    match (first, second) {
        (Phone, Fax) | (Fax, Phone) => Both,
        _ => first,
    }
}

/// Where the words that belong to the label begin: the office or the verb before it.
fn prefix(cells: &Cells<'_>, from: usize, floor: usize) -> usize {
    let mut start = from;
    while start > floor {
        let c = cells.chars[start - 1];
        if !(is_han(c) || matches!(c, '、' | '“' | '”' | '"')) || from - start >= 40 {
            break;
        }
        if c == '、' && !ends_as_office(&cells.string(start.saturating_sub(3), start - 1)) {
            break;
        }
        start -= 1;
        if cells.gap(start) && start < from {
            // a blank parts the words from what is before: an office stays with its label, a value does not
            let word = cells.string(start, from);
            let at_front = start == 0 || !is_han(cells.chars[start - 1]);
            if at_front && ends_as_office(&word) {
                return start;
            }
        }
    }
    // words straight after 联系人： are its value
    let touches_label = floor > 0
        && (start == floor
            || matches!(cells.get(start - 1), Some(':' | '(')) && start - 1 <= floor);
    if touches_label {
        if let Some(blank) = (start + 1..from).rev().find(|i| cells.gap(*i))
            && ends_as_office(&cells.string(blank, from))
        {
            return blank;
        }
        return from;
    }
    start
}

fn field(cells: &Cells<'_>, label: Label, end: usize) -> Field {
    let words = cells.string(label.prefix, label.from);
    let mut kind = label.kind;
    if hot(&words) && matches!(kind, LabelKind::Phone | LabelKind::Both) {
        kind = LabelKind::Hotline;
    }
    if hot(&words) && kind == LabelKind::Email {
        kind = LabelKind::Other;
    }
    let mut at = label.to;
    let mut parted = cells.gap(at);
    // 电话（传真）：, 联系人（签字）：
    if let Some((close, note)) = note(cells, at)
        && !note.chars().any(|c| c.is_ascii_digit())
        && (note.contains("传真") || cells.get(close + 1) == Some(':'))
    {
        if note.contains("传真") && kind == LabelKind::Phone {
            kind = LabelKind::Both;
        }
        at = close + 1;
    }
    while let Some(':' | '-' | '为' | '是' | '|' | '=') = cells.get(at) {
        parted |= cells.get(at) == Some(':');
        at += 1;
        if cells.get(at - 1) != Some(':') && parted {
            break;
        }
    }
    parted |= cells.get(at) == Some('(');
    let mut values = Values::default();
    let until = read(cells, at, end, kind, &mut values);
    let last = if values.is_empty() {
        at.min(end)
    } else {
        until
    };
    let organization = office(&words);
    let from = if organization.is_some() {
        label.prefix
    } else {
        label.from
    };
    Field {
        kind,
        span: Span::new(cells.byte(from), cells.end_byte(last.max(label.to))),
        depth: cells.depth.get(label.from).copied().unwrap_or(0),
        organization,
        values,
        parted,
    }
}

fn hot(words: &str) -> bool {
    const WORDS: [&str; 8] = [
        "举报", "投诉", "监督", "报警", "热线", "火警", "急救", "求助",
    ];
    // 市场监督管理局 is an office, not a line for complaints
    let words = words
        .replace("监督管理", "")
        .replace("监督局", "")
        .replace("监督所", "");
    WORDS.iter().any(|w| words.contains(w))
}

/// The bracket that opens at `at`: where it closes and what it holds, at most twelve characters.
fn note(cells: &Cells<'_>, at: usize) -> Option<(usize, String)> {
    if cells.get(at) != Some('(') {
        return None;
    }
    let close = (at + 1..at + 14).find(|i| cells.get(*i) == Some(')'))?;
    Some((close, cells.string(at + 1, close)))
}

/// The office among the words before a label or a bracket; the verb that leads to it is left out.
pub(super) fn office(words: &str) -> Option<String> {
    let words = words.trim_matches(['“', '”', '"', '、', '的']);
    const VERBS: [&str; 16] = [
        "报送至",
        "上报至",
        "发送至",
        "反馈至",
        "反馈给",
        "报送",
        "上报",
        "发送",
        "反馈",
        "提交",
        "送至",
        "报至",
        "送交",
        "寄至",
        "联系",
        "至",
    ];
    let mut name = words;
    for verb in VERBS {
        if let Some(i) = name.rfind(verb) {
            name = &name[i + verb.len()..];
        }
    }
    // 报局办公室, 到局办公室, 交办公室
    for verb in ["报", "到", "交", "送", "给", "向", "由", "与", "请"] {
        if let Some(i) = name.rfind(verb) {
            let rest = &name[i + verb.len()..];
            let taken = verb == "报" && rest.starts_with('社')
                || verb == "交" && rest.starts_with(['通', '警']);
            if !taken && ends_as_office(rest) {
                name = rest;
            }
        }
    }
    let count = name.chars().count();
    (ends_as_office(name) && (2..=30).contains(&count)).then(|| name.to_string())
}

/// An address that stands in the sentence without any label: 发至x@y.com.
fn loose_emails(cells: &Cells<'_>, out: &mut Vec<Field>) {
    let mut taken = out
        .iter()
        .map(|f| f.span)
        .collect::<Vec<_>>()
        .into_iter()
        .peekable();
    for email in &cells.emails {
        while taken.next_if(|span| span.end <= email.span.start).is_some() {}
        if taken.peek().is_some_and(|span| span.overlaps(email.span)) {
            continue;
        }
        let before = phone::clause_before(cells.text, email.span.start, 12);
        if hot(before) {
            continue;
        }
        let i = cells.index(email.span.start);
        let values = Values {
            emails: vec![email.email.clone()],
            ..Values::default()
        };
        out.push(Field {
            kind: LabelKind::Email,
            span: email.span,
            depth: cells.depth.get(i).copied().unwrap_or(0),
            organization: None,
            values,
            parted: false,
        });
    }
    out.sort_by_key(|f| f.span.start);
}

/// Reads values from character `from` up to `end`; the first character after the last value.
fn read(cells: &Cells<'_>, from: usize, end: usize, kind: LabelKind, values: &mut Values) -> usize {
    match kind {
        LabelKind::Address => address(cells, from, end, values),
        LabelKind::Organization => organization(cells, from, end, values),
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
    let value = crate::text::fold::joined(raw);
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
        if c == '('
            && let Some((close, note)) = note(cells, at)
            && !note_holds_value(&note)
        {
            if note.contains("传真")
                && let Some(number) = values.phones.last()
            {
                values.faxes.push(number.clone());
            }
            at = close + 1;
            if at <= end && last > from {
                last = at;
            }
            continue;
        }
        if c.is_ascii_digit() || matches!(c, '(' | '+') {
            if let Some(next) = number(cells, at, kind, values, at == from || after_sign(cells, at))
            {
                at = next.min(cells.len());
                last = at;
                after_comma = false;
                continue;
            }
            if c != '(' {
                break;
            }
        }
        if is_han(c) {
            let (next, taken) = name::read(cells, at, end, kind, after_comma, values);
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

/// Whether a bracket's content is more than a remark: a number or an address stands in it.
fn note_holds_value(note: &str) -> bool {
    note.chars().filter(char::is_ascii_digit).count() >= 5 || note.contains('@')
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
    if kind != LabelKind::Fax {
        values.phones.extend(numbers.iter().cloned());
    }
    if matches!(kind, LabelKind::Fax | LabelKind::Both) {
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
fn as_written(surface: &str) -> String {
    surface
        .chars()
        .filter(|c| !is_blank(*c))
        .map(|c| {
            if is_dash(c) {
                '-'
            } else {
                crate::text::fold::fold(c)
            }
        })
        .collect()
}
