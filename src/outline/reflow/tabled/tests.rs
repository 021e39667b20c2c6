//! Tests of this module.

use super::*;
use crate::text::line;

fn reads(text: &str) -> Option<String> {
    let lines: Vec<Span> = line::wholes(text).collect();
    let tabled = tabled(text, &lines)?;
    for (i, c) in tabled
        .text
        .char_indices()
        .filter(|(_, c)| !fold::is_blank(*c))
    {
        let span = Span::new(i, i + c.len_utf8());
        assert_eq!(tabled.original(span).of(text), span.of(&tabled.text));
    }
    Some(tabled.text)
}

const TABLE: &str = "任务表\n序号\t工作任务\t牵头单位\t完成时限\n1\t巡查山林\t县林业局\t6月底前\n2\t建设瞭望台3座\t各乡镇、县财政局\t全年\n";

#[test]
fn cells_on_lines_of_their_own_make_rows() {
    let lined = TABLE.replace('\t', "\n");
    assert_eq!(reads(&lined).as_deref(), Some(TABLE));
    // as pages that set each cell in a paragraph of its own
    let spaced = lined.replace('\n', "\n\n");
    let want = TABLE.replace("任务表\n", "任务表\n\n");
    assert_eq!(reads(&spaced).as_deref(), Some(&*format!("{want}\n")));
    // and with what stands below
    let more = format!("{lined}注：按时报送。\n县林业局\n2031年4月6日\n");
    let want = format!("{TABLE}注：按时报送。\n县林业局\n2031年4月6日\n");
    assert_eq!(reads(&more).as_deref(), Some(&*want));
    let signed = format!("{lined}县林业局办公室\n");
    assert_eq!(reads(&signed), Some(format!("{TABLE}县林业局办公室\n")));
}

/// The rows of a table that does not count on, with what stands below.
fn reads_below(cells: &str, below: &str) -> String {
    let text = format!("{}{below}", cells.replace('\t', "\n"));
    reads(&text).unwrap_or(text)
}

#[test]
fn what_stands_below_the_last_row_is_none_of_it() {
    let heads = "序号\t工作任务\t责任单位\t完成时限\n1\t巡查山林\t县林业局\t6月底前\n";
    // the last cell is empty, or the last row broken
    for last in [
        "2\t建设瞭望台\t县住建局",
        "2\t建设瞭望台3座\t县住建局\t8月底",
    ] {
        for below in [
            "二、有关要求\n（一）加强领导。各乡镇要按时巡山。\n",
            "（一）加强领导\n各乡镇要按时巡山。\n",
            "各乡镇要按时巡山。\n乙县林业局\n2031年4月6日\n",
            "乙县林业局\n乙县公安局\n2031年4月6日\n",
        ] {
            let want = match last.matches('\t').count() {
                2 if below.starts_with("乙") => continue,
                2 => format!("{heads}{last}\t\n{below}"),
                _ => format!("{heads}{last}\n{below}"),
            };
            assert_eq!(reads_below(&format!("{heads}{last}\n"), below), want);
            let broken = format!(
                "{heads}{}\n",
                last.replace("建设瞭望台3座", "建设瞭望台\t3座")
            );
            assert_eq!(reads_below(&broken, below), want);
        }
    }
    // no unit
    let last = "2\t清理林道\t8月底\n";
    let below = "乙县林业局\n2031年4月6日\n";
    let want = format!("{heads}{}{below}", last.replace("道\t", "道\t\t"));
    assert_eq!(reads_below(&format!("{heads}{last}"), below), want);
    // days in the rows themselves
    let dated = heads.replace("6月底前", "2031年6月30日");
    let last = "2\t建设瞭望台\t县住建局\t2031年8月31日\n";
    let want = format!("{dated}{last}{below}");
    assert_eq!(reads_below(&format!("{dated}{last}"), below), want);
    // one unit, whose day is in the plan
    let last = "2\t建设瞭望台\t3座\t县住建局\t2031年8月31日\n";
    let want = format!("{heads}{}", last.replace("台\t3", "台3"));
    assert_eq!(reads_below(&format!("{heads}{last}"), ""), want);
    // a heading between the rows
    let parted = reads_below(heads, "一、东山片区\n2\n建设瞭望台\n县住建局\n8月底\n");
    assert_eq!(
        parted,
        format!("{heads}一、东山片区\n2\n建设瞭望台\n县住建局\n8月底\n")
    );
}

