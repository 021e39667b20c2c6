//! The analyser: characters and pairs of them for matching, jieba's words for ranking.
//!
//! Matching asks only the grams: at each folded character its unigram and the bigram that begins there, with
//! positions, so every substring is a term or a phrase of bigrams and stands exactly where it is found. The
//! words only weigh what has matched.

use super::folded::Folded;
use jieba_rs::{Jieba, Token as JiebaToken};
use std::sync::OnceLock;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

/// Name of the analyser of grams in the schema.
pub const GRAMS: &str = "gongwen-grams";
/// Name of the analyser of words in the schema.
pub const WORDS: &str = "gongwen-words";

/// Counts up with every change of the folding or the grams.
const ANALYSER_VERSION: u32 = 1;

/// Words of notices that jieba's dictionary lacks.
const USER_WORDS: &str = include_str!("words.txt");

/// What an index must have been written with to be asked by this program.
#[must_use]
pub fn version() -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in USER_WORDS.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    }
    format!("{ANALYSER_VERSION}, words {hash:016x}")
}

/// Makes both analysers known to an index.
pub fn register(manager: &TokenizerManager) {
    manager.register(GRAMS, Grams);
    manager.register(WORDS, Words);
}

/// jieba with our own words, loaded at the first use.
#[must_use]
pub fn jieba() -> &'static Jieba {
    static JIEBA: OnceLock<Jieba> = OnceLock::new();
    JIEBA.get_or_init(|| {
        let mut jieba = Jieba::new();
        for line in USER_WORDS.lines() {
            let word = line.trim();
            if !word.is_empty() && !word.starts_with('#') {
                jieba.add_word(&Folded::new(word).text(), None, None);
            }
        }
        jieba
    })
}

/// The words of a folded text in search mode: long words and the shorter ones within them; no punctuation.
#[must_use]
pub fn words(folded: &str) -> Vec<String> {
    jieba()
        .cut_for_search(folded, true)
        .into_iter()
        .filter(|token| is_word(token))
        .map(|token| token.word.to_owned())
        .collect()
}

fn is_word(token: &JiebaToken<'_>) -> bool {
    token.word.chars().any(char::is_alphanumeric)
}

/// Unigrams and bigrams of the folded characters, both at the position of their first character.
#[derive(Clone, Debug)]
pub struct Grams;

impl Tokenizer for Grams {
    type TokenStream<'a> = GramStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> GramStream {
        GramStream {
            folded: Folded::new(text),
            next: 0,
            token: Token::default(),
        }
    }
}

/// The grams of one text.
#[derive(Debug)]
pub struct GramStream {
    folded: Folded,
    /// Twice the position, plus one for the bigram.
    next: usize,
    token: Token,
}

impl TokenStream for GramStream {
    fn advance(&mut self) -> bool {
        let chars = &self.folded.chars;
        let at = self.next / 2;
        let length = 1 + self.next % 2;
        // The last character begins no bigram, so the stream ends before it.
        if at + length > chars.len() {
            return false;
        }
        self.next += 1;
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

/// jieba's words of the folded text.
#[derive(Clone, Debug)]
pub struct Words;

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        let folded = Folded::new(text).text();
        let tokens: Vec<Token> = jieba()
            .cut_for_search(&folded, true)
            .into_iter()
            .filter(is_word)
            .map(|token| Token {
                offset_from: token.start,
                offset_to: token.end,
                position: token.start,
                text: token.word.to_owned(),
                position_length: 1,
            })
            .collect();
        WordStream { tokens, next: 0 }
    }
}

/// The words of one text.
#[derive(Debug)]
pub struct WordStream {
    tokens: Vec<Token>,
    next: usize,
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grams_stand_at_their_first_character() {
        let mut grams = Grams;
        let mut stream = grams.token_stream("农业 A行");
        let mut seen = Vec::new();
        while let Some(token) = stream.next() {
            seen.push((token.position, token.text.clone()));
        }
        let expected = [
            (0, "农"),
            (0, "农业"),
            (1, "业"),
            (1, "业a"),
            (2, "a"),
            (2, "a行"),
            (3, "行"),
        ];
        assert_eq!(seen, expected.map(|(at, text)| (at, text.to_owned())));
    }

    #[test]
    fn our_words_are_known() {
        assert!(words("开展安全生产月活动").contains(&"安全生产月".to_owned()));
        assert_eq!(words("，。！"), Vec::<String>::new());
    }
}
