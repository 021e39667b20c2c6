//! A number as its cell shows it: format codes of ECMA-376 part 1, 18.8.30 and 18.8.31, those of Chinese systems among them.

/// The format code of a built-in id; none for those that show the number plainly.
pub(super) fn built_in(id: u32) -> Option<&'static str> {
    Some(match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        30 => "m-d-yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        34 | 55 => "上午/下午h\"时\"mm\"分\"",
        35 | 56 => "上午/下午h\"时\"mm\"分\"ss\"秒\"",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        41 | 42 => "#,##0",
        43 | 44 => "#,##0.00",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        _ => return None,
    })
}

/// The number under this format code.
pub(super) fn number(value: f64, code: &str, is_1904: bool) -> String {
    let sections = sections(code);
    let (section, is_signed) = match (sections.as_slice(), value) {
        ([_, negative, ..], v) if v < 0.0 && !negative.is_empty() => (negative, true),
        ([_, _, zero, ..], 0.0) if !zero.is_empty() => (zero, true),
        ([first, ..], _) => (first, false),
        ([], _) => return plain(value),
    };
    let is_date = section
        .iter()
        .any(|part| matches!(part, Part::Field(..) | Part::Elapsed(_)));
    if is_date {
        return date(value, section, is_1904).unwrap_or_else(|| plain(value));
    }
    let has_number = section.iter().any(|part| matches!(part, Part::Digit(_)));
    let is_plain = section.iter().any(|part| matches!(part, Part::General));
    if is_plain || !has_number && section.iter().all(|part| !matches!(part, Part::Literal(_))) {
        let literal = |part: &Part| match part {
            Part::Literal(c) => String::from(*c),
            Part::General => plain(if is_signed { value.abs() } else { value }),
            _ => String::new(),
        };
        return match is_plain {
            true => section.iter().map(literal).collect(),
            false => plain(value),
        };
    }
    decimal(if is_signed { value.abs() } else { value }, section)
}

