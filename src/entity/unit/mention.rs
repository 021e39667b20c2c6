//! Units in running text: a place or a level, then what ends as an organ's name does (昆明市应急管理局, 区教育局).

use super::UnitRole;
use super::find;
use super::function;
use super::name;
use crate::entity::region;
use crate::span::Span;
use crate::text::fold::is_han;
use crate::text::words::Words;
use aho_corasick::AhoCorasick;
use aho_corasick::MatchKind;
use std::sync::LazyLock;

/// A unit that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitMentioned {
    /// Where the name stands.
    pub span: Span,
    /// As written, blanks left out.
    pub name: String,
    /// What a label or a verb makes of it; null where it is only named.
    pub role: Option<UnitRole>,
    /// Canonical department.
    pub function: Option<String>,
    /// Whether it is a collective name.
    pub group: bool,
}

/// Last words of organs that are told from other words even in a sentence.
const ENDINGS: &[&str] = &[
    "局",
    "厅",
    "委员会",
    "办公室",
    "人民政府",
    "管委会",
    "办事处",
    "安委会",
    "安委办",
    "总队",
    "支队",
    "大队",
    "公司",
    "集团",
    "党委",
    "团委",
    "妇联",
    "总工会",
    "宣传部",
    "组织部",
    "管理部",
    "教育部",
    "公安部",
    "财政部",
    "民政部",
    "商务部",
    "农业农村部",
    "生态环境部",
    "交通运输部",
    "自然资源部",
    "国务院",
    "发改委",
    "卫健委",
    "教委",
    "经信委",
    "住建委",
    "网信办",
];

/// Words whose last character is an ending, though nothing of the kind is named.
static NO_ORGANS: Words = Words::new(&[
    "格局",
    "布局",
    "全局",
    "大局",
    "结局",
    "开局",
    "时局",
    "棋局",
    "客厅",
    "餐厅",
    "大厅",
    "展厅",
    "本公司",
    "子公司",
    "各公司",
]);

/// What makes a longer word of an ending: 局长, 办公室主任, 公司法.
const GOES_ON: &[char] = &[
    '长', '员', '主', '级', '内', '域', '面', '法', '党', '机', '所', '系', '直', '属',
];

/// Words before a name that are not of it.
static LEADS: Words = Words::new(&[
    "由", "经", "向", "报", "和", "与", "及", "请", "对", "在", "至", "从", "会同", "联合", "配合",
    "报送", "抄送", "抄报", "上报", "联系", "以及", "给", "到", "将", "把", "是", "为", "交", "或",
    "督促", "协助", "组织",
]);

/// The characters a unit's level is said with.
const LEVELS: &[char] = &[
    '省', '市', '区', '县', '州', '盟', '旗', '镇', '乡', '国', '各', '部', '厅', '局', '街',
];

/// Longest name in characters.
const LONGEST: usize = 30;

static ENDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(ENDINGS)
        .ok()
});

/// The units that `text` names, in order: those of labels with their roles, and names in its sentences.
///
/// ```
/// use gongwen::entity::unit::mentioned;
/// let found = mentioned("请区教育局和昆明市应急管理局把握大局。");
/// let names: Vec<&str> = found.iter().map(|u| u.name.as_str()).collect();
/// assert_eq!(names, ["区教育局", "昆明市应急管理局"]);
/// ```
#[must_use]
pub fn mentioned(text: &str) -> Vec<UnitMentioned> {
    let mut out: Vec<UnitMentioned> = find(text, Span::new(0, text.len()))
        .into_iter()
        .map(|unit| UnitMentioned {
            span: unit.span,
            name: unit.name,
            role: Some(unit.role),
            function: unit.function,
            group: unit.group,
        })
        .collect();
    out.sort_by_key(|unit| unit.span);
    let labelled: Vec<Span> = out.iter().map(|unit| unit.span).collect();
    for span in named(text) {
        // the labelled stand in order and apart, so only a neighbour can share the place
        let i = labelled.partition_point(|l| l.end <= span.start);
        if labelled.get(i).is_some_and(|l| l.overlaps(span)) {
            continue;
        }
        let name = span.of(text).to_owned();
        out.push(UnitMentioned {
            span,
            role: None,
            function: function::of(&name).map(str::to_owned),
            group: name::is_group(&name),
            name,
        });
    }
    out.sort_by_key(|unit| unit.span);
    out
}

