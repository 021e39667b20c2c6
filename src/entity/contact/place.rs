//! Where the office is that answers: 县水利局农水股，滨河路8号水利大厦302室，电话：….

use super::block::Block;
use super::bracket::han_before;
use super::field;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;
use crate::text::fold::joined;
use crate::text::words::words;

/// An address has so many characters at most.
const LONGEST: usize = 45;

impl Block {
    /// Takes the address that stands as a clause of its own before the first label, and the office before that.
    pub(super) fn place_before(&mut self, text: &str) {
        let before = text[..self.found.span.start].trim_end_matches(|c| c != '\n' && is_blank(c));
        // 咨询电话: the first word is none of the label
        let before = words!["咨询", "报名", "受理", "预约", "业务咨询", "服务", "办公"]
            .strip_end(before)
            .unwrap_or(before);
        let Some(before) = before.strip_suffix(['，', ',']) else {
            return;
        };
        let clause = before
            .char_indices()
            .rev()
            .take(LONGEST)
            .find(|(_, c)| matches!(fold(*c), '\n' | ',' | '。' | ';' | ':' | '(' | ')'));
        let from = match clause {
            // 寄送至：滨河路8号: to whom something is sent
            Some((_, '：' | ':')) => return,
            Some((at, sign)) => at + sign.len_utf8(),
            None if before.chars().take(LONGEST).count() < LONGEST => 0,
            None => return,
        };
        let place = before[from..].trim_matches(is_blank);
        if !is_place(place) {
            return;
        }
        self.found.address = Some(joined(place));
        self.found.span.start = before.len() - before[from..].trim_start_matches(is_blank).len();
        // 县水利局农水股，滨河路8号
        let Some(head) = before[..from].strip_suffix(['，', ',']) else {
            return;
        };
        let office = han_before(head);
        // 材料送县水利局，滨河路8号
        let sign = head[..head.len() - office.len()].chars().next_back();
        let office = field::office_behind(sign, office).filter(|o| o.chars().nth(2).is_some());
        if let Some(office) = office.filter(|_| self.found.organization.is_none()) {
            self.found.span.start = head.len() - office.len();
            self.found.organization = Some(office);
        }
    }
}

/// Whether the words are a place and nothing else: a road, and a house or a room at their end.
fn is_place(words: &str) -> bool {
    let house = [
        "室", "楼", "号", "厅", "栋", "幢", "座", "大厦", "大楼", "号院", "层",
    ];
    let road = |c: char| matches!(c, '路' | '街' | '道' | '巷' | '弄' | '村' | '镇');
    let other = [
        "请", "到", "在", "由", "将", "可", "的", "于", "前往", "报", "交", "送", "按", "为",
    ];
    words.chars().nth(5).is_some()
        && words
            .chars()
            .all(|c| is_han(c) || fold(c).is_ascii_alphanumeric() || matches!(c, '-' | '—'))
        && house.iter().any(|end| words.ends_with(end))
        && words.contains(road)
        && !other.iter().any(|w| words.contains(w))
}

#[cfg(test)]
mod tests {
    use crate::entity::contact::find;

    fn told(text: &str) -> Vec<(String, String)> {
        let blocks = find(text).blocks.into_iter();
        blocks
            .map(|b| {
                (
                    b.organization.unwrap_or_default(),
                    b.address.unwrap_or_default(),
                )
            })
            .collect()
    }

    #[test]
    fn a_place_before_a_number() {
        let of = |office: &str, place: &str| vec![(office.to_owned(), place.to_owned())];
        for (text, want) in [
            (
                "2.水利人才。甲县水利局农水股，甲县滨河路8号水利大厦302室，咨询电话：0571-55501021。",
                of("甲县水利局农水股", "甲县滨河路8号水利大厦302室"),
            ),
            (
                "会议地点：甲县宾馆（甲县滨河路8号，电话：0571-55501021）",
                of("甲县宾馆", "甲县滨河路8号"),
            ),
            (
                "材料纸质版送县水利局，滨河路8号水利大厦302室，电话：55501021",
                of("县水利局", "滨河路8号水利大厦302室"),
            ),
            (
                "滨河大道税务大楼，电话 55501021。",
                of("", "滨河大道税务大楼"),
            ),
            ("请到滨河路8号，电话：55501021", of("", "")),
            ("县水利局，电话：55501021", of("县水利局", "")),
            ("经研究，文号为第8号，电话：55501021", of("", "")),
        ] {
            assert_eq!(told(text), want, "{text}");
        }
    }
}
