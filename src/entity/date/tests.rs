//! Sentences of our own, each with every date that a reader would underline, and the laws that hold for any text.

use super::*;
use proptest::prelude::*;

/// What is found, a line each: `text start/end role`, or `text rule`.
fn read(text: &str, issued: Option<&str>) -> Vec<String> {
    let issued = issued.and_then(|d| d.parse().ok());
    let context = DateContext {
        year: Some(2023),
        issued,
        ..DateContext::default()
    };
    find(text, &context)
        .iter()
        .map(|d| {
            let day = |d: Option<Date>| d.map_or("..".to_owned(), |d| d.to_string());
            let role = format!("{:?}", d.role).to_lowercase();
            match &d.rrule {
                Some(rule) => format!("{} {rule}", d.span.of(text)),
                None if d.unresolved => format!("{} ? {role}", d.span.of(text)),
                None => format!("{} {}/{} {role}", d.span.of(text), day(d.start), day(d.end)),
            }
        })
        .collect()
}

fn check(cases: &[(&str, &[&str])]) {
    for (text, want) in cases {
        assert_eq!(read(text, Some("2023-05-20")), *want, "{text}");
    }
}

#[test]
fn the_first_month_by_its_name() {
    check(&[
        (
            "请于2023年元月3日前报送。",
            &["2023年元月3日前 ../2023-01-03 deadline"],
        ),
        (
            "二○二三年元月三日召开大会",
            &["二○二三年元月三日 2023-01-03/2023-01-03 mention"],
        ),
        (
            "元月5日至10日展出",
            &["元月5日至10日 2023-01-05/2023-01-10 period"],
        ),
        ("元月下旬验收", &["元月下旬 2023-01-21/2023-01-31 event"]),
        ("召开元老座谈会，元旦放假", &[]),
    ]);
}

#[test]
fn ranges_of_every_shape() {
    check(&[
        (
            "演练于6月1日至30日进行。",
            &["6月1日至30日 2023-06-01/2023-06-30 period"],
        ),
        (
            "6月1日—6月30日",
            &["6月1日—6月30日 2023-06-01/2023-06-30 period"],
        ),
        ("6—8月巡查", &["6—8月 2023-06-01/2023-08-31 period"]),
        ("6月1-7日", &["6月1-7日 2023-06-01/2023-06-07 period"]),
        (
            "2022年8月－9月上旬",
            &["2022年8月－9月上旬 2022-08-01/2022-09-10 mention"],
        ),
        (
            "2023年9月中旬-10月",
            &["2023年9月中旬-10月 2023-09-11/2023-10-31 period"],
        ),
        ("（6.1—6.30）", &["6.1—6.30 2023-06-01/2023-06-30 period"]),
        (
            "2023.6.1-2023.6.30",
            &["2023.6.1-2023.6.30 2023-06-01/2023-06-30 period"],
        ),
        (
            "12月至次年1月开展",
            &["12月至次年1月 2023-12-01/2024-01-31 period"],
        ),
        (
            "12月20日至1月10日",
            &["12月20日至1月10日 2023-12-20/2024-01-10 period"],
        ),
        (
            "11月至2024年3月",
            &["11月至2024年3月 2023-11-01/2024-03-31 period"],
        ),
        (
            "自6月5日起至10月10日止",
            &["6月5日起至10月10日止 2023-06-05/2023-10-10 period"],
        ),
        (
            "6 月 1 日 至 6 月 30 日",
            &["6 月 1 日 至 6 月 30 日 2023-06-01/2023-06-30 period"],
        ),
        (
            "6月1日8时至6月3日18时",
            &["6月1日8时至6月3日18时 2023-06-01/2023-06-03 period"],
        ),
        (
            "于6、7月份集中办",
            &["6、7月份 2023-06-01/2023-07-31 period"],
        ),
        (
            "3、6、9月报送",
            &[
                "3 2023-03-01/2023-03-31 period",
                "6 2023-06-01/2023-06-30 period",
                "9月 2023-09-01/2023-09-30 period",
            ],
        ),
        ("3月底至今", &["3月底至今 2023-03-31/.. mention"]),
    ]);
}

