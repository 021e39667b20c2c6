//! An expression that was read gets its year, days and role, or its rule, and tells the sentence its year.

use super::DateExpr;
use super::DateRole;
use super::clock;
use super::done::was_done;
use super::early::EARLY;
use super::edtf::day;
use super::edtf::edtf;
use super::edtf::until;
use super::lone::Last;
use super::phrase::Bound;
use super::phrase::Phrase;
use super::point::Field;
use super::point::Part;
use super::point::Precision;
use super::point::Year;
use super::reader::Reader;
use super::reader::after;
use super::reader::before;
use super::recurrence::Recurrence;
use super::relative::Mentioned;
use super::resolve::Resolved;
use super::role::Setting;
use super::role::role;
use super::rule::Frequency;
use super::rule::Rule;
use super::scan::Scan;
use super::told::befell;
use crate::outline::organ::is_organ;
use crate::span::Span;
use crate::text::fold::is_han;
use crate::text::words::words;
use jiff::civil::Date;

/// How many days before its notice something may have begun that is not yet over.
const BEGUN_BEFORE: i32 = 60;

impl Scan<'_, '_> {
    pub(super) fn push(&mut self, found: Phrase) {
        let (text, span) = (self.text, found.span);
        if !self.frame.mentions {
            if found.is_bare_year() && !self.is_year_end(&found) {
                self.name_year(&found);
                return;
            }
            let year_end = found.from.field == Field::YearEnd && found.from.year == Year::Unsaid;
            if year_end
                && (found.bound != Bound::Before || found.to.is_some())
                && !self.is_goal(&found)
            {
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
        let days = self.next_to_issue(
            &found,
            found.resolve(&self.frame, self.base_year(span.start)),
        );
        let setting = Setting {
            text,
            quoted: self.quoted > 0,
            issued: self.context.issued,
            year: self.context.year,
            tells: self.context.tells,
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
        // 发布日期：2019-02-15 of a page that also tells the date of issue
        let of_page = expr.role == DateRole::Mention
            && expr.start.is_some()
            && expr.start != self.context.issued
            && before(text, span.start, 8).ends_with(['：', ':', '\n']);
        if self.is_reviewed(&expr) || self.is_of_head(&found, &expr) {
            expr.role = DateRole::Mention;
        }
        if self.is_of_issue(span) && !of_page {
            expr.role = DateRole::Issued;
            if let Some(issued) = self.context.issued {
                let within =
                    expr.start.is_none_or(|d| d <= issued) && expr.end.is_none_or(|d| issued <= d);
                if within || days.inferred {
                    expr.start = Some(issued);
                    expr.end = Some(issued);
                    expr.edtf = Some(day(issued));
                    expr.unresolved = false;
                }
            }
        }
        if self.signs_off(&found) {
            expr.role = DateRole::Issued;
        }
        if found.bound == Bound::Before {
            self.share_bound(span.start);
        }
        self.share_day(&found);
        self.name_year_of(&found, &expr);
        self.last = Some(Last {
            from: found.from,
            to: found.to.unwrap_or(found.from),
            end: span.end,
        });
        let precision = found.to.map_or(found.from.precision(), |to| {
            to.precision().max(found.from.precision())
        });
        self.found.push(Mentioned {
            date: expr,
            precision,
        });
    }

    /// The days, in the year of issue or the one after it where the year planned for puts them out of reach: of a notice of
    /// November about the next year 11月30日前 is due this year, of one of January about the last year 1月20日前 is not over.
    fn next_to_issue(&self, found: &Phrase, days: Resolved) -> Resolved {
        if let Some(turned) = self.over_new_year(found, &days) {
            return turned;
        }
        let (Some(issued), Some(year), Some(last)) = (
            self.context.issued,
            self.context.year,
            days.end.or(days.start),
        ) else {
            return days;
        };
        if let Some(days) = self.by_weekday(found, &days, issued.year()) {
            return days;
        }
        // 12月以来, of January: what has gone on began before
        if found.bound == Bound::Since
            && found.from.year == Year::Unsaid
            && self.year.is_none()
            && days.start.is_some_and(|start| start > issued)
        {
            let earlier = found.resolve(&self.frame, Some(last.year() - 1));
            return match earlier.start.is_some_and(|start| start <= issued) {
                true => earlier,
                false => days,
            };
        }
        // 12月，查漏补缺。次年1月，总结: counted from the day just set
        if found.from.year == Year::Following && self.year.is_none() && year == issued.year() + 1 {
            let before = self.day_before().map(|(day, _)| day.year());
            return match before == Some(issued.year()) {
                true => found.resolve(&self.frame, before),
                false => days,
            };
        }
        let unsaid = self.year.is_none() && days.inferred && self.quoted == 0;
        let fine = found.from.is_day() || found.is_part();
        let ahead = days.start.is_some_and(|start| start > issued);
        let done = unsaid && ahead && was_done(self.text, found);
        let over = found.is_deadline() && year + 1 == issued.year();
        let first = days.start.unwrap_or(last);
        let early = year == issued.year() + 1 && first.year() == year;
        let months = matches!(found.from.field, Field::Months(..))
            && (issued.month() <= EARLY || self.is_next_stage(found, issued));
        if !unsaid
            || !(fine || done || over || early && months)
            || found.from.year != Year::Unsaid
            || self.frame.mentions
        {
            return days;
        }
        let now = issued.year();
        // 8月11日发生…事故, told in January: of the year before
        if done || ahead && befell(self.text, found) {
            let earlier = found.resolve(&self.frame, Some(last.year() - 1));
            return match earlier.end.is_some_and(|end| end <= issued) {
                true => earlier,
                false => days,
            };
        }
        let due = found.bound == Bound::Before;
        // how many days after the day of issue it would begin, or end, in the year that is tried
        let near = |y: i16, within: i32| {
            let days = found.resolve(&self.frame, Some(y));
            let until = |day: Date| issued.until(day).ok().map(|span| span.get_days());
            let begun = days.start.and_then(until).filter(|n| *n < 0);
            // 1月1日至12月31日 is the year itself
            let far = begun.is_some_and(|n| n < -BEGUN_BEFORE);
            let day = match begun {
                Some(_) => days.end?,
                None => days.start.or(days.end)?,
            };
            (!far && (0..=within).contains(&until(day)?)).then_some(days)
        };
        if early {
            return self
                .first_after(found, issued)
                .and_then(|within| near(now, within))
                .unwrap_or(days);
        } else if year + 1 == now
            && last < issued
            && !(self.context.tells && self.is_reported(found))
        {
            return near(now, if due { 150 } else { 60 }).unwrap_or(days);
        }
        days
    }

    /// 。年底确保结案率达到90%: what is to be reached by the end of the year, at the beginning of its clause.
    fn is_goal(&self, found: &Phrase) -> bool {
        let head = before(self.text, found.span.start, 1);
        let begins = head.trim().is_empty() || matches!(head, "。" | "，" | "；" | "," | ";");
        let next = after(self.text, found.span.end, 4, &[]);
        begins
            && found.to.is_none()
            && words![
                "确保", "实现", "达到", "完成", "建成", "全部", "力争", "基本"
            ]
            .begin(next)
    }

    /// Whether a day in a text that tells of the last year is of what was done: nothing is set or asked for then.
    fn is_reported(&self, found: &Phrase) -> bool {
        let next = after(self.text, found.span.end, 24, &['。', '；', '\n']);
        !found.is_deadline()
            && !self.is_set(found)
            && !words!["将", "拟", "请", "要", "计划", "应"].is_in(next)
    }

    /// 12月30日（星期日）, of the year of issue where the weekday is that of the day in this year, and of no year beside it
    /// that was inferred.
    fn by_weekday(&self, found: &Phrase, days: &Resolved, issued: i16) -> Option<Resolved> {
        let inferred = days.start.or(days.end).filter(|_| days.inferred)?;
        let beside = (inferred.year() - issued).abs() == 1;
        if !beside || !found.from.is_day() || found.to.is_some() {
            return None;
        }
        let named = clock::weekday_in(found.span.of(self.text))?;
        let tried = found.resolve(&self.frame, Some(issued));
        let day = tried.start.or(tried.end)?;
        (inferred.weekday() != named && day.weekday() == named).then_some(tried)
    }

    /// 定于1月4日: a day that is set, not told.
    pub(super) fn is_set(&self, found: &Phrase) -> bool {
        let head = before(self.text, found.span.start, 5);
        words!["定于", "时间为", "时间：", "时间:", "拟于", "将于", "暂定"].end(head)
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
        if let (Year::Given(year), None) = (found.from.year, found.to) {
            self.name_section(year, found.span);
        }
        let next = after(self.text, found.span.end, 2, &[]);
        let told = words![
            "度", "以来", "第", "至", "到", "-", "—", "－", "–", "~", "、", "版", "末"
        ]
        .begin(next);
        let ranged = before(self.text, found.span.start, 1)
            .ends_with(['-', '—', '－', '–', '~', '至', '到', '、', '/']);
        if self.quoted > 0 || told || ranged || found.to.is_some() || found.bound != Bound::Whole {
            return;
        }
        match found.from.year {
            Year::Given(y) => {
                self.year = Some(y);
                // 每年8月15日前报送，2023年于9月1日前报送
                self.rhythm = None;
            }
            Year::Offset(k) if k >= 0 => {
                let now = self.context.issued.map(|d| d.year()).or(self.context.year);
                self.year = now.and_then(|y| y.checked_add(k));
            }
            _ => {}
        }
    }

    /// Whether a date of issue stands here; they are in order, so one look tells.
    fn is_of_issue(&self, span: Span) -> bool {
        let issued = self.context.issued_at;
        let next = issued.partition_point(|s| s.end <= span.start);
        issued.get(next).is_some_and(|s| s.overlaps(span))
    }

    /// 2031年6月 alone on the last line, or below an organ's name: the date of issue, its day left out.
    fn signs_off(&self, found: &Phrase) -> bool {
        let month = matches!(found.from.field, Field::Months(_, _, Part::Whole))
            && matches!(found.from.year, Year::Given(_));
        month
            && found.to.is_none()
            && found.bound == Bound::Whole
            && before(self.text, found.span.start, 60).trim().is_empty()
            && found.span.start > 0
            && after(self.text, found.span.end, 8, &[]).trim().is_empty()
            && self.closes_at(found.span.end)
            && (self.text[found.span.end..].trim().is_empty() || self.is_signed(found.span.start))
    }

    /// Whether the day stands alone below an organ at the head of a notice that another day signs: a page's.
    fn is_of_head(&self, found: &Phrase, expr: &DateExpr) -> bool {
        const HEAD: usize = 240;
        let Span { start, end } = found.span;
        start < HEAD
            && expr.role == DateRole::Event
            && matches!(found.from.year, Year::Given(_))
            && self
                .context
                .issued
                .is_some_and(|day| expr.start != Some(day))
            && self.context.issued_at.iter().any(|s| s.start > end)
            && self.text[..start].ends_with('\n')
            && self.text[end..].starts_with(['\n', '\r'])
            && self.is_signed(start)
    }

    /// Whether the line above the one of byte `at` is the name of an organ and nothing else.
    fn is_signed(&self, at: usize) -> bool {
        const LONGEST: usize = 25;
        let Some(line) = self.text[..at]
            .trim_end_matches([' ', '\u{3000}'])
            .strip_suffix('\n')
        else {
            return false;
        };
        let name = before(line, line.len(), LONGEST + 1).trim();
        name.chars().nth(LONGEST).is_none() && name.chars().all(is_han) && is_organ(name)
    }

    /// Whether behind byte `at` nothing stands but what may stand below a signature: in a table with a cell a line
    /// the next row does.
    fn closes_at(&self, at: usize) -> bool {
        let rest = self.text[at..].trim_start();
        rest.is_empty()
            || words![
                "附件",
                "附：",
                "附:",
                "附表",
                "附录",
                "抄送",
                "抄报",
                "主题词",
                "注意事项",
                "备注",
                "注：",
                "（此件",
                "(此件",
                "（公开",
                "（主动公开",
                "（联系",
                "（信息公开"
            ]
            .begin(rest)
    }

    fn name_year_of(&mut self, found: &Phrase, expr: &DateExpr) {
        let told = expr.role == DateRole::Mention && found.from.field == Field::YearEnd;
        if self.quoted > 0 || told || expr.role == DateRole::Issued {
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
            let general = words!["一般", "通常", "常年", "历年", "每年"].is_in(clause);
            if !general {
                return None;
            }
        }
        Rule::yearly(found)
    }

    pub(super) fn push_recurrence(&mut self, found: Recurrence) -> usize {
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

pub(super) fn due(expr: &mut DateExpr) {
    expr.start = None;
    expr.role = DateRole::Deadline;
    expr.edtf = expr.end.map(until);
}
