//! What the routes of the API give, and the pages beside them.

use crate::api::{asked, reading};
use crate::made::{engine, shelf};
use crate::serve::{encoded, got, json, site};
use axum::http::{Method, StatusCode, header};
use gongwen::serve::{Settings, app};
use serde_json::{Value, json};
use std::sync::Arc;

#[tokio::test]
async fn a_notice_in_its_forms() {
    let (_folder, app, notices) = site();
    let at = |rest: &str| format!("/api/v1/notices/{}{rest}", notices[0].id);
    let (_, _, text) = asked(&app, "GET", &at("/text"), &[], "").await;
    assert_eq!(text, notices[0].text);
    let (_, outline) = json(&app, &at("/outline")).await;
    assert_eq!(outline["outline"][0]["marker"], "一、");
    let (_, _, tree) = asked(
        &app,
        "GET",
        &at("/outline"),
        &[("accept", "text/plain")],
        "",
    )
    .await;
    assert!(
        tree.contains("  一、 主要活动 [activities]\n    （一） 组织应急演练\n"),
        "{tree}"
    );
    let (_, headers, calendar) = asked(&app, "GET", &at(".ics"), &[], "").await;
    assert_eq!(
        headers[header::CONTENT_TYPE],
        "text/calendar; charset=utf-8"
    );
    assert_eq!(
        calendar.matches("BEGIN:VEVENT\r\n").count(),
        2,
        "{calendar}"
    );
    assert!(
        calendar.contains("DTSTART;VALUE=DATE:20220616\r\n")
            && calendar.contains("DTEND;VALUE=DATE:20220617\r\n")
    );
    assert!(calendar.contains(&format!("UID:{}.2.1@gongwen\r\n", notices[0].id)));
    assert!(
        calendar.split("\r\n").all(|line| line.len() <= 75),
        "folded (RFC 5545, 3.1)"
    );
    let (_, _, entry) = asked(&app, "GET", &at(".bib"), &[], "").await;
    assert!(
        entry.starts_with(&format!(
            "@misc{{gongwen-{},\n  author = {{{{武汉市安全生产委员会办公室}}}},",
            notices[0].id
        )),
        "{entry}"
    );
    assert!(entry.contains("  date = {2022-05-20},\n"));
}

