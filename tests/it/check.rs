//! `gongwen check` against `tests/golden/check/`: `NAME.txt` is a notice and `NAME.expected` what is said of it; a name
//! that begins with `correct` is of a notice of which nothing is to be said. A new case adds files and no Rust.
//!
//! With `BLESS=1` in the environment the expected files are written anew, to be read before they are kept.

use crate::corpus::{notice_of, texts};
use crate::leaves::lost;
use crate::run::{folder, gongwen};
use gongwen::diagnostic::Code;
use gongwen::record;
use serde_json::Value;
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

fn place() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/check")
}

/// The names of the cases, in order.
fn cases() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(place())
        .expect("the cases are a folder")
        .map(|entry| entry.expect("it can be listed").file_name())
        .filter_map(|name| {
            let name = name.to_string_lossy().into_owned();
            name.strip_suffix(".txt").map(str::to_owned)
        })
        .collect();
    names.sort();
    names
}

#[test]
fn every_case_is_remarked_on_as_expected() {
    let bless = env::var_os("BLESS").is_some();
    let mut faults = Vec::new();
    for name in cases() {
        let run = gongwen(&place(), &["check", &format!("{name}.txt")]);
        assert_eq!(run.code, Some(0), "{name}: {}", run.err);
        let expected = place().join(format!("{name}.expected"));
        if bless {
            fs::write(&expected, &run.out).expect("the expected file is written");
        }
        let expected = fs::read_to_string(&expected).unwrap_or_default();
        if run.out != expected {
            faults.push(format!("{name}: expected\n{expected}\nfound\n{}", run.out));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn a_correct_notice_is_passed_in_silence() {
    let correct: Vec<String> = cases()
        .into_iter()
        .filter(|name| name.starts_with("correct"))
        .collect();
    assert!(correct.len() >= 4, "{correct:?}");
    for name in correct {
        let run = gongwen(&place(), &["check", "--strict", &format!("{name}.txt")]);
        assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{name}");
    }
}

/// What no text alone brings about: a limit of a format, and nesting beyond the styles that there are.
const WITHOUT_CASE: [Code; 3] = [Code::Truncated, Code::NestingCut, Code::UnmappedGlyphs];

#[test]
fn every_code_has_a_case_of_its_name() {
    for code in Code::all().filter(|code| !WITHOUT_CASE.contains(code)) {
        let name = code.as_str();
        let expected = fs::read_to_string(place().join(format!("{name}.expected")));
        let told = expected.is_ok_and(|text| text.contains(&format!(": {name}: ")));
        assert!(told, "{name}.expected tells of {name}");
    }
}

#[test]
fn every_case_is_lossless() {
    for name in cases() {
        let bytes = fs::read(place().join(format!("{name}.txt"))).expect("a case can be read");
        assert_eq!(lost(&String::from_utf8_lossy(&bytes)), [""; 0], "{name}");
    }
}

#[test]
fn strictness_and_failures_are_exit_codes() {
    let odd = "关于演练的通知\n各科室：\n一、甲\n三、乙\n甲县应急管理局\n2023年5月4日\n";
    let dir = folder(&[("odd.txt", odd.as_bytes()), ("broken.pdf", b"%PDF-1.4")]);
    let code = |arguments: &[&str]| gongwen(dir.path(), arguments).code;
    assert_eq!(code(&["check", "odd.txt"]), Some(0));
    assert_eq!(code(&["check", "odd.txt", "--strict"]), Some(1));
    assert_eq!(code(&["check", "broken.pdf"]), Some(1));
    assert_eq!(code(&["check"]), Some(2));
    assert_eq!(code(&["check", "no-such.txt"]), Some(2));
    assert_eq!(code(&["check", "--list", "odd.txt"]), Some(2));
    let both = gongwen(dir.path(), &["check", "."]);
    assert_eq!(both.closing(), "1 notices, 1 failed, 0 skipped");
    assert!(
        !both.out.contains('\u{1b}'),
        "no colours where no terminal is"
    );
}

#[test]
fn each_remark_is_an_object_a_line() {
    let odd = "关于演练的通知\n各科室：\n　　一、甲\n　　三、乙\n甲县应急管理局\n2023年5月4日\n";
    let dir = folder(&[("odd.txt", odd.as_bytes())]);
    let run = gongwen(dir.path(), &["check", "--json", "odd.txt"]);
    let rows: Vec<Value> = run
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect();
    assert_eq!(rows.len(), 1, "{}", run.out);
    let row = &rows[0];
    assert_eq!(row["path"], "odd.txt");
    assert_eq!(row["code"], "numbering-gap");
    assert_eq!((&row["line"], &row["column"]), (&4.into(), &3.into()));
    let at = row["span"][0].as_u64().expect("a number") as usize;
    assert_eq!(odd.chars().skip(at).take(2).collect::<String>(), "三、");
    assert!(
        row["rule"]
            .as_str()
            .is_some_and(|r| r.starts_with("GB/T 9704-2012, 7.3.3"))
    );
}

#[test]
fn the_list_names_every_code() {
    let dir = folder(&[]);
    let run = gongwen(dir.path(), &["check", "--list"]);
    assert_eq!(run.code, Some(0));
    let listed: Vec<&str> = run
        .out
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let codes: Vec<&str> = Code::all().map(Code::as_str).collect();
    assert_eq!(listed, codes);
}

#[test]
fn the_tree_is_printed() {
    let text = "关于演练的通知\n各科室：\n一、主要活动\n（一）桌面推演。每季一次。\n二、活动要求\n甲县应急管理局\n2023年5月4日\n";
    let dir = folder(&[("a.txt", text.as_bytes())]);
    let run = gongwen(dir.path(), &["outline", "a.txt"]);
    assert_eq!(
        run.out,
        "0 notice: 关于演练的通知\n  一、 主要活动 [activities]\n    （一） 桌面推演\n  二、 活动要求 [requirements]\n"
    );
    let rows = gongwen(dir.path(), &["outline", "--json", "a.txt"]).out;
    let row: Value = serde_json::from_str(rows.lines().nth(1).expect("a row")).expect("JSON");
    assert_eq!(row["path"], serde_json::json!(["一、", "（一）"]));
    let leaves = gongwen(dir.path(), &["outline", "--leaves", "a.txt"]).out;
    assert_eq!(leaves.lines().count(), text.lines().count());
    assert!(leaves.ends_with("issued          2023年5月4日\n"));
}

/// The records of so many notices of a hundred tell every code that their gold tells.
const FLOOR: usize = 93;

/// What the gold tells of a notice its record tells too: of the corpus, and of the shared notices where they stand
/// beside the project (or in the folder that `GONGWEN_SHARED` names). A misfit is printed; gold may tell less.
#[test]
fn records_are_remarked_on_as_their_gold_says() {
    let shared = env::var_os("GONGWEN_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let mut pairs: Vec<(PathBuf, PathBuf)> = texts()
        .into_iter()
        .map(|(path, _)| (path.with_extension("gold.json"), path))
        .collect();
    for entry in fs::read_dir(shared.join("gold"))
        .into_iter()
        .flatten()
        .flatten()
    {
        let name = entry.file_name();
        let text = Path::new(&name).with_extension("txt");
        pairs.push((entry.path(), shared.join("notices").join(text)));
    }
    let mut misfits = Vec::new();
    let mut seen = 0;
    for (gold, text) in pairs.iter().filter(|(_, text)| text.is_file()) {
        let gold = fs::read_to_string(gold).expect("the gold can be read");
        let gold: Value = serde_json::from_str(&gold).expect("the gold is JSON");
        let expected: BTreeSet<&str> = gold["diagnostics"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .filter(|code| !code.is_empty())
            .collect();
        let notice = notice_of(&fs::read(text).expect("it can be read"), "a.txt");
        let found: BTreeSet<&str> = notice.diagnostics.iter().map(|d| d.code.as_str()).collect();
        if !expected.is_subset(&found) {
            misfits.push(format!("{}: {expected:?}, not {found:?}", text.display()));
        }
        seen += 1;
    }
    println!("{}", misfits.join("\n"));
    assert!(seen > 30, "{seen} notices");
    assert!(
        (seen - misfits.len()) * 100 >= seen * FLOOR,
        "\n{}\n",
        misfits.join("\n")
    );
}

/// Where check says more than the record, it says so of what really stands in the text.
#[test]
fn remarks_on_the_corpus_point_into_it() {
    for (path, bytes) in texts() {
        let notice = notice_of(&bytes, "a.txt");
        for remark in record::check(&notice) {
            let surface = notice.text.get(remark.span.start..remark.span.end);
            assert!(
                surface.is_some_and(|s| !s.trim().is_empty()),
                "{}: {remark:?}",
                path.display()
            );
        }
    }
}
