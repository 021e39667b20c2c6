//! Which year and which month a day is of, and what was over before the notice: sentences of our own.

use super::turn_tests::lines;
use super::*;

/// What is found in a notice about `year` issued on `issued`, a line each: `text start/end role`.
fn read(text: &str, year: i16, issued: &str) -> Vec<String> {
    let context = DateContext {
        year: Some(year),
        issued: issued.parse().ok(),
        ..DateContext::default()
    };
    lines(text, &context)
}

#[test]
fn days_next_to_the_day_of_issue() {
    for (text, year, issued, want) in [
        // about the year before
        (
            "评选结果于4月中旬公示。",
            2011,
            "2012-03-22",
            "4月中旬 2012-04-11/2012-04-20 event",
        ),
        (
            "2011年4月16日至18日，督导组到各县检查时发现的问题，要逐项整改。",
            2011,
            "2011-06-12",
            "2011年4月16日至18日 2011-04-16/2011-04-18 mention",
        ),
        (
            "征求意见时间：自公告之日起至11月19日。",
            2011,
            "2011-10-12",
            "自公告之日起至11月19日 2011-10-12/2011-11-19 period",
        ),
        // the page that a newspaper made of it
        (
            "关于封路的通告\n某某日报 2021-11-22 16:11\n因施工封路。\n",
            2021,
            "2021-11-18",
            "2021-11-22 16:11 2021-11-22/2021-11-22 mention",
        ),
        // about the year to come
        (
            "请于11月30日前报名。",
            2024,
            "2023-11-21",
            "11月30日前 ../2023-11-30 deadline",
        ),
        (
            "定于12月8日开幕。",
            2024,
            "2023-11-21",
            "12月8日 2023-12-08/2023-12-08 event",
        ),
        (
            "请于1月10日前报名。",
            2024,
            "2023-11-21",
            "1月10日前 ../2024-01-10 deadline",
        ),
        (
            "全部任务12月31日前完成。",
            2024,
            "2023-12-20",
            "12月31日前 ../2024-12-31 deadline",
        ),
        (
            "12月底前完成验收。",
            2024,
            "2023-11-20",
            "12月底前 ../2024-12-31 deadline",
        ),
        // about the year that is over
        (
            "请于1月20日前报送。",
            2022,
            "2023-01-05",
            "1月20日前 ../2023-01-20 deadline",
        ),
        (
            "全校师生3月30日前提交。",
            2011,
            "2012-03-22",
            "3月30日前 ../2012-03-30 deadline",
        ),
        // across the new year
        (
            "考试时间为1月4日至6日。",
            2023,
            "2023-11-23",
            "1月4日至6日 2024-01-04/2024-01-06 period",
        ),
        (
            "会议定于1月9日召开。",
            2023,
            "2023-12-23",
            "1月9日 2024-01-09/2024-01-09 event",
        ),
        (
            "我校1月4日已完成搬迁。",
            2023,
            "2023-11-23",
            "1月4日 2023-01-04/2023-01-04 mention",
        ),
        (
            "请于1月5日前报送。",
            2023,
            "2023-12-20",
            "1月5日前 ../2024-01-05 deadline",
        ),
        (
            "应于3月5日前报送。",
            2023,
            "2023-06-20",
            "3月5日前 ../2023-03-05 deadline",
        ),
        // told in January of the year before
        (
            "8月11日，某矿发生爆炸事故，造成多人死亡。",
            2004,
            "2004-01-16",
            "8月11日 2003-08-11/2003-08-11 mention",
        ),
        (
            "8月11日组织事故应急演练。",
            2004,
            "2004-01-16",
            "8月11日 2004-08-11/2004-08-11 event",
        ),
    ] {
        assert_eq!(read(text, year, issued), [want], "{text}");
    }
    // a plan that goes through its months stays in its year
    assert_eq!(
        read("3月5日植树，12月2日宣传。", 2024, "2023-11-21")[1],
        "12月2日 2024-12-02/2024-12-02 event"
    );
}

