//! Days without their month: 6月1日、15日; 每月…，于25日前; 11月9日至11日举办，8日报到.

use super::phrase::Bound;
use super::phrase::phrase;
use super::point::Field;
use super::point::Part;
use super::point::Point;
use super::point::Year;
use super::reader::Reader;
use super::reader::after;
use super::reader::before;
use super::recurrence::Recurrence;
use super::rule::Frequency;
use super::rule::Rule;
use super::scan::Scan;
use crate::span::Span;
use crate::text::words::words;

/// The dates named last, for a day that leaves out its month.
#[derive(Clone, Copy, Debug)]
pub(super) struct Last {
    /// The only point, or the first end of a range.
    pub(super) from: Point,
    /// The only point, or the last end of a range.
    pub(super) to: Point,
    /// Where the expression ends.
    pub(super) end: usize,
}

/// How many days before a meeting people arrive.
const ARRIVAL: u8 = 3;

impl Scan<'_, '_> {
    /// A day without its month: 6月1日、15日; 每月…，于25日前; 请于20日前.
    pub(super) fn lone_day(&mut self, at: usize) -> Option<usize> {
        let named = self.last;
        if let Some(point) = self.behind_last(at) {
            return self.phrase(at, Some(point));
        }
        if let Some(point) = self.of_last_month(at) {
            let end = self.phrase(at, Some(point));
            // 10月30日至11月2日，31日上午…，1日下午…: both months stay named
            if let (Some(last), Some(end)) = (named, end)
                && last.from.month() != last.to.month()
            {
                self.last = Some(Last { end, ..last });
            }
            return end;
        }
        if let Some(last) = self.last.filter(|last| last.to.is_day()) {
            match self.text.get(last.end..at).unwrap_or_default().trim() {
                "、" | "和" | "及" | "与" | "或" => return self.phrase(at, Some(last.to)),
                "，" => return None,
                _ => {}
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

    /// Days behind others of their month: 3月15-20日报名，21-25日审核.
    pub(super) fn lone_range(&mut self, at: usize) -> Option<usize> {
        let point = self.behind_last(at)?;
        self.phrase(at, Some(point))
    }

    /// The last date where the days at `at` begin a clause behind it and follow its own.
    fn behind_last(&self, at: usize) -> Option<Point> {
        let last = self.last.filter(|_| !self.frame.mentions)?;
        let (Field::Days(from_month, first, _), Field::Days(month, _, end)) =
            (last.from.field, last.to.field)
        else {
            return None;
        };
        let between = self.text.get(last.end..at)?;
        let clause = before(self.text, at, 1);
        let near = between.len() <= 120 && !between.contains(['。', '\n']);
        let ranged = (from_month, first) < (month, end);
        if !near || !ranged || !matches!(clause, "，" | "；" | "、" | "," | ";") {
            return None;
        }
        let mut r = Reader::new(self.text, at);
        let day = r.number()?.within(31).filter(|day| *day > end)?;
        let _ = r.eat_word(words!["日", "号"]);
        r.to().then_some(())?;
        let until = r.number()?.within(31).filter(|until| *until > day);
        until?;
        r.eat_word(words!["日", "号"])?;
        Some(last.to)
    }

    /// The date whose month a day at `at` shares: 12月28日下午报到，29日上午开会; 11月9日至11日举办，8日下午报到.
    fn of_last_month(&mut self, at: usize) -> Option<Point> {
        let last = self.last.filter(|_| !self.frame.mentions)?;
        let (Field::Days(first_month, first, _), Field::Days(month, _, final_day)) =
            (last.from.field, last.to.field)
        else {
            return None;
        };
        let mut r = Reader::new(self.text, at);
        let day = r.number()?.within(31)?;
        r.blanks();
        r.eat_word(words!["日", "号"])?;
        r.blanks();
        let hour = r.sees(words![
            "上午", "下午", "中午", "晚", "早", "凌晨", "夜", "全天"
        ]);
        let hours = r;
        let _ = r.eat_word(words!["上午", "下午", "中午", "晚上", "晚"]);
        r.blanks();
        let arrives = r.sees(words!["报到", "抵达", "签到"]);
        r = hours;
        let meets = arrives
            || r.sees(words![
                "开会", "召开", "返程", "返回", "离会", "离开", "结束", "开幕", "闭幕", "举行",
                "开赛", "比赛", "考试", "开始", "正式", "复课", "开学", "上班"
            ]);
        let near = || {
            let between = self.text.get(last.end..at).unwrap_or_default();
            between.len() <= 240 && !between.contains(['。', '\n', '；'])
        };
        let turns = first_month != month;
        let within = if turns {
            day >= first || day <= final_day
        } else {
            day >= first
        };
        let early = arrives && !turns && day < first && day + ARRIVAL >= first;
        // of a range, days within: 8日夜间到10日，预计8日至9日
        let spell = first < final_day && !turns && (first..=final_day).contains(&day) && {
            r.to()
                && r.number()
                    .and_then(|n| n.within(31))
                    .is_some_and(|to| to > day)
                && r.eat_word(words!["日", "号"]).is_some()
                && !r.sees(words!["内"])
        };
        let known = hour && (day >= final_day && !turns || within && near());
        // 报到之日起，3日后: a length has no verb of meeting behind it
        if !(known || near() && (meets && within || early || spell)) {
            return None;
        }
        let start = turns && day >= first;
        let point = if start { last.from } else { last.to };
        if let Year::Given(year) = point.year {
            self.year = self.year.or(Some(year));
        }
        Some(point)
    }

    /// 次月5日前, 下月10日前; 当月 and 本月 only of what comes monthly.
    pub(super) fn month_day(&self, at: usize) -> Option<Recurrence> {
        if self.frame.mentions {
            return None;
        }
        let mut r = Reader::new(self.text, at);
        let word = r.eat_word(words!["次月", "下月", "下个月", "当月", "本月"])?;
        if self.rhythm != Some(Frequency::Monthly) && (word > 2 || self.is_once(at, word > 0)) {
            return None;
        }
        r.blanks();
        r.eat('的');
        month_day(self.text, at, r.at)
    }
}

impl Scan<'_, '_> {
    /// Whether a day of the next month is of the month after the notice, once: 本月20日前报名，下月10日前提交; or 下月10日前
    /// where no other month is spoken of (于次月5日前报送上月数据 comes again).
    fn is_once(&self, at: usize, says_next: bool) -> bool {
        let follows = self.found.last().is_some_and(|m| {
            let last = m.date.span;
            let between = self.text.get(last.end..at).unwrap_or_default();
            words!["本月", "这个月", "当月"].begin(last.of(self.text))
                && !between.contains(['。', '\n'])
        });
        let others = words![
            "当月",
            "上月",
            "本月",
            "上个月",
            "月报",
            "月度",
            "月通报",
            "月调度",
            "逐月",
            "按月"
        ];
        let alone = || {
            let head = before(self.text, at, 60);
            let head = head.rsplit('\n').next().unwrap_or(head);
            !others.is_in(head) && !others.is_in(after(self.text, at, 30, &['。', '\n']))
        };
        follows || says_next && alone()
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
