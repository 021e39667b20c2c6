//! Leaves: the text cut into what its pieces are, in order, each character once. That nothing of a notice is lost
//! between its parts can be seen here, and is a law of the tests.

use super::Outline;
use super::shape::Shape;
use crate::span::Span;

/// What a leaf is of the notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LeafKind {
    /// Nothing but blanks.
    Blank,
    /// A web page's own line: 打印, 上一篇.
    Page,
    /// 发文机关标志.
    Letterhead,
    /// 份号, 密级, 紧急程度, 签发人.
    Mark,
    /// 发文字号.
    DocNumber,
    /// Of a title.
    Title,
    /// A note below a title.
    Note,
    /// 主送机关, with the colon.
    Addressees,
    /// Of the body before the first section, or of a body without sections.
    Body,
    /// A section's own paragraph; the index is that of the section.
    Section(usize),
    /// 附件说明: an entry of the list of attachments.
    Listed,
    /// The line that opens the body of an attachment: 附件1.
    AttachmentHead,
    /// 发文机关署名.
    Signer,
    /// 成文日期.
    Issued,
    /// 附注.
    ClosingNote,
    /// 抄送机关.
    CopiedTo,
    /// 印发机关和印发日期.
    Printed,
    /// What stands above a title and was taken for nothing else: a second copy of the title that a page prints.
    Other,
}

impl LeafKind {
    /// The kind as `gongwen outline --leaves` prints it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            LeafKind::Blank => "blank",
            LeafKind::Page => "page",
            LeafKind::Letterhead => "letterhead",
            LeafKind::Mark => "mark",
            LeafKind::DocNumber => "doc-number",
            LeafKind::Title => "title",
            LeafKind::Note => "note",
            LeafKind::Addressees => "addressees",
            LeafKind::Body => "body",
            LeafKind::Section(_) => "section",
            LeafKind::Listed => "listed",
            LeafKind::AttachmentHead => "attachment-head",
            LeafKind::Signer => "signer",
            LeafKind::Issued => "issued",
            LeafKind::ClosingNote => "closing-note",
            LeafKind::CopiedTo => "copied-to",
            LeafKind::Printed => "printed",
            LeafKind::Other => "other",
        }
    }
}

/// A piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// What it is.
    pub kind: LeafKind,
    /// Where it stands, the blanks around and the line feed included.
    pub span: Span,
}

/// What a part of the outline says a stretch of the text is.
#[derive(Clone, Copy)]
struct Claim {
    start: usize,
    end: usize,
    kind: LeafKind,
}

impl Outline {
    /// The leaves in the order of the text; their spans in order are the text, each byte once.
    ///
    /// ```
    /// let text = "关于开展演练的通知\n各科室：\n一、时间\n6月1日\n";
    /// let outline = gongwen::outline::read(text);
    /// let leaves: Vec<&str> = outline.leaves().map(|leaf| leaf.kind.name()).collect();
    /// assert_eq!(leaves, ["title", "addressees", "section", "section"]);
    /// let whole: String = outline.leaves().map(|leaf| leaf.span.of(text)).collect();
    /// assert_eq!(whole, text);
    /// ```
    pub fn leaves(&self) -> impl Iterator<Item = Leaf> {
        let claims = self.claims();
        let mut out = Vec::with_capacity(self.paragraphs.len());
        let mut from = 0;
        for (i, paragraph) in self.paragraphs.iter().enumerate() {
            let whole = paragraph.whole;
            // a claim over several lines is taken up again on each
            while claims.get(from).is_some_and(|c| c.end <= whole.start) {
                from += 1;
            }
            let mut kind = match paragraph.shape {
                Shape::Blank => LeafKind::Blank,
                Shape::Web => LeafKind::Page,
                Shape::Attachment { .. } => LeafKind::AttachmentHead,
                _ => LeafKind::Other,
            };
            let mut start = whole.start;
            let mut is_first = true;
            let mut next = from;
            let body = self.body_kind(i);
            while let Some(claim) = claims.get(next).filter(|c| c.start < whole.end) {
                // the first claim of a line takes what stands before it: 附件： before its first entry
                let at = claim.start.max(whole.start);
                if !is_first && at > start {
                    out.push(leaf(kind, start, at));
                    start = at;
                }
                kind = claim.kind;
                is_first = false;
                // text goes on behind the colon of the addressees
                if let Some(body) = body
                    && claim.end < paragraph.content.end
                    && claims.get(next + 1).is_none_or(|c| c.start >= whole.end)
                {
                    out.push(leaf(kind, start, claim.end));
                    start = claim.end;
                    kind = body;
                }
                next += 1;
            }
            if let (true, Some(body)) = (is_first, body) {
                kind = body;
            }
            out.push(leaf(kind, start, whole.end));
        }
        out.into_iter()
    }

