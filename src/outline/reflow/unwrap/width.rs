//! The width at which a text was broken, and which of its lines are full.

use super::ends_sentence;
use super::marker;
use super::torn;
use crate::span::Span;
use crate::text::line;
use crate::text::line::Line;
use memchr::memchr;
use unicode_width::UnicodeWidthStr;

/// Widths, in characters, at which files are broken.
const WIDTHS: std::ops::RangeInclusive<usize> = 12..=WIDEST;
const WIDEST: usize = 64;
/// A line of fewer bytes is narrower than any width: no character fills more than it has bytes.
pub(in super::super) const FEWEST_BYTES: usize = 15;
/// Fewer lines show no width.
const FEWEST: usize = 8;

/// How the length of a line was measured when the text was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    /// In characters.
    Characters,
    /// In columns: a Han character is two.
    Columns,
}

/// Both, in the order in which they are tried.
const MEASURES: [Measure; 2] = [Measure::Characters, Measure::Columns];
/// The greater of their slacks.
const LARGEST_SLACK: usize = 5;

impl Measure {
    /// The line's length, the indent with it.
    fn len(self, text: &str, line: &Line) -> usize {
        let [characters, columns] = lens(text, line);
        match self {
            Measure::Characters => characters,
            Measure::Columns => columns,
        }
    }

    /// The same in characters, roughly, of a width.
    fn characters(self, width: usize) -> usize {
        match self {
            Measure::Characters => width,
            Measure::Columns => width / 2,
        }
    }

    /// How much shorter than the widest a line may be that was broken wherever the width fell: a Han character is never
    /// halved.
    fn least(self) -> usize {
        usize::from(self == Measure::Columns)
    }

    /// How much shorter than the widest a full line may be: a stop may not begin a line, a Han character not be halved.
    fn slack(self) -> usize {
        match self {
            Measure::Characters => 3,
            Measure::Columns => LARGEST_SLACK,
        }
    }
}

/// The width at which a text was broken.
#[derive(Clone, Copy)]
pub(super) struct Width {
    measure: Measure,
    /// The length of the widest line, what hangs over it aside.
    widest: usize,
    /// A line of this length or more is full.
    full: usize,
}

impl Width {
    /// Whether two more Han characters would have stood on the line.
    pub(super) fn has_room(self, text: &str, line: &Line) -> bool {
        let two = match self.measure {
            Measure::Characters => 2,
            Measure::Columns => 4,
        };
        self.measure.len(text, line) + two <= self.widest
    }

    /// Whether what begins the next line, which is not broken, would not have stood on this one: an opening bracket, a number
    /// or a word of letters.
    pub(super) fn is_full_before(self, text: &str, line: &Line, next: &Line) -> bool {
        let open = |c: char| matches!(c, '（' | '(' | '《' | '“' | '〔' | '【');
        let last = line.content.of(text).chars().next_back();
        let colon = |c: char| matches!(c, '：' | ':');
        let words = next.content.of(text);
        let counted = |c: char| c.is_ascii_digit() && !words.starts_with(open);
        if last.is_none_or(|c| ends_sentence(c) && !colon(c) || counted(c)) {
            return false;
        }
        let inner = words.trim_start_matches(open);
        let written = inner.trim_start_matches(|c: char| c.is_ascii_graphic());
        // of Han characters one more stands in the bracket; no closing mark begins a line
        let more = usize::from(inner.len() == written.len());
        let rest = match more {
            0 => written.trim_start_matches(['）', '》', '”', '〕', '】', '，', '、', '。']),
            _ => written,
        };
        let piece = &words[..words.len() - rest.len()];
        if piece.is_empty() {
            return false;
        }
        let piece = match self.measure {
            Measure::Characters => piece.chars().count() + more,
            Measure::Columns => piece.width_cjk() + 2 * more,
        };
        self.measure.len(text, line) + piece > self.widest
    }

    pub(super) fn fills(self, text: &str, line: &Line) -> bool {
        // “ and … fill two columns in a Chinese hand, one in others
        self.measure.len(text, line) >= self.full
            || self.measure == Measure::Columns && {
                let words = Span::new(line.whole.start, line.content.end).of(text);
                words.width_cjk() >= self.full
            }
    }
}

