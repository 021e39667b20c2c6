//! Dates that a line break halves: 于9月⏎12日至10月10日. Few lines show no width, yet of such a break none is in doubt.

use super::Builder;
use super::Reflow;
use crate::span::Span;
use crate::text::line::Line;

/// A shorter line, in characters, may be a cell of a table: 9月⏎12日.
const SHORTEST: usize = 10;

/// The text with the halves of its dates joined; null where no date is halved.
pub(super) fn join(text: &str, lines: &[Line]) -> Option<Reflow> {
    lines
        .windows(2)
        .find(|pair| is_halved(text, &pair[0], &pair[1]))?;
    let mut out = Builder::new(text);
    for (i, line) in lines.iter().enumerate() {
        let halved = |at: usize| {
            let pair = lines.get(at).zip(lines.get(at + 1));
            pair.is_some_and(|(line, next)| is_halved(text, line, next))
        };
        let behind = i.checked_sub(1).is_some_and(halved);
        let start = if behind {
            line.content.start
        } else {
            line.whole.start
        };
        let end = if halved(i) {
            line.content.end
        } else {
            line.whole.end
        };
        out.keep(Span::new(start, end));
    }
    Some(out.done())
}

/// Whether the break between the two lines stands within a date.
pub(super) fn is_halved(text: &str, line: &Line, next: &Line) -> bool {
    let bytes = text.as_bytes();
    // figures stand on one side of it
    let figure = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_digit)
    };
    let beside = figure(line.content.end.checked_sub(1)) || figure(Some(next.content.start));
    beside
        && !line.is_blank()
        && line.content.of(text).chars().nth(SHORTEST).is_some()
        && halves_date(line.content.of(text), next.content.of(text))
}

/// Whether the break between two lines stands within a date: 于9月⏎12日至10月10日, 4月30⏎日前, 10⏎月15日, 9月1日至⏎10月.
fn halves_date(line: &str, next: &str) -> bool {
    let figure = |c: char| c.is_ascii_digit();
    let behind = next.trim_start_matches(figure);
    let figures = next.len() - behind.len();
    let day = (1..=2).contains(&figures) && behind.starts_with(['日', '号']);
    let month = (1..=2).contains(&figures) && behind.starts_with('月');
    let head = line.trim_end_matches(figure);
    if head.len() < line.len() {
        // 月30⏎日, 年10⏎月; 10⏎月15, 2031⏎年6
        let mut behind = next.chars();
        let unit = behind.next();
        let named = match unit {
            Some('日' | '号') => head.ends_with('月'),
            Some('月') => head.ends_with('年'),
            _ => false,
        };
        let goes_on = |c: char| c.is_ascii_digit() || matches!(c, '前' | '至' | '起');
        let more = behind.next().is_some_and(goes_on);
        return named || matches!(unit, Some('年' | '月' | '日')) && more;
    }
    let counted = |sign: char| {
        let unit = head.strip_suffix(sign);
        unit.is_some_and(|head| head.ends_with(figure))
    };
    let ranged = || {
        let from = head.trim_end_matches(['至', '到', '—', '-', '－']);
        from.len() < head.len() && from.ends_with(['日', '月', '年'])
    };
    counted('月') && day || counted('年') && month || ranged() && (day || month || figures == 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::line;

    fn joined(text: &str) -> Option<String> {
        let lines = line::lines(text);
        join(text, &lines).map(|r| r.text)
    }

    #[test]
    fn the_halves_of_a_date_are_joined() {
        for (text, want) in [
            (
                "县水利局将组成三个检查组，于9月\n12日至10月10日抽查。\n",
                "县水利局将组成三个检查组，于9月12日至10月10日抽查。\n",
            ),
            (
                "各镇自查工作从9月12日至10月\n  10日进行。",
                "各镇自查工作从9月12日至10月10日进行。",
            ),
            (
                "各镇自查报告于2031年4月30\n日前报送。",
                "各镇自查报告于2031年4月30日前报送。",
            ),
            (
                "各镇自查自纠工作安排在2031年8月至\n2033年7月进行。",
                "各镇自查自纠工作安排在2031年8月至2033年7月进行。",
            ),
            (
                "（三）各镇自查工作报告在2031\n年10月15日前报送。",
                "（三）各镇自查工作报告在2031年10月15日前报送。",
            ),
        ] {
            assert_eq!(joined(text).as_deref(), Some(want));
        }
    }

    #[test]
    fn lines_that_stand_apart_stay_so() {
        for text in [
            "9月\n12日\n10月\n10日",
            "各镇要在汛期到来以前的9月\n12个乡镇都要自查。",
            "会议由县水利局主持，时间为9月\n1.自查\n2.抽查",
            "全县共有水库大坝和闸门120\n月报表由各镇报送",
            "各镇自查报告于2031年4月报送\n10日内整改。",
            "县水利局文件水发〔2031〕12\n2031年9月10日",
        ] {
            assert_eq!(joined(text), None, "{text}");
        }
    }
}
