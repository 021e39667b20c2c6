//! What a careful official would remark on a notice: the record's own diagnostics, and the finer ones of `gongwen check`.
//!
//! Records carry what their readers need to know: structure, bytes, regions and dates that could not be settled. Here
//! stands what concerns only who corrects the notice; where it says the same more exactly (`date-impossible` for
//! `unresolved-date`, `bracket-mismatch` for `mixed-numbering`) it takes the other's place.

mod calendar;
mod closing;
mod edition;
mod reach;
mod structure;

use super::notice::Notice;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::outline;
use crate::outline::Outline;
use crate::outline::reflow::Reflow;
use crate::span::CharSpan;
use crate::span::Span;

/// All that is odd in the notice, in the order of the text; nothing where it is as it should be. Spans are bytes of
/// the record's text.
///
/// ```
/// let text = "关于召开会议的通知\n各科室：\n定于2023年6月16日（星期四）开会。\n甲县应急管理局\n2023年6月1日\n";
/// let extraction = gongwen::extract(text.as_bytes(), &gongwen::Options::of_path("a.txt"));
/// let remarks = gongwen::record::check(&extraction.notices[0]);
/// assert_eq!(remarks[0].code.as_str(), "weekday-mismatch");
/// assert_eq!(remarks.len(), 1);
/// ```
#[must_use]
pub fn check(notice: &Notice) -> Vec<Diagnostic> {
    let (reflow, outline) = outline::read_restored(&notice.text);
    let text = reflow.as_ref().map_or(&notice.text, |r| &r.text);
    let reading = Reading {
        notice,
        text,
        outline: &outline,
        offsets: offsets(&notice.text),
        reflow: reflow.as_ref(),
    };
    let mut found: Vec<Diagnostic> = notice
        .diagnostics
        .iter()
        .map(|d| Diagnostic::new(d.code, reading.bytes(d.span), d.message.clone()))
        .collect();
    structure::brackets(&reading, &mut found);
    structure::empty_headings(&reading, &mut found);
    structure::missing_units(&reading, &mut found);
    closing::closing(&reading, &mut found);
    closing::doc_number(&reading, &mut found);
    calendar::impossible(&reading, &mut found);
    calendar::weekdays(&reading, &mut found);
    calendar::years(&reading, &mut found);
    edition::editions(&reading, &mut found);
    reach::contacts(&reading, &mut found);
    if let Some(reflow) = &reflow {
        for remark in &mut found {
            remark.span = reflow.original(remark.span);
        }
    }
    found.sort_by_key(|d| (d.span, d.code));
    found.dedup_by_key(|d| (d.span, d.code));
    found
}

/// A notice with the structure of its text, and the way from the record's code points back to bytes.
struct Reading<'n> {
    notice: &'n Notice,
    /// The text with its paragraphs restored, as the record's finders read it.
    text: &'n str,
    outline: &'n Outline,
    /// Byte offset of each code point of the record's text, and of the end.
    offsets: Vec<usize>,
    reflow: Option<&'n Reflow>,
}

fn offsets(text: &str) -> Vec<usize> {
    text.char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect()
}

impl Reading<'_> {
    /// Where a span of the record stands in the text that is read.
    fn bytes(&self, span: CharSpan) -> Span {
        let last = self.offsets.last().copied().unwrap_or_default();
        let at = |n: usize| self.offsets.get(n).copied().unwrap_or(last);
        let Some(reflow) = self.reflow else {
            return Span::new(at(span.0), at(span.1));
        };
        let start = reflow.reflowed(at(span.0));
        // the end is behind the last character, which may stand before a break
        let mut end = match span.1.checked_sub(1) {
            Some(last) if last >= span.0 => {
                let width = at(span.1) - at(last);
                reflow.reflowed(at(last)) + width
            }
            _ => start,
        };
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        Span::new(start, end)
    }

    /// Whether the text was cut, so that what is missing may have stood in the rest.
    fn is_cut(&self) -> bool {
        self.notice
            .diagnostics
            .iter()
            .any(|d| d.code == Code::Truncated)
    }

    /// The sentence, or the line, that `span` stands in: from the stop before it to the stop behind, and no farther than
    /// [`SENTENCE`] on either side.
    fn sentence(&self, span: Span) -> &str {
        let stops = ['。', '；', '\n'];
        let boundary = |mut at: usize| {
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let from = boundary(span.start.saturating_sub(SENTENCE));
        let to = boundary((span.end + SENTENCE).min(self.text.len()));
        let before = Span::new(from, span.start).of(self.text);
        let after = Span::new(span.end, to).of(self.text);
        let start = before.rfind(stops).map_or(from, |at| from + at);
        let end = after.find(stops).map_or(to, |at| span.end + at);
        Span::new(start, end)
            .of(self.text)
            .trim_start_matches(stops)
    }
}

/// So many bytes before and behind a place are read as its sentence.
const SENTENCE: usize = 600;
