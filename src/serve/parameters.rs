//! What the API's parameters may be: one table, by which requests are checked and from which the OpenAPI document is made.

use super::problem::Problem;
use super::table;
use crate::search::narrow::{LEVELS, ROLES};
use crate::search::request::{MAX_DEPTH, MAX_SIZE};
use crate::search::suggest::distance;
use jiff::civil::Date;
use regex::Regex;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};
use utoipa::openapi::path::{Parameter as Described, ParameterBuilder, ParameterIn};
use utoipa::openapi::{RefOr, Required, Schema};

/// What the values of a parameter look like.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// Any text of at most so many characters, empty too.
    Free(usize),
    /// The same, but not blank.
    Text(usize),
    /// Digits: from, to, where it is not given.
    Number(usize, usize, Option<usize>),
    /// One of these.
    Word(&'static [&'static str]),
    /// 0 or 1; where it is not given.
    Flag(bool),
    /// What this pattern matches.
    Form(&'static str),
    /// A day of the calendar.
    Day,
    /// Names of a hit's fields with commas between.
    Fields,
}

/// A parameter of the query string.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    /// Whether it may stand several times.
    pub(super) many: bool,
    /// Whether it must stand.
    pub(super) must: bool,
    pub(super) says: &'static str,
    pub(super) example: &'static str,
}

/// The longest query.
const QUERY: usize = 1000;
/// The longest name that filters.
const NAME: usize = 200;
/// The most values of one filter.
const MANY: usize = 50;

const YEARS: &str = r"^([0-9]{4}(\.\.([0-9]{4})?)?|\.\.[0-9]{4}|[<>]=?[0-9]{4})$";
const DAYS: &str = r"^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?(\.\.([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?)?|(\.\.|[<>]=?)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)$";
/// Of an activity or a notice.
pub(super) const ID: &str = r"^[0-9a-f]{16}(\.s?[1-9][0-9]{0,5})?$";
const CURSOR: &str = r"^[0-9a-f]{8}[wr][0-9a-f]{1,16}-[0-9a-f]{1,16}-[0-9a-f]{1,16}$";

const fn one(
    name: &'static str,
    shape: Shape,
    example: &'static str,
    says: &'static str,
) -> Parameter {
    Parameter {
        name,
        shape,
        many: false,
        must: false,
        says,
        example,
    }
}

const fn filter(
    name: &'static str,
    shape: Shape,
    example: &'static str,
    says: &'static str,
) -> Parameter {
    Parameter {
        many: true,
        ..one(name, shape, example, says)
    }
}

const fn needed(of: Parameter) -> Parameter {
    Parameter { must: true, ..of }
}

const Q: Parameter = one(
    "q",
    Shape::Free(QUERY),
    "演练 -消防",
    "What to find, in the query language (see /help); empty for everything. 检索式；为空则列出全部。",
);
const SIZE: Parameter = one(
    "size",
    Shape::Number(1, MAX_SIZE, Some(10)),
    "5",
    "Hits a page. 每页条数。",
);
const PAGE: Parameter = one(
    "page",
    Shape::Number(1, MAX_DEPTH, Some(1)),
    "1",
    "Which page, from 1; page × size reaches to 10,000, past which the answer is 404. 页码，最多翻到第一万条。",
);

