//! Who is reached at which number of which office: several people, in lines, lists and sentences.

use super::*;

/// Office, names and numbers of each block, as `office: names numbers`.
fn told(text: &str) -> Vec<String> {
    let one = |b: ContactBlock| {
        format!(
            "{}: {} {}",
            b.organization.unwrap_or_default(),
            b.names.join(" "),
            b.phones.join(" ")
        )
    };
    find(text).blocks.into_iter().map(one).collect()
}

fn assert_told(cases: &[(&str, &[&str])]) {
    for (text, want) in cases {
        assert_eq!(told(text), *want, "{text}");
    }
}

#[test]
fn people_of_several_offices_are_contacts_of_their_own() {
    let two = &["农水股: 李雷 5550101", "农机股: 韩梅 5550102"][..];
    assert_told(&[
        (
            "联系人：农水股　李雷　5550101\n　　　　农机股　韩梅　5550102\n",
            two,
        ),
        ("联系人：农水股李雷5550101，农机股韩梅5550102", two),
        (
            "联系人：李雷（农水股）5550101\n　　　　韩梅（农机股）内线5550102\n",
            two,
        ),
        ("联系人：农水股，李雷，5550101；农机股，韩梅，5550102", two),
        ("联系人：农水股　李雷　5550101　农机股　韩梅　5550102", two),
        (
            "联系人：李雷（农水股，5550101），韩梅（农机股，5550102）。",
            two,
        ),
        (
            "联系人：农水股　李　雷　电话：5550101\n　　　　农机股　韩　梅　电话：5550102\n",
            two,
        ),
        (
            "联系人：农水股　李雷　5550101，传真：5550109\n　　　　农机股　韩梅　5550102\n",
            two,
        ),
        (
            "各组联系人：农水股李雷（5550101），农机股韩梅（5550102）。",
            two,
        ),
        (
            "联系电话：农水股5550101，农机股5550102。",
            &["农水股:  5550101", "农机股:  5550102"],
        ),
        (
            "值班电话：农水股 8101（内线），农机股 8102（内线）。",
            &["农水股:  8101", "农机股:  8102"],
        ),
    ]);
}

#[test]
fn people_of_one_office_or_of_none_are_one_contact() {
    assert_told(&[
        (
            "联系人：李雷　5550101\n　　　　韩梅　5550102\n",
            &[": 李雷 韩梅 5550101 5550102"],
        ),
        (
            "农水股联系人：李雷 5550101，韩梅 5550102",
            &["农水股: 李雷 韩梅 5550101 5550102"],
        ),
        (
            "联系人：农水股　李雷　5550101，13955500101",
            &["农水股: 李雷 5550101 13955500101"],
        ),
    ]);
}

#[test]
fn people_of_several_offices_whose_numbers_follow_are_of_none() {
    let one = &[": 李雷 韩梅 5550101 5550102"][..];
    assert_told(&[
        (
            "联系人：农水股李雷、农机股韩梅，电话：5550101、5550102",
            one,
        ),
        (
            "联系人：李雷（农水股）、韩梅（农机股），电话：5550101、5550102",
            one,
        ),
        (
            "联系人：农水股　李雷\n农机股　韩梅\n电话：5550101，5550102\n",
            one,
        ),
        (
            "联系人：农水股　李雷、韩梅，电话：5550101、5550102",
            &["农水股: 李雷 韩梅 5550101 5550102"],
        ),
    ]);
}

#[test]
fn lists_below_a_heading() {
    let two = &["农水股: 李雷 5550101", "农机股: 韩梅 5550102"][..];
    assert_told(&[
        (
            "四、联系人及电话\n农水股：李雷，5550101\n农机股：韩梅，5550102\n",
            two,
        ),
        (
            "联系人及联系方式：\n1.农水股　李　雷　5550101\n2.农机股　韩　梅　5550102\n",
            two,
        ),
        (
            "四、联系方式\n（一）农水股：李雷，5550101；\n（二）农机股：韩梅，5550102。\n",
            two,
        ),
        (
            "联系人：\n农水股　李雷，电话：5550101\n农机股　韩　梅，手机：5550102\n",
            two,
        ),
        (
            "四、联系方式\n联系人：李雷，电话：5550101\n邮箱：a@b.cn\n",
            &[": 李雷 5550101"],
        ),
        // a list of what is to be filled in
        ("四、联系人及电话\n填报单位：　　　　\n", &[]),
    ]);
}

