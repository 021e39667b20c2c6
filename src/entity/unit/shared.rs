//! Names whose last word several members of a list share: they are one name together, as 各省、自治区人民政府 is.

use super::list::Member;
use super::list::after_divisions;
use super::name::ends_like_unit;
use super::name::without_note;
use crate::text::fold::is_han;
use crate::text::words::Words;
use crate::text::words::words;

/// Whether the name is that of an organ in a zone which stands beside divisions, so that they share the organ:
/// 各市、县、甲经济开发区教育局. The zone's own committee is its own: 各县、甲开发区管委会.
pub(super) fn is_organ_of_zone(name: &str) -> bool {
    static ZONES: Words = Words::new(&[
        "林区",
        "新区",
        "实验区",
        "试验区",
        "示范区",
        "开发区",
        "高新区",
        "经开区",
        "合作区",
        "管理区",
    ]);
    let own = words![
        "管委会",
        "管理委员会",
        "管委",
        "工委",
        "党委",
        "行署",
        "单位",
        "部门"
    ];
    let Some((at, zone)) = ZONES.rfind(name) else {
        return false;
    };
    let organ = &name[at + zone.len()..];
    ends_like_unit(organ) && !own.end(organ) && !organ.contains(['各', '有', '和', '及', '区'])
}

/// Levels below the county that have the same organs.
static TOWNS: Words = Words::new(&[
    "乡镇", "镇街", "乡", "镇", "街道", "园区", "农场", "林场", "苏木", "团场",
]);
static VILLAGES: Words = Words::new(&["村居", "村", "社区"]);

/// 各镇、街道妇联: levels that share the organ are one name; 各镇、街道办事处 are two, as an office is of a 街道 alone.
pub(super) fn join_levels(text: &str, members: &mut Vec<Member>) {
    let mut listed = members.iter().skip(1);
    let is_level = |name: &str| TOWNS.begin(name) || VILLAGES.begin(name);
    if !listed.any(|m| m.before == '、' && is_level(m.span.of(text))) {
        return;
    }
    let level = |name: &str, levels: &Words| levels.hold(without_note(name));
    let mut out: Vec<Member> = Vec::with_capacity(members.len());
    let mut at = 0;
    while at < members.len() {
        let mut first = members[at];
        let rest = &members[at + 1..];
        at += 1;
        let name = first.span.of(text).strip_prefix('各');
        let levels = [&TOWNS, &VILLAGES]
            .into_iter()
            .find(|levels| name.is_some_and(|name| level(name, levels)));
        if let Some(levels) = levels {
            let bare = |m: &&Member| m.before == '、' && level(m.span.of(text), levels);
            let run = rest.iter().take(4).take_while(bare).count();
            let shares = |m: &&Member| {
                m.before == '、' && levels.strip(m.span.of(text)).is_some_and(is_shared_organ)
            };
            if let Some(last) = rest.get(run).filter(shares) {
                first.span.end = last.span.end;
                at += 1 + run;
            }
        }
        out.push(first);
    }
    *members = out;
}

/// Whether each of the levels has such an organ.
fn is_shared_organ(organ: &str) -> bool {
    let own = words![
        "办事处",
        "管委会",
        "党工委",
        "居委会",
        "居民委员会",
        "村委会",
        "办"
    ];
    let whole = words!["直", "属", "各", "有关", "卫生服务", "级", "（"].begin(organ);
    organ.chars().nth(1).is_some() && !own.hold(organ) && !whole && ends_like_unit(organ)
}

/// 各省、自治区教育、公安、交通运输主管部门: fields that share the organ's last word are one name.
pub(super) fn join_departments(text: &str, members: &mut Vec<Member>) {
    const MOST: usize = 9;
    let mut listed = members.iter().skip(1);
    if !listed.any(|m| m.before == '、' && shares_organ(m.span.of(text))) {
        return;
    }
    let fields = |m: &Member| {
        let name = m.span.of(text);
        m.before == '、'
            && (2..=10).contains(&name.chars().take(11).count())
            && name.chars().all(is_han)
            && !OTHERS.begin(name)
    };
    // 各县教育, but 各县教育局 is whole
    let is_field = |name: &str| {
        let name = name
            .rsplit(['各', '、', '）', ')'])
            .next()
            .unwrap_or_default();
        let name = name.rsplit("兵团").next().unwrap_or_default();
        let field = after_divisions(name).1;
        // 各商户, 各农户 are many of one kind
        (2..=10).contains(&field.chars().take(11).count())
            && is_bare(field)
            && !words!["户", "店", "员", "者", "民", "方", "点", "主"].end(field)
    };
    let mut out: Vec<Member> = Vec::with_capacity(members.len());
    let mut at = 0;
    while at < members.len() {
        let mut first = members[at];
        let rest = &members[at + 1..];
        at += 1;
        let name = first.span.of(text);
        if rest.first().is_some_and(|m| m.before == '、') && name.contains('各') && is_field(name)
        {
            let run = rest.iter().take(MOST);
            let run = run.take_while(|m| fields(m) && is_bare(m.span.of(text)));
            let run = run.count();
            let last = rest.get(run).filter(|m| {
                m.before == '、' && shares_organ(m.span.of(text)) && m.span.of(text).len() <= 72
            });
            if let Some(last) = last {
                first.span.end = last.span.end;
                at += 1 + run;
            }
        }
        out.push(first);
    }
    *members = out;
}

/// What begins names that share nothing with those before them.
static OTHERS: Words = Words::new(&[
    "各", "有关", "相关", "其他", "其它", "市直", "县直", "区直", "省直", "市级", "县级", "区级",
    "省级", "市属", "县属", "区属", "省属", "驻",
]);

