//! Sections that name a year: 一、2030年工作总结, 三、2031年工作打算.

use super::DateExpr;
use super::reader::before;
use super::scan::Scan;
use crate::span::Span;
use crate::text::words::words;

/// A section whose heading names the year of all that stands below it.
#[derive(Clone, Copy, Debug)]
pub(super) struct OfYear {
    year: i16,
    /// Where the next section begins.
    end: usize,
    /// Whether it looks back: …工作总结.
    tells: bool,
}

impl Scan<'_, '_> {
    /// The year that an expression at `at` leaves out: of its sentence, its section, its notice.
    pub(super) fn base_year(&self, at: usize) -> Option<i16> {
        let section = self.section.filter(|section| at < section.end);
        self.year
            .or(section.map(|section| section.year))
            .or(self.context.year)
    }

    /// Takes the year of a heading that names it and the work.
    pub(super) fn name_section(&mut self, year: i16, span: Span) {
        let headings = self.context.headings;
        let at = headings.partition_point(|h| h.end <= span.start);
        let beside = self.context.year.is_some_and(|now| (year - now).abs() <= 1);
        let heading = headings.get(at).filter(|h| h.start == span.start && beside);
        let Some(heading) = heading.filter(|h| is_of_section(self.text, **h)) else {
            return;
        };
        let label = heading.of(self.text);
        let tells = words!["总结", "回顾", "情况", "成效"].end(label);
        let plans = words![
            "工作", "打算", "计划", "安排", "任务", "思路", "重点", "要点"
        ];
        if !tells && !plans.end(label) {
            return;
        }
        let next = headings[at + 1..]
            .iter()
            .find(|h| is_of_section(self.text, **h));
        let end = next.map_or(self.text.len(), |h| h.start);
        self.section = Some(OfYear { year, end, tells });
    }

    /// Whether the day was over before the notice and stands in a section that looks back.
    pub(super) fn is_reviewed(&self, date: &DateExpr) -> bool {
        let tells = |section: OfYear| section.tells && date.span.start < section.end;
        let day = date.end.or(date.start);
        self.section.is_some_and(tells)
            && day
                .zip(self.context.issued)
                .is_some_and(|(day, issued)| day < issued)
    }
}

/// Whether the heading is of a section that holds others: it stands behind 一、.
fn is_of_section(text: &str, heading: Span) -> bool {
    let marker = before(text, heading.start, 4).trim();
    let counted = |c: char| "一二三四五六七八九十".contains(c);
    let ordinal = marker.strip_suffix('、');
    ordinal.is_some_and(|o| !o.is_empty() && o.chars().all(counted))
}

#[cfg(test)]
mod tests {
    use super::super::DateContext;
    use super::super::turn_tests::lines;
    use crate::span::Span;

    fn read(text: &str, tells: bool, issued: &str) -> Vec<String> {
        let heading = |line: &str| {
            let line = line.trim_start();
            let start = line.as_ptr() as usize - text.as_ptr() as usize;
            let behind = line.find('、')? + '、'.len_utf8();
            let whole = line.len() - behind;
            (line.starts_with(['一', '二']) && whole < 60)
                .then(|| Span::new(start + behind, start + line.len()))
        };
        let headings: Vec<Span> = text.lines().filter_map(heading).collect();
        let context = DateContext {
            year: Some(2030),
            issued: issued.parse().ok(),
            headings: &headings,
            tells,
            ..DateContext::default()
        };
        lines(text, &context)
    }

    #[test]
    fn a_section_has_the_year_of_its_heading() {
        let text = "　　一、2030年工作总结\n5月10日召开会议，6月底前完成检查。\n二、2031年工作打算\n6月开展演练，9月5日前总结。\n";
        let want = [
            "5月10日 2030-05-10/2030-05-10 mention",
            "6月底前 ../2030-06-30 mention",
            "6月 2031-06-01/2031-06-30 period",
            "9月5日前 ../2031-09-05 deadline",
        ];
        assert_eq!(read(text, true, "2031-01-10"), want);
        assert_eq!(read(text, false, "2030-12-20"), want);
    }

    #[test]
    fn other_headings_name_no_year() {
        let text =
            "一、2030年以来的做法\n9月5日前总结。\n二、任务\n2031年工作另行部署。\n9月6日前总结。";
        assert_eq!(
            read(text, false, "2030-03-10"),
            [
                "9月5日前 ../2030-09-05 deadline",
                "9月6日前 ../2030-09-06 deadline"
            ]
        );
    }

    #[test]
    fn a_report_tells_of_the_year_before_but_for_what_is_set() {
        let text = "一、成效\n2月15日召开会议。拟于2月20日召开总结会。2月底前报送。";
        assert_eq!(
            read(text, true, "2031-01-20"),
            [
                "2月15日 2030-02-15/2030-02-15 mention",
                "2月20日 2031-02-20/2031-02-20 event",
                "2月底前 ../2031-02-28 deadline",
            ]
        );
    }
}
