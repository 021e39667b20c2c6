//! The XML of a part, element by element: local names alone, so that strict and transitional namespaces are one.
//!
//! Entities that a part declares are never expanded; the five of XML and character references are read.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use std::borrow::Cow;

/// What stands next in a part.
pub(super) enum Token<'x> {
    /// An element begins; an empty one ends at once.
    Open(Element<'x>),
    /// An element ends.
    Close,
    /// Characters.
    Text(Cow<'x, str>),
    /// The part ends, or cannot be read on.
    End,
}

/// The start tag of an element.
pub(super) struct Element<'x>(BytesStart<'x>);

impl Element<'_> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of the attribute of this local name.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        self.0
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|a| a.key.local_name().into_inner() == name)
            .map(|a| match unescape(&a.value) {
                Ok(value) => Cow::Owned(value.into_owned()),
                Err(_) => a.value,
            })
    }

    /// The attribute `val`.
    pub(super) fn val(&self) -> Option<Cow<'_, str>> {
        self.get("val")
    }

    /// The attribute `val` as a number.
    pub(super) fn number(&self) -> Option<i64> {
        self.val()?.trim().parse().ok()
    }

    /// A property that is on where the element stands, unless its value says otherwise.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// Reads a part from its start to its end, however deep.
pub(super) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    /// Elements that are open.
    depth: usize,
    max_depth: usize,
    /// Whether something was left out: too deep, or past what can be read.
    is_cut: bool,
}

impl<'x> Xml<'x> {
    pub(super) fn new(text: &'x str, max_depth: usize) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self {
            reader,
            depth: 0,
            max_depth,
            is_cut: false,
        }
    }

    pub(super) fn next(&mut self) -> Token<'x> {
        loop {
            match self.reader.read_event() {
                Ok(Event::Start(tag)) => {
                    self.depth += 1;
                    if self.depth > self.max_depth {
                        self.is_cut = true;
                        self.skip();
                        continue;
                    }
                    return Token::Open(Element(tag));
                }
                Ok(Event::End(_)) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Token::Close;
                }
                Ok(Event::Text(text)) => return Token::Text(text.into_inner()),
                Ok(Event::CData(text)) => return Token::Text(text.into_inner()),
                Ok(Event::GeneralRef(reference)) => {
                    let reference = reference.into_inner();
                    // A reference to an entity of the part's own is left out.
                    if let Some(c) = character(&reference) {
                        return Token::Text(Cow::Owned(c.to_string()));
                    }
                }
                Ok(Event::Eof) => {
                    self.is_cut |= self.depth > 0;
                    return Token::End;
                }
                Ok(_) => {}
                Err(_) => {
                    self.is_cut = true;
                    return Token::End;
                }
            }
        }
    }

    /// Leaves out what stands in the element that was just opened, and its end.
    pub(super) fn skip(&mut self) {
        let mut open = 1usize;
        self.depth = self.depth.saturating_sub(1);
        while open > 0 {
            match self.reader.read_event() {
                Ok(Event::Start(_)) => open += 1,
                Ok(Event::End(_)) => open -= 1,
                Ok(Event::Eof) | Err(_) => {
                    self.is_cut = true;
                    return;
                }
                Ok(_) => {}
            }
        }
    }

    /// Whether something was left out so far.
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }
}

/// The character of `&lt;`, `&#12;` and the like, given without its ampersand and semicolon.
fn character(reference: &str) -> Option<char> {
    Some(match reference {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        other => {
            let number = other.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    })
}

/// The text of a part: UTF-8, or UTF-16 where it begins so.
pub(super) fn decoded(bytes: Vec<u8>) -> String {
    let wide = match bytes.get(..2) {
        Some([0xff, 0xfe]) | Some([b'<', 0]) => Some(encoding_rs::UTF_16LE),
        Some([0xfe, 0xff]) | Some([0, b'<']) => Some(encoding_rs::UTF_16BE),
        _ => None,
    };
    match wide {
        Some(charset) => charset.decode(&bytes).0.into_owned(),
        None => match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names opened, `/` for each end, and the characters.
    fn seen(text: &str, max_depth: usize) -> (String, bool) {
        let mut xml = Xml::new(text, max_depth);
        let mut out = String::new();
        loop {
            match xml.next() {
                Token::Open(element) => {
                    out.push_str(element.name());
                    out.push('(');
                }
                Token::Close => out.push(')'),
                Token::Text(text) => out.push_str(&text),
                Token::End => return (out, xml.is_cut()),
            }
        }
    }

    #[test]
    fn names_are_local_and_references_are_read() {
        let (out, is_cut) = seen("<w:p><x:r/>甲&amp;&#x4E59;&lt;</w:p>", 9);
        assert_eq!(out, "p(r()甲&乙<)");
        assert!(!is_cut);
    }

    #[test]
    fn entities_of_the_part_are_not_expanded() {
        let bomb = "<!DOCTYPE t [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><t>x&b;y</t>";
        assert_eq!(seen(bomb, 9).0, "t(xy)");
    }

    #[test]
    fn what_is_too_deep_is_left_out() {
        let deep = format!(
            "<a>1{}2{}3</a>",
            "<b>".repeat(100_000),
            "</b>".repeat(100_000)
        );
        let (out, is_cut) = seen(&deep, 3);
        assert_eq!(out, "a(1b(b())3)");
        assert!(is_cut);
    }

    #[test]
    fn a_cut_part_is_read_to_where_it_ends() {
        let (out, is_cut) = seen("<a><b>甲</b><b>乙", 9);
        assert_eq!(out, "a(b(甲)b(乙");
        assert!(is_cut);
        assert!(seen("<a><b x='", 9).1);
    }

    #[test]
    fn attributes_by_local_name() {
        let mut xml = Xml::new("<w:b w:val='0' w:x='&lt;1'/>", 9);
        let Token::Open(element) = xml.next() else {
            panic!("an element")
        };
        assert!(!element.is_on());
        assert_eq!(element.number(), Some(0));
        assert_eq!(element.get("x").as_deref(), Some("<1"));
        assert_eq!(element.get("y"), None);
    }

    #[test]
    fn wide_parts_are_decoded() {
        let wide: Vec<u8> = "<a>甲</a>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decoded(wide), "<a>甲</a>");
        assert_eq!(decoded(b"\xff<a/>".to_vec()), "\u{fffd}<a/>");
    }
}
