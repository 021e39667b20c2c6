//! Where 《…》 stands: the outermost pairs, whatever is nested or left open.

use crate::span::Span;
use crate::text::letter::is_alphanumeric;
use memchr::memchr_iter;

/// A title is at most so many bytes long, its brackets included.
const MAX_TITLE: usize = 900;
/// A title is broken over at most so many lines.
const MAX_BREAKS: usize = 4;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// 《
    Open,
    /// 》
    Close,
    /// 〈
    OpenInner,
    /// 〉
    CloseInner,
}

/// The outermost 《…》 of `text` in order, brackets included. An opening bracket that nothing closes within a
/// title's length is passed over, and so is what stands alone in 〈〉.
pub(super) fn titles(text: &str) -> Vec<Span> {
    let signs = signs(text);
    let mut pairs: Vec<Span> = Vec::new();
    let mut open: Vec<(usize, Sign)> = Vec::new();
    for (n, &(at, sign)) in signs.iter().enumerate() {
        match sign {
            Sign::Open | Sign::OpenInner => open.push((at, sign)),
            Sign::Close => {
                if matches!(open.last(), Some((_, Sign::OpenInner))) {
                    let outer = open.iter().rev().take(4).any(|(_, s)| *s == Sign::Open);
                    // 《关于印发〈甲》的通知》: the first 》 closes the inner title
                    if outer && close_follows(text, &signs, n) {
                        open.pop();
                        continue;
                    }
                    // 〈 that nothing closes
                    while matches!(open.last(), Some((_, Sign::OpenInner))) {
                        open.pop();
                    }
                }
                if let Some((from, _)) = open.pop() {
                    push(text, &mut pairs, from, at);
                }
            }
            Sign::CloseInner => match open.last() {
                Some((_, Sign::OpenInner)) => {
                    open.pop();
                }
                // 《实施方案〉: closed by the wrong bracket
                Some(&(from, Sign::Open)) if !close_follows(text, &signs, n) => {
                    open.pop();
                    push(text, &mut pairs, from, at);
                }
                _ => {}
            },
        }
        // a stack of brackets that nothing closes is no nesting: only the innermost few count
        if open.len() > 64 {
            open.drain(..32);
        }
    }
    outermost(pairs)
}

fn signs(text: &str) -> Vec<(usize, Sign)> {
    // 〈〉《》 are E3 80 88 to E3 80 8B
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut each = memchr::memmem::find_iter(bytes, b"\xe3\x80");
    for at in &mut each {
        let sign = match bytes.get(at + 2) {
            Some(0x88) => Sign::OpenInner,
            Some(0x89) => Sign::CloseInner,
            Some(0x8a) => Sign::Open,
            Some(0x8b) => Sign::Close,
            _ => continue,
        };
        out.push((at, sign));
    }
    out
}

/// Whether the next bracket after sign `n` is a 》 of the same sentence.
fn close_follows(text: &str, signs: &[(usize, Sign)], n: usize) -> bool {
    let (at, _) = signs[n];
    let Some(&(next, Sign::Close)) = signs.get(n + 1) else {
        return false;
    };
    next - at < 150 && !text[at..next].contains(['。', '\n', '；'])
}

fn push(text: &str, pairs: &mut Vec<Span>, from: usize, at: usize) {
    let span = Span::new(from, at + '》'.len_utf8());
    if span.len() <= MAX_TITLE && is_one_title(span.of(text)) {
        pairs.push(span);
    }
}

/// Whether the words can be one title: not empty, not over the end of a paragraph.
fn is_one_title(surface: &str) -> bool {
    let inner = surface
        .trim_start_matches('《')
        .trim_end_matches(['》', '〉']);
    if !inner.chars().any(is_alphanumeric) {
        return false;
    }
    let mut breaks = 0;
    for at in memchr_iter(b'\n', inner.as_bytes()) {
        breaks += 1;
        let before = inner[..at].trim_end();
        if breaks > MAX_BREAKS || before.ends_with(['。', '；', '：', '！', '？']) {
            return false;
        }
    }
    true
}

/// Pairs come innermost first; those within another are dropped.
fn outermost(mut pairs: Vec<Span>) -> Vec<Span> {
    pairs.sort_by_key(|p| (p.start, std::cmp::Reverse(p.end)));
    let mut out: Vec<Span> = Vec::new();
    for pair in pairs {
        if out.last().is_none_or(|last| pair.start >= last.end) {
            out.push(pair);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        titles(text).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn nesting_and_slips() {
        assert_eq!(
            found("《甲〈乙〉的通知》和《丙》"),
            ["《甲〈乙〉的通知》", "《丙》"]
        );
        assert_eq!(found("《甲《乙》的通知》"), ["《甲《乙》的通知》"]);
        assert_eq!(found("《甲〈乙》的通知》要求"), ["《甲〈乙》的通知》"]);
        assert_eq!(found("《甲〈乙》要求。《丙》"), ["《甲〈乙》", "《丙》"]);
        assert_eq!(found("《甲〉的要求"), ["《甲〉"]);
        assert_eq!(found("《关于印发《乙》的通知"), ["《乙》"]);
        assert_eq!(found("《甲\n方案》"), ["《甲\n方案》"]);
        for none in [
            "〈甲〉",
            "《》",
            "《  》",
            "《____》",
            "甲》",
            "《甲",
            "《甲。\n二、乙》",
        ] {
            assert!(found(none).is_empty(), "{none}");
        }
    }

    #[test]
    fn a_flood_is_passed_over() {
        assert_eq!(found(&"《".repeat(100_000)), [""; 0]);
        assert_eq!(found(&"》".repeat(100_000)), [""; 0]);
        let text = format!("{}甲》", "《〈".repeat(50_000));
        assert_eq!(found(&text).len(), 1);
    }
}
