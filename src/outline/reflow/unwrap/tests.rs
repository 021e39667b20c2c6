//! Tests of this module.

use super::*;
use crate::text::fold::is_blank;

fn wrapped(paragraphs: &[&str], width: usize, indent: &str) -> String {
    let mut out = String::new();
    for p in paragraphs {
        let chars: Vec<char> = format!("{indent}{p}").chars().collect();
        for piece in chars.chunks(width) {
            out.extend(piece);
            out.push('\n');
        }
    }
    out
}

const PARAGRAPHS: [&str; 7] = [
    "关于开展夏季防溺水宣传教育活动的通知",
    "各中心学校：",
    "为切实做好学生防溺水工作，守护孩子们平安度过暑假，经研究决定在全区中小学幼儿园集中开展防溺水宣传教育活动，现将有关事项通知如下：",
    "一、活动时间",
    "六月中旬至八月底，各学校结合实际分段安排，每段都要有计划、有记录、有小结，确保不漏一名学生。",
    "（一）开好主题班会。班主任要结合身边事例讲清野外游泳的危险，教会学生“六不”要求和正确的呼救方法。",
    "（二）发放告家长书。每名学生带回一份，由家长签字后交回班级存档，留守儿童由村干部协助送达并当面讲解。",
];

#[test]
fn paragraphs_come_back_whatever_the_width() {
    for width in [17, 20, 24] {
        for indent in ["", "\u{3000}\u{3000}"] {
            let text = wrapped(&PARAGRAPHS, width, indent);
            let reflow = unwrap(&text).expect("the text is broken at a width");
            let lines: Vec<&str> = reflow
                .text
                .lines()
                .map(|l| l.trim_matches(is_blank))
                .collect();
            assert_eq!(lines, PARAGRAPHS, "width {width}, indent {indent:?}");
        }
    }
}

#[test]
fn the_header_and_the_signature_stay_on_their_lines() {
    let notice = [
        "甲县林业局关于做好春季护林防火工作的紧急通知",
        "各林场、各护林站，各乡镇林业工作站，各木材检查站：",
        "春季风高物燥，各站要把护林防火放在心上，巡山守卡，看住火源，一有火情立即报告，不得迟报瞒报漏报，更不得擅离职守。",
        "附件：甲县林业局护林防火值班人员名单和联络方式",
        "二○三一年三月一日",
    ];
    let text = wrapped(&notice, 22, "");
    let lines = unwrap(&text).map(|r| r.text.lines().map(str::to_owned).collect::<Vec<_>>());
    assert_eq!(lines.as_deref(), Some(notice.map(str::to_owned).as_slice()));
}

#[test]
fn a_stop_may_hang_over_the_width() {
    let lines = [
        "各站要把护林防火放在心上，巡山守卡，看住火源，",
        "一有火情立即报告县防火办，不得迟报瞒报和漏报",
        "，更不得擅离职守。夜间每站留两人值班，灯火不灭",
        "，电话不断。凡因失职造成损失的，从严追究责任。",
    ];
    // the stops that begin lines here hang over the lines before instead
    let text = lines.join("").repeat(4);
    let mut broken = String::new();
    let mut width = 0;
    for c in text.chars() {
        if width >= 22 && !matches!(c, '，' | '。') {
            broken.push('\n');
            width = 0;
        }
        broken.push(c);
        width += 1;
    }
    let reflow = unwrap(&broken).expect("the text is broken at a width");
    assert_eq!(reflow.text.lines().count(), 1);
}

