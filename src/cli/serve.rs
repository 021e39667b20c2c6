//! `gongwen serve`: the API and the pages over a data folder, until a signal ends it.

use super::limits::Limits;
use super::reading::Reading;
use super::report::Report;
use super::{DATA, Done, at_stdout, say};
use crate::error::Error;
use crate::ingest;
use crate::pipeline::Options;
use crate::search::Engine;
use crate::serve;
use crate::serve::Extracting;
use crate::serve::Listener;
use crate::serve::Place;
use clap::Args;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::runtime::Builder;

/// Threads that may wait for the disk at once; how many work is bounded by the places for requests.
const BLOCKING: usize = 64;
/// How long what still computes at the end is waited for.
const REST: Duration = Duration::from_millis(500);

/// Serve the JSON API and a search page.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Files and folders to index first.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder of the records and the index; made when paths are given.
    #[arg(long, value_name = "DIR", default_value = DATA)]
    data: PathBuf,
    /// Where to listen: an address and a port (0 takes a free one), or unix:PATH for a socket.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: Place,
    /// Cover names of contacts, personal numbers and e-mail addresses with asterisks; hotlines stay.
    #[arg(long)]
    mask_contacts: bool,
    /// Read the files that are sent to `POST /api/v1/extract`, as `gongwen extract` reads them; nothing of them is kept.
    #[arg(long)]
    allow_extract: bool,
    #[command(flatten)]
    limits: Limits,
    #[command(flatten)]
    reading: Reading,
}

impl Serve {
    pub(super) fn run(self) -> Result<Done, Error> {
        let mut settings = self.limits.settings()?;
        make_room(settings.connections);
        let failed = |cause| Error::Io {
            action: "listen on",
            path: self.listen.to_string().into(),
            cause,
        };
        let runtime = Builder::new_multi_thread()
            .enable_all()
            .max_blocking_threads(BLOCKING.max(settings.concurrency + 8))
            .build()
            .map_err(failed)?;
        // The place is taken first: nobody wants to learn after an hour of indexing that it is in use
        let listener = runtime.block_on(Listener::bind(&self.listen))?;
        let mut done = Done::Well;
        if !self.paths.is_empty() {
            let reading = self.reading.settings()?;
            let mut report = Report::new(self.reading.failures.as_deref())?;
            ingest::index(&self.paths, &self.data, &reading, &mut report)?;
            done = report.close()?;
        }
        let (store, index) = ingest::open(&self.data)?;
        let mut engine = Engine::new(index, Box::new(Mutex::new(store)));
        if self.mask_contacts {
            engine = engine.masking();
        }
        let engine = Arc::new(engine);
        if self.allow_extract {
            let reading = self.reading.settings()?;
            let cores = std::thread::available_parallelism().map_or(2, usize::from);
            let options = Options {
                path: String::new(),
                limits: reading.limits,
                readers: reading.readers,
                taxonomy: reading.taxonomy,
            };
            settings.extracting = Some(Arc::new(Extracting::new(options, cores)));
        }
        let place = listener.place().map_err(failed)?;
        let mut out = io::stdout().lock();
        writeln!(out, "{place}")
            .and_then(|()| out.flush())
            .map_err(at_stdout)?;
        drop(out);
        runtime.block_on(serve::serve(listener, engine, &settings, ended()));
        runtime.shutdown_timeout(REST);
        say("stopped");
        Ok(done)
    }
}

/// Lets the program open as many files as it may: each connection is one. Where that is not allowed, fewer connections
/// are taken.
fn make_room(connections: usize) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        // The index, the store and the runtime have theirs
        let wanted = connections as u64 + 256;
        let now = getrlimit(Resource::Nofile);
        if now.current.is_some_and(|current| current < wanted) {
            let most = now.maximum.map_or(wanted, |maximum| maximum.min(wanted));
            let _ = setrlimit(
                Resource::Nofile,
                Rlimit {
                    current: Some(most),
                    maximum: now.maximum,
                },
            );
        }
    }
    #[cfg(not(unix))]
    let _ = connections;
}

/// Comes true at SIGINT or SIGTERM.
async fn ended() {
    let interrupted = async {
        // Without a handler, the signal ends the program by itself
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signals) => {
                signals.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
