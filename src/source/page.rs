//! What stands where on the pages of a fixed layout becomes paragraphs and rows: the way that PDF and OFD share.
//!
//! A page is glyphs and ruled lines. Rulings, or columns that align, make tables; baselines make lines; page numbers and
//! running heads go; the lines that are left are joined to paragraphs over the ends of pages.

mod columns;
mod flow;
mod furniture;
mod grid;
mod halves;
mod layout;
mod lines;
mod losses;
mod radicals;

pub(super) use losses::Losses;
pub(super) use radicals::plain;

use super::Mark;
use super::Place;
use super::written::Written;

/// A character on a page. Lengths are points (1/72 inch), y grows downwards.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub(super) c: char,
    /// Where it begins on its baseline.
    pub(super) x: f32,
    /// Its baseline.
    pub(super) y: f32,
    /// How far it reaches along the baseline.
    pub(super) width: f32,
    /// The size of its font.
    pub(super) size: f32,
    /// Quarter turns clockwise from upright.
    pub(super) turns: u8,
    pub(super) is_red: bool,
}

/// A ruled line, level or upright; its ends in any order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) x0: f32,
    pub(super) y0: f32,
    pub(super) x1: f32,
    pub(super) y1: f32,
}

/// One page as it was drawn.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    /// Whether anything else was drawn: pictures, outlines.
    pub(super) has_pictures: bool,
}

/// The pages read so far, each boiled down to lines and tables.
#[derive(Debug, Default)]
pub(super) struct Pages {
    sheets: Vec<Sheet>,
    count: usize,
    /// Characters that are no blanks.
    pub(super) glyphs: usize,
    /// Pages with pictures or outlines.
    pub(super) pictured: usize,
}

/// The lines and tables of one page, or of a column of it, from top to bottom.
#[derive(Debug)]
struct Sheet {
    /// The page's.
    number: u32,
    /// Its place among all sheets.
    part: usize,
    width: f32,
    height: f32,
    items: Vec<Item>,
}

#[derive(Debug)]
enum Item {
    Line(lines::Line),
    Table(grid::Table),
}

impl Item {
    fn top(&self) -> f32 {
        match self {
            Item::Line(line) => line.y,
            Item::Table(table) => table.top,
        }
    }

    /// Whether it is a ruled table over this place.
    fn is_over(&self, x: f32) -> bool {
        match self {
            Item::Line(_) => false,
            Item::Table(table) => {
                table.is_ruled
                    && table.edges.first().is_some_and(|edge| *edge < x)
                    && table.edges.last().is_some_and(|edge| *edge > x)
            }
        }
    }

    /// How many characters it has, about.
    fn glyphs(&self) -> usize {
        match self {
            Item::Line(line) => line.text.len() / 3,
            Item::Table(table) => table.rows.iter().flatten().map(|cell| cell.len() / 3).sum(),
        }
    }
}

impl Pages {
    /// Takes the next page.
    pub(super) fn add(&mut self, mut page: Page) {
        upright(&mut page);
        let number = self.count as u32 + 1;
        self.pictured += usize::from(page.has_pictures);
        page.glyphs
            .retain(|g| g.x.is_finite() && g.y.is_finite() && g.size > 0.1 && g.size.is_finite());
        let turned: Vec<Glyph> = page
            .glyphs
            .iter()
            .filter(|g| g.turns != 0)
            .copied()
            .collect();
        page.glyphs.retain(|g| g.turns == 0);
        let halves = halves::halves(&page);
        let (width, height) = (page.width, page.height);
        let items = items(&page.rules, page.glyphs);
        match halves {
            // a table over both is one of two columns
            Some(halves) if !items.iter().any(|item| item.is_over(halves.middle)) => {
                for part in halves.parts {
                    let items = self::items(&part.rules, part.glyphs);
                    self.sheet(number, part.width, height, items);
                }
            }
            _ => self.sheet(number, width, height, items),
        }
        for turns in 1..4 {
            let mut glyphs: Vec<Glyph> = turned
                .iter()
                .filter(|g| g.turns == turns)
                .copied()
                .collect();
            for glyph in &mut glyphs {
                turn_back(glyph, turns, width, height);
            }
            let lines: Vec<Item> = lines::lines(glyphs).into_iter().map(Item::Line).collect();
            self.glyphs += lines.iter().map(Item::glyphs).sum::<usize>();
            if let Some(sheet) = self.sheets.last_mut() {
                sheet.items.extend(lines);
            }
        }
        self.count += 1;
    }

    fn sheet(&mut self, number: u32, width: f32, height: f32, items: Vec<Item>) {
        self.glyphs += items.iter().map(Item::glyphs).sum::<usize>();
        self.sheets.push(Sheet {
            number,
            part: self.sheets.len(),
            width,
            height,
            items,
        });
    }

    /// How many pages there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// Writes paragraphs and rows.
    pub(super) fn write(mut self, written: &mut Written) {
        furniture::drop_running_lines(&mut self.sheets);
        grid::join_over_pages(&mut self.sheets);
        flow::write(self.sheets, written);
    }
}

/// The lines and tables that these rulings and glyphs make, from top to bottom.
fn items(rules: &[Rule], mut glyphs: Vec<Glyph>) -> Vec<Item> {
    let tables = grid::tables(rules, &mut glyphs);
    let lines = lines::lines(glyphs).into_iter().map(Item::Line).collect();
    let mut items = columns::tables(lines);
    items.extend(tables.into_iter().map(Item::Table));
    items.sort_by(|a, b| a.top().total_cmp(&b.top()));
    items
}

fn place(number: u32) -> Mark {
    Mark {
        place: Place::Page(number),
        ..Mark::default()
    }
}

/// Turns the page so that most of its characters stand upright.
fn upright(page: &mut Page) {
    let mut counts = [0_usize; 4];
    for glyph in &page.glyphs {
        counts[usize::from(glyph.turns & 3)] += 1;
    }
    let turns = (1..4).fold(0, |most, t| if counts[t] > counts[most] { t } else { most });
    if turns == 0 {
        return;
    }
    let (width, height) = (page.width, page.height);
    for glyph in &mut page.glyphs {
        turn_back(glyph, turns as u8, width, height);
    }
    for rule in &mut page.rules {
        (rule.x0, rule.y0) = turned(rule.x0, rule.y0, turns as u8, width, height);
        (rule.x1, rule.y1) = turned(rule.x1, rule.y1, turns as u8, width, height);
    }
    if turns % 2 == 1 {
        (page.width, page.height) = (height, width);
    }
}

fn turn_back(glyph: &mut Glyph, turns: u8, width: f32, height: f32) {
    (glyph.x, glyph.y) = turned(glyph.x, glyph.y, turns, width, height);
    glyph.turns = (glyph.turns + 4 - turns) % 4;
}

/// The point after the page of this width and height is turned back by `turns` quarters.
fn turned(x: f32, y: f32, turns: u8, width: f32, height: f32) -> (f32, f32) {
    match turns {
        1 => (y, width - x),
        2 => (width - x, height - y),
        3 => (height - y, x),
        _ => (x, y),
    }
}

/// The value below which the share of `values` lies; 0 for none.
fn quantile(values: &mut [f32], share: f32) -> f32 {
    values.sort_by(f32::total_cmp);
    let at = (values.len().saturating_sub(1) as f32 * share).round() as usize;
    values.get(at).copied().unwrap_or(0.0)
}
