//! What a section is for, by the head word of a bare label at depth 1.

use crate::text::fold;
use crate::text::fold::is_blank;
use crate::text::lexicon::Endings;
use crate::text::words::{Words, words};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// The role of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SectionRole {
    /// …思想, …原则, …目标, 总体要求.
    Guiding,
    /// …主题.
    Theme,
    /// …时间, 时间安排.
    Schedule,
    /// 组织领导, 职责分工.
    Leadership,
    /// …任务, …内容, …活动, …措施.
    Activities,
    /// …要求, …保障, 组织实施.
    Requirements,
    /// Anything else.
    Other,
}

/// A bare label holds at most this many characters, quoted names aside.
const LONGEST_LABEL: usize = 12;

/// Head words in the order in which they are tried; the first that the label ends with decides.
const HEADS: [(SectionRole, &[&str]); 8] = [
    (
        SectionRole::Guiding,
        &["总体要求", "总要求", "目标要求", "目标任务与要求"],
    ),
    (
        SectionRole::Activities,
        &[
            "流程及时间安排",
            "流程和时间安排",
            "程序及时间安排",
            "程序和时间安排",
        ],
    ),
    (
        SectionRole::Schedule,
        &[
            "时间安排",
            "计划安排",
            "时间节点",
            "进度安排",
            "时间步骤",
            "时间",
            "时段",
            "日期",
            "时间和地点",
            "时间及地点",
            "时间、地点",
            "时间地点",
            "时间和范围",
            "时间和地点安排",
            "时间及地点安排",
            "时间、地点安排",
            "时间地点安排",
            "时间步骤安排",
            "时间进度",
            "完成时限",
            "地点",
            "阶段安排",
            "日程安排",
            "放假安排",
            "调休安排",
            "活动日程",
            "时间表",
        ],
    ),
    (
        SectionRole::Requirements,
        &[
            "要求",
            "保障",
            "保障措施",
            "组织实施",
            "监督管理",
            "保障机制",
            "组织保障措施",
            "附则",
            "注意事项",
            "监督检查",
            "督导检查",
            "检查督导",
            "考核评价",
        ],
    ),
    (
        SectionRole::Leadership,
        &[
            "组织领导",
            "领导小组",
            "组织机构",
            "职责分工",
            "工作机制",
            "领导机构",
            "任务分工",
            "工作分工",
            "工作职责",
            "责任分工",
            "组织架构",
            "机构设置",
            "组织体系",
            "人员分工",
            "工作机构",
            "主要职责",
            "部门职责",
            "组织分工",
            "工作小组",
            "指挥体系",
            "机构及职责",
            "成员单位",
            "责任单位",
            "牵头单位",
            "主办单位",
            "承办单位",
            "协办单位",
            "组织单位",
            "组成人员",
            "人员组成",
            "小组成员",
        ],
    ),
    (
        SectionRole::Theme,
        &["主题", "主题口号", "活动口号", "宣传口号", "宣传标语"],
    ),
    (
        SectionRole::Guiding,
        &[
            "思想",
            "思路",
            "原则",
            "目标",
            "范围",
            "意义",
            "目的",
            "对象",
            "参加人员",
            "参会人员",
            "参训人员",
            "参赛人员",
            "与会人员",
            "依据",
            "背景",
            "总则",
            "目标任务和原则",
            "重要性",
            "形势",
            "总体部署",
        ],
    ),
    (
        SectionRole::Activities,
        &[
            "任务",
            "内容",
            "活动",
            "措施",
            "步骤",
            "步骤方法",
            "安排",
            "举措",
            "任务和措施",
            "重点工作",
            "主要工作",
            "工作重点",
        ],
    ),
];

/// Words that begin a statement: what follows them is done, not labelled.
const VERBS: [&str; 67] = [
    "悬挂",
    "张贴",
    "大力",
    "深入",
    "扎实",
    "全面",
    "认真",
    "积极",
    "广泛",
    "切实",
    "进一步",
    "开展",
    "推进",
    "加强",
    "强化",
    "落实",
    "做好",
    "抓好",
    "抓实",
    "突出",
    "聚焦",
    "围绕",
    "加快",
    "提升",
    "完善",
    "健全",
    "深化",
    "严格",
    "坚持",
    "建立",
    "着力",
    "持续",
    "组织开展",
    "举办",
    "推动",
    "加大",
    "明确",
    "细化",
    "压实",
    "压紧",
    "统筹",
    "精心",
    "紧紧",
    "结合",
    "参加",
    "营造",
    "创新",
    "拓展",
    "规范",
    "改进",
    "优化",
    "提高",
    "增强",
    "推行",
    "制定",
    "简化",
    "巩固",
    "丰富",
    "严肃",
    "严厉",
    "把握",
    "搞好",
    "组织",
    "牢固",
    "树立",
    "坚定",
    "弘扬",
];

