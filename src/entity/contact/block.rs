//! Fields that stand together make one block: whom to ask about one thing.

use super::ContactBlock;
use super::cells::Cells;
use super::field;
use super::field::Field;
use super::label::LabelKind;
use super::label::TRACES;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use memchr::memchr;
use memchr::memrchr;

/// The blocks of `text`, and the numbers that labels name as hotlines.
pub(super) fn blocks(text: &str) -> (Vec<ContactBlock>, Vec<(String, Span)>) {
    let fields = fields(text);
    let mut hotlines = Vec::new();
    let mut open: Vec<Block> = Vec::new();
    for field in fields {
        hotlines.extend(field.values.hotlines.iter().cloned());
        match open.last_mut() {
            Some(block) if block.takes(text, &field) => block.add(field),
            _ => open.push(Block::new(field)),
        }
    }
    let mut out: Vec<Block> = Vec::new();
    for mut block in open {
        block.finish(text);
        if let Some(last) = out.last_mut()
            && last.completed_by(text, &block)
        {
            last.absorb(block);
            continue;
        }
        out.push(block);
    }
    let blocks: Vec<ContactBlock> = out
        .into_iter()
        .filter(Block::is_contact)
        .map(|b| b.found)
        .collect();
    (without_repeats(blocks), hotlines)
}

/// The fields of all lines that hold a label.
fn fields(text: &str) -> Vec<Field> {
    let bytes = text.as_bytes();
    let mut out: Vec<Field> = Vec::new();
    let mut past = 0;
    while let Some(hit) = TRACES.find(&text[past..]) {
        let at = past + hit.start();
        let start = memrchr(b'\n', &bytes[past..at]).map_or(past, |i| past + i + 1);
        let end = memchr(b'\n', &bytes[at..]).map_or(text.len(), |i| at + i);
        let cells = Cells::new(text, Span::new(start, end));
        let from = out.len();
        out.extend(field::fields(&cells));
        past = (end + 1).min(text.len());
        if let Some(last) = out[from..].last_mut() {
            past = past.max(continued(text, end, last));
        }
        if past >= text.len() {
            break;
        }
    }
    out
}

