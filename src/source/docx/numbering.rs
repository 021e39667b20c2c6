//! Automatic numbers: which number a paragraph has, and how its level shows it.

use super::super::markup::Element;
use super::super::markup::Token;
use super::super::markup::Xml;
use super::super::numfmt::NumberFormat;
use super::super::numfmt::gap_after;
use super::super::numfmt::render;
use super::super::symbol::shown_in;
use super::styles::Styles;
use std::collections::HashMap;
use std::collections::HashSet;

/// Levels of a list.
const LEVELS: usize = 9;

/// What a paragraph or a style says of its number; the parts are inherited one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NumberRef {
    /// `w:numId`; 0 takes the number away.
    pub(super) list: Option<i64>,
    /// `w:ilvl`, from 0.
    pub(super) level: Option<usize>,
}

/// One level of a list.
#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    format: NumberFormat,
    /// Such as `第%1条`.
    text: String,
    font: String,
    /// The level, from 1, below whose paragraphs this one begins anew; 0 for never.
    restart: Option<usize>,
    is_legal: bool,
    is_hidden: bool,
    /// Whether the text follows at once.
    is_close: bool,
    /// Whether the bullet is a picture.
    is_picture: bool,
    style: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    levels: [Option<Level>; LEVELS],
    /// The style whose list this is.
    same_as: Option<String>,
}

/// A list as paragraphs refer to it.
#[derive(Debug, Default)]
struct Reference {
    list: i64,
    starts: [Option<u32>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: HashMap<i64, List>,
    references: HashMap<i64, Reference>,
    counters: HashMap<i64, [Option<u32>; LEVELS]>,
    /// Starts of a reference that were used: they count once.
    begun: HashSet<(i64, usize)>,
}

impl Numbering {
    /// The lists of this part; none where the text is empty.
    pub(super) fn new(text: &str, max_depth: usize) -> Self {
        let mut numbering = Self::default();
        let mut xml = Xml::new(text, max_depth);
        loop {
            match xml.next() {
                Token::Open(element) => match element.name() {
                    "abstractNum" => {
                        let id = id(&element, "abstractNumId");
                        let list = read_list(&mut xml);
                        numbering.lists.entry(id).or_insert(list);
                    }
                    "num" => {
                        let id = id(&element, "numId");
                        let reference = read_reference(&mut xml);
                        numbering.references.entry(id).or_insert(reference);
                    }
                    _ => {}
                },
                Token::Close | Token::Text(_) => {}
                Token::End => return numbering,
            }
        }
    }

    /// Counts a paragraph of this number and style; what stands before its text, with the gap to `next`.
    pub(super) fn marker(
        &mut self,
        number: NumberRef,
        chain: &[String],
        styles: &Styles<'_>,
        next: Option<char>,
    ) -> Option<Marker> {
        let by = number.list.filter(|list| *list != 0)?;
        let reference = self.references.get(&by)?;
        let list_id = self.list_of(reference, styles);
        let list = self.lists.get(&list_id)?;
        let level_at = |at: usize| {
            let own = reference.levels.get(at).and_then(Option::as_ref);
            own.or_else(|| list.levels.get(at).and_then(Option::as_ref))
        };
        // 17.9.23: a level that names the paragraph's style is its level.
        let by_style = || {
            chain.iter().find_map(|style| {
                (0..LEVELS).find(|at| {
                    level_at(*at).is_some_and(|level| level.style.as_ref() == Some(style))
                })
            })
        };
        let at = number.level.or_else(by_style).unwrap_or(0);
        let level = level_at(at)?;
        let start_of = |at: usize| {
            let own = reference.starts.get(at).copied().flatten();
            own.or_else(|| level_at(at).map(|level| level.start))
                .unwrap_or(1)
        };

        let counters = self.counters.entry(list_id).or_default();
        let override_is_new = reference.starts[at].is_some() && self.begun.insert((by, at));
        counters[at] = Some(match counters[at] {
            Some(n) if !override_is_new => n.saturating_add(1),
            _ => start_of(at),
        });
        for (below, counter) in counters.iter_mut().enumerate().skip(at + 1) {
            // A restart that stands in an override is passed over, as Word does.
            let restart = list.levels[below].as_ref().and_then(|level| level.restart);
            if restart.is_none_or(|restart| restart > at) {
                *counter = None;
            }
        }
        if level.is_hidden {
            return None;
        }
        let shown = |of: usize| {
            let n = counters[of].unwrap_or_else(|| start_of(of));
            let format = level_at(of).map_or(NumberFormat::Decimal, |level| level.format);
            match format {
                NumberFormat::None | NumberFormat::Bullet => String::new(),
                _ if level.is_legal => n.to_string(),
                format => render(format, n),
            }
        };
        let mut text = level.shown_text(shown);
        if !level.is_close {
            text.push_str(gap_after(&text, next));
        }
        let counts = level.format.counts();
        Some(Marker { text, counts })
    }

    /// The list itself, or the one of the style that it names.
    fn list_of(&self, reference: &Reference, styles: &Styles<'_>) -> i64 {
        let mut id = reference.list;
        for _ in 0..8 {
            let list = self.lists.get(&id);
            let Some(style) = list.and_then(|list| list.same_as.as_ref()) else {
                break;
            };
            let by = styles.whole(style).number.list.unwrap_or(0);
            match self.references.get(&by) {
                Some(reference) => id = reference.list,
                None => break,
            }
        }
        id
    }
}

/// What stands before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    /// With the gap to the text.
    pub(super) text: String,
    /// Whether it is a number, not a bullet.
    pub(super) counts: bool,
}

