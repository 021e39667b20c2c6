//! Blocks of our own, of every shape; people, numbers and addresses are invented.

use super::*;
use proptest::prelude::*;

/// Names, phones, faxes, e-mails of each block.
fn blocks(text: &str) -> Vec<[String; 4]> {
    find(text)
        .blocks
        .into_iter()
        .map(|b| {
            [
                b.names.join(" "),
                b.phones.join(" "),
                b.faxes.join(" "),
                b.emails.join(" "),
            ]
        })
        .collect()
}

fn only(text: &str) -> ContactBlock {
    let mut all = find(text).blocks;
    assert_eq!(all.len(), 1, "{text}: {all:?}");
    all.remove(0)
}

#[test]
fn offices_and_brackets_without_labels() {
    let names = |text: &str| {
        let all = find(text).blocks;
        let of = |list: fn(&ContactBlock) -> &Vec<String>| {
            all.iter()
                .flat_map(|b| list(b).clone())
                .collect::<Vec<_>>()
                .join(" ")
        };
        [of(|b| &b.names), of(|b| &b.phones), of(|b| &b.faxes)]
    };
    for (text, want) in [
        (
            "联系单位：县水利局防汛科，李雷，0871-5550101（带传真）；县气象局办公室，韩梅，0871-5550102；邮箱：a@b.example.cn。",
            ["李雷 韩梅", "0871-5550101 0871-5550102", "0871-5550101"],
        ),
        (
            "防汛科联系人李雷、韩梅，电话0871-5550101/5550102。",
            ["李雷 韩梅", "0871-5550101 0871-5550102", ""],
        ),
        (
            "报县防办（李雷，13900000123，传真0871-5550103）。",
            ["李雷", "13900000123", "0871-5550103"],
        ),
        (
            "联系人：李雷（0871-5550101）、韩梅（0871-5550102，传真）。",
            ["李雷 韩梅", "0871-5550101", "0871-5550102"],
        ),
        (
            "联系人：李　雷（业务）　电话：0871-5550101\n　　　　韩小梅（宣传）　电话：0871-5550102",
            ["李雷 韩小梅", "0871-5550101 0871-5550102", ""],
        ),
        (
            "发现险情，请与县防汛办联系：（0871）5550101。",
            ["", "(0871)5550101", ""],
        ),
        (
            "请将联络员姓名及电话发至县防办邮箱（fb@b.example.cn）。",
            ["", "", ""],
        ),
    ] {
        assert_eq!(names(text), want.map(str::to_owned), "{text}");
    }
}