#[test]
fn a_later_day_of_the_month_just_named() {
    for (text, want) in [
        (
            "6月28日下午在县宾馆报到，29日上午开会，下午离会。",
            "29日上午 2023-06-29/2023-06-29 event",
        ),
        (
            "大会于6月14日至17日举行。\n请代表17日上午乘车返回。",
            "17日上午 2023-06-17/2023-06-17 event",
        ),
        (
            "时间：2023年6月25日报到，26日召开。",
            "26日 2023-06-26/2023-06-26 event",
        ),
    ] {
        assert_eq!(read(text, 2023, "2023-05-20")[1], want, "{text}");
    }
    for text in [
        "6月25日公示，公示满5日后上报。",
        "6月25日起，3日内报送。",
        "6月25日报到，满20日返还押金。",
    ] {
        assert_eq!(read(text, 2023, "2023-05-20").len(), 1, "{text}");
    }
}

#[test]
fn the_last_day_by_its_label() {
    for (text, want) in [
        (
            "截稿日期：2023年6月20日",
            "2023年6月20日 ../2023-06-20 deadline",
        ),
        (
            "申报截止期为2023年6月26日",
            "2023年6月26日 ../2023-06-26 deadline",
        ),
        ("整改期限：6月30日", "6月30日 ../2023-06-30 deadline"),
        ("最后期限为6月30日", "6月30日 ../2023-06-30 deadline"),
        (
            "报到日期：2023年6月20日",
            "2023年6月20日 2023-06-20/2023-06-20 event",
        ),
    ] {
        assert_eq!(read(text, 2023, "2023-05-20"), [want], "{text}");
    }
}

