//! Which parameters each route takes.

use super::parameters::{Parameter, Shape};
use crate::search::narrow::{LEVELS, ROLES};
use crate::search::request::{MAX_DEPTH, MAX_SIZE};
use std::sync::LazyLock;
use utoipa::openapi::path::{Parameter as Described, ParameterIn};

/// The longest query.
const QUERY: usize = 1000;
/// The longest name that filters.
const NAME: usize = 200;

const YEARS: &str = r"^([0-9]{4}(\.\.([0-9]{4})?)?|\.\.[0-9]{4}|[<>]=?[0-9]{4})$";
const DAYS: &str = r"^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?(\.\.([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?)?|(\.\.|[<>]=?)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)$";
/// Of an activity or a notice.
const ID: &str = r"^[0-9a-f]{16}(\.s?[1-9][0-9]{0,5})?$";
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
    one(
        "page",
        Shape::Number(1, MAX_DEPTH, Some(1)),
        "1",
        "Which page, from 1; past the last the list is empty. 页码。",
    ),
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