#[test]
fn one_block_of_every_shape() {
    for (text, want) in [
        (
            "联系人：李雷、韩梅，电话：0871-5550101。",
            ["李雷 韩梅", "0871-5550101", "", ""],
        ),
        (
            "（联系人：李雷；联系电话：65550101；政务邮箱：ll@yl.gov.cn）",
            ["李雷", "65550101", "", "ll@yl.gov.cn"],
        ),
        (
            "联 系 人：李　雷　　电　　话：0871－5550101",
            ["李雷", "0871-5550101", "", ""],
        ),
        (
            "联系人：李 雷 韩小梅，电话：65550101",
            ["李雷 韩小梅", "65550101", "", ""],
        ),
        (
            "联系人李雷，电话65550101，邮箱ll＠yl．cn。",
            ["李雷", "65550101", "", "ll@yl.cn"],
        ),
        (
            "联系人：李雷 65550101，13800005555。",
            ["李雷", "65550101 13800005555", "", ""],
        ),
        (
            "联系人及电话：李雷 13800005555；韩梅 13900005555",
            ["李雷 韩梅", "13800005555 13900005555", "", ""],
        ),
        (
            "联系人：李雷13800005555、韩梅13900005555",
            ["李雷 韩梅", "13800005555 13900005555", "", ""],
        ),
        (
            "联系人：李雷（市应急局）、韩梅（市教育局），电话：65550101",
            ["李雷 韩梅", "65550101", "", ""],
        ),
        (
            "联系人：李雷科长，手机：138 0000 5555（微信同号）",
            ["李雷", "13800005555", "", ""],
        ),
        (
            "联系人：区安办李雷，电话（传真）：65550101",
            ["李雷", "65550101", "65550101", ""],
        ),
        (
            "联系人：李雷，电话/传真：65550101",
            ["李雷", "65550101", "65550101", ""],
        ),
        (
            "联系人：李雷，电话：0871-5550101（带传真）",
            ["李雷", "0871-5550101", "0871-5550101", ""],
        ),
        (
            "联系人：李雷，电话：65550101，65550102（传真）",
            ["李雷", "65550101", "65550102", ""],
        ),
        (
            "联系人：李雷，电话：0871-5550101/02",
            ["李雷", "0871-5550101 0871-5550102", "", ""],
        ),
        (
            "联系人：李雷，电话：（0871）65550101转802",
            ["李雷", "(0871)65550101转802", "", ""],
        ),
        (
            "联系人：阿不都·买买提，电话：0998-5550101",
            ["阿不都·买买提", "0998-5550101", "", ""],
        ),
        (
            "联系人\t李雷\t电话\t65550101\n",
            ["李雷", "65550101", "", ""],
        ),
        (
            "联系人：\n李雷\n联系电话：\n0871-5550101\n",
            ["李雷", "0871-5550101", "", ""],
        ),
        (
            "请发送至邮箱ll@yl.cn（联系人：李雷，电话：65550101）",
            ["李雷", "65550101", "", "ll@yl.cn"],
        ),
        (
            "材料传真至0871-5550101或发邮件至ll@yl.cn。",
            ["", "", "0871-5550101", "ll@yl.cn"],
        ),
        (
            "联系人：李雷，电话：65550101，请于6月5日前报送。",
            ["李雷", "65550101", "", ""],
        ),
        (
            "Tel：010-65550101-801 Fax：010-65550102 E-mail：L.Lei@yl.cn",
            ["", "010-65550101-801", "010-65550102", "L.Lei@yl.cn"],
        ),
        (
            "业务咨询：李雷，0871-5550101",
            ["李雷", "0871-5550101", "", ""],
        ),
        (
            "市住建局：李雷，电话：65550101",
            ["李雷", "65550101", "", ""],
        ),
        (
            "请联系李雷（电话：65550101）。",
            ["李雷", "65550101", "", ""],
        ),
        (
            "联系人：李雷 65550101\n        韩梅 65550102\n",
            ["李雷 韩梅", "65550101 65550102", "", ""],
        ),
    ] {
        assert_eq!(blocks(text), [want.map(ToString::to_string)], "{text}");
    }
}

#[test]
fn several_people_are_several_blocks() {
    let found =
        find("（食堂科联系人：李雷，电话：65550101；价格科联系人：韩梅，电 话：13800005555）。");
    let names: Vec<_> = found
        .blocks
        .iter()
        .map(|b| {
            (
                b.organization.as_deref(),
                b.names[0].as_str(),
                b.phones[0].as_str(),
            )
        })
        .collect();
    assert_eq!(
        names,
        [
            (Some("食堂科"), "李雷", "65550101"),
            (Some("价格科"), "韩梅", "13800005555")
        ]
    );
    assert_eq!(
        blocks("联系人：李雷，电话：1380000\n联系人：韩梅，电话：65550101").len(),
        2
    );
    assert_eq!(
        blocks("联系人：李雷（电话：65550101），韩梅（电话：65550102）").len(),
        2
    );
}

#[test]
fn the_office_named_with_them() {
    for (text, want) in [
        (
            "总结报局办公室（联系人：李雷，电话：65550101）",
            Some("局办公室"),
        ),
        (
            "活动统计表报送片区森防办（邮箱：ll@yl.cn），以便汇总",
            Some("片区森防办"),
        ),
        (
            "区卫健局公卫科联系人：李雷 电话：65550101",
            Some("区卫健局公卫科"),
        ),
        (
            "联系人：市应急管理局 李雷，电话：65550101",
            Some("市应急管理局"),
        ),
        (
            "联系处室：监管一处 联系人：李雷 电话：65550101",
            Some("监管一处"),
        ),
        ("市应急局：电话65550101", Some("市应急局")),
        ("联系人：李雷，电话：65550101", None),
    ] {
        assert_eq!(only(text).organization.as_deref(), want, "{text}");
    }
}

