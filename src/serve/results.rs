//! The search page: form, facets as links, hits with marks, paging.

use super::facets;
use super::labels;
use super::params::Params;
use crate::search::answer::{Answer, Hit, HitGroup};
use crate::search::explain::Found;
use crate::search::suggest::Suggestion;
use maud::{Markup, html};

/// What hits are put together by.
const GROUPINGS: [(&str, &str); 3] = [
    ("notice", "按公文归组"),
    ("series", "按系列归组"),
    ("region", "按地区归组"),
];

/// What hits are.
const UNITS: [(&str, &str); 3] = [
    ("activities", "活动"),
    ("sections", "段落"),
    ("notices", "公文"),
];

/// The orders of hits.
const SORTS: [(&str, &str); 3] = [
    ("relevance", "按相关度"),
    ("issued", "按成文日期"),
    ("deadline", "按截止日期"),
];

pub(super) fn form(params: &Params, offered: &[String]) -> Markup {
    let within = params.first("in").unwrap_or("activities");
    let sort = params.first("sort").unwrap_or("relevance");
    html! {
        form.ask action="/" method="get" role="search" {
            input type="search" name="q" value=(params.first("q").unwrap_or_default())
                placeholder="如：应急演练 学校 -消防" aria-label="检索词" maxlength="1000" autocomplete="off" list="offered";
            datalist id="offered" { @for value in offered { option value=(value) {} } }
            select name="in" aria-label="检索范围" {
                @for (word, label) in UNITS { option value=(word) selected[within == word] { (label) } }
            }
            select name="sort" aria-label="排序" {
                @for (word, label) in SORTS { option value=(word) selected[sort == word] { (label) } }
            }
            // What was chosen on the page stays for the next question
            @for (name, value) in params.filters().chain(params.first("group").map(|by| ("group", by))) {
                input type="hidden" name=(name) value=(value);
            }
            button type="submit" { "检索" }
        }
    }
}

pub(super) fn answer(params: &Params, answer: &Answer, near: &[Suggestion]) -> Markup {
    let unit = match params.first("in") {
        Some("notices") => "篇公文",
        Some("sections") => "段",
        _ => "项活动",
    };
    html! {
        div.columns {
            aside.facets aria-label="筛选" {
                (facets::chosen(params))
                (facets::all(params, &answer.facets))
            }
            section.results aria-label="结果" {
                p.count {
                    "共 " strong { (answer.total) } " " (unit)
                    span.took { "（" (answer.took_ms) " 毫秒）" }
                    @if answer.total > 0 { (takeaway(params)) }
                }
                @if let Some(meant) = &answer.did_you_mean {
                    p.meant { "是否要找：" a href=(params.at("q", meant)) { (meant) } }
                }
                @if answer.total == 0 {
                    (nothing(params, near))
                } @else if answer.hits.is_empty() && answer.groups.as_ref().is_none_or(|g| g.groups.is_empty()) {
                    div.notice-box { p { "已经没有更多结果。" a href=(params.at("page", "1")) { "回到第一页" } } }
                }
                ol.hits { @for hit in &answer.hits { li { (one(hit)) } } }
                @for group in answer.groups.iter().flat_map(|g| &g.groups) { (together(params, group)) }
                @if !answer.related.is_empty() {
                    h2.related { "只符合一部分" }
                    ol.hits { @for hit in &answer.related { li { (one(hit)) } } }
                }
                (pages(params, answer))
            }
        }
    }
}

/// Hits of one notice, series or region.
fn together(params: &Params, group: &HitGroup) -> Markup {
    let first = group.hits.first();
    let title = first.and_then(|hit| hit.notice_title.clone().or(hit.title.clone()));
    let (name, all) = match (params.first("group"), group.value.as_deref()) {
        (Some("notice"), _) => (title.unwrap_or_default(), None),
        (Some("series"), Some(value)) => {
            // A series bears a code; people know the place by its name
            let place = first
                .map(|hit| hit.region_path.concat())
                .unwrap_or_default();
            let campaign = first.and_then(|hit| hit.campaign.clone());
            let name = match campaign {
                Some(campaign) => format!("{place} {campaign}"),
                None => value.replace('@', " "),
            };
            (name, Some(params.joined("series", value)))
        }
        (_, Some(value)) => (
            value.replace('/', " "),
            // By its whole path: districts of one name lie in many cities
            Some(params.joined("region", value)),
        ),
        (_, None) => ("（其他）".to_owned(), None),
    };
    html! {
        section.together {
            h2 { (name) " " span.number { (group.total) } }
            ol.hits { @for hit in &group.hits { li { (one(hit)) } } }
            @if let (Some(all), true) = (all, group.total > group.hits.len()) { p.rest { a href=(all) { "全部 " (group.total) " 项" } } }
        }
    }
}

