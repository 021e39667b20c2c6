//! The objects of a page: text with the place of each character, and paths that are rulings (GB/T 33190-2016, 9 to 11).

use super::xml::Attributes;
use super::xml::Step;
use super::xml::numbers;
use super::xml::walk;
use crate::source::Limits;
use crate::source::page::Glyph;
use crate::source::page::Rule;
use crate::source::page::plain;
use crate::text::fold::is_blank;

/// Points in a millimetre, the unit of OFD.
const POINTS: f32 = 72.0 / 25.4;
/// Filled paths no wider or higher than this are rulings, in points.
const THIN: f32 = 3.0;
/// Glyphs and rulings of one page that are kept.
const MOST: usize = 400_000;

/// What a page or a template draws.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) size: Option<(f32, f32)>,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    pub(super) has_pictures: bool,
    /// Identifiers of the templates that it lies on.
    pub(super) templates: Vec<String>,
    pub(super) is_damaged: bool,
    /// Glyphs without a character.
    pub(super) unmapped: usize,
}

/// Width and height of a box, in points; none for a box without area.
pub(super) fn size(numbers: &[f32]) -> Option<(f32, f32)> {
    match numbers {
        [_, _, width, height, ..]
            if *width > 1.0 && *height > 1.0 && *width < 1e5 && *height < 1e5 =>
        {
            Some((width * POINTS, height * POINTS))
        }
        _ => None,
    }
}

/// The object that is open.
#[derive(Debug, Default)]
struct Object {
    /// Origin of its boundary, and the matrix of its own space, in millimetres.
    origin: (f32, f32),
    matrix: [f32; 6],
    size: f32,
    scale: f32,
    is_red: bool,
    is_hidden: bool,
    is_stroked: bool,
    is_filled: bool,
    /// Quarter turns of the characters.
    turns: u8,
    /// Where the last text code began.
    at: (f32, f32),
    /// Whether its glyphs are chosen by number.
    has_glyphs: bool,
}

impl Object {
    fn of(attributes: Attributes, is_path: bool) -> Self {
        let boundary = attributes.numbers("Boundary").unwrap_or_default();
        let matrix = attributes.numbers("CTM").unwrap_or_default();
        let flag = |name: &str, usual: bool| {
            attributes
                .get(name)
                .map_or(usual, |v| v.trim() == "true" || v.trim() == "1")
        };
        Self {
            origin: (
                boundary.first().copied().unwrap_or(0.0),
                boundary.get(1).copied().unwrap_or(0.0),
            ),
            matrix: match matrix[..] {
                [a, b, c, d, e, f, ..] => [a, b, c, d, e, f],
                _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            },
            size: attributes.number("Size").unwrap_or(0.0),
            scale: attributes
                .number("HScale")
                .filter(|s| *s > 0.0)
                .unwrap_or(1.0),
            is_hidden: !flag("Visible", true),
            is_stroked: flag("Stroke", is_path),
            is_filled: flag("Fill", !is_path),
            turns: (attributes.number("CharDirection").unwrap_or(0.0) / 90.0)
                .round()
                .clamp(0.0, 3.0) as u8,
            ..Self::default()
        }
    }

    /// A point of its own space on the page, in points.
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.matrix;
        (
            (self.origin.0 + x * a + y * c + e) * POINTS,
            (self.origin.1 + x * b + y * d + f) * POINTS,
        )
    }
}

/// Reads what a page's content draws.
pub(super) fn draw(bytes: &[u8], limits: &Limits) -> Drawn {
    let mut drawn = Drawn::default();
    let mut object = Object::default();
    let mut code: Option<TextCode> = None;
    let mut path: Option<String> = None;
    let mut is_box = false;
    let mut is_fill = false;
    let is_whole = walk(bytes, limits.max_depth, |step| match step {
        Step::Open("TextObject", attributes) => object = Object::of(attributes, false),
        Step::Open("PathObject", attributes) => object = Object::of(attributes, true),
        Step::Open("ImageObject" | "CompositeObject" | "CompositeGraphicUnit", _) => {
            drawn.has_pictures = true
        }
        Step::Open("FillColor", attributes) => {
            is_fill = true;
            if let Some(value) = attributes.get("Value") {
                object.is_red = is_red(&value);
            }
        }
        Step::Close("FillColor") => is_fill = false,
        Step::Open("CGTransform", _) => object.has_glyphs = true,
        Step::Open("TextCode", attributes) => code = Some(TextCode::of(attributes, &object)),
        Step::Close("TextCode") => {
            if let Some(code) = code.take() {
                code.put(&mut object, &mut drawn);
            }
        }
        Step::Open("AbbreviatedData", _) => path = Some(String::new()),
        Step::Close("AbbreviatedData") => {
            if let Some(path) = path.take() {
                rules(&path, &object, &mut drawn);
            }
        }
        Step::Open("Template", attributes) => {
            if let Some(id) = attributes.get("TemplateID") {
                drawn.templates.push(id.into_owned());
            }
        }
        Step::Open("PhysicalBox", _) => is_box = true,
        Step::Close("PhysicalBox") => is_box = false,
        Step::Text(text) => {
            if let Some(code) = &mut code {
                code.text.push_str(text);
            } else if let Some(path) = &mut path {
                path.push_str(text);
            } else if is_box {
                drawn.size = drawn.size.or(size(&numbers(text)));
            } else if is_fill && !text.trim().is_empty() {
                object.is_red = is_red(text);
            }
        }
        _ => {}
    });
    drawn.is_damaged = !is_whole;
    drawn
}