/// The line's length, the indent with it, in the order of [`MEASURES`].
fn lens(text: &str, line: &Line) -> [usize; MEASURES.len()] {
    let words = Span::new(line.whole.start, line.content.end).of(text);
    let bytes = words.as_bytes();
    let mut at = 0;
    // of one column, and in how many bytes; all others fill two and have three
    let mut narrow = 0;
    let mut of_narrow = 0;
    while let Some(first) = bytes.get(at) {
        let (columns, len) = match first {
            // most are ideographs from U+4000
            0xe4..=0xe9 => (2, 3),
            b' '..=b'~' => (1, 1),
            _ => match bytes[at..] {
                // U+3000 to U+3029, U+FF01 to U+FF60
                [0xe3, 0x80, 0x80..=0xa9, ..]
                | [0xef, 0xbc, 0x81..=0xbf, ..]
                | [0xef, 0xbd, 0x80..=0xa0, ..] => (2, 3),
                // U+2010 to U+2026, ·
                [0xe2, 0x80, 0x90..=0xa6, ..] => (1, 3),
                [0xc2, 0xb7, ..] => (1, 2),
                // what joins with its neighbours is for a table to say
                _ => return [words.chars().count(), words.width()],
            },
        };
        at += len;
        if columns == 1 {
            narrow += 1;
            of_narrow += len;
        }
    }
    let wide = (bytes.len() - of_narrow) / 3;
    [narrow + wide, narrow + 2 * wide]
}

/// A line that is not blank, as it is measured.
#[derive(Clone, Copy)]
struct Measured {
    /// In the order of [`MEASURES`]; what is far wider than any width is cut.
    lens: [u16; MEASURES.len()],
    ends_sentence: bool,
    /// Whether it ends with a stop or a closing mark, which may hang over the width.
    hangs: bool,
    line: Line,
}

/// How much a stop fills, in the order of [`MEASURES`].
const STOP: [u16; MEASURES.len()] = [1, 2];

/// The length of the widest line, less the stop or two that hang over where all of the widest end with one: a stop may
/// not begin a line.
fn less_hanging(lines: &[Measured], index: usize, widest: u16) -> u16 {
    let stop = STOP[index];
    let fits = |within: &u16| {
        let over = |l: &&Measured| l.lens[index] > *within;
        let fills =
            |l: &Measured| !l.hangs && l.lens[index] <= *within && l.lens[index] + stop > *within;
        lines.iter().filter(over).all(|l| l.hangs) && lines.iter().any(fills)
    };
    let mut narrower = [
        widest,
        widest.saturating_sub(stop),
        widest.saturating_sub(2 * stop),
    ]
    .into_iter();
    narrower.find(fits).unwrap_or(widest)
}

/// Whether the line is a row of a table: it is as long as it is.
pub(super) fn is_row(text: &str, line: &Line) -> bool {
    line.content.of(text).contains('\t')
}

/// The width at which the text is broken: the longest line's, when many lines are as long and most of them end within a
/// sentence. Of the two measures the one in which more lines are full.
pub(super) fn width(text: &str) -> Option<Width> {
    let mut lines: Vec<Measured> = Vec::with_capacity(64);
    let mut widest = MEASURES.map(|_| 0);
    let holds_rows = memchr(b'\t', text.as_bytes()).is_some();
    for line in line::each(text) {
        if line.is_blank() || holds_rows && is_row(text, &line) {
            continue;
        }
        let lens = lens(text, &line).map(|n| u16::try_from(n).unwrap_or(u16::MAX));
        for (widest, len) in widest.iter_mut().zip(lens) {
            *widest = len.max(*widest);
        }
        let last = line.content.of(text).chars().next_back();
        lines.push(Measured {
            lens,
            ends_sentence: last.is_some_and(ends_sentence),
            hangs: last
                .is_some_and(|c| ends_sentence(c) || matches!(c, '，' | '、' | '）' | '》' | '”')),
            line,
        });
    }
    if lines.len() < FEWEST {
        return None;
    }
    for (index, widest) in widest.iter_mut().enumerate() {
        *widest = less_hanging(&lines, index, *widest);
    }
    (0..MEASURES.len())
        .filter_map(|measure| in_measure(text, &lines, measure, usize::from(widest[measure])))
        .max_by_key(|(_, full)| *full)
        .map(|(width, _)| width)
}

/// A line of more columns is too long; no character fills more columns than it has bytes.
pub(in super::super) const WIDEST_COLUMNS: usize = WIDEST * 2 + 1;

/// Whether the line is longer than any that [`is_too_long`] has to measure: no character has more than four bytes.
pub(in super::super) fn is_surely_too_long(line: &Line) -> bool {
    line.content.len() > WIDEST * 4
}

