//! What a notice cites: neither its own title nor its own number.

use super::header::HeaderFields;
use crate::entity::citation::CitationFound;
use crate::outline::part::Part;
use crate::text::fold;

/// The citations less the notice's own title, where a page puts it in 《》; its own number, which stands behind the title
/// of what it encloses (关于印发《…》的通知（…号）), is of none of them.
pub(super) fn others(
    mut found: Vec<CitationFound>,
    fields: &HeaderFields,
    notice: &Part,
) -> Vec<CitationFound> {
    let title = fields.title.as_deref().map(fold::without_blanks);
    for citation in &mut found {
        if citation.doc_number == fields.doc_number {
            citation.doc_number = None;
        }
        if title.as_deref() == Some(fold::without_blanks(&citation.title).as_str()) {
            let own = &notice.header.title;
            citation
                .spans
                .retain(|s| !own.iter().any(|line| line.overlaps(*s)));
        }
    }
    found.retain(|citation| !citation.spans.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::super::header;
    use super::*;
    use crate::entity::citation;
    use crate::outline;

    fn cited(text: &str) -> Vec<(String, Option<String>)> {
        let outline = outline::read(text);
        let fields = header::read(text, &outline);
        let found = others(citation::find(text), &fields, &outline.parts[0]);
        found.into_iter().map(|c| (c.title, c.doc_number)).collect()
    }

    #[test]
    fn a_notice_does_not_cite_itself() {
        let body =
            "各林场：\n按照《乙市护林方案》（乙政发〔2030〕5号）办理。\n甲县林场\n2031年3月1日\n";
        let other = (
            "乙市护林方案".to_owned(),
            Some("乙政发〔2030〕5号".to_owned()),
        );
        let text = format!("甲县林场关于印发《护林方案》的通知（甲林发〔2031〕3号）\n{body}");
        assert_eq!(cited(&text), [("护林方案".to_owned(), None), other.clone()]);
        let text = format!("《甲县林场关于护林的通知》（甲林发〔2031〕3号）\n{body}");
        assert_eq!(cited(&text), [other]);
        // an earlier notice of the same title is cited
        let text = format!(
            "甲县林场关于护林的通知\n{body}《甲县林场关于护林的通知》（甲林发〔2028〕9号）废止。\n"
        );
        assert_eq!(cited(&text)[1].1.as_deref(), Some("甲林发〔2028〕9号"));
    }
}
