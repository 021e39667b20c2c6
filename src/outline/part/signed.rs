//! The signature below a body: organs and the date of issue.

use super::super::organ::is_office_of;
use super::super::organ::is_organ;
use super::super::shape;
use super::super::shape::Shape;
use super::Reader;
use crate::span::Span;
use crate::text::fold;
use crate::text::numeral;
use crate::text::words::words;

/// The most lines that a signature holds: several organs, one a line.
const SIGNERS: usize = 30;

impl<'t> Reader<'t> {
    /// Whether the date on this line is the date of issue, not what stands under a heading such as 活动时间.
    pub(super) fn closes(&self, at: usize) -> bool {
        if self.paragraphs[at].shape == Shape::SignedDate && !is_organ(self.signed_name(at)) {
            return false;
        }
        let above = self
            .parts
            .last()
            .and_then(|p| p.body.last())
            .map(|i| self.paragraphs[*i]);
        let under_heading = above.is_some_and(|above| {
            let line = above.content.of(self.text);
            above.shape == Shape::Marked
                && !line.contains('。')
                && fold::count_within(line, 24).is_some()
                && self.paragraphs[at].content.start - above.content.end < 40
        });
        let before_item = self
            .next_filled(at + 1)
            .and_then(|i| self.paragraphs[i].marker)
            .is_some_and(|m| m.ordinal > 1);
        !under_heading && !before_item
    }