/// Whether the word is a field of work without the organ: 教育, 交通运输.
fn is_bare(field: &str) -> bool {
    !ends_like_unit(field)
        || words!["公安", "税务", "消防", "水务", "海事", "邮政", "城管"].end(field)
}

/// 交通运输主管部门, 公安厅（局）: the last of several fields, with what they share.
fn shares_organ(name: &str) -> bool {
    let shared = words![
        "主管部门",
        "行政部门",
        "管理部门",
        "部门",
        "厅（局）",
        "厅(局)",
        "厅（局、委）",
        "厅（委）",
        "厅(委)",
        "厅（委、局）",
        "厅局",
        "局（委）"
    ];
    let field = shared.strip_end(name);
    field.is_some_and(|field| field.chars().nth(1).is_some() && is_bare(field))
        && !OTHERS.begin(name)
}

/// What those do who are told apart by it, so that the word needs one for who they are: 施工 单位, but 商户, 工地, 网点
/// stand alone.
static TRADES: Words = Words::new(&[
    "施工", "监理", "勘察", "设计", "建设", "代建", "检测", "检验", "监测", "测绘", "咨询", "造价",
    "评估", "认证", "审图", "招标", "生产", "加工", "制造", "经营", "销售", "批发", "零售", "流通",
    "运输", "仓储", "储存", "物流", "快递", "寄递", "邮政", "客运", "货运", "使用", "维保", "养护",
    "管理", "运营", "开发", "养殖", "种植", "屠宰", "餐饮", "住宿", "旅游", "商贸", "金融", "保险",
    "证券", "通信", "电力", "供水", "供电", "供气", "供热", "燃气", "冶金", "有色", "建材", "机械",
    "轻工", "纺织", "化工", "医疗", "教育", "教学", "培训", "科研", "养老", "托育", "公办", "民办",
    "国有", "民营", "临床", "医技", "行政", "职能", "护理", "后勤", "高等", "中等", "本科", "高职",
    "大型", "中型",
]);

/// 各施工、监理企业: kinds that share their last word are one name, as 各省、自治区人民政府 is.
pub(super) fn join_kinds(text: &str, members: &mut Vec<Member>) {
    const KINDS: [&str; 7] = ["企业", "单位", "机构", "公司", "院校", "学校", "科室"];
    const MOST: usize = 5;
    let short = |m: &Member| {
        let name = m.span.of(text);
        (2..=4).contains(&name.chars().take(5).count())
            && !ends_like_unit(name)
            && name.chars().all(is_han)
    };
    let mut out: Vec<Member> = Vec::with_capacity(members.len());
    let mut at = 0;
    while at < members.len() {
        let mut first = members[at];
        let rest = &members[at + 1..];
        let name = first.span.of(text);
        let kind = name.strip_prefix('各').filter(|kind| {
            (2..=4).contains(&kind.chars().take(5).count())
                && TRADES.end(kind)
                && kind.chars().all(is_han)
                && !kind.starts_with(['省', '市', '县', '区', '州'])
        });
        let run = rest
            .iter()
            .take(MOST)
            .take_while(|m| m.before == '、' && short(m));
        let run = run.count();
        let last = rest.get(run).filter(|m| {
            let name = m.span.of(text);
            m.before == '、'
                && KINDS
                    .iter()
                    .any(|kind| name.ends_with(kind) && name.len() > kind.len())
                && name.chars().take(9).count() <= 8
                && !name.contains(['各', '有', '相', '其'])
        });
        at += 1;
        if let (Some(_), Some(last)) = (kind, last) {
            first.span.end = last.span.end;
            at += 1 + run;
        }
        out.push(first);
    }
    *members = out;
}

#[cfg(test)]
mod tests {
    use crate::entity::unit::split_names;
    use crate::span::Span;

    fn of(list: &str) -> Vec<String> {
        let names = split_names(list, Span::new(0, list.len()));
        names.into_iter().map(|n| n.1).collect()
    }

    #[test]
    fn what_shares_its_organ_is_one_name() {
        for list in [
            "各市、州、直管市、乙林区应急管理局",
            "各设区市、乙综合实验区教育局",
            "各县（市、区）、高新区教育局",
            "各省、自治区、直辖市、新疆生产建设兵团科技、教育、文化和旅游主管部门",
            "各市、县（市、区）发展改革、教育、公安部门",
            "各省、自治区、直辖市公安、交通运输厅（局）",
            "各临床、医技、行政职能科室",
            "各镇、街道妇联",
            "各乡（镇）、街道、园区安委会",
            "各乡镇、街道党（工）委",
            "各村、社区党支部",
            "各乡镇、农场人民政府",
        ] {
            assert_eq!(of(list), [list]);
        }
    }

    #[test]
    fn what_is_whole_stands_alone() {
        for list in [
            "各县（市、区）、高新区管委会",
            "各县、开发区管理委员会",
            "各县市区、市直各部门",
            "各县教育局、有关部门",
            "各乡镇、开发区直属单位",
            "各科室、护理单元",
            "各镇、街道办事处",
            "各镇、园区管委会",
            "各村、镇人民政府",
            "各村、社区居委会",
            "各乡镇、街道",
            "各村、社区卫生服务中心",
            "各镇、镇直单位",
        ] {
            assert_eq!(of(list).len(), 2, "{list}");
        }
        assert_eq!(of("各中小学、幼儿园、教育部门").len(), 3);
        assert_eq!(of("各商户、市场监管、公安部门").len(), 3);
    }

    #[test]
    fn what_ties_a_name_to_those_before_it_is_not_of_it() {
        assert_eq!(
            of("县教育局，并各民办学校，及县直单位"),
            ["县教育局", "各民办学校", "县直单位"]
        );
        assert_eq!(
            of("和平区教育局，和县公安局"),
            ["和平区教育局", "和县公安局"]
        );
    }
}
