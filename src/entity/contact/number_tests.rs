//! Telephone numbers and hotlines of every shape, and figures that are none.

use super::*;

#[test]
fn hotlines_stand_aside() {
    let text = "发挥“12350”举报电话和12345政务服务热线作用，火警请拨打119。举报电话：0871-65550101、400-555-0101。\
                “119”消防宣传月活动发放手册12000份，投入12350元，共12345人。";
    let found = find(text);
    let numbers: Vec<&str> = found.hotlines.iter().map(|h| h.number.as_str()).collect();
    assert_eq!(
        numbers,
        ["12350", "12345", "119", "0871-65550101", "400-555-0101"]
    );
    assert!(found.blocks.is_empty());
    assert_eq!(found.hotlines[2].context.of(text), "火警请拨打119");
}

#[test]
fn service_numbers_of_another_place_and_of_the_emergencies() {
    for (text, want) in [
        ("投诉电话:0571-12369", &["0571-12369"][..]),
        (
            "可拨打0571-12345或0571-96345咨询。",
            &["0571-12345", "0571-96345"],
        ),
        ("火警119，急救120，报警110。", &["119", "120", "110"]),
        ("急救120人，编号0571-12345A，第0101-12001号", &[]),
    ] {
        let found = find(text).hotlines;
        let numbers: Vec<&str> = found.iter().map(|h| h.number.as_str()).collect();
        assert_eq!(numbers, want, "{text}");
    }
    assert_eq!(numbers("请拨打0571-12345"), ["0571-12345"]);
}

fn numbers(text: &str) -> Vec<String> {
    phone::phones(text).into_iter().map(|p| p.number).collect()
}

#[test]
fn telephone_numbers() {
    for (text, want) in [
        ("+86 27 5908 1185", "027-59081185"),
        ("+86 (0)27 59081185", "027-59081185"),
        ("0086-138-0000-5555", "13800005555"),
        ("(+86)13800005555", "13800005555"),
        ("8613800005555", "13800005555"),
        ("86-13800005555", "13800005555"),
        ("１３８０００05555", "13800005555"),
        ("1380 000 5555", "13800005555"),
        ("小李xg13800005555", "13800005555"),
        ("李雷,13800005555,云岭市", "13800005555"),
        ("020-5555-0101", "020-55550101"),
        ("020 55550101", "020-55550101"),
        ("（0871）6555 0101", "0871-65550101"),
        ("02055550101", "020-55550101"),
        ("087165550101", "0871-65550101"),
        ("0871—5550101转8", "0871-5550101#8"),
        ("0871-65550101-8012", "0871-65550101#8012"),
        ("010-65550101 转分机 12", "010-65550101#12"),
        ("400-555-0101", "4005550101"),
        ("0571/55501012", "0571-55501012"),
        ("客服95598", "95598"),
        ("电话是65550101", "65550101"),
        ("座机：6555 0101", "65550101"),
    ] {
        assert_eq!(numbers(text), [want], "{text}");
    }
    assert_eq!(
        numbers("电话：0871-5550101/02、5550103"),
        ["0871-5550101", "0871-5550102", "5550103"]
    );
    let kinds: Vec<_> = phone::phones("13800005555 010-65550101 拨打12345")
        .into_iter()
        .map(|p| p.kind)
        .collect();
    use phone::PhoneKind::{Hotline, Landline, Mobile};
    assert_eq!(kinds, [Mobile, Landline, Hotline]);
}

#[test]
fn no_telephone_numbers() {
    for text in [
        "112-3333",
        "323456",
        "12345678901234567",
        "110101199001011234",
        "91310000MA1FL0CD5X",
        "P0-001-000016155-9",
        "45*31-339243873",
        "0.000000012",
        "16-04-2010",
        "2023-06-01至2023-06-30，2023-2025年",
        "云安办发〔2022〕28号",
        "QQ：381234567，QQ群号：38123456",
        "192.168.0.1",
        "978-7-115-55501-6",
        "6222 0212 3456 7890 123",
        "编号A13800005555，金额13800005555元，￥13800005555",
        "20230501，12345678，共12350元",
        "a13800005555@yl.cn",
        "湖滨路1799号，4/5G，3+1，第22个，7项",
    ] {
        assert!(numbers(text).is_empty(), "{text}: {:?}", numbers(text));
    }
}

#[test]
fn a_service_number_alone_in_a_list_of_numbers_is_one_too() {
    assert_eq!(
        numbers("热线：400 555 0101；96119"),
        ["4005550101", "96119"]
    );
    assert_eq!(
        phone::phones("400-555-0101")[0].kind,
        phone::PhoneKind::Hotline
    );
    for text in ["共发放手册8000；96119", "编号：12350，96119", "电话；96119"] {
        let found = phone::phones(text);
        assert!(!found.iter().any(|p| p.number == "96119"), "{text}");
    }
}
