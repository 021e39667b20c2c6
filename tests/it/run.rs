//! Running the program, and notices of our own to run it on.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// The last line on stderr without the seconds.
    pub(crate) fn closing(&self) -> &str {
        let last = self.err.lines().last().unwrap_or_default();
        last.rsplit_once(", ").map_or(last, |(counts, _)| counts)
    }
}

/// The program, to be run in `dir`.
pub(crate) fn program(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongwen"));
    command
        .current_dir(dir)
        .args(arguments)
        .stdin(Stdio::null());
    command
}

/// Runs the program in `dir` to its end.
pub(crate) fn gongwen(dir: &Path, arguments: &[&str]) -> Run {
    let output = program(dir, arguments)
        .output()
        .expect("the program starts");
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("UTF-8 on stdout"),
        err: String::from_utf8(output.stderr).expect("UTF-8 on stderr"),
    }
}

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        put(dir.path(), name, bytes);
    }
    dir
}

/// Writes one file, with the folders above it.
pub(crate) fn put(dir: &Path, name: &str, bytes: &[u8]) {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().expect("a parent")).expect("folders are made");
    fs::write(path, bytes).expect("the file is written");
}

/// A short notice of its own number.
pub(crate) fn notice(number: usize) -> String {
    format!(
        "云台县应急管理局关于开展第{number}期安全培训的通知\n各乡镇人民政府：\n\
         一、主要任务\n（一）组织集中授课。（责任单位：县应急管理局）\n（二）6月{}日前报送总结。\n\
         联系人：何青，电话：0999-{:07}\n云台县应急管理局\n2024年5月8日\n",
        number % 28 + 1,
        number
    )
}
