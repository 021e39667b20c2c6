//! What a cited title is, by its ending.

use super::CitationKind;
use std::sync::LazyLock;

const TABLE: &str = include_str!("kinds.tsv");

/// Endings, longest first.
static ENDINGS: LazyLock<Vec<(&str, CitationKind)>> = LazyLock::new(|| {
    let mut rows: Vec<(&str, CitationKind)> = TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(ending, kind)| {
            let kind = match kind {
                "law" => CitationKind::Law,
                "notice" => CitationKind::Notice,
                "plan" => CitationKind::Plan,
                "standard" => CitationKind::Standard,
                _ => return None,
            };
            Some((ending, kind))
        })
        .collect();
    rows.sort_by_key(|(ending, _)| std::cmp::Reverse(ending.len()));
    rows
});

/// The kind of a title; the number of a standard outweighs the ending.
pub(super) fn of(title: &str, number: Option<&str>) -> CitationKind {
    if number.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_uppercase())) {
        return CitationKind::Standard;
    }
    let bare = without_brackets(title);
    ENDINGS
        .iter()
        .find(|(ending, _)| bare.ends_with(ending))
        .map_or(CitationKind::Work, |(_, kind)| *kind)
}

/// The title without the brackets at its end: （试行）, （2024-2026年）, (修订).
fn without_brackets(title: &str) -> &str {
    let mut bare = title.trim_end();
    while bare.ends_with(['）', ')', '〕', ']']) {
        let Some(open) = bare.rfind(['（', '(', '〔', '[']) else {
            break;
        };
        if open == 0 {
            break;
        }
        bare = bare[..open].trim_end();
    }
    // 《…责任制实施办法》实施细则〉 leaves a closing bracket where the slip was
    bare.trim_end_matches(['〉', '>', '＞', '》', '”'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_ending_and_number() {
        for (title, kind) in [
            ("中华人民共和国草原法", CitationKind::Law),
            ("云岭市消防条例（修订）", CitationKind::Law),
            ("关于开展演练的紧急通知", CitationKind::Notice),
            ("云岭市三年行动计划（2024-2026年）", CitationKind::Plan),
            ("学校消防安全标准化管理规范(试行)", CitationKind::Standard),
            ("平安是福", CitationKind::Work),
            ("隐患排查登记表", CitationKind::Work),
        ] {
            assert_eq!(of(title, None), kind, "{title}");
        }
        assert_eq!(
            of("云岭树木养护", Some("DB31/T 1-2023")),
            CitationKind::Standard
        );
        assert_eq!(of("（）", None), CitationKind::Work);
    }
}
