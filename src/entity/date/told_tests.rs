//! Days that a notice tells of, and those it plans that look alike: sentences of our own.

use super::turn_tests::lines;
use super::*;

/// The roles of what is found in a notice of 18 July 2031, in order.
fn roles(text: &str) -> Vec<DateRole> {
    let issued = Date::new(2031, 7, 18).ok();
    let context = DateContext {
        year: Some(2031),
        issued,
        ..DateContext::default()
    };
    find(text, &context).into_iter().map(|d| d.role).collect()
}

#[test]
fn how_things_stood_by_a_day_that_is_over_is_told() {
    for text in [
        "截至6月底，全县建成瞭望塔12座。",
        "截止6月底，全县建成瞭望塔12座。",
        "据统计，截至7月15日17时，完成巡护1200公里。",
        "各站人数（截至2031年6月30日）见附件。",
        "截至7月18日，尚有3个站未报送。",
        "到6月底，全县已造林2万亩。",
    ] {
        assert_eq!(roles(text), [DateRole::Mention], "{text}");
    }
    for text in [
        "报名截至8月31日。",
        "截至8月31日，完成率要达到80%。",
        "截至12月底，全县建成瞭望塔20座。",
        "到9月底，全县建成瞭望塔20座。",
        "8月18日上班前反馈。",
        "完成时间：10月",
        "7月30日以前入职培训完毕。",
    ] {
        assert_eq!(roles(text), [DateRole::Deadline], "{text}");
    }
}

#[test]
fn a_time_that_is_over_is_told_where_it_is_accounted_for() {
    for text in [
        "1—6月，全县发生火情3起。",
        "1至6月，我县实现林业产值12亿元。",
        "上半年，各站共栽植苗木3.2万株。",
        "二季度全县新增护林员12名。",
        "今年4月又获评先进单位。",
        "3月，县林场荣获全省先进集体。",
        "6月，县政府印发《护林办法》。",
        "经查，5月至6月你站未组织演练。",
        "5月8日至20日，县林业局组织3个组，对12个站开展抽查。现将情况通报如下：",
        "5月8日至20日，县林业局对12个站的瞭望塔、哨卡和物资库进行了检查。",
        "通报1—6月造林情况。",
        "总结上半年工作。",
        "听取6月份护林工作情况汇报。",
        "各站要对照上半年问题清单整改。",
        "县局已于6月底完成升级。",
        "已于6月启动试点。",
        "7月上旬，我县连续发生两起火情。",
        "4月至6月防火期内，全县未发生火情。",
        "上半年的“二七”火灾教训深刻。",
        "原定于7月20日举行。",
    ] {
        assert_eq!(roles(text), [DateRole::Mention], "{text}");
    }
}

#[test]
fn a_time_that_parts_what_is_meant_is_told() {
    for text in [
        "2030年7月1日至2031年7月20日期间办结的案卷。",
        "2030年1月至2031年6月发表的论文。",
        "申报条件：2030年1月1日至2031年6月30日期间建成并通过验收。",
        "2031年1月1日至6月30日取得林权证的农户。",
        "6月1日至30日发生的火情，要逐一复盘。",
        "参评论文发表时间为2029年1月1日至2031年6月30日。",
        "统计期间：2030年7月1日至2031年6月30日",
        "2030年12月31日前完工的站房优先安排。",
        "参评对象：2031年7月30日以前入职的全体护林员。",
    ] {
        assert_eq!(roles(text), [DateRole::Mention], "{text}");
    }
}

#[test]
fn a_document_that_tells_of_what_was_tells_what_is_over() {
    let roles = |text: &str| -> Vec<DateRole> {
        let context = DateContext {
            year: Some(2031),
            issued: Date::new(2031, 7, 18).ok(),
            tells: true,
            ..DateContext::default()
        };
        find(text, &context).into_iter().map(|d| d.role).collect()
    };
    for text in [
        "上半年，各站工作平稳。",
        "4月至5月，各站拉网排查。",
        "3月，乙站扑救火情。",
        "部署早：3月15日前全部签订责任书。",
    ] {
        assert_eq!(roles(text), [DateRole::Mention], "{text}");
    }
    for (text, want) in [
        ("三季度，县局将组织抽查。", DateRole::Period),
        ("8月，各站开展自查。", DateRole::Period),
        ("7月10日前报送，由甲站牵头。", DateRole::Deadline),
        ("8月10日前报送。", DateRole::Deadline),
        ("6月，各站要完成修塔。", DateRole::Period),
    ] {
        assert_eq!(roles(text), [want], "{text}");
    }
}