#[test]
fn a_column_that_is_empty_takes_nothing_from_below() {
    let heads = "序号\t任务\t责任单位\t时限\t备注\n";
    let rows = "1\t巡查山林\t县林业局\t6月底前\n2\t清理林道\t县住建局\t8月底前\n";
    let whole = format!("{heads}{}", rows.replace('\n', "\t\n"));
    for below in [
        "乙县林业局\n2031年4月6日\n",
        "二、有关要求\n（一）加强领导。\n",
        "（此件公开发布）\n",
    ] {
        assert_eq!(
            reads_below(&format!("{heads}{rows}"), below),
            format!("{whole}{below}")
        );
    }
    // as a table that counts none
    let text = "任务\n责任单位\n备注\n巡查山林\n县林业局\n长期\n清理林道\n县住建局\n乙县林业局\n2031年4月6日\n";
    assert_eq!(reads(text), None);
    let dated = "任务\t责任单位\t时限\n巡查山林\t县林业局\t长期\n清理林道\t县住建局\t8月底\n";
    let below = "请按时报送。\n乙县林业局\n2031年4月6日\n";
    assert_eq!(reads_below(dated, below), format!("{dated}{below}"));
    // the last row has a day, as no row above has
    let day = dated.replace("8月底", "2031年8月31日");
    assert_eq!(reads_below(&day, ""), day);
    assert_eq!(reads_below(&day, below), format!("{day}{below}"));
}

#[test]
fn lines_with_blanks_below_a_table_are_none_of_its_rows() {
    for table in [TABLE, "任务\t责任单位\t时限\n巡查山林\t县林业局\t长期\n"] {
        for below in [
            "乙县林业局　　乙县公安局\n2031年4月6日\n",
            "二、有关要求　　按时报送。\n（一）加强领导　　各村要上心。\n",
            "各乡镇  各部门  抓好落实\n",
            "乙县林业局　　2031年4月6日\n",
        ] {
            let text = format!("{}{below}", table.replace('\t', "　　"));
            assert_eq!(reads(&text), Some(format!("{table}{below}")));
        }
    }
}

#[test]
fn cells_may_be_merged_or_broken() {
    let text = "序号\n类别\n工作任务\n责任\n单位\n完成\n时间\n1\n宣传\n印发护林手册，\n每户一册\n县林业局、\n县教育局\n6月底前\n2\n进校讲护林\n县教育局\n9月\n";
    let want = "序号\t类别\t工作任务\t责任单位\t完成时间\n1\t宣传\t印发护林手册，每户一册\t县林业局、县教育局\t6月底前\n2\t\t进校讲护林\t县教育局\t9月\n";
    assert_eq!(reads(text).as_deref(), Some(want));
}

#[test]
fn rows_without_numbers_are_told_by_their_dates_and_units() {
    let text = "时间\n活动内容\n地点\n责任单位\n5月10日\n启动仪式\n县广场\n县林业局\n5月中旬\n护林讲座\n县一中\n县教育局\n\n附件2\n";
    let want = "时间\t活动内容\t地点\t责任单位\n5月10日\t启动仪式\t县广场\t县林业局\n5月中旬\t护林讲座\t县一中\t县教育局\n\n附件2\n";
    assert_eq!(reads(text).as_deref(), Some(want));
}

#[test]
fn cells_parted_by_blanks_make_rows() {
    for gap in ["  ", "　", "   　"] {
        let text = TABLE.replace('\t', gap);
        assert_eq!(reads(&text).as_deref(), Some(TABLE), "{gap:?}");
    }
    let text = TABLE.replace('\t', " ");
    assert_eq!(reads(&text).as_deref(), Some(TABLE));
    let text = TABLE.replace('\t', "  ").replace("序号", "序  号");
    let want = TABLE.replace("序号", "序  号");
    assert_eq!(reads(&text), Some(want));
}

#[test]
fn other_lines_stay() {
    for text in [
        // heads of a form, and rows to be filled in
        "姓  名\n单  位\n职  务\n联系电话\n",
        "序号\n工作任务\n责任单位\n1\n2\n3\n",
        "序号  工作任务  责任单位\n1\n2\n",
        // headings
        "一、工作任务\n巡查山林。\n二、责任单位\n县林业局。\n",
        "工作目标\n工作任务\n责任单位\n各单位要按时巡山，发现火情立即报告。\n",
        // words
        "责任单位：县林业局\n完成时限：6月底前\n",
        "主要任务 责任单位 完成时限见附件\n",
        // a table with tabs
        TABLE,
        // persons
        "序号\n姓名\n电话\n1\n何平\n60000000\n",
    ] {
        assert_eq!(reads(text), None, "{text}");
    }
}