/// Those of the filters, in the order of the facets.
const FILTERS: [Parameter; 14] = [
    filter(
        "year",
        Shape::Form(YEARS),
        "2021..2023",
        "Of this year, or these: 2023, 2021..2023, 2021.., ..2023, >=2021. 年度。",
    ),
    filter(
        "region",
        Shape::Text(NAME),
        "湖北省",
        "Of this region: a name of any level, whole or short, or a code of GB/T 2260. 地区名称或代码。",
    ),
    filter(
        "level",
        Shape::Word(&LEVELS),
        "county",
        "Level of the issuer. 发文机关层级。",
    ),
    filter(
        "kind",
        Shape::Text(NAME),
        "方案",
        "Kind of notice or of activity. 文种或活动类型。",
    ),
    filter(
        "issuer",
        Shape::Text(NAME),
        "应急管理局",
        "A part of an issuer's name; in quotes, the whole. 发文机关。",
    ),
    filter(
        "unit",
        Shape::Text(NAME),
        "教育局",
        "A part of a unit's name; in quotes, the whole. 责任单位。",
    ),
    filter(
        "function",
        Shape::Text(NAME),
        "应急管理",
        "Canonical department of a unit. 单位职能。",
    ),
    filter(
        "role",
        Shape::Word(&ROLES),
        "lead",
        "Role of a unit. 单位角色。",
    ),
    filter(
        "audience",
        Shape::Text(NAME),
        "学校",
        "For whom. 面向对象。",
    ),
    filter(
        "campaign",
        Shape::Text(NAME),
        "安全生产月",
        "Whole name of the campaign. 专项活动名称。",
    ),
    filter(
        "series",
        Shape::Text(NAME),
        "安全生产月@420100",
        "Series, as records write it. 历年系列。",
    ),
    filter(
        "deadline",
        Shape::Form(DAYS),
        "2023-06",
        "Day of a deadline: 2023-06-20, 2023-06, 2023-06-01..2023-06-30, <2023-06-20. 截止日期。",
    ),
    one(
        "period",
        Shape::Form(DAYS),
        "2023-06-01..2023-06-30",
        "Days on some of which it lasts. 活动期间。",
    ),
    one(
        "issued",
        Shape::Form(DAYS),
        "2023..",
        "Days of issue. 成文日期。",
    ),
];

/// Those of a search but the filters.
const SEARCH: [Parameter; 13] = [
    Q,
    one(
        "in",
        Shape::Word(&["activities", "sections", "notices"]),
        "activities",
        "What a hit is. 检索单位：活动、段落或公文。",
    ),
    one(
        "sort",
        Shape::Word(&["relevance", "issued", "deadline"]),
        "relevance",
        "The order of hits. 排序：相关度、成文日期（新在前）、截止日期（早在前）。",
    ),
    PAGE,
    one(
        "after",
        Shape::Form(CURSOR),
        "5b3c1f02w1-2-3",
        "The `next` of the answer to the same question: goes on after it, however far. Instead of `page`, without `group`. 上一页回答中的 next，可无限翻页。",
    ),
    SIZE,
    one(
        "group",
        Shape::Word(&["notice", "series", "region"]),
        "notice",
        "Hits are put together by this, up to three of each group; pages are then of groups. 按公文、系列或地区归组。",
    ),
    one(
        "facets",
        Shape::Flag(true),
        "0",
        "Whether facets are counted. 是否统计分面。",
    ),
    one(
        "explain",
        Shape::Flag(false),
        "1",
        "Whether each hit says which words of the query stand where. 是否说明命中原因。",
    ),
    one(
        "why",
        Shape::Form(ID),
        "0123456789abcdef.1",
        "The id of an activity, a section or a notice: the answer says in `why` whether it is found, and which conditions it fails. 说明该项为何（未）命中。",
    ),
    one(
        "fields",
        Shape::Fields,
        "id,title,units",
        "Only these fields of each hit; in CSV, these columns in this order. 只要这些字段。",
    ),
    one(
        "format",
        Shape::Word(&["json", "ndjson", "csv"]),
        "json",
        "The form of the answer, before what Accept says. 输出格式。",
    ),
    one(
        "bom",
        Shape::Flag(false),
        "1",
        "Whether CSV begins with a byte order mark, which some spreadsheets want. CSV 是否带 BOM。",
    ),
];

pub(super) static OF_SEARCH: LazyLock<Vec<Parameter>> =
    LazyLock::new(|| SEARCH.iter().chain(&FILTERS).copied().collect());

