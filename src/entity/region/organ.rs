//! The name of an organ: where it is, how high it stands, and what it leaves unsaid (市工信局: which 市?).

use super::Level;
use super::find::Place;
use super::find::Site;
use super::find::chain;
use super::find::places;
use super::find::rank;
use super::table::rows;
use super::table::table;
use super::table::towns;
use crate::text::fold::without_blanks;
use crate::text::words::Words;
use crate::text::words::words;
use std::sync::LazyLock;

/// The kind of division that an organ names without saying which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Scope {
    /// 省
    Province,
    /// 自治区
    Autonomous,
    /// 市: a municipality, a prefecture or a county-level city
    City,
    /// 州, 盟, 地区
    Prefecture,
    /// 区: a district, an autonomous region or a zone
    District,
    /// 县
    County,
    /// 旗
    Banner,
    /// 乡, 镇, 街道
    Town,
}

/// What an organ's name says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Organ {
    /// The name that was understood as a place.
    pub(super) place: String,
    /// What it could be; empty when no place is named.
    pub(super) codes: Vec<u32>,
    /// The level that the name alone shows.
    pub(super) level: Option<Level>,
    /// What is left unsaid.
    pub(super) scope: Option<Scope>,
}

static NATIONAL: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    rows(include_str!("data/national.tsv"))
        .filter_map(|r| r.first().copied())
        .collect()
});

static PARTY: Words = Words::new(&[
    "中共",
    "中国共产党",
    "中国共产主义青年团",
    "共青团",
    "中国人民政治协商会议",
    "政协",
    "中华人民共和国",
    "中国人民解放军",
    "中国民主同盟",
]);
const SCOPES: [(&str, Scope); 16] = [
    ("自治区", Scope::Autonomous),
    ("自治州", Scope::Prefecture),
    ("自治县", Scope::County),
    ("自治旗", Scope::Banner),
    ("省", Scope::Province),
    ("市", Scope::City),
    ("州", Scope::Prefecture),
    ("盟", Scope::Prefecture),
    ("地区", Scope::Prefecture),
    ("地委", Scope::Prefecture),
    ("区", Scope::District),
    ("县", Scope::County),
    ("旗", Scope::Banner),
    ("镇", Scope::Town),
    ("乡", Scope::Town),
    ("街道", Scope::Town),
];
static ZONES: Words = Words::new(&[
    "开发区",
    "高新区",
    "经开区",
    "新区",
    "示范区",
    "实验区",
    "试验区",
    "园区",
    "景区",
    "风景名胜区",
    "管理区",
    "度假区",
    "保税区",
    "保税港区",
    "自贸区",
    "自由贸易",
    "先行区",
    "合作区",
    "功能区",
    "集聚区",
    "生态城",
    "片区",
]);
static BODIES: Words = Words::new(&[
    "公司",
    "集团",
    "大学",
    "学院",
    "学校",
    "中学",
    "小学",
    "幼儿园",
    "医院",
    "银行",
    "研究院",
    "研究所",
    "设计院",
    "商会",
    "协会",
    "学会",
    "基金会",
    "报社",
    "出版社",
    "电视台",
    "合作社",
    "卫生院",
    "总厂",
    "车站",
    "支行",
    "分行",
    "农商行",
    "信用社",
]);
static GOVERNING: Words = Words::new(&[
    "局",
    "厅",
    "街道",
    "管委会",
    "管理委员会",
    "人民政府",
    "镇",
    "乡",
    "农村合作",
    "总队",
    "支队",
    "大队",
]);

