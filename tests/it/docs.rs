//! Every command in the documents is one that works: ours are run (or, where they serve until stopped, parsed), and
//! of others' only the few below are expected.

use gongwen::cli;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const DOCUMENTS: &[&str] = &["README.md", "README.zh.md", "ARCHITECTURE.md"];

/// How commands that are not ours begin; the tests run in one of them, `.ci/run` runs others.
const OTHERS: &[&[&str]] = &[
    &["git", "clone"],
    &["cd"],
    &["cargo", "test"],
    &["cargo", "bench"],
    &["cargo", "build", "--release"],
    &["cargo", "install", "--path", "."],
    &[".ci/run"],
    &["curl"],
    &["python3", "../shared/score/score.py"],
];

#[test]
fn every_command_works() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    for document in DOCUMENTS {
        let text = fs::read_to_string(root.join(document)).expect("the document is there");
        // One place a document: a later command may read what an earlier one wrote.
        let place = tempfile::tempdir().expect("a folder can be made");
        copy(&root.join("corpus"), &place.path().join("corpus"));
        for (line, command) in commands(&text) {
            seen += 1;
            let told = works(&command, place.path());
            assert_eq!(told, Ok(()), "{document}:{line}: {command}");
        }
    }
    assert!(seen > 0, "commands were found");
}

/// The commands in the blocks marked `sh`, each with its line; what continues after `\` is joined.
fn commands(text: &str) -> Vec<(usize, String)> {
    let mut out: Vec<(usize, String)> = Vec::new();
    let mut inside = false;
    let mut goes_on = false;
    for (i, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with("```") {
            inside = !inside && matches!(line, "```sh" | "```bash" | "```shell" | "```console");
            continue;
        }
        let line = line.strip_prefix("$ ").unwrap_or(line);
        if !inside || line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (part, more) = match line.strip_suffix('\\') {
            Some(part) => (part.trim_end(), true),
            None => (line, false),
        };
        match out.last_mut() {
            Some((_, command)) if goes_on => {
                command.push(' ');
                command.push_str(part);
            }
            _ => out.push((i + 1, part.to_owned())),
        }
        goes_on = more;
    }
    out
}

fn works(command: &str, place: &Path) -> Result<(), String> {
    let words = words(command);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let arguments = match words.as_slice() {
        [
            "gongwen" | "target/release/gongwen" | "./target/release/gongwen",
            rest @ ..,
        ]
        | ["cargo", "run", "--release", "--", rest @ ..]
        | ["cargo", "run", "-r", "--", rest @ ..] => rest,
        other => {
            let known = OTHERS.iter().any(|begin| other.starts_with(begin));
            return known
                .then_some(())
                .ok_or("not a command that is known here".to_owned());
        }
    };
    let parsed = cli::command().try_get_matches_from(std::iter::once(&"gongwen").chain(arguments));
    parsed.map_err(|error| error.to_string())?;
    // Serving goes on until it is stopped; and what lies outside the project may not be there.
    if arguments.first() == Some(&"serve") || arguments.iter().any(|a| a.starts_with("../")) {
        return Ok(());
    }
    let output = Command::new(env!("CARGO_BIN_EXE_gongwen"))
        .args(arguments)
        .current_dir(place)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// The words of a command up to a pipe, a redirection, `&&`, `;` or a comment.
fn words(command: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in command.chars() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, '|' | '>' | '<' | ';' | '&') => break,
            (None, '#') if word.is_none() => break,
            (None, c) if c.is_whitespace() => out.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    out.extend(word);
    out
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the folder can be listed") {
        let path = entry.expect("an entry can be read").path();
        let name = path.file_name().expect("an entry has a name");
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).expect("a file can be copied");
        }
    }
}

#[test]
fn commands_are_found_and_taken_apart() {
    let text = "see `gongwen x`\n```sh\n# first\n$ gongwen search '演练 应急' \\\n    --data \"my archive\" | head # ten\n\n.ci/run\n```\n```json\ngongwen y\n```\n";
    let found = commands(text);
    assert_eq!(found.len(), 2);
    assert_eq!(found[1], (7, ".ci/run".to_owned()));
    assert_eq!(
        words(&found[0].1),
        ["gongwen", "search", "演练 应急", "--data", "my archive"]
    );
}

#[test]
fn a_command_that_does_not_work_is_seen() {
    let place = tempfile::tempdir().expect("a folder can be made");
    assert!(works("gongwen levitate", place.path()).is_err());
    assert!(works("gongwen extract no-such-file.txt", place.path()).is_err());
    assert!(works("rm -rf corpus", place.path()).is_err());
    assert_eq!(works("gongwen schema > schema.json", place.path()), Ok(()));
    assert_eq!(
        works("curl http://127.0.0.1:8080/healthz", place.path()),
        Ok(())
    );
}
