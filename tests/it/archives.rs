//! Archives and mails: every member a record of its own, none lost, nothing written outside.

use crate::run::{Run, folder, gongwen, notice};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = SimpleFileOptions::default();
        zip.start_file(*name, options).expect("a member");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("a zip").into_inner()
}

fn tarred(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, name, *bytes)
            .expect("a member");
    }
    tar.into_inner().expect("a tar")
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).expect("its bytes");
    gzip.finish().expect("a gzip")
}

/// The bytes with the name of its only member, an ASCII one, replaced by these of the same length.
fn renamed(mut zip: Vec<u8>, from: &str, to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let places = |zip: &[u8]| -> Vec<usize> {
        let windows = zip.windows(from.len()).enumerate();
        windows
            .filter(|(_, w)| *w == from.as_bytes())
            .map(|(at, _)| at)
            .collect()
    };
    for at in places(&zip) {
        zip[at..at + to.len()].copy_from_slice(to);
    }
    zip
}

/// Extracts `in`; the run, the members of its records, and its failure rows.
fn extract(dir: &Path, more: &[&str]) -> (Run, Vec<String>, Vec<Value>) {
    let arguments = [&["extract", "in", "--failures", "rows.jsonl"], more].concat();
    let run = gongwen(dir, &arguments);
    let parse = |line: &str| -> Value { serde_json::from_str(line).expect("JSON") };
    let members = run.out.lines().map(|line| {
        let member = &parse(line)["source"]["member"];
        member.as_str().unwrap_or("-").to_owned()
    });
    let rows = fs::read_to_string(dir.join("rows.jsonl")).expect("failure rows");
    let members = members.collect();
    (run, members, rows.lines().map(parse).collect())
}

fn reasons(rows: &[Value]) -> Vec<(&str, &str)> {
    rows.iter()
        .map(|row| {
            let member = row["member"].as_str().unwrap_or("-");
            (member, row["reason"].as_str().expect("a reason"))
        })
        .collect()
}

#[test]
fn every_member_of_a_zip_is_a_record_a_failure_or_skipped() {
    let inner = zipped(&[("丙/b.txt", notice(2).as_bytes())]);
    let zip = zipped(&[
        ("通知.txt", notice(1).as_bytes()),
        ("乙/inner.zip", &inner),
        ("c.rar", b"Rar!\x1a\x07\x01\0"),
        ("d.png", b"\x89PNG\r\n\x1a\n"),
        ("__MACOSX/._通知.txt", b"\0"),
    ]);
    let dir = folder(&[("in/a.zip", &zip)]);
    let (run, members, rows) = extract(dir.path(), &[]);
    assert_eq!(run.code, Some(1));
    assert_eq!(members, ["通知.txt", "乙/inner.zip/丙/b.txt"]);
    assert_eq!(reasons(&rows), [("c.rar", "unsupported-format")]);
    assert_eq!(run.closing(), "2 notices, 1 failed, 2 skipped");
}

#[test]
fn the_same_with_workers_and_without() {
    let zip = zipped(&[("a.txt", notice(1).as_bytes()), ("b.rar", b"Rar!\x1a\x07")]);
    let dir = folder(&[
        ("in/a.zip", &zip),
        (
            "in/b.tar.gz",
            &gzipped(&tarred(&[("x", notice(3).as_bytes())])),
        ),
    ]);
    let with = extract(dir.path(), &[]);
    let without = extract(dir.path(), &["--no-workers"]);
    assert_eq!(with.0.out, without.0.out);
    assert_eq!(with.2, without.2);
    assert_eq!(with.1, ["a.txt", "x"]);
}

#[test]
fn names_in_gbk_are_read() {
    let (name, ..) = encoding_rs::GBK.encode("通知甲乙");
    let zip = zipped(&[("12345678", notice(1).as_bytes())]);
    let dir = folder(&[("in/a.zip", &renamed(zip, "12345678", &name))]);
    let (_, members, _) = extract(dir.path(), &[]);
    assert_eq!(members, ["通知甲乙"]);
}

