//! Signatures that do not stand where one is looked for first: two names without a blank, a bracket, an attachment's end.

use super::issuer::organs;
use crate::entity::region;
use crate::outline::Outline;
use crate::outline::organ;
use crate::outline::part::PartKind;
use crate::outline::shape::Shape;
use crate::text::fold;
use crate::text::words::words;

/// The names, those of them parted that the title names apart: 甲厅乙厅 below 甲厅 乙厅关于….
pub(super) fn named_apart(names: Vec<String>, titled: &[String]) -> Vec<String> {
    if titled.len() < 2 {
        return names;
    }
    let mut out = Vec::with_capacity(names.len());
    for name in names {
        match parts_of(&name, titled) {
            Some(parts) => out.extend(parts),
            None => out.push(name),
        }
    }
    out
}

/// The names of the title of which the name consists, where it is several.
fn parts_of(name: &str, titled: &[String]) -> Option<Vec<String>> {
    let mut rest = name;
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let begins = titled
            .iter()
            .filter(|t| rest.starts_with(t.as_str()) && !t.is_empty());
        let next = begins.max_by_key(|t| t.len())?;
        rest = &rest[next.len()..];
        parts.push(next.clone());
    }
    (parts.len() > 1).then_some(parts)
}

/// Who signs a notice that bears no signature of its own: in brackets below its last line, or, with the day of
/// issue, below its only attachment.
pub(super) fn elsewhere(text: &str, outline: &Outline) -> Vec<String> {
    let notice = &outline.parts[0];
    if !(notice.closing.dates.is_empty() && notice.closing.signers.is_empty()) {
        return Vec::new();
    }
    // what is passed on was signed by another
    let passed = words!["转发", "批转", "印发"];
    let mut title = notice.header.title.iter();
    if let [_, attachment] = outline.parts.as_slice()
        && attachment.kind == PartKind::Attachment
        && !title.any(|line| passed.is_in(line.of(text)))
        && let ([_], [organ]) = (
            attachment.closing.dates.as_slice(),
            attachment.closing.signers.as_slice(),
        )
        && attachment.closing.dates[0].start >= organ.end
    {
        return organs(organ.of(text));
    }
    in_brackets(text, outline).into_iter().collect()
}

/// （甲县统计局） alone on the last line, below text: a bracket of units stands below an item, or has its like above.
fn in_brackets(text: &str, outline: &Outline) -> Option<String> {
    const LONGEST: usize = 24;
    let name = |at: usize| {
        let line = outline.paragraphs.get(at)?;
        let words = line.content.of(text);
        fold::count_within(words, LONGEST)?;
        let inner = words.strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
        let name = inner.trim();
        (organ::is_organ(name) && !name.contains(['（', '(', '、', ' '])).then_some(name)
    };
    let body = &outline.parts[0].body;
    let filled = |at: &&usize| !outline.paragraphs[**at].is_blank();
    let mut lines = body.iter().rev().filter(filled);
    let last = name(*lines.next()?)?;
    let above = &outline.paragraphs[*lines.next()?];
    let signs = above.shape == Shape::Text && above.content.of(text).ends_with('。');
    let only = !body.iter().rev().skip(1).any(|at| name(*at).is_some());
    let placed = region::leading(last);
    (signs && only && placed > 0 && placed < last.len() && outline.parts.len() == 1)
        .then(|| last.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::issuer::issuers;
    use crate::outline;

    fn of(text: &str) -> Vec<String> {
        issuers(text, &outline::read(text))
    }

    #[test]
    fn two_names_without_a_blank_are_parted_by_the_title() {
        let title = "国务院森林办综合司 甲部办公厅关于做好护林工作的通知\n各省森林办：\n请照办。\n";
        let both = ["国务院森林办综合司", "甲部办公厅"];
        assert_eq!(
            of(&format!(
                "{title}国务院森林办综合司甲部办公厅\n2031年3月6日\n"
            )),
            both
        );
        assert_eq!(
            of(&format!(
                "{title}国务院森林办综合司　甲部办公厅\n2031年3月6日\n"
            )),
            both
        );
        // the title names but one
        let one = "国务院森林办综合司关于做好护林工作的通知\n各省森林办：\n请照办。\n国务院森林办综合司\n2031年3月6日\n";
        assert_eq!(of(one), ["国务院森林办综合司"]);
    }

    #[test]
    fn a_notice_may_be_signed_below_its_attachment() {
        let head = "关于做好审查工作的通知\n各学院：\n请照办。\n附件：1.初审地点。\n附件1：初审地点\n联系人\n罗老师\n";
        assert_eq!(
            of(&format!("{head}甲大学研究生院\n2031年3月6日\n")),
            ["甲大学研究生院"]
        );
        let passed = head.replacen("关于做好", "关于转发", 1);
        assert_eq!(
            of(&format!("{passed}甲大学研究生院\n2031年3月6日\n")),
            [""; 0]
        );
        let signed = head.replace("附件：1.", "乙大学\n2031年3月6日\n附件：1.");
        assert_eq!(
            of(&format!("{signed}甲大学研究生院\n2031年3月5日\n")),
            ["乙大学"]
        );
    }

    #[test]
    fn an_organ_in_brackets_on_the_last_line_signs() {
        let report =
            "2030年统计公报\n一、户数\n年末共有三万户，比上年略增。\n工资略有增长，物价平稳。\n";
        assert_eq!(of(&format!("{report}（磐石市统计局）\n")), ["磐石市统计局"]);
        for units in [
            "护林要点\n一、巡山\n（一）逐片巡山。\n（磐石市林业局）\n（二）逐户宣传。\n（磐石市公安局）\n",
            "护林要点\n一、逐片巡山。\n（磐石市林业局）\n",
            "护林要点\n逐片巡山。\n（市林业局）\n",
        ] {
            assert_eq!(of(units), [""; 0], "{units}");
        }
    }
}
