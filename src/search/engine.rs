//! The engine: a question in, an answer out, over one index and one source of whole notices.

use super::answer::{Answer, Count as Counted, Facets, Groups};
use super::cursor::Cursor;
use super::explain::{self, Why};
use super::field::Field;
use super::filter::Group;
use super::group::{self, Found};
use super::named::Named;
use super::plan::{Mode, Plan};
use super::query::{self, Node};
use super::rank;
use super::reading::Reading;
use super::related;
use super::request::{Counting, Filters, Grouping, MAX_DEPTH, MAX_SIZE, Request, Sort, Within};
use super::shown::{Shown, hit};
use super::similar::{self, Basis, Model, Precedents};
use super::snippet::Needles;
use super::suggest::{self, Suggestion};
use super::tally::Tally;
use super::view::View;
use crate::error::{Error, QueryFault};
use crate::index::entry::Unit;
use crate::index::fields::NOTICE;
use crate::index::legend::Facet;
use crate::index::row;
use crate::index::{Entry, Index};
use crate::record::{Mask, Notice};
use crate::store::Store;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use tantivy::collector::{Count, DocSetCollector};
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, Searcher, TantivyDocument};

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
        let mut store = self.lock().unwrap_or_else(PoisonError::into_inner);
        store.refresh()?;
        store.notice(id)
    }
}

/// Answers questions.
pub struct Engine {
    index: Index,
    notices: Box<dyn Notices>,
    pub(super) masking: bool,
    /// Of the view of the index that facets were last counted in.
    view: Mutex<Option<(u64, Arc<View>)>>,
}

