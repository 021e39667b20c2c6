//! What a web page prints below a document: the files that it lists, and its own footer.

use super::Paragraph;
use crate::outline::marker;
use crate::outline::marker::Marker;
use crate::outline::page;
use crate::outline::shape::Shape;
use crate::span::Span;
use crate::text::fold::is_blank;

/// How a page names what it lists below a document.
pub(super) const DOWNLOADS: &str = "附件下载";

/// 附件下载：1.名册.xls⏎2.地图.jpg: what a page lists is all the page's, where the list begins on the line of its label.
pub(super) fn leave_downloads(text: &str, paragraphs: &mut [Paragraph]) {
    let first = |p: &Paragraph| -> Option<Marker> {
        let line = p.content.of(text).strip_prefix(DOWNLOADS)?;
        let behind = line
            .trim_start_matches(is_blank)
            .strip_prefix(['：', ':'])?;
        let item = Span::new(p.content.end - behind.len(), p.content.end).trimmed(text);
        marker::read(text, item).filter(|m| m.ordinal == 1)
    };
    let found = paragraphs.iter().enumerate().rev();
    let Some((from, style)) = found
        .filter_map(|(at, p)| Some((at, first(p)?.style)))
        .next()
    else {
        return;
    };
    let mut filled = paragraphs[from..].iter_mut().filter(|p| !p.is_blank());
    if let Some(label) = filled.next() {
        label.leave_to_page();
    }
    for (paragraph, ordinal) in filled.zip(2..) {
        let line = paragraph.content.of(text);
        let is_next = paragraph
            .marker
            .is_some_and(|m| m.style == style && m.ordinal == ordinal);
        if !is_next || line.contains('。') {
            return;
        }
        paragraph.leave_to_page();
    }
}

/// Whether no page prints such a line below a document.
fn is_of_notice(shape: Shape) -> bool {
    matches!(
        shape,
        Shape::Marked
            | Shape::Date
            | Shape::SignedDate
            | Shape::Attachment { .. }
            | Shape::CopyTo
            | Shape::Printed
            | Shape::TableRow
    )
}

/// What a web page prints below the document is the page's.
pub(super) fn leave_footer(text: &str, paragraphs: &mut [Paragraph]) {
    let filled = || paragraphs.iter().rev().filter(|p| !p.is_blank());
    let lines = filled().take_while(|p| !is_of_notice(p.shape));
    let lines = page::footer(lines.map(|p| p.content.of(text)));
    let filled = paragraphs.iter_mut().rev().filter(|p| !p.is_blank());
    for paragraph in filled.take(lines) {
        paragraph.leave_to_page();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::paragraph::paragraphs;

    #[test]
    fn what_a_page_lists_or_prints_below_is_its_own() {
        let text = "一、护林\n请照办。\n附件下载：1.名册.xls\n2.地图.jpg\n网站地图\n甲县林业局 版权所有\n电话：65550100\n";
        let of_page: Vec<&str> = paragraphs(text)
            .iter()
            .filter(|p| p.shape == Shape::Web)
            .map(|p| p.content.of(text))
            .collect();
        let want = [
            "附件下载：1.名册.xls",
            "2.地图.jpg",
            "网站地图",
            "甲县林业局 版权所有",
            "电话：65550100",
        ];
        assert_eq!(of_page, want);
        for none in [
            "一、护林\n附件下载后请填写。\n1.名册\n",
            "附件下载：方案.doc\n一、总体要求\n",
            "1.网站地图是否可用\n2.作品版权所有归主办方\n联系人：李雷\n2031年3月1日\n",
            "请登录甲县网站地图栏目\n作品版权所有归主办方\n",
        ] {
            let of_page = paragraphs(none);
            let marked = |p: &&Paragraph| {
                p.shape == Shape::Web && !p.content.of(none).starts_with("附件下载")
            };
            assert_eq!(of_page.iter().find(marked), None, "{none}");
        }
    }
}
