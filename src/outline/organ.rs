//! Organs: whether a short line reads as the name of one.

use crate::text::fold;
use crate::text::words::Words;
use crate::text::words::words;

/// Whether a short line reads as the name of one organ, or of several parted by blanks.
#[must_use]
pub fn is_organ(line: &str) -> bool {
    if line.len() <= LONGEST_ORGANS {
        return is_organ_name(line.trim());
    }
    let mut pieces = line.split(fold::is_blank).filter(|p| !p.is_empty());
    line.len() < 3000 && pieces.all(is_organ_name)
}

/// The name of an organ, or of several run together, holds at most so many bytes.
const LONGEST_ORGANS: usize = 360;

fn is_organ_name(name: &str) -> bool {
    // most lines are told by their last character
    if !ENDS.end(name) && !name.ends_with(['）', ')', '中']) && !name.contains('章') {
        return false;
    }
    // （代章）, （盖章） stand behind a name that is not stamped
    let name = match name.rfind(['（', '(']) {
        Some(at) if at > 0 && name[at..].contains('章') => name[..at].trim_end(),
        _ => name.trim_end_matches(['）', ')']),
    };
    // kinds of learning and healing
    let kinds = words![
        "学科", "百科", "内科", "外科", "本科", "专科", "儿科", "妇科", "全科", "参股"
    ];
    let tells = |c| matches!(c, '。' | '：' | ':' | '；' | '，' | '？' | '！');
    (4..=LONGEST_ORGANS).contains(&name.len())
        && (ENDS.end(name) && !kinds.end(name) || is_school(name))
        && !fold::marks(name).any(|(_, c)| tells(c))
}

/// 甲县一中, 乙市实验中: a school by its short name.
fn is_school(name: &str) -> bool {
    let Some(before) = name.strip_suffix('中') else {
        return false;
    };
    before.len() > "甲".len() * 2
        && words![
            "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "附"
        ]
        .end(before)
}

/// The characters that names of organs end with.
static ENDS: Words = Words::new(&[
    "局", "会", "府", "办", "室", "处", "厅", "院", "部", "委", "心", "司", "队", "团", "所", "校",
    "站", "社", "行", "署", "联", "盟", "馆", "组", "厂", "园", "区", "镇", "乡", "村", "央", "学",
    "协", "关", "台", "场", "店", "科", "股",
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organs_are_told_from_sentences() {
        assert!(is_organ("甲县林业局") && is_organ("甲县林业局  甲县公安局"));
        assert!(is_organ("甲县林业局（代章）") && is_organ("甲县林业局  甲县公安局（代章）"));
        assert!(is_organ("甲县教育局人事科") && is_organ("甲县一中"));
        assert!(!is_organ("请报县林业局。") && !is_organ("局"));
        assert!(!is_organ("小学英语学科") && !is_organ("集中"));
    }
}
