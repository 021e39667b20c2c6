//! Fields that stand together make one block: whom to ask about one thing.

use super::ContactBlock;
use super::before::Heading;
use super::field::Field;
use super::handed;
use super::label::LabelKind;
use super::lines;
use super::repeat::without_repeats;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;
use crate::text::words::words;

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
    offices_above(text, &mut out);
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
    let (handed, beside): (Vec<ContactBlock>, Vec<ContactBlock>) =
        handed::blocks(text).into_iter().partition(free);
    for taker in beside {
        // 电话：…（综合股 李雷收）: the bracket names who answers
        let at = blocks.partition_point(|b| b.span.end <= taker.span.start);
        if let Some(block) = blocks.get_mut(at)
            && block.names.is_empty()
            && block.span.overlaps(taker.span)
        {
            block.names = taker.names;
            block.span = Span::new(
                block.span.start.min(taker.span.start),
                block.span.end.max(taker.span.end),
            );
            block.organization = block.organization.take().or(taker.organization);
        }
    }
    blocks.extend(handed);
    blocks.sort_by_key(|b| b.span);
    (without_repeats(blocks), hotlines)
}

/// Names the offices that stand on lines of their own above the blocks. Of one alone it may be the signature.
fn offices_above(text: &str, blocks: &mut [Block]) {
    let above: Vec<Option<Heading>> = blocks.iter().map(|b| b.heading(text)).collect();
    let several = above.iter().flatten().take(2).count() == 2;
    for (block, heading) in blocks.iter_mut().zip(above) {
        if let Some(heading) = heading.filter(|h| several || h.sure) {
            block.found.span.start = heading.span.start;
            block.found.organization = Some(heading.span.of(text).to_owned());
        }
    }
}

/// A block as it grows.
pub(super) struct Block {
    pub(super) found: ContactBlock,
    /// Bracket depth at its first label.
    pub(super) depth: usize,
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
        // 联络员：李雷，办公室副主任，电话：…
        let post = gap.trim_matches(|c: char| is_blank(c) || matches!(fold(c), ',' | '、'));
        let gap = match !gap.contains('\n') && (is_post(post) || is_when_or_where(gap)) {
            true => "",
            false => gap,
        };
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
        let other = || {
            let first = field.values.names.first();
            first.is_some_and(|n| text[field.span.start..].starts_with(n.as_str())) && self.reach()
        };
        // 医保咨询：李雷 5550101⏎参保咨询：韩梅 5550102
        let another = || {
            let values = &field.values;
            lines > 0
                && self.reach()
                && !values.phones.is_empty()
                && values
                    .names
                    .iter()
                    .any(|name| !self.found.names.contains(name))
        };
        if (person || other() || another()) && !self.found.names.is_empty() {
            return false;
        }
        // …　李雷　电话：5550101⏎韩梅　电话：5550102: the name of the first is not read yet
        if another() && !self.found.phones.is_empty() {
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

    pub(super) fn reach(&self) -> bool {
        let f = &self.found;
        !(f.phones.is_empty() && f.faxes.is_empty() && f.emails.is_empty())
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

/// Whether nothing but the post, the hours or the room of the one named stands there: ；职务：水利股股长；,
/// ；咨询时间：工作日9:00—17:00；, 　办公室：行政楼204.
fn is_when_or_where(gap: &str) -> bool {
    let gap = gap.trim_matches(|c: char| is_blank(c) || matches!(fold(c), ',' | '、' | ';' | '。'));
    let Some((label, value)) = gap.split_once(['：', ':']) else {
        return false;
    };
    let label = label.trim_matches(is_blank);
    let clean = !value.contains(['；', ';', '。']) && value.chars().count() <= 40;
    label.chars().count() <= 6
        && label.chars().all(is_han)
        && clean
        && match label {
            "职务" | "职务职称" => is_post(value.trim_matches(is_blank)),
            "" | "办公室" => {
                value.contains(['楼', '室']) && value.contains(|c: char| c.is_ascii_digit())
            }
            _ => label.ends_with("时间"),
        }
}

/// Whether the words are a post that somebody holds: 办公室副主任.
pub(super) fn is_post(words: &str) -> bool {
    words.chars().nth(14).is_none()
        && words.chars().all(is_han)
        && words![
            "男",
            "女",
            "主任",
            "科长",
            "股长",
            "处长",
            "局长",
            "所长",
            "站长",
            "院长",
            "校长",
            "部长",
            "队长",
            "科员",
            "干部",
            "书记",
            "干事",
            "主席",
            "秘书长",
            "经理",
            "老师",
            "工程师",
            "主管",
            "调研员",
            "办事员",
            "副职",
            "股员"
        ]
        .end(words)
}

/// Appends what is not there yet.
pub(super) fn push_new(into: &mut Vec<String>, values: Vec<String>) {
    for value in values {
        if !into.contains(&value) {
            into.push(value);
        }
    }
}
