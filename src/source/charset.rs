//! Which charset: UTF-8, UTF-16 of either order, GB18030 or Big5, and the text decoded from it.
//!
//! The order of the questions: a byte-order mark settles it; bytes that are valid UTF-8 are UTF-8; UTF-16
//! without mark shows in its high bytes; damaged UTF-8 still holds more whole characters than faults; the
//! rest is GB18030 or Big5, whichever gives the likelier characters, and the statistics of `chardetng` settle
//! ties. GBK and GB2312 are read as GB18030, which holds both.

use super::gb18030;
use crate::text::fold::is_han;
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::cmp::Ordering;
use std::sync::LazyLock;

/// A decoded text and what was decided on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Without the byte-order mark.
    pub text: String,
    /// `UTF-8`, `UTF-16LE`, `UTF-16BE`, `GB18030`, `Big5`.
    pub charset: &'static str,
    /// How many byte sequences were no character, each now a U+FFFD.
    pub replaced: usize,
}

/// As many bytes are looked at to guess a charset; the answer does not change with more.
const SAMPLE: usize = 1 << 16;
/// So many more faults than characters of UTF-8 are no damage.
const DECIDED: usize = 1 << 12;
/// As many are decoded both ways to tell GB18030 from Big5.
const SCORED: usize = 1 << 14;

/// The text of these bytes.
///
/// ```
/// use gongwen::source::charset::decode;
/// let (bytes, ..) = encoding_rs::GBK.encode("关于做好节能宣传周工作的通知");
/// assert_eq!(decode(&bytes).charset, "GB18030");
/// ```
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let bytes = &bytes[mark..];
        return match encoding == UTF_8 {
            true => lossy_utf_8(bytes),
            false => by_encoding(encoding, bytes),
        };
    }
    let valid = std::str::from_utf8(bytes);
    let has_nul = memchr::memchr(0, &bytes[..bytes.len().min(SAMPLE)]).is_some();
    if (valid.is_err() || has_nul)
        && let Some(encoding) = utf_16_order(bytes)
    {
        return by_encoding(encoding, bytes);
    }
    match valid {
        Ok(text) => Decoded {
            text: text.to_owned(),
            charset: UTF_8.name(),
            replaced: 0,
        },
        Err(_) if is_damaged_utf_8(bytes) => lossy_utf_8(bytes),
        Err(_) => by_encoding(chinese(bytes), bytes),
    }
}

/// The text of these bytes, of which their file says that they are in the charset of this name.
///
/// Labels are wrong as often as right, so that one settles only what the bytes leave open: whether they are
/// GB18030 or Big5 when both give as likely characters.
///
/// ```
/// use gongwen::source::charset::decode_labelled;
/// let decoded = decode_labelled("节能宣传周".as_bytes(), Some(b"gb2312"));
/// assert_eq!((decoded.text.as_str(), decoded.charset), ("节能宣传周", "UTF-8"));
/// ```
#[must_use]
pub fn decode_labelled(bytes: &[u8], label: Option<&[u8]>) -> Decoded {
    let found = decode(bytes);
    let labelled = match label.and_then(Encoding::for_label) {
        Some(encoding) if encoding == BIG5 => BIG5,
        Some(encoding) if encoding == GB18030 || encoding == encoding_rs::GBK => GB18030,
        _ => return found,
    };
    let is_open = matches!(found.charset, "GB18030" | "Big5") && found.charset != by_name(labelled);
    match is_open && score(labelled, bytes) >= score(other(labelled), bytes) {
        true => by_encoding(labelled, bytes),
        false => found,
    }
}

fn by_name(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "gb18030" => "GB18030",
        name => name,
    }
}

fn other(encoding: &'static Encoding) -> &'static Encoding {
    match encoding == BIG5 {
        true => GB18030,
        false => BIG5,
    }
}

/// The name of a file from its bytes. 通知 in GBK is valid UTF-8 by chance, of letters that no name of ours has: what holds
/// Chinese characters in GBK alone is GBK.
#[must_use]
pub fn decode_name(bytes: &[u8]) -> String {
    if bytes.is_ascii() {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let (other, faulty) = GB18030.decode_without_bom_handling(bytes);
        let by_chance = !text.chars().any(is_han) && !faulty && other.chars().any(is_han);
        return match by_chance {
            true => other.into_owned(),
            false => text.to_owned(),
        };
    }
    decode(bytes).text
}

fn lossy_utf_8(bytes: &[u8]) -> Decoded {
    let mut text = String::with_capacity(bytes.len());
    let mut replaced = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push('\u{fffd}');
            replaced += 1;
        }
    }
    Decoded {
        text,
        charset: UTF_8.name(),
        replaced,
    }
}