impl Engine {
    /// An engine over an index and the notices that it was made of.
    #[must_use]
    pub fn new(index: Index, notices: Box<dyn Notices>) -> Self {
        Self {
            index,
            notices,
            masking: false,
            view: Mutex::new(None),
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
        let node = self.parsed(&request.query)?;
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
        let fields = self.index.fields();
        let texts = Plan::texts(fields, request.within);
        let reading = Reading::within(node, &searcher, fields, request.within);
        let plan = Plan {
            searcher: &searcher,
            fields,
            texts,
            within: request.within,
            reading: &reading,
            filters: &request.filters,
        };
        let from = match &request.after {
            Some(after) => rank::From::After(Cursor::read(after, request)?),
            None => rank::From::Skip(skip),
        };
        let grouped = match request.group {
            Some(by) => Some(self.grouped(&plan, by, request.sort)?),
            None => None,
        };
        let best = match grouped {
            Some(_) => rank::Page::default(),
            None => rank::page(&plan, request.sort, from, size).map_err(unread)?,
        };
        let (total, facets) = match request.counting {
            Counting::Facets => self.counted(&plan)?,
            Counting::Total => {
                let question = plan.question(Mode::Exact, None);
                let total = searcher.search(&question, &Count).map_err(unread)?;
                (total, Facets::default())
            }
            Counting::Nothing => (skip + best.hits.len(), Facets::default()),
        };
        let mut shown = Shown {
            engine: self,
            searcher: &searcher,
            reading: &reading,
            needles: Needles::of(&reading),
            masks: HashMap::new(),
            explain: request.explain,
        };
        let related = match (&request.after, request.group, request.sort) {
            (None, None, Sort::Relevance) if page == 1 && best.hits.len() < size => {
                let most = size - best.hits.len();
                related::best(&plan, &best.hits, most).map_err(unread)?
            }
            _ => Vec::new(),
        };
        let mut hits = Vec::new();
        for (address, score) in best.hits {
            hits.extend(shown.hit(address, score)?);
        }
        let mut partly = Vec::new();
        for (address, score) in related {
            partly.extend(shown.hit(address, score)?);
        }
        let groups = match grouped {
            Some(all) => {
                let legend = &self.viewed(&searcher)?.legend;
                let scored = rank::order(&plan, request.sort) == rank::Order::Score;
                let total = all.len();
                let mut groups = Vec::new();
                for found in all.into_iter().skip(skip).take(size) {
                    groups.push(shown.group(found, request.group, legend, scored)?);
                }
                Some(Groups { total, groups })
            }
            None => None,
        };
        let did_you_mean = match total {
            // What a text has that a query nearly has may be what is covered
            0 if !self.masking => self.meant(&plan, request)?,
            _ => None,
        };
        Ok(Answer {
            total,
            took_ms: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
            page,
            size,
            hits,
            next: best.next.map(|cursor| cursor.written(request)),
            groups,
            related: partly,
            facets,
            did_you_mean,
        })
    }

    /// The groups of the matches, the one with the best hit first.
    fn grouped(&self, plan: &Plan<'_>, by: Grouping, sort: Sort) -> Result<Vec<Found>, Error> {
        let legend = &self.viewed(plan.searcher)?.legend;
        group::all(plan, by, rank::order(plan, sort), legend).map_err(unread)
    }

    /// The query, read; under a mask nobody asks for what it covers.
    fn parsed(&self, query: &str) -> Result<Node, Error> {
        let node = query::parse(query)?;
        match self.masking && node.names(Field::Contact) {
            true => Err(Error::Query {
                place: 1,
                fault: QueryFault::Covered,
            }),
            false => Ok(node),
        }
    }

    /// What was likely meant by a query that finds nothing: one that finds something.
    fn meant(&self, plan: &Plan<'_>, request: &Request) -> Result<Option<String>, Error> {
        let Some(meant) = suggest::meant(plan, &request.query).map_err(unread)? else {
            return Ok(None);
        };
        let Ok(node) = query::parse(&meant) else {
            return Ok(None);
        };
        let reading = Reading::within(node, plan.searcher, plan.fields, plan.within);
        let question = Plan {
            reading: &reading,
            ..*plan
        }
        .question(Mode::Exact, None);
        let total = plan.searcher.search(&question, &Count).map_err(unread)?;
        Ok((total > 0).then_some(meant))
    }

    /// Whether the document of an id answers a request, and which of its conditions it fails; none when there is no
    /// such document.
    ///
    /// # Errors
    /// [`Error::Query`] for a malformed query; [`Error::Index`] when the index fails.
    pub fn why(&self, request: &Request, id: &str) -> Result<Option<Why>, Error> {
        let node = self.parsed(&request.query)?;
        let Some(named) = Named::of(id) else {
            return Ok(None);
        };
        let searcher = self.index.searcher();
        let fields = self.index.fields();
        let texts = named.texts(fields);
        let reading = Reading::within(node, &searcher, fields, request.within);
        let plan = Plan {
            searcher: &searcher,
            fields,
            texts,
            within: named.within,
            reading: &reading,
            filters: &request.filters,
        };
        let key = tantivy::Term::from_field_text(fields.notice_id, named.notice);
        let own = TermQuery::new(key, IndexRecordOption::Basic);
        let mut found = None;
        for address in searcher.search(&own, &DocSetCollector).map_err(unread)? {
            let fast = searcher.segment_reader(address.segment_ord).fast_fields();
            let column = fast.u64("ordinal").map_err(unread)?;
            if column.first(address.doc_id) == Some(named.ordinal) {
                found = Some(address);
            }
        }
        let Some(address) = found else {
            return Ok(None);
        };
        let conditions = explain::conditions(&plan, address).map_err(unread)?;
        let question = plan.question(Mode::Exact, None);
        let matches = explain::holds(&searcher, question.as_ref(), address).map_err(unread)?;
        Ok(Some(Why {
            id: id.to_owned(),
            matches,
            conditions,
        }))
    }

    /// Names and words that begin as was typed.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn suggest(&self, typed: &str, most: usize) -> Result<Vec<Suggestion>, Error> {
        let searcher = self.index.searcher();
        let fields = self.index.fields();
        let texts = Plan::texts(fields, Within::Activities);
        let reading = Reading::new(query::Node::All, &searcher, texts);
        let plan = Plan {
            searcher: &searcher,
            fields,
            texts,
            within: Within::Activities,
            reading: &reading,
            filters: &Filters::default(),
        };
        let legend = &self.viewed(&searcher)?.legend;
        let mut found = suggest::completions(&plan, legend, typed, most).map_err(unread)?;
        if self.masking {
            // Words of the texts may be names and numbers that are covered
            found.retain(|suggestion| suggestion.sort != suggest::WORD);
        }
        Ok(found)
    }

