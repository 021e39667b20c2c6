//! Glyphs become lines: those on one baseline, from left to right, with blanks where the gaps are wide.

use super::Glyph;
use crate::text::fold::is_blank;

/// One line of characters, not yet part of a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// Without blanks at its ends; never empty.
    pub(super) text: String,
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// The baseline.
    pub(super) y: f32,
    /// The size of most of its characters.
    pub(super) size: f32,
    /// How wide its first unbreakable part is: what must fit on the line before if that is to be broken later.
    pub(super) head: f32,
    /// Where the first characters begin.
    pub(super) stops: Vec<f32>,
    /// The parts between gaps wider than an em and a half.
    pub(super) segments: Vec<Segment>,
    /// Gaps narrower than those, where two columns may meet.
    pub(super) seams: Vec<Seam>,
    /// Whether a blank stands behind it.
    pub(super) ends_blank: bool,
    pub(super) is_red: bool,
}

/// A gap between two characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seam {
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// The byte of the line's text behind it.
    pub(super) at: usize,
}

/// A part of a line with no wide gap in it.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// Bytes of the line's text.
    pub(super) text: std::ops::Range<usize>,
}

impl Line {
    /// The text of a segment, without blanks at its ends.
    pub(super) fn part(&self, segment: &Segment) -> &str {
        self.text
            .get(segment.text.clone())
            .unwrap_or_default()
            .trim_matches(is_blank)
    }
}

/// How many stops of a line are kept.
const STOPS: usize = 16;

/// The lines of these glyphs from top to bottom.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    let mut row: Vec<Glyph> = Vec::new();
    let mut base = Glyph {
        size: 0.0,
        ..glyphs.first().copied().unwrap_or(EMPTY)
    };
    for glyph in glyphs {
        let reach = 0.4
            * base
                .size
                .min(glyph.size)
                .max(0.5 * base.size.max(glyph.size));
        if !row.is_empty() && glyph.y - base.y > reach {
            rows.push(std::mem::take(&mut row));
            base.size = 0.0;
        }
        if glyph.size > base.size {
            base = glyph;
        }
        row.push(glyph);
    }
    rows.push(row);
    for at in 1..rows.len() {
        let (before, after) = rows.split_at_mut(at);
        if let (Some(above), Some(below)) = (before.last_mut(), after.first_mut()) {
            if is_raised(above, below) {
                below.append(above);
            } else if is_raised(below, above) {
                above.append(below);
                std::mem::swap(above, below);
            }
        }
    }
    rows.iter_mut().filter_map(|row| line(row)).collect()
}

/// Marks of notes and the like have few characters.
const MAX_RAISED: usize = 4;

/// Whether the few small glyphs of a row are set above or below the line of the other, in its gaps or at its end.
fn is_raised(small: &[Glyph], line: &[Glyph]) -> bool {
    if small.len() > 4 * MAX_RAISED {
        return false;
    }
    let Some(size) = line.iter().map(|g| g.size).max_by(f32::total_cmp) else {
        return false;
    };
    let inked = |row: &[Glyph]| row.iter().filter(|g| !is_blank(g.c)).count();
    let Some(base) = line.iter().find(|g| g.size >= 0.9 * size) else {
        return false;
    };
    let is_beside = |g: &Glyph| {
        let middle = g.x + 0.5 * g.width;
        let is_near = |x: f32, room: f32| (x - middle).abs() < g.width + room;
        g.size < 0.7 * size
            && (g.y - base.y).abs() < 0.55 * size
            && line
                .iter()
                .all(|l| is_blank(l.c) || middle <= l.x || middle >= l.x + l.width)
            && line.iter().any(|l| is_near(l.x + l.width, 0.3 * size))
    };
    (1..=MAX_RAISED).contains(&inked(small))
        && inked(line) > inked(small)
        && small.iter().all(is_beside)
}

const EMPTY: Glyph = Glyph {
    c: ' ',
    x: 0.0,
    y: 0.0,
    width: 0.0,
    size: 0.0,
    turns: 0,
    is_red: false,
};

/// The line of glyphs on one baseline.
fn line(row: &mut [Glyph]) -> Option<Line> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let inked: Vec<usize> = distinct(row);
    let (first, last) = (*inked.first()?, *inked.last()?);
    let size = common_size(row, &inked);
    let mut gaps: Vec<f32> = inked
        .windows(2)
        .map(|pair| gap(&row[pair[0]], &row[pair[1]]))
        .collect();
    let usual = super::quantile(&mut gaps, 0.5).clamp(0.0, size);
    let main = inked.iter().map(|&i| row[i]).find(|g| g.size >= 0.9 * size);
    let mut line = Line {
        x0: row[first].x,
        x1: row[last].x + row[last].width,
        y: main.map_or(row[first].y, |g| g.y),
        size,
        ends_blank: row[last + 1..].iter().any(|g| is_blank(g.c)),
        is_red: inked.iter().filter(|&&i| row[i].is_red).count() * 2 > inked.len(),
        ..Line::default()
    };
    let mut start = (0, line.x0);
    let mut before: Option<usize> = None;
    for &i in &inked {
        let glyph = row[i];
        if let Some(b) = before {
            let wide = gap(&row[b], &glyph) - usual;
            let blank = row[b + 1..i].iter().find(|g| is_blank(g.c));
            if wide > 1.5 * size {
                line.segments.push(Segment {
                    x0: start.1,
                    x1: row[b].x + row[b].width,
                    text: start.0..line.text.len(),
                });
                line.text.push(' ');
                start = (line.text.len(), glyph.x);
            } else if let Some(blank) = blank {
                // a blank drawn in no room is a trace of the writer's, not a blank that is seen
                if gap(&row[b], &glyph) > 0.08 * size {
                    line.text.push(if blank.c == '\u{3000}' {
                        '\u{3000}'
                    } else {
                        ' '
                    });
                }
            } else if wide
                > if is_western(row[b].c) && is_western(glyph.c) {
                    0.22
                } else {
                    0.8
                } * size
            {
                line.text.push(' ');
            }
        }
        if let Some(b) = before
            && gap(&row[b], &glyph) > 0.3 * size
            && start.0 != line.text.len()
        {
            line.seams.push(Seam {
                x0: row[b].x + row[b].width,
                x1: glyph.x,
                at: line.text.len(),
            });
        }
        if line.stops.len() < STOPS {
            line.stops.push(glyph.x);
        }
        line.text.push(glyph.c);
        before = Some(i);
    }
    line.segments.push(Segment {
        x0: start.1,
        x1: line.x1,
        text: start.0..line.text.len(),
    });
    line.head = head(row, &inked);
    Some(line)
}

