//! Decimal numbers of sections, as contingency plans and technical rules write them: 1 总则, 1.1 编制目的, 4.1.1.
//!
//! GB/T 1.1-2020, 7.3 numbers clauses so. 3.15, 6.5万元 and 2023.6.1 look alike, so such a number opens a section
//! only where it counts on from the numbers before it; and 1 with a blank behind it only where 1.1 follows below.

use super::marker::{Form, Marker, Style};
use super::paragraph::Paragraph;
use super::shape::Shape;
use crate::span::Span;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;
use crate::text::numeral;

/// More numbers than these are no section's.
const DEEPEST: usize = 4;

/// The numbers that a line begins with.
#[derive(Clone, Copy)]
pub(super) struct Number {
    parts: [u32; DEEPEST],
    depth: usize,
    marker: Span,
}

/// Finds the paragraphs that decimal numbers open, as they are read one after the other.
#[derive(Default)]
pub(super) struct Decimals {
    found: Vec<(usize, Number)>,
    chain: Chain,
    /// 2队伍 without a blank: a section where 2.1 stands below.
    close: Option<(usize, Number)>,
    /// The style that numbered the sections above such a one: 1.总则.
    counted: Option<Style>,
    /// Those sections that have that style.
    alike: Vec<(usize, Style)>,
}

impl Decimals {
    /// Takes the next paragraph, the one with this index. Most begin with no figure.
    #[inline]
    pub(super) fn take(&mut self, text: &str, index: usize, paragraph: &Paragraph) {
        let line = paragraph.content.of(text);
        if matches!(paragraph.shape, Shape::Text | Shape::Marked)
            && line.starts_with(numeral::is_figure)
            && !is_item(line.as_bytes())
        {
            self.take_figure(text, index, paragraph);
        } else if let Some(marker) = paragraph.marker {
            self.count(marker);
        }
    }

    fn take_figure(&mut self, text: &str, index: usize, paragraph: &Paragraph) {
        match read(text, paragraph.content) {
            Some(number) if self.chain.takes(&number) => {
                self.found.push((index, number));
                self.close = None;
            }
            Some(number) if self.below_close(&number) => {
                if let (Some((at, _)), Some(style)) = (self.close, self.counted) {
                    self.alike.push((at, style));
                }
                self.found.extend(self.close.take());
                self.found.push((index, number));
            }
            _ => {
                if let Some(marker) = paragraph.marker {
                    self.count(marker);
                }
                if let Some(number) = close(text, paragraph) {
                    self.close = Some((index, number));
                }
            }
        }
    }

    fn count(&mut self, marker: Marker) {
        if self.chain.counted(marker) {
            self.counted = Some(marker.style);
        }
    }

    /// Whether the number is the first below one that no blank parts from its name and that counts on.
    fn below_close(&mut self, number: &Number) -> bool {
        let Some((_, above)) = self.close else {
            return false;
        };
        let fits = number.depth == 2
            && number.parts[1] == 1
            && number.parts[0] == above.parts[0]
            && (self.chain.parts[0] + 1..=self.chain.parts[0] + 2).contains(&above.parts[0]);
        fits && self.chain.takes(&above) && self.chain.takes(number)
    }

    /// Marks those paragraphs, where there are enough of them.
    pub(super) fn mark(self, paragraphs: &mut [Paragraph]) {
        if self.found.iter().filter(|(_, n)| n.depth > 1).count() < 2 {
            return;
        }
        for (i, number) in self.found {
            let style = match number.depth {
                1 => Style::Decimal,
                2 => Style::DecimalTwo,
                3 => Style::DecimalThree,
                _ => Style::DecimalFour,
            };
            let style = self
                .alike
                .iter()
                .find(|(at, _)| *at == i)
                .map_or(style, |(_, style)| *style);
            let paragraph = &mut paragraphs[i];
            paragraph.shape = Shape::Marked;
            paragraph.marker = Some(Marker {
                span: number.marker,
                style,
                ordinal: number.parts[number.depth - 1],
                form: Form::Bare,
                weak: false,
            });
        }
    }
}

