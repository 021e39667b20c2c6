//! The comparable form of a value: blanks out, full width as half width, curly quotes as straight ones.

use unicode_normalization::UnicodeNormalization;

/// NFKC without blanks, “ and ” as `"`.
#[must_use]
pub fn normal(text: &str) -> String {
    text.nfkc()
        .filter(|c| !is_blank(*c))
        .map(|c| if matches!(c, '“' | '”') { '"' } else { c })
        .collect()
}

/// A unit's name without the 各 or 各级 before it.
#[must_use]
pub fn unit(text: &str) -> String {
    let name = normal(text);
    let bare = name
        .strip_prefix("各级")
        .or_else(|| name.strip_prefix('各'))
        .map(str::to_owned);
    bare.unwrap_or(name)
}

/// A telephone number's digits, and the Latin letters, `@`, `.` and `_` among them.
#[must_use]
pub fn digits(text: &str) -> String {
    normal(text)
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '_'))
        .collect()
}

/// The parts of an RFC 5545 rule in one order, FREQ first; INTERVAL=1 and the order within a list do not matter.
#[must_use]
pub fn rule(text: &str) -> Vec<String> {
    let upper = text.to_uppercase();
    let mut parts = std::collections::BTreeMap::new();
    for (name, value) in upper.split(';').filter_map(|part| part.split_once('=')) {
        parts.insert(name, value);
    }
    if parts.get("INTERVAL") == Some(&"1") {
        parts.remove("INTERVAL");
    }
    let frequency = parts.remove("FREQ").map_or("none".to_owned(), in_order);
    let mut out = vec![format!("FREQ={frequency}")];
    out.extend(
        parts
            .into_iter()
            .map(|(name, value)| format!("{name}={}", in_order(value))),
    );
    out
}

fn in_order(list: &str) -> String {
    let mut values: Vec<&str> = list.split(',').collect();
    values.sort_unstable();
    values.join(",")
}

/// White space as Unicode has it, and the four separators of ASCII.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_blanks_and_quotes_do_not_matter() {
        assert_eq!(normal("（１） “甲\u{3000}乙”\n"), "(1)\"甲乙\"");
        assert_eq!(normal("①Ⅳ"), "1IV");
        assert_ne!(normal("〔2031〕"), normal("(2031)"));
    }

    #[test]
    fn every_unit_of_a_kind_is_that_kind() {
        assert_eq!(unit("各级 党委"), "党委");
        assert_eq!(unit("各乡镇"), "乡镇");
        assert_eq!(unit("县级各部门"), "县级各部门");
    }

    #[test]
    fn numbers_are_their_digits() {
        assert_eq!(digits("（０２１）5550-0101 转 8"), "021555001018");
    }

    #[test]
    fn rules_have_one_order() {
        assert_eq!(
            rule("BYMONTH=9,3,12,6;BYMONTHDAY=-1;FREQ=MONTHLY"),
            rule("freq=monthly;interval=1;bymonthday=-1;bymonth=12,3,6,9")
        );
        assert_ne!(
            rule("FREQ=MONTHLY;INTERVAL=3"),
            rule("FREQ=MONTHLY;INTERVAL=1")
        );
        assert_eq!(rule(""), ["FREQ=none"]);
    }
}
