//! The bounds of a service as they are given on the command line.

use crate::error::Error;
use crate::serve::Rate;
use crate::serve::Settings;
use crate::serve::Tokens;
use clap::Args;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Bounds; what is not given is as [`Settings::default`] has it.
#[derive(Debug, Args)]
#[command(next_help_heading = "Limits")]
pub(super) struct Limits {
    /// Requests that are worked on at the same time [default: two a core].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=4096))]
    concurrency: Option<u32>,
    /// Requests that may wait for their turn; what comes beyond gets 503.
    #[arg(long, value_name = "N", default_value_t = 128)]
    queue: u32,
    /// Seconds that an answer may take; then it is 504. A body is to be sent in as long; then it is 408.
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=3600))]
    timeout: u32,
    /// Connections that are held; what comes beyond gets 503 and is closed.
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=60_000))]
    connections: u32,
    /// Connections of one client (an address, or a /64 of IPv6); what comes beyond gets 429 and is closed. A proxy's are not
    /// counted: those of a socket, and those under --trust-forwarded [default: half of --connections, from this machine any].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=60_000))]
    client_connections: Option<u32>,
    /// Requests a second of one client (an address, a /64 of IPv6, or all that comes through a socket); beyond, it gets 429.
    /// Without this, unbounded.
    #[arg(long, value_name = "N")]
    rate: Option<NonZeroU32>,
    /// Requests of one client at once, after a silence [default: twice the rate].
    #[arg(long, value_name = "N", requires = "rate")]
    burst: Option<NonZeroU32>,
    /// The last address in X-Forwarded-For is the client: only behind a proxy of yours that writes it.
    #[arg(long)]
    trust_forwarded: bool,
    /// Answer only requests with `Authorization: Bearer TOKEN`, the token a line of this file; it is read again when it
    /// changes, and on SIGHUP.
    #[arg(long, value_name = "FILE")]
    tokens: Option<PathBuf>,
    /// Memory for answers that are asked for again, in MiB; 0 for none.
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    cache: u32,
    /// Write a line of JSON about each request to stderr: time, method, path without the query, status, milliseconds.
    #[arg(long)]
    log: bool,
}

impl Limits {
    /// # Errors
    /// When there is no good file of tokens where one is named.
    pub(super) fn settings(&self) -> Result<Settings, Error> {
        let usual = Settings::default();
        let tokens = self.tokens.as_deref().map(Tokens::read).transpose()?;
        let rate = self.rate.map(|a_second| Rate {
            a_second,
            burst: self
                .burst
                .unwrap_or_else(|| a_second.saturating_add(a_second.get())),
        });
        let count = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        Ok(Settings {
            concurrency: self.concurrency.map_or(usual.concurrency, count),
            queue: count(self.queue),
            patience: Duration::from_secs(self.timeout.into()),
            connections: count(self.connections),
            connections_a_client: self.client_connections.map(count),
            rate,
            trust_forwarded: self.trust_forwarded,
            tokens: tokens.map(Arc::new),
            cache: u64::from(self.cache) << 20,
            log: self.log,
            ..usual
        })
    }
}
