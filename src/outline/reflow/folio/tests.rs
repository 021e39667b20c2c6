//! Tests of this module.

use super::*;

fn reads(text: &str) -> Option<String> {
    let lines: Vec<Span> = line::wholes(text).collect();
    let plain = without(text, &lines)?;
    for (i, c) in plain.text.char_indices() {
        let span = Span::new(i, i + c.len_utf8());
        assert_eq!(plain.original(span).of(text), span.of(&plain.text));
    }
    Some(plain.text)
}

/// A paragraph that fills most of a page.
fn prose(of: &str) -> String {
    format!(
        "（一）{of}。{}",
        "护林员要按时巡山，发现火情立即报告。".repeat(12)
    )
}

#[test]
fn numbers_between_dashes_go_wherever_they_stand() {
    let text = "甲县林业局\n- 1 -\n关于做好护林工作的\n　　— 2 —\n通知\n各村：\n第3页 共4页\n请照办。\n— 4 —";
    let plain = "甲县林业局\n关于做好护林工作的\n通知\n各村：\n请照办。\n";
    assert_eq!(reads(text).as_deref(), Some(plain));
}

#[test]
fn blank_lines_go_where_a_sentence_goes_on() {
    let above = "各村要在每年的九月底以前把护林员的名单和巡山的路线报送到镇";
    let text = format!("{above}\n\n- 1 -\n\n\u{c}林业站。\n\n- 2 -\n\n二、经费\n");
    let plain = format!("{above}\n\u{c}林业站。\n\n\n二、经费\n");
    assert_eq!(reads(&text), Some(plain));
}

#[test]
fn bare_numbers_go_where_only_a_page_ends() {
    let cover = "现将《甲县护林方案》印发给你们。\n甲县林业局\n2031年9月6日\n";
    let plan = "甲县护林方案\n一、巡山\n各村每日巡山。\n";
    let plain = format!("{cover}{plan}");
    for number in ["1", "1/4", "P1", "3页"] {
        let text = format!("{cover}{number}\n{plan}");
        assert_eq!(reads(&text).as_ref(), Some(&plain), "{number}");
    }
    // the numbers that count on from there are of pages too
    let text = format!("{cover}1\n{plan}2\n二、瞭望\n");
    assert_eq!(reads(&text), Some(format!("{plain}二、瞭望\n")));
    let noted = format!("{cover}（此件主动公开）\n\n1\n\n甲县护林\n工作方案\n一、巡山\n");
    assert!(reads(&noted).is_some());
    // a page's break
    let text = "一、巡山\n1\n\u{c}各村每日巡山。\n";
    assert_eq!(
        reads(text).as_deref(),
        Some("一、巡山\n\u{c}各村每日巡山。\n")
    );
    // the last line
    let text = format!("{cover}1\n");
    assert_eq!(reads(&text).as_deref(), Some(cover));
}

#[test]
fn bare_numbers_go_where_they_count_pages() {
    let (first, second, third) = (prose("巡山"), prose("瞭望"), prose("值守"));
    let text = format!("{first}\n1\n{second}\n2\n{third}\n");
    let plain = format!("{first}\n{second}\n{third}\n");
    assert_eq!(reads(&text).as_ref(), Some(&plain));
    let text = format!("{first}\n1/3\n{second}\n2/3\n{third}\n3/3\n");
    assert_eq!(reads(&text).as_ref(), Some(&plain));
    // a gazette's pages
    let text = format!("{first}\n41\n{second}\n42\n{third}\n43\n");
    assert_eq!(reads(&text).as_ref(), Some(&plain));
}

#[test]
fn cells_and_numbers_of_chapters_are_left() {
    let long = "护林员要按时巡山，发现火情立即报告。".repeat(12);
    for text in [
        // rows
        "序号\n任务\n1\n巡山\n2\n瞭望\n3\n值守\n".to_owned(),
        format!("序号\n任务\n1\n{long}\n2\n{long}\n3\n{long}\n"),
        format!("任务\n1\n{long}\n甲村\n2\n{long}\n乙村\n3\n{long}\n丙村\n"),
        "附件：报名表\n1\n2\n3\n".to_owned(),
        "1\t\t\n2\t\t\n".to_owned(),
        // shares and days
        "占比\n1/3\n1/2\n2/3\n".to_owned(),
        "时间\n3/15\n3/16\n3/17\n巡山。\n".to_owned(),
        // chapters
        format!("护林标准\n{long}\n1\n总则\n{long}\n2\n术语\n{long}\n3\n巡山\n{long}\n"),
        // a quantity, a copy's number, a year
        "000012\n甲县林业局\n2031\n年护林方案\n".to_owned(),
        format!("{long}\n编制人数\n12\n甲村\n"),
        format!("{long}\n12"),
        // what is between dashes is no number
        "- 甲县 -\n——\n- 巡山\n".to_owned(),
    ] {
        assert_eq!(reads(&text), None, "{text}");
    }
}

#[test]
fn the_rest_is_reflowed_as_ever() {
    let wide = "各村要把护林员的名单和巡山的路线报送到镇林业站，";
    let body = format!("{wide}\n").repeat(9);
    let first = "　　一、巡山要勤，各村要把护林员的名单和巡山的路";
    let text = format!("{first}\n{body}- 1 -\n{body}由林业站汇总。\n　　二、瞭望。各村设台。\n");
    let reflow = super::super::reflow(&text);
    let found = reflow.as_ref().map(|r| r.text.lines().count());
    assert_eq!(found, Some(2));
    let at = |r: &Reflow| {
        r.text
            .find("二、")
            .map(|at| r.original(Span::new(at, at + 6)))
    };
    let original = reflow.as_ref().and_then(at).map(|s| s.of(&text).to_owned());
    assert_eq!(original.as_deref(), Some("二、"));
}
