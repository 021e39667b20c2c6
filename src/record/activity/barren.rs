//! Which parts give no activities: forms, and attachments that list, measure or promise.

use crate::outline::Outline;
use crate::outline::part::{Part, PartKind};
use crate::outline::shape::Shape;
use crate::text::words::{Words, words};

/// Whether the part is an attachment that gives nobody a task.
pub(super) fn is_barren(text: &str, outline: &Outline, part: &Part) -> bool {
    part.kind == PartKind::Attachment
        && (is_form(text, outline, part) || assigns_nothing(text, part))
}

/// Whether the first section of the part stands below 填表说明：.
fn is_form(text: &str, outline: &Outline, part: &Part) -> bool {
    let lines = part.body.iter().map(|i| &outline.paragraphs[*i]);
    lines.take_while(|p| p.shape != Shape::Marked).any(|p| {
        let line = p.content.of(text).trim_end_matches(['：', ':']);
        words![
            "填表说明",
            "填写说明",
            "填报说明",
            "填表须知",
            "填表要求",
            "填写要求"
        ]
        .end(line)
    })
}

/// Whether an attachment, by its title, lists, measures or promises and gives nobody a task: 考核标准, 承诺书, 名单.
fn assigns_nothing(text: &str, part: &Part) -> bool {
    static TITLES: Words = Words::new(&[
        "承诺书",
        "协议",
        "协议书",
        "责任书",
        "名单",
        "名册",
        "评分表",
        "检查表",
        "打分表",
        "登记表",
        "申报表",
        "申请表",
        "推荐表",
        "汇总表",
        "统计表",
        "报名表",
        "信息表",
        "自查表",
        "情况表",
        "标准",
        "评分细则",
        "公约",
        "申报书",
        "申请书",
        "倡议书",
        "告知书",
        "样式",
        "模板",
        "格式",
        "范本",
    ]);
    static TASKS: Words = Words::new(&[
        "任务", "责任", "工作", "措施", "问题", "整改", "重点", "事项", "活动", "项目", "分工",
    ]);
    let title = part.header.title_text(text);
    let bracket = title.ends_with(['）', ')']);
    let name = match title.rfind(['（', '(']) {
        Some(open) if bracket => &title[..open],
        _ => &title,
    };
    // 任务清单 gives tasks, 水库清单 none
    let listed = name.strip_suffix("清单");
    TITLES.end(name) || listed.is_some_and(|what| !TASKS.end(what))
}
