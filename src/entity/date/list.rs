//! Several months or quarters with one unit: 6、7月份, 3、6、9、12月, 第一、三季度.

use super::DateRole;
use super::edtf;
use super::phrase::Bound;
use super::phrase::Phrase;
use super::point::Field;
use super::point::Part;
use super::point::Point;
use super::point::Precision;
use super::point::Year;
use super::reader::Reader;
use super::reader::before;
use super::scan::Scan;
use super::settle::due;
use crate::span::Span;
use crate::text::words::words;
use jiff::civil::Date;

impl Scan<'_, '_> {
    /// Several months or quarters with one unit: 6、7月份, 3、6、9、12月.
    pub(super) fn listed(&mut self, at: usize) -> Option<usize> {
        let mut r = Reader::new(self.text, at);
        let mut spans = Vec::new();
        let arabic = r.peek()?.is_ascii_digit();
        loop {
            let start = r.at;
            let month = r.number().filter(|n| n.arabic == arabic)?.within(12)?;
            spans.push((month, Span::new(start, r.at)));
            r.blanks();
            if spans.len() > 1 && r.eat('月') {
                r.eat('份');
                break;
            }
            r.eat_word(words!["、", "和", "及"])?;
            r.blanks();
            if spans.len() > 11 {
                return None;
            }
        }
        // 6、7月 at a line's start may be item 6 and 7月; three numbers are no markers
        let head = before(self.text, at, 2).trim_end();
        if spans.len() == 2
            && (head.is_empty() || head.ends_with(['。', '；', '）', ')', '：', '.', '、']))
        {
            return None;
        }
        let run = spans.windows(2).all(|w| w[0].0 + 1 == w[1].0);
        if let Some((day, bound)) = shared_day(&mut r) {
            self.push_days(&spans, day, bound, r.at);
            return Some(r.at);
        }
        let due = r.eat_word(words!["底", "末"]).is_some();
        let part = if due { Part::End } else { Part::Whole };
        let bound = match due && r.eat_word(words!["之前", "以前", "前"]).is_some() {
            true => Bound::Before,
            false => Bound::Whole,
        };
        let point = |a, b| Point::new(Year::Unsaid, Field::Months(a, b, part));
        let plain = |from, span| plain(from, span, bound);
        if run && !due {
            let (first, last) = (spans.first()?.0, spans.last()?.0);
            self.push(plain(point(first, last), Span::new(at, r.at)));
        } else {
            let count = spans.len();
            for (i, (month, span)) in spans.into_iter().enumerate() {
                let end = if i + 1 == count { r.at } else { span.end };
                self.push(plain(point(month, month), Span::new(span.start, end)));
            }
        }
        Some(r.at)
    }

    /// 3、6、9、12月25日前: a date a month, of which the last has the day.
    fn push_days(&mut self, months: &[(u8, Span)], day: u8, bound: Bound, end: usize) {
        for (i, (month, span)) in months.iter().enumerate() {
            let point = Point::new(Year::Unsaid, Field::Days(*month, day, day));
            let end = if i + 1 == months.len() { end } else { span.end };
            self.push(plain(point, Span::new(span.start, end), bound));
        }
    }

    /// 3月、6月、9月、12月的25日前: the day of the last of a list is that of each month before it.
    pub(super) fn share_day(&mut self, found: &Phrase) {
        let Field::Days(_, day, last) = found.from.field else {
            return;
        };
        let written = found.span.of(self.text);
        let (false, Some((_, behind))) =
            (day != last || found.to.is_some(), written.split_once('月'))
        else {
            return;
        };
        // 3月、4月和6月5日环境日: a day that nothing bounds is of its own month alone
        let of_all = behind.starts_with('的');
        if found.bound != Bound::Before && !of_all {
            return;
        }
        let mut start = found.span.start;
        let mut months = 0;
        for earlier in self.found.iter().rev() {
            let date = &earlier.date;
            let between = self.text.get(date.span.end..start).unwrap_or_default();
            let month = date.role == DateRole::Period && date.span.of(self.text).ends_with('月');
            if !month || earlier.precision != Precision::Month || !is_joint(between) {
                break;
            }
            months += 1;
            start = date.span.start;
        }
        // 8月、9月25日前 may be the month and the day
        if months < 2 && !(months == 1 && of_all) {
            return;
        }
        let from = self.found.len() - months;
        for earlier in &mut self.found[from..] {
            let date = &mut earlier.date;
            let on = |first: Date| first.with().day(i8::try_from(day).ok()?).build().ok();
            let Some(on) = date.start.and_then(on) else {
                continue;
            };
            (date.start, date.end) = (Some(on), Some(on));
            date.role = DateRole::Event;
            date.edtf = Some(edtf::day(on));
            earlier.precision = Precision::Day;
            if found.bound == Bound::Before {
                due(date);
            }
        }
    }