    fn signed_name(&self, at: usize) -> &'t str {
        let content = self.paragraphs[at].content;
        let date = shape::date_span(self.text, content).unwrap_or(content);
        Span::new(content.start, date.start).of(self.text).trim()
    }

    pub(super) fn close(&mut self, at: usize) -> usize {
        let content = self.paragraphs[at].content;
        let date = shape::date_span(self.text, content).unwrap_or(content);
        self.close_with(at, date, at + 1)
    }

    /// The date of issue that goes over two lines from `at` on, and the index of the second: 2031年⏎5月6日.
    pub(super) fn date_over_lines(&self, at: usize) -> Option<(Span, usize)> {
        let first = self.paragraphs[at].content;
        let words = first.of(self.text);
        let begins = words.ends_with(['年', '月']) && fold::count_within(words, 16).is_some();
        if !begins || !self.closes(at) {
            return None;
        }
        let second = self.next_filled(at + 1)?;
        let whole = Span::new(first.start, self.paragraphs[second].content.end);
        let words = whole.of(self.text);
        fold::count_within(words, 32)?;
        let words = fold::without_blanks(words);
        (shape::date_len(&words) == Some(words.len())).then_some((whole, second))
    }

    /// Closes the part with a date that stands from `at` to before `next`.
    pub(super) fn close_with(&mut self, at: usize, date: Span, mut next: usize) -> usize {
        let content = self.paragraphs[at].content;
        let mut signers = Vec::new();
        let name = Span::new(content.start, date.start).trimmed(self.text);
        if !name.is_empty() {
            signers.push(name);
        }
        let mut before = at;
        while signers.len() < SIGNERS {
            let Some(i) = self.previous_filled(before) else {
                break;
            };
            let is_body = self.parts.last().is_some_and(|p| p.body.last() == Some(&i));
            let paragraph = self.paragraphs[i];
            // （此件公开发布） between the organ and the date
            let is_note = || {
                self.parts.last().and_then(|p| p.closing.notes.last()) == Some(&paragraph.content)
            };
            if !is_body && signers.is_empty() && is_note() {
                before = i;
                continue;
            }
            if is_body && signers.is_empty() && is_seal(paragraph.content.of(self.text)) {
                self.part().body.pop();
                self.part().closing.notes.push(paragraph.content);
                before = i;
                continue;
            }
            if !is_body || paragraph.shape != Shape::Text {
                break;
            }
            match signers.last_mut() {
                _ if is_organ(paragraph.content.of(self.text)) => signers.push(paragraph.content),
                Some(below) if self.breaks_within(paragraph.content, *below) => {
                    *below = Span::new(paragraph.content.start, below.end);
                }
                None if let Some(organ) = self.organ_behind(paragraph.content) => {
                    signers.push(organ);
                    break;
                }
                _ => break,
            }
            self.part().body.pop();
            before = i;
        }
        signers.reverse();
        self.mend_names(&mut signers);
        let behind = Span::new(date.end, content.end.max(date.end)).trimmed(self.text);
        if behind.of(self.text).starts_with(['（', '(']) && behind.of(self.text).contains("公开")
        {
            self.part().closing.notes.push(behind);
        }
        if signers.is_empty()
            && let Some(below) = self.organ_below(at)
        {
            signers.push(self.paragraphs[below].content);
            next = below + 1;
        }
        let closing = &mut self.part().closing;
        closing.signers.append(&mut signers);
        closing.dates.push(date);
        self.closed = true;
        next
    }

    /// The organ that stands far behind the last sentence, on its line: 特此通知。　　　　　甲县林业局.
    fn organ_behind(&self, line: Span) -> Option<Span> {
        const GAP: usize = 4;
        let words = line.of(self.text);
        let stop = words.rfind('。')? + '。'.len_utf8();
        let behind = &words[stop..];
        let organ = behind.trim_start_matches(fold::is_blank);
        let gap = &behind[..behind.len() - organ.len()];
        (gap.chars().nth(GAP - 1).is_some() && is_seat_name(organ) && is_organ(organ))
            .then(|| Span::new(line.end - organ.len(), line.end))
    }

    /// Whether the last of the names on the line goes on in the line below: 甲县公安局　甲县住房和⏎城乡建设局.
    fn breaks_within(&self, line: Span, below: Span) -> bool {
        let (line, rest) = (line.of(self.text), below.of(self.text));
        let begun = line.rfind(fold::is_blank).map(|at| line.split_at(at));
        let Some((names, begin)) = begun else {
            return false;
        };
        let rest = rest.split(fold::is_blank).next().unwrap_or_default();
        let name = format!("{}{rest}", begin.trim());
        // 甲县 once more begins a name of its own
        let place = rest
            .char_indices()
            .nth(2)
            .map_or(rest, |(at, _)| &rest[..at]);
        let begin = begin.trim();
        // 甲银行科技司　何平: a person stands behind the organ
        let is_of_organ = begin.contains(['省', '市', '县', '区', '州', '旗', '镇', '乡'])
            || begin.chars().nth(3).is_some()
            || rest.starts_with(['和', '与', '及']);
        fold::count_within(line, 120).is_some()
            && is_of_organ
            && !names.contains(place)
            && !line.contains(['。', '；', '：', '，'])
            && names.trim().split(fold::is_blank).all(is_whole_organ)
            && is_whole_organ(&name)
    }

    /// Makes one of the names that a line's end breaks: 甲县护林⏎工作领导小组办公室, 甲大学⏎教务处.
    fn mend_names(&mut self, signers: &mut Vec<Span>) {
        let touches = |a: Span, b: Span| {
            let gap = Span::new(a.end, b.start).of(self.text);
            gap.bytes().filter(|c| *c == b'\n').count() == 1
        };
        let broken = signers
            .first()
            .copied()
            .filter(|first| is_rest(first.of(self.text)));
        if let (Some(first), Some(above)) = (broken, self.parts.last().and_then(|p| p.body.last()))
        {
            let above = self.paragraphs[*above];
            let begin = above.content.of(self.text);
            let name =
                fold::without_blanks(Span::new(above.content.start, first.end).of(self.text));
            let is_begin = above.shape == Shape::Text
                && fold::count_within(begin, 24).is_some()
                && !begin.contains(['。', '；', '：', '，'])
                && !words!["通知", "执行", "特此", "附件"].is_in(begin)
                && touches(above.content, first)
                && is_organ(&name);
            if is_begin {
                self.part().body.pop();
                signers[0] = Span::new(above.content.start, first.end);
            }
        }
        let mut at = 1;
        while at < signers.len() {
            let (a, b) = (signers[at - 1], signers[at]);
            if touches(a, b) && is_office_of(a.of(self.text), b.of(self.text)) {
                signers[at - 1] = Span::new(a.start, b.end);
                signers.remove(at);
            } else {
                at += 1;
            }
        }
    }

    /// The organ that stands below its date, where nothing that could be a title follows.
    fn organ_below(&self, at: usize) -> Option<usize> {
        let below = self.next_filled(at + 1)?;
        let paragraph = self.paragraphs[below];
        let last = self
            .next_filled(below + 1)
            .is_none_or(|i| !matches!(self.paragraphs[i].shape, Shape::Text | Shape::Marked));
        (last && paragraph.shape == Shape::Text && is_organ(paragraph.content.of(self.text)))
            .then_some(below)
    }

    /// A notice that is signed and not dated: the organs at the end of its body, set to the right or named in its title,
    /// or below a whole sentence or the list of attachments.
    pub(super) fn sign_without_date(&mut self) {
        let closing = &self.parts[0].closing;
        if !(closing.dates.is_empty() && closing.signers.is_empty()) {
            return;
        }
        // （联系人：…） may stand below who signed, and a day that leaves out its year
        let may_follow = |at: &&usize| may_follow(self.paragraphs[**at].content.of(self.text));
        let body = &self.parts[0].body;
        let below = body.iter().rev().take(2).take_while(may_follow).count();
        let above = &body[..body.len() - below];
        let seats = above.iter().rev().take(MOST_UNDATED + 1);
        let seats = seats.take_while(|at| self.is_seat(**at)).count();
        let seats = above[above.len() - seats..].to_vec();
        if self.are_signers(&seats) {
            let lines = seats.iter().map(|at| self.paragraphs[*at].content);
            let signers = lines.collect();
            let part = &mut self.parts[0];
            part.body.retain(|at| !seats.contains(at));
            part.closing.signers = signers;
            return;
        }
        if below == 0 {
            self.sign_by_place();
        }
    }

    /// The organs at the end of the body that are set to the right or named in the title.
    fn sign_by_place(&mut self) {
        let part = &mut self.parts[0];
        let title = fold::without_blanks(&part.header.title_words(self.text));
        let mut signers = Vec::new();
        while let Some(&last) = part.body.last() {
            let paragraph = self.paragraphs[last];
            let name = paragraph.content.of(self.text);
            let set_right = paragraph.content.start - paragraph.whole.start >= 12;
            let named = title.starts_with(&fold::without_blanks(name));
            if paragraph.shape != Shape::Text
                || !is_organ(name)
                || !(set_right || named)
                || signers.len() == SIGNERS
            {
                break;
            }
            signers.push(paragraph.content);
            part.body.pop();
        }
        signers.reverse();
        part.closing.signers = signers;
    }

    /// Whether the line is the name of an organ, or of several that blanks part, and no end of a sentence.
    fn is_seat(&self, at: usize) -> bool {
        let paragraph = self.paragraphs[at];
        let line = paragraph.content.of(self.text);
        let mut names = line.split(fold::is_blank).filter(|n| !n.is_empty());
        paragraph.shape == Shape::Text && is_organ(line) && names.all(is_seat_name)
    }

    /// Whether the lines at the end of the body, below which nothing but the notes of a notice, its 附件 and 抄送 follows,
    /// are of those who sign: right below a whole sentence or the list of attachments.
    fn are_signers(&self, seats: &[usize]) -> bool {
        let (Some(first), Some(last)) = (seats.first(), seats.last()) else {
            return false;
        };
        let follows = self.next_filled(last + 1).map(|i| self.paragraphs[i]);
        let ends = follows.is_none_or(|p| {
            matches!(
                p.shape,
                Shape::Attachment { .. } | Shape::CopyTo | Shape::Printed | Shape::Web
            ) || may_follow(p.content.of(self.text))
        });
        let above = self.previous_filled(*first).map(|i| self.paragraphs[i]);
        let Some(above) = above.filter(|_| ends && seats.len() <= MOST_UNDATED) else {
            return false;
        };
        let line = above.content.of(self.text);
        let listed =
            matches!(above.shape, Shape::Attachment { .. }) || self.is_listed_line(above.content);
        // those who are named, not those who sign: 受表扬单位名单如下。⏎甲县林业局⏎甲县公安局
        let names = words!["如下。", "名单。", "名册。", "以下单位。", "下列单位。"].end(line);
        (listed || line.ends_with('。')) && !(seats.len() > 1 && names)
    }

    /// Whether the line is of the list of attachments.
    fn is_listed_line(&self, line: Span) -> bool {
        let last = self.listed.last().and_then(|l| l.title.last());
        last.is_some_and(|title| line.start <= title.start && title.end <= line.end)
    }
}

