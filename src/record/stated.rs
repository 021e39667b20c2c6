//! Header fields that a file states beside the notice's text, as the metadata table of a web page does: they fill what the text leaves open.

use super::header;
use super::header::HeaderFields;
use super::issuer;
use crate::entity::doc_number;
use crate::outline::Outline;
use crate::outline::kind;
use crate::outline::organ;
use crate::outline::page;
use crate::outline::page::Field;
use crate::source::Stated;
use crate::span::Span;
use jiff::civil::Date;

const ISSUER: [&str; 9] = [
    "发文机关",
    "发文单位",
    "制发机关",
    "制定机关",
    "发文机构",
    "发文部门",
    "颁布单位",
    "颁布机关",
    "颁布部门",
];
/// The office that runs the page.
const PUBLISHER: [&str; 5] = ["发布机关", "发布单位", "发布部门", "公开单位", "发布机构"];
const NUMBER: [&str; 11] = [
    "发文字号",
    "发文文号",
    "文号",
    "文件编号",
    "文件号",
    "文件字号",
    "文件文号",
    "公文文号",
    "发布文号",
    "颁布文号",
    "编号",
];
/// 发布日期 is the day of the page, not of the notice.
const ISSUED: [&str; 9] = [
    "成文日期",
    "成文时间",
    "生成日期",
    "发文日期",
    "发文时间",
    "印发日期",
    "签发日期",
    "颁布日期",
    "颁布时间",
];

/// What a web page states in lines of its text, above the notice and below its title.
pub(super) fn of_page(text: &str, outline: &Outline) -> Vec<Stated> {
    let header = outline.parts.first().map(|part| &part.header);
    let lines = header.into_iter().flat_map(|h| &h.page);
    let fields = page::fields(lines.map(|line| line.of(text)));
    let stated = |f: Field| Stated {
        label: f.label,
        value: f.value,
    };
    fields.into_iter().map(stated).collect()
}

/// Fills the fields that the text left open from those that the file states; what the text says stands.
pub(super) fn fill(fields: &mut HeaderFields, stated: &[Stated]) {
    if fields.title.is_none() {
        fields.title = value(stated, &page::TITLE_LABELS, |v| Some(v.to_owned()));
        let title = fields.title.as_deref().unwrap_or_default();
        fields.kind = kind::last_kind(title).map(str::to_owned);
    }
    if fields.doc_number.is_none() {
        fields.doc_number = value(stated, &NUMBER, |v| {
            let whole = doc_number::whole_line(v, Span::new(0, v.len()));
            // another field may stand behind it whose label is not known
            whole.or_else(|| doc_number::at(v, 0)).map(|n| n.normal)
        });
        let numbered = fields.doc_number.as_deref().and_then(header::numbered_year);
        fields.year = fields.year.or(numbered);
    }
    if fields.issued.is_none() {
        fields.issued = value(stated, &ISSUED, day);
        let titled = fields.title.as_deref().and_then(header::first_year);
        let issued = fields.issued.map(Date::year);
        fields.year = titled.or(issued).or(fields.year);
    }
    if fields.issuers.is_empty() {
        let organs = |labels: &[&str]| {
            value(stated, labels, |v| {
                let is_site = v.ends_with("网站");
                (organ::is_organ(v) && !is_site).then(|| issuer::organs(v))
            })
        };
        // the title says more than the office that runs the page
        let titled = issuer::title_organs(fields.title.as_deref().unwrap_or_default());
        let titled = (!titled.is_empty()).then_some(titled);
        let issuers = organs(&ISSUER).or(titled).or_else(|| organs(&PUBLISHER));
        fields.issuers = issuers.unwrap_or_default();
    }
}

/// The value under the first of the labels that has one that can be read.
fn value<T>(stated: &[Stated], labels: &[&str], read: impl Fn(&str) -> Option<T>) -> Option<T> {
    labels.iter().find_map(|label| {
        let under = stated.iter().filter(|s| s.label == *label);
        under.map(|s| s.value.trim()).find_map(&read)
    })
}