#[test]
fn stages_that_a_late_plan_names_are_planned() {
    for text in [
        "（一）宣传发动阶段（6月—7月）。",
        "6月，开展宣传。",
        "1—3月：召开动员会，共商护林大计。",
        "活动时间：2031年6月1日至6月30日",
        "2031年1月至12月期间申请补贴的，可享受优惠。",
        "二季度，各站要新增护林员12名以上。",
        "6月，全县集中开展宣传。",
        "6月排查问题并整改。",
        "6月建立台账。",
        "5月15日至6月15日，问题排查阶段。",
        "总结8月份工作。",
        "1—6月，全县力争造林2万亩。",
    ] {
        assert_eq!(roles(text), [DateRole::Period], "{text}");
    }
}

#[test]
fn rhythms_and_what_is_asked_for_once() {
    let check = |text: &str, want: &[&str]| {
        let context = DateContext {
            year: Some(2031),
            issued: Date::new(2031, 7, 18).ok(),
            ..DateContext::default()
        };
        assert_eq!(lines(text, &context), want, "{text}");
    };
    check(
        "实行周调度，结果每周五通报，每周三例会。",
        &["每周五 FREQ=WEEKLY;BYDAY=FR", "每周三 FREQ=WEEKLY;BYDAY=WE"],
    );
    for text in [
        "每周一通报。",
        "每周三次巡查。",
        "每周一报。",
        "每周五个小时。",
    ] {
        check(text, &["每周 FREQ=WEEKLY"]);
    }
    check(
        "请于本月22日前报名，次月5日前提交材料。",
        &[
            "本月22日前 ../2031-07-22 deadline",
            "次月5日前 ../2031-08-05 deadline",
        ],
    );
    check(
        "请于下月10日前报送总结。",
        &["下月10日前 ../2031-08-10 deadline"],
    );
    check(
        "原定于7月20日召开的会议延期至8月5日举行。",
        &[
            "7月20日 2031-07-20/2031-07-20 mention",
            "8月5日 2031-08-05/2031-08-05 event",
        ],
    );
    check("报名时间延期至8月5日。", &["8月5日 ../2031-08-05 deadline"]);
    check(
        "每年8月15日前报送，2031年于9月1日前报送。",
        &[
            "每年8月15日前 FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=15",
            "9月1日前 ../2031-09-01 deadline",
        ],
    );
    check("请于8.15前报送。", &["8.15前 ../2031-08-15 deadline"]);
    for text in ["7.3前言", "水位涨到3.5前后。"] {
        check(text, &[]);
    }
    check(
        "各站于次月5日前报送上月数据。",
        &["次月5日前 FREQ=MONTHLY;BYMONTHDAY=5"],
    );
    check(
        "实行月报制度，下月5日前报送。",
        &["下月5日前 FREQ=MONTHLY;BYMONTHDAY=5"],
    );
}

#[test]
fn the_day_of_the_last_of_several_months_is_that_of_each() {
    let context = DateContext {
        year: Some(2031),
        issued: Date::new(2031, 2, 18).ok(),
        ..DateContext::default()
    };
    let check = |text: &str, want: &[&str]| assert_eq!(lines(text, &context), want, "{text}");
    check(
        "3月、6月、9月的25日前报送。",
        &[
            "3月 ../2031-03-25 deadline",
            "6月 ../2031-06-25 deadline",
            "9月的25日前 ../2031-09-25 deadline",
        ],
    );
    check(
        "各站于3、6、9月25日前报送。",
        &[
            "3 ../2031-03-25 deadline",
            "6 ../2031-06-25 deadline",
            "9月25日前 ../2031-09-25 deadline",
        ],
    );
    check(
        "各站于3、6、9月末报送。",
        &[
            "3 ../2031-03-31 deadline",
            "6 ../2031-06-30 deadline",
            "9月末 ../2031-09-30 deadline",
        ],
    );
    check(
        "自4月1日起，6月30日止，全线禁渔。",
        &["4月1日起，6月30日止 2031-04-01/2031-06-30 period"],
    );
    check(
        "4月1日起，6月30日前完成。",
        &[
            "4月1日起 2031-04-01/.. period",
            "6月30日前 ../2031-06-30 deadline",
        ],
    );
    check(
        "8月、9月25日前完成。",
        &[
            "8月 2031-08-01/2031-08-31 period",
            "9月25日前 ../2031-09-25 deadline",
        ],
    );
    check(
        "3月、6月、9月各检查一次。",
        &[
            "3月 2031-03-01/2031-03-31 period",
            "6月 2031-06-01/2031-06-30 period",
            "9月 2031-09-01/2031-09-30 period",
        ],
    );
}