/// More organs than this do not sign without a date.
const MOST_UNDATED: usize = 8;

/// Whether the name ends as those of organs do, and not as a sentence without its stop.
fn is_seat_name(name: &str) -> bool {
    const ENDS: [&str; 29] = [
        "政府",
        "室",
        "局",
        "委员会",
        "厅",
        "领导小组",
        "指挥部",
        "处",
        "部",
        "中心",
        "公司",
        "学院",
        "大学",
        "学校",
        "中学",
        "小学",
        "医院",
        "队",
        "协会",
        "联合会",
        "总会",
        "站",
        "所",
        "卫生院",
        "居委会",
        "村委会",
        "党委",
        "支部",
        "幼儿园",
    ];
    const PROSE: [char; 12] = [
        '、', '“', '《', '请', '各', '将', '的', '到', '于', '由', '在', '报',
    ];
    fold::count_within(name, 24).is_some()
        && !name.contains(PROSE)
        && ENDS.iter().any(|end| name.ends_with(end))
        && !["干部", "全部", "内部"]
            .iter()
            .any(|end| name.ends_with(end))
}

/// Whether the words are the name of one organ, or nothing.
fn is_whole_organ(name: &str) -> bool {
    name.is_empty() || name.chars().nth(3).is_some() && is_organ(name)
}

