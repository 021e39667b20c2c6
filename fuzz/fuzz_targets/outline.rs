//! Lines of markers, of what parts of a notice look like and of scraps, so that the outline meets every order of them; it
//! loses nothing of the text, and what it says of sections holds together.
//! `cargo fuzz run outline -s none`

#![no_main]

#[path = "../../tests/it/leaves.rs"]
mod leaves;

use gongwen::outline;
use gongwen::outline::sequence::{DEEPEST, MOST_REMARKS};
use libfuzzer_sys::fuzz_target;

const SCRAPS: [&str; 96] = [
    "一、", "二、", "三、", "廿一、", "（一）", "（二）", "(三)", "（020）", "1.", "2、", "3．", "０１．", "（1）", "(2）", "2)",
    "①", "㉑", "㈠", "⑴", "⒈", "一是", "二是", "十一是", "第一，", "其一，", "第一章", "第二节", "第二条", "第三部分", "A.",
    "b)", "Ⅰ.", "6.5万元", "1.2024年", "一、二级", "附件：", "附件1", "附 件 2：", "附录", "附：", "\n", "\n", "\n\n", "\t",
    " ", "    ", "\u{3000}\u{3000}", "\u{200b}", "\u{feff}", "\u{a0}", "\u{2028}", "\r", "。", "；", "：", "，", "、", "《",
    "》", "“", "”", "（", "）", "【", "】", "巡河护河", "各乡镇：", "（责任单位：各镇）", "牵头单位：甲局", "联系人：周一",
    "电话：60000000", "抄送：县委办。", "此件公开发布", "（此件公开发布）", "2031年5月29日", "二○三一年五月廿九日", "2031.5.6",
    "印发", "甲县林业局", "关于", "护林方案", "的通知", "护林通知", "甲发〔2031〕28号", "第七号", "签发人：赵五", "机密★1年",
    "特急", "000123", "━━━━", "索引号：", "打印本页", "6月底前", "甲县人民政府文件", "各单位要加强组织领导，层层落实责任", "😀",
];

fuzz_target!(|bytes: &[u8]| {
    let text: String = bytes
        .iter()
        .map(|b| SCRAPS[usize::from(*b) % SCRAPS.len()])
        .collect();
    let faults = leaves::lost(&text);
    assert!(faults.is_empty(), "{faults:#?}\nin\n{text}");
    let outline = outline::read(&text);
    assert!(outline.diagnostics.len() <= MOST_REMARKS + 1);
    for (at, section) in outline.sections.iter().enumerate() {
        assert!((1..=DEEPEST).contains(&section.depth), "{section:?}");
        let part = &outline.parts[section.part];
        assert!(part.span.contains(section.span), "{section:?}\nin\n{text}");
        assert!(section.span.contains(section.marker.span), "{section:?}");
        if let Some(heading) = section.heading {
            assert!(section.span.contains(heading), "{section:?}\nin\n{text}");
        }
        match section.parent {
            Some(parent) => {
                let above = &outline.sections[parent];
                assert!(parent < at && above.depth < section.depth && above.has_children);
                assert!(above.span.contains(section.span), "{section:?}\nin\n{text}");
            }
            None => assert_eq!(section.depth, 1, "{section:?}\nin\n{text}"),
        }
    }
});
