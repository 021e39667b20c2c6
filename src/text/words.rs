//! Short lists of words: whether a text begins with one, ends with one or holds one. Most texts are told by one look at a
//! table of the words' first or last characters; nothing is built at run time.

/// A list of words, in the order in which they are tried.
#[derive(Debug)]
pub struct Words {
    list: &'static [&'static str],
    firsts: Characters,
    /// What follows the first character, and first characters of words that have no other: both must fit for a search to
    /// look closer.
    seconds: Characters,
    alone: Characters,
    lasts: Characters,
}

/// Whether one of a list of words, written in place, begins, ends or stands in a text: `words!["省", "市"].begin(name)`.
macro_rules! words {
    ($($word:expr),* $(,)?) => {{
        static WORDS: $crate::text::words::Words = $crate::text::words::Words::new(&[$($word),*]);
        &WORDS
    }};
}
pub(crate) use words;

/// The words of a table that says something of each, in its order.
#[must_use]
pub const fn keys<V, const N: usize>(table: &[(&'static str, V)]) -> [&'static str; N] {
    let mut words = [""; N];
    let mut i = 0;
    while i < N {
        words[i] = table[i].0;
        i += 1;
    }
    words
}

impl Words {
    /// The words, none of them empty.
    #[must_use]
    pub const fn new(list: &'static [&'static str]) -> Self {
        let mut firsts = Characters::NONE;
        let mut seconds = Characters::NONE;
        let mut alone = Characters::NONE;
        let mut lasts = Characters::NONE;
        let mut i = 0;
        while i < list.len() {
            let word = list[i].as_bytes();
            assert!(!word.is_empty(), "a word of a list is empty");
            firsts = firsts.with(first(word));
            let next = width(word[0]);
            if next < word.len() {
                seconds = seconds.with(at(word, next));
            } else {
                alone = alone.with(first(word));
            }
            lasts = lasts.with(last(word));
            i += 1;
        }
        Self {
            list,
            firsts,
            seconds,
            alone,
            lasts,
        }
    }

    /// The words of a data file: a line each, `#` before remarks. Kept for the life of the program.
    #[must_use]
    pub fn read(file: &'static str) -> Self {
        let lines = file.lines().map(str::trim);
        let words = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self::new(Box::leak(words.collect()))
    }

    /// The words in their order.
    #[must_use]
    pub fn list(&self) -> &'static [&'static str] {
        self.list
    }

    /// Whether a word may begin with this character; where none does, mostly false.
    #[must_use]
    #[inline]
    pub fn may_begin(&self, c: char) -> bool {
        self.firsts.hold(c as usize & MASK)
    }

    /// The place in the list of the first word that `text` begins with.
    #[must_use]
    #[inline]
    pub fn at(&self, text: &str) -> Option<usize> {
        let bytes = text.as_bytes();
        if bytes.is_empty() || !self.firsts.hold(first(bytes)) {
            return None;
        }
        self.list.iter().position(|word| starts(bytes, word))
    }

    /// The place in the list of the longest word that `text` begins with.
    #[must_use]
    #[inline]
    pub fn longest_at(&self, text: &str) -> Option<usize> {
        let bytes = text.as_bytes();
        if bytes.is_empty() || !self.firsts.hold(first(bytes)) {
            return None;
        }
        let here = self.list.iter().enumerate();
        let here = here.filter(|(_, word)| starts(bytes, word));
        here.max_by_key(|(_, word)| word.len()).map(|(i, _)| i)
    }

    /// Whether `text` begins with a word.
    #[must_use]
    #[inline]
    pub fn begin(&self, text: &str) -> bool {
        self.at(text).is_some()
    }

    /// What follows the first word of the list that `text` begins with.
    #[must_use]
    #[inline]
    pub fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.at(text).map(|i| &text[self.list[i].len()..])
    }

    /// The first word of the list that `text` ends with.
    #[must_use]
    #[inline]
    pub fn ending(&self, text: &str) -> Option<&'static str> {
        let bytes = text.as_bytes();
        if bytes.is_empty() || !self.lasts.hold(last(bytes)) {
            return None;
        }
        self.list.iter().find(|word| ends(bytes, word)).copied()
    }

    /// Whether `text` ends with a word.
    #[must_use]
    #[inline]
    pub fn end(&self, text: &str) -> bool {
        self.ending(text).is_some()
    }

    /// What stands before the first word of the list that `text` ends with.
    #[must_use]
    #[inline]
    pub fn strip_end<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.ending(text)
            .map(|word| &text[..text.len() - word.len()])
    }

    /// Whether `text` is one of the words.
    #[must_use]
    #[inline]
    pub fn hold(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        !bytes.is_empty() && self.firsts.hold(first(bytes)) && self.list.contains(&text)
    }

    /// The last byte of `text` at which a word stands, and the word.
    #[must_use]
    pub fn rfind(&self, text: &str) -> Option<(usize, &'static str)> {
        let mut starts = text
            .char_indices()
            .rev()
            .filter(|(_, c)| self.may_begin(*c));
        starts.find_map(|(i, _)| Some((i, self.list[self.at(&text[i..])?])))
    }

    /// The last byte of `text` before which a word ends.
    #[must_use]
    pub fn last_end(&self, text: &str) -> Option<usize> {
        let mut ends = text.char_indices().rev().map(|(i, c)| i + c.len_utf8());
        ends.find(|end| self.end(&text[..*end]))
    }

    /// The first byte of `text` at which a word stands.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<usize> {
        let bytes = text.as_bytes();
        let mut here = 0;
        while here < bytes.len() {
            let next = here + width(bytes[here]);
            let low = at(bytes, here);
            if self.firsts.hold(low)
                && (next < bytes.len() && self.seconds.hold(at(bytes, next))
                    || self.alone.hold(low))
                && self.list.iter().any(|word| starts(&bytes[here..], word))
            {
                return Some(here);
            }
            here = next;
        }
        None
    }

    /// Whether a word stands in `text`.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

