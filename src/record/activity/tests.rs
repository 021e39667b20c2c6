//! Tests of this module.

use super::*;
use crate::outline;

#[test]
fn the_rows_of_a_table_stand_below_their_section() {
    let text = "关于护林的通知\n各林场：\n一、活动安排\n序号\t活动名称\t责任单位\n1\t林间宣讲\t甲林场\n2\t山口咨询\t乙林场\n二、活动措施\n悬挂横幅，入户走访。\n";
    let found = find(text, &outline::read(text), &[], Taxonomy::bundled());
    let titles: Vec<_> = found.iter().filter_map(|a| a.title.as_deref()).collect();
    assert_eq!(titles, ["林间宣讲", "山口咨询", "活动措施"]);
}

fn titles(text: &str) -> Vec<String> {
    let found = find(text, &outline::read(text), &[], Taxonomy::bundled());
    found.into_iter().filter_map(|a| a.title).collect()
}

#[test]
fn time_and_place_are_details_of_the_activity_above_them() {
    let text = "关于护林的通知\n各林场：\n一、活动内容\n（一）林间宣讲\n1.活动时间：6月1日\n2.活动地点：林场\n3.活动内容：\n讲解法规。\n（二）巡山检查\n1.各场自查\n各场自行检查。\n2.交叉检查\n各场互相检查。\n";
    assert_eq!(titles(text), ["林间宣讲", "各场自查", "交叉检查"]);
}

#[test]
fn numbered_labels_are_of_the_activity_above_them() {
    let text = "关于护林的通知\n各林场：\n一、主要任务\n（一）林间宣讲\n1.主要内容：讲解护林法规。\n2.实施单位：甲林场\n3.完成时限：2031年6月底前\n（二）巡山检查\n1.责任单位要落实人员。\n2.各场每日巡山。\n3.措施要得力。责任单位：乙林场\n";
    let found = find(text, &outline::read(text), &[], Taxonomy::bundled());
    let names: Vec<&str> = found[0].units.iter().map(|u| u.name.as_str()).collect();
    assert_eq!(names, ["甲林场"]);
    let rest = ["责任单位要落实人员", "各场每日巡山", "措施要得力"];
    assert_eq!(titles(text)[0], "林间宣讲");
    assert_eq!(titles(text)[1..], rest);
}

#[test]
fn a_sentence_leaves_its_bracket_as_a_heading_does() {
    let text = "关于护林的通知\n各林场：\n一、主要任务\n1.设立咨询台（甲林场牵头，乙林场配合，6月底前完成）；\n2.初选（9月1日至15日）；\n3.检查燃气（含管道燃气）。\n";
    let want = ["设立咨询台", "初选", "检查燃气（含管道燃气）"];
    assert_eq!(titles(text), want);
}

#[test]
fn a_sentence_leaves_its_label() {
    let text = "关于护林的通知\n各林场：\n一、主要任务\n一是开展巡山，责任单位：甲林场；\n二是开展宣讲，完成时限：6月底前；\n三是宣讲两个主题：护林，防火；\n";
    assert_eq!(
        titles(text),
        ["开展巡山", "开展宣讲", "宣讲两个主题：护林，防火"]
    );
}

#[test]
fn an_organ_reported_to_with_a_bracket_is_no_label() {
    let text = "关于护林的通知\n各林场：\n一、主要任务\n（一）巡山。每日巡山。\n二、工作要求\n（一）加强领导。各场要重视。\n（二）及时报送。情况报县林草办（县林业局）。\n（三）按时总结。总结报县林业局（办公室）。\n（四）强化督导。每月督导一次。（县林业局）\n";
    assert_eq!(titles(text), ["巡山", "强化督导"]);
}

#[test]
fn the_time_below_a_line_of_units_is_of_the_activity() {
    let text = "关于护林的通知\n各林场：\n一、主要任务\n（一）巡山。每日巡山。\n责任单位：县林业局\n时间安排：3月1日至5日\n";
    let found = find(text, &outline::read(text), &[], Taxonomy::bundled());
    assert!(found[0].span.of(text).ends_with("3月1日至5日"));
}

#[test]
fn how_a_form_is_filled_in_is_no_activity() {
    let text = "关于申报护林站的通知\n各林场：\n一、组织推荐\n逐级推荐。\n附件：护林站申报表\n甲县林业局\n2031年3月1日\n附件\n护林站申报表\n填表说明：\n1.名称：写全称。\n2.人数：写实数。\n";
    assert_eq!(titles(text), ["组织推荐"]);
}

#[test]
fn one_activity_of_many_that_bear_names_is_no_section_of_activities() {
    let named = "学术节安排\n1.【体育】篮球赛\n时间：5月8日\n2.【艺术】漆艺体验活动\n时间：5月9日\n3.【技术】短片大赛\n时间：5月10日\n";
    let want = ["【体育】篮球赛", "【艺术】漆艺体验活动", "【技术】短片大赛"];
    assert_eq!(titles(named), want);
    let section = "关于护林的通知\n各林场：\n一、背景\n山高林密。\n二、“护林月”活动\n（一）巡山。每日巡山。\n";
    assert_eq!(titles(section), ["巡山"]);
}

