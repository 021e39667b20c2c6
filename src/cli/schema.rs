//! `gongwen schema`: the JSON Schema of a record.

use super::{Done, at_stdout};
use crate::error::Error;
use crate::record::schema::schema;
use clap::Args;
use std::io::{self, Write};

/// Print the JSON Schema of a record.
#[derive(Debug, Args)]
pub(super) struct Schema {}

impl Schema {
    pub(super) fn run(self) -> Result<Done, Error> {
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, &schema())
            .map_err(io::Error::from)
            .and_then(|()| writeln!(out))
            .map_err(at_stdout)?;
        Ok(Done::Well)
    }
}
