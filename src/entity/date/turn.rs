//! The year that turns: what a notice of the last months sets for the first months is of the next year.

use super::DateRole;
use super::account::is_done;
use super::account::is_stock_of;
use super::clock;
use super::done::is_qualified;
use super::phrase::Bound;
use super::phrase::Phrase;
use super::point::Year;
use super::reader::after;
use super::reader::before;
use super::resolve::Resolved;
use super::scan::Scan;
use crate::text::words::words;
use jiff::civil::Date;

/// How far back a plan is looked for whose months go on, in bytes.
const PLAN: usize = 2400;
/// How many of the last expressions are looked at in a plan.
const FEW: usize = 3;
/// How far back a list of days is looked for, in bytes.
const LIST: usize = 120;
/// Among how many expressions before it.
const NEAR: usize = 16;
/// In how many characters from its beginning on a text names itself.
const TITLE: usize = 160;
/// Ends of a sentence.
const STOPS: [char; 4] = ['。', '；', ';', '\n'];

impl Scan<'_, '_> {
    /// The days in another year than the one that was inferred: of the year after that of issue, where a notice of
    /// September to December sets something for January to May; and where the day is in no other year (2月29日).
    pub(super) fn over_new_year(&self, found: &Phrase, days: &Resolved) -> Option<Resolved> {
        let issued = self.context.issued.filter(|_| !self.frame.mentions)?;
        let now = issued.year();
        let said = [Some(found.from), found.to]
            .iter()
            .flatten()
            .any(|p| p.year != Year::Unsaid);
        let base = self.base_year(found.span.start).unwrap_or(now);
        if !days.inferred || said || self.quoted > 0 || issued.month() < 9 {
            return None;
        }
        if days.unresolved {
            let other = match base - now {
                0 => now + 1,
                1 => now,
                _ => return None,
            };
            let tried = found.resolve(&self.frame, Some(other));
            return (!tried.unresolved).then_some(tried);
        }
        let last = days.end.or(days.start)?;
        let spring = last.month() <= 5 || found.is_deadline() && self.is_after_turn(found, last);
        let over = base == now && last.year() == now && last < issued && spring;
        // 2023年12月底前自查，3月底前整改: the year was that of another day, still to come
        let named = self.year.is_some() && !self.goes_on(found, STOP_AT_SENTENCE);
        let lone_sign = found.dotted && found.to.is_none();
        if !over || named || lone_sign || self.is_told(found, days) {
            return None;
        }
        if let Some(weekday) = clock::weekday_in(found.span.of(self.text))
            && last.weekday() == weekday
        {
            return None;
        }
        let due = found.is_deadline();
        let plan = due
            || self.is_set(found)
            || self.goes_on(found, PLAN)
            || issued.month() >= 11 && (self.is_stage_of(found) || self.is_task(found));
        plan.then(|| found.resolve(&self.frame, Some(now + 1)))
            .filter(|tried| !tried.unresolved)
    }

    /// 5月31日结束，6月10日前总结: the day follows one of the year after that of issue.
    fn is_after_turn(&self, found: &Phrase, last: Date) -> bool {
        let before = self.found.last().map(|m| &m.date);
        before.is_some_and(|d| {
            let near = found.span.start.saturating_sub(d.span.end) <= LIST;
            near && d.role != DateRole::Mention
                && d.end
                    .or(d.start)
                    .is_some_and(|day| day.year() == last.year() + 1 && day.month() <= last.month())
        })
    }

    /// Whether the last date before it is of what is still to come: a plan tells its months in order.
    fn goes_on(&self, found: &Phrase, reach: usize) -> bool {
        let Some(issued) = self.context.issued else {
            return false;
        };
        let near = self.found.iter().rev().take(NEAR);
        let mut earlier = near.map(|m| &m.date).filter(|d| {
            d.role != DateRole::Issued && d.rrule.is_none() && d.end.or(d.start).is_some()
        });
        // in a plan one of the last few may be a day that parts some from others
        let looked = if reach == PLAN { FEW } else { 1 };
        earlier.by_ref().take(looked).any(|d| {
            let between = self
                .text
                .get(d.span.end..found.span.start)
                .unwrap_or_default();
            let near = match reach {
                STOP_AT_SENTENCE => !between.contains(STOPS),
                _ => between.len() <= reach,
            };
            near && d.role != DateRole::Mention && d.end.or(d.start).is_some_and(|d| d >= issued)
        })
    }

