//! Words that ask (怎么, 有没有, 哪儿): they say nothing of what is asked for, and stand in few notices, so that each would
//! seem to tell much.

use crate::text::words::Words;

static ASKING: Words = Words::new(&[
    "怎么回事",
    "怎么办",
    "怎么样",
    "怎么",
    "怎样",
    "如何",
    "什么时候",
    "为什么",
    "什么",
    "哪儿",
    "哪里",
    "哪些",
    "哪个",
    "哪",
    "谁来",
    "谁",
    "多少",
    "多久",
    "几天",
    "几个",
    "几月",
    "几号",
    "有没有",
    "是不是",
    "能不能",
    "可不可以",
    "要不要",
    "会不会",
    "该不该",
    "请问",
    "吗",
    "呢",
    "啥",
    "咋",
]);

/// The runs of two characters and more that are left of a folded term without the words that ask; the term itself
/// where none is.
pub(super) fn without(term: &[char]) -> Vec<Vec<char>> {
    let text: String = term.iter().collect();
    let mut runs = vec![Vec::new()];
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        rest = match (ASKING.strip(rest), runs.last_mut()) {
            (None, Some(run)) => {
                run.push(c);
                &rest[c.len_utf8()..]
            }
            (after, _) => {
                runs.push(Vec::new());
                after.unwrap_or_default()
            }
        };
    }
    runs.retain(|run| run.len() > 1);
    match runs.is_empty() {
        true => vec![term.to_vec()],
        false => runs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(term: &str) -> Vec<String> {
        let chars: Vec<char> = term.chars().collect();
        let runs = without(&chars).into_iter();
        runs.map(|run| run.into_iter().collect()).collect()
    }

    #[test]
    fn what_is_asked_for_is_left() {
        assert_eq!(left("白玉兰怎么修剪"), ["白玉兰", "修剪"]);
        assert_eq!(left("水渠谁来修"), ["水渠"]);
        assert_eq!(left("有没有培训班吗"), ["培训班"]);
        assert_eq!(left("应急演练"), ["应急演练"]);
        // a question of nothing else stays what it is
        assert_eq!(left("怎么办"), ["怎么办"]);
        assert_eq!(left("谁修"), ["谁修"]);
    }
}
