//! Marks of Markdown: the hashes of headings, the stars of bold words, links, and tables between bars.

use super::Edits;
use super::Reflow;
use super::marker;
use crate::outline::page;
use crate::span::Span;
use crate::text::fold;
use crate::text::fold::is_blank;
use crate::text::line;
use memchr::memchr3;
use memchr::memmem;

/// The text without the marks, its tables' cells parted by tabs; null where it holds no marks.
pub(super) fn plain(text: &str, lines: &[Span]) -> Option<Reflow> {
    memchr3(b'#', b'*', b'|', text.as_bytes())?;
    let mut edits = Edits::default();
    let contents = || lines.iter().map(|whole| line::line(text, *whole).content);
    let is_marked = contents().any(|line| {
        let words = line.of(text);
        heading(words).is_some() || words.contains("**") && is_bold(text, line)
    });
    let mut at = 0;
    while at < lines.len() {
        let rows = table(text, &lines[at..]);
        if rows.len() > 1 {
            part_cells(text, rows, &mut edits);
            at += rows.len();
            continue;
        }
        if is_marked {
            unmark(text, line::line(text, lines[at]).content, &mut edits);
        }
        at += 1;
    }
    edits.of(text)
}

/// How many bytes the mark of a heading takes at the start of the line: # and a blank.
fn heading(line: &str) -> Option<usize> {
    let words = line.strip_prefix('#')?.trim_start_matches('#');
    let hashes = line.len() - words.len();
    let rest = words.trim_start_matches(is_blank);
    (hashes <= 6 && rest.len() < words.len() && !rest.is_empty()).then_some(line.len() - rest.len())
}

/// Whether stars make words of the line bold, and do not stand for what is not told (甲**): all of the line, the words
/// behind its marker, or a label.
fn is_bold(text: &str, line: Span) -> bool {
    let words = line.of(text);
    let marker = marker::read(text, line).map_or(0, |m| m.span.end - line.start);
    [0, marker].into_iter().any(|from| {
        let rest = words.get(from..).map(fold::trimmed_start);
        let Some((bold, rest)) = rest
            .and_then(|rest| rest.strip_prefix("**"))
            .and_then(|rest| rest.split_once("**"))
        else {
            return false;
        };
        let tells = |c| matches!(c, '：' | ':' | '。');
        let parted = rest.is_empty() || rest.starts_with(tells) || bold.ends_with(tells);
        parted && !bold.contains('*') && fold::trimmed(bold).len() == bold.len() && bold.len() > 3
    })
}

/// Drops the marks of one line.
fn unmark(text: &str, line: Span, edits: &mut Edits) {
    let words = line.of(text);
    if let Some(len) = heading(words) {
        edits.drop(Span::new(line.start, line.start + len));
        let open = words.trim_end_matches('#');
        // # 标题 #
        if open.len() < words.len() && open.ends_with(is_blank) && open.len() > len {
            edits.drop(Span::new(
                line.start + fold::trimmed_end(open).len(),
                line.end,
            ));
        }
    }
    unstar(text, line, edits);
}

/// Drops the stars around words of the line, or of a cell.
fn unstar(text: &str, line: Span, edits: &mut Edits) {
    let words = line.of(text);
    let mut stars = memmem::find_iter(words.as_bytes(), "**")
        .map(|at| Span::new(at, at + 2))
        .filter(|mark| !is_run(words, *mark))
        .peekable();
    if stars.peek().is_none() {
        return;
    }
    let marker = marker::read(text, line).map_or(0, |m| m.span.end - line.start);
    while let Some(open) = stars.next() {
        let begins = || open.start == marker || opens_bold(words, open);
        let closes = |close: &Span| close.start > open.end && closes_bold(words, *close);
        if begins()
            && let Some(close) = stars.next_if(closes)
        {
            edits.drop(open.shifted(line.start));
            edits.drop(close.shifted(line.start));
        }
    }
}

/// Whether bold words may begin here: behind a name or a figure (王**, 138**0000) stars stand for what is not told.
fn opens_bold(words: &str, mark: Span) -> bool {
    let before = words[..mark.start].chars().next_back();
    !before.is_some_and(is_of_word) && !words[mark.end..].starts_with(is_blank)
}

/// Whether bold words may end here: before a stop or a blank, or behind the stop of a label.
fn closes_bold(words: &str, mark: Span) -> bool {
    let bold = &words[..mark.start];
    !bold.ends_with(is_blank)
        && (!words[mark.end..].starts_with(is_of_word) || !bold.ends_with(is_of_word))
}

fn is_of_word(c: char) -> bool {
    fold::is_han(c) || c.is_ascii_alphanumeric()
}

/// Whether the two stars are of a longer run, as in 138****0000.
fn is_run(words: &str, mark: Span) -> bool {
    words[..mark.start].ends_with('*') || words[mark.end..].starts_with('*')
}

