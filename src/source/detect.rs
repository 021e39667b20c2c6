//! Which format: by content first, then by name. Kinds that hold no notice are told from kinds not read yet.

use super::charset;
use memchr::memmem;

/// What a file is, as far as the way to its text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Plain text in any charset.
    Text,
    /// A web page in any charset.
    Html,
    /// Word's XML, in a zip.
    Docx,
    /// Word's binary, in an OLE compound file; also what old WPS writes.
    Doc,
    /// Rich text.
    Rtf,
    /// PDF.
    Pdf,
    /// OFD (GB/T 33190), in a zip.
    Ofd,
    /// A workbook: xlsx, xls, ods, et.
    Sheet,
    /// Files in a file.
    Archive(Packing),
    /// A mail, or a web page saved as one (mht).
    Mail,
    /// A kind that may hold a notice and is not read yet; its name for people.
    Unread(&'static str),
    /// A kind that holds no notice, to be skipped and counted under this name.
    Skipped(&'static str),
    /// Binary, and nothing that is known.
    Unknown,
}

/// How an archive holds its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// zip.
    Zip,
    /// tar, packed by nothing.
    Tar,
    /// gzip; a tar or one file within.
    Gzip,
    /// 7z.
    SevenZ,
}

/// Enough of a file's head for [`detect`] to say whether the kind is one to skip.
pub const HEAD: usize = 4096;

/// The format of a file with these bytes and this name.
///
/// ```
/// use gongwen::source::{detect, Format};
/// assert_eq!(detect(b"{\"a\": 1}", "records.json"), Format::Skipped("json"));
/// assert_eq!(detect("一、总体要求".as_bytes(), "通知.doc"), Format::Text);
/// ```
#[must_use]
pub fn detect(bytes: &[u8], name: &str) -> Format {
    let extension = extension(name);
    by_content(bytes, &extension)
        .or_else(|| skipped(&extension).map(Format::Skipped))
        .or_else(|| by_text(bytes, &extension))
        .unwrap_or(Format::Unknown)
}

fn extension(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match name.rsplit_once('.') {
        Some((_, extension)) => extension.to_ascii_lowercase(),
        None => String::new(),
    }
}

/// Leading bytes, the kind, and whether the kind is one to skip.
const MAGIC: &[(&[u8], Format)] = &[
    (b"{\\rtf", Format::Rtf),
    (b"Rar!\x1a\x07", Format::Unread("RAR")),
    (b"7z\xbc\xaf\x27\x1c", Format::Archive(Packing::SevenZ)),
    (b"\x1f\x8b", Format::Archive(Packing::Gzip)),
    (b"BZh", Format::Unread("bzip2")),
    (b"\xfd7zXZ\0", Format::Unread("xz")),
    (b"\x89PNG\r\n\x1a\n", Format::Skipped("image")),
    (b"\xff\xd8\xff", Format::Skipped("image")),
    (b"GIF87a", Format::Skipped("image")),
    (b"GIF89a", Format::Skipped("image")),
    (b"II*\0", Format::Skipped("image")),
    (b"MM\0*", Format::Skipped("image")),
    (b"\x7fELF", Format::Skipped("program")),
    (b"\xca\xfe\xba\xbe", Format::Skipped("program")),
    (b"\xcf\xfa\xed\xfe", Format::Skipped("program")),
    (b"\0asm", Format::Skipped("program")),
    (b"SQLite format 3\0", Format::Skipped("database")),
    (b"OggS", Format::Skipped("media")),
    (b"ID3", Format::Skipped("media")),
    (b"wOFF", Format::Skipped("font")),
    (b"wOF2", Format::Skipped("font")),
    (b"OTTO\0", Format::Skipped("font")),
    (b"\0\x01\0\0\0", Format::Skipped("font")),
];

/// Whether the bytes begin with the header of a tar's member: it says the sum of its own bytes, with blanks in that place
/// (POSIX.1-1988, 10.1.1). Tapes older than that standard lack its `ustar`, and have the sum.
pub(super) fn is_tar(bytes: &[u8]) -> bool {
    let Some(header) = bytes.get(..512) else {
        return false;
    };
    let mut digits = header[148..156]
        .iter()
        .filter(|byte| !matches!(byte, b' ' | 0));
    let said = digits.try_fold(0u32, |sum, byte| match byte {
        b'0'..=b'7' => sum.checked_mul(8)?.checked_add(u32::from(byte - b'0')),
        _ => None,
    });
    let sum = |at: usize| match at {
        148..156 => u32::from(b' '),
        _ => u32::from(header[at]),
    };
    header[0] != 0 && said == Some((0..512).map(sum).sum())
}