pub(super) const OF_SUGGEST: [Parameter; 2] = [
    needed(one(
        "q",
        Shape::Text(100),
        "应急",
        "What was typed so far. 已输入的文字。",
    )),
    one(
        "size",
        Shape::Number(1, 20, Some(10)),
        "5",
        "At most so many of each sort. 每类最多条数。",
    ),
];

pub(super) const OF_SIMILAR: [Parameter; 1] = [SIZE];

pub(super) const OF_SERIES: [Parameter; 4] = [
    FILTERS[1],
    FILTERS[9],
    PAGE,
    one(
        "size",
        Shape::Number(1, 50, Some(10)),
        "5",
        "Series a page. 每页系列数。",
    ),
];

pub(super) const OF_OUTLINE: [Parameter; 1] = [one(
    "format",
    Shape::Word(&["json", "text"]),
    "text",
    "The form of the answer, before what Accept says. 输出格式。",
)];

pub(super) const OF_EXTRACT: [Parameter; 2] = [
    one(
        "name",
        Shape::Text(NAME),
        "通知.docx",
        "What the file is called; its extension helps where the bytes do not tell the format. 文件名。",
    ),
    one(
        "format",
        Shape::Word(&["json", "ndjson"]),
        "json",
        "The form of the answer, before what Accept says. 输出格式。",
    ),
];

pub(super) const OF_MENTIONS: [Parameter; 2] = [
    one(
        "reference_date",
        Shape::Day,
        "2023-05-29",
        "The day from which 明天, 上个月 and years that are not said are counted. 参照日期。",
    ),
    one(
        "format",
        Shape::Word(&["json", "ndjson"]),
        "json",
        "The form of the answer, before what Accept says. 输出格式。",
    ),
];

impl Parameter {
    /// # Errors
    /// Why the value is none.
    pub(super) fn check(&self, value: &str) -> Result<(), Problem> {
        let fault = |expected: String| Err(Problem::parameter(self.name, expected));
        let fits = |most: usize| value.chars().nth(most).is_none();
        match self.shape {
            Shape::Free(most) | Shape::Text(most) if !fits(most) => {
                fault(format!("at most {most} characters"))
            }
            Shape::Text(_) if value.chars().all(is_blank) => fault("it is blank".to_owned()),
            Shape::Free(_) | Shape::Text(_) => Ok(()),
            Shape::Number(from, to, _) => {
                let is_number = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
                match value.parse::<usize>() {
                    Ok(n) if is_number && (from..=to).contains(&n) => Ok(()),
                    _ => fault(format!("expected a whole number from {from} to {to}")),
                }
            }
            Shape::Word(words) => match words.contains(&value) {
                true => Ok(()),
                false => fault(format!("expected one of {}", words.join(", "))),
            },
            Shape::Flag(_) => match value {
                "0" | "1" => Ok(()),
                _ => fault("expected 0 or 1".to_owned()),
            },
            Shape::Form(pattern) => match matches(pattern, value) {
                true => Ok(()),
                false => fault(format!("expected such as {}", self.example)),
            },
            // jiff reads more than days from more than ten characters
            Shape::Day if value.len() == 10 && value.parse::<Date>().is_ok() => Ok(()),
            Shape::Day => fault(format!("expected a day such as {}", self.example)),
            Shape::Fields => {
                let known = table::fields();
                match value.split(',').find(|f| !known.iter().any(|k| k == f)) {
                    None => Ok(()),
                    Some(field) => fault(format!(
                        "there is no field `{field}`; known are {}",
                        known.join(", ")
                    )),
                }
            }
        }
    }

