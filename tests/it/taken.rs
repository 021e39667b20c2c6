//! Each route takes the parameters that the OpenAPI document names, and no others.

use crate::api::{asked, document, operations, reading, real};
use crate::made::{Draft, engine, notice, shelf};
use crate::serve::{encoded, json};
use axum::http::StatusCode;
use gongwen::serve::{Settings, app};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The query parameters of an operation: name, example, whether it may stand several times.
fn named(operation: &Value) -> BTreeMap<String, (String, bool)> {
    let all = operation["parameters"].as_array().into_iter().flatten();
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    all.filter(|p| p["in"] == "query")
        .map(|p| {
            let many = p["schema"]["type"] == "array";
            let example = if many {
                &p["example"][0]
            } else {
                &p["example"]
            };
            let name = p["name"].as_str().expect("a name").to_owned();
            (name, (text(example), many))
        })
        .collect()
}

#[tokio::test]
async fn no_route_takes_what_the_document_does_not_name_and_each_takes_what_it_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let notices = shelf();
    let app = app(Arc::new(engine(folder.path(), &notices)), &reading());
    let document = document(&app).await;
    let operations = operations(&document);
    let every: BTreeMap<String, (String, bool)> = operations
        .iter()
        .flat_map(|(_, _, operation)| named(operation))
        // What others have, what is nearly one, and what is none
        .chain(
            ["limit", "offset", "Q", "q[]", "sizes", "", "\u{fffd}"]
                .map(|name| (name.to_owned(), ("1".to_owned(), false))),
        )
        .collect();
    let (mut taken, mut refused) = (0, 0);
    for (path, method, operation) in &operations {
        let own = named(operation);
        // Whoever looks whether the program runs may do it in whatever way
        if !path.starts_with("/api/") {
            assert!(own.is_empty(), "{path}");
            continue;
        }
        let (address, bodies) = real(path, operation, &notices[0].id);
        let (kind, body) = bodies.first().cloned().unwrap_or_default();
        let headers: &[(&str, &str)] = &[("content-type", &kind)];
        for (name, (example, many)) in &every {
            let pair = format!("{}={}", encoded(name), encoded(example));
            let joint = if address.contains('?') { "&" } else { "?" };
            let once = match address.contains(&format!("?{name}=")) {
                true => address.clone(),
                false => format!("{address}{joint}{pair}"),
            };
            let (status, _, told) = asked(&app, method, &once, headers, body.clone()).await;
            let is_unknown = status == StatusCode::BAD_REQUEST
                && (told.contains("there is no such parameter")
                    || told.contains("no parameters are taken here"));
            assert_eq!(
                is_unknown,
                !own.contains_key(name),
                "{method} {once}: {status} {told}"
            );
            if is_unknown {
                refused += 1;
                continue;
            }
            taken += 1;
            // What is shown as an example is a value; a place to go on at, and an id, may be nobody's
            assert!(
                matches!(status, StatusCode::OK | StatusCode::NOT_FOUND),
                "{method} {once}: {told}"
            );
            let twice = format!("{once}&{pair}");
            let (status, _, told) = asked(&app, method, &twice, headers, body.clone()).await;
            let is_refused = status == StatusCode::BAD_REQUEST && told.contains("more than once");
            assert_eq!(is_refused, !*many, "{method} {twice}: {told}");
        }
    }
    assert!(taken >= 40 && refused > 300, "{taken} {refused}");
}

#[tokio::test]
async fn series_are_listed_page_by_page_to_the_last() {
    let folder = tempfile::tempdir().expect("a folder");
    // More than a facet has values
    let notices: Vec<_> = (0..230)
        .map(|n| {
            let title = format!("关于开展第{n}个宣传日活动的通知");
            let mut made = notice(&Draft {
                title: &title,
                kind: "通知",
                year: 2023,
                region: ("420100", &["湖北省", "武汉市"]),
                issuer: "武汉市安全生产委员会办公室",
                activities: &[],
            });
            made.series = Some(format!("第{n}个宣传日@420100"));
            made
        })
        .collect();
    let app = app(
        Arc::new(engine(folder.path(), &notices)),
        &Settings::default(),
    );
    let mut found = BTreeSet::new();
    let mut address = "/api/v1/series?size=50".to_owned();
    for page in 1.. {
        let (status, headers, body) = asked(&app, "GET", &address, &[], "").await;
        assert_eq!(status, StatusCode::OK, "{body}");
        assert_eq!(headers["x-total-count"], "230");
        let answer: Value = serde_json::from_str(&body).expect("JSON");
        assert_eq!(
            (&answer["total"], &answer["page"]),
            (&230.into(), &page.into())
        );
        let series = answer["series"].as_array().expect("a list");
        found.extend(series.iter().map(|s| s["series"].to_string()));
        let Some(link) = headers.get("link") else {
            break;
        };
        let link = link.to_str().expect("ASCII");
        let (next, _) = link[1..].split_once('>').expect("a link");
        next.clone_into(&mut address);
    }
    assert_eq!(found.len(), 230);
    let (status, past) = json(&app, "/api/v1/series?size=50&page=6").await;
    assert_eq!(
        (status, &past["series"]),
        (StatusCode::OK, &Value::Array(vec![]))
    );
}
