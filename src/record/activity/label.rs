//! What a line or heading of an activity says: a detail of it, its name, the end of the whole.

use crate::text::fold;
use crate::text::words::{Words, words};

/// Whether the line below one of units says when or where by a label: 时间安排：12月10日至20日.
pub(super) fn tells_when(line: &str) -> bool {
    let line = line.trim_matches(fold::is_blank);
    let Some((label, rest)) = line.split_once(['：', ':']) else {
        return false;
    };
    let label = fold::without_blanks(label);
    const LONGEST: usize = 6;
    const REST: usize = 60;
    label.chars().nth(LONGEST).is_none()
        && rest.chars().nth(REST).is_none()
        && (words!["时间安排", "进度安排", "时间进度", "工作进度", "实施进度"].hold(&label)
            || words!["时间", "时限", "地点", "日期", "期限", "节点"].end(&label))
        && !label.starts_with("联系")
}

/// What a task begins with that ends like a label; 实施方式, 组织形式 and 宣传内容 are labels.
static ORDERS: Words = Words::new(&[
    "完善",
    "明确",
    "落实责任",
    "落实人员",
    "落实措施",
    "落实任务",
    "落实工作",
    "建立",
    "制定",
    "制订",
    "健全",
    "强化",
    "加强",
    "细化",
    "量化",
    "优化",
    "压实",
    "夯实",
    "严格",
    "规范",
    "统一",
    "丰富",
    "创新",
    "突出",
    "聚焦",
    "围绕",
    "确定",
    "确保",
    "界定",
    "锁定",
    "锚定",
    "分解",
    "扩大",
    "拓展",
    "提高",
    "提升",
    "抓好",
    "抓实",
    "抓细",
    "把握",
    "配齐",
    "配强",
    "选派",
    "选好",
    "充实",
    "增加",
    "压缩",
    "缩短",
    "延长",
    "坚持",
    "推行",
]);

/// Whether the words name a detail of an activity, and whether that is its time, its place or who does it: 活动时间：6月1日,
/// 责任单位：甲局, 参加人员.
pub(super) fn detail(words: &str) -> Option<bool> {
    const LONGEST: usize = 8;
    let label = words.split(['：', ':']).next().unwrap_or_default();
    fold::count_within(label, LONGEST)?;
    // 明确整改时限, 落实责任人: with nothing told behind them these are tasks
    let bare = fold::trimmed(&words[label.len()..])
        .chars()
        .nth(1)
        .is_none();
    if bare && ORDERS.begin(label) {
        return None;
    }
    let tells = words!["时间", "地点", "日期", "场地", "时限", "期限"].end(label)
        || label.len() < words.len()
            && words!["单位", "部门", "科室"].end(label)
            && words!["责任", "实施", "牵头", "落实", "配合"].begin(label);
    let others = words![
        "内容",
        "对象",
        "人员",
        "形式",
        "方式",
        "主题",
        "目的",
        "范围",
        "要求",
        "流程",
        "措施",
        "目标",
        "负责人",
        "责任人",
        "规模",
        "单位"
    ];
    (tells || others.end(label)).then_some(tells)
}

/// 健身展示活动: one activity by its name; 主要活动 and “护林月”活动 hold all that is done.
pub(super) fn names_activity(heading: &str) -> bool {
    static GENERAL: Words = Words::new(&[
        "主要", "重点", "系列", "主题", "相关", "有关", "各项", "具体",
    ]);
    let heading = heading.trim_end_matches(['：', ':']);
    let Some(name) = heading.strip_suffix("活动") else {
        return false;
    };
    !name.is_empty() && !name.ends_with(['”', '》', '月', '周', '日']) && !GENERAL.end(name)
}

/// 有下列情形之一的：, 须符合以下条件：, 提交以下材料：: whether what stands below the line are conditions, no tasks.
pub(super) fn lists_conditions(line: &str) -> bool {
    let Some(line) = line.strip_suffix(['：', ':']) else {
        return false;
    };
    static COUNTED: Words = Words::new(&["下列", "以下", "如下"]);
    static NAMES: Words = Words::new(&[
        "情形之一",
        "情形之一的",
        "情形",
        "情形的",
        "条件之一",
        "条件之一的",
        "条件",
        "条件的",
        "材料",
        "资料",
        "证件",
        "标准",
    ]);
    // …，应符合下列条件: the count stands right before the name
    const NEAR: usize = 8;
    let near = line.char_indices().rev().nth(NEAR).map_or(0, |(at, _)| at);
    NAMES.end(line) && COUNTED.is_in(&line[near..])
}

/// 奖项设置, 联系方式: what is said of an activity.
pub(super) fn is_detail(heading: &str) -> bool {
    words![
        "设置",
        "方式",
        "办法",
        "事项",
        "条件",
        "名额",
        "标准",
        "说明",
        "情况",
        "问题",
        "联系人",
        "经费",
        "奖励",
        "程序",
        "流程"
    ]
    .end(heading.trim_end_matches(['：', ':']))
}

/// 下一步工作, 下步打算, 今后工作计划: what is to be done after what was told.
pub(super) fn plans_next(heading: &str) -> bool {
    words!["下一步", "下步", "下阶段", "下一阶段", "今后"].begin(heading)
        && words![
            "工作", "打算", "计划", "思路", "重点", "措施", "安排", "建议"
        ]
        .end(heading.trim_end_matches(['：', ':']))
        && fold::count_within(heading, 12).is_some()
}

/// Whether a paragraph reads as the conclusion of the notice: what all are to do and report.
pub(super) fn concludes(line: &str) -> bool {
    static OPENINGS: Words = Words::new(&[
        "请",
        "各地",
        "各级",
        "各单位",
        "各部门",
        "各有关",
        "各县",
        "各市",
        "各区",
        "各乡",
        "特此",
        "以上",
    ]);
    OPENINGS.begin(line)
}
