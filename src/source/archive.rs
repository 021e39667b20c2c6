//! Archives: zip, tar, gzip and 7z, a member at a time, within the limits. Nothing is ever written to disk.

use super::Limits;
use super::Reason;
use super::Refusal;
use super::charset;
use super::detect::Packing;
use super::detect::is_tar;
use super::detect::zip_directory;
use super::document::Content;
use super::document::Member;
use super::packed::Packed;
use super::packed::bomb;
use super::packed::expanded;
use flate2::bufread::GzDecoder;
use sevenz_rust2::ArchiveReader;
use sevenz_rust2::Error as SevenZError;
use sevenz_rust2::Password;
use std::io;
use std::io::Cursor;
use std::io::Read;

/// Hands every file in the archive on, in the archive's order; folders, links and devices are no files.
///
/// # Errors
/// A [`Refusal`] of the archive as a whole: damaged, locked, past a limit. What was handed on before stands.
pub(super) fn members(
    bytes: &[u8],
    packing: Packing,
    name: &str,
    limits: &Limits,
    each: &mut dyn FnMut(Member),
) -> Result<(), Refusal> {
    let mut opened = Opened {
        limits,
        left: limits.max_expanded,
        count: 0,
        each,
    };
    match packing {
        Packing::Zip => zip(bytes, &mut opened),
        Packing::Tar => tar(bytes, &mut opened),
        Packing::Gzip => gzip(bytes, name, &mut opened),
        Packing::SevenZ => seven_z(bytes, &mut opened),
    }
}

/// An archive whose members are being handed on.
struct Opened<'a> {
    limits: &'a Limits,
    /// Bytes that the members may still expand to.
    left: u64,
    count: usize,
    each: &'a mut dyn FnMut(Member),
}

impl Opened<'_> {
    /// A member whose bytes `read` gives; system litter is skipped unread.
    fn member(
        &mut self,
        name: String,
        read: impl FnOnce(u64) -> Result<Vec<u8>, Refusal>,
    ) -> Result<(), Refusal> {
        self.count += 1;
        if self.count > self.limits.max_members {
            return Err(Refusal::new(
                Reason::TooLarge,
                "it holds more files than are read of one archive (--max-members); those after were not read",
            ));
        }
        let is_hidden = name.split(['/', '\\']).any(|part| {
            part == "__MACOSX" || part.starts_with('.') && !part.trim_matches('.').is_empty()
        });
        let content = match is_hidden {
            true => Content::Skipped("hidden"),
            false => match read(self.left) {
                Ok(bytes) => {
                    self.left = self.left.saturating_sub(bytes.len() as u64);
                    Content::Bytes(bytes)
                }
                Err(refusal) => Content::Refused(refusal),
            },
        };
        (self.each)(Member { name, content });
        Ok(())
    }
}

fn zip(bytes: &[u8], opened: &mut Opened<'_>) -> Result<(), Refusal> {
    let mut packed = Packed::open(bytes, opened.limits)?;
    for at in 0..packed.len() {
        match packed.entry(at) {
            Some((_, true)) => {}
            Some((name, false)) => opened.member(decoded(&name), |_| packed.at(at))?,
            None => opened.member(format!("#{}", at + 1), |_| {
                Err(damaged("its entry is broken"))
            })?,
        }
    }
    let listed = zip_directory(bytes).map_or(0, |names| names.len());
    match listed.checked_sub(packed.len()) {
        None | Some(0) => Ok(()),
        Some(more) => Err(damaged(&format!(
            "{more} of its files bear the name of a later one, which alone is read"
        ))),
    }
}

fn tar(bytes: &[u8], opened: &mut Opened<'_>) -> Result<(), Refusal> {
    let mut archive = tar::Archive::new(bytes);
    let entries = archive.entries().map_err(|e| damaged(&e.to_string()))?;
    for entry in entries {
        let mut entry = entry.map_err(|e| damaged(&e.to_string()))?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = decoded(&entry.path_bytes());
        let size = entry.size();
        let limits = *opened.limits;
        opened.member(name, |left| {
            let bytes = expanded(&mut entry, size, &limits, left)?;
            match bytes.len() as u64 == size {
                true => Ok(bytes),
                false => Err(damaged("it ends within this file")),
            }
        })?;
    }
    Ok(())
}

