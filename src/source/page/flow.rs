//! Lines become paragraphs.
//!
//! A line goes on with the one before it unless something parts them: an indent, another size, a line before that ended
//! early, more room between them than lines have, a marker where paragraphs of this document begin with one.

use super::Item;
use super::Sheet;
use super::layout::Area;
use super::layout::Layout;
use super::lines::Line;
use super::lines::opens;
use super::place;
use crate::source::Mark;
use crate::source::written::Written;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;

/// Writes the paragraphs and the rows of the sheets.
pub(super) fn write(sheets: Vec<Sheet>, written: &mut Written) {
    let layout = Layout::of(&sheets);
    let mut open: Option<Paragraph> = None;
    for sheet in &sheets {
        let area = layout.area(sheet);
        for item in &sheet.items {
            match item {
                Item::Line(line) => {
                    let goes_on = open
                        .as_ref()
                        .is_some_and(|p| layout.goes_on(p, line, area, sheet.part));
                    match &mut open {
                        Some(paragraph) if goes_on => {
                            paragraph.take(line, area, &layout, sheet.part)
                        }
                        _ => {
                            flush(open.take(), written);
                            open = Some(Paragraph::of(line, area, &layout, sheet));
                        }
                    }
                }
                Item::Table(table) => {
                    flush(open.take(), written);
                    for (i, row) in table.rows.iter().enumerate() {
                        let number = table.pages.get(i).copied().unwrap_or(sheet.number);
                        let mut filled = row.iter().filter(|cell| !cell.is_empty());
                        match (filled.next(), filled.next()) {
                            // a row of one cell alone is a line over the table's width
                            (Some(only), None)
                                if row.first() == Some(only) && table.rows.len() < 2 =>
                            {
                                written.paragraph(only, place(number));
                            }
                            _ => written.row(row.iter().map(String::as_str), place(number)),
                        }
                    }
                }
            }
        }
    }
    flush(open, written);
}

fn flush(paragraph: Option<Paragraph>, written: &mut Written) {
    if let Some(paragraph) = paragraph {
        written.paragraph(&paragraph.text, paragraph.mark);
    }
}

/// A paragraph that grows by lines.
struct Paragraph {
    text: String,
    mark: Mark,
    last: Line,
    area: Area,
    /// The sheet that its last line stands on.
    part: usize,
    /// Where a line of it may begin beside the left edge: behind its marker, or where its second line began.
    stops: Vec<f32>,
    lines: usize,
}

impl Paragraph {
    fn of(line: &Line, area: Area, layout: &Layout, sheet: &Sheet) -> Self {
        Self {
            text: line.text.clone(),
            mark: Mark {
                is_centred: layout.is_centred(line, area),
                ..place(sheet.number)
            },
            last: line.clone(),
            area,
            part: sheet.part,
            stops: line.stops.clone(),
            lines: 1,
        }
    }

    fn take(&mut self, line: &Line, area: Area, layout: &Layout, part: usize) {
        self.mark.is_centred |= self.lines == 1 && layout.is_centred(line, area);
        join(&mut self.text, self.last.ends_blank, &line.text);
        self.last = line.clone();
        self.area = area;
        self.part = part;
        self.lines += 1;
    }
}

/// Puts a line behind a text: a blank between words, none between Han characters.
pub(super) fn join(text: &mut String, ends_blank: bool, line: &str) {
    let is_word = |c: char| c.is_alphanumeric() && !is_han(c) && (c as u32) < 0x2000;
    let before = text.chars().next_back();
    let after = line.chars().next();
    if let (Some(b), Some(a)) = (before, after)
        && is_word(b)
        && is_word(a)
        && (ends_blank || !(b.is_ascii_digit() && a.is_ascii_digit()))
    {
        text.push(' ');
    }
    text.push_str(line);
}

