//! One pass over the text: anchors, the sentence's year and rhythm, and the expressions in order.

use super::DateContext;
use super::DateExpr;
use super::DateRole;
use super::anchor;
use super::dotted;
use super::edtf::edtf;
use super::grammar::Frame;
use super::phrase::Bound;
use super::phrase::Phrase;
use super::phrase::phrase;
use super::point::Field;
use super::point::Part;
use super::point::Point;
use super::point::Precision;
use super::point::Year;
use super::reader::Reader;
use super::reader::after;
use super::reader::before;
use super::recurrence::Recurrence;
use super::recurrence::recurrence;
use super::relative::Mentioned;
use super::role::Setting;
use super::role::role;
use super::rule::Frequency;
use super::rule::Rule;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::numeral;

/// Reads the whole text once; `mentions` asks for bare years and relative days too.
pub(super) fn scan(text: &str, context: &DateContext<'_>, mentions: bool) -> Vec<Mentioned> {
    let mut scan = Scan {
        text,
        context,
        frame: Frame {
            today: context.issued,
            year: context.year,
            mentions,
        },
        found: Vec::new(),
        year: None,
        rhythm: None,
        quoted: 0,
        examples: 0,
        last: None,
    };
    scan.run();
    scan.found
}

struct Scan<'t, 'c> {
    text: &'t str,
    context: &'c DateContext<'c>,
    frame: Frame,
    found: Vec<Mentioned>,
    /// The year last named in this sentence.
    year: Option<i16>,
    /// Whether the sentence so far says 每年 or 每月 of what follows.
    rhythm: Option<Frequency>,
    /// How deep in 《》.
    quoted: usize,
    /// Dates up to here exemplify a recurrence that is due: 每季度最后一个周五前（9月30日、12月30日）.
    examples: usize,
    /// The last point and where its expression ends, for 6月1日、15日.
    last: Option<(Point, usize)>,
}

