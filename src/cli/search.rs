//! `gongwen search`: hits for a person, or the API's object for a program.

use super::narrowing::Narrowing;
use super::{DATA, Done, at_stdout};
use crate::error::Error;
use crate::ingest;
use crate::search::answer::{Answer, Hit};
use crate::search::request::MAX_SIZE;
use crate::search::{Counting, Engine, Request, Sort, Within};
use crate::serve::labels;
use crate::text::fold::is_blank;
use clap::{Args, ValueEnum};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Mutex;

/// Search what was indexed; `--help` tells the query language.
#[derive(Debug, Args)]
#[command(after_long_help = crate::search::LANGUAGE)]
pub(super) struct Search {
    /// What to find; empty for everything.
    #[arg(allow_hyphen_values = true)]
    query: String,
    /// The folder of the records and the index.
    #[arg(long, value_name = "DIR", default_value = DATA)]
    data: PathBuf,
    /// What a hit is.
    #[arg(long = "in", value_name = "WHAT", value_enum, default_value_t = In::Activities)]
    within: In,
    #[command(flatten)]
    narrowing: Narrowing,
    /// Cover names of contacts, personal numbers and e-mail addresses with asterisks; hotlines stay.
    #[arg(long)]
    mask_contacts: bool,
    /// The order of the hits.
    #[arg(long, value_name = "ORDER", value_enum, default_value_t = Order::Relevance)]
    sort: Order,
    /// Say of each hit which words of the query stand where.
    #[arg(long)]
    explain: bool,
    /// Say why the activity or notice of this id is found, or which conditions it fails.
    #[arg(long, value_name = "ID")]
    why: Option<String>,
    /// Write the object that the API gives.
    #[arg(long)]
    json: bool,
    /// How many hits, up to 100.
    #[arg(short, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=MAX_SIZE as u64))]
    n: u64,
}

/// The unit of search, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum In {
    Activities,
    /// Activities, the sections that are none, and what stands in neither: the lead, the closing.
    Sections,
    Notices,
}

/// The order, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Order {
    /// The best first.
    Relevance,
    /// The latest issued first.
    Issued,
    /// The earliest deadline first.
    Deadline,
}

impl Search {
    pub(super) fn run(self) -> Result<Done, Error> {
        let request = self.request()?;
        // A malformed query is told before anything is opened or mended
        crate::search::query::parse(&request.query)?;
        let (store, index) = ingest::open(&self.data)?;
        let mut engine = Engine::new(index, Box::new(Mutex::new(store)));
        if self.mask_contacts {
            engine = engine.masking();
        }
        if let Some(id) = &self.why {
            return self.told(&engine, &request, id);
        }
        let answer = engine.search(&request)?;
        let mut out = io::stdout().lock();
        let written = match self.json {
            true => serde_json::to_writer(&mut out, &answer)
                .map_err(io::Error::from)
                .and_then(|()| writeln!(out)),
            false => {
                let ink = Ink::of(&out);
                shown(&mut out, &answer, request.within, ink)
            }
        };
        written.and_then(|()| out.flush()).map_err(at_stdout)?;
        Ok(Done::Well)
    }

    /// Why the document of an id is found or not.
    fn told(&self, engine: &Engine, request: &Request, id: &str) -> Result<Done, Error> {
        let Some(why) = engine.why(request, id)? else {
            return Err(Error::NoSuchNotice {
                id: id.to_owned(),
                data: self.data.clone(),
            });
        };
        let mut out = io::stdout().lock();
        let mut told = || -> io::Result<()> {
            if self.json {
                serde_json::to_writer(&mut out, &why)?;
                return writeln!(out);
            }
            for condition in &why.conditions {
                let holds = if condition.holds { "✓" } else { "✗" };
                writeln!(out, "{holds} {}", tame(&condition.condition))?;
            }
            let verdict = if why.matches { "符合" } else { "不符合" };
            writeln!(out, "{} {verdict}", tame(&why.id))
        };
        told().and_then(|()| out.flush()).map_err(at_stdout)?;
        Ok(Done::Well)
    }

    fn request(&self) -> Result<Request, Error> {
        Ok(Request {
            query: self.query.clone(),
            within: match self.within {
                In::Activities => Within::Activities,
                In::Sections => Within::Sections,
                In::Notices => Within::Notices,
            },
            filters: self.narrowing.filters()?,
            size: usize::try_from(self.n).unwrap_or(MAX_SIZE),
            sort: match self.sort {
                Order::Relevance => Sort::Relevance,
                Order::Issued => Sort::Issued,
                Order::Deadline => Sort::Deadline,
            },
            // Nobody reads facets on a terminal
            counting: match self.json {
                true => Counting::Facets,
                false => Counting::Total,
            },
            explain: self.explain,
            ..Request::new("")
        })
    }
}

