//! Writing: one writer, whole batches, and a count of changes by which the index is compared.

use super::lock::Lock;
use super::{FILE, MIGRATIONS, PROGRAM, Store, rows};
use crate::error::Error;
use crate::record::notice::Notice;
use crate::source::Failure;
use rusqlite::{
    Connection, OpenFlags, OptionalExtension, Result as Rows, TransactionBehavior, params,
};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::Path;

/// The data folder's only writer, as long as it lives.
#[derive(Debug)]
pub struct Writer {
    store: Store,
    _lock: Lock,
}

impl Writer {
    /// Takes the folder (made when absent) and brings its records to the newest layout.
    ///
    /// # Errors
    /// [`Error::Busy`] with the holder, [`Error::NewerData`], [`Error::Io`], [`Error::Store`].
    pub fn open(data: &Path) -> Result<Self, Error> {
        fs::create_dir_all(data).map_err(|cause| Error::Io {
            action: "create",
            path: data.to_owned(),
            cause,
        })?;
        let lock = Lock::take(data)?;
        let create = !data.join(FILE).exists();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
        let flags = match create {
            true => flags | OpenFlags::SQLITE_OPEN_CREATE,
            false => flags,
        };
        let store = Store::connect(data, flags)?;
        let mut writer = Self { store, _lock: lock };
        writer.migrate()?;
        Ok(writer)
    }

    fn migrate(&mut self) -> Result<(), Error> {
        let from = usize::try_from(self.store.version()?).unwrap_or(0);
        let connection = &mut self.store.connection;
        let migrated = (|| {
            connection.pragma_update(None, "journal_mode", "wal")?;
            connection.pragma_update(None, "synchronous", "normal")?;
            for (version, sql) in (1_i64..).zip(MIGRATIONS).skip(from) {
                let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                tx.execute_batch(sql)?;
                tx.pragma_update(None, "user_version", version)?;
                tx.commit()?;
            }
            Ok(())
        })();
        migrated.map_err(|cause| self.store.failed("write", cause))
    }

    /// What is kept, for reading.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// What is kept, and the lock is given back.
    #[must_use]
    pub fn into_store(self) -> Store {
        self.store
    }

    /// The SHA-256 of the files of which nothing is left to be read, and how many records each gave: all made by this version of
    /// the program, and no part of the file failed.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn known(&self) -> Result<HashMap<String, u64>, Error> {
        let sql = "SELECT p.sha256, count(DISTINCT p.member) FROM paths p JOIN notices n ON n.id = p.notice_id
                   GROUP BY p.sha256
                   HAVING min(n.program = ?1) AND NOT max(p.path IN (SELECT path FROM failures))";
        let known = self
            .store
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| {
                let rows = statement.query_map([PROGRAM], |r| {
                    Ok((r.get(0)?, r.get::<_, i64>(1)?.unsigned_abs()))
                })?;
                rows.collect()
            });
        known.map_err(|cause| self.store.failed("read", cause))
    }

    /// Makes all the changes that `work` asks for, or none where it fails.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn batch(
        &mut self,
        work: impl FnOnce(&mut Batch<'_>) -> Rows<()>,
    ) -> Result<Changed, Error> {
        let connection = &mut self.store.connection;
        let changed = (|| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let before: i64 =
                tx.query_row("SELECT value FROM meta WHERE key = 'generation'", [], |r| {
                    r.get(0)
                })?;
            let mut batch = Batch {
                tx: &tx,
                generation: before + 1,
                touched: BTreeSet::new(),
                changed: Changed::default(),
            };
            work(&mut batch)?;
            let changed = batch.finish()?;
            tx.commit()?;
            Ok(changed)
        })();
        changed.map_err(|cause| self.store.failed("write", cause))
    }

    /// Forgets which records went: to be called when the index holds them no more.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn forget_removed(&mut self) -> Result<(), Error> {
        let done = self.store.connection.execute("DELETE FROM removed", []);
        done.map(|_| ())
            .map_err(|cause| self.store.failed("write", cause))
    }
}

