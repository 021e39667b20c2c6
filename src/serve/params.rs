//! The parameters of a search, read from a URL and written into links.

use super::labels;
use super::parameters::{self, Parameter};
use super::problem::Problem;
use super::taken;
use crate::error::Error;
use crate::search::narrow::{NAMES, SPANS};
use crate::search::request::{MAX_DEPTH, MAX_SIZE};
use crate::search::{Counting, Filters, Grouping, Request, Sort, Within};
use axum::extract::Query;
use axum::http::Uri;

/// The parameters as given, blank ones left out; a filter may stand several times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Params {
    pairs: Vec<(String, String)>,
}

/// Adds a value of a filter. A range whose ends are given the wrong way round is turned, for a range has no direction.
fn add(filters: &mut Filters, name: &str, value: &str) -> Result<(), Problem> {
    let added = filters.add(name, value);
    if let (Err(_), Some((from, to))) = (&added, value.split_once(".."))
        && filters.add(name, &format!("{to}..{from}")).is_ok()
    {
        return Ok(());
    }
    added.map_err(|error| of_filter(name, error))
}

/// A fault of a filter's value is told with the filter's name; its place in the value is none of the query's.
fn of_filter(name: &str, error: Error) -> Problem {
    match error {
        Error::Query { fault, .. } => Problem::parameter(name, &fault).with_zh(format!(
            "{}：{}",
            labels::filter(name),
            fault.zh()
        )),
        error => error.into(),
    }
}

/// # Errors
/// When the URL's query is not in UTF-8.
fn decoded(uri: &Uri) -> Result<Vec<(String, String)>, Problem> {
    let malformed = || Problem::parameter("query string", "it is to be percent-encoded UTF-8");
    // The decoder puts U+FFFD for bytes that are no UTF-8, and cannot be told from one that somebody typed
    if !is_utf8(uri.query().unwrap_or_default().as_bytes()) {
        return Err(malformed());
    }
    let Query(pairs) =
        Query::<Vec<(String, String)>>::try_from_uri(uri).map_err(|_| malformed())?;
    Ok(pairs)
}

/// Whether the bytes that a percent-encoded text stands for are UTF-8. What parts names and values is ASCII, so all of it
/// may be looked at together.
fn is_utf8(encoded: &[u8]) -> bool {
    let digit = |at: usize| char::from(*encoded.get(at)?).to_digit(16);
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut at = 0;
    while let Some(byte) = encoded.get(at) {
        let escaped = match byte {
            b'%' => digit(at + 1).zip(digit(at + 2)),
            _ => None,
        };
        match escaped.and_then(|(high, low)| u8::try_from(high << 4 | low).ok()) {
            Some(escaped) => {
                bytes.push(escaped);
                at += 3;
            }
            // A percent sign that begins no such escape is read as itself
            None => {
                bytes.push(*byte);
                at += 1;
            }
        }
    }
    std::str::from_utf8(&bytes).is_ok()
}

impl Params {
    /// # Errors
    /// When the URL's query is not in UTF-8.
    pub(super) fn of(uri: &Uri) -> Result<Self, Problem> {
        let pairs = decoded(uri)?;
        Ok(Self {
            pairs: pairs
                .into_iter()
                .filter(|(_, value)| !value.trim().is_empty())
                .collect(),
        })
    }

    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.pairs
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    pub(super) fn first(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    pub(super) fn number(&self, name: &str) -> Result<Option<usize>, Problem> {
        let Some(value) = self.first(name) else {
            return Ok(None);
        };
        match value.trim().parse() {
            Ok(number) if number > 0 => Ok(Some(number)),
            _ => Err(Problem::parameter(name, "expected a whole number from 1")),
        }
    }

    /// The parameters of a route of the API: what it does not take is refused.
    ///
    /// # Errors
    /// What is unknown, given twice, missing, or no value of its parameter.
    pub(super) fn strict(uri: &Uri, taken: &[Parameter]) -> Result<Self, Problem> {
        let pairs = decoded(uri)?;
        parameters::check(&pairs, taken)?;
        Ok(Self { pairs })
    }

    /// Whether a flag is set, where it stands.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        self.first(name).map(|value| value == "1")
    }

    /// All of them in one string, for tags.
    pub(super) fn written(&self) -> String {
        link(&self.pairs)
    }

    /// # Errors
    /// When a value is none that its parameter can have.
    pub(super) fn request(&self) -> Result<Request, Problem> {
        let size = self.number("size")?.unwrap_or(10);
        if size > MAX_SIZE {
            return Err(Problem::parameter("size", format!("at most {MAX_SIZE}")));
        }
        let page = self.number("page")?.unwrap_or(1);
        if page.saturating_mul(size) > MAX_DEPTH {
            return Err(Problem::no_page(format!(
                "pages reach to hit {MAX_DEPTH}; narrow the search, or go on with `after`"
            ))
            .with_zh(format!("只能翻到第 {MAX_DEPTH} 条，请缩小检索范围")));
        }
        let within = self.word("in", Within::parse)?.unwrap_or_default();
        let group = self.word("group", Grouping::parse)?;
        let after = self.first("after").map(str::to_owned);
        if after.is_some() && (group.is_some() || self.first("page").is_some()) {
            return Err(Problem::parameter(
                "after",
                "it goes on where a page of hits ended, and stands beside neither `page` nor `group`",
            ));
        }
        let sort = self.word("sort", Sort::parse)?.unwrap_or_default();
        let mut filters = Filters::default();
        for name in NAMES.iter().chain(&SPANS) {
            for value in self.all(name) {
                add(&mut filters, name, value)?;
            }
        }
        Ok(Request {
            query: self.first("q").unwrap_or_default().to_owned(),
            within,
            filters,
            page,
            after,
            group,
            size,
            sort,
            counting: match self.flag("facets") {
                Some(false) => Counting::Total,
                _ => Counting::Facets,
            },
            explain: self.flag("explain").unwrap_or(false),
        })
    }

