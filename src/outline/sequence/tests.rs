//! Tests of this module.

use super::super::paragraph;
use super::*;

/// The depths of the marked lines, and the codes remarked.
fn depths(text: &str) -> (Vec<(String, usize)>, Vec<Code>) {
    let paragraphs = paragraph::paragraphs(text);
    let indices: Vec<usize> = (0..paragraphs.len()).collect();
    let body = Body {
        paragraphs: &paragraphs,
        body: &indices,
    };
    let mut diagnostics = Vec::new();
    let mut depths = Vec::new();
    place(text, body, &mut diagnostics, |p| {
        depths.push((p.marker.span.of(text).to_owned(), p.depth));
    });
    (depths, diagnostics.iter().map(|d| d.code).collect())
}

fn check(lines: &[(&str, usize)], codes: &[Code]) {
    let text: String = lines.iter().map(|(l, _)| format!("{l}文\n")).collect();
    let (found, remarks) = depths(&text);
    let want: Vec<(String, usize)> = lines
        .iter()
        .filter(|(_, d)| *d > 0)
        .map(|(l, d)| ((*l).to_owned(), *d))
        .collect();
    assert_eq!(found, want);
    assert_eq!(remarks, codes);
}

#[test]
fn conventional_numbering_nests() {
    check(
        &[
            ("一、", 1),
            ("（一）", 2),
            ("1.", 3),
            ("（1）", 4),
            ("（2）", 4),
            ("2.", 3),
            ("（二）", 2),
            ("二、", 1),
            ("（一）", 2),
        ],
        &[],
    );
}

#[test]
fn articles_may_stand_above_the_first_chapter() {
    let text =
        "第一条 甲。\n（一）乙；\n（二）丙。\n第二章 丁\n第二条 戊。\n第三章 己\n第三条 庚。\n";
    let found: Vec<usize> = depths(text).0.iter().map(|(_, depth)| *depth).collect();
    assert_eq!(found, [1, 2, 2, 1, 2, 1, 2]);
}

#[test]
fn mistyped_styles_count_on() {
    use Code::MixedNumbering as M;
    check(
        &[
            ("一、", 1),
            ("2、", 1),
            ("（一）", 2),
            ("（2）", 2),
            ("（3）", 2),
            ("三、", 1),
        ],
        &[M, M, M],
    );
    check(
        &[("（一）", 1), ("（二）", 1), ("(三)", 1), ("(四)", 1)],
        &[M],
    );
    check(&[("一、", 1), ("(一）", 2), ("（二）", 2)], &[M]);
}

#[test]
fn counts_run_on_across_parents() {
    check(
        &[
            ("（一）", 1),
            ("一是", 2),
            ("二是", 2),
            ("（二）", 1),
            ("三是", 2),
            ("（三）", 1),
            ("四是", 2),
        ],
        &[],
    );
    check(
        &[
            ("第一章", 1),
            ("第一条", 2),
            ("第二条", 2),
            ("第二章", 1),
            ("第三条", 2),
            ("（一）", 3),
        ],
        &[],
    );
}

#[test]
fn gaps_and_repeats_stay_siblings() {
    check(
        &[
            ("一、", 1),
            ("二、", 1),
            ("（一）", 2),
            ("（二）", 2),
            ("（三）", 2),
            ("四、", 1),
        ],
        &[Code::NumberingGap],
    );
    check(
        &[
            ("二、", 1),
            ("三、", 1),
            ("（一）", 2),
            ("三、", 1),
            ("四、", 1),
        ],
        &[Code::NumberingGap, Code::NumberingRepeat],
    );
}

#[test]
fn a_count_may_begin_within_a_line() {
    let codes = |text: &str| depths(text).1;
    for begun in [
        "注：1.表一。\n2.表二。\n",
        "说明：（一）甲；\n（二）乙。\n",
        "说明：1、甲。\n\n2、乙。\n",
    ] {
        assert_eq!(codes(begun), [], "{begun}");
    }
    for lost in [
        "注：表一。\n2.表二。\n",
        "见11人。\n2.表二。\n",
        "全年投入1.5亿元。\n2.建立台账。\n",
        "1.投入2.5万元。\n3.验收。\n",
        "一、见附则十二、。\n三、验收。\n",
    ] {
        assert_eq!(codes(lost), [Code::NumberingGap], "{lost}");
    }
}