/// The count as far as it went.
#[derive(Default)]
struct Chain {
    parts: [u32; DEEPEST],
    depth: usize,
}

impl Chain {
    /// A section numbered otherwise (一、 1.) may be what decimals count below: 一、总则, 1.1 编制目的.
    fn counted(&mut self, marker: Marker) -> bool {
        let counts = matches!(marker.style, Style::HanDot | Style::ArabicDot) && !marker.weak;
        if counts {
            self.parts = [0; DEEPEST];
            self.parts[0] = marker.ordinal;
            self.depth = 1;
        }
        counts
    }

    /// Whether the number goes on with the count: the next sibling of an open level, or the first below the last.
    fn takes(&mut self, number: &Number) -> bool {
        let at = number.depth - 1;
        let above = at <= self.depth && number.parts[..at] == self.parts[..at];
        let before = if at < self.depth { self.parts[at] } else { 0 };
        let next = (before + 1..=before + 2).contains(&number.parts[at]);
        let fits = above && next || number.depth == 1 && number.parts[0] == 1;
        if fits {
            self.parts = number.parts;
            self.depth = number.depth;
        }
        fits
    }
}

/// The count of numbers as they are met one after the other, whatever stands between them.
#[derive(Default)]
pub(super) struct Run(Chain);

impl Run {
    /// Whether the number counts on from those before, or begins `anew`.
    pub(super) fn takes(&mut self, number: &Number, anew: bool) -> bool {
        let first = number.depth == 1 && number.parts[0] == 1;
        (anew || !first || self.0.depth == 0) && self.0.takes(number)
    }

    /// Takes a section numbered otherwise, below which decimals may count.
    pub(super) fn counted(&mut self, marker: Marker) {
        self.0.counted(marker);
    }
}

impl Number {
    /// The number at the start of the span, where a name follows it.
    pub(super) fn read(text: &str, span: Span) -> Option<Self> {
        read(text, span)
    }

    /// How many figures it has.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The first figure.
    pub(super) fn first(&self) -> u32 {
        self.parts[0]
    }

    /// Whether it is 1.1, 2.1.
    pub(super) fn is_first_below(&self) -> bool {
        self.depth == 2 && self.parts[1] == 1
    }

    /// Where it ends in the text.
    pub(super) fn end(&self) -> usize {
        self.marker.end
    }
}

/// The figure at the start of a short line whose name follows without a blank: 2组织体系.
fn close(text: &str, paragraph: &Paragraph) -> Option<Number> {
    let line = paragraph.content.of(text);
    if paragraph.shape != Shape::Text || line.len() > 90 {
        return None;
    }
    let digits: usize = line
        .chars()
        .take_while(|c| numeral::is_figure(*c))
        .take(3)
        .map(char::len_utf8)
        .sum();
    if digits == 0 || line.contains(['。', '，', '；', '：']) {
        return None;
    }
    let value = numeral::arabic(line.get(..digits)?)?;
    let named = line[digits..].chars().next().is_some_and(is_han);
    (named && (1..=30).contains(&value)).then(|| {
        let mut parts = [0; DEEPEST];
        parts[0] = value;
        Number {
            parts,
            depth: 1,
            marker: Span::new(0, digits).shifted(paragraph.content.start),
        }
    })
}

/// Whether a line begins as a section with a decimal number does; 3.15 晚会 looks so too.
pub(super) fn begins(text: &str, content: Span) -> bool {
    read(text, content).is_some()
}

