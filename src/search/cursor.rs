//! Where a page ended, as a caller hands it back: what follows is told without counting what came before.

use super::request::Request;
use crate::error::{Error, QueryFault};
use sha2::{Digest, Sha256};

/// In which order of hits a place stands, the better first; see [`super::rank`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stretch {
    /// Among the best, which were weighed again.
    Window,
    /// Among all that follow.
    Rest,
}

/// The place of a hit in the order of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) stretch: Stretch,
    pub(super) order: i64,
    pub(super) key: u64,
    pub(super) ordinal: u64,
}

impl Cursor {
    /// As it stands in [`super::Answer::next`]; it holds for questions that differ from `request` in their page only.
    pub(super) fn written(&self, request: &Request) -> String {
        let stretch = match self.stretch {
            Stretch::Window => 'w',
            Stretch::Rest => 'r',
        };
        let (order, key, ordinal) = (self.order.cast_unsigned(), self.key, self.ordinal);
        format!("{}{stretch}{order:x}-{key:x}-{ordinal:x}", mark(request))
    }

    /// Reads what [`Cursor::written`] wrote.
    ///
    /// # Errors
    /// [`Error::Query`] when it did not, or for another question.
    pub(super) fn read(written: &str, request: &Request) -> Result<Self, Error> {
        let foreign = || Error::Query {
            place: 1,
            fault: QueryFault::ForeignCursor,
        };
        let rest = written.strip_prefix(&mark(request)).ok_or_else(foreign)?;
        let (stretch, numbers) = match rest.strip_prefix('w') {
            Some(numbers) => (Stretch::Window, numbers),
            None => (Stretch::Rest, rest.strip_prefix('r').ok_or_else(foreign)?),
        };
        let mut read = numbers.split('-').map(|hex| u64::from_str_radix(hex, 16));
        match (read.next(), read.next(), read.next(), read.next()) {
            (Some(Ok(order)), Some(Ok(key)), Some(Ok(ordinal)), None) => Ok(Self {
                stretch,
                order: order.cast_signed(),
                key,
                ordinal,
            }),
            _ => Err(foreign()),
        }
    }
}

/// Tells the questions apart whose hits stand in different orders: eight hex digits.
fn mark(request: &Request) -> String {
    let asked = (
        &request.query,
        request.within,
        &request.filters,
        request.sort,
    );
    let digest = Sha256::digest(format!("{asked:?}"));
    digest.iter().take(4).map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_reads_back(order: i64, key: u64, ordinal: u64, in_window: bool) {
            let request = Request::new("演练");
            let stretch = if in_window { Stretch::Window } else { Stretch::Rest };
            let cursor = Cursor { stretch, order, key, ordinal };
            let read = Cursor::read(&cursor.written(&request), &request);
            prop_assert_eq!(read.ok(), Some(cursor));
        }

        #[test]
        fn anything_else_is_refused(text in "[0-9a-fwr-]{0,40}|\\PC{0,20}") {
            prop_assert!(Cursor::read(&text, &Request::new("演练")).is_err());
        }
    }

    #[test]
    fn a_cursor_of_another_question_is_refused() {
        let cursor = Cursor {
            stretch: Stretch::Rest,
            order: -3,
            key: 7,
            ordinal: 1,
        };
        let written = cursor.written(&Request::new("演练"));
        assert!(Cursor::read(&written, &Request::new("宣传")).is_err());
        let larger = Request {
            size: 20,
            ..Request::new("演练")
        };
        assert_eq!(Cursor::read(&written, &larger).ok(), Some(cursor));
    }
}
