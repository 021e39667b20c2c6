//! Web pages as Chinese government sites make them: each `NAME.html` gives `NAME.txt` and states `NAME.facts`.

use gongwen::source::{Format, Limits, LineKind, ReadText, Reason, read, read_as};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/html")
}

/// Each page's name and bytes, by name.
fn pages() -> Vec<(String, Vec<u8>)> {
    let mut pages: Vec<(String, Vec<u8>)> = fs::read_dir(folder())
        .expect("the folder can be listed")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|e| e == "html"))
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy();
            (name.into_owned(), fs::read(&path).expect("a page"))
        })
        .collect();
    pages.sort();
    pages
}

fn of_name(name: &str, extension: &str) -> String {
    let path = folder().join(format!("{name}.{extension}"));
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn page(bytes: &[u8]) -> ReadText {
    read_as(bytes, Format::Html, &Limits::default()).expect("a page is always read")
}

/// What a page tells beside its text, a fact a line, as the `.facts` files write it.
fn facts(read: &ReadText) -> Vec<String> {
    let stated = read
        .stated
        .iter()
        .map(|s| format!("stated {}={}", s.label, s.value));
    let links = read
        .links
        .iter()
        .map(|l| format!("link {}={}", l.text, l.target));
    let centred = read
        .text
        .lines()
        .zip(&read.marks)
        .filter_map(|(line, mark)| {
            let is_shown = mark.is_centred && !line.is_empty();
            is_shown.then(|| format!("centred {line}"))
        });
    stated.chain(links).chain(centred).collect()
}

#[test]
fn every_page_gives_its_text() {
    let pages = pages();
    assert!(pages.len() >= 16, "{} pages", pages.len());
    for (name, bytes) in pages {
        let read = read(&bytes, &format!("{name}.html"), &Limits::default()).expect("a page");
        assert_eq!(read.text, of_name(&name, "txt"), "{name}");
        assert_eq!(read.text.lines().count(), read.marks.len(), "{name}");
        assert_eq!(read.media_type, "text/html", "{name}");
    }
}

#[test]
fn every_page_states_its_facts() {
    for (name, bytes) in pages() {
        let read = page(&bytes);
        let expected = of_name(&name, "facts");
        let (marks, facts_of_file): (Vec<&str>, Vec<&str>) = expected
            .lines()
            .partition(|line| line.starts_with("row ") || line.starts_with("note "));
        let found: BTreeSet<String> = facts(&read).into_iter().collect();
        let wanted: BTreeSet<String> = facts_of_file.into_iter().map(str::to_owned).collect();
        assert_eq!(found, wanted, "{name}");
        for mark in marks {
            let (kind, line) = mark.split_once(' ').expect("a kind and a line");
            let kind = match kind {
                "row" => LineKind::Row,
                _ => LineKind::Note,
            };
            let mut lines = read.text.lines().zip(&read.marks);
            assert!(
                lines.any(|(l, m)| l == line && m.kind == kind),
                "{name}: {mark}"
            );
        }
    }
}

#[test]
fn the_charset_is_found_whatever_the_label() {
    for (name, bytes) in pages() {
        let charset = match name.as_str() {
            "big5" => "Big5",
            "jcms" | "tables-2005" | "word-saved" | "pre" | "aspx-span" => "GB18030",
            _ => "UTF-8",
        };
        assert_eq!(page(&bytes).charset.as_deref(), Some(charset), "{name}");
    }
}

#[test]
fn damaged_pages_are_read_without_fault() {
    for (name, bytes) in pages() {
        for i in 0..100 {
            let cut = &bytes[..bytes.len() * i / 100];
            let read = page(cut);
            assert_eq!(
                read.text.lines().count(),
                read.marks.len(),
                "{name} cut at {i} %"
            );
            let mut flipped = bytes.clone();
            let at = bytes.len() * i / 100;
            flipped[at] ^= 1 << (i % 8);
            let read = page(&flipped);
            assert_eq!(
                read.text.lines().count(),
                read.marks.len(),
                "{name} flipped at {at}"
            );
        }
    }
}

#[test]
fn hostile_pages_cost_no_more_than_their_length() {
    let deep = |open: &str, close: &str| open.repeat(200_000) + "防汛演练" + &close.repeat(200_000);
    let started = std::time::Instant::now();
    for text in [
        deep("<div>", "</div>"),
        deep("<div class=nav>", "</div>"),
        deep("<table><tr><td>", "</td></tr></table>"),
        deep("<ul><li>", "</li></ul>"),
        deep("<ol><li>", ""),
        deep("<b><p>", "</b>"),
        deep("<a href=x><p>", "</a>"),
        deep("<title>", ""),
        deep("<!--", ""),
        deep("<a b=\"", ""),
        deep("<td rowspan=65534 colspan=1000>甲", ""),
        deep("<tr><td rowspan=65534>甲<td>乙", ""),
        deep("<dl><dt>索引号<dd>", ""),
        deep("<p>索引号", "</p>"),
        deep("<div id=zoom>", "</div>"),
        deep("&nbsp", "&#"),
        deep("</p>", "</div>"),
    ] {
        let read = page(text.as_bytes());
        assert_eq!(read.text.lines().count(), read.marks.len());
    }
    // Unoptimised and beside other tests; a quadratic reader would take hours.
    assert!(started.elapsed().as_secs() < 120);
}

#[test]
fn limits_hold() {
    let limits = Limits {
        max_text: 100,
        max_depth: 3,
        ..Limits::default()
    };
    for (name, bytes) in pages() {
        let read = read_as(&bytes, Format::Html, &limits).expect("a page");
        assert!(read.text.len() <= 100, "{name}");
    }
    let limits = Limits {
        max_bytes: 10,
        ..Limits::default()
    };
    let refusal = read(b"<html><p>notice", "a.html", &limits).expect_err("it is too large");
    assert_eq!(refusal.reason, Reason::TooLarge);
}