/// Whether one such line is enough to say that the text is not broken at a width.
pub(in super::super) fn is_too_long(text: &str, line: &Line) -> bool {
    let [characters, columns] = lens(text, line);
    characters > WIDEST && columns > WIDEST_COLUMNS
}

/// The width in one of the measures, where that of the widest line is known, and how many lines are full in it.
fn in_measure(
    text: &str,
    lines: &[Measured],
    index: usize,
    widest: usize,
) -> Option<(Width, usize)> {
    let measure = MEASURES[index];
    if !WIDTHS.contains(&measure.characters(widest)) {
        return None;
    }
    let width = |full: usize| Width {
        measure,
        widest,
        full,
    };
    let mut within = 0;
    // how many lines are shorter than the widest by so much
    let mut shorter = [0usize; LARGEST_SLACK + 1];
    for line in lines {
        let less = widest.saturating_sub(usize::from(line.lens[index]));
        if less <= measure.slack() {
            shorter[less] += 1;
            within += usize::from(!line.ends_sentence);
        }
    }
    let alike = |slack: usize| shorter[..=slack].iter().sum::<usize>();
    let full = alike(measure.slack());
    // slogans are short lines of one length too, and hold no stops
    let stops = |l: &&Measured| l.line.content.of(text).contains(['。', '，', '；', '：']);
    if measure.characters(widest) < 15 && lines.iter().filter(stops).count() * 4 < full {
        return None;
    }
    if full < 5 || full * 4 < lines.len() || within * 10 < full * 6 {
        // in a short notice few lines are full, but those are as long to the character, and go on below
        let full = widest - measure.least();
        return chopped(text, lines, index, full).map(|n| (width(full), n));
    }
    // as little slack as four fifths of the full lines need; a Han character is never halved
    let slack = (measure.least()..measure.slack())
        .find(|s| alike(*s) * 5 >= full * 4)
        .unwrap_or(measure.slack());
    // of the two measures that is right in which more lines are as long as the widest
    Some((width(widest - slack), alike(measure.least())))
}

/// How long a line is that is longer than most headings, in the order of [`MEASURES`].
const LONG: [usize; MEASURES.len()] = [24, 48];

/// How many lines of this length or more go on on the next line; null where they are too few to show a width.
fn chopped(text: &str, lines: &[Measured], index: usize, full: usize) -> Option<usize> {
    let (mut exact, mut cut, mut prose, mut sure, mut told) = (0, 0, 0, 0, 0);
    for (i, measured) in lines.iter().enumerate() {
        if usize::from(measured.lens[index]) < full {
            continue;
        }
        exact += 1;
        let below = measured.line.whole.end;
        let Some(next) = lines.get(i + 1).filter(|n| n.line.whole.start == below) else {
            continue;
        };
        let words = next.line.content.of(text);
        // no paragraph begins with a stop or a closing bracket
        let stop = words.starts_with(['。', '，', '、', '；', '：', '）', '》', '”', '！', '？']);
        let begins = || marker::read(text, next.line.content).is_some_and(|m| !m.weak);
        if stop || !measured.ends_sentence && !is_indented(&next.line) && !begins() {
            cut += 1;
            let torn = || torn::is_torn(text, measured.line.content, next.line.whole);
            sure += usize::from(stop || torn());
            prose += usize::from(words.contains(['。', '；', '，', '：', '、']));
            // a clause above, the end of its sentence below
            let above = measured.line.content.of(text);
            told += usize::from(above.contains('，') && words.ends_with(['。', '；']));
        }
    }
    let many = cut >= 3 && cut * 10 >= exact * 6 && prose * 10 >= cut * 4;
    // all that are as long, and too long for headings of one length
    let few = full >= LONG[index] && cut == exact && told == cut;
    (many || cut >= 2 && (sure > 0 || few)).then_some(cut)
}

/// Whether the line begins with blanks, as the first of a paragraph may.
pub(super) fn is_indented(line: &Line) -> bool {
    line.content.start - line.whole.start >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_those_of_the_table() {
        for c in ('\0'..='\u{1f9ff}').filter(|c| *c != '\n') {
            let words = format!("甲{c}乙“a”");
            let line = line::lines(&words)[0];
            let counted = [words.chars().count(), words.width()];
            assert_eq!(lens(&words, &line), counted, "{c:?}");
        }
    }
}
