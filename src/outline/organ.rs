//! Organs: whether a short line reads as the name of one.

use crate::text::fold;

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
    const ENDS: &str =
        "局会府办室处厅院部委心司队团所校站社行署联盟馆组厂园区镇乡村央学协关台场店科股";
    // kinds of learning and healing
    const NONE: [&str; 10] = [
        "学科", "百科", "内科", "外科", "本科", "专科", "儿科", "妇科", "全科", "参股",
    ];
    // （代章）, （盖章） stand behind a name that is not stamped
    let name = match name.rfind(['（', '(']) {
        Some(at) if at > 0 && name[at..].contains('章') => name[..at].trim_end(),
        _ => name.trim_end_matches(['）', ')']),
    };
    (4..=LONGEST_ORGANS).contains(&name.len())
        && !name.contains(['。', '：', ':', '；', '，', '？', '！'])
        && (name.chars().next_back().is_some_and(|c| ENDS.contains(c)) || is_school(name))
        && !NONE.iter().any(|word| name.ends_with(word))
}

/// 甲县一中, 乙市实验中: a school by its short name.
fn is_school(name: &str) -> bool {
    let Some(before) = name.strip_suffix('中') else {
        return false;
    };
    before.len() > "甲".len() * 2
        && before
            .chars()
            .next_back()
            .is_some_and(|c| "一二三四五六七八九十附".contains(c))
}

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
