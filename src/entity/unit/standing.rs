//! Organs and bodies whose names alone say that they are such, though no function of government is among the words:
//! 县残联, 团县委, 县一中, 各车间. In a bracket without a label they may stand beside a department, or behind a sentence.

use super::list;
use super::member;
use super::name::ends_like_unit;
use super::name::is_firm_or_bureau;
use super::name::looks_like_unit;
use super::name::without_note;
use super::office::is_of_school;
use super::office::tells_of_contest;
use crate::span::Span;
use crate::text::fold::is_blank;
use crate::text::words::Words;
use crate::text::words::words;

/// Last words of the names of organs of the Party, courts, people's bodies, public services and firms.
static BODIES: Words = Words::new(&[
    "纪委",
    "监委",
    "纪检组",
    "党校",
    "党史办",
    "法院",
    "检察院",
    "武装部",
    "人武部",
    "海警",
    "海警局",
    "交警",
    "疾控",
    "城管",
    "残联",
    "科协",
    "侨联",
    "文联",
    "社科联",
    "工商联",
    "妇联",
    "团委",
    "县委",
    "市委",
    "区委",
    "工会",
    "学生会",
    "红十字会",
    "关工委",
    "老促会",
    "计生协会",
    "供销社",
    "医院",
    "卫生院",
    "中学",
    "小学",
    "一中",
    "二中",
    "三中",
    "职中",
    "职教中心",
    "幼儿园",
    "局",
    "厅",
    "署",
    "监管办",
    "专员办",
    "集团",
    "银行",
    "支行",
    "分行",
    "农商行",
    "林场",
    "农场",
    "气象台",
    "地震台",
    "电视台",
    "水文站",
    "公路段",
    "工务段",
    "供电段",
    "车务段",
    "书店",
    "图书馆",
    "博物馆",
    "档案馆",
    "文化馆",
    "看守所",
    "养老院",
    "敬老院",
    "殡仪馆",
    "粮库",
    "高速路政",
    "车间",
    "班组",
    "调度室",
    "工作队",
]);

/// What 各 makes a collective name with, beside what ends as a unit does.
static EACH: Words = Words::new(&[
    "院系", "系部", "班级", "班", "车间", "班组", "网点", "支行", "网格", "企业", "两委", "高校",
]);

/// Whether the member's name alone says that it is such a body.
pub(super) fn is_body(name: &str) -> bool {
    let bare = without_note(name);
    (BODIES.end(bare) || is_firm_or_bureau(bare))
        && looks_like_unit(bare)
        && bare.chars().take(17).count() <= 16
        && !words![
            "含", "如", "包括", "见", "详", "除", "不", "原", "即", "或", "私立", "民营"
        ]
        .begin(bare)
}

/// Whether every member of the bracket is such a body, or a collective name of units, and the bracket stands behind
/// the end of a sentence: 逐一排查。（县残联） and 报送台账。（各车间）, but not 成立工会（县总工会）.
pub(super) fn close_sentence(text: &str, list: Span) -> bool {
    let before = text[..list.start].trim_end_matches(is_blank);
    let sentence = before.strip_suffix(['（', '(', '【', '〔']);
    let sentence = sentence.map(|s| s.trim_end_matches(is_blank));
    if !sentence.is_some_and(|s| s.ends_with(['。', '；', '！'])) {
        return false;
    }
    let names = list::split_names(text, list);
    let bare = names
        .iter()
        .map(|(_, n)| without_note(&n[..member::trimmed_len(n)]));
    !names.is_empty()
        && bare.clone().all(|n| is_body(n) || is_collective(n))
        && !(bare.clone().all(is_of_school) && tells_of_contest(text, list.start))
}

/// Whether the name is of each of many: 各车间, 各支行, 各村“两委”.
fn is_collective(name: &str) -> bool {
    let Some(of) = name.strip_prefix('各') else {
        return false;
    };
    let of = of.trim_end_matches(['”', '"']);
    looks_like_unit(name)
        && (EACH.end(of) || ends_like_unit(of))
        && !words!["类", "种", "项", "个", "方", "自", "式"].begin(of)
}

#[cfg(test)]
mod tests {
    use super::close_sentence;
    use crate::span::Span;

    #[test]
    fn bodies_in_a_bracket_behind_a_sentence_are_its_units() {
        let closes = |text: &str| {
            let open = text.rfind(['（', '〔']).expect("a bracket");
            let start = open + '（'.len_utf8();
            close_sentence(text, Span::new(start, text.len() - '）'.len_utf8()))
        };
        for text in [
            "逐一排查。（县残联）",
            "报送台账。（各车间）",
            "推进管道项目。〔油气司〕",
            "推进并网。〔法规司、林业司，东部监管局〕",
        ] {
            assert!(closes(text), "{text}");
        }
        for text in [
            "成立工会（县总工会）",
            "逐一排查。（含县残联）",
            "推进管道项目。〔详见各司〕",
            "推进并网。〔来源：东部监管局〕",
            "不打官司。（甲某）",
        ] {
            assert!(!closes(text), "{text}");
        }
    }
}
