//! Whom to ask: blocks of names, numbers and addresses; and hotlines for the public.

use crate::span::Span;

/// One contact block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactBlock {
    /// The whole block.
    pub span: Span,
    /// 联系人, blanks within a name left out.
    pub names: Vec<String>,
    /// The office named with them.
    pub organization: Option<String>,
    /// Telephone numbers as written, blanks left out.
    pub phones: Vec<String>,
    /// Fax numbers, likewise.
    pub faxes: Vec<String>,
    /// Half-width addresses.
    pub emails: Vec<String>,
    /// QQ number.
    pub qq: Option<String>,
    /// 地址.
    pub address: Option<String>,
    /// 邮编.
    pub postcode: Option<String>,
}

/// A number for the public: 12345, 119.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HotlineFound {
    /// Of the number.
    pub span: Span,
    /// Digits.
    pub number: String,
    /// The clause that names it.
    pub context: Span,
}

/// What [`find`] gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts {
    /// In order.
    pub blocks: Vec<ContactBlock>,
    /// In order.
    pub hotlines: Vec<HotlineFound>,
}

/// The contact blocks and hotlines of `text`.
#[must_use]
pub fn find(text: &str) -> Contacts {
    let _ = text;
    Contacts::default()
}
