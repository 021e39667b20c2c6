//! Which files: folders in order of names, hidden files left out, each file once however often it is named.

use crate::error::Error;
use std::collections::HashMap;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use walkdir::WalkDir;

/// What stands at one path.
#[derive(Debug)]
pub struct Found {
    /// As given, or the given folder's path and what follows.
    pub path: PathBuf,
    /// Whether it can be read.
    pub what: What,
}

/// What a path turned out to be.
#[derive(Debug)]
pub enum What {
    /// A regular file, of so many bytes when it was seen.
    File(u64),
    /// Not to be read, counted under this name: `hidden`, `linked folder`.
    Skipped(&'static str),
    /// Not readable: the system's word, or that it is no regular file.
    Unreadable(String),
}

/// Every file at and under the paths, in the order of the paths and of names within folders.
///
/// Hidden files and folders below a given one are one entry each, `hidden`. A link to a file is that file; a
/// link to a folder below a given one is not followed (so no loop can arise), and is an entry too. A file that several paths
/// lead to stands once, where it is first met.
///
/// # Errors
/// [`Error::NoSuchPath`] for the first path that does not exist; nothing is walked then.
pub fn walk(paths: &[PathBuf]) -> Result<Vec<Found>, Error> {
    for path in paths {
        if fs::symlink_metadata(path).is_err_and(|e| is_absent(&e)) {
            return Err(Error::NoSuchPath { path: path.clone() });
        }
    }
    let mut found = Vec::new();
    for path in paths {
        under(path, &mut found);
    }
    if paths.len() > 1 {
        let mut places = Places::default();
        found.retain(|f| places.is_new(&f.path));
    }
    Ok(found)
}

fn is_absent(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory)
}

fn under(root: &Path, found: &mut Vec<Found>) {
    let mut entries = WalkDir::new(root).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                let word = error.io_error().map_or_else(|| error.to_string(), reason);
                let what = What::Unreadable(word);
                found.push(Found { path, what });
                continue;
            }
        };
        let is_folder = entry.file_type().is_dir();
        let what = if entry.depth() > 0 && is_hidden(entry.file_name()) {
            if is_folder {
                entries.skip_current_dir();
            }
            What::Skipped("hidden")
        } else if is_folder {
            continue;
        } else {
            match look(entry.path()) {
                // A link that was named is what it leads to, and is walked
                What::Skipped(_) if entry.depth() == 0 => continue,
                what => what,
            }
        };
        let path = entry.into_path();
        found.push(Found { path, what });
    }
}

fn look(path: &Path) -> What {
    match fs::metadata(path) {
        Ok(data) if data.is_file() => What::File(data.len()),
        Ok(data) if data.is_dir() => What::Skipped("linked folder"),
        Ok(_) => What::Unreadable("a device, pipe or socket, not a regular file".to_owned()),
        Err(error) => What::Unreadable(reason(&error)),
    }
}

/// The system's word in lowercase, without its number.
#[must_use]
pub fn reason(error: &std::io::Error) -> String {
    let word = error.to_string();
    word.split(" (os error")
        .next()
        .unwrap_or(&word)
        .to_lowercase()
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// The path as records carry it: bytes of a name that are no UTF-8 are written `\xNN`, so that two names
/// never fall together.
#[must_use]
pub fn shown(path: &Path) -> String {
    let mut out = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            out.push_str(&format!("\\x{byte:02x}"));
        }
    }
    out
}

/// Places in the file system that were met: the folder's real place and the name in it.
#[derive(Default)]
struct Places {
    folders: HashMap<PathBuf, PathBuf>,
    met: HashSet<PathBuf>,
}

