//! Rich text as Word, WPS, WordPad and programs of offices write it.

use super::read;
use crate::diagnostic::Code;
use crate::source::Limits;
use crate::source::LineKind;
use crate::source::ReadText;
use encoding_rs::{BIG5, GB18030};
use proptest::prelude::*;
use std::fmt::Write as _;

fn read_rtf(body: &str) -> ReadText {
    let rtf = format!(
        "{{\\rtf1\\ansi\\ansicpg936\\uc2\\deff0{{\\fonttbl{{\\f0\\froman\\fcharset0 Times New Roman;}}\
         {{\\f1\\fnil\\fcharset134 {song};}}{{\\f2\\fcharset136 MingLiU;}}{{\\f3\\ftech\\fcharset2 Wingdings;}}\
         {{\\f4\\fcharset2 Symbol;}}}}{{\\colortbl;\\red0\\green0\\blue0;}}\
         {{\\stylesheet{{\\s0 Normal;}}{{\\s2\\qc heading 2;}}{{\\s3\\outlinelevel0 {own};}}}}\
         {{\\info{{\\title {own}}}}}{body}}}",
        song = gbk("宋体"),
        own = gbk("公文标题"),
    );
    read(rtf.as_bytes(), &Limits::default()).expect("rich text is always read")
}

fn text(body: &str) -> String {
    read_rtf(body).text
}

/// Each byte above ASCII as `\'hh`.
fn escaped(bytes: &[u8]) -> String {
    let mut out = String::new();
    for byte in bytes {
        match byte {
            0x80.. | b'{' | b'}' | b'\\' => {
                write!(out, "\\'{byte:02x}").expect("a string takes it")
            }
            byte => out.push(char::from(*byte)),
        }
    }
    out
}

fn gbk(text: &str) -> String {
    escaped(&GB18030.encode(text).0)
}

#[test]
fn bytes_are_read_by_font_or_code_page() {
    let big5 = escaped(&BIG5.encode("為民服務").0);
    assert_eq!(text(&format!("\\f1 {}", gbk("抗旱保苗"))), "抗旱保苗\n");
    assert_eq!(text(&format!("\\f2 {big5}")), "為民服務\n");
    // A Western font over Chinese text, and over Western.
    assert_eq!(text(&format!("\\f0 {}", gbk("抗旱保苗"))), "抗旱保苗\n");
    assert_eq!(text("\\f0 \\'93ab\\'94"), "“ab”\n");
    assert_eq!(text(&format!("\\f77 {}", gbk("抗旱"))), "抗旱\n");
    assert_eq!(text("\\f3 \\'a8\\'fe\\f0  x"), "□☑ x\n");
}

#[test]
fn halves_of_a_character_meet_across_runs() {
    assert_eq!(text("{\\f1 \\'b9}{\\b\\f1 \\'ab\\'ce}\\f1 \\'c4"), "公文\n");
    // 丂 and 亐 have second bytes that are ASCII.
    assert_eq!(text("\\f1 \\'81@\\'81\\'50 1"), "丂丳 1\n");
}

#[test]
fn unicode_goes_before_what_stands_for_it() {
    assert_eq!(text("\\u20844\\'b9\\'ab\\u25991\\'ce\\'c4."), "公文.\n");
    assert_eq!(text("\\uc1\\u-25699?\\u20065?\\~x"), "\u{9b9d}乡\u{a0}x\n");
    assert_eq!(
        text("{\\uc0\\u20844\\u25991 }{\\u20844\\'b9\\'ab}"),
        "公文公\n"
    );
    assert_eq!(text("\\uc1\\u-10178?\\u-8265?\\u-10178?x"), "\u{1fbb7}x\n");
    assert_eq!(text("{\\upr{ab}{\\*\\ud{\\uc0\\u20844 }}}b"), "公b\n");
}

#[test]
fn marks_of_typography_are_characters() {
    assert_eq!(
        text("\\lquote a\\rquote\\ldblquote b\\rdblquote\\emdash\\bullet c\\~d\\_e\\-f\\{g\\}\\\\"),
        "‘a’“b”—•c\u{a0}d-ef{g}\\\n"
    );
    assert_eq!(text("a\\tab b\\line c\\par\\par d"), "a b\nc\n\nd\n");
    assert_eq!(text("a\\page b\\par\\page c"), "a\nb\nc\n");
}

