//! A scanner for the paths in Rust sources that begin at the crate, at `super` or at `std`. It knows comments,
//! texts, characters and lifetimes, nested groups and inline modules; nothing else of the language is needed.

use std::iter::Peekable;
use std::slice::Iter;

/// A path by its first two segments.
#[derive(Debug)]
pub(super) struct Path {
    /// Line of the second segment, from 1.
    pub(super) line: usize,
    /// `crate` or `std`.
    pub(super) root: &'static str,
    /// The segment after the root: a top module, `*` or `self`; empty where the root stands alone.
    pub(super) to: String,
    /// Whether it stands in braces right after the root.
    pub(super) grouped: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum Token<'t> {
    Word(&'t str),
    /// `::`
    Colons,
    Other(char),
}

/// Every path of a file of `src`, named by its path within it.
pub(super) fn paths_in(file: &str, text: &str) -> Vec<Path> {
    let tokens = tokens(text);
    let mut rest = tokens.iter().peekable();
    let mut out = Vec::new();
    // Open braces: whether each is an inline module's.
    let mut braces: Vec<bool> = Vec::new();
    let mut module_ahead = false;
    let mut before: Option<&Token> = None;
    while let Some((token, line)) = rest.next() {
        // A path's own segments are no roots: `a::std::b`.
        let starts_path = before != Some(&Token::Colons);
        before = Some(token);
        match token {
            Token::Word("mod") => {
                module_ahead = true;
                continue;
            }
            Token::Word(_) if module_ahead => continue,
            Token::Other('{') => braces.push(module_ahead),
            Token::Other('}') => {
                braces.pop();
            }
            Token::Word("crate" | "gongwen") if starts_path => match rest.peek() {
                Some((Token::Colons, _)) => segments(&mut rest, "crate", &mut out),
                Some((Token::Word("as"), _)) => out.push(Path {
                    line: *line,
                    root: "crate",
                    to: String::new(),
                    grouped: false,
                }),
                _ => {}
            },
            Token::Word("std") if starts_path => segments(&mut rest, "std", &mut out),
            Token::Word("super") => {
                let mut up = 1;
                let mut ahead = rest.clone();
                while let (Some((Token::Colons, _)), Some((Token::Word("super"), _))) =
                    (ahead.next(), ahead.next())
                {
                    rest = ahead.clone();
                    up += 1;
                }
                let depth = depth_of(file) + braces.iter().filter(|module| **module).count();
                if up >= depth {
                    segments(&mut rest, "crate", &mut out);
                }
            }
            _ => {}
        }
        module_ahead = false;
    }
    out
}

/// How many modules deep the file is: `text/mod.rs` 1, `text/fold.rs` 2.
fn depth_of(file: &str) -> usize {
    let parts = file.split('/').count();
    if file.ends_with("/mod.rs") {
        parts - 1
    } else {
        parts
    }
}

/// Reads what follows a root: `::name` or `::{name…, name…}`.
fn segments(
    rest: &mut Peekable<Iter<'_, (Token<'_>, usize)>>,
    root: &'static str,
    out: &mut Vec<Path>,
) {
    if rest.next_if(|(token, _)| *token == Token::Colons).is_none() {
        return;
    }
    let mut found = |token: &Token, line: usize, grouped: bool| {
        let to = match token {
            Token::Word(word) => (*word).to_owned(),
            Token::Other('*') => "*".to_owned(),
            _ => return,
        };
        out.push(Path {
            line,
            root,
            to,
            grouped,
        });
    };
    // A group is read here to its end, so that its braces are none of a block.
    if rest
        .next_if(|(token, _)| *token == Token::Other('{'))
        .is_none()
    {
        if let Some((token, line)) = rest.next() {
            found(token, *line, false);
        }
        return;
    }
    let mut depth = 1;
    let mut at_start = true;
    for (token, line) in rest {
        match token {
            Token::Other('{') => depth += 1,
            Token::Other('}') => {
                depth -= 1;
                if depth == 0 {
                    return;
                }
            }
            Token::Other(',') => at_start |= depth == 1,
            token if at_start && depth == 1 => {
                found(token, *line, true);
                at_start = false;
            }
            _ => {}
        }
    }
}

/// Words, `::` and other signs with their lines; without comments, texts, characters and lifetimes.
fn tokens(text: &str) -> Vec<(Token<'_>, usize)> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < bytes.len() {
        let rest = &text[at..];
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if let Some(length) = quoted(rest) {
            length
        } else if rest.starts_with("::") {
            out.push((Token::Colons, line));
            2
        } else {
            let word = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                .unwrap_or(rest.len());
            let first = rest.chars().next().unwrap_or_default();
            if word > 0 {
                out.push((Token::Word(&rest[..word]), line));
                word
            } else {
                if !first.is_whitespace() {
                    out.push((Token::Other(first), line));
                }
                first.len_utf8()
            }
        };
        line += text[at..at + length].matches('\n').count();
        at += length;
    }
    out
}

/// Length of the block comment that begins here; they nest.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0usize;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// Length of the text, character or lifetime that begins here.
fn quoted(rest: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|p| {
        rest.strip_prefix(p)
            .is_some_and(|r| r.starts_with(['"', '#', '\'']))
    })?;
    let body = &rest[prefix.len()..];
    if prefix.ends_with('r') {
        let hashes = body.len() - body.trim_start_matches('#').len();
        let inner = body[hashes..].strip_prefix('"')?;
        let end = format!("\"{}", "#".repeat(hashes));
        let close = inner.find(&end).map_or(inner.len(), |i| i + end.len());
        return Some(prefix.len() + hashes + 1 + close);
    }
    if body.starts_with('#') {
        return None;
    }
    let quote = body.chars().next()?;
    if quote == '\'' && prefix.is_empty() && !is_character(body) {
        // A lifetime: the word after it is none.
        let word = body[1..].find(|c: char| !(c.is_alphanumeric() || c == '_'));
        return Some(1 + word.unwrap_or(body.len() - 1));
    }
    let mut escaped = false;
    for (i, c) in body.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(prefix.len() + i + 1),
            _ => {}
        }
    }
    Some(rest.len())
}

/// Whether a `'` opens a character and not a lifetime: `'a'`, `'\n'`.
fn is_character(body: &str) -> bool {
    let mut chars = body.chars().skip(1);
    match chars.next() {
        Some('\\') => true,
        Some(_) => chars.next() == Some('\''),
        None => false,
    }
}
