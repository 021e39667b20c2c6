//! The words that announce the facts of a block: 联系人, 电 话, 政务邮箱.

use crate::text::words::Words;
use aho_corasick::AhoCorasick;
use aho_corasick::AhoCorasickKind;
use aho_corasick::MatchKind;
use std::sync::LazyLock;

/// Which fact a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LabelKind {
    /// 联系人.
    Name,
    /// 联络员: a contact only where a number stands with the name.
    Liaison,
    Phone,
    Fax,
    /// 电话/传真.
    Both,
    Email,
    Qq,
    Address,
    Postcode,
    Organization,
    Hotline,
    /// 微信, 网址: of the block, but kept nowhere.
    Other,
}

/// The labels and their words, longest match first.
pub(super) struct Labels {
    /// Over a line without blanks, folded, in lower case.
    pub(super) matcher: AhoCorasick,
    pub(super) kinds: Vec<LabelKind>,
}

const TABLE: &str = include_str!("labels.tsv");

pub(super) static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let rows: Vec<(&str, LabelKind)> = TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (word, kind) = line.split_once('\t')?;
            Some((word, kind_named(kind)?))
        })
        .collect();
    Labels {
        matcher: AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(rows.iter().map(|(word, _)| *word))
            .expect("the words are constants of this crate"),
        kinds: rows.iter().map(|(_, kind)| *kind).collect(),
    }
});

/// Strings of the raw text without which a line holds no label: the first characters of those that are often
/// written with a blank inside, and whole words otherwise. Every line is looked through for them, hence the automaton.
pub(super) static TRACES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = [
        "联系人",
        "联系同志",
        "联系老师",
        "联系方",
        "联系单位",
        "联系部门",
        "联系处",
        "联系科",
        "联系号",
        "联系：",
        "联系:",
        "咨询：",
        "咨询:",
        "值班：",
        "值班:",
        "联络员",
        "联络人",
        "经办人",
        "技术支持",
        "咨询人",
        "业务咨询",
        "政策咨询",
        "技术咨询",
        "电话",
        "手机",
        "座机",
        "固话",
        "传真",
        "邮箱",
        "信箱",
        "邮件",
        "电邮",
        "邮编",
        "邮政编码",
        "地址",
        "热线",
        "@",
        "＠",
        "tel",
        "fax",
        "qq",
        "联 ",
        "联\u{3000}",
        "联\u{a0}",
        "联\t",
        "电 ",
        "电\u{3000}",
        "电\u{a0}",
        "电\t",
        "传 ",
        "传\u{3000}",
        "传\u{a0}",
        "传\t",
        "邮 ",
        "邮\u{3000}",
        "邮\u{a0}",
        "邮\t",
        "手 ",
        "手\u{3000}",
        "手\u{a0}",
        "手\t",
        "地 ",
        "地\u{3000}",
        "地\u{a0}",
        "地\t",
    ];
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostFirst)
        .ascii_case_insensitive(true)
        .kind(Some(AhoCorasickKind::DFA))
        .build(words)
        .expect("the words are constants of this crate")
});

fn kind_named(name: &str) -> Option<LabelKind> {
    Some(match name {
        "name" => LabelKind::Name,
        "liaison" => LabelKind::Liaison,
        "phone" => LabelKind::Phone,
        "fax" => LabelKind::Fax,
        "both" => LabelKind::Both,
        "email" => LabelKind::Email,
        "qq" => LabelKind::Qq,
        "address" => LabelKind::Address,
        "postcode" => LabelKind::Postcode,
        "organization" => LabelKind::Organization,
        "hotline" => LabelKind::Hotline,
        "other" => LabelKind::Other,
        _ => return None,
    })
}

/// Endings of the names of offices.
pub(super) fn ends_as_office(name: &str) -> bool {
    static ENDINGS: Words = Words::new(&[
        "局",
        "科协",
        "妇联",
        "残联",
        "文联",
        "工商联",
        "馆",
        "电视台",
        "支行",
        "分行",
        "侨联",
        "学联",
        "青联",
        "社科联",
        "作协",
        "记协",
        "体协",
        "处",
        "科",
        "室",
        "办",
        "委",
        "部",
        "厅",
        "署",
        "中心",
        "所",
        "院",
        "会",
        "公司",
        "街道",
        "镇",
        "乡",
        "支队",
        "大队",
        "总队",
        "中队",
        "股",
        "组",
        "站",
        "学校",
        "大学",
        "中学",
        "小学",
        "集团",
        "管委会",
        "政府",
        "团",
    ]);
    // 教育部体卫艺司: a department of a ministry, no name so long
    ENDINGS.end(name) || name.ends_with('司') && name.chars().nth(3).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let rows = TABLE.lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(LABELS.kinds.len(), rows);
        assert_eq!(LABELS.matcher.patterns_len(), rows);
    }
}
