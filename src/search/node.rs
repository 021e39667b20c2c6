//! What a query asks for, once it is read.

use super::field::Field;
use super::range::Range;

/// What a query asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Everything.
    All,
    /// Each of them.
    And(Vec<Node>),
    /// At least one of them.
    Or(Vec<Node>),
    /// What the inner one does not find.
    Not(Box<Node>),
    /// A term in a field of text or names.
    Term(Term),
    /// 地区: a name or code of any level.
    Region(String),
    /// 类型: of the notice or the activity.
    Kind(String),
    /// 年份
    Years(Range),
    /// 截止
    Deadline(Range),
    /// A whole name in a column of names.
    Named(Named, String),
    /// Two terms near one another.
    Near(Near),
}

impl Node {
    /// Whether a term of this field stands anywhere in it.
    #[must_use]
    pub fn names(&self, field: Field) -> bool {
        match self {
            Self::And(nodes) | Self::Or(nodes) => nodes.iter().any(|node| node.names(field)),
            Self::Not(inner) => inner.names(field),
            Self::Term(term) => term.field == field,
            Self::Near(near) => near.left.field == field || near.right.field == field,
            _ => false,
        }
    }
}

/// Two terms of one field of text, in either order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The one.
    pub left: Term,
    /// The other.
    pub right: Term,
    /// The most characters between them.
    pub reach: usize,
}

/// A column of whole names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// 级别
    Level,
    /// 职能
    Function,
    /// 对象
    Audience,
    /// 专项
    Campaign,
}

impl Named {
    /// The column in the index.
    pub(super) fn of(self, index: &crate::index::Fields) -> tantivy::schema::Field {
        match self {
            Self::Level => index.level,
            Self::Function => index.function,
            Self::Audience => index.audience,
            Self::Campaign => index.campaign,
        }
    }
}

/// A word or phrase to find.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// Where.
    pub field: Field,
    /// As typed.
    pub text: String,
    /// Whether it stood in quotes.
    pub exact: bool,
}
