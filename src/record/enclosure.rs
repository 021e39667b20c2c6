//! Parts and attachments: what the file holds besides the notice, and what it lists.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::outline::Outline;
use crate::outline::part::PartKind;
use crate::span::Span;
use crate::text::fold;
use crate::text::words::Words;
use crate::text::words::words;
use std::collections::{HashMap, VecDeque};

/// An attachment before it is brought to the border.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentFound {
    /// Null for a single one without number.
    pub number: Option<u32>,
    /// As listed, line breaks joined.
    pub title: String,
    /// Where it is listed, or the title of its body.
    pub span: Span,
    /// The body, where it is in the file.
    pub body: Option<Span>,
}

/// A remark names at most so many attachments.
const MOST_NAMED: usize = 20;

/// What stands behind the title of an attachment that is left out.
static OMITTED: Words = Words::new(&["（略）", "(略)", "（另附）", "（另发）"]);

/// What stands in the 《》 that the words are all in. The rule of a header's title is another: it passes over a number before
/// the mark (甲政发〔2031〕3号《办法》) and takes marks within marks, which a list of attachments keeps as it is written.
fn unquoted(words: &str) -> Option<&str> {
    let inner = words.strip_prefix('《')?.strip_suffix('》')?;
    (!inner.contains(['《', '》'])).then_some(inner)
}

