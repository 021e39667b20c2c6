//! Mails (RFC 5322) and web pages saved as mails (mht): the bodies and the attachments, each as a file of its own.

use super::Limits;
use super::Reason;
use super::Refusal;
use super::charset;
use super::document::Content;
use super::document::Member;
use crate::text::fold::is_blank;
use mail_parser::Encoding;
use mail_parser::Message;
use mail_parser::MessageParser;
use mail_parser::MessagePart;
use mail_parser::MimeHeaders as _;
use mail_parser::PartType;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use std::borrow::Cow;
use std::collections::HashSet;

/// Hands every body on that is neither blank nor a plain copy of an HTML one, and then every attachment, each in the mail's
/// order.
///
/// # Errors
/// A [`Refusal`] of what is no mail.
pub(super) fn members(
    bytes: &[u8],
    limits: &Limits,
    each: &mut dyn FnMut(Member),
) -> Result<(), Refusal> {
    let Some(mail) = MessageParser::default().parse(bytes) else {
        return Err(Refusal::new(
            Reason::Damaged,
            "it has no header of a mail; save the notice itself as a file",
        ));
    };
    let bodies = bodies(&mail);
    let attachments = mail.attachments().enumerate();
    let attachments = attachments.map(|(at, part)| attachment(part, at + 1, bytes));
    for (at, member) in named(&bodies, bytes).chain(attachments).enumerate() {
        if at >= limits.max_members {
            return Err(Refusal::new(
                Reason::TooLarge,
                format!(
                    "it holds more than {} parts; those after were not read",
                    limits.max_members
                ),
            ));
        }
        each(member);
    }
    Ok(())
}

/// The parts that are read as the mail itself, in its order.
fn bodies<'m>(mail: &'m Message<'_>) -> Vec<&'m MessagePart<'m>> {
    let is_body = |part: &MessagePart<'_>| match &part.body {
        PartType::Text(text) | PartType::Html(text) => !text.chars().all(is_blank),
        _ => false,
    };
    let groups = alternatives(mail);
    let group = |id: u32| groups.get(id as usize).copied().flatten();
    let pages: HashSet<u32> = mail.html_body.iter().copied().collect();
    let in_html: HashSet<u32> = pages
        .iter()
        .filter(|id| {
            mail.part(**id)
                .is_some_and(|part| part.is_text_html() && is_body(part))
        })
        .filter_map(|id| group(*id))
        .collect();
    let mut ids: Vec<u32> = mail
        .text_body
        .iter()
        .chain(&mail.html_body)
        .copied()
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter()
        // the parser lists what stands for both kinds under both
        .filter(|id| pages.contains(id) || group(*id).is_none_or(|g| !in_html.contains(&g)))
        .filter_map(|id| mail.part(id))
        .filter(|part| is_body(part))
        .collect()
}

/// For each part the outermost `multipart/alternative` that holds it (RFC 2046, 5.1.4: its parts are the same information).
fn alternatives(mail: &Message<'_>) -> Vec<Option<u32>> {
    let mut groups = vec![None; mail.parts.len()];
    // a part stands before those that it holds
    for (id, part) in (0_u32..).zip(&mail.parts) {
        let PartType::Multipart(held) = &part.body else {
            continue;
        };
        let own = part
            .is_content_type("multipart", "alternative")
            .then_some(id);
        let group = groups.get(id as usize).copied().flatten().or(own);
        for inner in held.iter().filter(|inner| **inner > id) {
            if let Some(slot) = groups.get_mut(*inner as usize) {
                *slot = group;
            }
        }
    }
    groups
}

/// The bodies under the names `body.txt` and `body.html`, further ones of a kind numbered from 2.
fn named<'m>(
    bodies: &'m [&'m MessagePart<'m>],
    mail: &'m [u8],
) -> impl Iterator<Item = Member> + 'm {
    let mut met = [0_usize; 2];
    bodies.iter().map(move |part| {
        let is_html = part.is_text_html();
        let count = &mut met[usize::from(is_html)];
        *count += 1;
        let extension = if is_html { "html" } else { "txt" };
        Member {
            name: match *count {
                1 => format!("body.{extension}"),
                count => format!("body-{count}.{extension}"),
            },
            content: Content::Bytes(written(part, mail).into_owned()),
        }
    })
}

