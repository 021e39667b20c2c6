//! The fields of a line: each label with what stands after it.

use super::bracket::han_before;
use super::cells::Cells;
use super::label::LABELS;
use super::label::LabelKind;
use super::label::ends_as_office;
use super::name;
use super::phone;
use super::value::Values;
use super::value::note;
use super::value::read;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_han;
use crate::text::words::Words;

/// A label and its values.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) kind: LabelKind,
    /// From the label, the office before it included, to the last value.
    pub(super) span: Span,
    /// Byte where the words before the label begin that belong to it.
    pub(super) lead: usize,
    /// Bracket depth at the label.
    pub(super) depth: usize,
    /// The office named before the label, or among the values.
    pub(super) organization: Option<String>,
    pub(super) values: Values,
    /// Whether a colon, a blank or a bracket parts label and value.
    pub(super) parted: bool,
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
        let mut last = field(cells, *label, end);
        earlier(cells, &mut last, &mut out);
        out.push(last);
    }
    loose_emails(cells, &mut out);
    out
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
        // 甲市8号邮政信箱 is an address
        let before = from.checked_sub(1).and_then(|i| cells.get(i));
        if before == Some('号') && cells.get(to - 1) == Some('箱') {
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
        || (after == Some('同') && matches!(cells.get(to + 1), Some('号' | '名' | '步')))
        || matches!(before, Some('带' | '兼' | '同' | '含'))
}

/// Whether a Latin label is a piece of a longer word: hotel, qqcom.
fn cut_word(cells: &Cells<'_>, from: usize, to: usize) -> bool {
    let latin = |i: Option<char>| i.is_some_and(|c| c.is_ascii_alphabetic());
    let before = from.checked_sub(1).and_then(|i| cells.get(i));
    // 请联系人事处, 联系人大代表
    let people = || {
        matches!(cells.get(to), Some('事' | '力' | '大' | '社' | '才' | '防'))
            && cells.get(to - 1) == Some('人')
            && !cells.gap(to)
            && !cells.gap(to + 1)
    };
    (latin(cells.get(from)) && latin(before) && !cells.gap(from))
        || (latin(cells.get(to - 1)) && latin(cells.get(to)))
        || people()
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
    use LabelKind::{Both, Fax, Other, Phone};
    match (first, second) {
        (Phone, Fax) | (Fax, Phone) => Both,
        // 微信/手机
        (Other, second) => second,
        _ => first,
    }
}

