//! The shape of one name: whether it can be a unit's, whether it is collective, what hangs at its end.

use crate::text::fold::is_blank;
use crate::text::words::Words;
use crate::text::words::words;

/// Last words of the names of units, as officials write them in lists.
static ENDINGS: Words = Words::new(&[
    "年级",
    "年级组",
    "教研组",
    "备课组",
    "中心组",
    "语文组",
    "数学组",
    "英语组",
    "外语组",
    "物理组",
    "化学组",
    "生物组",
    "政治组",
    "历史组",
    "地理组",
    "体育组",
    "音乐组",
    "美术组",
    "艺术组",
    "信息组",
    "局",
    "委",
    "办",
    "部",
    "厅",
    "院",
    "会",
    "府",
    "中心",
    "处",
    "室",
    "科",
    "股",
    "所",
    "站",
    "队",
    "校",
    "大学",
    "学院",
    "行",
    "社",
    "园",
    "园区",
    "开发区",
    "新区",
    "区",
    "街道",
    "镇",
    "乡",
    "县",
    "市",
    "省",
    "州",
    "盟",
    "旗",
    "村",
    "村居",
    "社区",
    "团",
    "联",
    "集团",
    "企业",
    "媒体",
    "单位",
    "部门",
    "机构",
    "机关",
    "台",
    "报",
    "馆",
    "组",
    "专班",
    "政法委",
    "党委",
    "党组",
    "支部",
    "人大",
    "政协",
    "工会",
    "妇联",
    "科协",
    "税务",
    "消防",
    "公安",
    "署",
    "库",
    "兵团",
    "军区",
    "总队",
    "支队",
    "大队",
    "中队",
    "街镇",
    "镇街",
    "乡镇",
    "地区",
    "各地",
    "平台",
    "组织",
    "团体",
    "商会",
    "基地",
    "林场",
    "农场",
    "港",
    "军分区",
    "海关",
    "海事",
    "银行",
    "分局",
    "总局",
    "中央",
    "最高检",
    "最高法",
    "作协",
    "辖市区",
    "板块",
    "属地",
    "主体",
    "高校",
    "院校",
    "幼儿园",
    "医院",
    "片区",
    "景区",
    "网格",
    "居委",
    "村委",
    "国资",
    "电力",
    "移动",
    "联通",
    "电信",
    "铁塔",
    "邮政",
    "铁路",
    "场",
    "县市",
    "市县",
    "区县",
    "县区",
    "市区",
    "省区市",
    "市州",
    "州市",
    "地市",
    "盟市",
    "旗县",
    "旗区",
    "部委",
    "各委办局",
    "学会",
    "功能区",
    "示范区",
    "管理区",
    "保税区",
    "矿区",
    "林区",
    "灌区",
    "电视",
    "卫视",
    "网",
    "报业",
    "城投",
    "水务",
    "海警",
    "交警",
    "疾控",
    "城管",
    "中学",
    "小学",
    "一中",
    "二中",
    "三中",
    "职中",
    "车间",
    "公路段",
    "工务段",
    "供电段",
    "车务段",
    "书店",
    "路政",
]);

/// What no name holds: these make a run of characters a sentence.
static SENTENCE: Words = Words::new(&[
    "要",
    "应当",
    "必须",
    "可以",
    "的",
    "了",
    "是否",
    "不得",
    "确保",
    "进一步",
    "开展",
    "做好",
    "加强",
    "推动",
    "完成",
    "报送",
    "切实",
    "认真",
    "明确",
    "提高",
    "负责人",
    "结合实际",
]);

/// Verbs that begin a sentence about a unit, where a name would begin with a place or a level.
static ACTS: Words = Words::new(&[
    "形成", "坚持", "实行", "构建", "安排", "指定", "成立", "设立", "抽调", "督促", "邀请", "鼓励",
    "引导", "协调", "动员", "依托", "通过", "委托", "建立", "健全", "组建", "强化", "完善", "落实",
    "压实", "建设", "打造", "利用", "充分", "积极", "做到", "以", "在", "优化", "深化", "细化",
    "加快", "促进", "整合", "提升", "突出", "聚焦", "围绕", "发挥", "丰富", "拓展",
]);

/// Words of collective names other than 各.
static COLLECTIVE: Words = Words::new(&[
    "有关",
    "相关",
    "成员单位",
    "全体",
    "全区",
    "全市",
    "全县",
    "全省",
    "全镇",
    "全街道",
    "其他",
    "所有",
    "属地",
    "所属",
    "下属",
    "辖区内",
]);

