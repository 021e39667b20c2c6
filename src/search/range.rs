//! Ranges of years and days as people type them: 2021..2023, 2021-2023年, <2023-06-20.

use crate::text::fold::{fold, is_blank};
use std::fmt;

/// Both ends inclusive; none where open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    /// The least value.
    pub low: Option<i64>,
    /// The greatest value.
    pub high: Option<i64>,
}

/// As the query language writes it: `2021..2023`, `2021`, `..20230619`.
impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let edge = |value: Option<i64>| value.map(|v| v.to_string()).unwrap_or_default();
        match (self.low, self.high) {
            (Some(low), Some(high)) if low == high => write!(f, "{low}"),
            (low, high) => write!(f, "{}..{}", edge(low), edge(high)),
        }
    }
}

/// A range of years: `2021`, `2021..2023`, `2021-2023`, `2021至2023年`, `2021..`, `>=2021`.
#[must_use]
pub fn years(value: &str) -> Option<Range> {
    range(
        value,
        &["..", "…", "-", "—", "–", "~", "至", "到"],
        |text| {
            let year: i64 = digits(text.strip_suffix('年').unwrap_or(text), 4)?;
            Some((year, year))
        },
    )
}

/// A range of days as yyyymmdd: `2023-06-20`, `2023-06`, `2023年6月`, `<2023-06-20`, `2023-06-01..2023-06-30`.
#[must_use]
pub fn days(value: &str) -> Option<Range> {
    range(value, &["..", "…", "—", "~", "至", "到"], day)
}

fn range(
    value: &str,
    separators: &[&str],
    parse: impl Fn(&str) -> Option<(i64, i64)>,
) -> Option<Range> {
    let text: String = value
        .chars()
        .map(fold)
        .filter(|c| !is_blank(*c))
        .collect::<String>()
        .replace("。。", "..");
    for (operator, below, inclusive) in [
        ("<=", true, true),
        (">=", false, true),
        ("≤", true, true),
        ("≥", false, true),
        ("<", true, false),
        (">", false, false),
    ] {
        if let Some(rest) = text.strip_prefix(operator) {
            let (low, high) = parse(rest)?;
            let edge = match (below, inclusive) {
                (true, true) => high,
                (true, false) => low - 1,
                (false, true) => low,
                (false, false) => high + 1,
            };
            return Some(if below {
                Range {
                    low: None,
                    high: Some(edge),
                }
            } else {
                Range {
                    low: Some(edge),
                    high: None,
                }
            });
        }
    }
    if let Some((low, high)) = parse(&text) {
        return Some(Range {
            low: Some(low),
            high: Some(high),
        });
    }
    for separator in separators {
        let Some((from, to)) = text.split_once(separator) else {
            continue;
        };
        let to = to.trim_start_matches(['.', '—', '…']);
        if from.is_empty() && to.is_empty() {
            return None;
        }
        let low = match from {
            "" => None,
            from => Some(parse(from)?.0),
        };
        let high = match to {
            "" => None,
            to => Some(parse(to)?.1),
        };
        if let (Some(low), Some(high)) = (low, high)
            && low > high
        {
            return None;
        }
        return Some(Range { low, high });
    }
    None
}

fn day(text: &str) -> Option<(i64, i64)> {
    let text = text.trim_end_matches(['日', '号', '前']);
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        let n: i64 = text.parse().ok()?;
        return in_calendar(n / 10_000, Some(n / 100 % 100), Some(n % 100));
    }
    let text = text.trim_end_matches(['年', '月']);
    let mut parts = text.split(['-', '/', '.', '年', '月']);
    let year = digits(parts.next()?, 4)?;
    let month = optional(parts.next())?;
    let day = optional(parts.next())?;
    if parts.next().is_some() {
        return None;
    }
    in_calendar(year, month, day)
}

/// None where the part is there and is no number of at most two digits.
fn optional(part: Option<&str>) -> Option<Option<i64>> {
    match part {
        None => Some(None),
        Some(part) => digits(part, 2).map(Some),
    }
}

fn in_calendar(year: i64, month: Option<i64>, day: Option<i64>) -> Option<(i64, i64)> {
    if month.is_some_and(|m| !(1..=12).contains(&m)) || day.is_some_and(|d| !(1..=31).contains(&d))
    {
        return None;
    }
    let low = year * 10_000 + month.unwrap_or(1) * 100 + day.unwrap_or(1);
    let high = year * 10_000 + month.unwrap_or(12) * 100 + day.unwrap_or(31);
    Some((low, high))
}

fn digits(text: &str, most: usize) -> Option<i64> {
    let fits = !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    // A year is written in full
    (fits && (most == 2 || text.len() == 4)).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(low: i64, high: i64) -> Option<Range> {
        Some(Range {
            low: Some(low),
            high: Some(high),
        })
    }

    #[test]
    fn years_as_typed() {
        for value in [
            "2021..2023",
            "2021-2023",
            "２０２１－２０２３",
            "2021年至2023年",
            "2021——2023",
            "2021…2023",
            "2021。。2023",
        ] {
            assert_eq!(years(value), between(2021, 2023), "{value}");
        }
        assert_eq!(years("2021"), between(2021, 2021));
        assert_eq!(
            years("2021.."),
            Some(Range {
                low: Some(2021),
                high: None
            })
        );
        assert_eq!(
            years("..2021"),
            Some(Range {
                low: None,
                high: Some(2021)
            })
        );
        assert_eq!(
            years(">2021"),
            Some(Range {
                low: Some(2022),
                high: None
            })
        );
    }

    #[test]
    fn no_years() {
        for value in [
            "",
            "..",
            "21",
            "二〇二一",
            "2023..2021",
            "2021..x",
            "20211",
            "2021-06-01",
        ] {
            assert_eq!(years(value), None, "{value}");
        }
    }

    #[test]
    fn days_as_typed() {
        assert_eq!(days("2023-06-20"), between(20_230_620, 20_230_620));
        assert_eq!(days("2023年6月"), between(20_230_601, 20_230_631));
        assert_eq!(
            days("<2023-06-20"),
            Some(Range {
                low: None,
                high: Some(20_230_619)
            })
        );
        assert_eq!(
            days("2023-06-01..2023-06-30"),
            between(20_230_601, 20_230_630)
        );
        assert_eq!(days("2023-13-01"), None);
        assert_eq!(days("昨天"), None);
    }
}
