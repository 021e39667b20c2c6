//! `gongwen similar`: precedents for an activity of the archive, or for a clause that is pasted.

use super::search::{Ink, lines, place};
use super::{DATA, Done, at_stdout};
use crate::error::Error;
use crate::ingest;
use crate::search::request::MAX_SIZE;
use crate::search::similar::{MAX_CLAUSE, Precedent, Shared};
use crate::search::{Basis, Engine, Precedents};
use clap::Args;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::Mutex;

/// Find who has done such a thing before, and what of it is the same.
///
/// Rare words weigh more than common ones, and sentences that many notices share weigh little. Copies of one activity are
/// shown once, with their number. Marks show what is shared.
#[derive(Debug, Args)]
pub(super) struct Similar {
    /// The id of an activity or a notice; - for a clause on standard input.
    id: String,
    /// The folder of the records and the index.
    #[arg(long, value_name = "DIR", default_value = DATA)]
    data: PathBuf,
    /// Cover names of contacts, personal numbers and e-mail addresses with asterisks; hotlines stay.
    #[arg(long)]
    mask_contacts: bool,
    /// Write the object that the API gives.
    #[arg(long)]
    json: bool,
    /// How many, up to 100.
    #[arg(short, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=MAX_SIZE as u64))]
    n: u64,
}

impl Similar {
    pub(super) fn run(self) -> Result<Done, Error> {
        let basis = match self.id.as_str() {
            "-" => Basis::Clause(pasted()?),
            id => Basis::Id(id.to_owned()),
        };
        let (store, index) = ingest::open(&self.data)?;
        let mut engine = Engine::new(index, Box::new(Mutex::new(store)));
        if self.mask_contacts {
            engine = engine.masking();
        }
        let size = usize::try_from(self.n).unwrap_or(MAX_SIZE);
        let Some(found) = engine.similar(&basis, size)? else {
            return Err(Error::NoSuchNotice {
                id: self.id,
                data: self.data,
            });
        };
        let mut out = io::stdout().lock();
        let written = match self.json {
            true => serde_json::to_writer(&mut out, &found)
                .map_err(io::Error::from)
                .and_then(|()| writeln!(out)),
            false => {
                let ink = Ink::of(&out);
                shown(&mut out, &found, ink)
            }
        };
        written.and_then(|()| out.flush()).map_err(at_stdout)?;
        Ok(Done::Well)
    }
}

/// No more than is read of a clause, whatever is piped in.
fn pasted() -> Result<String, Error> {
    let mut bytes = Vec::new();
    let most = 4 * MAX_CLAUSE as u64;
    let read = io::stdin().lock().take(most).read_to_end(&mut bytes);
    read.map_err(|cause| Error::Io {
        action: "read",
        path: "standard input".into(),
        cause,
    })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn shown(out: &mut impl Write, found: &Precedents, ink: Ink) -> io::Result<()> {
    let width = found.hits.len().to_string().len();
    for (rank, precedent) in (1..).zip(&found.hits) {
        writeln!(out, "{rank:>width$}. {}", place(&precedent.hit, ink))?;
        for line in [common(precedent)]
            .into_iter()
            .chain(lines(&precedent.hit, ink))
        {
            writeln!(out, "{:width$}  {line}", "")?;
        }
        writeln!(out)?;
    }
    match found.hits.len() {
        0 => writeln!(out, "没有找到相似的先例"),
        n => writeln!(out, "列出 {n} 个先例"),
    }
}

fn common(precedent: &Precedent) -> String {
    let Shared {
        words,
        kinds,
        functions,
        campaign,
        ..
    } = &precedent.shared;
    let mut parts = vec![format!("相似度 {:.2}", precedent.similarity)];
    if precedent.copies > 0 {
        parts.push(format!("另有 {} 份几乎相同", precedent.copies));
    }
    let words: Vec<&str> = words.iter().take(8).map(String::as_str).collect();
    parts.push(format!("相同：{}", words.join("、")));
    let kin = kinds.iter().chain(functions).chain(campaign);
    parts.extend(kin.cloned());
    parts.join(" · ")
}
