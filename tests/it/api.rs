//! The API as programs see it: each route, each form, each fault, and that answers are what the OpenAPI document says.

use crate::made::{engine, shelf};
use crate::schema::check_in;
use crate::serve::{encoded, json, site};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use gongwen::Options;
use gongwen::serve::{Extracting, Settings, app};
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt;

/// Status, headers and body of a request.
pub(crate) async fn asked(
    app: &Router,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> (StatusCode, HeaderMap, String) {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(body.into()).expect(path);
    let response = app.clone().oneshot(request).await.expect("infallible");
    let (status, headers) = (response.status(), response.headers().clone());
    let body = to_bytes(response.into_body(), 10 << 20)
        .await
        .expect("a body");
    (
        status,
        headers,
        String::from_utf8(body.to_vec()).expect("UTF-8"),
    )
}

/// A service that reads files.
pub(crate) fn reading() -> Settings {
    Settings {
        extracting: Some(Arc::new(Extracting::new(Options::default(), 1))),
        ..Settings::default()
    }
}

pub(crate) async fn document(app: &Router) -> Value {
    let (status, document) = json(app, "/api/v1/openapi.json").await;
    assert_eq!(status, StatusCode::OK);
    document
}

fn essence(headers: &HeaderMap) -> String {
    let kind = headers[header::CONTENT_TYPE].to_str().expect("ASCII");
    kind.split(';').next().unwrap_or_default().to_owned()
}

/// Every operation: path, method, description.
pub(crate) fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let mut out = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("an item") {
            out.push((path.clone(), method.to_uppercase(), operation.clone()));
        }
    }
    out
}

