//! The style sheet (STSH): what each style says of its paragraphs, with what it is based on.

use super::compound::u16_at;
use super::properties::ParagraphLook;

/// Styles on styles on styles: deeper than this is a circle.
const DEPTH: usize = 24;

#[derive(Debug, Default)]
struct Style {
    base: usize,
    /// Level of the built-in heading that it is.
    heading: Option<u8>,
    grpprl: Vec<u8>,
}

/// All styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: Vec<Option<Style>>,
    looks: Vec<Option<ParagraphLook>>,
    is_old: bool,
}

impl Styles {
    pub(super) fn read(sheet: &[u8], is_old: bool) -> Self {
        let mut styles = Vec::new();
        let head = u16_at(sheet, 0).map_or(0, usize::from);
        let count = u16_at(sheet, 2).map_or(0, usize::from);
        let base = u16_at(sheet, 4).map_or(0, usize::from);
        let mut at = 2 + head;
        for _ in 0..count {
            let Some(length) = u16_at(sheet, at).map(usize::from) else {
                break;
            };
            at += 2;
            let end = at.saturating_add(length).min(sheet.len());
            let bytes = sheet.get(at..end).unwrap_or_default();
            styles.push(style(bytes, base, is_old));
            at = end;
        }
        Self {
            looks: vec![None; styles.len()],
            styles,
            is_old,
        }
    }

    /// What paragraphs of this style are, before what they say of themselves.
    pub(super) fn look(&mut self, number: usize) -> ParagraphLook {
        if let Some(Some(look)) = self.looks.get(number) {
            return look.clone();
        }
        let mut chain: Vec<&Style> = Vec::new();
        let mut at = number;
        while let Some(Some(style)) = self.styles.get(at) {
            chain.push(style);
            if style.base == at || chain.len() >= DEPTH {
                break;
            }
            at = style.base;
        }
        let mut look = ParagraphLook::default();
        for style in chain.iter().rev() {
            look.heading = style.heading.or(look.heading);
            look.apply(&style.grpprl, self.is_old, &[]);
        }
        look.style = number;
        if let Some(kept) = self.looks.get_mut(number) {
            *kept = Some(look.clone());
        }
        look
    }
}

/// [MS-DOC] 2.9.260 (STD); none for an empty one and for styles of characters.
fn style(bytes: &[u8], base: usize, is_old: bool) -> Option<Style> {
    let identity = u16_at(bytes, 0)? & 0xfff;
    let kind = u16_at(bytes, 2)?;
    if kind & 0xf != 1 {
        return None;
    }
    let name = match is_old {
        true => usize::from(*bytes.get(base)?) + 2,
        false => 2 * usize::from(u16_at(bytes, base)?) + 4,
    };
    let mut at = base + name;
    at += at % 2;
    let length = u16_at(bytes, at).map_or(0, usize::from);
    let papx = bytes.get(at + 2..at + 2 + length).unwrap_or_default();
    Some(Style {
        base: usize::from(kind >> 4),
        heading: match identity {
            1..=9 => Some(identity as u8),
            _ => None,
        },
        grpprl: papx.get(2..).unwrap_or_default().to_vec(),
    })
}