fn by_encoding(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, faulty) = match encoding == GB18030 {
        true => gb18030::decode(bytes),
        false => {
            let (text, faulty) = encoding.decode_without_bom_handling(bytes);
            (text.into_owned(), faulty)
        }
    };
    let replaced = match faulty {
        true => text.matches('\u{fffd}').count(),
        false => 0,
    };
    Decoded {
        text,
        charset: by_name(encoding),
        replaced,
    }
}

/// The byte order of UTF-16 without mark: in Chinese text nearly all units are Han characters, Chinese
/// punctuation or ASCII, which read in the wrong order (or from another charset) they are not.
fn utf_16_order(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let units = sample.len() / 2;
    if units == 0 {
        return None;
    }
    let share = |order: fn([u8; 2]) -> u16| {
        let likely = sample
            .chunks_exact(2)
            .filter(|pair| is_likely(order([pair[0], pair[1]])))
            .count();
        likely * 100 / units
    };
    let (little, big) = (share(u16::from_le_bytes), share(u16::from_be_bytes));
    match little.max(big) {
        ..90 => None,
        _ if big > little => Some(UTF_16BE),
        _ => Some(UTF_16LE),
    }
}

fn is_likely(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0xa0..=0xff | 0x2010..=0x203b | 0x2160..=0x217f
        | 0x2460..=0x249b | 0x3000..=0x303f | 0x4e00..=0x9fff | 0xff00..=0xffef)
}

/// Whether damaged bytes are UTF-8 all the same: characters of three bytes and more, which GBK and Big5
/// give by chance in few places only, outnumber the faults. A lead of [`DECIDED`] is not lost again.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let (mut whole, mut faults) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|b| *b >= 0xe0).count();
        faults += usize::from(!chunk.invalid().is_empty());
        if faults > whole + DECIDED {
            return false;
        }
    }
    whole > 0 && whole >= faults
}

/// The bytes that a guess looks at, from the first that is no ASCII.
fn sample(bytes: &[u8]) -> (&[u8], bool) {
    let first = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    let rest = &bytes[first..];
    (&rest[..rest.len().min(SCORED)], rest.len() <= SCORED)
}

fn score(encoding: &'static Encoding, bytes: &[u8]) -> i64 {
    let (text, _) = encoding.decode_without_bom_handling(sample(bytes).0);
    text.chars().map(likelihood).sum()
}

fn chinese(bytes: &[u8]) -> &'static Encoding {
    match score(GB18030, bytes).cmp(&score(BIG5, bytes)) {
        Ordering::Greater => GB18030,
        Ordering::Less => BIG5,
        // One fault makes the detector drop the right charset, and it knows no official prose: it settles ties.
        Ordering::Equal => {
            let (sample, is_whole) = sample(bytes);
            let mut detector =
                chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
            detector.feed(sample, is_whole);
            match detector.guess(None, chardetng::Utf8Detection::Deny) {
                guess if guess == BIG5 => BIG5,
                _ => GB18030,
            }
        }
    }
}

/// How much a character speaks for the charset that gave it.
fn likelihood(c: char) -> i64 {
    match c {
        '\u{fffd}' | '\u{e000}'..='\u{f8ff}' => -2,
        // Kana, Greek, Cyrillic, box drawing: rows that the wrong charset lands in.
        '\u{3040}'..='\u{30ff}' | '\u{370}'..='\u{4ff}' | '\u{2500}'..='\u{257f}' => -1,
        c if COMMON_SORTED.binary_search(&c).is_ok() => 4,
        _ => 0,
    }
}

/// Characters that notices are full of, in either script.
const COMMON: &str = "，。、：；（）“”「」的一和及各在不人有工作全安通知年月日市縣县區区關关於于開开為为會会部門门單单位";