    /// What the paragraph is of a body: of a section, or before the first.
    fn body_kind(&self, paragraph: usize) -> Option<LeafKind> {
        let at = self
            .sections
            .partition_point(|s| s.paragraphs.first().is_none_or(|p| *p <= paragraph));
        let section = at.checked_sub(1).filter(|i| {
            self.sections[*i]
                .paragraphs
                .binary_search(&paragraph)
                .is_ok()
        });
        match section {
            Some(index) => Some(LeafKind::Section(index)),
            None => {
                let start = self.paragraphs[paragraph].whole.start;
                let at = self.parts.partition_point(|p| p.span.start <= start);
                // an empty part begins where the next one does
                let part = &self.parts[..at];
                let holds = |p: &super::part::Part| p.body.binary_search(&paragraph).is_ok();
                part.iter()
                    .rev()
                    .take(2)
                    .any(holds)
                    .then_some(LeafKind::Body)
            }
        }
    }

    /// What headers, closings and the list of attachments hold, in the order of the text.
    fn claims(&self) -> Vec<Claim> {
        let mut out = Vec::new();
        let mut claim = |kind, spans: &[Span]| {
            out.extend(spans.iter().map(|span| Claim {
                start: span.start,
                end: span.end,
                kind,
            }));
        };
        for part in &self.parts {
            let header = &part.header;
            claim(LeafKind::Letterhead, &header.letterhead);
            claim(LeafKind::DocNumber, header.doc_number.as_slice());
            claim(LeafKind::Mark, &header.marks);
            claim(LeafKind::Title, &header.title);
            claim(LeafKind::Note, &header.notes);
            claim(LeafKind::Page, &header.page);
            claim(LeafKind::Addressees, header.addressees.as_slice());
            let closing = &part.closing;
            claim(LeafKind::Signer, &closing.signers);
            claim(LeafKind::Issued, &closing.dates);
            claim(LeafKind::ClosingNote, &closing.notes);
            claim(LeafKind::CopiedTo, &closing.copied_to);
            claim(LeafKind::Printed, &closing.printed);
        }
        for listed in &self.listed {
            claim(LeafKind::Listed, &listed.title);
        }
        out.retain(|c| c.start < c.end);
        out.sort_by_key(|c| (c.start, c.end));
        out
    }

    /// Whether no two parts of the outline claim the same character, and no paragraph of a body is of two sections.
    #[must_use]
    pub fn is_disjoint(&self) -> bool {
        let claims = self.claims();
        let apart = claims.windows(2).all(|two| two[0].end <= two[1].start);
        let of_sections: Vec<usize> = self
            .sections
            .iter()
            .flat_map(|s| s.paragraphs.iter().copied())
            .collect();
        let bodies: Vec<usize> = self
            .parts
            .iter()
            .flat_map(|p| p.body.iter().copied())
            .collect();
        let rises = |numbers: &[usize]| numbers.windows(2).all(|two| two[0] < two[1]);
        apart && rises(&of_sections) && rises(&bodies)
    }
}

fn leaf(kind: LeafKind, start: usize, end: usize) -> Leaf {
    Leaf {
        kind,
        span: Span::new(start, end),
    }
}