/// `2023年5月29日`, and as machines write it: `2023-05-29`, `2023/5/29 10:20`.
fn day(value: &str) -> Option<Date> {
    let first = value.split([' ', 'T', '\u{a0}']).next();
    header::day(value).or_else(|| header::day(first?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(pairs: &[(&str, &str)]) -> Vec<Stated> {
        let pair = |(label, value): &(&str, &str)| Stated {
            label: (*label).to_owned(),
            value: (*value).to_owned(),
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn what_the_text_leaves_open_is_filled() {
        let mut fields = HeaderFields::default();
        let page = stated(&[
            ("发布机构", "甲县政务网"),
            ("发文机关", "甲县教育局"),
            ("发文字号", "甲教发〔2021〕7号"),
            ("成文日期", "2021-05-06 09:30"),
            ("名称", "甲县教育局关于做好防溺水工作的通知"),
        ]);
        fill(&mut fields, &page);
        assert_eq!(fields.issuers, ["甲县教育局"]);
        assert_eq!(fields.doc_number.as_deref(), Some("甲教发〔2021〕7号"));
        assert_eq!(fields.issued, Date::new(2021, 5, 6).ok());
        assert_eq!(fields.kind.as_deref(), Some("通知"));
        assert_eq!(fields.year, Some(2021));
        // the year of the title stands, and what is told in the text does not
        let mut fields = HeaderFields {
            title: Some("2022年护林要点".to_owned()),
            year: Some(2022),
            ..HeaderFields::default()
        };
        fill(&mut fields, &page);
        assert_eq!(fields.year, Some(2022));
    }

    #[test]
    fn lines_of_a_page_state_what_the_notice_leaves_out() {
        let text = "索引号 | AB-1 | 文号 | 甲林发〔2031〕3号 |\n发布机构：甲县林业局 成文日期：2031-05-06\n关于做好护林工作的通知\n各林场：\n请照办。\n";
        let outline = crate::outline::read(text);
        let mut fields = header::read(text, &outline);
        fill(&mut fields, &of_page(text, &outline));
        assert_eq!(fields.title.as_deref(), Some("关于做好护林工作的通知"));
        assert_eq!(fields.doc_number.as_deref(), Some("甲林发〔2031〕3号"));
        assert_eq!(fields.issued, Date::new(2031, 5, 6).ok());
        assert_eq!(fields.issuers, ["甲县林业局"]);
        assert_eq!(fields.addressees, ["各林场"]);
    }

    #[test]
    fn a_title_stated_tells_more_of_the_issuer_than_the_office_of_the_page() {
        let title = ("发文标题", "甲市乙县人民政府办公室关于护林的通知");
        let mut fields = HeaderFields::default();
        let page = [
            title,
            ("发布机构", "乙县政府办公室"),
            ("文号", "甲办〔2031〕3号 性：有效"),
        ];
        fill(&mut fields, &stated(&page));
        assert_eq!(fields.issuers, ["甲市乙县人民政府办公室"]);
        assert_eq!(fields.doc_number.as_deref(), Some("甲办〔2031〕3号"));
        let mut fields = HeaderFields::default();
        let page = [title, ("发文部门", "甲市林业局 甲市财政局")];
        fill(&mut fields, &stated(&page));
        assert_eq!(fields.issuers, ["甲市林业局", "甲市财政局"]);
    }

    #[test]
    fn what_the_text_says_stands() {
        let mut fields = HeaderFields {
            title: Some("关于开展演练的函".to_owned()),
            issuers: vec!["甲局".to_owned()],
            doc_number: Some("甲函〔2020〕1号".to_owned()),
            issued: Date::new(2020, 1, 2).ok(),
            ..HeaderFields::default()
        };
        let before = fields.clone();
        let page = stated(&[
            ("标题", "别的通知"),
            ("发文机关", "乙县人民政府"),
            ("文号", "乙政发〔2021〕7号"),
            ("成文日期", "2021-05-06"),
        ]);
        fill(&mut fields, &page);
        assert_eq!(fields, before);
    }

    #[test]
    fn what_cannot_be_read_fills_nothing() {
        let mut fields = HeaderFields::default();
        let page = stated(&[
            ("发文字号", "无"),
            ("成文日期", "2021-13-40"),
            ("发布日期", "2021-05-06"),
            ("发布机构", "—"),
        ]);
        fill(&mut fields, &page);
        assert_eq!(fields, HeaderFields::default());
    }
}