    fn schema(&self) -> Value {
        let own = match self.shape {
            Shape::Free(most) => json!({ "type": "string", "maxLength": most }),
            Shape::Text(most) => {
                json!({ "type": "string", "minLength": 1, "maxLength": most, "pattern": r"\S" })
            }
            Shape::Number(from, to, None) => {
                json!({ "type": "integer", "minimum": from, "maximum": to })
            }
            Shape::Number(from, to, Some(default)) => {
                json!({ "type": "integer", "minimum": from, "maximum": to, "default": default })
            }
            Shape::Word(words) => json!({ "type": "string", "enum": words }),
            Shape::Flag(default) => {
                json!({ "type": "integer", "enum": [0, 1], "default": u8::from(default) })
            }
            Shape::Form(pattern) => json!({ "type": "string", "pattern": pattern }),
            Shape::Day => json!({ "type": "string", "format": "date" }),
            Shape::Fields => {
                let any = table::fields().join("|");
                json!({ "type": "string", "pattern": format!("^({any})(,({any}))*$") })
            }
        };
        match self.many {
            true => json!({ "type": "array", "items": own, "minItems": 1, "maxItems": MANY }),
            false => own,
        }
    }

    /// As OpenAPI describes it.
    pub(super) fn described(&self) -> Described {
        let example = match self.shape {
            Shape::Number(..) | Shape::Flag(_) => {
                serde_json::from_str(self.example).unwrap_or(Value::Null)
            }
            _ => Value::from(self.example),
        };
        let example = if self.many { json!([example]) } else { example };
        let required = if self.must {
            Required::True
        } else {
            Required::False
        };
        // What JSON Schema we write is of the kind that utoipa reads
        let schema: Option<RefOr<Schema>> = serde_json::from_value(self.schema()).ok();
        ParameterBuilder::new()
            .name(self.name)
            .parameter_in(ParameterIn::Query)
            .required(required)
            .description(Some(self.says))
            .schema(schema)
            .explode(self.many.then_some(true))
            .example(Some(example))
            .build()
    }
}

/// Checks the pairs of a query string against what a route takes.
///
/// # Errors
/// What is unknown (with the nearest name that is known), given twice, missing, or no value of its parameter.
pub(super) fn check(pairs: &[(String, String)], taken: &[Parameter]) -> Result<(), Problem> {
    for (at, (name, value)) in pairs.iter().enumerate() {
        let Some(parameter) = taken.iter().find(|p| p.name == name) else {
            return Err(unknown(name, taken));
        };
        let before = pairs[..at].iter().filter(|(n, _)| n == name).count();
        if before > 0 && !parameter.many {
            return Err(Problem::parameter(name, "given more than once"));
        }
        if before >= MANY {
            return Err(Problem::parameter(
                name,
                format!("given more than {MANY} times"),
            ));
        }
        parameter.check(value)?;
    }
    match taken
        .iter()
        .find(|p| p.must && !pairs.iter().any(|(n, _)| n == p.name))
    {
        Some(missing) => Err(Problem::parameter(missing.name, "it is missing")),
        None => Ok(()),
    }
}

fn unknown(name: &str, taken: &[Parameter]) -> Problem {
    let shown: String = name.chars().take(40).filter(|c| !c.is_control()).collect();
    let typed: Vec<char> = shown.to_lowercase().chars().collect();
    let far = |p: &Parameter| distance(&typed, &p.name.chars().collect::<Vec<char>>());
    let near = taken
        .iter()
        .map(|p| (far(p), p.name))
        .min()
        .filter(|(far, name)| *far <= 1 + name.len() / 4);
    let mut names: Vec<&str> = taken.iter().map(|p| p.name).collect();
    names.sort_unstable();
    let detail = match (near, names.is_empty()) {
        (Some((_, near)), _) => format!("there is no such parameter; did you mean `{near}`?"),
        (None, false) => format!("there is no such parameter; known are {}", names.join(", ")),
        (None, true) => "no parameters are taken here".to_owned(),
    };
    Problem::parameter(&shown, detail)
}

/// What `\S` of a JSON Schema does not match: its patterns are read as ECMAScript reads them.
fn is_blank(c: char) -> bool {
    (c.is_whitespace() && c != '\u{85}') || c == '\u{feff}'
}

