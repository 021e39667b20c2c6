//! The named campaign that a notice serves: name, edition, theme.

/// A campaign as found in a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignFound {
    /// Without year, region and (for months, weeks and days) quotes: 安全生产月.
    pub name: String,
    /// 第22个 → 22.
    pub edition: Option<u32>,
    /// 主题, without quotes.
    pub theme: Option<String>,
}

/// The campaign of a notice with this title; edition and theme from its text.
#[must_use]
pub fn find(title: &str, text: &str) -> Option<CampaignFound> {
    let _ = (title, text);
    None
}

/// The key that joins the same campaign of the same region (or issuer) over the years.
#[must_use]
pub fn series(name: &str, region: Option<&str>, issuer: Option<&str>) -> String {
    format!("{}|{name}", region.or(issuer).unwrap_or_default())
}