/// Characters on one line of their own.
struct TextCode {
    x: f32,
    y: f32,
    steps_x: Steps,
    steps_y: Steps,
    text: String,
}

impl TextCode {
    fn of(attributes: Attributes, object: &Object) -> Self {
        let steps = |name| {
            attributes
                .get(name)
                .map(|v| Steps::of(&v))
                .unwrap_or_default()
        };
        Self {
            // left out, they are those of the text code before (11.3)
            x: attributes.number("X").unwrap_or(object.at.0),
            y: attributes.number("Y").unwrap_or(object.at.1),
            steps_x: steps("DeltaX"),
            steps_y: steps("DeltaY"),
            text: String::new(),
        }
    }

    fn put(self, object: &mut Object, drawn: &mut Drawn) {
        object.at = (self.x, self.y);
        if object.is_hidden || drawn.glyphs.len() > MOST {
            return;
        }
        // a code printed over several lines of the file is indented by its writer
        let text = match self.text.contains('\n') {
            true => self.text.trim(),
            false => &self.text,
        };
        let [a, b, c, d, ..] = object.matrix;
        let (stretch, height) = (a.hypot(b) * object.scale, c.hypot(d));
        let Some(turns) = turns(a, b) else {
            return;
        };
        let em = object.size * stretch;
        let has_no_characters = object.has_glyphs
            && text
                .chars()
                .all(|c| matches!(c, '¤' | '\u{fffd}' | '?' | '\u{e000}'..='\u{f8ff}'));
        if has_no_characters {
            drawn.unmapped += text.chars().count();
        }
        let (mut x, mut y) = (self.x, self.y);
        let (mut steps_x, mut steps_y) = (self.steps_x.values(), self.steps_y.values());
        let has_steps = !self.steps_x.runs.is_empty() || !self.steps_y.runs.is_empty();
        for c in text.chars() {
            let width = usual_width(c) * em;
            let (dx, dy) = if has_steps {
                (steps_x.next().unwrap_or(0.0), steps_y.next().unwrap_or(0.0))
            } else {
                (usual_width(c) * object.size * object.scale, 0.0)
            };
            let step = dx * a.hypot(b);
            let (px, py) = object.place(x, y);
            // where characters are set as wide as an em each, none of them is narrow
            let width = if step > 0.0 && step <= 1.05 * em {
                step
            } else {
                width
            };
            drawn.glyphs.push(Glyph {
                c: if has_no_characters && !is_blank(c) {
                    '\u{fffd}'
                } else {
                    plain(c)
                },
                x: px,
                y: py,
                width: width * POINTS,
                size: object.size * height * POINTS,
                turns: (turns + object.turns) % 4,
                is_red: object.is_red,
            });
            x += dx;
            y += dy;
        }
    }
}

/// The distances from each character to the next: numbers, and runs of one number `g count number` (11.3).
#[derive(Debug, Default)]
struct Steps {
    runs: Vec<(usize, f32)>,
}

impl Steps {
    fn of(text: &str) -> Self {
        let mut runs = Vec::new();
        let mut words = text
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|w| !w.is_empty());
        while let Some(word) = words.next() {
            if word == "g" || word == "G" {
                let count = words.next().and_then(|w| w.parse().ok()).unwrap_or(0);
                let step = words.next().and_then(|w| w.parse().ok()).unwrap_or(0.0);
                runs.push((count, step));
            } else if let Ok(step) = word.parse() {
                runs.push((1, step));
            }
        }
        Self { runs }
    }

    /// Each step, as many times as it is to be taken.
    fn values(&self) -> impl Iterator<Item = f32> + '_ {
        self.runs
            .iter()
            .flat_map(|(count, step)| std::iter::repeat_n(*step, *count))
    }
}