/// The attachment, the `number`th of the mail, under the name that the mail gives it.
fn attachment(part: &MessagePart<'_>, number: usize, mail: &[u8]) -> Member {
    let location = part.content_location();
    let name = part
        .attachment_name()
        .map(str::to_owned)
        .or_else(|| location.and_then(last_segment))
        .unwrap_or_else(|| format!("attachment-{number}"));
    if is_office_litter(&name, location.unwrap_or_default()) {
        return Member {
            name,
            content: Content::Skipped("office litter"),
        };
    }
    let lacks = |extension: &str| !name.to_ascii_lowercase().ends_with(extension);
    let extension = match &part.body {
        PartType::Message(_) if lacks(".eml") => ".eml",
        // browsers name a page's styles by number alone
        _ if part.is_content_type("text", "css") && lacks(".css") => ".css",
        _ => "",
    };
    Member {
        name: name + extension,
        content: Content::Bytes(written(part, mail).into_owned()),
    }
}

/// The last segment of the address at which a page's part stood, its escapes undone; none where that is empty.
fn last_segment(location: &str) -> Option<String> {
    let path = location.split(['?', '#']).next()?;
    let segment = path.trim().rsplit(['/', '\\']).next()?;
    let mut name = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let [first, after @ ..] = rest {
        let escaped = match rest {
            [b'%', high, low, ..] => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match escaped {
            Some((high, low)) => {
                name.push(high << 4 | low);
                rest = &rest[3..];
            }
            None => {
                name.push(*first);
                rest = after;
            }
        }
    }
    (!name.is_empty()).then(|| charset::decode(&name).text)
}

fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

/// What Word lays beside a page that it saves: themes, macros, lists of the files, and the page's headers and footers.
fn is_office_litter(name: &str, location: &str) -> bool {
    let name = name.to_ascii_lowercase();
    if matches!(&*name, "filelist.xml" | "colorschememapping.xml")
        || name.ends_with(".mso")
        || name.ends_with(".thmx")
    {
        return true;
    }
    let folder = location.rsplit(['/', '\\']).nth(1).unwrap_or_default();
    matches!(&*name, "header.htm" | "header.html")
        && (folder.ends_with(".files") || folder.ends_with("_files"))
}

/// The bytes of the part as its author wrote them, the transfer encoding undone.
///
/// Text of a stated charset is handed on as UTF-8; where none is stated, or the wrong one, the bytes themselves are, so
/// that what they look like and what the page states decide.
fn written<'m>(part: &'m MessagePart<'m>, mail: &'m [u8]) -> Cow<'m, [u8]> {
    let text = match &part.body {
        PartType::Text(text) | PartType::Html(text) => text,
        // a mail in a mail knows its place in the outer one alone
        PartType::Message(_) if part.encoding == Encoding::None => {
            return undone(part, mail).unwrap_or_default();
        }
        PartType::Message(inner) => return Cow::Borrowed(&inner.raw_message),
        _ => return Cow::Borrowed(part.contents()),
    };
    let label = part
        .content_type()
        .and_then(|kind| kind.attribute("charset"));
    let Some(bytes) = undone(part, mail) else {
        return Cow::Borrowed(text.as_bytes());
    };
    let is_utf_8 = !bytes.is_ascii() && std::str::from_utf8(&bytes).is_ok();
    match label {
        Some(label) if !is_latin(label) && !is_utf_8 && !text.contains('\u{fffd}') => {
            Cow::Borrowed(text.as_bytes())
        }
        _ => bytes,
    }
}

/// Whether the charset is one that mail programs state when they were told nothing; no Chinese can be written in it.
fn is_latin(label: &str) -> bool {
    let label = label.trim().to_ascii_lowercase();
    matches!(
        &*label,
        "us-ascii" | "ascii" | "iso-8859-1" | "latin1" | "windows-1252" | "cp1252"
    )
}

