//! Forms that are seldom written and forms that look alike: sentences of our own.

use super::DateContext;
use super::DateRole;
use super::find;
use super::turn_tests::check;
use crate::span::Span;

const ISSUED: &str = "2025-03-10";

#[test]
fn the_nth_weekday_of_a_month_is_a_day() {
    check(
        ISSUED,
        &[
            (
                "5月第二个星期日慰问，4月的第三个周六植树。",
                &[
                    "5月第二个星期日 2025-05-11/2025-05-11 event",
                    "4月的第三个周六 2025-04-19/2025-04-19 event",
                ],
            ),
            (
                "4月第二周开展宣传。",
                &["4月第二周 2025-04-08/2025-04-14 event"],
            ),
            ("2月第五个星期一", &["2月第五个星期一 ?"]),
        ],
    );
}

#[test]
fn a_day_may_leave_out_its_unit_before_the_second_end() {
    check(
        ISSUED,
        &[
            (
                "专家评审（2025年3月21-2025年4月4日）",
                &["2025年3月21-2025年4月4日 2025-03-21/2025-04-04 period"],
            ),
            (
                "3月21—4月4日评审，3月25-28日公示。",
                &[
                    "3月21—4月4日 2025-03-21/2025-04-04 period",
                    "3月25-28日 2025-03-25/2025-03-28 period",
                ],
            ),
        ],
    );
}

#[test]
fn last_days_by_the_words_around_them() {
    check(
        ISSUED,
        &[
            ("4月30日为最后期限。", &["4月30日 ../2025-04-30 deadline"]),
            (
                "报送截至时间：4月20日。",
                &["4月20日 ../2025-04-20 deadline"],
            ),
            (
                "办法重新发布，有效期调整至2026年12月31日。",
                &["2026年12月31日 ../2026-12-31 deadline"],
            ),
            (
                "会议时间调整至2025年4月6日。",
                &["2025年4月6日 2025-04-06/2025-04-06 event"],
            ),
        ],
    );
}

#[test]
fn how_much_a_year_is_no_rhythm() {
    check(
        ISSUED,
        &[
            ("每家企业每年最高补助100万元。", &[]),
            ("签约率每年提升1至3个百分点。", &[]),
            ("不低于每月最低生活保障标准。", &[]),
            ("每月最低工资不得低于2000元。", &[]),
            ("每月租金标准为每平方米8元。", &[]),
            (
                "每月基本养老金于12日前足额发放。",
                &["每月 FREQ=MONTHLY", "12日前 FREQ=MONTHLY;BYMONTHDAY=12"],
            ),
            (
                "每月房租于8日前缴纳。",
                &["每月 FREQ=MONTHLY", "8日前 FREQ=MONTHLY;BYMONTHDAY=8"],
            ),
            (
                "每月收入申报应于9日前完成。",
                &["每月 FREQ=MONTHLY", "9日前 FREQ=MONTHLY;BYMONTHDAY=9"],
            ),
            ("每年安排100万元经费。", &["每年 FREQ=YEARLY"]),
            ("每年提升一批基地。", &["每年 FREQ=YEARLY"]),
            ("每月检查最低一级网格。", &["每月 FREQ=MONTHLY"]),
        ],
    );
}

#[test]
fn a_month_alone_on_the_last_line_is_of_issue() {
    check(
        ISSUED,
        &[
            (
                "各单位要认真落实。\n县水利局\n2025年3月\n",
                &["2025年3月 2025-03-01/2025-03-31 issued"],
            ),
            (
                "各单位要认真落实。\n县水利局\n2025年3月\n附件：甲表\n",
                &["2025年3月 2025-03-01/2025-03-31 issued"],
            ),
            (
                "责任单位\n县水利局\n2025年4月\n县公安局\n2025年5月\n合计\n",
                &[
                    "2025年4月 2025-04-01/2025-04-30 period",
                    "2025年5月 2025-05-01/2025-05-31 period",
                ],
            ),
            (
                "（二）总结阶段\n县水利局\n2025年9月\n报送总结。\n",
                &["2025年9月 2025-09-01/2025-09-30 period"],
            ),
            (
                "各单位要认真落实。\n时间：2025年4月\n",
                &["2025年4月 2025-04-01/2025-04-30 period"],
            ),
        ],
    );
}

#[test]
fn what_a_page_says_of_itself() {
    check(
        ISSUED,
        &[
            (
                "成文日期\t2025-03-10\t公开方式\t主动公开",
                &["2025-03-10 2025-03-10/2025-03-10 issued"],
            ),
            (
                "发表时间：2025-03-10 11:19:38",
                &["2025-03-10 11:19:38 2025-03-10/2025-03-10 issued"],
            ),
            (
                "完成日期\t2025-04-10",
                &["2025-04-10 ../2025-04-10 deadline"],
            ),
        ],
    );
}

#[test]
fn stages_in_brackets_and_accidents_that_are_told() {
    check(
        ISSUED,
        &[
            (
                "1.校级评选（5月上旬）\n2.推荐上报（5月中旬）",
                &[
                    "5月上旬 2025-05-01/2025-05-10 period",
                    "5月中旬 2025-05-11/2025-05-20 period",
                ],
            ),
            (
                "2月14日，某矿瓦斯爆炸事故造成2人死亡。",
                &["2月14日 2025-02-14/2025-02-14 mention"],
            ),
            (
                "1.知识竞赛（5月上旬）",
                &["5月上旬 2025-05-01/2025-05-10 event"],
            ),
        ],
    );
}

#[test]
fn forms_between_numbers_and_days() {
    check(
        ISSUED,
        &[
            (
                "从2025年4月1日开始，至2025年6月30日结束，共分三个阶段。",
                &["2025年4月1日开始，至2025年6月30日 2025-04-01/2025-06-30 period"],
            ),
            (
                "现已改为8.15日截止。",
                &["8.15日截止 ../2025-08-15 deadline"],
            ),
            ("平均住院8.15日，较上年下降。", &[]),
            ("按照标准中“4.4 质量分数的测定”进行。", &[]),
            (
                "“5.12 防灾减灾日”期间开展宣传。",
                &["5.12 2025-05-12/2025-05-12 event"],
            ),
            (
                "新修订的《投标书》（2024年7月制）",
                &["2024年7月 2024-07-01/2024-07-31 mention"],
            ),
            ("2025年初中毕业生", &[]),
            (
                "抓好调解。年底确保结案率达到90%。",
                &["年底 ../2025-12-31 deadline"],
            ),
            ("年底考核，年底总结。", &[]),
            (
                "甲县高级中学\n2025年3月\n注意事项：网上报名。",
                &["2025年3月 2025-03-01/2025-03-31 issued"],
            ),
        ],
    );
}

#[test]
fn a_day_of_the_page_below_the_title_is_told() {
    let roles = |text: &str| {
        let signed = text.rfind("2025年").unwrap_or_default();
        let at = [Span::new(signed, text.trim_end().len())];
        let context = DateContext {
            issued_at: &at,
            issued: "2025-05-06".parse().ok(),
            ..DateContext::default()
        };
        let found = find(text, &context).into_iter();
        found.map(|d| d.role).collect::<Vec<_>>()
    };
    let foot = "各站：\n请照办。\n甲县林业局\n2025年5月6日\n";
    assert_eq!(
        roles(&format!("关于护林的通知\n甲县林业局\n2025-05-09\n{foot}")),
        [DateRole::Mention, DateRole::Issued]
    );
    assert_eq!(
        roles(&format!("关于护林的通知\n巡山时间\n2025-05-09\n{foot}")),
        [DateRole::Event, DateRole::Issued]
    );
}
