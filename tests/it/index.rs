//! `gongwen index`: one record an id with all its paths, and a data folder that no crash spoils.

use crate::run::{folder, gongwen, notice, program, put};
use gongwen::ingest;
use rusqlite::Connection;
use rusqlite::types::Value;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use tantivy::TantivyDocument;
use tantivy::schema::document::Document;

fn index(dir: &Path, data: &str) -> String {
    let run = gongwen(dir, &["index", "in", "--data", data]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    run.err
}

fn open(dir: &Path, data: &str) -> Connection {
    Connection::open(dir.join(data).join("notices.sqlite")).expect("a database")
}

/// Every row of every table.
fn dump(dir: &Path, data: &str) -> String {
    let db = open(dir, data);
    let tables = rows(
        &db,
        "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
    );
    let mut out = String::new();
    for table in tables.lines() {
        let _ = writeln!(
            out,
            "== {table}\n{}",
            rows(&db, &format!("SELECT * FROM {table}"))
        );
    }
    out
}

fn rows(db: &Connection, sql: &str) -> String {
    let mut statement = db.prepare(sql).expect("a statement");
    let columns = statement.column_count();
    let mut rows = statement.query([]).expect("rows");
    let mut out = String::new();
    while let Some(row) = rows.next().expect("a row") {
        let cells = (0..columns).map(|i| match row.get(i).expect("a cell") {
            Value::Null => "-".to_owned(),
            Value::Integer(n) => n.to_string(),
            Value::Real(n) => n.to_string(),
            Value::Text(t) => t,
            Value::Blob(_) => "blob".to_owned(),
        });
        out.push_str(&cells.collect::<Vec<_>>().join("|"));
        out.push('\n');
    }
    out
}

/// Every document of the index, in an order of its own, and the generation that it holds.
fn documents(dir: &Path, data: &str) -> (Option<u64>, Vec<String>) {
    let index = gongwen::index::Index::open(&dir.join(data).join(ingest::INDEX)).expect("an index");
    let searcher = index.searcher();
    let mut documents = Vec::new();
    for segment in searcher.segment_readers() {
        let store = segment.get_store_reader(0).expect("a store");
        for document in store.iter::<TantivyDocument>(segment.alive_bitset()) {
            documents.push(document.expect("a document").to_json(searcher.schema()));
        }
    }
    documents.sort();
    (index.generation(), documents)
}

#[test]
fn one_record_an_id_with_all_its_paths() {
    let text = notice(1);
    let dir = folder(&[
        ("in/b.txt", text.as_bytes()),
        ("in/c/a.txt", text.as_bytes()),
    ]);
    assert!(index(dir.path(), "data").contains("data: 1 new, 0 gone, 1 kept\n"));
    let db = open(dir.path(), "data");
    assert_eq!(
        rows(&db, "SELECT path FROM paths ORDER BY path"),
        "in/b.txt\nin/c/a.txt\n"
    );
    assert_eq!(
        rows(&db, "SELECT path, text FROM notices"),
        format!("in/b.txt|{text}\n")
    );
    drop(db);
    let (_, before) = documents(dir.path(), "data");

    // A path before the others becomes the record's source.
    put(dir.path(), "in/a.txt", text.as_bytes());
    assert!(index(dir.path(), "data").contains("data: 0 new, 0 gone, 1 kept\n"));
    let db = open(dir.path(), "data");
    let source = "SELECT path, json_extract(record, '$.source.path') FROM notices";
    assert_eq!(rows(&db, source), "in/a.txt|in/a.txt\n");
    let (generation, after) = documents(dir.path(), "data");
    assert_eq!((generation, after.len()), (Some(2), before.len()));
    assert_ne!(after, before);
}

#[test]
fn indexing_again_changes_nothing() {
    let dir = folder(&[
        ("in/a.txt", notice(1).as_bytes()),
        ("in/b.txt", notice(2).as_bytes()),
    ]);
    index(dir.path(), "data");
    let before = (dump(dir.path(), "data"), documents(dir.path(), "data"));
    assert!(index(dir.path(), "data").contains("data: 0 new, 0 gone, 2 kept\n"));
    assert!(before == (dump(dir.path(), "data"), documents(dir.path(), "data")));
    // Nor do other words for the same paths.
    gongwen(
        dir.path(),
        &["index", "./in/", "in/./a.txt", "--data", "data"],
    );
    assert_eq!(
        rows(
            &open(dir.path(), "data"),
            "SELECT path FROM paths ORDER BY path"
        ),
        "in/a.txt\nin/b.txt\n"
    );
}

#[test]
fn a_path_whose_bytes_changed_leaves_its_old_record() {
    let dir = folder(&[
        ("in/a.txt", notice(1).as_bytes()),
        ("in/b.txt", notice(1).as_bytes()),
    ]);
    index(dir.path(), "data");
    put(dir.path(), "in/a.txt", notice(2).as_bytes());
    assert!(index(dir.path(), "data").contains("data: 1 new, 0 gone, 2 kept\n"));
    put(dir.path(), "in/b.txt", notice(2).as_bytes());
    assert!(index(dir.path(), "data").contains("data: 0 new, 1 gone, 1 kept\n"));
    assert_eq!(documents(dir.path(), "data"), {
        put(dir.path(), "in/a.txt", notice(2).as_bytes());
        index(dir.path(), "fresh");
        let (_, fresh) = documents(dir.path(), "fresh");
        (documents(dir.path(), "data").0, fresh)
    });
}

#[test]
fn paths_that_are_gone_from_a_folder_given_again_leave() {
    let dir = folder(&[
        ("in/a.txt", notice(1).as_bytes()),
        ("in/b.txt", notice(2).as_bytes()),
    ]);
    index(dir.path(), "data");
    fs::rename(dir.path().join("in/b.txt"), dir.path().join("in/c.txt")).expect("moved");
    assert!(index(dir.path(), "data").contains("data: 0 new, 0 gone, 2 kept\n"));
    assert_eq!(
        rows(
            &open(dir.path(), "data"),
            "SELECT path FROM paths ORDER BY path"
        ),
        "in/a.txt\nin/c.txt\n"
    );
    fs::remove_file(dir.path().join("in/a.txt")).expect("removed");
    assert!(index(dir.path(), "data").contains("data: 0 new, 1 gone, 1 kept\n"));
    // Other folders are no business of this run.
    put(dir.path(), "other/a.txt", notice(3).as_bytes());
    gongwen(dir.path(), &["index", "other", "--data", "data"]);
    assert_eq!(
        rows(&open(dir.path(), "data"), "SELECT count(*) FROM notices"),
        "2\n"
    );
}

#[test]
fn the_same_words_for_another_place_take_nothing_away() {
    let dir = folder(&[
        ("x/in/a.txt", notice(1).as_bytes()),
        ("y/in/b.txt", notice(2).as_bytes()),
    ]);
    for place in ["x", "y"] {
        let run = gongwen(
            &dir.path().join(place),
            &["index", "in", "--data", "../data"],
        );
        assert_eq!(run.code, Some(0), "{}", run.err);
    }
    assert_eq!(
        rows(
            &open(dir.path(), "data"),
            "SELECT path FROM paths ORDER BY path"
        ),
        "in/a.txt\nin/b.txt\n"
    );
}

#[test]
fn failures_are_kept_until_the_path_is_read() {
    let dir = folder(&[("in/a.txt", b"Rar!\x1a\x07\x01\0")]);
    assert_eq!(
        gongwen(dir.path(), &["index", "in", "--data", "data"]).code,
        Some(1)
    );
    let failures = "SELECT path, reason FROM failures";
    assert_eq!(
        rows(&open(dir.path(), "data"), failures),
        "in/a.txt|unsupported-format\n"
    );
    put(dir.path(), "in/a.txt", notice(1).as_bytes());
    index(dir.path(), "data");
    assert_eq!(rows(&open(dir.path(), "data"), failures), "");
}

#[test]
fn a_killed_run_and_another_are_as_good_as_one() {
    let dir = folder(&[]);
    for n in 0..900 {
        put(dir.path(), &format!("in/{n}.txt"), notice(n).as_bytes());
    }
    index(dir.path(), "whole");
    for generation in 0..4 {
        let data = format!("killed-{generation}");
        let mut command = program(dir.path(), &["index", "in", "--data", &data]);
        let mut child = command.stderr(Stdio::null()).spawn().expect("it starts");
        while child.try_wait().expect("a child").is_none() {
            if kept(&dir.path().join(&data)).is_some_and(|kept| kept >= generation) {
                break;
            }
            std::thread::yield_now();
        }
        child.kill().expect("killed, or it has ended");
        child.wait().expect("it has ended");
        index(dir.path(), &data);
        assert!(
            dump(dir.path(), &data) == dump(dir.path(), "whole"),
            "{data} differs"
        );
        assert!(
            documents(dir.path(), &data) == documents(dir.path(), "whole"),
            "{data} differs"
        );
    }
}

/// The store's generation, as soon as there is one.
fn kept(data: &Path) -> Option<i64> {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let db = Connection::open_with_flags(data.join("notices.sqlite"), flags).ok()?;
    db.query_row("SELECT value FROM meta", [], |r| r.get(0))
        .ok()
}

#[test]
fn an_index_that_is_missing_or_behind_is_mended_without_the_sources() {
    let dir = folder(&[("in/a.txt", notice(1).as_bytes())]);
    index(dir.path(), "data");
    let behind = dir.path().join("behind");
    fs::rename(dir.path().join("data/index"), &behind).expect("moved");
    put(dir.path(), "in/b.txt", notice(2).as_bytes());
    index(dir.path(), "data");
    let whole = documents(dir.path(), "data");
    fs::remove_dir_all(dir.path().join("in")).expect("no sources any more");

    let data = dir.path().join("data");
    fs::remove_dir_all(data.join("index")).expect("no index any more");
    drop(ingest::open(&data).expect("mended"));
    assert_eq!(documents(dir.path(), "data"), whole);

    fs::remove_dir_all(data.join("index")).expect("removed");
    fs::rename(&behind, data.join("index")).expect("an index that is behind");
    drop(ingest::open(&data).expect("mended"));
    assert_eq!(documents(dir.path(), "data"), whole);

    let file = data.join("index/gongwen-form");
    let form = fs::read_to_string(&file).expect("the form");
    assert!(form.starts_with("schema "), "{form}");
    fs::write(&file, form.replace("schema ", "schema 0")).expect("an older form");
    drop(ingest::open(&data).expect("mended"));
    assert_eq!(fs::read_to_string(&file).expect("the form"), form);
    assert_eq!(documents(dir.path(), "data"), whole);

    fs::write(data.join("index/meta.json"), b"not JSON").expect("spoilt");
    drop(ingest::open(&data).expect("mended"));
    assert_eq!(documents(dir.path(), "data"), whole);
}

#[test]
fn a_second_writer_is_refused_and_told_of_the_first() {
    let dir = folder(&[("in/a.txt", notice(1).as_bytes())]);
    let writer = gongwen::store::Writer::open(&dir.path().join("data")).expect("the first");
    let run = gongwen(dir.path(), &["index", "in", "--data", "data"]);
    assert_eq!(run.code, Some(2));
    let holder = format!(
        "gongwen: data is being written by process {} since 2",
        std::process::id()
    );
    assert!(run.err.starts_with(&holder), "{}", run.err);
    assert_eq!(run.err.lines().count(), 1);
    drop(writer);
    index(dir.path(), "data");
}

#[test]
fn a_data_folder_of_a_newer_version_is_refused() {
    let dir = folder(&[("in/a.txt", notice(1).as_bytes())]);
    index(dir.path(), "data");
    let db = open(dir.path(), "data");
    db.pragma_update(None, "user_version", 99).expect("set");
    drop(db);
    for command in [
        &["index", "in", "--data", "data"][..],
        &["show", "0123", "--data", "data"],
    ] {
        let run = gongwen(dir.path(), command);
        assert_eq!(run.code, Some(2));
        let expected = "gongwen: the records in data are of version 99, this program knows up to 1; \
                        use a newer gongwen\n";
        assert_eq!(run.err, expected);
    }
}
