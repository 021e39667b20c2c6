//! The command line: one file a subcommand, messages on stderr, exit codes as a contract.
//!
//! 0: done. 1: done, but some file failed (or, where that was asked, some notice is odd). 2: not done: unusable arguments, or something of the
//! surroundings (a missing path, a busy data folder, a full disk).

mod check;
mod eval;
mod extract;
mod formats;
mod index;
mod limits;
mod mentions;
mod narrowing;
mod outline;
mod reading;
mod report;
mod schema;
mod search;
mod serve;
mod show;
mod similar;
mod text;
mod worker;

use crate::error::Error;
use clap::{CommandFactory, Parser, Subcommand};
use std::ffi::OsString;
use std::io;
use std::io::Write;
use std::process::ExitCode;

/// Where records are kept unless `--data` says otherwise.
pub(crate) const DATA: &str = "gongwen-data";

/// Reads Chinese official notices, keeps them as structured records, and searches them.
#[derive(Debug, Parser)]
#[command(name = "gongwen", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// A subcommand: its arguments and its `run` live in the file of its name.
#[derive(Debug, Subcommand)]
enum Command {
    Extract(extract::Extract),
    Index(index::Index),
    Show(show::Show),
    Check(check::Check),
    Outline(outline::Outline),
    Text(text::Text),
    Formats(formats::Formats),
    Search(search::Search),
    Similar(similar::Similar),
    Serve(serve::Serve),
    Eval(eval::Eval),
    Mentions(mentions::Mentions),
    Schema(schema::Schema),
    #[command(hide = true)]
    Worker(worker::Worker),
}

/// How a command ended when nothing kept it from ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// Exit code 0.
    Well,
    /// Exit code 1: some file failed, the rest is done.
    WithFailures,
    /// Exit code 1: something is odd, and the caller asked to be told so.
    WithRemarks,
}

/// The arguments as clap knows them: for completions, a manual page, and the test of the documents.
#[must_use]
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Runs the command that the arguments (the program's name first) name, and gives the exit code.
pub fn run<I, T>(arguments: I) -> ExitCode
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come this way too; a closed pipe is no reason to complain.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let done = match arguments.command {
        Command::Extract(command) => command.run(),
        Command::Index(command) => command.run(),
        Command::Show(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Outline(command) => command.run(),
        Command::Text(command) => command.run(),
        Command::Formats(command) => command.run(),
        Command::Search(command) => command.run(),
        Command::Similar(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Eval(command) => command.run(),
        Command::Mentions(command) => command.run(),
        Command::Schema(command) => command.run(),
        Command::Worker(command) => command.run(),
    };
    match done {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::WithFailures | Done::WithRemarks) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("gongwen: {error}"));
            ExitCode::from(2)
        }
    }
}

/// Whether the reader of our output went away, as `head` does when it has enough.
fn is_closed_pipe(error: &Error) -> bool {
    matches!(error, Error::Io { cause, .. } if cause.kind() == io::ErrorKind::BrokenPipe)
}

/// One line on stderr, whatever characters a file's name holds; where that is closed there is nobody to tell.
pub(crate) fn say(line: &str) {
    let line = line.replace(char::is_control, "\u{fffd}");
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// The error of writing to standard output.
pub(crate) fn at_stdout(cause: io::Error) -> Error {
    Error::Io {
        action: "write",
        path: "standard output".into(),
        cause,
    }
}
