//! A notice in the forms of other programs: calendars and bibliographies. Pure: the same notice, the same bytes.

mod bibliography;
mod calendar;

pub use bibliography::bibtex;
pub use calendar::calendar;