    fn word<T>(
        &self,
        name: &str,
        parse: impl Fn(&str) -> Result<T, Error>,
    ) -> Result<Option<T>, Problem> {
        let parsed = self.first(name).map(parse);
        parsed.transpose().map_err(|error| of_filter(name, error))
    }

    /// The filters that are set, in the order of the facets.
    pub(super) fn filters(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let names = NAMES.iter().chain(&SPANS);
        names.flat_map(|name| self.all(name).map(|value| (*name, value)))
    }

    /// Whether a filter with this value is set.
    pub(super) fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|v| v == value)
    }

    /// The link to the same search with this filter set, or unset where it is; from its first page.
    pub(super) fn toggled(&self, name: &str, value: &str) -> String {
        let mut pairs = self.without("page");
        let before = pairs.len();
        pairs.retain(|(n, v)| n != name || v != value);
        if pairs.len() == before {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        link(&pairs)
    }

    /// The link to the same search with `name` at this one value.
    pub(super) fn at(&self, name: &str, value: &str) -> String {
        let mut pairs = self.without(name);
        pairs.retain(|(n, _)| n != "page" && n != "after");
        pairs.push((name.to_owned(), value.to_owned()));
        link(&pairs)
    }

    /// The link to the same query without filters.
    pub(super) fn unfiltered(&self) -> String {
        let mut pairs = self.without("page");
        pairs.retain(|(n, _)| !is_filter(n));
        link(&pairs)
    }

    /// The link to the same search without this parameter, from its first page.
    pub(super) fn dropped(&self, name: &str) -> String {
        let mut pairs = self.without(name);
        pairs.retain(|(n, _)| n != "page");
        link(&pairs)
    }

    /// The link to the ungrouped search with this filter set besides.
    pub(super) fn joined(&self, name: &str, value: &str) -> String {
        let mut pairs = self.without("group");
        pairs.retain(|(n, v)| n != "page" && (n != name || v != value));
        pairs.push((name.to_owned(), value.to_owned()));
        link(&pairs)
    }

    /// The link to the same answer from the API, in this form.
    pub(super) fn of_api(&self, form: &str) -> String {
        let mut pairs = self.without("format");
        pairs.retain(|(n, _)| taken::OF_SEARCH.iter().any(|p| p.name == n));
        pairs.push(("format".to_owned(), form.to_owned()));
        format!("/api/v1/search{}", link(&pairs).trim_start_matches('/'))
    }

    fn without(&self, name: &str) -> Vec<(String, String)> {
        let mut pairs = self.pairs.clone();
        pairs.retain(|(n, _)| n != name);
        pairs
    }
}

fn is_filter(name: &str) -> bool {
    NAMES.contains(&name) || SPANS.contains(&name)
}

fn link(pairs: &[(String, String)]) -> String {
    let written: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    format!("/?{}", written.join("&"))
}

/// Percent-encoding of everything but RFC 3986's unreserved characters.
pub(super) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(query: &str) -> Params {
        Params::of(&format!("/?{query}").parse().expect("a URI")).expect("UTF-8")
    }

    #[test]
    fn links_set_and_unset_a_filter() {
        let here = params("q=%E6%BC%94%E7%BB%83&year=2022&page=3&region=");
        assert_eq!(
            here.toggled("year", "2023"),
            "/?q=%E6%BC%94%E7%BB%83&year=2022&year=2023"
        );
        assert_eq!(here.toggled("year", "2022"), "/?q=%E6%BC%94%E7%BB%83");
        assert_eq!(
            here.at("page", "4"),
            "/?q=%E6%BC%94%E7%BB%83&year=2022&page=4"
        );
        assert_eq!(here.unfiltered(), "/?q=%E6%BC%94%E7%BB%83");
    }

    #[test]
    fn bytes_that_are_no_utf_8_are_refused_and_every_character_is_taken() {
        for (query, value) in [
            ("q=%EF%BF%BD", "\u{fffd}"),
            ("q=a%EF%BF%BDb", "a\u{fffd}b"),
            ("q=100%", "100%"),
            ("q=%zz%4", "%zz%4"),
            ("q=a+b%2B", "a b+"),
            ("%EF%BF%BD=x&q=%F0%9F%9A%92", "🚒"),
        ] {
            assert_eq!(params(query).first("q"), Some(value), "{query}");
        }
        for query in ["q=%FF", "q=%E6%BC", "%FF=1", "q=a&in=%C0%80", "q=%ED%A0%80"] {
            let uri = format!("/?{query}").parse().expect("a URI");
            assert!(Params::of(&uri).is_err(), "{query}");
        }
    }

    #[test]
    fn what_no_parameter_can_be_is_refused() {
        for query in ["page=0", "page=x", "size=101", "in=pages", "year=never"] {
            assert!(params(query).request().is_err(), "{query}");
        }
        assert_eq!(
            params("page=&size=").request().map(|r| (r.page, r.size)),
            Ok((1, 10))
        );
    }
}
