//! Reading where nothing can be written: on a disc, in somebody else's folder.
//!
//! SQLite wants to write beside a database in WAL even to read it. Where it cannot, the file may be read as one that
//! never changes (`immutable`), as long as all of it is in the file: what a writer left in the WAL would be missed.

use super::{FILE, Store};
use crate::error::Error;
use rusqlite::ErrorCode;
use rusqlite::OpenFlags;
use std::fs::{self, OpenOptions};
use std::path::Path;
use std::time::SystemTime;

/// Whether SQLite's fault is that it could not write, as far as it tells.
pub(super) fn is_barred(error: &Error) -> bool {
    let Error::Store { cause, .. } = error else {
        return false;
    };
    matches!(
        cause.sqlite_error_code(),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied)
    )
}

/// Whether the database can be written, and files beside it.
pub(super) fn is_writable(data: &Path) -> bool {
    let file = OpenOptions::new().write(true).open(data.join(FILE));
    file.is_ok() && tempfile::tempfile_in(data).is_ok()
}

/// The records of a folder that nobody writes to.
///
/// # Errors
/// [`Error::FixedData`] where a writer left something in the WAL; [`Error::Store`].
pub(super) fn open(data: &Path) -> Result<Store, Error> {
    let left = fs::metadata(data.join(format!("{FILE}-wal")));
    if left.is_ok_and(|wal| wal.len() > 0) {
        return Err(Error::FixedData {
            data: data.to_owned(),
            why: "its last writer was stopped before all was in the database",
        });
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    // Looked at first: what changes while it is opened is seen by the next look
    let fixed = stamp(data);
    let store = Store::connect_to(data, address(&data.join(FILE)), flags)?;
    Ok(Store { fixed, ..store })
}

/// When the database was last changed, and its bytes; none where the system does not tell.
pub(super) fn stamp(data: &Path) -> Option<(SystemTime, u64)> {
    let metadata = fs::metadata(data.join(FILE)).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// The file as SQLite's URI has it: whatever could mean something there is escaped.
fn address(file: &Path) -> String {
    let mut out = String::from(match file.is_absolute() {
        true => "file://",
        false => "file:",
    });
    for byte in file.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' => out.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => out.push(char::from(*byte)),
            byte => out.push_str(&format!("%{byte:02x}")),
        }
    }
    out.push_str("?immutable=1");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Writer;

    fn kept() -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a folder");
        drop(Writer::open(dir.path()).expect("made"));
        dir
    }

    fn names(dir: &Path) -> Vec<String> {
        let entries = fs::read_dir(dir).expect("listed");
        let mut names: Vec<String> = entries
            .map(|e| {
                e.expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_all_in_the_file_is_read_and_nothing_is_written() {
        let parent = tempfile::tempdir().expect("a folder");
        // What means something in a URI
        let data = parent.path().join("公文 50%?a=1#b");
        drop(Writer::open(&data).expect("made"));
        let before = names(&data);
        let store = open(&data).expect("opened");
        assert_eq!(store.count().expect("read"), 0);
        assert_eq!(names(&data), before);
        let told = store.connection.execute("DELETE FROM notices", []);
        assert!(told.is_err(), "it was written");
    }

    #[test]
    fn what_somebody_else_wrote_meanwhile_is_read() {
        let dir = kept();
        let mut store = open(dir.path()).expect("opened");
        store.refresh().expect("the same");
        assert!(store.fixed.is_some());
        let writer = Writer::open(dir.path()).expect("a writer");
        let more = "UPDATE meta SET value = value + 7 WHERE key = 'generation'";
        let connection = &writer.store().connection;
        assert_eq!(connection.execute(more, []).expect("written"), 1);
        drop(writer);
        store.refresh().expect("opened again");
        assert_eq!(store.generation().expect("read"), 7);
        // Here it can be written after all
        assert!(store.fixed.is_none());
    }

    #[test]
    fn what_a_writer_left_beside_it_is_not_missed() {
        let dir = kept();
        fs::write(dir.path().join("notices.sqlite-wal"), "").expect("written");
        assert!(open(dir.path()).is_ok());
        fs::write(dir.path().join("notices.sqlite-wal"), "x").expect("written");
        let told = open(dir.path()).expect_err("told").to_string();
        assert!(
            told.contains("cannot be written, and its last writer was stopped"),
            "{told}"
        );
    }

    #[test]
    fn whether_it_can_be_written_is_told_by_trying() {
        let dir = kept();
        let before = names(dir.path());
        assert!(is_writable(dir.path()));
        assert_eq!(names(dir.path()), before);
        // There is no database to write
        assert!(!is_writable(&dir.path().join("absent")));
    }

    /// Whoever may do everything is not kept out by permissions: then there is nothing to see here.
    #[cfg(unix)]
    #[test]
    fn a_folder_that_cannot_be_written_is_read() {
        use std::os::unix::fs::PermissionsExt;
        let dir = kept();
        let mode = |mode| fs::set_permissions(dir.path(), fs::Permissions::from_mode(mode));
        mode(0o555).expect("set");
        let is_kept_out = !is_writable(dir.path());
        let store = Store::open(dir.path());
        let count = store.and_then(|store| store.count());
        mode(0o755).expect("set");
        assert_eq!(count.expect("read"), 0);
        if is_kept_out {
            assert!(!names(dir.path()).iter().any(|n| n.ends_with("-shm")));
        }
    }
}
