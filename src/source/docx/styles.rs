//! Styles, as far as the text depends on them: numbering, outline level, centring, hidden text.
//!
//! A part of styles is large and a document uses few of them, so a style is read when it is first asked for.

use super::super::markup::Token;
use super::super::markup::Xml;
use super::numbering::NumberRef;
use memchr::memchr;
use memchr::memmem;
use memchr::memrchr;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// A start tag of a style is looked for so far around its id.
const LONGEST_TAG: usize = 1024;

/// Styles based on styles; no document needs more.
const LONGEST_CHAIN: usize = 32;

/// What a style says itself, or with all that it is based on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) number: NumberRef,
    /// 0 to 8; 9 is body text.
    pub(super) outline: Option<u8>,
    pub(super) is_centred: Option<bool>,
    pub(super) is_hidden: Option<bool>,
    /// The style and those it is based on, up to the one that gives the number.
    pub(super) chain: Vec<String>,
    based_on: Option<String>,
}

/// The styles of a document.
pub(super) struct Styles<'x> {
    text: &'x str,
    /// Where each style's id stands in the text.
    places: HashMap<&'x str, usize>,
    default: Option<&'x str>,
    read: RefCell<HashMap<String, Rc<Style>>>,
    max_depth: usize,
}

impl<'x> Styles<'x> {
    /// The styles of this part; of no part where the text is empty.
    pub(super) fn new(text: &'x str, max_depth: usize) -> Self {
        let mut places = HashMap::new();
        let mut default = None;
        let bytes = text.as_bytes();
        for at in memmem::find_iter(bytes, "styleId=") {
            let Some(start) = memrchr(b'<', &bytes[at.saturating_sub(LONGEST_TAG)..at])
                .map(|back| at.saturating_sub(LONGEST_TAG) + back)
            else {
                continue;
            };
            let Some(tag) = memchr(b'>', &bytes[at..bytes.len().min(at + LONGEST_TAG)])
                .map(|end| &text[start..at + end])
            else {
                continue;
            };
            let Some(id) = quoted(&text[at + "styleId=".len()..start + tag.len()]) else {
                continue;
            };
            places.entry(id).or_insert(start);
            let is_default = [
                "default=\"1\"",
                "default=\"true\"",
                "default=\"on\"",
                "default='1'",
            ];
            if default.is_none()
                && is_default.iter().any(|d| tag.contains(d))
                && (tag.contains("\"paragraph\"") || tag.contains("'paragraph'"))
            {
                default = Some(id);
            }
        }
        Self {
            text,
            places,
            default,
            read: RefCell::default(),
            max_depth,
        }
    }

    /// The style of this id with all that it is based on; the default of paragraphs where no id is given.
    pub(super) fn paragraph(&self, id: Option<&str>) -> Rc<Style> {
        match id
            .filter(|id| self.places.contains_key(id))
            .or(self.default)
        {
            Some(id) => self.whole(id),
            None => Rc::default(),
        }
    }

    /// The style of this id with all that it is based on.
    pub(super) fn whole(&self, id: &str) -> Rc<Style> {
        if let Some(known) = self.read.borrow().get(id) {
            return Rc::clone(known);
        }
        let mut whole = Style::default();
        let mut next = Some(id.to_owned());
        for _ in 0..LONGEST_CHAIN {
            let Some(id) = next.take().filter(|id| !whole.chain.contains(id)) else {
                break;
            };
            let own = self.own(&id);
            if whole.number.list.is_none() {
                whole.chain.push(id);
            }
            whole.number.list = whole.number.list.or(own.number.list);
            whole.number.level = whole.number.level.or(own.number.level);
            whole.outline = whole.outline.or(own.outline);
            whole.is_centred = whole.is_centred.or(own.is_centred);
            whole.is_hidden = whole.is_hidden.or(own.is_hidden);
            next = own.based_on;
        }
        let whole = Rc::new(whole);
        self.read
            .borrow_mut()
            .insert(id.to_owned(), Rc::clone(&whole));
        whole
    }