#[test]
fn a_path_that_leads_out_of_an_archive_is_but_a_name() {
    let zip = zipped(&[("../../out.txt", notice(1).as_bytes())]);
    let text = notice(2);
    let mut header = tar::Header::new_ustar();
    header.as_old_mut().name[..13].copy_from_slice(b"../../out.txt");
    header.set_size(text.len() as u64);
    header.set_cksum();
    let mut tar = tar::Builder::new(Vec::new());
    tar.append(&header, text.as_bytes()).expect("a member");
    let tar = tar.into_inner().expect("a tar");
    let dir = folder(&[("deep/er/in/a.zip", &zip)]);
    fs::write(dir.path().join("deep/er/in/b.tar"), tar).expect("a tar");
    let (_, members, _) = extract(&dir.path().join("deep/er"), &[]);
    assert_eq!(members, ["../../out.txt", "../../out.txt"]);
    assert!(!dir.path().join("out.txt").exists());
    assert!(!dir.path().join("deep/out.txt").exists());
}

#[test]
fn tar_gzip_and_7z_are_opened() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/archive");
    let seven = |name: &str| fs::read(golden.join(name)).expect("a fixture");
    let tar = tarred(&[("d/a.txt", notice(1).as_bytes())]);
    let dir = folder(&[
        ("in/1.tar", &tar),
        ("in/2.tgz", &gzipped(&tar)),
        ("in/3.txt.gz", &gzipped(notice(2).as_bytes())),
        ("in/4.7z", &seven("two.7z")),
        ("in/5.7z", &seven("locked.7z")),
        ("in/6.tgz", &[gzipped(&tar), vec![0; 512]].concat()),
    ]);
    let (run, members, rows) = extract(dir.path(), &[]);
    assert_eq!(
        members,
        [
            "d/a.txt",
            "d/a.txt",
            "3.txt",
            "通知/a.txt",
            "b.txt",
            "d/a.txt"
        ]
    );
    assert_eq!(reasons(&rows), [("-", "encrypted")]);
    assert_eq!(run.code, Some(1));
}

#[test]
fn a_tar_older_than_its_standard_is_opened() {
    let text = notice(1);
    let mut header = tar::Header::new_old();
    header.set_path("a.txt").expect("a path");
    header.set_mode(0o644);
    header.set_size(text.len() as u64);
    header.set_cksum();
    let mut tar = tar::Builder::new(Vec::new());
    tar.append(&header, text.as_bytes()).expect("a member");
    let tar = tar.into_inner().expect("a tar");
    assert_ne!(tar[257..262], *b"ustar");
    let mut wrong = tar.clone();
    wrong[150] ^= 1;
    let dir = folder(&[
        ("in/1.tar", &tar),
        ("in/2", &tar),
        ("in/3.tgz", &gzipped(&tar)),
        ("in/4", &wrong),
    ]);
    let (_, members, rows) = extract(dir.path(), &[]);
    assert_eq!(members, ["a.txt", "a.txt", "a.txt"]);
    assert_eq!(reasons(&rows), [("-", "unknown-format")]);
}

#[test]
fn bombs_are_refused() {
    let flat = zipped(&[
        ("a.txt", &vec![b'0'; 32 << 20]),
        ("b.txt", notice(1).as_bytes()),
    ]);
    let nested = (0..6).fold(notice(1).into_bytes(), |inner, depth| {
        zipped(&[(if depth == 0 { "a.txt" } else { "a.zip" }, &inner)])
    });
    let dir = folder(&[("in/a.zip", &flat), ("in/b.zip", &nested)]);
    let (_, members, rows) = extract(dir.path(), &[]);
    assert_eq!(members, ["b.txt"]);
    let deepest = "a.zip/a.zip/a.zip/a.zip";
    assert_eq!(
        reasons(&rows),
        [("a.txt", "too-large"), (deepest, "too-large")]
    );
}

