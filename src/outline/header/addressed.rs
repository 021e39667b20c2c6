//! 主送机关: the list of those addressed, from below the title to its colon.

use super::Reader;
use crate::outline::shape;
use crate::outline::shape::Shape;
use crate::span::Span;
use crate::text::fold;
use crate::text::words::Words;
use crate::text::words::words;

/// What tells a sentence before a colon from a list of addressees.
static TOLD: Words = Words::new(&[
    "如下", "以下", "下列", "通知", "主题", "时间", "包括", "《", "“", "。", "根据", "为了", "按照",
]);

/// Whether the words before a colon are of a sentence; what quotes name within the names of organs is not:
/// 各县“扫黄打非”工作领导小组.
fn is_told(names: &str) -> bool {
    if !names.contains('“') {
        return TOLD.is_in(names);
    }
    static ORGANS: Words = Words::new(&[
        "小组",
        "办",
        "办公室",
        "单位",
        "指挥部",
        "组",
        "专班",
        "委员会",
        "中心",
        "部门",
        "协会",
        "会议",
        "队",
    ]);
    let mut bare = String::new();
    let mut rest = names;
    while let Some((before, (_, after))) = rest
        .split_once('“')
        .and_then(|(before, quoted)| Some((before, quoted.split_once('”')?)))
    {
        let end = after.find(['、', '，', '；', '\n']).unwrap_or(after.len());
        if !ORGANS.end(after[..end].trim_end_matches(['）', ')', '：', ':'])) {
            return true;
        }
        bare.push_str(before);
        rest = after.strip_prefix("主题").unwrap_or(after);
    }
    bare.push_str(rest);
    TOLD.is_in(&bare)
}

impl Reader<'_> {
    pub(super) fn addressees(&mut self) {
        let start = self.at;
        if let Some(at) = self.addressees_without_colon() {
            self.header.addressees = Some(self.paragraphs[at].content);
            self.at = at + 1;
            return;
        }
        let mut first: Option<Span> = None;
        let mut lines = 0;
        for (i, paragraph) in self.paragraphs.iter().enumerate().skip(start) {
            if paragraph.is_blank() {
                continue;
            }
            let line = paragraph.content.of(self.text);
            lines += 1;
            if paragraph.shape != Shape::Text
                || lines > 6
                || line.contains('。') && !line.contains(['：', ':'])
            {
                return;
            }
            // 甲政发〔2031〕3号 各林场： on one line
            let mut list = paragraph.content;
            if let Some(number) = first
                .is_none()
                .then(|| self.number_above_names(list))
                .flatten()
            {
                self.header.doc_number.get_or_insert(number);
                list = Span::new(number.end, list.end).trimmed(self.text);
            }
            let begin = first.get_or_insert(list).start;
            if let Some(end) = self.list_end(begin, paragraph.content) {
                self.header.addressees = Some(Span::new(begin, end));
                let rest = Span::new(end, paragraph.content.end).trimmed(self.text);
                // text that was flattened goes on behind the colon: it stays in the body
                self.at = if rest.len() <= '：'.len_utf8() {
                    i + 1
                } else {
                    i
                };
                return;
            }
            if fold::count_within(line, 400).is_none() {
                return;
            }
        }
    }

    /// The number that stands before those who are addressed.
    fn number_above_names(&self, line: Span) -> Option<Span> {
        let words = line.of(self.text);
        let at = words.find('号')? + '号'.len_utf8();
        let parted = words[at..].trim_start().starts_with('各');
        (parted && shape::leading_number(&words[..at]) == Some(at))
            .then(|| Span::new(line.start, line.start + at))
    }

    /// 各林场、县直各单位 on a line of its own, above the first sentence.
    fn addressees_without_colon(&self) -> Option<usize> {
        let ends = words![
            "单位",
            "部门",
            "科室",
            "股室",
            "处室",
            "学校",
            "企业",
            "公司",
            "政府",
            "办事处",
            "委员会",
            "局",
            "学院",
            "社区",
            "村委会",
            "支部",
            "党委",
            "机构",
        ];
        let rest = self.paragraphs.iter().enumerate().skip(self.at);
        let mut filled = rest.filter(|(_, p)| !p.is_blank());
        let (at, paragraph) = filled.next()?;
        let (_, below) = filled.next()?;
        let line = paragraph.content.of(self.text);
        let next = below.content.of(self.text);
        let listed = paragraph.shape == Shape::Text
            && ends.end(line)
            && fold::count_within(line, 120).is_some()
            && line.contains('各')
            && (line.starts_with('各') || line.contains(['、', '，']))
            && !line.contains(['。', '：', ':', '；', '“', '《'])
            && !TOLD.is_in(line);
        let told = || {
            below.shape == Shape::Text
                && next.len() > line.len()
                && !next.starts_with('各')
                && next.contains(['。', '，'])
        };
        (listed && told()).then_some(at)
    }

    /// Where the list of addressees ends (its colon), when the colon in `line` closes one that began at `begin`.
    fn list_end(&self, begin: usize, line: Span) -> Option<usize> {
        let inner = line.of(self.text);
        let colon = inner.find(['：', ':'])?;
        let list = Span::new(begin, line.start + colon);
        let names = list.of(self.text);
        let n = fold::count_within(names, 800)?;
        let whole = inner[colon..].chars().nth(1).is_none();
        let plural = || {
            names.starts_with('各')
                || names.contains("、")
                || names.contains("，各")
                || names.contains("各有关")
                || n <= 24 && (names.ends_with("有关部门") || names.ends_with("有关单位"))
        };
        // 甲县第三次会议决定：
        let says = [
            "决定", "批准", "同意", "要求", "指出", "强调", "认为", "议定", "批复",
        ];
        let told = is_told(names) || says.iter().any(|word| names.ends_with(word));
        let fits = n >= 2 && !told;
        (fits && (whole || n <= 200 && plural())).then_some(list.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_within_the_names_of_organs_tell_nothing() {
        for names in [
            "各县（市、区）“扫黑除恶”专项斗争领导小组",
            "各镇“三资”办，县“三资”办成员单位",
            "市委“不忘初心、牢记使命”主题教育各巡回指导组",
        ] {
            assert!(!is_told(names), "{names}");
        }
        for told in [
            "各校以“护林”为主题",
            "各林场要做到“三个到位”",
            "活动主题",
            "各镇“三资”办，请做好以下工作",
        ] {
            assert!(is_told(told), "{told}");
        }
    }
}