#[test]
fn what_was_over_is_told() {
    for (text, want) in [
        ("2023年4月16日至18日，督导组到我县检查。", "mention"),
        ("我局于2023年3月13日至15日组织专家会诊。", "mention"),
        ("2023年4月，省厅召开会议。", "mention"),
        ("活动时间：2023年5月1日至5月10日", "period"),
        ("（2023年4月1日至4月30日）", "period"),
        ("2023年6月16日至18日，督导组到我县检查。", "period"),
        ("2022年12月31日前已完成转制的单位继续免征。", "mention"),
        ("2023年12月31日前完成转制。", "deadline"),
        ("2023年5月12日世界某某日的主题为“同行”。", "mention"),
        ("某某日（5月12日）的主题为“同行”。", "mention"),
    ] {
        let found = read(text, 2023, "2023-05-20");
        assert!(
            found.len() == 1 && found[0].ends_with(want),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn months_and_numbers_that_are_no_dates() {
    for text in [
        "按上一月最后一日的牌价折算。",
        "7.3　本预案自印发之日起实施。",
        "每人每月仅限报名1次。",
        "补贴每人每年只享受一次。",
    ] {
        assert_eq!(read(text, 2023, "2023-05-20"), [""; 0], "{text}");
    }
    assert_eq!(
        read("从6月份开始，每月7日前报送。", 2023, "2023-05-20"),
        [
            "6月份开始 2023-06-01/.. period",
            "每月7日前 FREQ=MONTHLY;BYMONTHDAY=7"
        ]
    );
    assert_eq!(
        read("自公告之日起至8月31日。", 2023, "2023-05-20"),
        ["自公告之日起至8月31日 2023-05-20/2023-08-31 period"]
    );
    assert_eq!(
        read("每单月10日前报送。", 2023, "2023-05-20"),
        ["每单月10日前 FREQ=MONTHLY;BYMONTH=1,3,5,7,9,11;BYMONTHDAY=10"]
    );
    assert_eq!(
        read("6.5世界环境日当天开展宣传。", 2023, "2023-05-20"),
        ["6.5 2023-06-05/2023-06-05 event"]
    );
}

#[test]
fn a_weekday_tells_the_year_of_issue_from_the_year_planned_for() {
    let holiday = "一、元旦：1月1日（星期日）放假。\n12月31日（星期六）上班。";
    assert_eq!(
        read(holiday, 2023, "2022-12-20"),
        [
            "1月1日（星期日） 2023-01-01/2023-01-01 event",
            "12月31日（星期六） 2022-12-31/2022-12-31 event"
        ]
    );
    // a weekday that is right in neither year is a mistake, and decides nothing
    assert_eq!(
        read(
            "3月1日（星期日）开会，12月31日（星期二）上班。",
            2023,
            "2022-12-20"
        )[1],
        "12月31日（星期二） 2023-12-31/2023-12-31 event"
    );
}

#[test]
fn what_is_moved_to_a_day_is_on_it() {
    assert_eq!(
        read("例会调整至5月6日，报名延长至6月5日。", 2023, "2023-04-20"),
        [
            "5月6日 2023-05-06/2023-05-06 event",
            "6月5日 ../2023-06-05 deadline"
        ]
    );
    assert_eq!(
        read(
            "请于2月23日（正月初六）上午12点前报送。",
            2023,
            "2023-01-20"
        ),
        ["2月23日（正月初六）上午12点前 ../2023-02-23 deadline"]
    );
}

/// What is found in a notice whose title names `year`, all of it.
fn days(text: &str, year: i16, issued: &str) -> Vec<String> {
    let mut found = read(text, year, issued);
    for line in &mut found {
        let cut = line.rfind(' ').unwrap_or(line.len());
        line.truncate(cut);
    }
    found
}

#[test]
fn what_a_title_calls_the_next_year_begins_in_that_of_issue() {
    let text = "9月28日前发动。10月8日至12月10日，集中登记。11月底前抽查。12月31日前公示。次年1月底前汇总。";
    assert_eq!(
        days(text, 2032, "2031-09-15"),
        [
            "9月28日前 ../2031-09-28",
            "10月8日至12月10日 2031-10-08/2031-12-10",
            "11月底前 ../2031-11-30",
            "12月31日前 ../2031-12-31",
            "次年1月底前 ../2032-01-31",
        ]
    );
    assert_eq!(
        days("12月22日至次年3月2日，加强值守。", 2032, "2031-12-18"),
        ["12月22日至次年3月2日 2031-12-22/2032-03-02"]
    );
    let text = "一、11月20日前申报。二、12月1日至10日审核。三、12月底公布结果。";
    assert_eq!(
        days(text, 2032, "2031-11-06"),
        [
            "11月20日前 ../2031-11-20",
            "12月1日至10日 2031-12-01/2031-12-10",
            "12月底 ../2031-12-31",
        ]
    );
    assert_eq!(
        days(
            "一、11月15日供热。\n二、3月15日停热。\n",
            2031,
            "2031-10-06"
        ),
        [
            "11月15日 2031-11-15/2031-11-15",
            "3月15日 2032-03-15/2032-03-15"
        ]
    );
    assert_eq!(
        days(
            "一、11月15日复查。\n二、3月15日，某站失火。\n",
            2031,
            "2031-10-06"
        ),
        [
            "11月15日 2031-11-15/2031-11-15",
            "3月15日 2031-03-15/2031-03-15"
        ]
    );
    // what cannot come in that year any more
    assert_eq!(
        days("1月1日起享受。7月1日前变更。", 2032, "2031-09-15"),
        ["1月1日起 2032-01-01/..", "7月1日前 ../2032-07-01"]
    );
}

#[test]
fn a_plan_of_the_next_year_keeps_its_months() {
    let text = "请于11月25日前反馈。3月底前开工。11月底前完工。12月底前验收。";
    assert_eq!(
        days(text, 2032, "2031-11-10"),
        [
            "11月25日前 ../2031-11-25",
            "3月底前 ../2032-03-31",
            "11月底前 ../2032-11-30",
            "12月底前 ../2032-12-31",
        ]
    );
    assert_eq!(
        days(
            "1月1日至12月31日，全年巡护。下半年复查。",
            2032,
            "2031-10-12"
        ),
        [
            "1月1日至12月31日 2032-01-01/2032-12-31",
            "下半年 2032-07-01/2032-12-31"
        ]
    );
}

#[test]
fn a_winter_notice_goes_on_into_the_next_year() {
    for (text, issued, want) in [
        (
            "1月15日前报送。11月30日前调入的参加。2月份兑现。",
            "2031-12-20",
            &[
                "1月15日前 ../2032-01-15",
                "11月30日前 ../2031-11-30",
                "2月份 2032-02-01/2032-02-29",
            ][..],
        ),
        (
            "10月1日至次年5月31日防火，6月10日前总结。",
            "2031-09-25",
            &[
                "10月1日至次年5月31日 2031-10-01/2032-05-31",
                "6月10日前 ../2032-06-10",
            ],
        ),
        (
            "12月以来，发生火情2起。",
            "2031-01-30",
            &["12月以来 2030-12-01/.."],
        ),
        (
            "6月10日前应完成。",
            "2031-09-25",
            &["6月10日前 ../2031-06-10"],
        ),
    ] {
        assert_eq!(days(text, 2031, issued), *want, "{text}");
    }
}
