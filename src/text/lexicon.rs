//! Words that may stand at a place of the text: told by their first character, or by their last where they end it, so that
//! most places cost one look.

use super::fold::is_blank;

/// A list of words with what each means; where several fit, the earlier one of the list is taken.
#[derive(Clone, Debug)]
pub struct Lexicon<V> {
    initials: Characters,
    /// By first character; words of one character in the order of the list.
    words: Vec<(char, &'static str, V)>,
}

impl<V> Lexicon<V> {
    /// The words with their meanings; a word beyond the basic plane or without a character is left out.
    #[must_use]
    pub fn new(words: impl IntoIterator<Item = (&'static str, V)>) -> Self {
        let (initials, words) = sorted(words, |word| word.chars().next());
        Self { initials, words }
    }

    /// Whether a word begins with this character.
    #[must_use]
    pub fn begins(&self, c: char) -> bool {
        self.initials.hold(c)
    }

    /// The first word of the list that `rest` begins with.
    #[must_use]
    pub fn at(&self, rest: &str) -> Option<(&'static str, &V)> {
        let first = rest.chars().next().filter(|c| self.begins(*c))?;
        self.words(first).find(|(word, _)| rest.starts_with(word))
    }

    /// The characters that words begin with, as often as words do.
    pub fn initials(&self) -> impl Iterator<Item = char> {
        self.words.iter().map(|(c, ..)| *c)
    }

    /// All words, by their first characters.
    pub fn all(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().map(|(_, word, _)| *word)
    }

    /// The words that begin with this character, in the order of the list.
    pub fn words(&self, first: char) -> impl Iterator<Item = (&'static str, &V)> {
        of_character(&self.words, first).map(|(_, word, value)| (*word, value))
    }

    /// Whether one of the words stands anywhere in `text`.
    #[must_use]
    pub fn occurs(&self, text: &str) -> bool {
        text.char_indices()
            .any(|(i, c)| self.begins(c) && self.at(&text[i..]).is_some())
    }
}

/// A list of words that texts end with; where several fit, the earlier one of the list is taken.
#[derive(Clone, Debug)]
pub struct Endings<V> {
    finals: Characters,
    /// By last character; words of one character in the order of the list.
    words: Vec<(char, &'static str, V)>,
}

impl<V> Endings<V> {
    /// The words with their meanings; a word whose last character is beyond the basic plane is left out, an empty one too.
    #[must_use]
    pub fn new(words: impl IntoIterator<Item = (&'static str, V)>) -> Self {
        let (finals, words) = sorted(words, |word| word.chars().next_back());
        Self { finals, words }
    }

    /// Whether a word ends with this character.
    #[must_use]
    pub fn ends(&self, c: char) -> bool {
        self.finals.hold(c)
    }

    /// The first word of the list that `text`, less its blanks, ends with (的 通　知 ends with 通知).
    #[must_use]
    pub fn of(&self, text: &str) -> Option<(&'static str, &V)> {
        self.of_written(text.chars().rev().filter(|c| !is_blank(*c)))
    }

    /// The first word of the list that a text without blanks ends with, its characters given from the last on.
    #[must_use]
    pub fn of_written(
        &self,
        written: impl Iterator<Item = char> + Clone,
    ) -> Option<(&'static str, &V)> {
        let last = written.clone().next().filter(|c| self.ends(*c))?;
        of_character(&self.words, last)
            .find(|(_, word, _)| {
                let mut written = written.clone();
                word.chars().rev().all(|c| written.next() == Some(c))
            })
            .map(|(_, word, value)| (*word, value))
    }
}

/// A set of characters of the basic plane.
#[derive(Clone, Debug)]
pub struct Characters(Vec<u64>);

impl Characters {
    /// These characters, but for those beyond the basic plane.
    #[must_use]
    pub fn new(characters: impl IntoIterator<Item = char>) -> Self {
        let mut bits = vec![0u64; 0x1_0000 / 64];
        for c in characters {
            if let Some(block) = bits.get_mut(c as usize / 64) {
                *block |= 1 << (c as usize % 64);
            }
        }
        Self(bits)
    }

    /// Whether the character is one of them.
    #[must_use]
    #[inline]
    pub fn hold(&self, c: char) -> bool {
        let c = c as usize;
        self.0
            .get(c / 64)
            .is_some_and(|bits| bits & (1 << (c % 64)) != 0)
    }
}

/// The words by the character that tells them, and those characters.
fn sorted<V>(
    words: impl IntoIterator<Item = (&'static str, V)>,
    telling: impl Fn(&str) -> Option<char>,
) -> (Characters, Vec<(char, &'static str, V)>) {
    let mut sorted: Vec<(char, &'static str, V)> = words
        .into_iter()
        .filter_map(|(word, value)| {
            let c = telling(word).filter(|c| (*c as usize) < 0x1_0000)?;
            Some((c, word, value))
        })
        .collect();
    sorted.sort_by_key(|(c, ..)| *c);
    (Characters::new(sorted.iter().map(|(c, ..)| *c)), sorted)
}

fn of_character<'w, V>(
    words: &'w [(char, &'static str, V)],
    c: char,
) -> impl Iterator<Item = &'w (char, &'static str, V)> {
    let from = words.partition_point(|(first, ..)| *first < c);
    words[from..]
        .iter()
        .take_while(move |(first, ..)| *first == c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earlier_word_of_the_list_is_taken() {
        let lexicon = Lexicon::new([("负责人", 1), ("责任", 2), ("负责", 3), ("负", 4)]);
        assert_eq!(lexicon.at("负责人员"), Some(("负责人", &1)));
        assert_eq!(lexicon.at("负责。"), Some(("负责", &3)));
        assert_eq!(lexicon.at("责任单位"), Some(("责任", &2)));
        assert_eq!(lexicon.at("任务"), None);
        assert_eq!(lexicon.at("𠀀"), None);
        assert_eq!(lexicon.at(""), None);
        assert!(lexicon.begins('负') && !lexicon.begins('人'));
        assert!(lexicon.occurs("由县局负责。") && !lexicon.occurs("由县局承担。"));
    }

    #[test]
    fn the_earlier_ending_of_the_list_is_taken_and_blanks_do_not_count() {
        let endings = Endings::new([("安排", 1), ("时间安排", 2), ("表", 3)]);
        assert_eq!(endings.of("活动时间安排"), Some(("安排", &1)));
        assert_eq!(endings.of("统　计 表 "), Some(("表", &3)));
        assert_eq!(endings.of("安　排"), Some(("安排", &1)));
        for text in ["排", "表格", "", " ", "𠀀"] {
            assert_eq!(endings.of(text), None, "{text}");
        }
    }
}