#[test]
fn a_day_that_nothing_bounds_is_of_its_own_month() {
    let context = DateContext {
        year: Some(2031),
        issued: Date::new(2031, 2, 18).ok(),
        ..DateContext::default()
    };
    for (text, last) in [
        (
            "巡山安排在3月、5月和6月9日爱林日前后。",
            "6月9日 2031-06-09/2031-06-09 event",
        ),
        (
            "巡山安排在3月、5月和6月9日爱林日举行。",
            "6月9日 2031-06-09/2031-06-09 event",
        ),
    ] {
        let want = [
            "3月 2031-03-01/2031-03-31 period",
            "5月 2031-05-01/2031-05-31 period",
            last,
        ];
        assert_eq!(lines(text, &context), want, "{text}");
    }
    let bounded = lines("3月、5月和6月9日前各报一次。", &context);
    assert_eq!(bounded[0], "3月 ../2031-03-09 deadline");
}

#[test]
fn a_sum_before_its_month_is_no_january() {
    for text in [
        "每人800元月度补贴，套餐29.5元月租。",
        "奖金5万元月底兑现，300美元月费，五十元月租，800 元月补。",
        "2000余元月薪，各单元月考。",
    ] {
        assert_eq!(roles(text), [], "{text}");
    }
    for text in [
        "2032年元月5日开会。",
        "定于元月8日开会。",
        "每站元月9日开会。",
        "元月 9日开会。",
    ] {
        assert_eq!(roles(text).len(), 1, "{text}");
    }
}

#[test]
fn a_name_that_begins_as_persons_are_told_leaves_the_day_ahead() {
    for text in [
        "12月底前退休人员的体检全部做完。",
        "8月底前毕业生的去向登记完毕。",
        "9月10日前入党积极分子的集训全部结束。",
        "10月30日前退役军人之家的牌匾更换到位。",
        "9月10日前入职手续的办理要全部完成。",
        "11月底前参加工作会议的名单报县局。",
        "11月底前出生缺陷防治的宣传进村入户。",
    ] {
        assert_eq!(roles(text), [DateRole::Deadline], "{text}");
    }
    for text in [
        "9月30日以前入党的党员均可报名。",
        "8月31日前年满18周岁的居民均可报名。",
        "8月31日前参加工作满3年的护林员均可报名。",
        "8月31日前毕业且未就业的学生均可报名。",
        "8月31日前退役、复员的士兵均可报名。",
        "8月31日前毕业离校的学生均可报名。",
    ] {
        assert_eq!(roles(text), [DateRole::Mention], "{text}");
    }
}

#[test]
fn a_number_before_a_measure_is_no_day() {
    for text in [
        "塘水位降至9.2前不得开闸。",
        "塘水位低于9.2前不得开闸。",
        "平台更新到3.2前须留存副本。",
        "固件为3.2前的设备停用。",
    ] {
        assert_eq!(roles(text), [], "{text}");
    }
    for text in [
        "各站请于9.15前报县局。",
        "自查（9.15前）",
        "材料务必9.15前送达。",
        "一组，9.15前到岗。",
        "各站9.15前完成自查。",
        "修塔\t9.15前\t甲站",
    ] {
        assert_eq!(roles(text), [DateRole::Deadline], "{text}");
    }
}

#[test]
fn a_column_says_by_when() {
    let context = DateContext {
        year: Some(2031),
        issued: Date::new(2031, 2, 18).ok(),
        ..DateContext::default()
    };
    let due = "序号\t任务\t责任单位\t完成时限\n1\t修塔\t甲站\t10月\n2\t补路\t乙站\t第四季度\n3\t立牌\t乙站\t4月2日\n4\t巡山\t丙站\t4月至6月\n6\t清林\t丙站\t5月上旬\n5\t1月\t丁站\t1月\n";
    assert_eq!(
        lines(due, &context),
        [
            "10月 ../2031-10-31 deadline",
            "第四季度 ../2031-12-31 deadline",
            "4月2日 ../2031-04-02 deadline",
            "4月至6月 2031-04-01/2031-06-30 period",
            "5月上旬 2031-05-01/2031-05-10 event",
            "1月 2031-01-01/2031-01-31 period",
            "1月 2031-01-01/2031-01-31 period",
        ]
    );
    // of another column, and of a table behind other words
    let plain =
        "任务\t活动时间\t完成时限\n修塔\t10月\t11月底前\n以上时限从严。\n甲站\t值班\t10月\n";
    assert_eq!(
        lines(plain, &context),
        [
            "10月 2031-10-01/2031-10-31 period",
            "11月底前 ../2031-11-30 deadline",
            "10月 2031-10-01/2031-10-31 period",
        ]
    );
}

#[test]
fn an_anniversary_is_told() {
    for text in [
        "2031年8月5日是甲同志为某某题词六十二周年纪念日，各单位要开展活动。",
        "8月9日为甲县图书馆建馆五十周年，各单位要开展活动。",
    ] {
        assert_eq!(roles(text), [DateRole::Mention], "{text}");
    }
    let held = "8月9日举行甲县图书馆建馆五十周年庆祝大会。";
    assert_eq!(roles(held), [DateRole::Event]);
}
