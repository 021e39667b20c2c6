//! `gongwen worker`: reads files for another process of this program.

use super::Done;
use crate::error::Error;
use crate::source::worker;
use clap::Args;
use std::io;

/// Answer another process of this program, which sends files on standard input. Not for people.
#[derive(Debug, Args)]
pub(super) struct Worker {}

impl Worker {
    pub(super) fn run(self) -> Result<Done, Error> {
        let served = worker::serve(io::stdin().lock(), io::stdout().lock());
        served.map_err(|cause| Error::Io {
            action: "answer over",
            path: "the worker's pipes".into(),
            cause,
        })?;
        Ok(Done::Well)
    }
}
