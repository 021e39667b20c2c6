//! `gongwen show`: one notice as a person reads it.

use super::reading::Bounds;
use super::{DATA, Done, at_stdout, say};
use crate::error::Error;
use crate::ingest;
use crate::ingest::Settings;
use crate::record::notice::Notice;
use crate::source::walk;
use crate::store::Store;
use clap::Args;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

mod page;

/// Show a notice: its outline, activities with units and dates, contacts, and what is odd.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// A file, or the id of a record (or of an activity) in the data folder.
    #[arg(value_name = "FILE|ID")]
    what: PathBuf,
    /// The folder of the records, where an id is given.
    #[arg(long, value_name = "DIR", default_value = DATA)]
    data: PathBuf,
    /// Cover names of contacts, personal numbers and e-mail addresses with asterisks; hotlines stay.
    #[arg(long)]
    mask_contacts: bool,
    #[command(flatten)]
    bounds: Bounds,
}

impl Show {
    pub(super) fn run(self) -> Result<Done, Error> {
        let mut done = Done::Well;
        let mut notices = match self.what.symlink_metadata() {
            Ok(_) => from_file(&self.what, &self.bounds.settings()?, &mut done)?,
            Err(_) => vec![from_store(&self.what, &self.data)?],
        };
        if self.mask_contacts {
            notices = notices.iter().map(Notice::masked).collect();
        }
        let mut out = io::stdout().lock();
        for notice in &notices {
            out.write_all(page::of(notice).as_bytes())
                .map_err(at_stdout)?;
        }
        out.flush().map_err(at_stdout)?;
        Ok(done)
    }
}

/// The file's notices; members of it that cannot be read are told on stderr.
fn from_file(path: &Path, settings: &Settings, done: &mut Done) -> Result<Vec<Notice>, Error> {
    let refused = |message: &str| Error::NoNotice {
        path: path.to_owned(),
        message: message.to_owned(),
    };
    if path.is_dir() {
        return Err(refused("it is a folder; name a file in it"));
    }
    let found = walk::walk(&[path.to_owned()])?;
    let mut notices = Vec::new();
    for file in &found {
        let extraction = ingest::read_one(file, settings, &|_| None).extraction;
        if extraction.notices.is_empty() {
            return Err(
                match (extraction.failures.first(), extraction.skipped.first()) {
                    (Some(failure), _) => refused(&failure.message),
                    (None, kind) => {
                        let kind = kind.map_or("unknown", |kind| kind);
                        refused(&format!("a file of kind {kind} holds none"))
                    }
                },
            );
        }
        for failure in &extraction.failures {
            let member = failure.member.as_deref().unwrap_or_default();
            let reason = failure.reason.as_str();
            say(&format!(
                "failed: {}!{member}: {reason}: {}",
                failure.path, failure.message
            ));
            *done = Done::WithFailures;
        }
        notices.extend(extraction.notices);
    }
    Ok(notices)
}

fn from_store(what: &Path, data: &Path) -> Result<Notice, Error> {
    let id = what.to_string_lossy();
    let missing = || Error::NoSuchNotice {
        id: id.clone().into_owned(),
        data: data.to_owned(),
    };
    let store = match Store::open(data) {
        Err(Error::NoData { .. }) => return Err(missing()),
        store => store?,
    };
    // An activity's id is its notice's, a point and its number.
    let notice = id.split_once('.').map_or(&*id, |(notice, _)| notice);
    store.notice(notice)?.ok_or_else(missing)
}
