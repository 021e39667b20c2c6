//! A zip's members within limits: how docx, OFD, workbooks and zip archives are opened.

use super::Limits;
use super::Reason;
use super::Refusal;
use std::borrow::Cow;
use std::io;
use std::io::Cursor;
use std::io::Read;
use zip::ZipArchive;
use zip::result::ZipError;

/// A zip whose members are expanded one at a time; together they never grow past the limits.
#[derive(Debug)]
pub(super) struct Packed<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// In the order of the directory; empty for one that cannot be decoded.
    names: Vec<String>,
    limits: Limits,
    /// Bytes expanded so far.
    expanded: u64,
}

impl<'b> Packed<'b> {
    /// Reads the directory of the zip.
    ///
    /// # Errors
    /// [`Reason::Damaged`] where it has none that can be read.
    pub(super) fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, Refusal> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
        let names = zip
            .file_names()
            .map(|name| name.map(Cow::into_owned).unwrap_or_default())
            .collect();
        Ok(Self {
            zip,
            names,
            limits: *limits,
            expanded: 0,
        })
    }

    /// How many members it has.
    pub(super) fn len(&self) -> usize {
        self.zip.len()
    }

    /// The names of the members, in the order of the directory.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// The name's bytes as the zip has them, and whether it names a folder; none past the last member.
    pub(super) fn entry(&mut self, at: usize) -> Option<(Vec<u8>, bool)> {
        let file = self.zip.by_index_raw(at).ok()?;
        Some((file.name_raw().to_vec(), file.is_dir()))
    }

    /// The bytes of the member of this name, case aside where no member has it exactly; none where there is none.
    ///
    /// # Errors
    /// As [`Packed::at`].
    pub(super) fn member(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let name = name.trim_start_matches('/');
        let plain: Vec<&str> = self
            .names
            .iter()
            .map(|n| n.trim_start_matches('/'))
            .collect();
        let exact = plain.iter().position(|n| *n == name);
        let at = exact.or_else(|| plain.iter().position(|n| n.eq_ignore_ascii_case(name)));
        at.map(|at| self.at(at)).transpose()
    }

    /// The bytes of the member at this place of the directory.
    ///
    /// # Errors
    /// [`Reason::Damaged`], [`Reason::Encrypted`]; [`Reason::TooLarge`] past the limits of expansion.
    pub(super) fn at(&mut self, at: usize) -> Result<Vec<u8>, Refusal> {
        let mut file = self.zip.by_index(at).map_err(|e| damaged(&e))?;
        let packed = file.compressed_size();
        let left = self.limits.max_expanded.saturating_sub(self.expanded);
        let bytes = expanded(&mut file, packed, &self.limits, left);
        self.expanded = match &bytes {
            Ok(bytes) => self.expanded.saturating_add(bytes.len() as u64),
            // what was expanded before the limit was met counts as well
            Err(_) => self
                .expanded
                .saturating_add(most(packed, &self.limits, left)),
        };
        bytes
    }
}

/// Bytes that something of `packed` bytes may expand to, where `left` are left to the whole file.
fn most(packed: u64, limits: &Limits, left: u64) -> u64 {
    packed
        .saturating_mul(limits.max_ratio)
        .max(1 << 20)
        .min(left)
}

/// What a reader of something packed gives.
///
/// # Errors
/// [`Reason::Damaged`]; [`Reason::TooLarge`] past the limits, where reading stops.
pub(super) fn expanded(
    reader: &mut dyn Read,
    packed: u64,
    limits: &Limits,
    left: u64,
) -> Result<Vec<u8>, Refusal> {
    let most = most(packed, limits, left);
    let mut bytes = Vec::new();
    let read = reader.take(most.saturating_add(1)).read_to_end(&mut bytes);
    if bytes.len() as u64 > most {
        return Err(bomb(limits));
    }
    match read {
        Ok(_) => Ok(bytes),
        Err(error) if error.kind() == io::ErrorKind::OutOfMemory => Err(Refusal::new(
            Reason::Crashed,
            "expanding it took more memory than the limit; raise it with --worker-memory",
        )),
        Err(error) => Err(Refusal::new(
            Reason::Damaged,
            format!("a packed part cannot be expanded: {error}"),
        )),
    }
}

/// The refusal of what expands past the limits.
pub(super) fn bomb(limits: &Limits) -> Refusal {
    Refusal::new(
        Reason::TooLarge,
        format!(
            "it expands to more than one file may (--max-expanded), or {} times what a part takes packed (--max-ratio)",
            limits.max_ratio
        ),
    )
}

fn damaged(error: &ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(word) if word.to_ascii_lowercase().contains("password") => {
            Refusal::locked()
        }
        error => Refusal::new(
            Reason::Damaged,
            format!("its zip cannot be read ({error}); open and save it anew"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn members_are_found_by_name_case_aside() {
        let bytes = zipped(&[("Word/Document.xml", b"<w/>"), ("a", b"")]);
        let mut packed = Packed::open(&bytes, &Limits::default()).unwrap();
        assert_eq!(packed.len(), 2);
        assert_eq!(
            packed.member("/word/document.xml").unwrap().as_deref(),
            Some(&b"<w/>"[..])
        );
        assert_eq!(packed.member("b").unwrap(), None);
        assert_eq!(packed.names().len(), 2);
    }

    #[test]
    fn a_bomb_is_refused() {
        let bytes = zipped(&[("a", &vec![0; 8 << 20])]);
        let mut packed = Packed::open(&bytes, &Limits::default()).unwrap();
        let refusal = packed.at(0).unwrap_err();
        assert_eq!(refusal.reason, Reason::TooLarge);
    }

    #[test]
    fn what_is_expanded_counts_together() {
        let limits = Limits {
            max_expanded: 1000,
            ..Limits::default()
        };
        let bytes = zipped(&[("a", &[7; 600]), ("b", &[8; 600])]);
        let mut packed = Packed::open(&bytes, &limits).unwrap();
        assert!(packed.at(0).is_ok());
        assert_eq!(packed.at(1).unwrap_err().reason, Reason::TooLarge);
    }

    #[test]
    fn a_cut_zip_is_damaged() {
        let bytes = zipped(&[("a", b"text")]);
        let refusal = Packed::open(&bytes[..bytes.len() - 10], &Limits::default()).unwrap_err();
        assert_eq!(refusal.reason, Reason::Damaged);
    }
}
