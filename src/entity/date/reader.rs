//! A place in the text that reads folded characters, blanks and numbers, and can be put back by copying it.

use crate::text::fold::fold;
use crate::text::numeral;
use crate::text::words::Words;
use crate::text::words::words;

/// Blanks that may stand within a date (`6 月 1 日`); more are a gap in a form or a table.
const BLANKS: usize = 8;
/// Numerals longer than this are no date and are only stepped over.
const NUMERAL: usize = 9;
/// So are numbers of more digits.
const DIGITS: usize = 7;

/// A number as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Its value; [`u32::MAX`] when it exceeds every date.
    pub(super) value: u32,
    /// How many characters it has.
    pub(super) len: usize,
    /// Whether it is written in Arabic digits.
    pub(super) arabic: bool,
    /// Whether it is Chinese digits by place (二〇二三), not counting (二十三).
    pub(super) placed: bool,
    /// Whether 两 stands in it: two of something, never the second.
    pub(super) pair: bool,
}

impl Number {
    /// The number as a month, day or quarter: at most `max`, at most two digits, never zero.
    pub(super) fn within(self, max: u8) -> Option<u8> {
        let short = if self.arabic {
            self.len <= 2
        } else {
            !self.pair
        };
        u8::try_from(self.value)
            .ok()
            .filter(|n| short && (1..=max).contains(n))
    }

    /// The number as a year of four digits, 1900 to 2099 (二千 too).
    pub(super) fn year(self) -> Option<i16> {
        let whole = !self.arabic || self.len == 4;
        i16::try_from(self.value)
            .ok()
            .filter(|y| whole && (1900..2100).contains(y))
    }
}

/// A cursor over one text; copying it is a bookmark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'t> {
    text: &'t str,
    /// The byte that is read next, on a character boundary.
    pub(super) at: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }

    /// The text from here on.
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next character, folded, and how many bytes it has.
    #[inline]
    fn next(&self) -> Option<(char, usize)> {
        match *self.text.as_bytes().get(self.at..)? {
            [] => None,
            [c, ..] if c.is_ascii() && !matches!(c, b'[' | b']') => Some((char::from(c), 1)),
            // U+4000–9FFF: of these, nearly all of the text, 零 alone folds to another
            [a @ 0xe4..=0xe9, b, c, ..] => {
                let low = |byte: u8| u32::from(byte & 0x3f);
                let code = u32::from(a & 0x0f) << 12 | low(b) << 6 | low(c);
                char::from_u32(code).map(|c| (if c == '零' { '〇' } else { c }, 3))
            }
            _ => {
                let c = self.rest().chars().next()?;
                Some((fold(c), c.len_utf8()))
            }
        }
    }

    /// The next character, folded.
    #[inline]
    pub(super) fn peek(&self) -> Option<char> {
        self.next().map(|(c, _)| c)
    }

    /// Takes the next character, folded.
    #[inline]
    pub(super) fn bump(&mut self) -> Option<char> {
        let (c, width) = self.next()?;
        self.at += width;
        Some(c)
    }

    /// Steps over a few blanks, never over a line.
    pub(super) fn blanks(&mut self) {
        for _ in 0..BLANKS {
            match self.next() {
                Some((' ' | '\t', width)) => self.at += width,
                _ => return,
            }
        }
    }

    /// Whether a sum ends here whose 元 is next: 每人1000元月生活补助, 39.5元月租, 5万元月度奖, 300美元月费.
    pub(super) fn is_behind_sum(&self) -> bool {
        let head = before(self.text, self.at, 3).trim_end();
        head.chars().next_back().map(fold).is_some_and(|c| {
            c.is_ascii_digit() || numeral::is_chinese(c) || "万亿余多来几数美欧日港单".contains(c)
        })
    }

    /// Takes `c`.
    #[inline]
    pub(super) fn eat(&mut self, c: char) -> bool {
        match self.next() {
            Some((next, width)) if next == c => {
                self.at += width;
                true
            }
            _ => false,
        }
    }

    /// Takes the first of the words that stands here; they are written folded. Its place in the list.
    #[inline]
    pub(super) fn eat_word(&mut self, words: &Words) -> Option<usize> {
        let first = self.peek().filter(|c| words.may_begin(*c))?;
        self.eat_one_of(words.list(), first)
    }

    /// Whether one of the words stands here.
    #[inline]
    pub(super) fn sees(&self, words: &Words) -> bool {
        let mut ahead = *self;
        ahead.eat_word(words).is_some()
    }

    /// Takes the first of the words that stands here, where the next character is `first`.
    fn eat_one_of(&mut self, words: &[&str], first: char) -> Option<usize> {
        words.iter().position(|word| {
            let mut rest = word.chars();
            if rest.next() != Some(first) {
                return false;
            }
            let mut ahead = *self;
            ahead.bump();
            let hit = rest.all(|c| ahead.eat(c));
            if hit {
                *self = ahead;
            }
            hit
        })
    }

    /// Takes a whole number, of whatever length.
    pub(super) fn number(&mut self) -> Option<Number> {
        let start = self.at;
        let first = self.peek()?;
        let arabic = first.is_ascii_digit();
        if !arabic && !numeral::is_chinese(first) {
            return None;
        }
        let (mut len, mut letters, mut pair) = (0, false, false);
        let mut digits = 0u32;
        while let Some((c, width)) = self.next() {
            let zero = !arabic && matches!(c, '0' | 'O' | 'o');
            let more = match arabic {
                true => c.is_ascii_digit(),
                false => numeral::is_chinese(c) || zero,
            };
            if !more {
                break;
            }
            letters |= zero;
            pair |= c == '两';
            digits = digits.wrapping_mul(10).wrapping_add(c as u32 & 0xf);
            len += 1;
            self.at += width;
        }
        if arabic {
            return Some(Number {
                value: if len > DIGITS { u32::MAX } else { digits },
                len,
                arabic,
                placed: false,
                pair,
            });
        }
        let written = self.text.get(start..self.at).unwrap_or_default();
        let (value, placed) = if len > NUMERAL {
            (None, false)
        } else if letters {
            // 二O二三, 二0二三: a letter or digit where the keyboard has no 〇
            let zeroed = written.replace(['0', 'O', 'o', '０', 'Ｏ'], "〇");
            (numeral::digits(&zeroed), true)
        } else {
            match numeral::counting(written) {
                Some(n) => (Some(n), false),
                None => (numeral::digits(written), true),
            }
        };
        Some(Number {
            value: value.unwrap_or(u32::MAX),
            len,
            arabic,
            placed,
            pair,
        })
    }

    /// Takes what stands between the two ends of a range: 至, 到 or dashes, blanks around them.
    pub(super) fn to(&mut self) -> bool {
        let mark = *self;
        self.blanks();
        let mut dashes = 0;
        while dashes < 4 && self.peek().is_some_and(is_dash) {
            self.bump();
            dashes += 1;
        }
        if dashes > 0 || self.eat_word(words!["至", "到"]).is_some() {
            self.blanks();
            return true;
        }
        *self = mark;
        false
    }
}

