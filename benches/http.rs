//! What the service does under load, on loopback: distinct questions with all facets, repeated ones, ten times as many
//! connections as that, and what is left of it afterwards. Every answer is checked: its length, that it is JSON, and how
//! many it says were found. Before that, ten thousand questions that were typed amiss: the program ends with a fault where
//! one of them is not answered or told what is wrong with it, or not within a second.
//!
//! `cargo bench --bench http` makes an archive of 20,000 synthetic activities, starts `gongwen serve` on it, and ends
//! it. `GONGWEN_ACTIVITIES` is another size, `GONGWEN_SECONDS` the time of each part (10; 0 leaves the load out),
//! `GONGWEN_MUTATED` how many questions are typed amiss (10,000), `GONGWEN_HTTP_DATA` a folder in which the archive stays, for the next run or for another program such as wrk (see `benches/http.lua`).

mod inputs;

use gongwen::ingest;
use gongwen::store;
use inputs::judged;
use inputs::mutated;
use inputs::synthetic::{Synthetic, queries};
use std::collections::HashSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const SEED: u64 = 20_231_116;
const CONNECTIONS: usize = 64;
/// Notices that are kept in one transaction.
const BATCH: usize = 500;
/// After the load, times are taken in windows of this length, over so many connections.
const WINDOW: Duration = Duration::from_millis(500);
const AFTERWARDS: usize = 4;
/// No answer may take longer, whatever is asked.
const PATIENCE: Duration = Duration::from_secs(1);
/// What takes longer is asked so often in all, for others may use the machine.
const TRIES: usize = 3;

fn main() {
    let number = |name: &str, usual: usize| -> usize {
        let value = std::env::var(name).ok();
        value.and_then(|v| v.parse().ok()).unwrap_or(usual)
    };
    let activities = number("GONGWEN_ACTIVITIES", 20_000);
    let time = Duration::from_secs(number("GONGWEN_SECONDS", 10) as u64);
    let own = tempfile::tempdir().expect("a folder can be made");
    let data = std::env::var_os("GONGWEN_HTTP_DATA").map(PathBuf::from);
    let data = data.unwrap_or_else(|| own.path().join("data"));
    if !data.join(ingest::INDEX).is_dir() {
        archive(&data, activities);
    }
    let server = Server::start(&data);
    println!("load of the machine before: {}", load());
    server.typed_amiss(number("GONGWEN_MUTATED", 10_000) as u64);
    if time.is_zero() {
        return;
    }

    let words = distinct(50_000);
    fs::write(data.join("queries.txt"), words.join("\n")).expect("written");
    let expected = Expected::ask(&server, &words);
    let next = AtomicUsize::new(0);
    // No two are the same, so that none is answered from the cache
    let another = || {
        let n = next.fetch_add(1, Ordering::Relaxed);
        let at = n % expected.0.len();
        let size = 1 + n / expected.0.len() % 100;
        let page = 1 + n / expected.0.len() / 100;
        let path = format!("{}&size={size}&page={page}", address(&words[at]));
        (path, Some(expected.0[at]))
    };
    let again = || {
        let at = next.fetch_add(1, Ordering::Relaxed) % 20;
        (address(&words[at]), Some(expected.0[at]))
    };

    let quiet = server.load(AFTERWARDS, time / 2, &another);
    quiet.say("distinct, 4 connections", "the measure of the last lines");
    let distinct = server.load(CONNECTIONS, time, &another);
    distinct.say(
        "distinct, 64 connections",
        "wanted: 300/s, 0 errors, 0 refused",
    );
    let repeated = server.load(CONNECTIONS, time, &again);
    repeated.say(
        "repeated, 64 connections",
        "wanted: 5000/s, 0 errors, 0 refused",
    );
    let heavy = server.load(10 * CONNECTIONS, time, &another);
    heavy.say(
        "distinct, 640 connections",
        "wanted: 0 errors, the rest 503",
    );
    for window in 1..=6 {
        let after = server.load(AFTERWARDS, WINDOW, &another);
        let until = WINDOW * window;
        after.say(
            &format!("{until:?} after it, 4 connections"),
            "wanted: the p99 of the first line from 2 s on",
        );
    }
    println!(
        "  most memory: {} MB (wanted: below 1000)",
        server.most_memory() >> 20
    );
    println!("load of the machine after: {}", load());
}

