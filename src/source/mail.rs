//! Mails (RFC 5322) and web pages saved as mails (mht): the body and the attachments, each as a file of its own.

use super::Limits;
use super::Reason;
use super::Refusal;
use super::document::Content;
use super::document::Member;
use crate::text::fold::is_blank;
use mail_parser::MessageParser;
use mail_parser::MimeHeaders as _;
use mail_parser::PartType;

/// Hands the body on, unless it is blank, and then every attachment, in the mail's order.
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
    let html = mail.html_bodies().find_map(|part| match &part.body {
        PartType::Html(text) => Some(text),
        _ => None,
    });
    let plain = mail.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) => Some(text),
        _ => None,
    });
    let body = html
        .map(|text| ("body.html", text))
        .or(plain.map(|text| ("body.txt", text)));
    if let Some((name, text)) = body
        && !text.chars().all(is_blank)
    {
        each(Member {
            name: name.to_owned(),
            content: Content::Bytes(text.as_bytes().to_vec()),
        });
    }
    for (at, part) in mail.attachments().enumerate() {
        if at >= limits.max_members {
            return Err(Refusal::new(
                Reason::TooLarge,
                format!(
                    "it holds more than {} attachments; those after were not read",
                    limits.max_members
                ),
            ));
        }
        let name = part.attachment_name().map(str::to_owned);
        let name = name.unwrap_or_else(|| format!("attachment-{}", at + 1));
        let bytes = match &part.body {
            PartType::Message(inner) => inner.raw_message.to_vec(),
            _ => part.contents().to_vec(),
        };
        let name = match &part.body {
            PartType::Message(_) if !name.to_ascii_lowercase().ends_with(".eml") => {
                format!("{name}.eml")
            }
            _ => name,
        };
        each(Member {
            name,
            content: Content::Bytes(bytes),
        });
    }
    Ok(())
}
