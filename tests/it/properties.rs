//! Whatever is done to a notice, there is a record, and it obeys the laws.

use crate::corpus::{notice_of, texts};
use crate::entity_laws;
use crate::invariants::broken;
use crate::leaves::lost;
use gongwen::entity::date::DateContext;
use gongwen::entity::{campaign, citation, contact, date, quantity, region, unit};
use gongwen::record;
use gongwen::span::Span;
use proptest::prelude::*;
use proptest::sample::Index;
use std::sync::LazyLock;

/// The lines of each notice of the corpus.
static NOTICES: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let lines = |bytes: &[u8]| {
        let text = notice_of(bytes, "a.txt").text;
        text.lines().map(str::to_owned).collect()
    };
    texts().iter().map(|(_, bytes)| lines(bytes)).collect()
});

/// What disturbs a reader of structure, entities or brackets.
const SCRAPS: &[&str] = &[
    "一、",
    "（一）",
    "(二)",
    "2、",
    "3.",
    "（4）",
    "①",
    "一是",
    "十一是",
    "第三章",
    "第五条",
    "其一，",
    "A.",
    "第一章第一条",
    "（",
    "）",
    "(",
    "《",
    "》",
    "〔",
    "〕",
    "“",
    "”",
    "【",
    "】",
    "：",
    "、",
    "；",
    "。",
    "\t",
    "\u{3000}",
    "\u{feff}",
    "\u{200b}",
    "\r",
    "\n",
    "\n\n",
    "é\u{301}",
    "𠮷",
    "👩‍🌾",
    "附件：",
    "附件1",
    "附件：1.表",
    "抄送：",
    "联系人：",
    "联系电话：0000-1234567",
    "a@b.example",
    "责任单位：",
    "（责任单位：各镇）",
    "牵头单位：甲局；配合单位：乙局、丙局",
    "各级党委、政府",
    "2031年6月1日至30日",
    "6月底前",
    "2月30日",
    "13月1日",
    "每季度末月28日前",
    "即日起至",
    "去年",
    "6·16",
    "９９９９９９９９９９年",
    "现将《护河方案》印发给你们",
    "〔2031〕99号",
    "（此件主动公开）",
    "第4294967296个",
    "6.5万元",
    "3+1",
];

