//! How well hits are ranked: judged questions over the corpus, asked of this program and of what could stand in its
//! place, each over the same documents. `cargo bench --bench ranking`
//!
//! `GONGWEN_NOTICES` names a further folder of notices (`../shared/notices` where it is there), `GONGWEN_EACH=1` shows
//! each question, `GONGWEN_POOL=1` what is among the first twenty of any engine and not judged.

mod inputs;

use gongwen::error::Error;
use gongwen::index::Index as Ours;
use gongwen::index::document::surroundings;
use gongwen::record::Notice;
use gongwen::search::{Counting, Engine, Notices, Request, Within};
use inputs::bare;
use inputs::bare::{SearchMode, Tokens};
use inputs::judged::{Judged, Shelf, Worth, sets};
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::path::Path;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, QueryParser, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, Value};
use tantivy::tokenizer::{Token, Tokenizer, TokenizerManager};
use tantivy::{Index, Searcher, TantivyDocument, Term};

/// How many hits each engine gives.
const MOST: usize = 20;

/// What is searched.
const UNITS: [Within; 3] = [Within::Activities, Within::Sections, Within::Notices];

/// What could be searched with: a name, and the ids of the best hits, the best first.
type Asked<'e> = (&'static str, Box<dyn Fn(&Judged) -> Vec<String> + 'e>);

fn main() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let further = match std::env::var_os("GONGWEN_NOTICES") {
        Some(folder) => folder.into(),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/notices"),
    };
    let mut folders = vec![corpus.as_path()];
    if further.is_dir() {
        folders.push(&further);
    }
    for set in sets() {
        let shelf = Shelf::of(&folders, &set);
        let questions = &set.questions;
        if folders.len() > 1 {
            let lost: Vec<&str> = questions.iter().flat_map(|q| q.lost(&shelf)).collect();
            assert!(lost.is_empty(), "judged and nowhere: {lost:?}");
        }
        let engine = ours(&shelf);
        let jieba = Cut::new(&shelf, SearchMode::new());
        let pairs = Cut::new(&shelf, Bigrams);
        let trigrams = Trigrams::new(&shelf);
        let engines: Vec<Asked<'_>> = vec![
            ("gongwen", Box::new(|q| asked(&engine, q))),
            ("tantivy, jieba, AND", Box::new(|q| jieba.parsed(q, true))),
            ("tantivy, jieba, OR", Box::new(|q| jieba.parsed(q, false))),
            ("tantivy, bigrams, AND", Box::new(|q| pairs.parsed(q, true))),
            ("tantivy, bigrams, OR", Box::new(|q| pairs.any(q))),
            ("SQLite FTS5, trigrams", Box::new(|q| trigrams.asked(q))),
        ];
        println!("{}: {} notices", set.name, shelf.notices.len());
        table(&shelf, questions, &engines);
        let shown = |name: &str| std::env::var(name).is_ok_and(|v| v == "1");
        if shown("GONGWEN_EACH") {
            each(&shelf, questions, &engines);
        }
        if shown("GONGWEN_POOL") {
            pool(&shelf, questions, &engines);
        }
    }
}

