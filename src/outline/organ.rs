//! Organs: whether a short line reads as the name of one.

use crate::text::fold;
use crate::text::words::Words;
use crate::text::words::words;

/// Whether a short line reads as the name of one organ, or of several parted by blanks.
#[must_use]
pub fn is_organ(line: &str) -> bool {
    if line.len() <= LONGEST_ORGANS {
        return is_organ_name(line.trim());
    }
    let mut pieces = line.split(fold::is_blank).filter(|p| !p.is_empty());
    line.len() < 3000 && pieces.all(is_organ_name)
}

/// The name of an organ, or of several run together, holds at most so many bytes.
const LONGEST_ORGANS: usize = 360;

fn is_organ_name(name: &str) -> bool {
    // most lines are told by their last character
    if !ENDS.end(name) && !name.ends_with(['）', ')', '中', '章']) {
        return false;
    }
    // （代章）, （盖章） stand behind a name that is not stamped
    let name = match name.rfind(['（', '(']) {
        Some(at) if at > 0 && name[at..].contains('章') => name[..at].trim_end(),
        _ => name.trim_end_matches(['）', ')']),
    };
    let tells = |c| matches!(c, '。' | '：' | ':' | '；' | '，' | '？' | '！');
    // 0999-8000001（县林业局）
    let is_phone = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_digit())
            && name.bytes().filter(u8::is_ascii_digit).count() >= 7
    };
    (4..=LONGEST_ORGANS).contains(&name.len())
        && (ENDS.end(name) && !is_other(name) || is_school(name))
        && !fold::marks(name).any(|(_, c)| tells(c))
        && !is_phone(name)
}

/// Offices that only schools have, by their names.
pub static SCHOOL_OFFICES: Words = Words::new(&[
    "教务处",
    "学生处",
    "人事处",
    "保卫处",
    "科研处",
    "后勤处",
    "财务处",
    "招生办",
    "研究生院",
    "政教处",
    "德育处",
    "总务处",
    "教导处",
    "教科室",
]);

/// Whether the second name is an office or a branch within the first, without its place: 甲大学 教务处, 甲公司 乙分公司,
/// 甲县人民医院 护理部.
#[must_use]
pub fn is_office_of(organ: &str, name: &str) -> bool {
    const LONGEST: usize = 8;
    let places = ['省', '市', '县', '区', '镇', '乡'];
    let branch = words!["分公司", "支公司", "分行", "支行"].end(name)
        && !organ.ends_with("分公司")
        && words!["公司", "银行"].end(organ);
    let school = words!["大学", "学院", "学校", "大学）", "学院）"].end(organ);
    let of_school = || {
        SCHOOL_OFFICES.hold(name) || words!["团委", "办公室", "学生工作部", "后勤保障部"].hold(name)
    };
    let house = words!["医院", "卫生院", "保健院"].end(organ);
    let of_house = words![
        "护理部",
        "医务科",
        "医务处",
        "医务部",
        "医教科",
        "科教科",
        "科教处",
        "感控科",
        "院感科",
        "质控科",
        "保卫科",
        "总务科",
        "人事科",
        "办公室",
        "药学部",
        "药剂科",
        "检验科",
        "感染管理科",
        "健康管理中心"
    ];
    let firm = words!["公司", "集团", "银行"].end(organ);
    let of_firm = words![
        "安全部",
        "安环部",
        "安监部",
        "生产部",
        "工程部",
        "综合部",
        "财务部",
        "人事部",
        "行政部",
        "技术部",
        "人力资源部",
        "综合管理部",
        "安全环保部",
        "安全管理部",
        "安全生产部",
        "党群工作部",
        "市场部",
        "办公室"
    ];
    let office =
        school && of_school() || house && of_house.hold(name) || firm && of_firm.hold(name);
    branch || office && name.chars().count() <= LONGEST && !name.contains(places)
}

