//! Tests of this module.

use super::*;
use crate::text::numeral;

fn ooxml(name: &str, n: u32) -> String {
    render(NumberFormat::from_ooxml(name), n)
}

/// Name, code and the forms of 1, 2, 10, 11, 20, 21, 100, 101, 110, 1000 and 1010.
const TABLE: &[(&str, u8, &str)] = &[
    ("decimal", 0, "1 2 10 11 20 21 100 101 110 1000 1010"),
    (
        "decimalHalfWidth",
        15,
        "1 2 10 11 20 21 100 101 110 1000 1010",
    ),
    ("decimalZero", 22, "01 02 10 11 20 21 100 101 110 1000 1010"),
    (
        "decimalFullWidth",
        14,
        "１ ２ １０ １１ ２０ ２１ １００ １０１ １１０ １０００ １０１０",
    ),
    ("upperRoman", 1, "I II X XI XX XXI C CI CX M MX"),
    ("lowerRoman", 2, "i ii x xi xx xxi c ci cx m mx"),
    ("upperLetter", 3, "A B J K T U VVVV WWWW FFFFF"),
    ("lowerLetter", 4, "a b j k t u vvvv wwww fffff"),
    (
        "ordinal",
        5,
        "1st 2nd 10th 11th 20th 21st 100th 101st 110th 1000th 1010th",
    ),
    ("cardinalText", 6, "One Two Ten Eleven Twenty Twenty-one"),
    (
        "ordinalText",
        7,
        "First Second Tenth Eleventh Twentieth Twenty-first",
    ),
    ("hex", 8, "1 2 A B 14 15 64 65 6E 3E8 3F2"),
    ("decimalEnclosedCircle", 18, "① ② ⑩ ⑪ ⑳ 21 100"),
    ("decimalEnclosedCircleChinese", 28, "① ② ⑩ 11 20 21 100"),
    ("decimalEnclosedFullstop", 26, "⒈ ⒉ ⒑ ⒒ ⒛ 21 100"),
    ("decimalEnclosedParen", 27, "⑴ ⑵ ⑽ ⑾ ⒇ 21 100"),
    ("ideographEnclosedCircle", 29, "㈠ ㈡ ㈩ 11 20 21 100"),
    ("ideographTraditional", 30, "甲 乙 癸 11 20 21 100"),
    ("ideographZodiac", 31, "子 丑 酉 戌 20 21 100"),
    (
        "ideographZodiacTraditional",
        32,
        "甲子 乙丑 癸酉 甲戌 癸未 甲申 100",
    ),
    (
        "ideographDigital",
        10,
        "一 二 一〇 一一 二〇 二一 一〇〇 一〇一 一一〇 一〇〇〇 一〇一〇",
    ),
    (
        "japaneseDigitalTenThousand",
        17,
        "一 二 一〇 一一 二〇 二一 一〇〇 一〇一 一一〇 一〇〇〇 一〇一〇",
    ),
    (
        "taiwaneseDigital",
        36,
        "一 二 一○ 一一 二○ 二一 一○○ 一○一 一一○ 一○○○ 一○一○",
    ),
    (
        "chineseCounting",
        37,
        "一 二 十 十一 二十 二十一 一○○ 一○一 一一○ 一○○○ 一○一○",
    ),
    (
        "taiwaneseCounting",
        33,
        "一 二 十 十一 二十 二十一 一○○ 一○一 一一○ 一○○○ 一○一○",
    ),
    (
        "chineseCountingThousand",
        39,
        "一 二 十 十一 二十 二十一 一百 一百○一 一百一十 一千 一千○一十",
    ),
    (
        "taiwaneseCountingThousand",
        35,
        "一 二 十 十一 二十 二十一 一百 一百零一 一百一十 一千 一千零一十",
    ),
    (
        "japaneseCounting",
        11,
        "一 二 十 十一 二十 二十一 百 百一 百十 千 千十",
    ),
    (
        "chineseLegalSimplified",
        38,
        "壹 贰 壹拾 壹拾壹 贰拾 贰拾壹 壹佰 壹佰零壹 壹佰壹拾 壹仟 壹仟零壹拾",
    ),
    (
        "ideographLegalTraditional",
        34,
        "壹 貳 壹拾 壹拾壹 貳拾 貳拾壹 壹佰 壹佰零壹 壹佰壹拾 壹仟 壹仟零壹拾",
    ),
    (
        "japaneseLegal",
        16,
        "壱 弐 壱拾 壱拾壱 弐拾 弐拾壱 壱百 壱百壱 壱百壱拾 壱阡 壱阡壱拾",
    ),
    ("koreanDigital2", 44, "一 二 一零 一一 二零 二一"),
    ("aiueoFullWidth", 20, "ア イ コ サ ト ナ"),
    ("irohaFullWidth", 21, "イ ロ ヌ ル ネ ナ"),
    ("ganada", 24, "가 나 차 카 바 사"),
    ("koreanCounting", 42, "일 이 십 십일 이십 이십일 백 백일"),
    ("hebrew1", 45, "1 2 10"),
];