    /// Whether the sentence tells of what was done by then or in that time.
    fn is_told(&self, found: &Phrase, days: &Resolved) -> bool {
        let (text, start, end) = (self.text, found.span.start, found.span.end);
        let head = before(text, start, 40);
        let head = head.rsplit(STOPS).next().unwrap_or(head);
        let next = after(text, end, 60, &STOPS);
        let clause = next
            .trim_start_matches(['，', ','])
            .split(['，', ','])
            .next()
            .unwrap_or_default();
        let asked = words!["要求", "规定", "部署"].is_in(head)
            && words![
                "仍未",
                "尚未",
                "仍有",
                "尚有",
                "未完成",
                "未报",
                "未按",
                "没有"
            ]
            .is_in(next)
            && !next.contains("未完成的");
        let told_head = words![
            "以来",
            "去年",
            "上年",
            "曾",
            "原定",
            "原计划",
            "此前",
            "已于",
            "已经",
            "已在",
            "先后",
            "按照《",
            "根据《"
        ]
        .is_in(head);
        let told = told_head
            || asked
            || words!["已", "曾", "共发生", "共完成", "共排查", "共开展", "累计"].is_in(clause)
            || is_done(clause)
            || is_qualified(text, start, end)
            || is_stock_of(text, start, end);
        if found.is_deadline() {
            return told;
        }
        let single = found.from.is_day() && found.to.is_none();
        told || is_done(next)
            || words![
                "已",
                "同比",
                "环比",
                "累计",
                "共发生",
                "发生",
                "先后",
                "接连",
                "共完成",
                "共排查",
                "共开展",
                "召开的",
                "举办的",
                "开展的",
                "印发",
                "通过",
                "查获",
                "发现",
                "查出",
                "获得",
                "受到",
                "荣获",
                "造成"
            ]
            .is_in(next)
            || single && found.bound == Bound::Whole && days.start == days.end && {
                let item = self.opens_line(found) && self.goes_on(found, LIST);
                let item = item || days.end.is_some_and(|day| self.is_after_turn(found, day));
                !words!["将", "拟", "请", "前", "要"].is_in(next) && !self.is_set(found) && !item
            }
    }

    /// 二、3月15日停热: the day stands at the beginning of an item, and no clause tells of it.
    fn opens_line(&self, found: &Phrase) -> bool {
        let line = before(self.text, found.span.start, 6);
        let begins = line
            .trim_end()
            .ends_with(['、', '.', '．', '）', ')', '\n']);
        begins && !after(self.text, found.span.end, 1, &[]).starts_with(['，', ','])
    }

    /// Whether something is to be done then (2月中旬，组织抽查), in a text that is no account of the year.
    fn is_task(&self, found: &Phrase) -> bool {
        let accounts = words![
            "总结", "报告", "通报", "纪要", "公报", "简报", "汇报", "决定", "公示"
        ];
        let account = || {
            let beyond = self.text.char_indices().nth(TITLE);
            let head = beyond.map_or(self.text, |(at, _)| &self.text[..at]);
            head.lines().any(|line| accounts.end(line.trim_end()))
        };
        let next = after(self.text, found.span.end, 12, &STOPS);
        words![
            "组织", "开展", "完成", "抽查", "检查", "督查", "验收", "总结", "评估", "报送", "集中",
            "召开", "举办", "举行", "复查", "考核", "评选", "通报"
        ]
        .is_in(next)
            && !account()
    }

    /// Whether a stage of the work is said to be then: （3月）of a stage, 3月1日至31日为总结阶段, 3月要组织.
    fn is_stage_of(&self, found: &Phrase) -> bool {
        let (text, start, end) = (self.text, found.span.start, found.span.end);
        let head = before(text, start, 24);
        let head = head.rsplit(STOPS).next().unwrap_or(head).trim_end();
        let next = after(text, end, 24, &STOPS);
        words!["阶段", "时间", "期限", "时段", "步骤"].is_in(head)
            || words!["阶段", "将", "拟", "集中整治", "开展集中"].is_in(next)
            || next
                .trim_start_matches(['，', ','])
                .starts_with(['要', '应', '须', '各'])
    }
}

/// Look back no farther than the sentence.
const STOP_AT_SENTENCE: usize = 0;
