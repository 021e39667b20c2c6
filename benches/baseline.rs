//! Search beside the bare program: tantivy with jieba's search mode, one field of text, a year, two facets, as anybody
//! would put them together in an afternoon. Both index the same synthetic notices and answer the same distinct queries
//! in one run; what is stated is the ratio.
//!
//! `cargo bench --bench baseline` takes 100,000 activities; `GONGWEN_ACTIVITIES=100000,1000000` so many, one after the
//! other. `GONGWEN_QUERIES` is the number of queries (500), `GONGWEN_BENCH_DIR` where the indexes are written, kept and
//! found again, `GONGWEN_EACH=1` shows each question's times.

mod inputs;

use gongwen::error::Error;
use gongwen::index::Index as Ours;
use gongwen::record::Notice;
use gongwen::search::{Answer, Counting, Engine, Notices, Request, Within};
use inputs::bare;
use inputs::bare::SearchMode;
use inputs::judged;
use inputs::synthetic::{Synthetic, queries};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};
use tantivy::collector::{FacetCollector, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::{FAST, Facet, FacetOptions, Field, INDEXED, STORED, STRING, Schema, Value};
use tantivy::{Index, Searcher, TantivyDocument};

const SEED: u64 = 20_231_116;
/// How often each question is asked.
const ROUNDS: usize = 5;

fn main() {
    let questions = queries(
        SEED,
        number("GONGWEN_QUERIES", "500")
            .first()
            .copied()
            .unwrap_or(500),
    );
    let mut costs: Vec<(usize, Vec<(&str, Times)>)> = Vec::new();
    for activities in number("GONGWEN_ACTIVITIES", "100000") {
        costs.push((activities, measured(activities, &questions)));
    }
    for pair in costs.windows(2) {
        let ((few, before), (many, after)) = (&pair[0], &pair[1]);
        println!("\n{many} beside {few} activities, medians:");
        for ((name, small), (_, great)) in before.iter().zip(after) {
            let ratio = great.median().as_secs_f64() / small.median().as_secs_f64();
            println!("  {name:40} {ratio:.2} ×");
        }
    }
}

/// The numbers that a variable names.
fn number(name: &str, default: &str) -> Vec<usize> {
    let value = std::env::var(name).unwrap_or_else(|_| default.to_owned());
    let numbers = value.split(',').filter_map(|n| n.trim().parse().ok());
    numbers.collect()
}

fn measured(activities: usize, questions: &[String]) -> Vec<(&'static str, Times)> {
    let place = std::env::var_os("GONGWEN_BENCH_DIR");
    let own = tempfile::tempdir().expect("a folder can be made");
    let folder = match &place {
        Some(place) => Path::new(place).join(activities.to_string()),
        None => own.path().to_owned(),
    };
    let (bare_dir, our_dir) = (folder.join("bare"), folder.join("ours"));
    println!("\n{activities} activities");
    if !bare_dir.exists() {
        std::fs::create_dir_all(&bare_dir).expect("a folder can be made");
        bare_index(activities, &bare_dir);
    }
    if !our_dir.exists() || Ours::open(&our_dir).is_err() {
        our_index(activities, &our_dir);
    }
    let (bytes, notice_bytes) = text(activities);
    println!(
        "  text: {:.1} MB of activities, {:.1} MB of notices",
        mb(bytes),
        mb(notice_bytes)
    );
    let (bare_size, our_size) = (size(&bare_dir), size(&our_dir));
    println!(
        "  bare index: {:.1} MB, {:.2} × the activities' text",
        mb(bare_size),
        ratio(bare_size, bytes)
    );
    println!(
        "  our index: {:.1} MB, {:.2} × the activities' text, {:.2} × all text in it",
        mb(our_size),
        ratio(our_size, bytes),
        ratio(our_size, bytes + notice_bytes)
    );

    let bare = Bare::open(&bare_dir);
    let begun = Instant::now();
    let index = Ours::open(&our_dir).expect("it was just written");
    let segments = |searcher: &Searcher| searcher.segment_readers().len();
    println!(
        "  segments: bare {}, ours {}",
        segments(&bare.searcher),
        segments(&index.searcher())
    );
    parts(&index.searcher(), bytes);
    let opened = begun.elapsed();
    let begun = Instant::now();
    let engine = Engine::new(
        Ours::open(&our_dir).expect("it was just written"),
        Box::new(Nowhere),
    );
    let first = engine
        .search(&Request::new("学校知识竞赛"))
        .expect("an answer");
    println!(
        "  first answer {:?} after opening, with all facets ({} found; sizes read in {opened:?})",
        begun.elapsed(),
        first.total
    );

    let ours = |counting: Counting| {
        let engine = &engine;
        move |query: &str| {
            let request = Request {
                counting,
                ..Request::new(query)
            };
            engine
                .search(&request)
                .map(|answer| found(&answer))
                .expect("an answer")
        }
    };
    let bare_hits = |query: &str| bare.hits(query);
    let bare_facets = |query: &str| bare.hits_and_facets(query);
    type Asked<'e> = (&'static str, &'e dyn Fn(&str) -> usize);
    let asked: [Asked<'_>; 5] = [
        ("bare, 10 hits", &bare_hits),
        ("ours, 10 hits with snippets", &ours(Counting::Nothing)),
        ("ours, 10 hits with snippets, total", &ours(Counting::Total)),
        ("bare, 10 hits and two facets", &bare_facets),
        ("ours, 10 hits and all facets", &ours(Counting::Facets)),
    ];
    let mut out: Vec<(&'static str, Times)> =
        asked.map(|(name, _)| (name, Times::default())).into();
    for question in questions {
        // In turns, so that what else runs on the machine befalls each alike; the least of some rounds: what the
        // program takes, not what its neighbours take
        let mut least = [Duration::MAX; 5];
        for _ in 0..ROUNDS {
            for (least, (_, ask)) in least.iter_mut().zip(asked) {
                let begun = processor();
                black_box(ask(question));
                *least = processor().saturating_sub(begun).min(*least);
            }
        }
        for (least, (_, times)) in least.into_iter().zip(&mut out) {
            times.0.push(least);
        }
    }
    if std::env::var("GONGWEN_EACH").is_ok_and(|v| v == "1") {
        for (at, question) in questions.iter().enumerate() {
            let times: Vec<_> = out.iter().map(|(_, times)| times.0[at]).collect();
            println!("    {times:>9.3?} {question}");
        }
    }
    for (name, times) in &mut out {
        times.0.sort_unstable();
        println!(
            "  {name:40} p50 {:>9.3?}  p99 {:>9.3?}  mean {:>9.3?}",
            times.median(),
            times.at(0.99),
            times.mean()
        );
    }
    let of =
        |a: usize, b: usize, p: f64| out[a].1.at(p).as_secs_f64() / out[b].1.at(p).as_secs_f64();
    println!(
        "  hits: ours / bare = {:.2} (p50), {:.2} (p99)",
        of(1, 0, 0.5),
        of(1, 0, 0.99)
    );
    println!(
        "  facets: ours / bare = {:.2} (p50), {:.2} (p99)",
        of(4, 3, 0.5),
        of(4, 3, 0.99)
    );
    if let Some(count) = number("GONGWEN_MUTATED", "10000").first() {
        mutated(&engine, *count as u64);
    }
    let (mut bare_found, mut our_found) = (0, 0);
    for question in questions {
        bare_found += bare.total(question);
        our_found += engine
            .search(&Request::new(question.as_str()))
            .expect("an answer")
            .total;
    }
    println!("  found in all: bare {bare_found}, ours {our_found}");
    out
}

fn found(answer: &Answer) -> usize {
    answer
        .hits
        .iter()
        .map(|hit| hit.snippet.len())
        .sum::<usize>()
        + answer.facets.unit.len()
}

/// What the thread has taken of the processor: both engines answer on the thread that asks, from memory, so this is
/// what an answer takes, whatever else runs on the machine.
fn processor() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Questions typed amiss: the longest that one takes, which is to be less than a second, and how many are told to be
/// malformed.
fn mutated(engine: &Engine, count: u64) {
    let from: Vec<String> = judged::sets()
        .into_iter()
        .flat_map(|set| set.questions)
        .map(|q| q.ask)
        .collect();
    let (mut told, mut longest) = (0, (Duration::ZERO, String::new()));
    for number in 0..count {
        let query = inputs::mutated::question(number, &from);
        let request = Request {
            within: [Within::Activities, Within::Sections, Within::Notices][number as usize % 3],
            ..Request::new(query.as_str())
        };
        let begun = processor();
        match engine.search(&request) {
            Ok(answer) => drop(black_box(answer)),
            Err(Error::Query { .. }) => told += 1,
            Err(other) => panic!("{query:?}: {other}"),
        }
        let took = processor().saturating_sub(begun);
        assert!(took < Duration::from_secs(1), "{query:?}: {took:?}");
        if took > longest.0 {
            longest = (took, query);
        }
    }
    println!(
        "  {count} questions typed amiss: {told} told to be malformed, the longest {:?} ({:?})",
        longest.0, longest.1
    );
}

/// Sorted times.
#[derive(Default)]
struct Times(Vec<Duration>);

impl Times {
    fn at(&self, share: f64) -> Duration {
        let last = self.0.len().saturating_sub(1);
        self.0[((last as f64) * share) as usize]
    }

    fn median(&self) -> Duration {
        self.at(0.5)
    }

    fn mean(&self) -> Duration {
        self.0.iter().sum::<Duration>() / u32::try_from(self.0.len()).unwrap_or(1)
    }
}

/// The notices that have about so many activities.
fn each_notice(activities: usize, mut each: impl FnMut(Notice)) {
    let mut made = Synthetic::new(SEED);
    let mut count = 0;
    while count < activities {
        let notice = made.notice();
        count += notice.activities.len();
        each(notice);
    }
}

fn of<'n>(
    notice: &'n Notice,
    offsets: &gongwen::index::entry::CharOffsets<'n>,
    at: usize,
) -> &'n str {
    offsets.slice(notice.activities[at].span)
}