/// The places of the glyphs that are no blanks and not drawn again over themselves, as bold is imitated.
fn distinct(row: &[Glyph]) -> Vec<usize> {
    let mut inked: Vec<usize> = Vec::with_capacity(row.len());
    for (i, glyph) in row.iter().enumerate().filter(|(_, g)| !is_blank(g.c)) {
        let again = inked.iter().rev().take(2).any(|&b| {
            row[b].c == glyph.c
                && (glyph.x - row[b].x).abs() < 0.25 * glyph.size.min(glyph.width.max(0.1) * 2.0)
        });
        if !again {
            inked.push(i);
        }
    }
    inked
}

fn gap(a: &Glyph, b: &Glyph) -> f32 {
    b.x - a.x - a.width
}

fn common_size(row: &[Glyph], inked: &[usize]) -> f32 {
    let mut sizes: Vec<f32> = inked.iter().map(|&i| row[i].size).collect();
    super::quantile(&mut sizes, 0.5)
}

/// How wide the first unbreakable part is: a western word, or one character with the marks that may not stand alone.
fn head(row: &[Glyph], inked: &[usize]) -> f32 {
    let mut glyphs = inked.iter().map(|&i| row[i]).peekable();
    let Some(first) = glyphs.peek().copied() else {
        return 0.0;
    };
    let mut end = first.x + first.width;
    let mut before: Option<Glyph> = None;
    for glyph in glyphs {
        if let Some(b) = before {
            // by UAX #14 a quotation mark is not broken from either side
            let is_bound = opens(b.c)
                || closes(glyph.c)
                || matches!(glyph.c, '“' | '‘')
                || matches!(b.c, '”' | '’')
                || (is_western(b.c) && is_western(glyph.c) && gap(&b, &glyph) < 0.15 * glyph.size);
            if !is_bound {
                break;
            }
        }
        end = glyph.x + glyph.width;
        before = Some(glyph);
    }
    end - first.x
}

/// Whether it is a letter, digit or mark of western text, which is not broken between any two.
pub(super) fn is_western(c: char) -> bool {
    c.is_ascii_graphic() || matches!(c, '\u{c0}'..='\u{24f}')
}

/// Whether the mark may not end a line.
pub(super) fn opens(c: char) -> bool {
    matches!(
        c,
        '“' | '‘' | '（' | '《' | '〈' | '「' | '『' | '【' | '〔' | '(' | '[' | '［' | '〖'
    )
}

/// Whether the mark may not begin a line.
pub(super) fn closes(c: char) -> bool {
    matches!(
        c,
        '”' | '’'
            | '）'
            | '》'
            | '〉'
            | '」'
            | '』'
            | '】'
            | '〕'
            | ')'
            | ']'
            | '］'
            | '〗'
            | '，'
            | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '．'
            | ','
            | '.'
            | ';'
            | ':'
            | '!'
            | '?'
            | '％'
            | '%'
            | '…'
            | '—'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str, x: f32, y: f32, size: f32) -> Vec<Glyph> {
        let place = |(i, c)| Glyph {
            c,
            x: x + size * i as f32,
            y,
            width: size,
            size,
            ..EMPTY
        };
        text.chars().enumerate().map(place).collect()
    }

    fn texts(rows: &[Vec<Glyph>]) -> Vec<String> {
        lines(rows.concat()).into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn marks_of_notes_stay_in_their_line() {
        let rows = [
            row("各村要在汛前", 0.0, 100.0, 16.0),
            row("①", 96.0, 94.0, 8.0),
            row("完成检查", 104.0, 100.0, 16.0),
            row("并登记。", 0.0, 128.0, 16.0),
            row("2", 64.0, 131.0, 6.0),
        ];
        assert_eq!(texts(&rows), ["各村要在汛前①完成检查", "并登记。2"]);
    }

    #[test]
    fn small_lines_stay_lines() {
        let rows = [
            row("（盖章）", 300.0, 94.0, 8.0),
            row("各村要在汛前完成检查", 0.0, 100.0, 16.0),
            row("附注", 0.0, 112.0, 8.0),
        ];
        assert_eq!(texts(&rows), ["（盖章）", "各村要在汛前完成检查", "附注"]);
    }
}