#[test]
fn each_number_goes_to_the_name_before_it() {
    assert_told(&[
        (
            "联系人：李雷　电话：5550101　韩梅　电话：5550102",
            &[": 李雷 5550101", ": 韩梅 5550102"],
        ),
        (
            "联系人：县水利局李雷，办公电话：5550101，县林业局韩梅，办公电话：5550102。",
            &["县水利局: 李雷 5550101", "县林业局: 韩梅 5550102"],
        ),
        (
            "联系人：李雷（电话：5550101）、韩梅（电话：5550102）。",
            &[": 李雷 5550101", ": 韩梅 5550102"],
        ),
        (
            "联系人：办公室李雷、5550101；农机股韩梅、5550102。",
            &["办公室: 李雷 5550101", "农机股: 韩梅 5550102"],
        ),
        (
            "李雷，农水股股长，电话5550101；韩梅，农机股干部，电话5550102。",
            &["农水股: 李雷 5550101", "农机股: 韩梅 5550102"],
        ),
        (
            "县水利局　李　雷　联系电话：5550101",
            &["县水利局: 李雷 5550101"],
        ),
        (
            "于5日前报县水利局农水股李雷处，电话5550101。",
            &["县水利局农水股: 李雷 5550101"],
        ),
    ]);
}

#[test]
fn short_offices_and_posts_are_no_names() {
    assert_told(&[
        ("联系人：工会 李雷，电话：5550101", &["工会: 李雷 5550101"]),
        ("联系人：团委李雷，电话：5550101", &["团委: 李雷 5550101"]),
        ("联系人：县总工会李雷，5550101", &["县总工会: 李雷 5550101"]),
        ("联系人：王科 李雷，电话：5550101", &[": 王科 李雷 5550101"]),
        (
            "联系人：李雷，县水利局农水股股长，5550101。",
            &["县水利局农水股: 李雷 5550101"],
        ),
        (
            "联系人：县水利局农水股股长李雷，5550101。",
            &["县水利局农水股: 李雷 5550101"],
        ),
        ("联系人：李雷副股长，5550101。", &[": 李雷 5550101"]),
    ]);
}

#[test]
fn what_stands_between_a_name_and_its_number() {
    for text in [
        "联系人：李雷，女，电话：5550101",
        "联系人：李雷，微信号：ll_1990，电话：5550101",
        "联系人：李雷；咨询时间：工作日8:30—11:30；咨询电话：5550101",
        "联系人：李雷（钉钉同名），电话：5550101",
        "联系人：李雷；职务：农水股股长；电话：5550101",
        "联系老师：李雷　办公地点：行政楼204　电话：5550101",
    ] {
        let block = &find(text).blocks;
        assert_eq!(block.len(), 1, "{text}: {block:?}");
        assert_eq!(block[0].names, ["李雷"], "{text}");
        assert_eq!(block[0].phones, ["5550101"], "{text}");
    }
}

#[test]
fn an_office_without_the_words_around_it() {
    assert_told(&[
        (
            "报县水利局（联系人：李雷，电话：5550101）和县林业局（联系人：韩梅，电话：5550102）。",
            &["县水利局: 李雷 5550101", "县林业局: 韩梅 5550102"],
        ),
        (
            "联络员名单报县水利局农水股（联系人：李雷，电话：5550101）。",
            &["县水利局农水股: 李雷 5550101"],
        ),
        (
            "和平区教育局（联系人：李雷，电话：5550101）",
            &["和平区教育局: 李雷 5550101"],
        ),
        (
            "未尽事宜，请联系人事科（行政楼510，电话：5550101）。",
            &[":  5550101"],
        ),
    ]);
    let found = find("地址：安宁县滨河路18号302室，李雷收，邮编650300，电话5550101。");
    assert_eq!(
        found.blocks[0].address.as_deref(),
        Some("安宁县滨河路18号302室")
    );
    assert_eq!(found.blocks[0].names, ["李雷"]);
}

