//! One pass over the text: anchors, the sentence's year and rhythm, and the expressions in order.

use super::DateContext;
use super::anchor;
use super::clock;
use super::column::Columns;
use super::dotted;
use super::festival::lunar_end;
use super::grammar::Frame;
use super::lone::Last;
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
use super::recurrence::recurrence;
use super::relative::Mentioned;
use super::rule::Frequency;
use super::section::OfYear;
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
        section: None,
        rhythm: None,
        quoted: 0,
        examples: 0,
        last: None,
        shared_to: None,
        columns: Columns::default(),
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
    /// The last section whose heading names a year.
    pub(super) section: Option<OfYear>,
    /// Whether the sentence so far says 每年 or 每月 of what follows.
    pub(super) rhythm: Option<Frequency>,
    /// How deep in 《》.
    pub(super) quoted: usize,
    /// Dates up to here exemplify a recurrence that is due: 每季度最后一个周五前（9月30日、12月30日）.
    pub(super) examples: usize,
    /// The last points and where their expression ends, for 6月1日、15日.
    pub(super) last: Option<Last>,
    /// Where a deadline ends whose 到 bounds what is listed behind it.
    pub(super) shared_to: Option<usize>,
    /// The columns of the table that is being read.
    pub(super) columns: Columns,
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
            '第' if let Some(end) = self.listed_quarters(at) => end,
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
        if before(self.text, at, 2) == "农历"
            && let Some(end) = lunar_end(self.text, at)
        {
            return end;
        }
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
        let counted =
            sign == '月' && first == 3 && "上下前后每逐".contains(before(self.text, at, 1));
        if counted && !before(self.text, at, 1).is_empty() && !self.frame.mentions {
            return end;
        }
        if before(self.text, at, 1) == "第" || !self.frame.mentions && !leads_on(sign, r) {
            return end;
        }
        if (matches!(sign, '至' | '到') || is_dash(sign))
            && let Some(end) = self.lone_range(at)
        {
            return end;
        }
        if matches!(sign, '、' | '和' | '及')
            && let Some(next) = self.listed(at).or_else(|| self.listed_quarters(at))
        {
            return next;
        }
        self.phrase(at, None).unwrap_or(end)
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

    /// 中秋节（9月29日）前完成: the day of a name in brackets is bound behind them.
    fn close_bracket(&self, found: &mut Phrase) {
        let day = found.bound == Bound::Whole && found.to.is_none() && found.from.is_day();
        if !day || !before(self.text, found.span.start, 1).ends_with(['（', '(']) {
            return;
        }
        let mut r = Reader::new(self.text, found.span.end);
        if !r.eat(')') {
            return;
        }
        // 于周五（3月17日）下班前, 下周一（3月20日）中午12时前
        clock::aside(&mut r);
        r.blanks();
        let _ = r.eat_word(words!["下班", "上班"]);
        if r.eat_word(words!["之前", "以前", "前"]).is_some()
            && !r.sees(words!["后", "夕", "往", "来", "期", "述", "沿"])
        {
            found.bound = Bound::Before;
        }
    }

    pub(super) fn phrase(&mut self, at: usize, inherited: Option<Point>) -> Option<usize> {
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
        self.close_bracket(&mut found);
        self.close_column(&mut found);
        let whole = found.bound == Bound::Whole;
        self.share_head(&mut found);
        if whole && found.bound == Bound::Before {
            self.shared_to = Some(end);
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