impl Layout {
    /// Whether the line belongs to the paragraph.
    fn goes_on(&self, paragraph: &Paragraph, line: &Line, area: Area, part: usize) -> bool {
        let last = &paragraph.last;
        let em = line.size.max(last.size);
        if (line.size / last.size - 1.0).abs() > 0.12 || line.is_red != last.is_red {
            return false;
        }
        let gap = line.y - last.y;
        let is_same_page = part == paragraph.part;
        if is_same_page && gap < 0.3 * em {
            return false;
        }
        let before = paragraph.area;
        let last_indent = last.x0 - before.left;
        let is_title = paragraph.mark.is_centred && line.size > 1.12 * self.size;
        if is_title {
            return self.is_centred(line, area)
                && (!is_same_page || gap < 2.6 * em)
                && !begins_item(&line.text);
        }
        if is_same_page && self.pitch > 0.0 && gap > self.far {
            return false;
        }
        let has_marker = begins_item(&line.text);
        let is_sentence_end = last
            .text
            .ends_with(['。', '；', '：', '！', '？', ';', ':', '”', '）']);
        let last_is_centred = self.is_centred(last, before);
        if self.is_centred(line, area)
            && (last_is_centred || paragraph.lines == 1 && !is_sentence_end)
        {
            // broken by the width of the page, or two lines of their own?
            let is_full = last.x1 - last.x0 + line.head + 0.5 * em > before.right - before.left
                || !last_is_centred && before.right - last.x1 < line.head + 0.6 * em;
            return is_full && !has_marker && last_indent < 5.0 * em;
        }
        let is_early = before.right - last.x1 > line.head + 0.6 * em;
        if is_early && !self.is_counted_full(last, before) || ends_with_leader(&last.text) {
            return false;
        }
        if line.segments.len() > 1
            && line
                .segments
                .windows(2)
                .any(|s| s[1].x0 - s[0].x1 > 4.0 * em)
        {
            return false;
        }
        let indent = line.x0 - area.left;
        // no first line is set in as far as what stands at the right of the page
        if paragraph.lines == 1 && last_indent > 5.0 * em && last_indent > indent + 3.0 * em {
            return false;
        }
        let has_marker = begins_item(&line.text);
        let is_sentence_end = last
            .text
            .ends_with(['。', '；', '：', '！', '？', ';', ':', '”', '）']);
        // at the end of a page no room tells; where no first line is set in, a sentence's end is taken for a paragraph's
        if !is_same_page && self.indent.is_none() && last.text.ends_with(['。', '；', '！', '？'])
        {
            return false;
        }
        if indent < 1.2 * em {
            if self.indent.is_none()
                && !(self.is_spaced && is_same_page)
                && begins_anew(&paragraph.text, &line.text)
            {
                return false;
            }
            return !(has_marker && is_sentence_end && self.has_flush_markers);
        }
        if has_marker {
            return false;
        }
        let is_first_line = self.indent.is_some_and(|i| (indent - i).abs() < 0.6 * em);
        if is_first_line && (paragraph.lines > 1 || (last_indent - indent).abs() < 0.4 * em) {
            // set in as the lines before it, all but the first of which were
            return paragraph.lines > 1 && (last_indent - indent).abs() < 0.3 * em;
        }
        let is_aligned = if paragraph.lines > 1 {
            (last_indent - indent).abs() < 0.4 * em
        } else {
            let shift = area.left - before.left;
            (last_indent - indent).abs() < 0.4 * em
                || paragraph
                    .stops
                    .iter()
                    .skip(1)
                    .any(|stop| (stop + shift - line.x0).abs() < 0.3 * em)
                    && begins_item(&paragraph.text)
        };
        is_aligned && !is_first_line
    }
}

/// Whether words alone say that a paragraph begins, where neither an indent nor room does and the line before is full:
/// behind 各有关单位：, with 一、 or （一） but behind an open clause, with a label such as 责任单位： behind a sentence.
fn begins_anew(text: &str, line: &str) -> bool {
    let is_call = text.ends_with('：') && text.matches(['：', ':', '。', '；']).count() == 1;
    if is_call && !begins_item(text) && line.starts_with(is_han) {
        return true;
    }
    let is_numeral = |c: char| "一二三四五六七八九十".contains(c);
    let bare = line.strip_prefix('（').unwrap_or(line);
    if begins_item(line) && bare.starts_with(is_numeral) {
        let is_open =
            |c: char| matches!(c, '，' | '、' | '第' | '和' | '与' | '及' | '至') || opens(c);
        return !text.ends_with(is_open);
    }
    let label = line.split(['：', ':']).next().unwrap_or_default();
    let is_label = label.len() < line.len()
        && (2..=8).contains(&label.chars().count())
        && label.chars().all(|c| is_han(c) || matches!(c, '（' | '）'));
    is_label && !line.starts_with('（') && text.ends_with(['。', '；', '！', '？', '）'])
}