/// A request that the operation takes: its path with ids and what it must be told, and a body of each kind that it takes.
pub(crate) fn real(path: &str, operation: &Value, id: &str) -> (String, Vec<(String, String)>) {
    let id = if path.contains("activities") {
        format!("{id}.1")
    } else {
        id.to_owned()
    };
    let mut address = path.replace("{id}", &id);
    let parameters = operation["parameters"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    for parameter in parameters
        .iter()
        .filter(|p| p["in"] == "query" && p["required"] == true)
    {
        let (name, example) = (&parameter["name"], &parameter["example"]);
        address += &format!(
            "?{}={}",
            name.as_str().expect("a name"),
            encoded(example.as_str().expect("text"))
        );
    }
    let kinds = operation["requestBody"]["content"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    let bodies = kinds.keys().map(|kind| {
        let body = match kind.as_str() {
            "text/plain" | "application/octet-stream" => {
                "关于开展演练的通知\n一、主要活动\n（一）演练。6月20日前完成。"
            }
            _ => "{\"text\":\"6月20日前报市教育局。\",\"reference_date\":\"2023-05-29\"}",
        };
        (kind.clone(), body.to_owned())
    });
    (address, bodies.collect())
}

#[tokio::test]
async fn each_route_answers_in_each_form_what_its_schema_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let notices = shelf();
    let engine = Arc::new(engine(folder.path(), &notices));
    let app = app(engine, &reading());
    let document = document(&app).await;
    let mut forms = 0;
    for (path, method, operation) in operations(&document) {
        let (address, mut bodies) = real(&path, &operation, &notices[0].id);
        if bodies.is_empty() {
            bodies.push((String::new(), String::new()));
        }
        let content = operation["responses"]["200"]["content"]
            .as_object()
            .expect(&path);
        for (form, media) in content {
            for (kind, body) in &bodies {
                let mut headers = vec![("accept", form.as_str())];
                if !kind.is_empty() {
                    headers.push(("content-type", kind));
                }
                let (status, answered, body) =
                    asked(&app, &method, &address, &headers, body.clone()).await;
                assert_eq!(status, StatusCode::OK, "{method} {address} {kind}: {body}");
                assert_eq!(essence(&answered), *form, "{address}");
                assert!(!body.is_empty(), "{address} {form}");
                if form == "application/json" {
                    let value: Value = serde_json::from_str(&body).expect("JSON");
                    assert_eq!(
                        check_in(&document, &media["schema"], &value),
                        [""; 0],
                        "{address}"
                    );
                }
                forms += 1;
            }
        }
        // None of them is a picture
        let mut headers = vec![("accept", "image/png")];
        let (kind, body) = &bodies[0];
        if !kind.is_empty() {
            headers.push(("content-type", kind));
        }
        if path.starts_with("/api/") {
            let (status, _, told) = asked(&app, &method, &address, &headers, body.clone()).await;
            assert_eq!(status, StatusCode::NOT_ACCEPTABLE, "{address}");
            assert!(
                content.keys().all(|form| told.contains(form.as_str())),
                "{told}"
            );
        }
    }
    assert!(forms >= 25, "{forms}");
}

#[tokio::test]
async fn each_fault_is_a_problem_of_the_document() {
    let (_folder, app, _) = site();
    let document = document(&app).await;
    let problem = json!({ "$ref": "#/components/schemas/Problem" });
    for (path, method, operation) in operations(&document) {
        let (address, bodies) = real(&path, &operation, "0123456789abcdef");
        let other = if method == "GET" { "DELETE" } else { "PUT" };
        let asking = if address.contains('?') { "&" } else { "?" };
        let unknown = format!("{address}{asking}nonsense=1");
        let mut cases = vec![(other.to_owned(), address.clone(), 405)];
        if path.starts_with("/api/") {
            cases.push((method.clone(), unknown, 400));
        }
        if address.contains("0123456789abcdef") {
            cases.push((method.clone(), address.clone(), 404));
        }
        if !bodies.is_empty() && !path.contains("extract") {
            cases.push((method.clone(), address.clone(), 415));
        }
        for (method, address, status) in cases {
            let (found, headers, body) = asked(&app, &method, &address, &[], "x").await;
            assert_eq!(found.as_u16(), status, "{method} {address}: {body}");
            assert_eq!(essence(&headers), "application/problem+json", "{address}");
            let value: Value = serde_json::from_str(&body).expect("JSON");
            assert_eq!(check_in(&document, &problem, &value), [""; 0], "{address}");
            assert_eq!(value["status"], status, "{address}");
            let told = operation["responses"].as_object().expect("responses");
            assert!(
                told.contains_key(&status.to_string()),
                "{path} does not tell of {status}"
            );
            if status == 405 {
                assert!(headers.contains_key(header::ALLOW), "{address}");
            }
        }
    }
}

#[tokio::test]
async fn the_document_names_what_there_is() {
    let (_folder, app, _) = site();
    let document = document(&app).await;
    assert!(
        document["openapi"]
            .as_str()
            .is_some_and(|v| v.starts_with("3.1"))
    );
    // No reference leads nowhere
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let place = reference.split('"').next().unwrap_or_default();
        assert!(document.pointer(place).is_some(), "{place}");
    }
    let own = gongwen::record::schema::schema();
    let notice = &document["components"]["schemas"]["Notice"];
    assert_eq!(notice["required"], own["required"], "one contract");
    let parameters = document["paths"]["/api/v1/search"]["get"]["parameters"]
        .as_array()
        .expect("parameters");
    for name in [
        "q", "in", "sort", "page", "after", "group", "year", "level", "issued", "fields", "why",
    ] {
        assert!(parameters.iter().any(|p| p["name"] == name), "{name}");
    }
    for parameter in parameters {
        let told = ["schema", "description", "example"]
            .iter()
            .all(|key| !parameter[key].is_null());
        assert!(told, "{parameter}");
    }
}

#[tokio::test]
async fn every_filter_narrows() {
    let (_folder, app, _) = site();
    for (filter, total) in [
        ("year=2023", 3),
        ("year=2022&year=2024", 3),
        ("year=2023..2022", 5),
        ("region=湖北省", 4),
        ("kind=方案", 2),
        ("issuer=应急管理局", 1),
        ("unit=\"市教育局\"", 2),
        ("role=lead", 0),
        ("role=responsible", 6),
        ("campaign=安全生产月", 6),
        ("campaign=安全", 0),
        ("deadline=2023", 0),
        ("period=2022-06-16", 2),
        ("period=2022-06-17", 0),
        ("issued=2024..", 1),
        ("issued=<2023-05-20", 2),
        ("level=county", 0),
        ("audience=学校", 0),
        ("function=教育", 0),
        ("series=无", 0),
    ] {
        let (name, value) = filter.split_once('=').expect("a pair");
        let value = match value.split_once('&') {
            Some((one, rest)) => format!("{}&{rest}", encoded(one)),
            None => encoded(value),
        };
        let (status, answer) = json(&app, &format!("/api/v1/search?{name}={value}")).await;
        assert_eq!(
            (status, answer["total"].as_u64()),
            (StatusCode::OK, Some(total)),
            "{filter}: {answer}"
        );
    }
}

