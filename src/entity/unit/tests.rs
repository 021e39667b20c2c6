//! The cases are lines of data files; the laws hold for any text.

use super::*;
use proptest::prelude::*;

fn whole(text: &str) -> Span {
    Span::new(0, text.len())
}

/// The lines of a data file that are cases, as cells.
fn cases(file: &'static str) -> impl Iterator<Item = (String, &'static str)> {
    file.lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty())
        .filter_map(|l| l.split_once('\t'))
        .map(|(text, want)| (text.replace('⏎', "\n").replace('⇥', "\t"), want))
}

fn rendered(units: &[UnitFound]) -> String {
    let all: Vec<String> = units
        .iter()
        .map(|u| {
            let role = match u.role {
                UnitRole::Responsible => 'R',
                UnitRole::Lead => 'L',
                UnitRole::Cooperating => 'C',
                UnitRole::Host => 'H',
                UnitRole::Organizer => 'O',
            };
            format!("{role}:{}", u.name)
        })
        .collect();
    if all.is_empty() {
        String::from("-")
    } else {
        all.join(" ")
    }
}

/// Every case that differs, so that one run shows all.
fn differing(file: &'static str, read: impl Fn(&str) -> String) -> Vec<String> {
    cases(file)
        .filter_map(|(text, want)| {
            let got = read(&text);
            (got != want).then(|| format!("{text}\n  want {want}\n  got  {got}"))
        })
        .collect()
}

#[test]
fn units_of_an_activity() {
    let wrong = differing(include_str!("cases.tsv"), |t| rendered(&find(t, whole(t))));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases(include_str!("cases.tsv")).count() >= 60);
}