/// Verbs that are of a label themselves before some heads: 参加对象, 开展时间, 实施步骤.
const NAMING: [&str; 6] = ["开展", "参加", "举办", "推进", "组织", "实施"];
/// Those heads.
const NAMED: [&str; 9] = [
    "时间", "日期", "时段", "对象", "范围", "内容", "步骤", "安排", "措施",
];

static HEAD_WORDS: LazyLock<Endings<SectionRole>> = LazyLock::new(|| {
    let words = HEADS
        .iter()
        .flat_map(|(role, words)| words.iter().map(move |w| (*w, *role)));
    Endings::new(words)
});

static VERB_WORDS: Words = Words::new(&VERBS);

/// The role that the heading of a section of depth 1 gives it.
#[must_use]
pub fn role(heading: &str) -> SectionRole {
    let Some(label) = BareLabel::of(heading) else {
        return of_long(heading);
    };
    let whole = of_label(label.characters());
    if whole == SectionRole::Requirements && is_stage(heading, label.characters()) {
        return SectionRole::Other;
    }
    // 主要工作及成效, 重点任务及完成情况: what was done
    if whole == SectionRole::Other && TOLD.end(&label.characters().iter().collect::<String>()) {
        return whole;
    }
    let joint = label
        .characters()
        .iter()
        .position(|c| matches!(c, '及' | '和' | '与' | '、'));
    match joint {
        // 重点任务及分工, 活动内容和要求: the first of the two is what the section is for
        Some(at) if whole != SectionRole::Activities && !is_listed(label.characters()) => {
            match of_label(&label.characters()[..at]) {
                SectionRole::Other => whole,
                first => first,
            }
        }
        _ => whole,
    }
}

/// What labels end with that tell of what is over.
static TOLD: Words = Words::new(&["成效", "成绩", "情况", "进展", "问题", "经验", "体会"]);

/// 组织实施（5月1日至8月16日）: a stage of the work, which has its time.
fn is_stage(heading: &str, label: &[char]) -> bool {
    const STAGES: [&str; 6] = [
        "组织实施",
        "监督检查",
        "督导检查",
        "检查督导",
        "监督管理",
        "考核评价",
    ];
    heading.ends_with(['）', ')'])
        && heading.contains('月')
        && STAGES
            .iter()
            .any(|stage| stage.chars().eq(label.iter().copied()))
}

/// Whether the label as a whole is among the head words.
fn is_listed(written: &[char]) -> bool {
    let mut heads = HEADS.iter().flat_map(|(_, words)| words.iter());
    heads.any(|head| head.chars().eq(written.iter().copied()))
}

/// The role of a bare label.
fn of_label(written: &[char]) -> SectionRole {
    let Some((head, role)) = HEAD_WORDS.of_written(written.iter().rev().copied()) else {
        return SectionRole::Other;
    };
    let role = *role;
    let before: String = written[..written.len() - head.chars().count()]
        .iter()
        .collect();
    // 办一场主题活动, 明确普查范围 are done
    let named = NAMING.contains(&before.as_str()) && NAMED.contains(&head)
        // 组织保障; 加强组织领导 is still of the leadership, and 完善工作机制, 强化土地保障 are done
        || matches!(before.as_str(), "组织" | "组织与" | "组织和" | "组织及" | "组织、")
        || matches!(role, SectionRole::Leadership | SectionRole::Requirements)
            && head != "工作机制"
            && EMPHASIS.strip(&before).is_some_and(|rest| matches!(rest, "" | "工作" | "组织"));
    let statement = !named && (COUNTED.is_in(&before) || VERB_WORDS.begin(&before));
    if statement { SectionRole::Other } else { role }
}

/// Verbs that a label of leadership or requirements may begin with.
static EMPHASIS: Words = Words::new(&[
    "切实加强",
    "进一步加强",
    "加强",
    "强化",
    "落实",
    "严格",
    "明确",
    "做好",
    "抓好",
]);

/// 第20届青年文明号申报工作要求: what is asked for, however long its name; a clause with a comma is a statement.
fn of_long(heading: &str) -> SectionRole {
    const LONGEST: usize = 30;
    let heading = heading.trim_end_matches(['：', ':', '。']);
    let label = words![
        "工作要求",
        "有关要求",
        "相关要求",
        "具体要求",
        "注意事项",
        "有关事项"
    ]
    .end(heading)
        && fold::count_within(heading, LONGEST).is_some()
        && !heading.contains(['，', ',', '、'])
        && !VERB_WORDS.begin(heading);
    match label {
        true => SectionRole::Requirements,
        false => SectionRole::Other,
    }
}

