//! tantivy as anybody would put it together: jieba's search mode, the ready-made way.

use jieba_rs::{Jieba, TokenizeMode};
use std::sync::Arc;
use tantivy::schema::{IndexRecordOption, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// A stored field of text with positions, cut by the analyser of this name.
pub(crate) fn text(analyser: &str) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(analyser)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    TextOptions::default()
        .set_indexing_options(indexing)
        .set_stored()
}

/// jieba's search mode, a token at the place of its first character.
#[derive(Clone)]
pub(crate) struct SearchMode(Arc<Jieba>);

impl SearchMode {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Jieba::new()))
    }
}

pub(crate) struct Tokens {
    tokens: Vec<Token>,
    next: usize,
}

impl Tokens {
    pub(crate) fn of(tokens: impl Iterator<Item = Token>) -> Self {
        Self {
            tokens: tokens.collect(),
            next: 0,
        }
    }
}

impl Tokenizer for SearchMode {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        let tokens = self.0.tokenize(text, TokenizeMode::Search, true);
        Tokens::of(tokens.into_iter().map(|token| Token {
            offset_from: token.byte_start,
            offset_to: token.byte_end,
            position: token.start,
            text: token.word.to_owned(),
            position_length: token.end - token.start,
        }))
    }
}

impl TokenStream for Tokens {
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