/// The lines from the first that are rows between bars, if the first is: none where it states a page's fields.
fn table<'l>(text: &str, lines: &'l [Span]) -> &'l [Span] {
    let row = |whole: &Span| {
        let words = fold::trimmed(whole.of(text));
        words.starts_with('|') && words.len() > 2 && words[1..].contains('|')
    };
    let first = lines.first().filter(|whole| row(whole));
    if first.is_none_or(|whole| page::is_page_line(fold::trimmed(whole.of(text)))) {
        return &[];
    }
    let rows = lines.iter().take_while(|whole| row(whole)).count();
    &lines[..rows]
}

/// Parts the cells of these rows by tabs; the rule below the head goes.
fn part_cells(text: &str, rows: &[Span], edits: &mut Edits) {
    for whole in rows {
        let row = line::line(text, *whole).content;
        let words = row.of(text);
        let ruled = |c: char| matches!(c, '|' | '-' | ':' | '—' | '－') || is_blank(c);
        if words.contains('-') && words.chars().all(ruled) {
            edits.drop(*whole);
            continue;
        }
        let last = words.len() - usize::from(words.ends_with('|'));
        let mut from = 0;
        for (at, _) in words.match_indices('|') {
            let cell = &words[from..at.max(from)];
            let own = Span::new(row.start + from, row.start + from + cell.len());
            unstar(text, own.trimmed(text), edits);
            let before = row.start + from + fold::trimmed_end(cell).len();
            let after =
                at + 1 + words[at + 1..].len() - words[at + 1..].trim_start_matches(is_blank).len();
            let parts = at > 0 && at < last;
            let gap = Span::new(if at == 0 { row.start } else { before }, row.start + after);
            edits.put(gap, if parts { "\t" } else { "" });
            from = after;
        }
        // a row may end without a bar
        unstar(
            text,
            Span::new(row.start + from, row.end).trimmed(text),
            edits,
        );
        for (at, _) in words.match_indices("<br") {
            let rest = words[at + 3..].trim_start_matches([' ', '/']);
            if rest.starts_with('>') {
                let end = row.start + words.len() - rest.len() + 1;
                edits.put(Span::new(row.start + at, end), " ");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str) -> Option<String> {
        let lines: Vec<Span> = line::wholes(text).collect();
        plain(text, &lines).map(|r| r.text)
    }

    #[test]
    fn marks_of_headings_and_of_bold_words_go() {
        for (text, want) in [
            ("# 关于护林的通知\n\n各村：\n", "关于护林的通知\n\n各村：\n"),
            ("## 一、巡山 ##\n每日巡山。\n", "一、巡山\n每日巡山。\n"),
            ("**一、巡山**\n每日巡山。", "一、巡山\n每日巡山。"),
            ("1. **勤巡山**。每日一次。\n", "1. 勤巡山。每日一次。\n"),
            (
                "**联系人：** 何平，**电话**：60000000\n",
                "联系人： 何平，电话：60000000\n",
            ),
            ("# 通知\n王**，138****0000\n", "通知\n王**，138****0000\n"),
            // stars that stand for what is not told, in a text with bold words
            (
                "**一、名单**\n学生赵**与钱**家长，电话136**0000和137**1111。\n",
                "一、名单\n学生赵**与钱**家长，电话136**0000和137**1111。\n",
            ),
            (
                "**一、名单**\n赵**，**钱某**，**重点**，孙**。\n**局关于**镇的通报\n",
                "一、名单\n赵**，钱某，重点，孙**。\n**局关于**镇的通报\n",
            ),
            (
                "# 条\n第一条　**巡山**。每日。\n",
                "条\n第一条　巡山。每日。\n",
            ),
        ] {
            assert_eq!(reads(text).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn cells_between_bars_are_parted_by_tabs() {
        let text = "任务表\n| 序号 | 任务 | 单位 |\n| --- | :---: | --- |\n| 1 | 巡山 | 甲局<br>乙局 |\n|2||丙局|\n完\n";
        let want = "任务表\n序号\t任务\t单位\n1\t巡山\t甲局 乙局\n2\t\t丙局\n完\n";
        assert_eq!(reads(text).as_deref(), Some(want));
        let starred = "| 任务 | **单位** |\n|---|---|\n| 巡山<br/>防火<br />值守 | **甲局** |\n| 值班 | 赵** |\n";
        let want = "任务\t单位\n巡山 防火 值守\t甲局\n值班\t赵**\n";
        assert_eq!(reads(starred).as_deref(), Some(want));
        let bare = "|序号|任务|\n|-|-|\n|1|巡山|\n";
        assert_eq!(reads(bare).as_deref(), Some("序号\t任务\n1\t巡山\n"));
    }

    #[test]
    fn other_stars_hashes_and_bars_stay() {
        for text in [
            "**县教育局关于**镇中心小学的通报\n",
            "家长王**、李**。\n",
            "#护林有我#\n",
            "#3楼会议室\n",
            "机密 | 甲县\n",
            "| 索引号 | AB/2031-1 | 发布机构 | 甲县 |\n| 文号 | 甲林〔2031〕1号 | | |\n",
            "|一行|\n",
            "*为必填项\n★2031年\n",
        ] {
            assert_eq!(reads(text), None, "{text}");
        }
    }
}
