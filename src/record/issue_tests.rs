//! Which days are of issue: a signature's, never those of a timetable.

use super::header;
use crate::outline;

fn issued(text: &str) -> (Option<String>, usize) {
    let fields = header::read(text, &outline::read(text));
    let day = fields.issued.map(|d| d.to_string());
    (day, fields.issued_at.len())
}

#[test]
fn a_column_of_days_is_no_signature() {
    let rows: String = (1..=9)
        .map(|n| format!("2031-9-{n}\n\t护林演讲\n\t甲组 李雷\n"))
        .collect();
    let text =
        format!("甲林场工作计划\n一、演讲\n安排如下。\n日期\n\t主题\n{rows}二、执勤\n每组执勤。\n");
    assert_eq!(issued(&text), (None, 0));
    let signed = "甲林场关于护林的通知\n各站：\n请照办。\n甲林场\n2031年9月1日\n";
    assert_eq!(issued(signed), (Some("2031-09-01".to_owned()), 1));
}

#[test]
fn a_day_below_the_title_that_is_not_signed_is_of_the_page() {
    let text = |day: &str| {
        format!("关于护林的通知\n甲县林业局\n{day}\n各站：\n请照办。\n甲县林业局\n2031年5月6日\n")
    };
    let day = Some("2031-05-06".to_owned());
    assert_eq!(issued(&text("2031年5月9日")), (day.clone(), 1));
    assert_eq!(issued(&text("2031-05-09")), (day.clone(), 1));
    assert_eq!(issued(&text("2031年5月6日")), (day, 2));
}

#[test]
fn who_signs_below_a_column_of_days_signs_on_the_last() {
    let rows: String = (1..=6).map(|n| format!("2031年9月{n}日\n")).collect();
    let signed = format!(
        "甲林场关于护林的通知\n各站：\n巡山的日子是：\n{rows}请照办。\n甲县林场\n2031年8月20日\n"
    );
    assert_eq!(issued(&signed), (Some("2031-08-20".to_owned()), 1));
}
