use super::*;
use proptest::prelude::*;

fn by_issuer(issuer: &str, text: &str) -> Resolution {
    let issuers = [issuer.to_owned()];
    resolve(&Evidence {
        issuers: &issuers,
        text,
        ..Evidence::default()
    })
}

#[test]
fn an_issuer_names_its_division() {
    use Level::*;
    for (issuer, code, level) in [
        ("广东省应急管理厅", "440000", Province),
        ("内蒙古应急管理厅", "150000", Province),
        ("顺德区市场监督管理局", "440606", County),
        ("中共湖南省委宣传部", "430000", Province),
        ("伊犁州消防救援支队", "654000", Prefecture),
        ("长阳县卫生健康局", "420528", County),
        ("鄂温克旗应急管理局", "150724", County),
        ("东莞市虎门镇人民政府", "441900", Township),
        ("仙桃市应急管理局", "429004", County),
        ("国家税务总局杭州市税务局", "330100", Prefecture),
        ("重庆市渝北区应急管理局", "500112", County),
        ("苏州工业园区管理委员会", "320500", County),
        ("古美路街道办事处", "310112", Township),
        ("新疆生产建设兵团应急管理局", "650000", Province),
        ("常州大学安全工作委员会", "320400", Organisation),
        ("公安县公安局", "421022", County),
        ("海南州人民政府", "632500", Prefecture),
        ("攀枝花市东区人民政府", "510402", County),
        ("中国（上海）自由贸易试验区管理委员会", "310000", County),
        ("台州市生态环境局温岭分局", "331081", County),
        ("绍兴市公安局柯桥区分局", "330603", County),
        ("深圳市公安局南山分局", "440305", County),
        ("桐乡市公安局崇福分局", "330483", County),
        ("国网宁乡市供电公司", "430182", Organisation),
        ("中国移动新乡分公司", "410700", Organisation),
        ("中国农业银行股份有限公司桐庐县支行", "330122", Organisation),
        ("国网浙江省电力有限公司温岭供电公司", "331081", Organisation),
        ("浙江省烟草公司台州市公司", "331000", Organisation),
        ("浙江省烟草公司", "330000", Organisation),
        ("浙江甲乙集团南昌分公司", "360100", Organisation),
        ("中国人寿保险股份有限公司桐庐支公司", "330122", Organisation),
        ("新疆生产建设兵团第八师石河子市教育局", "659001", County),
        ("新疆生产建设兵团第八师教育局", "650000", Province),
    ] {
        let found = by_issuer(issuer, "");
        assert_eq!(found.code.as_deref(), Some(code), "{issuer}");
        assert_eq!(found.level, Some(level), "{issuer}");
    }
}

#[test]
fn an_affair_is_no_place() {
    let found = by_issuer("台湾事务办公室", "");
    assert_eq!(found.code, None);
}

#[test]
fn a_town_that_bears_a_countys_name_is_a_town() {
    // 松江镇 lies in four counties, none of them 松江区
    let found = by_issuer("松江镇人民政府", "");
    assert_eq!(
        (found.code.as_deref(), found.level),
        (None, Some(Level::Township))
    );
    let found = by_issuer("松江镇人民政府", "请到蛟河市松江镇办理，咨询蛟河市林业局。");
    assert_eq!(found.code.as_deref(), Some("220281"));
    // a county's organ keeps its county
    let found = by_issuer("松江区乡镇企业局", "");
    assert_eq!(found.code.as_deref(), Some("310117"));
    assert_eq!(
        by_issuer("平潭乡村振兴局", "").code.as_deref(),
        Some("350128")
    );
}

#[test]
fn an_earlier_name_keeps_its_code() {
    let found = by_issuer("蓟县人民政府", "");
    assert_eq!(found.code.as_deref(), Some("120225"));
    assert_eq!(found.path, ["天津市", "蓟县"]);
    assert_eq!(table::table().today(120_225), 120_119);
    assert_eq!(
        by_issuer("卢湾区教育局", "").code.as_deref(),
        Some("310103")
    );
}

#[test]
fn organs_of_state_have_no_division() {
    for issuer in [
        "国务院安全生产委员会",
        "应急管理部",
        "教育部办公厅",
        "中央文明办",
        "国家税务总局",
    ] {
        let found = by_issuer(issuer, "深入伊犁州、常州市开展检查");
        assert_eq!(
            (found.code, found.level),
            (None, Some(Level::National)),
            "{issuer}"
        );
    }
}

#[test]
fn the_rest_of_the_notice_tells_what_the_issuer_leaves_unsaid() {
    for (issuer, text, code) in [
        (
            "鼓楼区应急管理局",
            "福州市应急管理局要求，福州市各区",
            "350102",
        ),
        ("城关镇人民政府", "榆中县应急管理局 兰州市", "620123"),
        (
            "市教育局",
            "溧阳市各学校。溧阳市教育局。常州市教育局",
            "320481",
        ),
        (
            "市教育局",
            "常州市各学校，武进区、溧阳市、金坛区教育局",
            "320400",
        ),
        ("区安委办", "上海市长宁区各街道", "310105"),
        ("自治区教育厅", "南宁市、柳州市、桂林市教育局", "450000"),
        ("县人民政府办公室", "岳阳县各乡镇", "430621"),
    ] {
        assert_eq!(
            by_issuer(issuer, text).code.as_deref(),
            Some(code),
            "{issuer}：{text}"
        );
    }
    let issuers = ["市工业和信息化局".to_owned()];
    let phones = ["0519-85680000".to_owned()];
    let found = resolve(&Evidence {
        issuers: &issuers,
        phones: &phones,
        ..Evidence::default()
    });
    assert_eq!(found.code.as_deref(), Some("320400"));
}