/// What closes a note behind a name.
pub(super) const CLOSERS: [char; 4] = ['）', ')', '】', '〕'];

/// The name without the brackets at its end: 各乡镇（街道） → 各乡镇.
pub(super) fn without_note(name: &str) -> &str {
    let mut name = name.trim_end_matches(is_blank);
    while name.ends_with(CLOSERS) {
        let Some(open) = name.rfind(['（', '(', '【', '〔']) else {
            break;
        };
        if open == 0 {
            break;
        }
        name = name[..open].trim_end_matches(is_blank);
    }
    name
}

/// Whether the characters can be the whole name of a unit, judged by their ends.
pub(super) fn looks_like_unit(name: &str) -> bool {
    let count = name.chars().take(41).count();
    if !(2..=40).contains(&count) || SENTENCE.is_in(name) {
        return false;
    }
    if name
        .match_indices('由')
        .any(|(at, _)| !name[..at].ends_with('自'))
    {
        return false;
    }
    if name.contains(['：', ':', '。', '？', '！', '=', '《', '》', '\t']) {
        return false;
    }
    let bare = without_note(name);
    // 各单位组织30人参加 tells how many come
    if bare.starts_with('各') && bare.chars().count() > 1 {
        return !bare.contains(|c: char| c.is_ascii_digit()) && !is_clause_of_each(bare);
    }
    ends_like_unit(bare)
}

/// Whether the words behind 各 say what each does or name its people, who are no unit: 各村安排保洁员, 各校师生.
fn is_clause_of_each(name: &str) -> bool {
    let people = words![
        "师生",
        "学生",
        "教师",
        "教职工",
        "职工",
        "员工",
        "干部",
        "群众",
        "党员",
        "人员",
        "代表",
        "家长",
        "居民",
        "村民",
        "专人",
        "保洁员",
        "网格员",
        "联络员",
        "护林员",
        "负责同志"
    ];
    let does = words![
        "安排",
        "选派",
        "指派",
        "指定",
        "确定",
        "配备",
        "设专人",
        "落实专人",
        "根据",
        "按照",
        "依据",
        "自行",
        "抽调",
        "要求",
        "督促"
    ];
    // 各选派单位, 各指定医院, 各镇督促检查组: the verb tells which
    let which = || {
        let verb = name.strip_prefix('各').is_some_and(|of| does.begin(of));
        verb && ends_like_unit(name)
            || words!["督促检查组", "督促指导组", "督促组", "指定医院", "指定机构"].end(name)
    };
    people.end(name) || does.is_in(name) && !which()
}

/// Whether the words are a kind of actor rather than a unit: 政府牵头、部门配合、社会参与 names nobody.
pub(super) fn is_general(name: &str) -> bool {
    static GENERAL: Words = Words::new(&[
        "政府",
        "部门",
        "社会",
        "企业",
        "家庭",
        "单位",
        "学校",
        "社区",
        "村",
        "机关",
        "市场",
        "群众组织",
        "社会组织",
        "行业",
        "公众",
        "群团",
        "党委",
        "机构",
        "媒体",
        "行业协会",
        "社会团体",
        "村居",
        "基层组织",
    ]);
    GENERAL.hold(name) || ACTS.begin(name)
}

/// Whether the characters end as a unit's name does.
pub(super) fn ends_like_unit(name: &str) -> bool {
    let bare = without_note(name);
    ENDINGS.end(bare) || is_firm_or_bureau(bare)
}

/// Whether the name ends in 司 as those of firms and of the bureaus of a ministry do: 甲公司, 规划司; 官司 and 上司 are
/// neither.
pub(super) fn is_firm_or_bureau(name: &str) -> bool {
    const OTHER: [char; 10] = ['官', '上', '祭', '土', '寿', '打', '有', '阴', '牧', '职'];
    name.strip_suffix('司').is_some_and(|head| {
        head.ends_with('公')
            || head == "各"
            || head.chars().nth(1).is_some() && !head.ends_with(OTHER)
    })
}

/// Whether the name stands for several units: 各乡镇, 有关部门, 成员单位.
pub(super) fn is_group(name: &str) -> bool {
    name.contains('各')
        || name.starts_with("地方")
        || COLLECTIVE.is_in(name)
        || [
            "街镇",
            "镇街",
            "村居",
            "乡镇",
            "部门",
            "企业",
            "媒体",
            "党支部",
            "社区",
            "村",
        ]
        .contains(&without_note(name))
}
