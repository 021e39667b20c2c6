//! Automatic numbers as word processors draw them: one renderer for docx, doc and rtf.
//!
//! ECMA-376 part 1, 17.18.59 (`ST_NumberFormat`) names the formats; \[MS-OSHARED\] 2.2.1.3 (`MSONFC`) gives their codes.

/// How one number of a list is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum NumberFormat {
    /// 1, 2, 3; also what stands for a format that is not known.
    #[default]
    Decimal,
    /// 01, 02, … with zeros before up to this many digits.
    Padded(u8),
    /// Ⅰ written I, II, III.
    UpperRoman,
    /// i, ii, iii.
    LowerRoman,
    /// A … Z, AA, BB.
    UpperLetter,
    /// a … z, aa, bb.
    LowerLetter,
    /// 1st, 2nd.
    Ordinal,
    /// One, Two.
    CardinalText,
    /// First, Second.
    OrdinalText,
    /// A for ten.
    Hex,
    /// *, †, ‡, §, then doubled.
    Chicago,
    /// １, ２.
    FullWidth,
    /// ① … ⑳, then 21.
    Circled,
    /// ① … ⑩, then 11.
    CircledToTen,
    /// ⒈ … ⒛, then 21.
    FullStop,
    /// ⑴ … ⒇, then 21.
    Parenthesised,
    /// ㈠ … ㈩, then 11.
    ChineseParenthesised,
    /// Digit by digit, with this zero: 一〇.
    ChineseDigits(char),
    /// 十, 二十一; from a hundred on digit by digit: 一○一.
    ChineseTens,
    /// 十, 二十一, 一百○一, with this zero.
    ChineseCounting(char),
    /// 十, 百, 百一, 千百十一.
    JapaneseCounting,
    /// 壹拾, 壹佰零壹.
    LegalSimplified,
    /// 壹拾, 壹佰零壹, in 貳 參 陸.
    LegalTraditional,
    /// 壱拾, 壱百壱.
    LegalJapanese,
    /// 甲, 乙 … 癸, then 11.
    Stems,
    /// 子, 丑 … 亥, then 13.
    Branches,
    /// 甲子, 乙丑 … 癸亥.
    StemsAndBranches,
    /// ア, イ as half-width or full-width letters of this row.
    Kana(&'static str),
    /// 가, 나 or ㄱ, ㄴ, or other letters that begin again after the last.
    Letters(&'static str),
    /// 일, 이 … 십일.
    KoreanCounting,
    /// 일이 by digits.
    KoreanDigits,
    /// - 1 -.
    InDash,
    /// The level's text alone is shown.
    Bullet,
    /// Nothing is shown.
    None,
}

const AIUEO: &str = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ";
const AIUEO_WIDE: &str =
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const IROHA: &str = "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ";
const IROHA_WIDE: &str = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン";
const GANADA: &str = "가나다라마바사아자차카타파하";
const CHOSUNG: &str = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ";
const RUSSIAN_LOWER: &str = "абвгдежзиклмнопрстуфхцчшщыэюя";
const RUSSIAN_UPPER: &str = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ";
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

impl NumberFormat {
    /// The format of this name in `w:numFmt`; plain decimals for a name that is not known.
    pub(super) fn from_ooxml(name: &str) -> Self {
        match name {
            "decimalZero" => Self::Padded(2),
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "ordinal" => Self::Ordinal,
            "cardinalText" => Self::CardinalText,
            "ordinalText" => Self::OrdinalText,
            "hex" => Self::Hex,
            "chicago" => Self::Chicago,
            "decimalFullWidth" | "decimalFullWidth2" => Self::FullWidth,
            "decimalEnclosedCircle" => Self::Circled,
            "decimalEnclosedCircleChinese" => Self::CircledToTen,
            "decimalEnclosedFullstop" => Self::FullStop,
            "decimalEnclosedParen" => Self::Parenthesised,
            "ideographEnclosedCircle" => Self::ChineseParenthesised,
            "ideographDigital" | "japaneseDigitalTenThousand" => Self::ChineseDigits('〇'),
            "taiwaneseDigital" => Self::ChineseDigits('○'),
            "koreanDigital2" => Self::ChineseDigits('零'),
            "chineseCounting" | "taiwaneseCounting" => Self::ChineseTens,
            "chineseCountingThousand" => Self::ChineseCounting('○'),
            "taiwaneseCountingThousand" => Self::ChineseCounting('零'),
            "japaneseCounting" => Self::JapaneseCounting,
            "chineseLegalSimplified" => Self::LegalSimplified,
            "ideographLegalTraditional" => Self::LegalTraditional,
            "japaneseLegal" => Self::LegalJapanese,
            "ideographTraditional" => Self::Stems,
            "ideographZodiac" => Self::Branches,
            "ideographZodiacTraditional" => Self::StemsAndBranches,
            "aiueo" => Self::Kana(AIUEO),
            "aiueoFullWidth" => Self::Kana(AIUEO_WIDE),
            "iroha" => Self::Kana(IROHA),
            "irohaFullWidth" => Self::Kana(IROHA_WIDE),
            "ganada" => Self::Letters(GANADA),
            "chosung" => Self::Letters(CHOSUNG),
            "russianLower" => Self::Letters(RUSSIAN_LOWER),
            "russianUpper" => Self::Letters(RUSSIAN_UPPER),
            "koreanCounting" | "koreanLegal" => Self::KoreanCounting,
            "koreanDigital" => Self::KoreanDigits,
            "numberInDash" => Self::InDash,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            _ => Self::Decimal,
        }
    }

    /// The format of `w:numFmt w:val="custom"` whose `w:format` begins with the number one, such as `001, 002, …`.
    pub(super) fn from_custom(example: &str) -> Self {
        let first = example.split(',').next().unwrap_or_default().trim();
        let digits = first.bytes().take_while(u8::is_ascii_digit).count();
        match u8::try_from(digits) {
            Ok(digits @ 2..) => Self::Padded(digits),
            _ => Self::Decimal,
        }
    }

    /// The format of this `MSONFC` code, as doc files (`nfc`) and rtf (`\levelnfc`) have it.
    #[allow(dead_code)]
    pub(super) fn from_nfc(code: u8) -> Self {
        const NAMES: [&str; 60] = [
            "decimal",
            "upperRoman",
            "lowerRoman",
            "upperLetter",
            "lowerLetter",
            "ordinal",
            "cardinalText",
            "ordinalText",
            "hex",
            "chicago",
            "ideographDigital",
            "japaneseCounting",
            "aiueo",
            "iroha",
            "decimalFullWidth",
            "decimalHalfWidth",
            "japaneseLegal",
            "japaneseDigitalTenThousand",
            "decimalEnclosedCircle",
            "decimalFullWidth2",
            "aiueoFullWidth",
            "irohaFullWidth",
            "decimalZero",
            "bullet",
            "ganada",
            "chosung",
            "decimalEnclosedFullstop",
            "decimalEnclosedParen",
            "decimalEnclosedCircleChinese",
            "ideographEnclosedCircle",
            "ideographTraditional",
            "ideographZodiac",
            "ideographZodiacTraditional",
            "taiwaneseCounting",
            "ideographLegalTraditional",
            "taiwaneseCountingThousand",
            "taiwaneseDigital",
            "chineseCounting",
            "chineseLegalSimplified",
            "chineseCountingThousand",
            "decimal",
            "koreanDigital",
            "koreanCounting",
            "koreanLegal",
            "koreanDigital2",
            "hebrew1",
            "arabicAlpha",
            "hebrew2",
            "arabicAbjad",
            "hindiVowels",
            "hindiConsonants",
            "hindiNumbers",
            "hindiCounting",
            "thaiLetters",
            "thaiNumbers",
            "thaiCounting",
            "vietnameseCounting",
            "numberInDash",
            "russianLower",
            "russianUpper",
        ];
        match code {
            0xff => Self::None,
            code => NAMES
                .get(usize::from(code))
                .map_or(Self::Decimal, |name| Self::from_ooxml(name)),
        }
    }

    /// Whether a number is shown at all.
    pub(super) fn counts(self) -> bool {
        !matches!(self, Self::Bullet | Self::None)
    }
}

/// The number as the format writes it; empty for bullets and for `none`.
pub(super) fn render(format: NumberFormat, n: u32) -> String {
    use NumberFormat as F;
    match format {
        F::Decimal => n.to_string(),
        F::Padded(digits) => format!("{n:0width$}", width = usize::from(digits)),
        F::UpperRoman => roman(n),
        F::LowerRoman => roman(n).to_ascii_lowercase(),
        F::UpperLetter => letters(n, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        F::LowerLetter => letters(n, "abcdefghijklmnopqrstuvwxyz"),
        F::Ordinal => format!("{n}{}", ordinal_ending(n)),
        F::CardinalText => capital(cardinal(n)),
        F::OrdinalText => capital(ordinal(n)),
        F::Hex => format!("{n:X}"),
        F::Chicago => repeated(n, "*†‡§"),
        F::FullWidth => digits(n, |d| char::from_u32(0xff10 + d).unwrap_or('０')),
        F::Circled => enclosed(n, 0x2460, 20),
        F::CircledToTen => enclosed(n, 0x2460, 10),
        F::FullStop => enclosed(n, 0x2488, 20),
        F::Parenthesised => enclosed(n, 0x2474, 20),
        F::ChineseParenthesised => enclosed(n, 0x3220, 10),
        F::ChineseDigits(zero) => digits(n, |d| chinese_digit(d, zero)),
        F::ChineseTens if n < 100 => COUNTING.write(n, '○'),
        F::ChineseTens => digits(n, |d| chinese_digit(d, '○')),
        F::ChineseCounting(zero) => COUNTING.write(n, zero),
        F::JapaneseCounting => JAPANESE.write(n, '〇'),
        F::LegalSimplified => LEGAL_SIMPLIFIED.write(n, '零'),
        F::LegalTraditional => LEGAL_TRADITIONAL.write(n, '零'),
        F::LegalJapanese => LEGAL_JAPANESE.write(n, '〇'),
        F::Stems => of_row(n, STEMS),
        F::Branches => of_row(n, BRANCHES),
        F::StemsAndBranches => match n {
            1..=60 => [STEMS, BRANCHES]
                .iter()
                .filter_map(|row| cyclic(n, row))
                .collect(),
            n => n.to_string(),
        },
        F::Kana(row) | F::Letters(row) => {
            cyclic(n, row).map_or_else(|| n.to_string(), String::from)
        }
        F::KoreanCounting => KOREAN.write(n, '영'),
        F::KoreanDigits => digits(n, |d| KOREAN.digit(d).unwrap_or('영')),
        F::InDash => format!("- {n} -"),
        F::Bullet | F::None => String::new(),
    }
}

/// What stands between a number and the paragraph that begins with `next`, where the list asks for a tab or a space.
///
/// Chinese print sets none after a stop, a comma or a bracket: 一、总则, （一）巡山, 1.开展排查; 第一条 goes with a blank.
/// A dot before a digit keeps the blank, or 1. 2023年 would read as a decimal.
pub(super) fn gap_after(marker: &str, next: Option<char>) -> &'static str {
    match marker.chars().next_back() {
        None => "",
        Some('.') if next.is_some_and(|c| c.is_ascii_digit()) => " ",
        Some(
            '.' | ')' | ']' | '}' | '>' | ',' | ':' | ';' | '、' | '。' | '，' | '：' | '；' | '．'
            | '）' | '］' | '】' | '〕' | '》' | '〉' | '」' | '』' | '｝' | '｡' | '､' | '﹒'
            | '﹑',
        ) => "",
        Some(last) if last.is_whitespace() => "",
        Some(_) => " ",
    }
}

fn roman(n: u32) -> String {
    const PARTS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    // Word counts lists up to 32767.
    if n > 32_767 {
        return n.to_string();
    }
    let mut out = String::new();
    let mut left = n;
    for (value, letters) in PARTS {
        while left >= value {
            out.push_str(letters);
            left -= value;
        }
    }
    out
}

/// Z, then AA, BB: the same letter again, thirty times at most.
fn letters(n: u32, row: &str) -> String {
    let Some(at) = n.checked_sub(1) else {
        return String::new();
    };
    let at = at % 780;
    let times = at / 26 + 1;
    row.chars()
        .nth((at % 26) as usize)
        .map(|c| String::from(c).repeat(times as usize))
        .unwrap_or_default()
}

fn repeated(n: u32, row: &str) -> String {
    let Some(at) = n.checked_sub(1) else {
        return String::new();
    };
    let length = row.chars().count() as u32;
    let times = (at / length).min(29) + 1;
    row.chars()
        .nth((at % length) as usize)
        .map(|c| String::from(c).repeat(times as usize))
        .unwrap_or_default()
}

/// The n-th character after `first`; the plain number past the last.
fn enclosed(n: u32, first: u32, count: u32) -> String {
    match n {
        1.. if n <= count => {
            char::from_u32(first + n - 1).map_or_else(|| n.to_string(), String::from)
        }
        n => n.to_string(),
    }
}

fn of_row(n: u32, row: &str) -> String {
    let at = n.checked_sub(1).map(|at| at as usize);
    at.and_then(|at| row.chars().nth(at))
        .map_or_else(|| n.to_string(), String::from)
}

fn cyclic(n: u32, row: &str) -> Option<char> {
    let at = n.checked_sub(1)? as usize;
    row.chars().nth(at % row.chars().count())
}

fn digits(n: u32, write: impl Fn(u32) -> char) -> String {
    n.to_string()
        .bytes()
        .map(|b| write(u32::from(b - b'0')))
        .collect()
}

fn chinese_digit(d: u32, zero: char) -> char {
    COUNTING.digit(d).unwrap_or(zero)
}

/// A system that writes a number as digits times powers of ten.
struct Counting {
    /// One to nine.
    digits: &'static str,
    /// 10, 100, 1000, 10 000.
    powers: [char; 4],
    /// Whether ten alone is 十, not 一十; and whether a hundred alone is 百.
    drops_one: DropsOne,
    /// Whether skipped powers are shown by a zero: 一百○一.
    shows_zero: bool,
}

enum DropsOne {
    /// 壹拾.
    Never,
    /// 十 up to nineteen, 一百一十 above.
    BelowTwenty,
    /// 百, 千百十一.
    Always,
}

const COUNTING: Counting = Counting {
    digits: "一二三四五六七八九",
    powers: ['十', '百', '千', '万'],
    drops_one: DropsOne::BelowTwenty,
    shows_zero: true,
};
const JAPANESE: Counting = Counting {
    drops_one: DropsOne::Always,
    shows_zero: false,
    ..COUNTING
};
const LEGAL_SIMPLIFIED: Counting = Counting {
    digits: "壹贰叁肆伍陆柒捌玖",
    powers: ['拾', '佰', '仟', '萬'],
    drops_one: DropsOne::Never,
    shows_zero: true,
};
const LEGAL_TRADITIONAL: Counting = Counting {
    digits: "壹貳參肆伍陸柒捌玖",
    powers: ['拾', '佰', '仟', '萬'],
    drops_one: DropsOne::Never,
    shows_zero: true,
};
const LEGAL_JAPANESE: Counting = Counting {
    digits: "壱弐参四伍六七八九",
    powers: ['拾', '百', '阡', '萬'],
    drops_one: DropsOne::Never,
    shows_zero: false,
};
const KOREAN: Counting = Counting {
    digits: "일이삼사오육칠팔구",
    powers: ['십', '백', '천', '만'],
    drops_one: DropsOne::Always,
    shows_zero: false,
};

impl Counting {
    fn digit(&self, d: u32) -> Option<char> {
        self.digits.chars().nth((d as usize).checked_sub(1)?)
    }

    /// Up to 99 999 999; above, and for lists never reached, plain decimals.
    fn write(&self, n: u32, zero: char) -> String {
        match n {
            0 => String::from(zero),
            1..=9_999 => {
                let mut out = String::new();
                self.below_ten_thousand(n, n, false, zero, &mut out);
                out
            }
            10_000..=99_999_999 => {
                let (high, low) = (n / 10_000, n % 10_000);
                let mut out = String::new();
                self.below_ten_thousand(high, high, false, zero, &mut out);
                out.push(self.powers[3]);
                if low > 0 {
                    self.below_ten_thousand(low, n, true, zero, &mut out);
                }
                out
            }
            n => n.to_string(),
        }
    }

    /// Writes `part`, which ends the number `whole`; digits stand before it when `is_after`.
    fn below_ten_thousand(
        &self,
        part: u32,
        whole: u32,
        is_after: bool,
        zero: char,
        out: &mut String,
    ) {
        let mut is_begun = is_after;
        let mut is_skipped = false;
        for (power, at) in [(1000, 3), (100, 2), (10, 1), (1, 0)] {
            let d = part / power % 10;
            if d == 0 {
                is_skipped |= is_begun;
                continue;
            }
            if is_skipped && self.shows_zero {
                out.push(zero);
            }
            is_skipped = false;
            let drops_one = d == 1
                && power > 1
                && match self.drops_one {
                    DropsOne::Never => false,
                    DropsOne::BelowTwenty => whole < 20,
                    DropsOne::Always => true,
                };
            if !drops_one {
                out.extend(self.digit(d));
            }
            if power > 1 {
                out.push(self.powers[at - 1]);
            }
            is_begun = true;
        }
    }
}

fn ordinal_ending(n: u32) -> &'static str {
    match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

fn cardinal(n: u32) -> String {
    match n {
        0..20 => UNITS[n as usize].to_owned(),
        20..100 if n.is_multiple_of(10) => TENS[(n / 10) as usize].to_owned(),
        20..100 => format!("{}-{}", TENS[(n / 10) as usize], UNITS[(n % 10) as usize]),
        100..1000 if n.is_multiple_of(100) => format!("{} hundred", UNITS[(n / 100) as usize]),
        100..1000 => format!(
            "{} hundred {}",
            UNITS[(n / 100) as usize],
            cardinal(n % 100)
        ),
        n => n.to_string(),
    }
}

fn ordinal(n: u32) -> String {
    let mut words = cardinal(n);
    if n >= 1000 {
        return format!("{n}{}", ordinal_ending(n));
    }
    const ODD: [(&str, &str); 7] = [
        ("one", "first"),
        ("two", "second"),
        ("three", "third"),
        ("five", "fifth"),
        ("eight", "eighth"),
        ("nine", "ninth"),
        ("twelve", "twelfth"),
    ];
    if let Some((word, ending)) = ODD.iter().find(|(word, _)| words.ends_with(word)) {
        words.truncate(words.len() - word.len());
        words.push_str(ending);
    } else if words.ends_with('y') {
        words.pop();
        words.push_str("ieth");
    } else {
        words.push_str("th");
    }
    words
}

fn capital(mut words: String) -> String {
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

#[cfg(test)]
mod tests;
