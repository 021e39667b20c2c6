//! A record as a page of text: labels in Chinese, columns aligned by the width that characters take.

use crate::entity::date::DateRole;
use crate::entity::unit::UnitRole;
use crate::record::notice::Activity;
use crate::record::notice::Contact;
use crate::record::notice::DateMention;
use crate::record::notice::Notice;
use crate::record::notice::Unit;
use crate::serve::labels;
use unicode_width::UnicodeWidthStr;

/// Columns that the labels take.
const LABEL: usize = 10;

/// The page of a notice, ending with a line feed.
pub(super) fn of(notice: &Notice) -> String {
    let mut page = Page::default();
    page.line(0, notice.title.as_deref().unwrap_or("（无标题）"));
    page.line(
        0,
        &"═".repeat(
            notice
                .title
                .as_deref()
                .map_or(10, UnicodeWidthStr::width)
                .min(76),
        ),
    );
    page.head(notice);
    page.outline(notice);
    page.activities(notice);
    page.contacts(notice);
    page.attachments(notice);
    page.diagnostics(notice);
    page.out
}

#[derive(Default)]
struct Page {
    out: String,
}

impl Page {
    /// One line; control characters, which could steer a terminal, are left out.
    fn line(&mut self, depth: usize, text: &str) {
        self.out.push_str(&"  ".repeat(depth));
        let text = text.trim_end().chars().filter(|c| !c.is_control());
        self.out.extend(text);
        self.out.push('\n');
    }

    fn section(&mut self, name: &str, count: usize) {
        self.out.push('\n');
        self.line(0, &format!("【{name}】{count}"));
    }

    fn labelled(&mut self, depth: usize, label: &str, value: &str) {
        if !value.is_empty() {
            let gap = " ".repeat(LABEL.saturating_sub(label.width()).max(1));
            self.line(depth, &format!("{label}{gap}{value}"));
        }
    }

    fn head(&mut self, n: &Notice) {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        self.labelled(0, "文种", &text(&n.kind));
        self.labelled(0, "发文字号", &text(&n.doc_number));
        self.labelled(0, "发文机关", &n.issuers.join("、"));
        self.labelled(0, "主送机关", &n.addressees.join("、"));
        self.labelled(0, "抄送机关", &n.copied_to.join("、"));
        self.labelled(
            0,
            "成文日期",
            &n.issued.map(|d| d.to_string()).unwrap_or_default(),
        );
        self.labelled(
            0,
            "年度",
            &n.year.map(|y| y.to_string()).unwrap_or_default(),
        );
        let region = [n.region_path.join(" "), text(&n.region)].join(" ");
        self.labelled(0, "地区", region.trim());
        if let Some(campaign) = &n.campaign {
            let edition = campaign
                .edition
                .map(|e| format!("第{e}届"))
                .unwrap_or_default();
            let theme = campaign
                .theme
                .as_ref()
                .map(|t| format!("主题：{t}"))
                .unwrap_or_default();
            let words = [campaign.name.clone(), edition, theme];
            let words: Vec<String> = words.into_iter().filter(|w| !w.is_empty()).collect();
            self.labelled(0, "活动名称", &words.join("，"));
        }
        self.labelled(0, "密级", &text(&n.secrecy));
        self.labelled(0, "紧急程度", &text(&n.urgency));
        self.labelled(0, "签发人", &text(&n.signer));
        self.labelled(0, "公开方式", &text(&n.publicity));
        let charset = n
            .source
            .charset
            .as_ref()
            .map(|c| format!("，{c}"))
            .unwrap_or_default();
        let member = n
            .source
            .member
            .as_ref()
            .map(|m| format!("!{m}"))
            .unwrap_or_default();
        let source = format!(
            "{}{member}（{} 字节{charset}）",
            n.source.path, n.source.bytes
        );
        self.labelled(0, "来源", &source);
        self.labelled(0, "编号", &n.id);
    }

    fn outline(&mut self, notice: &Notice) {
        self.section("结构", notice.outline.len());
        let mut part = 0;
        for section in &notice.outline {
            if section.part != part {
                part = section.part;
                let title = notice.parts.get(part).and_then(|p| p.title.as_deref());
                self.line(1, &format!("── {} ──", title.unwrap_or("附件")));
            }
            let heading = section.heading.as_deref().unwrap_or("…");
            self.line(section.depth, &format!("{} {heading}", section.marker));
        }
    }

    fn activities(&mut self, notice: &Notice) {
        self.section("活动", notice.activities.len());
        for (ordinal, activity) in (1..).zip(&notice.activities) {
            self.activity(ordinal, activity);
        }
    }

    fn activity(&mut self, ordinal: usize, activity: &Activity) {
        let title = activity.title.as_deref().unwrap_or("（无题）");
        self.line(
            1,
            &format!("{ordinal}. {title}  〔{}〕", activity.path.join(" ")),
        );
        for role in ROLES {
            let names: Vec<&str> = names(&activity.units, *role).collect();
            self.labelled(3, labels::role(*role), &names.join("、"));
        }
        for date in &activity.dates {
            self.labelled(3, date_label(date.role), &days(date));
        }
        self.labelled(3, "类别", &activity.kinds.join("、"));
        self.labelled(3, "对象", &activity.audiences.join("、"));
    }