/// Takes what the lines after `end` add to a field that is open at its line's end; how far that went.
fn continued(text: &str, end: usize, field: &mut Field) -> usize {
    let rest_of_line = text.get(field.span.end..end).unwrap_or_default();
    let open = rest_of_line
        .chars()
        .all(|c| is_blank(c) || matches!(c, '；' | ';' | '，' | ',' | '、' | '：' | ':' | '|'));
    if !open || matches!(field.kind, LabelKind::Other | LabelKind::Organization) {
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
        if inner.len() > 160 || TRACES.is_match(inner) {
            if !(empty && field.kind == LabelKind::Email && inner.contains(['@', '＠'])) {
                break;
            }
        }
        let cells = Cells::new(text, line);
        // 联系人：张三 138…⏎李四 139…: a line of a name and a number goes on with the list
        let kind = field.kind;
        let Some((values, span)) = field::continuation(&cells, kind) else {
            break;
        };
        let named = matches!(kind, LabelKind::Name | LabelKind::Liaison);
        let fits = if empty {
            let colon = text
                .get(..end)
                .map(|t| t.trim_end_matches(is_blank))
                .is_some_and(|t| t.ends_with(['：', ':']));
            if named {
                !values.names.is_empty()
                    && (colon || values.reach() || label_follows(text, line.end))
            } else {
                values.reach() || (colon && !values.is_empty())
            }
        } else {
            !values.names.is_empty() && !values.phones.is_empty()
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

fn merge(field: &mut Field, values: field::Values) {
    let into = &mut field.values;
    into.names.extend(values.names);
    into.phones.extend(values.phones);
    into.faxes.extend(values.faxes);
    into.emails.extend(values.emails);
    into.hotlines.extend(values.hotlines);
    into.qq = into.qq.take().or(values.qq);
    into.address = into.address.take().or(values.address);
    into.postcode = into.postcode.take().or(values.postcode);
    into.organization = into.organization.take().or(values.organization);
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
        inner.len() < 160 && TRACES.find(inner).is_some_and(|m| m.start() < 24)
    })
}

/// A block as it grows.
struct Block {
    found: ContactBlock,
    /// Bracket depth at its first label.
    depth: usize,
    /// Whether a label 联系人 with a colon or a blank stands in it.
    named: bool,
    /// Whether a label of telephone or e-mail stands in it, with value or without.
    last: Span,
}

impl Block {
    fn new(field: Field) -> Self {
        let mut block = Self {
            found: ContactBlock {
                span: field.span,
                ..ContactBlock::default()
            },
            depth: field.depth,
            named: false,
            last: field.span,
        };
        block.add(field);
        block
    }

    fn add(&mut self, field: Field) {
        let Field {
            kind,
            span,
            organization,
            values,
            parted,
            depth,
        } = field;
        self.named |= kind == LabelKind::Name && parted && !values.names.is_empty();
        self.last = span;
        self.found.span = Span::new(
            self.found.span.start.min(span.start),
            span.end.max(self.found.span.end),
        );
        if self.bare() {
            // labels without value before the first value are not of the block
            self.found.span = span;
            self.depth = depth;
        }
        let found = &mut self.found;
        if found.organization.is_none() {
            found.organization = organization.or(values.organization);
        }
        push_new(&mut found.names, values.names);
        push_new(&mut found.phones, values.phones);
        push_new(&mut found.faxes, values.faxes);
        push_new(&mut found.emails, values.emails);
        found.qq = found.qq.take().or(values.qq);
        found.address = found.address.take().or(values.address);
        found.postcode = found.postcode.take().or(values.postcode);
    }

    /// Whether the field stands with this block: nothing but signs and blanks between, no second person or office.
    fn takes(&self, text: &str, field: &Field) -> bool {
        let Some(gap) = text.get(self.last.end..field.span.start) else {
            return true;
        };
        if gap.len() > 400 {
            return false;
        }
        let mut depth = 0i64;
        let mut lines = 0;
        for c in gap.chars() {
            match fold(c) {
                '(' => depth += 1,
                ')' => depth -= 1,
                '\n' => lines += 1,
                c if is_blank(c) => {}
                ',' | '、' | ';' | '。' | '/' | '|' | '.' | ':' | '-' => {}
                // 1. 2. before the lines of a list
                _ if lines > 0 && c.is_ascii_digit() => {}
                _ => return false,
            }
        }
        // a bracket that the block stands in has closed
        if depth < 0 && self.depth > 0 && field.depth <= self.depth {
            return false;
        }
        if lines > 3 {
            return false;
        }
        let empty = field.values.is_empty();
        let person = matches!(field.kind, LabelKind::Name | LabelKind::Liaison) && !empty;
        if person && !self.found.names.is_empty() {
            return false;
        }
        let reached = self.reach();
        let other_office = field.organization.is_some()
            && self.found.organization != field.organization
            && (reached || !self.found.names.is_empty());
        if other_office {
            return false;
        }
        // a person after a whole block that has no name stands with it: 电话：…，联系人：…
        true
    }

    fn bare(&self) -> bool {
        let f = &self.found;
        !self.reach()
            && f.names.is_empty()
            && f.address.is_none()
            && f.postcode.is_none()
            && f.qq.is_none()
    }

    fn reach(&self) -> bool {
        let f = &self.found;
        !(f.phones.is_empty() && f.faxes.is_empty() && f.emails.is_empty())
    }

    /// Names the office before the block's bracket when none stands in it.
    fn finish(&mut self, text: &str) {
        if self.found.organization.is_some() || self.depth == 0 {
            return;
        }
        let before = text[..self.found.span.start].trim_end_matches(is_blank);
        let Some(open) = before.chars().next_back().filter(|c| fold(*c) == '(') else {
            return;
        };
        let before = &before[..before.len() - open.len_utf8()];
        let mut start = before.len();
        for (i, c) in before.char_indices().rev().take(30) {
            if !crate::text::fold::is_han(c) {
                break;
            }
            start = i;
        }
        self.found.organization = field::office(&before[start..]);
    }

    /// Whether `next` gives this block, or this block gives `next`, the e-mail that it lacks: 请发送至x@y.com（联系人：…）.
    fn completed_by(&self, text: &str, next: &Block) -> bool {
        let Some(gap) = text.get(self.found.span.end..next.found.span.start) else {
            return false;
        };
        if gap.chars().count() > 80 || gap.matches('\n').count() > 1 {
            return false;
        }
        let only_email = |b: &Block| {
            !b.found.emails.is_empty() && b.found.names.is_empty() && b.found.phones.is_empty()
        };
        let lacks = |b: &Block| {
            b.found.emails.is_empty() && (!b.found.names.is_empty() || !b.found.phones.is_empty())
        };
        let offices = match (&self.found.organization, &next.found.organization) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        offices && ((only_email(self) && lacks(next)) || (lacks(self) && only_email(next)))
    }

    fn absorb(&mut self, next: Block) {
        self.named |= next.named;
        let into = &mut self.found;
        into.span = Span::new(into.span.start, next.found.span.end.max(into.span.end));
        push_new(&mut into.names, next.found.names);
        push_new(&mut into.phones, next.found.phones);
        push_new(&mut into.faxes, next.found.faxes);
        push_new(&mut into.emails, next.found.emails);
        into.organization = into.organization.take().or(next.found.organization);
        into.qq = into.qq.take().or(next.found.qq);
        into.address = into.address.take().or(next.found.address);
        into.postcode = into.postcode.take().or(next.found.postcode);
    }

    fn is_contact(&self) -> bool {
        self.reach() || self.named
    }
}

/// Appends what is not there yet.
fn push_new(into: &mut Vec<String>, values: Vec<String>) {
    for value in values {
        if !into.contains(&value) {
            into.push(value);
        }
    }
}

/// Drops a nameless block all of whose numbers and addresses another block has: a form's footnote that repeats them.
fn without_repeats(blocks: Vec<ContactBlock>) -> Vec<ContactBlock> {
    use std::collections::HashMap;
    let mut holders: HashMap<String, Vec<usize>> = HashMap::new();
    for (n, block) in blocks.iter().enumerate() {
        for key in keys(block) {
            let at = holders.entry(key).or_default();
            if at.last() != Some(&n) && at.len() < 8 {
                at.push(n);
            }
        }
    }
    let repeats = |n: usize, block: &ContactBlock| {
        block.names.is_empty()
            && keys(block).all(|key| {
                holders[&key]
                    .iter()
                    .any(|m| *m < n || (*m > n && !blocks[*m].names.is_empty()))
            })
    };
    let keep: Vec<bool> = blocks
        .iter()
        .enumerate()
        .map(|(n, block)| !repeats(n, block))
        .collect();
    blocks
        .into_iter()
        .zip(keep)
        .filter_map(|(block, keep)| keep.then_some(block))
        .collect()
}

fn keys(block: &ContactBlock) -> impl Iterator<Item = String> + '_ {
    block
        .phones
        .iter()
        .chain(&block.faxes)
        .chain(&block.emails)
        .map(|v| v.to_lowercase())
}
