//! What a page's operators paint: glyphs with their places, and ruled lines (ISO 32000-1 §8, §9).

use super::content::Content;
use super::content::Operand;
use super::path::IDENTITY;
use super::path::Matrix;
use super::path::Path;
use super::path::matrix;
use super::path::product;
use crate::source::Limits;
use crate::source::page::Glyph;
use crate::source::page::Page;
use crate::source::page::Rule;
use unpdf::parser::backend::PageBox;
use unpdf::parser::backend::PageId;
use unpdf::parser::backend::PaintedXObject;
use unpdf::parser::backend::PdfBackend;
use unpdf::parser::backend::RawBackend;
use unpdf::parser::backend::ResourceScope;

/// Forms within forms.
const MAX_FORMS_DEEP: usize = 12;
/// Forms painted on one page.
const MAX_FORMS: usize = 4_000;
/// Glyphs of one page that are kept.
pub(super) const MAX_GLYPHS: usize = 400_000;
/// Rulings of one page that are kept.
const MAX_RULES: usize = 40_000;
/// Graphics states saved at once.
const MAX_SAVED: usize = 512;
/// Filled boxes no wider or higher than this are rulings, in points.
const THIN: f32 = 3.0;

/// The graphics and text state.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) ctm: Matrix,
    pub(super) font: Vec<u8>,
    pub(super) size: f32,
    pub(super) char_spacing: f32,
    pub(super) word_spacing: f32,
    pub(super) scale: f32,
    pub(super) leading: f32,
    pub(super) rise: f32,
    pub(super) fill_is_red: bool,
}

/// Paints one page.
pub(super) struct Painter<'b> {
    pub(super) backend: &'b RawBackend,
    page: PageId,
    pub(super) state: State,
    saved: Vec<State>,
    pub(super) text: Matrix,
    pub(super) line: Matrix,
    path: Path,
    pub(super) glyphs: Vec<Placed>,
    rules: Vec<[f32; 4]>,
    has_pictures: bool,
    forms: usize,
    /// Bytes of forms that may yet be painted.
    left: u64,
    /// Nested marked contents, and at which of them what no reader is meant to read began.
    marked: usize,
    pub(super) artifact: Option<usize>,
    /// Glyphs without a character.
    pub(super) unmapped: usize,
    /// Whether the widths of western letters are theirs; under a CMap read as another they are those of no glyph.
    pub(super) has_own_widths: bool,
}

/// A glyph in the page's own space.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) c: char,
    pub(super) x: f32,
    pub(super) y: f32,
    /// The direction in which the text runs, of length one.
    pub(super) along: (f32, f32),
    pub(super) width: f32,
    pub(super) size: f32,
    pub(super) is_red: bool,
}

impl<'b> Painter<'b> {
    pub(super) fn new(backend: &'b RawBackend, page: PageId, limits: &Limits) -> Self {
        Self {
            backend,
            page,
            state: State {
                ctm: IDENTITY,
                font: Vec::new(),
                size: 0.0,
                char_spacing: 0.0,
                word_spacing: 0.0,
                scale: 1.0,
                leading: 0.0,
                rise: 0.0,
                fill_is_red: false,
            },
            saved: Vec::new(),
            text: IDENTITY,
            line: IDENTITY,
            path: Path::default(),
            glyphs: Vec::new(),
            rules: Vec::new(),
            has_pictures: false,
            forms: 0,
            left: limits.max_expanded,
            marked: 0,
            artifact: None,
            unmapped: 0,
            has_own_widths: true,
        }
    }

    /// Paints the page's own content.
    pub(super) fn paint(&mut self, content: &[u8]) {
        self.run(content, ResourceScope::page(self.page), 0);
    }

