//! What stands above a title in forms of their own: the head of a telegram, and the organs of a joint notice a line each.

use super::super::organ;
use super::super::shape;
use super::super::shape::Shape;
use super::Reader;
use crate::span::Span;
use crate::text::fold;
use crate::text::words::words;

impl Reader<'_> {
    /// Whether the line is of a telegram's head: 甲省人民政府发电, 发电单位 甲省人民政府 签发盖章 李雷, 等级 特急·明电 甲政办发明电〔2031〕1号.
    pub(super) fn is_telegram(&self, line: Span) -> bool {
        let words = line.of(self.text);
        if !words.starts_with(['发', '等']) && !words.ends_with('电') || words.len() > 240 {
            return false;
        }
        let words = fold::without_blanks(words);
        let head = || {
            let mut below = self.paragraphs[self.at + 1..].iter();
            let next = below.find(|p| !p.is_blank()).map(|p| p.content);
            next.is_some_and(|next| names_sender(&fold::without_blanks(next.of(self.text))))
        };
        names_sender(&words)
            || words.starts_with("等级") && words.contains('号')
            || words.ends_with("发电") && head()
    }

    /// Takes such a line: the organ, the mark of urgency and who signed, the number.
    pub(super) fn telegram(&mut self, line: Span) {
        let words = line.of(self.text);
        if words.ends_with('电') {
            self.header.letterhead.push(line);
            return;
        }
        if !words.starts_with('等') {
            self.header.marks.push(line);
            return;
        }
        // 等级特急·明电甲政办发明电〔2031〕1号甲机发号
        let sent = ["明电", "密电", "特急", "加急", "特提", "平急"];
        let ends = sent.iter().filter_map(|word| {
            let at = words.find(word)?;
            Some(at + word.len())
        });
        let bracket = words
            .find(['〔', '［', '[', '【', '(', '（'])
            .unwrap_or(words.len());
        let from = ends.filter(|end| *end < bracket).min().unwrap_or_default();
        // 特急·明电
        let behind =
            words[from..].trim_start_matches(|c| fold::is_blank(c) || matches!(c, '·' | '•' | '.'));
        let behind = match words!["明电", "密电"].strip(behind) {
            Some(rest) if from > 0 => rest.trim_start_matches(fold::is_blank),
            _ => behind,
        };
        let number = Span::new(line.end - behind.len(), line.end);
        let Some(len) = shape::leading_number(behind) else {
            self.header.marks.push(line);
            return;
        };
        self.header
            .doc_number
            .get_or_insert(Span::new(number.start, number.start + len));
        self.header
            .marks
            .push(Span::new(line.start, number.start).trimmed(self.text));
    }

    /// Takes the organs of a joint notice that stand a line each above its title, where a blank line parts them from it, or
    /// where they are too many for a title: 甲局⏎乙局⏎⏎关于….
    pub(super) fn letterhead_of_many(&mut self) {
        const MANY: usize = 5;
        // 24 characters
        const LONGEST_ORGAN: usize = 72;
        let organs = |at: &usize| {
            let paragraph = self.paragraphs[*at];
            let line = paragraph.content.of(self.text);
            paragraph.shape == Shape::Text && line.len() <= LONGEST_ORGAN && organ::is_organ(line)
        };
        if !(self.at < self.paragraphs.len() && organs(&self.at)) {
            return;
        }
        let last = (self.at..self.paragraphs.len()).take_while(organs).count() + self.at;
        let title = (last..self.paragraphs.len()).find(|at| !self.paragraphs[*at].is_blank());
        let Some(title) = title.filter(|_| last - self.at >= 2) else {
            return;
        };
        let begins = self.paragraphs[title]
            .content
            .of(self.text)
            .starts_with("关于");
        if begins && (title > last || last - self.at >= MANY) && self.gather(title).1 {
            let organs = self.paragraphs[self.at..last].iter().map(|p| p.content);
            self.header.letterhead.extend(organs);
            self.at = title;
        }
    }
}

/// Whether the words, without blanks, say who sends a telegram.
fn names_sender(words: &str) -> bool {
    words!["发电单位", "发电机关"].begin(words)
}

#[cfg(test)]
mod tests {
    use crate::outline;

    const BODY: &str = "各林场：\n请遵照执行。\n";

    #[test]
    fn the_head_of_a_telegram_stands_above_the_title() {
        for head in [
            "甲省人民政府办公厅发电\n发电单位甲省人民政府办公厅签发盖章李雷\n等级特急·明电甲政办发明电〔2031〕1号甲机发号\n",
            "甲省人民政府办公厅 发电\n\n发电单位 甲省人民政府办公厅 签发盖章 李雷\n等级 特急·明电 甲政办发明电〔2031〕1号 甲机发 号\n",
        ] {
            let text = format!("{head}甲省人民政府办公厅关于做好护林工作的通知\n{BODY}");
            let header = &outline::read(&text).parts[0].header;
            assert_eq!(
                header.title_text(&text),
                "甲省人民政府办公厅关于做好护林工作的通知",
                "{head}"
            );
            let number = header.doc_number.map(|n| n.of(&text));
            assert_eq!(number, Some("甲政办发明电〔2031〕1号"), "{head}");
        }
        let broken = format!("甲县关于规范光伏发电\n发展光伏发电\n的通知\n{BODY}");
        let title = outline::read(&broken).parts[0].header.title_text(&broken);
        assert_eq!(title, "甲县关于规范光伏发电发展光伏发电的通知");
        let text = format!("关于改造线路供电发电\n工作的通知\n{BODY}");
        let title = outline::read(&text).parts[0].header.title_text(&text);
        assert_eq!(title, "关于改造线路供电发电工作的通知");
    }

    #[test]
    fn organs_a_line_each_are_the_letterhead() {
        let title = |text: &str| outline::read(text).parts[0].header.title_text(text);
        let many = format!(
            "甲县林业局\n甲县财政局\n甲县水务局\n甲县公安局\n甲县教育局\n关于做好护林工作的通知\n{BODY}"
        );
        assert_eq!(title(&many), "关于做好护林工作的通知");
        let parted = format!("甲县林业局\n甲县财政局\n\n关于做好护林工作的通知\n{BODY}");
        assert_eq!(title(&parted), "关于做好护林工作的通知");
        let two = format!("甲县林业局\n甲县财政局\n关于做好护林工作的通知\n{BODY}");
        assert_eq!(title(&two), "甲县林业局甲县财政局关于做好护林工作的通知");
    }
}