impl Level {
    /// The level's text with the numbers in the places of `%1` to `%9`.
    fn shown_text(&self, number: impl Fn(usize) -> String) -> String {
        if self.is_picture {
            return String::from('•');
        }
        if self.format == NumberFormat::Bullet {
            return self.text.chars().map(|c| bullet(&self.font, c)).collect();
        }
        let mut out = String::new();
        let mut rest = self.text.as_str();
        while let Some(at) = rest.find('%') {
            out.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            match rest.bytes().next() {
                Some(digit @ b'1'..=b'9') => {
                    out.push_str(&number(usize::from(digit - b'1')));
                    rest = &rest[1..];
                }
                _ => out.push('%'),
            }
        }
        out.push_str(rest);
        out
    }
}

/// A bullet as it is seen; a code of a font that is not known is a dot.
fn bullet(font: &str, c: char) -> char {
    match shown_in(font, c) {
        '\u{f0b7}' => '•',
        '\u{e000}'..='\u{f8ff}' => '●',
        c => c,
    }
}

fn id(element: &Element<'_>, name: &str) -> i64 {
    element
        .get(name)
        .and_then(|id| id.trim().parse().ok())
        .unwrap_or(-1)
}

fn place(element: &Element<'_>) -> Option<usize> {
    let at = element.get("ilvl")?.trim().parse().ok()?;
    (at < LEVELS).then_some(at)
}

fn read_list(xml: &mut Xml<'_>) -> List {
    let mut list = List::default();
    let mut depth = 1usize;
    loop {
        match xml.next() {
            Token::Open(element) => {
                depth += 1;
                match element.name() {
                    "lvl" => {
                        let at = place(&element);
                        let level = read_level(xml);
                        depth -= 1;
                        if let Some(at) = at {
                            list.levels[at] = Some(level);
                        }
                    }
                    "numStyleLink" => list.same_as = element.val().map(Into::into),
                    _ => {}
                }
            }
            Token::Close => {
                depth -= 1;
                if depth == 0 {
                    return list;
                }
            }
            Token::Text(_) => {}
            Token::End => return list,
        }
    }
}

fn read_reference(xml: &mut Xml<'_>) -> Reference {
    let mut reference = Reference::default();
    let mut at = None;
    let mut depth = 1usize;
    loop {
        match xml.next() {
            Token::Open(element) => {
                depth += 1;
                match element.name() {
                    "abstractNumId" => reference.list = element.number().unwrap_or(-1),
                    "lvlOverride" => at = place(&element),
                    "startOverride" => {
                        if let Some(at) = at {
                            reference.starts[at] =
                                element.number().and_then(|n| u32::try_from(n).ok());
                        }
                    }
                    "lvl" => {
                        let own = place(&element).or(at);
                        let level = read_level(xml);
                        depth -= 1;
                        if let Some(at) = own {
                            reference.levels[at] = Some(level);
                        }
                    }
                    _ => {}
                }
            }
            Token::Close => {
                depth -= 1;
                if depth == 0 {
                    return reference;
                }
            }
            Token::Text(_) => {}
            Token::End => return reference,
        }
    }
}

fn read_level(xml: &mut Xml<'_>) -> Level {
    // 17.9.25: without a start, the level begins at zero.
    let mut level = Level::default();
    let mut depth = 1usize;
    let mut is_chosen = false;
    loop {
        match xml.next() {
            Token::Open(element) => {
                depth += 1;
                match element.name() {
                    "start" => {
                        let start = element.number().and_then(|n| u32::try_from(n).ok());
                        level.start = start.unwrap_or(0);
                    }
                    "numFmt" => {
                        let name = element.val().unwrap_or_default();
                        level.format = match (&*name, element.get("format")) {
                            ("custom", Some(example)) => NumberFormat::from_custom(&example),
                            (name, _) => NumberFormat::from_ooxml(name),
                        };
                    }
                    "lvlText" => level.text = element.val().unwrap_or_default().into_owned(),
                    "lvlRestart" => {
                        level.restart = element.number().and_then(|n| usize::try_from(n).ok());
                    }
                    "isLgl" => level.is_legal = element.is_on(),
                    "suff" => level.is_close = element.val().as_deref() == Some("nothing"),
                    "pStyle" => level.style = element.val().map(Into::into),
                    "lvlPicBulletId" => level.is_picture = true,
                    "vanish" => level.is_hidden = element.is_on(),
                    "rFonts" => {
                        let font = element.get("ascii").or_else(|| element.get("hAnsi"));
                        level.font = font.unwrap_or_default().into_owned();
                    }
                    "Choice" => is_chosen = true,
                    "Fallback" if is_chosen => {
                        xml.skip();
                        depth -= 1;
                    }
                    name if name.ends_with("Change") => {
                        xml.skip();
                        depth -= 1;
                    }
                    _ => {}
                }
            }
            Token::Close => {
                depth -= 1;
                if depth == 0 {
                    return level;
                }
            }
            Token::Text(_) => {}
            Token::End => return level,
        }
    }
}