fn by_content(bytes: &[u8], extension: &str) -> Option<Format> {
    if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(*format);
    }
    let head = &bytes[..bytes.len().min(1024)];
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(in_zip(bytes, extension));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(in_compound(bytes, extension));
    }
    if is_tar(bytes) || bytes.get(257..262) == Some(b"ustar") {
        return Some(Format::Archive(Packing::Tar));
    }
    if memmem::find(head, b"%PDF-").is_some() {
        return Some(Format::Pdf);
    }
    let tagged = |at: usize, tag: &[u8]| bytes.get(at..at + tag.len()) == Some(tag);
    if tagged(0, b"RIFF") && tagged(8, b"WEBP") || tagged(0, b"BM") && tagged(6, &[0; 4]) {
        return Some(Format::Skipped("image"));
    }
    if tagged(4, b"ftyp") || tagged(0, b"RIFF") && (tagged(8, b"WAVE") || tagged(8, b"AVI ")) {
        return Some(Format::Skipped("media"));
    }
    if tagged(0, b"MZ") && head.contains(&0) {
        return Some(Format::Skipped("program"));
    }
    by_markup(head, extension)
}

/// A zip is known by the members that its directory (at its end) and its local headers name.
fn in_zip(bytes: &[u8], extension: &str) -> Format {
    let directory = zip_directory(bytes);
    let names = |part: &[u8]| match &directory {
        Some(names) => names.iter().any(|name| {
            name.get(..part.len())
                .is_some_and(|n| n.eq_ignore_ascii_case(part))
        }),
        // cut off, so what its local headers name must do
        None => memmem::find(bytes, part).is_some(),
    };
    let is_open_document = |kind: &[u8]| {
        let head = &bytes[..bytes.len().min(200)];
        memmem::find(head, b"opendocument").is_some() && memmem::find(head, kind).is_some()
    };
    if let Some(kind) = skipped(extension) {
        return Format::Skipped(kind);
    }
    if names(b"OFD.xml") || extension == "ofd" {
        Format::Ofd
    } else if names(b"word/document") || matches!(extension, "docx" | "docm" | "wps") {
        Format::Docx
    } else if names(b"xl/workbook") || matches!(extension, "xlsx" | "xlsm" | "xlsb" | "et") {
        Format::Sheet
    } else if names(b"ppt/presentation") || extension == "pptx" {
        Format::Unread("PowerPoint (pptx)")
    } else if is_open_document(b".spreadsheet") {
        Format::Sheet
    } else if is_open_document(b".text") {
        Format::Unread("OpenDocument text (odt)")
    } else {
        Format::Archive(Packing::Zip)
    }
}

/// Whether the file is an Office document in XML under a password (\[MS-OFFCRYPTO\] 2.3.4: an OLE compound file whose
/// stream `EncryptedPackage` holds the zip).
pub(super) fn is_locked(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.starts_with(b"\xd0\xcf\x11\xe0") && memmem::find(bytes, &name).is_some()
}

/// The names in a zip's directory, slashes before them left out; none where it has no directory at its end.
pub(super) fn zip_directory(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let tail = bytes.len().saturating_sub(22 + 0xffff);
    let end = tail + memmem::rfind(&bytes[tail..], b"PK\x05\x06")?;
    let number = |at: usize, len: usize| -> Option<usize> {
        let digits = bytes.get(at..at + len)?.iter().rev();
        Some(digits.fold(0, |number, byte| number << 8 | usize::from(*byte)))
    };
    let mut at = end.checked_sub(number(end + 12, 4)?)?;
    let mut names = Vec::new();
    while bytes.get(at..at + 4) == Some(b"PK\x01\x02") && at < end {
        let name = at + 46;
        let length = number(at + 28, 2)?;
        let name = bytes.get(name..name + length)?;
        names.push(name.strip_prefix(b"/").unwrap_or(name));
        at += 46 + length + number(at + 30, 2)? + number(at + 32, 2)?;
    }
    Some(names)
}

/// An OLE compound file is known by the streams that its directory names, in UTF-16.
fn in_compound(bytes: &[u8], extension: &str) -> Format {
    let holds = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &name).is_some()
    };
    if is_locked(bytes) {
        // What is inside is known by its name alone; its reader refuses it.
        match extension {
            "xls" | "xlsx" | "xlsm" | "xlsb" | "et" | "ett" => Format::Sheet,
            _ => Format::Docx,
        }
    } else if holds("WordDocument") {
        Format::Doc
    } else if holds("PowerPoint Document") {
        Format::Unread("PowerPoint 97-2003 (ppt)")
    } else if holds("Workbook\0") || holds("Book\0") {
        Format::Sheet
    } else {
        match extension {
            "xls" | "et" => Format::Sheet,
            "ppt" | "dps" => Format::Unread("PowerPoint 97-2003 (ppt)"),
            "msg" => Format::Unread("Outlook (msg)"),
            _ => Format::Doc,
        }
    }
}

