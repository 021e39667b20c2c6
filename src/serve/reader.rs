//! The API for people: the OpenAPI document as a page, in Chinese, without a script.

use super::openapi;
use super::params::encoded;
use maud::{Markup, html};
use serde_json::Value;

/// The groups of operations, in the order of the page.
const GROUPS: [(&str, &str); 6] = [
    ("search", "检索"),
    ("notices", "公文"),
    ("activities", "活动与先例"),
    ("archive", "全库"),
    ("reading", "抽取"),
    ("service", "服务"),
];

/// What an operation does, by its id.
fn does(operation: &str) -> &'static str {
    match operation {
        "search" => "检索活动、段落或公文；分面计数、排序、翻页、命中说明；可取 JSON、NDJSON、CSV",
        "suggest" => "输入提示：单位、发文机关、专项活动、词语",
        "notice" => "一篇公文的完整记录",
        "text" => "公文全文，一段一行",
        "outline" => "公文的层次结构",
        "calendar" => "活动日期，iCalendar 格式",
        "bibliography" => "引文条目，BibTeX 格式",
        "activity" => "一项活动",
        "similar" => "与某项活动或某篇公文相似的先例",
        "similar_to_clause" => "与一段文字相似的先例",
        "stats" => "全库统计与版本",
        "series" => "同一地区同一专项活动的历年公文",
        "extract" => "上传文件，返回记录；须以 --allow-extract 启动服务",
        "mentions" => "逐行找出日期、电话、邮箱、地区、单位、引用文件",
        "openapi" => "本接口的 OpenAPI 3.1 文档",
        "ready" => "能否检索",
        "metrics" => "计数与用时，供 Prometheus 采集",
        "health" => "服务是否在运行",
        _ => "",
    }
}

/// What a status means.
fn means(status: &str) -> &'static str {
    match status {
        "200" => "成功",
        "304" => "与 If-None-Match 所指的回答相同",
        "400" => "参数或内容有误，回答中说明是哪一处、如何改正",
        "401" => "需要令牌",
        "403" => "未开放",
        "404" => "没有这一项",
        "405" => "不支持这种方法",
        "406" => "没有 Accept 所要的格式，回答中列出可用的格式",
        "408" => "内容发送过慢",
        "413" => "内容过大",
        "415" => "不支持这种内容类型",
        "414" => "地址过长",
        "429" => "请求过于频繁，见 Retry-After",
        "431" => "请求头过多或过长",
        "500" => "服务自身出错",
        "503" => "服务繁忙，见 Retry-After",
        "504" => "超时",
        _ => "",
    }
}

pub(super) fn described() -> Markup {
    let document = openapi::document();
    let empty = serde_json::Map::new();
    let paths = document["paths"].as_object().unwrap_or(&empty);
    let operations = |tag: &str| {
        let mut found: Vec<(&str, &str, &Value)> = Vec::new();
        for (path, item) in paths {
            for (method, operation) in item.as_object().into_iter().flatten() {
                if operation["tags"][0] == tag {
                    found.push((path, method, operation));
                }
            }
        }
        found
    };
    html! {
        article.paper.help.api {
            h1 { "接口说明" }
            p { "所有回答为 UTF-8；出错时为 " code { "application/problem+json" } "，写明原因和改法。"
                "回答带 ETag，可用 If-None-Match 询问是否有变。没有列出的参数会被拒绝。位置以字符计，左闭右开。"
                "机器可读的说明：" a href="/api/v1/openapi.json" { "/api/v1/openapi.json" } "（OpenAPI 3.1）。检索式的写法见" a href="/help" { "检索语法" } "。" }
            nav.contents { @for (tag, label) in GROUPS { a href={ "#" (tag) } { (label) } } a href="#schemas" { "数据类型" } }
            @for (tag, label) in GROUPS {
                h2 id=(tag) { (label) }
                @for (path, method, operation) in operations(tag) { (one(path, method, operation)) }
            }
            h2 #schemas { "数据类型" }
            @for (name, schema) in document["components"]["schemas"].as_object().unwrap_or(&empty) { (type_of(name, schema)) }
        }
    }
}

