//! Titles that fill their line: what stands below them is a paragraph of its own.

use super::kind;
use crate::outline::marker;
use crate::outline::quote;
use crate::span::Span;
use crate::text::fold;
use crate::text::words::words;

/// Whether the paragraph `above`, as far as it goes, is a title, and the line `next` below it begins the body: a sentence.
pub(super) fn ends(text: &str, above: Span, next: Span) -> bool {
    let (title, below) = (above.of(text), next.of(text));
    if !kind::ends_as_title(title)
        || title.contains(['。', '；', '：', '，'])
        || quote::unbalanced(title)
    {
        return false;
    }
    let is_first = fold::trimmed_start(&text[..above.start]).is_empty();
    if is_first {
        return begins_body(below);
    }
    // below a signature a title begins as no sentence does
    words!["为", "根据", "按照", "依据", "第一"].begin(below)
        && !words![
            "为", "根据", "按照", "依据", "现", "各", "请", "本", "要", "并", "和"
        ]
        .begin(title)
        && marker::read(text, above).is_none()
}

/// Whether a line below a title goes on with none: it tells or addresses, and ends as no title does.
fn begins_body(below: &str) -> bool {
    !below.starts_with(['的', '》', '）', ')', '”', '（', '('])
        && !kind::ends_as_title(below)
        && (below.contains(['，', '。', '：', '、'])
            || words!["各", "为", "根据", "按照", "现"].begin(below))
}
