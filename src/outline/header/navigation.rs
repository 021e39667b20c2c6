//! Where a document begins below the navigation of a web page, which no list of a page's words holds.

use super::super::kind;
use super::super::organ;
use super::super::page;
use super::super::shape::Shape;
use super::Reader;
use super::title;
use crate::text::fold;

/// At most so many lines of a page that says nothing of a document stand above a title.
const ABOVE_TITLE: usize = 12;
/// At most so many lines of a page's navigation stand above what it states of a document.
const NAVIGATION: usize = 200;

/// Whether the line calls those who are addressed, or leads to what follows: no label of a page, which is short.
pub(super) fn calls(line: &str) -> bool {
    const CALLED: [&str; 9] = [
        "各", "单位", "部门", "全体", "师生", "同学", "家长", "职工", "有关",
    ];
    line.ends_with(['：', ':'])
        && (line.starts_with('各')
            || fold::count_within(line, 11).is_none()
            || CALLED.iter().any(|word| line.contains(word))
            || organ::is_organ(line.trim_end_matches(['：', ':'])))
}

impl Reader<'_> {
    /// Where a title that says what kind of document it is begins below short lines that are none: a page's, which no list of
    /// its words holds.
    pub(super) fn title_below_page(&self) -> Option<usize> {
        let below = self.paragraphs.iter().enumerate().skip(self.at);
        let filled = below.filter(|(_, p)| !p.is_blank()).take(ABOVE_TITLE);
        for (i, paragraph) in filled {
            let line = paragraph.content.of(self.text);
            let short = fold::count_within(line, 40).is_some();
            if i > self.at
                && !self.is_led_to(i)
                && let (block, true, _) = self.gather(i)
                && title::says_of_what(&block.words(self.text))
            {
                return Some(i);
            }
            if !short
                || line.contains(['。', '；'])
                || line.ends_with(['，', '、', '的'])
                || calls(line)
                || line.contains("关于")
                || matches!(
                    paragraph.shape,
                    Shape::Marked | Shape::Attachment { .. } | Shape::Date
                )
            {
                return None;
            }
        }
        None
    }

    /// Takes what stands above paragraph `at` for the page's.
    pub(super) fn leave_to_page(&mut self, at: usize) {
        let above = self.paragraphs[self.at..at].iter();
        let filled = above.filter(|p| !p.is_blank()).map(|p| p.content);
        self.header.page.extend(filled);
        self.at = at;
    }

    /// Below the navigation of a page: where the line stands above which a page states nothing of the document: its title
    /// above the day and the source, or the first field where the title is one of them.
    pub(super) fn below_navigation(&self) -> Option<usize> {
        let below = self.paragraphs.iter().enumerate().skip(self.at);
        let filled = below.filter(|(_, p)| !p.is_blank()).take(NAVIGATION);
        let mut above: [Option<usize>; 4] = [None; 4];
        let mut sentences = 0;
        for (i, paragraph) in filled {
            let line = paragraph.content.of(self.text);
            if let Some(titled) = page::states(line) {
                if titled {
                    return Some(i);
                }
                if let Some(at) = self.title_that_ends_above(&above) {
                    return Some(at);
                }
                above = [None; 4];
                continue;
            }
            // another document, as pages list them: 1.16班级考核[01-19]
            if line.ends_with([']', '］']) && fold::fits(line, 100) {
                above = [None; 4];
                continue;
            }
            if !fold::fits(line, 100) {
                fold::count_within(&fold::without_blanks(line), 100)?;
            }
            sentences += usize::from(line.contains(['。', '；']));
            if calls(line)
                || sentences > 1
                || matches!(paragraph.shape, Shape::Marked | Shape::Attachment { .. })
            {
                return None;
            }
            above.rotate_right(1);
            above[0] = (paragraph.shape == Shape::Text).then_some(i);
        }
        None
    }

    /// Where the title stands below the one sentence that reports it, as a newspaper prints a notice: 本报3月1日讯 …全文如下：
    pub(super) fn below_report(&self) -> Option<usize> {
        let report = self.current()?.content.of(self.text);
        let reported = ["日电", "日讯", "报讯", "全文如下", "全文发布", "全文公布"];
        if !reported.iter().any(|word| report.contains(word)) || !fold::fits(report, 200) {
            return None;
        }
        let mut below = self.paragraphs.iter().enumerate().skip(self.at + 1);
        let at = below.find(|(_, p)| !p.is_blank())?.0;
        let (block, complete, _) = self.gather(at);
        (complete && title::says_of_what(&block.words(self.text))).then_some(at)
    }

    /// Whether the path of pages on the line above ends with this line, as with the name of a column: 首页 > 公告 > 安全处⏎安全处.
    pub(super) fn is_led_to(&self, at: usize) -> bool {
        let above = self.paragraphs[..at].iter().rev().find(|p| !p.is_blank());
        let line = self.paragraphs[at].content.of(self.text);
        let path = |above: &str| above.contains(['>', '＞', '»', '›', '/']);
        above.is_some_and(|p| {
            let above = p.content.of(self.text);
            above.len() > line.len()
                && path(above)
                && above.ends_with(line)
                && !kind::ends_as_title(line)
        })
    }

    /// Where the title begins that ends with the last of the lines above a field, given from the last to the first.
    fn title_that_ends_above(&self, lines: &[Option<usize>]) -> Option<usize> {
        let last = lines.first().copied().flatten()?;
        let words = |i: usize| self.paragraphs[i].content.of(self.text);
        let reaches = |from: usize| {
            let (block, complete, next) = self.gather(from);
            complete && next == last + 1 && !block.lines().is_empty()
        };
        let run = || lines.iter().map_while(|i| *i);
        let begins = run().find(|i| words(*i).contains("关于") && reaches(*i));
        let at = begins.or_else(|| reaches(last).then_some(last))?;
        // its organ stands on a line of its own
        let organ = run()
            .find(|i| *i < at)
            .filter(|i| organ::is_organ(words(*i)) && reaches(*i) && !self.is_led_to(*i));
        Some(organ.unwrap_or(at))
    }
}