    fn contacts(&mut self, notice: &Notice) {
        self.section("联系方式", notice.contacts.len() + notice.hotlines.len());
        for contact in &notice.contacts {
            self.contact(contact);
        }
        for hotline in &notice.hotlines {
            self.labelled(1, "热线", &format!("{}  {}", hotline.number, hotline.text));
        }
    }

    fn contact(&mut self, contact: &Contact) {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let who = [contact.names.join("、"), text(&contact.organization)];
        let who: Vec<String> = who.into_iter().filter(|w| !w.is_empty()).collect();
        self.labelled(1, "联系人", &who.join("，"));
        self.labelled(1, "电话", &contact.phones.join("、"));
        self.labelled(1, "传真", &contact.faxes.join("、"));
        self.labelled(1, "邮箱", &contact.emails.join("、"));
        self.labelled(1, "QQ", &text(&contact.qq));
        self.labelled(1, "地址", &text(&contact.address));
        self.labelled(1, "邮编", &text(&contact.postcode));
    }

    fn attachments(&mut self, notice: &Notice) {
        if notice.attachments.is_empty() {
            return;
        }
        self.section("附件", notice.attachments.len());
        for attachment in &notice.attachments {
            let number = attachment
                .number
                .map(|n| format!("{n}. "))
                .unwrap_or_default();
            let place = match attachment.body_span {
                Some(_) => "",
                None => "（不在文中）",
            };
            self.line(1, &format!("{number}{}{place}", attachment.title));
        }
    }

    fn diagnostics(&mut self, notice: &Notice) {
        if notice.diagnostics.is_empty() {
            return;
        }
        self.section("疑点", notice.diagnostics.len());
        let lines = Lines::of(&notice.text);
        for d in &notice.diagnostics {
            let line = lines.number(d.span.0);
            self.line(1, &format!("第{line}行 {}: {}", d.code.as_str(), d.message));
        }
    }
}

const ROLES: &[UnitRole] = &[
    UnitRole::Host,
    UnitRole::Organizer,
    UnitRole::Lead,
    UnitRole::Responsible,
    UnitRole::Cooperating,
];

fn names(units: &[Unit], role: UnitRole) -> impl Iterator<Item = &str> {
    units
        .iter()
        .filter(move |u| u.role == role)
        .map(|u| u.name.as_str())
}

fn date_label(role: DateRole) -> &'static str {
    match role {
        DateRole::Period => "期间",
        DateRole::Deadline => "期限",
        DateRole::Event => "日期",
        DateRole::Recurrence => "周期",
        DateRole::Mention => "提及",
        DateRole::Issued => "成文",
    }
}

fn days(date: &DateMention) -> String {
    let days = match (date.start, date.end) {
        (Some(start), Some(end)) if start == end => start.to_string(),
        (Some(start), Some(end)) => format!("{start} 至 {end}"),
        (Some(start), None) => format!("{start} 起"),
        (None, Some(end)) => format!("{end} 前"),
        (None, None) => date.rrule.clone().unwrap_or_default(),
    };
    format!("{days}（{}）", date.text).trim_start().to_owned()
}

/// Line numbers of code points.
struct Lines {
    ends: Vec<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        let feeds = text.chars().enumerate().filter(|(_, c)| *c == '\n');
        Self {
            ends: feeds.map(|(at, _)| at).collect(),
        }
    }

    fn number(&self, at: usize) -> usize {
        self.ends.partition_point(|end| *end < at) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_shows_title_source_and_oddities() {
        let mut bytes = "关于开展植树活动的通知\n各乡镇：\n".as_bytes().to_vec();
        bytes.push(0xff);
        let extraction =
            crate::pipeline::extract(&bytes, &crate::pipeline::Options::of_path("a.txt"));
        let page = of(&extraction.notices[0]);
        let bytes = bytes.len();
        assert!(
            page.starts_with("关于开展植树活动的通知\n══════════════════════\n"),
            "{page}"
        );
        assert!(
            page.contains(&format!("来源      a.txt（{bytes} 字节，UTF-8）\n")),
            "{page}"
        );
        assert!(page.contains("第3行 undecodable-bytes: 1 of"), "{page}");
    }

    #[test]
    fn open_ends_are_said() {
        let mut date = DateMention {
            text: "6月底前".to_owned(),
            start: None,
            end: Some(jiff::civil::date(2023, 6, 30)),
            role: DateRole::Deadline,
            rrule: None,
            edtf: None,
            span: crate::span::CharSpan(0, 4),
            inferred: false,
        };
        assert_eq!(days(&date), "2023-06-30 前（6月底前）");
        date.end = None;
        assert_eq!(days(&date), "（6月底前）");
    }
}
