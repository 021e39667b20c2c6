//! Comparable keys, and bags (multisets) of them.

use std::collections::BTreeMap;
use std::fmt;

/// One element of a key: nothing, a number or a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Atom {
    /// Null or absent.
    Nothing,
    /// A whole number.
    Number(i64),
    /// Anything else, in its comparable form.
    Text(String),
}

impl From<&str> for Atom {
    fn from(text: &str) -> Self {
        Atom::Text(text.to_owned())
    }
}

impl From<String> for Atom {
    fn from(text: String) -> Self {
        Atom::Text(text)
    }
}

/// What is compared: two keys are the same or they are not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(pub Vec<Atom>);

impl Key {
    /// Whether the first element alone is a key of `bag`.
    pub(crate) fn first_is_in(&self, bag: &Bag) -> bool {
        self.0
            .first()
            .is_some_and(|first| bag.count(&Key(vec![first.clone()])) > 0)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, atom) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(" · ")?;
            }
            match atom {
                Atom::Nothing => f.write_str("–")?,
                Atom::Number(n) => write!(f, "{n}")?,
                Atom::Text(text) => f.write_str(text)?,
            }
        }
        Ok(())
    }
}

/// A multiset of keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bag(BTreeMap<Key, usize>);

impl Bag {
    /// How many keys, repeated ones counted as often as they stand.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.values().sum()
    }

    /// Whether there is no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How often the key stands.
    #[must_use]
    pub fn count(&self, key: &Key) -> usize {
        self.0.get(key).copied().unwrap_or(0)
    }

    /// How many keys the two have in common.
    #[must_use]
    pub fn shared_with(&self, other: &Bag) -> usize {
        self.0.iter().map(|(k, n)| (*n).min(other.count(k))).sum()
    }

    /// The keys that stand here more often than in `other`, each as often as it does so.
    pub fn beyond<'b>(&'b self, other: &'b Bag) -> impl Iterator<Item = &'b Key> {
        self.0
            .iter()
            .flat_map(|(key, n)| std::iter::repeat_n(key, n.saturating_sub(other.count(key))))
    }

    pub(crate) fn retain(&mut self, keep: impl Fn(&Key) -> bool) {
        self.0.retain(|key, _| keep(key));
    }
}

impl FromIterator<Key> for Bag {
    fn from_iter<I: IntoIterator<Item = Key>>(keys: I) -> Self {
        let mut bag = BTreeMap::new();
        for key in keys {
            *bag.entry(key).or_insert(0) += 1;
        }
        Self(bag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bag(keys: &[&str]) -> Bag {
        keys.iter().map(|k| Key(vec![Atom::from(*k)])).collect()
    }

    #[test]
    fn a_key_counts_as_often_as_it_stands() {
        let want = bag(&["甲", "甲", "乙"]);
        let got = bag(&["甲", "丙", "甲", "甲"]);
        assert_eq!(want.shared_with(&got), 2);
        let missed: Vec<String> = want.beyond(&got).map(Key::to_string).collect();
        let added: Vec<String> = got.beyond(&want).map(Key::to_string).collect();
        assert_eq!(missed, ["乙"]);
        assert_eq!(added, ["丙", "甲"]);
    }
}
