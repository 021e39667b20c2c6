//! Offices of an organ, a school or a hospital, which a bracket may name without a label.

use super::list;
use super::member;
use super::name::ends_like_unit;
use super::name::looks_like_unit;
use super::name::without_note;
use crate::span::Span;
use crate::text::words::Words;
use crate::text::words::words;

/// Whether every member is an office of an organ, a school or a hospital (计财科, 教务处), or a collective name of such.
/// Teams (语文组) are told from the groups of a contest by an office of another sort beside them.
pub(super) fn all_offices(text: &str, list: Span) -> bool {
    let names = list::split_names(text, list);
    let bare: Vec<&str> = names
        .iter()
        .map(|(_, n)| without_note(&n[..member::trimmed_len(n)]))
        .collect();
    bare.iter().any(|n| is_office(n) && !is_team(n))
        && bare
            .iter()
            .all(|n| looks_like_unit(n) && (is_office(n) || is_short_office(n)))
        // 举行诵读比赛。（一年级、二年级）: who takes part, where 教务处 beside them would be who holds it
        && !(bare.iter().all(|n| is_of_school(n)) && tells_of_contest(text, list.start))
}

/// Whether the words are an office's by its short name, which stands in a bracket only beside others.
fn is_short_office(name: &str) -> bool {
    matches!(
        name,
        "工会" | "团委" | "妇联" | "年级" | "支部" | "科室" | "处室"
    ) || name.chars().nth(2).is_some()
        && name.ends_with('组')
        && ends_like_unit(name)
        && !competes(name)
}

/// Whether the name is a team's, which a contest or an award may have too: 语文组, 教研组, but not 理论中心组 or 各教研组.
fn is_team(name: &str) -> bool {
    name.ends_with('组') && !name.ends_with("中心组") && !name.starts_with('各')
}

/// Whether the name is of pupils and their teachers: 一年级, 各年级组, 语文组.
pub(super) fn is_of_school(name: &str) -> bool {
    name.ends_with("年级")
        || name.ends_with('班')
        || name.ends_with("班级")
        || name.ends_with('组') && !name.ends_with("中心组")
}

/// Whether the words are a group of a contest, or what is judged: 低年级组, 小学组, 第一组, 优秀教研组.
fn competes(name: &str) -> bool {
    if words!["优秀", "先进", "最佳", "获奖", "参赛"].begin(name) {
        return true;
    }
    let Some(of) = words!["年级段组", "年级组", "年级", "学段组", "段组", "组"].strip_end(name)
    else {
        return false;
    };
    // 高一年级组 and 小学语文组 are teams
    words![
        "低",
        "中",
        "高",
        "低段",
        "中段",
        "高段",
        "小学",
        "中小学",
        "初中",
        "高中",
        "中学",
        "大学",
        "高校",
        "学前",
        "幼儿",
        "少儿",
        "儿童",
        "少年",
        "青年",
        "成人",
        "老年",
        "男子",
        "女子",
        "教师",
        "学生",
        "个人",
        "集体",
        "团体",
    ]
    .hold(of)
        || of.starts_with('第') && name.ends_with('组')
}

/// Whether the sentence before the bracket, whose content begins at byte `at`, speaks of a contest or an award.
pub(super) fn tells_of_contest(text: &str, at: usize) -> bool {
    static CONTESTS: Words = Words::new(&[
        "比赛", "竞赛", "大赛", "决赛", "预赛", "初赛", "复赛", "联赛", "参赛", "赛事", "赛课",
        "分组", "组别", "评选", "评优", "评比", "评先", "评奖", "评出", "获奖", "奖项", "表彰",
    ]);
    const LONGEST: usize = 600;
    let before = &text[super::floor(text, at.saturating_sub(LONGEST))..at];
    let line = before.rsplit('\n').next().unwrap_or_default();
    // the bracket's own mark, and the stop before it
    let mut sentence = line.trim_end_matches(|c: char| !c.is_alphanumeric());
    if let Some(stop) = sentence.rfind(['。', '；', '！']) {
        sentence = &sentence[stop..];
    }
    CONTESTS.is_in(sentence)
}

/// Whether the words name an office: what a bracket without a label may hold. A kind of place or of ward is none (教室,
/// 各类学校), nor is what only explains (含校医室, 如门卫室).
fn is_office(name: &str) -> bool {
    const OFFICES: &[&str] = &[
        "局",
        "委",
        "办",
        "科",
        "处",
        "股",
        "厅",
        "部",
        "办公室",
        "处室",
        "科室",
        "研究室",
        "教研室",
        "中心",
        "院",
        "大队",
        "支队",
        "总队",
        "中队",
        "工会",
        "妇联",
        "团委",
        "所",
        "站",
        "街道",
        "镇",
        "乡",
        "年级",
        "年级组",
        "教研组",
        "备课组",
        "中心组",
        "党委",
        "支部",
        "病区",
        "学院",
        "部门",
        "单位",
        "村",
        "社区",
    ];
    const PLACES: &[&str] = &[
        "到处",
        "住处",
        "各处",
        "好处",
        "内部",
        "外部",
        "全部",
        "干部",
        "局部",
        "底部",
        "俱乐部",
        "本科",
        "专科",
        "内科",
        "外科",
        "场所",
        "厕所",
        "诊所",
        "法院",
        "医院",
        "影院",
        "剧院",
        "养老院",
        "福利院",
        "敬老院",
        "庭院",
        "院所",
        "寺院",
        "加油站",
        "车站",
        "加气站",
        "服务站",
        "充电站",
        "变电站",
        "客厅",
        "餐厅",
        "大厅",
        "展厅",
        "歌舞厅",
        "放映厅",
        "会所",
        "派出所站",
        "网格",
        "购物中心",
        "商业中心",
        "自然村",
        "行政村",
        "城中村",
        "市中心",
        "区中心",
        "大局",
        "格局",
        "书院",
        "小部",
        "门市部",
        "林科",
    ];
    const EXPLAINS: &[&str] = &[
        "含", "如", "包括", "见", "详", "除", "不", "原", "以", "即", "及", "或", "和", "指",
        "各类", "各种", "现", "非",
    ];
    let bare = without_note(name);
    let long =
        bare.chars().nth(2).is_some() || bare.starts_with('各') && bare.chars().nth(1).is_some();
    long && bare.chars().take(17).count() <= 16
        && OFFICES.iter().any(|e| bare.ends_with(e))
        && !PLACES.iter().any(|e| bare.ends_with(e))
        && !EXPLAINS.iter().any(|w| bare.starts_with(w))
        && !competes(bare)
}