    /// Quarters apart: 第一、三季度, 一、三季度末前; those that follow each other are one time, which the grammar reads.
    pub(super) fn listed_quarters(&mut self, at: usize) -> Option<usize> {
        let mut r = Reader::new(self.text, at);
        let mut spans = Vec::new();
        loop {
            let start = r.at;
            r.eat('第');
            let quarter = r.number()?.within(4)?;
            spans.push((quarter, Span::new(start, r.at)));
            if spans.len() > 1 && r.eat_word(words!["季度"]).is_some() {
                break;
            }
            r.eat_word(words!["、", "和", "及"])?;
            if spans.len() > 3 {
                return None;
            }
        }
        // 一、三季度 at a line's start may be item 一 and 三季度
        let head = before(self.text, at, 2).trim_end();
        let marker = head.is_empty() || head.ends_with(['。', '；', '）', ')', '：', '.', '、']);
        if spans.len() == 2 && marker && !self.text.get(at..)?.starts_with('第') {
            return None;
        }
        let rises = spans.windows(2).all(|w| w[0].0 < w[1].0);
        let run = spans.windows(2).all(|w| w[0].0 + 1 == w[1].0);
        if !rises || run && spans.len() == 2 {
            return None;
        }
        let end = r.eat_word(words!["末", "底"]).is_some();
        let bound = match r.eat_word(words!["之前", "以前", "前"]) {
            Some(_) => Bound::Before,
            None => Bound::Whole,
        };
        let point = |a, b| Point::new(Year::Unsaid, Field::Quarters(a, b, end));
        if run && !end {
            let (first, last) = (spans.first()?.0, spans.last()?.0);
            self.push(plain(point(first, last), Span::new(at, r.at), bound));
            return Some(r.at);
        }
        let count = spans.len();
        for (i, (quarter, span)) in spans.into_iter().enumerate() {
            let end = if i + 1 == count { r.at } else { span.end };
            self.push(plain(
                point(quarter, quarter),
                Span::new(span.start, end),
                bound,
            ));
        }
        Some(r.at)
    }

    /// 到2024年6月、2024年12月: what is to be done by the first of a list is to be done by each.
    pub(super) fn share_head(&self, found: &mut Phrase) {
        let whole = found.bound == Bound::Whole && found.to.is_none() && found.lasting.is_none();
        let Some(earlier) = self.found.last().map(|m| m.date.span).filter(|_| whole) else {
            return;
        };
        let between = self
            .text
            .get(earlier.end..found.span.start)
            .unwrap_or_default();
        let due = self
            .found
            .last()
            .is_some_and(|m| m.date.role == DateRole::Deadline);
        let by = !earlier.of(self.text).ends_with(['前', '底', '末', '止'])
            && (self.shared_to == Some(earlier.end)
                || before(self.text, earlier.start, 1).ends_with(['到', '至']));
        let finer = !matches!(found.from.field, Field::Year);
        if due && by && finer && matches!(between.trim(), "、" | "和" | "及" | "，到") {
            found.bound = Bound::Before;
        }
    }
}

/// The day behind the last of several months, and what bounds it: 25日前.
fn shared_day(r: &mut Reader<'_>) -> Option<(u8, Bound)> {
    let mark = *r;
    r.eat('的');
    let day = r.number().and_then(|n| n.within(31));
    let day = day.filter(|_| r.eat_word(words!["日", "号"]).is_some());
    if day.is_none() {
        *r = mark;
    }
    let bound = match r.eat_word(words!["之前", "以前", "前"]) {
        Some(_) if day.is_some() => Bound::Before,
        _ => Bound::Whole,
    };
    day.map(|day| (day, bound))
}

/// What stands between the months of a list.
fn is_joint(between: &str) -> bool {
    matches!(between.trim(), "、" | "和" | "及" | "与")
}

/// A single point without anything else.
fn plain(from: Point, span: Span, bound: Bound) -> Phrase {
    Phrase {
        span,
        from,
        to: None,
        bound,
        begins: false,
        dotted: false,
        lasting: None,
    }
}
