//! `gongwen serve`: the API and the pages over a data folder, until a signal ends it.

use super::reading::Reading;
use super::report::Report;
use super::{DATA, Done, at_stdout, say};
use crate::error::Error;
use crate::ingest;
use crate::pipeline::Options;
use crate::search::Engine;
use crate::serve;
use crate::serve::Extracting;
use clap::Args;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::runtime::Builder;

/// Serve the JSON API and a search page.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Files and folders to index first.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder of the records and the index; made when paths are given.
    #[arg(long, value_name = "DIR", default_value = DATA)]
    data: PathBuf,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Cover names of contacts, personal numbers and e-mail addresses with asterisks; hotlines stay.
    #[arg(long)]
    mask_contacts: bool,
    /// Read the files that are sent to `POST /api/v1/extract`, as `gongwen extract` reads them; nothing of them is kept.
    #[arg(long)]
    allow_extract: bool,
    #[command(flatten)]
    reading: Reading,
}

impl Serve {
    pub(super) fn run(self) -> Result<Done, Error> {
        let failed = |cause| Error::Io {
            action: "listen on",
            path: self.listen.to_string().into(),
            cause,
        };
        let runtime = Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(failed)?;
        // The port is taken first: nobody wants to learn after an hour of indexing that it is in use
        let listener = runtime
            .block_on(TcpListener::bind(self.listen))
            .map_err(failed)?;
        let mut done = Done::Well;
        if !self.paths.is_empty() {
            let settings = self.reading.settings()?;
            let mut report = Report::new(self.reading.failures.as_deref())?;
            ingest::index(&self.paths, &self.data, &settings, &mut report)?;
            done = report.close()?;
        }
        let (store, index) = ingest::open(&self.data)?;
        let mut engine = Engine::new(index, Box::new(Mutex::new(store)));
        if self.mask_contacts {
            engine = engine.masking();
        }
        let engine = Arc::new(engine);
        let extracting = match self.allow_extract {
            true => {
                let settings = self.reading.settings()?;
                let cores = std::thread::available_parallelism().map_or(2, usize::from);
                let options = Options {
                    path: String::new(),
                    limits: settings.limits,
                    readers: settings.readers,
                    taxonomy: settings.taxonomy,
                };
                Some(Arc::new(Extracting::new(options, cores)))
            }
            false => None,
        };
        let address = listener.local_addr().map_err(failed)?;
        let mut out = io::stdout().lock();
        writeln!(out, "http://{address}/")
            .and_then(|()| out.flush())
            .map_err(at_stdout)?;
        drop(out);
        runtime
            .block_on(serve::serve(listener, engine, extracting, ended()))
            .map_err(failed)?;
        say("stopped");
        Ok(done)
    }
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
