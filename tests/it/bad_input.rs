//! Bad input: each kind with its exit code, its message and its row, and the rest done all the same.

use crate::run::{Run, folder, gongwen, notice, put};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Runs `extract in --failures rows` with more arguments; the run, its records and its failure rows.
fn extract(dir: &Path, more: &[&str]) -> (Run, Vec<Value>, Vec<Value>) {
    let arguments = [&["extract", "in", "--failures", "rows.jsonl"], more].concat();
    let run = gongwen(dir, &arguments);
    let parse = |lines: &str| -> Vec<Value> {
        lines
            .lines()
            .map(|l| serde_json::from_str(l).expect("JSON"))
            .collect()
    };
    let rows = fs::read_to_string(dir.join("rows.jsonl")).expect("failure rows");
    let records = parse(&run.out);
    (run, records, parse(&rows))
}

fn codes(record: &Value) -> Vec<&str> {
    let diagnostics = record["diagnostics"].as_array().expect("a list");
    diagnostics
        .iter()
        .filter_map(|d| d["code"].as_str())
        .collect()
}

#[test]
fn a_binary_file_of_unknown_kind_fails() {
    let bytes: Vec<u8> = (0..=255).cycle().take(3000).collect();
    let dir = folder(&[("in/a.txt", notice(1).as_bytes()), ("in/b.dat", &bytes)]);
    let (run, records, rows) = extract(dir.path(), &[]);
    assert_eq!((run.code, records.len()), (Some(1), 1));
    assert_eq!(run.closing(), "1 notices, 1 failed, 0 skipped");
    assert!(
        run.err
            .starts_with("failed: in/b.dat: unknown-format: a binary file of unknown kind")
    );
    assert_eq!(rows[0]["path"], "in/b.dat");
    assert_eq!(rows[0]["member"], Value::Null);
    assert_eq!(rows[0]["reason"], "unknown-format");
}

#[test]
fn a_kind_that_is_not_read_yet_fails_and_says_what_it_is() {
    let dir = folder(&[
        ("in/a.txt", b"Rar!\x1a\x07\x01\0"),
        ("in/b.pptx", b"PK\x03\x04....ppt/presentation.xml"),
    ]);
    let (run, _, rows) = extract(dir.path(), &[]);
    assert_eq!(run.code, Some(1));
    assert_eq!(rows[0]["reason"], "unsupported-format");
    assert_eq!(
        rows[0]["message"],
        "RAR files are not read yet; save the notice as plain text"
    );
    assert_eq!(rows[1]["path"], "in/b.pptx");
}

#[test]
fn a_file_past_the_limit_fails() {
    let dir = folder(&[("in/a.txt", &[b'a'; 1001]), ("in/b.txt", &[b'b'; 1000])]);
    let (run, records, rows) = extract(dir.path(), &["--max-bytes", "1000"]);
    assert_eq!((run.code, records.len()), (Some(1), 1));
    assert_eq!(rows[0]["reason"], "too-large");
    assert_eq!(
        rows[0]["message"],
        "1001 bytes, past the limit of 1000; raise it with --max-bytes"
    );
}