/// The bytes of the activities' text and of the notices'.
fn text(activities: usize) -> (u64, u64) {
    let (mut own, mut notices) = (0, 0);
    each_notice(activities, |notice| {
        let offsets = gongwen::index::entry::CharOffsets::new(&notice.text);
        let lengths = (0..notice.activities.len()).map(|at| of(&notice, &offsets, at).len() as u64);
        own += lengths.sum::<u64>();
        notices += notice.text.len() as u64;
    });
    (own, notices)
}

fn bare_index(activities: usize, dir: &Path) {
    let (schema, fields) = Bare::schema();
    let index = Index::create_in_dir(dir, schema).expect("it is made");
    index.tokenizers().register("jieba", SearchMode::new());
    let mut writer = index
        .writer_with_num_threads(2, 96 << 20)
        .expect("nobody else writes");
    let begun = Instant::now();
    let mut count = 0u32;
    each_notice(activities, |notice| {
        let offsets = gongwen::index::entry::CharOffsets::new(&notice.text);
        for (at, activity) in notice.activities.iter().enumerate() {
            let mut doc = TantivyDocument::default();
            let text = of(&notice, &offsets, at);
            count += 1;
            doc.add_text(fields.id, &activity.id);
            doc.add_text(fields.text, text);
            doc.add_i64(fields.year, notice.year.unwrap_or_default().into());
            doc.add_facet(fields.region, Facet::from_path(&notice.region_path));
            for unit in &activity.units {
                doc.add_facet(fields.units, Facet::from_path([&unit.name]));
            }
            writer.add_document(doc).expect("it is put");
        }
    });
    writer.commit().expect("it is written");
    writer.wait_merging_threads().expect("they end");
    println!(
        "  bare: {:.0} activities a second indexed",
        f64::from(count) / begun.elapsed().as_secs_f64()
    );
}

