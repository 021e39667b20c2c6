//! The analyser: pairs of characters and the dictionary's words for matching, words apart for ranking.
//!
//! At each folded character stand, with its position, the pair that begins there and every longer word of the
//! dictionary that begins there, whether or not a reader would cut the sentence so. A term of the index thus has
//! exactly the documents in which it stands; what is no term is found as a phrase of terms side by side. Words as a
//! reader cuts them are a field of their own and only weigh what has matched. A question needs no dictionary: which
//! strings are words is read from the index.

use super::folded::Folded;
use jieba_rs::{Jieba, Token as JiebaToken};
use std::sync::{Arc, OnceLock};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

/// Name of the analyser of pairs and long words in the schema.
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
const ANALYSER_VERSION: u32 = 2;

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
        manager.register(PAIRS, Pairs(self.clone()));
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

/// Pairs of characters, and long words of the dictionary wherever they stand, at the position of their first
/// character.
#[derive(Clone, Debug)]
pub struct Pairs(Dictionary);

impl Tokenizer for Pairs {
    type TokenStream<'a> = PairStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PairStream {
        let folded = Folded::new(text);
        let mut words = Vec::new();
        if folded.chars.len() > 2 {
            for token in self.0.jieba().cut_all(&folded.text()) {
                let length = token.end - token.start;
                // What is not of ideographs is cut at its ends, not found wherever it stands
                if (3..=LONGEST).contains(&length) && token.word.chars().all(is_ideograph) {
                    words.push((token.start, length));
                }
            }
        }
        PairStream {
            folded,
            words,
            at: 0,
            word: 0,
            token: Token::default(),
        }
    }
}

/// The pairs and long words of one text.
#[derive(Debug)]
pub struct PairStream {
    folded: Folded,
    /// First character and length, in order.
    words: Vec<(usize, usize)>,
    at: usize,
    word: usize,
    token: Token,
}

impl TokenStream for PairStream {
    fn advance(&mut self) -> bool {
        let chars = &self.folded.chars;
        let (at, length) = match self.words.get(self.word) {
            // Words that begin before the next pair's character come first
            Some(&(at, length)) if at < self.at => {
                self.word += 1;
                (at, length)
            }
            _ if self.at + 2 <= chars.len() => {
                self.at += 1;
                (self.at - 1, 2)
            }
            _ => return false,
        };
        self.token.position = at;
        self.token.position_length = 1;
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

/// Runs of `FROM` to `TO` folded characters, each at the position of its first.
#[derive(Clone, Debug)]
pub struct Grams<const FROM: usize, const TO: usize>;

impl<const FROM: usize, const TO: usize> Tokenizer for Grams<FROM, TO> {
    type TokenStream<'a> = GramStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> GramStream {
        GramStream {
            folded: Folded::new(text),
            lengths: (FROM, TO),
            at: 0,
            length: FROM,
            token: Token::default(),
        }
    }
}

/// The grams of one text.
#[derive(Debug)]
pub struct GramStream {
    folded: Folded,
    lengths: (usize, usize),
    at: usize,
    length: usize,
    token: Token,
}

impl TokenStream for GramStream {
    fn advance(&mut self) -> bool {
        let chars = &self.folded.chars;
        if self.length > self.lengths.1 || self.at + self.length > chars.len() {
            self.at += 1;
            self.length = self.lengths.0;
        }
        let (at, length) = (self.at, self.length);
        if at + length > chars.len() {
            return false;
        }
        self.length += 1;
        self.token.position = at;
        self.token.position_length = 1;
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

/// jieba's words of two and more folded characters: long ones and the shorter ones within them.
#[derive(Clone, Debug)]
pub struct Words(Dictionary);

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        let folded = Folded::new(text).text();
        let tokens = self.0.jieba().cut_for_search(&folded, false);
        let words = tokens
            .iter()
            .filter(|token| token.end - token.start > 1 && is_word(token))
            .map(|token| (token.byte_start, token.byte_end, token.start))
            .collect();
        WordStream {
            folded,
            words,
            next: 0,
            token: Token::default(),
        }
    }
}

/// The words of one text.
#[derive(Debug)]
pub struct WordStream {
    folded: String,
    /// First byte, last byte, position.
    words: Vec<(usize, usize, usize)>,
    next: usize,
    token: Token,
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        let Some(&(from, to, position)) = self.words.get(self.next) else {
            return false;
        };
        self.next += 1;
        self.token.position = position;
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
        assert!(all(Grams::<1, 1>.token_stream("")).is_empty());
    }

    #[test]
    fn long_words_stand_wherever_they_are_written() {
        let seen = all(Pairs(Dictionary::default()).token_stream("安全生产月"));
        for expected in [(0, "安全"), (0, "安全生产"), (0, "安全生产月"), (3, "产月")]
        {
            assert!(
                seen.contains(&(expected.0, expected.1.to_owned())),
                "{expected:?}"
            );
        }
        assert!(!seen.iter().any(|(_, text)| text == "月"));
        // A number within a longer one is no other term than the number alone
        let seen = all(Pairs(Dictionary::default()).token_stream("2023年 abc"));
        assert!(
            seen.iter().all(|(_, text)| text.chars().count() == 2),
            "{seen:?}"
        );
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