fn archive(data: &Path, activities: usize) {
    let begun = Instant::now();
    let mut made = Synthetic::new(SEED);
    let mut writer = store::Writer::open(data).expect("the folder is free");
    let mut count = 0;
    while count < activities {
        let notices: Vec<_> = (0..BATCH).map(|_| made.notice()).collect();
        count += notices.iter().map(|n| n.activities.len()).sum::<usize>();
        let kept = writer.batch(|batch| {
            notices.iter().try_for_each(|notice| {
                let path = format!("{}.txt", notice.id);
                batch.put(&path, &notice.source.sha256, std::slice::from_ref(notice))
            })
        });
        kept.expect("they are kept");
    }
    drop(writer);
    ingest::mend(data).expect("the index is made");
    println!(
        "{count} activities kept and indexed in {:.1?}",
        begun.elapsed()
    );
}

fn distinct(n: usize) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut out = queries(SEED, n);
    out.retain(|query| seen.insert(query.clone()));
    out
}

fn address(query: &str) -> String {
    let encoded: String = query.bytes().map(|b| format!("%{b:02X}")).collect();
    format!("/api/v1/search?q={encoded}")
}

fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').take(3).collect::<Vec<_>>().join(" ")
}

/// How many each query finds, as it is told one by one.
struct Expected(Vec<u64>);

impl Expected {
    fn ask(server: &Server, words: &[String]) -> Self {
        let mut client = Client::new(&server.address);
        let some = words.iter().take(2000);
        Self(
            some.map(|query| {
                let reply = client.get(&address(query)).expect("an answer");
                total(&reply.body).expect("a total")
            })
            .collect(),
        )
    }
}

/// The number of all hits that an answer states.
fn total(body: &[u8]) -> Option<u64> {
    let answer: serde_json::Value = serde_json::from_slice(body).ok()?;
    answer["total"].as_u64()
}

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_gongwen"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("it has an output");
        BufReader::new(out)
            .read_line(&mut line)
            .expect("it says where");
        let address = line.trim().trim_start_matches("http://");
        Self {
            address: address.trim_end_matches('/').to_owned(),
            child,
        }
    }

    /// Questions that went wrong in typing, of every kind.
    fn typed_amiss(&self, count: u64) {
        let questions = judged::sets().into_iter().flat_map(|set| set.questions);
        let from: Vec<String> = questions.map(|q| q.ask).collect();
        let next = AtomicUsize::new(0);
        let work = || {
            let mut client = Client::new(&self.address);
            let (mut told, mut slowest) = (0, (Duration::ZERO, String::new()));
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed) as u64;
                if number >= count {
                    return (told, slowest);
                }
                let query = mutated::question(number, &from);
                let encoded: String = query.bytes().map(|b| format!("%{b:02X}")).collect();
                let path = match number % 5 {
                    0 => format!("/api/v1/search?explain=1&q={encoded}"),
                    1 => format!("/api/v1/search?in=sections&q={encoded}"),
                    2 => format!("/api/v1/search?in=notices&q={encoded}"),
                    3 => format!("/api/v1/search?group=notice&q={encoded}"),
                    _ => format!("/?q={encoded}"),
                };
                let mut took = Duration::MAX;
                for size in 10..10 + TRIES {
                    let begun = Instant::now();
                    let reply = client.get(&format!("{path}&size={size}"));
                    let reply = reply.unwrap_or_else(|e| panic!("{query:?}, {path}: {e}"));
                    took = took.min(begun.elapsed());
                    let is_answer = matches!(reply.status, 200 | 400);
                    assert!(is_answer, "{query:?}, {path}: {}", reply.status);
                    told += usize::from(reply.status == 400 && size == 10);
                    if took <= PATIENCE {
                        break;
                    }
                }
                assert!(took <= PATIENCE, "{query:?}, {path}: {took:?}");
                if took > slowest.0 {
                    slowest = (took, query);
                }
            }
        };
        let (told, slowest) = thread::scope(|scope| {
            let threads: Vec<_> = (0..AFTERWARDS).map(|_| scope.spawn(work)).collect();
            let mut all = (0, (Duration::ZERO, String::new()));
            for thread in threads {
                let (told, slowest) = thread.join().expect("each question is answered in time");
                all.0 += told;
                all.1 = all.1.max(slowest);
            }
            all
        });
        println!(
            "  {count} questions typed amiss: {told} told to be malformed, the slowest {:.1?} ({:?})",
            slowest.0, slowest.1
        );
    }

    /// Asks over so many connections for so long.
    fn load(
        &self,
        connections: usize,
        time: Duration,
        question: &(impl Fn() -> (String, Option<u64>) + Sync),
    ) -> Load {
        let begun = Instant::now();
        let loads = thread::scope(|scope| {
            let threads: Vec<_> = (0..connections)
                .map(|_| {
                    let work = move || {
                        let mut client = Client::new(&self.address);
                        let mut load = Load::default();
                        while begun.elapsed() < time {
                            let (path, expected) = question();
                            load.ask(&mut client, &path, expected);
                        }
                        load
                    };
                    let builder = thread::Builder::new().stack_size(256 << 10);
                    builder.spawn_scoped(scope, work).expect("a thread")
                })
                .collect();
            let ends = threads.into_iter().map(|t| t.join().expect("it ends"));
            ends.collect::<Vec<_>>()
        });
        let mut all = Load {
            took: begun.elapsed(),
            ..Load::default()
        };
        for load in loads {
            all.times.extend(load.times);
            all.refused += load.refused;
            all.errors.extend(load.errors);
        }
        all.times.sort_unstable();
        all
    }

    /// The most memory that it ever had in use, in bytes.
    fn most_memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let kib = line.and_then(|l| l.trim().trim_end_matches(" kB").parse::<u64>().ok());
        kib.unwrap_or(0) << 10
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What came of the questions.
#[derive(Default)]
struct Load {
    took: Duration,
    /// Of the answers.
    times: Vec<Duration>,
    refused: usize,
    errors: Vec<String>,
}