#[test]
fn one_activity_among_others_holds_none_of_them() {
    let text = "护林月安排\n一、启动仪式\n6月1日举行。\n二、林间展示活动\n6月2日举行。\n三、登山赛\n6月3日举行。\n";
    assert_eq!(titles(text), ["启动仪式", "林间展示活动", "登山赛"]);
    for held in [
        "一、背景\n山高林密。\n二、植树活动\n6月2日植树。\n三、奖项设置\n设一等奖。\n",
        "一、活动时间\n6月。\n二、植树活动\n6月2日植树。\n三、登山赛\n四、观影\n",
    ] {
        let text = format!("护林月安排\n{held}");
        assert_eq!(titles(&text), ["植树活动"], "{held}");
    }
    let general = "护林月安排\n一、主要活动\n植树、巡山。\n二、启动仪式\n三、登山赛\n";
    assert_eq!(titles(general), ["主要活动"]);
}

#[test]
fn what_is_attached_to_sign_or_to_measure_by_gives_no_tasks() {
    let of = |title: &str| {
        titles(&format!(
            "关于护林的通知\n各林场：\n一、加强宣传\n张贴标语。\n二、组织检查\n逐场检查。\n附件：{title}\n甲县林业局\n2031年3月1日\n附件\n{title}\n一、检查内容\n1.工具齐全。\n2.道路畅通。\n"
        ))
    };
    for title in [
        "护林检查表",
        "平安林场评分标准（试行）",
        "承  诺  书",
        "林场清单",
    ] {
        assert_eq!(of(title), ["加强宣传", "组织检查"], "{title}");
    }
    for title in ["护林工作方案", "护林任务清单"] {
        assert_eq!(of(title), ["工具齐全", "道路畅通"], "{title}");
    }
}

#[test]
fn whose_the_whole_is_is_no_task() {
    let text = "关于护林竞赛的通知\n各林场：\n一、组织机构\n主办单位：甲县林业局\n承办单位：乙林场\n二、报名\n6月1日前报名。\n";
    assert_eq!(titles(text), ["报名"]);
    let who = "关于护林的通知\n各林场：\n一、主要任务\n1.巡山。\n二、责任单位\n牵头单位：甲县林业局，配合单位：各林场。\n";
    assert_eq!(titles(who), ["巡山"]);
    let task = "关于护林竞赛的通知\n各林场：\n一、主要任务\n1.巡山。\n二、组织领导\n成立专班。（责任单位：乙林场）\n";
    assert_eq!(titles(task), ["巡山", "组织领导"]);
}

#[test]
fn conditions_are_of_the_item_above_them() {
    let text = "关于护林的通知\n各林场：\n一、主要任务\n（一）选聘护林员。应当符合下列条件：\n1.身体健康\n2.熟悉山情\n（二）上报材料。提交以下材料：\n1.申请书\n2.体检表（责任单位：甲林场）\n（三）开展以下活动：\n1.巡山\n2.宣讲\n";
    let want = ["选聘护林员", "申请书", "体检表", "巡山", "宣讲"];
    assert_eq!(titles(text), want);
}

#[test]
fn tasks_that_end_like_labels_are_no_details() {
    let text = "关于护林的通知\n各林场：\n一、主要任务\n（一）建好名册\n1.完善巡护措施\n2.明确换班时限\n3.落实责任人\n（二）林间宣讲\n1.活动时间\n6月1日。\n2.实施方式：\n进村宣讲。\n3.落实单位\n甲林场。\n";
    let want = ["完善巡护措施", "明确换班时限", "落实责任人", "林间宣讲"];
    assert_eq!(titles(text), want);
}

#[test]
fn as_many_activities_as_a_part_has_are_weighed_once() {
    // a walk over all for each would take minutes
    const COUNT: usize = 50_000;
    let items = "（一）登山活动\n".repeat(COUNT);
    let text = format!("护林月安排\n{items}（一）登山赛\n");
    let outline = outline::read(&text);
    let finder = Finder::new(&text, &outline);
    assert!(!finder.has_action_section());
}

#[test]
fn what_is_to_do_next_stands_beside_what_was_done() {
    let told = "护林工作报告\n一、主要工作\n（一）巡山。每日一次。\n（二）防火。每周一次。\n二、存在问题\n人手不足。\n三、下一步工作打算\n（一）补选护林员。6月底前完成。\n";
    assert_eq!(titles(told), ["巡山", "防火", "补选护林员"]);
    let asked = told.replace("下一步工作打算", "下一步工作要求");
    assert_eq!(titles(&asked), ["巡山", "防火"]);
}
