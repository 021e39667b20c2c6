//! What stands after a label: names, numbers, addresses.

use super::cells::Cells;
use super::label::LabelKind;
use super::label::ends_as_office;
use super::name;
use super::number::after_sign;
use super::number::number;
use crate::span::Span;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;
use crate::text::fold::joined;
use crate::text::words::Words;

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
    /// Whether people of several offices stand here, so that none is theirs.
    pub(super) several: bool,
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

    /// Takes in people whose numbers follow for all: 李雷（农水股）、韩梅（农机股），电话：… is of neither office.
    pub(super) fn join(&mut self, next: Values) {
        let differ = |next: &Option<String>| {
            next.is_some() && self.organization.is_some() && *next != self.organization
        };
        let several = !self.reach() && !self.names.is_empty() && differ(&next.organization);
        self.add(next);
        self.several |= several;
        if self.several {
            self.organization = None;
        }
    }

    /// These with all the people before the last, as one.
    pub(super) fn together(mut self) -> Self {
        if self.earlier.is_empty() {
            return self;
        }
        let mut all = Values::default();
        for (values, _, _) in std::mem::take(&mut self.earlier) {
            all.add(values);
        }
        all.add(self);
        all
    }

    /// Whether somebody can be reached by them.
    pub(super) fn reach(&self) -> bool {
        !(self.phones.is_empty() && self.faxes.is_empty() && self.emails.is_empty())
    }
}

/// The values of a line that continues a label of the line before, its people as one; null unless it holds nothing else.
pub(super) fn continuation(cells: &Cells<'_>, kind: LabelKind) -> Option<(Values, Span)> {
    let (values, span) = line(cells, kind)?;
    Some((values.together(), span))
}

/// The same with the people of other offices in [`Values::earlier`].
pub(super) fn line(cells: &Cells<'_>, kind: LabelKind) -> Option<(Values, Span)> {
    if cells.len() == 0 || cells.len() > 80 {
        return None;
    }
    let mut values = Values::default();
    let end = read(cells, 0, cells.len(), kind, &mut values);
    let rest = &cells.chars[end..];
    let closes = |c: &char| matches!(c, '。' | ';' | ',' | ')');
    let whole = rest.iter().all(closes) || values.reach() && is_room(rest);
    (whole && !values.is_empty()).then(|| (values, Span::new(cells.byte(0), cells.end_byte(end))))
}

/// Whether the characters name a room and no more: ，实验楼A205。
fn is_room(rest: &[char]) -> bool {
    let room: String = rest
        .iter()
        .filter(|c| !matches!(c, '。' | ';' | ',' | '(' | ')'))
        .collect();
    let place = room
        .trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '室' | '房' | '-'));
    place.len() < room.len()
        && place.ends_with(['楼', '室', '厦', '幢', '栋', '座'])
        && place.chars().count() <= 12
        && rest.first() == Some(&',')
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
        // 联系电话：县防办，李雷，0571-…；县气象局，韩梅，0571-…
        LabelKind::Phone | LabelKind::Both if office_first(cells, from, end) => {
            let mut found = Values::default();
            let last = offices(cells, from, end, &mut found);
            if !found.reach() {
                return listed(cells, from, end, kind, values);
            }
            values.earlier.append(&mut found.earlier);
            values.add(found);
            last
        }
        LabelKind::Other => account(cells, from, end),
        _ => listed(cells, from, end, kind, values),
    }
}

/// The first character after an account, which is kept nowhere: 微信号：ab_1990.
fn account(cells: &Cells<'_>, from: usize, end: usize) -> usize {
    let sign = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    from + cells.chars[from.min(end)..end]
        .iter()
        .take_while(|c| sign(c))
        .count()
}

/// Whether an office and a comma stand first: 县防办，李雷，….
fn office_first(cells: &Cells<'_>, from: usize, end: usize) -> bool {
    let mut to = from;
    while to < end && is_han(cells.chars[to]) && to - from < 24 {
        to += 1;
    }
    to - from >= 3 && cells.get(to) == Some(',') && ends_as_office(&cells.string(from, to))
}

/// Whether an office and a colon stand at `from`: 保卫处：….
fn office_and_colon(cells: &Cells<'_>, from: usize, end: usize) -> bool {
    let mut to = from;
    while to < end && is_han(cells.chars[to]) && to - from < 24 {
        to += 1;
    }
    to - from >= 2 && cells.get(to) == Some(':') && ends_as_office(&cells.string(from, to))
}

