//! Tests of this module.

use super::*;

fn at(line: &str) -> Option<(Style, u32, &str, bool)> {
    let m = read(line, Span::new(0, line.len()))?;
    Some((m.style, m.ordinal, m.span.of(line), m.weak))
}

#[test]
fn every_style_is_read() {
    use Style::*;
    for (line, style, n, marker) in [
        ("一、总体思路", HanDot, 1, "一、"),
        ("二十一、附则", HanDot, 21, "二十一、"),
        ("廿一、附则", HanDot, 21, "廿一、"),
        ("(一）加强领导", HanParen, 1, "(一）"),
        ("（ 十二 ）加强领导", HanParen, 12, "（ 十二 ）"),
        ("（2） 加大力度", ArabicParen, 2, "（2）"),
        ("1.场地选择。", ArabicDot, 1, "1."),
        ("１．场地", ArabicDot, 1, "１．"),
        ("1﹒场地", ArabicDot, 1, "1﹒"),
        ("一﹑场地", HanDot, 1, "一﹑"),
        ("2、 主要活动", ArabicDot, 2, "2、"),
        ("1.2024年8月底前，", ArabicDot, 1, "1."),
        ("1.2024 年以来的巡山记录", ArabicDot, 1, "1."),
        ("2.2031—2033年林木采伐表", ArabicDot, 2, "2."),
        ("2.2031 - 2033 年林木采伐表", ArabicDot, 2, "2."),
        ("3)其他", ArabicHalf, 3, "3)"),
        ("⑫其他", Circled, 12, "⑫"),
        ("十一是开展演练", HanIs, 11, "十一是"),
        ("一是加强巡山，备足工具；二是报告火情。", HanIs, 1, "一是"),
        ("一是巡山，二是防火。各场照办。", HanIs, 1, "一是"),
        ("㈠集中清理", HanParen, 1, "㈠"),
        ("⑶其他", ArabicParen, 3, "⑶"),
        ("⒉其他", ArabicDot, 2, "⒉"),
        ("第一，提高认识", HanFirst, 1, "第一，"),
        ("其二，落实责任", HanAmong, 2, "其二，"),
        ("第十二章 附则", Chapter, 12, "第十二章"),
        ("第二篇  林业强县", Division, 2, "第二篇"),
        ("第一百零三条 本办法", Article, 103, "第一百零三条"),
        ("第 3 节 监督", Section, 3, "第 3 节"),
        ("Ⅳ.应急响应", Roman, 4, "Ⅳ."),
    ] {
        assert_eq!(at(line), Some((style, n, marker, false)), "{line}");
    }
}

#[test]
fn numbers_are_no_markers() {
    for line in [
        "6.5万元用于宣传",
        "3.15",
        "3.15”晚会",
        "2023.6.1起",
        "1.2024",
        "1.2031—2.4031米",
        "6.5 万元用于宣传",
        "11.5.14.2的试验",
        "1.5米以上",
        "1.5—2米的标牌",
        "12350举报热线",
        "第三方机构",
        "第一责任人",
        "第五条所称单位",
        "第一篇报道登在县报",
        "第二条、第三条",
        "（试行）",
        "（2023）",
        "一方面",
        "一年一度",
        "一是加强巡山，二是备足工具，三是报告火情。",
        "（020）60000000",
        "(0755)60000000",
        "0733.",
        "30日前",
        "A级景区",
        "三 年 级",
        "十 月 份 安 排 表",
        "4/5G基站",
        "3+1工作",
        "1:10万地形图",
        "1.6:1的比例",
    ] {
        assert_eq!(at(line), None, "{line}");
    }
}

#[test]
fn doubtful_readings_are_weak() {
    for line in [
        "一、二级公路养护",
        "1、2号楼改造",
        "1.5G基站建设",
        "2.10—11月：集中清运",
        "2.10 月底前清运完毕",
        "A.推荐表",
        "一　指导思想：",
        "一、二月份",
        "八、九月份",
        "1.6:10起床",
    ] {
        assert!(at(line).is_some_and(|m| m.3), "{line}");
    }
    // a month that does not follow upon the number is no second of a pair
    for line in ["一、九月份", "三、十一月份"] {
        assert!(at(line).is_some_and(|m| !m.3), "{line}");
    }
}

#[test]
fn plain_figures_are_read_as_any_others() {
    let of = |line: &str| {
        let marker = super::read(line, Span::new(0, line.len()))?;
        Some((marker.style, marker.ordinal, marker.form, marker.weak))
    };
    for n in [
        "1", "9", "10", "999", "0", "00", "01", "012", "1000", "0733",
    ] {
        assert_eq!(of(&format!("{n}.林")), of(&format!("{n}．林")), "{n}");
    }
    let want = Some((Style::ArabicDot, 12, Form::Bare, false));
    assert_eq!(of("12.林"), want);
    assert_eq!(of("1000.林"), None);
}
