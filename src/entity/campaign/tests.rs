//! What campaigns are read as.

use super::*;
use proptest::prelude::*;

fn name(title: &str) -> Option<String> {
    find(title, "").map(|c| c.name)
}

#[test]
fn a_month_week_or_day_of_something_is_a_campaign() {
    for (title, want) in [
        ("关于开展2022年松溪县“安全生产月”活动的通知", "安全生产月"),
        ("桐庐县2024年全国防灾减灾日宣传活动方案", "防灾减灾日"),
        ("关于开展“119”消防宣传月活动的通知", "消防宣传月"),
        (
            "关于开展第31个“世界水日”和“中国水周”宣传活动的通知",
            "世界水日",
        ),
        ("临安区爱国卫生月活动实施方案", "爱国卫生月"),
        ("关于开展春季交通安全周活动的通知", "交通安全周"),
        ("市教育局关于开展2023年宪法宣传周活动的通知", "宪法宣传周"),
        (
            "关于做好2024年全国节能宣传周和全国低碳日活动的通知",
            "节能宣传周",
        ),
        (
            "某某镇人民政府关于开展森林防火宣传月活动的通知",
            "森林防火宣传月",
        ),
        ("关于印发《绍兴市2023年“质量月”活动方案》的通知", "质量月"),
    ] {
        assert_eq!(name(title).as_deref(), Some(want), "{title}");
    }
}

#[test]
fn quotes_before_an_action_name_a_campaign() {
    for (title, want) in [
        (
            "关于印发《全市“打非治违”专项行动方案》的通知",
            "“打非治违”专项行动",
        ),
        (
            "关于开展“我们的家园怎么建”大讨论活动的通知",
            "“我们的家园怎么建”大讨论",
        ),
        ("关于开展“清源护苗”专项整治的通知", "“清源护苗”专项整治"),
        ("关于开展“书香进社区”系列活动的通知", "书香进社区"),
    ] {
        assert_eq!(name(title).as_deref(), Some(want), "{title}");
    }
}

#[test]
fn no_campaign() {
    for title in [
        "",
        "关于开展安全隐患大排查的通知",
        "关于印发《全省深化安全生产专项整治实施方案》的通知",
        "关于开展“三无”船舶专项整治的通知",
        "关于印发《2023年6月份工作安排》的通知",
        "关于做好国庆节日期间安全工作的通知",
        "关于“十四五”规划编制工作的通知",
        "关于做好每周一升旗工作的通知",
        "关于调整公共汽车月票价格的通知",
        "关于加强抗日战争纪念设施保护的通知",
        "关于公布2022年12月工作要点的通知",
        "关于规范工作日值班的通知",
    ] {
        assert_eq!(name(title), None, "{title}");
    }
}

#[test]
fn edition_and_theme() {
    let found = find(
        "2019年世界环境日活动方案",
        "今年6月5日是第四十八个世界环境日，主题是：“守护蓝天，从我做起”。",
    );
    assert_eq!(
        found,
        Some(CampaignFound {
            name: "世界环境日".to_owned(),
            edition: Some(48),
            theme: Some("守护蓝天，从我做起".to_owned()),
        })
    );
    let text = "各科室：\n一、活动主题\n同心护水  共建清流。\n二、时间\n";
    let found = find("关于开展节水宣传周活动的通知", text);
    assert_eq!(
        found.and_then(|c| c.theme).as_deref(),
        Some("同心护水 共建清流")
    );
    let found = find(
        "关于开展质量月活动的通知",
        "以“质量为先，信誉至上”为主题，开展活动。",
    );
    assert_eq!(
        found.and_then(|c| c.theme).as_deref(),
        Some("质量为先，信誉至上")
    );
    let found = find(
        "关于做好有关工作的通知",
        "今年4月是第35个爱国卫生月，请各地做好准备。",
    );
    assert_eq!(
        found.map(|c| (c.name, c.edition)),
        Some(("爱国卫生月".to_owned(), Some(35)))
    );
}

#[test]
fn a_law_in_its_marks_is_of_the_name() {
    for (title, text) in [
        (
            "关于开展《湿地保护法》宣传周活动的通知",
            "6月1日至7日开展第2个《湿地保护法》宣传周。",
        ),
        (
            "关于开展湿地保护法宣传周活动的通知",
            "6月1日至7日是全国第2个《湿地保护法》宣传周。",
        ),
    ] {
        let found = find(title, text).map(|c| (c.name, c.edition));
        assert_eq!(
            found,
            Some(("湿地保护法宣传周".to_owned(), Some(2))),
            "{title}"
        );
    }
    let found = find("关于印发《林场方案》宣传周安排的通知", "");
    assert!(found.is_none_or(|c| !c.name.contains("林场")));
}

