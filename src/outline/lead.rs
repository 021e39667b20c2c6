//! Lines without a marker that stand over a list: 第二阶段（6月）：, 有关要求：, 【重点任务】. They are of no section: the item
//! above them ends before them, and the count below them begins anew.

use super::paragraph::Paragraph;
use super::shape::Shape;
use crate::text::fold;
use crate::text::fold::is_blank;
use crate::text::numeral;
use crate::text::words::{Words, words};

/// What is counted with its number behind it: 任务一, 板块2.
static COUNTED: Words = Words::new(&[
    "任务", "活动", "板块", "专题", "行动", "步骤", "阶段", "篇章", "环节",
]);

/// A line with a colon at its end heads a list where it holds at most this many characters.
const LONGEST: usize = 60;
/// A line without one holds at most this many: 管理要求.
const LONGEST_NAME: usize = 16;

/// Those of the paragraphs below a section's marker that are its own: what follows them stands over the next list, or is a
/// later stage than one that was begun outside. `restarts` says whether the next marker, which is not below this section,
/// counts from 1.
pub(super) fn own<'b>(
    text: &str,
    paragraphs: &[Paragraph],
    below: &'b [usize],
    restarts: bool,
) -> &'b [usize] {
    let Some((first, more)) = below.split_first() else {
        return below;
    };
    let own = own_of_more(text, paragraphs, *first, more, restarts);
    below.get(..=own).unwrap_or(below)
}

/// How many of the paragraphs behind the first.
fn own_of_more(
    text: &str,
    paragraphs: &[Paragraph],
    first: usize,
    more: &[usize],
    restarts: bool,
) -> usize {
    let mut begun = false;
    for (at, index) in more.iter().enumerate() {
        let paragraph = &paragraphs[*index];
        if paragraph.shape != Shape::Text || !may_open(text, paragraph) {
            continue;
        }
        match stage(paragraph.content.of(text)) {
            Some(1) => break,
            // 实施步骤。第一阶段… may stand on the line of the marker, or in a line below it
            Some(_) => {
                let mut above = std::iter::once(&first).chain(&more[..at]);
                begun = begun || above.any(|i| tells_first(paragraphs[*i].content.of(text)));
                if !begun {
                    return at;
                }
            }
            None => {}
        }
    }
    if !restarts {
        return more.len();
    }
    let last = more
        .iter()
        .rposition(|index| !paragraphs[*index].is_blank());
    last.filter(|at| heads(text, &paragraphs[more[*at]]))
        .unwrap_or(more.len())
}

/// Whether the line stands over a list.
pub(super) fn heads(text: &str, paragraph: &Paragraph) -> bool {
    let line = paragraph.content.of(text);
    match paragraph.shape {
        Shape::Bracketed => line.starts_with('【'),
        Shape::Text => {
            line.ends_with(['：', ':']) && fold::count_within(line, LONGEST).is_some()
                || stage(line).is_some()
                || is_name(line)
        }
        _ => false,
    }
}

/// 管理要求, 【重点任务】: a short line without a stop.
fn is_name(line: &str) -> bool {
    fold::count_within(line, LONGEST_NAME).is_some()
        && !line.contains(['。', '；', '，', '！', ';', ','])
        && line.ends_with(|c| fold::is_han(c) || matches!(c, '】' | '）' | ')' | '”' | '》'))
}

/// Whether the line begins as one that opens a stage: most are told by their first character.
#[inline]
fn may_open(text: &str, paragraph: &Paragraph) -> bool {
    let line = paragraph.content.of(text);
    let first = line.chars().next();
    first.is_some_and(|c| c == '第' || COUNTED.may_begin(c))
}

/// Which stage or part the line opens: 第二阶段（6月）：, 板块二  清零行动; prose that goes on about one opens none.
fn stage(line: &str) -> Option<u32> {
    if let Some(rest) = line.strip_prefix('第') {
        let (n, rest) = number(rest)?;
        let rest = words!["阶段", "步"].strip(rest)?;
        return opens(rest.strip_prefix('骤').unwrap_or(rest)).then_some(n);
    }
    let (n, rest) = number(COUNTED.strip(line)?)?;
    opens(rest).then_some(n)
}

/// The number at the start, and what follows it.
fn number(words: &str) -> Option<(u32, &str)> {
    let rest = fold::after(words, |c| numeral::is_chinese(c) || numeral::is_figure(c));
    let n = numeral::value(&words[..words.len() - rest.len()])?;
    Some((n, rest))
}

