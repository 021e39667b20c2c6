//! Plain text: the charset is found, the BOM and carriage returns go, everything else stays.

use super::ReadText;
use super::charset;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::text::fold::is_blank;

pub(super) fn read(bytes: &[u8]) -> ReadText {
    let decoded = charset::decode(bytes);
    let text = unix_lines(decoded.text);
    let mut diagnostics = Vec::new();
    if text.chars().all(is_blank) {
        let message = "the file holds no character but blanks";
        diagnostics.push(Diagnostic::new(Code::Empty, Span::default(), message));
    }
    if decoded.replaced > 0 {
        let first = text.find('\u{fffd}').unwrap_or(0);
        let span = Span::new(first, (first + '\u{fffd}'.len_utf8()).min(text.len()));
        let message = format!(
            "{} of the file's byte sequences are no character of {} and were replaced by U+FFFD",
            decoded.replaced, decoded.charset
        );
        diagnostics.push(Diagnostic::new(Code::UndecodableBytes, span, message));
    }
    ReadText {
        text,
        media_type: "text/plain".into(),
        charset: Some(decoded.charset.into()),
        diagnostics,
        ..ReadText::default()
    }
}

/// Without carriage returns; where they alone end the lines (old Macintosh files) they become line feeds.
fn unix_lines(text: String) -> String {
    let bytes = text.as_bytes();
    let Some(first) = memchr::memchr(b'\r', bytes) else {
        return text;
    };
    if memchr::memchr(b'\n', bytes).is_none() {
        return text.replace('\r', "\n");
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for at in memchr::memchr_iter(b'\r', &bytes[first..]) {
        out.push_str(&text[from..first + at]);
        from = first + at + 1;
    }
    out.push_str(&text[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn carriage_returns_go() {
        assert_eq!(
            read("一、\r\n二、\r\r\n三\r".as_bytes()).text,
            "一、\n二、\n三"
        );
    }

    #[test]
    fn an_old_macintosh_file_keeps_its_lines() {
        assert_eq!(read("一、\r二、".as_bytes()).text, "一、\n二、");
    }

    #[test]
    fn an_empty_file_says_so() {
        for (bytes, text) in [
            (&b""[..], ""),
            (b"\xef\xbb\xbf", ""),
            (b"\xff\xfe", ""),
            (b" \r\n", " \n"),
        ] {
            let read = read(bytes);
            assert_eq!(read.text, text);
            assert_eq!(read.diagnostics[0].code, Code::Empty);
        }
    }

    #[test]
    fn undecodable_bytes_are_counted_and_placed() {
        let mut bytes = "关于开展防灾减灾周活动的通知。".as_bytes().to_vec();
        bytes.splice(6..6, [0xff, 0xfe]);
        let read = read(&bytes);
        assert_eq!(read.text, "关于\u{fffd}\u{fffd}开展防灾减灾周活动的通知。");
        assert_eq!(read.diagnostics.len(), 1);
        assert_eq!(read.diagnostics[0].code, Code::UndecodableBytes);
        assert_eq!(read.diagnostics[0].span, Span::new(6, 9));
        assert!(read.diagnostics[0].message.starts_with("2 of"));
    }

    proptest! {
        #[test]
        fn utf_8_without_carriage_returns_is_kept(text in "[^\0\r\u{feff}]{0,300}") {
            prop_assert_eq!(read(text.as_bytes()).text, text);
        }

        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let read = read(&bytes);
            prop_assert!(!read.text.contains('\r'));
            for d in &read.diagnostics {
                prop_assert!(read.text.get(d.span.start..d.span.end).is_some());
            }
        }
    }
}
