//! Scraps of dates, labels, numbers and names in every order, with any characters between: the facts obey the laws.
//! `cargo fuzz run entities -s none`

#![no_main]

#[path = "../../tests/it/entity_laws.rs"]
mod entity_laws;

use libfuzzer_sys::fuzz_target;

/// What the readers of facts begin at, go on with and stop at.
const SCRAPS: [&str; 128] = [
    "2031年", "6月", "1日", "至", "—", "前", "底", "上旬", "第三季度", "上半年", "每", "每月", "每周", "每季度", "周五",
    "最后一个", "即日起", "今年", "次年", "为期", "个月", "6·16", "2031-06-01", "２０３１", "二〇三一", "十二月", "廿九",
    "两", "上午9:00", "（星期五）", "截至", "之前", "以来", "年底", "春节前", "31", "2月30日", "、", "，", "；", "。", "：",
    "\n", "\t", " ", "\u{3000}", "（", "）", "(", ")", "【", "】", "《", "》", "〈", "〉", "“", "”", "〔2031〕", "99号", "云应急",
    "第", "个", "次", "1", "0", "一", "三四", "百", "万", "余", "元", "人次", "不少于", "各", "责任单位", "牵头",
    "配合", "由", "负责", "按职责分工", "下同", "区教育局", "市应急管理局", "各镇", "和", "及", "等", "有关部门", "张三",
    "联系人：", "电话：", "0571-5550188", "13900000000", "转802", "/58", "@", "＠", "a.b-c", "163.com", "传真",
    "地址：", "12350", "举报", "QQ", "+86", "报", "处", "湖南", "湘潭市", "湘潭县", "吉林", "市", "县", "街道", "根据", "印发",
    "的通知", "以下简称", "方案", "安全生产月", "主题是", "活动", "GB/T 9704-2012", "é", "𠮷", "\u{200b}", "O",
];

fuzz_target!(|bytes: &[u8]| {
    let mut text = String::new();
    let mut rest = bytes;
    while let Some((first, more)) = rest.split_first() {
        rest = more;
        match first {
            ..128 => text.push_str(SCRAPS[usize::from(*first)]),
            // a character of the basic plane, most of them Han
            _ => {
                let (next, more) = rest.split_first().unwrap_or((&0, &[]));
                rest = more;
                let code = 0x3000 + (u32::from(*first & 0x7f) << 8 | u32::from(*next));
                text.extend(char::from_u32(code));
            }
        }
    }
    let faults = entity_laws::broken(&text);
    assert!(faults.is_empty(), "{faults:#?}\nin\n{text}");
});