static COMMON_SORTED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut all: Vec<char> = COMMON.chars().collect();
    all.sort_unstable();
    all
});

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIMPLIFIED: &str = "各乡镇人民政府、街道办事处：\n现将2024年防汛演练有关事项通知如下。";
    const TRADITIONAL: &str =
        "各鄉鎮公所、各有關單位：\n茲將防汛演練有關事項通知如下，請依規定辦理。";

    fn utf_16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn each_charset_is_found() {
        let gb = GB18030.encode(SIMPLIFIED).0.into_owned();
        let big5 = BIG5.encode(TRADITIONAL).0.into_owned();
        let marked = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
        let cases = [
            (SIMPLIFIED.as_bytes().to_vec(), "UTF-8", SIMPLIFIED),
            (
                marked(b"\xef\xbb\xbf", SIMPLIFIED.into()),
                "UTF-8",
                SIMPLIFIED,
            ),
            (utf_16(SIMPLIFIED, u16::to_le_bytes), "UTF-16LE", SIMPLIFIED),
            (utf_16(SIMPLIFIED, u16::to_be_bytes), "UTF-16BE", SIMPLIFIED),
            (
                marked(b"\xff\xfe", utf_16(SIMPLIFIED, u16::to_le_bytes)),
                "UTF-16LE",
                SIMPLIFIED,
            ),
            (
                marked(b"\xfe\xff", utf_16(SIMPLIFIED, u16::to_be_bytes)),
                "UTF-16BE",
                SIMPLIFIED,
            ),
            (gb, "GB18030", SIMPLIFIED),
            (big5, "Big5", TRADITIONAL),
        ];
        for (bytes, charset, text) in cases {
            let decoded = decode(&bytes);
            assert_eq!(
                (decoded.charset, decoded.text.as_str(), decoded.replaced),
                (charset, text, 0)
            );
        }
    }

    #[test]
    fn four_byte_gb18030_is_read() {
        // 㙍 and 𠮷 stand outside GBK: GB 18030 gives them four bytes.
        let text = "龙㙍村、𠮷家营村村民委员会：请于6月底前报送总结。";
        let (bytes, ..) = GB18030.encode(text);
        assert_eq!(decode(&bytes).text, text);
        assert_eq!(decode(&bytes).charset, "GB18030");
    }

    #[test]
    fn damage_does_not_change_the_charset() {
        let mut utf_8 = SIMPLIFIED.as_bytes().to_vec();
        utf_8.truncate(utf_8.len() - 1);
        assert_eq!(
            (decode(&utf_8).charset, decode(&utf_8).replaced),
            ("UTF-8", 1)
        );

        let mut gb = GB18030.encode(SIMPLIFIED).0.into_owned();
        gb.splice(4..4, [0xff, b'\n']);
        let decoded = decode(&gb);
        assert_eq!((decoded.charset, decoded.replaced), ("GB18030", 1));
        assert!(decoded.text.ends_with("有关事项通知如下。"));

        let mut big5 = BIG5.encode(TRADITIONAL).0.into_owned();
        big5.splice(4..4, [0xff, b'\n']);
        assert_eq!(decode(&big5).charset, "Big5");
    }

    #[test]
    fn a_short_heading_is_enough() {
        let text = "关于开展安全大检查的通知";
        assert_eq!(decode(&GB18030.encode(text).0).text, text);
        assert_eq!(decode(&utf_16(text, u16::to_le_bytes)).text, text);
    }

    #[test]
    fn a_label_settles_only_what_the_bytes_leave_open() {
        let gb = GB18030.encode(SIMPLIFIED).0.into_owned();
        let big5 = BIG5.encode(TRADITIONAL).0.into_owned();
        for (bytes, label, charset) in [
            (SIMPLIFIED.as_bytes(), "gb2312", "UTF-8"),
            (&gb, "utf-8", "GB18030"),
            (&gb, "big5", "GB18030"),
            (&big5, "gbk", "Big5"),
            (&gb, "iso-8859-1", "GB18030"),
            (b"plain", "big5", "UTF-8"),
            // Two characters of no weight, which either charset gives.
            (b"\xc4\xe3\xba\xc3", "big5", "Big5"),
            (b"\xc4\xe3\xba\xc3", "gb2312", "GB18030"),
        ] {
            let decoded = decode_labelled(bytes, Some(label.as_bytes()));
            assert_eq!(decoded.charset, charset, "{label}");
        }
    }

    proptest! {
        #[test]
        fn ascii_is_utf_8(text in "[ -~\n]{0,100}") {
            prop_assert_eq!(decode(text.as_bytes()).text, text);
        }
    }
}