#[derive(Clone, Debug)]
enum Edit {
    Delete(Index),
    Repeat(Index),
    Swap(Index, Index),
    Join(Index),
    Insert(Index, Index, &'static str),
    Run(Index, Index, &'static str, usize),
    Any(Index, String),
    CutHere(Index, Index),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let at = any::<Index>;
    let scrap = || prop::sample::select(SCRAPS);
    let edit = prop_oneof![
        at().prop_map(Edit::Delete),
        at().prop_map(Edit::Repeat),
        (at(), at()).prop_map(|(a, b)| Edit::Swap(a, b)),
        at().prop_map(Edit::Join),
        (at(), at(), scrap()).prop_map(|(l, c, s)| Edit::Insert(l, c, s)),
        (at(), at(), scrap(), 2usize..300).prop_map(|(l, c, s, n)| Edit::Run(l, c, s, n)),
        (at(), "\\PC{0,40}").prop_map(|(l, s)| Edit::Any(l, s)),
        (at(), at()).prop_map(|(l, c)| Edit::CutHere(l, c)),
    ];
    prop::collection::vec(edit, 1..12)
}

fn edited(mut lines: Vec<String>, edits: &[Edit]) -> String {
    for edit in edits {
        if lines.is_empty() {
            lines.push(String::new());
        }
        let n = lines.len();
        let insert = |line: &mut String, at: &Index, scrap: &str| {
            let ends: Vec<usize> = line
                .char_indices()
                .map(|(i, _)| i)
                .chain([line.len()])
                .collect();
            line.insert_str(ends[at.index(ends.len())], scrap);
        };
        match edit {
            Edit::Delete(at) => drop(lines.remove(at.index(n))),
            Edit::Repeat(at) => {
                let at = at.index(n);
                lines.insert(at, lines[at].clone());
            }
            Edit::Swap(a, b) => lines.swap(a.index(n), b.index(n)),
            Edit::Join(at) => {
                let at = at.index(n);
                if at + 1 < n {
                    let next = lines.remove(at + 1);
                    lines[at].push_str(&next);
                }
            }
            Edit::Insert(line, at, scrap) => insert(&mut lines[line.index(n)], at, scrap),
            Edit::Run(line, at, scrap, times) => {
                insert(&mut lines[line.index(n)], at, &scrap.repeat(*times));
            }
            Edit::Any(line, text) => lines.insert(line.index(n), text.clone()),
            Edit::CutHere(line, at) => {
                lines.truncate(line.index(n) + 1);
                if let Some(last) = lines.last_mut() {
                    let ends: Vec<usize> = last
                        .char_indices()
                        .map(|(i, _)| i)
                        .chain([last.len()])
                        .collect();
                    last.truncate(ends[at.index(ends.len())]);
                }
            }
        }
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mutilated_notice_is_still_read(which in any::<Index>(), edits in edits()) {
        let lines = NOTICES.get(which.index(NOTICES.len().max(1))).cloned().unwrap_or_default();
        let text = edited(lines, &edits);
        sound(&text);
    }

    #[test]
    fn scraps_alone_are_read(scraps in prop::collection::vec(prop::sample::select(SCRAPS), 0..60)) {
        sound(&scraps.concat());
    }

    #[test]
    fn any_text_is_read(text in "[\\PC\n\t\r]{0,200}") {
        sound(&text);
    }

    #[test]
    fn facts_of_scraps_obey_their_laws(scraps in prop::collection::vec(prop::sample::select(SCRAPS), 0..60)) {
        let faults = entity_laws::broken(&scraps.concat());
        prop_assert!(faults.is_empty(), "{:#?}", faults);
    }
}

/// As below, of facts: what one reader of them begins at, a hundred thousand times. No more is found than there is text.
#[test]
fn facts_of_what_is_built_to_be_slow_are_read() {
    let units = [
        "1",
        "一二三四五六七",
        "2031年6月1日、",
        "6月1日至",
        "每周一、",
        "（",
        "责任单位：",
        "（责任单位：",
        "区教育局和",
        "由区教育局牵头，",
        "等",
        "区教育局、\n",
        "联系人：张三，电话：0000-5550188；",
        "a@",
        "0000-5550188/58、",
        "拨打12350，",
        "《甲",
        "（以下简称《通知》）",
        "（甲乙丙〔2031〕",
        "湖南湘潭市湘潭县",
        "至少1至2次",
        "主题“甲",
        "姓名\t电话\t单位\n",
    ];
    for unit in units {
        let text = unit.repeat(300_000 / unit.len());
        let whole = Span::new(0, text.len());
        let dates = date::find(&text, &DateContext::default()).len();
        let units = unit::find(&text, whole).len() + usize::from(unit::has_label(&text, whole));
        let contacts = contact::find(&text).blocks.len();
        let titles = citation::find(&text).len();
        let others = quantity::find(&text, whole).len() + region::find(&text).len();
        let campaign = usize::from(campaign::find("关于开展活动的通知", &text).is_some());
        let found = dates + units + contacts + titles + others + campaign;
        assert!(found <= text.len(), "{unit}: {found} facts");
    }
}

/// The law's own limit on time is that these end: each is quadratic for a careless reader.
#[test]
fn what_is_built_to_be_slow_is_read() {
    let long = [
        "一、".repeat(20_000),
        "一、\n".repeat(20_000),
        "（".repeat(50_000),
        "《".repeat(50_000),
        "“".repeat(50_000),
        "一二三四五六七".repeat(8_000),
        "1".repeat(60_000),
        "2031年6月1日至".repeat(4_000),
        "（责任单位：".repeat(6_000),
        "各级、".repeat(12_000),
        "\n".repeat(60_000),
        "\u{3000}".repeat(40_000),
        "附件：1.".repeat(8_000),
        "联系人：".repeat(8_000),
        (1..5_000u32).map(|n| format!("{n}.甲\n")).collect(),
    ];
    for text in long {
        sound(&text);
    }
}

fn sound(text: &str) {
    let notice = notice_of(text.as_bytes(), "a.txt");
    let mut faults = broken(&notice);
    faults.extend(lost(&notice.text));
    for remark in record::check(&notice) {
        let inside = notice.text.get(remark.span.start..remark.span.end);
        faults.extend(
            inside
                .is_none()
                .then(|| format!("{remark:?} points nowhere")),
        );
    }
    assert!(
        faults.is_empty(),
        "{:#?}\nin\n{text:.600}",
        &faults[..faults.len().min(5)]
    );
    assert!(
        notice == notice_of(text.as_bytes(), "a.txt"),
        "the same bytes, the same record"
    );
}
