use super::*;
use std::path::Path;

fn gold(json: &str) -> Answers {
    Answers::gold(Path::new("gold.json"), json)
        .expect("gold is well formed")
        .expect("gold names its file")
}

fn record(json: &str) -> Answers {
    Answers::record(Path::new("records.jsonl"), 7, json)
        .expect("the record is well formed")
        .expect("the record has a source")
}

fn scored(gold_json: &str, record_json: &str) -> Report {
    score(&[gold(gold_json)], [Ok(record(record_json))]).expect("both are scored")
}

/// (hit, gold, got) of one field.
fn counts(report: &Report, field: &str) -> (usize, usize, usize) {
    let row = report.row(field).expect("the field is scored");
    (row.hit, row.gold, row.got)
}

#[test]
fn width_and_blanks_do_not_count() {
    let report = scored(
        r#"{"file": "a.txt", "title": "关于开展“清水月”活动的通知", "doc_number": "川水办〔2031〕9号"}"#,
        r#"{"source": {"path": "x/a.txt"}, "title": "关于开展 \"清水月\" 活动的通知", "doc_number": "川水办〔２０３１〕９号"}"#,
    );
    assert_eq!(counts(&report, "title"), (1, 1, 1));
    assert_eq!(counts(&report, "doc_number"), (1, 1, 1));
    assert!(report.row("kind").is_none(), "gold lacks the key");
    assert!(report.misses.is_empty());
}

#[test]
fn null_in_gold_asks_for_nothing() {
    let report = scored(
        r#"{"file": "a.txt", "kind": null, "year": null}"#,
        r#"{"source": {"path": "a.txt"}, "kind": "函", "year": null}"#,
    );
    assert_eq!(counts(&report, "kind"), (0, 0, 1));
    let kind = report.row("kind").unwrap();
    assert_eq!((kind.precision(), kind.recall()), (0.0, 0.0));
    assert_eq!(report.row("year").unwrap().f1(), 1.0);
}

#[test]
fn quantities_are_compared_where_gold_counts_them() {
    let record = r#"{"source": {"path": "a.txt"}, "activities": [
        {"path": ["一、"], "title": "甲", "quantities": [{"value": 2.0, "unit": "次"}, {"value": 1.0, "max": 2.0, "unit": "个"}]},
        {"path": ["二、"], "title": "乙", "quantities": [{"value": 5.0, "unit": "场"}]}]}"#;
    let counted = r#"{"file": "a.txt", "activities": [
        {"path": ["一、"], "title": "甲", "quantities": [{"value": 2, "unit": "次"}, {"value": 1, "max": 3, "unit": "个"}]},
        {"path": ["二、"], "title": "乙"}]}"#;
    assert_eq!(counts(&scored(counted, record), "quantities"), (1, 2, 2));
    let none =
        r#"{"file": "a.txt", "activities": [{"path": ["二、"], "title": "乙", "quantities": []}]}"#;
    assert_eq!(counts(&scored(none, record), "quantities"), (0, 0, 3));
    let silent = r#"{"file": "a.txt", "activities": [{"path": ["二、"], "title": "乙"}]}"#;
    assert!(scored(silent, record).row("quantities").is_none());
}

#[test]
fn an_unscored_field_is_left_out() {
    let report = scored(
        r#"{"file": "a.txt", "kind": "函", "activities": [], "unscored": ["units", "kind"]}"#,
        r#"{"source": {"path": "a.txt"}}"#,
    );
    let fields: Vec<&str> = report.rows().map(|r| r.field).collect();
    assert_eq!(fields, ["activities", "titles", "activity_dates"]);
}

#[test]
fn a_title_that_gold_leaves_open_may_be_anything() {
    let report = scored(
        r#"{"file": "a.txt", "activities": [{"path": ["一、"], "title": null}, {"path": ["二、"], "title": "巡河"}]}"#,
        r#"{"source": {"path": "a.txt"}, "activities": [{"path": ["一、"], "title": "植树"}, {"path": ["二、"], "title": "护河"}]}"#,
    );
    assert_eq!(counts(&report, "titles"), (0, 1, 1));
    assert_eq!(counts(&report, "activities"), (2, 2, 2));
    let misses: Vec<String> = report.misses.iter().map(ToString::to_string).collect();
    assert_eq!(
        misses,
        ["- a.txt titles: 二、 · 巡河", "+ a.txt titles: 二、 · 护河"]
    );
}

#[test]
fn units_are_compared_in_their_activity_and_role() {
    let report = scored(
        r#"{"file": "a.txt", "activities": [{"path": ["一、", "（一）"], "title": null, "units": [
            {"name": "各乡镇", "role": "responsible"}, {"name": "县水利局", "role": "lead"}]}]}"#,
        r#"{"source": {"path": "a.txt"}, "activities": [{"path": ["一、", "(一)"], "title": null, "units": [
            {"name": "乡镇", "role": "responsible"}, {"name": "县水利局", "role": "cooperating"}]}]}"#,
    );
    assert_eq!(counts(&report, "units"), (1, 2, 2));
}

#[test]
fn dates_take_every_form_that_gold_writes() {
    let report = scored(
        r#"{"file": "a.txt",
            "dates": [{"start": null, "end": "2031-06-30", "role": "deadline"},
                      {"start": null, "end": null, "role": "recurrence", "rrule": "FREQ=WEEKLY;BYDAY=TH,MO"}],
            "activities": [{"path": [], "title": null, "dates": [[null, "2031-06-30"], "MONTHLY"]}]}"#,
        r#"{"source": {"path": "a.txt"},
            "dates": [{"end": "2031-06-30", "role": "period"},
                      {"role": "recurrence", "rrule": "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TH"}],
            "activities": [{"path": [], "title": null, "dates": [
                {"start": null, "end": "2031-06-30"}, {"rrule": "FREQ=MONTHLY;BYMONTHDAY=5"}]}]}"#,
    );
    assert_eq!(counts(&report, "dates"), (2, 2, 2));
    assert_eq!(counts(&report, "date_roles"), (1, 2, 2));
    assert_eq!(counts(&report, "activity_dates"), (2, 2, 2));
}

