//! The corpus against its gold: a text with its `NAME.gold.json` beside it is a case, and a new case adds no Rust.

use crate::corpus::{folder, notice_of, texts};
use crate::invariants::broken;
use crate::schema::misfits;
use gongwen::eval::{Answers, gold_in, score};
use gongwen::record::Notice;
use std::collections::BTreeSet;
use std::fs;

/// The least F1 of each field over the whole corpus; a field enters with the finder that it needs.
const FLOORS: &[(&str, f64)] = &[
    ("title", 0.99),
    ("kind", 0.99),
    ("doc_number", 0.99),
    ("issuers", 0.99),
    ("addressees", 0.99),
    ("issued", 0.99),
    ("year", 0.99),
    ("region", 0.99),
    ("campaign", 0.95),
    ("outline", 0.99),
    ("activities", 0.99),
    ("units", 0.97),
    ("dates", 0.98),
    ("date_roles", 0.96),
    ("contacts", 0.95),
    ("attachments", 0.99),
    ("citations", 0.98),
];

fn notices() -> Vec<Notice> {
    texts()
        .iter()
        .map(|(path, bytes)| {
            let name = path.file_name().expect("a file has a name");
            notice_of(bytes, &format!("corpus/{}", name.to_string_lossy()))
        })
        .collect()
}

#[test]
fn every_text_has_gold_and_every_gold_a_text() {
    let stems = |suffix: &str| -> BTreeSet<String> {
        fs::read_dir(folder())
            .expect("the corpus is a folder")
            .filter_map(|entry| {
                let name = entry.expect("it can be listed").file_name();
                name.to_string_lossy()
                    .strip_suffix(suffix)
                    .map(str::to_owned)
            })
            .collect()
    };
    let gold = stems(".gold.json");
    assert_eq!(stems(".txt"), gold);
    assert!(gold.len() >= 16, "{} notices", gold.len());
    let named: BTreeSet<String> = gold_in(&folder())
        .expect("the gold is well formed")
        .into_iter()
        .map(|answers| answers.name)
        .collect();
    let files: BTreeSet<String> = gold.iter().map(|stem| format!("{stem}.txt")).collect();
    assert_eq!(named, files, "each gold names the text beside it");
}

#[test]
fn the_corpus_scores_at_least_its_floors() {
    let gold = gold_in(&folder()).expect("the gold is well formed");
    let records = notices();
    let report = score(&gold, records.iter().map(|n| Ok(Answers::from(n))))
        .expect("records and gold are of the contract's shape");
    // Shown when a floor is not reached, or with --nocapture.
    for miss in &report.misses {
        println!("{miss}");
    }
    println!("{report}");
    assert_eq!(report.without_record, [""; 0]);
    let short: Vec<String> = FLOORS
        .iter()
        .filter_map(|(field, floor)| {
            let f1 = report.row(field).map_or(0.0, gongwen::eval::Row::f1);
            (f1 < *floor).then(|| format!("{field} {f1:.3} < {floor}"))
        })
        .collect();
    assert_eq!(short, [""; 0]);
}

#[test]
fn every_case_obeys_the_laws() {
    let mut faults = Vec::new();
    for notice in notices() {
        let told = broken(&notice).into_iter().chain(misfits(&notice));
        faults.extend(told.map(|fault| format!("{}: {fault}", notice.source.path)));
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn the_same_bytes_give_the_same_record() {
    for notice in notices() {
        let bytes = fs::read(folder().join(base_name(&notice))).expect("a notice can be read");
        let again = notice_of(&bytes, &notice.source.path);
        assert!(again == notice, "{}", notice.source.path);
    }
}

/// How a file was saved is no part of what it says.
#[test]
fn bom_and_carriage_returns_change_only_the_source() {
    for notice in notices() {
        let path = &notice.source.path;
        let saved = format!("\u{feff}{}", notice.text.replace('\n', "\r\n"));
        let mut other = notice_of(saved.as_bytes(), path);
        for (activity, same) in other.activities.iter_mut().zip(&notice.activities) {
            activity.id.clone_from(&same.id);
        }
        other.id.clone_from(&notice.id);
        other.source.clone_from(&notice.source);
        assert!(other == notice, "{path}");
    }
}

fn base_name(notice: &Notice) -> &str {
    notice.source.path.rsplit('/').next().unwrap_or_default()
}
