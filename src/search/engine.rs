//! The engine: a question in, an answer out, over one index and one source of whole notices.

use super::answer::{Answer, Facets, Hit};
use super::plan::{self, Group};
use super::query;
use super::request::{MAX_DEPTH, MAX_SIZE, Request};
use super::snippet::Needles;
use super::tally::{Tallied, Tally};
use crate::error::{Error, QueryFault};
use crate::index::{Entry, Index};
use crate::record::{Mask, Notice};
use crate::store::Store;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;
use tantivy::schema::Value;
use tantivy::{Searcher, TantivyDocument};

/// The most values of one facet; an archive has a hundred thousand units.
const MOST_VALUES: usize = 200;

/// Where whole notices are kept.
pub trait Notices: Send + Sync {
    /// The notice with this id, or none.
    ///
    /// # Errors
    /// When it cannot be read.
    fn notice(&self, id: &str) -> Result<Option<Notice>, Error>;
}

impl Notices for Mutex<Store> {
    fn notice(&self, id: &str) -> Result<Option<Notice>, Error> {
        // Reading leaves nothing half done, so the store is whole whatever befell another reader
        self.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .notice(id)
    }
}

/// Answers questions.
pub struct Engine {
    index: Index,
    notices: Box<dyn Notices>,
    masking: bool,
}

impl Engine {
    /// An engine over an index and the notices that it was made of.
    #[must_use]
    pub fn new(index: Index, notices: Box<dyn Notices>) -> Self {
        Self {
            index,
            notices,
            masking: false,
        }
    }

    /// The same engine, covering the names, numbers and addresses of contacts in all that it gives.
    #[must_use]
    pub fn masking(self) -> Self {
        Self {
            masking: true,
            ..self
        }
    }

    /// The answer as of the last commit that [`Engine::reload`] saw.
    ///
    /// # Errors
    /// [`Error::Query`] for a malformed query or a page out of reach; [`Error::Index`] when the index fails.
    pub fn search(&self, request: &Request) -> Result<Answer, Error> {
        let begun = Instant::now();
        let node = query::parse(&request.query)?;
        let size = request.size.clamp(1, MAX_SIZE);
        let page = request.page.max(1);
        let skip = (page - 1).saturating_mul(size);
        if skip.saturating_add(size) > MAX_DEPTH {
            return Err(Error::Query {
                place: 1,
                fault: QueryFault::TooLong {
                    limit: MAX_DEPTH,
                    of: "hits",
                },
            });
        }
        let searcher = self.index.searcher();
        let ask = |tally: &Tally, without: Option<Group>| {
            let question = plan::question(
                self.index.fields(),
                &node,
                request.within,
                &request.filters,
                without,
            );
            searcher
                .search(&question, tally)
                .map_err(|e| crate::index::failed("read", e))
        };
        let every = [
            "region",
            "kind",
            "activity_kind",
            "unit",
            "issuer",
            "level",
            "campaign",
        ];
        let tally = Tally {
            keep: skip + size,
            texts: every.to_vec(),
            years: true,
        };
        let tallied = ask(&tally, None)?;
        let mut facets = facets(&tallied, &every);
        for group in Group::EVERY {
            if group
                .filter(self.index.fields(), &request.filters)
                .is_some()
            {
                let texts = columns(group);
                let years = group == Group::Year;
                let tally = Tally {
                    keep: 0,
                    texts: texts.to_vec(),
                    years,
                };
                let freed = ask(&tally, Some(group))?;
                replace(&mut facets, &freed, texts, years);
            }
        }
        let needles = Needles::of(&node);
        let mut hits = Vec::new();
        let mut masks: HashMap<String, Option<Mask>> = HashMap::new();
        for ranked in tallied.best.iter().skip(skip) {
            let mut entry = self.entry(&searcher, ranked.address)?;
            if self.masking
                && let Some(found) = entry.take()
            {
                entry = self.masked(found, &mut masks)?;
            }
            // Thousandths, exactly
            #[allow(clippy::cast_precision_loss)]
            let score = ranked.score as f64 / 1000.0;
            hits.extend(entry.map(|entry| hit(entry, &needles, score)));
        }
        Ok(Answer {
            total: tallied.total,
            took_ms: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
            page,
            size,
            hits,
            facets,
        })
    }

    /// The whole notice with this id, or none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn notice(&self, id: &str) -> Result<Option<Notice>, Error> {
        let notice = self.notices.notice(id)?;
        Ok(match self.masking {
            true => notice.as_ref().map(Notice::masked),
            false => notice,
        })
    }

    /// The entry under its notice's mask; none when there is no such notice any more, for then nobody knows the mask.
    fn masked(
        &self,
        entry: Entry,
        masks: &mut HashMap<String, Option<Mask>>,
    ) -> Result<Option<Entry>, Error> {
        if !masks.contains_key(&entry.notice_id) {
            let notice = self.notices.notice(&entry.notice_id)?;
            masks.insert(entry.notice_id.clone(), notice.as_ref().map(Mask::of));
        }
        let mask = masks.get(&entry.notice_id).and_then(Option::as_ref);
        Ok(mask.and_then(|mask| mask.applied_to(&entry)))
    }

    /// Makes later commits visible.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn reload(&self) -> Result<(), Error> {
        self.index.reload()
    }

    fn entry(
        &self,
        searcher: &Searcher,
        address: tantivy::DocAddress,
    ) -> Result<Option<Entry>, Error> {
        let document: TantivyDocument = searcher
            .doc(address)
            .map_err(|e| crate::index::failed("read", e))?;
        let bytes = document
            .get_first(self.index.fields().entry)
            .and_then(|value| value.as_bytes());
        Ok(bytes.and_then(|bytes| serde_json::from_slice(bytes).ok()))
    }
}

/// The facets' columns that a group's filters bear on.
fn columns(group: Group) -> &'static [&'static str] {
    match group {
        Group::Year => &[],
        Group::Region => &["region"],
        Group::Kind => &["kind", "activity_kind"],
        Group::Unit => &["unit"],
        Group::Issuer => &["issuer"],
    }
}

fn facets(tallied: &Tallied, columns: &[&'static str]) -> Facets {
    let mut out = Facets::default();
    replace(&mut out, tallied, columns, true);
    out
}

fn replace(facets: &mut Facets, tallied: &Tallied, columns: &[&str], years: bool) {
    for (column, counts) in columns.iter().zip(&tallied.texts) {
        let slot = match *column {
            "region" => &mut facets.region,
            "kind" => &mut facets.kind,
            "activity_kind" => &mut facets.activity_kind,
            "unit" => &mut facets.unit,
            "issuer" => &mut facets.issuer,
            "level" => &mut facets.level,
            _ => &mut facets.campaign,
        };
        *slot = counts.iter().take(MOST_VALUES).cloned().collect();
    }
    if years {
        facets.year.clone_from(&tallied.years);
    }
}

fn hit(entry: Entry, needles: &Needles, score: f64) -> Hit {
    let title_highlights = entry
        .title
        .as_deref()
        .map(|title| needles.in_title(title))
        .unwrap_or_default();
    Hit {
        snippet: needles.in_text(&entry.text, entry.start),
        id: entry.id,
        notice_id: entry.notice_id,
        ordinal: entry.ordinal,
        title: entry.title,
        title_highlights,
        notice_title: entry.notice_title,
        path: entry.path,
        above: entry.above,
        units: entry.units,
        dates: entry.dates,
        kinds: entry.kinds,
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
    }
}
