//! `gongwen formats`: the formats that are read, and what is kept of each.

use super::{Done, at_stdout};
use crate::error::Error;
use crate::source::FORMATS;
use clap::Args;
use std::io::{self, Write};

/// List the formats of files that are read, and what is kept of each.
#[derive(Debug, Args)]
pub(super) struct Formats {}

impl Formats {
    pub(super) fn run(self) -> Result<Done, Error> {
        let mut out = io::stdout().lock();
        for format in FORMATS {
            writeln!(
                out,
                "{}  ({}{})\n  kept: {}\n  not:  {}",
                format.name,
                format.extensions,
                if format.in_worker {
                    "; in a worker"
                } else {
                    ""
                },
                format.kept,
                format.left
            )
            .map_err(at_stdout)?;
        }
        out.flush().map_err(at_stdout)?;
        Ok(Done::Well)
    }
}