/// Reads an organ's name.
pub(super) fn read(name: &str) -> Organ {
    let name = without_blanks(name);
    let mut body = name.as_str();
    while let Some(rest) = PARTY.strip(body) {
        body = rest;
    }
    if name.starts_with("中共中央")
        || name.starts_with("中国共产党中央")
        || name.starts_with("共青团中央")
    {
        return national(&name);
    }
    // a town may bear the name of a county elsewhere: 松江镇 is no organ of 松江区
    let namesake = |place: &Place| {
        let named = town_end(body).filter(|end| *end <= place.span.end + "街道".len());
        let codes = named.filter(|_| !place.firm).map(|end| towns(&body[..end]));
        codes.filter(|codes| !codes.is_empty())
    };
    let place = chain(body, 0, Site::Head);
    if let Some(codes) = place.as_ref().and_then(namesake) {
        return Organ {
            place: body[..town_end(body).unwrap_or_default()].to_owned(),
            codes,
            level: Some(Level::Township),
            scope: None,
        };
    }
    if let Some(place) = place {
        return placed(
            place.span.of(body),
            &body[place.span.end..],
            place.codes,
            place.zone,
        );
    }
    let end = town_end(body).filter(|_| !body.starts_with("乡镇"));
    if let Some(end) = end.filter(|e| !is_scope_only(&body[..*e])) {
        let place = &body[..end];
        let mut codes = towns(place);
        if codes.is_empty() {
            codes = near_town(place);
        }
        // 国网宁乡市供电公司 begins with no town
        let is_town = !codes.is_empty() || !is_body(body);
        if codes.is_empty() {
            codes = inner_place(place);
        }
        if is_town {
            return Organ {
                place: place.to_owned(),
                scope: codes.is_empty().then_some(Scope::Town),
                codes,
                level: Some(Level::Township),
            };
        }
    }
    let named = ["本", "我", "全"]
        .iter()
        .find_map(|w| body.strip_prefix(w))
        .unwrap_or(body);
    let towns_of_all = words!["乡镇", "乡村", "街道路", "城镇"].begin(named);
    if let Some((word, scope)) = SCOPES
        .iter()
        .find(|(w, _)| !towns_of_all && named.starts_with(w))
    {
        let rest = &named[word.len()..];
        let level = if is_body(rest) {
            Some(Level::Organisation)
        } else {
            match scope {
                _ if town_end(rest).is_some() => Some(Level::Township),
                Scope::Province | Scope::Autonomous => Some(Level::Province),
                Scope::Prefecture => Some(Level::Prefecture),
                Scope::County | Scope::Banner => Some(Level::County),
                Scope::Town => Some(Level::Township),
                Scope::City | Scope::District => None,
            }
        };
        return Organ {
            place: (*word).to_owned(),
            codes: Vec::new(),
            level,
            scope: Some(*scope),
        };
    }
    // 国家税务总局杭州市税务局, 中国（上海）自由贸易试验区…, 国网宁夏电力有限公司
    if let Some(place) = places(body).into_iter().next_back() {
        return placed(
            place.span.of(body),
            &body[place.span.end..],
            place.codes,
            place.zone,
        );
    }
    // 中国人民财产保险股份有限公司衡南支公司
    if let Some((from, place)) = branch_place(body) {
        let at = place.span.shifted(from);
        return placed(at.of(body), &body[at.end..], place.codes, place.zone);
    }
    if NATIONAL.iter().any(|n| name.starts_with(n)) && !is_body(&name) {
        return national(&name);
    }
    Organ {
        level: is_body(&name).then_some(Level::Organisation),
        ..Organ::default()
    }
}

fn national(name: &str) -> Organ {
    Organ {
        place: name.to_owned(),
        level: Some(Level::National),
        ..Organ::default()
    }
}

fn placed(place: &str, rest: &str, mut codes: Vec<u32>, zone: bool) -> Organ {
    let branch = branch(rest, &codes);
    if !branch.is_empty() {
        codes = branch;
    }
    let zone = zone || ZONES.is_in(rest) && town_end(rest).is_none();
    let head = rest.chars().next();
    let mut level = if is_body(rest) {
        Level::Organisation
    } else if let Some(end) = town_end(rest) {
        // 东莞市虎门镇 and 常州…街道 with no district between: the town tells the county.
        let inside: Vec<u32> = towns(&rest[..end])
            .into_iter()
            .filter(|t| codes.contains(t) || codes.iter().any(|c| table().governs(*c, *t)))
            .collect();
        if !inside.is_empty() {
            codes = inside;
        }
        Level::Township
    } else if zone {
        Level::County
    } else {
        match codes.iter().map(|c| rank(*c)).min() {
            Some(0) => Level::Province,
            Some(1) => Level::Prefecture,
            _ => Level::County,
        }
    };
    // 蓟州 and 平潭 leave out 区 and 县; a stem before 街 or 村 is a town's.
    if level != Level::Organisation && head == Some('村') {
        level = Level::Township;
    }
    Organ {
        place: place.to_owned(),
        codes,
        level: Some(level),
        scope: None,
    }
}