impl Load {
    fn ask(&mut self, client: &mut Client, path: &str, expected: Option<u64>) {
        let begun = Instant::now();
        match client.get(path) {
            Ok(reply) if reply.status == 503 && reply.retries => self.refused += 1,
            Ok(reply) if reply.status == 200 => {
                self.times.push(begun.elapsed());
                let found = total(&reply.body);
                if found.is_none() || expected.is_some_and(|e| Some(e) != found) {
                    self.errors.push(format!("{path}: {found:?} found"));
                }
            }
            Ok(reply) => self.errors.push(format!("{path}: {}", reply.status)),
            Err(error) => self.errors.push(format!("{path}: {error}")),
        }
    }

    fn say(&self, what: &str, wanted: &str) {
        let seconds = self.took.as_secs_f64();
        let rate = self.times.len() as f64 / seconds;
        let at = |part: f64| {
            let last = self.times.len().saturating_sub(1);
            let time = self.times.get((last as f64 * part) as usize);
            time.map_or(f64::NAN, |t| t.as_secs_f64() * 1e3)
        };
        println!(
            "  {what:34} {rate:8.0}/s  p50 {:7.1} ms  p99 {:7.1} ms  refused {:6.0}/s  errors {}  ({wanted})",
            at(0.5),
            at(0.99),
            self.refused as f64 / seconds,
            self.errors.len()
        );
        if let Some(first) = self.errors.first() {
            println!("    such as {first}");
        }
    }
}

/// One connection that is kept.
struct Client<'a> {
    address: &'a str,
    stream: Option<BufReader<TcpStream>>,
}

struct Reply {
    status: u16,
    /// Whether it says when to come again.
    retries: bool,
    body: Vec<u8>,
}

impl<'a> Client<'a> {
    fn new(address: &'a str) -> Self {
        Self {
            address,
            stream: None,
        }
    }

    fn get(&mut self, path: &str) -> std::io::Result<Reply> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(self.address)?;
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(Duration::from_secs(30)))?;
                BufReader::new(stream)
            }
        };
        let request = format!("GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n");
        stream.get_mut().write_all(request.as_bytes())?;
        let (mut reply, mut length, mut is_kept) = (
            Reply {
                status: 0,
                retries: false,
                body: Vec::new(),
            },
            0,
            true,
        );
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line)? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            let line = line.trim_end().to_ascii_lowercase();
            match line.split_once(':') {
                None if line.is_empty() => break,
                None => {
                    let status = line.split(' ').nth(1).and_then(|s| s.parse().ok());
                    reply.status = status.unwrap_or(0);
                }
                Some(("content-length", value)) => length = value.trim().parse().unwrap_or(0),
                Some(("retry-after", _)) => reply.retries = true,
                Some(("connection", value)) => is_kept = value.trim() != "close",
                Some(_) => {}
            }
        }
        reply.body.resize(length, 0);
        stream.read_exact(&mut reply.body)?;
        if is_kept {
            self.stream = Some(stream);
        }
        Ok(reply)
    }
}
