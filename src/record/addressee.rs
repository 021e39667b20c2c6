//! 主送机关 and 抄送机关: to whom a notice goes.

use crate::entity::region;
use crate::entity::unit;
use crate::outline::Outline;
use crate::outline::part::Part;
use crate::span::Span;
use crate::text::fold;

/// 主送机关: those whom the header addresses, else those whom the foot names.
pub(super) fn addressees(text: &str, notice: &Part) -> Vec<String> {
    let list = notice.header.addressees.or_else(|| sent_to(text, notice));
    let names = list.map(|l| unit::split_names(text, l)).unwrap_or_default();
    let names = share_organ(text, names);
    let mut out: Vec<(Span, String)> = Vec::new();
    for (span, name) in names {
        if let Some((before, joined)) = out.last_mut()
            && Span::new(before.end, span.start).of(text).trim() == "、"
            && shares_place(joined, &name)
        {
            *before = Span::new(before.start, span.end);
            *joined = fold::without_blanks(before.of(text));
            continue;
        }
        out.push((span, name));
    }
    out.into_iter().map(|(_, name)| name).collect()
}

/// 甲、乙、丙区人民政府: divisions that share their last character and the organ are one name.
fn share_organ(text: &str, names: Vec<(Span, String)>) -> Vec<(Span, String)> {
    let mut out: Vec<(Span, String)> = Vec::with_capacity(names.len());
    for (span, name) in names {
        let first = sharing(text, &out, span, &name);
        match first {
            Some(first) => {
                let whole = Span::new(out[first].0.start, span.end);
                out.truncate(first);
                out.push((whole, fold::without_blanks(whole.of(text))));
            }
            None => out.push((span, name)),
        }
    }
    out
}

/// The first of the names right before this one that are divisions without their last character, which this one has with
/// an organ behind it.
fn sharing(text: &str, before: &[(Span, String)], span: Span, name: &str) -> Option<usize> {
    let is_bare = |word: &str| (2..=3).contains(&word.chars().take(4).count());
    if !before.last().is_some_and(|(_, word)| is_bare(word)) {
        return None;
    }
    let place = &name[..region::leading(name)];
    let kind = place
        .chars()
        .next_back()
        .filter(|c| "区县市镇乡旗".contains(*c))?;
    if place.len() == name.len() {
        return None;
    }
    let mut next = span.start;
    let shares = |(at, word): &&(Span, String)| {
        let division = format!("{word}{kind}");
        let touches = Span::new(at.end, next).of(text).trim() == "、";
        next = at.start;
        touches && is_bare(word) && region::leading(&division) == division.len()
    };
    let run = before.iter().rev().take_while(shares).count();
    (run > 0).then(|| before.len() - run)
}

/// Whether two names parted by 、 are one in two parts: 各县（市、区）委、人民政府; 中央、省驻甲单位.
fn shares_place(first: &str, second: &str) -> bool {
    let bare = ["人民政府", "政府", "办事处", "管委会"].contains(&second);
    let seat = |name: &str| ["中央", "中", "省", "部", "市", "州", "县", "区"].contains(&name);
    // 中、省、市直单位
    let belongs = || {
        let mut characters = second.chars();
        characters.next().is_some_and(|c| "省市州县区".contains(c))
            && characters.next().is_some_and(|c| "直属驻".contains(c))
    };
    first.ends_with('委') && bare
        || first.ends_with("各委、办") && second.starts_with('局')
        || first.split('、').all(seat) && (second.contains('驻') || belongs())
        // 县直及省、市驻甲各单位
        || second.contains('驻') && first.split(['、', '及', '和']).next_back().is_some_and(seat)
}

/// The list of 主送：甲局，乙局。 that stands below the closing, as old forms have it.
fn sent_to(text: &str, notice: &Part) -> Option<Span> {
    let mut lines = notice.closing.copied_to.iter();
    let line = lines.find(|line| line.of(text).starts_with('主'))?;
    let inner = line.of(text);
    let colon = inner.find(['：', ':'])?;
    let rest = inner[colon..].trim_start_matches(['：', ':']);
    let kept = rest.trim_end_matches(['。', '.']).len();
    let from = line.end - rest.len();
    Some(Span::new(from, from + kept).trimmed(text))
}

/// 抄送机关, of all parts.
pub(super) fn copied_to(text: &str, outline: &Outline) -> Vec<String> {
    let mut out = Vec::new();
    for line in outline.parts.iter().flat_map(|p| &p.closing.copied_to) {
        let inner = line.of(text);
        if inner.starts_with('主') {
            continue;
        }
        let Some(colon) = inner.find([':', '：']) else {
            continue;
        };
        let names = Span::new(line.start + colon, line.end);
        let names = Span::new(names.start + first_len(names.of(text)), names.end);
        let end = names.of(text).trim_end_matches(['。', '.']).len();
        out.extend(
            unit::split_names(text, Span::new(names.start, names.start + end))
                .into_iter()
                .map(|(_, n)| n),
        );
    }
    out
}

fn first_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline;

    fn of(list: &str) -> Vec<String> {
        let text = format!(
            "关于做好护林工作的通知\n{list}：\n为做好护林工作，现通知如下：\n一、巡山。\n二、防火。\n"
        );
        let outline = outline::read(&text);
        addressees(&text, &outline.parts[0])
    }

    #[test]
    fn divisions_that_share_their_last_character_and_the_organ_are_one_name() {
        assert_eq!(
            of("兴庆、金凤、西夏区教育局，市直各学校"),
            ["兴庆、金凤、西夏区教育局", "市直各学校"]
        );
        // whole names, and fields that are no divisions
        assert_eq!(of("兴庆区、西夏区教育局").len(), 2);
        assert_eq!(of("教育、公安、西夏区教育局").len(), 3);
        assert_eq!(of("教育局、公安局、开发区管委会").len(), 3);
    }

    #[test]
    fn the_foot_of_a_notice_may_name_whom_it_goes_to() {
        let text = "关于做好护林工作的通知\n一、巡山。\n二、防火。\n信息公开选项：主动公开\n主  送：各林场，县公安局。\n内部发送：防火科。\n甲县林业局办公室　2031年3月29日印发\n";
        let outline = outline::read(text);
        assert_eq!(addressees(text, &outline.parts[0]), ["各林场", "县公安局"]);
    }
}