/// What begins and ends a title, a mark, and what is said beside.
#[derive(Clone, Copy)]
pub(super) struct Ink {
    title: (&'static str, &'static str),
    mark: (&'static str, &'static str),
    beside: (&'static str, &'static str),
}

impl Ink {
    const COLOUR: Self = Self {
        title: ("\x1b[1m", "\x1b[0m"),
        mark: ("\x1b[1;31m", "\x1b[0m"),
        beside: ("\x1b[2m", "\x1b[0m"),
    };
    const PLAIN: Self = Self {
        title: ("", ""),
        mark: ("«", "»"),
        beside: ("", ""),
    };

    /// Colours on a terminal whose user does not refuse them.
    pub(super) fn of(out: &impl IsTerminal) -> Self {
        let is_coloured =
            out.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        if is_coloured {
            Self::COLOUR
        } else {
            Self::PLAIN
        }
    }
}

fn shown(out: &mut impl Write, answer: &Answer, within: Within, ink: Ink) -> io::Result<()> {
    let width = (answer.hits.len() + answer.related.len()).to_string().len();
    let all = answer.hits.iter().chain(&answer.related);
    for (rank, hit) in (1..).zip(all) {
        if rank == answer.hits.len() + 1 {
            writeln!(out, "以下只符合一部分：\n")?;
        }
        writeln!(out, "{rank:>width$}. {}", place(hit, ink))?;
        for line in lines(hit, ink) {
            writeln!(out, "{:width$}  {line}", "")?;
        }
        writeln!(out)?;
    }
    let unit = match within {
        Within::Activities => "项活动",
        Within::Sections => "段",
        Within::Notices => "份公文",
    };
    if let Some(meant) = &answer.did_you_mean {
        writeln!(out, "是否要找：{}", tame(meant))?;
    }
    let (shown, total, took) = (answer.hits.len(), answer.total, answer.took_ms);
    writeln!(out, "共 {total} {unit}，列出 {shown}，用时 {took} 毫秒")
}

/// A hit's title and id.
pub(super) fn place(hit: &Hit, ink: Ink) -> String {
    let (bold, plain) = ink.title;
    let untitled = match hit.section.is_some() && hit.path.is_empty() {
        true => "（各层次以外的正文）",
        false => "（无标题）",
    };
    let title = tame(hit.title.as_deref().unwrap_or(untitled));
    format!("{bold}{title}{plain}  {}", hit.id)
}

/// What stands below a hit's title, a line each; nothing for what is not there.
pub(super) fn lines(hit: &Hit, ink: Ink) -> Vec<String> {
    let mut out = Vec::new();
    if hit.section.is_some() || hit.ordinal.is_some() {
        let mut place = vec![hit.notice_title.clone().unwrap_or_default()];
        place.extend(hit.above.iter().cloned());
        place.push(hit.path.concat());
        place.retain(|part| !part.is_empty());
        out.push(tame(&place.join(" › ")));
    }
    let passages: Vec<String> = hit
        .snippet
        .iter()
        .map(|fragment| marked(&fragment.text, &fragment.highlights, ink))
        .collect();
    out.push(passages.join(" … "));
    let mut facts: Vec<String> = Vec::new();
    for unit in &hit.units {
        facts.push(format!("{}：{}", labels::role(unit.role), unit.name));
    }
    facts.extend(hit.dates.iter().map(|date| date.text.clone()));
    facts.extend(hit.kinds.iter().cloned());
    out.push(tame(&facts.join(" · ")));
    for found in hit.explanation.iter().flatten() {
        let stands: Vec<String> = found
            .stands
            .iter()
            .map(|s| {
                let (title, text, around) = (s.in_title, s.in_text, s.around);
                format!("{} 标题 {title}、正文 {text}、其他 {around} 处", s.text)
            })
            .collect();
        out.push(tame(&format!("{}：{}", found.term, stands.join("；"))));
    }
    let mut source: Vec<String> = hit.year.map(|year| year.to_string()).into_iter().collect();
    source.push(hit.region_path.concat());
    source.push(hit.issuers.join("、"));
    source.push(hit.sources.join(", "));
    source.retain(|part| !part.is_empty());
    let (dim, plain) = ink.beside;
    out.push(format!("{dim}{}{plain}", tame(&source.join(" · "))));
    out.retain(|line| !line.is_empty());
    out
}

/// Control characters of a notice or a file's name are not the terminal's.
fn tamed(c: char) -> char {
    match c {
        c if is_blank(c) => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

fn tame(text: &str) -> String {
    text.chars().map(tamed).collect()
}

/// The passage on one line, with its marks.
fn marked(text: &str, marks: &[[usize; 2]], ink: Ink) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        if marks.iter().any(|[from, _]| *from == at) {
            out.push_str(ink.mark.0);
        }
        out.push(tamed(c));
        if marks.iter().any(|[_, to]| *to == at + 1) {
            out.push_str(ink.mark.1);
        }
    }
    out
}
