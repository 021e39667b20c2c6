//! Titles that fill their line: what stands below them is a paragraph of its own.

use super::kind;
use super::shape;
use super::shape::Shape;
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
    let before = fold::trimmed_end(&text[..above.start]);
    let from = before.rfind('\n').map_or(0, |at| at + 1);
    let line = Span::new(from, before.len()).trimmed(text);
    // at the start of the text, below the number or the date of the cover
    let parts = |shape| matches!(shape, Shape::Date | Shape::DocNumber);
    if line.is_empty() || parts(shape::shape(text, line)) {
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
