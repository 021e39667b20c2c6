//! What a title calls the next year's work and what is done for it in the year of issue: 2024年…缴费, of September 2023.

use super::DateRole;
use super::phrase::Phrase;
use super::scan::Scan;
use jiff::civil::Date;

/// The last month in which what a title calls the next year's work is still that of this year: plans of the year come later.
pub(super) const EARLY: i8 = 10;

impl Scan<'_, '_> {
    /// Within how many days of the day of issue a day lies in the year of issue, where the title names the next one: the
    /// first such day that comes, unless the text plans the next year's months in order.
    pub(super) fn first_after(&self, found: &Phrase, issued: Date) -> Option<i32> {
        let now = issued.year();
        // a day after others of the year planned for is of that year
        let before = self.day_before();
        let plan = before.is_some_and(|(day, _)| day.year() > now);
        let year_end = issued.month() == 12
            && found
                .resolve(&self.frame, Some(now))
                .end
                .is_some_and(|end| end.month() == 12 && end.day() == 31)
            && found.to.is_none();
        if plan && self.lies_in_season(found, now) {
            return Some(366);
        }
        if plan || year_end {
            return None;
        }
        // 2024年…缴费, of September: what was set before it is still of this year
        let follows = before.is_some_and(|(day, role)| day >= issued && role != DateRole::Mention);
        let whole = issued.month() <= EARLY || follows;
        Some(if whole { 366 } else { 60 })
    }

    /// 防火期为2023年10月1日至2024年5月31日。10月15日前…: right behind a time over the turn of the year, of which it is in one
    /// year alone.
    fn lies_in_season(&self, found: &Phrase, now: i16) -> bool {
        let Some(season) = self.found.last().map(|m| &m.date) else {
            return false;
        };
        let (Some(from), Some(to)) = (season.start, season.end) else {
            return false;
        };
        let within = |year: i16| {
            let days = found.resolve(&self.frame, Some(year));
            let day = days.end.or(days.start);
            day.is_some_and(|day| from <= day && day <= to)
        };
        let turns = from.year() == now && to.year() == now + 1;
        turns && season.role != DateRole::Mention && within(now) && !within(now + 1)
    }

    /// 12月1日至10日审核，12月底公布: right behind what is still to come in the year of issue.
    pub(super) fn is_next_stage(&self, found: &Phrase, issued: Date) -> bool {
        const NEAR: usize = 160;
        let Some(before) = self.found.last().map(|m| &m.date) else {
            return false;
        };
        let planned = matches!(
            before.role,
            DateRole::Period | DateRole::Deadline | DateRole::Event
        );
        let later = before.end.or(before.start).is_some_and(|day| {
            let month = found.from.month().unwrap_or_default();
            day >= issued && day.year() == issued.year() && day.month().unsigned_abs() <= month
        });
        planned && later && found.span.start.saturating_sub(before.span.end) <= NEAR
    }

    /// The last day of the expression before, and what it does.
    pub(super) fn day_before(&self) -> Option<(Date, DateRole)> {
        const NEAR: usize = 64;
        let near = self.found.iter().rev().take(NEAR);
        near.map(|m| &m.date).find_map(|d| {
            let day = d.end.or(d.start)?;
            (d.role != DateRole::Issued).then_some((day, d.role))
        })
    }
}