#[test]
fn contacts_are_their_parts() {
    let report = scored(
        r#"{"file": "a.txt", "contacts": [{"names": ["柳云"], "phones": ["0579-55501234"], "emails": ["A@B.example"], "address": "云溪路 1 号"}]}"#,
        r#"{"source": {"path": "a.txt"}, "contacts": [{"names": ["柳 云"], "phones": [], "faxes": [], "emails": ["a@b.example"]},
            {"names": [], "phones": ["057955501234"], "postcode": "321000"}]}"#,
    );
    assert_eq!(counts(&report, "contacts"), (3, 4, 4));
}

#[test]
fn the_other_fields() {
    let report = scored(
        r#"{"file": "a.txt", "campaign": {"name": "清水月", "edition": 3, "theme": null},
            "outline": [{"depth": 1, "marker": "（一）", "heading": null}],
            "attachments": [{"number": null, "title": "表"}, {"number": 2, "title": "册"}],
            "citations": [{"title": "甲法"}, {"title": "乙办法", "doc_number": "川府〔2030〕1号"}],
            "addressees": ["各乡镇"], "issuers": ["县水利局"]}"#,
        r#"{"source": {"path": "a.txt"}, "campaign": {"name": "清水月", "edition": "3"},
            "outline": [{"depth": 1, "marker": "(一)", "heading": ""}],
            "attachments": [{"number": 1, "title": "表"}, {"number": 2, "title": "册"}],
            "citations": [{"title": "甲法", "doc_number": null}, {"title": "乙办法"}],
            "addressees": ["乡镇"], "issuers": []}"#,
    );
    assert_eq!(counts(&report, "campaign"), (2, 2, 2));
    assert_eq!(counts(&report, "outline"), (1, 1, 1));
    assert_eq!(counts(&report, "attachments"), (1, 2, 2));
    assert_eq!(counts(&report, "citations"), (1, 2, 2));
    assert_eq!(counts(&report, "addressees"), (1, 1, 1));
    assert_eq!(counts(&report, "issuers"), (0, 1, 0));
}

#[test]
fn a_notice_without_a_record_is_all_missed() {
    let report = score(
        &[gold(
            r#"{"file": "a.txt", "kind": "函", "addressees": ["甲局", "乙局"]}"#,
        )],
        [],
    )
    .unwrap();
    assert_eq!(report.without_record, ["a.txt"]);
    assert_eq!(counts(&report, "addressees"), (0, 2, 0));
    assert_eq!(report.row("kind").unwrap().recall(), 0.0);
}

#[test]
fn what_is_no_json_is_told_with_its_line() {
    let error = Answers::record(Path::new("r.jsonl"), 12, "{\"source\": }").unwrap_err();
    assert_eq!(error.to_string(), "r.jsonl:12:12: not JSON: expected value");
    let error = Answers::gold(Path::new("g.json"), "{\n \"file\": \n").unwrap_err();
    assert!(error.to_string().starts_with("g.json:"), "{error}");
}

#[test]
fn a_wrong_shape_is_told_with_its_place() {
    let told = |record: Answers| {
        score(
            &[gold(r#"{"file": "a.txt", "activities": []}"#)],
            [Ok(record)],
        )
        .unwrap_err()
        .to_string()
    };
    assert_eq!(
        told(record(
            r#"{"source": {"path": "a.txt"}, "activities": [{"path": []}]}"#
        )),
        "records.jsonl:7: activities[0].title: expected a value"
    );
    assert_eq!(
        told(record(
            r#"{"source": {"path": "a.txt"}, "activities": [{"path": [4], "title": null}]}"#
        )),
        "records.jsonl:7: activities[0].path[0]: expected a text"
    );
    let error = Answers::record(Path::new("r.jsonl"), 1, r#"{"source": {}}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "r.jsonl:1: source.path: expected a value"
    );
    let error = Answers::record(Path::new("r.jsonl"), 2, "[1]").unwrap_err();
    assert_eq!(error.to_string(), "r.jsonl:2: expected an object");
}

#[test]
fn a_line_without_source_is_passed_over() {
    let found = Answers::record(Path::new("r.jsonl"), 1, "{}").unwrap();
    assert!(found.is_none());
}

#[test]
fn a_folder_without_gold_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.json"), "[]").unwrap();
    let error = gold_in(folder.path()).unwrap_err();
    assert!(matches!(error, crate::error::Error::NoGold { .. }));
}

#[test]
fn the_table_and_the_json_say_the_same() {
    let report = scored(
        r#"{"file": "a.txt", "addressees": ["甲", "乙", "丙"]}"#,
        r#"{"source": {"path": "a.txt"}, "addressees": ["甲", "丁"]}"#,
    );
    assert_eq!(
        report.to_string().lines().nth(1),
        Some("addressees           0.500   0.333   0.400      3      2  0/1")
    );
    assert_eq!(
        serde_json::to_value(&report).unwrap(),
        serde_json::json!({"addressees": {"precision": 0.5, "recall": 0.3333, "f1": 0.4, "gold": 3, "got": 2, "exact": "0/1"}})
    );
}