    /// The page as it is shown: turned as it says, its origin at the upper left.
    pub(super) fn finish(self, area: PageBox, rotation: u16) -> Page {
        let show = |x: f32, y: f32| match rotation {
            90 => (y - area.lly, x - area.llx),
            180 => (area.urx - x, y - area.lly),
            270 => (area.ury - y, area.urx - x),
            _ => (x - area.llx, area.ury - y),
        };
        let (width, height) = match rotation {
            90 | 270 => (area.height(), area.width()),
            _ => (area.width(), area.height()),
        };
        let origin = show(0.0, 0.0);
        let glyphs = self.glyphs.iter().filter_map(|g| {
            let (x, y) = show(g.x, g.y);
            let end = show(g.along.0, g.along.1);
            let turns = turns(end.0 - origin.0, end.1 - origin.1)?;
            let margin = 2.0 * g.size;
            let is_on_page =
                x > -margin && x < width + margin && y > -margin && y < height + margin;
            is_on_page.then_some(Glyph {
                c: g.c,
                x,
                y,
                width: g.width,
                size: g.size,
                turns,
                is_red: g.is_red,
            })
        });
        let rules = self.rules.iter().map(|[x0, y0, x1, y1]| {
            let ((x0, y0), (x1, y1)) = (show(*x0, *y0), show(*x1, *y1));
            Rule { x0, y0, x1, y1 }
        });
        Page {
            width,
            height,
            glyphs: glyphs.collect(),
            rules: rules.collect(),
            has_pictures: self.has_pictures,
        }
    }

    fn run(&mut self, content: &[u8], scope: ResourceScope, depth: usize) {
        let mut content = Content::new(content);
        let mut operands = Vec::new();
        let saved = self.saved.len();
        while let Some(operator) = content.next(&mut operands) {
            self.apply(operator, &operands, scope, depth);
        }
        // what a form saves and does not restore ends with it
        if self.saved.len() > saved
            && let Some(state) = self.saved.drain(saved..).next()
        {
            self.state = state;
        }
    }

