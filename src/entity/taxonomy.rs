//! What sort of activity, and for whom: words of a taxonomy that a user can replace.

use crate::error::Error;

/// Kinds and audiences with the words that mark them.
#[derive(Clone, Debug, Default)]
pub struct Taxonomy {}

/// What a text was found to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classes {
    /// 应急演练, 知识竞赛 … in the taxonomy's order.
    pub kinds: Vec<String>,
    /// 企业, 学校 … in the taxonomy's order.
    pub audiences: Vec<String>,
}

impl Taxonomy {
    /// Reads a taxonomy from TOML.
    ///
    /// # Errors
    /// When the text is no TOML of the taxonomy's shape.
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        let _ = text;
        Ok(Self::default())
    }

    /// The kinds and audiences of one activity's text.
    #[must_use]
    pub fn classify(&self, text: &str) -> Classes {
        let _ = text;
        Classes::default()
    }
}