    /// What the style says itself.
    fn own(&self, id: &str) -> Style {
        let mut style = Style::default();
        let Some(at) = self.places.get(id) else {
            return style;
        };
        let mut xml = Xml::new(&self.text[*at..], self.max_depth);
        // The names of the open elements below the style.
        let mut path: Vec<Part> = Vec::new();
        loop {
            match xml.next() {
                Token::Open(element) => {
                    let parent = path.last().copied();
                    let mut part = Part::Other;
                    match (parent, element.name()) {
                        (None, _) => {}
                        // The style before it never ended.
                        (_, "style") => return style,
                        (Some(Part::Other), "basedOn") => {
                            style.based_on = element.val().map(Into::into)
                        }
                        (Some(Part::Other), "name")
                            if path.len() == 1 && style.outline.is_none() =>
                        {
                            style.outline = element.val().and_then(|name| heading(&name));
                        }
                        (Some(Part::Other), "pPr") if path.len() == 1 => part = Part::Paragraph,
                        (Some(Part::Other), "rPr") if path.len() == 1 => part = Part::Run,
                        (Some(Part::Paragraph), "numPr") => part = Part::Number,
                        (Some(Part::Paragraph), "outlineLvl") => {
                            style.outline = element.number().and_then(|n| u8::try_from(n).ok());
                        }
                        (Some(Part::Paragraph), "jc") => {
                            style.is_centred = element.val().map(|jc| jc == "center");
                        }
                        (Some(Part::Number), "numId") => {
                            style.number.list = element.number();
                        }
                        (Some(Part::Number), "ilvl") => {
                            style.number.level =
                                element.number().and_then(|n| usize::try_from(n).ok());
                        }
                        (Some(Part::Run), "vanish") => style.is_hidden = Some(element.is_on()),
                        _ if path.len() == 1 => {}
                        (_, name) if name.ends_with("Change") => {
                            xml.skip();
                            continue;
                        }
                        _ => {}
                    }
                    path.push(part);
                }
                Token::Close => {
                    path.pop();
                    if path.is_empty() {
                        return style;
                    }
                }
                Token::Text(_) => {}
                Token::End => return style,
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Paragraph,
    Run,
    Number,
    Other,
}

/// The outline level of a style that is named as Word names its own headings.
fn heading(name: &str) -> Option<u8> {
    let name = name.trim().to_ascii_lowercase();
    let level = name
        .strip_prefix("heading ")
        .or_else(|| name.strip_prefix("标题 "))?;
    let level: u8 = level.parse().ok()?;
    (1..=9).contains(&level).then(|| level - 1)
}

/// What stands in the quotes that the text begins with.
fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = &text[1..];
    inner.find(quote).map(|end| &inner[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"<w:styles><w:docDefaults/>
        <w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:pPr><w:jc w:val="both"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
          <w:pPr><w:numPr><w:numId w:val="3"/></w:numPr><w:jc w:val="center"/><w:pPrChange><w:pPr><w:jc w:val="left"/></w:pPr></w:pPrChange></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="2"><w:name w:val="x"/><w:basedOn w:val="1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="9"/></w:pPr><w:rPr><w:vanish/></w:rPr></w:style>
        <w:style w:type="paragraph" w:styleId="l1"><w:basedOn w:val="l2"/></w:style>
        <w:style w:type="paragraph" w:styleId="l2"><w:basedOn w:val="l1"/></w:style></w:styles>"#;

    #[test]
    fn a_style_has_what_it_is_based_on() {
        let styles = Styles::new(TEXT, 99);
        let two = styles.whole("2");
        assert_eq!(two.number.list, Some(3));
        assert_eq!(two.number.level, Some(1));
        assert_eq!(two.outline, Some(9));
        assert_eq!(two.is_centred, Some(true));
        assert_eq!(two.is_hidden, Some(true));
        assert_eq!(two.chain, ["2", "1"]);
        assert_eq!(styles.whole("1").outline, Some(0));
        assert_eq!(styles.paragraph(None).is_centred, Some(false));
        assert_eq!(styles.paragraph(Some("gone")).is_centred, Some(false));
    }

    #[test]
    fn styles_in_a_ring_end() {
        let styles = Styles::new(TEXT, 99);
        assert_eq!(styles.whole("l1").number.list, None);
        assert_eq!(Styles::new("", 99).paragraph(Some("1")), Rc::default());
    }
}