#[test]
fn a_part_of_the_campaign_and_another_day() {
    let found = find(
        "关于开展乡镇机关节水宣传周活动的通知",
        "3月22日至28日是第三十个全国节水宣传周。",
    );
    assert_eq!(
        found.map(|c| (c.name, c.edition)),
        Some(("节水宣传周".to_owned(), Some(30)))
    );
    let found = find(
        "关于开展宪法宣传周活动的通知",
        "12月4日是第六个国家宪法日，当周为“宪法宣传周”。",
    );
    assert_eq!(found.map(|c| c.edition), Some(None));
    assert_eq!(
        name("关于做好网络安全宣传周进社区工作的通知").as_deref(),
        Some("网络安全宣传周")
    );
    assert_eq!(
        find("卫生工作要点", "以第20个爱国卫生月为载体，开展大扫除。"),
        None
    );
}

#[test]
fn a_year_within_quotes_is_left_out() {
    for (title, name) in [
        ("关于开展“净滩2023”专项行动的通知", "“净滩”专项行动"),
        ("关于开展“2023净滩”专项行动的通知", "“净滩”专项行动"),
        ("关于开展“净滩2023年”活动的通知", "净滩"),
        ("关于开展“净滩360”活动的通知", "净滩360"),
        ("关于开展“2023”专项行动的通知", "“2023”专项行动"),
    ] {
        assert_eq!(
            find(title, "").map(|c| c.name).as_deref(),
            Some(name),
            "{title}"
        );
    }
}

#[test]
fn titles_that_go_on_after_the_name() {
    for (title, want) in [
        ("关于征集2022年绵阳市科技活动周项目的通知", "科技活动周"),
        ("关于开展2013年世界卫生日主题活动的通知", "世界卫生日"),
        ("关于做好国家“防灾减灾日”活动的通知", "防灾减灾日"),
        ("关于表彰质量月优秀组织单位的通报", "质量月"),
        ("关于报送节水宣传周活动情况的通知", "节水宣传周"),
    ] {
        assert_eq!(name(title).as_deref(), Some(want), "{title}");
    }
    for title in ["关于做好生日慰问工作的通知", "关于办理公交月卡的通知"] {
        assert_eq!(name(title), None, "{title}");
    }
}

#[test]
fn quotes_within_a_theme_are_of_it() {
    let text = "关于开展护林月活动的通知\n各林场：\n一、活动主题\n守好一座“青山”  留住一片绿色\n二、活动时间\n6月。\n";
    let found = find("关于开展护林月活动的通知", text).unwrap();
    assert_eq!(found.theme.as_deref(), Some("守好一座“青山” 留住一片绿色"));
}

#[test]
fn a_first_edition_and_the_theme_for_china() {
    let found = find(
        "关于开展国家“防灾减灾日”活动的通知",
        "为做好我市首个国家“防灾减灾日”活动，现通知如下。",
    );
    assert_eq!(found.and_then(|c| c.edition), Some(1));
    let found = find(
        "关于组织世界卫生日活动的通知",
        "世界卫生组织将今年的主题确定为“健康同行”。中国宣传主题定为“人人健康 家家平安”。",
    );
    assert_eq!(
        found.and_then(|c| c.theme).as_deref(),
        Some("人人健康 家家平安")
    );
    let found = find(
        "关于举办科技活动周的通知",
        "一、时间与主题\n（一）2021年5月25-28日\n（二）主题\n科技为民 同心创新\n",
    );
    assert_eq!(
        found.and_then(|c| c.theme).as_deref(),
        Some("科技为民 同心创新")
    );
}

#[test]
fn a_cover_without_title() {
    let found = find(
        "",
        "各县区协会：\n现将《全市协会2025年全民禁毒宣传月工作方案》印发给你们。\n2025年是我省第二个法定全民禁毒宣传月，请认真组织。\n",
    );
    assert_eq!(
        found.map(|c| (c.name, c.edition)),
        Some(("全民禁毒宣传月".to_owned(), Some(2)))
    );
}

#[test]
fn one_series_over_the_years() {
    let key = series("安全生产月", Some("120119"), None);
    assert_eq!(
        key,
        series("“安全生产月”", Some("120119"), Some("区安委办"))
    );
    assert_ne!(key, series("安全生产月", Some("320400"), None));
    assert_ne!(
        series("质量月", None, Some("甲公司")),
        series("质量月", None, Some("乙公司"))
    );
}

proptest! {
    #[test]
    fn total(title in "[ “”\"第月周日一2年是主题为活动专项行动大讨论安全：\n]{0,60}", text in "\\PC{0,80}") {
        let _ = find(&title, &title);
        let _ = find(&title, &text);
        let _ = find(&text, &text);
    }

    #[test]
    fn found_once_found_again(name in "(安全生产|节水|爱国卫生)宣传(月|周|日)") {
        prop_assert_eq!(find(&format!("关于开展{name}活动的通知"), "").map(|c| c.name), Some(name));
    }
}