fn one(path: &str, method: &str, operation: &Value) -> Markup {
    let id = operation["operationId"].as_str().unwrap_or_default();
    let parameters = operation["parameters"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let empty = serde_json::Map::new();
    let answers = operation["responses"].as_object().unwrap_or(&empty);
    html! {
        section.operation id={ "op-" (id) } {
            h3 { span class={ "method " (method) } { (method.to_uppercase()) } " " code { (path) } }
            p { (does(id)) }
            @if !parameters.is_empty() {
                table {
                    thead { tr { th { "参数" } th { "取值" } th { "含义" } } }
                    tbody { @for parameter in parameters { (parameter_row(parameter)) } }
                }
            }
            @if let Some(content) = operation["requestBody"]["content"].as_object() {
                p { "请求内容：" @for (n, (kind, media)) in content.iter().enumerate() { @if n > 0 { "、" } code { (kind) } (named(&media["schema"])) } }
            }
            dl.answers {
                @for (status, answer) in answers {
                    div {
                        dt { (status) }
                        dd { (means(status))
                            @if let Some(content) = answer["content"].as_object() {
                                @for (kind, media) in content { " " code { (kind) } (named(&media["schema"])) }
                            }
                        }
                    }
                }
            }
            @if let Some(link) = example(path, method, parameters) { p.small { "例：" a href=(link) { (path) } } }
        }
    }
}

fn parameter_row(parameter: &Value) -> Markup {
    // English first, then Chinese
    let says = parameter["description"].as_str().unwrap_or_default();
    let says = says.rsplit_once(". ").map_or(says, |(_, zh)| zh);
    html! {
        tr {
            td { code { (parameter["name"].as_str().unwrap_or_default()) }
                @if parameter["required"] == true { span.must { "必填" } } }
            td.values { (values(&parameter["schema"]))
                @let example = &parameter["example"];
                @if !example.is_null() { span.sub { "例 " (plain(example)) } } }
            td { (says) }
        }
    }
}

/// What values a schema lets pass, in words.
fn values(schema: &Value) -> String {
    if schema["type"] == "array" {
        return format!("{}，可重复", values(&schema["items"]));
    }
    let mut said = match (&schema["enum"], schema["type"].as_str()) {
        (Value::Array(words), _) => words.iter().map(plain).collect::<Vec<_>>().join(" / "),
        (_, Some("integer")) => format!(
            "{}–{}",
            plain(&schema["minimum"]),
            plain(&schema["maximum"])
        ),
        _ if schema["format"] == "date" => "日期".to_owned(),
        _ => "文字".to_owned(),
    };
    if !schema["default"].is_null() {
        said.push_str(&format!("，默认 {}", plain(&schema["default"])));
    }
    said
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        value => value.to_string(),
    }
}

/// The link to the type that a schema refers to.
fn named(schema: &Value) -> Markup {
    let own = schema["$ref"].as_str().or(schema["items"]["$ref"].as_str());
    let own = own.and_then(|r| r.rsplit('/').next());
    html! { @if let Some(name) = own { " " a href={ "#type-" (name) } { (name) } } }
}

fn type_of(name: &str, schema: &Value) -> Markup {
    let members = schema["properties"].as_object();
    html! {
        details.type id={ "type-" (name) } {
            summary { code { (name) } " " span.sub { (schema["description"].as_str().unwrap_or_default()) } }
            @if let Some(members) = members {
                table { tbody { @for (key, value) in members {
                    tr {
                        td { code { (key) } }
                        td { (kind(value)) (named(value)) (refers(value)) }
                        td { (value["description"].as_str().unwrap_or_default()) }
                    }
                } } }
            } @else {
                p { (kind(schema))
                    @for word in words(schema) { " " code { (word) } } }
            }
        }
    }
}

/// The words of a closed set.
fn words(schema: &Value) -> Vec<String> {
    let listed = |v: &Value| {
        v.as_array()
            .map(|w| w.iter().map(plain).collect::<Vec<_>>())
    };
    if let Some(words) = listed(&schema["enum"]) {
        return words;
    }
    let each = schema["oneOf"].as_array().into_iter().flatten();
    each.filter_map(|one| one["const"].as_str().map(str::to_owned))
        .collect()
}

fn kind(schema: &Value) -> String {
    match &schema["type"] {
        Value::String(kind) => kind.clone(),
        Value::Array(kinds) => kinds.iter().map(plain).collect::<Vec<_>>().join(" | "),
        _ => String::new(),
    }
}

/// Types that are one of several.
fn refers(schema: &Value) -> Markup {
    let any = schema["anyOf"].as_array().map_or(&[][..], Vec::as_slice);
    html! { @for one in any { (named(one)) @if one["type"] == "null" { " | null" } } }
}

/// A link that works on any archive: what takes no id, with what it must be told.
fn example(path: &str, method: &str, parameters: &[Value]) -> Option<String> {
    if method != "get" || path.contains('{') {
        return None;
    }
    let needed = parameters
        .iter()
        .filter(|p| p["required"] == true || p["name"] == "q");
    let query: Vec<String> = needed
        .filter_map(|p| {
            Some(format!(
                "{}={}",
                p["name"].as_str()?,
                encoded(&plain(&p["example"]))
            ))
        })
        .collect();
    Some(match query.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", query.join("&")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_and_status_is_told_in_chinese() {
        let paths = openapi::document()["paths"].as_object().expect("paths");
        assert!(paths.len() >= 15);
        for (path, item) in paths {
            for (_, operation) in item.as_object().expect("an item") {
                let id = operation["operationId"].as_str().expect(path);
                assert_ne!(does(id), "", "{id}");
                let tag = operation["tags"][0].as_str().expect(id);
                assert!(GROUPS.iter().any(|(known, _)| *known == tag), "{tag}");
                for status in operation["responses"].as_object().expect(id).keys() {
                    assert_ne!(means(status), "", "{status}");
                }
            }
        }
    }
}
