//! The laws themselves: a sound record breaks none, and each harm done to it is seen.

use crate::invariants::broken;
use gongwen::record::Notice;
use gongwen::span::CharSpan;
use serde_json::json;

/// A sound record of a notice of one section, one date and one unit.
pub(crate) fn sound() -> Notice {
    let text = "清水村护河通知\n一、巡河。6月底前巡河一次。（责任单位：村委会）\n";
    let sha256 = "0123456789abcdef".repeat(4);
    let at = |part: &str| {
        let byte = text.find(part).expect("the part is in the text");
        let start = text[..byte].chars().count();
        json!([start, start + part.chars().count()])
    };
    let length = text.chars().count();
    let date = json!({"text": "6月底前", "start": null, "end": "2031-06-30", "role": "deadline",
        "edtf": null, "span": at("6月底前"), "inferred": true});
    let whole = json!([8, length - 1]);
    serde_json::from_value(json!({
        "schema": "notice/1", "id": &sha256[..16], "text": text,
        "source": {"path": "a.txt", "member": null, "media_type": "text/plain", "charset": "UTF-8",
            "bytes": text.len(), "sha256": sha256},
        "title": "清水村护河通知", "kind": "通知", "doc_number": null, "issuers": [], "addressees": [],
        "copied_to": [], "issued": null, "year": 2031, "region": null, "region_path": [], "level": null,
        "campaign": null, "publicity": null, "secrecy": null, "urgency": null, "signer": null,
        "outline": [{"depth": 1, "marker": "一、", "style": "hanzi-dot", "ordinal": 1, "heading": "巡河",
            "role": "other", "part": 0, "span": whole, "heading_span": at("巡河"), "path": ["一、"]}],
        "activities": [{"id": format!("{}.1", &sha256[..16]), "path": ["一、"], "title": "巡河", "span": whole,
            "units": [{"name": "村委会", "role": "responsible", "function": null, "group": false, "span": at("村委会")}],
            "dates": [date], "kinds": [], "audiences": [], "quantities": []}],
        "dates": [date], "contacts": [], "hotlines": [], "series": null,
        "parts": [{"number": 0, "kind": "notice", "title": null, "span": [0, length]}],
        "attachments": [], "citations": [], "diagnostics": []
    }))
    .expect("the record is of the contract's shape")
}

#[test]
fn a_sound_record_breaks_no_law() {
    assert_eq!(broken(&sound()), [""; 0]);
}

#[test]
fn every_harm_is_seen() {
    type Harm = (&'static str, fn(&mut Notice));
    let harms: [Harm; 14] = [
        ("does not begin sha256", |n| n.id.push('0')),
        ("is not in 0..", |n| n.dates[0].span.1 = 900),
        ("stands as", |n| n.dates[0].text.push('日')),
        ("no section", |n| n.activities[0].path[0].push('、')),
        ("expected path", |n| {
            n.outline[0].path.insert(0, "一、".into())
        }),
        ("depth 2", |n| n.outline[0].depth = 2),
        ("heading 护河 stands as 巡河", |n| {
            n.outline[0].heading = Some("护河".into())
        }),
        ("counts 0", |n| n.outline[0].ordinal = 0),
        ("no part 1", |n| n.outline[0].part = 1),
        ("in no part", |n| n.parts[0].span.1 = 20),
        ("twice in one role", |n| {
            let again = n.activities[0].units[0].clone();
            n.activities[0].units.push(again);
        }),
        ("is no date of the notice", |n| n.dates.clear()),
        ("region is 12", |n| n.region = Some("12".into())),
        ("begins within", |n| {
            let mut again = n.outline[0].clone();
            again.span = CharSpan(10, again.span.1);
            n.outline.push(again);
        }),
    ];
    for (told, harm) in harms {
        let mut notice = sound();
        harm(&mut notice);
        let faults = broken(&notice);
        assert!(
            faults.iter().any(|fault| fault.contains(told)),
            "{told}: {faults:?}"
        );
    }
}