impl Places {
    fn is_new(&mut self, path: &Path) -> bool {
        let folder = match path.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        let real = self
            .folders
            .entry(folder.to_owned())
            .or_insert_with(|| fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned()));
        let name = path.file_name().unwrap_or(path.as_os_str());
        self.met.insert(real.join(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "通知").unwrap();
        }
        dir
    }

    fn files(found: &[Found], root: &Path) -> Vec<String> {
        let readable = found.iter().filter(|f| matches!(f.what, What::File(_)));
        readable
            .map(|f| shown(f.path.strip_prefix(root).unwrap()))
            .collect()
    }

    #[test]
    fn folders_are_walked_in_order_without_hidden_files() {
        let dir = tree(&["b.txt", "a/2.txt", "a/10.txt", ".git/x.txt", "a/.swp", "c"]);
        let found = walk(&[dir.path().to_owned()]).unwrap();
        assert_eq!(
            files(&found, dir.path()),
            ["a/10.txt", "a/2.txt", "b.txt", "c"]
        );
        let hidden = found
            .iter()
            .filter(|f| matches!(f.what, What::Skipped("hidden")));
        assert_eq!(hidden.count(), 2);
    }

    #[test]
    fn a_file_that_several_paths_lead_to_stands_once() {
        let dir = tree(&["a/1.txt", "a/2.txt"]);
        let a = dir.path().join("a");
        let found = walk(&[a.join("2.txt"), a.clone(), a.join("../a"), a.join("2.txt")]).unwrap();
        assert_eq!(files(&found, &a), ["2.txt", "1.txt"]);
    }

    #[test]
    fn a_missing_path_is_an_error_before_anything_is_walked() {
        let dir = tree(&["a.txt"]);
        let missing = dir.path().join("b.txt");
        let error = walk(&[dir.path().to_owned(), missing.clone()]).unwrap_err();
        assert!(matches!(error, Error::NoSuchPath { path } if path == missing));
    }

    #[cfg(unix)]
    #[test]
    fn loops_and_dangling_links_end() {
        use std::os::unix::fs::symlink;
        let dir = tree(&["a/1.txt"]);
        symlink(dir.path(), dir.path().join("a/loop")).unwrap();
        symlink("nowhere", dir.path().join("a/dangling")).unwrap();
        symlink("1.txt", dir.path().join("a/same")).unwrap();
        let found = walk(&[dir.path().to_owned()]).unwrap();
        assert_eq!(files(&found, dir.path()), ["a/1.txt", "a/same"]);
        assert!(
            found
                .iter()
                .any(|f| matches!(f.what, What::Skipped("linked folder")))
        );
        let word = found.iter().find_map(|f| match &f.what {
            What::Unreadable(word) => Some(word.as_str()),
            _ => None,
        });
        assert_eq!(word, Some("no such file or directory"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_is_given_is_what_it_leads_to() {
        use std::os::unix::fs::symlink;
        let dir = tree(&["a/1.txt", "a/b/2.txt"]);
        let at = |name: &str| dir.path().join(name);
        symlink("a", at("folder")).unwrap();
        symlink("a/1.txt", at("file")).unwrap();
        symlink("nowhere", at("dangling")).unwrap();
        let found = walk(&[at("folder")]).unwrap();
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(files(&found, &at("folder")), ["1.txt", "b/2.txt"]);
        let found = walk(&[at("file")]).unwrap();
        assert!(matches!(
            found[..],
            [Found {
                what: What::File(_),
                ..
            }]
        ));
        let found = walk(&[at("dangling")]).unwrap();
        assert!(
            matches!(
                &found[..],
                [Found {
                    what: What::Unreadable(_),
                    ..
                }]
            ),
            "{found:?}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_utf_8_are_told_apart() {
        use std::os::unix::ffi::OsStrExt;
        let path = |bytes: &'static [u8]| shown(Path::new(OsStr::from_bytes(bytes)));
        assert_eq!(
            path(b"a/\xb9\xab\xce\xc4.txt"),
            "a/\\xb9\\xab\\xce\\xc4.txt"
        );
        assert_eq!(path("a/通知".as_bytes()), "a/通知");
    }
}