#[test]
fn a_block_at_the_end_with_all_its_facts() {
    let text = "    联 系 人：李 雷、韩小梅\n\n    电    话：0871-5550101\n    QQ邮箱：155500@qq.com\n    QQ：155500\n    \
                通信地址：云岭市滨河路88号2号楼（市政府院内）\n    邮    编：650000\n\n附件：1.方案\n";
    let block = only(text);
    assert_eq!(block.names, ["李雷", "韩小梅"]);
    assert_eq!(block.emails, ["155500@qq.com"]);
    assert_eq!(block.qq.as_deref(), Some("155500"));
    assert_eq!(
        block.address.as_deref(),
        Some("云岭市滨河路88号2号楼（市政府院内）")
    );
    assert_eq!(block.postcode.as_deref(), Some("650000"));
    let surface = block.span.of(text);
    assert!(surface.starts_with("联 系 人") && surface.ends_with("650000"));
    let inline = only("地址：云岭市滨河路88号（650000），联系人：李雷，电话：65550101");
    assert_eq!(inline.address.as_deref(), Some("云岭市滨河路88号"));
    assert_eq!(inline.postcode.as_deref(), Some("650000"));
}

#[test]
fn rows_of_a_table() {
    let text = "序号\t单位\t联系人\t联系电话\t备注\n1\t市应急局\t李 雷\t65550101\t\n2\t市教育局\t韩梅\t0871-5550102\t\n\n说明";
    let found = find(text).blocks;
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].organization.as_deref(), Some("市教育局"));
    assert_eq!(found[1].phones, ["0871-5550102"]);
    // the columns name nobody: who filled the table in, and when, is no row of it
    let offices = "科室\t联系电话\t传真\n农水股\t65550101\t\n填表人\t20310506\t\n";
    let found = find(offices).blocks;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].phones, ["65550101"]);
    assert!(
        find("序号\t姓名\t联系电话\n\n1\t\t\n2\t\t\n")
            .blocks
            .is_empty()
    );
}

#[test]
fn no_contacts() {
    for text in [
        "",
        "联系人：_________ 电话：____________",
        "联系人：            联系电话：        ",
        "联系人（签字）：        手机：      邮箱：",
        "姓名\n性别\n办公电话\n手机\n传真\nQQ号\n电子邮箱\n通信地址\n",
        "组  长：李雷 副区长\n副组长：韩梅 区应急局局长\n联络员：赵一",
        "通过上门或电话沟通等方式，做好传真报送，各单位确定1名联络员。",
        "掌握紧急联系人、结对志愿者等信息。紧急联系人：李雷",
        "每周拨打电话2次，2023-2025年共投入12350000元。",
        "举报电话：12350，投诉热线：0871-65550101，举报邮箱：jb@yl.cn",
        "经营地址、许可类别不得变更，活动地址：滨河公园",
        "关注微信公众号：云岭应急，网址：www.yl.cn",
    ] {
        assert!(
            find(text).blocks.is_empty(),
            "{text}: {:?}",
            find(text).blocks
        );
    }
}

#[test]
fn a_footnote_that_repeats_an_address_is_no_second_contact() {
    let text = "联系人：李雷，电话：65550101，邮箱：ll@yl.cn。\n\n附件\n注：请于5月30日前将此表发送至邮箱ll@yl.cn。";
    assert_eq!(only(text).names, ["李雷"]);
    let before = "请将回执发至ll@yl.cn。\n一、其他\n略。\n二、再略\n（联系人：李雷，电话：65550101，邮箱：LL@yl.cn）";
    assert_eq!(only(before).names, ["李雷"]);
}

