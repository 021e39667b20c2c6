//! The workers that live: taken by whoever reads a file, given back after, replaced when they end.

use super::message::Answer;
use super::message::Request;
use crate::source::Audience;
use crate::source::Document;
use crate::source::Limits;
use crate::source::Outcome;
use crate::source::Reason;
use crate::source::Refusal;
use std::ffi::OsString;
use std::io;
use std::io::BufReader;
use std::path::PathBuf;
use std::process::Child;
use std::process::ChildStdin;
use std::process::ChildStdout;
use std::process::Command;
use std::process::ExitStatus;
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::PoisonError;

/// A worker reads so many files and is then replaced, so that nothing that a parser leaks adds up.
const FILES: u32 = 1_000;

/// So many documents of one file may end their worker; what stands after the last of them is not read.
const DEATHS: usize = 8;

/// Worker processes, as many as there are threads that read at one time.
#[derive(Debug)]
pub struct Pool {
    program: PathBuf,
    arguments: Vec<OsString>,
    idle: Mutex<Vec<Worker>>,
}

impl Pool {
    /// A pool of processes of this command, which answers as [`serve`](super::serve) does. None is started yet.
    #[must_use]
    pub fn new(program: PathBuf, arguments: Vec<OsString>) -> Self {
        Self {
            program,
            arguments,
            idle: Mutex::default(),
        }
    }

    /// A pool of processes of this very program, as `gongwen worker`.
    ///
    /// # Errors
    /// Where the system does not say which program this is.
    pub fn of_this_program() -> io::Result<Self> {
        Ok(Self::new(std::env::current_exe()?, vec!["worker".into()]))
    }

    /// As [`documents`](crate::source::documents), read by a worker; a document that ends it is refused, as
    /// [`Reason::TooSlow`] or [`Reason::Crashed`].
    pub(super) fn documents(
        &self,
        bytes: &[u8],
        name: &str,
        limits: &Limits,
        audience: &mut dyn Audience,
    ) {
        let mut heard = 0;
        for death in 1.. {
            let mut worker = match self.take() {
                Ok(worker) => worker,
                Err(error) => {
                    let message = format!(
                        "no worker could be started to read it ({error}); --no-workers reads without"
                    );
                    return audience.hears(lost(None, Refusal::new(Reason::Crashed, message)));
                }
            };
            let request = Request {
                name: name.to_owned(),
                limits: *limits,
                skip: heard,
                bytes: bytes.len() as u64,
            };
            match worker.ask(&request, bytes, &mut heard, audience) {
                Asked::Done => return self.give_back(worker),
                // it ended between two files, and this one has no part in it
                Asked::Ended { reading: None } if worker.files > 1 => {}
                Asked::Ended { reading } => {
                    let refusal = worker.end(limits);
                    let is_last = reading.is_none() || death >= DEATHS;
                    heard += 1;
                    let member = reading.flatten();
                    let is_whole = member.is_none();
                    audience.hears(lost(member, refusal));
                    if is_last && !is_whole {
                        let message = format!(
                            "{DEATHS} of its members ended their readers; those after were not read"
                        );
                        audience.hears(lost(None, Refusal::new(Reason::Crashed, message)));
                    }
                    if is_last || is_whole {
                        return;
                    }
                }
            }
        }
    }

    fn take(&self) -> io::Result<Worker> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        idle.map_or_else(|| self.start(), Ok)
    }

    fn start(&self) -> io::Result<Worker> {
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            // what the allocator reserves at its start (1 GiB) is not held against the bound that the worker sets itself
            .env("MIMALLOC_ARENA_RESERVE", "4MiB")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => Ok(Worker {
                child,
                input: Some(input),
                output: BufReader::new(output),
                files: 0,
            }),
            _ => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn give_back(&self, worker: Worker) {
        if worker.files < FILES {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            idle.push(worker);
        }
    }
}

/// The document that was lost with its worker.
fn lost(member: Option<String>, refusal: Refusal) -> Document {
    Document {
        member,
        bytes: 0,
        sha256: String::new(),
        outcome: Outcome::Refused(refusal),
    }
}

/// A process that reads; it is ended with its owner.
#[derive(Debug)]
struct Worker {
    child: Child,
    /// None once it is told to end.
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    files: u32,
}

/// How a request went.
enum Asked {
    /// All documents were heard.
    Done,
    /// The worker ended while it read this document; none where it read none.
    Ended { reading: Option<Option<String>> },
}