    /// What was done before that is like an activity, a notice or a pasted clause; none when no such id is known.
    ///
    /// # Errors
    /// When index or store cannot be read.
    pub fn similar(&self, basis: &Basis, size: usize) -> Result<Option<Precedents>, Error> {
        let (within, own, entry) = match basis {
            Basis::Clause(_) => (Within::Activities, None, None),
            Basis::Id(id) => {
                let Some(named) = Named::of(id) else {
                    return Ok(None);
                };
                let Some(notice) = self.notice(named.notice)? else {
                    return Ok(None);
                };
                let mut entries = Entry::of(&notice, &[]).into_iter();
                let Some(entry) = entries.find(|entry| entry.id == *id) else {
                    return Ok(None);
                };
                (named.within, Some(named.notice), Some(entry))
            }
        };
        let text = match (basis, &entry) {
            (Basis::Clause(text), _) => text,
            (_, Some(entry)) => &entry.text,
            _ => return Ok(None),
        };
        let searcher = self.index.searcher();
        let fields = self.index.fields();
        let texts = Plan::texts(fields, within);
        let (reading, filters) = (
            Reading::new(query::Node::All, &searcher, texts),
            Filters::default(),
        );
        let plan = Plan {
            searcher: &searcher,
            fields,
            texts,
            within,
            reading: &reading,
            filters: &filters,
        };
        let model = Model::new(&plan, text, entry.as_ref()).map_err(unread)?;
        let mut compared = Vec::new();
        let mut masks = HashMap::new();
        for address in model.candidates(&plan).map_err(unread)? {
            let Some(entry) = self.entry(&searcher, address)? else {
                continue;
            };
            if own != Some(entry.notice_id.as_str()) {
                compared.extend(model.compared(entry));
            }
        }
        let mut hits = Vec::new();
        for (mut one, copies) in similar::folded(compared, size.clamp(1, MAX_SIZE)) {
            if self.masking {
                let Some(entry) = self.masked(one.entry.clone(), &mut masks)? else {
                    continue;
                };
                // The mask keeps every character's place, so what is shared is told again from the masked text
                let Some(again) = model.compared(entry) else {
                    continue;
                };
                one = again;
            }
            let bare = hit(one.entry.clone(), &Needles::default(), one.similarity);
            hits.push(similar::precedent(one, &copies, bare));
        }
        let words = model.words();
        Ok(Some(Precedents { words, hits }))
    }

    /// How many match, and the counts of every facet; those of a facet that filters leave its own filter out.
    fn counted(&self, plan: &Plan<'_>) -> Result<(usize, Facets), Error> {
        let view = self.counting(plan.searcher)?;
        let ask = |without: Option<Group>| {
            let question = plan.question(Mode::Exact, without);
            let tally = Tally(Arc::clone(&view));
            plan.searcher.search(&question, &tally).map_err(unread)
        };
        let tallied = ask(None)?;
        let mut facets = tallied.facets();
        for group in Group::EVERY {
            if group
                .filter(plan.fields, plan.texts, plan.filters)
                .is_some()
            {
                replace(&mut facets, ask(Some(group))?.facets(), group);
            }
        }
        Ok((tallied.total, facets))
    }