fn our_index(activities: usize, dir: &Path) {
    let index = Ours::create(dir).expect("it is made");
    let mut writer = index.writer().expect("nobody else writes");
    let begun = Instant::now();
    let mut count = 0;
    each_notice(activities, |notice| {
        count += notice.activities.len();
        writer
            .put(&notice, std::slice::from_ref(&notice.source.path))
            .expect("it is put");
    });
    writer.commit(1).expect("it is written");
    writer.finish().expect("it is written");
    println!(
        "  ours: {:.0} activities a second indexed, their notices besides",
        count as f64 / begun.elapsed().as_secs_f64()
    );
}

struct Bare {
    searcher: Searcher,
    parser: QueryParser,
    fields: BareFields,
}

#[derive(Clone, Copy)]
struct BareFields {
    id: Field,
    text: Field,
    year: Field,
    region: Field,
    units: Field,
}

impl Bare {
    fn schema() -> (Schema, BareFields) {
        let mut schema = Schema::builder();
        let fields = BareFields {
            id: schema.add_text_field("id", STRING | STORED),
            text: schema.add_text_field("text", bare::text("jieba")),
            year: schema.add_i64_field("year", INDEXED | FAST | STORED),
            region: schema.add_facet_field("region", FacetOptions::default().set_stored()),
            units: schema.add_facet_field("units", FacetOptions::default().set_stored()),
        };
        (schema.build(), fields)
    }

