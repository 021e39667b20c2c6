//! Text whose paragraphs stand on one line: parted again where a careful reader would.

use super::Builder;
use super::Reflow;
use super::ends_sentence;
use super::is_blank;
use super::kind;
use super::marker::STYLES;
use super::marker_at;
use super::opens_sections;
use super::quote;
use super::shape;
use super::shape::Shape;
use crate::outline::organ;
use crate::span::Span;
use crate::text::fold::holds_blank;
use crate::text::fold::is_han;
use crate::text::fold::marks;
use crate::text::line::Line;
use crate::text::numeral;

mod counted;
mod frame;
mod run_on;

use frame::Frame;

/// A shorter line holds no lost paragraphs, in bytes.
const SHORTEST: usize = 240;
/// So many organs sign one notice at most.
const MOST_SIGNERS: usize = 12;
/// A piece that may be a heading or a title holds at most so many characters.
const LONGEST_HEADING: usize = 60;

/// The text with lost paragraphs on lines of their own, or null where none is lost; only a line of [`SHORTEST`] bytes
/// may hold any.
pub(super) fn unflatten(text: &str, lines: impl Iterator<Item = Line>) -> Option<Reflow> {
    let cuts: Vec<Vec<Span>> = lines
        .filter(|line| line.content.len() >= SHORTEST)
        .filter_map(|line| cuts(text, line.content).or_else(|| run_on::cuts(text, line.content)))
        .collect();
    if cuts.is_empty() {
        return None;
    }
    let mut out = Builder::new(text);
    let mut from = 0;
    for cut in cuts.into_iter().flatten() {
        out.keep(Span::new(from, cut.start));
        out.feed();
        from = cut.end;
    }
    out.keep(Span::new(from, text.len()));
    Some(out.done())
}

/// A run of blanks within a line.
#[derive(Clone, Copy)]
struct Gap {
    span: Span,
    /// Two ideographic spaces or four others: as wide as an indent.
    wide: bool,
}

/// How wide a blank is.
fn columns(blank: char) -> usize {
    if blank == '\u{3000}' { 2 } else { 1 }
}

/// Where a line is to be parted: the blanks that go; null where it is left as it is.
fn cuts(text: &str, line: Span) -> Option<Vec<Span>> {
    if !holds_blank(line.of(text)) {
        return None;
    }
    let mut chunks = Chunks::new(text, line);
    // blanks behind a colon are as often those of a form to be filled in
    let after_sentence =
        |g: &Gap| before(text, g).is_some_and(|c| ends_sentence(c) && !is_colon(c));
    let mut indents = 0;
    let mut sections = 0;
    // how far markers of one style behind gaps count on from 1, skipping at most one
    let mut last = [0u32; STYLES.len()];
    let mut items = 0;
    // wide gaps, and whether a sentence stands before one of them
    let mut wide = 0;
    let mut sentence = false;
    // names of addressees, a number
    let mut framed = line.of(text).ends_with(is_colon);
    for gap in chunks.gaps() {
        let marker = marker_at(text, gap.span.end, line.end);
        let section = marker.is_some_and(|m| opens_sections(m.style));
        sections += usize::from(section);
        if gap.wide {
            wide += 1;
            sentence |= after_sentence(&gap);
            indents += usize::from(section || after_sentence(&gap));
        }
        framed |= before(text, &gap).is_some_and(is_colon);
        if let Some(marker) = marker {
            let count = &mut last[marker.style.rank()];
            if marker.ordinal > *count && marker.ordinal <= *count + 2 {
                *count = marker.ordinal;
                items = items.max(marker.ordinal);
            }
        }
    }
    if indents >= 2 || wide >= 4 && sentence && holds_part_alone(text, line, chunks.gaps()) {
        return Some(chunks.indents());
    }
    chunks.counted = counted::positions(text, chunks.gaps().map(|g| g.span), line.end);
    let in_frame = || {
        let mut frame = Frame::new(text, line);
        for gap in chunks.gaps() {
            frame.parts(&gap, after_sentence(&gap));
        }
        frame.is_whole(sections)
    };
    if sections >= 2
        || items >= 3
        || !chunks.counted.is_empty()
        || (framed || line.of(text).contains('号')) && in_frame()
    {
        let cuts = chunks.cuts();
        return (!cuts.is_empty()).then_some(cuts);
    }
    None
}

/// What stands before a gap.
fn before(text: &str, gap: &Gap) -> Option<char> {
    text[..gap.span.start].chars().next_back()
}

fn is_colon(c: char) -> bool {
    matches!(c, '：' | ':')
}

/// Whether a date, a number or 附件 stands alone behind one of the wide gaps, up to the next: with a sentence between two
/// others it shows that a line without sections is a whole notice.
fn holds_part_alone(text: &str, line: Span, gaps: impl Iterator<Item = Gap>) -> bool {
    let mut wide = gaps.filter(|gap| gap.wide);
    let Some(first) = wide.next() else {
        return false;
    };
    let mut from = first.span.end;
    let end = Span::new(line.end, line.end);
    wide.map(|gap| gap.span).chain([end]).any(|end| {
        let piece = Span::new(from, end.start);
        from = end.end;
        piece.len() <= 240
            && matches!(
                shape::shape(text, piece),
                Shape::Date | Shape::SignedDate | Shape::DocNumber | Shape::Attachment { .. }
            )
    })
}