/// Whether the character, folded, can stand between the two ends of a range.
pub(super) fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '~' | '—' | '–' | '―' | '─' | '−' | '‐' | '‑' | '〜' | '﹣' | '━' | '⁓'
    )
}

/// The last `count` characters before byte `at`, at most back to the line's start.
pub(super) fn before(text: &str, at: usize, count: usize) -> &str {
    let head = text.get(..at).unwrap_or_default();
    let start = head
        .char_indices()
        .rev()
        .take(count)
        .take_while(|(_, c)| *c != '\n')
        .last()
        .map_or(at, |(i, _)| i);
    &head[start.min(head.len())..]
}

/// At most `count` characters from byte `at` on, up to the first of `stops` or the line's end.
pub(super) fn after<'t>(text: &'t str, at: usize, count: usize, stops: &[char]) -> &'t str {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest
        .char_indices()
        .take(count)
        .take_while(|(_, c)| *c != '\n' && !stops.contains(c))
        .last()
        .map_or(0, |(i, c)| i + c.len_utf8());
    &rest[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<Number> {
        Reader::new(text, 0).number()
    }

    #[test]
    fn numbers_of_every_family() {
        assert_eq!(number("２０２３年").and_then(Number::year), Some(2023));
        assert_eq!(number("二O二三年").and_then(Number::year), Some(2023));
        assert_eq!(number("二○二三年").and_then(Number::year), Some(2023));
        assert_eq!(number("廿九日").and_then(|n| n.within(31)), Some(29));
        assert_eq!(number("012").and_then(|n| n.within(31)), None);
        assert_eq!(number("两月").and_then(|n| n.within(12)), None);
        assert_eq!(number("99999999999999999").map(|n| n.value), Some(u32::MAX));
        assert_eq!(number("年"), None);
    }

    #[test]
    fn characters_are_folded() {
        for c in ('\0'..=char::MAX).filter(|c| *c < '\u{30000}') {
            let text = c.to_string();
            let mut r = Reader::new(&text, 0);
            assert_eq!(
                (r.peek(), r.bump(), r.at),
                (Some(fold(c)), Some(fold(c)), text.len())
            );
        }
        assert_eq!(Reader::new("", 0).peek(), None);
        assert_eq!(Reader::new("一", 9).peek(), None);
    }

    #[test]
    fn windows_stop_at_the_line() {
        assert_eq!(before("甲\n乙丙丁", "甲\n乙丙".len(), 9), "乙丙");
        assert_eq!(after("甲乙，丙\n丁", 0, 9, &['，']), "甲乙");
        assert_eq!(after("甲乙", 99, 9, &[]), "");
    }
}
