//! Numbers as notices write them: 23, ２３, 二十三, 二〇二三, 廿九, ㉓.

use super::fold::fold;

/// The value of a whole numeral of one family: Arabic (half or full width), Chinese counting (二十三,
/// 廿九, 一百零三) or Chinese digits (二〇二三). Null when anything else stands in it or it exceeds 9,999,999.
#[must_use]
pub fn value(text: &str) -> Option<u32> {
    value_of(text.chars())
}

/// The value of the numeral that these characters are, as [`value`] of their text.
#[must_use]
pub fn value_of(chars: impl Iterator<Item = char> + Clone) -> Option<u32> {
    let first = chars.clone().next()?;
    if is_figure(first) {
        return arabic_of(chars);
    }
    counting_of(chars.clone()).or_else(|| digits_of(chars))
}

/// The value of a run of Arabic digits, half or full width; at most seven.
#[must_use]
pub fn arabic(text: &str) -> Option<u32> {
    arabic_of(text.chars())
}

fn arabic_of(chars: impl Iterator<Item = char>) -> Option<u32> {
    let mut value = 0u32;
    let mut count = 0;
    for c in chars {
        value = value * 10 + fold(c).to_digit(10)?;
        count += 1;
        if count > 7 {
            return None;
        }
    }
    (count > 0).then_some(value)
}

/// The value of Chinese digits by place: 二〇二三 → 2023. At least two digits. The zero is often typed as 0 or O.
#[must_use]
pub fn digits(text: &str) -> Option<u32> {
    digits_of(text.chars())
}

fn digits_of(chars: impl Iterator<Item = char>) -> Option<u32> {
    let mut value = 0u32;
    let mut count = 0;
    for c in chars {
        let zero = matches!(fold(c), '0' | 'O' | 'o') && count > 0;
        value = value * 10 + if zero { 0 } else { digit(c)? };
        count += 1;
        if count > 7 {
            return None;
        }
    }
    (count > 1).then_some(value)
}

/// The value of a Chinese counting numeral from 1 to 9999: 三, 十二, 廿九, 二百零五, 一千二百.
#[must_use]
pub fn counting(text: &str) -> Option<u32> {
    counting_of(text.chars())
}

fn counting_of(chars: impl Iterator<Item = char>) -> Option<u32> {
    let mut total = 0u32;
    let mut pending: Option<u32> = None;
    let mut last_unit = 10_000u32;
    let mut zero = false;
    for c in chars {
        let (unit, times) = match c {
            '十' => (10, None),
            '廿' => (10, Some(2)),
            '卅' => (10, Some(3)),
            '百' => (100, None),
            '千' => (1000, None),
            _ => {
                let d = digit(c)?;
                if d == 0 {
                    // 零 stands only between a unit and a digit: 一百零三
                    if total == 0 || zero || pending.is_some() {
                        return None;
                    }
                    zero = true;
                    continue;
                }
                if pending.is_some() {
                    return None;
                }
                pending = Some(d);
                continue;
            }
        };
        if unit >= last_unit {
            return None;
        }
        let times = match (times, pending.take()) {
            (Some(t), None) => t,
            (None, Some(p)) => p,
            // 十二 is 12; a bare 百 counts nothing
            (None, None) if unit == 10 && total == 0 => 1,
            _ => return None,
        };
        total += times * unit;
        last_unit = unit;
        zero = false;
    }
    match pending {
        // 一百三 (130) is spoken, never written in a notice; 一百零三 is 103
        Some(_) if last_unit > 10 && last_unit < 10_000 && !zero => None,
        Some(d) => Some(total + d),
        None if zero => None,
        None => (total > 0).then_some(total),
    }
}

/// Whether the character is an Arabic figure, half or full width.
#[must_use]
#[inline]
pub fn is_figure(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// The value of one Chinese digit; 两 counts as 2.
#[must_use]
pub fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' | '◯' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Whether the character can stand in a Chinese numeral.
#[must_use]
pub fn is_chinese(c: char) -> bool {
    matches!(
        c,
        '〇' | '零'
            | '○'
            | '◯'
            | '一'
            | '壹'
            | '二'
            | '贰'
            | '两'
            | '三'
            | '叁'
            | '四'
            | '肆'
            | '五'
            | '伍'
            | '六'
            | '陆'
            | '七'
            | '柒'
            | '八'
            | '捌'
            | '九'
            | '玖'
            | '十'
            | '廿'
            | '卅'
            | '百'
            | '千'
    )
}

/// The value of a circled number, ① to ㊿.
#[must_use]
pub fn circled(c: char) -> Option<u32> {
    let c = c as u32;
    Some(match c {
        0x2460..=0x2473 => c - 0x2460 + 1,
        0x3251..=0x325f => c - 0x3251 + 21,
        0x32b1..=0x32bf => c - 0x32b1 + 36,
        _ => return None,
    })
}

/// The value of a single character that is a number in brackets, and whether it is Chinese: ㈠ to ㈩, ⑴ to ⒇.
#[must_use]
pub fn bracketed(c: char) -> Option<(u32, bool)> {
    match c as u32 {
        n @ 0x3220..=0x3229 => Some((n - 0x3220 + 1, true)),
        n @ 0x2474..=0x2487 => Some((n - 0x2474 + 1, false)),
        _ => None,
    }
}

/// The value of a single character that is a number with a full stop: ⒈ to ⒛.
#[must_use]
pub fn stopped(c: char) -> Option<u32> {
    match c as u32 {
        n @ 0x2488..=0x249b => Some(n - 0x2488 + 1),
        _ => None,
    }
}

/// The value of a Roman numeral character, Ⅰ to Ⅻ.
#[must_use]
pub fn roman(c: char) -> Option<u32> {
    match c as u32 {
        n @ 0x2160..=0x216b => Some(n - 0x2160 + 1),
        _ => None,
    }
}

/// The Chinese counting form of a number from 1 to 9999: 103 → 一百零三.
#[must_use]
pub fn to_counting(n: u32) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let mut out = String::new();
    let mut zero = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let d = n / unit % 10;
        if d == 0 {
            zero = !out.is_empty();
            continue;
        }
        if zero {
            out.push('零');
            zero = false;
        }
        if !(unit == 10 && d == 1 && out.is_empty()) {
            out.push(DIGITS[d as usize]);
        }
        out.push_str(name);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_reads_back() {
        for n in 1..=9999 {
            assert_eq!(counting(&to_counting(n)), Some(n), "{}", to_counting(n));
            assert_eq!(value(&n.to_string()), Some(n));
        }
    }

    #[test]
    fn every_digit_and_unit_is_chinese() {
        for c in '\0'..=char::MAX {
            let unit = matches!(c, '十' | '廿' | '卅' | '百' | '千');
            assert_eq!(is_chinese(c), unit || digit(c).is_some(), "{c:?}");
        }
    }

    #[test]
    fn other_forms() {
        assert_eq!(value("廿九"), Some(29));
        assert_eq!(value("二〇二三"), Some(2023));
        assert_eq!(value("二○一八"), Some(2018));
        assert_eq!(value("二0二O"), Some(2020));
        assert_eq!(value("２０２３"), Some(2023));
        assert_eq!(circled('㉑'), Some(21));
        assert_eq!(circled('㊿'), Some(50));
        assert_eq!(roman('Ⅳ'), Some(4));
    }

    #[test]
    fn no_number() {
        for text in [
            "",
            "百",
            "十十",
            "一二三四五六七八",
            "零",
            "一百三",
            "一百零",
            "3a",
            "千百",
            "十百",
        ] {
            assert_eq!(value(text), None, "{text}");
        }
    }
}
