//! The names by which a person asks for a region: 湖北省, 湖北, 武汉, 湖北省武汉市, 420100.

/// Peoples whose names stand in the names of autonomous divisions.
const PEOPLES: [&str; 55] = [
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "高山",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "京",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
];

/// Endings of names of divisions, the longer first.
const ENDINGS: [&str; 18] = [
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "开发区",
    "管理区",
    "新区",
    "地区",
    "街道",
    "林区",
    "省",
    "市",
    "县",
    "区",
    "盟",
    "旗",
    "镇",
];

/// The short name of a division: 恩施土家族苗族自治州 → 恩施, 湖北省 → 湖北; a name of two characters stays.
#[must_use]
pub fn short(name: &str) -> &str {
    for ending in ENDINGS {
        let Some(mut stem) = name.strip_suffix(ending) else {
            continue;
        };
        if ending.starts_with("自治") {
            while let Some(less) = without_people(stem) {
                stem = less;
            }
        }
        if stem.chars().count() >= 2 {
            return stem;
        }
    }
    name
}

fn without_people(stem: &str) -> Option<&str> {
    let bare = stem.strip_suffix('族').unwrap_or(stem);
    PEOPLES
        .iter()
        .filter_map(|people| bare.strip_suffix(people))
        .filter(|less| less.chars().count() >= 2)
        .min_by_key(|less| less.len())
}

/// Every name by which a notice of this region is asked for: each level's full and short name, the names
/// joined from the top down, and the codes of the levels.
#[must_use]
pub fn names(path: &[String], code: Option<&str>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut joined = String::new();
    let mut short_joined = String::new();
    for name in path {
        joined.push_str(name);
        short_joined.push_str(short(name));
        out.extend([
            name.clone(),
            short(name).to_owned(),
            joined.clone(),
            short_joined.clone(),
        ]);
    }
    if let Some(code) = code {
        for digits in [2, 4, 6] {
            out.extend(code.get(..digits).map(|head| format!("{head:0<6}")));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// A name as a person types it, in the form of [`names`]: blanks and separators left out.
#[must_use]
pub fn asked(name: &str) -> String {
    name.chars()
        .map(crate::text::fold::fold)
        .filter(|c| !crate::text::fold::is_blank(*c) && !matches!(c, '/' | '>' | '-'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names() {
        for (name, expected) in [
            ("湖北省", "湖北"),
            ("新疆维吾尔自治区", "新疆"),
            ("内蒙古自治区", "内蒙古"),
            ("广西壮族自治区", "广西"),
            ("恩施土家族苗族自治州", "恩施"),
            ("虹口区", "虹口"),
            ("蓟县", "蓟县"),
            ("鄂尔多斯市", "鄂尔多斯"),
        ] {
            assert_eq!(short(name), expected);
        }
    }

    #[test]
    fn every_level_and_code_is_a_name() {
        let path = ["湖北省".to_owned(), "武汉市".to_owned()];
        let names = names(&path, Some("420100"));
        for asked_for in [
            "湖北",
            "武汉",
            "武汉市",
            "湖北省武汉市",
            "湖北武汉",
            "420000",
            "420100",
        ] {
            assert!(names.contains(&asked_for.to_owned()), "{asked_for}");
        }
        assert_eq!(asked("湖北省 / 武汉市"), "湖北省武汉市");
    }
}