/// What the shape of a piece says of the paragraphs around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// 附件 begins a paragraph.
    Attached,
    /// A date, a number, a mark of the header: it is a paragraph.
    Alone,
    /// Nothing.
    Nothing,
}

/// Decides at each single blank whether a paragraph ends there.
struct Chunks<'t> {
    text: &'t str,
    line: Span,
    /// Where decimal numbers open sections, in order.
    counted: Vec<usize>,
}

impl<'t> Chunks<'t> {
    fn new(text: &'t str, line: Span) -> Self {
        Self {
            text,
            line,
            counted: Vec::new(),
        }
    }

    /// The runs of blanks, in order.
    fn gaps(&self) -> impl Iterator<Item = Gap> + use<'t> {
        let start = self.line.start;
        // a tab parts cells, not paragraphs
        let mut blanks = marks(self.line.of(self.text))
            .filter(|(_, c)| is_blank(*c) && *c != '\t')
            .map(move |(i, c)| (start + i, c))
            .peekable();
        std::iter::from_fn(move || {
            let (start, first) = blanks.next()?;
            let mut end = start + first.len_utf8();
            let mut width = columns(first);
            while let Some((_, c)) = blanks.next_if(|(at, _)| *at == end) {
                end += c.len_utf8();
                width += columns(c);
            }
            Some(Gap {
                span: Span::new(start, end),
                wide: width >= 4,
            })
        })
    }

    fn cuts(&self) -> Vec<Span> {
        let mut out = Vec::new();
        let mut from = self.line.start;
        let mut in_body = false;
        let mut gaps = self.gaps().peekable();
        while let Some(gap) = gaps.next() {
            let chunk_end = gaps.peek().map_or(self.line.end, |g| g.span.start);
            let piece = Span::new(from, gap.span.start);
            let chunk = Span::new(gap.span.end, chunk_end);
            if self.parts(piece, chunk, in_body) {
                // below a date or 附件 a title may stand again
                let begins_anew = self.says(piece) != Says::Nothing;
                in_body = !begins_anew && (in_body || self.is_marked(piece));
                out.push(gap.span);
                from = gap.span.end;
            }
        }
        out
    }

    /// Every wide gap parts paragraphs, but for one within a label that was set apart (邮　　箱：); a single blank does
    /// before a marker.
    fn indents(&self) -> Vec<Span> {
        let mut from = self.line.start;
        let mut out = Vec::new();
        for gap in self.gaps() {
            let piece = Span::new(from, gap.span.start);
            let chunk = Span::new(gap.span.end, self.line.end);
            let parts = if gap.wide {
                !self.is_label_set_apart(piece, chunk)
            } else {
                self.parts_item(piece, chunk)
            };
            if parts {
                out.push(gap.span);
                from = gap.span.end;
            }
        }
        out
    }

    fn is_label_set_apart(&self, piece: Span, chunk: Span) -> bool {
        let tail = self.tail(piece);
        let single = tail
            .chars()
            .rev()
            .take_while(|c| !is_blank(*c))
            .take(2)
            .count()
            == 1;
        let colon = chunk
            .of(self.text)
            .chars()
            .nth(1)
            .is_some_and(|c| matches!(c, '：' | ':'));
        single && (piece.of(self.text).chars().nth(1).is_none() || colon)
    }

    /// Whether a marker at the start of `chunk` begins a paragraph below `piece`.
    fn parts_item(&self, piece: Span, chunk: Span) -> bool {
        let short = piece.len() <= LONGEST_HEADING * 4;
        self.is_marked(chunk)
            && !(short && quote::unbalanced(piece.of(self.text)))
            && (!self.is_marked(piece) || self.holds_words(piece))
    }

    /// Whether `chunk` begins a paragraph below the one that `piece` is.
    fn parts(&self, piece: Span, chunk: Span, in_body: bool) -> bool {
        // only the end of a long piece can tell; a bound keeps this linear
        if self
            .tail(piece)
            .chars()
            .next_back()
            .is_some_and(ends_sentence)
        {
            return true;
        }
        let short = piece.len() <= LONGEST_HEADING * 4;
        let words = if short { piece.of(self.text) } else { "" };
        if quote::unbalanced(words) || self.is_set_apart(piece, chunk) {
            return false;
        }
        if self.is_marked(chunk) {
            return !self.is_marked(piece) || self.holds_words(piece);
        }
        let next = self.head(chunk).of(self.text);
        let row = next.contains('\t') || self.tail(piece).contains('\t');
        if row
            || self.says(chunk) != Says::Nothing
            || self.says(piece) == Says::Alone
            || self.signs(chunk)
            || self.opens(next)
            || short && shape::is_label(words) && labels(next)
        {
            return true;
        }
        let title = !in_body && (kind::ends_as_title(words) || self.addresses(chunk));
        let heading = self.is_marked(piece)
            && words.chars().count() <= LONGEST_HEADING
            && self.holds_words(piece)
            && !words.contains('。')
            // …，清出隔离带 5 公里: a figure set apart in a sentence
            && !(words.contains('，')
                && (next.starts_with(numeral::is_figure) || words.ends_with(numeral::is_figure)))
            && !(words.contains(['：', ':']) && self.is_end_of_heading(chunk));
        short && (title || heading)
    }

    /// Whether the chunk has no stop and an item follows: 一、主题：人人护林 人人防火 二、时间.
    fn is_end_of_heading(&self, chunk: Span) -> bool {
        let words = chunk.of(self.text);
        let behind = self.text[chunk.end..self.line.end].trim_start_matches(is_blank);
        chunk.len() <= LONGEST_HEADING
            && !words.contains(['，', '。', '；', '：', ':'])
            && self.is_marked(Span::new(self.line.end - behind.len(), self.line.end))
    }

    /// 总　则: the characters of one word set apart.
    fn is_set_apart(&self, piece: Span, chunk: Span) -> bool {
        let mut before = self.tail(piece).chars().rev();
        let (last, gap) = (before.next(), before.next());
        let single = last.is_some_and(is_han) && gap.is_none_or(is_blank);
        let mut after = self.text[chunk.start..].chars();
        let (first, next) = (after.next(), after.next());
        single && first.is_some_and(is_han) && next.is_none_or(is_blank)
    }

    /// Whether the chunk is a list of addressees.
    fn addresses(&self, chunk: Span) -> bool {
        let names = chunk.of(self.text);
        chunk.len() <= LONGEST_HEADING * 12
            && names.starts_with('各')
            && names.ends_with(['：', ':'])
    }

    /// Whether the chunk is an organ with a date behind it, or with other organs and then a date.
    fn signs(&self, chunk: Span) -> bool {
        let mut organ = chunk;
        for _ in 0..MOST_SIGNERS {
            let name = organ.of(self.text);
            if organ.len() > LONGEST_HEADING * 3 || !organ::is_organ(name) {
                return false;
            }
            let behind = self.text[organ.end..self.line.end].trim_start_matches(is_blank);
            if behind.starts_with(|c: char| numeral::digit(c).is_some() || numeral::is_figure(c)) {
                return shape::date_len(behind).is_some();
            }
            let start = self.line.end - behind.len();
            let mut bound = (start + LONGEST_HEADING * 3 + 4).min(self.line.end);
            while !self.text.is_char_boundary(bound) {
                bound -= 1;
            }
            let next = Span::new(start, bound);
            let Some(len) = next.of(self.text).find(is_blank) else {
                return false;
            };
            organ = Span::new(start, start + len);
        }
        false
    }

    /// Whether lines begin with these words and sentences do not.
    fn opens(&self, next: &str) -> bool {
        const WORDS: [&str; 6] = ["（此件", "(此件", "（联系人", "(联系人", "联系人", "抄送"];
        shape::is_label(next) || WORDS.iter().any(|w| next.starts_with(w))
    }

    fn says(&self, span: Span) -> Says {
        if span.len() > 200 {
            return Says::Nothing;
        }
        match shape::shape(self.text, span) {
            Shape::Attachment { .. } => Says::Attached,
            Shape::Date | Shape::DocNumber | Shape::Header => Says::Alone,
            Shape::Bracketed if shape::bracketed_number(self.text, span).is_some() => Says::Alone,
            _ => Says::Nothing,
        }
    }

    fn is_marked(&self, span: Span) -> bool {
        // 二 、 is one marker, whatever blank stands within
        self.is_counted(span) || marker_at(self.text, span.start, self.line.end).is_some()
    }

    /// Whether a decimal number opens a section at the start of the span.
    fn is_counted(&self, span: Span) -> bool {
        self.counted.binary_search(&span.start).is_ok()
    }

    fn tail(&self, piece: Span) -> &'t str {
        let mut start = piece.end.saturating_sub(16).max(piece.start);
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        Span::new(start, piece.end).of(self.text)
    }

    fn head(&self, chunk: Span) -> Span {
        let mut end = chunk.end.min(chunk.start + 200);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        Span::new(chunk.start, end)
    }

    /// Whether more than the marker stands in the piece: 2、 主要活动 is one paragraph.
    fn holds_words(&self, piece: Span) -> bool {
        if self.is_counted(piece) {
            let figures = |c: char| c.is_ascii_digit() || matches!(c, '.' | '．') || is_blank(c);
            return !piece.of(self.text).trim_matches(figures).is_empty();
        }
        super::marker::read(self.text, self.head(piece)).is_some_and(|m| m.span.end < piece.end)
    }
}

/// Whether the words begin with a short label: 时限要求：持续推进.
fn labels(words: &str) -> bool {
    let colon = words.chars().take(7).position(|c| matches!(c, '：' | ':'));
    colon.is_some_and(|at| at >= 2 && words.chars().take(at).all(is_han))
}

#[cfg(test)]
mod tests;
