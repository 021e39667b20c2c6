//! How rare a term is, and how long a text usually is, among the documents of a unit of search.
//!
//! Each kind of document has text fields of its own, and an index holds all kinds. A term is as rare as it is in those
//! that are asked together, so that what an activity and another section are given can be compared.

use super::request::Within;
use crate::index::Fields;
use crate::index::fields::{ACTIVITY, SECTION, Texts};
use tantivy::Searcher;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field as Column, Term as Key};

/// The documents that are asked together.
pub(super) struct Statistics<'s> {
    searcher: &'s Searcher,
    /// How many there are.
    documents: u64,
    /// The same field of the two kinds that are asked.
    twins: Vec<(Column, Column)>,
}

impl<'s> Statistics<'s> {
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn new(
        searcher: &'s Searcher,
        fields: &Fields,
        within: Within,
    ) -> tantivy::Result<Self> {
        let of = |kind: &str| searcher.doc_freq(&Key::from_field_text(fields.doc, kind));
        let (documents, twins) = match within {
            Within::Activities => (of(ACTIVITY)?, Vec::new()),
            Within::Sections => {
                let [one, other] = [&fields.activity, &fields.section].map(columns);
                let twins = one.into_iter().zip(other).filter(|(a, b)| a != b);
                (of(ACTIVITY)? + of(SECTION)?, twins.collect())
            }
            Within::Notices => (searcher.total_num_docs()?, Vec::new()),
        };
        Ok(Self {
            searcher,
            documents: documents.max(1),
            twins,
        })
    }

    fn twin(&self, column: Column) -> Option<Column> {
        self.twins.iter().find_map(|(a, b)| match column {
            column if column == *a => Some(*b),
            column if column == *b => Some(*a),
            _ => None,
        })
    }
}

fn columns(texts: &Texts) -> [Column; 8] {
    [
        texts.all.own,
        texts.chars.own,
        texts.words.own,
        texts.title,
        texts.units,
        texts.leads,
        texts.cites,
        texts.contacts,
    ]
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, column: Column) -> tantivy::Result<u64> {
        let own = self.searcher.total_num_tokens(column)?;
        Ok(match self.twin(column) {
            Some(twin) => own + self.searcher.total_num_tokens(twin)?,
            None => own,
        })
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.documents)
    }

    fn doc_freq(&self, term: &Key) -> tantivy::Result<u64> {
        let own = self.searcher.doc_freq(term)?;
        let twin = match (self.twin(term.field()), term.value().as_str()) {
            (Some(twin), Some(text)) => {
                self.searcher.doc_freq(&Key::from_field_text(twin, text))?
            }
            _ => 0,
        };
        // There may be more notices, whose titles are asked too, than documents of the kind
        Ok((own + twin).min(self.documents))
    }
}