/// The same answer for programs and spreadsheets, and the reasons beside the hits.
fn takeaway(params: &Params) -> Markup {
    let explained = params.flag("explain") == Some(true);
    html! {
        span.takeaway {
            a href=(params.at("explain", if explained { "0" } else { "1" })) rel="nofollow" {
                @if explained { "隐藏命中说明" } @else { "说明命中原因" }
            }
            @match params.first("group") {
                Some(_) => a href=(params.dropped("group")) rel="nofollow" { "不归组" },
                None => @for (word, label) in GROUPINGS { a href=(params.at("group", word)) rel="nofollow" { (label) } },
            }
            a href=(params.of_api("csv")) rel="nofollow" title="本页结果，可用表格软件打开" { "CSV" }
            a href=(params.of_api("json")) rel="nofollow" { "JSON" }
        }
    }
}

/// Which words of the query stand where.
fn reasons(found: &[Found]) -> Markup {
    html! {
        dl.reasons {
            @for found in found {
                div {
                    dt { (found.term) }
                    dd {
                        @if found.stands.is_empty() { "未出现" }
                        @for standing in &found.stands {
                            span {
                                @match standing.as_what { "word" => "词", "synonym" => "同义", _ => "原样" }
                                "“" (standing.text) "”"
                                @for (place, n) in [("标题", standing.in_title), ("正文", standing.in_text), ("所在公文", standing.around)] {
                                    @if n > 0 { " " (place) " " (n) " 处" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A hit: what it is, where it stands, what matches, and its facts.
pub(super) fn one(hit: &Hit) -> Markup {
    let link = match (hit.ordinal, hit.section) {
        (Some(ordinal), _) => format!("/notices/{}?activity={ordinal}#a{ordinal}", hit.notice_id),
        (None, Some(section)) => format!("/notices/{}#s{section}", hit.notice_id),
        (None, None) => format!("/notices/{}", hit.notice_id),
    };
    let days: Vec<String> = hit
        .dates
        .iter()
        .map(|d| match labels::days(d.start, d.end) {
            days if days.is_empty() => d.text.clone(),
            days => format!("{}（{days}）", d.text),
        })
        .collect();
    html! {
        article.hit {
            h2 {
                a href=(link) {
                    @match &hit.title {
                        Some(title) => (marked(title, &hit.title_highlights)),
                        None if hit.section.is_some() && hit.path.is_empty() => "（各层次以外的正文）",
                        None => "（无标题）",
                    }
                }
            }
            @if hit.ordinal.is_some() || hit.section.is_some() {
                p.where {
                    a href={ "/notices/" (hit.notice_id) } {
                        @match &hit.notice_title {
                            Some(title) => (marked(title, &hit.notice_title_highlights)),
                            None => "（无标题公文）",
                        }
                    }
                    @for heading in &hit.above { span.step { (heading) } }
                    @if !hit.path.is_empty() { span.path { (hit.path.join(" ")) } }
                }
            }
            p.snippet {
                @for fragment in &hit.snippet {
                    span.fragment { (marked(&fragment.text, &fragment.highlights)) }
                }
            }
            @if !hit.units.is_empty() || !days.is_empty() || !hit.kinds.is_empty() {
                ul.chips {
                    @for unit in hit.units.iter().take(6) {
                        li.unit { span.role { (labels::role(unit.role)) } (unit.name) }
                    }
                    @if hit.units.len() > 6 { li.more { "等 " (hit.units.len()) " 个单位" } }
                    @for day in days.iter().take(4) { li.date { (day) } }
                    @for kind in hit.kinds.iter().take(6) { li.kind { (kind) } }
                }
            }
            @if let Some(found) = &hit.explanation { (reasons(found)) }
            p.meta {
                @if let Some(year) = hit.year { span { (year) " 年" } }
                @if !hit.region_path.is_empty() { span { (hit.region_path.concat()) } }
                @if !hit.issuers.is_empty() { span { (hit.issuers.join("、")) } }
                @if let Some(number) = &hit.doc_number { span { (number) } }
                @for source in hit.sources.iter().take(2) { span.source title="来源文件" { (source) } }
                @if hit.sources.len() > 2 { span { "共 " (hit.sources.len()) " 个来源" } }
                @if hit.ordinal.is_some() { a.kin href={ "/activities/" (hit.id) } { "相似活动" } }
            }
        }
    }
}

/// A text with its marked ranges (code points, in order, apart from one another).
pub(super) fn marked(text: &str, marks: &[[usize; 2]]) -> Markup {
    let chars: Vec<char> = text.chars().collect();
    let piece = |from: usize, to: usize| -> String {
        chars
            .get(from..to.min(chars.len()))
            .unwrap_or_default()
            .iter()
            .collect()
    };
    let mut at = 0;
    html! {
        @for [from, to] in marks.iter().copied() {
            (piece(at, from)) mark { (piece(from, to)) }
            ({ at = to; "" })
        }
        (piece(at, chars.len()))
    }
}

fn nothing(params: &Params, near: &[Suggestion]) -> Markup {
    let filtered = params.filters().next().is_some();
    let asked = params.first("q").is_some();
    html! {
        div.notice-box {
            @if !filtered && !asked {
                h2 { "这里还没有公文" }
                p { "请先把公文编入数据目录，例如运行 " code { "gongwen index 文件夹 --data gongwen-data" } "，然后刷新本页。" }
            } @else {
                h2 { "没有找到相符的内容" }
                @if !near.is_empty() {
                    p.near { "库中有："
                        @for suggestion in near { a href=(params.at("q", &suggestion.value)) { (suggestion.value) } }
                    }
                }
                ul {
                    @if filtered { li { "试试" a href=(params.unfiltered()) { "去掉筛选条件" } } }
                    @if params.first("in") == Some("notices") {
                        li { "改为" a href=(params.at("in", "activities")) { "在活动中查找" } }
                    } @else {
                        li { "改为" a href=(params.at("in", "notices")) { "在公文全文中查找" } }
                    }
                    li { "减少词语，或用“或”连接近义词：演练 或 竞赛" }
                    li { a href="/help" { "查看检索语法" } }
                }
            }
        }
    }
}

fn pages(params: &Params, answer: &Answer) -> Markup {
    let total = answer
        .groups
        .as_ref()
        .map_or(answer.total, |groups| groups.total);
    let last = total.div_ceil(answer.size).min(10_000 / answer.size);
    let from = answer.page.saturating_sub(3).max(1);
    let to = (answer.page + 3).min(last);
    html! {
        @if last > 1 {
            nav.pages aria-label="翻页" {
                @if answer.page > 1 { a rel="prev" href=(params.at("page", &(answer.page - 1).to_string())) { "上一页" } }
                @if from > 1 { a href=(params.at("page", "1")) { "1" } @if from > 2 { span { "…" } } }
                @for n in from..=to {
                    @if n == answer.page { span.here aria-current="page" { (n) } }
                    @else { a href=(params.at("page", &n.to_string())) { (n) } }
                }
                @if to < last { @if to + 1 < last { span { "…" } } a href=(params.at("page", &last.to_string())) { (last) } }
                @if answer.page < last { a rel="next" href=(params.at("page", &(answer.page + 1).to_string())) { "下一页" } }
            }
        }
    }
}

pub(super) fn language() -> Markup {
    let rows = [
        (
            "应急演练 学校",
            "空格或逗号隔开的词都要出现；连写的长词按词拆开查找",
        ),
        ("“应急救援演练”", "引号内按原样查找，不拆开"),
        ("演练 -消防　演练 NOT 消防", "排除"),
        ("演练 OR 竞赛　演练 或 竞赛", "出现其一"),
        ("(演练 或 竞赛) 学校", "括号分组"),
        (
            "标题:方案　正文:宣传",
            "只在标题（本身的，或所在公文的）或正文中查找",
        ),
        ("单位:教育局　牵头:应急管理", "按责任单位或牵头单位"),
        ("地区:湖北　地区:武汉市", "任何一级，全称简称均可"),
        ("年份:2023　年份:2021..2023", "一年或一段"),
        ("类型:方案　类型:应急演练", "文种或活动类型"),
        ("主题:人人讲安全", "活动名称与主题"),
        ("发文机关:安委会　编号:〔2023〕8号", "发文机关、发文字号"),
        ("截止:<2023-06-20", "期限早于某日"),
        (
            "引用:安全生产法　联系:0123",
            "引用的文件、联系方式（在公文中查找）",
        ),
    ];
    html! {
        article.paper.help {
            h1 { "检索语法" }
            table {
                thead { tr { th { "写法" } th { "含义" } } }
                tbody { @for (form, meaning) in rows { tr { td { code { (form) } } td { (meaning) } } } }
            }
            p { "程序接口见" a href="/api" { "接口说明" } "。" }
            p { "任何一个字、词的任何一部分都能查到；全角半角、大小写、〇与零不作区分。中文标点（，；（）“”：）与英文标点同样有效。" }
        }
    }
}
