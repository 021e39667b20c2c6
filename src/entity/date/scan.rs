//! One pass over the text: anchors, the sentence's year and rhythm, and the expressions in order.

use super::DateContext;
use super::anchor;
use super::dotted;
use super::grammar::Frame;
use super::phrase::Bound;
use super::phrase::Phrase;
use super::phrase::phrase;
use super::point::Field;
use super::point::Part;
use super::point::Point;
use super::point::Year;
use super::reader::Reader;
use super::reader::before;
use super::reader::is_dash;
use super::recurrence::Recurrence;
use super::recurrence::recurrence;
use super::relative::Mentioned;
use super::rule::Frequency;
use super::rule::Rule;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_han;
use crate::text::numeral;
use crate::text::words::words;

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

/// A pass under way: what the sentence so far has said.
pub(super) struct Scan<'t, 'c> {
    pub(super) text: &'t str,
    pub(super) context: &'c DateContext<'c>,
    pub(super) frame: Frame,
    pub(super) found: Vec<Mentioned>,
    /// The year last named in this sentence.
    pub(super) year: Option<i16>,
    /// Whether the sentence so far says 每年 or 每月 of what follows.
    pub(super) rhythm: Option<Frequency>,
    /// How deep in 《》.
    pub(super) quoted: usize,
    /// Dates up to here exemplify a recurrence that is due: 每季度最后一个周五前（9月30日、12月30日）.
    pub(super) examples: usize,
    /// The last point and where its expression ends, for 6月1日、15日.
    pub(super) last: Option<(Point, usize)>,
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
            c if !anchor::goes_on(c, self.text[next..].chars().next(), self.frame.mentions) => next,
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
        // 一定, 三类: most Chinese numerals count nothing that dates go on with
        let mut ahead = self.text[at..].chars();
        let first = ahead.next().map_or(0, char::len_utf8);
        if first == 3
            && !ahead
                .next()
                .is_some_and(|c| anchor::follows_number(fold(c)) || fold(c).is_ascii())
        {
            return at + first;
        }
        let mut r = Reader::new(self.text, at);
        let _ = r.number();
        let end = r.at;
        r.blanks();
        // what no date goes on with is left at once
        let Some(sign) = r.bump().filter(|c| anchor::follows_number(*c)) else {
            return end;
        };
        if matches!(sign, '日' | '号') {
            return self.lone_day(at).unwrap_or(end);
        }
        // 上一月, 前三月: months counted from another
        let counted = sign == '月' && first == 3 && "上前后每逐".contains(before(self.text, at, 1));
        if counted && !before(self.text, at, 1).is_empty() && !self.frame.mentions {
            return end;
        }
        if before(self.text, at, 1) == "第" || !self.frame.mentions && !leads_on(sign, r) {
            return end;
        }
        if matches!(sign, '、' | '和' | '及')
            && let Some(next) = self.listed(at)
        {
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
        if let Some(point) = self.of_last_month(at) {
            return self.phrase(at, Some(point));
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

    /// The last date named, where a later day of its month stands at `at`: 12月28日下午报到，29日上午开会.
    fn of_last_month(&mut self, at: usize) -> Option<Point> {
        let (point, end) = self.last.filter(|_| !self.frame.mentions)?;
        let last = match point.field {
            Field::Days(_, _, last) => last,
            _ => return None,
        };
        let mut r = Reader::new(self.text, at);
        let day = r.number()?.within(31)?;
        r.blanks();
        r.eat_word(words!["日", "号"])?;
        r.blanks();
        let hour = r.sees(words![
            "上午", "下午", "中午", "晚", "早", "凌晨", "夜", "全天"
        ]);
        let sentence = || {
            let between = self.text.get(end..at).unwrap_or_default();
            between.len() <= 240 && !between.contains(['。', '\n', '；'])
        };
        let meets = r.sees(words![
            "报到", "开会", "召开", "返程", "返回", "离会", "离开", "结束", "开幕", "闭幕", "举行",
            "开赛", "比赛", "考试", "开始", "正式", "抵达", "复课", "开学", "上班"
        ]);
        // 报到之日起，3日后: a length has no verb of meeting behind it
        if !(hour && day >= last || meets && day > last && sentence()) {
            return None;
        }
        if let Year::Given(year) = point.year {
            self.year = self.year.or(Some(year));
        }
        Some(point)
    }

    /// 次月5日前, 下月10日前; 当月 and 本月 only of what comes monthly.
    fn month_day(&self, at: usize) -> Option<Recurrence> {
        if self.frame.mentions {
            return None;
        }
        let mut r = Reader::new(self.text, at);
        let word = r.eat_word(words!["次月", "下月", "下个月", "当月", "本月"])?;
        if word > 2 && self.rhythm != Some(Frequency::Monthly) {
            return None;
        }
        r.blanks();
        r.eat('的');
        month_day(self.text, at, r.at)
    }

    /// Several months or quarters with one unit: 6、7月份, 3、6、9、12月.
    fn listed(&mut self, at: usize) -> Option<usize> {
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
        let due = r.eat_word(words!["底前", "末前"]).is_some();
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
            && words![
                "印发", "发布", "下发", "公布", "发文", "通知", "施行", "颁布", "公告", "公示",
                "通告", "发出", "刊登", "公开"
            ]
            .is_in(head)
    }

    fn phrase(&mut self, at: usize, inherited: Option<Point>) -> Option<usize> {
        let mut found = phrase(self.text, at, &self.frame, inherited)?;
        let end = found.span.end;
        if self.text.get(at..).is_some_and(|t| t.starts_with("日起")) {
            found.span.start = since(self.text, at);
        }
        if found.dotted && !dotted::is_date(self.text, &found, self.frame.mentions) {
            return None;
        }
        if is_length(self.text, &found) {
            return Some(end);
        }
        self.push(found);
        Some(end)
    }
}

/// Where 自公告之 begins before 日起至12月31日.
fn since(text: &str, at: usize) -> usize {
    let head = before(text, at, 12);
    let from = head.rfind('自').map(|i| &head[i..]);
    from.filter(|words| words.chars().all(is_han))
        .map_or(at, |words| at - words.len())
}

/// Whether a number of a date can stand before `sign` and what follows it in `r`: 6月, 6—8月, 6.1, 二、三季度.
fn leads_on(sign: char, mut r: Reader<'_>) -> bool {
    match sign {
        '年' | '月' | '季' => true,
        '、' | '和' | '及' | '至' | '到' => {
            r.blanks();
            r.peek().is_some_and(|c| c == '第' || anchor::is_number(c))
        }
        _ if is_dash(sign) => {
            while r.peek().is_some_and(is_dash) {
                r.bump();
            }
            r.blanks();
            r.peek().is_some_and(|c| c == '第' || anchor::is_number(c))
        }
        _ => r.peek().is_some_and(|c| c.is_ascii_digit()),
    }
}

/// 5日前 of a month that comes again.
fn month_day(text: &str, start: usize, at: usize) -> Option<Recurrence> {
    let mut r = Reader::new(text, at);
    let day = r.number()?.within(31)?;
    r.blanks();
    r.eat_word(words!["日", "号"])?;
    r.blanks();
    let due = r.eat_word(words!["之前", "以前", "前"]).is_some();
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