/// Means over the questions that have an answer there.
fn table(shelf: &Shelf, questions: &[Judged], engines: &[Asked<'_>]) {
    println!("{:24} nDCG@10 recall@20", "");
    for (name, ask) in engines {
        let worths: Vec<Worth> = questions
            .iter()
            .filter_map(|q| q.worth(shelf, &ask(q)))
            .collect();
        let mean = |of: fn(&Worth) -> f64| worths.iter().map(of).sum::<f64>() / worths.len() as f64;
        println!(
            "{name:24} {:.3}   {:.3}",
            mean(|w| w.gain),
            mean(|w| w.recall)
        );
    }
    let asked = questions
        .iter()
        .filter(|q| q.worth(shelf, &[]).is_some())
        .count();
    println!(
        "{asked} of {} questions have an answer there\n",
        questions.len()
    );
}

fn each(shelf: &Shelf, questions: &[Judged], engines: &[Asked<'_>]) {
    for question in questions {
        print!("{:3} ", question.number);
        for (_, ask) in engines {
            match question.worth(shelf, &ask(question)) {
                Some(worth) => print!("{:.2}/{:.2} ", worth.gain, worth.recall),
                None => print!("–         "),
            }
        }
        // Of ours, the grades in their order
        let grades = engines[0].1(question).into_iter();
        let grades: Vec<String> = grades
            .map(|id| question.grade(shelf, &id).to_string())
            .collect();
        println!(" {}  {}", question.ask, grades.join(""));
    }
}

fn pool(shelf: &Shelf, questions: &[Judged], engines: &[Asked<'_>]) {
    let texts: Vec<_> = [Within::Sections, Within::Notices]
        .into_iter()
        .flat_map(|within| shelf.entries(within))
        .collect();
    for question in questions {
        let ids: BTreeSet<String> = engines.iter().flat_map(|(_, ask)| ask(question)).collect();
        println!("\n{} {}", question.number, question.ask);
        for id in ids.iter().filter(|id| question.grade(shelf, id) == 0) {
            let Some(entry) = texts.iter().find(|e| e.id == *id) else {
                continue;
            };
            let text: String = entry.text.chars().take(120).collect();
            let name = shelf.names.get(id).map_or("", String::as_str);
            println!("  {name} | {}", text.replace('\n', "⏎"));
        }
    }
}

fn ours(shelf: &Shelf) -> Engine {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let index = Ours::create(folder.path()).expect("it is made");
    let mut writer = index.writer().expect("nobody else writes");
    for notice in &shelf.notices {
        writer.put(notice, &[]).expect("it is put");
    }
    writer.commit(1).expect("it is written");
    writer.finish().expect("it is written");
    index.reload().expect("it is read");
    // The files stay open, so the folder may go
    Engine::new(index, Box::new(Nowhere))
}

fn asked(engine: &Engine, question: &Judged) -> Vec<String> {
    let request = Request {
        within: question.within,
        size: MOST,
        counting: Counting::Nothing,
        ..Request::new(question.ask.as_str())
    };
    // What the language does not take finds nothing
    let Ok(answer) = engine.search(&request) else {
        return Vec::new();
    };
    let shown = answer.hits.into_iter().chain(answer.related);
    shown.map(|hit| hit.id).collect()
}

/// tantivy with one field, over the same text and what surrounds it.
struct Cut {
    /// In the order of [`UNITS`].
    units: [(Searcher, QueryParser, QueryParser); UNITS.len()],
    analysers: TokenizerManager,
    fields: (Field, Field),
}

impl Cut {
    fn new(shelf: &Shelf, analyser: impl Tokenizer) -> Self {
        let mut schema = Schema::builder();
        let fields = (
            schema.add_text_field("id", STRING | STORED),
            schema.add_text_field("text", bare::text("cut")),
        );
        let schema = schema.build();
        let analysers = TokenizerManager::default();
        analysers.register("cut", analyser);
        let units = UNITS.map(|within| {
            let mut index = Index::create_in_ram(schema.clone());
            index.set_tokenizers(analysers.clone());
            let mut writer = index.writer(32 << 20).expect("nobody else writes");
            for (id, text) in texts(shelf, within) {
                let mut doc = TantivyDocument::default();
                doc.add_text(fields.0, id);
                doc.add_text(fields.1, text);
                writer.add_document(doc).expect("it is put");
            }
            writer.commit().expect("it is written");
            let searcher = index.reader().expect("it opens").searcher();
            let either = QueryParser::for_index(&index, vec![fields.1]);
            let mut each = QueryParser::for_index(&index, vec![fields.1]);
            each.set_conjunction_by_default();
            (searcher, each, either)
        });
        Self {
            units,
            analysers,
            fields,
        }
    }

    fn unit(&self, question: &Judged) -> &(Searcher, QueryParser, QueryParser) {
        let at = UNITS.iter().position(|unit| *unit == question.within);
        &self.units[at.expect("all are there")]
    }

    /// As the ready-made parser reads it.
    fn parsed(&self, question: &Judged, conjunction: bool) -> Vec<String> {
        let (searcher, each, either) = self.unit(question);
        let parser = if conjunction { each } else { either };
        let query = question.plain.replace(['“', '”'], "\"");
        self.best(searcher, &*parser.parse_query_lenient(&query).0)
    }

    /// Any of its terms, wherever they stand.
    fn any(&self, question: &Judged) -> Vec<String> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let mut analyser = self.analysers.get("cut").expect("it was registered");
        for word in question.plain.split_whitespace() {
            let (occur, word) = match word.strip_prefix('-') {
                Some(word) => (Occur::MustNot, word),
                None => (Occur::Should, word),
            };
            analyser.token_stream(word).process(&mut |token| {
                let term = Term::from_field_text(self.fields.1, &token.text);
                let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                clauses.push((occur, Box::new(query)));
            });
        }
        self.best(&self.unit(question).0, &BooleanQuery::new(clauses))
    }

    fn best(&self, searcher: &Searcher, query: &dyn Query) -> Vec<String> {
        let top = TopDocs::with_limit(MOST).order_by_score();
        let hits = searcher.search(query, &top).expect("an answer");
        hits.into_iter()
            .map(|(_, address)| {
                let doc: TantivyDocument = searcher.doc(address).expect("it is stored");
                let id = doc.get_first(self.fields.0).and_then(|v| v.as_str());
                id.unwrap_or_default().to_owned()
            })
            .collect()
    }
}

/// Every two characters side by side.
#[derive(Clone)]
struct Bigrams;

impl Tokenizer for Bigrams {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        let chars: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
        let pairs = chars.windows(2).enumerate();
        let pairs = pairs.filter(|(_, pair)| pair.iter().all(|c| c.is_alphanumeric()));
        let tokens: Vec<Token> = pairs
            .map(|(at, pair)| Token {
                offset_from: at,
                offset_to: at + 2,
                position: at,
                text: pair.iter().collect(),
                position_length: 1,
            })
            .collect();
        Tokens::of(tokens.into_iter())
    }
}

/// SQLite's full text search with its tokenizer of trigrams, ranked by its bm25.
struct Trigrams(Connection);

impl Trigrams {
    fn new(shelf: &Shelf) -> Self {
        let connection = Connection::open_in_memory().expect("it opens");
        for within in UNITS {
            let table = table_of(within);
            let make = format!(
                "CREATE VIRTUAL TABLE {table} USING fts5(id UNINDEXED, text, tokenize = 'trigram')"
            );
            connection.execute(&make, []).expect("it is made");
            for (id, text) in texts(shelf, within) {
                let put = format!("INSERT INTO {table} VALUES (?1, ?2)");
                connection.execute(&put, [id, text]).expect("it is put");
            }
        }
        Self(connection)
    }

    /// Each word as it stands; words of fewer than three characters find nothing.
    fn asked(&self, question: &Judged) -> Vec<String> {
        let quoted = |word: &str| format!("\"{}\"", word.trim_matches(['“', '”']));
        let mut words = String::new();
        for word in question.plain.split_whitespace() {
            match word.strip_prefix('-') {
                Some(word) => words += &format!(" NOT {}", quoted(word)),
                None if words.is_empty() => words = quoted(word),
                None => words += &format!(" AND {}", quoted(word)),
            }
        }
        let table = table_of(question.within);
        let ask = format!("SELECT id FROM {table} WHERE text MATCH ?1 ORDER BY rank LIMIT {MOST}");
        let mut ask = self.0.prepare(&ask).expect("it is in order");
        let rows = ask
            .query_map([&words], |row| row.get(0))
            .expect("an answer");
        rows.map(|row| row.expect("an id")).collect()
    }
}

fn table_of(within: Within) -> &'static str {
    match within {
        Within::Activities => "activities",
        Within::Sections => "sections",
        Within::Notices => "notices",
    }
}

/// The ids and texts of the documents, with what surrounds them.
fn texts(shelf: &Shelf, within: Within) -> Vec<(String, String)> {
    let entries = shelf.entries(within).into_iter();
    entries
        .map(|entry| {
            let mut text = entry.text.clone();
            for around in surroundings(&entry) {
                text.push('\n');
                text.push_str(around);
            }
            (entry.id, text)
        })
        .collect()
}

/// Activities carry their own text, so nobody asks.
struct Nowhere;

impl Notices for Nowhere {
    fn notice(&self, _: &str) -> Result<Option<Notice>, Error> {
        Ok(None)
    }
}