#[test]
fn a_short_notice_shows_its_width_by_few_lines() {
    let short = [
        "关于停止供水的公告",
        "全体居民：",
        "因更换水表，本周六上午八时至下午五时停止向东街片区供水，请提前储水，给您带来不便敬请谅解。",
        "一、停水范围为东街、南巷两个居民小组和沿街商铺，共计二百一十户，其他片区照常供水。",
        "二、来水初期水质可能发黄，请打开水龙头放流几分钟后再使用，切勿直接饮用或煮饭。",
        "东街居民委员会",
        "二〇二一年四月八日",
        "（张贴）",
    ];
    for width in [14, 22, 28] {
        let text = wrapped(&short, width, "");
        let lines = unwrap(&text).map(|r| r.text.lines().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(
            lines.as_deref(),
            Some(short.map(str::to_owned).as_slice()),
            "{width}"
        );
    }
}

#[test]
fn decimal_sections_and_labels_begin_below_a_full_line() {
    let plan = [
        "水库漫坝应急预案",
        "1 总则",
        "1.1 编制目的",
        "为迅速转移下游群众，保护供水设施，减少漫坝造成的损失。",
        "1.2 适用范围",
        "适用于全镇七座小型水库和沿河各村的山塘发生险情时的处置。",
        "2 响应",
        "2.1 转移",
        "由村干部逐户敲门，按预先画好的路线把群众带到安置点登记。",
        "责任单位：镇应急办",
    ];
    // the second and the third line of prose end with the width
    let text = wrapped(&plan, 14, "");
    let lines = unwrap(&text).map(|r| r.text.lines().map(str::to_owned).collect::<Vec<_>>());
    assert_eq!(lines.as_deref(), Some(plan.map(str::to_owned).as_slice()));
}

#[test]
fn lines_of_one_length_may_stand_alone() {
    let slogans = "守护一江碧水共建美好家园新篇\n".repeat(9);
    assert_eq!(unwrap(&slogans), None);
}

#[test]
fn ordinary_text_is_left_alone() {
    assert_eq!(unwrap(&PARAGRAPHS.join("\n")), None);
    assert_eq!(
        unwrap("项目\n数量\n备注\n横幅\n标语\n传单\n入户\n其他\n合计\n"),
        None
    );
}

#[test]
fn a_title_that_fills_its_line_is_a_line() {
    for width in [17, 18, 19, 20] {
        let title = &"甲县林业局二〇三一年度秋冬季节森林防火工作巡山护林方案"[..(width - 2) * 3];
        let plan = [
            &format!("{title}方案"),
            "为了打赢今年的护林防火攻坚战，看住火源，管住林区，不出一起山火，特制定本方案，请各林场对照执行。",
            "一、巡山",
            "护林员每天上山两次，看坟头、看地头、看路头，有记录、有签字，每月底由林场汇总报送县防火办存档备查。",
            "二、清理",
            "各林场要在入冬之前清除林缘和路旁的枯枝落叶，修好防火道，备足灭火器具，灌满水池，安排好机动的运水车。",
            "甲县林业局",
            "二〇三一年九月八日",
        ];
        let text = wrapped(&plan, width, "");
        let lines = unwrap(&text).map(|r| r.text.lines().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(
            lines.as_deref(),
            Some(plan.map(str::to_owned).as_slice()),
            "{width}"
        );
    }
}

#[test]
fn a_list_begins_below_a_heading_that_fills_its_line() {
    let plan = [
        "巡山护林方案",
        "（一）动员部署阶段（三月一日至十日）",
        "1.开会。县防火办召集各林场场长开会，把今年的任务分到人头，签好责任书，会后三天内报送分工名册。",
        "2.备料。各林场清点库房里的灭火器具，缺什么补什么，坏什么修什么，月底前由县防火办派人上门验收。",
        "（二）巡山护林阶段（十日到月底）",
        "护林员每天上山两次，看坟头、看地头、看路头，有记录、有签字，每月底由林场汇总报送县防火办存档。",
        "联系人：王五，办公电话：8000001，办公室在二楼",
        "附件：护林员名册",
    ];
    let text = wrapped(&plan, 18, "");
    let lines = unwrap(&text).map(|r| r.text.lines().map(str::to_owned).collect::<Vec<_>>());
    assert_eq!(lines.as_deref(), Some(plan.map(str::to_owned).as_slice()));
}

#[test]
fn what_a_line_of_the_foot_begins_stands_apart() {
    let notice = [
        "关于护林的通知",
        "各林场要把护林防火放在心上，巡山守卡，看住火源，一是早巡，带灯，记台账。二是晚巡，带灯，记台账，不走过场。三是夜里留两人值班，灯火不灭，电话不断，有人接听。",
        "值班电话：8000001（白天），8000002（夜里），找王五",
        "甲县林业局",
        "甲县公安局",
        "甲县气象局",
        "2031.3.1",
        "抄送：县政府办公室，县人大常委会办公室，县政协办公室。",
        "甲县林业局办公室",
    ];
    for width in 14..=20 {
        let text = wrapped(&notice, width, "");
        let lines = unwrap(&text).map(|r| r.text.lines().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(
            lines.as_deref(),
            Some(notice.map(str::to_owned).as_slice()),
            "{width}"
        );
    }
}