#[test]
fn members_past_the_limit_are_one_failure() {
    let text = notice(1);
    let zip = zipped(&[
        ("a", text.as_bytes()),
        ("b", text.as_bytes()),
        ("c", text.as_bytes()),
    ]);
    let dir = folder(&[("in/a.zip", &zip)]);
    let (_, members, rows) = extract(dir.path(), &["--max-members", "2"]);
    assert_eq!(members, ["a", "b"]);
    assert_eq!(reasons(&rows), [("-", "too-large")]);
}

#[test]
fn a_cut_archive_says_so_and_keeps_what_was_read() {
    let tar = tarred(&[("a", notice(1).as_bytes()), ("b", notice(2).as_bytes())]);
    let zip = zipped(&[("a", notice(1).as_bytes())]);
    let dir = folder(&[
        ("in/a.tar", &tar[..1100]),
        ("in/b.zip", &zip[..zip.len() - 30]),
    ]);
    let (_, members, rows) = extract(dir.path(), &[]);
    assert_eq!(members, ["a"]);
    assert!(rows.len() >= 2, "{rows:?}");
    assert!(
        rows.iter().all(|row| row["reason"] == "damaged"),
        "{rows:?}"
    );
}

#[test]
fn the_body_and_the_attachments_of_a_mail_are_documents() {
    let mail = "From: a@example.com\r\nTo: b@example.com\r\nSubject: =?UTF-8?B?6YCa55+l?=\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\
        Content-Transfer-Encoding: base64\r\n\r\n5ZCE56eR5a6k77ya6K+35p+l5pS244CCCg==\r\n--x\r\n\
        Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"a.txt\"\r\n\r\n\
        一、开展演练。\r\n--x--\r\n";
    let dir = folder(&[("in/a.eml", mail.as_bytes())]);
    let (run, members, rows) = extract(dir.path(), &[]);
    assert_eq!(members, ["body.txt", "a.txt"], "{}", run.err);
    assert_eq!(rows.len(), 0);
    assert!(run.out.contains("各科室：请查收。"));
}

#[test]
fn every_body_of_a_mail_is_read_and_the_litter_of_office_is_not() {
    let (gbk, ..) = encoding_rs::GBK.encode("各科室：请查收。一、开展演练。");
    let mail = [
        b"From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\n\r\n",
        &gbk[..],
        "\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>系统自动发送。</p>\r\n--x\r\n\
            Content-Type: application/x-mso\r\nContent-Location: file:///C:/a.files/editdata.mso\r\n\r\n\x01\r\n--x--\r\n"
            .as_bytes(),
    ]
    .concat();
    let dir = folder(&[("in/a.eml", &mail)]);
    let (run, members, rows) = extract(dir.path(), &[]);
    assert_eq!(members, ["body.txt", "body.html"], "{}", run.err);
    assert_eq!(rows.len(), 0);
    assert!(run.out.contains("各科室：请查收。"));
    assert_eq!(run.closing(), "2 notices, 0 failed, 1 skipped");
}

#[test]
fn a_worker_without_memory_costs_the_file_alone() {
    let long = "护林。\n".repeat(1 << 20);
    let tar = tarred(&[("a.txt", long.as_bytes())]);
    let dir = folder(&[("in/a.tar", &tar), ("in/b.txt", notice(2).as_bytes())]);
    let (run, members, rows) = extract(dir.path(), &["--worker-memory", "20000000"]);
    assert_eq!(members, ["-"]);
    assert_eq!(reasons(&rows), [("a.txt", "crashed")]);
    assert_eq!(run.code, Some(1));
}

