//! Tests of this module.

use super::*;

fn of(line: &str) -> Shape {
    shape(line, Span::new(0, line.len()))
}

#[test]
fn lines_have_their_shapes() {
    for (line, want) in [
        ("甲安办发〔2022〕28号", Shape::DocNumber),
        ("甲政办发 [2009] 3号  签发人：赵五", Shape::DocNumber),
        ("2022年第5号", Shape::DocNumber),
        ("甲政办发〔2009〕3号    特急", Shape::DocNumber),
        ("甲政办发〔2009〕3-1号", Shape::DocNumber),
        ("甲政办发〔2009〕3号　甲林发〔2009〕7号", Shape::DocNumber),
        ("甲政办发〔2009〕3号　内部资料 注意保存", Shape::DocNumber),
        ("甲政办发〔2009〕3号文件精神要传达到人", Shape::Text),
        ("签 发：周一", Shape::Header),
        ("２０２３年５月２９日", Shape::Date),
        ("二○一八年九月廿一日", Shape::Date),
        ("2031年元月3日", Shape::Date),
        ("2031年元旦3日", Shape::Text),
        ("2031年3月5号", Shape::Date),
        ("甲县乙小学 2031年3月5号", Shape::SignedDate),
        ("2031年第5号", Shape::DocNumber),
        ("2031年3月　 日", Shape::Date),
        ("二〇三一年三月日", Shape::Date),
        ("2031年3月×日", Shape::Date),
        ("甲县教育局  2031年3月  日", Shape::SignedDate),
        ("2031年  月  日", Shape::Text),
        ("年  月  日", Shape::Text),
        ("填报时间：2031年3月  日", Shape::Text),
        ("2031年3月以来的每日", Shape::Text),
        ("甲县教育局  2023年5月29日", Shape::SignedDate),
        ("甲县政府办公室 2020年3月24日印发", Shape::Printed),
        ("抄送：县委办公室，县人大常委会办公室。", Shape::CopyTo),
        ("（此件公开发布）", Shape::Bracketed),
        ("责任处室（单位）:社会事业处", Shape::Label),
        ("（牵头单位：甲局；配合单位：乙局）", Shape::Label),
        ("完成时限：6月底前", Shape::Label),
        ("（联系人：周一；联系电话：60000000）", Shape::Contact),
        ("索引号：AB-2023-001", Shape::Web),
        ("━━━━━━★━━━━━━", Shape::Web),
        ("二0二0年九月十五日", Shape::Date),
        ("2021.4.6", Shape::Date),
        ("2031年7月6日9时", Shape::Date),
        ("甲县防汛指挥部 2031年7月6日9时30分", Shape::SignedDate),
        ("会议时间：2031年7月6日9时", Shape::Text),
        ("甲县教育局 2021-04-06", Shape::SignedDate),
        ("甲县教育局 2023年5月29日 |", Shape::SignedDate),
        ("机密★1年", Shape::Header),
        ("特  急", Shape::Header),
        ("（一）加强领导（试行）", Shape::Marked),
        ("各乡镇人民政府：", Shape::Text),
        ("项目\t数量", Shape::TableRow),
    ] {
        assert_eq!(of(line), want, "{line}");
    }
}

#[test]
fn attachment_lines_tell_number_and_rest() {
    for (line, number, rest, colon) in [
        ("附件", None, "", false),
        ("附 件：1.任务清单", None, "1.任务清单", true),
        ("附件：1.任务清单", None, "1.任务清单", true),
        ("附件1", Some(1), "", false),
        ("附件 2：进展情况表", Some(2), "进展情况表", true),
        ("附件一：名单", Some(1), "名单", true),
        ("附件（请下载）：名单", None, "名单", true),
        ("附：名单", None, "名单", true),
    ] {
        let Shape::Attachment {
            number: n,
            rest: r,
            colon: c,
        } = of(line)
        else {
            panic!("{line} is no attachment line");
        };
        assert_eq!((n, &line[r as usize..], c), (number, rest, colon), "{line}");
    }
    assert_eq!(of("附件材料要齐全"), Shape::Text);
    assert_eq!(of("附件2和附件3见网站"), Shape::Text);
    assert_eq!(of("附件（表）要齐全"), Shape::Text);
}

#[test]
fn prose_has_no_special_shape() {
    for line in [
        "请于2023年5月29日前报送",
        "来源地不明的食品一律下架。",
        "时间紧任务重",
        "版本2.1.3",
        "编号2021-13-06",
        "根据甲发〔2022〕28号要求",
        "责任重于泰山。各单位：要重视",
    ] {
        assert_eq!(of(line), Shape::Text, "{line}");
    }
}