impl Scan<'_, '_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(here) = anchor::next(self.text.as_bytes(), at) {
            at = self.step(here).max(here + 1);
            while !self.text.is_char_boundary(at) {
                at += 1;
            }
        }
    }

    /// Reads what begins at `at`; the byte from which to go on.
    fn step(&mut self, at: usize) -> usize {
        let Some(raw) = self.text.get(at..).and_then(|t| t.chars().next()) else {
            return at;
        };
        let next = at + raw.len_utf8();
        match fold(raw) {
            '\n' => {
                self.quoted = 0;
                self.end_sentence();
                next
            }
            '。' | '!' | '?' => {
                self.end_sentence();
                next
            }
            ';' => {
                self.rhythm = None;
                next
            }
            '《' => {
                self.quoted += 1;
                next
            }
            '》' => {
                self.quoted = self.quoted.saturating_sub(1);
                next
            }
            '每' | '按' | '逐' => match recurrence(self.text, at, &self.frame) {
                Some(found) => self.push_recurrence(found),
                None => next,
            },
            '日' => match self.since_issue(at) {
                true => self.phrase(at, None).unwrap_or(next),
                false => next,
            },
            c if c.is_ascii_digit() || numeral::is_chinese(c) => self.number(at),
            c => {
                let monthly = matches!(c, '次' | '下' | '当' | '本')
                    .then(|| self.month_day(at))
                    .flatten();
                match monthly {
                    Some(found) => self.push_recurrence(found),
                    None => self.phrase(at, None).unwrap_or(next),
                }
            }
        }
    }

    fn end_sentence(&mut self) {
        self.year = None;
        self.rhythm = None;
    }

    fn number(&mut self, at: usize) -> usize {
        let mut r = Reader::new(self.text, at);
        let _ = r.number();
        let end = r.at;
        r.blanks();
        // what no date goes on with is left at once
        if !matches!(
            r.peek(),
            Some(
                '年' | '月'
                    | '日'
                    | '号'
                    | '季'
                    | '、'
                    | '至'
                    | '到'
                    | '和'
                    | '及'
                    | '.'
                    | '·'
                    | '•'
                    | '・'
                    | '‧'
                    | '∙'
                    | '⋅'
                    | '-'
                    | '/'
                    | '—'
                    | '–'
                    | '~'
                    | '―'
                    | '─'
                    | '−'
                    | '‐'
                    | '‑'
                    | '〜'
                    | '﹣'
                    | '━'
                    | '⁓'
                    | '天'
                    | '周'
                    | '个'
                    | '星'
            )
        ) {
            return end;
        }
        if matches!(r.peek(), Some('日' | '号')) {
            return self.lone_day(at).unwrap_or(end);
        }
        if before(self.text, at, 1) == "第" {
            return end;
        }
        if let Some(next) = self.listed(at) {
            return next;
        }
        self.phrase(at, None).unwrap_or(end)
    }

    /// A day without its month: 6月1日、15日; 每月…，于25日前; 请于20日前.
    fn lone_day(&mut self, at: usize) -> Option<usize> {
        if let Some((point, end)) = self.last {
            let between = self.text.get(end..at).unwrap_or_default().trim();
            if matches!(between, "、" | "和" | "及" | "与" | "或" | "，") && point.is_day() {
                if between == "，" {
                    return None;
                }
                return self.phrase(at, Some(point));
            }
        }
        if self.rhythm == Some(Frequency::Monthly) {
            let found = month_day(self.text, at, at).filter(|f| f.due)?;
            return Some(self.push_recurrence(found));
        }
        let today = self.frame.today.filter(|_| !self.frame.mentions)?;
        let month = today.month().unsigned_abs();
        let whole = Point::new(Year::Unsaid, Field::Months(month, month, Part::Whole));
        let due = before(self.text, at, 1) == "于"
            && phrase(self.text, at, &self.frame, Some(whole))?.bound == Bound::Before;
        if !due {
            return None;
        }
        self.phrase(at, Some(whole))
    }

    /// 次月5日前, 下月10日前; 当月 and 本月 only of what comes monthly.
    fn month_day(&self, at: usize) -> Option<Recurrence> {
        if self.frame.mentions {
            return None;
        }
        let mut r = Reader::new(self.text, at);
        let word = r.eat_word(&["次月", "下月", "下个月", "当月", "本月"])?;
        if word > 2 && self.rhythm != Some(Frequency::Monthly) {
            return None;
        }
        r.blanks();
        r.eat('的');
        month_day(self.text, at, r.at)
    }

    /// Several months or quarters with one unit: 6、7月份, 3、6、9、12月.
    fn listed(&mut self, at: usize) -> Option<usize> {
        let head = before(self.text, at, 2).trim_end();
        if head.is_empty() || head.ends_with(['。', '；', '）', ')', '：', '.', '、']) {
            return None;
        }
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
            r.eat_word(&["、", "和", "及"])?;
            r.blanks();
            if spans.len() > 11 {
                return None;
            }
        }
        let run = spans.windows(2).all(|w| w[0].0 + 1 == w[1].0);
        let due = r.eat_word(&["底前", "末前"]).is_some();
        let part = if due { Part::End } else { Part::Whole };
        let bound = if due { Bound::Before } else { Bound::Whole };
        let point = |a, b| Point::new(Year::Unsaid, Field::Months(a, b, part));
        let plain = |from, span| Phrase {
            span,
            from,
            to: None,
            bound,
            begins: false,
            dotted: false,
            lasting: None,
        };
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

    /// 自印发之日起至12月31日.
    fn since_issue(&self, at: usize) -> bool {
        let head = before(self.text, at, 12);
        head.ends_with('之')
            && [
                "印发", "发布", "下发", "公布", "发文", "通知", "施行", "颁布",
            ]
            .iter()
            .any(|w| head.contains(w))
    }

    fn phrase(&mut self, at: usize, inherited: Option<Point>) -> Option<usize> {
        let found = phrase(self.text, at, &self.frame, inherited)?;
        let end = found.span.end;
        if found.dotted && !dotted::is_date(self.text, &found, self.frame.mentions) {
            return None;
        }
        if is_length(self.text, &found) {
            return Some(end);
        }
        self.push(found);
        Some(end)
    }

    fn push(&mut self, found: Phrase) {
        let (text, span) = (self.text, found.span);
        if !self.frame.mentions {
            if found.is_bare_year() && !self.is_year_end(&found) {
                self.name_year(&found);
                return;
            }
            let year_end = found.from.field == Field::YearEnd && found.from.year == Year::Unsaid;
            if year_end && (found.bound != Bound::Before || found.to.is_some()) {
                let whole = before(text, span.start, 1);
                if found.to.is_none() || "学财历往同近各".contains(whole) {
                    return;
                }
            }
        }
        if let Some(rule) = self.rule_of(&found) {
            self.push_rule(span, &rule);
            return;
        }
        let days = found.resolve(&self.frame, self.year.or(self.context.year));
        let setting = Setting {
            text,
            quoted: self.quoted > 0,
            issued: self.context.issued,
            year: self.context.year,
        };
        let mut expr = DateExpr {
            span,
            start: days.start,
            end: days.end,
            role: role(&found, &days, &setting),
            rrule: None,
            edtf: edtf(&found, &days),
            inferred: days.inferred,
            unresolved: days.unresolved,
        };
        if span.start < self.examples && expr.role == DateRole::Event {
            due(&mut expr);
        }
        if self.context.issued_at.iter().any(|s| s.overlaps(span)) {
            expr.role = DateRole::Issued;
            if let Some(issued) = self.context.issued {
                let within =
                    expr.start.is_none_or(|d| d <= issued) && expr.end.is_none_or(|d| issued <= d);
                if within || days.inferred {
                    expr.start = Some(issued);
                    expr.end = Some(issued);
                    expr.edtf = Some(issued.to_string());
                    expr.unresolved = false;
                }
            }
        }
        if found.bound == Bound::Before {
            self.share_bound(span.start);
        }
        self.name_year_of(&found, &expr);
        self.last = Some((found.to.unwrap_or(found.from), span.end));
        let precision = found.to.map_or(found.from.precision(), |to| {
            to.precision().max(found.from.precision())
        });
        self.found.push(Mentioned {
            date: expr,
            precision,
        });
    }

    /// 到2030年前: a year before whose end something is to be done; told ones (2000年前建成) are no dates.
    fn is_year_end(&self, found: &Phrase) -> bool {
        let ahead = match found.from.year {
            Year::Given(y) => self.context.year.is_none_or(|now| y >= now),
            _ => true,
        };
        found.bound == Bound::Before && found.to.is_none() && ahead
    }

    /// A bare year is no date, but names the year of what follows in its sentence.
    fn name_year(&mut self, found: &Phrase) {
        let next = after(self.text, found.span.end, 2, &[]);
        let told = [
            "度", "以来", "第", "至", "到", "-", "—", "－", "–", "~", "、", "版", "末",
        ]
        .iter()
        .any(|w| next.starts_with(w));
        let ranged = before(self.text, found.span.start, 1)
            .ends_with(['-', '—', '－', '–', '~', '至', '到', '、', '/']);
        if self.quoted > 0 || told || ranged || found.to.is_some() || found.bound != Bound::Whole {
            return;
        }
        match found.from.year {
            Year::Given(y) => self.year = Some(y),
            Year::Offset(k) if k >= 0 => {
                let now = self.context.issued.map(|d| d.year()).or(self.context.year);
                self.year = now.and_then(|y| y.checked_add(k));
            }
            _ => {}
        }
    }

    fn name_year_of(&mut self, found: &Phrase, expr: &DateExpr) {
        if self.quoted > 0 || expr.role == DateRole::Issued {
            return;
        }
        let named = [Some(found.from), found.to].into_iter().flatten().any(|p| {
            matches!(p.year, Year::Given(_)) || matches!(p.year, Year::Offset(k) if k >= 0)
        });
        if named && let Some(day) = expr.end.or(expr.start) {
            self.year = Some(day.year());
        }
    }

    /// The rule of a month or day that comes every year: 每年花后（4月份）, 一般应在12月至来年1月.
    fn rule_of(&self, found: &Phrase) -> Option<Rule> {
        let points = [Some(found.from), found.to];
        let said = points
            .iter()
            .flatten()
            .any(|p| matches!(p.year, Year::Given(_) | Year::Offset(_)));
        if said || found.dotted || found.lasting.is_some() {
            return None;
        }
        let yearly = self.rhythm == Some(Frequency::Yearly);
        if !yearly && found.to.is_none_or(|to| to.year != Year::Following) {
            return None;
        }
        if !yearly {
            let head = before(self.text, found.span.start, 24);
            let clause = head
                .rfind(['。', '；', '，', '：'])
                .map_or(head, |i| &head[i..]);
            let general = ["一般", "通常", "常年", "历年", "每年"]
                .iter()
                .any(|w| clause.contains(w));
            if !general {
                return None;
            }
        }
        Rule::yearly(found)
    }

    fn push_recurrence(&mut self, found: Recurrence) -> usize {
        let end = found.span.end;
        self.push_rule(found.span, &found.rule);
        self.last = None;
        if let f @ (Frequency::Yearly | Frequency::Monthly) = found.rule.frequency() {
            self.rhythm = Some(f);
        }
        if found.due {
            let mut r = Reader::new(self.text, end);
            r.blanks();
            if r.eat('(') {
                let inner = after(self.text, r.at, 80, &['）', ')']);
                self.examples = r.at + inner.len();
            }
        }
        end
    }

    fn push_rule(&mut self, span: Span, rule: &Rule) {
        let precision = match rule.frequency() {
            _ if !rule.is_plain() => Precision::Day,
            Frequency::Daily => Precision::Day,
            Frequency::Weekly => Precision::Week,
            Frequency::Monthly => Precision::Month,
            Frequency::Yearly => Precision::Year,
        };
        self.found.push(Mentioned {
            date: DateExpr {
                span,
                start: None,
                end: None,
                role: DateRole::Recurrence,
                rrule: Some(rule.to_string()),
                edtf: None,
                inferred: false,
                unresolved: false,
            },
            precision,
        });
    }

    /// 6月15日、12月15日前: what bounds the last of a list bounds them all.
    fn share_bound(&mut self, start: usize) {
        let mut start = start;
        for earlier in self.found.iter_mut().rev() {
            let span = earlier.date.span;
            let between = self.text.get(span.end..start).unwrap_or_default().trim();
            let day = earlier.date.start.is_some() && earlier.date.start == earlier.date.end;
            if !matches!(between, "、" | "和" | "及" | "与" | "或")
                || !day
                || earlier.date.role != DateRole::Event
            {
                return;
            }
            due(&mut earlier.date);
            start = span.start;
        }
    }
}

fn due(expr: &mut DateExpr) {
    expr.start = None;
    expr.role = DateRole::Deadline;
    expr.edtf = expr.end.map(|end| format!("../{end}"));
}

/// 5日前 of a month that comes again.
fn month_day(text: &str, start: usize, at: usize) -> Option<Recurrence> {
    let mut r = Reader::new(text, at);
    let day = r.number()?.within(31)?;
    r.blanks();
    r.eat_word(&["日", "号"])?;
    r.blanks();
    let due = r.eat_word(&["之前", "以前", "前"]).is_some();
    Some(Recurrence {
        span: Span::new(start, r.at),
        rule: Rule::new(Frequency::Monthly, 1).on_days(i8::try_from(day).ok()),
        due,
    })
}

/// 有期徒刑六月, 满3月: a length of time.
fn is_length(text: &str, found: &Phrase) -> bool {
    let month = found.to.is_none()
        && found.from.year == Year::Unsaid
        && matches!(found.from.field, Field::Months(_, _, Part::Whole));
    month
        && [
            "徒刑",
            "拘役",
            "满",
            "历时",
            "为期",
            "不少于",
            "不超过",
            "近",
        ]
        .iter()
        .any(|w| before(text, found.span.start, 3).ends_with(w))
}
