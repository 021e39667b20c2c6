//! Words that may stand at a place of the text: told by their first character, so that most places cost one look.

/// A list of words with what each means; where several fit, the earlier one of the list is taken.
#[derive(Clone, Debug)]
pub struct Lexicon<V> {
    /// A bit for every character of the basic plane that begins a word.
    initials: Vec<u64>,
    /// By first character; words of one character in the order of the list.
    words: Vec<(char, &'static str, V)>,
}

/// One bit for every character up to U+FFFF.
const BLOCKS: usize = 0x1_0000 / 64;

impl<V> Lexicon<V> {
    /// The words with their meanings; a word beyond the basic plane or without a character is left out.
    #[must_use]
    pub fn new(words: impl IntoIterator<Item = (&'static str, V)>) -> Self {
        let mut initials = vec![0u64; BLOCKS];
        let mut sorted = Vec::new();
        for (word, value) in words {
            let Some(first) = word.chars().next().filter(|c| (*c as usize) < 0x1_0000) else {
                continue;
            };
            initials[first as usize / 64] |= 1 << (first as usize % 64);
            sorted.push((first, word, value));
        }
        sorted.sort_by_key(|(first, ..)| *first);
        Self {
            initials,
            words: sorted,
        }
    }

    /// Whether a word begins with this character.
    #[must_use]
    pub fn begins(&self, c: char) -> bool {
        let c = c as usize;
        self.initials
            .get(c / 64)
            .is_some_and(|bits| bits & (1 << (c % 64)) != 0)
    }

    /// The first word of the list that `rest` begins with.
    #[must_use]
    pub fn at(&self, rest: &str) -> Option<(&'static str, &V)> {
        let first = rest.chars().next().filter(|c| self.begins(*c))?;
        let from = self.words.partition_point(|(c, ..)| *c < first);
        self.words[from..]
            .iter()
            .take_while(|(c, ..)| *c == first)
            .find(|(_, word, _)| rest.starts_with(word))
            .map(|(_, word, value)| (*word, value))
    }
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
    }
}