#[test]
fn the_limit_is_64_mb_by_default() {
    let dir = folder(&[]);
    put(dir.path(), "in/a.txt", b"");
    let file = fs::OpenOptions::new()
        .write(true)
        .open(dir.path().join("in/a.txt"))
        .expect("open");
    file.set_len(64 << 20).expect("a sparse file");
    let (run, _, rows) = extract(dir.path(), &[]);
    assert_eq!(
        (run.code, rows[0]["reason"].as_str()),
        (Some(1), Some("too-large"))
    );
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_fails_and_nothing_hangs() {
    use std::os::unix::fs::symlink;
    let dir = folder(&[("in/a.txt", notice(1).as_bytes())]);
    symlink("nowhere", dir.path().join("in/link.txt")).expect("a link");
    let socket = std::os::unix::net::UnixListener::bind(dir.path().join("in/socket"));
    assert!(socket.is_ok());
    let pipe = std::process::Command::new("mkfifo")
        .arg(dir.path().join("in/pipe.txt"))
        .status();
    assert!(pipe.is_ok_and(|s| s.success()));
    let (run, records, rows) = extract(dir.path(), &[]);
    assert_eq!((run.code, records.len()), (Some(1), 1));
    let messages: Vec<_> = rows.iter().filter_map(|r| r["message"].as_str()).collect();
    let special = "cannot be read: a device, pipe or socket, not a regular file";
    assert_eq!(
        messages,
        [
            "cannot be read: no such file or directory",
            special,
            special
        ]
    );
    assert!(rows.iter().all(|r| r["reason"] == "unreadable"));
}

#[test]
fn an_empty_file_is_a_record_that_says_so() {
    let dir = folder(&[("in/a.txt", b""), ("in/b.txt", b"\xef\xbb\xbf")]);
    let (run, records, _) = extract(dir.path(), &[]);
    assert_eq!((run.code, records.len()), (Some(0), 2));
    for record in &records {
        assert_eq!(
            (&record["text"], &record["title"]),
            (&Value::from(""), &Value::Null)
        );
        assert_eq!(codes(record), ["empty"]);
    }
}

#[test]
fn undecodable_bytes_are_replaced_and_counted() {
    let mut bytes = notice(1).into_bytes();
    let at = "云台县应急".len();
    bytes.splice(at..at, *b"\xff\xfe\xfd");
    let dir = folder(&[("in/a.txt", &bytes)]);
    let (run, records, _) = extract(dir.path(), &[]);
    assert_eq!(run.code, Some(0));
    assert_eq!(codes(&records[0])[0], "undecodable-bytes");
    assert_eq!(
        records[0]["diagnostics"][0]["span"],
        serde_json::json!([5, 6])
    );
    let text = records[0]["text"].as_str().expect("a text");
    assert_eq!(text.replace('\u{fffd}', ""), notice(1));
    assert_eq!(text.matches('\u{fffd}').count(), 3);
}

#[test]
fn a_text_without_structure_is_a_record() {
    let dir = folder(&[("in/a.txt", "春江潮水连海平\n海上明月共潮生".as_bytes())]);
    let (run, records, _) = extract(dir.path(), &[]);
    assert_eq!((run.code, records.len()), (Some(0), 1));
    assert_eq!(records[0]["outline"], serde_json::json!([]));
    assert_eq!(records[0]["activities"], serde_json::json!([]));
}

#[test]
fn a_file_of_60_mb_on_one_line_is_a_record() {
    let sentence = "各单位要高度重视安全生产工作，";
    let text = sentence.repeat(60_000_000 / sentence.len());
    let dir = folder(&[("in/a.txt", text.as_bytes())]);
    let run = gongwen(dir.path(), &["extract", "in", "-o", "out.jsonl"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(run.closing(), "1 notices, 0 failed, 0 skipped");
    let size = fs::metadata(dir.path().join("out.jsonl"))
        .expect("written")
        .len();
    assert!(size > text.len() as u64);
}

#[test]
fn one_bad_file_among_a_thousand_costs_that_file_alone() {
    let dir = folder(&[("in/500.pdf", b"%PDF-1.4 \x00\x01\x02")]);
    for n in 0..999 {
        put(dir.path(), &format!("in/{n}.txt"), notice(n).as_bytes());
    }
    let (run, records, rows) = extract(dir.path(), &[]);
    assert_eq!((run.code, records.len(), rows.len()), (Some(1), 999, 1));
    assert_eq!(run.closing(), "999 notices, 1 failed, 0 skipped");
}

#[test]
fn a_path_that_does_not_exist_is_refused_before_anything_is_done() {
    let dir = folder(&[("in/a.txt", notice(1).as_bytes())]);
    for command in [
        &["extract", "in", "im", "-o", "out"][..],
        &["index", "in", "im", "--data", "out"],
    ] {
        let run = gongwen(dir.path(), command);
        assert_eq!(run.code, Some(2));
        assert_eq!(
            run.err,
            "gongwen: im does not exist; give a file or a folder\n"
        );
        assert!(!dir.path().join("out").exists());
    }
}

#[test]
fn unusable_arguments_are_refused() {
    let dir = folder(&[]);
    for arguments in [
        &["extract"][..],
        &["extract", ".", "--max-bytes", "much"],
        &["extract", ".", "--threads", "60000"],
        &["exhume", "."],
        &[],
    ] {
        let run = gongwen(dir.path(), arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}");
    }
    assert_eq!(gongwen(dir.path(), &["--help"]).code, Some(0));
    let run = gongwen(dir.path(), &["extract", ".", "-o", "no/such/folder.jsonl"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.err
            .starts_with("gongwen: cannot write no/such/folder.jsonl: "),
        "{}",
        run.err
    );
    assert_eq!(run.err.lines().count(), 1);
}

#[test]
fn records_and_failures_do_not_go_to_one_file() {
    let dir = folder(&[("in/a.txt", notice(1).as_bytes())]);
    let run = gongwen(
        dir.path(),
        &["extract", "in", "-o", "out", "--failures", "out"],
    );
    assert_eq!(
        (run.code, run.err.as_str()),
        (
            Some(2),
            "gongwen: cannot write out: records and failures cannot go to one file\n"
        )
    );
    assert!(!dir.path().join("out").exists());
}

#[cfg(unix)]
#[test]
fn a_file_name_does_not_reach_the_terminal_raw() {
    let dir = folder(&[("in/a\u{1b}[2J\nb.pdf", b"%PDF-1.4 \x00")]);
    let (run, _, rows) = extract(dir.path(), &[]);
    assert_eq!(run.code, Some(1));
    assert!(!run.err.contains('\u{1b}'), "{:?}", run.err);
    assert_eq!(rows[0]["path"], "in/a\u{1b}[2J\nb.pdf");
}
