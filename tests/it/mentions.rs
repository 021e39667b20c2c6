//! `gongwen mentions`: a line in, a line out, whatever the line; and masks on all that is given out.

use crate::run::{folder, gongwen, program};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Output, Stdio};

/// The program fed with `input`.
fn fed(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = program(Path::new("."), arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(input).expect("the input is taken");
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

fn rows(out: &[u8]) -> Vec<Value> {
    std::str::from_utf8(out)
        .expect("UTF-8")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

#[test]
fn lines_of_text_are_numbered() {
    let run = fed(
        &["mentions", "--reference-date", "2023-05-29"],
        "\u{feff}6月1日至30日，市教育局\r\n\n电话：0871-5550101".as_bytes(),
    );
    assert_eq!(run.status.code(), Some(0));
    let rows = rows(&run.stdout);
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0]["id"], 1);
    assert_eq!(rows[0]["dates"][0]["start"], "2023-06-01");
    assert_eq!(rows[0]["dates"][0]["precision"], "day");
    assert_eq!(rows[0]["dates"][0]["span"], serde_json::json!([0, 8]));
    assert_eq!(rows[0]["units"][0]["name"], "市教育局");
    assert_eq!(rows[1]["dates"], serde_json::json!([]));
    assert_eq!(rows[2]["phones"][0]["number"], "0871-5550101");
    assert_eq!(rows[2]["phones"][0]["kind"], "landline");
}

#[test]
fn a_bad_line_of_jsonl_costs_no_other() {
    let input = "{\"id\":\"a\",\"text\":\"明天\",\"reference_date\":\"2023-05-29\"}\n{\"id\":\n\n{\"id\":\"c\",\"text\":\"明天\",\"reference_date\":null}\n";
    let run = fed(&["mentions", "-"], input.as_bytes());
    assert_eq!(run.status.code(), Some(1));
    let rows = rows(&run.stdout);
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0]["dates"][0]["start"], "2023-05-30");
    assert_eq!(rows[1]["id"], 2);
    assert!(rows[1]["error"].is_string());
    assert_eq!(rows[2]["id"], "c");
    assert_eq!(rows[2]["dates"][0]["text"], "明天");
    assert_eq!(rows[2]["dates"][0]["start"], Value::Null);
    let told = String::from_utf8(run.stderr).expect("UTF-8");
    assert!(
        told.starts_with("gongwen: standard input:2: not JSON, column"),
        "{told}"
    );
}

#[test]
fn a_line_is_answered_before_the_next_is_asked() {
    let mut child = program(Path::new("."), &["mentions", "--form", "text"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("piped");
    let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
    for n in 1..3 {
        stdin.write_all("{6月1日}\n".as_bytes()).expect("taken");
        let mut line = String::new();
        stdout.read_line(&mut line).expect("answered");
        let row: Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!(row["id"], n);
        assert_eq!(row["dates"][0]["text"], "6月1日");
    }
    drop(stdin);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let mut child = program(Path::new("."), &["mentions"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("piped");
    // The pipe of the questions may break too, once nobody reads them
    let _ = stdin.write_all("6月1日\n".repeat(1000).as_bytes());
    drop(stdin);
    let run = child.wait_with_output().expect("it ends");
    assert_eq!(run.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&run.stderr), "");
}

#[test]
fn a_missing_file_is_named() {
    let dir = folder(&[]);
    let run = gongwen(dir.path(), &["mentions", "none.txt"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.err.starts_with("gongwen: cannot read none.txt"),
        "{}",
        run.err
    );
}

const NOTICE: &str = "安吉县应急管理局关于开展“安全生产月”活动的通知\n\n各乡镇：\n\n一、活动内容\n\n（一）开展演练。6月底前完成，由柳一帆报名，举报电话12350。\n\n联系人：柳一帆，电话：0572-5550188，13900000611，邮箱：lyf＠x.example.cn。\n\n安吉县应急管理局\n2023年5月29日\n";

#[test]
fn masks_reach_every_output() {
    let dir = folder(&[("in/a.txt", NOTICE.as_bytes())]);
    assert_eq!(gongwen(dir.path(), &["index", "in"]).code, Some(0));
    let secret = ["柳一帆", "5550188", "13900000611", "lyf"];
    let mut asked = vec![
        vec!["extract", "in/a.txt"],
        vec!["show", "in/a.txt"],
        vec!["search", "报名"],
        vec!["search", "报名", "--json"],
        vec!["search", "报名", "--in", "notices", "--json"],
        vec!["mentions", "in/a.txt"],
    ];
    for arguments in &mut asked {
        let open = gongwen(dir.path(), arguments);
        assert_eq!(open.code, Some(0), "{arguments:?}: {}", open.err);
        assert!(
            secret.iter().any(|word| open.out.contains(word)),
            "{arguments:?}: {}",
            open.out
        );
        arguments.push("--mask-contacts");
        let run = gongwen(dir.path(), arguments);
        assert_eq!(run.code, Some(0), "{}", run.err);
        for word in secret {
            assert!(!run.out.contains(word), "{arguments:?}: {}", run.out);
        }
        let short = run.out.contains("12350") || !open.out.contains("12350");
        assert!(short, "hotlines stay: {}", run.out);
    }
}
