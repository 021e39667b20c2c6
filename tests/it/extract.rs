//! `gongwen extract`: what goes where, in which order, and how it is counted.

use crate::run::{folder, gongwen, notice, program, put};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

fn records(lines: &str) -> Vec<Value> {
    lines
        .lines()
        .map(|l| serde_json::from_str(l).expect("a record a line"))
        .collect()
}

#[test]
fn a_folder_gives_a_record_a_file_in_order_and_counts_the_rest() {
    let dir = folder(&[
        ("in/2.txt", notice(2).as_bytes()),
        ("in/10.txt", notice(10).as_bytes()),
        ("in/county/1.txt", notice(1).as_bytes()),
        ("in/SOURCES.tsv", b"a\tb\n"),
        ("in/10.gold.json", b"{}"),
        ("in/scan.jpg", b"\xff\xd8\xff\xe0...."),
        ("in/.hidden.txt", b"x"),
    ]);
    let run = gongwen(dir.path(), &["extract", "in"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let records = records(&run.out);
    let paths: Vec<&str> = records
        .iter()
        .filter_map(|r| r["source"]["path"].as_str())
        .collect();
    assert_eq!(paths, ["in/10.txt", "in/2.txt", "in/county/1.txt"]);
    assert_eq!(records[0]["text"], notice(10));
    assert_eq!(records[0]["schema"], "notice/1");
    assert_eq!(records[0]["source"]["media_type"], "text/plain");
    assert_eq!(run.closing(), "3 notices, 0 failed, 4 skipped");
    assert!(
        run.err
            .contains("skipped: hidden 1, image 1, json 1, tsv 1\n"),
        "{}",
        run.err
    );
}

#[test]
fn the_records_go_to_a_file_when_one_is_named() {
    let dir = folder(&[("a.txt", notice(1).as_bytes())]);
    let run = gongwen(dir.path(), &["extract", "a.txt", "-o", "out.jsonl"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
    let file = fs::read_to_string(dir.path().join("out.jsonl")).expect("written");
    assert_eq!(
        file,
        gongwen(dir.path(), &["extract", "a.txt", "-o", "-"]).out
    );
}

#[test]
fn a_file_that_is_to_be_read_is_not_written_over() {
    let dir = folder(&[("in/a.txt", notice(1).as_bytes())]);
    for option in ["-o", "--failures"] {
        let run = gongwen(dir.path(), &["extract", "in", option, "./in/a.txt"]);
        assert_eq!(run.code, Some(2));
        let expected = "gongwen: cannot write ./in/a.txt: it is one of the files to be read\n";
        assert_eq!(run.err, expected);
    }
    let kept = fs::read_to_string(dir.path().join("in/a.txt")).expect("still there");
    assert_eq!(kept, notice(1));
    // The records of an earlier run may lie among the notices.
    for _ in 0..2 {
        let run = gongwen(dir.path(), &["extract", "in", "-o", "in/out.jsonl"]);
        assert_eq!(run.code, Some(0), "{}", run.err);
    }
}

#[test]
fn the_same_bytes_give_the_same_id_in_every_charset_its_own() {
    let text = notice(3);
    let gb = encoding_rs::GB18030.encode(&text).0.into_owned();
    let dir = folder(&[
        ("a.txt", text.as_bytes()),
        ("b/a.txt", text.as_bytes()),
        ("gb.txt", &gb),
    ]);
    let records = records(&gongwen(dir.path(), &["extract", "a.txt", "b", "gb.txt"]).out);
    assert_eq!(records[0]["id"], records[1]["id"]);
    assert_ne!(records[0]["id"], records[2]["id"]);
    assert_eq!(records[0]["text"], records[2]["text"]);
    assert_eq!(records[2]["source"]["charset"], "GB18030");
}

#[test]
fn the_number_of_threads_does_not_show() {
    let dir = folder(&[]);
    for n in 0..600 {
        put(dir.path(), &format!("in/{n}.txt"), notice(n).as_bytes());
    }
    let one = gongwen(dir.path(), &["extract", "in", "--threads", "1"]);
    let two = gongwen(dir.path(), &["extract", "in", "--threads", "2"]);
    assert_eq!(one.out.lines().count(), 600);
    assert!(one.out == two.out, "the records differ");
}

#[test]
fn a_path_given_twice_is_read_once() {
    let dir = folder(&[("in/a.txt", notice(1).as_bytes())]);
    let run = gongwen(dir.path(), &["extract", "in", "in/a.txt", "./in"]);
    assert_eq!(run.closing(), "1 notices, 0 failed, 0 skipped");
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let dir = folder(&[]);
    for n in 0..2000 {
        put(
            dir.path(),
            &format!("in/{n}.txt"),
            notice(n).repeat(20).as_bytes(),
        );
    }
    let mut command = program(dir.path(), &["extract", "in"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut out = BufReader::new(child.stdout.take().expect("piped"));
    let mut line = String::new();
    out.read_line(&mut line).expect("a line");
    drop(out);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn show_gives_a_page_of_a_file_and_of_a_record() {
    let dir = folder(&[("a.txt", notice(7).as_bytes())]);
    let page = gongwen(dir.path(), &["show", "a.txt"]);
    assert_eq!(page.code, Some(0), "{}", page.err);
    assert!(
        page.out
            .starts_with("云台县应急管理局关于开展第7期安全培训的通知\n")
    );
    gongwen(dir.path(), &["index", "a.txt", "--data", "data"]);
    let record = &records(&gongwen(dir.path(), &["extract", "a.txt"]).out)[0];
    let id = record["id"].as_str().expect("an id");
    assert_eq!(
        gongwen(dir.path(), &["show", id, "--data", "data"]).out,
        page.out
    );
    let missing = gongwen(dir.path(), &["show", "0123456789abcdef", "--data", "data"]);
    assert_eq!(missing.code, Some(2));
    assert_eq!(
        missing.err,
        "gongwen: 0123456789abcdef is neither a file nor the id of a record in data\n"
    );
}
