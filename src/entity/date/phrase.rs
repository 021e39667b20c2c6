//! A whole expression: one point or a range, with what bounds it (前, 起, 止) and how long it lasts.

use super::clock;
use super::grammar;
use super::grammar::Frame;
use super::point::Field;
use super::point::Part;
use super::point::Point;
use super::point::Year;
use super::reader::Reader;
use super::reader::before;
use crate::span::Span;
use jiff::Span as Length;
use jiff::civil::Date;

/// What bounds a single point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// Nothing.
    Whole,
    /// 前, 止, 截至, 到.
    Before,
    /// 起, 之后.
    From,
    /// 以来, 至今.
    Since,
}

/// An expression as read, its year not yet known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    pub(super) span: Span,
    pub(super) from: Point,
    pub(super) to: Option<Point>,
    pub(super) bound: Bound,
    /// 开始: something begins within it.
    pub(super) begins: bool,
    /// 6·16, 6.16.
    pub(super) dotted: bool,
    /// 为期一个月.
    pub(super) lasting: Option<Length>,
}

/// Reads an expression at byte `at`.
pub(super) fn phrase(
    text: &str,
    at: usize,
    frame: &Frame,
    inherited: Option<Point>,
) -> Option<Phrase> {
    let mut r = Reader::new(text, at);
    let today = r.eat_word(&["即日起", "即日"]);
    let since_issue = r
        .eat_word(&["日起至", "日起到", "日起—", "日起-"])
        .is_some();
    let from = if today.is_some() || since_issue {
        Point::new(Year::Unsaid, Field::Today)
    } else {
        grammar::point(&mut r, frame, inherited)?
    };
    let written = text.get(at..r.at).unwrap_or_default();
    let dotted = from.year == Year::Unsaid
        && matches!(from.field, Field::Days(..))
        && !written.contains(['月', '日', '号']);
    if from.is_day() && today.is_none() && !since_issue {
        clock::aside(&mut r);
    }
    let mut out = Phrase {
        span: Span::new(at, r.at),
        from,
        to: None,
        bound: Bound::Whole,
        begins: false,
        dotted,
        lasting: None,
    };
    if since_issue {
        let to = grammar::point(&mut r, frame, Some(from)).filter(|p| p.field != Field::Year)?;
        out.to = Some(to);
        let _ = r.eat_word(&["止"]);
    } else if !range(&mut r, frame, &mut out) {
        bound(&mut r, text, &mut out, today.is_some());
    }
    out.lasting = lasting(&mut r, &out);
    out.span = Span::new(at, r.at);
    Some(out)
}

/// The second end, 起 before it and 止 after it included.
fn range(r: &mut Reader<'_>, frame: &Frame, out: &mut Phrase) -> bool {
    let mark = *r;
    r.blanks();
    // 6月1日起，至30日止 is one expression; 6月开始，到12月底结束 are two
    if r.eat_word(&["起始", "开始", "起", "始"])
        .is_some_and(|word| word != 1)
    {
        r.blanks();
        r.eat(',');
    }
    let dash = r.to() || {
        // 6月1日一6月30日: a dash that was read or typed as 一
        let digit = *r;
        r.eat('一') && r.peek().is_some_and(|c| c.is_ascii_digit()) || {
            *r = digit;
            false
        }
    };
    if dash {
        if r.sees(&["今年", "今天", "今日"]) || !r.sees(&["今"]) {
            if let Some(to) = grammar::point(r, frame, Some(out.from)) {
                let years = out.from.field == Field::Year || to.field == Field::Year;
                if !years || frame.mentions || out.from.field != Field::Year {
                    if to.is_day() {
                        clock::aside(r);
                    }
                    let _ = r.eat_word(&["为止", "止"]);
                    out.to = Some(to);
                    return true;
                }
            }
        } else if r.eat('今') {
            out.bound = Bound::Since;
            return true;
        }
    }
    *r = mark;
    false
}