    fn open(dir: &Path) -> Self {
        let index = Index::open_in_dir(dir).expect("it was just written");
        index.tokenizers().register("jieba", SearchMode::new());
        let (_, fields) = Self::schema();
        let mut parser = QueryParser::for_index(&index, vec![fields.text]);
        parser.set_conjunction_by_default();
        Self {
            searcher: index.reader().expect("it opens").searcher(),
            parser,
            fields,
        }
    }

    fn hits(&self, query: &str) -> usize {
        let parsed = self.parser.parse_query(query).expect("it is a query");
        let top = TopDocs::with_limit(10).order_by_score();
        let hits = self.searcher.search(&parsed, &top).expect("an answer");
        self.shown(query, hits)
    }

    fn hits_and_facets(&self, query: &str) -> usize {
        let parsed = self.parser.parse_query(query).expect("it is a query");
        let facets = |name: &str| {
            let mut collector = FacetCollector::for_field(name);
            collector.add_facet("/");
            collector
        };
        let top = TopDocs::with_limit(10).order_by_score();
        let collectors = (top, facets("region"), facets("units"));
        let (hits, regions, units) = self
            .searcher
            .search(&parsed, &collectors)
            .expect("an answer");
        self.shown(query, hits) + regions.get("/").count() + units.top_k("/", 200).len()
    }

    fn total(&self, query: &str) -> usize {
        let parsed = self.parser.parse_query(query).expect("it is a query");
        self.searcher
            .search(&parsed, &tantivy::collector::Count)
            .expect("an answer")
    }

    /// The hits with every word of the query marked.
    fn shown(&self, query: &str, hits: Vec<(f32, tantivy::DocAddress)>) -> usize {
        let mut marks = 0;
        for (_, address) in hits {
            let doc: TantivyDocument = self.searcher.doc(address).expect("it is stored");
            let text = doc
                .get_first(self.fields.text)
                .and_then(|v| v.as_str())
                .unwrap_or_default();
            let words = query.split_whitespace();
            marks += words.map(|word| text.matches(word).count()).sum::<usize>();
        }
        marks
    }
}

/// Activities carry their own text, so nobody asks.
struct Nowhere;

impl Notices for Nowhere {
    fn notice(&self, _: &str) -> Result<Option<Notice>, Error> {
        Ok(None)
    }
}

/// The sizes of the index by part.
fn parts(searcher: &Searcher, text: u64) {
    let usage = searcher.space_usage().expect("it can be read");
    let mut parts: BTreeMap<String, u64> = BTreeMap::new();
    for segment in usage.segments() {
        for (what, usage) in [
            ("terms", segment.termdict()),
            ("postings", segment.postings()),
            ("positions", segment.positions()),
            ("columns", segment.fast_fields()),
            ("norms", segment.fieldnorms()),
        ] {
            for usage in usage.fields() {
                let name = usage.field_name();
                let kind = name.split_once('.').map_or("columns and filters", |_| name);
                *parts.entry(format!("{kind}: {what}")).or_default() += usage.total().get_bytes();
            }
        }
        *parts.entry("entries stored".to_owned()).or_default() +=
            segment.store().total().get_bytes();
    }
    let mut parts: Vec<(String, u64)> = parts.into_iter().collect();
    parts.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    for (name, bytes) in parts.into_iter().take(24) {
        println!(
            "    {name:40} {:8.1} MB  {:.3} ×",
            mb(bytes),
            ratio(bytes, text)
        );
    }
}

fn size(dir: &Path) -> u64 {
    let entries = std::fs::read_dir(dir).expect("it is a folder");
    entries
        .map(|e| e.and_then(|e| e.metadata()).map_or(0, |m| m.len()))
        .sum()
}

fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn ratio(a: u64, b: u64) -> f64 {
    a as f64 / b as f64
}