#[test]
fn a_number_behind_the_sentence_of_another_leaves_no_gap() {
    let codes = |text: &str| depths(text).1;
    for whole in [
        "（一）甲。（二）乙。\n（三）丙。\n",
        "1、甲。2、乙。3、丙。\n4、丁。\n",
        "一是甲。二是乙。\n三是丙。\n",
    ] {
        assert_eq!(codes(whole), [], "{whole}");
    }
    for lost in ["（一）甲。\n（三）丙。\n", "1、甲。3、乙。\n4、丁。\n"] {
        assert_eq!(codes(lost), [Code::NumberingGap], "{lost}");
    }
}

#[test]
fn a_higher_style_may_be_mistyped_for_a_lower() {
    use Code::MixedNumbering as M;
    let lines = [
        ("一、", 1),
        ("二、", 1),
        ("（一）", 2),
        ("（二）", 2),
        ("（三）", 2),
        ("四、", 2),
        ("三、", 1),
    ];
    check(&lines, &[M]);
}

#[test]
fn unconventional_order_is_kept_where_the_count_goes_on() {
    check(
        &[
            ("1、", 1),
            ("（一）", 2),
            ("（二）", 2),
            ("2、", 1),
            ("（一）", 2),
        ],
        &[],
    );
}

#[test]
fn decimals_nest_by_their_figures() {
    let found = |text: &str| -> Vec<usize> { depths(text).0.iter().map(|d| d.1).collect() };
    // a sole section, and the last, has its own below it
    assert_eq!(found("1.甲\n1.1 乙\n1.2 丙\n"), [1, 2, 2]);
    assert_eq!(
        found("1.甲\n2.乙\n2.1 丙\n2.1.1 丁\n2.1.2 戊\n2.2 己\n"),
        [1, 1, 2, 3, 3, 2]
    );
    assert_eq!(found("1、甲\n1.1.乙\n1.2.丙\n"), [1, 2, 2]);
    assert_eq!(
        found("一、甲\n1.1 乙\n1.2 丙\n（1）丁\n二、戊\n2.1 己\n"),
        [1, 2, 2, 3, 1, 2]
    );
    // 2.1 stands below no 1.
    assert_eq!(found("2.1 甲\n2.2 乙\n"), [0; 0]);
}

#[test]
fn what_is_remarked_is_bounded() {
    let (found, codes) = depths(&"（三）甲\n".repeat(MOST_REMARKS + 10));
    assert_eq!(found.len(), MOST_REMARKS + 10);
    assert_eq!(codes.len(), MOST_REMARKS + 1);
}

#[test]
fn weak_readings_need_their_neighbours() {
    check(&[("一、", 1), ("一、二级", 0), ("二、", 1)], &[]);
    // 7、8月 counts months, but where 8、 stands below
    let found = |text: &str| depths(text).0.len();
    assert_eq!(found("6、甲\n7、8月为整治阶段。\n"), 1);
    assert_eq!(found("2、甲\n3、4季度各查一次。\n1、2号楼由乙负责。\n"), 1);
    assert_eq!(found("5、甲\n6、7日查高中部。\n二、乙\n"), 2);
    assert_eq!(found("6、甲\n7、8月底前完成。\n8、乙\n"), 3);
    assert_eq!(found("6、甲\n7、6月底前完成。\n"), 2);
    // a stop parts no pair
    assert_eq!(found("4.甲\n5.6月28日，清点。\n"), 2);
    assert_eq!(found("1.9月：甲\n2.10—11月：乙\n3.12月：丙\n"), 3);
    let (found, _) = depths("（一）甲\n1.5G基站建设\n2.其他\n3.5G投入\n");
    let found: Vec<(&str, usize)> = found.iter().map(|(m, d)| (m.as_str(), *d)).collect();
    assert_eq!(found, [("（一）", 1), ("1.", 2), ("2.", 2), ("3.", 2)]);
}