/// Whether dots lead to a number, as in a table of contents.
fn ends_with_leader(text: &str) -> bool {
    let trimmed = text.trim_end_matches(|c: char| c.is_ascii_digit() || is_blank(c));
    trimmed.len() < text.len()
        && (trimmed.ends_with("....") || trimmed.ends_with("……") || trimmed.ends_with("···"))
}

/// Whether a numbering marker stands at the start: 一、 （一） 1. （1） ① 第一条 附件.
pub(super) fn begins_item(text: &str) -> bool {
    let mut chars = text.chars().map(fold).filter(|c| !is_blank(*c));
    let Some(first) = chars.next() else {
        return false;
    };
    let is_numeral = |c: char| c.is_ascii_digit() || "〇一二三四五六七八九十百".contains(c);
    match first {
        '①'..='⑳' | '⑴'..='⒛' => true,
        '(' => {
            let mut count = 0;
            for c in chars {
                if c == ')' {
                    return count > 0;
                }
                count += 1;
                if count > 3 || !is_numeral(c) {
                    return false;
                }
            }
            false
        }
        '第' => {
            let mut count = 0;
            for c in chars {
                if matches!(c, '条' | '章' | '节' | '篇') {
                    return count > 0;
                }
                count += 1;
                if count > 5 || !is_numeral(c) {
                    return false;
                }
            }
            false
        }
        '附' => {
            chars.next() == Some('件')
                && chars.next().is_none_or(|c| c == ':' || c.is_ascii_digit())
        }
        c if is_numeral(c) => {
            let mut before = c;
            let mut is_pointed = false;
            for (count, c) in chars.enumerate() {
                if is_pointed {
                    return !c.is_ascii_digit();
                }
                match c {
                    '、' => return true,
                    '.' if before.is_ascii_digit() => is_pointed = true,
                    c if is_numeral(c) && count < 3 => {}
                    _ => return false,
                }
                before = c;
            }
            is_pointed
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_where_nothing_else_does() {
        let begins = [
            ("各村（社区）、各有关单位：", "按照工作安排，现通知如下。"),
            ("落实到人，形成闭环。", "（二）开展巡查。"),
            ("严格执行值班制度", "三、工作要求"),
            ("于月底前完成整改。", "责任单位：镇应急办"),
        ];
        for (text, line) in begins {
            assert!(begins_anew(text, line), "{text}|{line}");
        }
        let goes_on = [
            ("一、主要任务：", "按照工作安排，现通知如下。"),
            ("做到以下几点。一是巡查；二是：", "整改。"),
            ("具体分工见本方案第", "一、第二部分。"),
            ("由各村会同镇应急办、", "责任单位：镇应急办"),
            (
                "于月底前完成整改。",
                "镇应急办负责汇总各村上报的情况：一周一次。",
            ),
            ("全年投入不少于", "1.5万元。"),
            ("于月底前完成整改。", "（牵头单位：镇应急办）"),
            ("未尽事宜由镇应急办解释，电话：", "8550131。"),
            ("联系人：周某某，单位：", "镇应急办。"),
        ];
        for (text, line) in goes_on {
            assert!(!begins_anew(text, line), "{text}|{line}");
        }
    }

    #[test]
    fn markers_are_known_and_numbers_are_not() {
        for text in [
            "一、总则",
            "（一）排查",
            "(2)登记",
            "1.清点",
            "10．上报",
            "①巡查",
            "第三条",
            "附件：1.名单",
            "附件2",
            "十二、其他",
        ] {
            assert!(begins_item(text), "{text}");
        }
        for text in [
            "一个月内",
            "（试行）",
            "1.5万元",
            "2023年",
            "第三方",
            "附件所列",
            "十五分钟",
            "3人",
            "（一并报送）",
            "",
        ] {
            assert!(!begins_item(text), "{text}");
        }
    }

    #[test]
    fn words_are_joined_with_a_blank_and_others_without() {
        let mut text = String::from("按照GB/T");
        join(&mut text, false, "9704执行");
        join(&mut text, false, "，电话0571-8800");
        join(&mut text, false, "1234");
        assert_eq!(text, "按照GB/T 9704执行，电话0571-88001234");
    }
}