#[test]
fn what_is_hidden_or_deleted_is_gone() {
    assert_eq!(
        text("a{\\v b}c{\\deleted d}\\v e\\v0 f{\\v\\par}g"),
        "acfg\n"
    );
    assert_eq!(text("a\\v b\\plain c{\\revised d}"), "acd\n");
    assert_eq!(
        text("{\\header h\\par}{\\footerf f}a{\\*\\unknown u}{\\pict 00ff}{\\*\\bkmkstart b}b"),
        "ab\n"
    );
    assert_eq!(text("a{\\pict\\bin5 {{{{{}b"), "ab\n");
}

#[test]
fn fields_show_their_results() {
    assert_eq!(
        text("a{\\field{\\*\\fldinst HYPERLINK \"http://x\"}{\\fldrslt{\\ul b}}}c"),
        "abc\n"
    );
    let ring = gbk("EQ \\o\\ac(○,3)");
    assert_eq!(
        text(&format!(
            "{{\\field{{\\*\\fldinst {{\\f1 {ring}}}}}{{\\fldrslt}}}}x"
        )),
        "③x\n"
    );
    assert_eq!(text("{\\field{\\*\\fldinst PAGE}{\\fldrslt}}a"), "a\n");
}

#[test]
fn numbers_that_the_file_writes_are_kept() {
    let one = format!("{{\\listtext\\pard\\plain\\f1 {}\\tab}}", gbk("一、"));
    let body = format!("\\pard\\ls1 {one}\\f1 {}\\par", gbk("总体要求"));
    assert_eq!(text(&body), "一、总体要求\n");
    assert_eq!(
        text("{\\pntext\\f0 1.\\tab}{\\*\\pn\\pnlvlbody{\\pntxta .}}a"),
        "1.a\n"
    );
    let article = format!(
        "{{\\listtext {} }}\\f1 {}",
        gbk("第一条"),
        gbk("为规范管理")
    );
    assert_eq!(text(&article), "第一条 为规范管理\n");
    assert_eq!(text("{\\listtext\\pard\\plain\\f4 \\'b7\\tab}a"), "• a\n");
}

/// A list as Word writes it: 一、（一）1. with the text given twice where a reader may not know Unicode.
const LISTS: &str = "{\\*\\listtable{\\list\\listtemplateid1\\listhybrid\
    {\\listlevel\\levelnfc37\\levelnfcn37\\levelfollow2\\levelstartat1{\\leveltext\\'02\\'00\\u12289\\'a1\\'a2;}{\\levelnumbers\\'01;}}\
    {\\listlevel\\levelnfc37\\levelfollow2\\levelstartat1{\\leveltext\\'03\\'a3\\'a8\\'01\\'a3\\'a9;}{\\levelnumbers\\'02;}}\
    {\\listlevel\\levelnfc0\\levelfollow0\\levelstartat3{\\leveltext\\'02\\'02.;}{\\levelnumbers\\'01;}}\
    \\listid-7}}{\\*\\listoverridetable{\\listoverride\\listid-7\\listoverridecount0\\ls1}\
    {\\listoverride\\listid-7\\listoverridecount1{\\lfolevel\\listoverridestartat\\levelstartat6}\\ls2}}";

#[test]
fn numbers_that_the_file_leaves_to_the_reader_are_counted() {
    let mut body = String::from(LISTS);
    for (list, level, words) in [
        (1, 0, "甲"),
        (1, 1, "乙"),
        (1, 1, "丙"),
        (1, 2, "丁"),
        (1, 2, "2024年"),
        (1, 0, "戊"),
        (1, 1, "己"),
        (2, 0, "庚"),
    ] {
        write!(
            body,
            "\\pard\\ls{list}\\ilvl{level}\\f1 {}\\par",
            gbk(words)
        )
        .expect("a string takes it");
    }
    assert_eq!(
        text(&body),
        "一、甲\n（一）乙\n（二）丙\n3.丁\n4. 2024年\n二、戊\n（一）己\n六、庚\n"
    );
}