fn bound(r: &mut Reader<'_>, text: &str, out: &mut Phrase, today: bool) {
    const BEFORE: [&str; 11] = [
        "或之前",
        "或以前",
        "及之前",
        "及以前",
        "之前",
        "以前",
        "要前",
        "下班前",
        "下班之前",
        "(含)前",
        "前",
    ];
    const NOT_BEFORE: [&str; 18] = [
        "后", "夕", "往", "来", "期", "列", "述", "置", "沿", "身", "端", "景", "提", "线", "台",
        "所", "言", "不久",
    ];
    const NUMERALS: [&str; 10] = ["三", "两", "几", "半", "一", "二", "四", "五", "六", "十"];
    let mark = *r;
    r.blanks();
    if today {
        out.bound = Bound::From;
        let _ = r.eat_word(&["开始"]);
        return;
    }
    let starts = out.span.start;
    if let Some(word) = r.eat_word(&BEFORE) {
        let plain = BEFORE[word] == "前";
        let counted = !(out.from.is_day() || out.from.is_end())
            && (r.sees(&NUMERALS) || r.peek().is_some_and(|c| c.is_ascii_digit()));
        if plain && r.eat('后') {
            return; // 6月1日前后 is about the day
        }
        if !(plain && (r.sees(&NOT_BEFORE) || counted)) {
            out.bound = Bound::Before;
            return;
        }
        *r = mark;
        return;
    }
    if r.eat_word(&["左右"]).is_some() {
        return;
    }
    if r.eat_word(&["以来", "至今"]).is_some() {
        out.bound = Bound::Since;
        return;
    }
    if !r.sees(&["起草", "起义", "起诉", "起飞", "起降", "起来", "起火"])
        && let Some(word) = r.eat_word(&["开始", "起始", "起", "始"])
    {
        let beginning = word == 0 && !out.from.is_day();
        out.begins = true;
        if !beginning {
            out.bound = Bound::From;
        }
        let _ = r.eat_word(&["算", "计"]);
        return;
    }
    if r.eat_word(&["截止", "为止", "止"]).is_some() {
        out.bound = Bound::Before;
        return;
    }
    if is_last_day(text, starts, out.from) {
        *r = mark;
        out.bound = Bound::Before;
        return;
    }
    if !r.sees(&["后续", "后勤", "后期", "后台", "后备", "后半", "后方"])
        && r.eat_word(&["或之后", "或以后", "及之后", "及以后", "之后", "以后", "后"])
            .is_some()
    {
        out.bound = Bound::From;
        return;
    }
    *r = mark;
    if matches!(before(text, starts, 1), "自") && r.sees(&["施行", "实施", "实行", "执行", "生效"])
    {
        out.bound = Bound::From;
    }
}

/// 到6月30日, 不迟于6月30日, 截止时间：6月30日.
fn is_last_day(text: &str, at: usize, point: Point) -> bool {
    const LAST: [&str; 15] = [
        "截至",
        "截止",
        "截止到",
        "截止至",
        "截至到",
        "不迟于",
        "不晚于",
        "不得迟于",
        "最迟",
        "最迟于",
        "最晚",
        "最晚于",
        "至迟于",
        "到",
        "至",
    ];
    if point.field == Field::Year {
        return false;
    }
    let head = before(text, at, 10).trim_end();
    if LAST.iter().any(|word| head.ends_with(word)) {
        return true;
    }
    let label = head
        .trim_end_matches(['：', ':', '为', '是', '于'])
        .trim_end();
    [
        "截止时间",
        "截止日期",
        "截止日",
        "截稿时间",
        "截止时限",
        "完成时限",
        "办结时限",
        "完成时间节点",
    ]
    .iter()
    .any(|word| label.ends_with(word))
}

/// `，为期一个月` and the like after a start.
fn lasting(r: &mut Reader<'_>, out: &Phrase) -> Option<Length> {
    let open = out.to.is_none() && matches!(out.bound, Bound::Whole | Bound::From);
    if !open || matches!(out.from.field, Field::Year) {
        return None;
    }
    let mark = *r;
    let found = length(r);
    if found.is_none() {
        *r = mark;
    }
    found
}

fn length(r: &mut Reader<'_>) -> Option<Length> {
    r.blanks();
    if !r.eat(',') {
        r.eat('(');
    }
    r.blanks();
    r.eat_word(&[
        "为期",
        "历时",
        "时间为期",
        "活动为期",
        "持续时间为",
        "期限为",
        "时间为",
    ])?;
    r.eat('约');
    if r.eat_word(&["半个月", "半月"]).is_some() {
        return Some(Length::new().days(15));
    }
    if r.eat_word(&["半年"]).is_some() {
        return Some(Length::new().months(6));
    }
    let n = i64::from(r.number().filter(|n| n.value <= 999)?.value);
    let unit = r.eat_word(&[
        "个半月",
        "个月",
        "月",
        "个星期",
        "星期",
        "周",
        "天",
        "日",
        "年",
        "个季度",
    ])?;
    Some(match unit {
        0 => Length::new().months(n).days(15),
        1 | 2 => Length::new().months(n),
        3..=5 => Length::new().weeks(n),
        6 | 7 => Length::new().days(n),
        8 => Length::new().years(n),
        _ => Length::new().months(n * 3),
    })
}