fn read(text: &str, content: Span) -> Option<Number> {
    let line = content.of(text);
    if !numeral::is_figure(line.chars().next()?) || is_item(line.as_bytes()) {
        return None;
    }
    let mut parts = [0; DEEPEST];
    let mut depth = 0;
    let mut at = 0;
    loop {
        let digits: usize = line[at..]
            .chars()
            .take_while(|c| numeral::is_figure(*c))
            .take(3)
            .map(char::len_utf8)
            .sum();
        let value = numeral::arabic(&line[at..at + digits])?;
        if depth == DEEPEST || !(1..=99).contains(&value) {
            return None;
        }
        parts[depth] = value;
        depth += 1;
        at += digits;
        let mut rest = line[at..].chars();
        let more = rest.next().is_some_and(|c| matches!(c, '.' | '．'))
            && rest.next().is_some_and(numeral::is_figure);
        if !more {
            break;
        }
        at += line[at..].chars().next().map_or(0, char::len_utf8);
    }
    let stop = line[at..].chars().next()?;
    let (end, after) = match stop {
        '.' | '．' | '、' if depth > 1 => (at + stop.len_utf8(), &line[at + stop.len_utf8()..]),
        _ => (at, &line[at..]),
    };
    let words = after.trim_start_matches(is_blank);
    let first = words.chars().next()?;
    let apart = words.len() < after.len();
    // 1 总则 needs its blank; 1.1编制目的 is told from 6.5万元 by the count alone
    let named = first.is_alphabetic() || matches!(first, '“' | '《' | '（' | '(' | 'Ⅰ'..='Ⅻ');
    // 3.2 6月底前完成 has its figures apart
    let dated = apart && depth > 1 && is_dated(words);
    (dated || named && (apart || depth > 1)).then(|| Number {
        parts,
        depth,
        marker: Span::new(0, end).shifted(content.start),
    })
}

/// Whether the words begin with a figure and what it counts: 2023年, 6月, 100平方米.
fn is_dated(words: &str) -> bool {
    let figures = words.trim_start_matches(numeral::is_figure);
    figures.len() < words.len() && figures.starts_with(is_han)
}

/// Whether the line begins as most that begin with a figure: 1. and a word. Half-width only; the others are read.
fn is_item(line: &[u8]) -> bool {
    let figures = line.iter().take_while(|b| b.is_ascii_digit()).count();
    matches!(line.get(figures..), Some([b'.', 0xe4..=0xe9, ..]))
}

#[cfg(test)]
mod tests {
    use super::super::paragraph::paragraphs;

    fn marked(text: &str) -> Vec<&str> {
        let all = paragraphs(text);
        all.iter()
            .filter_map(|p| p.marker.map(|m| m.span.of(text)))
            .collect()
    }

    #[test]
    fn decimals_count_on() {
        let text = "1 总则\n1.1 目的\n1.2 依据\n2 队伍\n2.1 组成\n2.1.1 队长由甲担任。\n2.1.2 队员\n2.2 训练\n3 附则\n";
        let want = ["1", "1.1", "1.2", "2", "2.1", "2.1.1", "2.1.2", "2.2", "3"];
        assert_eq!(marked(text), want);
        let text = "1.总则\n1.1目的\n1.2依据\n2.队伍\n2.1.组成\n";
        assert_eq!(marked(text), ["1.", "1.1", "1.2", "2.", "2.1."]);
        let text = "1.总则\n1.1目的\n2队伍\n2.1组成\n2.2训练\n3.附则\n3.1解释\n";
        assert_eq!(marked(text), ["1.", "1.1", "2", "2.1", "2.2", "3.", "3.1"]);
        let text = "一、总则\n1.1 目的\n1.2 依据\n二、队伍\n2.1 组成\n";
        assert_eq!(marked(text), ["一、", "1.1", "1.2", "二、", "2.1"]);
    }

    #[test]
    fn figures_open_no_section() {
        for text in [
            "6.5万元用于宣传\n3.15 消费者日\n",
            "2023.6.1起\n2023.6.2止\n",
            "1 张三\n2 李四\n3 王五\n",
            "12 个村完成改水\n1.2 亿元已到位\n",
        ] {
            assert_eq!(marked(text), [""; 0], "{text}");
        }
        assert_eq!(marked("1.概况\n1.5米以下的树\n2.经过\n"), ["1.", "2."]);
    }
}
