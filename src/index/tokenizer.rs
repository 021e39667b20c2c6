//! The analyser: pairs of characters with their positions, and words.
//!
//! At each folded character stands the pair that begins there, at the last one the character itself: so a character
//! stands where the terms do that begin with it. Words are of two sorts: every word of the dictionary of
//! three to eight ideographs, wherever it stands, whether or not a reader would cut the sentence so; and the shorter
//! ones, and those of letters and digits, where a reader would cut them. A pair and a long word thus have exactly the
//! documents in which they stand; any other string is found as pairs side by side. Short words only weigh what has
//! matched. A question needs no dictionary: which strings are words is read from the index.

use super::folded::Folded;
use jieba_rs::{Jieba, Token as JiebaToken};
use std::ops::Range;
use std::sync::{Arc, OnceLock};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

/// Name of the analyser of pairs in the schema.
pub const PAIRS: &str = "gongwen-pairs";
/// Name of the analyser of single characters in the schema.
pub const CHARS: &str = "gongwen-chars";
/// Name of the analyser of grams in the schema.
pub const GRAMS: &str = "gongwen-grams";
/// Name of the analyser of words in the schema.
pub const WORDS: &str = "gongwen-words";

/// The longest word that is a term, in characters.
pub const LONGEST: usize = 8;

/// Counts up with every change of the folding or the grams.
const ANALYSER_VERSION: u32 = 5;

/// Words of notices that jieba's dictionary lacks.
const USER_WORDS: &str = include_str!("words.txt");

/// The words that an index is written with: jieba's, ours, and those of the user.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    /// In jieba's format: a word, and perhaps its frequency and tag, a line.
    extra: Arc<str>,
    own: Arc<OnceLock<Jieba>>,
}

impl Dictionary {
    /// With a user's words; `#` begins a remark.
    #[must_use]
    pub fn new(extra: &str) -> Self {
        Self {
            extra: extra.into(),
            own: Arc::default(),
        }
    }

    /// What an index must have been written with to be asked by this program.
    #[must_use]
    pub fn version(&self) -> String {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in USER_WORDS.bytes().chain(self.extra.bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
        format!("{ANALYSER_VERSION}, words {hash:016x}")
    }

    /// Makes the analysers known to an index.
    pub fn register(&self, manager: &TokenizerManager) {
        manager.register(PAIRS, Grams::<2, 2>);
        manager.register(CHARS, Grams::<1, 1>);
        manager.register(GRAMS, Grams::<1, 2>);
        manager.register(WORDS, Words(self.clone()));
    }

    /// jieba with the words, loaded at the first use; once for all indexes without words of their own.
    fn jieba(&self) -> &Jieba {
        static COMMON: OnceLock<Jieba> = OnceLock::new();
        if self.extra.trim().is_empty() {
            return COMMON.get_or_init(|| loaded(&[USER_WORDS]));
        }
        self.own.get_or_init(|| loaded(&[USER_WORDS, &self.extra]))
    }
}

fn loaded(lists: &[&str]) -> Jieba {
    let mut jieba = Jieba::new();
    for line in lists.iter().flat_map(|list| list.lines()) {
        let mut parts = line.split_whitespace();
        let Some(word) = parts.next().filter(|word| !word.starts_with('#')) else {
            continue;
        };
        let frequency = parts.next().and_then(|f| f.parse().ok());
        jieba.add_word(&Folded::new(word).text(), frequency, None);
    }
    jieba
}

fn is_word(token: &JiebaToken<'_>) -> bool {
    token.word.chars().any(char::is_alphanumeric)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// How many places lie between two values of a field: more than `~` goes over where it is not told how far.
pub(super) const APART: usize = 32;

/// Runs of `FROM` to `TO` folded characters, each at the position of its first; where fewer are left, those.
#[derive(Clone, Debug)]
pub struct Grams<const FROM: usize, const TO: usize>;

impl<const FROM: usize, const TO: usize> Tokenizer for Grams<FROM, TO> {
    type TokenStream<'a> = GramStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> GramStream {
        let chars = Folded::new(text).chars;
        GramStream {
            length: FROM.min(chars.len()),
            chars,
            lengths: (FROM, TO),
            at: 0,
            token: Token::default(),
        }
    }
}

/// The grams of one text.
#[derive(Debug)]
pub struct GramStream {
    chars: Vec<char>,
    lengths: (usize, usize),
    at: usize,
    length: usize,
    token: Token,
}

impl TokenStream for GramStream {
    fn advance(&mut self) -> bool {
        let chars = &self.chars;
        if self.length > self.lengths.1 || self.at + self.length > chars.len() {
            self.at += 1;
            let left = chars.len().saturating_sub(self.at);
            self.length = self.lengths.0.min(left);
        }
        let (at, length) = (self.at, self.length);
        if at >= chars.len() {
            return false;
        }
        self.length += 1;
        self.token.position = at;
        // A further value of the field begins behind the last of this one: neither a phrase nor what is near goes over
        let ends = at + length == chars.len();
        self.token.position_length = length + if ends { APART } else { 0 };
        self.token.offset_from = at;
        self.token.offset_to = at + length;
        self.token.text.clear();
        self.token.text.extend(&chars[at..at + length]);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Whether a string is a term wherever it stands, if the dictionary has it.
#[must_use]
pub fn is_long(word: &[char]) -> bool {
    (3..=LONGEST).contains(&word.len()) && word.iter().copied().all(is_ideograph)
}

/// The words of texts.
#[derive(Clone, Debug)]
pub struct Words(Dictionary);

impl Words {
    /// Over a dictionary.
    #[must_use]
    pub fn new(dictionary: &Dictionary) -> Self {
        Self(dictionary.clone())
    }

    /// The words of a text that is folded: characters from and to, in order.
    fn of(&self, folded: &str) -> Vec<Word> {
        let mut words = self.long(folded);
        let cut = self.0.jieba().cut_for_search(folded, false);
        let is_short = |token: &&JiebaToken<'_>| {
            token.end - token.start > 1 && is_word(token) && !is_long_token(token)
        };
        words.extend(cut.iter().filter(is_short).map(Word::of));
        words.sort_unstable_by_key(|word| word.chars);
        words
    }

    /// The long ones alone.
    fn long(&self, folded: &str) -> Vec<Word> {
        let cut = self.0.jieba().cut_all(folded);
        let long = cut.iter().filter(|token| is_long_token(token));
        long.map(Word::of).collect()
    }

    /// The words of folded characters, each with its range of them; the long ones alone, or all.
    pub(super) fn ranges(&self, chars: &[char], only_long: bool) -> Vec<Range<usize>> {
        let folded: String = chars.iter().collect();
        let words = match only_long {
            true => self.long(&folded),
            false => self.of(&folded),
        };
        let ranges = words.into_iter().map(|word| word.chars.0..word.chars.1);
        ranges.collect()
    }
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        let folded = Folded::new(text).text();
        WordStream {
            words: self.of(&folded),
            folded,
            next: 0,
            token: Token::default(),
        }
    }
}

/// From and to, in a folded text.
#[derive(Clone, Copy, Debug)]
struct Word {
    bytes: (usize, usize),
    chars: (usize, usize),
}

impl Word {
    fn of(token: &JiebaToken<'_>) -> Self {
        Self {
            bytes: (token.byte_start, token.byte_end),
            chars: (token.start, token.end),
        }
    }
}

fn is_long_token(token: &JiebaToken<'_>) -> bool {
    (3..=LONGEST).contains(&(token.end - token.start)) && token.word.chars().all(is_ideograph)
}

/// The words of one text.
#[derive(Debug)]
pub struct WordStream {
    folded: String,
    words: Vec<Word>,
    next: usize,
    token: Token,
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.get(self.next) else {
            return false;
        };
        let (from, to) = word.bytes;
        self.next += 1;
        self.token.position = word.chars.0;
        self.token.position_length = 1;
        self.token.offset_from = from;
        self.token.offset_to = to;
        self.token.text.clear();
        self.token.text.push_str(&self.folded[from..to]);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut stream: impl TokenStream) -> Vec<(usize, String)> {
        let mut seen = Vec::new();
        while let Some(token) = stream.next() {
            seen.push((token.position, token.text.clone()));
        }
        seen
    }