/// The places of names in sentences.
fn named(text: &str) -> Vec<Span> {
    let Some(ends) = ENDS.as_ref() else {
        return Vec::new();
    };
    let mut out: Vec<Span> = Vec::new();
    for hit in ends.find_iter(text) {
        let end = hit.end();
        let local = text[..end].ends_with('局') && text[end..].starts_with('部');
        if local || text[end..].starts_with(GOES_ON) {
            continue;
        }
        let floor = out.last().map_or(0, |last| last.end);
        if let Some(start) = start(text, floor, end) {
            // 区教育局办公室 is one name
            match out.last_mut() {
                Some(last) if last.start == start => last.end = end,
                _ => out.push(Span::new(start, end)),
            }
        }
    }
    out
}

/// Where the name that ends at `end` begins: with a place, a level, or as a department.
fn start(text: &str, floor: usize, end: usize) -> Option<usize> {
    let mut run = end;
    for (at, c) in text[floor..end].char_indices().rev().take(LONGEST) {
        if !is_han(c) {
            break;
        }
        run = floor + at;
    }
    let words = &text[run..end];
    if NO_ORGANS.end(words) {
        return None;
    }
    let after_lead = |at: usize| LEADS.end(&words[..at]);
    words
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| *at == 0 || after_lead(*at) || region::leading(&words[*at..]) > 0)
        .find(|at| {
            let name = &words[*at..];
            name::looks_like_unit(name) && !LEADS.begin(name) && !after_date(name) && begins(name)
        })
        .map(|at| run + at)
}

/// Whether the words begin as what follows a date: 6月20日前报…, 每年5月底前向….
fn after_date(words: &str) -> bool {
    const TIMES: &[&str] = &["日", "月", "号", "周", "季度", "年", "旬"];
    let rest = TIMES.iter().find_map(|t| words.strip_prefix(t));
    rest.is_some_and(|rest| {
        [
            "前", "内", "底", "初", "末", "之前", "以前", "中旬", "起", "后", "上午", "下午",
        ]
        .iter()
        .any(|w| rest.starts_with(w))
    })
}

fn begins(name: &str) -> bool {
    let place = region::leading(name);
    if place > 0 {
        return name.len() > place;
    }
    let levelled = name.starts_with(LEVELS) && name.chars().nth(2).is_some();
    let short = name.chars().count() <= 12;
    short && (levelled || function::of(name).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        mentioned(text).into_iter().map(|unit| unit.name).collect()
    }

    #[test]
    fn names_stand_in_sentences() {
        assert_eq!(
            names("经安吉县应急管理局批准，报省公安厅和市卫健委备案。"),
            ["安吉县应急管理局", "省公安厅", "市卫健委"]
        );
        assert_eq!(names("应急管理部部署了工作。"), ["应急管理部"]);
    }

    #[test]
    fn a_date_before_is_not_of_the_name() {
        assert_eq!(names("请于8月3日前报县水务局汇总。"), ["县水务局"]);
        assert_eq!(
            names("每年11月底前向省林业厅备案，3日内抄送市教育局。"),
            ["省林业厅", "市教育局"]
        );
    }

    #[test]
    fn labels_give_roles() {
        let found = mentioned("（牵头单位：区应急局；配合单位：各镇）");
        assert_eq!(found[0].role, Some(UnitRole::Lead));
        assert_eq!(found[1].role, Some(UnitRole::Cooperating));
        assert_eq!(mentioned("市教育局发出通知。")[0].role, None);
    }

    #[test]
    fn words_that_end_alike_are_none() {
        for text in [
            "形成齐抓共管格局。",
            "服务大局",
            "办公室主任讲话",
            "《公司法》",
            "局长到会",
            "顾全大局，优化布局",
        ] {
            assert_eq!(names(text), [""; 0], "{text}");
        }
    }
}