    /// Every series of the notices that the filters let pass, with how many of them are of it: the greatest counts first,
    /// equals in the order of their names. Facets hold the first of these alone.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn series(&self, filters: &Filters) -> Result<Vec<Counted>, Error> {
        let searcher = self.index.searcher();
        let fields = self.index.fields();
        let texts = Plan::texts(fields, Within::Notices);
        let reading = Reading::new(query::Node::All, &searcher, texts);
        let plan = Plan {
            searcher: &searcher,
            fields,
            texts,
            within: Within::Notices,
            reading: &reading,
            filters,
        };
        let tally = Tally(self.counting(&searcher)?);
        let question = plan.question(Mode::Exact, None);
        let tallied = searcher.search(&question, &tally).map_err(unread)?;
        Ok(tallied.of(Facet::Series))
    }

    /// What facets are counted by in this view of the index; read once a view.
    fn viewed(&self, searcher: &Searcher) -> Result<Arc<View>, Error> {
        let generation = searcher.generation().generation_id();
        // A view is put in whole, so it is whole whatever befell another reader
        let mut kept = self.view.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, view)) = kept.as_ref()
            && *of == generation
        {
            return Ok(Arc::clone(view));
        }
        let view = Arc::new(View::of(searcher, self.index.dir()).map_err(unread)?);
        *kept = Some((generation, Arc::clone(&view)));
        Ok(view)
    }

    /// The same with its columns open.
    fn counting(&self, searcher: &Searcher) -> Result<Arc<View>, Error> {
        let view = self.viewed(searcher)?;
        view.open(searcher).map_err(unread)?;
        Ok(view)
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
    pub(super) fn masked(
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

    /// The index's state that answers are given from: the same name, the same answers, here and after a restart.
    #[must_use]
    pub fn view(&self) -> String {
        let searcher = self.index.searcher();
        let mut name = String::new();
        for (segment, deletes) in searcher.generation().segments() {
            name.push_str(&segment.short_uuid_string());
            name.push_str(&deletes.unwrap_or(0).to_string());
            name.push('.');
        }
        name
    }

    /// The generation of the store that the index holds; none before its first commit.
    #[must_use]
    pub fn generation(&self) -> Option<u64> {
        self.index.generation()
    }

    /// How many notices the index holds, and how many documents with their activities and sections, in that view.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn holds(&self) -> Result<(u64, u64), Error> {
        let searcher = self.index.searcher();
        let notice = tantivy::Term::from_field_text(self.index.fields().doc, NOTICE);
        let notices = TermQuery::new(notice, IndexRecordOption::Basic);
        let notices = searcher.search(&notices, &Count).map_err(unread)?;
        Ok((notices as u64, searcher.num_docs()))
    }

    /// Whether contacts are covered.
    #[must_use]
    pub fn is_masking(&self) -> bool {
        self.masking
    }

    /// Makes later commits visible.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn reload(&self) -> Result<(), Error> {
        self.index.reload()
    }

    /// The entry at an address; none when its notice is gone.
    pub(super) fn entry(
        &self,
        searcher: &Searcher,
        address: DocAddress,
    ) -> Result<Option<Entry>, Error> {
        let document: TantivyDocument = searcher.doc(address).map_err(unread)?;
        let bytes = document
            .get_first(self.index.fields().entry)
            .and_then(|value| value.as_bytes());
        let entry = bytes.and_then(row::read);
        match entry {
            // The text of a whole notice stands in the store alone
            Some(mut entry) if entry.unit() == Unit::Notice => {
                let notice = self.notices.notice(&entry.notice_id)?;
                entry.text = notice.map(|notice| notice.text).unwrap_or_default();
                Ok(Some(entry))
            }
            entry => Ok(entry),
        }
    }
}

fn unread(cause: tantivy::TantivyError) -> Error {
    crate::index::failed("read", cause)
}

/// Takes over the counts of the facets that a group's filters bear on.
fn replace(facets: &mut Facets, freed: Facets, group: Group) {
    match group {
        Group::Year => facets.year = freed.year,
        Group::Region => facets.region = freed.region,
        Group::Kind => {
            facets.kind = freed.kind;
            facets.activity_kind = freed.activity_kind;
        }
        Group::Unit => facets.unit = freed.unit,
        Group::Issuer => facets.issuer = freed.issuer,
        Group::Level => facets.level = freed.level,
        Group::Campaign => facets.campaign = freed.campaign,
        Group::Series => facets.series = freed.series,
        Group::Function => facets.function = freed.function,
        Group::Role => facets.role = freed.role,
        Group::Audience => facets.audience = freed.audience,
        Group::Deadline => facets.deadline = freed.deadline,
    }
}
