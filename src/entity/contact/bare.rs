//! An address without a label, on a line of its own at the end: 甲省乙市丙路6号，310000.

use super::ContactBlock;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;
use crate::text::fold::without_blanks;

/// It is looked for among so many lines at the end.
const LAST_LINES: usize = 10;
/// A longer line, in characters, is prose.
const LONGEST: usize = 70;

/// The block, where exactly one such line stands there: several are a list of places.
pub(super) fn block(text: &str) -> Option<ContactBlock> {
    let mut lines: Vec<Span> = Vec::new();
    let mut end = text.len();
    while lines.len() < LAST_LINES {
        let start = text[..end].rfind('\n').map_or(0, |at| at + 1);
        let line = Span::new(start, end).trimmed(text);
        if !line.is_empty() {
            lines.push(line);
        }
        match start.checked_sub(1) {
            Some(feed) => end = feed,
            None => break,
        }
    }
    let mut found = None;
    for (i, line) in lines.iter().enumerate() {
        let Some((address, postcode)) = address(line.of(text)) else {
            continue;
        };
        if found.is_some() {
            return None;
        }
        // lines stand from the last up
        let below = i.checked_sub(1).and_then(|i| lines.get(i));
        let code_below = below
            .filter(|_| postcode.is_none())
            .and_then(|below| Some((*below, postcode_of(below.of(text))?)));
        let end = code_below.as_ref().map_or(line.end, |(below, _)| below.end);
        found = Some(ContactBlock {
            span: Span::new(line.start, end),
            address: Some(address),
            postcode: postcode.or(code_below.map(|(_, code)| code)),
            ..ContactBlock::default()
        });
    }
    found
}

/// The address and the postcode that the line is made of.
fn address(line: &str) -> Option<(String, Option<String>)> {
    if line.chars().nth(LONGEST).is_some() {
        return None;
    }
    let inner = match (line.chars().next()?, line.chars().next_back()?) {
        (open, close) if fold(open) == '(' && fold(close) == ')' => {
            &line[open.len_utf8()..line.len() - close.len_utf8()]
        }
        _ => line,
    };
    let words = inner.trim_end_matches(|c: char| fold(c).is_ascii_digit());
    let postcode = postcode_of(&inner[words.len()..]);
    let words = match postcode {
        Some(_) => {
            let label = |c: char| is_blank(c) || matches!(fold(c), ',' | '、' | ':' | '(');
            let mut words = words.trim_end_matches(label);
            for name in ["邮编", "邮政编码"] {
                words = words.strip_suffix(name).unwrap_or(words);
            }
            words.trim_end_matches(label)
        }
        None => inner,
    };
    is_address(words).then(|| (without_blanks(words), postcode))
}

/// Whether the words are nothing but an address: a place, a road, a number and 号, and what of the house may follow.
fn is_address(words: &str) -> bool {
    const PROSE: &str = "，。；：！？、,:;“”《》在到于请由将的至和及";
    const PLACES: &str = "省市县区州镇乡旗盟";
    const ROADS: &str = "路街道巷弄村里胡同园";
    let house =
        |c: char| is_han(c) || c.is_ascii_alphanumeric() || is_blank(c) || "-—#（）()".contains(c);
    if words.contains(|c: char| PROSE.contains(c)) || !words.chars().all(|c| house(fold(c))) {
        return false;
    }
    let Some((before, behind)) = words.split_once('号') else {
        return false;
    };
    let road = before.trim_end_matches(|c: char| fold(c).is_ascii_digit() || "-—甲乙".contains(c));
    road.len() < before.len()
        && road.ends_with(|c: char| ROADS.contains(c))
        && road.chars().skip(1).take(8).any(|c| PLACES.contains(c))
        && road.chars().nth(5).is_some()
        && behind.chars().nth(24).is_none()
}

/// Six figures, maybe with their label, and nothing else.
fn postcode_of(words: &str) -> Option<String> {
    let squeezed = without_blanks(words);
    let mut figures = squeezed.as_str();
    for label in ["邮编", "邮政编码"] {
        figures = figures.strip_prefix(label).unwrap_or(figures);
    }
    let code: String = figures
        .trim_start_matches(['：', ':'])
        .chars()
        .map(fold)
        .collect();
    (code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit())).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str =
        "关于征稿的通知\n各学校：\n请于6月1日前寄送作品。\n湖州市教育局\n2031年5月6日\n";

    fn found(end: &str) -> Option<(String, Option<String>)> {
        let block = block(&format!("{BODY}{end}"))?;
        Some((block.address?, block.postcode))
    }

    #[test]
    fn an_address_at_the_end_needs_no_label() {
        let address = "湖州市吴兴区甲乙路66号".to_owned();
        let code = Some("313000".to_owned());
        for end in [
            "湖州市吴兴区甲乙路66号，313000\n",
            "湖州市吴兴区甲乙路66号  邮政编码313000\n",
            "（湖州市吴兴区甲乙路66号，邮编：313000）\n",
            "湖州市吴兴区甲乙路66号\n邮编：313000\n打印 关闭\n",
        ] {
            assert_eq!(found(end), Some((address.clone(), code.clone())), "{end}");
        }
        assert_eq!(found("湖州市吴兴区甲乙路66号\n"), Some((address, None)));
        let (whole, _) =
            found("浙江省安吉县递铺街道甲乙大道6-8号行政中心3号楼612室\n").unwrap_or_default();
        assert_eq!(whole, "浙江省安吉县递铺街道甲乙大道6-8号行政中心3号楼612室");
    }

    #[test]
    fn places_that_are_told_are_no_contacts() {
        for end in [
            "会议地点在湖州市吴兴区甲乙路66号\n",
            "湖州市吴兴区甲乙路66号，请准时参加。\n",
            "湖州市吴兴区甲乙路66号\n湖州市南浔区丙丁路8号\n",
            "湖政办发〔2031〕6号\n",
            "湖州市第66号\n",
            "考点：湖州市吴兴区甲乙路66号\n",
            "313000\n",
        ] {
            assert_eq!(found(end), None, "{end}");
        }
    }
}
