//! Where are records kept? In one SQLite database a data folder: the truth, from which the index is made.
//!
//! `notices.sqlite` can be read with any SQLite tool; `migrations/1.sql` says what its columns hold. Reading
//! needs no lock (WAL); [`Writer`] holds the folder's only one.

mod fixed;
mod lock;
mod rows;
mod write;

pub use write::{Batch, Changed, Writer};

use crate::error::Error;
use crate::record::notice::Notice;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The database's file in the data folder.
pub const FILE: &str = "notices.sqlite";

/// Every layout so far; each brings the one before it up, and none is ever edited.
const MIGRATIONS: &[&str] = &[include_str!("migrations/1.sql")];

/// The version of the program: a record that another version made is made again when its bytes are met.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// Records that were kept, for reading.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    data: PathBuf,
    /// When the file was last changed, and its bytes: where it is read as one that never is.
    fixed: Option<(SystemTime, u64)>,
}

impl Store {
    /// Opens the records of a data folder; one of an older version is brought up first. Where nothing can be written it
    /// is read as it is.
    ///
    /// # Errors
    /// [`Error::NoData`] where there are none, [`Error::NewerData`], [`Error::Busy`] (an older version that a
    /// writer holds), [`Error::FixedData`] (something must be written that cannot be), [`Error::Io`] (the folder or
    /// the file cannot be read), [`Error::Store`].
    pub fn open(data: &Path) -> Result<Self, Error> {
        let file = data.join(FILE);
        match File::open(&file).and_then(|file| file.metadata()) {
            Ok(metadata) if metadata.is_file() => {}
            Err(cause) if !is_absent(&cause) => {
                return Err(Error::Io {
                    action: "read",
                    path: file,
                    cause,
                });
            }
            _ => {
                let data = data.to_owned();
                return Err(Error::NoData { data });
            }
        }
        let store = match Self::connect(data, OpenFlags::SQLITE_OPEN_READ_WRITE) {
            Err(error) if fixed::is_barred(&error) && !fixed::is_writable(data) => {
                fixed::open(data)?
            }
            store => store?,
        };
        if store.version()? >= MIGRATIONS.len() as i64 {
            return Ok(store);
        }
        drop(store);
        match Writer::open(data) {
            Err(error) if error.is_read_only() => Err(Error::FixedData {
                data: data.to_owned(),
                why: "its records are of an older version",
            }),
            writer => Ok(writer?.into_store()),
        }
    }

    /// Opens the records anew where they could not be written here, and somebody else has.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn refresh(&mut self) -> Result<(), Error> {
        if self.fixed.is_some() && self.fixed != fixed::stamp(&self.data) {
            *self = Self::open(&self.data)?;
        }
        Ok(())
    }

    fn connect(data: &Path, flags: OpenFlags) -> Result<Self, Error> {
        Self::connect_to(data, data.join(FILE), flags)
    }

    /// `file` is the database of `data`, as a path or as a URI.
    fn connect_to(data: &Path, file: impl AsRef<Path>, flags: OpenFlags) -> Result<Self, Error> {
        let failed = |cause| Error::Store {
            action: "open",
            data: data.to_owned(),
            cause: Box::new(cause),
        };
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags).map_err(failed)?;
        connection
            .busy_timeout(Duration::from_secs(10))
            .map_err(failed)?;
        connection
            .pragma_update(None, "foreign_keys", true)
            .map_err(failed)?;
        connection.set_prepared_statement_cache_capacity(64);
        let store = Self {
            connection,
            data: data.to_owned(),
            fixed: None,
        };
        let (found, known) = (store.version()?, MIGRATIONS.len() as i64);
        if found > known {
            let data = store.data;
            return Err(Error::NewerData { data, found, known });
        }
        Ok(store)
    }

    fn version(&self) -> Result<i64, Error> {
        let version = self
            .connection
            .pragma_query_value(None, "user_version", |r| r.get(0));
        version.map_err(|cause| self.failed("open", cause))
    }

    fn failed(&self, action: &'static str, cause: rusqlite::Error) -> Error {
        Error::Store {
            action,
            data: self.data.clone(),
            cause: Box::new(cause),
        }
    }

    /// Counts the changes: it grows with every batch that changed something.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn generation(&self) -> Result<u64, Error> {
        let sql = "SELECT value FROM meta WHERE key = 'generation'";
        let generation = self.connection.query_row(sql, [], |r| r.get::<_, i64>(0));
        let generation = generation.map_err(|cause| self.failed("read", cause))?;
        Ok(generation.unsigned_abs())
    }

    /// How many records there are.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn count(&self) -> Result<u64, Error> {
        let count = self
            .connection
            .query_row("SELECT count(*) FROM notices", [], |r| r.get::<_, i64>(0));
        let count = count.map_err(|cause| self.failed("read", cause))?;
        Ok(count.unsigned_abs())
    }

    /// The record of this id; its `source` is the first of its paths.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::DamagedRecord`].
    pub fn notice(&self, id: &str) -> Result<Option<Notice>, Error> {
        let json: Option<String> = self
            .connection
            .prepare_cached("SELECT record FROM notices WHERE id = ?1")
            .and_then(|mut s| s.query_row([id], |r| r.get(0)).optional())
            .map_err(|cause| self.failed("read", cause))?;
        json.map(|json| self.parse(id, &json)).transpose()
    }

    /// The paths at which the bytes of this record were found, in byte order; `path!member` within archives.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn paths(&self, id: &str) -> Result<Vec<String>, Error> {
        let sql = "SELECT path || CASE member WHEN '' THEN '' ELSE '!' || member END
                   FROM paths WHERE notice_id = ?1 ORDER BY path, member";
        let paths = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| {
                let rows = statement.query_map([id], |r| r.get(0))?;
                rows.collect()
            });
        paths.map_err(|cause| self.failed("read", cause))
    }

    /// The ids of the records that changed after `generation`, in the order in which they were first kept.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn changed_since(&self, generation: u64) -> Result<Vec<String>, Error> {
        self.ids(
            "SELECT id FROM notices WHERE generation > ?1 ORDER BY rowid",
            generation,
        )
    }

    /// The ids of the records that went after `generation` and did not come back.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn removed_since(&self, generation: u64) -> Result<Vec<String>, Error> {
        self.ids(
            "SELECT id FROM removed WHERE generation > ?1 ORDER BY id",
            generation,
        )
    }

    fn ids(&self, sql: &str, generation: u64) -> Result<Vec<String>, Error> {
        let generation = i64::try_from(generation).unwrap_or(i64::MAX);
        let ids = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| {
                let rows = statement.query_map([generation], |r| r.get(0))?;
                rows.collect()
            });
        ids.map_err(|cause| self.failed("read", cause))
    }

    fn parse(&self, id: &str, json: &str) -> Result<Notice, Error> {
        serde_json::from_str(json).map_err(|cause| Error::DamagedRecord {
            id: id.to_owned(),
            data: self.data.clone(),
            cause: Box::new(cause),
        })
    }
}

fn is_absent(cause: &io::Error) -> bool {
    matches!(
        cause.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}
