//! What one line of running text names: dates, numbers, addresses, places, units, citations (`gongwen mentions`).
//!
//! Pure and total: any text gives an answer. Within a notice the same readers see more, for a notice says which year it
//! plans for and what its sections are; here a day of reference stands for all that.

pub mod lines;

use crate::entity::citation;
use crate::entity::citation::CitationKind;
use crate::entity::contact::email;
use crate::entity::contact::phone;
use crate::entity::contact::phone::PhoneKind;
use crate::entity::date;
use crate::entity::date::DateRole;
use crate::entity::date::Precision;
use crate::entity::region;
use crate::entity::unit;
use crate::entity::unit::UnitRole;
use crate::record::Mask;
use crate::span::CharSpan;
use crate::span::CodePoints;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a text names. Lists are in the order of the text; offsets are code points of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mentions {
    /// Every date expression, bare years and relative days too.
    pub dates: Vec<DateNamed>,
    /// Telephone numbers, hotlines among them.
    pub phones: Vec<PhoneNamed>,
    /// E-mail addresses.
    pub emails: Vec<EmailNamed>,
    /// Divisions of GB/T 2260.
    pub regions: Vec<RegionNamed>,
    /// Units, with their role where a label or a verb gives one.
    pub units: Vec<UnitNamed>,
    /// Titles in 《》.
    pub citations: Vec<CitationNamed>,
}

/// A date expression. What depends on a day of reference that was not given is null.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DateNamed {
    /// The surface form.
    pub text: String,
    /// First day.
    #[schemars(with = "Option<String>")]
    pub start: Option<Date>,
    /// Last day, inclusive.
    #[schemars(with = "Option<String>")]
    pub end: Option<Date>,
    /// How fine the expression is.
    pub precision: Precision,
    /// What the date does in its sentence.
    pub role: DateRole,
    /// RFC 5545, for recurrences.
    pub rrule: Option<String>,
    /// ISO 8601-2.
    pub edtf: Option<String>,
    /// Whether the year was taken from elsewhere.
    pub inferred: bool,
    /// Where it stands.
    pub span: CharSpan,
}

/// A telephone number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PhoneNamed {
    /// The surface form.
    pub text: String,
    /// Digits, an area code parted by `-`, an extension after `#`; no country code.
    pub number: String,
    /// What it reaches.
    pub kind: PhoneKind,
    /// Where it stands.
    pub span: CharSpan,
}

/// An e-mail address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EmailNamed {
    /// The surface form.
    pub text: String,
    /// Half-width.
    pub email: String,
    /// Where it stands.
    pub span: CharSpan,
}

/// A division, named by one name or a chain of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RegionNamed {
    /// The surface form.
    pub text: String,
    /// GB/T 2260 code of the narrowest.
    pub code: String,
    /// Names from the province down.
    pub path: Vec<String>,
    /// Where it stands.
    pub span: CharSpan,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitNamed {
    /// As written, blanks left out.
    pub name: String,
    /// What a label or a verb beside it makes of it; null where it is only named.
    pub role: Option<UnitRole>,
    /// Canonical department: 应急管理.
    pub function: Option<String>,
    /// Whether it is a collective name: 各乡镇.
    pub group: bool,
    /// Where it stands.
    pub span: CharSpan,
}

/// A cited title, with every mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CitationNamed {
    /// Without the outer brackets.
    pub title: String,
    /// The document or standard number that follows.
    pub doc_number: Option<String>,
    /// What is cited.
    pub kind: CitationKind,
    /// Whether the text says that it is implemented (根据…要求).
    pub basis: bool,
    /// The first mention.
    pub span: CharSpan,
    /// Every mention.
    pub spans: Vec<CharSpan>,
}

