//! The arrows of the architecture point one way: a module names modules of lower floors only.

mod paths;

use paths::{Path, paths_in};
use std::collections::BTreeSet;
use std::fs;
use walkdir::WalkDir;

/// The floors, the highest first. A new top module gets its floor here.
const FLOORS: &[(u8, &[&str])] = &[
    (10, &["main"]),
    (9, &["cli"]),
    (8, &["serve"]),
    (7, &["ingest", "search", "lineage"]),
    (
        6,
        &["pipeline", "store", "index", "export", "eval", "mentions"],
    ),
    (5, &["record"]),
    (4, &["entity"]),
    (3, &["source", "outline"]),
    (2, &["text", "diagnostic"]),
    (1, &["span", "error"]),
];

/// Upstream of `store` only `source` touches the world: these read no file, no clock and no environment.
const PURE: &[&str] = &[
    "span",
    "diagnostic",
    "text",
    "outline",
    "entity",
    "record",
    "mentions",
];

/// What the pure modules never name of `std`.
const WORLD: &[&str] = &["fs", "net", "env", "process", "thread", "time", "os"];

#[test]
fn every_arrow_points_down() {
    let faults: Vec<String> = sources()
        .iter()
        .flat_map(|(file, text)| faults_in(file, text))
        .collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_module_has_a_floor() {
    let modules: BTreeSet<String> = sources()
        .iter()
        .map(|(file, _)| top_module(file).to_owned())
        .filter(|module| module != "lib")
        .collect();
    let without: Vec<&String> = modules.iter().filter(|m| floor(m).is_none()).collect();
    assert!(without.is_empty(), "no floor for {without:?}");
    assert!(modules.len() > 5, "the sources were found");
}

/// Each file of `src` by its path within it, `/` as separator, with its text.
fn sources() -> Vec<(String, String)> {
    let src = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut out: Vec<(String, String)> = WalkDir::new(src)
        .into_iter()
        .map(|entry| entry.expect("src can be walked").into_path())
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source can be read");
            let within = path.strip_prefix(src).expect("it lies in src");
            (within.to_string_lossy().replace('\\', "/"), text)
        })
        .collect();
    out.sort();
    out
}

fn top_module(file: &str) -> &str {
    let first = file.split('/').next().unwrap_or(file);
    first.strip_suffix(".rs").unwrap_or(first)
}

fn floor(module: &str) -> Option<u8> {
    FLOORS
        .iter()
        .find(|(_, modules)| modules.contains(&module))
        .map(|(floor, _)| *floor)
}

/// The forbidden arrows of a file, each as `file:line: what`.
fn faults_in(file: &str, text: &str) -> Vec<String> {
    let from = top_module(file);
    // lib.rs is the map of the modules: it declares them and re-exports what users start from.
    if from == "lib" {
        return Vec::new();
    }
    let mut faults = Vec::new();
    for Path {
        line,
        root,
        to,
        grouped,
    } in paths_in(file, text)
    {
        let fault = match (root, to.as_str()) {
            ("std", part) if PURE.contains(&from) && WORLD.contains(&part) => {
                format!("{from} is pure and names std::{part}")
            }
            ("std", _) => continue,
            (_, "*" | "self" | "") => "names the whole crate: arrows would be hidden".to_owned(),
            (_, to) if grouped && to != from => {
                format!("names {to} in a group: each cross-module use has a line of its own")
            }
            (_, to) if to == from => continue,
            (_, to) => match (floor(from), floor(to)) {
                (Some(a), Some(b)) if a > b => continue,
                (Some(a), Some(b)) => format!("{from} (floor {a}) → {to} (floor {b})"),
                _ => format!("{from} → {to}: not both have a floor"),
            },
        };
        faults.push(format!("src/{file}:{line}: {fault}"));
    }
    faults
}

#[test]
fn a_bad_file_is_seen() {
    let bad = r##"
//! Comments name what they like: crate::serve::page.
use crate::span::Span;
use crate::{
    text::fold::{fold, is_blank},
    store::Store,
};
use super::record::Notice;
pub(crate) fn page(of: &crate::entity::date::DateRole) -> &'static str {
    let quoted = "crate::serve::app";
    let raw = r#"" crate::cli::run "#;
    let char = '"'; /* crate::cli /* nested */ crate::cli */
    mod inner {
        use super::super::super::index;
        use super::super::part;
    }
    crate
        ::pipeline
        ::extract();
    std::fs::read("x");
    "crate::cli"
}
"##;
    assert_eq!(
        faults_in("outline/tree.rs", bad),
        [
            "src/outline/tree.rs:5: names text in a group: each cross-module use has a line of its own",
            "src/outline/tree.rs:6: names store in a group: each cross-module use has a line of its own",
            "src/outline/tree.rs:9: outline (floor 3) → entity (floor 4)",
            "src/outline/tree.rs:14: outline (floor 3) → index (floor 6)",
            "src/outline/tree.rs:18: outline (floor 3) → pipeline (floor 6)",
            "src/outline/tree.rs:20: outline is pure and names std::fs",
        ]
    );
}

#[test]
fn siblings_of_one_floor_stay_apart() {
    assert_eq!(
        faults_in("store/mod.rs", "use crate::index::Writer;"),
        ["src/store/mod.rs:1: store (floor 6) → index (floor 6)"]
    );
    assert_eq!(
        faults_in("store/row.rs", "use crate::store::Key; use super::Table;"),
        [""; 0]
    );
    assert_eq!(
        faults_in("span.rs", "use super::text;"),
        ["src/span.rs:1: span (floor 1) → text (floor 2)"]
    );
    assert_eq!(
        faults_in("ingest.rs", "use crate::*;"),
        ["src/ingest.rs:1: names the whole crate: arrows would be hidden"]
    );
    assert_eq!(
        faults_in("ingest.rs", "use crate as root;"),
        ["src/ingest.rs:1: names the whole crate: arrows would be hidden"]
    );
    assert_eq!(
        faults_in("main.rs", "fn main() { gongwen::cli::run() }"),
        [""; 0]
    );
    assert_eq!(
        faults_in("cli/run.rs", "use crate::helpers::x;"),
        ["src/cli/run.rs:1: cli → helpers: not both have a floor"]
    );
    assert_eq!(
        faults_in(
            "text/line.rs",
            "pub(in crate::text) fn f<'a>(c: &'a str) { let _ = ('\\'', b'\"', \"\\\"\"); std::str::from_utf8(c); }"
        ),
        [""; 0]
    );
}