/// Whether what ends with 科 or 股 is a kind of learning or healing, or what is done with shares: 学科, 入股.
fn is_other(name: &str) -> bool {
    static KINDS: Words = Words::new(&[
        "学科", "百科", "内科", "外科", "本科", "专科", "儿科", "妇科", "全科", "文科", "理科",
        "入股", "控股", "持股", "参股", "折股", "扩股", "配股", "募股", "退股",
    ]);
    let Some(kind) = KINDS.ending(name) else {
        return false;
    };
    // 财务管理科, 生产安全科, 非税收入股, 疾控股 are offices
    let office = match kind {
        "理科" => words![
            "管", "办", "审", "受", "护", "修", "治", "处", "代", "清", "整", "监"
        ],
        "文科" => words!["公", "人", "外"],
        "学科" => words!["教", "科"],
        "全科" => words!["安", "保"],
        "本科" => words!["资", "成"],
        "外科" => words!["涉", "对"],
        "入股" => words!["收"],
        "控股" => words!["疾", "防", "管", "内", "监"],
        _ => return true,
    };
    !office.end(&name[..name.len() - kind.len()])
}

/// 甲县一中, 甲大附中, 乙市实验中: a school by its short name.
fn is_school(name: &str) -> bool {
    let Some(before) = name.strip_suffix('中') else {
        return false;
    };
    // 正在实验中, 在全县实验中 go on
    if let Some(place) = before.strip_suffix("实验") {
        return words!["省", "市", "县", "区", "州", "旗", "镇", "乡"].end(place)
            && place.chars().nth(1).is_some()
            && !words!["在", "全", "各", "本", "该"].is_in(place);
    }
    before.len() > "甲".len() * 2
        && words![
            "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "附"
        ]
        .end(before)
}

/// The characters that names of organs end with.
static ENDS: Words = Words::new(&[
    "局", "会", "府", "办", "室", "处", "厅", "院", "部", "委", "心", "司", "队", "团", "所", "校",
    "站", "社", "行", "署", "联", "盟", "馆", "组", "厂", "园", "区", "镇", "乡", "村", "央", "学",
    "协", "关", "台", "场", "店", "科", "股", "总支",
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organs_are_told_from_sentences() {
        assert!(is_organ("甲县林业局") && is_organ("甲县林业局  甲县公安局"));
        assert!(is_organ("甲县林业局（代章）") && is_organ("甲县林业局  甲县公安局（代章）"));
        assert!(is_organ("甲县教育局人事科") && is_organ("甲县一中"));
        assert!(is_organ("甲中学党总支") && !is_organ("全年收支"));
        assert!(!is_organ("请报县林业局。") && !is_organ("局"));
        assert!(!is_organ("小学英语学科") && !is_organ("集中"));
        assert!(!is_organ("0999-8000001（县林业局）") && is_organ("110指挥中心"));
    }
    #[test]
    fn shares_and_learning_are_no_offices() {
        for name in [
            "农村集体土地入股",
            "国有企业相对控股",
            "职工持股",
            "资产量化折股",
            "高考文科",
            "普通高中理科",
            "小学科学学科",
        ] {
            assert!(!is_organ(name), "{name}");
        }
        for name in [
            "甲县教育局财务管理科",
            "甲公司安全科",
            "甲县卫生局疾控股",
            "甲县财政局非税收入股",
            "甲县教育局体卫艺股",
            "甲市外事办涉外科",
            "甲区教育局教学科",
        ] {
            assert!(is_organ(name), "{name}");
        }
    }

    #[test]
    fn schools_by_their_short_names() {
        for name in ["甲县一中", "乙市实验中", "甲大附中"] {
            assert!(is_organ(name), "{name}");
        }
        for name in [
            "正在实验中",
            "仍在全县实验中",
            "各市实验中",
            "实验中",
            "集中",
        ] {
            assert!(!is_organ(name), "{name}");
        }
    }
}
