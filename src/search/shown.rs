//! What was found, read from the index and told as hits.

use super::answer::{Hit, HitGroup};
use super::engine::Engine;
use super::explain;
use super::group::Found;
use super::reading::Reading;
use super::request::Grouping;
use super::snippet::Needles;
use crate::error::Error;
use crate::index::Entry;
use crate::index::legend::Legend;
use crate::record::Mask;
use std::collections::HashMap;
use tantivy::{DocAddress, Searcher};

/// The hits of one answer, as they are read and shown.
pub(super) struct Shown<'a> {
    pub(super) engine: &'a Engine,
    pub(super) searcher: &'a Searcher,
    pub(super) reading: &'a Reading,
    pub(super) needles: Needles,
    pub(super) masks: HashMap<String, Option<Mask>>,
    pub(super) explain: bool,
}

impl Shown<'_> {
    /// The hit at an address, its score in thousandths; none when its notice is gone.
    pub(super) fn hit(&mut self, address: DocAddress, score: i64) -> Result<Option<Hit>, Error> {
        let mut entry = self.engine.entry(self.searcher, address)?;
        if self.engine.masking
            && let Some(found) = entry.take()
        {
            entry = self.engine.masked(found, &mut self.masks)?;
        }
        let Some(entry) = entry else { return Ok(None) };
        // Thousandths, exactly
        #[allow(clippy::cast_precision_loss)]
        let score = score as f64 / 1000.0;
        let explanation = self.explain.then(|| explain::found(self.reading, &entry));
        Ok(Some(Hit {
            explanation,
            ..hit(entry, &self.needles, score)
        }))
    }

    /// A group with its best hits.
    pub(super) fn group(
        &mut self,
        found: Found,
        by: Option<Grouping>,
        legend: &Legend,
        scored: bool,
    ) -> Result<HitGroup, Error> {
        let mut hits = Vec::new();
        for (_, ranked) in &found.best {
            let score = if scored { ranked.order } else { 0 };
            hits.extend(self.hit(ranked.address, score)?);
        }
        let value = match by {
            Some(Grouping::Notice) => hits.first().map(|hit: &Hit| hit.notice_id.clone()),
            _ => found.place.map(|at| legend.value(at as usize).to_owned()),
        };
        Ok(HitGroup {
            value,
            total: found.total,
            hits,
        })
    }
}

/// An entry as a hit.
pub(super) fn hit(entry: Entry, needles: &Needles, score: f64) -> Hit {
    let marks = |title: Option<&str>| title.map(|t| needles.in_title(t)).unwrap_or_default();
    let within = entry.ordinal.is_some() || entry.section.is_some();
    Hit {
        title_highlights: marks(entry.title.as_deref()),
        notice_title_highlights: marks(entry.notice_title.as_deref().filter(|_| within)),
        snippet: needles.in_text(&entry.text, entry.start),
        id: entry.id,
        notice_id: entry.notice_id,
        ordinal: entry.ordinal,
        section: entry.section,
        title: entry.title,
        notice_title: entry.notice_title,
        path: entry.path,
        above: entry.above,
        units: entry.units,
        dates: entry.dates,
        kinds: entry.kinds,
        audiences: entry.audiences,
        kind: entry.kind,
        doc_number: entry.doc_number,
        issuers: entry.issuers,
        issued: entry.issued,
        year: entry.year,
        region: entry.region,
        region_path: entry.region_path,
        level: entry.level,
        campaign: entry.campaign,
        sources: entry.sources,
        score,
        explanation: None,
    }
}
