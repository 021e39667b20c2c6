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
    const ENDS: &str = "局会府办室处厅院部委心司队团所校站社行署联盟馆组厂园区镇乡村央学协关台场店";
    // （代章）, （盖章） stand behind a name that is not stamped
    let name = match name.rfind(['（', '(']) {
        Some(at) if at > 0 && name[at..].contains('章') => name[..at].trim_end(),
        _ => name.trim_end_matches(['）', ')']),
    };
    (4..=LONGEST_ORGANS).contains(&name.len())
        && !name.contains(['。', '：', ':', '；', '，', '？', '！'])
        && name.chars().next_back().is_some_and(|c| ENDS.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organs_are_told_from_sentences() {
        assert!(is_organ("甲县林业局") && is_organ("甲县林业局  甲县公安局"));
        assert!(is_organ("甲县林业局（代章）") && is_organ("甲县林业局  甲县公安局（代章）"));
        assert!(!is_organ("请报县林业局。") && !is_organ("局"));
    }
}