/// What `text` names; `reference` is the day from which 明天 and the years that are not said are counted.
///
/// ```
/// use gongwen::mentions;
///
/// let day = "2023-05-29".parse().ok();
/// let named = mentions::of("区应急局于下月5日前报送，电话０１０－６２２８８５５９。", day);
/// assert_eq!(named.dates[0].end.map(|d| d.to_string()).as_deref(), Some("2023-06-05"));
/// assert_eq!(named.phones[0].number, "010-62288559");
/// assert_eq!(named.units[0].name, "区应急局");
/// assert_eq!(mentions::of("明天", None).dates[0].start, None);
/// ```
#[must_use]
pub fn of(text: &str, reference: Option<Date>) -> Mentions {
    let points = CodePoints::new(text);
    let dates = date::find_in_mentions(text, reference)
        .into_iter()
        .map(|found| DateNamed {
            text: found.date.span.of(text).to_owned(),
            start: found.date.start,
            end: found.date.end,
            precision: found.precision,
            role: found.date.role,
            rrule: found.date.rrule,
            edtf: found.date.edtf,
            inferred: found.date.inferred,
            span: points.span(found.date.span),
        });
    let phones = phone::phones(text).into_iter().map(|found| PhoneNamed {
        text: found.span.of(text).to_owned(),
        number: found.number,
        kind: found.kind,
        span: points.span(found.span),
    });
    let emails = email::emails(text).into_iter().map(|found| EmailNamed {
        text: found.span.of(text).to_owned(),
        email: found.email,
        span: points.span(found.span),
    });
    let regions = region::find(text).into_iter().map(|found| RegionNamed {
        text: found.span.of(text).to_owned(),
        code: found.code,
        path: found.path,
        span: points.span(found.span),
    });
    let units = unit::mentioned(text).into_iter().map(|found| UnitNamed {
        span: points.span(found.span),
        name: found.name,
        role: found.role,
        function: found.function,
        group: found.group,
    });
    let citations = citation::find(text).into_iter().map(|found| {
        let spans: Vec<CharSpan> = found.spans.iter().map(|s| points.span(*s)).collect();
        CitationNamed {
            span: spans.first().copied().unwrap_or_default(),
            title: found.title,
            doc_number: found.doc_number,
            kind: found.kind,
            basis: found.basis,
            spans,
        }
    });
    Mentions {
        dates: dates.collect(),
        phones: phones.collect(),
        emails: emails.collect(),
        regions: regions.collect(),
        units: units.collect(),
        citations: citations.collect(),
    }
}

impl Mentions {
    /// The same with names of contacts, personal numbers and e-mail addresses masked, all offsets as they were.
    ///
    /// `text` is the text that gave these mentions.
    #[must_use]
    pub fn masked(self, text: &str) -> Self {
        Mask::of_text(text).applied_to(&self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::mask::has_any;
    use proptest::prelude::*;

    #[test]
    fn a_line_gives_all_that_it_names() {
        let text = "根据《关于做好演练的通知》（云应急〔2022〕7号），请昆明市应急管理局、市教育局于明年3月底前联系（0871）5550101。";
        let named = of(text, "2023-05-29".parse().ok());
        assert_eq!(named.dates.len(), 1);
        assert_eq!(named.dates[0].precision, Precision::Day);
        assert_eq!(
            named.dates[0].end,
            "2024-03-31".parse().ok(),
            "{:?}",
            named.dates
        );
        assert_eq!(named.phones[0].number, "0871-5550101");
        assert_eq!(named.regions[0].code, "530100");
        let units: Vec<&str> = named.units.iter().map(|u| u.name.as_str()).collect();
        assert_eq!(units, ["昆明市应急管理局", "市教育局"]);
        assert_eq!(named.units[0].function.as_deref(), Some("应急管理"));
        assert_eq!(
            named.citations[0].doc_number.as_deref(),
            Some("云应急〔2022〕7号")
        );
        let chars: Vec<char> = text.chars().collect();
        let CharSpan(from, to) = named.units[0].span;
        assert_eq!(
            chars[from..to].iter().collect::<String>(),
            "昆明市应急管理局"
        );
    }

    #[test]
    fn a_line_of_nothing_gives_nothing() {
        assert_eq!(of("", None), Mentions::default());
        assert_eq!(of("坚持3+1模式，落实7项措施。", None), Mentions::default());
    }

    #[test]
    fn masked_numbers_are_gone_and_hotlines_stay() {
        let text = "联系人：陈一帆，电话13900000611，邮箱a_b@x.example.cn，举报电话12350。";
        let named = of(text, None);
        let masked = named.clone().masked(text);
        assert_eq!(masked.phones[0].text, "***********");
        assert_eq!(masked.phones[0].span, named.phones[0].span);
        assert!(masked.phones.iter().any(|p| p.number == "12350"));
        let json = serde_json::to_value(&masked).unwrap_or_default();
        assert!(!has_any(
            &json,
            &["13900000611", "a_b@x.example.cn", "陈一帆"]
        ));
    }

    proptest! {
        #[test]
        fn every_span_gives_its_surface(text in "(区应急局|市教育局|明天|6月1日|0571-5550101|、|，|。|《办法》|安吉县|[a-z@.0-9 ]|\\PC){0,24}") {
            let named = of(&text, "2023-05-29".parse().ok());
            let chars: Vec<char> = text.chars().collect();
            let surface = |s: CharSpan| chars[s.0..s.1].iter().collect::<String>();
            for d in &named.dates {
                prop_assert_eq!(&surface(d.span), &d.text);
            }
            for p in &named.phones {
                prop_assert_eq!(&surface(p.span), &p.text);
            }
            for u in &named.units {
                prop_assert!(u.span.0 < u.span.1);
            }
        }
    }
}