#[test]
fn each_format_by_name_and_code() {
    let numbers = [1, 2, 10, 11, 20, 21, 100, 101, 110, 1000, 1010];
    for (name, code, forms) in TABLE {
        for (form, n) in forms.split(' ').zip(numbers) {
            assert_eq!(ooxml(name, n), form, "{name} {n}");
            let by_code = render(NumberFormat::from_nfc(*code), n);
            assert_eq!(by_code, form, "{code} {n}");
        }
    }
    assert_eq!(ooxml("numberInDash", 3), "- 3 -");
    for name in ["bullet", "none"] {
        assert_eq!(ooxml(name, 3), "");
        assert!(!NumberFormat::from_ooxml(name).counts());
    }
    assert_eq!(NumberFormat::from_nfc(0x17), NumberFormat::Bullet);
    assert_eq!(NumberFormat::from_nfc(0xff), NumberFormat::None);
    assert_eq!(
        render(NumberFormat::from_custom("001, 002, 003, ..."), 7),
        "007"
    );
    assert_eq!(render(NumberFormat::from_custom("a, ç"), 7), "7");
}

#[test]
fn counting_reads_back() {
    for n in 1..=9999 {
        for name in ["chineseCountingThousand", "taiwaneseCountingThousand"] {
            assert_eq!(
                numeral::counting(&ooxml(name, n)),
                Some(n),
                "{}",
                ooxml(name, n)
            );
        }
    }
    for n in 1..=99 {
        assert_eq!(ooxml("chineseCounting", n), numeral::to_counting(n));
        assert_eq!(ooxml("japaneseCounting", n), numeral::to_counting(n));
    }
    for n in 10..=9999 {
        assert_eq!(numeral::digits(&ooxml("ideographDigital", n)), Some(n));
    }
}

#[test]
fn one_to_one_where_numbers_are_distinct() {
    for (name, to) in [
        ("chineseLegalSimplified", 20_000),
        ("ideographLegalTraditional", 20_000),
        ("japaneseCounting", 20_000),
        ("chineseCountingThousand", 20_000),
        ("upperRoman", 3_999),
        ("upperLetter", 780),
        ("decimalEnclosedCircle", 200),
        ("ordinalText", 1_100),
    ] {
        let forms: std::collections::BTreeSet<String> = (1..=to).map(|n| ooxml(name, n)).collect();
        assert_eq!(forms.len(), to as usize, "{name}");
    }
}

#[test]
fn no_number_is_too_large_or_small() {
    for code in 0..=255 {
        let format = NumberFormat::from_nfc(code);
        for n in [
            0,
            1,
            9_999,
            10_000,
            10_001,
            12_345_678,
            100_000_000,
            u32::MAX,
        ] {
            assert!(render(format, n).len() <= 200, "{format:?} {n}");
        }
    }
    assert_eq!(ooxml("chineseCountingThousand", 10_001), "一万○一");
    assert_eq!(ooxml("chineseCountingThousand", 20_300), "二万○三百");
    assert_eq!(ooxml("chineseCounting", 0), "○");
    assert_eq!(ooxml("upperLetter", 0), "");
}

#[test]
fn a_blank_stands_after_words_only() {
    for (marker, next, gap) in [
        ("一、", '总', ""),
        ("（一）", '总', ""),
        ("(1)", '总', ""),
        ("1.", '总', ""),
        ("1.", '2', " "),
        ("1．", '2', ""),
        ("第一条", '为', " "),
        ("①", '为', " "),
        ("1", '为', " "),
        ("", '为', ""),
    ] {
        assert_eq!(gap_after(marker, Some(next)), gap, "{marker}");
    }
}
