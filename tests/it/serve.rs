//! The router as a value: status and body of every route.

use crate::made::{engine, shelf};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use gongwen::record::Notice;
use gongwen::serve::{Settings, app};
use serde_json::Value;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

pub(crate) fn site() -> (TempDir, Router, Vec<Notice>) {
    let folder = tempfile::tempdir().expect("a folder");
    let notices = shelf();
    let engine = engine(folder.path(), &notices);
    (folder, app(Arc::new(engine), &Settings::default()), notices)
}

/// Status, media type and body.
pub(crate) async fn got(app: &Router, path: &str) -> (StatusCode, String, String) {
    let request = Request::get(path).body(Body::empty()).expect(path);
    let response = app.clone().oneshot(request).await.expect("infallible");
    let status = response.status();
    let kind = response.headers()[header::CONTENT_TYPE]
        .to_str()
        .expect("ASCII")
        .to_owned();
    assert_eq!(
        response.headers()["x-content-type-options"],
        "nosniff",
        "{path}"
    );
    assert!(
        response.headers().contains_key("content-security-policy"),
        "{path}"
    );
    let body = to_bytes(response.into_body(), 10 << 20)
        .await
        .expect("a body");
    (
        status,
        kind,
        String::from_utf8(body.to_vec()).expect("UTF-8"),
    )
}

pub(crate) async fn json(app: &Router, path: &str) -> (StatusCode, Value) {
    let (status, _, body) = got(app, path).await;
    (status, serde_json::from_str(&body).expect("JSON"))
}

pub(crate) fn encoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

