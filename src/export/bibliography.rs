//! A notice as an entry of a bibliography (BibTeX, and biblatex's `date`).

use crate::record::notice::Notice;

/// The entry by which a notice is cited. Issuers are authors in braces of their own, so that no program takes 县应急局 apart
/// into names; the title keeps its case likewise. Keys that the notice does not state are left out.
///
/// ```
/// let text = "甲县林业局关于开展护林活动的通知\n甲林〔2024〕3号\n各林场：\n请巡山。\n甲县林业局\n2024年5月8日\n";
/// let notice = &gongwen::extract(text.as_bytes(), &gongwen::Options::of_path("a.txt")).notices[0];
/// let entry = gongwen::export::bibtex(notice);
/// assert!(entry.contains("author = {{甲县林业局}},") && entry.contains("date = {2024-05-08},"));
/// ```
#[must_use]
pub fn bibtex(notice: &Notice) -> String {
    let mut fields: Vec<(&str, String)> = Vec::new();
    let authors: Vec<String> = notice
        .issuers
        .iter()
        .map(|name| format!("{{{}}}", tex(name)))
        .collect();
    if !authors.is_empty() {
        fields.push(("author", authors.join(" and ")));
    }
    let title = notice.title.as_deref().unwrap_or("无标题");
    fields.push(("title", format!("{{{}}}", tex(title))));
    if let Some(number) = &notice.doc_number {
        fields.push(("number", tex(number)));
    }
    if let Some(kind) = &notice.kind {
        fields.push(("type", tex(kind)));
    }
    match (notice.issued, notice.year) {
        (Some(issued), _) => {
            fields.push(("date", issued.to_string()));
            fields.push(("year", issued.year().to_string()));
            fields.push(("month", issued.month().to_string()));
            fields.push(("day", issued.day().to_string()));
        }
        (None, Some(year)) => fields.push(("year", year.to_string())),
        (None, None) => {}
    }
    if !notice.region_path.is_empty() {
        fields.push(("address", tex(&notice.region_path.concat())));
    }
    fields.push(("language", "chinese".to_owned()));
    let mut out = format!(
        "@misc{{gongwen-{},\n",
        notice.id.replace(|c: char| !c.is_ascii_alphanumeric(), "-")
    );
    for (key, value) in fields {
        out.push_str(&format!("  {key} = {{{value}}},\n"));
    }
    out.push_str("}\n");
    out
}

/// Text as TeX sets it. BibTeX counts braces whatever stands before them, so that they become commands.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '%' | '&' | '#' | '_' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::tex;

    #[test]
    fn what_tex_would_read_is_written_out() {
        assert_eq!(
            tex("50%_{甲}\\"),
            "50\\%\\_\\textbraceleft{}甲\\textbraceright{}\\textbackslash{}"
        );
        assert_eq!(tex("“人人讲安全”"), "“人人讲安全”");
        for c in "\\{}~^%&#_$\u{7}".chars() {
            let written = tex(&c.to_string());
            let (open, close) = (written.matches('{').count(), written.matches('}').count());
            assert_eq!(open, close, "{c:?}");
        }
    }
}