#[test]
fn rows_have_their_cells() {
    let body = "a\\par\\trowd\\trleft-108\\cellx1000\\cellx2000\\pard\\intbl 1\\par 2\\cell\\pard\\intbl 3\\cell\\row\
        \\trowd\\trleft-108\\cellx1000\\cellx2000\\pard\\intbl 4\\cell\\cell\\row\\pard b";
    let read = read_rtf(body);
    assert_eq!(read.text, "a\n1 2\t3\n4\t\nb\n");
    let rows: Vec<bool> = read.marks.iter().map(|m| m.kind == LineKind::Row).collect();
    assert_eq!(rows, [false, true, true, false]);
}

#[test]
fn merged_cells_are_seen_where_they_lie() {
    let body = "\\trowd\\clvmgf\\cellx1000\\cellx2000\\cellx3000 x\\cell 1\\cell 2\\cell\\row\
        \\trowd\\clvmrg\\cellx1000\\cellx2000\\cellx3000 \\cell 3\\cell 4\\cell\\row\
        \\trowd\\clmgf\\cellx1000\\clmrg\\cellx2000\\cellx3000 5\\cell\\cell 6\\cell\\row\
        \\trowd\\cellx2000\\cellx3000 7\\cell 8\\cell\\row";
    assert_eq!(text(body), "x\t1\t2\nx\t3\t4\n5\t\t6\n7\t\t8\n");
}

#[test]
fn tables_in_cells_are_read_once() {
    let body = "\\trowd\\cellx1000\\cellx2000\\pard\\intbl\\itap1 a\\cell\\pard\\intbl\\itap2 b\\nestcell{\\nonesttables\\par}\
        c\\nestcell{\\nonesttables\\par}{\\*\\nesttableprops\\trowd\\cellx1500\\cellx2000\\nestrow}\
        \\pard\\intbl\\itap1 d\\cell\\row\\pard e";
    assert_eq!(text(body), "a\tb c d\ne\n");
}

#[test]
fn notes_stand_at_the_end() {
    let read =
        read_rtf("a{\\super\\chftn}{\\footnote\\pard\\plain{\\super\\chftn} n\\par m}b\\par c");
    assert_eq!(read.text, "ab\nc\nn\nm\n");
    assert_eq!(read.marks[2].kind, LineKind::Note);
}

#[test]
fn boxes_stand_by_their_paragraph() {
    let shape = "{\\shp{\\*\\shpinst\\shpleft0{\\sp{\\sn a}{\\sv b}}{\\shptxt\\pard x\\par y\\par}}{\\shprslt\\pard z\\par}}";
    assert_eq!(
        text(&format!("{shape}a\\par b{shape}c\\par d")),
        "x\ny\na\nbc\nx\ny\nd\n"
    );
    assert_eq!(
        text("{\\*\\do\\dptxbx{\\dptxbxtext\\pard x\\par}}a"),
        "x\na\n"
    );
}

#[test]
fn headings_and_centring_are_marked() {
    let read = read_rtf(
        "\\pard\\qc a\\par\\pard\\s2 b\\par\\pard\\outlinelevel4 c\\par\\s2\\outlinelevel9 d\\par\\pard\\s3 e",
    );
    let marks: Vec<_> = read
        .marks
        .iter()
        .map(|m| (m.is_centred, m.heading))
        .collect();
    assert_eq!(
        marks,
        [
            (true, None),
            (false, Some(2)),
            (false, Some(5)),
            (false, None),
            (false, Some(1))
        ]
    );
}

#[test]
fn files_without_declarations_are_read() {
    let plain = |rtf: &[u8]| read(rtf, &Limits::default()).expect("it is read").text;
    let mut raw = b"{\\rtf1 ".to_vec();
    raw.extend_from_slice(&GB18030.encode("防汛值班\\par 通知}").0);
    assert_eq!(plain(&raw), "防汛值班\n通知\n");
    assert_eq!(
        plain("{\\rtf1\\ansi 防汛值班\\par}".as_bytes()),
        "防汛值班\n"
    );
    assert_eq!(
        plain(b"{\\rtf1\\ansi\\ansicpg1252 caf\\'e9 \\'80}"),
        "café €\n"
    );
}