/// What a batch did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Records that were not there before.
    pub added: u64,
    /// Records that went, since no path leads to them any more.
    pub removed: u64,
}

/// Changes that are made together.
#[derive(Debug)]
pub struct Batch<'a> {
    tx: &'a Connection,
    generation: i64,
    touched: BTreeSet<String>,
    changed: Changed,
}

impl Batch<'_> {
    /// The file at `path` has these bytes and gave these notices; what it gave before it leaves.
    ///
    /// # Errors
    /// SQLite's.
    pub fn put(&mut self, path: &str, sha256: &str, notices: &[Notice]) -> Rows<()> {
        for notice in notices {
            let sql = "SELECT program = ?2 FROM notices WHERE id = ?1";
            let mut statement = self.tx.prepare_cached(sql)?;
            let current: Option<bool> = statement
                .query_row([notice.id.as_str(), PROGRAM], |r| r.get(0))
                .optional()?;
            if current != Some(true) {
                rows::put(self.tx, notice, self.generation)?;
                self.tx
                    .prepare_cached("DELETE FROM removed WHERE id = ?1")?
                    .execute([&notice.id])?;
                self.touched.insert(notice.id.clone());
                self.changed.added += u64::from(current.is_none());
            }
        }
        let rows = notices
            .iter()
            .map(|n| (n.source.member.clone().unwrap_or_default(), n.id.clone()));
        self.lead(path, sha256, rows.collect())
    }

    /// The file at `path` has bytes whose records are there: it leads to them too.
    ///
    /// # Errors
    /// SQLite's.
    pub fn link(&mut self, path: &str, sha256: &str) -> Rows<()> {
        let sql = "SELECT member, notice_id FROM paths WHERE sha256 = ?1 AND path =
                   (SELECT min(path) FROM paths WHERE sha256 = ?1) ORDER BY member";
        let rows = self
            .tx
            .prepare_cached(sql)?
            .query_map([sha256], |r| Ok((r.get(0)?, r.get(1)?)))?
            .collect::<Rows<_>>()?;
        self.lead(path, sha256, rows)
    }

    fn lead(&mut self, path: &str, sha256: &str, rows: Vec<(String, String)>) -> Rows<()> {
        let sql = "SELECT sha256, member, notice_id FROM paths WHERE path = ?1 ORDER BY member";
        let before: Vec<(String, String, String)> = self
            .tx
            .prepare_cached(sql)?
            .query_map([path], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
            .collect::<Rows<_>>()?;
        let is_same = before.len() == rows.len()
            && before
                .iter()
                .all(|(s, m, n)| s == sha256 && rows.iter().any(|r| r.0 == *m && r.1 == *n));
        if is_same {
            return Ok(());
        }
        self.leave(path)?;
        let mut insert = self
            .tx
            .prepare_cached("INSERT INTO paths VALUES (?1, ?2, ?3, ?4)")?;
        for (member, id) in rows {
            insert.execute([path, &member, &id, sha256])?;
            self.touched.insert(id);
        }
        Ok(())
    }

    /// The file at `path` leads to no record any more.
    ///
    /// # Errors
    /// SQLite's.
    pub fn leave(&mut self, path: &str) -> Rows<()> {
        let sql = "DELETE FROM paths WHERE path = ?1 RETURNING notice_id";
        let ids: Vec<String> = self
            .tx
            .prepare_cached(sql)?
            .query_map([path], |r| r.get(0))?
            .collect::<Rows<_>>()?;
        self.touched.extend(ids);
        Ok(())
    }

    /// What could not be read of the file at `path` this time, in place of what could not be read before.
    ///
    /// # Errors
    /// SQLite's.
    pub fn fail(&mut self, path: &str, failures: &[Failure]) -> Rows<()> {
        self.tx
            .prepare_cached("DELETE FROM failures WHERE path = ?1")?
            .execute([path])?;
        let mut insert = self
            .tx
            .prepare_cached("INSERT OR REPLACE INTO failures VALUES (?1, ?2, ?3, ?4)")?;
        for f in failures {
            insert.execute([
                path,
                f.member.as_deref().unwrap_or(""),
                f.reason.as_str(),
                &f.message,
            ])?;
        }
        Ok(())
    }

    /// The folder at `path`, which stands at `place`, was walked and gave the paths `seen`: others under it
    /// that were kept are gone. Where the same words meant another place before, nothing is taken to be gone.
    ///
    /// # Errors
    /// SQLite's.
    pub fn walked(&mut self, path: &str, place: &str, seen: &HashSet<&str>) -> Rows<()> {
        let sql = "SELECT place FROM folders WHERE path = ?1";
        let before: Option<String> = self
            .tx
            .prepare_cached(sql)?
            .query_row([path], |r| r.get(0))
            .optional()?;
        let sql = "INSERT OR REPLACE INTO folders VALUES (?1, ?2)";
        self.tx.prepare_cached(sql)?.execute([path, place])?;
        if before.as_deref() != Some(place) {
            return Ok(());
        }
        let prefix = match path {
            "." => String::new(),
            _ => format!("{}/", path.trim_end_matches('/')),
        };
        let is_under = |p: &str| match path {
            "." => !p.starts_with('/') && !p.starts_with("../"),
            _ => p.starts_with(&prefix),
        };
        let sql = "SELECT path FROM paths WHERE substr(path, 1, length(?1)) = ?1
                   UNION SELECT path FROM failures WHERE substr(path, 1, length(?1)) = ?1 ORDER BY path";
        let kept: Vec<String> = self
            .tx
            .prepare_cached(sql)?
            .query_map([&prefix], |r| r.get(0))?
            .collect::<Rows<_>>()?;
        for gone in kept
            .iter()
            .filter(|p| is_under(p) && !seen.contains(p.as_str()))
        {
            self.leave(gone)?;
            self.fail(gone, &[])?;
        }
        Ok(())
    }

    /// Records that no path leads to any more go. Until this is asked for they stay, so that a file that
    /// was only moved is not read again.
    ///
    /// # Errors
    /// SQLite's.
    pub fn sweep(&mut self) -> Rows<()> {
        let sql = "DELETE FROM notices WHERE NOT EXISTS
                   (SELECT 1 FROM paths WHERE notice_id = notices.id) RETURNING id";
        let gone: Vec<String> = self
            .tx
            .prepare_cached(sql)?
            .query_map([], |r| r.get(0))?
            .collect::<Rows<_>>()?;
        let mut insert = self
            .tx
            .prepare_cached("INSERT OR REPLACE INTO removed VALUES (?1, ?2)")?;
        for id in gone {
            insert.execute(params![id, self.generation])?;
            self.changed.removed += 1;
        }
        Ok(())
    }

    /// Each touched record gets the batch's generation and the first of its paths as its source.
    fn finish(self) -> Rows<Changed> {
        for id in &self.touched {
            let sql = "SELECT path, nullif(member, '') FROM paths WHERE notice_id = ?1
                       ORDER BY path, member LIMIT 1";
            let first: Option<(String, Option<String>)> = self
                .tx
                .prepare_cached(sql)?
                .query_row([id], |r| Ok((r.get(0)?, r.get(1)?)))
                .optional()?;
            let Some((path, member)) = first else {
                continue;
            };
            let sql = "UPDATE notices SET generation = ?2 WHERE id = ?1";
            self.tx
                .prepare_cached(sql)?
                .execute(params![id, self.generation])?;
            let sql = "UPDATE notices SET path = ?2, member = ?3, record = json_set(record,
                       '$.source.path', ?2, '$.source.member', ?3)
                       WHERE id = ?1 AND (path, member) IS NOT (?2, ?3)";
            self.tx
                .prepare_cached(sql)?
                .execute(params![id, path, member])?;
        }
        if !self.touched.is_empty() || self.changed.removed > 0 {
            let sql = "UPDATE meta SET value = ?1 WHERE key = 'generation'";
            self.tx.prepare_cached(sql)?.execute([self.generation])?;
        }
        Ok(self.changed)
    }
}
