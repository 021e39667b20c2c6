//! Where: divisions of GB/T 2260, resolved from what a notice says of its issuer.

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
}

/// The outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolution {
    /// GB/T 2260 code of the narrowest division that the issuer governs.
    pub code: Option<String>,
    /// Names from the province down.
    pub path: Vec<String>,
    /// Of the issuer.
    pub level: Option<Level>,
    /// The name and the codes that it could mean, where nothing settles which.
    pub ambiguous: Option<(String, Vec<String>)>,
}

/// The region of the notice that gave this evidence.
#[must_use]
pub fn resolve(evidence: &Evidence<'_>) -> Resolution {
    let _ = evidence;
    Resolution::default()
}