#[test]
fn names_of_a_list() {
    let wrong = differing(include_str!("names.tsv"), |t| {
        let names: Vec<String> = split_names(t, whole(t)).into_iter().map(|n| n.1).collect();
        names.join("|")
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn functions_of_units() {
    let wrong = differing(include_str!("functions.tsv"), |name| {
        function::of(name).unwrap_or("-").to_owned()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn collective_names() {
    for name in [
        "各乡镇",
        "辖区各派出所",
        "有关部门",
        "相关街镇",
        "安委会成员单位",
        "区政府各部门",
        "各级政府",
    ] {
        assert!(name::is_group(name), "{name}");
    }
    for name in [
        "区教育局",
        "柳河镇",
        "开发区管委会",
        "市委组织部",
        "街道办事处",
    ] {
        assert!(!name::is_group(name), "{name}");
    }
}

#[test]
fn the_first_leads_where_the_notice_says_so() {
    for text in [
        "责任单位中排在第一位的为牵头单位。",
        "（列第一位的为牵头部门）",
        "注：排名首位的单位为牵头单位，其余为配合单位。",
        "第一个单位为牵头单位",
        "牵头单位为排在第一位的单位。",
    ] {
        assert!(UnitRules::of(text).first_leads, "{text}");
    }
    for text in [
        "坚持生命第一位。由区教育局牵头",
        "牵头单位要负首要责任",
        "第一位到场的为组长",
    ] {
        assert!(!UnitRules::of(text).first_leads, "{text}");
    }
    let text = "（责任单位：区教育局、区卫健委）";
    let rules = UnitRules {
        first_leads: true,
        ..UnitRules::default()
    };
    assert_eq!(
        rendered(&find_with(text, whole(text), &rules)),
        "L:区教育局 R:区卫健委"
    );
    let rules = UnitRules::of("（责任单位：甲局，乙局。逗号前为牵头单位，下同）");
    let text = "（责任单位：区教育局、区文联，区卫健委、区民政局）";
    assert_eq!(
        rendered(&find_with(text, whole(text), &rules)),
        "L:区教育局 L:区文联 R:区卫健委 R:区民政局"
    );
    assert_eq!(
        UnitRules::of("逗号前的文字由区教育局牵头"),
        UnitRules::default()
    );
}

#[test]
fn labels_with_blanks_or_without_noun() {
    for (text, units) in [
        (
            "牵 头 单 位：县水务局\n配 合 单 位：县财政局、\n县林业局",
            "L:县水务局 C:县财政局 C:县林业局",
        ),
        (
            "主　办：县总工会\n承　办：县文化馆、县图书馆",
            "H:县总工会 O:县文化馆 O:县图书馆",
        ),
        ("协办：县科协", "C:县科协"),
        ("责任：县水务局、各乡镇", "R:县水务局 R:各乡镇"),
        ("责 任 领 导：周小河\n责 任 单 位：县水务局", "R:县水务局"),
        ("责任单位：县水务局；\n县林业局", "R:县水务局 R:县林业局"),
        ("责任单位：县水务局；\n2.县林业局清点林木", "R:县水务局"),
        ("责任单位：县水务局、\n（三）县林业局", "R:县水务局"),
        ("压实责任：河长要常到河边。", "-"),
        ("责任：管好自己的门，看好自己的人。", "-"),
        (
            "清点林木。（农业农村部、共青团中央、文化和旅游部等按职责分工负责）",
            "R:农业农村部 R:共青团中央 R:文化和旅游部",
        ),
        (
            "清点林木。（财政部、林草局等国务院相关部门及相关地区按职责分工负责）",
            "R:财政部 R:林草局 R:相关地区",
        ),
        (
            "清点林木。（国务院相关部门及相关地区按职责分工负责）",
            "R:国务院相关部门 R:相关地区",
        ),
    ] {
        assert_eq!(rendered(&find(text, whole(text))), units, "{text}");
    }
}

#[test]
fn a_list_that_goes_on_below_is_a_line_of_units() {
    let text = "责任单位：县水务局、\n县林业局，\n县气象局\n县文化馆";
    let line = |name: &str| {
        let at = text.find(name).unwrap();
        Span::new(at, at + name.len())
    };
    assert!(unit_line(text, line("县林业局，")));
    assert!(unit_line(text, line("县气象局")));
    assert!(!unit_line(text, line("县文化馆")));
}

#[test]
fn lines_for_the_item_above() {
    for line in [
        "责任单位：区教育局",
        "　　牵头领导:王 强",
        "（责任单位：区教育局）",
        "完成时限：6月底前",
        "（区教育局负责）",
        "【责任单位】区教育局",
        "市级牵头单位：市教育局",
        "（2024年6月底前）",
    ] {
        assert!(unit_line(line, whole(line)), "{line}");
    }
    for line in [
        "",
        "各责任单位：要认真落实",
        "（一）开展演练。（责任单位：区教育局）",
        "要明确责任单位和完成时限。",
        "（试行）",
        "区教育局负责全区学校的安全工作，并做好检查。",
        "活动时间：6月1日至30日",
    ] {
        assert!(!unit_line(line, whole(line)), "{line}");
    }
}

#[test]
fn brackets_that_a_title_drops() {
    for (heading, bracket) in [
        ("动员部署（2018年8月－9月上旬）", "（2018年8月－9月上旬）"),
        ("自查自纠(6月底前)", "(6月底前)"),
        (
            "开展演练（责任单位：区教育局、各乡镇（街道））。",
            "（责任单位：区教育局、各乡镇（街道））",
        ),
        ("开展演练（牵头单位：区教育局）", "（牵头单位：区教育局）"),
        ("开展演练（区教育局、区应急局）", "（区教育局、区应急局）"),
        (
            "开展演练（区教育局牵头，各镇配合）",
            "（区教育局牵头，各镇配合）",
        ),
        ("开展演练（长期坚持）", "（长期坚持）"),
        ("全面实施（第三季度）：", "（第三季度）"),
        ("河道清理（9月份）", "（9月份）"),
        ("河道清理（5月20日，东风渠）", "（5月20日，东风渠）"),
        ("河道清理（全年）", "（全年）"),
        ("河道清理（贯穿全年）", "（贯穿全年）"),
        ("河道清理（持续开展）", "（持续开展）"),
    ] {
        let found = trailing_bracket(heading, whole(heading));
        assert_eq!(found.map(|s| s.of(heading)), Some(bracket), "{heading}");
    }
    for heading in [
        "管理办法（试行）",
        "城镇燃气（含管道燃气）",
        "行动计划（2023—2025年）",
        "检查重点单位（医院、学校）",
        "第一批名单（3家企业，含两家养殖场）",
        "开展演练",
        "开展演练）",
        "（一）",
        "",
    ] {
        assert_eq!(trailing_bracket(heading, whole(heading)), None, "{heading}");
    }
}

#[test]
fn labels_within() {
    for text in [
        "开展演练。\n责任单位：区教育局",
        "开展演练（6月底前）",
        "每村清一次塘，完成时限：4月25日之前。",
        "开展演练。（区教育局负责）",
    ] {
        assert!(has_label(text, whole(text)), "{text}");
    }
    for text in ["开展演练。", "明确责任单位，细化措施。", ""] {
        assert!(!has_label(text, whole(text)), "{text}");
    }
}

#[test]
fn columns_of_a_table() {
    use Column::*;
    assert_eq!(
        columns(&[
            "序号",
            "工作内容",
            "牵头单位",
            "配合单位",
            "责任领导",
            "完成时间",
            "备注"
        ]),
        [
            Ordinal,
            Title,
            Units(UnitRole::Lead),
            Units(UnitRole::Cooperating),
            Persons,
            Deadline,
            Other
        ]
    );
    assert_eq!(
        columns(&["活动名称", "活动内容", "主办单位", "责 任 单 位"]),
        [
            Title,
            Content,
            Units(UnitRole::Host),
            Units(UnitRole::Responsible)
        ]
    );
    let cell = "区教育局\n区应急局、各镇";
    let units = in_cell(
        cell,
        whole(cell),
        UnitRole::Responsible,
        &UnitRules::default(),
    );
    assert_eq!(rendered(&units), "R:区教育局 R:区应急局 R:各镇");
}

#[test]
fn a_label_may_stand_behind_when_and_name_what_it_is_for() {
    let text = "开通网办。（5月底取得成效并持续推进，牵头考核单位：区审批局、区公安局）";
    let units = find(text, whole(text));
    assert_eq!(rendered(&units), "L:区审批局 L:区公安局");
    let bracket = trailing_bracket(text, whole(text)).map(|b| b.of(text).chars().count());
    assert_eq!(bracket, Some(31));
    let told = "开通网办。（试点先行，稳步推进）";
    assert_eq!(trailing_bracket(told, whole(told)), None);
}

#[test]
fn a_remark_behind_the_first_sentence_of_a_bracket_names_nobody() {
    let text = "控制总量。（区水利局牵头，区住建局配合，各镇负责落实。以下均需各镇落实，无此职能的，由区直属部门负责）";
    let units = find(text, whole(text));
    assert_eq!(rendered(&units), "L:区水利局 C:区住建局 R:各镇");
}

#[test]
fn long_lists_of_kinds_are_read_at_once() {
    let text = "各施工、监理企业、".repeat(20_000);
    assert_eq!(split_names(&text, whole(&text)).len(), 20_000);
}

proptest! {
    #[test]
    fn any_text_is_read(text in "[责任单位牵头负配合由各、，；。：（）()“”【】区教育局省市县 \n\t等和]{0,80}") {
        let units = find(&text, whole(&text));
        let mut seen = HashSet::new();
        for unit in &units {
            prop_assert!(!unit.span.is_empty() && !unit.span.of(&text).is_empty());
            prop_assert!(!unit.name.contains(char::is_whitespace));
            prop_assert!(seen.insert((unit.name.clone(), unit.role)));
        }
        let _ = (unit_line(&text, whole(&text)), has_label(&text, whole(&text)));
        if let Some(bracket) = trailing_bracket(&text, whole(&text)) {
            prop_assert!(bracket.len() > 2 && !bracket.of(&text).is_empty());
        }
        for (span, name) in split_names(&text, whole(&text)) {
            prop_assert!(!span.of(&text).is_empty() && !name.is_empty());
        }
    }

    #[test]
    fn any_scope_is_read(text in "\\PC{0,60}", a in 0usize..80, b in 0usize..80) {
        let units = find(&text, Span::new(a.min(b), a.max(b)));
        prop_assert!(units.iter().all(|u| !u.span.of(&text).is_empty()));
    }
}