/// The divisions within these for which an organ or a firm has a branch: 温岭 in 台州市生态环境局温岭分局, 衡阳 in
/// 湖南省烟草公司衡阳市公司.
fn branch(rest: &str, within: &[u32]) -> Vec<u32> {
    let inside = |code: &u32| within.iter().any(|c| table().governs(*c, *code));
    let of = rest.strip_suffix("分局").and_then(|r| r.split_once('局'));
    if let Some((_, name)) = of.filter(|(_, name)| !name.is_empty()) {
        // 南山 alone is a word of daily use, 南山区 within its city is one place
        let whole = ["", "区", "县", "市", "旗"].map(|kind| format!("{name}{kind}"));
        let places = whole.iter().filter_map(|name| chain(name, 0, Site::Head));
        let mut codes =
            places.map(|place| place.codes.into_iter().filter(inside).collect::<Vec<_>>());
        return codes.find(|codes| !codes.is_empty()).unwrap_or_default();
    }
    let Some((from, place)) = branch_place(rest) else {
        return Vec::new();
    };
    let mut codes = place.codes.clone();
    codes.retain(inside);
    // 上海建工集团南京分公司
    let elsewhere = || words!["分公司", "支公司", "分行", "支行"].end(rest);
    match (codes.as_slice(), place.codes.as_slice()) {
        ([], [_]) if elsewhere() && from > 0 => place.codes,
        _ => codes,
    }
}

/// The place of a firm's branch or a division of the corps, and the byte at which it begins: 濮阳 in 省电力公司濮阳供电公司,
/// 阿拉尔市 in 生产建设兵团第一师阿拉尔市.
fn branch_place(name: &str) -> Option<(usize, Place)> {
    let firms = words!["公司", "集团", "银行", "师"];
    let branches = words![
        "公司",
        "支行",
        "分行",
        "营业部",
        "办事处",
        "分部",
        "分局",
        "分中心",
        "管理处",
        "供电所",
        "营业所"
    ];
    let mut starts = name.char_indices().filter(|(_, c)| firms.may_begin(*c));
    starts.find_map(|(at, _)| {
        let rest = firms.strip(&name[at..])?;
        let of_corps = || {
            let number = name[..at].rsplit_once('第');
            number.is_some_and(|(_, n)| crate::text::numeral::counting(n).is_some())
        };
        if name[at..].starts_with('师') && !of_corps() {
            return None;
        }
        let place = chain(rest, 0, Site::Head)?;
        (place.firm || branches.end(rest)).then_some((name.len() - rest.len(), place))
    })
}

/// The subdistrict that the census writes with or without 路: 古美路街道, 古美街道.
fn near_town(name: &str) -> Vec<u32> {
    match name.strip_suffix("街道") {
        Some(bare) => match bare.strip_suffix('路') {
            Some(shorter) => towns(&format!("{shorter}街道")),
            None => towns(&format!("{bare}路街道")),
        },
        None => Vec::new(),
    }
}

/// The division that a town's or zone's name holds within: 平潭 in 平潭海岛乡.
fn inner_place(name: &str) -> Vec<u32> {
    places(name)
        .into_iter()
        .next()
        .map(|p| p.codes)
        .unwrap_or_default()
}

fn is_scope_only(name: &str) -> bool {
    SCOPES.iter().any(|(w, _)| *w == name) || name.chars().count() < 2
}

/// The end of the town's name that begins `rest`: 甲乙街道 of 甲乙街道办事处.
pub(super) fn town_end(rest: &str) -> Option<usize> {
    let mut before: Option<char> = None;
    for (i, (at, c)) in rest.char_indices().enumerate() {
        if i > 11 || !crate::text::fold::is_han(c) {
            return None;
        }
        let after = &rest[at + c.len_utf8()..];
        let next = after.chars().next();
        let end = match c {
            '街' if after.starts_with('道') => Some(at + '街'.len_utf8() + '道'.len_utf8()),
            '苏' if after.starts_with('木') => Some(at + '苏'.len_utf8() + '木'.len_utf8()),
            // 城乡建设局, 乡镇企业局, 城镇化, 乡村振兴局
            '乡' if !matches!(
                next,
                Some(
                    '建' | '村'
                        | '规'
                        | '统'
                        | '镇'
                        | '居'
                        | '环'
                        | '管'
                        | '一'
                        | '企'
                        | '土'
                        | '融'
                        | '水'
                )
            ) =>
            {
                Some(at + c.len_utf8())
            }
            '镇' if !matches!(next, Some('化' | '企' | '居' | '长' | '职' | '街' | '建'))
                && before != Some('乡') =>
            {
                Some(at + c.len_utf8())
            }
            _ => None,
        };
        if end.is_some() && i > 0 {
            return end;
        }
        if matches!(c, '局' | '厅' | '委' | '办' | '部' | '院' | '会' | '处') {
            return None;
        }
        before = Some(c);
    }
    None
}

/// Whether an enterprise, a school, a hospital or the like signs, maybe by an office of its own.
fn is_body(rest: &str) -> bool {
    let Some((at, word)) = BODIES.rfind(rest) else {
        return false;
    };
    let after = &rest[at + word.len()..];
    // 学院路街道, 医院管理局, 大学城管委会
    !after.starts_with(['路', '城', '街', '管']) && !GOVERNING.is_in(after)
}