    fn apply(&mut self, operator: &[u8], operands: &[Operand], scope: ResourceScope, depth: usize) {
        let n = |i: usize| operands.get(i).and_then(Operand::number);
        match operator {
            b"q" if self.saved.len() < MAX_SAVED => self.saved.push(self.state.clone()),
            b"Q" => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
            b"cm" => {
                if let Some(matrix) = matrix(operands) {
                    self.state.ctm = product(matrix, self.state.ctm);
                }
            }
            b"BT" => (self.text, self.line) = (IDENTITY, IDENTITY),
            b"Tf" => {
                if let Some(Operand::Name(name)) = operands.first() {
                    self.state.font.clone_from(name);
                }
                self.state.size = n(1).unwrap_or(self.state.size);
            }
            b"Tc" => self.state.char_spacing = n(0).unwrap_or(0.0),
            b"Tw" => self.state.word_spacing = n(0).unwrap_or(0.0),
            b"Tz" => self.state.scale = n(0).unwrap_or(100.0) / 100.0,
            b"TL" => self.state.leading = n(0).unwrap_or(0.0),
            b"Ts" => self.state.rise = n(0).unwrap_or(0.0),
            b"Td" => self.next_line(n(0).unwrap_or(0.0), n(1).unwrap_or(0.0)),
            b"TD" => {
                self.state.leading = -n(1).unwrap_or(0.0);
                self.next_line(n(0).unwrap_or(0.0), n(1).unwrap_or(0.0));
            }
            b"Tm" => {
                if let Some(matrix) = matrix(operands) {
                    (self.text, self.line) = (matrix, matrix);
                }
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"Tj" => self.show(operands.first(), scope),
            b"TJ" => {
                if let Some(Operand::Array(parts)) = operands.first() {
                    self.show_parts(parts, scope);
                }
            }
            b"'" => {
                self.next_line(0.0, -self.state.leading);
                self.show(operands.first(), scope);
            }
            b"\"" => {
                self.state.word_spacing = n(0).unwrap_or(0.0);
                self.state.char_spacing = n(1).unwrap_or(0.0);
                self.next_line(0.0, -self.state.leading);
                self.show(operands.get(2), scope);
            }
            b"rg" | b"g" | b"k" | b"sc" | b"scn" => self.state.fill_is_red = is_red(operands),
            b"m" | b"l" | b"c" | b"v" | b"y" | b"h" | b"re" => {
                self.path.take(operator, operands, self.state.ctm)
            }
            b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"n" => {
                self.end_path(operator)
            }
            b"BMC" | b"BDC" => self.begin_marked(operands),
            b"EMC" => {
                self.marked = self.marked.saturating_sub(1);
                if self.artifact.is_some_and(|at| at > self.marked) {
                    self.artifact = None;
                }
            }
            b"BI" | b"sh" => self.has_pictures = true,
            b"Do" => self.paint_object(operands.first(), scope, depth),
            _ => {}
        }
    }

    fn begin_marked(&mut self, operands: &[Operand]) {
        self.marked += 1;
        if let [Operand::Name(tag), Operand::Dictionary(properties)] = operands
            && tag == b"Artifact"
            && self.artifact.is_none()
            // heads, feet and page numbers; other artifacts may be text (ISO 32000-1 §14.8.2.2.2)
            && memchr::memmem::find(properties, b"/Pagination").is_some()
        {
            self.artifact = Some(self.marked);
        }
    }

    fn paint_object(&mut self, name: Option<&Operand>, scope: ResourceScope, depth: usize) {
        let Some(Operand::Name(name)) = name else {
            return;
        };
        if depth >= MAX_FORMS_DEEP || self.forms >= MAX_FORMS {
            return;
        }
        self.forms += 1;
        match self.backend.xobject(scope, name) {
            Some(PaintedXObject::Form(form)) => {
                let Some(content) = form.content else {
                    return;
                };
                let length = content.len() as u64;
                if length > self.left {
                    return;
                }
                self.left -= length;
                let before = self.state.clone();
                let (text, line) = (self.text, self.line);
                self.state.ctm = product(form.matrix, self.state.ctm);
                self.run(&content, ResourceScope::form(self.page, form.id), depth + 1);
                self.state = before;
                (self.text, self.line) = (text, line);
            }
            Some(PaintedXObject::Image) => self.has_pictures = true,
            _ => {}
        }
    }

    fn end_path(&mut self, operator: &[u8]) {
        let path = std::mem::take(&mut self.path);
        let is_stroked = matches!(operator, b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*");
        let is_filled = matches!(operator, b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*");
        if path.has_curves && (is_filled || is_stroked) {
            self.has_pictures = true;
        }
        if self.rules.len() > MAX_RULES {
            return;
        }
        if is_stroked {
            self.rules.extend(&path.lines);
            for [x0, y0, x1, y1] in &path.boxes {
                self.rules.extend([
                    [*x0, *y0, *x1, *y0],
                    [*x0, *y1, *x1, *y1],
                    [*x0, *y0, *x0, *y1],
                    [*x1, *y0, *x1, *y1],
                ]);
            }
        } else if is_filled {
            for [x0, y0, x1, y1] in path.boxes.iter().copied().chain(path.outline()) {
                let (width, height) = ((x1 - x0).abs(), (y1 - y0).abs());
                let (x, y) = (0.5 * (x0 + x1), 0.5 * (y0 + y1));
                if height <= THIN && width > height {
                    self.rules.push([x0, y, x1, y]);
                } else if width <= THIN {
                    self.rules.push([x, y0, x, y1]);
                }
            }
        }
    }
}

/// Quarter turns of a direction, y downwards; none for one that is aslant, as that of a watermark.
fn turns(x: f32, y: f32) -> Option<u8> {
    match (x, y) {
        (x, y) if x > 0.99 && y.abs() < 0.14 => Some(0),
        (x, y) if y > 0.99 && x.abs() < 0.14 => Some(1),
        (x, y) if x < -0.99 && y.abs() < 0.14 => Some(2),
        (x, y) if y < -0.99 && x.abs() < 0.14 => Some(3),
        _ => None,
    }
}

fn is_red(operands: &[Operand]) -> bool {
    let n: Vec<f32> = operands.iter().filter_map(Operand::number).collect();
    match n[..] {
        [r, g, b] => r > 0.6 && g < 0.35 && b < 0.35,
        [c, m, y, k] => c < 0.3 && m > 0.7 && y > 0.6 && k < 0.4,
        _ => false,
    }
}