#[test]
fn addresses_of_mailboxes() {
    let of =
        |text: &str| -> Vec<String> { email::emails(text).into_iter().map(|e| e.email).collect() };
    assert_eq!(of("邮箱：a_b.c@yl.cn。"), ["a_b.c@yl.cn"]);
    assert_eq!(of("Ａ1＠ｙｌ．ｃｎ"), ["A1@yl.cn"]);
    assert_eq!(of("x@y.cn、Z@mail.Y.com联系"), ["x@y.cn", "Z@mail.Y.com"]);
    for text in [
        "@李雷",
        "a@yl",
        "@yl.cn",
        "a@.cn",
        "a@1.2",
        "https://yl.cn/a#b",
        "3@5",
    ] {
        assert!(of(text).is_empty(), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in "[联系人电话传真邮箱地址：，；、（）()张三李 \t\n\u{3000}0-9@a.c+转/·局热线~＠２]{0,120}") {
        let found = find(&text);
        for b in &found.blocks {
            prop_assert!(text.get(b.span.start..b.span.end).is_some_and(|t| !t.is_empty()));
        }
        for h in &found.hotlines {
            prop_assert!(h.context.contains(h.span));
            prop_assert!(text.get(h.context.start..h.context.end).is_some());
        }
        let mut past = 0;
        for p in phone::phones(&text) {
            prop_assert!(p.span.start >= past);
            past = p.span.end;
            // the number's digits are those of the surface, less the country's code and an area's 0
            prop_assert!(!p.span.of(&text).is_empty());
        }
        for e in email::emails(&text) {
            prop_assert_eq!(e.span.of(&text).chars().count(), e.email.chars().count());
        }
    }
}

#[test]
fn lines_of_names_and_of_numbers() {
    let found = find(
        "联系人：赵一鸣\n　　　　何　苗\n联系电话：0871-5550101\n　　　　　13900005501\n安宁县水务局\n",
    );
    assert_eq!(found.blocks.len(), 1);
    assert_eq!(found.blocks[0].names, ["赵一鸣", "何苗"]);
    assert_eq!(found.blocks[0].phones, ["0871-5550101", "13900005501"]);
}

#[test]
fn who_stands_in_a_bracket_or_before_it() {
    let found = find("值班电话：0871-5550101（赵一鸣）");
    assert_eq!(found.blocks[0].names, ["赵一鸣"]);
    let found = find("值班电话：0871-5550101（白天）");
    assert!(found.blocks[0].names.is_empty());
    let found = find("请于7月12日前报镇党政办赵一鸣处（0871-5550101）。");
    assert_eq!(found.blocks[0].names, ["赵一鸣"]);
    assert_eq!(found.blocks[0].organization.as_deref(), Some("镇党政办"));
    assert_eq!(found.blocks[0].phones, ["0871-5550101"]);
    assert!(find("损坏12处（08715550101起）").blocks.is_empty());
}

#[test]
fn an_office_before_its_people() {
    let found = find("联系人：水利部农水司　赵一鸣、何苗；电话：010-55501010");
    assert_eq!(found.blocks[0].names, ["赵一鸣", "何苗"]);
    let found = find("联系人及电话：县科协　赵一鸣　0871-5550101；县水务局　何苗　0871-5550102");
    let names: Vec<_> = found.blocks.iter().flat_map(|b| b.names.clone()).collect();
    assert_eq!(names, ["赵一鸣", "何苗"]);
}

#[test]
fn where_to_write() {
    let found = find("意见可书面邮寄至：安宁县东风路18号县水务局（邮编650300），封面注明“塘坝”。");
    assert_eq!(
        found.blocks[0].address.as_deref(),
        Some("安宁县东风路18号县水务局")
    );
    assert!(find("样品送至检验中心，邮编650300。").blocks.is_empty());
    let found = find("书面邮寄，地址：安宁县东风路18号，邮政编码：650300。");
    assert_eq!(found.blocks[0].address.as_deref(), Some("安宁县东风路18号"));
    assert_eq!(found.blocks[0].postcode.as_deref(), Some("650300"));
    let found = find(
        "咨询电话：0871-5550101（工作日8:30—17:30）\n通信地址：安宁县东风路18号，邮政编码：650300\n",
    );
    assert_eq!(found.blocks.len(), 1);
    assert_eq!(found.blocks[0].phones, ["0871-5550101"]);
    assert_eq!(found.blocks[0].postcode.as_deref(), Some("650300"));
}

#[test]
fn floods_are_read() {
    for unit in [
        "联系人：",
        "电话：6555010",
        "（1",
        "a@b.cn",
        "地址：（）",
        "联系人\t电话\t单位\n",
        "张三、",
    ] {
        let _ = find(&unit.repeat(5_000));
    }
}

#[test]
fn people_listed_after_semicolons_are_contacts_of_their_own() {
    let found = find("联系人：赵一鸣（县商务局）0871-5550101/02；何苗（县公安局）13900005501。");
    let all: Vec<_> = found
        .blocks
        .iter()
        .map(|b| {
            (
                b.names[0].as_str(),
                b.organization.as_deref(),
                b.phones.len(),
            )
        })
        .collect();
    assert_eq!(
        all,
        [
            ("赵一鸣", Some("县商务局"), 2),
            ("何苗", Some("县公安局"), 1)
        ]
    );
    assert!(found.blocks[0].span.end <= found.blocks[1].span.start);
    let block = only("镇文化站联系人：赵一鸣 5550101；何苗 5550102，邮箱：hm@yl.cn");
    assert_eq!(block.organization.as_deref(), Some("镇文化站"));
    assert_eq!(block.names, ["赵一鸣", "何苗"]);
    assert_eq!(block.phones, ["5550101", "5550102"]);
    assert_eq!(block.emails, ["hm@yl.cn"]);
}

#[test]
fn people_listed_below_their_label_are_contacts_of_their_own() {
    let text = "联系人及电话：\n安宁县水务局农水股 赵一鸣 0871-5550101、5550109（传真）\n\
                安宁县财政局农业股 何苗 0871-5550102\n\n安宁县水务局\n";
    let found = find(text);
    let all: Vec<_> = found
        .blocks
        .iter()
        .map(|b| {
            (
                b.names[0].as_str(),
                b.organization.as_deref(),
                b.faxes.len(),
            )
        })
        .collect();
    assert_eq!(
        all,
        [
            ("赵一鸣", Some("安宁县水务局农水股"), 1),
            ("何苗", Some("安宁县财政局农业股"), 0)
        ]
    );
    assert_eq!(found.blocks[0].phones, ["0871-5550101"]);
}

#[test]
fn the_office_may_stand_in_a_bracket_after_the_name() {
    let block = only("联系人 何苗（县教育局体卫艺股），电话 0871-5550101");
    assert_eq!(block.organization.as_deref(), Some("县教育局体卫艺股"));
    let block = only("联系人：何苗（女），电话：0871-5550101");
    assert_eq!(block.organization, None);
    let block = only("联系人何苗，短号65501。");
    assert_eq!(
        (block.names, block.phones),
        (vec!["何苗".to_owned()], vec!["65501".to_owned()])
    );
}

#[test]
fn a_fax_of_the_same_number_is_both() {
    let block = only("值班电话：0871-5550101，传真同号");
    assert_eq!(block.phones, ["0871-5550101"]);
    assert_eq!(block.faxes, ["0871-5550101"]);
    let block = only("值班电话：0871-5550101（传真同号）");
    assert_eq!(block.faxes, ["0871-5550101"]);
}

#[test]
fn a_local_number_beside_a_hotline_is_for_the_public_too() {
    let found = find("发现盗采请拨打12336或者0871-5550101，也可到村委会反映。");
    let numbers: Vec<&str> = found.hotlines.iter().map(|h| h.number.as_str()).collect();
    assert_eq!(numbers, ["12336", "0871-5550101"]);
    assert!(found.blocks.is_empty());
    assert_eq!(find("登记12336户、0871号文件").hotlines, []);
}

#[test]
fn offices_are_told_from_the_verbs_before_them() {
    for (text, want) in [
        (
            "请立即报告县水利局（值班电话：65550101）。",
            Some("县水利局"),
        ),
        ("可报警，或拨打县河长办电话0571-5550101。", Some("县河长办")),
        ("联系人：李雷 5550101（办）13955500101", None),
    ] {
        assert_eq!(only(text).organization.as_deref(), want, "{text}");
    }
}

#[test]
fn each_of_several_has_the_office_and_the_number_beside_it() {
    let told = |text: &str| -> Vec<(Option<String>, Vec<String>)> {
        let blocks = find(text).blocks.into_iter();
        blocks.map(|b| (b.organization, b.phones)).collect()
    };
    let one = |office: &str, phone: &str| (Some(office.to_owned()), vec![phone.to_owned()]);
    assert_eq!(
        told("李雷（县水利局），电话：0571-5550101；韩梅（县林业局），电话：0571-5550102"),
        [
            one("县水利局", "0571-5550101"),
            one("县林业局", "0571-5550102")
        ]
    );
    assert_eq!(
        told("总值班室电话：55501010；保卫处：55501011（24小时）；校医院：55501012"),
        [
            one("总值班室", "55501010"),
            one("保卫处", "55501011"),
            one("校医院", "55501012")
        ]
    );
}

#[test]
fn a_blank_ends_an_address_but_for_the_last_of_its_domain() {
    let read =
        |text: &str| -> Vec<String> { email::emails(text).into_iter().map(|e| e.email).collect() };
    assert_eq!(read("a1@b.com com"), ["a1@b.com"]);
    assert_eq!(read("a1@b.com. See c2@d.cn"), ["a1@b.com", "c2@d.cn"]);
    assert_eq!(read("a1 @ b"), [""; 0]);
    assert_eq!(read("邮箱：a1 @ 163. com"), ["a1@163.com"]);
}
