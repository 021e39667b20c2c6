//! One writer a data folder: a lock that the system frees when its holder dies, and that names its holder.

use crate::error::Error;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::Path;

/// The lock's file in the data folder.
const FILE: &str = "lock";

/// Held while the value lives; the file stays, and a process that was killed leaves nothing to clear.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of the folder.
    ///
    /// # Errors
    /// [`Error::Busy`] with the holder where another writer has it; [`Error::Io`].
    pub(super) fn take(data: &Path) -> Result<Self, Error> {
        let path = data.join(FILE);
        let failed = |action, cause| Error::Io {
            action,
            path: path.clone(),
            cause,
        };
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(|cause| failed("open", cause))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let _ = file.read_to_string(&mut holder);
                let holder = match holder.trim() {
                    "" => "another process".to_owned(),
                    named => named.to_owned(),
                };
                let data = data.to_owned();
                return Err(Error::Busy { data, holder });
            }
            Err(TryLockError::Error(cause)) => return Err(failed("lock", cause)),
        }
        let since = jiff::Timestamp::now()
            .strftime("%Y-%m-%dT%H:%M:%SZ")
            .to_string();
        file.set_len(0)
            .and_then(|()| writeln!(file, "process {} since {since}", std::process::id()))
            .map_err(|cause| failed("write", cause))?;
        Ok(Self { _file: file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_holds_it() {
        let dir = tempfile::tempdir().unwrap();
        let first = Lock::take(dir.path()).unwrap();
        let Err(Error::Busy { holder, .. }) = Lock::take(dir.path()) else {
            panic!("a second lock was given");
        };
        assert!(holder.starts_with(&format!("process {} since 2", std::process::id())));
        drop(first);
        assert!(Lock::take(dir.path()).is_ok());
    }
}
