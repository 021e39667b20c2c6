//! A notice's activities as a calendar (RFC 5545): an event a date, whole days, deadlines on their last day.

use crate::entity::date::DateRole;
use crate::record::notice::Activity;
use crate::record::notice::DateMention;
use crate::record::notice::Notice;
use icalendar::{Calendar, Component, Event, Property};
use jiff::civil::Date;

/// The calendar of a notice: an event for each date of an activity that says when something is done. Events last whole
/// days; `DTEND` is the day after the last (RFC 5545, 3.6.1). A recurrence has the record's rule, ended where the record knows
/// its last day. What has no day at all is left out. UIDs are the activity's id and the date's number, so that a later import
/// replaces an earlier one.
///
/// ```
/// let text = "关于开展护林活动的通知\n一、主要活动\n（一）巡山。2024年6月3日至5日全面巡查。\n";
/// let notice = &gongwen::extract(text.as_bytes(), &gongwen::Options::of_path("a.txt")).notices[0];
/// let calendar = gongwen::export::calendar(notice);
/// assert!(calendar.contains("DTSTART;VALUE=DATE:20240603\r\n") && calendar.contains("DTEND;VALUE=DATE:20240606\r\n"));
/// ```
#[must_use]
pub fn calendar(notice: &Notice) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//gongwen//notice//ZH"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    if let Some(title) = &notice.title {
        calendar.append_property(Property::new("X-WR-CALNAME", plain(title)));
    }
    // No clock reaches the output: an event is as old as its notice
    let stamp = match notice.issued {
        Some(issued) => format!("{}T000000Z", digits(issued)),
        None => "19700101T000000Z".to_owned(),
    };
    for (n, activity) in (1..).zip(&notice.activities) {
        for (k, date) in (1..).zip(&activity.dates) {
            if let Some(event) = event(notice, activity, date) {
                let mut event = event;
                event.add_property("UID", format!("{}.{n}.{k}@gongwen", notice.id));
                event.add_property("DTSTAMP", &stamp);
                calendar.push(event.done());
            }
        }
    }
    calendar.to_string()
}

/// The event of a date, but for its UID and stamp; none where it names no day.
fn event(notice: &Notice, activity: &Activity, date: &DateMention) -> Option<Event> {
    let (first, last) = match date.role {
        DateRole::Mention | DateRole::Issued => return None,
        // What is due is due on its last day, whenever it may begin
        DateRole::Deadline => (date.end.or(date.start)?, date.end.or(date.start)?),
        DateRole::Recurrence => {
            let first = date.start.or(notice.issued)?;
            (first, first)
        }
        DateRole::Period | DateRole::Event => {
            let first = date.start.or(date.end)?;
            (first, date.end.unwrap_or(first).max(first))
        }
    };
    let mut event = Event::new();
    day(&mut event, "DTSTART", first);
    day(&mut event, "DTEND", last.tomorrow().ok()?);
    if let (DateRole::Recurrence, Some(rule)) = (date.role, &date.rrule) {
        let is_bounded = rule.contains("UNTIL=") || rule.contains("COUNT=");
        let until = date.end.filter(|end| !is_bounded && *end >= first);
        let until = until.map(|end| format!(";UNTIL={}", digits(end)));
        event.add_property("RRULE", plain(rule) + &until.unwrap_or_default());
    }
    let title = activity.title.as_deref().unwrap_or("（无标题）");
    let title = match date.role {
        DateRole::Deadline => format!("截止：{title}"),
        _ => title.to_owned(),
    };
    event.add_property("SUMMARY", plain(&title));
    let mut said = vec![date.text.as_str()];
    said.push(activity.span.to_bytes(&notice.text).of(&notice.text).trim());
    said.extend(notice.title.as_deref());
    said.extend(notice.doc_number.as_deref());
    event.add_property("DESCRIPTION", lines(&said.join("\n")));
    // An event of a whole day keeps nobody from other work
    event.add_property("TRANSP", "TRANSPARENT");
    Some(event)
}

fn day(event: &mut Event, key: &str, day: Date) {
    let property = Property::new(key, digits(day));
    event.append_property(property.clone().add_parameter("VALUE", "DATE").done());
}

fn digits(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// On one line: no character of a notice ends a content line.
fn plain(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn lines(text: &str) -> String {
    text.replace(|c: char| c.is_control() && c != '\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        let extraction = crate::record::build(
            crate::source::ReadText {
                text: text.to_owned(),
                ..Default::default()
            },
            crate::record::notice::Source {
                path: "a.txt".to_owned(),
                member: None,
                media_type: "text/plain".to_owned(),
                charset: None,
                ocr: false,
                bytes: 0,
                sha256: "0".repeat(64),
            },
            "0".repeat(16),
            crate::entity::taxonomy::Taxonomy::bundled(),
        );
        calendar(&extraction).replace("\r\n ", "")
    }

    #[test]
    fn deadlines_periods_and_recurrences() {
        let text = of(
            "甲县林业局关于开展2024年护林活动的通知\n各林场：\n一、主要活动\n（一）巡山。6月3日至5日，沿路巡查；备好水、绳。\n（二）报表。6月20日前报送。\n（三）例会。2024年每月召开一次例会。\n（四）宣传。\n甲县林业局\n2024年5月8日\n",
        );
        assert!(text.contains("DTSTART;VALUE=DATE:20240603\r\n"), "{text}");
        assert!(text.contains("DTEND;VALUE=DATE:20240606\r\n"), "{text}");
        assert!(text.contains("SUMMARY:截止：报表\r\n"), "{text}");
        assert!(text.contains("DTSTART;VALUE=DATE:20240620\r\n"), "{text}");
        assert!(text.contains("RRULE:FREQ=MONTHLY"), "{text}");
        assert!(
            text.contains("UID:0000000000000000.1.1@gongwen\r\n"),
            "{text}"
        );
        assert!(text.contains("DTSTAMP:20240508T000000Z\r\n"), "{text}");
        assert!(!text.contains("宣传。\\n甲县"), "{text}");
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 3, "{text}");
    }

    #[test]
    fn what_is_written_cannot_break_out_of_its_line() {
        let text = of(
            "关于护林的通知\n一、活动\n（一）巡;山,甲\\乙。6月3日前BEGIN:VEVENT完成。\n2024年5月8日\n",
        );
        assert!(text.contains("巡\\;山\\,甲\\\\乙"), "{text}");
        assert_eq!(text.matches("\r\nBEGIN:VEVENT\r\n").count(), 1, "{text}");
    }

    #[test]
    fn a_notice_without_days_is_an_empty_calendar() {
        let text = of("无题\n");
        assert!(
            text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
                && text.ends_with("END:VCALENDAR\r\n")
        );
        assert!(!text.contains("VEVENT"));
    }
}
