//! Our counting and that of `shared/score/score.py` are the same, where the latter is at hand.

use gongwen::eval::{gold_in, records_in, score};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn the_gold_itself_scores_full_marks() {
    let Some(shared) = shared() else { return };
    let records = written(&records(&shared));
    let ours = ours(records.path(), &shared);
    assert_eq!(ours, theirs(records.path(), &shared));
    for (field, row) in ours.as_object().expect("an object of rows") {
        assert_eq!(row["f1"], 1.0, "{field}");
    }
}

#[test]
fn mutated_records_score_the_same() {
    let Some(shared) = shared() else { return };
    for seed in 0..4 {
        let mut dice = Dice(seed);
        let mut mutated = records(&shared);
        for record in &mut mutated {
            mutate(record, &mut dice);
        }
        if seed == 3 {
            mutated.pop();
        }
        let records = written(&mutated);
        let ours = ours(records.path(), &shared);
        assert_eq!(ours, theirs(records.path(), &shared), "seed {seed}");
        assert_ne!(ours["outline"]["f1"], 1.0, "the records were mutated");
    }
}

/// The folder beside the project that holds gold and score, where there is one.
fn shared() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if shared.join("score/score.py").is_file() {
        return Some(shared);
    }
    println!("skipped: no ../shared/score/score.py to compare with");
    None
}

/// The gold answers, each as the record that answers it.
fn records(shared: &Path) -> Vec<Value> {
    let mut files: Vec<PathBuf> = fs::read_dir(shared.join("gold"))
        .expect("gold is a folder")
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            let text = fs::read_to_string(file).expect("gold can be read");
            let mut gold: Map<String, Value> = serde_json::from_str(&text).expect("gold is JSON");
            let path = gold.remove("file").expect("gold names its file");
            gold.insert("source".to_owned(), json!({ "path": path }));
            Value::Object(gold)
        })
        .collect()
}

fn written(records: &[Value]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().expect("a file can be made");
    let lines: Vec<String> = records.iter().map(Value::to_string).collect();
    fs::write(file.path(), lines.join("\n")).expect("it can be written");
    file
}

fn ours(records: &Path, shared: &Path) -> Value {
    let gold = gold_in(&shared.join("gold")).expect("gold is well formed");
    let records = records_in(records).expect("records can be read");
    let report = score(&gold, records).expect("records are well formed");
    serde_json::to_value(&report).expect("a report has a JSON form")
}

fn theirs(records: &Path, shared: &Path) -> Value {
    let output = Command::new("python3")
        .arg(shared.join("score/score.py"))
        .arg(records)
        .arg(shared.join("gold"))
        .arg("--json")
        .output()
        .expect("python3 runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("score.py prints JSON")
}

/// Numbers that look random and are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        let mut x = self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d;
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        self.0 = x;
        x % n
    }
}

/// Drops and repeats elements of lists, and writes texts in other widths, with blanks, or wrongly.
fn mutate(value: &mut Value, dice: &mut Dice) {
    match value {
        Value::Array(list) => {
            if !list.is_empty() && dice.below(8) == 0 {
                let which = usize::try_from(dice.below(list.len() as u64)).expect("an index");
                if dice.below(2) == 0 {
                    list.remove(which);
                } else {
                    list.push(list[which].clone());
                }
            }
            list.iter_mut().for_each(|v| mutate(v, dice));
        }
        Value::Object(map) => {
            for (key, inner) in map {
                if key != "source" {
                    mutate(inner, dice);
                }
            }
        }
        Value::String(text) => match dice.below(24) {
            0 => text.push_str(" \u{3000}\u{85}"),
            1 => *text = text.replace('（', "(").replace('0', "０"),
            2 => text.insert(0, '各'),
            3 => text.push_str("①ﬁ㈠Ａ²½\u{1d}é"),
            4 => *text = text.replace('"', "“").to_uppercase(),
            5 => text.clear(),
            _ => {}
        },
        Value::Number(n) if dice.below(16) == 0 => *value = json!(n.as_i64().map(|n| n + 1)),
        _ => {}
    }
}