/// As `starts_with`; the third byte, which tells most Han characters apart, is looked at first.
#[inline]
fn starts(text: &[u8], word: &str) -> bool {
    let word = word.as_bytes();
    let near = word.len().min(3) - 1;
    text.get(near) == word.get(near) && text.starts_with(word)
}

#[inline]
fn ends(text: &[u8], word: &str) -> bool {
    text.last() == word.as_bytes().last() && text.ends_with(word.as_bytes())
}

/// How many bytes a character that begins with this byte has.
const fn width(byte: u8) -> usize {
    match byte {
        ..0xc0 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0.. => 4,
    }
}

/// The low bits of the first character's code point.
#[inline]
const fn first(text: &[u8]) -> usize {
    at(text, 0)
}

/// The low bits of the code point of the character that begins at byte `from`.
#[inline]
const fn at(text: &[u8], from: usize) -> usize {
    let end = from + width(text[from]);
    if end == from + 1 || text.len() < end {
        return text[from] as usize;
    }
    low(text[end - 2], text[end - 1])
}

/// The low bits of the last character's code point.
#[inline]
const fn last(text: &[u8]) -> usize {
    let end = text[text.len() - 1];
    if end < 0x80 || text.len() < 2 {
        return end as usize;
    }
    low(text[text.len() - 2], end)
}

/// What the last two bytes of a character's UTF-8 say of its code point's low bits.
#[inline]
const fn low(before: u8, end: u8) -> usize {
    ((before as usize) << 6 | (end as usize & 0x3f)) & MASK
}

/// A set of characters by the low bits of their code points: it may hold more than was put in, never less.
#[derive(Clone, Copy, Debug)]
struct Characters([u64; BITS / 64]);

const BITS: usize = 512;
const MASK: usize = BITS - 1;

impl Characters {
    const NONE: Self = Self([0; BITS / 64]);

    const fn with(mut self, low: usize) -> Self {
        self.0[low / 64] |= 1 << (low % 64);
        self
    }

    #[inline]
    fn hold(&self, low: usize) -> bool {
        self.0[(low / 64) % self.0.len()] >> (low % 64) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    static LIST: Words = Words::new(&["负责人", "责任", "负责", "a", "é", "𠀀", "一次"]);

    proptest! {
        #[test]
        fn it_says_what_the_standard_library_says(text in "[负责人任次一aé𠀀b ]{0,12}") {
            let list = LIST.list();
            prop_assert_eq!(LIST.at(&text), list.iter().position(|w| text.starts_with(w)));
            prop_assert_eq!(LIST.ending(&text), list.iter().find(|w| text.ends_with(**w)).copied());
            prop_assert_eq!(LIST.find(&text), list.iter().filter_map(|w| text.find(w)).min());
            prop_assert_eq!(LIST.hold(&text), list.contains(&text.as_str()));
            let last = list.iter().filter_map(|w| text.rfind(w)).max();
            prop_assert_eq!(LIST.rfind(&text).map(|(at, _)| at), last);
            let ends = list.iter().filter_map(|w| Some(text.rfind(w)? + w.len()));
            prop_assert_eq!(LIST.last_end(&text), ends.max());
            let longest = list.iter().filter(|w| text.starts_with(**w)).max_by_key(|w| w.len());
            prop_assert_eq!(LIST.longest_at(&text).map(|i| &list[i]), longest);
            if let Some(c) = text.chars().next().filter(|_| LIST.begin(&text)) {
                prop_assert!(LIST.may_begin(c));
            }
        }
    }

    #[test]
    fn a_file_gives_its_words() {
        let words = Words::read("# source\n省\n\n市 \n");
        assert_eq!(words.list(), ["省", "市"]);
        assert!(words.begin("市教育局"));
    }

    #[test]
    fn lists_are_written_in_place() {
        assert!(words!["省", "市"].begin("市教育局"));
        assert!(!words!["省", "市"].begin("区教育局"));
    }
}