/// One time, one piece, or a clause that goes on: what makes a label a statement wherever it stands.
static COUNTED: Words = Words::new(&["一场", "一次", "一个", "一轮", "一遍", "一批", "，", ","]);

/// What a label names, without blanks, brackets at its end, names in quotes and what stands behind its colon.
struct BareLabel {
    kept: [char; LONGEST_LABEL],
    count: usize,
}

impl BareLabel {
    /// Null where more characters are left than a label has.
    fn of(heading: &str) -> Option<Self> {
        let mut kept = ['\0'; LONGEST_LABEL];
        let mut count = 0;
        let mut depth = 0usize;
        for c in heading.chars() {
            match c {
                '“' | '《' | '（' | '(' | '「' => depth += 1,
                '”' | '》' | '）' | ')' | '」' => depth = depth.saturating_sub(1),
                '。' | '"' => {}
                // 活动主题：绿水青山: what stands behind the label is its value
                '：' | ':' if depth == 0 && count > 0 => break,
                '：' | ':' => {}
                c if depth == 0 && !is_blank(c) => {
                    *kept.get_mut(count)? = c;
                    count += 1;
                }
                _ => {}
            }
        }
        Some(Self { kept, count })
    }

    fn characters(&self) -> &[char] {
        &self.kept[..self.count]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_have_roles() {
        use SectionRole::*;
        for (heading, want) in [
            ("指导思想", Guiding),
            ("总体要求", Guiding),
            ("目标任务", Activities),
            ("活动主题", Theme),
            ("活动开展时间", Schedule),
            ("放假安排", Schedule),
            ("工作分工", Leadership),
            ("组织与保障", Requirements),
            ("严明纪律,严格要求", Other),
            ("计划安排", Schedule),
            ("活动安排", Activities),
            ("“安全生产月”活动主要内容", Activities),
            ("方法步骤", Activities),
            ("步骤方法", Activities),
            ("实施步骤", Activities),
            ("保障措施", Requirements),
            ("有关要求", Requirements),
            ("组织领导", Leadership),
            ("活动领导小组", Leadership),
            ("工作机制", Leadership),
            ("步骤及措施", Activities),
            ("工作安排（6月1日至30日）", Activities),
            ("参加对象", Guiding),
            ("开展时间", Schedule),
            ("开展内容", Activities),
            ("重点任务及分工", Activities),
            ("活动内容和要求", Activities),
            ("主要内容及时间安排", Activities),
            ("推进措施", Activities),
            ("重点工作", Activities),
            ("组织机构及职责分工", Leadership),
            ("目标任务和原则", Guiding),
            ("时间和地点", Schedule),
            ("指导思想和目标任务", Activities),
            ("组织保障", Requirements),
            ("加强组织领导", Leadership),
            ("强化工作保障", Requirements),
            ("分配流程及时间安排", Activities),
            ("工作步骤和时间安排", Activities),
            ("第20届青年文明号集体申报工作要求", Requirements),
            ("活动主题：山青水绿，林茂粮丰", Theme),
            ("活动时间：3月1日至31日", Schedule),
            ("参加对象: 各林场护林员", Guiding),
            ("活动内容：林间宣讲、山口咨询", Activities),
            ("巡山要求：带好工具", Requirements),
            ("时间和地点安排", Schedule),
            ("会议地点", Schedule),
            ("完成时限", Schedule),
            ("责任单位", Leadership),
            ("时间步骤安排", Schedule),
            ("参会人员", Guiding),
            ("主办单位：甲县林业局", Leadership),
            ("宣传标语", Theme),
            ("巡山注意事项", Requirements),
            ("领导小组组成人员", Leadership),
            ("组织实施（按片区）", Requirements),
        ] {
            assert_eq!(role(heading), want, "{heading}");
        }
    }

    #[test]
    fn statements_are_no_labels() {
        for heading in [
            "大力开展“6·16安全宣传咨询日”系列活动",
            "突出排查整治重点",
            "紧紧围绕“落实安全责任”活动主题，深入学习",
            "组织开展专项行动，推动活动",
            "讨论重点",
            "办一场主题活动",
            "明确普查范围",
            "规范操作步骤",
            "开展活动",
            "完善工作机制",
            "加强规划组织实施",
            "做好敬老院经费保障",
            "严格按照上级对林木采伐提出的各项工作要求",
            "牢固树立“护林有责”思想",
            "主要工作及成效",
            "重点任务及完成情况",
            "组织实施（5月1日至8月16日）",
            "监督检查(7月)",
            "督导检查（6月21日至30日）",
            "悬挂宣传标语",
            "春季：开展植树活动",
            "5月中旬至6月底：组织实施",
            "加强巡山：明确任务",
            "守住山林,落实要求",
            "关于护林经费：工作要求",
        ] {
            assert_eq!(role(heading), SectionRole::Other, "{heading}");
        }
    }
}
