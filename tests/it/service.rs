//! A service on a port of this machine, and clients that need not be well-behaved.

use crate::made::{engine_over, shelf};
use gongwen::error::Error;
use gongwen::record::Notice;
use gongwen::search::Notices;
use gongwen::serve::{Listener, Place, Settings, serve};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Nothing here takes so long unless it is stuck.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

/// A running service; it ends with the value.
pub(crate) struct Service {
    pub(crate) address: SocketAddr,
    pub(crate) notices: Vec<Notice>,
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) folder: TempDir,
    end: Option<oneshot::Sender<()>>,
    task: Option<JoinHandle<()>>,
    runtime: Option<Runtime>,
}

impl Service {
    pub(crate) fn start(settings: Settings) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let notices = shelf();
        let shelf = Arc::new(Shelf::new(&notices));
        let notices_of = Box::new(Reader(Arc::clone(&shelf)));
        let engine = Arc::new(engine_over(folder.path(), &notices, notices_of));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let place = Place::Tcp(([127, 0, 0, 1], 0).into());
        let listener = runtime.block_on(Listener::bind(&place)).expect("a port");
        let Place::Tcp(address) = listener.place().expect("told") else {
            panic!("a port was asked for");
        };
        let (end, ended) = oneshot::channel::<()>();
        let task = runtime.spawn(async move {
            let ended = async {
                let _ = ended.await;
            };
            serve(listener, engine, &settings, ended).await;
        });
        Self {
            address,
            notices,
            shelf,
            folder,
            end: Some(end),
            task: Some(task),
            runtime: Some(runtime),
        }
    }

    /// Tells it to end, and does not wait.
    pub(crate) fn tell_to_end(&mut self) {
        drop(self.end.take());
    }

    /// Waits until it has ended.
    pub(crate) fn ended(&mut self) {
        let (task, runtime) = (self.task.take(), self.runtime.as_ref());
        let (Some(task), Some(runtime)) = (task, runtime) else {
            panic!("it is ended once");
        };
        runtime
            .block_on(async { tokio::time::timeout(DEADLINE, task).await })
            .expect("it ends in time")
            .expect("it ends well");
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("connected");
        stream.set_read_timeout(Some(DEADLINE)).expect("set");
        stream.set_write_timeout(Some(DEADLINE)).expect("set");
        stream
    }

    /// Sends what is given on a connection of its own, as far as it is taken.
    pub(crate) fn send(&self, text: &str) -> TcpStream {
        let mut stream = self.connect();
        // Who is cut in the middle reads why
        let _ = stream.write_all(text.as_bytes());
        stream
    }

    pub(crate) fn ask(&self, path: &str) -> TcpStream {
        self.send(&request(path, &[]))
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        Reply::of(self.ask(path))
    }

    pub(crate) fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        Reply::of(self.send(&request(path, headers)))
    }

    /// The value of a line of the metrics; 0 where there is none.
    pub(crate) fn metric(&self, line: &str) -> u64 {
        let text = self.get("/metrics").body;
        let value = text.lines().find_map(|l| l.strip_prefix(line));
        value.map_or(0, |v| v.trim().parse().expect("a whole number"))
    }

    /// The path of a notice that is on the shelf: its reading can be held up.
    pub(crate) fn notice(&self, at: usize) -> String {
        format!("/api/v1/notices/{}", self.notices[at].id)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.shelf.release();
        self.tell_to_end();
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(DEADLINE);
        }
    }
}

pub(crate) fn request(path: &str, headers: &[(&str, &str)]) -> String {
    let headers: String = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    format!("GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n{headers}\r\n")
}

/// Asks until it is so.
pub(crate) fn until(told: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < DEADLINE, "never: {told}");
        std::thread::yield_now();
    }
}

/// An answer, read to the end of its connection.
#[derive(Debug)]
pub(crate) struct Reply {
    /// 0 where the connection was closed without an answer.
    pub(crate) status: u16,
    /// In small letters, a line each.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn of(mut stream: impl Read) -> Self {
        let mut bytes = Vec::new();
        // A connection that is reset had its say before
        if let Err(error) = stream.read_to_end(&mut bytes) {
            assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "{error}");
        }
        let text = String::from_utf8(bytes).expect("UTF-8");
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok());
        Self {
            status: status.unwrap_or(0),
            head: head.to_ascii_lowercase(),
            body: body.to_owned(),
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':').map(str::trim))
    }
}

/// Notices whose reading can be held up, and fail.
pub(crate) struct Shelf {
    notices: Vec<Notice>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    is_held: bool,
    is_broken: bool,
    /// Readers that wait.
    waiting: usize,
}

impl Shelf {
    fn new(notices: &[Notice]) -> Self {
        Self {
            notices: notices.to_vec(),
            state: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        if let Ok(mut state) = self.state.lock() {
            change(&mut state);
        }
        self.changed.notify_all();
    }

    /// From now on readers wait.
    pub(crate) fn hold(&self) {
        self.change(|state| state.is_held = true);
    }

    pub(crate) fn release(&self) {
        self.change(|state| state.is_held = false);
    }

    /// From now on nothing can be read.
    pub(crate) fn break_down(&self) {
        self.change(|state| state.is_broken = true);
    }

    /// Waits until so many readers wait.
    pub(crate) fn until_waiting(&self, readers: usize) {
        let state = self.state.lock().expect("not poisoned");
        let (_state, late) = self
            .changed
            .wait_timeout_while(state, DEADLINE, |s| s.waiting != readers)
            .expect("not poisoned");
        assert!(!late.timed_out(), "{readers} readers never came");
    }
}

struct Reader(Arc<Shelf>);

impl Notices for Reader {
    fn notice(&self, id: &str) -> Result<Option<Notice>, Error> {
        let shelf = &self.0;
        let mut state = shelf.state.lock().expect("not poisoned");
        state.waiting += 1;
        shelf.changed.notify_all();
        let (mut state, _) = shelf
            .changed
            .wait_timeout_while(state, DEADLINE, |s| s.is_held)
            .expect("not poisoned");
        state.waiting -= 1;
        shelf.changed.notify_all();
        if state.is_broken {
            return Err(Error::Io {
                action: "read",
                path: "/secret/place".into(),
                cause: std::io::ErrorKind::PermissionDenied.into(),
            });
        }
        Ok(shelf.notices.iter().find(|n| n.id == id).cloned())
    }
}
