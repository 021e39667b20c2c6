//! 密级, 紧急程度 and 签发人, above the title or on the line of the number (GB/T 9704-2012, 7.2).

use super::header::HeaderFields;
use crate::outline::part::Part;
use crate::text::fold;

/// Reads them from the lines above the title and from that of the number.
pub(super) fn read(text: &str, notice: &Part, fields: &mut HeaderFields) {
    for mark in &notice.header.marks {
        let squeezed = fold::without_blanks(mark.of(text));
        if squeezed.starts_with("绝密")
            || squeezed.starts_with("机密")
            || squeezed.starts_with("秘密")
        {
            fields.secrecy = squeezed.chars().take(2).collect::<String>().into();
        } else if let Some(signer) = signer(&squeezed) {
            fields.signer = Some(signer);
        } else if squeezed.contains('急') || squeezed.contains("特提") {
            fields.urgency = Some(urgency(&squeezed).to_owned());
        }
    }
    // 特急·明电　甲教明电〔2031〕8号
    if fields.urgency.is_none()
        && let Some(line) = notice.header.doc_number
    {
        let squeezed = fold::without_blanks(line.of(text));
        // 甲教电〔2031〕8号　特急
        let before = urgency(&squeezed).get(.."特急".len());
        let degrees = ["特急", "加急", "特提", "平急"];
        let degree = degrees
            .iter()
            .find(|degree| before == Some(**degree) || squeezed.ends_with(*degree));
        fields.urgency = degree.map(|degree| (*degree).to_owned());
    }
    if fields.signer.is_none()
        && let Some(line) = notice.header.doc_number
    {
        fields.signer = signer(&fold::without_blanks(line.of(text)));
    }
}

/// The degree without its label, the stars around it and what it was sent by: 紧急程度：加急, ★特急, 等级：特急·明电.
fn urgency(squeezed: &str) -> &str {
    let labels = ["紧急程度：", "等级："];
    let degree = labels.iter().find_map(|label| squeezed.strip_prefix(label));
    let degree = degree.unwrap_or(squeezed).trim_matches('★');
    degree.strip_suffix("·明电").unwrap_or(degree)
}

fn signer(squeezed: &str) -> Option<String> {
    let (_, after) = squeezed.split_once("签发")?;
    let after = after.trim_start_matches('人');
    let name = after.trim_start_matches([':', '：']);
    (!name.is_empty() && name.chars().count() <= 12).then(|| name.to_owned())
}