/// The attachments listed, each with its body, then the bodies that no list names.
#[must_use]
pub fn attachments(
    text: &str,
    outline: &Outline,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<AttachmentFound> {
    let mut bodies = Bodies::new(text, outline);
    // of enclosures of one title the first is meant
    let enclosures: HashMap<String, Span> = outline
        .parts
        .iter()
        .rev()
        .filter(|p| p.kind == PartKind::Enclosure)
        .map(|p| (fold::without_blanks(&p.header.title_text(text)), p.span))
        .collect();
    let mut out = Vec::new();
    let mut missing = Vec::new();
    for listed in &outline.listed {
        let lines: Vec<&str> = listed.title.iter().map(|s| s.of(text)).collect();
        let title = fold::joined(&lines.join("\n"));
        let title = OMITTED.strip_end(&title).unwrap_or(&title);
        let title = unquoted(title).unwrap_or(title).to_owned();
        let squeezed = fold::without_blanks(&title);
        let body = bodies
            .take(listed.number, &squeezed)
            .or_else(|| enclosures.get(&squeezed).copied());
        let first = listed.title.first().copied().unwrap_or_default();
        let span = Span::new(
            first.start,
            listed.title.last().map_or(first.end, |s| s.end),
        );
        if body.is_none() {
            missing.push((listed.number, span));
        }
        out.push(AttachmentFound {
            number: listed.number,
            title,
            span,
            body,
        });
    }
    if let Some((_, span)) = missing.first() {
        let numbers: Vec<String> = missing
            .iter()
            .take(MOST_NAMED)
            .map(|(n, _)| n.map_or("附件".to_owned(), |n| format!("附件{n}")))
            .collect();
        let more = match missing.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        let message = format!("{}{more} listed and not in the file", numbers.join(", "));
        diagnostics.push(Diagnostic::new(Code::MissingAttachment, *span, message));
    }
    for Body {
        number,
        title,
        span: body,
        titled,
    } in bodies.untaken()
    {
        let span = titled.unwrap_or(Span::new(body.start, body.start));
        if !outline.listed.is_empty() {
            diagnostics.push(Diagnostic::new(
                Code::UnlistedAttachment,
                span,
                "an attachment whose body is here is not in the list".to_owned(),
            ));
        }
        if !title.is_empty() {
            out.push(AttachmentFound {
                number,
                title,
                span,
                body: Some(body),
            });
        }
    }
    if out.is_empty()
        && let Some(span) = named(text)
    {
        diagnostics.push(Diagnostic::new(
            Code::MissingAttachment,
            span,
            "an attachment is named, and none is listed or in the file",
        ));
    }
    out
}

/// The body of an attachment.
struct Body {
    number: Option<u32>,
    title: String,
    span: Span,
    /// Where its title stands.
    titled: Option<Span>,
}

/// The bodies of attachments, each of which one entry of the list takes.
struct Bodies {
    bodies: Vec<Option<Body>>,
    /// Indices by number and by title without blanks, in order.
    by_number: HashMap<Option<u32>, VecDeque<usize>>,
    by_title: HashMap<String, VecDeque<usize>>,
}

impl Bodies {
    fn new(text: &str, outline: &Outline) -> Self {
        let mut found = Self {
            bodies: Vec::new(),
            by_number: HashMap::new(),
            by_title: HashMap::new(),
        };
        let parts = outline.parts.iter();
        for (i, part) in parts.filter(|p| p.kind == PartKind::Attachment).enumerate() {
            let title = part.header.title_text(text);
            let squeezed = fold::without_blanks(&title);
            found.by_number.entry(part.number).or_default().push_back(i);
            found.by_title.entry(squeezed).or_default().push_back(i);
            found.bodies.push(Some(Body {
                number: part.number,
                title,
                span: part.span,
                titled: part.header.title.first().copied(),
            }));
        }
        found
    }

    /// Takes the first body that is left of this number or this title (without blanks).
    fn take(&mut self, number: Option<u32>, squeezed: &str) -> Option<Span> {
        let numbered = self.by_number.get_mut(&number);
        let titled = self.by_title.get_mut(squeezed);
        let first = [numbered, titled]
            .into_iter()
            .flatten()
            .filter_map(|indices| {
                while indices.front().is_some_and(|i| self.bodies[*i].is_none()) {
                    indices.pop_front();
                }
                indices.front().copied()
            })
            .min()?;
        self.bodies[first].take().map(|body| body.span)
    }

    fn untaken(self) -> impl Iterator<Item = Body> {
        self.bodies.into_iter().flatten()
    }
}

/// The first mention of a numbered attachment of the notice's own: 附件1, not 省厅通知附件1, 《护林指南》附件2.
fn named(text: &str) -> Option<Span> {
    text.match_indices("附件").find_map(|(at, word)| {
        let before = text[..at].trim_end_matches(['的', '中', '（', '(', ' ']);
        let another = before.ends_with(['》', '号'])
            || words!["通知", "文件", "方案", "办法", "意见", "函"]
                .strip_end(before)
                .is_some_and(|of| !of.ends_with('本'));
        if another {
            return None;
        }
        let after = at + word.len();
        let digit = text[after..]
            .chars()
            .next()
            .filter(|c| fold::fold(*c).is_ascii_digit())?;
        Some(Span::new(at, after + digit.len_utf8()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline;

    type Seen = Vec<(Option<u32>, String, bool)>;

    /// Number, title and whether the body is here; and the codes remarked.
    fn read(text: &str) -> (Seen, Vec<Code>) {
        let mut remarks = Vec::new();
        let found = attachments(text, &outline::read(text), &mut remarks);
        let seen = found.into_iter();
        (
            seen.map(|a| (a.number, a.title, a.body.is_some()))
                .collect(),
            remarks.iter().map(|d| d.code).collect(),
        )
    }

    const COVER: &str = "关于做好护林工作的通知\n各林场：\n请遵照执行。\n";
    const SIGNED: &str = "甲县林场\n2031年3月1日\n";

    #[test]
    fn a_title_all_in_quotes_is_told_without_them() {
        let (seen, _) = read(&format!(
            "{COVER}附件：1.《护林员名册》\n2.《甲》《乙》对照表\n3.甲林发〔2031〕3号《护林办法》\n{SIGNED}"
        ));
        let titles: Vec<&str> = seen.iter().map(|(_, title, _)| title.as_str()).collect();
        let as_listed = [
            "护林员名册",
            "《甲》《乙》对照表",
            "甲林发〔2031〕3号《护林办法》",
        ];
        assert_eq!(titles, as_listed);
    }

    #[test]
    fn a_file_named_with_its_ending_goes_on_in_no_further_line() {
        let (seen, _) = read(&format!(
            "{COVER}附件：\n巡山办法.docx\n甲县林业委员会\n2031年3月1日\n"
        ));
        let titles: Vec<&str> = seen.iter().map(|(_, title, _)| title.as_str()).collect();
        assert_eq!(titles, ["巡山办法"]);
    }

    #[test]
    fn each_listed_attachment_takes_its_own_body() {
        let list = "附件：1.护林员名册\n2.巡山记录表（另附）\n";
        let bodies = "附件2\n巡山记录表\n日期\t人\n附件1\n护林员名册\n姓名\t电话\n";
        let (seen, codes) = read(&format!("{COVER}{list}{SIGNED}{bodies}"));
        let want = [
            (Some(1), "护林员名册".to_owned(), true),
            (Some(2), "巡山记录表".to_owned(), true),
        ];
        assert_eq!(seen, want);
        assert!(codes.is_empty(), "{codes:?}");
    }

    #[test]
    fn what_is_missing_or_unlisted_is_remarked() {
        let (seen, codes) = read(&format!("{COVER}附件：1.护林员名册\n{SIGNED}"));
        assert_eq!(seen, [(Some(1), "护林员名册".to_owned(), false)]);
        assert_eq!(codes, [Code::MissingAttachment]);
        let body = "附件1\n护林员名册\n姓名\t电话\n附件3\n哨卡分工\n地点\t人\n";
        let (seen, codes) = read(&format!("{COVER}附件：1.护林员名册\n{SIGNED}{body}"));
        assert_eq!(seen[1], (Some(3), "哨卡分工".to_owned(), true));
        assert_eq!(codes, [Code::UnlistedAttachment]);
    }

    #[test]
    fn an_attachment_that_is_only_named_is_missing() {
        let (seen, codes) = read(&format!("{COVER}名册见附件2。\n{SIGNED}"));
        assert!(seen.is_empty());
        assert_eq!(codes, [Code::MissingAttachment]);
        for none in [
            "附件材料从简。",
            "按省厅通知附件1的要求办理。",
            "见《护林指南》（甲林办〔2031〕3号附件2）。",
        ] {
            assert!(read(&format!("{COVER}{none}\n")).1.is_empty(), "{none}");
        }
        let own = read(&format!("{COVER}名册按本通知附件2填写。\n")).1;
        assert_eq!(own, [Code::MissingAttachment]);
    }
}
