//! What an id names.

use super::plan::Plan;
use super::request::Within;
use crate::index::fields::{self, Fields, Texts};

/// What an id names.
pub(super) struct Named<'i> {
    pub(super) within: Within,
    pub(super) notice: &'i str,
    /// As the index's column of that name has it.
    pub(super) ordinal: u64,
}

impl<'i> Named<'i> {
    /// `<notice>.<ordinal>` an activity, `<notice>.s<section>` a section, else a notice; none when what follows the
    /// point is neither.
    pub(super) fn of(id: &'i str) -> Option<Self> {
        let Some((notice, rest)) = id.rsplit_once('.') else {
            return Some(Self {
                within: Within::Notices,
                notice: id,
                ordinal: 0,
            });
        };
        let section = rest.strip_prefix('s').map(str::parse);
        let (within, ordinal) = match section {
            Some(section) => (Within::Sections, fields::ordinal(None, Some(section.ok()?))),
            None => (
                Within::Activities,
                fields::ordinal(Some(rest.parse().ok()?), None),
            ),
        };
        Some(Self {
            within,
            notice,
            ordinal,
        })
    }

    /// The text fields of such a document.
    pub(super) fn texts<'f>(&self, fields: &'f Fields) -> &'f Texts {
        match self.within {
            Within::Sections => &fields.section,
            other => Plan::texts(fields, other),
        }
    }
}
