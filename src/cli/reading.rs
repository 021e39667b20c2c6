//! What every command that reads files can be told: limits, workers, threads, where failures go.

use super::report::at;
use crate::entity::taxonomy::Taxonomy;
use crate::error::Error;
use crate::ingest::Settings;
use crate::source::Limits;
use crate::source::worker::Pool;
use crate::source::worker::Readers;
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// More threads than any machine has cores; starting tens of thousands takes longer than reading.
const MAX_THREADS: i64 = 1024;

/// How files are read, and what becomes of those that cannot be.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// Also write a row (JSON) for each file that gave no record to this file.
    #[arg(long, value_name = "FILE")]
    pub(super) failures: Option<PathBuf>,
    /// Threads that read; 0 for one a core. The output is the same.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=MAX_THREADS))]
    threads: u16,
    /// Kinds and audiences of activities (TOML) in place of those that come with the program.
    #[arg(long, value_name = "FILE")]
    taxonomy: Option<PathBuf>,
    #[command(flatten)]
    bounds: Bounds,
}

impl Reading {
    pub(super) fn settings(&self) -> Result<Settings, Error> {
        let taxonomy = self.taxonomy.as_deref().map(|path| {
            let text = fs::read_to_string(path).map_err(|cause| at("read", path, cause))?;
            Taxonomy::from_toml(&text).map(Arc::new)
        });
        Ok(Settings {
            taxonomy: taxonomy.transpose()?,
            threads: self.threads.into(),
            ..self.bounds.settings()?
        })
    }
}

/// What one file may cost, and who reads it.
#[derive(Debug, Args)]
pub(super) struct Bounds {
    /// Refuse files of more bytes, and members of archives.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_bytes)]
    max_bytes: u64,
    /// Bytes that all that is packed in one file may expand to.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_expanded, hide_short_help = true)]
    max_expanded: u64,
    /// Times its packed size that something may expand to, once past a megabyte.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_ratio, hide_short_help = true)]
    max_ratio: u64,
    /// Members of one archive that are read.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_members, hide_short_help = true)]
    max_members: usize,
    /// Archives in archives that are opened.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_nesting, hide_short_help = true)]
    max_nesting: usize,
    /// Pages of one document that are read.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_pages, hide_short_help = true)]
    max_pages: usize,
    /// Elements in elements (XML, HTML) and groups in groups (RTF) that are read.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_depth, hide_short_help = true)]
    max_depth: usize,
    /// Bytes of text that are kept of one document.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_text, hide_short_help = true)]
    max_text: usize,
    /// Seconds of processor time that a worker may take for one document.
    #[arg(long, value_name = "N", default_value_t = Limits::default().cpu_seconds, hide_short_help = true)]
    cpu_seconds: u64,
    /// Bytes of memory (address space) that a worker may take.
    #[arg(long, value_name = "N", default_value_t = Limits::default().worker_memory, hide_short_help = true)]
    worker_memory: u64,
    /// Read scanned pages by tesseract (with chi_sim) and pdftoppm, which must be on the path.
    #[arg(long)]
    ocr: bool,
    /// Read every format in this process, without the limits of time and memory: for debugging.
    #[arg(long)]
    no_workers: bool,
}

impl Bounds {
    pub(super) fn settings(&self) -> Result<Settings, Error> {
        let readers = match self.no_workers {
            true => Readers::Here,
            false => {
                let pool = Pool::of_this_program();
                let program = Path::new("this program's own file");
                Readers::Workers(Arc::new(pool.map_err(|e| at("find", program, e))?))
            }
        };
        Ok(Settings {
            limits: Limits {
                max_bytes: self.max_bytes,
                max_expanded: self.max_expanded,
                max_ratio: self.max_ratio,
                max_members: self.max_members,
                max_nesting: self.max_nesting,
                max_pages: self.max_pages,
                max_depth: self.max_depth,
                max_text: self.max_text,
                cpu_seconds: self.cpu_seconds,
                worker_memory: self.worker_memory,
                ocr: self.ocr,
            },
            readers,
            ..Settings::default()
        })
    }
}