/// Whether what follows the number of a stage parts it from its name.
fn opens(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| {
        is_blank(c)
            || matches!(
                fold::fold(c),
                ':' | '(' | '-' | '—' | '.' | '、' | '，' | '·'
            )
    })
}

/// Whether the first of several stages or parts is spoken of: 分两步走：第一步…, 开展两项活动。活动一：….
fn tells_first(line: &str) -> bool {
    let is_first = |rest: &str| rest.starts_with(['一', '1', '１']);
    let ordinal = || {
        line.match_indices('第')
            .any(|(at, c)| is_first(&line[at + c.len()..]))
    };
    let counted = |word: &&str| {
        line.match_indices(*word)
            .any(|(at, word)| is_first(&line[at + word.len()..]))
    };
    ordinal() || COUNTED.list().iter().any(counted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline;
    use crate::outline::Outline;

    fn of(body: &str) -> (String, Outline) {
        let text = format!("护林方案\n各林场：\n{body}");
        let outline = outline::read(&text);
        (text, outline)
    }

    /// The last own line of each section.
    fn ends(body: &str) -> Vec<String> {
        let (text, outline) = of(body);
        let last = |s: &outline::tree::Section| s.paragraphs.last().copied().unwrap_or_default();
        let lines = outline.sections.iter().map(last);
        lines
            .map(|p| outline.paragraphs[p].content.of(&text).to_owned())
            .collect()
    }

    #[test]
    fn stages_are_told_by_their_number() {
        for (line, want) in [
            ("第二阶段（6月1日至20日）：", Some(2)),
            ("第3步：封山。", Some(3)),
            ("第一步骤 巡山", Some(1)),
            ("板块二  防火", Some(2)),
            ("任务12：巡山。", Some(12)),
            ("活动三", Some(3)),
            ("第二阶段工作由林场负责。", None),
            ("第三方机构", None),
            ("活动一律停止。", None),
            ("行动三周内结束。", None),
            ("第二批名单另发。", None),
        ] {
            assert_eq!(stage(line), want, "{line}");
        }
    }

    #[test]
    fn what_an_item_counts_itself_is_its_own() {
        for begun in [
            "一、整治\n分两步走：第一步，摸底。\n第二步，整治。\n责任单位：县林业局\n",
            "一、开展两项活动。活动一：植树。\n活动二：巡山。\n责任单位：县林业局\n",
        ] {
            assert_eq!(ends(begun), ["责任单位：县林业局"], "{begun}");
        }
    }

    #[test]
    fn the_line_over_the_next_list_is_not_of_the_item_above() {
        let listed = "一、工作任务\n第一步：\n1.登记。\n2.承诺。\n第二步：\n1.巡山。\n2.封山。\n第三步：总结。\n各场报总结。\n二、要求\n";
        let want = [
            "第一步：",
            "1.登记。",
            "2.承诺。",
            "1.巡山。",
            "2.封山。",
            "二、要求",
        ];
        assert_eq!(ends(listed), want);
        let (_, outline) = of(listed);
        assert_eq!(outline.diagnostics, []);
        assert!(outline.sections[1..5].iter().all(|s| s.heading.is_none()));
        for lead in ["巡山要求：", "巡山要求", "【巡山要求】", "板块二 巡山"] {
            let body = format!("1.甲场巡山。\n2.乙场巡山。\n{lead}\n1.每日巡山。\n2.带好工具。\n");
            assert_eq!(ends(&body)[1], "2.乙场巡山。", "{lead}");
            assert_eq!(of(&body).1.diagnostics, [], "{lead}");
        }
    }

    #[test]
    fn what_is_of_the_item_stays() {
        let stages = "一、步骤\n第一阶段：动员。\n第二阶段：巡山。\n二、要求\n";
        assert_eq!(ends(stages)[0], "第二阶段：巡山。");
        let inline = "一、步骤。第一阶段：动员。\n第二阶段：巡山。\n二、要求\n";
        assert_eq!(ends(inline)[0], "第二阶段：巡山。");
        // what stands over a list below the item is of the item
        let below = "（一）巡山。\n要求如下：\n1.每日巡山。\n2.带好工具。\n（二）防火。\n";
        assert_eq!(ends(below)[0], "要求如下：");
        // a sentence heads no list: the count is mistyped
        let mistyped = "1.巡山。\n2.防火。\n各场要照办。\n1.总结。\n";
        assert_eq!(ends(mistyped)[1], "各场要照办。");
        assert_eq!(of(mistyped).1.diagnostics.len(), 1);
    }
}