#[test]
fn the_text_of_each_member_can_be_printed() {
    let (gbk, ..) = encoding_rs::GBK.encode("关于演练的通知\n");
    let zip = zipped(&[("a.txt", &gbk), ("b.txt", "通报".as_bytes())]);
    let dir = folder(&[("a.zip", &zip)]);
    let run = gongwen(dir.path(), &["text", "a.zip"]);
    assert_eq!(
        run.out,
        "==> a.zip!a.txt <==\n关于演练的通知\n==> a.zip!b.txt <==\n通报\n"
    );
    let run = gongwen(dir.path(), &["text", "--json", "a.zip"]);
    let first: Value = serde_json::from_str(run.out.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first["member"], "a.txt");
    assert_eq!(first["read"]["charset"], "GB18030");
}

#[test]
fn members_of_one_name_are_told_apart_and_kept() {
    let tar = tarred(&[
        ("a.txt", notice(1).as_bytes()),
        ("a.txt", notice(2).as_bytes()),
    ]);
    let dir = folder(&[("in/a.tar", &tar)]);
    let (_, members, _) = extract(dir.path(), &[]);
    assert_eq!(members, ["a.txt", "a.txt#2"]);
    let run = gongwen(dir.path(), &["index", "in", "--data", "data"]);
    assert_eq!(
        (run.code, run.closing()),
        (Some(0), "2 notices, 0 failed, 0 skipped")
    );
}

#[test]
fn an_archive_indexed_again_counts_its_members_and_its_failures_again() {
    let zip = zipped(&[
        ("a.txt", notice(1).as_bytes()),
        ("b.txt", notice(2).as_bytes()),
        ("c.rar", b"Rar!\x1a\x07"),
    ]);
    let whole = zipped(&[
        ("d.txt", notice(3).as_bytes()),
        ("e.txt", notice(4).as_bytes()),
    ]);
    let dir = folder(&[("in/a.zip", &zip), ("in/b.zip", &whole)]);
    for _ in 0..2 {
        let run = gongwen(dir.path(), &["index", "in", "--data", "data"]);
        assert_eq!(
            (run.code, run.closing()),
            (Some(1), "4 notices, 1 failed, 0 skipped")
        );
    }
}

#[test]
fn an_archive_is_no_document_that_it_holds() {
    let stored = |members: &[(&str, &[u8])]| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, bytes) in members {
            zip.start_file(*name, options).expect("a member");
            zip.write_all(bytes).expect("its bytes");
        }
        zip.finish().expect("a zip").into_inner()
    };
    let docx =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/formats/liuyang-xiaofang-2023.docx");
    let docx = fs::read(docx).expect("a document");
    let zip = stored(&[("a.docx", &docx), ("b.txt", notice(1).as_bytes())]);
    let tar = tarred(&[("c.pdf", b"%PDF-1.4"), ("d.txt", notice(2).as_bytes())]);
    let dir = folder(&[("in/a.zip", &zip), ("in/b.tar", &tar)]);
    let (_, members, rows) = extract(dir.path(), &[]);
    assert_eq!(members, ["a.docx", "b.txt", "d.txt"]);
    assert_eq!(reasons(&rows), [("c.pdf", "damaged")]);
}

#[test]
fn a_name_in_gbk_that_is_utf_8_by_chance_is_gbk() {
    let (name, ..) = encoding_rs::GBK.encode("通知.txt");
    let zip = renamed(
        zipped(&[("1234.txt", notice(1).as_bytes())]),
        "1234.txt",
        &name,
    );
    let dir = folder(&[("in/a.zip", &zip)]);
    assert_eq!(extract(dir.path(), &[]).1, ["通知.txt"]);
}

#[test]
fn a_file_of_a_zip_that_bears_the_name_of_another_is_a_failure() {
    let zip = zipped(&[
        ("a1.txt", notice(1).as_bytes()),
        ("a2.txt", notice(2).as_bytes()),
    ]);
    let dir = folder(&[("in/a.zip", &renamed(zip, "a2.txt", b"a1.txt"))]);
    let (_, members, rows) = extract(dir.path(), &[]);
    assert_eq!(members, ["a1.txt"]);
    assert_eq!(reasons(&rows), [("-", "damaged")]);
}