fn address(cells: &Cells<'_>, from: usize, end: usize, values: &mut Values) -> usize {
    let depth = cells.depth.get(from).copied().unwrap_or(0);
    let mut to = from;
    while to < end && to - from < 120 {
        let c = cells.chars[to];
        if matches!(c, '。' | ';')
            // the bracket that the block stands in may have opened on an earlier line
            || (c == ')' && cells.depth[to] == depth && !opens(cells, from, to))
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
    // …路5号卫生局疾控科收
    let (value, taker) = match raw.trim_end().strip_suffix(['收', '启']) {
        Some(less) if !less.ends_with(['验', '税', '回', '接']) => taker(less),
        _ => (joined(without_office(raw)), None),
    };
    let long = value.chars().count();
    // 受理地址、联系电话请查阅附件2
    let elsewhere = value.starts_with(['请', '见', '详', '另', '同']) && long < 20;
    if !elsewhere && (4..=80).contains(&long) && value.chars().any(is_han) && text_end > from {
        values.address = Some(value);
        values.names.extend(taker);
        last
    } else {
        from
    }
}

/// The address less the office behind a blank at its end: …路5号2楼　县水利局.
fn without_office(raw: &str) -> &str {
    let words = raw.trim_end();
    match words.rsplit_once(is_blank) {
        Some((place, office))
            if office.chars().nth(3).is_some()
                && ends_as_office(office)
                && place
                    .trim_end()
                    .ends_with(['楼', '室', '号', '层', '栋', '座', '院']) =>
        {
            place
        }
        _ => words,
    }
}

/// The address and the person after its comma to whom things are sent: …路5号302室，李雷（收）.
pub(super) fn taker(value: &str) -> (String, Option<String>) {
    let parts = |c: char| is_blank(c) || matches!(c, '，' | ',');
    let value = value.trim_end_matches(|c| parts(c) || matches!(c, '（' | '('));
    if let Some((i, sign)) = value.char_indices().rev().take(5).find(|(_, c)| parts(*c)) {
        let name = &value[i + sign.len_utf8()..];
        // …路5号县农业农村局　农机科收
        if name::is_plain_name(name) && !ends_as_office(name) {
            return (
                joined(value[..i].trim_end_matches(parts)),
                Some(name.to_owned()),
            );
        }
    }
    (joined(value), None)
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
    // where the last number begins, and where the last note ends
    let mut number_at = from;
    let mut noted = from;
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
            number_at = at;
            at = next.min(cells.len());
            last = at;
            after_comma = false;
            continue;
        }
        if c == '('
            && let Some((close, note)) = note(cells, at)
            && !note_holds_value(&note)
        {
            // 5550101　（传真）5550102: the note says what the next number is
            if note.contains("传真")
                && cells.gap(at)
                && !cells.gap(close + 1)
                && cells.get(close + 1).is_some_and(|c| c.is_ascii_digit())
                && let Some(next) = number(cells, close + 1, LabelKind::Fax, values, true)
            {
                at = next.min(cells.len());
                last = at;
                continue;
            }
            heed(&note, values);
            // 联系人：李雷（8023）、韩梅（8024）: inner lines
            let named = matches!(kind, LabelKind::Name | LabelKind::Liaison);
            let inner = || values.phones.iter().all(|p| is_inner_line(p));
            if named && last > from && is_inner_line(&note) && inner() {
                values.phones.push(note.clone());
            }
            let phones = matches!(kind, LabelKind::Phone | LabelKind::Both);
            // 李雷（市商务局）, 0718-5550188（人事科）
            let of = match values.names.is_empty() {
                true => phones && is_office_of_number(&note),
                false => note.chars().nth(1).is_some() && ends_as_office(&note),
            };
            // 电话：5550101（县水利局）；5550102（县林业局）: each number has its office
            if of
                && values.names.is_empty()
                && values
                    .organization
                    .as_ref()
                    .is_some_and(|first| *first != note)
                && values.phones.len() > 1
                && let Some(number) = values.phones.pop()
            {
                let fresh = Values {
                    phones: vec![number],
                    organization: Some(note),
                    ..Values::default()
                };
                let mut done = std::mem::replace(values, fresh);
                values.earlier = std::mem::take(&mut done.earlier);
                values.hotlines = std::mem::take(&mut done.hotlines);
                values.earlier.push((done, begun, noted));
                begun = number_at;
                at = close + 1;
                last = at;
                noted = at;
                continue;
            }
            let other = of
                && values
                    .organization
                    .as_ref()
                    .is_some_and(|first| *first != note);
            if last > from && other && values.names.len() > 1 && !values.reach() {
                values.several = true;
                values.organization = None;
            }
            if last > from && values.organization.is_none() && !values.several {
                // 李雷（农水股股长）
                let of_post = || name::office_of_post(&note).filter(|_| !values.names.is_empty());
                values.organization = of.then(|| note.clone()).or_else(of_post);
            }
            // 0718-5550188（李雷）: who answers
            if phones && last > from && name::is_plain_name(&note) && !SHIFTS.hold(&note) {
                values.names.push(note.clone());
            }
            at = close + 1;
            noted = at;
            if at <= end && last > from {
                last = at;
            }
            continue;
        }
        if c.is_ascii_digit() || c == '+' {
            break;
        }
        if is_han(c) {
            if last > from
                && let Some(next) = number_label(cells, at)
            {
                at = next;
                continue;
            }
            if let Some(next) = shift(cells, at).filter(|_| kind == LabelKind::Phone) {
                at = next;
                continue;
            }
            let own = parts(cells, at, end, kind, values);
            let mut fresh = Values::default();
            let (next, taken) = name::read(cells, at, end, kind, after_comma, &mut fresh);
            if taken && (own || another_office(cells, next, values, &fresh)) {
                let mut done = std::mem::replace(values, fresh);
                values.earlier = std::mem::take(&mut done.earlier);
                values.hotlines = std::mem::take(&mut done.hotlines);
                values.earlier.push((done, begun, last));
                begun = at;
            } else if taken {
                values.join(fresh);
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

/// The first character of the number whose label stands at `at` in a line that is read whole: 李雷，电话：5550101.
fn number_label(cells: &Cells<'_>, at: usize) -> Option<usize> {
    let from = match cells.chars[at] {
        '联' if cells.get(at + 1) == Some('系') => at + 2,
        '办' if cells.get(at + 1) == Some('公') => at + 2,
        _ => at,
    };
    let word = cells.string(from, from + 2);
    let mut to = from + 2;
    if !matches!(
        word.as_str(),
        "电话" | "手机" | "座机" | "邮箱" | "方式" | "内线" | "短号"
    ) {
        return None;
    }
    if cells.get(to) == Some(':') {
        to += 1;
    }
    let number = |c: char| c.is_ascii_digit() || matches!(c, '(' | '+');
    (cells.get(to).is_some_and(number) || cells.email(to).is_some()).then_some(to)
}

/// Whether the name or the office at `at` begins a contact of its own whoever it is.
fn parts(cells: &Cells<'_>, at: usize, end: usize, kind: LabelKind, values: &Values) -> bool {
    // 李雷（甲局）5550101；韩梅（乙局）5550102: each is a contact of its own
    let parted = at.checked_sub(1).and_then(|i| cells.get(i)) == Some(';');
    // 总值班室电话：5550101；保卫处：5550102: so is each office
    let office =
        || matches!(kind, LabelKind::Phone | LabelKind::Both) && office_and_colon(cells, at, end);
    parted && values.reach() && (!values.names.is_empty() || office())
}

/// Whether `fresh`, read up to `next`, is of another office than the values before it, which have their number:
/// 党政办李雷5550101，组织办韩梅5550102, and 李雷（党政办，5550101）、韩梅（组织办，5550102).
fn another_office(cells: &Cells<'_>, next: usize, values: &Values, fresh: &Values) -> bool {
    if values.organization.is_none() || !values.reach() {
        return false;
    }
    match &fresh.organization {
        Some(_) => fresh.organization != values.organization,
        None => {
            let mut to = next + 1;
            while to < next + 20 && cells.get(to).is_some_and(is_han) {
                to += 1;
            }
            cells.get(next) == Some('(')
                && to > next + 1
                && ends_as_office(&cells.string(next + 1, to))
        }
    }
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

/// Four figures that are no year: （8023）, but not 李雷（2031）.
fn is_inner_line(note: &str) -> bool {
    note.len() == 4
        && note.bytes().all(|b| b.is_ascii_digit())
        && !note.starts_with("19")
        && !note.starts_with("20")
}

/// Words in a bracket after a number that begin like surnames and say when it is answered.
static SHIFTS: Words = Words::new(&["白天", "全天", "夏季", "时段", "应急"]);

/// The first character of the number before which stands when it is answered: 白天5550101，夜间5550102.
fn shift(cells: &Cells<'_>, at: usize) -> Option<usize> {
    let word = cells.string(at, at + 2);
    let to = match word.as_str() {
        "白天" | "夜间" | "夜班" | "白班" | "上午" | "下午" | "晚上" | "平时" | "周末" => {
            at + 2
        }
        _ => return None,
    };
    let to = to + usize::from(cells.get(to) == Some(':'));
    cells
        .get(to)
        .is_some_and(|c| c.is_ascii_digit())
        .then_some(to)
}

/// Whether a bracket after a number names the office that answers, rather than the room it rings in: （办公室）.
fn is_office_of_number(note: &str) -> bool {
    note.chars().nth(2).is_some() && note != "办公室" && ends_as_office(note)
}

/// Whether a bracket's content is more than a remark: a number or an address stands in it.
fn note_holds_value(note: &str) -> bool {
    // （工作日8:30-17:30） says when
    let hours = note.contains([':', '时', '点']);
    note.chars().filter(char::is_ascii_digit).count() >= 5 && !hours || note.contains('@')
}

/// The bracket that opens at `at`: where it closes and what it holds, at most 24 characters.
pub(super) fn note(cells: &Cells<'_>, at: usize) -> Option<(usize, String)> {
    if cells.get(at) != Some('(') {
        return None;
    }
    let close = (at + 1..at + 26).find(|i| cells.get(*i) == Some(')'))?;
    Some((close, cells.string(at + 1, close)))
}