    fn owned<const N: usize>(expected: [(usize, &str); N]) -> Vec<(usize, String)> {
        expected.map(|(at, text)| (at, text.to_owned())).to_vec()
    }

    #[test]
    fn grams_stand_at_their_first_character() {
        let seen = all(Grams::<1, 2>.token_stream("农业 A行"));
        let expected = [
            (0, "农"),
            (0, "农业"),
            (1, "业"),
            (1, "业a"),
            (2, "a"),
            (2, "a行"),
            (3, "行"),
        ];
        assert_eq!(seen, owned(expected));
        let seen = all(Grams::<1, 1>.token_stream("农业"));
        assert_eq!(seen, owned([(0, "农"), (1, "业")]));
        let seen = all(Grams::<2, 2>.token_stream("农业a"));
        assert_eq!(seen, owned([(0, "农业"), (1, "业a"), (2, "a")]));
        let seen = all(Grams::<2, 2>.token_stream("农"));
        assert_eq!(seen, owned([(0, "农")]), "the last stands by itself");
        assert!(all(Grams::<1, 1>.token_stream("")).is_empty());
        assert!(all(Grams::<2, 2>.token_stream("")).is_empty());
    }

    #[test]
    fn long_words_stand_wherever_they_are_written() {
        let words = |text: &str| all(Words(Dictionary::default()).token_stream(text));
        let seen = words("安全生产月");
        for expected in ["安全生产", "安全生产月"] {
            assert!(seen.contains(&(0, expected.to_owned())), "{expected}");
        }
        assert_eq!(
            seen.iter().filter(|(_, word)| word == "安全生产").count(),
            1,
            "once, though a reader would cut it too"
        );
        // A number within a longer one is no other term than the number alone
        let seen = words("2023年 abc");
        assert!(!seen.iter().any(|(_, word)| word == "202"), "{seen:?}");
        assert!(is_long(&['安', '委', '办']) && !is_long(&['5', '月', '底']));
    }

    #[test]
    fn our_words_and_the_users_are_known() {
        let words = |extra: &str, text: &str| -> Vec<String> {
            let seen = all(Words(Dictionary::new(extra)).token_stream(text));
            seen.into_iter().map(|(_, word)| word).collect()
        };
        assert!(words("", "开展安全生产月活动").contains(&"安全生产月".to_owned()));
        assert!(
            words("# 词表\n蓝盾护航 100000 n\n", "开展蓝盾护航行动")
                .contains(&"蓝盾护航".to_owned())
        );
        assert!(words("", "，。！").is_empty());
        assert_ne!(
            Dictionary::new("蓝盾护航").version(),
            Dictionary::default().version()
        );
    }
}
