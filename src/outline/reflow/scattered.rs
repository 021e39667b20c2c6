//! Text whose figures stand on lines of their own: 于⏎2031⏎年⏎10⏎月⏎31⏎日前, as pages that set figures apart give it.

use super::Builder;
use super::Reflow;
use super::ends_sentence;
use crate::outline::organ;
use crate::span::Span;
use crate::text::line;
use crate::text::line::Line;
use crate::text::words::words;

/// Fewer dates broken so are no habit of the text.
const FEWEST: usize = 2;

/// Whether a line begins with the unit of a date, as only a few do in such texts.
#[inline]
pub(super) fn is_unit(line: &str) -> bool {
    words!["年", "月"].begin(line)
}

/// The text with its figures back in their sentences, or null where they never left them, as where no line [`is_unit`].
pub(super) fn gather(text: &str) -> Option<Reflow> {
    let lines = line::lines(text);
    let broken = |pair: &&[Line]| is_figure(text, &pair[0]) && is_unit(pair[1].content.of(text));
    if lines.windows(2).filter(broken).count() < FEWEST {
        return None;
    }
    let mut out = Builder::new(text);
    let mut joined = false;
    for (i, line) in lines.iter().enumerate() {
        let start = match joined {
            true => line.content.start,
            false => line.whole.start,
        };
        joined = lines.get(i + 1).is_some_and(|next| joins(text, line, next));
        let end = match joined {
            true => line.content.end,
            false => line.whole.end,
        };
        out.keep(Span::new(start, end));
    }
    Some(out.done())
}

/// Whether the break between two lines stands before or behind a figure within a sentence.
fn joins(text: &str, line: &Line, next: &Line) -> bool {
    let (words, below) = (line.content.of(text), next.content.of(text));
    if line.is_blank() || next.is_blank() {
        return false;
    }
    if is_figure(text, line) {
        return goes_on(below);
    }
    // the date below a signature keeps its line
    is_figure(text, next)
        && !words.chars().next_back().is_some_and(ends_sentence)
        && !organ::is_organ(words)
}

/// Whether nothing but a figure of a date or a count stands on the line.
fn is_figure(text: &str, line: &Line) -> bool {
    let words = line.content.of(text);
    (1..=4).contains(&words.len()) && words.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a line goes on with the figure above it: a unit, or what stands behind one.
fn goes_on(line: &str) -> bool {
    words![
        "年", "月", "日", "号", "时", "点", "分", "个", "家", "名", "人", "次", "份", "元", "万",
        "亿", "千", "百", "%", "％", "、", "，", "。", "；", "）", ")", "-", "—", "～", "~", "至",
        "．", "."
    ]
    .begin(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_go_back_into_their_sentences() {
        let text = "二、请于\n2031\n年\n10\n月\n31\n日前报送（一式\n3\n份）。\n甲县林业局\n2031\n年\n8\n月\n18\n日\n";
        let whole = "二、请于2031年10月31日前报送（一式3份）。\n甲县林业局\n2031年8月18日\n";
        let reflow = gather(text).map(|r| r.text);
        assert_eq!(reflow.as_deref(), Some(whole));
    }

    #[test]
    fn rows_of_figures_are_left() {
        for text in [
            "序号\n1\n甲村\n2\n乙村\n",
            "一、时间\n3\n月\n二、地点\n甲村。\n",
            "请于2031年10月31日前报送。\n- 3 -\n甲县林业局\n年 月 日\n月\n",
        ] {
            assert_eq!(gather(text), None, "{text}");
        }
    }
}