/// What begins with markup or with the header of a mail, whatever it is called; fragments of a page are told where the
/// name is that of an office document, which such pages are often saved as.
fn by_markup(head: &[u8], extension: &str) -> Option<Format> {
    let text = charset::decode(head).text;
    let text = text.trim_start();
    let begins = |word: &&str| {
        let start = text.get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    if begins(&"MIME-Version:") && text.to_ascii_lowercase().contains("content-type:") {
        return Some(Format::Mail);
    }
    if !text.starts_with('<') {
        return None;
    }
    if ["<!doctype html", "<html", "<head", "<body", "<meta"]
        .iter()
        .any(begins)
    {
        return Some(Format::Html);
    }
    let lower = text.to_ascii_lowercase();
    // a comment or an XML declaration may stand before the page
    let is_before = begins(&"<!--") || begins(&"<?xml");
    if is_before && lower.contains("<html") {
        return Some(Format::Html);
    }
    if lower.contains("progid=\"word.document\"")
        || lower.contains("<w:worddocument")
        || lower.contains("<pkg:package")
    {
        return Some(Format::Unread("Word 2003 XML"));
    }
    if lower.contains("progid=\"excel.sheet\"")
        || lower.contains("urn:schemas-microsoft-com:office:spreadsheet")
    {
        return Some(Format::Unread("Excel 2003 XML"));
    }
    const FRAGMENTS: [&str; 9] = [
        "<div", "<p>", "<p ", "<style", "<table", "<title", "<span", "<center", "<font",
    ];
    let is_office = matches!(extension, "doc" | "wps" | "xls" | "et" | "docx" | "xlsx");
    (is_office && FRAGMENTS.iter().any(begins)).then_some(Format::Html)
}

/// The kind under which files of this extension are skipped; none where they may hold a notice.
fn skipped(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "json" | "geojson" | "ipynb" => "json",
        "jsonl" | "ndjson" => "jsonl",
        "tsv" => "tsv",
        "csv" => "csv",
        "xml" | "xsd" | "xsl" | "rels" => "xml",
        "toml" | "yaml" | "yml" | "ini" | "cfg" | "conf" | "lock" | "properties" => "settings",
        "png" | "jpg" | "jpeg" | "gif" | "bmp" | "webp" | "tif" | "tiff" | "svg" | "ico"
        | "heic" | "psd" => "image",
        "mp3" | "mp4" | "wav" | "avi" | "mov" | "wmv" | "flv" | "mkv" | "m4a" | "webm" => "media",
        "ttf" | "ttc" | "otf" | "woff" | "woff2" | "eot" => "font",
        "db" | "sqlite" | "sqlite3" | "mdb" | "accdb" | "dbf" => "database",
        "exe" | "dll" | "so" | "dylib" | "o" | "a" | "msi" | "apk" | "jar" | "class" | "wasm"
        | "py" | "pyc" | "rs" | "js" | "mjs" | "ts" | "css" | "sh" | "bat" | "cmd" | "ps1"
        | "c" | "h" | "cc" | "cpp" | "go" | "java" | "rb" | "php" | "pl" | "sql" => "program",
        _ => return None,
    })
}

fn by_text(bytes: &[u8], extension: &str) -> Option<Format> {
    let head = &bytes[..bytes.len().min(HEAD) & !1];
    let head = if bytes.len() < HEAD { bytes } else { head };
    if !is_text(head) {
        return None;
    }
    match extension {
        "html" | "htm" | "shtml" | "xhtml" => Some(Format::Html),
        "eml" | "mht" | "mhtml" => Some(Format::Mail),
        _ => Some(Format::Text),
    }
}

/// Bytes that control characters and those of private use hold: C2 begins U+0080–009F, EE U+E000–EFFF, EF U+F000–FFFF, F3 and
/// F4 what lies beyond U+C0000.
static ODD: [bool; 256] = {
    let mut odd = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        odd[byte] = matches!(byte, 0..=8 | 14..=31 | 0x7f | 0xc2 | 0xee | 0xef | 0xf3 | 0xf4);
        byte += 1;
    }
    odd
};