/// The part's bytes in the mail with the transfer encoding undone; none where that fails.
fn undone<'m>(part: &MessagePart<'_>, mail: &'m [u8]) -> Option<Cow<'m, [u8]>> {
    let start = part.offset_body as usize;
    let end = match part.offset_end as usize {
        // the mail was cut off within it
        end if end < start => mail.len(),
        end => end.min(mail.len()),
    };
    let raw = mail.get(start..end)?;
    match part.encoding {
        Encoding::None => Some(Cow::Borrowed(raw)),
        Encoding::Base64 => base64_decode(raw).map(Cow::Owned),
        Encoding::QuotedPrintable => quoted_printable_decode(raw).map(Cow::Owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of the members and their text, or why they were skipped.
    fn read(mail: &[u8]) -> Vec<(String, String)> {
        let mut members_met = Vec::new();
        let read = members(mail, &Limits::default(), &mut |member| {
            let text = match member.content {
                Content::Bytes(bytes) => charset::decode(&bytes).text,
                Content::Skipped(kind) => kind.to_owned(),
                Content::Refused(_) => "refused".to_owned(),
            };
            members_met.push((member.name, text.trim().to_owned()));
        });
        assert!(read.is_ok());
        members_met
    }

    fn names(mail: &[u8]) -> Vec<String> {
        read(mail).into_iter().map(|(name, _)| name).collect()
    }

    /// A mail of this kind of multipart, each part its own headers, a blank line and its text.
    fn mail(kind: &str, parts: &[&[u8]]) -> Vec<u8> {
        let mut mail =
            format!("From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary=\"{kind}\"\r\n\r\n")
                .into_bytes();
        for part in parts {
            mail.extend_from_slice(format!("--{kind}\r\n").as_bytes());
            mail.extend_from_slice(part);
            mail.extend_from_slice(b"\r\n");
        }
        mail.extend_from_slice(format!("--{kind}--\r\n").as_bytes());
        mail
    }

    const PLAIN: &str = "Content-Type: text/plain; charset=utf-8\r\n\r\n";
    const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n\r\n";

    #[test]
    fn every_body_is_handed_on() {
        let notice = format!("{PLAIN}各乡镇：请清理河道。");
        let second = format!("{PLAIN}一、时间。");
        let disclaimer = format!("{HTML}<p>系统自动发送</p>");
        let mail = mail(
            "mixed",
            &[
                notice.as_bytes(),
                disclaimer.as_bytes(),
                second.as_bytes(),
                format!("{PLAIN} \r\n").as_bytes(),
            ],
        );
        let met = read(&mail);
        let names: Vec<&str> = met.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["body.txt", "body.html", "body-2.txt"]);
        assert_eq!(met[0].1, "各乡镇：请清理河道。");
        assert_eq!(met[2].1, "一、时间。");
    }

    #[test]
    fn the_plain_copy_of_a_page_is_not() {
        let plain = format!("{PLAIN}请清理河道。");
        let html = format!("{HTML}<p>请清理河道。</p>");
        let both = mail("alternative", &[plain.as_bytes(), html.as_bytes()]);
        assert_eq!(names(&both), ["body.html"]);
        let head = b"From: a@example.com\r\nMIME-Version: 1.0\r\n";
        let footer = format!("{PLAIN}联系人：某甲");
        let outer = mail("mixed", &[&both[head.len() - 19..], footer.as_bytes()]);
        assert_eq!(names(&outer), ["body.html", "body.txt"]);
        let related = mail("related", &[html.as_bytes()]);
        let deep = mail("alternative", &[plain.as_bytes(), &related]);
        assert_eq!(names(&deep), ["body.html"]);
    }

    #[test]
    fn a_plain_text_beside_a_blank_page_is() {
        let plain = format!("{PLAIN}请清理河道。");
        let html = format!("{HTML}\u{3000}");
        let both = mail("alternative", &[plain.as_bytes(), html.as_bytes()]);
        assert_eq!(names(&both), ["body.txt"]);
        let alone = mail("alternative", &[plain.as_bytes()]);
        assert_eq!(names(&alone), ["body.txt"]);
    }

    #[test]
    fn bytes_of_no_charset_or_the_wrong_one_are_kept() {
        let text = "各村民委员会：请于汛期前清理河道，落实防汛物资。";
        let (gbk, ..) = encoding_rs::GBK.encode(text);
        let labels: [&[u8]; 5] = [
            b"X: y",
            b"Content-Type: text/plain",
            b"Content-Type: text/plain; charset=utf-8",
            b"Content-Type: text/plain; charset=iso-8859-1",
            b"Content-Type: text/plain; charset=gb2312",
        ];
        for label in labels {
            let single = [b"From: a@example.com\r\n", label, b"\r\n\r\n", &gbk].concat();
            assert_eq!(read(&single), [("body.txt".to_owned(), text.to_owned())]);
            let part = [label, b"\r\n\r\n", &gbk].concat();
            let parts = mail("mixed", &[&part, &part]);
            assert_eq!(read(&parts)[1], ("body-2.txt".to_owned(), text.to_owned()));
        }
        let utf_8 = format!(
            "From: a@example.com\r\nContent-Type: text/plain; charset=gb2312\r\n\r\n{text}"
        );
        assert_eq!(read(utf_8.as_bytes())[0].1, text);
    }

    #[test]
    fn the_transfer_encoding_is_undone() {
        let text = "清理河道，护林防火";
        let head = "From: a@example.com\r\nContent-Transfer-Encoding: ";
        let base64 = format!(
            "{head}base64\r\nContent-Type: text/html\r\n\r\nPHA+x+XA7brTtcCjrLuk\r\nwda3wLvwPC9wPg==\r\n"
        );
        assert_eq!(
            read(base64.as_bytes()),
            [("body.html".to_owned(), format!("<p>{text}</p>"))]
        );
        let quoted = format!(
            "{head}quoted-printable\r\n\r\n=C7=E5=C0=ED=BA=D3=B5=C0=\r\n=A3=AC=BB=A4=C1=D6=B7=C0=BB=F0\r\n"
        );
        assert_eq!(
            read(quoted.as_bytes()),
            [("body.txt".to_owned(), text.to_owned())]
        );
        let (gbk, ..) = encoding_rs::GBK.encode(text);
        let unpacked = [head.as_bytes(), b"base64\r\n\r\n*", &gbk].concat();
        assert_eq!(read(&unpacked)[0].1, format!("*{text}"));
    }

    #[test]
    fn parts_of_a_saved_page_are_named_by_their_place() {
        let page = format!("{HTML}<p>通知</p>");
        let mht = mail(
            "related",
            &[
                page.as_bytes(),
                b"Content-Location: file:///C:/a.files/%E5%9B%BE1.png\r\nContent-Type: image/png\r\n\r\n\x89PNG",
                b"Content-Location: file:///C:/a.files/editdata.mso\r\nContent-Type: application/x-mso\r\n\r\nx",
                b"Content-Location: file:///C:/a.files/themedata.thmx\r\n\r\nx",
                b"Content-Location: file:///C:/a.files/filelist.xml\r\nContent-Type: text/xml\r\n\r\n<xml/>",
                b"Content-Location: file:///C:/a.files/colorschememapping.xml\r\nContent-Type: text/xml\r\n\r\n<a/>",
                b"Content-Location: file:///C:/a.files/header.htm\r\nContent-Type: text/html\r\n\r\n<p>1</p>",
                b"Content-Location: https://example.com/header.htm?a=/b\r\nContent-Type: text/html\r\n\r\n<p>2</p>",
                b"Content-Location: cid:css-1@mhtml.blink\r\nContent-Type: text/css\r\n\r\np{}",
                b"Content-Location: https://example.com/\r\nContent-Type: image/png\r\n\r\nx",
            ],
        );
        let met = read(&mht);
        let of = |kind: &str| -> Vec<&str> {
            met.iter()
                .filter(|(_, text)| (text == "office litter") == (kind == "litter"))
                .map(|(name, _)| name.as_str())
                .collect()
        };
        assert_eq!(
            of("read"),
            [
                "body.html",
                "图1.png",
                "header.htm",
                "cid:css-1@mhtml.blink.css",
                "attachment-9"
            ]
        );
        assert_eq!(
            of("litter"),
            [
                "editdata.mso",
                "themedata.thmx",
                "filelist.xml",
                "colorschememapping.xml",
                "header.htm"
            ]
        );
    }

    #[test]
    fn a_mail_in_a_mail_is_that_mail_alone() {
        let inner =
            "Content-Type: message/rfc822\r\n\r\nFrom: b@example.com\r\nSubject: x\r\n\r\n内层正文";
        let met = read(&mail(
            "mixed",
            &[format!("{PLAIN}外层").as_bytes(), inner.as_bytes()],
        ));
        assert_eq!(met[1].0, "attachment-1.eml");
        assert!(met[1].1.starts_with("From: b@example.com") && met[1].1.ends_with("内层正文"));
    }

    #[test]
    fn an_escape_cut_short_is_kept() {
        assert_eq!(last_segment("a/100%").as_deref(), Some("100%"));
        assert_eq!(last_segment("a\\%4g%41").as_deref(), Some("%4gA"));
        assert_eq!(last_segment("http://example.com/"), None);
    }

    #[test]
    fn a_mail_cut_anywhere_is_read() {
        let page = format!("{HTML}<p>通知</p>");
        let inner = mail("alternative", &[b"\r\n\xcd\xa8", page.as_bytes()]);
        let nested = [b"Content-Type: message/rfc822\r\n\r\n".as_slice(), &inner].concat();
        let whole = mail("mixed", &[&nested, page.as_bytes()]);
        for end in 30..whole.len() {
            let _ = members(&whole[..end], &Limits::default(), &mut |_| {});
        }
    }
}
