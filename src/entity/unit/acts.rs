//! Sentences that begin with the unit that acts in them.

use super::name::looks_like_unit;
use crate::text::words::words;

/// Whether the sentence begins with the unit that acts in it: 县疾控中心、县医院每季度…, 各村要…, 镇文化站负责….
#[must_use]
pub fn begins_with_unit(sentence: &str) -> bool {
    let first = sentence
        .char_indices()
        .nth(20)
        .map_or(sentence, |(at, _)| &sentence[..at]);
    let known = |name: &str| {
        name.starts_with(|c| "省市县区镇乡旗州校院局各".contains(c)) && looks_like_unit(name)
    };
    if let Some((name, _)) = first.split_once('、')
        && known(name)
    {
        return true;
    }
    let acts = |rest: &str| {
        words![
            "要", "应", "每", "将", "负责", "组织", "定期", "牵头", "于", "在", "对", "按", "会同",
            "开展", "承担", "具体"
        ]
        .begin(rest)
    };
    first
        .char_indices()
        .skip(2)
        .any(|(at, _)| acts(&sentence[at..]) && known(&sentence[..at]))
}

#[cfg(test)]
mod tests {
    use super::begins_with_unit;

    #[test]
    fn who_acts_in_a_sentence() {
        for text in [
            "县疾控中心、县医院每季度开展1次",
            "各村要逐户登记",
            "镇文化站负责放映",
            "市文化馆每月举办一场",
        ] {
            assert!(begins_with_unit(text), "{text}");
        }
        for text in [
            "每季度开展1次",
            "在全县开展宣讲",
            "县域内的水库要逐个登记",
            "",
            "区分情况开展整治",
        ] {
            assert!(!begins_with_unit(text), "{text}");
        }
    }
}
