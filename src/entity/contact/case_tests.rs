//! The cases of `cases.tsv`.

use super::*;

/// All blocks of a text in one line, as the file writes them.
fn read(text: &str) -> String {
    let blocks = find(text).blocks;
    let list = |of: fn(&ContactBlock) -> &Vec<String>| {
        let all: Vec<String> = blocks.iter().flat_map(|b| of(b).clone()).collect();
        all.join(" ")
    };
    let one = |of: fn(&ContactBlock) -> Option<&String>| {
        blocks.iter().find_map(of).cloned().unwrap_or_default()
    };
    let parts = [
        ("n", list(|b| &b.names)),
        ("p", list(|b| &b.phones)),
        ("f", list(|b| &b.faxes)),
        ("e", list(|b| &b.emails)),
        ("a", one(|b| b.address.as_ref())),
        ("z", one(|b| b.postcode.as_ref())),
    ];
    let written: Vec<String> = parts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| format!("{key}:{value}"))
        .collect();
    match written.is_empty() {
        true => "-".to_owned(),
        false => written.join(" | "),
    }
}

#[test]
fn contacts_as_officials_write_them() {
    let wrong: Vec<String> = include_str!("cases.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(text, want)| {
            let got = read(&text.replace('⏎', "\n").replace('⇥', "\t"));
            (got != want).then(|| format!("{text}\n  want {want}\n  got  {got}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