impl Worker {
    fn ask(
        &mut self,
        request: &Request,
        bytes: &[u8],
        heard: &mut usize,
        audience: &mut dyn Audience,
    ) -> Asked {
        self.files += 1;
        let mut reading = None;
        let sent = match &mut self.input {
            Some(input) => request.send(bytes, input),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        };
        if sent.is_err() {
            return Asked::Ended { reading };
        }
        while let Ok(Some(answer)) = Answer::receive(&mut self.output) {
            match answer {
                Answer::Opens(member) => {
                    audience.opens(member.as_deref());
                    reading = Some(member);
                }
                Answer::Gives(document) => {
                    reading = None;
                    *heard += 1;
                    audience.hears(*document);
                }
                Answer::End => return Asked::Done,
            }
        }
        Asked::Ended { reading }
    }

    /// Why it ended, for people; it is ended if it had not.
    fn end(mut self, limits: &Limits) -> Refusal {
        self.input = None;
        let _ = self.child.kill();
        let status = self.child.wait();
        if status.as_ref().is_ok_and(|s| signal(*s) == Some(SIGXCPU)) {
            let message = format!(
                "reading it took more than {} s of processor time",
                limits.cpu_seconds
            );
            return Refusal::new(Reason::TooSlow, message);
        }
        let how = status.map_or_else(|e| e.to_string(), |s| s.to_string());
        let message = format!(
            "reading it ended its worker ({how}), by a fault or by taking more than {} bytes of memory",
            limits.worker_memory
        );
        Refusal::new(Reason::Crashed, message)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // its input ends, and it with it; the kill is for one that does not listen
        self.input = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// By which the system ends a process that has used its processor time.
const SIGXCPU: i32 = 24;

fn signal(status: ExitStatus) -> Option<i32> {
    use std::os::unix::process::ExitStatusExt as _;
    status.signal()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(pool: &Pool, bytes: &[u8]) -> Vec<Document> {
        let mut heard = Vec::new();
        let mut hears = |document: Document| heard.push(document);
        pool.documents(bytes, "a.zip", &Limits::default(), &mut hears);
        heard
    }

    /// A pool whose worker is this shell script.
    fn script(script: &str) -> Pool {
        Pool::new("sh".into(), vec!["-c".into(), script.into()])
    }

    fn reasons(documents: &[Document]) -> Vec<(Option<&str>, Reason)> {
        let reason = |document: &Document| match &document.outcome {
            Outcome::Refused(refusal) => Some(refusal.reason),
            _ => None,
        };
        let pairs = documents
            .iter()
            .filter_map(|d| Some((d.member.as_deref(), reason(d)?)));
        // the name lives as long as the document
        pairs.collect()
    }

    #[test]
    fn a_worker_past_its_time_is_too_slow() {
        let heard = heard(&script("kill -XCPU $$"), b"x");
        assert_eq!(reasons(&heard), [(None, Reason::TooSlow)]);
    }

    #[test]
    fn a_worker_that_dies_has_crashed() {
        for death in [
            "kill -SEGV $$",
            "exit 3",
            "printf 'no answer'; exec cat >/dev/null",
        ] {
            let heard = heard(&script(death), b"x");
            assert_eq!(reasons(&heard), [(None, Reason::Crashed)], "{death}");
        }
    }

    #[test]
    fn a_member_that_ends_its_worker_costs_itself_alone() {
        // opens a, which ends it; told to skip one document, it opens nothing and is done
        let answers = r#"n=$(head -c 4 | od -An -tu4); head -c $n >request; : "$(head -c 1)"
            if grep -q '"skip":0' request; then printf '\015\000\000\000{"Opens":"a"}'; exit 1; fi
            printf '\005\000\000\000"End"'"#;
        let dir = tempfile::tempdir().unwrap();
        let script = format!("cd '{}'; {answers}", dir.path().display());
        let heard = heard(
            &Pool::new("sh".into(), vec!["-c".into(), script.into()]),
            b"x",
        );
        assert_eq!(reasons(&heard), [(Some("a"), Reason::Crashed)]);
    }

    #[test]
    fn members_that_end_their_workers_without_end_are_cut_off() {
        let always = r#"head -c 4 >/dev/null; printf '\015\000\000\000{"Opens":"a"}'; exit 1"#;
        let heard = heard(&script(always), b"x");
        assert_eq!(heard.len(), DEATHS + 1);
        assert_eq!(reasons(&heard)[DEATHS], (None, Reason::Crashed));
    }

    #[test]
    fn a_program_that_is_not_there_is_said() {
        let heard = heard(&Pool::new("/nowhere/gongwen".into(), Vec::new()), b"x");
        assert_eq!(reasons(&heard), [(None, Reason::Crashed)]);
        let Outcome::Refused(refusal) = &heard[0].outcome else {
            unreachable!("a refusal, as above");
        };
        assert!(
            refusal.message.contains("--no-workers"),
            "{}",
            refusal.message
        );
    }
}