/// Whether the word at `start` only ends what a number begins: 大厦502室.
fn goes_on(cells: &Cells<'_>, start: usize) -> bool {
    let before = start.checked_sub(1).and_then(|i| cells.get(i));
    before.is_some_and(|c| c.is_ascii_alphanumeric()) && !cells.gap(start)
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
                return if goes_on(cells, start) { from } else { start };
            }
        }
    }
    if cells.gap(from) && goes_on(cells, start) {
        return from;
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
    let office = ends_as_office(&cells.string(start, from));
    let listed = start > 0 && cells.get(start - 1) == Some('、');
    // 李雷、韩梅梅　电话 and 韩梅梅　电话: names, not words of the label
    if !office && floor > 0 && (listed || cells.gap(from)) {
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
    // whom to call for a person, not about the notice
    if words.ends_with("紧急") {
        kind = LabelKind::Other;
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
    // 传真至0571-…, 发送邮件到…
    if let Some('至' | '到') = cells.get(at)
        && cells.get(at + 1).is_some_and(|c| c.is_ascii_alphanumeric())
    {
        at += 1;
    }
    let mut values = Values::default();
    // 联系方式：县水利局　李雷　韩梅⏎电话：…
    let people = kind == LabelKind::Phone && parted && names_people(cells, label, at, end);
    let kind_read = if people { LabelKind::Name } else { kind };
    let until = read(cells, at, end, kind_read, &mut values);
    // 举报电话：县水利局 5550101；县林业局 5550102: the numbers alone
    if kind == LabelKind::Hotline {
        values = values.together();
        values.names.clear();
        values.organization = None;
    }
    let last = if values.is_empty() && kind != LabelKind::Other {
        at.min(end)
    } else {
        until
    };
    let before = || match cells.gap(label.prefix) {
        true => None,
        false => cells.get(label.prefix.checked_sub(1)?),
    };
    let organization = office_behind(before(), &words);
    // 联系人：李雷　电话：…⏎韩梅梅　电话：…: a name where the first line had its label
    let begins =
        organization.is_none() && label.prefix == 0 && cells.gap(label.from) && values.reach();
    // 李雷老师　手机：…
    let person = name::office_and_name(&words)
        .filter(|(office, _)| begins && office.is_none())
        .map(|(_, person)| person);
    let named = person.is_some();
    // 联系人：水利股　李雷　电话：…⏎　　　　林业股　韩梅　电话：…: and an office with it
    let of_line = || {
        let begins = organization.is_none() && label.prefix == 0 && values.reach();
        let (office, person) = name::office_and_name(&words).filter(|_| begins)?;
        (cells.gap(label.from) && words.contains(office.as_deref()?)).then_some((office, person))
    };
    let (organization, named) = match of_line().filter(|_| !named) {
        Some((office, person)) => {
            values.names.insert(0, person);
            (office, true)
        }
        None => {
            values.names.splice(0..0, person);
            (organization, named)
        }
    };
    let from = if organization.is_some() || named {
        label.prefix
    } else {
        label.from
    };
    Field {
        kind,
        span: Span::new(cells.byte(from), cells.end_byte(last.max(label.to))),
        lead: cells.byte(label.prefix),
        depth: cells.depth.get(label.from).copied().unwrap_or(0),
        organization,
        values,
        parted,
    }
}

/// Whether an office and names alone stand behind 联系方式.
fn names_people(cells: &Cells<'_>, label: Label, at: usize, end: usize) -> bool {
    if cells.string(label.from, label.to) != "联系方式" || end - at > 30 {
        return false;
    }
    let words = name::words_between(cells, at, end);
    let mut names = words
        .iter()
        .skip(1)
        .filter(|word| !name::is_title(word))
        .peekable();
    words.first().is_some_and(|office| ends_as_office(office))
        && names.peek().is_some()
        && names.all(|word| name::is_plain_name(word))
}

/// Parts a list of people: each but the last becomes a field of its own before it, under the office of the label.
fn earlier(cells: &Cells<'_>, last: &mut Field, out: &mut Vec<Field>) {
    let mut start = last.span.start;
    let lead = last.lead;
    // people without offices of their own are one contact
    let apart = last.values.organization.is_some()
        || last
            .values
            .earlier
            .iter()
            .any(|(v, _, _)| v.organization.is_some());
    if !apart && !last.values.earlier.is_empty() {
        last.values = std::mem::take(&mut last.values).together();
        return;
    }
    for (values, from, to) in std::mem::take(&mut last.values.earlier) {
        let of_label = last
            .organization
            .clone()
            .filter(|_| start == last.span.start);
        out.push(Field {
            span: Span::new(start.min(cells.byte(from)), cells.end_byte(to)),
            lead: lead.min(start),
            organization: of_label.clone().or(values.organization.clone()),
            values,
            ..last.clone()
        });
        start = cells.end_byte(to);
    }
    if out.last().is_some_and(|before| before.span.end == start) {
        let text = cells.text.get(start..last.span.end).unwrap_or_default();
        let signs = text.len()
            - text
                .trim_start_matches(|c: char| !c.is_alphanumeric())
                .len();
        last.span = Span::new(start + signs, last.span.end);
        last.lead = last.span.start;
        last.organization = last
            .values
            .organization
            .clone()
            .or(last.organization.take());
    }
}

fn hot(words: &str) -> bool {
    static WORDS: Words = Words::new(&[
        "举报", "投诉", "监督", "报警", "热线", "火警", "急救", "求助",
    ]);
    if !WORDS.is_in(words) {
        return false;
    }
    // 市场监督管理局 is an office, not a line for complaints
    const OFFICES: [&str; 3] = ["监督管理", "监督局", "监督所"];
    let mut words = words.to_owned();
    for office in OFFICES {
        words = words.replace(office, "");
    }
    WORDS.is_in(&words)
}

/// The office among the words that `text` ends with.
pub(super) fn office_at_end(text: &str) -> Option<String> {
    let words = han_before(text);
    office_behind(text[..text.len() - words.len()].chars().next_back(), words)
}

/// The same of words behind the character `before`: （…）和县林业局 is the county's, 和县林业局 that of 和县.
pub(super) fn office_behind(before: Option<char>, words: &str) -> Option<String> {
    let goes_on = |c: char| matches!(c, ')' | '、' | '”' | '"') || c.is_ascii_alphanumeric();
    match words.strip_prefix('和').filter(|w| w.starts_with('县')) {
        Some(rest) if before.map(fold).is_some_and(goes_on) => office(rest),
        _ => office(words),
    }
}

/// The office among the words before a label or a bracket; the verb that leads to it is left out.
pub(super) fn office(words: &str) -> Option<String> {
    let words = words.trim_matches(['“', '”', '"', '、', '的']);
    static VERBS: Words = Words::new(&[
        "报告至",
        "报告给",
        "报告",
        "致电",
        "拨打",
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
    ]);
    // 滨河路8号县水利局
    let mut name = words.strip_prefix('号').unwrap_or(words);
    // …报区城管局（…）和区住建局（…）
    for and in ['和', '及', '与', '或'] {
        if let Some(rest) = name.strip_prefix(and)
            && rest.starts_with(['省', '市', '县', '区', '镇', '乡', '局'])
            // 和县, a county
            && !name.starts_with("和县")
        {
            name = rest;
        }
    }
    if VERBS.is_in(name) {
        for verb in VERBS.list() {
            if let Some(i) = name.rfind(verb) {
                name = &name[i + verb.len()..];
            }
        }
    }
    // 报局办公室, 到局办公室, 交办公室
    for verb in ['报', '到', '交', '送', '给', '向', '由', '与', '请'] {
        if let Some(i) = name.rfind(verb) {
            let rest = &name[i + verb.len_utf8()..];
            let taken = verb == '报' && rest.starts_with('社')
                || verb == '交' && rest.starts_with(['通', '警']);
            if !taken && ends_as_office(rest) {
                name = rest;
            }
        }
    }
    let count = name.chars().count();
    // 各督查组联系人：…: nobody's office
    let every = name.starts_with('各');
    (ends_as_office(name) && !every && (2..=30).contains(&count)).then(|| name.to_string())
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
            lead: email.span.start,
            depth: cells.depth.get(i).copied().unwrap_or(0),
            organization: None,
            values,
            parted: false,
        });
    }
    out.sort_by_key(|f| f.span.start);
}
