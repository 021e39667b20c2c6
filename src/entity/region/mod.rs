//! Where: divisions of GB/T 2260, resolved from what a notice says of its issuer.

mod find;
mod organ;
mod resolve;
mod table;

pub use find::find;

use crate::span::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The level of an issuer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// 国务院, ministries.
    National,
    /// 省, 自治区, 直辖市.
    Province,
    /// 市, 州, 盟, 地区.
    Prefecture,
    /// 县, 区, 旗, 县级市.
    County,
    /// 乡, 镇, 街道.
    Township,
    /// 企业, 学校, 医院.
    Organisation,
}

impl Level {
    /// Every one, the highest first.
    pub const EVERY: [Self; 6] = [
        Self::National,
        Self::Province,
        Self::Prefecture,
        Self::County,
        Self::Township,
        Self::Organisation,
    ];

    /// As records write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Province => "province",
            Self::Prefecture => "prefecture",
            Self::County => "county",
            Self::Township => "township",
            Self::Organisation => "organisation",
        }
    }
}

/// What a notice says that bears on its region, the strongest first.
#[derive(Clone, Debug, Default)]
pub struct Evidence<'a> {
    /// 发文机关.
    pub issuers: &'a [String],
    /// The title.
    pub title: &'a str,
    /// 主送机关.
    pub addressees: &'a [String],
    /// Addresses of contacts.
    pub addresses: &'a [String],
    /// Telephone numbers of contacts, for their area codes.
    pub phones: &'a [String],
    /// Titles of cited upper notices.
    pub citations: &'a [String],
    /// The document number, whose abbreviation may name the region.
    pub doc_number: Option<&'a str>,
    /// The whole text.
    pub text: &'a str,
    /// The year of the notice, whose divisions are meant.
    pub year: Option<i16>,
}

/// The outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolution {
    /// GB/T 2260 code of the narrowest division that the issuer governs.
    pub code: Option<String>,
    /// Today's code of that division, where GB/T 2260 no longer holds the one of the notice's year.
    pub today: Option<String>,
    /// Names from the province down.
    pub path: Vec<String>,
    /// Of the issuer.
    pub level: Option<Level>,
    /// The name and the codes that it could mean, where nothing settles which.
    pub ambiguous: Option<(String, Vec<String>)>,
}

/// A division named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionFound {
    /// The whole chain of names: 湖南湘潭市湘潭县.
    pub span: Span,
    /// GB/T 2260 code of the narrowest; of the edition that held the name.
    pub code: String,
    /// Names from the province down.
    pub path: Vec<String>,
}

/// The region of the notice that gave this evidence.
///
/// The issuer's own name decides where it can. A zone (开发区, 景区, 新区) lies in the division that it is named after and is of
/// level county, for its committee is one of the city's; an enterprise, a school or a hospital is of level organisation. A
/// place only implied (市工信局, 全区) is found by what the other issuers, the title, addressees, addresses, area codes, cited
/// notices and the text name; a name of several divisions is settled by the same, else reported and never guessed.
///
/// ```
/// use gongwen::entity::region::{Evidence, resolve};
/// let issuers = ["天津市蓟州区应急管理局".to_owned()];
/// let found = resolve(&Evidence { issuers: &issuers, ..Evidence::default() });
/// assert_eq!(found.code.as_deref(), Some("120119"));
/// assert_eq!(found.path, ["天津市", "蓟州区"]);
/// ```
#[must_use]
pub fn resolve(evidence: &Evidence<'_>) -> Resolution {
    resolve::resolve(evidence)
}

/// The length in bytes of the chain of names that begins `text`; 0 when none does.
pub(crate) fn leading(text: &str) -> usize {
    find::chain(text, 0, find::Site::Text).map_or(0, |place| place.span.end)
}

#[cfg(test)]
mod tests;
