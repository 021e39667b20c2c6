//! The folder of an index, as others may read it too: from a disc, in somebody else's folder.
//!
//! Even who only reads takes a lock, a file of its own, so that a writer does not remove what is being opened. Where the
//! file cannot be made, it does without.

#[cfg(unix)]
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::{Directory, TantivyError};

/// A folder whose lock for readers is given without a file where none can be made, and whose files may be read by whoever
/// may read the folder.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    path: PathBuf,
    inner: MmapDirectory,
}

impl Folder {
    /// The folder of an index.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub(super) fn open(dir: &Path) -> Result<Self, TantivyError> {
        Ok(Self {
            path: dir.to_owned(),
            inner: MmapDirectory::open(dir)?,
        })
    }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.inner.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.inner.atomic_write(path, data)?;
        // Such a file is written beside its place first, as one for its writer alone
        readable(&self.path, &self.path.join(path));
        Ok(())
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        unlocked(lock, self.inner.acquire_lock(lock))
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(watch_callback)
    }
}

/// Lets those read a file who may read its folder, as far as the system knows of such.
fn readable(folder: &Path, file: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if let Ok(of_folder) = fs::metadata(folder) {
            let mode = 0o600 | (of_folder.permissions().mode() & 0o044);
            // Its writer reads it in any case
            let _ = fs::set_permissions(file, fs::Permissions::from_mode(mode));
        }
    }
    #[cfg(not(unix))]
    let _ = (folder, file);
}

/// The lock that was taken; for a reader, one of nothing where its file could not be made.
fn unlocked(
    lock: &Lock,
    taken: Result<DirectoryLock, LockError>,
) -> Result<DirectoryLock, LockError> {
    match taken {
        Err(LockError::IoError(cause))
            if lock.filepath == META_LOCK.filepath
                && matches!(
                    cause.kind(),
                    io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
                ) =>
        {
            Ok(DirectoryLock::from(Box::new(())))
        }
        taken => taken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::directory::INDEX_WRITER_LOCK;

    fn failed(kind: io::ErrorKind) -> Result<DirectoryLock, LockError> {
        Err(LockError::IoError(Arc::new(kind.into())))
    }

    #[test]
    fn a_reader_needs_no_lock_where_nothing_can_be_written() {
        for kind in [
            io::ErrorKind::PermissionDenied,
            io::ErrorKind::ReadOnlyFilesystem,
        ] {
            assert!(unlocked(&META_LOCK, failed(kind)).is_ok());
            // A writer does
            assert!(unlocked(&INDEX_WRITER_LOCK, failed(kind)).is_err());
        }
        assert!(unlocked(&META_LOCK, failed(io::ErrorKind::StorageFull)).is_err());
        assert!(unlocked(&META_LOCK, Err(LockError::LockBusy)).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn who_may_read_the_folder_may_read_what_describes_the_index() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().expect("a folder");
        for (of_folder, of_file) in [(0o755, 0o644), (0o750, 0o640), (0o700, 0o600)] {
            let mode = fs::Permissions::from_mode(of_folder);
            fs::set_permissions(dir.path(), mode).expect("set");
            let folder = Folder::open(dir.path()).expect("opened");
            folder
                .atomic_write(Path::new("meta.json"), b"{}")
                .expect("written");
            let written = fs::metadata(dir.path().join("meta.json")).expect("there");
            assert_eq!(written.permissions().mode() & 0o777, of_file);
        }
    }
}