#[tokio::test]
async fn precedents_of_an_activity_and_of_a_clause() {
    let (_folder, app, notices) = site();
    let (status, found) = json(
        &app,
        &format!("/api/v1/activities/{}.1/similar?size=2", notices[2].id),
    )
    .await;
    assert_eq!(status, StatusCode::OK);
    assert!(found["hits"][0]["similarity"].is_number(), "{found}");
    let own: &str = &notices[2].id;
    assert!(
        found["hits"]
            .as_array()
            .expect("hits")
            .iter()
            .all(|h| h["notice_id"] != own)
    );
    let clause = "组织学校开展地震应急演练";
    for (kind, body) in [
        ("text/plain; charset=utf-8", clause.to_owned()),
        ("application/json", json!({ "text": clause }).to_string()),
    ] {
        let (status, _, body) = asked(
            &app,
            "POST",
            "/api/v1/similar",
            &[("content-type", kind)],
            body,
        )
        .await;
        let found: Value = serde_json::from_str(&body).expect("JSON");
        assert_eq!(
            (status, &found["hits"][0]["title"]),
            (StatusCode::OK, &json!("组织地震应急演练")),
            "{kind}"
        );
    }
    for (kind, body, status) in [
        ("application/json", "{\"texts\":1}", 400),
        ("application/json", "{", 400),
        ("text/html", "x", 415),
    ] {
        let (found, _, _) = asked(
            &app,
            "POST",
            "/api/v1/similar",
            &[("content-type", kind)],
            body,
        )
        .await;
        assert_eq!(found.as_u16(), status, "{kind} {body}");
    }
    let (found, _, _) = asked(
        &app,
        "POST",
        "/api/v1/similar",
        &[("content-type", "text/plain")],
        vec![0xff, 0xfe],
    )
    .await;
    assert_eq!(found, StatusCode::BAD_REQUEST);
    let (found, _, _) = asked(
        &app,
        "POST",
        "/api/v1/similar",
        &[("content-type", "text/plain")],
        vec![b'x'; 1 << 20],
    )
    .await;
    assert_eq!(found, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn lines_of_text_are_read() {
    let (_folder, app, _) = site();
    let path = "/api/v1/mentions?reference_date=2023-05-29";
    let (_, _, body) = asked(
        &app,
        "POST",
        path,
        &[("content-type", "text/plain")],
        "明天报市教育局。\n\n电话0571-5550101",
    )
    .await;
    let answer: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(answer["rows"].as_array().map(Vec::len), Some(3));
    assert_eq!(answer["rows"][0]["dates"][0]["start"], "2023-05-30");
    assert_eq!(answer["rows"][2]["phones"][0]["number"], "0571-5550101");
    let lines = "{\"id\":\"a\",\"text\":\"明天\",\"reference_date\":null}\n[]\n";
    let headers = [
        ("content-type", "application/x-ndjson"),
        ("accept", "application/x-ndjson"),
    ];
    let (status, _, body) = asked(&app, "POST", path, &headers, lines).await;
    let rows: Vec<Value> = body
        .lines()
        .map(|l| serde_json::from_str(l).expect("JSON"))
        .collect();
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        (&rows[0]["id"], &rows[0]["dates"][0]["start"]),
        (&json!("a"), &Value::Null)
    );
    assert_eq!(
        rows[1],
        json!({ "id": 2, "error": "expected an object with \"text\"" })
    );
    for (body, told) in [
        ("[]", "an object"),
        ("{\"text\":1}", "a string"),
        (
            "{\"text\":\"x\",\"reference_date\":\"2023-02-30\"}",
            "YYYY-MM-DD",
        ),
    ] {
        let (status, _, body) = asked(
            &app,
            "POST",
            path,
            &[("content-type", "application/json")],
            body,
        )
        .await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(body.contains(told), "{body}");
    }
    let (status, _, _) = asked(
        &app,
        "POST",
        "/api/v1/mentions?reference_date=2023-02-30",
        &[("content-type", "text/plain")],
        "x",
    )
    .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn files_are_read_where_that_is_allowed() {
    let text = "甲县应急管理局关于开展演练的通知\n各乡镇：\n一、主要活动\n（一）演练。6月20日前完成。\n联系人：秦测试，电话0571-5550101。\n";
    let (_folder, closed, _) = site();
    let (status, _, body) = asked(&closed, "POST", "/api/v1/extract", &[], text).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(body.contains("--allow-extract"), "{body}");

    let folder = tempfile::tempdir().expect("a folder");
    let masked = Arc::new(engine(folder.path(), &shelf()).masking());
    let open = app(masked, &reading());
    let named = [
        ("content-type", "application/octet-stream"),
        ("x-file-name", "C:\\tmp\\notice.txt"),
    ];
    let (status, _, body) = asked(&open, "POST", "/api/v1/extract", &named, text).await;
    let read: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(status, StatusCode::OK);
    assert_eq!(read["notices"][0]["source"]["path"], "notice.txt");
    assert_eq!(read["notices"][0]["activities"][0]["title"], "演练");
    assert!(
        !body.contains("0571-5550101") && !body.contains("秦测试"),
        "{body}"
    );
    let (_, _, body) = asked(
        &open,
        "POST",
        "/api/v1/extract?name=a.rar",
        &[("content-type", "application/octet-stream")],
        "Rar!\x1a\x07",
    )
    .await;
    let read: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(read["failures"][0]["reason"], "unsupported-format");
    assert_eq!(read["failures"][0]["path"], "a.rar");
    let (_, _, lines) = asked(&open, "POST", "/api/v1/extract?format=ndjson", &named, text).await;
    assert_eq!(lines.lines().count(), 1);
    let (status, _, _) = asked(&open, "POST", "/api/v1/extract", &[], "").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_is_masked_is_masked_everywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut notices = shelf();
    notices[0].text = notices[0].text.clone() + "联系人：秦测试，电话0123-5550199。\n";
    let id = notices[0].id.clone();
    let app = app(
        Arc::new(engine(folder.path(), &notices).masking()),
        &Settings::default(),
    );
    for address in [
        format!("/api/v1/notices/{id}"),
        format!("/api/v1/notices/{id}/text"),
        format!("/api/v1/notices/{id}/outline"),
        format!("/api/v1/notices/{id}.ics"),
        format!("/api/v1/notices/{id}.bib"),
        format!("/api/v1/activities/{id}.1"),
        format!("/api/v1/activities/{id}.1/similar"),
        format!("/api/v1/search?in=notices&q={}", encoded("联系人")),
        "/api/v1/series".to_owned(),
        format!("/notices/{id}"),
        format!("/activities/{id}.1"),
    ] {
        let (status, _, body) = got(&app, &address).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        assert!(
            !body.contains("5550199") && !body.contains("秦测试"),
            "{address}: {body}"
        );
    }
}

#[tokio::test]
async fn the_archive_as_a_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut notices = shelf();
    for (n, notice) in notices.iter_mut().enumerate() {
        notice.series = Some(
            if n < 2 {
                "安全生产月@42"
            } else {
                "爱国卫生月@15"
            }
            .to_owned(),
        );
    }
    let app = app(
        Arc::new(engine(folder.path(), &notices)),
        &Settings::default(),
    );
    let (_, stats) = json(&app, "/api/v1/stats").await;
    assert_eq!(
        (
            &stats["notices"],
            &stats["activities"],
            &stats["generation"]
        ),
        (&json!(4), &json!(6), &json!(1))
    );
    assert_eq!(stats["year"][0], json!({ "value": "2024", "count": 1 }));
    let (_, series) = json(&app, "/api/v1/series?size=1").await;
    assert_eq!(
        (&series["total"], series["series"].as_array().map(Vec::len)),
        (&json!(2), Some(1))
    );
    let (_, series) = json(&app, &format!("/api/v1/series?region={}", encoded("湖北"))).await;
    let one = &series["series"][0];
    assert_eq!(one["series"], "安全生产月@42");
    assert_eq!(one["years"], json!([2023, 2022]));
    assert_eq!(
        (&one["notices"][0]["year"], &one["notices"][0]["edition"]),
        (&json!(2023), &json!(22))
    );
}

#[tokio::test]
async fn what_could_be_typed() {
    let (_folder, app, _) = site();
    let (_, answer) = json(&app, &format!("/api/v1/suggest?q={}", encoded("市教"))).await;
    assert_eq!(answer["suggestions"][0]["value"], "市教育局");
    assert_eq!(answer["suggestions"][0]["sort"], "unit");
    for query in ["", "?q=", "?q=%20", "?size=3"] {
        let (status, _) = json(&app, &format!("/api/v1/suggest{query}")).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{query}");
    }
}

#[tokio::test]
async fn the_pages_tell_of_the_api_and_of_precedents() {
    let (_folder, app, notices) = site();
    let (status, _, page) = got(&app, "/api").await;
    assert_eq!(status, StatusCode::OK);
    for told in [
        "接口说明",
        "/api/v1/search",
        "/api/v1/notices/{id}.ics",
        "id=\"type-Notice\"",
        "按公文、系列或地区归组",
    ] {
        assert!(page.contains(told), "{told}");
    }
    assert!(!page.contains("<script") && !page.contains("src="));
    assert!(got(&app, "/help").await.2.contains("href=\"/api\""));
    let (status, _, page) = got(&app, &format!("/activities/{}.1", notices[2].id)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("相似活动") && page.contains("组织应急演练") && page.contains("<mark>"),
        "{page}"
    );
    assert_eq!(
        got(&app, "/activities/0123456789abcdef.1").await.0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(got(&app, "/activities/%FF").await.0, StatusCode::NOT_FOUND);
    let (_, _, page) = got(&app, &format!("/notices/{}", notices[0].id)).await;
    for told in [
        ".ics\"",
        ".bib\"",
        "/text\"",
        "/outline?format=text\"",
        &format!("href=\"/activities/{}.2\"", notices[0].id),
    ] {
        assert!(page.contains(told), "{told}");
    }
    let (_, _, page) = got(
        &app,
        &format!("/?q={}&explain=1&sort=issued", encoded("演练")),
    )
    .await;
    for told in [
        "value=\"issued\" selected",
        "原样",
        "format=csv",
        "专项活动",
        "单位角色",
        "<datalist",
    ] {
        assert!(page.contains(told), "{told}");
    }
    let (_, _, page) = got(&app, &format!("/?q={}&group=region", encoded("演练"))).await;
    assert!(
        page.contains("湖北省 武汉市") && page.contains("不归组"),
        "{page}"
    );
    // The next question is answered in the same groups
    assert!(
        page.contains("<input type=\"hidden\" name=\"group\" value=\"region\">"),
        "{page}"
    );
    let (_, _, page) = got(&app, &format!("/?q={}", encoded("演炼"))).await;
    assert!(page.contains("是否要找"), "{page}");
    let (status, _, page) = got(&app, "/?level=village").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("层级：没有“village”这个选项"), "{page}");
}

#[tokio::test]
async fn mutated_queries_are_answered_or_told_why_not() {
    let (_folder, app, _) = site();
    let seeds = [
        "演练 学校 -消防",
        "(演练 或 竞赛) 学校",
        "标题:方案 年份:2021..2023",
        "“应急 救援” ~5 截止:<2023-06-20",
        "单位:教*局 地区:湖北",
    ];
    let alphabet: Vec<char> =
        "演练校()（）“”\"-:：~*?|&或 OR NOT <>=..2023\u{0}\u{feff}😀é９\\'%+#"
            .chars()
            .collect();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |most: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % most as u64).unwrap_or(0)
    };
    for round in 0..400 {
        let mut query: Vec<char> = seeds[round % seeds.len()].chars().collect();
        for _ in 0..1 + next(4) {
            let at = next(query.len().max(1)).min(query.len());
            match next(3) {
                0 => query.insert(at, alphabet[next(alphabet.len())]),
                1 if at < query.len() => drop(query.remove(at)),
                _ => query.truncate(at + 1),
            }
        }
        let query: String = query.into_iter().collect();
        let path = format!(
            "/api/v1/search?q={}&explain=1&in={}",
            encoded(&query),
            ["activities", "sections", "notices"][round % 3]
        );
        let (status, _, body) = asked(&app, Method::GET.as_str(), &path, &[], "").await;
        assert!(
            status == StatusCode::OK || status == StatusCode::BAD_REQUEST,
            "{query:?}: {status} {body}"
        );
    }
}
