//! Fields that stand together make one block: whom to ask about one thing.

use super::ContactBlock;
use super::field;
use super::field::Field;
use super::handed;
use super::label::LabelKind;
use super::lines;
use super::name;
use super::phone;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;
use crate::text::fold::joined;

/// The blocks of `text`, and the numbers that labels name as hotlines.
pub(super) fn blocks(text: &str) -> (Vec<ContactBlock>, Vec<(String, Span)>) {
    let (fields, rows) = lines::fields(text);
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
    let mut blocks: Vec<ContactBlock> = out
        .into_iter()
        .filter(Block::is_contact)
        .map(|b| b.found)
        .chain(rows)
        .collect();
    blocks.sort_by_key(|b| b.span);
    let free = |b: &ContactBlock| {
        let next = blocks.partition_point(|other| other.span.start < b.span.start);
        let around = next.saturating_sub(1)..(next + 1).min(blocks.len());
        !blocks[around]
            .iter()
            .any(|other| other.span.overlaps(b.span))
    };
    let handed: Vec<ContactBlock> = handed::blocks(text).into_iter().filter(free).collect();
    blocks.extend(handed);
    blocks.sort_by_key(|b| b.span);
    (without_repeats(blocks), hotlines)
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
            ..
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
        let Some(gap) = text.get(self.last.end..field.lead.max(self.last.end)) else {
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
        if self.found.names.is_empty() && self.reach() {
            self.bracket_before(text);
        }
        if self.found.names.is_empty() && !self.found.phones.is_empty() {
            self.name_before(text);
        }
        if self.found.postcode.is_some() && self.found.address.is_none() {
            self.address_before(text);
        }
        if self.found.organization.is_some() || self.depth == 0 {
            return;
        }
        let before = text[..self.found.span.start].trim_end_matches(is_blank);
        let Some(open) = before.chars().next_back().filter(|c| fold(*c) == '(') else {
            return;
        };
        let before = &before[..before.len() - open.len_utf8()];
        self.found.organization = field::office(han_before(before));
    }

    /// Takes what stands without label before the first one in its bracket: （李雷，139…，传真0571-…）.
    fn bracket_before(&mut self, text: &str) {
        if self.depth == 0 {
            return;
        }
        let before = &text[..self.found.span.start];
        let Some((at, open)) = before
            .char_indices()
            .rev()
            .take(48)
            .take_while(|(_, c)| *c != '\n')
            .find(|(_, c)| matches!(c, '（' | '('))
        else {
            return;
        };
        let from = at + open.len_utf8();
        let mut names = Vec::new();
        let mut phones = Vec::new();
        let mut next = from;
        for piece in before[from..].split_inclusive(['，', ',', '、', '；', ';', ' ', '\u{3000}'])
        {
            let place = next;
            next += piece.len();
            let word = piece.trim_end_matches(['，', ',', '、', '；', ';', ' ', '\u{3000}']);
            if word.is_empty() {
                continue;
            }
            let whole = phone::full(text, place).is_some_and(|read| read.end == place + word.len());
            match whole {
                true => phones.push(word.chars().map(fold).collect()),
                false if name::is_plain_name(word) => names.push(word.to_owned()),
                false => return,
            }
        }
        if names.is_empty() || phones.is_empty() {
            return;
        }
        self.found.span.start = from;
        push_new(&mut self.found.names, names);
        phones.append(&mut self.found.phones);
        push_new(&mut self.found.phones, phones);
    }

    /// Takes the address of a sentence whose postcode begins the block: 书面邮寄至…路3号（邮编650300）.
    fn address_before(&mut self, text: &str) {
        let before = text[..self.found.span.start].trim_end_matches(|c: char| {
            is_blank(c) && c != '\n' || matches!(c, '，' | ',' | '、' | '（' | '(')
        });
        let clause = before
            .char_indices()
            .rev()
            .take(60)
            .take_while(|(_, c)| !matches!(c, '\n' | '。' | '；' | ';' | '，' | ','))
            .last()
            .map_or("", |(at, _)| &before[at..]);
        let place = ["寄至", "寄到", "寄往", "寄送至", "送至"]
            .iter()
            .filter_map(|verb| clause.rfind(verb).map(|i| i + verb.len()))
            .max()
            .map(|at| clause[at..].trim_start_matches(|c: char| is_blank(c) || fold(c) == ':'));
        let Some(place) = place.filter(|p| p.chars().nth(5).is_some()) else {
            return;
        };
        if place.contains(['路', '街', '号', '道', '巷', '村', '镇']) {
            self.found.address = Some(joined(place));
            self.found.span.start = before.len() - place.len();
        }
    }

    /// Takes the name that stands before the first label: 市住建局：钱二，电话：…
    fn name_before(&mut self, text: &str) {
        let before =
            text[..self.found.span.start].trim_end_matches([' ', '，', ',', '、', '\u{3000}']);
        // 李雷（综合）　电话：…
        let before = without_remark(before);
        // 李四（电话：…）
        let before = before.strip_suffix(['（', '(']).unwrap_or(before);
        let word = han_before(before);
        let at = before.len() - word.len();
        if word.is_empty() {
            // 市应急局：电话…
            let office = before
                .strip_suffix(['：', ':'])
                .and_then(|head| field::office(han_before(head)));
            self.found.organization = self.found.organization.take().or(office);
            return;
        }
        let touches = before.len() == self.found.span.start;
        if touches && self.depth == 0 {
            return;
        }
        // 请联系李雷（电话：…）
        if let Some(i) = word.rfind("联系") {
            let name = &word[i + "联系".len()..];
            if name::is_plain_name(name) {
                self.found.names.push(name.to_string());
                self.found.span.start = before.len() - name.len();
                return;
            }
        }
        let line = before[..at].trim_end_matches([' ', '\u{3000}', '\t']);
        let sign = match line.chars().next_back().map_or('\n', fold) {
            '\n' => '\n',
            _ => before[..at].chars().next_back().map_or('\n', fold),
        };
        if !matches!(sign, ':' | ',' | ';' | '(' | '\n' | '。') || !name::is_plain_name(word) {
            return;
        }
        self.found.names.push(word.to_string());
        self.found.span.start = at;
        if sign == ':' {
            let head = before[..at].trim_end_matches(['：', ':']);
            let words = han_before(head);
            if let Some(office) = field::office(words) {
                self.found.span.start = head.len() - office.len();
                self.found.organization = self.found.organization.take().or(Some(office));
            }
        }
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
            !b.found.emails.is_empty()
                && b.found.names.is_empty()
                && b.found.phones.is_empty()
                && b.found.faxes.is_empty()
        };
        let lacks = |b: &Block| {
            b.found.emails.is_empty()
                && !(b.found.names.is_empty()
                    && b.found.phones.is_empty()
                    && b.found.faxes.is_empty())
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
        // 书面邮寄，地址：…，邮政编码：…
        self.reach() || self.named || self.found.address.is_some() && self.found.postcode.is_some()
    }
}

/// The text without the bracket of a few words that it ends with: 李雷（综合）.
fn without_remark(text: &str) -> &str {
    let Some(inner) = text.strip_suffix(['）', ')']) else {
        return text;
    };
    let words = han_before(inner);
    let head = &inner[..inner.len() - words.len()];
    match head.strip_suffix(['（', '(']) {
        Some(head) if (1..=6).contains(&words.chars().count()) => head,
        _ => text,
    }
}

/// The run of Han characters that `text` ends with, at most thirty.
fn han_before(text: &str) -> &str {
    let mut start = text.len();
    for (i, c) in text.char_indices().rev().take(30) {
        if !is_han(c) {
            break;
        }
        start = i;
    }
    &text[start..]
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
            && keys(block).next().is_some()
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