/// A tar in the gzip is opened as well: to a reader `a.tar.gz` is one archive.
fn gzip(bytes: &[u8], name: &str, opened: &mut Opened<'_>) -> Result<(), Refusal> {
    let mut streams = Streams(GzDecoder::new(bytes));
    let inner = expanded(&mut streams, bytes.len() as u64, opened.limits, opened.left)?;
    if is_tar(&inner) {
        return tar(&inner, opened);
    }
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let lower = name.to_ascii_lowercase();
    let name = match lower.strip_suffix(".gz") {
        Some(stem) => &name[..stem.len()],
        None => name,
    };
    opened.member(name.to_owned(), |_| Ok(inner))
}

/// The streams of a gzip one after the other (RFC 1952, 2.2), up to what is none: tapes and download servers pad with zeros.
struct Streams<'b>(GzDecoder<&'b [u8]>);

impl Read for Streams<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.0.read(buffer)?;
            let rest = *self.0.get_ref();
            if count > 0 || buffer.is_empty() || !rest.starts_with(b"\x1f\x8b\x08") {
                return Ok(count);
            }
            self.0 = GzDecoder::new(rest);
        }
    }
}

fn seven_z(bytes: &[u8], opened: &mut Opened<'_>) -> Result<(), Refusal> {
    let mut archive =
        ArchiveReader::new(Cursor::new(bytes), Password::empty()).map_err(|e| unopened(&e))?;
    archive.set_thread_count(1);
    let packed = bytes.len() as u64;
    let mut refusal = None;
    let walked = archive.for_each_entries(|entry, reader| {
        if entry.is_directory() || entry.is_anti_item() {
            return Ok(true);
        }
        let limits = *opened.limits;
        let mut is_bomb = false;
        let handed = opened.member(entry.name().to_owned(), |left| {
            let bytes = expanded(&mut &mut *reader, packed, &limits, left);
            is_bomb = bytes.as_ref().is_err_and(|r| r.reason == Reason::TooLarge);
            bytes
        });
        if is_bomb {
            // what follows in the same block can only be had by expanding on
            refusal = Some(bomb(&limits));
        }
        if let Err(past) = handed {
            refusal = Some(past);
        }
        Ok(refusal.is_none())
    });
    match (refusal, walked) {
        (Some(refusal), _) => Err(refusal),
        (None, Err(error)) => Err(unopened(&error)),
        (None, Ok(_)) => Ok(()),
    }
}

fn unopened(error: &SevenZError) -> Refusal {
    match error {
        SevenZError::PasswordRequired | SevenZError::MaybeBadPassword(_) => Refusal::locked(),
        error => damaged(&error.to_string()),
    }
}

fn damaged(what: &str) -> Refusal {
    Refusal::new(
        Reason::Damaged,
        format!("the archive cannot be read further ({what})"),
    )
}

/// A member's name from its bytes: UTF-8, or what the system of its author wrote, mostly GBK.
fn decoded(name: &[u8]) -> String {
    charset::decode_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write as _;

    fn gzipped(bytes: &[u8]) -> Vec<u8> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(bytes).unwrap();
        gzip.finish().unwrap()
    }

    /// What the gzip holds, or why it could not be read.
    fn read(bytes: &[u8]) -> Result<Vec<u8>, Reason> {
        let mut inner = Vec::new();
        let limits = Limits::default();
        let read = members(bytes, Packing::Gzip, "a.gz", &limits, &mut |member| {
            if let Content::Bytes(bytes) = member.content {
                inner = bytes;
            }
        });
        read.map(|()| inner).map_err(|refusal| refusal.reason)
    }

    #[test]
    fn what_follows_the_last_stream_of_a_gzip_costs_nothing() {
        let streams = [gzipped("通知".as_bytes()), gzipped(b""), gzipped(b"2")].concat();
        assert_eq!(read(&streams).unwrap(), "通知2".as_bytes());
        for after in [&[0; 512][..], b"<html>", b"\x1f", b"\0"] {
            let padded = [&streams, after].concat();
            assert_eq!(read(&padded).unwrap(), "通知2".as_bytes());
        }
    }

    #[test]
    fn a_gzip_cut_or_spoilt_is_damaged() {
        let mut gzip = gzipped("关于清理河道的通知".as_bytes());
        assert_eq!(read(&gzip[..gzip.len() - 1]), Err(Reason::Damaged));
        let sum = gzip.len() - 6;
        gzip[sum] ^= 1;
        assert_eq!(read(&gzip), Err(Reason::Damaged));
    }

    #[test]
    fn bombs_of_many_streams_are_refused() {
        let streams = gzipped(&vec![0; 1 << 20]).repeat(4);
        assert_eq!(read(&streams), Err(Reason::TooLarge));
    }
}
