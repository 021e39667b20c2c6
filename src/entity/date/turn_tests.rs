//! The year that turns, and what is told of times that are over: sentences of our own.

use super::*;

/// What is found in a notice about the year of issue, a line each: `text start/end role`, or `text rule`.
pub(super) fn read(text: &str, issued: &str) -> Vec<String> {
    let issued: Option<Date> = issued.parse().ok();
    let context = DateContext {
        year: issued.map(Date::year),
        issued,
        ..DateContext::default()
    };
    lines(text, &context)
}

/// What is found in a text, a line each.
pub(super) fn lines(text: &str, context: &DateContext<'_>) -> Vec<String> {
    let day = |d: Option<Date>| d.map_or("..".to_owned(), |d| d.to_string());
    find(text, context)
        .iter()
        .map(|d| match &d.rrule {
            Some(rule) => format!("{} {rule}", d.span.of(text)),
            None if d.unresolved => format!("{} ?", d.span.of(text)),
            None => format!(
                "{} {}/{} {}",
                d.span.of(text),
                day(d.start),
                day(d.end),
                format!("{:?}", d.role).to_lowercase()
            ),
        })
        .collect()
}

pub(super) fn check(issued: &str, cases: &[(&str, &[&str])]) {
    for (text, want) in cases {
        assert_eq!(read(text, issued), *want, "{text}");
    }
}

#[test]
fn the_first_months_of_a_winter_notice_are_of_the_next_year() {
    check(
        "2025-11-12",
        &[
            (
                "各站点4月10日前交回台账，1月末前报方案。",
                &[
                    "4月10日前 ../2026-04-10 deadline",
                    "1月末前 ../2026-01-31 deadline",
                ],
            ),
            (
                "2月10日至3月20日为回头看阶段。",
                &["2月10日至3月20日 2026-02-10/2026-03-20 period"],
            ),
            (
                "11月至12月，村级自查。1—3月，乡级检查。4月，县级抽验。",
                &[
                    "11月至12月 2025-11-01/2025-12-31 period",
                    "1—3月 2026-01-01/2026-03-31 period",
                    "4月 2026-04-01/2026-04-30 period",
                ],
            ),
            ("巩固阶段（3月）。", &["3月 2026-03-01/2026-03-31 period"]),
            (
                "2025年12月底前建账，2月底前销号。",
                &[
                    "2025年12月底前 ../2025-12-31 deadline",
                    "2月底前 ../2026-02-28 deadline",
                ],
            ),
            (
                "对3月底前未销号的隐患，挂牌督办。",
                &["3月底前 ../2026-03-31 deadline"],
            ),
            (
                "2月中旬，组织复查。",
                &["2月中旬 2026-02-11/2026-02-20 event"],
            ),
        ],
    );
    check(
        "2025-12-22",
        &[("4月底前办结。", &["4月底前 ../2026-04-30 deadline"])],
    );
}

#[test]
fn a_day_that_is_only_in_the_next_year_is_of_it() {
    check(
        "2027-10-09",
        &[
            (
                "2月1日至2月29日普查，2月29日前汇总。",
                &[
                    "2月1日至2月29日 2028-02-01/2028-02-29 period",
                    "2月29日前 ../2028-02-29 deadline",
                ],
            ),
            ("2月30日前汇总。", &["2月30日前 ?"]),
        ],
    );
    check("2027-05-09", &[("2月29日前汇总。", &["2月29日前 ?"])]);
}

#[test]
fn what_is_told_or_said_with_its_year_stays() {
    check(
        "2025-11-12",
        &[
            (
                "截至3月31日，全乡已销号八成。",
                &["3月31日 ../2025-03-31 mention"],
            ),
            (
                "3月至5月，全乡共排查住户六百家。",
                &["3月至5月 2025-03-01/2025-05-31 period"],
            ),
            (
                "按照部署要求，4月30日前办结，但两村仍未办结。",
                &["4月30日前 ../2025-04-30 deadline"],
            ),
            (
                "2025年3月31日前报送。",
                &["2025年3月31日前 ../2025-03-31 deadline"],
            ),
            ("9月30日前报送。", &["9月30日前 ../2025-09-30 deadline"]),
            (
                "3月18日，乡政府召开了动员会。",
                &["3月18日 2025-03-18/2025-03-18 mention"],
            ),
        ],
    );
    check(
        "2025-06-12",
        &[("3月底前报送。", &["3月底前 ../2025-03-31 deadline"])],
    );
}

#[test]
fn a_day_that_parts_some_from_others_is_told() {
    check(
        "2025-03-12",
        &[
            (
                "凡2024年12月31日前取得证书的，均可报名。",
                &["2024年12月31日前 ../2024-12-31 mention"],
            ),
            (
                "2025年1月31日前建成的大棚逐座登记。",
                &["2025年1月31日前 ../2025-01-31 mention"],
            ),
            (
                "2019年5月1日后登记的农机，2008年9月1日以后出生的学生。",
                &[
                    "2019年5月1日后 2019-05-01/.. mention",
                    "2008年9月1日以后 2008-09-01/.. mention",
                ],
            ),
            (
                "2022年1月1日前3年内受过表彰的集体。",
                &["2022年1月1日 2022-01-01/2022-01-01 mention"],
            ),
            (
                "2025年12月底前建成的项目验收一批。",
                &["2025年12月底前 ../2025-12-31 deadline"],
            ),
        ],
    );
}

#[test]
fn minutes_tell_of_meetings_that_were() {
    check(
        "2026-01-08",
        &[
            (
                "会议指出，2025年12月10日至12日召开的全省会议作出部署。",
                &["2025年12月10日至12日 2025-12-10/2025-12-12 mention"],
            ),
            (
                "12月，市人大常委会会议通过了修订的条例。",
                &["12月 2025-12-01/2025-12-31 mention"],
            ),
            (
                "会议强调，12月10日至12日召开的会议对今年工作作出安排。",
                &["12月10日至12日 2025-12-10/2025-12-12 mention"],
            ),
            (
                "请派员参加2月19日召开的推进会。",
                &["2月19日 2026-02-19/2026-02-19 event"],
            ),
        ],
    );
}

#[test]
fn single_days_behind_one_of_the_next_year_are_of_it_too() {
    check(
        "2025-12-08",
        &[
            (
                "12月25日前报名，1月15日至17日考试，1月20日放假，2月18日开学。",
                &[
                    "12月25日前 ../2025-12-25 deadline",
                    "1月15日至17日 2026-01-15/2026-01-17 period",
                    "1月20日 2026-01-20/2026-01-20 event",
                    "2月18日 2026-02-18/2026-02-18 event",
                ],
            ),
            (
                "1月15日前整改。1月20日，某厂发生火灾。",
                &[
                    "1月15日前 ../2026-01-15 deadline",
                    "1月20日 2025-01-20/2025-01-20 mention",
                ],
            ),
        ],
    );
}

#[test]
fn a_season_over_the_turn_says_of_which_year_its_days_are() {
    let context = DateContext {
        year: Some(2026),
        issued: "2025-09-25".parse().ok(),
        ..DateContext::default()
    };
    assert_eq!(
        lines(
            "防火期为2025年10月1日至2026年5月31日。10月15日前宣传，11月排查，3月总结。",
            &context
        ),
        [
            "2025年10月1日至2026年5月31日 2025-10-01/2026-05-31 period",
            "10月15日前 ../2025-10-15 deadline",
            "11月 2025-11-01/2025-11-30 period",
            "3月 2026-03-01/2026-03-31 period",
        ]
    );
}