#[test]
fn what_breaks_off_gives_what_stands_before() {
    assert_eq!(text("a{\\b b{\\i c"), "abc\n");
    assert_eq!(text("a{\\footnote n"), "a\nn\n");
    assert_eq!(text("\\trowd\\cellx9\\cellx99 a\\cell b"), "a\nb\n");
    assert_eq!(text("a}}}b"), "a\nb\n");
    let read = read_rtf("\\f1 \\'b9\\par a");
    assert_eq!(read.text, "\u{fffd}\na\n");
    assert_eq!(read.diagnostics[0].code, Code::UndecodableBytes);
}

#[test]
fn groups_past_the_depth_are_passed_over() {
    let deep = format!("a{}b{}c", "{".repeat(5000), "}".repeat(5000));
    assert_eq!(text(&deep), "ac\n");
    assert_eq!(text(&"{\\field{\\*\\fldinst ".repeat(5000)), "");
}

proptest! {
    #[test]
    fn chinese_survives_in_either_way(words in "[一-龥，。（）0-9a-z ]{1,40}", as_bytes in any::<bool>()) {
        let body = match as_bytes {
            true => format!("\\f1 {}", gbk(&words)),
            false => words.encode_utf16().fold(String::from("\\uc1 "), |mut out, unit| {
                write!(out, "\\u{}?", unit as i16).expect("a string takes it");
                out
            }),
        };
        let read = text(&body);
        prop_assert_eq!(read.trim(), words.trim());
    }

    #[test]
    fn no_bytes_panic(parts in prop::collection::vec(prop_oneof![
        Just("{"), Just("}"), Just("\\par "), Just("\\cell "), Just("\\row "), Just("\\trowd\\cellx9 "), Just("\\'b9"),
        Just("\\u9999"), Just("{\\footnote "), Just("{\\shptxt "), Just("{\\field "), Just("{\\*\\fldinst "), Just("{\\listtext "),
        Just("{\\*\\listtable "), Just("{\\list "), Just("{\\leveltext "), Just("\\itap3 "), Just("\\nestcell "), Just("\\nestrow "),
        Just("\\bin3 "), Just("a"), Just("\\v "), Just("{\\fonttbl "), Just("\\f1 "), Just("\\uc9 "), Just("{\\*"), Just("\\"),
    ], 0..60)) {
        let read = read(parts.concat().as_bytes(), &Limits::default()).expect("rich text is always read");
        prop_assert_eq!(read.text.lines().count(), read.marks.len());
    }
}

#[test]
fn a_table_of_fonts_without_an_end_ends_where_text_begins() {
    let title = gbk("关于开展清渠行动的通知");
    let body = gbk("各村：");
    let all = "关于开展清渠行动的通知\n各村：\n";
    for fonts in [
        "{\\fonttbl{\\f0\\fcharset134 SimSun;}\\pard ",
        "{\\fonttbl{\\f0\\fcharset134 SimSun;\\pard\\f0 ",
        "{\\fonttbl\\f0\\fcharset134 SimSun;\\sectd ",
        "{\\fonttbl{\\f0\\fcharset134 SimSun;}\\f0 ",
        "{\\fonttbl{\\f0\\fcharset134 SimSun;}{\\colortbl;\\red0;}{\\stylesheet{\\s0\\pard Normal;}}\\pard ",
    ] {
        let rtf = format!("{{\\rtf1\\ansi\\ansicpg936 {fonts}{title}\\par {{\\b {body}}}\\par}}");
        let read = read(rtf.as_bytes(), &Limits::default()).expect("rich text is always read");
        assert_eq!(read.text, all, "{fonts}");
    }
    // A whole one gives no text.
    let rtf = "{\\rtf1{\\fonttbl{\\f0 SimSun;}}\\sectd\\pard a\\par}";
    let read = read(rtf.as_bytes(), &Limits::default()).expect("rich text is always read");
    assert_eq!(read.text, "a\n");
}

#[test]
fn what_lies_too_deep_is_told_once() {
    let deep = |inner: &str| {
        let groups = 300;
        let body = format!("a{}{inner}{}b", "{".repeat(groups), "}".repeat(groups));
        read_rtf(&body)
    };
    let read = deep("x}{y");
    assert_eq!(read.text, "ab\n");
    assert_eq!(read.diagnostics.len(), 1);
    assert_eq!(read.diagnostics[0].code, Code::Truncated);
    assert!(read.diagnostics[0].message.starts_with("1 group"));
    assert_eq!(deep("\\b").diagnostics, []);
}
