//! Who is answered: bearer tokens (RFC 6750) from a file, which is read again when it changes.

use crate::error::Error;
use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;
use subtle::{Choice, ConstantTimeEq};

/// Shorter ones can be guessed.
const SHORTEST: usize = 16;
/// A file of tokens is a short list; anything longer is another file.
const LONGEST_FILE: u64 = 1 << 20;

/// The tokens that are known, as digests alone: a token itself is kept nowhere.
pub struct Tokens {
    path: PathBuf,
    known: RwLock<Arc<Vec<[u8; 32]>>>,
    /// Of the file that was read last, good or not.
    seen: Mutex<Option<Stamp>>,
}

/// What tells one state of a file from another.
type Stamp = (SystemTime, u64);

impl Tokens {
    /// Reads a file with a token a line; blank lines, and what begins with `#`, are passed over.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be read; [`Error::Shape`] for a line that is no token of at least 16 visible ASCII
    /// characters, and for a file without any.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let stamp = stamp(path);
        let known = digests(path)?;
        if known.is_empty() {
            return Err(shape(path, None, "at least one token"));
        }
        Ok(Self {
            path: path.to_owned(),
            known: RwLock::new(Arc::new(known)),
            seen: Mutex::new(stamp),
        })
    }

    /// Reads the file again if it is another than before; whether it was. While it cannot be read, or a line of it is
    /// no token, those known before stay; where it names none any more, nobody is answered.
    ///
    /// # Errors
    /// As [`Tokens::read`], once for each state of the file.
    pub fn refresh(&self) -> Result<bool, Error> {
        let now = stamp(&self.path);
        {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            if *seen == now {
                return Ok(false);
            }
            *seen = now;
        }
        self.reread().map(|()| true)
    }

    /// Reads the file again.
    ///
    /// # Errors
    /// As [`Tokens::refresh`].
    pub fn reread(&self) -> Result<(), Error> {
        let known = Arc::new(digests(&self.path)?);
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
        Ok(())
    }

    /// How many are known.
    #[must_use]
    pub fn count(&self) -> usize {
        self.known().len()
    }

    /// Whether a request bears a token that is known. Every known one is compared to its end, so that the time that it
    /// takes tells nothing of any.
    pub(super) fn admit(&self, headers: &HeaderMap) -> bool {
        let mut given = headers.get_all(header::AUTHORIZATION).iter();
        let (Some(value), None) = (given.next(), given.next()) else {
            return false;
        };
        let Some((scheme, token)) = value.to_str().ok().and_then(|v| v.split_once(' ')) else {
            return false;
        };
        if !scheme.eq_ignore_ascii_case("bearer") {
            return false;
        }
        let digest = Sha256::digest(token.trim().as_bytes());
        let mut found = Choice::from(0);
        for known in self.known().iter() {
            found |= known[..].ct_eq(&digest[..]);
        }
        found.into()
    }

    fn known(&self) -> Arc<Vec<[u8; 32]>> {
        Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tokens({} known)", self.count())
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

fn digests(path: &Path) -> Result<Vec<[u8; 32]>, Error> {
    let io = |cause| Error::Io {
        action: "read",
        path: path.to_owned(),
        cause,
    };
    if fs::metadata(path).map_err(io)?.len() > LONGEST_FILE {
        return Err(shape(path, None, "a list of tokens, a line each"));
    }
    let text = fs::read_to_string(path).map_err(io)?;
    let mut out = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line.len() < SHORTEST || !line.bytes().all(|b| b.is_ascii_graphic()) {
            let expected = "a token of at least 16 visible ASCII characters, without blanks";
            return Err(shape(path, Some(number), expected));
        }
        out.push(Sha256::digest(line.as_bytes()).into());
    }
    Ok(out)
}

fn shape(path: &Path, line: Option<usize>, expected: &'static str) -> Error {
    Error::Shape {
        path: path.to_owned(),
        line,
        place: String::new(),
        expected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn bearing(value: &str) -> HeaderMap {
        let value = HeaderValue::from_str(value).expect("a header");
        HeaderMap::from_iter([(header::AUTHORIZATION, value)])
    }

    #[test]
    fn a_token_is_known_by_all_of_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("tokens");
        fs::write(
            &file,
            "# two\n\nabcdefghijklmnop\r\n  0123456789abcdef-ok \n",
        )
        .expect("written");
        let tokens = Tokens::read(&file).expect("read");
        assert_eq!(tokens.count(), 2);
        for good in ["Bearer abcdefghijklmnop", "bearer  0123456789abcdef-ok"] {
            assert!(tokens.admit(&bearing(good)), "{good}");
        }
        for bad in [
            "Bearer abcdefghijklmno",
            "Bearer abcdefghijklmnopq",
            "Bearer ABCDEFGHIJKLMNOP",
            "Bearer # two",
            "Bearer",
            "Bearer ",
            "Basic abcdefghijklmnop",
            "abcdefghijklmnop",
        ] {
            assert!(!tokens.admit(&bearing(bad)), "{bad}");
        }
        assert!(!tokens.admit(&HeaderMap::new()));
        let mut twice = bearing("Bearer abcdefghijklmnop");
        twice.append(
            header::AUTHORIZATION,
            HeaderValue::from_static("Bearer abcdefghijklmnop"),
        );
        assert!(!tokens.admit(&twice));
        assert_eq!(format!("{tokens:?}"), "Tokens(2 known)");
    }

    #[test]
    fn what_is_no_list_of_tokens_is_told_by_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("tokens");
        for (text, told) in [
            ("", "expected at least one token"),
            ("# none\n", "expected at least one token"),
            ("# a\nshort\n", ":2: expected a token of at least 16"),
            ("with a blank in the midst\n", ":1: expected a token"),
            ("令牌令牌令牌令牌令牌令牌\n", ":1: expected a token"),
        ] {
            fs::write(&file, text).expect("written");
            let error = Tokens::read(&file).expect_err(text).to_string();
            assert!(error.contains(told), "{error}");
        }
        assert!(matches!(
            Tokens::read(&folder.path().join("nowhere")),
            Err(Error::Io { .. })
        ));
    }

    #[test]
    fn a_changed_file_is_read_again_and_a_bad_one_changes_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("tokens");
        fs::write(&file, "abcdefghijklmnop\n").expect("written");
        let tokens = Tokens::read(&file).expect("read");
        assert!(!tokens.refresh().expect("as before"));
        fs::write(&file, "ponmlkjihgfedcba-2\n").expect("written");
        assert!(tokens.refresh().expect("read again"));
        assert!(!tokens.admit(&bearing("Bearer abcdefghijklmnop")));
        assert!(tokens.admit(&bearing("Bearer ponmlkjihgfedcba-2")));
        fs::write(&file, "bad\n").expect("written");
        assert!(tokens.refresh().is_err());
        assert!(!tokens.refresh().expect("told once"));
        assert!(tokens.admit(&bearing("Bearer ponmlkjihgfedcba-2")));
        fs::remove_file(&file).expect("removed");
        assert!(tokens.refresh().is_err());
        assert!(tokens.admit(&bearing("Bearer ponmlkjihgfedcba-2")));
        fs::write(&file, "# nobody\n").expect("written");
        assert!(tokens.refresh().expect("read again"));
        assert!(!tokens.admit(&bearing("Bearer ponmlkjihgfedcba-2")));
    }
}