#[test]
fn one_line_below_a_heading_is_enough() {
    assert_told(&[
        (
            "三、联系方式\n农水股：李老师，55501010，实验楼A205。\n",
            &["农水股: 李老师 55501010"],
        ),
        (
            "四、联系方式\n农水股：李雷 13955500101；农机股：韩梅 13955500102；镇值班室：5550103\n",
            &[
                "农水股: 李雷 13955500101",
                "农机股: 韩梅 13955500102",
                "镇值班室:  5550103",
            ],
        ),
    ]);
}

#[test]
fn numbers_of_several_offices_for_the_public() {
    let numbers =
        |text: &str| -> Vec<String> { find(text).hotlines.into_iter().map(|h| h.number).collect() };
    let text = "举报电话：县水利局 5550101；县林业局 5550102。";
    assert_eq!(numbers(text), ["5550101", "5550102"]);
    assert!(find(text).blocks.is_empty());
    assert_eq!(numbers("遇险请拨打110、119、120。"), ["110", "119", "120"]);
    assert_eq!(numbers("共清理110、119、120处"), [""; 0]);
    let found = find("电话：0571-5550101　（传真）0571-5550102");
    assert_eq!(found.blocks[0].phones, ["0571-5550101"]);
    assert_eq!(found.blocks[0].faxes, ["0571-5550102"]);
}

#[test]
fn amounts_behind_a_service_number_are_none() {
    let numbers =
        |text: &str| -> Vec<String> { find(text).hotlines.into_iter().map(|h| h.number).collect() };
    assert_eq!(numbers("遇险拨打110，120人的队伍随时出动。"), ["110"]);
    assert_eq!(numbers("遇险拨打110、120人的队伍随时出动。"), ["110"]);
    assert_eq!(numbers("遇险拨打119，122辆巡逻车随时出动。"), ["119"]);
    assert_eq!(numbers("遇险拨打110，119，120。"), ["110", "119", "120"]);
    assert_eq!(numbers("遇险拨打110、119号码。"), ["110", "119"]);
    assert_eq!(numbers("遇险拨打110/119求助。"), ["110", "119"]);
}

#[test]
fn the_last_word_of_an_address_may_be_an_office() {
    let found = find("地址：柳河路8号县农业农村局　农经科收\n联系电话：5550101\n");
    assert_eq!(
        found.blocks[0].address.as_deref(),
        Some("柳河路8号县农业农村局农经科")
    );
    assert!(found.blocks[0].names.is_empty());
    let found = find("地址：柳河路8号县农业农村局　农小云收\n联系电话：5550101\n");
    assert_eq!(found.blocks[0].names, ["农小云"]);
}

#[test]
fn a_county_whose_name_begins_as_a_conjunction() {
    assert_told(&[
        (
            "和县林业局（联系人：李雷，电话：5550101）",
            &["和县林业局: 李雷 5550101"],
        ),
        (
            "和县林业局联系人：李雷，电话：5550101",
            &["和县林业局: 李雷 5550101"],
        ),
        (
            "报表报和县林业局（李雷，13955500101）。",
            &["和县林业局: 李雷 13955500101"],
        ),
        (
            "报市水利局（联系人：李雷，电话：5550101）和县林业局（联系人：韩梅，电话：5550102）。",
            &["市水利局: 李雷 5550101", "县林业局: 韩梅 5550102"],
        ),
        (
            "及县林业局（联系人：李雷，电话：5550101）",
            &["县林业局: 李雷 5550101"],
        ),
    ]);
}

#[test]
fn people_of_the_line_above_with_spaced_names() {
    assert_told(&[
        (
            "县林业局　李　晓　峰\n联系电话：5550101",
            &["县林业局: 李晓峰 5550101"],
        ),
        (
            "县林业局　李　雷　韩　梅\n联系电话：5550101",
            &["县林业局: 李雷 韩梅 5550101"],
        ),
    ]);
}

#[test]
fn many_numbers_in_one_line_are_read_at_once() {
    let found = find(&"电话：5550101止，".repeat(20_000));
    assert_eq!(found.blocks.len(), 1);
    // the line above is as long as it may be, and cut within a character
    for many in 44..54 {
        let text = format!("县林业局{}　李雷\n联系电话：5550101", "林".repeat(many));
        assert_eq!(find(&text).blocks.len(), 1, "{many}");
    }
}