/// Whether the bytes are UTF-8, the last character cut off or not, and hold neither control characters nor those of
/// private use: most texts are, and need no closer look.
fn is_plain_utf_8(head: &[u8]) -> bool {
    let whole = match std::str::from_utf8(head) {
        Ok(_) => head,
        Err(e) if e.error_len().is_none() => &head[..e.valid_up_to()],
        Err(_) => return false,
    };
    let mut rest = whole.iter();
    while let Some(byte) = rest.next() {
        let private = *byte == 0xef && rest.as_slice().first().is_some_and(|b| *b < 0xa4);
        if ODD[usize::from(*byte)] && (private || *byte != 0xef) {
            return false;
        }
    }
    !whole.is_empty()
}

/// Whether the bytes, read in the charset that they seem to be in, are mostly characters that people write.
fn is_text(head: &[u8]) -> bool {
    if is_plain_utf_8(head) {
        return true;
    }
    let decoded = charset::decode(head);
    let (mut all, mut control, mut private, mut faults) = (0, 0, 0, 0);
    for c in decoded.text.chars() {
        all += 1;
        match c {
            '\u{fffd}' => faults += 1,
            '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => private += 1,
            '\t'..='\r' | '\u{1a}' | '\u{1b}' => {}
            c if c.is_control() => control += 1,
            _ => {}
        }
    }
    // One stray control character is forgiven however short the file; random bytes hold one in ten.
    control * 50 <= all + 50 && private * 10 <= all + 10 && faults * 3 <= all + 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_goes_before_name() {
        for (bytes, name, format) in [
            (&b"%PDF-1.7\n"[..], "a.txt", Format::Pdf),
            (b"{\\rtf1\\ansi", "a.doc", Format::Rtf),
            (b"\xef\xbb\xbf <!DOCTYPE HTML><p>", "a.txt", Format::Html),
            (b"<!-- x --><HTML>", "a.doc", Format::Html),
            (b"<div>", "a.doc", Format::Html),
            (b"<div>", "a.txt", Format::Text),
            (b"\xff\xfe<\0p\0>\0", "a.wps", Format::Html),
            (
                b"MIME-Version: 1.0\r\nContent-Type: multipart/related",
                "a.doc",
                Format::Mail,
            ),
            (
                b"<?xml?><?mso-application progid=\"Word.Document\"?>",
                "a.doc",
                Format::Unread("Word 2003 XML"),
            ),
            (b"\x89PNG\r\n\x1a\n\0\0", "a.txt", Format::Skipped("image")),
            (b"PK\x03\x04......word/document.xml", "a", Format::Docx),
            (b"PK\x03\x04......OFD.xml", "a.zip", Format::Ofd),
            (
                b"PK\x03\x04......META-INF",
                "a.jar",
                Format::Skipped("program"),
            ),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.wps", Format::Doc),
        ] {
            assert_eq!(detect(bytes, name), format, "{name}");
        }
    }

    #[test]
    fn names_tell_what_holds_no_notice() {
        assert_eq!(
            detect(b"a\tb\n", "folder/SOURCES.TSV"),
            Format::Skipped("tsv")
        );
        assert_eq!(detect(b"", "a.json"), Format::Skipped("json"));
        assert_eq!(detect("通知".as_bytes(), "v1.2/通知"), Format::Text);
        assert_eq!(detect("通知".as_bytes(), ""), Format::Text);
        assert_eq!(detect("<p>通知</p>".as_bytes(), "a.HTM"), Format::Html);
    }

    #[test]
    fn text_is_told_from_binary() {
        let notice = "关于开展爱国卫生月活动的通知";
        let utf_16: Vec<u8> = notice.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(detect(&utf_16, "a.txt"), Format::Text);
        assert_eq!(
            detect(&encoding_rs::GBK.encode(notice).0, "a.pdf"),
            Format::Text
        );
        assert_eq!(detect(b"", "a.txt"), Format::Text);
        assert_eq!(detect("BM公司、MZ公司：".as_bytes(), "a.txt"), Format::Text);
        assert_eq!(
            detect(b"\0\x01\x02\x03\x04\x05\x06\x07", "a.txt"),
            Format::Unknown
        );
        let bytes: Vec<u8> = (0..=255).cycle().skip(128).take(6000).collect();
        assert_eq!(detect(&bytes, "a.txt"), Format::Unknown);
    }

    #[test]
    fn a_character_cut_at_the_head_is_no_fault() {
        let text = "通".repeat(5000);
        assert_eq!(detect(text.as_bytes(), "a"), Format::Text);
    }

    #[test]
    fn the_head_alone_tells_what_to_skip() {
        let mut bytes = b"GIF89a".to_vec();
        bytes.resize(3 * HEAD, 7);
        assert_eq!(detect(&bytes[..HEAD], "a"), detect(&bytes, "a"));
    }
}