#[test]
fn nothing_is_guessed() {
    let found = by_issuer("鼓楼区应急管理局", "各街道");
    assert_eq!(found.code, None);
    let (name, codes) = found.ambiguous.unwrap_or_default();
    assert_eq!((name.as_str(), codes.len()), ("鼓楼区", 4));
    assert_eq!(by_issuer("区安委办", "上海市").code, None);
    assert_eq!(resolve(&Evidence::default()), Resolution::default());
}

#[test]
fn chains_in_running_text() {
    for (text, name, code) in [
        (
            "请寄江西省赣州市章贡区某路1号",
            "江西省赣州市章贡区",
            "360702",
        ),
        ("江苏苏州昆山", "江苏苏州昆山", "320583"),
        ("山东 济南 历下区", "山东 济南 历下区", "370102"),
        ("吉林长春朝阳区", "吉林长春朝阳区", "220104"),
        ("内蒙古鄂尔多斯东胜", "内蒙古鄂尔多斯东胜", "150602"),
        ("襄樊市", "襄樊市", "420600"),
        ("合肥市场监管", "合肥", "340100"),
    ] {
        let found = find(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(
            (found[0].span.of(text), found[0].code.as_str()),
            (name, code)
        );
    }
}

#[test]
fn words_that_are_no_places() {
    for text in [
        "北京时间8时",
        "南京路步行街",
        "海南岛旅游",
        "会同有关部门",
        "中华人民共和国公安部",
        "我市和县级机关",
        "管理县级项目",
        "推动形成县乡村三级",
        "平安建设和平安校园",
        "长治久安",
        "朝阳区",
        "32号",
        "",
    ] {
        assert_eq!(find(text), [], "{text}");
    }
}

#[test]
fn every_full_name_of_today_reads_back() {
    for row in table::rows(include_str!("data/divisions.tsv")) {
        let (code, name) = (row[0], row[1]);
        let number: u32 = code.parse().unwrap_or(0);
        let path = table::table().path(number);
        assert_eq!(path.last().map(String::as_str), Some(name));
        let whole = path.concat();
        let found = by_issuer(&format!("{whole}人民政府"), "");
        assert_eq!(found.code.as_deref(), Some(code), "{whole}");
    }
}

#[test]
fn every_earlier_division_links_to_one_of_today() {
    for row in table::rows(include_str!("data/earlier.tsv")) {
        let code: u32 = row[0].parse().unwrap_or(0);
        let today = table::table().today(code);
        assert_eq!(table::table().today(today), today, "{row:?}");
    }
}

#[test]
fn towns_are_found_from_the_first_to_the_last() {
    let lines = include_str!("data/towns.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'));
    for line in lines.step_by(97) {
        let (name, codes) = line.split_once('\t').unwrap_or_default();
        let found: Vec<String> = table::towns(name).iter().map(u32::to_string).collect();
        assert_eq!(found.join(","), codes);
    }
    for name in ["", "#", "无此镇名镇", "龥龥镇", "A"] {
        assert!(table::towns(name).is_empty());
    }
}

proptest! {
    #[test]
    fn total(issuer in "\\PC{0,30}", text in "[市县区旗州镇乡街道北京朝阳吉林海南 ，a0-9\n]{0,80}") {
        let _ = by_issuer(&issuer, &text);
        let _ = by_issuer(&text, &issuer);
        for found in find(&text) {
            prop_assert!(!found.span.of(&text).is_empty());
            prop_assert!(!found.path.is_empty());
        }
    }
}

#[test]
fn a_division_keeps_the_code_of_its_year() {
    let in_year = |issuer: &str, year| {
        let issuers = [issuer.to_owned()];
        let found = resolve(&Evidence {
            issuers: &issuers,
            year: Some(year),
            ..Evidence::default()
        });
        (found.code.unwrap_or_default(), found.today, found.level)
    };
    let prefecture = Some(Level::Prefecture);
    let county = Some(Level::County);
    let today = |code: &str| Some(code.to_owned());
    assert_eq!(
        in_year("巢湖市水务局", 2009),
        ("341400".to_owned(), today("340181"), prefecture)
    );
    assert_eq!(
        in_year("巢湖市水务局", 2019),
        ("340181".to_owned(), None, county)
    );
    assert_eq!(
        in_year("双流县水务局", 2011),
        ("510122".to_owned(), today("510116"), county)
    );
    assert_eq!(
        in_year("杭州市水务局", 2009),
        ("330100".to_owned(), None, prefecture)
    );
    assert_eq!(
        in_year("襄樊市水务局", 2008),
        ("420600".to_owned(), None, prefecture)
    );
}

#[test]
fn a_town_lies_in_the_county_that_its_upper_notice_is_of() {
    let citations = ["甲村防汛预案".to_owned(), "双流县河长制实施方案".to_owned()];
    let evidence = Evidence {
        title: "青林镇河长制实施方案",
        citations: &citations,
        text: "进一步加强我镇河渠管护，在全镇推行河长制。",
        year: Some(2011),
        ..Evidence::default()
    };
    assert_eq!(resolve(&evidence).code.as_deref(), Some("510122"));
    let silent = Evidence {
        text: "加强河渠管护。",
        ..evidence
    };
    assert_eq!(resolve(&silent).code, None);
}
