//! How text is shown: glyph by glyph along the text matrix (ISO 32000-1 §9.4).

use super::content::Operand;
use super::paint::MAX_GLYPHS;
use super::paint::Painter;
use super::paint::Placed;
use super::paint::State;
use super::path::product;
use crate::source::page::plain;
use crate::text::fold::is_han;
use unpdf::parser::backend::PdfBackend;
use unpdf::parser::backend::ResourceScope;

impl Painter<'_> {
    pub(super) fn next_line(&mut self, x: f32, y: f32) {
        self.line = product([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    pub(super) fn show_parts(&mut self, parts: &[Operand], scope: ResourceScope) {
        let mut is_vertical = None;
        for part in parts {
            match part {
                Operand::Number(n) => {
                    let by = -n / 1000.0 * self.state.size;
                    if *is_vertical.get_or_insert_with(|| {
                        self.backend.is_vertical_font(scope, &self.state.font)
                    }) {
                        self.advance(0.0, by);
                    } else {
                        self.advance(by * self.state.scale, 0.0);
                    }
                }
                text => self.show(Some(text), scope),
            }
        }
    }

    fn advance(&mut self, x: f32, y: f32) {
        self.text = product([1.0, 0.0, 0.0, 1.0, x, y], self.text);
    }

    pub(super) fn show(&mut self, text: Option<&Operand>, scope: ResourceScope) {
        let Some(Operand::Text(bytes)) = text else {
            return;
        };
        if bytes.is_empty() || self.glyphs.len() > MAX_GLYPHS {
            return;
        }
        let run = self.backend.decode_run(scope, &self.state.font, bytes);
        let text = &run.decoded.text;
        let glyphs = run.glyphs.unwrap_or_default();
        let spacing = |is_word_space: bool, s: &State| {
            s.char_spacing + if is_word_space { s.word_spacing } else { 0.0 }
        };
        if run.decoded.suppressed.is_some() {
            let count = if glyphs.is_empty() {
                bytes.len().div_ceil(2)
            } else {
                glyphs.len()
            };
            self.unmapped += count;
            for glyph in &glyphs {
                let (width, gap) = (
                    glyph.width / 1000.0 * self.state.size,
                    spacing(glyph.is_word_space, &self.state),
                );
                self.put("", width, gap, glyph.vertical.map(|v| v.advance));
            }
            return;
        }
        if let Some(clusters) = run.clusters {
            for cluster in clusters {
                let glyphs = glyphs.get(cluster.glyphs).unwrap_or_default();
                let part = text.get(cluster.text).unwrap_or_default();
                let width = glyphs
                    .iter()
                    .map(|g| self.width(g.width, part))
                    .sum::<f32>();
                let width = width / 1000.0 * self.state.size;
                let gap: f32 = glyphs
                    .iter()
                    .map(|g| spacing(g.is_word_space, &self.state))
                    .sum();
                if part.is_empty() && width > 0.05 * self.state.size {
                    self.unmapped += 1;
                    self.put("\u{fffd}", width, gap, None);
                    continue;
                }
                self.put(
                    part,
                    width,
                    gap,
                    glyphs.first().and_then(|g| g.vertical).map(|v| v.advance),
                );
            }
            return;
        }
        self.unmapped += run.decoded.undecoded_codes as usize;
        let chars = text.chars().count();
        if glyphs.len() == chars {
            for (c, glyph) in text.chars().zip(&glyphs) {
                let width = self.width(glyph.width, c.encode_utf8(&mut [0; 4])) / 1000.0;
                let width = width * self.state.size;
                let gap = spacing(glyph.is_word_space, &self.state);
                self.put(
                    c.encode_utf8(&mut [0; 4]),
                    width,
                    gap,
                    glyph.vertical.map(|v| v.advance),
                );
            }
            return;
        }
        let whole: f32 = glyphs.iter().map(|g| g.width).sum::<f32>() / 1000.0;
        let guessed: f32 = text.chars().map(guessed_width).sum();
        let stretch = if whole > 0.0 && guessed > 0.0 {
            whole / guessed
        } else {
            1.0
        };
        for c in text.chars() {
            let width = guessed_width(c) * stretch * self.state.size;
            let gap = spacing(c == ' ', &self.state);
            self.put(c.encode_utf8(&mut [0; 4]), width, gap, None);
        }
    }

    /// The width of a glyph, in thousandths: half an em for a western letter whose font does not say it.
    fn width(&self, width: f32, text: &str) -> f32 {
        let is_western = text.is_ascii() && !text.is_empty();
        if !self.has_own_widths && is_western && width >= 1000.0 {
            500.0
        } else {
            width
        }
    }

    /// Puts the characters of one glyph down and goes on behind it. `width` and `gap` are in text space, unscaled.
    fn put(&mut self, text: &str, width: f32, gap: f32, vertical: Option<f32>) {
        let State {
            scale, rise, size, ..
        } = self.state;
        let shown = product(self.text, self.state.ctm);
        let height = shown[2].hypot(shown[3]);
        let count = text.chars().count().max(1) as f32;
        // where lines are upright, a glyph reaches down from its origin (ISO 32000-1 §9.7.4.3)
        let (along, reach) = match vertical {
            Some(advance) => ((-shown[2], -shown[3]), -advance / 1000.0 * size),
            None => ((shown[0], shown[1]), width * scale),
        };
        let length = along.0.hypot(along.1);
        let step = reach / count;
        // one glyph of two dashes (U+2E3A), as fonts draw ——
        if text == "\u{2e3a}" {
            self.put("—", 0.5 * width, 0.0, None);
            return self.put("—", 0.5 * width, gap, None);
        }
        if length > 0.0 && self.artifact.is_none() {
            for (i, c) in text.chars().enumerate() {
                let dx = step * i as f32;
                self.glyphs.push(Placed {
                    c: plain(c),
                    x: shown[4] + dx * along.0 + rise * shown[2],
                    y: shown[5] + dx * along.1 + rise * shown[3],
                    along: (along.0 / length, along.1 / length),
                    width: (step * length).abs(),
                    size: (size * height).abs(),
                    is_red: self.state.fill_is_red,
                });
            }
        }
        match vertical {
            Some(advance) => self.advance(0.0, advance / 1000.0 * size + gap),
            None => self.advance((width + gap) * scale, 0.0),
        }
    }
}

/// The width of a character whose font does not say it, in ems.
fn guessed_width(c: char) -> f32 {
    if is_han(c) || ('\u{2e80}'..='\u{ffef}').contains(&c) || ('\u{2010}'..='\u{2027}').contains(&c)
    {
        1.0
    } else {
        0.5
    }
}