/// Whether the name is but the end of one: 工作领导小组办公室, 行动指挥部.
fn is_rest(name: &str) -> bool {
    const BEGINS: [&str; 16] = [
        "防控",
        "防治",
        "整治",
        "治理",
        "创建",
        "工作",
        "行动",
        "活动",
        "专项",
        "领导",
        "联席",
        "指挥部",
        "协调",
        "推进",
        "委员会",
        "攻坚",
    ];
    const ENDS: [&str; 6] = ["领导小组", "小组", "办公室", "指挥部", "委员会", "专班"];
    BEGINS.iter().any(|begin| name.starts_with(begin)) && ENDS.iter().any(|end| name.ends_with(end))
}

/// （代章）, （县林业局代章）, （此页无正文） between an organ and its date.
fn is_seal(line: &str) -> bool {
    line.starts_with(['（', '('])
        && line.ends_with(['）', ')'])
        && fold::count_within(line, 20).is_some()
        && (line.contains('章') || line.contains("无正文"))
}

/// A line in brackets, or 5月8日 alone, or 2031年5月 alone, or a date that a hand is to fill in.
fn may_follow(line: &str) -> bool {
    if is_open_date(line) {
        return true;
    }
    let month = line.strip_suffix('月').and_then(|m| m.split_once('年'));
    let is_month = month.is_some_and(|(year, month)| {
        numeral::value(year.trim()).is_some_and(|y| (1949..=2100).contains(&y))
            && numeral::value(month.trim()).is_some_and(|m| (1..=12).contains(&m))
    });
    if is_month {
        return true;
    }
    let day = line.strip_suffix('日').and_then(|d| d.split_once('月'));
    let figures = |n: &str| numeral::value(n.trim()).is_some_and(|n| (1..=31).contains(&n));
    line.starts_with(['（', '(']) && line.ends_with(['）', ')'])
        || day.is_some_and(|(month, day)| figures(month) && figures(day))
}

/// 2031年　月　日, 年　月　日印发: a date whose month and day are left open.
fn is_open_date(line: &str) -> bool {
    let line = line.strip_suffix("印发").unwrap_or(line);
    let Some(rest) = line.strip_suffix('日') else {
        return false;
    };
    let open =
        |c: char| shape::is_left_open(c) || numeral::is_figure(c) || numeral::digit(c).is_some();
    let Some(year) = rest.trim_end_matches(open).strip_suffix('月') else {
        return false;
    };
    let year = year.trim_end_matches(open).strip_suffix('年');
    year.is_some_and(|year| year.chars().all(open))
}

#[cfg(test)]
mod tests {
    use crate::outline;

