//! What one service allows: the bounds that keep it answering whoever asks, and however much.

use super::api::extract::Extracting;
use super::tokens::Tokens;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

/// The bounds of a service. [`Settings::default`] suits a machine that does nothing else.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How many requests are worked on at the same time.
    pub concurrency: usize,
    /// How many more may wait until one of these is done; past them the answer is 503 at once.
    pub queue: usize,
    /// How long one may wait so.
    pub wait: Duration,
    /// How long the answer to one request may take, its waiting included; and before that its body, though never more than a
    /// minute. Past the one it is 504, past the other 408.
    pub patience: Duration,
    /// The same where a file is sent to be read.
    pub patience_for_files: Duration,
    /// How many connections are held; past them one is told 503 and closed.
    pub connections: usize,
    /// How many of them one client may hold (an address, or a /64 of IPv6); past them one is told 429 and closed. Where none,
    /// half of them, and any number from this machine. Not counted where all come from one proxy: through a socket of
    /// the file system, and where `trust_forwarded` is set.
    pub connections_a_client: Option<usize>,
    /// How long a client may take over the head of a request, and may be silent between two requests.
    pub head: Duration,
    /// How long a client may leave an answer unread before it is cut.
    pub reading: Duration,
    /// How long requests under way may take to finish once the end is asked for.
    pub farewell: Duration,
    /// How many requests a client may send; unbounded where none.
    pub rate: Option<Rate>,
    /// Whether the last hop in `X-Forwarded-For` is the client: only behind a proxy of one's own that writes it.
    pub trust_forwarded: bool,
    /// Who is answered; everybody where none.
    pub tokens: Option<Arc<Tokens>>,
    /// How files are read that are sent; none are where none.
    pub extracting: Option<Arc<Extracting>>,
    /// Bytes of memory for answers that may be asked for again; 0 keeps none.
    pub cache: u64,
    /// Whether a line about each request is written to standard error.
    pub log: bool,
}

/// How many requests a client may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// A second, in the long run.
    pub a_second: NonZeroU32,
    /// At once, after a silence.
    pub burst: NonZeroU32,
}

impl Default for Settings {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            // One computes while another waits for the disk
            concurrency: cores * 2,
            queue: 128,
            wait: Duration::from_secs(2),
            patience: Duration::from_secs(10),
            patience_for_files: Duration::from_secs(120),
            connections: 1000,
            connections_a_client: None,
            head: Duration::from_secs(15),
            reading: Duration::from_secs(30),
            farewell: Duration::from_secs(5),
            rate: None,
            trust_forwarded: false,
            tokens: None,
            extracting: None,
            cache: 64 << 20,
            log: false,
        }
    }
}