/// The number as a cell without a format shows it: eleven digits at most.
pub(super) fn plain(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    if value == value.trunc() && value.abs() < 1e15 {
        return format!("{value:.0}");
    }
    let magnitude = value.abs().log10().floor();
    if !(-5.0..11.0).contains(&magnitude) {
        return value.to_string();
    }
    let digits = (9.0 - magnitude).clamp(0.0, 12.0) as usize;
    let text = format!("{value:.digits$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// A piece of a format code.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    Literal(char),
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    Exponent,
    General,
    /// A letter of a date and how many there are.
    Field(char, usize),
    /// `[h]`, `[m]`, `[s]`.
    Elapsed(char),
    /// Morning and afternoon; whether in Chinese.
    HalfDay(bool),
}

fn sections(code: &str) -> Vec<Vec<Part>> {
    let chars: Vec<char> = code.chars().take(256).collect();
    let mut out = vec![Vec::new()];
    let mut at = 0;
    let begins = |at: usize, word: &str| {
        word.chars().enumerate().all(|(i, c)| {
            chars
                .get(at + i)
                .is_some_and(|d| d.eq_ignore_ascii_case(&c))
        })
    };
    while let Some(&c) = chars.get(at) {
        let Some(section) = out.last_mut() else { break };
        at += 1;
        match c {
            ';' => out.push(Vec::new()),
            '"' => {
                while let Some(&c) = chars.get(at) {
                    at += 1;
                    if c == '"' {
                        break;
                    }
                    section.push(Part::Literal(c));
                }
            }
            '\\' | '!' => {
                section.extend(chars.get(at).map(|c| Part::Literal(*c)));
                at += 1;
            }
            // A blank of this character's width; a character that fills the cell.
            '_' | '*' => at += 1,
            '[' => {
                let inner: String = chars[at..].iter().take_while(|c| **c != ']').collect();
                at += inner.chars().count() + 1;
                let letter = inner.chars().next().unwrap_or(' ').to_ascii_lowercase();
                if !inner.is_empty()
                    && inner.chars().all(|c| c.eq_ignore_ascii_case(&letter))
                    && matches!(letter, 'h' | 'm' | 's')
                {
                    section.push(Part::Elapsed(letter));
                } else if let Some(currency) = inner.strip_prefix('$') {
                    let sign = currency.split('-').next().unwrap_or_default();
                    section.extend(sign.chars().map(Part::Literal));
                }
            }
            '0' | '#' | '?' => section.push(Part::Digit(c)),
            '.' => section.push(Part::Point),
            ',' => section.push(Part::Comma),
            '%' => section.push(Part::Percent),
            '@' => section.push(Part::General),
            'G' | 'g' if begins(at - 1, "general") => {
                at += 6;
                section.push(Part::General);
            }
            'A' | 'a' if begins(at - 1, "am/pm") => {
                at += 4;
                section.push(Part::HalfDay(false));
            }
            '上' if begins(at - 1, "上午/下午") => {
                at += 4;
                section.push(Part::HalfDay(true));
            }
            'E' | 'e' if matches!(chars.get(at), Some('+' | '-')) => {
                at += 1;
                section.push(Part::Exponent);
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'a' | 'A' | 'e' | 'E' => {
                let letter = c.to_ascii_lowercase();
                let more = chars[at..]
                    .iter()
                    .take_while(|d| d.eq_ignore_ascii_case(&letter))
                    .count();
                at += more;
                section.push(Part::Field(letter, more + 1));
            }
            c => section.push(Part::Literal(c)),
        }
    }
    out
}

fn decimal(value: f64, section: &[Part]) -> String {
    let is_digit = |part: &Part| matches!(part, Part::Digit(_));
    let percents = section
        .iter()
        .filter(|part| **part == Part::Percent)
        .count();
    let first = section.iter().position(is_digit);
    let last = section.iter().rposition(is_digit);
    let (Some(first), Some(last)) = (first, last) else {
        // Words alone are shown in place of the number.
        return section
            .iter()
            .filter_map(|part| match part {
                Part::Literal(c) => Some(*c),
                Part::Percent => Some('%'),
                _ => None,
            })
            .collect();
    };
    let body = &section[first..=last];
    let point = body.iter().position(|part| *part == Part::Point);
    let whole = &body[..point.unwrap_or(body.len())];
    let fraction = point.map_or(&[][..], |at| &body[at + 1..]);
    let groups = whole.contains(&Part::Comma);
    let thousands = section[last + 1..]
        .iter()
        .take_while(|part| **part == Part::Comma)
        .count();
    let least = whole
        .iter()
        .filter(|part| **part == Part::Digit('0'))
        .count();
    let places = fraction
        .iter()
        .filter(|part| is_digit(part))
        .count()
        .min(20);
    let fixed = fraction
        .iter()
        .filter(|part| **part == Part::Digit('0'))
        .count()
        .min(20);
    let scaled = value * 100f64.powi(percents as i32) / 1000f64.powi(thousands as i32);
    if section.contains(&Part::Exponent) {
        return format!("{scaled:E}");
    }
    if !scaled.is_finite() || scaled.abs() > 1e21 {
        return plain(value);
    }

    // As people round, not as binary fractions fall: 0.285 to 0.29.
    let nudged = scaled + scaled.signum() * scaled.abs().max(1e-9) * 1e-12;
    let mut digits = format!("{:.places$}", nudged.abs());
    if let Some(at) = digits.find('.') {
        while digits.len() > at + 1 + fixed && digits.ends_with('0') {
            digits.pop();
        }
        if digits.ends_with('.') {
            digits.pop();
        }
    }
    let (mut number, rest) = match digits.split_once('.') {
        Some((number, rest)) => (number.to_owned(), rest.to_owned()),
        None => (digits, String::new()),
    };
    if number == "0" && least == 0 {
        number.clear();
    }
    while number.len() < least.min(30) {
        number.insert(0, '0');
    }
    if groups {
        let grouped: Vec<&str> = (0..number.len())
            .rev()
            .step_by(3)
            .map(|end| &number[end.saturating_sub(2)..=end])
            .collect();
        number = grouped.into_iter().rev().collect::<Vec<_>>().join(",");
    }
    let mut out = String::new();
    let is_zero = number
        .bytes()
        .chain(rest.bytes())
        .all(|b| matches!(b, b'0' | b','));
    if scaled < 0.0 && !is_zero {
        out.push('-');
    }
    let literal = |part: &Part| match part {
        Part::Literal(c) => Some(*c),
        Part::Percent => Some('%'),
        _ => None,
    };
    out.extend(section[..first].iter().filter_map(literal));
    out.push_str(&number);
    if !rest.is_empty() {
        out.push('.');
        out.push_str(&rest);
    }
    out.extend(body.iter().filter_map(literal));
    out.extend(section[last + 1..].iter().filter_map(literal));
    out
}

fn date(value: f64, section: &[Part], is_1904: bool) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    const DAYS: [&str; 7] = ["日", "一", "二", "三", "四", "五", "六"];
    if !(0.0..2_958_466.0).contains(&value) {
        return None;
    }
    let shows_seconds = section
        .iter()
        .any(|part| matches!(part, Part::Field('s', _) | Part::Elapsed('s')));
    let unit = if shows_seconds { 86_400.0 } else { 1_440.0 };
    let seconds = ((value * unit + 1e-6).floor() * (86_400.0 / unit)) as i64;
    let (day, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    let (year, month, date) = civil(day, is_1904);
    // 18.8.31: m stands for minutes after hours and before seconds.
    let is_minutes = |at: usize| {
        let before = section[..at]
            .iter()
            .rev()
            .find(|part| matches!(part, Part::Field(..) | Part::Elapsed(_)));
        let after = section[at + 1..]
            .iter()
            .find(|part| matches!(part, Part::Field(..) | Part::Elapsed(_)));
        matches!(before, Some(Part::Field('h', _) | Part::Elapsed('h')))
            || matches!(after, Some(Part::Field('s', _)))
    };
    let has_halves = section.iter().any(|part| matches!(part, Part::HalfDay(_)));
    let hour_shown = match (has_halves, hour) {
        (true, 0) => 12,
        (true, 13..) => hour - 12,
        _ => hour,
    };
    let of = |n: i64, width: usize| format!("{n:0width$}", width = if width > 1 { 2 } else { 1 });
    let mut out = String::new();
    for (at, part) in section.iter().enumerate() {
        match part {
            Part::Literal(c) => out.push(*c),
            Part::Point => out.push('.'),
            Part::Comma => out.push(','),
            Part::Elapsed('h') => out.push_str(&(seconds / 3600).to_string()),
            Part::Elapsed('m') => out.push_str(&(seconds / 60).to_string()),
            Part::Elapsed(_) => out.push_str(&seconds.to_string()),
            Part::HalfDay(is_chinese) => out.push_str(match (is_chinese, hour < 12) {
                (true, true) => "上午",
                (true, false) => "下午",
                (false, true) => "AM",
                (false, false) => "PM",
            }),
            Part::Field('y' | 'e', width) => match width {
                2 => out.push_str(&format!("{:02}", year.rem_euclid(100))),
                _ => out.push_str(&year.to_string()),
            },
            Part::Field('m', width) if is_minutes(at) => out.push_str(&of(minute, *width)),
            Part::Field('m', width @ ..=2) => out.push_str(&of(month, *width)),
            Part::Field('m', _) => out.push_str(
                MONTHS
                    .get((month - 1) as usize)
                    .copied()
                    .unwrap_or_default(),
            ),
            Part::Field('d', width @ ..=2) => out.push_str(&of(date, *width)),
            Part::Field('d' | 'a', width) => {
                // 1900-01-01 is a Sunday in this calendar's own reckoning.
                let weekday = weekday(day, is_1904);
                out.push_str(if *width > 3 { "星期" } else { "" });
                out.push_str(DAYS[weekday]);
            }
            Part::Field('h', width) => out.push_str(&of(hour_shown, *width)),
            Part::Field(_, width) => out.push_str(&of(second, *width)),
            Part::Digit(_) | Part::Percent | Part::Exponent | Part::General => {}
        }
    }
    Some(out)
}

/// Days since 1970-01-01 of a day's serial number.
fn since_1970(serial: i64, is_1904: bool) -> i64 {
    match (is_1904, serial) {
        (true, n) => n - 24_107,
        // The calendar holds a 29 February 1900 that never was.
        (false, ..60) => serial - 25_568,
        (false, n) => n - 25_569,
    }
}

fn weekday(serial: i64, is_1904: bool) -> usize {
    (since_1970(serial, is_1904) + 4).rem_euclid(7) as usize
}

/// Year, month and day of a serial number, by the proleptic Gregorian calendar.
pub(super) fn civil(serial: i64, is_1904: bool) -> (i64, i64, i64) {
    let days = since_1970(serial, is_1904) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_cells_show_them() {
        for (value, code, shown) in [
            (0.125, "0.0%", "12.5%"),
            (0.285, "0%", "29%"),
            (1234567.5, "#,##0.00", "1,234,567.50"),
            (12.0, "#,##0", "12"),
            (-3.0, "0;(0)", "(3)"),
            (-3.5, "0.00", "-3.50"),
            (7.0, "000", "007"),
            (3.0, "第0条", "第3条"),
            (3.0, "0\"项\"", "3项"),
            (2.5, "General", "2.5"),
            (2.5, "@", "2.5"),
            (100.0, "¥#,##0.00", "¥100.00"),
            (
                100.0,
                "[$¥-804]#,##0.00_);[Red]([$¥-804]#,##0.00)",
                "¥100.00",
            ),
            (0.5, "#.##", ".5"),
            (0.0, "0.0;-0.0;\"无\"", "无"),
        ] {
            assert_eq!(number(value, code, false), shown, "{value} {code}");
        }
    }

    #[test]
    fn dates_as_cells_show_them() {
        for (value, code, shown) in [
            (45078.0, "yyyy-mm-dd", "2023-06-01"),
            (45078.0, "yyyy\"年\"m\"月\"d\"日\";@", "2023年6月1日"),
            (45078.0, "[$-804]yyyy年mm月", "2023年06月"),
            (45078.0, "m/d/yy", "6/1/23"),
            (45078.0, "aaaa", "星期四"),
            (45078.604167, "yyyy/m/d h:mm", "2023/6/1 14:30"),
            (45078.604167, "上午/下午h\"时\"mm\"分\"", "下午2时30分"),
            (0.75, "h:mm AM/PM", "6:00 PM"),
            (1.5, "[h]:mm", "36:00"),
            (1.0, "yyyy-m-d", "1900-1-1"),
            (61.0, "yyyy-m-d", "1900-3-1"),
            (45078.5, "yyyy-mm-dd hh:mm:ss", "2023-06-01 12:00:00"),
        ] {
            assert_eq!(number(value, code, false), shown, "{value} {code}");
        }
        assert_eq!(number(43616.0, "yyyy-m-d", true), "2023-6-1");
        assert_eq!(number(-1.0, "yyyy-m-d", false), "-1");
    }

    #[test]
    fn plain_numbers() {
        for (value, shown) in [
            (0.1 + 0.2, "0.3"),
            (1e6, "1000000"),
            (12.34, "12.34"),
            (-0.5, "-0.5"),
            (1.0 / 3.0, "0.3333333333"),
            (f64::NAN, ""),
        ] {
            assert_eq!(plain(value), shown);
        }
    }

    #[test]
    fn any_code_ends() {
        for code in [
            "",
            ";;;",
            "[",
            "\"",
            "\\",
            "_",
            "*",
            "[h",
            "E+",
            "0.0.0",
            "%%%",
            "yyyyyyyyyy",
            "a",
        ] {
            for value in [0.0, -1.0, 1e300, 45078.3, f64::INFINITY] {
                let _ = number(value, code, false);
            }
        }
    }
}