/// Whether a value is of a parameter's form; each pattern is built once.
pub(super) fn matches(pattern: &'static str, value: &str) -> bool {
    static BUILT: LazyLock<Mutex<HashMap<&'static str, Regex>>> = LazyLock::new(Mutex::default);
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(regex) = built.get(pattern) {
        return regex.is_match(value);
    }
    // The patterns are ours; a test builds each
    let Ok(regex) = Regex::new(pattern) else {
        return false;
    };
    let found = regex.is_match(value);
    built.insert(pattern, regex);
    found
}

/// The tables as utoipa takes parameters.
macro_rules! tables {
    ($($name:ident: $table:expr;)*) => { $(
        pub(super) struct $name;
        impl utoipa::IntoParams for $name {
            fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Described> {
                $table.iter().map(Parameter::described).collect()
            }
        }
    )* };
}
tables! {
    SearchParameters: OF_SEARCH;
    SuggestParameters: OF_SUGGEST;
    SimilarParameters: OF_SIMILAR;
    SeriesParameters: OF_SERIES;
    OutlineParameters: OF_OUTLINE;
    ExtractParameters: OF_EXTRACT;
    MentionsParameters: OF_MENTIONS;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(given: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(n, v): &(&str, &str)| ((*n).to_owned(), (*v).to_owned());
        given.iter().map(owned).collect()
    }

    fn told(given: &[(&str, &str)]) -> String {
        match check(&pairs(given), &OF_SEARCH) {
            Ok(()) => String::new(),
            Err(problem) => problem.detail().to_owned(),
        }
    }

    #[test]
    fn every_example_is_of_its_parameter() {
        for parameter in OF_SEARCH
            .iter()
            .chain(&OF_SUGGEST)
            .chain(&OF_SIMILAR)
            .chain(&OF_SERIES)
            .chain(&OF_OUTLINE)
            .chain(&OF_EXTRACT)
            .chain(&OF_MENTIONS)
        {
            assert!(
                parameter.check(parameter.example).is_ok(),
                "{}",
                parameter.name
            );
            let schema: Result<RefOr<Schema>, _> = serde_json::from_value(parameter.schema());
            let written = serde_json::to_value(schema.expect(parameter.name)).expect("JSON");
            assert_eq!(written, parameter.schema(), "{}", parameter.name);
        }
    }

    #[test]
    fn what_is_no_parameter_is_told_with_what_is_near() {
        assert!(told(&[("yaer", "2023")]).contains("did you mean `year`?"));
        assert!(told(&[("regions", "湖北")]).contains("did you mean `region`?"));
        assert!(told(&[("zzzzzz", "1")]).contains("known are after, audience,"));
        assert!(told(&[("size", "1"), ("size", "2")]).contains("more than once"));
        assert!(
            told(&[("fields", "id,heading")]).contains("there is no field `heading`; known are")
        );
        assert!(check(&[], &OF_SUGGEST).is_err());
        assert_eq!(told(&[("year", "2022"), ("year", "2023"), ("q", "")]), "");
    }

    #[test]
    fn what_no_parameter_can_be_is_refused() {
        for (name, value) in [
            ("page", "0"),
            ("page", "+1"),
            ("page", ""),
            ("page", "10001"),
            ("size", "101"),
            ("size", "1.0"),
            ("in", "pages"),
            ("year", "soon"),
            ("year", "2023\n"),
            ("region", " "),
            ("facets", "yes"),
            ("deadline", "2023-13"),
            ("level", "village"),
            ("why", "x"),
            ("fields", ""),
            ("fields", "id,"),
        ] {
            assert_ne!(told(&[(name, value)]), "", "{name}={value}");
        }
        for value in [
            "2023",
            "2023-06",
            "2023-06-01..2023-06-30",
            "..2023-06",
            "<=2023-06-20",
            "2023..",
        ] {
            assert_eq!(told(&[("deadline", value)]), "", "{value}");
        }
    }
}