#[test]
fn deadlines_of_every_shape() {
    check(&[
        ("6月底前", &["6月底前 ../2023-06-30 deadline"]),
        ("于6月21日之前", &["6月21日之前 ../2023-06-21 deadline"]),
        ("7月20日要前报", &["7月20日要前 ../2023-07-20 deadline"]),
        ("至12月底结束", &["12月底 ../2023-12-31 deadline"]),
        ("到2030年前，", &["2030年前 ../2030-12-31 deadline"]),
        ("不迟于6月9日报到", &["6月9日 ../2023-06-09 deadline"]),
        (
            "截止时间：6月15日17:00。",
            &["6月15日17:00 ../2023-06-15 deadline"],
        ),
        (
            "6月30日（星期五）下班前",
            &["6月30日（星期五）下班前 ../2023-06-30 deadline"],
        ),
        (
            "有效期至2028年8月31日",
            &["2028年8月31日 ../2028-08-31 deadline"],
        ),
        (
            "年底前完成，年底由镇党委表彰",
            &["年底前 ../2023-12-31 deadline"],
        ),
        (
            "请于7月10日、10月10日前报送",
            &[
                "7月10日 ../2023-07-10 deadline",
                "10月10日前 ../2023-10-10 deadline",
            ],
        ),
        (
            "每季度最后一个周五前（9月29日、12月29日）报",
            &[
                "每季度最后一个周五前 FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1FR",
                "9月29日 ../2023-09-29 deadline",
                "12月29日 ../2023-12-29 deadline",
            ],
        ),
        ("6月1日前往现场", &["6月1日 2023-06-01/2023-06-01 event"]),
        ("6月20日前后", &["6月20日前后 2023-06-20/2023-06-20 event"]),
    ]);
}

#[test]
fn the_year_by_its_anchors() {
    check(&[
        (
            "2024年全镇活动于3月举行。4月收尾。",
            &[
                "3月 2024-03-01/2024-03-31 period",
                "4月 2023-04-01/2023-04-30 period",
            ],
        ),
        ("明年3月底前", &["明年3月底前 ../2024-03-31 deadline"]),
        (
            "按《2020年度方案》，6月1日启动",
            &["6月1日 2023-06-01/2023-06-01 event"],
        ),
        (
            "二〇二三年五月二十九日",
            &["二〇二三年五月二十九日 2023-05-29/2023-05-29 event"],
        ),
        (
            "二O二三年五月廿九日",
            &["二O二三年五月廿九日 2023-05-29/2023-05-29 event"],
        ),
        (
            "即日起至10月31日",
            &["即日起至10月31日 2023-05-20/2023-10-31 period"],
        ),
        (
            "6月1日起，为期一个月",
            &["6月1日起，为期一个月 2023-06-01/2023-06-30 period"],
        ),
        ("自9月1日起施行", &["9月1日起 2023-09-01/.. period"]),
        ("2月30日前报送", &["2月30日前 ? deadline"]),
    ]);
    assert_eq!(
        read("即日起至10月", None),
        ["即日起至10月 ../2023-10-31 period"]
    );
}

#[test]
fn roles_by_the_words_beside() {
    check(&[
        (
            "今年6月是第22个全国“安全生产月”",
            &["今年6月 2023-06-01/2023-06-30 mention"],
        ),
        (
            "6月5日为世界环境日",
            &["6月5日 2023-06-05/2023-06-05 event"],
        ),
        ("“6·26”禁毒宣传活动", &["6·26 2023-06-26/2023-06-26 event"]),
        (
            "“6·26我知道”知识竞赛",
            &["6·26 2023-06-26/2023-06-26 mention"],
        ),
        (
            "吸取“3·9”仓库火灾教训",
            &["3·9 2023-03-09/2023-03-09 mention"],
        ),
        (
            "贯彻全县第四季度防汛工作会议精神",
            &["第四季度 2023-10-01/2023-12-31 mention"],
        ),
        (
            "6月上旬，镇长带队检查",
            &["6月上旬 2023-06-01/2023-06-10 event"],
        ),
        (
            "从8月下旬开始",
            &["8月下旬开始 2023-08-21/2023-08-31 period"],
        ),
        (
            "今年1—4月，全镇火灾同比下降两成",
            &["今年1—4月 2023-01-01/2023-04-30 mention"],
        ),
        (
            "动员阶段（3月上旬）",
            &["3月上旬 2023-03-01/2023-03-10 period"],
        ),
        (
            "4月2日，某厂发生火灾",
            &["4月2日 2023-04-02/2023-04-02 mention"],
        ),
        (
            "第三季度排查，上半年总结",
            &[
                "第三季度 2023-07-01/2023-09-30 period",
                "上半年 2023-01-01/2023-06-30 period",
            ],
        ),
    ]);
    let text = "某县应急管理局\n2023年5月20日\n";
    let at = [Span::new("某县应急管理局\n".len(), text.len())];
    let context = DateContext {
        issued_at: &at,
        issued: "2023-05-20".parse().ok(),
        ..DateContext::default()
    };
    let found = find(text, &context);
    assert_eq!(
        found.iter().map(|d| d.role).collect::<Vec<_>>(),
        [DateRole::Issued]
    );
}