/// Takes the straight lines of a path, in the words of 9.3: M or S begins, L draws, C goes back.
fn rules(path: &str, object: &Object, drawn: &mut Drawn) {
    if object.is_hidden || drawn.rules.len() > MOST {
        return;
    }
    let mut words = path
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|w| !w.is_empty());
    let number = |words: &mut dyn Iterator<Item = &str>| {
        words
            .next()
            .and_then(|w| w.parse::<f32>().ok())
            .unwrap_or(0.0)
    };
    let (mut start, mut at) = ((0.0, 0.0), (0.0, 0.0));
    let mut lines: Vec<Rule> = Vec::new();
    let mut is_plain = true;
    while let Some(word) = words.next() {
        let end = match word {
            "M" | "S" => {
                at = (number(&mut words), number(&mut words));
                start = at;
                continue;
            }
            "L" => (number(&mut words), number(&mut words)),
            "C" => start,
            "B" | "Q" | "A" => {
                is_plain = false;
                break;
            }
            _ => continue,
        };
        let ((x0, y0), (x1, y1)) = (object.place(at.0, at.1), object.place(end.0, end.1));
        lines.push(Rule { x0, y0, x1, y1 });
        at = end;
        if lines.len() > 64 {
            is_plain = false;
            break;
        }
    }
    let is_straight = |r: &Rule| (r.x0 - r.x1).abs() < 0.3 || (r.y0 - r.y1).abs() < 0.3;
    if !is_plain || !lines.iter().all(is_straight) {
        drawn.has_pictures = true;
        return;
    }
    if object.is_stroked {
        drawn.rules.append(&mut lines);
    } else if object.is_filled && !lines.is_empty() {
        let reach = |f: fn(&Rule) -> [f32; 2]| {
            lines
                .iter()
                .flat_map(f)
                .fold((f32::MAX, f32::MIN), |(low, high), v| {
                    (low.min(v), high.max(v))
                })
        };
        let ((x0, x1), (y0, y1)) = (reach(|r| [r.x0, r.x1]), reach(|r| [r.y0, r.y1]));
        let (x, y) = (x0.midpoint(x1), y0.midpoint(y1));
        if y1 - y0 <= THIN && x1 - x0 > y1 - y0 {
            drawn.rules.push(Rule {
                x0,
                y0: y,
                x1,
                y1: y,
            });
        } else if x1 - x0 <= THIN {
            drawn.rules.push(Rule {
                x0: x,
                y0,
                x1: x,
                y1,
            });
        } else {
            drawn.has_pictures = true;
        }
    }
}

/// Quarter turns of a matrix; none for one aslant, as that of a watermark.
fn turns(a: f32, b: f32) -> Option<u8> {
    let length = a.hypot(b);
    match (a / length, b / length) {
        (x, _) if x > 0.99 => Some(0),
        (_, y) if y > 0.99 => Some(1),
        (x, _) if x < -0.99 => Some(2),
        (_, y) if y < -0.99 => Some(3),
        _ => None,
    }
}

/// The width of a character in ems where nothing says it.
fn usual_width(c: char) -> f32 {
    if (c as u32) < 0x2000 && c != '×' {
        0.5
    } else {
        1.0
    }
}

/// Whether a colour's value is red: `255 0 0`, `#ee #20 #25`.
fn is_red(value: &str) -> bool {
    let parts: Vec<f32> = value
        .split_whitespace()
        .filter_map(|word| match word.strip_prefix('#') {
            Some(hex) => u8::from_str_radix(hex, 16).ok().map(f32::from),
            None => word.parse().ok(),
        })
        .collect();
    matches!(parts[..], [r, g, b] if r > 150.0 && g < 90.0 && b < 90.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_written_singly_or_in_runs() {
        let steps: Vec<f32> = Steps::of("g 3 1.2 5 g 2 2").values().collect();
        assert_eq!(steps, [1.2, 1.2, 1.2, 5.0, 2.0, 2.0]);
        assert_eq!(Steps::of("g 999999999999 1").values().take(2).count(), 2);
        assert_eq!(Steps::of("g").values().count(), 0);
    }

    #[test]
    fn red_is_told_in_both_forms() {
        assert!(is_red("255 0 0") && is_red("#ee #20 #25"));
        assert!(!is_red("0 0 0") && !is_red("156 82 135") && !is_red(""));
    }
}
