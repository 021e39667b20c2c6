//! The fields that a query can name, in Chinese and English.

use super::suggest::distance;
use crate::index::folded::Folded;

/// What a prefix such as `标题:` narrows a term to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// No prefix: text, title and surroundings.
    Any,
    /// 标题
    Title,
    /// 正文
    Text,
    /// 单位
    Unit,
    /// 牵头
    Lead,
    /// 地区
    Region,
    /// 年份
    Year,
    /// 类型
    Kind,
    /// 主题
    Theme,
    /// 发文机关
    Issuer,
    /// 编号
    Doc,
    /// 引用
    Cites,
    /// 联系
    Contact,
    /// 截止
    Deadline,
    /// 级别
    Level,
    /// 职能
    Function,
    /// 对象
    Audience,
    /// 专项: the campaign
    Campaign,
}

/// Every name of a field, the ones to suggest first.
const NAMES: [(&str, Field); 52] = [
    ("标题", Field::Title),
    ("正文", Field::Text),
    ("单位", Field::Unit),
    ("牵头", Field::Lead),
    ("地区", Field::Region),
    ("年份", Field::Year),
    ("类型", Field::Kind),
    ("主题", Field::Theme),
    ("发文机关", Field::Issuer),
    ("编号", Field::Doc),
    ("引用", Field::Cites),
    ("联系", Field::Contact),
    ("截止", Field::Deadline),
    ("title", Field::Title),
    ("text", Field::Text),
    ("unit", Field::Unit),
    ("lead", Field::Lead),
    ("region", Field::Region),
    ("year", Field::Year),
    ("kind", Field::Kind),
    ("theme", Field::Theme),
    ("issuer", Field::Issuer),
    ("doc", Field::Doc),
    ("cites", Field::Cites),
    ("contact", Field::Contact),
    ("deadline", Field::Deadline),
    ("题目", Field::Title),
    ("责任单位", Field::Unit),
    ("牵头单位", Field::Lead),
    ("区域", Field::Region),
    ("年度", Field::Year),
    ("年", Field::Year),
    ("文种", Field::Kind),
    ("种类", Field::Kind),
    ("发文单位", Field::Issuer),
    ("文号", Field::Doc),
    ("发文字号", Field::Doc),
    ("联系人", Field::Contact),
    ("截止日期", Field::Deadline),
    ("级别", Field::Level),
    ("level", Field::Level),
    ("层级", Field::Level),
    ("职能", Field::Function),
    ("function", Field::Function),
    ("部门", Field::Function),
    ("对象", Field::Audience),
    ("audience", Field::Audience),
    ("面向", Field::Audience),
    ("专项", Field::Campaign),
    ("campaign", Field::Campaign),
    ("issuers", Field::Issuer),
    ("units", Field::Unit),
];

impl Field {
    /// The field of this name, in any case, width and script.
    #[must_use]
    pub fn named(name: &str) -> Option<Field> {
        let name = Folded::new(name).text();
        NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, field)| *field)
    }

    /// Its Chinese name; none for a term without prefix.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        let known = NAMES.iter().find(|(_, field)| *field == self);
        known.map(|(name, _)| *name)
    }

    /// The known name nearest to one that is none.
    #[must_use]
    pub fn nearest(name: &str) -> Option<&'static str> {
        let name: Vec<char> = name.to_lowercase().chars().collect();
        NAMES
            .iter()
            .map(|(known, _)| (distance(&name, &known.chars().collect::<Vec<_>>()), *known))
            .filter(|(distance, known)| *distance * 2 <= known.chars().count().max(2))
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, known)| known)
    }

    /// Whether the field holds names, which are compared as they stand and never cut into words.
    #[must_use]
    pub fn is_of_names(self) -> bool {
        !matches!(
            self,
            Field::Any | Field::Title | Field::Text | Field::Theme | Field::Cites
        )
    }

    /// Whether the field holds names of organs, which have short ones too.
    #[must_use]
    pub fn is_of_organs(self) -> bool {
        matches!(self, Field::Unit | Field::Lead | Field::Issuer)
    }

    /// Whether `~` can stand between two terms of the field.
    #[must_use]
    pub fn has_places(self) -> bool {
        matches!(self, Field::Any | Field::Title | Field::Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_both_languages() {
        assert_eq!(Field::named("标题"), Some(Field::Title));
        assert_eq!(Field::named("Title"), Some(Field::Title));
        assert_eq!(Field::named("標題"), Some(Field::Title));
        assert_eq!(Field::named("时间"), None);
    }

    #[test]
    fn suggests_the_nearest() {
        assert_eq!(Field::nearest("titel"), Some("title"));
        assert_eq!(Field::nearest("regoin"), Some("region"));
        assert_eq!(Field::nearest("标提"), Some("标题"));
        assert_eq!(Field::nearest("http"), None);
    }
}
