//! `gongwen search` and `gongwen serve` as programs: output, exit codes, signals.

use crate::run::{folder, gongwen, notice, program};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use tempfile::TempDir;

fn indexed() -> TempDir {
    let dir = folder(&[
        ("in/a.txt", notice(1).as_bytes()),
        ("in/b.txt", notice(2).as_bytes()),
    ]);
    let run = gongwen(dir.path(), &["index", "in", "--data", "data"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    dir
}

#[test]
fn hits_for_a_person_and_for_a_program() {
    let dir = indexed();
    let run = gongwen(dir.path(), &["search", "“集中授课”", "--data", "data"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("«集中授课»"), "{}", run.out);
    assert!(run.out.contains(" › 主要任务 › 一、（一）"), "{}", run.out);
    assert!(run.out.contains("共 2 项活动，列出 2，"), "{}", run.out);
    assert!(!run.out.contains('\x1b'), "no colour without a terminal");

    let run = gongwen(
        dir.path(),
        &[
            "search",
            "安全培训",
            "--data",
            "data",
            "--json",
            "--in",
            "notices",
            "-n",
            "1",
        ],
    );
    let answer: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(answer["total"], 2);
    assert_eq!(answer["hits"].as_array().map(Vec::len), Some(1));
    assert_eq!(answer["hits"][0]["sources"][0], "in/b.txt");
}

#[test]
fn what_cannot_be_asked_ends_with_2() {
    let dir = indexed();
    for (arguments, told) in [
        (
            &["search", "培训 （授课", "--data", "data"][..],
            "gongwen: query, column 4: the bracket",
        ),
        (
            &["search", "培训", "--data", "nowhere"],
            "gongwen: no records in nowhere",
        ),
        (
            &["search", "培训", "--data", "data", "--year", "soon"],
            "invalid value 'soon' for '--year <Y[..Y]>': `soon` is no value of this field; write such as 2023 / 2021..2023",
        ),
        (
            &["search", "培训", "--data", "data", "-n", "0"],
            "0 is not in 1..=100",
        ),
        (
            &["serve", "--data", "nowhere", "--listen", "127.0.0.1:0"],
            "gongwen: no records in nowhere",
        ),
    ] {
        let run = gongwen(dir.path(), arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}: {}", run.out);
        assert!(run.err.contains(told), "{arguments:?}: {}", run.err);
        assert_eq!(run.out, "", "{arguments:?}");
    }
    // What begins with a minus is a query all the same
    let run = gongwen(dir.path(), &["search", "-授课", "--data", "data"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
}

#[test]
fn a_port_in_use_is_one_line() {
    let dir = folder(&[]);
    let held = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = held.local_addr().expect("an address").to_string();
    let run = gongwen(dir.path(), &["serve", "--listen", &address]);
    assert_eq!(run.code, Some(2));
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    assert!(
        run.err
            .starts_with(&format!("gongwen: cannot listen on {address}: ")),
        "{}",
        run.err
    );
}

#[test]
#[cfg(unix)]
fn serves_what_it_indexed_until_it_is_told_to_end() {
    let dir = folder(&[("in/a.txt", notice(1).as_bytes())]);
    let mut child = program(
        dir.path(),
        &["serve", "in", "--data", "data", "--listen", "127.0.0.1:0"],
    )
    .stdout(Stdio::piped())
    .stderr(Stdio::null())
    .spawn()
    .expect("the program starts");
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().expect("stdout"));
    out.read_line(&mut line).expect("the address");
    let address = line
        .trim()
        .trim_start_matches("http://")
        .trim_end_matches('/')
        .to_owned();
    let get = |path: &str| {
        let mut stream = TcpStream::connect(&address).expect("connected");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"
        )
        .expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        answer
    };
    let found = get("/api/v1/search?q=%E6%8E%88%E8%AF%BE");
    assert!(
        found.starts_with("HTTP/1.1 200") && found.contains("\"total\":1"),
        "{found}"
    );
    assert!(get("/").contains("公文检索"));

    // Who says half a sentence does not keep the program from ending
    let mut silent = TcpStream::connect(&address).expect("connected");
    write!(silent, "GET /healthz HTTP/1.1\r\nHost: test\r\n").expect("sent");

    let pid = child.id().to_string();
    let killed = std::process::Command::new("kill")
        .args(["-TERM", &pid])
        .status();
    assert!(killed.expect("kill runs").success());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    drop(silent);
}

#[test]
fn control_characters_of_a_notice_do_not_reach_the_terminal() {
    let text = notice(1).replace("集中授课", "集中\u{1b}[2J授课");
    let dir = folder(&[("in/a.txt", text.as_bytes())]);
    let run = gongwen(dir.path(), &["index", "in", "--data", "data"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    for within in ["activities", "notices"] {
        let run = gongwen(
            dir.path(),
            &["search", "授课", "--data", "data", "--in", within],
        );
        assert!(run.out.contains("授课"), "{}", run.out);
        assert!(!run.out.contains('\u{1b}'), "{:?}", run.out);
    }
}

#[test]
fn a_damaged_database_is_one_line_that_says_what_to_do() {
    let dir = indexed();
    std::fs::write(dir.path().join("data/notices.sqlite"), [b'x'; 9000]).expect("written");
    for arguments in [
        &["search", "授课", "--data", "data"][..],
        &["index", "in", "--data", "data"],
        &["show", "0000000000000000", "--data", "data"],
    ] {
        let run = gongwen(dir.path(), arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}");
        assert_eq!(
            run.err,
            "gongwen: cannot open the records in data: file is not a database; remove the folder and index again\n"
        );
    }
}