/// The days of an expression.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Resolved {
    pub(super) start: Option<Date>,
    pub(super) end: Option<Date>,
    /// Whether the year came from elsewhere.
    pub(super) inferred: bool,
    /// Whether it names a day that is not.
    pub(super) unresolved: bool,
}

impl Phrase {
    /// The days, with `base` for the year that the expression leaves out.
    pub(super) fn resolve(&self, frame: &Frame, base: Option<i16>) -> Resolved {
        let said =
            |p: Point| matches!(p.year, Year::Given(_)) || matches!(p.field, Field::Fixed(..));
        let inferred = !said(self.from) && !self.to.is_some_and(said);
        let lost = Resolved {
            inferred,
            unresolved: true,
            ..Resolved::default()
        };
        let anchor = frame.today.map(Date::year).or(frame.year);
        let year = |p: Point, base: Option<i16>| match p.year {
            Year::Given(y) => Some(y),
            Year::Offset(k) => anchor.and_then(|a| a.checked_add(k)),
            Year::Following => base.and_then(|b| b.checked_add(1)),
            Year::Unsaid => base,
        };
        let base = base.or(anchor);
        let from_today = self.from.field == Field::Today;
        let to_year = self.to.and_then(|to| match to.year {
            Year::Given(_) | Year::Offset(_) => year(to, base),
            _ => None,
        });
        // 11月至2024年3月: the first end lies before the second
        let base = match (self.from.year, to_year) {
            (Year::Unsaid, Some(y)) => Some(y),
            _ => base,
        };
        let today_year = if from_today { anchor } else { None };
        let first_year = year(self.from, base).or(today_year);
        let days = |p: Point, y: i16| p.days(y, frame.today);
        let first = if from_today && frame.today.is_none() {
            None
        } else {
            let fixed = matches!(self.from.field, Field::Fixed(..));
            let Some(first_year) = first_year.or(fixed.then_some(0)) else {
                return lost;
            };
            let Some(found) = days(self.from, first_year) else {
                return lost;
            };
            Some(found)
        };
        let Some(to) = self.to else {
            return self.single(first, inferred).unwrap_or(lost);
        };
        let Some(last_year) = year(to, first_year.or(base)) else {
            return lost;
        };
        let Some(mut last) = days(to, last_year) else {
            return lost;
        };
        let mut start = first.map(|(a, _)| a);
        if let Some(begin) = start
            && last.1 < begin
        {
            if to.year == Year::Unsaid {
                match last_year.checked_add(1).and_then(|y| days(to, y)) {
                    Some(next) => last = next,
                    None => return lost,
                }
            } else if self.from.year == Year::Unsaid && !from_today {
                match last_year.checked_sub(1).and_then(|y| days(self.from, y)) {
                    Some(found) => start = Some(found.0),
                    None => return lost,
                }
            }
        }
        if start.is_some_and(|s| s > last.1) {
            return lost;
        }
        Resolved {
            start,
            end: Some(last.1),
            inferred,
            unresolved: false,
        }
    }

    fn single(&self, days: Option<(Date, Date)>, inferred: bool) -> Option<Resolved> {
        let (start, end) = match self.bound {
            Bound::Before => (None, days.map(|d| d.1)),
            Bound::From | Bound::Since => (days.map(|d| d.0), None),
            Bound::Whole if self.from.is_end() => (None, days.map(|d| d.1)),
            Bound::Whole => (days.map(|d| d.0), days.map(|d| d.1)),
        };
        let end = match (self.lasting, start) {
            (Some(length), Some(start)) => {
                let past = start.checked_add(length).ok()?;
                Some(past.yesterday().ok()?.max(start))
            }
            _ => end,
        };
        Some(Resolved {
            start,
            end,
            inferred,
            unresolved: false,
        })
    }

    /// Whether it is a year or years and nothing finer.
    pub(super) fn is_bare_year(&self) -> bool {
        let year = |p: Point| {
            p.field == Field::Year
                || matches!(p.field, Field::Fixed(..))
                    && p.precision() == super::point::Precision::Year
        };
        year(self.from) && self.to.is_none_or(year)
    }

    /// Whether something is to be over by its last day.
    pub(super) fn is_deadline(&self) -> bool {
        self.to.is_none()
            && self.lasting.is_none()
            && (self.bound == Bound::Before || self.bound == Bound::Whole && self.from.is_end())
    }

    /// Whether it is a part of a month (上旬).
    pub(super) fn is_part(&self) -> bool {
        self.to.is_none() && matches!(self.from.field, Field::Months(_, _, Part::Days(..)))
    }
}
