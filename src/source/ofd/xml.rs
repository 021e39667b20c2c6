//! XML as a walk over elements with local names; no entity but the predefined is expanded.

use encoding_rs::Encoding;
use encoding_rs::UTF_8;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use std::borrow::Cow;

/// A step of the walk.
pub(super) enum Step<'x> {
    /// An element begins.
    Open(&'x str, Attributes<'x>),
    /// Characters of the element that is open.
    Text(&'x str),
    /// The element of this name ends.
    Close(&'x str),
}

/// The attributes of an element, found by local name, case aside.
#[derive(Clone, Copy)]
pub(super) struct Attributes<'x>(&'x BytesStart<'x>);

impl<'x> Attributes<'x> {
    /// The value of an attribute, entities resolved.
    pub(super) fn get(self, name: &str) -> Option<Cow<'x, str>> {
        let found = self
            .0
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|a| a.key.local_name().into_inner().eq_ignore_ascii_case(name))?;
        Some(match found.value.contains('&') {
            true => quick_xml::escape::unescape(&found.value)
                .map_or(Cow::Borrowed(""), |v| v.into_owned().into()),
            false => found.value,
        })
    }

    /// The numbers of an attribute, parted by blanks.
    pub(super) fn numbers(self, name: &str) -> Option<Vec<f32>> {
        Some(numbers(&self.get(name)?))
    }

    /// The first number of an attribute.
    pub(super) fn number(self, name: &str) -> Option<f32> {
        self.get(name)?.trim().parse().ok()
    }
}

/// The numbers in a text, parted by blanks or commas.
pub(super) fn numbers(text: &str) -> Vec<f32> {
    text.split(|c: char| c.is_whitespace() || c == ',')
        .filter_map(|word| word.parse().ok())
        .collect()
}

/// Walks over the elements of a part. Whether it was read to its end; what stands before a fault is walked over.
pub(super) fn walk(bytes: &[u8], max_depth: usize, mut step: impl FnMut(Step)) -> bool {
    let text = decoded(bytes);
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                depth += 1;
                if depth > max_depth {
                    return false;
                }
                let name = element.local_name();
                step(Step::Open(name.into_inner(), Attributes(&element)));
            }
            Ok(Event::End(element)) => {
                depth = depth.saturating_sub(1);
                step(Step::Close(element.local_name().into_inner()));
            }
            Ok(Event::Text(text)) => step(Step::Text(&text.into_inner())),
            Ok(Event::CData(text)) => step(Step::Text(&text.into_inner())),
            Ok(Event::GeneralRef(name)) => match name.resolve_char_ref() {
                Ok(Some(c)) => step(Step::Text(c.encode_utf8(&mut [0; 4]))),
                _ => step(Step::Text(
                    resolve_predefined_entity(&name.into_inner()).unwrap_or_default(),
                )),
            },
            Ok(Event::Eof) => return depth == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// The part's characters, by its byte order mark, its declaration, or as UTF-8.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.into();
    }
    let head = String::from_utf8_lossy(bytes.get(..128).unwrap_or(bytes));
    let label = head
        .split_once("encoding=")
        .and_then(|(_, rest)| rest.get(1..))
        .and_then(|rest| rest.split(['"', '\'']).next());
    let encoding = label
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .unwrap_or(UTF_8);
    encoding.decode(bytes).0
}