#[tokio::test]
async fn a_parameter_that_is_not_known_is_told_with_its_neighbour() {
    let (_folder, app, _) = site();
    for (query, told) in [
        ("yaer=2023", "did you mean `year`"),
        ("sizes=3", "did you mean `size`"),
        ("Q=x", "did you mean `q`"),
        (
            "fields=id,heading",
            "there is no field `heading`; known are",
        ),
        ("size=1&size=2", "more than once"),
        ("level=village", "expected one of national, province"),
        ("format=xml", "expected one of json, ndjson, csv"),
        ("why=x", "expected such as"),
    ] {
        let (status, problem) = json(&app, &format!("/api/v1/search?{query}")).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{query}");
        assert!(
            problem["detail"].as_str().is_some_and(|d| d.contains(told)),
            "{problem}"
        );
    }
}

#[tokio::test]
async fn pages_go_on_by_where_they_ended() {
    let (_folder, app, _) = site();
    let (_, all) = json(&app, "/api/v1/search?size=10").await;
    let ids = |answer: &Value| -> Vec<String> {
        let hits = answer["hits"].as_array().expect("hits").iter();
        hits.map(|hit| hit["id"].as_str().expect("an id").to_owned())
            .collect()
    };
    let (mut found, mut address) = (Vec::new(), "/api/v1/search?size=2".to_owned());
    for _ in 0..10 {
        let (status, headers, body) = asked(&app, "GET", &address, &[], "").await;
        assert_eq!(status, StatusCode::OK, "{body}");
        let answer: Value = serde_json::from_str(&body).expect("JSON");
        found.extend(ids(&answer));
        assert_eq!(headers["x-total-count"], "6");
        let Some(link) = headers.get(header::LINK) else {
            break;
        };
        let link = link.to_str().expect("ASCII");
        let (next, rel) = link.split_once(">; ").expect("a link");
        assert_eq!(rel, "rel=\"next\"");
        address = next.trim_start_matches('<').to_owned();
        assert!(address.contains("after="), "{address}");
    }
    assert_eq!(found, ids(&all));
    for (wrong, status, title) in [
        (
            "after=00000000w1-1-1",
            StatusCode::NOT_FOUND,
            "no such page",
        ),
        (
            "after=00000000w1-1-1&page=2",
            StatusCode::BAD_REQUEST,
            "bad parameter",
        ),
        (
            "after=00000000r1-1-1&group=notice",
            StatusCode::BAD_REQUEST,
            "bad parameter",
        ),
    ] {
        let (found, problem) = json(&app, &format!("/api/v1/search?{wrong}")).await;
        assert_eq!(
            (found, &problem["title"]),
            (status, &json!(title)),
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn hits_are_cut_grouped_and_explained() {
    let (_folder, app, notices) = site();
    let query = format!("q={}", encoded("演练"));
    let (_, answer) = json(
        &app,
        &format!("/api/v1/search?{query}&fields=id,units&facets=0"),
    )
    .await;
    let keys: Vec<&String> = answer["hits"][0]
        .as_object()
        .expect("a hit")
        .keys()
        .collect();
    assert_eq!(keys, ["id", "units"]);
    assert_eq!(answer["facets"]["year"], json!([]));

    let (_, answer) = json(
        &app,
        &format!("/api/v1/search?{query}&group=region&fields=id"),
    )
    .await;
    assert_eq!(answer["groups"]["total"], 3, "{answer}");
    assert_eq!(
        answer["groups"]["groups"][0]["hits"][0]
            .as_object()
            .map(serde_json::Map::len),
        Some(1)
    );

    let (_, answer) = json(
        &app,
        &format!("/api/v1/search?{query}&in=sections&explain=1"),
    )
    .await;
    assert!(
        answer["hits"][0]["explanation"][0]["stands"][0]["in_text"].is_u64(),
        "{answer}"
    );

    let id = format!("{}.2", notices[0].id);
    let (_, answer) = json(&app, &format!("/api/v1/search?{query}&why={id}")).await;
    assert_eq!(answer["why"]["matches"], false);
    assert_eq!(
        answer["why"]["conditions"][0],
        json!({ "condition": "演练", "holds": false })
    );
    let (status, _) = json(&app, "/api/v1/search?why=0123456789abcdef.1").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn tables_and_lines_hold_the_hits() {
    let (_folder, app, notices) = site();
    let query = format!("/api/v1/search?q={}", encoded("演练"));
    let (_, headers, table) = asked(
        &app,
        "GET",
        &format!("{query}&fields=id,title,units&bom=1"),
        &[("accept", "text/csv")],
        "",
    )
    .await;
    assert_eq!(
        headers[header::CONTENT_TYPE],
        "text/csv; charset=utf-8; header=present"
    );
    assert_eq!(headers["x-total-count"], "3");
    let rows: Vec<&str> = table.trim_start_matches('\u{feff}').split("\r\n").collect();
    assert!(table.starts_with('\u{feff}'));
    assert_eq!(rows[0], "id,title,units");
    let row = format!("{}.1,组织应急演练,responsible:市应急管理局", notices[0].id);
    assert!(rows.contains(&row.as_str()), "{table}");
    let (_, _, plain) = asked(&app, "GET", &format!("{query}&format=csv"), &[], "").await;
    assert!(plain.starts_with("id,title,snippet,"), "{plain}");
    let (_, _, lines) = asked(
        &app,
        "GET",
        &format!("{query}&format=ndjson&group=notice"),
        &[],
        "",
    )
    .await;
    let lines: Vec<Value> = lines
        .lines()
        .map(|l| serde_json::from_str(l).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|hit| hit["snippet"].is_array()));
}

#[tokio::test]
async fn a_known_answer_is_not_sent_again() {
    let (_folder, app, notices) = site();
    let id = &notices[0].id;
    for address in [
        "/api/v1/search?size=1".to_owned(),
        format!("/api/v1/notices/{id}"),
        format!("/api/v1/notices/{id}/text"),
        format!("/api/v1/notices/{id}.ics"),
        format!("/api/v1/activities/{id}.1/similar"),
        "/api/v1/stats".to_owned(),
    ] {
        let (_, headers, _) = asked(&app, "GET", &address, &[], "").await;
        let tag = headers[header::ETAG].to_str().expect("ASCII").to_owned();
        assert_eq!(headers[header::VARY], "Accept", "{address}");
        let (status, headers, body) =
            asked(&app, "GET", &address, &[("if-none-match", &tag)], "").await;
        assert_eq!(
            (status, body.as_str()),
            (StatusCode::NOT_MODIFIED, ""),
            "{address}"
        );
        assert_eq!(headers[header::ETAG], tag.as_str());
        let (status, _, _) = asked(
            &app,
            "GET",
            &address,
            &[("if-none-match", "\"another\"")],
            "",
        )
        .await;
        assert_eq!(status, StatusCode::OK, "{address}");
    }
    let tag_of = async |address: &str, accept: &str| {
        let (_, headers, _) = asked(&app, "GET", address, &[("accept", accept)], "").await;
        headers[header::ETAG].clone()
    };
    let json = tag_of("/api/v1/search?size=1", "*/*").await;
    assert_ne!(json, tag_of("/api/v1/search?size=1", "text/csv").await);
    assert_ne!(json, tag_of("/api/v1/search?size=2", "*/*").await);
    let (_, headers, _) = asked(&app, "GET", "/api/v1/notices/x", &[], "").await;
    assert_eq!(headers[header::CACHE_CONTROL], "no-store");
}