#[tokio::test]
async fn the_api_answers() {
    let (_folder, app, notices) = site();
    let path = format!(
        "/api/v1/search?q={}&year=2022..2023&region={}",
        encoded("演练"),
        encoded("湖北")
    );
    let (status, answer) = json(&app, &path).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(answer["total"], 2);
    assert!(answer["took_ms"].is_u64());
    let hit = &answer["hits"][0];
    assert!(hit["snippet"][0]["highlights"][0][0].is_u64(), "{hit}");
    assert_eq!(hit["units"][0]["role"], "responsible");
    assert_eq!(answer["facets"]["activity_kind"][0]["value"], "应急演练");

    let id = &notices[0].id;
    let (status, notice) = json(&app, &format!("/api/v1/notices/{id}")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(notice, serde_json::to_value(&notices[0]).expect("JSON"));

    let (status, activity) = json(&app, &format!("/api/v1/activities/{id}.2")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(activity["title"], "举办知识竞赛");
    assert_eq!(
        activity["text"],
        "（二）举办知识竞赛。面向学校开展消防知识答题。（责任单位：市教育局）"
    );
    assert_eq!(activity["notice_id"], Value::from(id.as_str()));

    let (status, health) = json(&app, "/healthz").await;
    assert_eq!(
        (status, health["status"].as_str()),
        (StatusCode::OK, Some("ok"))
    );
}

#[tokio::test]
async fn pages_and_notices_by_parameter() {
    let (_folder, app, _) = site();
    let (_, first) = json(&app, "/api/v1/search?in=notices&size=3").await;
    let (_, second) = json(&app, "/api/v1/search?in=notices&size=3&page=2").await;
    let hits = |answer: &Value| answer["hits"].as_array().map_or(0, Vec::len);
    assert_eq!(
        (first["total"].as_u64(), hits(&first), hits(&second)),
        (Some(4), 3, 1)
    );
}

#[tokio::test]
async fn problems_say_what_can_be_mended() {
    let (_folder, app, notices) = site();
    let query = format!("/api/v1/search?q={}", encoded("演练 （学校"));
    for (path, status, place) in [
        (query.as_str(), 400, Some(4)),
        ("/api/v1/search?page=0", 400, None),
        ("/api/v1/search?size=1000", 400, None),
        ("/api/v1/search?page=999999", 400, None),
        ("/api/v1/search?in=pages", 400, None),
        ("/api/v1/search?page=101&size=100", 404, None),
        ("/api/v1/search?year=soon", 400, None),
        ("/api/v1/search?q=%FF", 400, None),
        ("/api/v1/notices/0000000000000000", 404, None),
        ("/api/v1/activities/0000000000000000.1", 404, None),
        ("/api/v1/activities/nothing", 404, None),
        ("/api/v1/notices/%FF", 404, None),
        ("/api/v1/activities/%FF.1", 404, None),
        ("/api/v1/nowhere", 404, None),
    ] {
        let (found, kind, body) = got(&app, path).await;
        let problem: Value = serde_json::from_str(&body).expect("JSON");
        assert_eq!(found.as_u16(), status, "{path}: {body}");
        assert_eq!(kind, "application/problem+json", "{path}");
        assert_eq!(problem["status"], status, "{path}");
        assert_eq!(problem["place"].as_u64(), place, "{path}: {body}");
        assert!(
            problem["title"].is_string() && problem["detail"].is_string(),
            "{path}"
        );
    }
    let past_the_last = format!("/api/v1/activities/{}.3", notices[0].id);
    assert_eq!(got(&app, &past_the_last).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn only_reading_is_allowed() {
    let (_folder, app, _) = site();
    let request = Request::post("/api/v1/search")
        .body(Body::empty())
        .expect("a request");
    let response = app.oneshot(request).await.expect("infallible");
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(
        response.headers()[header::CONTENT_TYPE],
        "application/problem+json"
    );
}

#[tokio::test]
async fn the_search_page_marks_links_and_escapes() {
    let (_folder, app, notices) = site();
    let (status, kind, page) = got(&app, &format!("/?q={}", encoded("农贸市场"))).await;
    assert_eq!(
        (status, kind.as_str()),
        (StatusCode::OK, "text/html; charset=utf-8")
    );
    assert!(page.contains("<mark>农 贸 市场</mark>"), "{page}");
    assert!(page.contains(&format!(
        "href=\"/notices/{}?activity=1#a1\"",
        notices[3].id
    )));
    assert!(page.contains("&lt;b&gt;不留&lt;/b&gt;盲区") && !page.contains("<b>"));
    assert!(page.contains("year=2024"), "facets are links");
    assert!(!page.contains("<script"));
}

#[tokio::test]
async fn empty_faulty_and_absent_are_told_in_chinese() {
    let (_folder, app, _) = site();
    let (status, _, page) = got(&app, &format!("/?q={}", encoded("量子纠缠"))).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("没有找到相符的内容"));
    let (status, _, page) = got(&app, &format!("/?q={}", encoded("“演练"))).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(
        page.contains("第 1 个字处：这里的引号没有配对") && page.contains("<mark>“</mark>演练"),
        "{page}"
    );
    let (status, kind, page) = got(&app, "/nowhere").await;
    assert_eq!(
        (status.as_u16(), kind.as_str()),
        (404, "text/html; charset=utf-8")
    );
    assert!(page.contains("没有找到"));
    assert_eq!(
        got(&app, "/notices/ffffffffffffffff").await.0,
        StatusCode::NOT_FOUND
    );

    let folder = tempfile::tempdir().expect("a folder");
    let empty = crate::made::engine(folder.path(), &[]);
    let (status, _, page) = got(
        &gongwen::serve::app(Arc::new(empty), &Settings::default()),
        "/",
    )
    .await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("这里还没有公文"));
}

#[tokio::test]
async fn a_notice_is_read_with_its_activity_chosen() {
    let (_folder, app, notices) = site();
    let (status, _, page) = got(&app, &format!("/notices/{}?activity=2", notices[1].id)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("<span class=\"activity chosen\" id=\"a2\">"),
        "{page}"
    );
    assert!(page.contains("<span class=\"activity\" id=\"a1\">"));
    for told in [
        "2023年全省消防宣传月活动方案",
        "秦测试",
        "0123-5550199",
        "省教育厅",
        "人人讲安全、个个会应急",
        "href=\"#s2\"",
    ] {
        assert!(page.contains(told), "{told}");
    }
    // The text is all there, in order
    let text: String = page
        .split("class=\"text\"")
        .nth(1)
        .unwrap_or_default()
        .to_owned();
    assert!(text.contains("走进企业、农村、社区、学校、家庭。（责任单位：省教育厅）"));
}

#[tokio::test]
async fn the_style_is_bundled() {
    let (_folder, app, _) = site();
    let (status, kind, css) = got(&app, "/assets/style.css").await;
    assert_eq!(
        (status, kind.as_str()),
        (StatusCode::OK, "text/css; charset=utf-8")
    );
    assert!(css.contains("@media print") && !css.contains("http"));
}