#[test]
fn recurrences_as_rules() {
    let of = |text: &str| {
        let context = DateContext {
            year: Some(2023),
            ..DateContext::default()
        };
        let found = find(text, &context);
        found
            .iter()
            .filter_map(|d| d.rrule.clone())
            .collect::<Vec<_>>()
            .join(" ")
    };
    for (text, want) in [
        ("每周四", "FREQ=WEEKLY;BYDAY=TH"),
        ("每周一至周五开放", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("每周一、三、五", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("每周一次例会", "FREQ=WEEKLY"),
        ("每周三17:00前", "FREQ=WEEKLY;BYDAY=WE"),
        ("逐月通报", "FREQ=MONTHLY"),
        ("每月5日前", "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("每月月底前", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        (
            "每月最后一个工作日",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        ),
        ("按季度", "FREQ=MONTHLY;INTERVAL=3"),
        ("每季度末", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
        (
            "每季度末月28日前",
            "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=28",
        ),
        (
            "每季度首月10日前",
            "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=10",
        ),
        ("每半年", "FREQ=MONTHLY;INTERVAL=6"),
        ("每年2月底前", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        ("每年的12月至次年1月", "FREQ=YEARLY;BYMONTH=1,12"),
        ("每年6月、12月", "FREQ=YEARLY;BYMONTH=6,12"),
        ("每年花后（4月份）施肥", "FREQ=YEARLY FREQ=YEARLY;BYMONTH=4"),
        ("一般应在12月份至来年1月份修剪", "FREQ=YEARLY;BYMONTH=1,12"),
        (
            "每半月，每两周",
            "FREQ=WEEKLY;INTERVAL=2 FREQ=WEEKLY;INTERVAL=2",
        ),
        ("每日", "FREQ=DAILY"),
        (
            "每月汇总，次月5日前报",
            "FREQ=MONTHLY FREQ=MONTHLY;BYMONTHDAY=5",
        ),
        ("每人每年不少于20学时", ""),
        ("逐年提高，按年龄分组，每5人一组，每年3万元", ""),
    ] {
        assert_eq!(of(text), want, "{text}");
    }
}

#[test]
fn no_dates() {
    for text in [
        "2022年工作总结",
        "三年行动计划（2024-2026年）",
        "自印发之日起30日内",
        "近三年，回顾建镇21年",
        "拨打12350，共7项，第22个，3+1，4/5G，1-2个",
        "十一是加强演练",
        "滨河路1799号",
        "（2024）某仲字第2342号，某政办〔2022〕28号",
        "DB31/T 1393-2023，v2.10.3，条文11.5.14.2",
        "投资6.5万元，容重1.1-1.4g/cm3，24小时，5公分",
        "0571-8765432，13800000000",
        "三月三歌会，3至6月龄婴儿，3个月，一月一调度",
        "2023年  月  日",
        "“6.5万元”，“1.5倍”",
        "2000年以前建成的小区",
        "",
    ] {
        assert_eq!(
            read(text, Some("2023-05-20")),
            Vec::<String>::new(),
            "{text}"
        );
    }
}

#[test]
fn parts_stages_and_what_is_told() {
    for (text, want) in [
        (
            "6月中旬起，逐人培训。",
            "6月中旬起 2023-06-11/2023-06-20 period",
        ),
        (
            "（一）动员部署（5月下旬）。各单位转发。",
            "5月下旬 2023-05-21/2023-05-31 period",
        ),
        (
            "总结评估阶段为11月上旬。",
            "11月上旬 2023-11-01/2023-11-10 period",
        ),
        (
            "（一）开展演练（6月中旬）。",
            "6月中旬 2023-06-11/2023-06-20 event",
        ),
        ("11月15日前列出清单。", "11月15日前 ../2023-11-15 deadline"),
        (
            "部分项目延至第四季度。",
            "第四季度 2023-10-01/2023-12-31 period",
        ),
        ("11月是消防宣传月。", "11月 2023-11-01/2023-11-30 mention"),
    ] {
        assert_eq!(read(text, Some("2023-05-20")), [want], "{text}");
    }
    let told = read("截至6月30日，仍有3个镇未报。", Some("2023-07-20"));
    assert_eq!(told, ["6月30日 ../2023-06-30 mention"]);
}

#[test]
fn every_rule_parses() {
    let mut seen = 0;
    for text in [
        "每周四报送",
        "每周一至周五巡查",
        "每月5日前报送",
        "每月底前",
        "逐月通报",
        "每季度末月28日前",
        "每季度最后一个周五",
        "每季度末",
        "每半年检查一次",
        "每年2月底前",
        "每年的12月至次年1月",
        "按年度评估",
        "每两周一次",
        "每半月",
        "每日巡查",
        "每年6月16日",
        "每月第一个星期一",
    ] {
        for date in find(text, &DateContext::default()) {
            if let Some(rule) = date.rrule {
                seen += 1;
                let parsed = rule.parse::<rrule::RRule<rrule::Unvalidated>>();
                assert!(parsed.is_ok(), "{text}: {rule}: {parsed:?}");
            }
        }
    }
    assert!(seen >= 15, "{seen}");
}

#[test]
fn edtf_forms() {
    let context = DateContext {
        year: Some(2023),
        ..DateContext::default()
    };
    for (text, want) in [
        ("6月1日", "2023-06-01"),
        ("6月", "2023-06"),
        ("6—8月", "2023-06/2023-08"),
        ("第三季度", "2023-35"),
        ("上半年", "2023-40"),
        ("6月底前", "../2023-06-30"),
        ("9月1日起", "2023-09-01/.."),
        ("6月上旬", "2023-06-01/2023-06-10"),
    ] {
        let found = find(text, &context);
        assert_eq!(found[0].edtf.as_deref(), Some(want), "{text}");
    }
}

#[test]
fn mentions_count_from_the_reference() {
    let reference: Option<Date> = "2023-05-17".parse().ok(); // a Wednesday
    for (text, start, end, precision) in [
        ("2009年", "2009-01-01", "2009-12-31", Precision::Year),
        ("去年", "2022-01-01", "2022-12-31", Precision::Year),
        ("2021—2023年", "2021-01-01", "2023-12-31", Precision::Year),
        ("上个月15号", "2023-04-15", "2023-04-15", Precision::Day),
        ("下周三", "2023-05-24", "2023-05-24", Precision::Day),
        ("昨天", "2023-05-16", "2023-05-16", Precision::Day),
        ("三天后", "2023-05-20", "2023-05-20", Precision::Day),
        ("本周", "2023-05-15", "2023-05-21", Precision::Week),
        ("上个季度", "2023-01-01", "2023-03-31", Precision::Quarter),
        ("下个月", "2023-06-01", "2023-06-30", Precision::Month),
        ("下半月", "2023-05-16", "2023-05-31", Precision::Part),
        ("上个半年", "2022-07-01", "2022-12-31", Precision::Half),
    ] {
        let found = find_in_mentions(text, reference);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(
            found[0].date.start.map(|d| d.to_string()).as_deref(),
            Some(start),
            "{text}"
        );
        assert_eq!(
            found[0].date.end.map(|d| d.to_string()).as_deref(),
            Some(end),
            "{text}"
        );
        assert_eq!(found[0].precision, precision, "{text}");
        let blind = find_in_mentions(text, None);
        let fixed = text.contains('0');
        assert_eq!(blind[0].date.start.is_some(), fixed, "{text}");
    }
}

#[test]
fn what_is_over_is_told() {
    let context = DateContext {
        year: Some(2023),
        issued: Date::new(2023, 7, 5).ok(),
        ..DateContext::default()
    };
    for (text, role) in [
        ("7月2日晚，邻县一家餐馆起火。", DateRole::Mention),
        (
            "2023年6月8日下午，副县长周小河在二楼会议室主持召开专题会议，研究水库加固。",
            DateRole::Mention,
        ),
        ("部分村上半年未清理塘坝。", DateRole::Mention),
        (
            "（2023年6月20日县人民政府第9次常务会议通过）",
            DateRole::Mention,
        ),
        (
            "2019年6月1日起施行的《塘坝管理规定》同时废止。",
            DateRole::Mention,
        ),
        ("今年9月10日是教师节。", DateRole::Mention),
        ("发布日期：2023-07-05", DateRole::Issued),
        (
            "来源：县水务局　时间：2023-07-06 15:20　浏览次数：12",
            DateRole::Mention,
        ),
        ("活动时间：2023年7月6日", DateRole::Event),
        ("8月10日为集中清理日。", DateRole::Event),
        ("8月10日9时开始，打开泄洪闸。", DateRole::Event),
        ("自8月10日0时起，禁止下塘。", DateRole::Period),
        ("8月10日起，禁止下塘。", DateRole::Period),
        ("丰收节拟于9月下旬开幕。", DateRole::Period),
        ("请各村于7月2日补报。", DateRole::Mention),
        (
            "6月16日，省委、省政府发布《关于护林的意见》。",
            DateRole::Mention,
        ),
        ("6月16日至18日召开的护林会议要求", DateRole::Mention),
        ("一、上半年护林工作形势", DateRole::Mention),
        ("下半年护林工作情况", DateRole::Period),
        (
            "8月16日前，由县林业局印发《护林手册》。",
            DateRole::Deadline,
        ),
    ] {
        let found = find(text, &context);
        assert_eq!(found.first().map(|d| d.role), Some(role), "{text}");
    }
}

#[test]
fn a_dotted_day_after_a_marker() {
    let context = DateContext {
        year: Some(2023),
        ..DateContext::default()
    };
    let text = "前言。\n9.6·25土地日期间，设置展板。";
    let found = find(text, &context);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].span.of(text), "6·25");
    assert!(find("压力9.6兆帕，误差1.6·2以内", &context).is_empty());
}

#[test]
fn so_often_for_each_is_a_rhythm() {
    let rules = |text: &str| {
        find(text, &DateContext::default())
            .into_iter()
            .filter_map(|d| d.rrule)
            .collect::<Vec<_>>()
    };
    assert_eq!(rules("每户每月清扫一次门前。"), ["FREQ=MONTHLY"]);
    assert!(rules("每户每月补助50元。").is_empty());
}

/// Pieces of which dates and what looks like dates are made.
const PIECES: &str = "(2023年|二〇二三年|[0-9]{1,4}|年|月|日|号|至|—|-|\\.|·|/|、|，|。|；|\n| |（|）|《|》|“|”|前|底|末|起|止|上旬|每|周|季度|第|半年|即日起|次年|今年|明年|上|下|个|为期|一|十|三十|廿|〇|星期五|9:00|24时|按|逐|之日起至|印发|最后|99999999|９|Ｏ|é|😀)";

proptest! {
    #[test]
    fn laws_hold_on_any_mixture(pieces in prop::collection::vec(PIECES, 0..40), mentions: bool, year in prop::option::of(-9999i16..=9999)) {
        let text = pieces.concat();
        let issued = year.and_then(|y| Date::new(y, 12, 31).ok());
        let context = DateContext { year, issued, ..DateContext::default() };
        let found: Vec<DateExpr> = if mentions {
            find_in_mentions(&text, issued).into_iter().map(|m| m.date).collect()
        } else {
            find(&text, &context)
        };
        let mut last = 0;
        for date in found {
            prop_assert!(date.span.start >= last && !date.span.is_empty());
            last = date.span.end;
            let surface = text.get(date.span.start..date.span.end);
            prop_assert!(surface.is_some_and(|s| !s.starts_with(' ') && !s.contains('\n')));
            if let (Some(start), Some(end)) = (date.start, date.end) {
                prop_assert!(start <= end);
            }
            prop_assert_eq!(date.rrule.is_some(), date.role == DateRole::Recurrence);
            if date.unresolved {
                prop_assert!(date.start.is_none() && date.end.is_none());
            }
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,80}") {
        let _ = find(&text, &DateContext::default());
        let _ = find_in_mentions(&text, None);
    }

    #[test]
    fn every_day_reads_back(year in 1950i16..2099, month in 1i8..=12, day in 1i8..=31) {
        let want = Date::new(year, month, day).ok();
        for text in [format!("{year}年{month}月{day}日"), format!("{year}-{month:02}-{day:02}"), format!("{year} 年 {month} 月 {day} 日")] {
            let found = find(&text, &DateContext::default());
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!(found[0].start, want);
            prop_assert_eq!(found[0].end, want);
            prop_assert_eq!(found[0].unresolved, want.is_none());
        }
    }
}

#[test]
fn what_befell_and_what_was_done_is_told() {
    check(&[
        (
            "受5月上旬冰雹影响，部分烟田绝收。",
            &["5月上旬 2023-05-01/2023-05-10 mention"],
        ),
        (
            "4月11日至14日，县局对19座水库进行了复查。",
            &["4月11日至14日 2023-04-11/2023-04-14 mention"],
        ),
        (
            "4月11日至14日，为了解水库情况，开展复查。",
            &["4月11日至14日 2023-04-11/2023-04-14 period"],
        ),
        (
            "6月11日至14日，对整改了的水库进行复查。",
            &["6月11日至14日 2023-06-11/2023-06-14 period"],
        ),
    ]);
}

#[test]
fn a_night_market_is_no_rhythm() {
    check(&[
        ("每个夜市配2名保洁员。", &[]),
        ("每个晚会控制在两小时内。", &[]),
        ("每晚巡查一次。", &["每晚 FREQ=DAILY"]),
    ]);
}