    fn signers(tail: &str) -> Vec<String> {
        let text = format!("关于做好护林工作的通知\n各林场：\n请遵照执行。\n{tail}");
        let outline = outline::read(&text);
        let signers = outline.parts[0].closing.signers.iter();
        signers.map(|s| s.of(&text).replace('\n', "")).collect()
    }

    #[test]
    fn a_name_may_be_broken_over_lines() {
        for (tail, want) in [
            (
                "甲县护林\n工作领导小组办公室\n2031年5月6日\n",
                &["甲县护林工作领导小组办公室"][..],
            ),
            (
                "甲县松材线虫病\n防控工作领导小组办公室\n2031年5月6日\n",
                &["甲县松材线虫病防控工作领导小组办公室"],
            ),
            ("甲大学\n教务处\n2031年5月6日\n", &["甲大学教务处"]),
            (
                "甲县林业局　甲县公安局　甲县\n住房和城乡建设局　甲县水务局\n2031年5月6日\n",
                &["甲县林业局　甲县公安局　甲县住房和城乡建设局　甲县水务局"],
            ),
            (
                "甲县林业局　甲县人力资源\n和社会保障局　甲县文化广电\n旅游局\n2031年5月6日\n",
                &["甲县林业局　甲县人力资源和社会保障局　甲县文化广电旅游局"],
            ),
            (
                "请转告甲县公安局　乙镇各户\n甲县林业局\n2031年5月6日\n",
                &["甲县林业局"],
            ),
            (
                "乙银行支付结算司　李雷　0999-8000001\n乙银行科技司　何平\n甲银行办公厅\n2031年5月6日\n",
                &["甲银行办公厅"],
            ),
            (
                "甲县林业局\n甲县水务局\n2031年5月6日\n",
                &["甲县林业局", "甲县水务局"],
            ),
            (
                "特此通知\n联席会议办公室\n2031年5月6日\n",
                &["联席会议办公室"],
            ),
        ] {
            assert_eq!(signers(tail), want, "{tail}");
        }
    }

    #[test]
    fn an_organ_is_found_above_its_date_whatever_stands_between() {
        for tail in [
            "甲县林业局\n（此件主动公开）\n2031年5月6日\n",
            "特此通知。　　　　　　甲县林业局\n2031年5月6日\n",
            "甲县林业局\n2031年5月6号\n",
        ] {
            assert_eq!(signers(tail), ["甲县林业局"], "{tail}");
        }
        for none in [
            "请报县林业局。 甲县林业局\n2031年5月6日\n",
            "0999-8000001（县林业局）\n2031年5月6日\n",
        ] {
            assert_eq!(signers(none), [""; 0], "{none}");
        }
    }

    #[test]
    fn a_day_left_open_is_signed_as_any() {
        for date in [
            "2031年3月　日",
            "二〇三一年三月 日",
            "2031年3月×日",
            "2031年  月  日",
            "2031年__月__日",
            "2031年3月XX日",
            "二〇三一年×月×日",
            "年　月　日",
            "2031年3月  日印发",
        ] {
            let tail = format!("甲县林业局\n{date}\n");
            assert_eq!(signers(&tail), ["甲县林业局"], "{date}");
        }
        // the field of a form
        assert_eq!(signers("主管部门意见：\n甲县林业局\n年　月　日\n"), [""; 0]);
    }

    #[test]
    fn several_may_sign_without_a_date() {
        let want = ["甲县林业局", "甲县公安局"];
        for tail in [
            "甲县林业局\n甲县公安局\n",
            "附件：1.名册\n2.巡山表\n甲县林业局\n甲县公安局\n",
            "附件：名册\n甲县林业局\n甲县公安局\n附件\n名册\n周一\n",
            "附件：名册\n　　　　　　　甲县林业局\n　　　　　　　甲县公安局\n（此件公开发布）\n",
        ] {
            assert_eq!(signers(tail), want, "{tail}");
        }
        for told in [
            "受表扬的如下。\n甲县林业局\n甲县公安局\n",
            "参加单位：\n甲县林业局\n甲县公安局\n",
            "甲县林业局\n甲县公安局\n以上单位要回执。\n",
        ] {
            assert_eq!(signers(told), [""; 0], "{told}");
        }
        let many = "甲县林业局\n".repeat(12);
        assert_eq!(signers(&many), [""; 0]);
    }
}
