//! E-mail addresses, half-width and full-width.

use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_han;
use crate::text::words::words;
use memchr::memchr2_iter;

/// An e-mail address as found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailFound {
    /// Where it stands.
    pub span: Span,
    /// Half-width, case kept.
    pub email: String,
}

/// Longest local part in characters, by RFC 5321, 4.5.3.1.1.
const MAX_LOCAL: usize = 64;
/// Longest domain in characters, by RFC 5321, 4.5.3.1.2.
const MAX_DOMAIN: usize = 255;

/// The e-mail addresses of `text`; a full-width ＠ or ． is as good as a half-width one.
///
/// ```
/// use gongwen::entity::contact::email::emails;
///
/// assert_eq!(emails("邮箱：Anquan_7＠163．com。")[0].email, "Anquan_7@163.com");
/// assert!(emails("Alice@abc").is_empty());
/// ```
#[must_use]
pub fn emails(text: &str) -> Vec<EmailFound> {
    let mut out: Vec<EmailFound> = Vec::new();
    // U+FF20 ＠ is EF BC A0
    for at in memchr2_iter(b'@', 0xa0, text.as_bytes()) {
        let at = match text.as_bytes()[at] {
            b'@' => at,
            _ if at >= 2 && text.get(at - 2..=at) == Some("＠") => at - 2,
            _ => continue,
        };
        let from = out.last().map_or(0, |last| last.span.end);
        if let Some(found) = around(text, at, from) {
            out.push(found);
        }
    }
    out
}

fn around(text: &str, at: usize, from: usize) -> Option<EmailFound> {
    let sign = text[at..].chars().next()?;
    // 邮箱：lilei @abc.gov.cn: a blank that was typed before the sign
    let head = text.get(from..at)?;
    let near = head.trim_end_matches(BLANKS);
    let head = match head.len() - near.len() <= 3 && is_whole_local(near) {
        true => near,
        false => head,
    };
    let mut start = from + head.len();
    for (i, c) in head.char_indices().rev().take(MAX_LOCAL) {
        if !is_local(fold(c)) {
            break;
        }
        start = from + i;
    }
    let mut local: String = head[start - from..].chars().map(fold).collect();
    while local.starts_with(['.', '-', '+', '%']) {
        local.remove(0);
        start += text[start..].chars().next()?.len_utf8();
    }
    let rest = at + sign.len_utf8();
    // lilei@ abc.cn: a blank that was typed behind the sign
    let blanks = text[rest..].len() - text[rest..].trim_start_matches(BLANKS).len();
    let rest = match blanks <= 3 {
        true => rest + blanks,
        false => rest,
    };
    let mut end = rest;
    let mut domain = String::new();
    for (i, c) in text[rest..].char_indices().take(MAX_DOMAIN) {
        let folded = fold(c);
        // lilei@163. com
        if BLANKS.contains(&folded) && ends_domain(&domain, &text[rest + i..]) {
            continue;
        }
        if !(folded.is_ascii_alphanumeric() || matches!(folded, '.' | '-')) {
            break;
        }
        domain.push(folded);
        end = rest + i + c.len_utf8();
    }
    while domain.ends_with(['.', '-']) {
        domain.pop();
        end -= text[..end].chars().next_back()?.len_utf8();
    }
    let labels: Vec<&str> = domain.split('.').collect();
    let top = labels.last()?;
    let valid = labels.len() > 1
        && labels.iter().all(|l| !l.is_empty())
        && top.len() > 1
        && top.bytes().all(|b| b.is_ascii_alphabetic());
    if local.is_empty() || local.ends_with('.') || !valid {
        return None;
    }
    Some(EmailFound {
        span: Span::new(start, end),
        email: format!("{local}@{domain}"),
    })
}

/// Whether what stands behind a blank within a domain can only be its end: 163. com, 126 .com.
fn ends_domain(domain: &str, rest: &str) -> bool {
    let rest = rest.trim_start_matches(BLANKS);
    let dotted = domain.ends_with('.');
    let rest = match rest.chars().next().map(fold) {
        Some('.') if !dotted && !domain.is_empty() => {
            rest[rest.find(char::is_alphanumeric).unwrap_or(0)..].trim_start_matches(BLANKS)
        }
        Some(_) if dotted && domain.len() > 1 => rest,
        _ => return false,
    };
    let end: String = rest
        .chars()
        .map(fold)
        .take(6)
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    words!["com", "cn", "net", "org", "gov", "edu"].hold(&end.to_ascii_lowercase())
}

/// Blanks that are typed into an address.
const BLANKS: [char; 3] = [' ', '\u{3000}', '\u{a0}'];

/// Whether the text ends in a local part that a colon or Han character stands before.
fn is_whole_local(text: &str) -> bool {
    let rest = text.trim_end_matches(|c: char| is_local(fold(c)));
    let rest = rest.trim_end_matches(BLANKS);
    rest.len() < text.len() && rest.ends_with(|c: char| fold(c) == ':' || is_han(c))
}

fn is_local(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%')
}
